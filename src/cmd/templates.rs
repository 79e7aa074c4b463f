//! `dateline templates`: the files of the theme, to begin one's own with.

use std::io::Write;

use anyhow::bail;

use crate::cmd::outcome::Outcome;
use crate::diagnostic::nearest;
use crate::theme;

/// Print the theme's templates, its stylesheet and its scripts
///
/// Without a name it lists them, each with where a file of your own takes its place.
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  dateline templates                                what there is
  dateline templates base.html > templates/base.html
  dateline templates dateline.css | grep -- '--'    the variables of the stylesheet")]
pub(super) struct ThemeFiles {
    /// The file to print
    name: Option<String>,
}

impl ThemeFiles {
    /// Prints the file, or the list.
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<Outcome> {
        let Some(name) = &self.name else {
            for (name, _) in theme::templates() {
                writeln!(out, "templates/{name}")?;
            }
            for name in theme::assets() {
                writeln!(out, "static/{name}")?;
            }
            return Ok(Outcome::Done);
        };
        let short = ["templates/", "static/"].iter().find_map(|it| name.strip_prefix(it));
        let short = short.unwrap_or(name);
        let template = theme::templates().find(|(it, _)| *it == short);
        let asset = || theme::assets().find(|it| *it == short).and_then(theme::asset);
        match (template, asset()) {
            (Some((_, text)), _) => out.write_all(text.as_bytes())?,
            (None, Some(bytes)) => out.write_all(bytes)?,
            (None, None) => {
                let all = theme::templates().map(|(name, _)| name).chain(theme::assets());
                match nearest(short, all) {
                    Some(near) => {
                        bail!("the theme has no file `{name}`; the nearest is `{near}`")
                    }
                    None => bail!(
                        "the theme has no file `{name}`; `dateline templates` lists them"
                    ),
                }
            }
        }
        Ok(Outcome::Done)
    }
}
