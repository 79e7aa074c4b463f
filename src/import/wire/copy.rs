//! What is found in one item of pasted copy.

use jiff::civil::Date;

use crate::import::fields::OldSource;
use crate::import::remark::Remark;

/// What was found in an item.
#[derive(Default)]
pub(super) struct WireCopy {
    pub(super) title: Option<String>,
    pub(super) place: Option<String>,
    pub(super) date: Option<Date>,
    pub(super) by: Vec<String>,
    pub(super) sources: Vec<OldSource>,
    pub(super) paragraphs: Vec<String>,
    pub(super) captions: Vec<String>,
    pub(super) remarks: Vec<Remark>,
}
