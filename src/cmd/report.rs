//! Diagnostics on their way out.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};

use crate::diagnostic::{Format, Positions, Rule, Severity, printable, sarif};
use crate::input::Inputs;
use crate::parse::held;
use crate::report::Report;
use crate::site::Site;

/// How many findings of one rule are shown unless all are wanted: an archive that moves in
/// has thousands of a kind, and nobody reads them.
pub(super) const MOST_OF_A_KIND: usize = 20;

/// Prints what there is to say in the given form, at most so many findings of each rule;
/// then, for people, how many there are of each rule and in all.
pub(super) fn print(
    report: &Report,
    inputs: &Inputs,
    format: Format,
    color: bool,
    most: usize,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut positions = Positions::of(inputs);
    if format == Format::Sarif {
        let all = report.diagnostics().iter().map(|it| (it, report.severity(it)));
        let log = sarif(&all.collect::<Vec<_>>(), &mut positions);
        return out.write_all(log.as_bytes());
    }
    let mut counts: BTreeMap<Rule, Count> = BTreeMap::new();
    for diagnostic in report.diagnostics() {
        let severity = report.severity(diagnostic);
        let count = counts.entry(diagnostic.rule).or_default();
        count.add(severity);
        // Programs get all of it: they do not tire, and have no last lines to read.
        if count.n() <= most || format == Format::Json {
            let printed = diagnostic.print(severity, format, color, &mut positions);
            out.write_all(printed.as_bytes())?;
        }
    }
    if format == Format::Json || report.is_empty() {
        return Ok(());
    }
    let n_hidden: usize =
        counts.values().map(|count| count.n().saturating_sub(most)).sum();
    if format == Format::Github {
        if n_hidden > 0 {
            writeln!(out, "::notice::{n_hidden} more findings are not shown: {ALL}")?;
        }
        return Ok(());
    }
    if counts.len() > 1 || n_hidden > 0 {
        table(&counts, most, out)?;
    }
    let weights = [(Severity::Error, "error"), (Severity::Warning, "warning")];
    let counted = weights.map(|(it, what)| counted(report.of(it).count(), what));
    let counted: Vec<String> = counted.into_iter().flatten().collect();
    write!(out, "{}", counted.join(", "))?;
    match n_hidden {
        0 => writeln!(out),
        n => writeln!(out, "; {n} of them are not shown: {ALL}"),
    }
}

const ALL: &str = "run `dateline check --all`, or `--rule RULE` for one kind";

/// How many findings a rule has.
#[derive(Default)]
struct Count {
    n_errors: usize,
    n_warnings: usize,
}

impl Count {
    fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.n_errors += 1,
            Severity::Warning | Severity::Off => self.n_warnings += 1,
        }
    }

    fn n(&self) -> usize {
        self.n_errors + self.n_warnings
    }
}

/// A line a rule, the most frequent first.
fn table(
    counts: &BTreeMap<Rule, Count>,
    most: usize,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut lines: Vec<(Rule, &Count)> = counts.iter().map(|(it, n)| (*it, n)).collect();
    lines.sort_by_key(|(rule, count)| (std::cmp::Reverse(count.n()), *rule));
    let width = lines.iter().map(|(rule, _)| rule.name().len()).max().unwrap_or(0);
    writeln!(out)?;
    for (rule, count) in lines {
        let weights = [(count.n_errors, "error"), (count.n_warnings, "warning")];
        let weights: Vec<String> =
            weights.iter().filter_map(|(n, what)| counted(*n, what)).collect();
        let (name, weights) = (rule.name(), weights.join(", "));
        if count.n() > most {
            writeln!(out, "  {name:<width$}  {weights} ({most} shown)")?;
        } else {
            writeln!(out, "  {name:<width$}  {weights}")?;
        }
    }
    writeln!(out)
}

/// Prints it beside the output of a command, which goes elsewhere.
pub(super) fn print_aside(
    report: &Report,
    inputs: &Inputs,
    format: Format,
) -> io::Result<()> {
    let mut stderr = io::stderr();
    let color = wants_color(&stderr);
    print(report, inputs, format, color, MOST_OF_A_KIND, &mut stderr)
}

/// `3 errors`; `None` for none.
pub(super) fn counted(n: usize, what: &str) -> Option<String> {
    match n {
        0 => None,
        1 => Some(format!("1 {what}")),
        n => Some(format!("{n} {what}s")),
    }
}

/// Whether a stream is a terminal that wants color (no-color.org).
#[expect(clippy::disallowed_methods, reason = "a wish of the user about the terminal")]
pub(super) fn wants_color(stream: &impl IsTerminal) -> bool {
    let refuses = std::env::var("NO_COLOR").is_ok_and(|it| !it.is_empty())
        || std::env::var("TERM").is_ok_and(|it| it == "dumb");
    stream.is_terminal() && !refuses
}

/// Says on the error stream which briefs an embargo holds back, and which of the archive are
/// left out, where people read.
pub(super) fn note_held(site: &Site, format: Format) -> io::Result<()> {
    let is_for_people = matches!(format, Format::Full | Format::Concise);
    let held = held::note(&site.built.parsed);
    let left_out = left_out(&site.report);
    let notes = held.into_iter().chain(left_out).filter(|_| is_for_people);
    for note in notes {
        writeln!(io::stderr(), "note: {}", printable(&note))?;
    }
    Ok(())
}

/// How many briefs are named at most.
const MOST_NAMED: usize = 5;

/// One line on the briefs that are left out of the archive; `None` if there are none.
fn left_out(report: &Report) -> Option<String> {
    let paths = report.left_out();
    let named: Vec<&str> = paths.iter().take(MOST_NAMED).copied().collect();
    let more = match paths.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let what = match paths.len() {
        0 => return None,
        1 => "1 brief of the archive is",
        n => &format!("{n} briefs of the archive are"),
    };
    Some(format!("{what} left out: {}{more}", named.join(", ")))
}
