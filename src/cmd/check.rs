//! `dateline check`: all diagnostics, nothing written but what `--fix` mends.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;

use crate::cmd::book::BookArgs;
use crate::cmd::outcome::{Outcome, leave};
use crate::cmd::progress::Progress;
use crate::cmd::{fix, report};
use crate::diagnostic::{Diagnostic, Format, Rule, Severity};
use crate::disk;
use crate::link::suggest::near::near_names;
use crate::outline::kind::Page;
use crate::site::Site;

/// Report problems without writing anything, or fix the ones that are certain
///
/// Exits with 1 if there is an error among what it shows. Warnings do not count unless
/// `--strict` is given.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline check
  dateline check content/briefs/2026-03-12-dock-strike.md
  dateline check --rule broken-link --rule missing-file --all
  dateline check --fix --dry-run     what --fix would change, as a diff
  dateline check --format sarif      for code scanning
  dateline check --explain stale-role
  dateline check --explain all       every rule")]
pub(super) struct Check {
    /// Show only what these files of the book have; the whole book is read all the same
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    book: BookArgs,
    /// How to print what is wrong
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Show only what this rule finds; can be given more than once
    #[arg(long = "rule", value_name = "RULE", value_parser = rule)]
    rules: Vec<Rule>,
    /// Show every finding, not just the first 20 of a kind
    #[arg(long)]
    all: bool,
    /// Exit with 1 on warnings too
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    fixing: fix::Fixing,
    /// Say what a rule finds, why, and what to do; `all` for every rule
    #[arg(long, value_name = "RULE")]
    explain: Option<String>,
}

impl Check {
    /// Builds the book in memory and prints what there is to say about it.
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        if let Some(rule) = &self.explain {
            explain(rule, out)?;
            return Ok(Outcome::Done);
        }
        let files = self.paths()?;
        let wanted = |it: &Diagnostic| {
            (files.is_empty() || files.contains(&*it.span.path))
                && (self.rules.is_empty() || self.rules.contains(&it.rule))
        };
        let progress = Progress::start("reading");
        let mut site = self.book.site(&progress)?;
        let mut mended = None;
        if self.fixing.fix {
            progress.step("fixing");
            let fixed = fix::Fixed::of(&mut site, &self.book.root, wanted)?;
            if self.fixing.dry_run {
                drop(progress);
                return fixed.show(out);
            }
            fixed.write(&self.book.root, &self.fixing)?;
            mended = Some(fixed);
        }
        progress.step("checking");
        let built = Arc::clone(&site.built);
        // Every page is needed to know whether a template is right.
        let pages: Vec<&Page> = built.outline.iter().collect();
        site.try_templates(&pages);
        // Every word of the book is looked at: not for findings that nobody will see.
        let is_off = built.edition.config.severity(Rule::NearName) == Severity::Off;
        if !is_off && (self.rules.is_empty() || self.rules.contains(&Rule::NearName)) {
            site.report.add(near_names(&built.edition));
        }
        drop((progress, pages));
        site.report.retain(wanted);
        // The exit code stands even if nobody reads to the end.
        match self.say(&site, mended.as_ref(), out) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            said => said?,
        }
        let has_findings = site.report.has_errors()
            || self.strict && site.report.of(Severity::Warning).next().is_some();
        leave((site, built));
        Ok(if has_findings { Outcome::Findings } else { Outcome::Done })
    }

    /// The files that are asked for, by their paths in the book.
    fn paths(&self) -> anyhow::Result<BTreeSet<String>> {
        let path = |file: &PathBuf| match disk::path_within(&self.book.root, file) {
            Some(path) => Ok(path),
            None => bail!("{} is not a file of this book", file.display()),
        };
        self.files.iter().map(path).collect()
    }

    fn say(
        &self,
        site: &Site,
        mended: Option<&fix::Fixed>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let color = report::wants_color(&io::stdout());
        let most = if self.all { usize::MAX } else { report::MOST_OF_A_KIND };
        report::print(&site.report, &site.inputs, self.format, color, most, out)?;
        report::note_held(site, self.format)?;
        if matches!(self.format, Format::Full | Format::Concise) {
            if let Some(mended) = mended {
                writeln!(out, "{}", mended.closing())?;
            }
            if site.report.is_empty() {
                let n = site.built.edition.briefs.len();
                let briefs =
                    report::counted(n, "brief").unwrap_or("no briefs".to_owned());
                writeln!(out, "nothing to report in {briefs}")?;
            }
        }
        out.flush()
    }
}

/// The rule of a name; the error names the nearest.
fn rule(name: &str) -> Result<Rule, String> {
    name.parse::<Rule>().map_err(|near| match near {
        Some(near) => {
            format!("no rule is called `{name}`; the nearest is `{}`", near.name())
        }
        None => format!("no rule is called `{name}`; `--explain all` lists them"),
    })
}

fn explain(name: &str, out: &mut impl Write) -> anyhow::Result<()> {
    if name == "all" {
        for rule in Rule::ALL {
            writeln!(out, "{}", rule.explain())?;
        }
        return Ok(());
    }
    match rule(name) {
        Ok(rule) => Ok(write!(out, "{}", rule.explain())?),
        Err(said) => bail!("{said}"),
    }
}
