//! Of names that begin in one place, the few longest.

use std::collections::HashMap;

use crate::language::Language;
use crate::link::mentions::bounds::{self, is_unspaced};
use crate::link::mentions::scan::Place;
use crate::link::mentions::segments;
use crate::link::registry::Registry;

/// How many names that begin in one place are looked at. Shorter ones could only count if
/// guards refuse all of these, and `Ab Ab Ab …` with two hundred names in it must not take
/// the product of both.
const MOST: usize = 4;

/// The whole words of a text at which patterns stand, in order; of those that begin in one
/// place the longest few.
pub(super) fn longest<'a>(
    registry: &'a Registry,
    language: &Language,
    text: &str,
) -> Vec<Place<'a>> {
    // By start, the longest last: the automaton reports what ends first first.
    let mut places: Vec<Place<'a>> = Vec::new();
    let mut starts = HashMap::new();
    let breaks = segments::breaks(text);
    // A name that is cut out of a word is none: 京都 in 東京都.
    let is_cut = |at: usize| {
        breaks.as_ref().is_some_and(|breaks| breaks.binary_search(&at).is_err())
    };
    registry.scan(text, |start, end, pattern| {
        let Some(whole) = bounds::whole(language, text, start, end) else { return };
        if breaks.is_some()
            && text[start..end].chars().any(is_unspaced)
            && (is_cut(start) || is_cut(end))
        {
            return;
        }
        let place = Place { start, end, whole, pattern };
        let (n, first): &mut (usize, [usize; MOST]) =
            starts.entry(start).or_insert((0, [0; MOST]));
        if *n < MOST {
            first[*n] = places.len();
            places.push(place);
        } else {
            // The shortest gives its room to this one, the longest so far.
            places[first[*n % MOST]] = place;
        }
        *n += 1;
    });
    places.sort_by_key(|it| (it.start, it.end));
    places
}
