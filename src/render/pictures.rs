//! Small drawings: a strip of events, mentions a month, who appears with whom.
//!
//! Each is an `<svg>` with a title for who cannot see it; what it shows also stands in the
//! page as a list. Colors come from the stylesheet.

use std::fmt::{self, Write};

use unicode_segmentation::UnicodeSegmentation;

use crate::html::{Html, escape};
use crate::link::texts::LinkedEntity;
use crate::link::timeline::TimelineEvent;
use crate::render::here::Here;
use crate::render::view::Counted;

/// Fewer events make no strip.
const LEAST_EVENTS: usize = 2;
/// Fewer briefs make no picture of months.
const LEAST_BRIEFS: usize = 3;

/// Events along a line, each at its day; months and years marked below.
pub(super) fn strip(events: &[&TimelineEvent], here: &Here<'_>) -> Option<Html> {
    if events.len() < LEAST_EVENTS {
        return None;
    }
    let day = |date: jiff::civil::Date| {
        let epoch = jiff::civil::Date::constant(1970, 1, 1);
        (date - epoch).get_days()
    };
    let first = events.iter().map(|it| day(it.date.first())).min()?;
    let last = events.iter().map(|it| day(it.date.last())).max()?;
    let span = f64::from((last - first).max(1));
    let x = |at: i32| 24.0 + 592.0 * f64::from(at - first) / span;
    let from = here.date(events.first()?.date).text;
    let to = here.date(events.last()?.date).text;
    let mut svg = String::new();
    let label = escape(&format!("{} events from {from} to {to}", events.len()));
    push(
        &mut svg,
        format_args!("<svg viewBox=\"0 0 640 84\" role=\"img\" aria-label=\"{label}\">"),
    );
    push(
        &mut svg,
        format_args!("<line class=\"axis\" x1=\"24\" y1=\"44\" x2=\"616\" y2=\"44\"/>"),
    );
    let mut level = 0;
    let mut before = f64::MIN;
    for (n, event) in (1..).zip(events) {
        let (start, end) = (x(day(event.date.first())), x(day(event.date.last())));
        let title = escape(&format!("{}: {}", here.date(event.date).text, event.heading));
        push(&mut svg, format_args!("<g><title>{title}</title>"));
        if end - start > 1.0 {
            let width = end - start;
            push(
                &mut svg,
                format_args!(
                    "<rect class=\"bar\" x=\"{start:.1}\" y=\"41\" width=\"{width:.1}\" height=\"6\"/>"
                ),
            );
        }
        level = if start - before < 16.0 { (level + 1) % 3 } else { 0 };
        before = start;
        let y = 32 - level * 12;
        push(
            &mut svg,
            format_args!("<circle class=\"dot\" cx=\"{start:.1}\" cy=\"44\" r=\"4\"/>"),
        );
        push(
            &mut svg,
            format_args!(
                "<text class=\"label\" x=\"{start:.1}\" y=\"{y}\" text-anchor=\"middle\">{n}</text></g>"
            ),
        );
    }
    ends(&mut svg, 72, (24, &from), (616, &to));
    push(&mut svg, format_args!("</svg>"));
    Some(Html(svg))
}

