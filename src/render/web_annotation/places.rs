//! Where things stand in the text of a page, as a browser reads it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};

/// The text of a page's body and where things stand in it; positions in characters (Unicode
/// code points).
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The text content (DOM, `textContent`) of the element with the id `body`; of all of
    /// `<body>` for a page without one.
    pub(super) text: Vec<char>,
    /// Whether the page has an element with that id.
    pub(super) has_id: bool,
    /// Each mention, by its attribute `data-mention`: from its first character to behind
    /// its last.
    pub(super) mentions: BTreeMap<String, (usize, usize)>,
    /// The words of each annotation, by its attribute `data-note`, in text order.
    pub(super) words: BTreeMap<String, Vec<(usize, usize)>>,
    /// The references of each annotation, by the same: where they stand.
    pub(super) references: BTreeMap<String, Vec<usize>>,
}

/// Reads a page.
pub(super) fn places(page: &str) -> Places {
    let whole = read(page, |tag| &*tag.name == "body");
    let body = read(page, |tag| attribute(tag, "id").is_some_and(|id| id == "body"));
    if body.text.is_empty() { whole } else { Places { has_id: true, ..body } }
}

fn read(page: &str, is_root: fn(&Tag) -> bool) -> Places {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(page));
    let reader = PageReader { is_root, state: RefCell::default() };
    let tokenizer = Tokenizer::new(reader, TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.state.into_inner().places
}

struct PageReader {
    is_root: fn(&Tag) -> bool,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    places: Places,
    /// The elements that are open, from the root on.
    open: Vec<Element>,
    /// Whether a `<pre>` has just begun, whose first line end does not count.
    is_pre_new: bool,
}

struct Element {
    name: String,
    start: usize,
    mention: Option<String>,
    words: Option<String>,
}

/// Elements without an end (HTML, section 13.1.2).
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr",
];

impl TokenSink for PageReader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                state.is_pre_new = false;
                match tag.kind {
                    TagKind::StartTag => state.begin(&tag, self.is_root),
                    TagKind::EndTag => state.end(&tag.name),
                }
                if tag.kind == TagKind::StartTag {
                    match &*tag.name {
                        "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
                        "style" => return TokenSinkResult::RawData(RawKind::Rawtext),
                        "title" | "textarea" => {
                            return TokenSinkResult::RawData(RawKind::Rcdata);
                        }
                        _ => {}
                    }
                }
            }
            Token::CharacterTokens(text) => state.text(&text),
            Token::NullCharacterToken => state.text("\u{fffd}"),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn begin(&mut self, tag: &Tag, is_root: fn(&Tag) -> bool) {
        if self.open.is_empty() && !(is_root(tag) && self.places.text.is_empty()) {
            return;
        }
        let start = self.places.text.len();
        let class = attribute(tag, "class").unwrap_or_default();
        let has = |name: &str| class.split_ascii_whitespace().any(|it| it == name);
        let note = attribute(tag, "data-note").map(str::to_owned);
        if has("ref")
            && let Some(note) = &note
        {
            self.places.references.entry(note.clone()).or_default().push(start);
        }
        if VOID.contains(&&*tag.name) || tag.self_closing && is_foreign(&tag.name) {
            return;
        }
        self.is_pre_new = &*tag.name == "pre";
        self.open.push(Element {
            name: tag.name.to_string(),
            start,
            mention: attribute(tag, "data-mention").map(str::to_owned),
            words: note.filter(|_| has("words")),
        });
    }

    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|it| it.name == name) else { return };
        let end = self.places.text.len();
        for element in self.open.drain(at..) {
            if let Some(mention) = element.mention {
                // A name that markup cuts is several elements.
                let place = self.places.mentions.entry(mention);
                place.and_modify(|it| it.1 = end).or_insert((element.start, end));
            }
            if let Some(words) = element.words {
                self.places.words.entry(words).or_default().push((element.start, end));
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.open.is_empty() {
            return;
        }
        let skipped = if std::mem::take(&mut self.is_pre_new) {
            text.strip_prefix('\n').unwrap_or(text)
        } else {
            text
        };
        self.places.text.extend(skipped.chars());
    }
}

/// Whether `<name/>` is an element without content: in drawings.
fn is_foreign(name: &str) -> bool {
    matches!(
        name,
        "circle" | "ellipse" | "line" | "path" | "polygon" | "polyline" | "rect" | "use"
    )
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|it| &*it.name.local == name).map(|it| &*it.value)
}
