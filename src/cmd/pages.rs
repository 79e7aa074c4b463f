//! The pages of a book, rendered on all cores into whatever takes it.

use std::sync::Mutex;

use crate::cmd::progress::Progress;
use crate::diagnostic::Diagnostic;
use crate::outline::Page;
use crate::parallel;
use crate::render::engine::{Group, Templates};
use crate::render::{Rendered, render};

/// Renders some pages and gives each to `take`, in no order; what is wrong with
/// templates is returned. The error is the first that `take` gives.
pub(super) fn each(
    built: &crate::Build,
    templates: &mut Templates,
    pages: &[&Page],
    progress: &Progress,
    take: impl Fn(&Page, Rendered) -> anyhow::Result<()> + Sync + Send,
) -> anyhow::Result<Vec<Diagnostic>> {
    let broken = Mutex::new(Vec::new());
    for group in Group::ALL {
        templates.forget();
        let pages: Vec<&Page> =
            pages.iter().copied().filter(|page| Group::of(page) == group).collect();
        parallel::try_each(&pages, |page| -> anyhow::Result<()> {
            match render(&built.edition, &built.outline, page, templates) {
                Ok(rendered) => take(page, rendered)?,
                Err(diagnostic) => {
                    let mut broken =
                        broken.lock().expect("no thread panics while it holds this");
                    if !broken.contains(&diagnostic) {
                        broken.push(diagnostic);
                    }
                }
            }
            progress.inc();
            Ok(())
        })?;
    }
    Ok(broken.into_inner().expect("no thread panics while it holds this"))
}
