//! stub
use crate::link::registry::*;
use jiff::civil::Date;
use std::collections::BTreeMap;
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageKind {
    Text,
    Heading,
}
pub struct Passage<'a> {
    pub text: &'a str,
    pub kind: PassageKind,
}
pub enum Meaning {
    Entity(EntityIdx),
    None,
}
pub struct Context<'a> {
    pub date: Option<Date>,
    pub settled: &'a BTreeMap<Box<str>, Meaning>,
    pub written: &'a [EntityIdx],
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub mentions: Vec<Mention>,
    pub ambiguous: Vec<Ambiguous>,
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub passage: u32,
    pub start: u32,
    pub end: u32,
    pub entity: EntityIdx,
    pub rule: MentionRule,
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambiguous {
    pub passage: u32,
    pub start: u32,
    pub end: u32,
    pub candidates: Vec<EntityIdx>,
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionRule {
    Name,
}
pub fn find(r: &Registry, p: &[Passage<'_>], _c: &Context<'_>) -> Found {
    let mut mentions = Vec::new();
    for (pi, p) in p.iter().enumerate() {
        for (i, e) in r.entities.iter().enumerate() {
            for (s, m) in p.text.match_indices(&*e.name) {
                mentions.push(Mention {
                    passage: pi as u32,
                    start: s as u32,
                    end: (s + m.len()) as u32,
                    entity: EntityIdx(i as u32),
                    rule: MentionRule::Name,
                });
            }
        }
    }
    mentions.sort_by_key(|m| (m.passage, m.start));
    let mut last = (u32::MAX, 0);
    mentions.retain(|m| {
        let ok = m.passage != last.0 || m.start >= last.1;
        if ok {
            last = (m.passage, m.end);
        }
        ok
    });
    Found { mentions, ambiguous: vec![] }
}
impl MentionRule {
    pub fn as_str(self) -> &'static str {
        "name"
    }
}
pub fn passages_of_plain(text: &str) -> Vec<(usize, Passage<'_>)> {
    vec![(0, Passage { text, kind: PassageKind::Text })]
}
