//! `dateline check`: all diagnostics, nothing written.

use std::io::{self, Write};
use std::sync::Arc;

use anyhow::bail;

use crate::cmd::book::BookArgs;
use crate::cmd::outcome::{Outcome, leave};
use crate::cmd::progress::Progress;
use crate::cmd::report;
use crate::diagnostic::{Format, Rule};
use crate::outline::kind::Page;

/// Report problems without writing anything
///
/// Exits with 1 if there is an error or a warning.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline check
  dateline check --format concise
  dateline check --explain stale-role
  dateline check --explain all       every rule")]
pub(super) struct Check {
    #[command(flatten)]
    book: BookArgs,
    /// How to print what is wrong
    #[arg(long, value_enum, default_value_t)]
    format: Format,
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
        let progress = Progress::start("reading");
        let mut site = self.book.site(&progress)?;
        progress.step("checking");
        let built = Arc::clone(&site.built);
        // Every page is needed to know whether a template is right.
        let pages: Vec<&Page> = built.outline.iter().collect();
        site.try_templates(&pages);
        drop(progress);
        let color = report::wants_color(&io::stdout());
        report::print(&site.report, &site.inputs, self.format, color, out)?;
        let (is_empty, n) = (site.report.is_empty(), built.edition.briefs.len());
        drop(pages);
        leave((site, built));
        if is_empty {
            if matches!(self.format, Format::Full | Format::Concise) {
                let briefs =
                    report::counted(n, "brief").unwrap_or("no briefs".to_owned());
                writeln!(out, "nothing to report in {briefs}")?;
            }
            return Ok(Outcome::Done);
        }
        Ok(Outcome::Findings)
    }
}

fn explain(name: &str, out: &mut impl Write) -> anyhow::Result<()> {
    if name == "all" {
        for rule in Rule::ALL {
            writeln!(out, "{}", rule.explain())?;
        }
        return Ok(());
    }
    match name.parse::<Rule>() {
        Ok(rule) => Ok(write!(out, "{}", rule.explain())?),
        Err(Some(near)) => {
            bail!("no rule is called `{name}`; the nearest is `{}`", near.name())
        }
        Err(None) => bail!("no rule is called `{name}`; `--explain all` lists them"),
    }
}
