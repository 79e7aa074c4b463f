//! The author's elements that are open, so that each is closed where it was opened.

use crate::parse::markdown::html::allowed::{
    Verdict, ends_before, is_void, may_have, verdict,
};
use crate::parse::markdown::html::tags::{HtmlPart, HtmlTag, parts};

/// The author's elements that are open at a place in a text.
///
/// Elements of HTML and of Markdown are nested as they would be if all were Markdown: what
/// an author opens within a paragraph, a list or a quotation ends with it at the latest, and
/// an end tag ends only what was begun at its own level. Whatever is written, the page
/// around the text stays whole.
#[derive(Debug, Default)]
pub struct HtmlElements {
    open: Vec<OpenElement>,
    /// In how many elements of Markdown.
    depth: u32,
    /// An element that is left out with its content, and the depth at which it began.
    dropped: Option<(String, u32)>,
}

/// Elements nested more deeply than this are left out.
const MAX_DEPTH: usize = 64;

#[derive(Debug)]
struct OpenElement {
    name: String,
    depth: u32,
}

/// What becomes of a piece of an author's HTML.
#[derive(Debug, PartialEq)]
pub enum HtmlStep<'a> {
    /// Text, with its entities as written.
    Text(&'a str),
    /// An element begins, with the attributes that it may have.
    Begin(HtmlTag),
    /// An element ends.
    End(String),
    /// Something is left out: where it stands in the HTML, and what it is.
    LeftOut(std::ops::Range<usize>, String),
}

impl HtmlElements {
    /// An element of Markdown begins.
    pub fn enter(&mut self) {
        self.depth += 1;
    }

    /// An element of Markdown ends, and with it the author's that were opened in it: their
    /// names, innermost first.
    pub fn leave(&mut self) -> Vec<String> {
        let depth = self.depth;
        self.depth -= 1;
        if self.dropped.as_ref().is_some_and(|it| it.1 >= depth) {
            self.dropped = None;
        }
        let from = self.open.iter().position(|it| it.depth >= depth);
        let from = from.unwrap_or(self.open.len());
        self.open.drain(from..).rev().map(|it| it.name).collect()
    }

    /// The end of the text: what is still open, innermost first.
    pub fn finish(&mut self) -> Vec<String> {
        self.open.drain(..).rev().map(|it| it.name).collect()
    }

    /// Whether no element is open.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Whether an element of a name is open.
    pub fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|it| it.name == name)
    }

    /// Whether what comes now is left out, for it is the content of a script or the like.
    pub fn is_dropping(&self) -> bool {
        self.dropped.is_some()
    }

    /// What becomes of a stretch of HTML.
    pub fn steps<'a>(&mut self, html: &'a str) -> Vec<HtmlStep<'a>> {
        let mut steps = Vec::new();
        for part in parts(html) {
            match part {
                HtmlPart::Tag(tag) if self.dropped.is_some() => {
                    let is_its_end = |(name, _): &(String, u32)| *name == tag.name;
                    if tag.is_end && self.dropped.as_ref().is_some_and(is_its_end) {
                        self.dropped = None;
                    }
                }
                _ if self.dropped.is_some() => {}
                HtmlPart::Text(text) => steps.push(HtmlStep::Text(text)),
                HtmlPart::Comment => {}
                HtmlPart::Tag(tag) if tag.is_end => self.end(&tag, &mut steps),
                HtmlPart::Tag(tag) => self.begin(tag, &mut steps),
            }
        }
        steps
    }

    fn begin(&mut self, mut tag: HtmlTag, steps: &mut Vec<HtmlStep<'_>>) {
        let is_nested_link = tag.name == "a" && self.is_in("a");
        let is_too_deep = self.open.len() == MAX_DEPTH;
        if verdict(&tag.name) != Verdict::Keep || is_nested_link || is_too_deep {
            let what = format!("`<{}>`", tag.name);
            steps.push(HtmlStep::LeftOut(tag.at..tag.end, what));
            if verdict(&tag.name) == Verdict::Drop && !is_void(&tag.name) {
                self.dropped = Some((tag.name, self.depth));
            }
            return;
        }
        let HtmlTag { name, attributes, .. } = &mut tag;
        attributes.retain(|it| {
            let may_stay = may_have(name, &it.name);
            if !may_stay {
                let what = format!("the attribute `{}` of `<{name}>`", it.name);
                steps.push(HtmlStep::LeftOut(it.at..it.at + it.name.len(), what));
            }
            may_stay
        });
        while let Some(open) = self.open.last()
            && open.depth == self.depth
            && ends_before(&open.name, name)
        {
            let ended = self.open.pop().expect("it was just seen").name;
            steps.push(HtmlStep::End(ended));
        }
        if name == "h1" {
            "h2".clone_into(name); // the first level is the page's own headline
        }
        if !is_void(name) {
            self.open.push(OpenElement { name: name.clone(), depth: self.depth });
        }
        steps.push(HtmlStep::Begin(tag));
    }

    fn end(&mut self, tag: &HtmlTag, steps: &mut Vec<HtmlStep<'_>>) {
        let name = if tag.name == "h1" { "h2" } else { &tag.name };
        let depth = self.depth;
        let here =
            self.open.iter().rposition(|it| it.depth < depth).map_or(0, |it| it + 1);
        let opened = self.open[here..].iter().rposition(|it| it.name == name);
        match opened {
            Some(at) => {
                let ended = self.open.drain(here + at..).rev();
                steps.extend(ended.map(|it| HtmlStep::End(it.name)));
            }
            // What is left out was reported at its start tag, and a void element needs no end.
            None if verdict(name) != Verdict::Keep || is_void(name) => {}
            None => {
                let what = format!("`</{name}>`, which ends nothing here,");
                steps.push(HtmlStep::LeftOut(tag.at..tag.end, what));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let mut elements = HtmlElements::default();
        let mut shown = String::new();
        for step in elements.steps(html) {
            shown += &match step {
                HtmlStep::Text(text) => text.to_owned(),
                HtmlStep::Begin(tag) => format!("<{}>", tag.name),
                HtmlStep::End(name) => format!("</{name}>"),
                HtmlStep::LeftOut(range, _) => format!("[{}]", &html[range]),
            };
        }
        for name in elements.finish() {
            shown += &format!("</{name}>");
        }
        shown
    }

    #[test]
    fn elements_are_nested_whatever_is_written() {
        let cases = [
            ("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b>c[</i>]"),
            ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
            ("<script>a<b>c</script>d", "[<script>]d"),
            ("<form>a</form>", "[<form>]a"),
            ("</div>a<p>b<p>c", "[</div>]a<p>b</p><p>c</p>"),
            ("<a>b<a>c</a>", "<a>b[<a>]c</a>"),
            ("<h1>a</h1>", "<h2>a</h2>"),
            ("<div onclick=x>a", "[onclick]<div>a</div>"),
            ("<br></br>a", "<br>a"),
        ];
        for (html, expected) in cases {
            assert_eq!(shown(html), expected, "{html}");
        }
    }
}
