//! Addresses without what only their owner may know.

use percent_encoding::percent_decode_str;

/// What must never be shown: the user and the password of an address.
#[derive(Clone, Debug, Default)]
pub(super) struct Secrets(Vec<String>);

impl Secrets {
    /// The secrets in an address, as they are written and as they are meant.
    pub(super) fn of(url: &str) -> Secrets {
        let mut secrets = Vec::new();
        if let Some((_, rest)) = url.split_once("://")
            && let Some((user, _)) = rest.rsplit_once('@')
        {
            let password = user.split_once(':').map(|(_, password)| password);
            for secret in [Some(user), password].into_iter().flatten() {
                let meant = percent_decode_str(secret).decode_utf8_lossy().into_owned();
                secrets.extend([secret.to_owned(), meant]);
            }
        }
        // The longest first; what is as short as a word would tear holes into sentences.
        secrets.retain(|secret| secret.len() > 3);
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        Secrets(secrets)
    }

    /// `text` with its secrets as `***` and no user in any address.
    pub(super) fn hide(&self, text: &str) -> String {
        let mut text = without_users(text);
        for secret in &self.0 {
            text = text.replace(secret, "***");
        }
        text
    }
}

/// Every `scheme://user:password@host` in `text` as `scheme://host`.
fn without_users(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        out += before;
        let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '\'' | '"' | '<');
        let authority = after.split(ends).next().unwrap_or("");
        let user = authority.rfind('@').map_or(0, |at| at + 1);
        rest = &after[user..];
    }
    out + rest
}

/// An address as it may be shown: no user, no query.
pub(super) fn shown(url: &str) -> String {
    let url = Secrets::of(url).hide(url);
    match url.split_once("://") {
        Some(_) => url.split('?').next().unwrap_or("").to_owned(),
        None => url,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_user_and_no_password_is_left() {
        let url = "https://me:s3cret%2Fword@example.org/r.git";
        let secrets = Secrets::of(url);
        let cases = [
            (url, "https://example.org/r.git"),
            (
                "fatal: 'https://a:b@h/x' and ssh://git@h:22/y",
                "fatal: 'https://h/x' and ssh://h:22/y",
            ),
            ("user me:s3cret%2Fword, s3cret/word", "user ***, ***"),
            ("https://h/a@b", "https://h/a@b"),
            ("://", "://"),
        ];
        for (text, expected) in cases {
            assert_eq!(secrets.hide(text), expected, "{text}");
        }
        assert_eq!(shown("https://t0ken@h/r.git?private_token=x"), "https://h/r.git");
    }
}
