//! Where the pages of a repository appear, by the rules of the hosts that many use.

/// The likely address of the site of a repository; `None` for a host that is not known.
pub(super) fn likely_address(remote: &str) -> Option<String> {
    let rest = match remote.split_once("://") {
        Some((_, rest)) => rest.to_owned(),
        None => remote.replacen(':', "/", 1), // git@github.com:owner/repo.git
    };
    let rest = rest.rsplit_once('@').map_or(&*rest, |(_, rest)| rest);
    let (host, path) = rest.split_once('/')?;
    let pages = match host.split(':').next()? {
        "github.com" | "ssh.github.com" => "github.io",
        "gitlab.com" => "gitlab.io",
        "codeberg.org" => "codeberg.page",
        _ => return None,
    };
    let path = path.trim_matches('/').trim_end_matches(".git");
    let (owner, repo) = path.split_once('/')?;
    let domain = format!("{}.{pages}", owner.to_lowercase());
    let is_root =
        repo.eq_ignore_ascii_case(&domain) || pages == "codeberg.page" && repo == "pages";
    let folder = if is_root { String::new() } else { format!("{repo}/") };
    Some(format!("https://{domain}/{folder}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_follows_from_the_remote() {
        let cases = [
            ("https://github.com/Desk/news.git", Some("https://desk.github.io/news/")),
            ("git@github.com:desk/news.git", Some("https://desk.github.io/news/")),
            (
                "ssh://git@ssh.github.com:443/desk/Desk.github.io",
                Some("https://desk.github.io/"),
            ),
            ("https://gitlab.com/desk/news", Some("https://desk.gitlab.io/news/")),
            ("https://codeberg.org/desk/pages.git", Some("https://desk.codeberg.page/")),
            ("file:///srv/news.git", None),
            ("../news.git", None),
            ("", None),
        ];
        for (remote, expected) in cases {
            assert_eq!(likely_address(remote).as_deref(), expected, "{remote}");
        }
    }
}
