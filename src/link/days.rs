//! Briefs whose day has not come.

use crate::diagnostic::{Diagnostic, Rule};
use crate::input::Wanted;
use crate::link::texts::Texts;
use crate::parse::config::Config;

/// Reports briefs that are dated to a day or a time after now. The newest come first, so only
/// those before the first that has come are looked at.
pub(super) fn check(
    texts: &Texts,
    config: &Config,
    wanted: Wanted,
    log: &mut Vec<Diagnostic>,
) {
    let today = wanted.now.to_zoned_datetime(config.zone.clone()).date();
    for linked in &texts.briefs {
        let front = &linked.brief.front;
        if front.date.instant <= wanted.now {
            break;
        }
        let is_embargoed = front.embargo.is_some();
        if front.date.day > today && !is_embargoed {
            let day = front.date.day;
            let message = format!("the brief is of {day}, and today is {today}");
            let help = format!("correct the day, or add `embargo: {day}`");
            let span = linked.brief.document.span(front.date_at);
            log.push(Diagnostic::new(Rule::FutureDate, span, message, help));
        }
    }
}
