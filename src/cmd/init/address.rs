//! Where a book will be published, as far as its repository tells.

use std::str::FromStr;

use anyhow::bail;

/// A repository on GitHub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GithubRepository {
    owner: String,
    name: String,
}

impl FromStr for GithubRepository {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<GithubRepository> {
        let found = text.split_once('/').and_then(|(owner, name)| {
            let name = name.strip_suffix(".git").unwrap_or(name);
            let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
            let is_owner = !owner.is_empty()
                && owner.len() <= 39
                && owner.chars().all(is_plain)
                && !owner.starts_with('-')
                && !owner.ends_with('-');
            let is_name = !matches!(name, "" | "." | "..")
                && name.len() <= 100
                && name.chars().all(|c| is_plain(c) || c == '.' || c == '_');
            (is_owner && is_name).then(|| GithubRepository {
                owner: owner.to_owned(),
                name: name.to_owned(),
            })
        });
        match found {
            Some(it) => Ok(it),
            None => bail!("write OWNER/REPO, such as `harbor-desk/briefs`"),
        }
    }
}

impl GithubRepository {
    /// The repository of a Git remote: `git@github.com:o/r.git`, `ssh://git@github.com/o/r`,
    /// `https://github.com/o/r`. A user and a password in it go no further. `None` for
    /// another host.
    pub(super) fn of_remote(remote: &str) -> Option<GithubRepository> {
        let (host, path) = match remote.split_once("://") {
            Some(("https" | "http" | "ssh" | "git" | "git+ssh", rest)) => {
                rest.split_once('/')?
            }
            Some(_) => return None,
            None => remote.split_once(':')?,
        };
        let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
        let host = host.split_once(':').map_or(host, |(host, _port)| host);
        let is_github = ["github.com", "www.github.com", "ssh.github.com"]
            .iter()
            .any(|it| host.eq_ignore_ascii_case(it));
        if !is_github {
            return None;
        }
        path.trim_start_matches('/').trim_end_matches('/').parse().ok()
    }

    /// The address that GitHub Pages gives it.
    pub(super) fn site(&self) -> String {
        let host = format!("{}.github.io", self.owner.to_ascii_lowercase());
        if self.name.eq_ignore_ascii_case(&host) {
            return format!("https://{host}/");
        }
        format!("https://{host}/{}/", self.name)
    }

    /// Its own address.
    pub(super) fn url(&self) -> String {
        format!("https://github.com/{}/{}", self.owner, self.name)
    }
}

/// The domain in a `CNAME` file; `None` if it holds anything else.
pub(super) fn domain(cname: &str) -> Option<String> {
    let domain = cname.trim().to_ascii_lowercase();
    let is_label = |label: &str| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(is_plain)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let fits =
        domain.len() <= 253 && domain.contains('.') && domain.split('.').all(is_label);
    fits.then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remote_names_the_site_and_never_gives_its_password_away() {
        let cases = [
            ("git@github.com:Harbor/desk.git", "https://harbor.github.io/desk/"),
            ("git@github.com:harbor/desk", "https://harbor.github.io/desk/"),
            ("ssh://git@github.com/harbor/desk", "https://harbor.github.io/desk/"),
            (
                "ssh://git@ssh.github.com:443/harbor/desk.git",
                "https://harbor.github.io/desk/",
            ),
            ("https://github.com/harbor/desk", "https://harbor.github.io/desk/"),
            ("https://GitHub.com/harbor/Desk.git/", "https://harbor.github.io/Desk/"),
            (
                "https://ada:s3cret@github.com/harbor/desk.git",
                "https://harbor.github.io/desk/",
            ),
            ("https://x@y:z@github.com/harbor/desk", "https://harbor.github.io/desk/"),
            ("https://github.com/Harbor/harbor.github.io", "https://harbor.github.io/"),
            (
                "https://github.com/harbor/Harbor.GitHub.io.git",
                "https://harbor.github.io/",
            ),
        ];
        for (remote, expected) in cases {
            let repository = GithubRepository::of_remote(remote).unwrap();
            assert_eq!(repository.site(), expected, "{remote}");
            assert!(!repository.url().contains('@'), "{remote}");
        }
    }

    #[test]
    fn other_remotes_name_no_site() {
        for remote in [
            "",
            "origin",
            "../desk.git",
            "/srv/git/desk.git",
            "C:\\desk",
            "file:///srv/desk.git",
            "git@gitlab.com:harbor/desk.git",
            "https://github.com.evil.example/harbor/desk",
            "https://evil.example/github.com/harbor/desk",
            "https://github.com/harbor",
            "https://github.com/harbor/desk/tree/main",
            "https://github.com/har bor/desk",
            "https://github.com/harbor/de\"sk",
            "https://github.com/harbor/..",
        ] {
            assert_eq!(GithubRepository::of_remote(remote), None, "{remote}");
        }
    }

    #[test]
    fn a_domain_is_labels_with_dots() {
        assert_eq!(domain(" News.Example.org\n"), Some("news.example.org".to_owned()));
        for text in
            ["", "localhost", "https://a.example", "a.example/x", "a..b", "a.b\nc.d"]
        {
            assert_eq!(domain(text), None, "{text:?}");
        }
    }
}
