//! What is known of a text after one walk.

use crate::parse::annotation::Annotation;
use crate::parse::markdown::landings::Landing;
use crate::parse::markdown::passages::{Passage, Piece};
use crate::span::Stretch;

/// What is known of a text after one walk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// The whole body in the file.
    pub at: Stretch,
    /// Its running text, block by block, in the order of the file.
    pub passages: Box<[Passage]>,
    /// The pieces of all passages, passage by passage.
    pub(in crate::parse) pieces: Box<[Piece]>,
    /// The texts of pieces that are not as in the file.
    pub(in crate::parse) decoded: Box<[Box<str>]>,
    /// What is printed beside the running text, in the order of the file.
    pub asides: Box<[Aside]>,
    /// Links that point into the book, in the order of the file.
    pub links: Box<[Link]>,
    /// Footnotes, in the order of their definitions.
    pub annotations: Box<[Annotation]>,
    /// Where they are referred to, in the order of the file.
    pub anchors: Box<[Anchor]>,
    /// Places in it that links can lead to, in the order of the file.
    pub landings: Box<[Landing]>,
    /// Whether a code block is in it, so that grammars are wanted.
    pub has_code: bool,
}

/// Words that are printed and are not running text.
#[derive(Clone, Debug, PartialEq)]
pub struct Aside {
    /// Whose they are.
    pub kind: AsideKind,
    /// The words, markup removed.
    pub words: Box<str>,
    /// The whole link or picture.
    pub at: Stretch,
}

/// Whose words are not running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsideKind {
    /// A link's.
    Link,
    /// A picture's: its title, which becomes the caption.
    Caption,
}

/// A link that points into the book.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The whole link.
    pub at: Stretch,
    /// Where it points to.
    pub target: Target,
    /// What stands behind that, with its sign: `?v=2`, `#part`, or both; mostly empty.
    pub rest: Box<str>,
}

/// Where a link points to.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// `[[Name]]` or `[[slug|words]]`: the part before the bar, and its place.
    Name(Box<str>, Stretch),
    /// A content file, from the root of the book.
    File(Box<str>),
    /// A page or a file of the site, from its root, without the leading slash.
    Site(Box<str>),
    /// The text itself.
    Here,
}

/// A place that refers to a footnote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The footnote, as a position in [`Body::annotations`].
    pub annotation: u32,
    /// The byte of the `[` before the words and of the `]` after them; `None` for a point.
    pub words: Option<(u32, u32)>,
    /// The `[^name]`.
    pub at: Stretch,
    /// The footnote that the reference itself stands in.
    pub within: Option<u32>,
}
