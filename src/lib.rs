//! Dateline turns Markdown briefs and a registry of entities into a linked site.

pub mod date;
pub mod diagnostic;
pub mod html;
pub mod input;
pub mod link;
pub mod outline;
pub mod parallel;
pub mod parse;
pub mod slug;
pub mod span;
pub mod theme;
