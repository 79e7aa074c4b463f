//! What a host takes, and what an address must be: the rules that a branch and a folder
//! share.

use std::sync::Mutex;

use anyhow::{Context, bail};

use crate::input::Inputs;
use crate::parse;
use crate::parse::config::Config;

/// A gigabyte, as GitHub Pages limits a site (docs.github.com, "GitHub Pages limits").
const SITE: u64 = 1_000_000_000;
/// A hundred megabytes, as GitHub limits a file.
const FILE: u64 = 100_000_000;

/// The size of a site as it grows.
#[derive(Debug, Default)]
pub struct Limits {
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    bytes: u64,
    /// Files near the limit of one.
    large: Vec<(String, u64)>,
}

impl Limits {
    /// Counts a file. The error is for a site that has grown too large.
    pub fn take(&self, path: &str, bytes: u64) -> anyhow::Result<()> {
        let mut taken = self.taken.lock().expect("no thread panics while it holds this");
        taken.bytes += bytes;
        if bytes >= FILE / 10 * 8 {
            taken.large.push((path.to_owned(), bytes));
        }
        check_size(taken.bytes)
    }

    /// The error is for files of `static/` that are too large together, before any work.
    pub fn check_assets(&self, inputs: &Inputs) -> anyhow::Result<()> {
        check_size(inputs.assets.values().filter_map(|it| it.size).sum())
    }

    /// What is near a limit, a sentence each.
    pub fn warnings(&self) -> Vec<String> {
        let taken = self.taken.lock().expect("no thread panics while it holds this");
        let mut large = taken.large.clone();
        large.sort();
        let mut warnings: Vec<String> = large
            .into_iter()
            .map(|(path, bytes)| {
                format!(
                    "`{path}` has {} MB: GitHub accepts no file over 100 MB",
                    bytes / 1_000_000
                )
            })
            .collect();
        if taken.bytes >= SITE / 10 * 8 {
            warnings.push(format!(
                "the site has {} MB: GitHub Pages accepts no site over 1 GB",
                taken.bytes / 1_000_000
            ));
        }
        warnings
    }
}

/// The error is for more bytes than a site may have.
fn check_size(bytes: u64) -> anyhow::Result<()> {
    if bytes > SITE {
        bail!(
            "the site is larger than 1 GB, which GitHub Pages does not accept: keep large files elsewhere and link to them"
        );
    }
    Ok(())
}

/// The address of the site, and what is odd about it. The error is for one that nobody else
/// can open; `guess` is what it probably should be.
pub fn address(
    config: &Config,
    guess: Option<&str>,
) -> anyhow::Result<(String, Vec<String>)> {
    let help = format!(
        "write `site-url = \"{}\"` under `[output.html]` in book.toml",
        guess.unwrap_or("https://example.org/")
    );
    let Some(url) = &config.site_url else {
        bail!("the book has no `site-url`, which feeds and sitemaps need: {help}");
    };
    let host = url.host().to_lowercase();
    let is_local = host == "localhost"
        || host.ends_with(".localhost")
        || host.starts_with("127.")
        || matches!(&*host, "0.0.0.0" | "[::1]" | "[::]");
    if is_local {
        bail!("`site-url` is {url}, which only this machine can open: {help}");
    }
    let mut odd = Vec::new();
    let reserved = ["example.org", "example.com", "example.net"];
    let endings = [".example", ".invalid", ".test"];
    if reserved.contains(&&*host) || endings.iter().any(|it| host.ends_with(it)) {
        odd.push(format!("`site-url` is {url}, an example's address: {help}"));
    }
    Ok((url.to_string(), odd))
}

/// A domain as it may stand in `CNAME`, in lower case; the error says what it is not.
pub fn domain(text: &str) -> anyhow::Result<String> {
    parse::domain::domain(text).with_context(|| {
        format!("`cname` is a domain such as `news.example.org`, and `{text}` is not")
    })
}

/// The error is for a site that would lose more than half of its pages.
pub fn check_removal(before: usize, gone: usize, is_allowed: bool) -> anyhow::Result<()> {
    if gone * 2 > before && !is_allowed {
        bail!(
            "{gone} of the {before} published pages would be removed: if that is what you want, give --allow-removal"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_only_this_machine_can_open_is_refused() {
        let cases = [
            ("https://desk.org/", true),
            ("http://localhost/", false),
            ("http://LOCALHOST:3000/x/", false),
            ("http://news.localhost/", false),
            ("http://127.0.0.1:8080/", false),
            ("http://[::1]:3000/", false),
            ("https://localhost.org/", true),
        ];
        for (url, is_good) in cases {
            let config = Config { site_url: url.parse().ok(), ..Config::default() };
            assert_eq!(address(&config, None).is_ok(), is_good, "{url}");
        }
        let error = address(&Config::default(), Some("https://me.github.io/r/"));
        assert!(error.unwrap_err().to_string().contains("https://me.github.io/r/"));
    }

    #[test]
    fn a_domain_is_no_address() {
        let good = [
            "news.example.org",
            " News.Example.org\n",
            "xn--bcher-kva.example",
            "bücher.example",
        ];
        for text in good {
            assert!(domain(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "localhost",
            "https://a.org",
            "a.org/x",
            "a b.org",
            "a.org\nb.org",
            "-a.org",
        ] {
            assert!(domain(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_comes_near_a_limit_is_told_and_what_exceeds_it_refused() {
        let limits = Limits::default();
        limits.take("a.bin", 79_999_999).unwrap();
        assert_eq!(limits.warnings(), Vec::<String>::new());
        for n in 0..9 {
            limits.take(&format!("{n}.bin"), 80_000_000).unwrap();
        }
        assert_eq!(limits.warnings().len(), 9);
        limits.take("b.bin", 100_000_000).unwrap();
        assert!(limits.warnings().last().unwrap().contains("899 MB"));
        assert!(limits.take("c.bin", 200_000_000).is_err());
    }

    #[test]
    fn half_of_the_pages_may_go() {
        let cases = [(0, 0, true), (1, 1, false), (2, 1, true), (10, 6, false)];
        for (before, gone, is_good) in cases {
            assert_eq!(
                check_removal(before, gone, false).is_ok(),
                is_good,
                "{gone}/{before}"
            );
            assert!(check_removal(before, gone, true).is_ok());
        }
    }
}
