//! `dateline serve`: a preview in the browser.

use std::io::{self, Write};

use crate::cmd::book::BookArgs;
use crate::cmd::outcome::Outcome;
use crate::cmd::report;
use crate::diagnostic::continued;
use crate::http::{self, Editor, Options, Saved, Started};

/// Preview the site as you write
///
/// Pages are rendered on request and are byte for byte what `build` writes, plus a script that
/// reloads a page when it changes. While the book has errors, the page shows them above its
/// last good version. Nothing is written to disk. Press Ctrl-C to stop.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline serve                     at http://localhost:3000/ or the next free port
  dateline serve --open --drafts     in the browser, with drafts
  dateline serve --port 8080 --root ../my-book
  dateline serve --host 0.0.0.0      for other machines too, which can then read your drafts
  dateline serve --editor code       places in the error panel open in VS Code")]
pub(super) struct Serve {
    #[command(flatten)]
    book: BookArgs,
    /// Listen on this port instead of 3000 or the next free one
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Listen on this address instead of on this machine only
    #[arg(long, value_name = "ADDR")]
    host: Option<String>,
    /// Answer under this name too, such as that of a proxy; may be given several times
    #[arg(long = "allow-host", value_name = "NAME")]
    allowed_hosts: Vec<String>,
    /// Look at the files again and again instead of waiting to be told of changes, as on some
    /// network drives and in some containers
    #[arg(long)]
    poll: bool,
    /// Open the browser
    #[arg(long)]
    open: bool,
    /// The editor that links to files open: a command, or a link with {path}, {line} and
    /// {column}; by default, $VISUAL
    #[arg(long, value_name = "EDITOR")]
    editor: Option<String>,
}

/// What a save has changed, in a line: `content/briefs/a.md (0.02 s): 1 error`.
fn line(saved: &Saved) -> String {
    let what = match &saved.paths[..] {
        [] => "the clock".to_owned(),
        [one] => one.clone(),
        [first, rest @ ..] => {
            format!(
                "{first} and {}",
                report::counted(rest.len(), "other file").unwrap_or_default()
            )
        }
    };
    let took = saved.took.as_secs_f64();
    let counted = [(saved.n_errors, "error"), (saved.n_warnings, "warning")];
    let counted: Vec<String> =
        counted.iter().filter_map(|(n, what)| report::counted(*n, what)).collect();
    let state = match &saved.trouble {
        Some(why) => why.clone(),
        None if counted.is_empty() => "nothing to report".to_owned(),
        None => counted.join(", "),
    };
    let link = saved.link.as_ref().map_or(String::new(), |it| format!("; now at {it}"));
    continued(&format!("changed: {what} ({took:.2} s): {state}{link}"))
}

impl Serve {
    /// Serves until Ctrl-C.
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        self.book.wanted()?; // a wrong clock is said before anything begins
        let book = self.book.clone();
        let options = Options {
            root: self.book.root.clone(),
            port: self.port,
            host: self.host.clone(),
            allowed_hosts: self.allowed_hosts.clone(),
            polls: self.poll,
            tell: Box::new(|what| {
                let _ = writeln!(io::stderr(), "note: {what}"); // perhaps nobody listens
            }),
            saved: Box::new(|saved| {
                let _ = writeln!(io::stderr(), "{}", line(saved)); // perhaps nobody listens
            }),
            editor: self.editor(),
            wanted: Box::new(move || book.wanted()),
        };
        http::serve(options, |started| {
            self.say(started, out)?;
            if self.open {
                // Without a browser the link is still there.
                drop(open::that_detached(&started.link));
            }
            Ok(())
        })?;
        Ok(Outcome::Done)
    }

    fn say(&self, started: &Started, out: &mut impl Write) -> anyhow::Result<()> {
        writeln!(out, "{}", started.link)?;
        out.flush()?;
        let mut notes = io::stderr();
        let counted = [(started.n_errors, "error"), (started.n_warnings, "warning")];
        let counted: Vec<String> =
            counted.iter().filter_map(|(n, what)| report::counted(*n, what)).collect();
        if !counted.is_empty() {
            writeln!(notes, "{}: the pages say where", counted.join(", "))?;
        }
        if started.is_open_to_others {
            let what = if self.book.drafts || self.book.future {
                "the site, drafts and briefs under embargo included"
            } else {
                "the site and, in the panel, lines of your files"
            };
            writeln!(
                notes,
                "warning: --host lets other machines read {what}; drafts can be read by whoever reaches this address"
            )?;
        }
        writeln!(notes, "press Ctrl-C to stop")?;
        Ok(())
    }

    #[expect(clippy::disallowed_methods, reason = "which editor is a wish of the user")]
    fn editor(&self) -> Editor {
        let named = self.editor.clone().or_else(|| std::env::var("VISUAL").ok());
        Editor::named(named.as_deref().unwrap_or("code"))
    }
}