/// How many briefs of an entity there are a month, over the twenty-four months up to the newest.
pub(super) fn months(here: &Here<'_>, linked: &LinkedEntity) -> Option<Html> {
    if linked.briefs.n_all() < LEAST_BRIEFS {
        return None;
    }
    let month_of = |idx: crate::link::texts::BriefIdx| {
        let day = here.edition.brief(idx).brief.front.date.day;
        i32::from(day.year()) * 12 + i32::from(day.month()) - 1
    };
    let newest = linked.briefs.all().map(month_of).max()?;
    let mut counts = [0_u32; 24];
    for month in linked.briefs.all().map(month_of) {
        if let Ok(back) = usize::try_from(newest - month)
            && back < counts.len()
        {
            counts[counts.len() - 1 - back] += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    let name = |month: i32| {
        let date = crate::date::PartialDate {
            year: i16::try_from(month.div_euclid(12)).unwrap_or(1),
            month: i8::try_from(month.rem_euclid(12) + 1).ok(),
            day: None,
        };
        here.date(date).text
    };
    let label = escape(&format!(
        "Briefs a month from {} to {}, at most {most}",
        name(newest - 23),
        name(newest)
    ));
    let mut svg =
        format!("<svg viewBox=\"0 0 264 72\" role=\"img\" aria-label=\"{label}\">");
    for (at, n) in (0_i32..).zip(counts) {
        let height = f64::from(n) / f64::from(most) * 44.0;
        let (x, y) = (at * 11, 48.0 - height);
        let title = escape(&format!("{}: {n}", name(newest - 23 + at)));
        push(
            &mut svg,
            format_args!(
                "<rect class=\"bar\" x=\"{x}\" y=\"{y:.1}\" width=\"9\" height=\"{height:.1}\"><title>{title}</title></rect>"
            ),
        );
    }
    push(
        &mut svg,
        format_args!(
            "<line class=\"axis\" x1=\"0\" y1=\"48.5\" x2=\"264\" y2=\"48.5\"/>"
        ),
    );
    ends(&mut svg, 66, (0, &name(newest - 23)), (264, &name(newest)));
    push(&mut svg, format_args!("</svg>"));
    Some(Html(svg))
}

/// An entity in the middle, those it appears with around it; thicker lines for more briefs.
pub(super) fn companions(name: &str, companions: &[Counted]) -> Option<Html> {
    let around = &companions[..companions.len().min(8)];
    if around.len() < LEAST_EVENTS {
        return None;
    }
    let most = around.iter().map(|it| it.count).max().unwrap_or(1).max(1);
    let names: Vec<&str> = around.iter().map(|it| it.label.as_str()).collect();
    let label = escape(&format!("{name} appears most with {}", names.join(", ")));
    let mut svg =
        format!("<svg viewBox=\"0 0 360 240\" role=\"img\" aria-label=\"{label}\">");
    let place = |at: usize| {
        #[expect(clippy::cast_precision_loss, reason = "at most eight")]
        let angle = at as f64 / around.len() as f64 * std::f64::consts::TAU
            - std::f64::consts::FRAC_PI_2;
        (180.0 + 112.0 * angle.cos(), 120.0 + 84.0 * angle.sin())
    };
    for (at, it) in around.iter().enumerate() {
        let (x, y) = place(at);
        let width = 1.0 + 4.0 * f64::from(it.count) / f64::from(most);
        push(
            &mut svg,
            format_args!(
                "<line class=\"line\" x1=\"180\" y1=\"120\" x2=\"{x:.1}\" y2=\"{y:.1}\" stroke-width=\"{width:.1}\"/>"
            ),
        );
    }
    push(
        &mut svg,
        format_args!("<circle class=\"dot self\" cx=\"180\" cy=\"120\" r=\"7\"/>"),
    );
    for (at, it) in around.iter().enumerate() {
        let (x, y) = place(at);
        let title = escape(&format!("{}: {}", it.label, it.count));
        let below = if y >= 120.0 { y + 18.0 } else { y - 10.0 };
        push(
            &mut svg,
            format_args!(
                "<circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"><title>{title}</title></circle>"
            ),
        );
        push(
            &mut svg,
            format_args!(
                "<text x=\"{x:.1}\" y=\"{below:.1}\" text-anchor=\"middle\">{}</text>",
                escape(&short(&it.label))
            ),
        );
    }
    push(&mut svg, format_args!("</svg>"));
    Some(Html(svg))
}

/// A name that fits beside its dot, cut between what readers see as characters.
fn short(name: &str) -> String {
    let fits = name.graphemes(true).count() <= 22;
    if fits {
        name.to_owned()
    } else {
        name.graphemes(true).take(20).chain(["…"]).collect()
    }
}

/// What stands below the two ends of an axis, each with its place.
fn ends(svg: &mut String, y: u32, from: (u32, &str), to: (u32, &str)) {
    let ((left, from), (right, to)) = (from, to);
    let (from, to) = (escape(from), escape(to));
    push(svg, format_args!("<text class=\"label\" x=\"{left}\" y=\"{y}\">{from}</text>"));
    push(
        svg,
        format_args!(
            "<text class=\"label\" x=\"{right}\" y=\"{y}\" text-anchor=\"end\">{to}</text>"
        ),
    );
}

fn push(svg: &mut String, piece: fmt::Arguments<'_>) {
    svg.write_fmt(piece).expect("a string takes all");
}
