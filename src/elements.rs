//! The elements of HTML: which a page may hold, which begin a block, which Markdown has.

/// What an element is to whoever reads or writes HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElementTrait {
    /// A page may hold it.
    Kept,
    /// It goes with all that is in it; one that is neither kept nor dropped leaves its text.
    Dropped,
    /// It has no content (WHATWG, "void elements").
    Void,
    /// It is a part of a line, so that no paragraph ends before it.
    Phrasing,
    /// It begins a block of its own.
    Block,
    /// It is a part of such a block: a cell, an item.
    Part,
    /// A block in which Markdown goes on after an empty line.
    Container,
    /// Markdown has a form for it, or it says nothing by itself.
    Markdown,
    /// Nothing of it is for readers of a text.
    Silent,
    /// It shows something of elsewhere.
    Player,
}

use ElementTrait::{
    Block, Container, Dropped, Kept, Markdown, Part, Phrasing, Player, Silent, Void,
};

/// Whether an element, by its name in lower case, is such a one.
pub fn is(name: &str, wanted: ElementTrait) -> bool {
    let found = ELEMENTS.binary_search_by(|it| it.0.cmp(name));
    found.is_ok_and(|at| ELEMENTS[at].1.contains(&wanted))
}

/// The names of all such elements, in order.
pub fn all(wanted: ElementTrait) -> impl Iterator<Item = &'static str> {
    ELEMENTS.iter().filter(move |it| it.1.contains(&wanted)).map(|it| it.0)
}

/// Sorted by name.
const ELEMENTS: &[(&str, &[ElementTrait])] = &[
    ("a", &[Kept, Phrasing, Markdown]),
    ("abbr", &[Kept, Phrasing, Markdown]),
    ("address", &[Block]),
    ("applet", &[Dropped]),
    ("area", &[Void]),
    ("article", &[Kept, Block, Container, Markdown]),
    ("aside", &[Kept, Block, Container, Markdown]),
    ("audio", &[Kept, Phrasing, Block, Player]),
    ("b", &[Kept, Phrasing, Markdown]),
    ("base", &[Void]),
    ("bdi", &[Kept, Phrasing]),
    ("bdo", &[Kept, Phrasing]),
    ("big", &[Kept, Phrasing]),
    ("blockquote", &[Kept, Block, Markdown]),
    ("body", &[Markdown]),
    ("br", &[Kept, Void, Phrasing, Markdown]),
    ("button", &[Silent]),
    ("canvas", &[Dropped, Silent]),
    ("caption", &[Kept, Markdown]),
    ("center", &[Kept, Block, Container, Markdown]),
    ("cite", &[Kept, Phrasing, Markdown]),
    ("code", &[Kept, Phrasing, Markdown]),
    ("col", &[Kept, Void, Markdown]),
    ("colgroup", &[Kept, Markdown]),
    ("data", &[Kept, Phrasing]),
    ("dd", &[Kept, Markdown]),
    ("del", &[Kept, Phrasing, Markdown]),
    ("details", &[Kept, Block, Container, Markdown]),
    ("dfn", &[Kept, Phrasing]),
    ("div", &[Kept, Block, Container, Markdown]),
    ("dl", &[Kept, Block, Markdown]),
    ("dt", &[Kept, Markdown]),
    ("em", &[Kept, Phrasing, Markdown]),
    ("embed", &[Dropped, Void, Block, Player]),
    ("fieldset", &[Part]),
    ("figcaption", &[Kept, Part, Markdown]),
    ("figure", &[Kept, Block, Markdown]),
    ("footer", &[Kept, Block, Container, Markdown]),
    ("form", &[Block, Silent]),
    ("frame", &[Dropped]),
    ("frameset", &[Dropped]),
    ("h1", &[Kept, Block, Markdown]),
    ("h2", &[Kept, Block, Markdown]),
    ("h3", &[Kept, Block, Markdown]),
    ("h4", &[Kept, Block, Markdown]),
    ("h5", &[Kept, Block, Markdown]),
    ("h6", &[Kept, Block, Markdown]),
    ("head", &[Dropped, Markdown]),
    ("header", &[Kept, Block, Container, Markdown]),
    ("hr", &[Kept, Void, Part, Markdown]),
    ("html", &[Markdown]),
    ("i", &[Kept, Phrasing, Markdown]),
    ("iframe", &[Dropped, Block, Player]),
    ("img", &[Kept, Void, Phrasing, Markdown]),
    ("input", &[Void, Silent]),
    ("ins", &[Kept, Phrasing]),
    ("kbd", &[Kept, Phrasing]),
    ("li", &[Kept, Part, Markdown]),
    ("link", &[Void, Silent]),
    ("main", &[Block, Container, Markdown]),
    ("mark", &[Kept, Phrasing]),
    ("math", &[Dropped]),
    ("meta", &[Void, Silent]),
    ("nav", &[Block, Markdown]),
    ("noembed", &[Dropped]),
    ("noframes", &[Dropped]),
    ("noscript", &[Dropped, Block, Markdown]),
    ("object", &[Dropped, Block, Player]),
    ("ol", &[Kept, Block, Markdown]),
    ("p", &[Kept, Block, Markdown]),
    ("picture", &[Kept, Phrasing, Markdown]),
    ("plaintext", &[Dropped]),
    ("pre", &[Kept, Block, Markdown]),
    ("q", &[Kept, Phrasing]),
    ("rp", &[Kept]),
    ("rt", &[Kept]),
    ("ruby", &[Kept, Phrasing]),
    ("s", &[Kept, Phrasing, Markdown]),
    ("samp", &[Kept, Phrasing]),
    ("script", &[Dropped, Block, Silent]),
    ("section", &[Kept, Block, Container, Markdown]),
    ("select", &[Dropped, Silent]),
    ("small", &[Kept, Phrasing]),
    ("source", &[Kept, Void, Player]),
    ("span", &[Kept, Phrasing]),
    ("strike", &[Kept, Phrasing, Markdown]),
    ("strong", &[Kept, Phrasing, Markdown]),
    ("style", &[Dropped, Block, Silent]),
    ("sub", &[Kept, Phrasing]),
    ("summary", &[Kept, Markdown]),
    ("sup", &[Kept, Phrasing]),
    ("svg", &[Dropped, Block, Silent]),
    ("table", &[Kept, Block, Markdown]),
    ("tbody", &[Kept, Part, Markdown]),
    ("td", &[Kept, Part, Markdown]),
    ("template", &[Dropped, Silent]),
    ("textarea", &[Dropped, Silent]),
    ("tfoot", &[Kept, Part, Markdown]),
    ("th", &[Kept, Part, Markdown]),
    ("thead", &[Kept, Part, Markdown]),
    ("time", &[Kept, Phrasing, Markdown]),
    ("title", &[Dropped, Silent]),
    ("tr", &[Kept, Part, Markdown]),
    ("track", &[Kept, Void, Player]),
    ("tt", &[Kept, Phrasing]),
    ("u", &[Kept, Phrasing]),
    ("ul", &[Kept, Block, Markdown]),
    ("var", &[Kept, Phrasing]),
    ("video", &[Kept, Phrasing, Block, Player]),
    ("wbr", &[Kept, Void, Phrasing]),
    ("xmp", &[Dropped]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_no_element_is_both_kept_and_dropped() {
        assert!(ELEMENTS.is_sorted_by(|a, b| a.0 < b.0));
        for (name, traits) in ELEMENTS {
            assert!(!(traits.contains(&Kept) && traits.contains(&Dropped)), "{name}");
        }
        assert!(is("li", Part) && is("div", Container) && !is("x-y", Kept));
    }
}
