//! A book that can be rendered.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use crate::Built;
use crate::diagnostic::Diagnostic;
use crate::input::Inputs;
use crate::outline::kind::{Group, Page};
use crate::parallel;
use crate::render::engine::Templates;
use crate::render::{self, Rendered};
use crate::report::Report;

/// A book that can be rendered: its inputs, what was built of them, its templates, and all
/// there is to say.
///
/// Every command takes one. The templates, and the parts of pages that they keep, are this
/// edition's: nobody outside can put them together with another one.
#[derive(Debug)]
pub struct Site {
    /// What it was made from.
    pub inputs: Arc<Inputs>,
    /// The edition and its outline.
    pub built: Arc<Built>,
    /// What there is to say: what the stages found, what is wrong with the templates, and
    /// whatever rendering found since.
    pub report: Report,
    templates: Templates,
}

impl Site {
    /// Builds a book. `last` only ever saves work.
    pub fn of(inputs: Inputs, last: &Built) -> Site {
        let (built, mut report) = crate::build(&inputs, last);
        let templates = Templates::new(&inputs, &built.edition);
        report.add(templates.diagnostics);
        Site {
            inputs: Arc::new(inputs),
            built: Arc::new(built),
            report,
            templates: templates.value,
        }
    }

    /// The page at a path of the output, such as `404.html`.
    pub fn page(&self, path: &str) -> Option<&Page> {
        self.built.outline.page(path)
    }

    /// Renders a page. The error is what is wrong with its template.
    pub fn render(&self, page: &Page) -> Result<Rendered, Diagnostic> {
        let Built { edition, outline, .. } = &*self.built;
        render::render(edition, outline, page, &self.templates)
    }

    /// Renders pages on all cores and gives each to `take`, in no order.
    ///
    /// What is wrong with templates goes into the report, as errors, whatever the settings
    /// say: a page that cannot be rendered is a page that is missing. The error is the first
    /// that `take` gives. Pages that share what is rendered once are rendered one group after
    /// the other, so that only one group's parts are in memory.
    pub fn each(
        &mut self,
        pages: &[&Page],
        take: impl Fn(&Page, Rendered) -> anyhow::Result<()> + Sync + Send,
    ) -> anyhow::Result<()> {
        let broken = Mutex::new(BTreeSet::new());
        for group in Group::ALL {
            self.templates.forget();
            let is_of_group = |page: &&Page| page.kind.group() == group;
            let pages: Vec<&Page> = pages.iter().copied().filter(is_of_group).collect();
            parallel::try_each(&pages, |page| match self.render(page) {
                Ok(rendered) => take(page, rendered),
                Err(found) => {
                    broken.lock().expect(NO_PANIC).insert(found);
                    Ok(())
                }
            })?;
        }
        self.report.add(broken.into_inner().expect(NO_PANIC));
        Ok(())
    }

    /// Renders pages into nothing, to find what is wrong with the book's own templates;
    /// those of the theme are known to be whole.
    pub fn try_templates(&mut self, pages: &[&Page]) {
        if self.templates.has_own() {
            let tried = self.each(pages, |_, _| Ok(()));
            tried.expect("nothing fails that takes nothing");
        }
    }
}

const NO_PANIC: &str = "no thread panics while it holds this";
