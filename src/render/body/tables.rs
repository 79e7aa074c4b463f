//! Tables: a frame that scrolls, and cells that say by a class how they are aligned.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use crate::render::body::blocks::Blocks;

/// The tables of a text so far.
#[derive(Default)]
pub(super) struct Tables {
    count: u32,
    alignments: Vec<Alignment>,
    /// The position of the next cell in its row.
    cell: usize,
    is_head: bool,
}

impl Tables {
    /// Begins a part of a table.
    pub(super) fn begin<'a>(&mut self, tag: Tag<'a>, out: &mut Blocks<'a>) {
        match &tag {
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                self.count += 1;
                let label = match self.count {
                    1 => "Table".to_owned(),
                    n => format!("Table {n}"),
                };
                out.html_owned(format!(
                    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">\n"
                ));
            }
            Tag::TableCell => {
                let alignment = self.alignments.get(self.cell);
                out.html(cell(
                    self.is_head,
                    alignment.copied().unwrap_or(Alignment::None),
                ));
                self.cell += 1;
                return;
            }
            _ => {
                self.is_head = matches!(tag, Tag::TableHead);
                self.cell = 0;
            }
        }
        out.push(Event::Start(tag));
    }

    /// Ends a part of a table.
    pub(super) fn end(&mut self, tag: TagEnd, out: &mut Blocks<'_>) {
        match tag {
            TagEnd::TableCell => out.html(if self.is_head { "</th>" } else { "</td>" }),
            TagEnd::Table => {
                out.push(Event::End(tag));
                out.html("</div>\n");
            }
            _ => out.push(Event::End(tag)),
        }
    }
}

/// A class, not a style: a page may be served under a policy that allows no inline styles.
fn cell(is_head: bool, alignment: Alignment) -> &'static str {
    match (is_head, alignment) {
        (true, Alignment::None) => "<th>",
        (true, Alignment::Left) => "<th class=\"align-left\">",
        (true, Alignment::Center) => "<th class=\"align-center\">",
        (true, Alignment::Right) => "<th class=\"align-right\">",
        (false, Alignment::None) => "<td>",
        (false, Alignment::Left) => "<td class=\"align-left\">",
        (false, Alignment::Center) => "<td class=\"align-center\">",
        (false, Alignment::Right) => "<td class=\"align-right\">",
    }
}
