//! HTML in texts: its tags, and what of them a page may hold.
//!
//! Nothing an author wrote is copied: a tag is read, and written anew from names that are on
//! a list and from values that are escaped. So it does not matter whether browsers would
//! have read it otherwise.

mod allowed;
mod elements;
mod tags;

pub use elements::{HtmlElements, HtmlStep};
pub use tags::{HtmlAttribute, HtmlTag, decoded};
