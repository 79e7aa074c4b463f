//! The site, into a folder that is uploaded by other means.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use crate::cmd::book::sources;
use crate::cmd::build::closing;
use crate::cmd::outcome::Outcome;
use crate::cmd::publish::{Ready, warn};
use crate::diagnostic::Format;
use crate::disk::{Writer, Written};
use crate::outline::kind::Page;
use crate::publish::{self, Limits};

impl Ready<'_> {
    /// Writes the site into a folder, under the rules that a branch has too.
    pub(super) fn write_to(
        mut self,
        folder: &Path,
        out: &mut impl Write,
    ) -> anyhow::Result<Outcome> {
        let config = &self.site.built.parsed.config;
        let (url, mut odd) = publish::address(config, None)?;
        self.publish.domain(&self.site)?;
        let limits = Limits::default();
        limits.check_assets(&self.site.inputs)?;
        let sources = sources(&self.publish.root, &config.src);
        let writer = Writer::open(folder, &self.publish.root, &sources)?;
        let Some(written) = self.write(writer, &limits)? else {
            return self.refuse(out);
        };
        self.publish.say(&self.site)?;
        odd.extend(limits.warnings());
        warn(&odd)?;
        if self.publish.format != Format::Json {
            writeln!(out, "{}", closing(&written, folder, self.started.elapsed()))?;
            writeln!(out, "upload it to {url}")?;
        }
        Ok(Outcome::Done)
    }

    /// Renders all pages into the folder; `None` if templates fail.
    fn write(
        &mut self,
        writer: Writer,
        limits: &Limits,
    ) -> anyhow::Result<Option<Written>> {
        let built = Arc::clone(&self.site.built);
        let is_gone = |path: &&str| {
            built.outline.binary_search_by(|page| (*page.path).cmp(path)).is_err()
        };
        let pages = writer.last().filter(|it| publish::is_page(it));
        let (before, gone) = (pages.clone().count(), pages.filter(is_gone).count());
        publish::check_removal(before, gone, self.publish.allow_removal)?;
        let pages: Vec<&Page> = built.outline.iter().collect();
        let (publish, progress) = (self.publish, &self.progress);
        progress.count("writing", pages.len());
        self.site.each(&pages, |page, it| {
            progress.inc();
            let bytes = publish.bytes(it)?;
            limits.take(&page.path, bytes.len() as u64)?;
            writer.put(&page.path, &bytes)
        })?;
        progress.end();
        if self.site.report.has_errors() {
            return Ok(None);
        }
        writer.finish().map(Some)
    }
}
