//! The template engine: the theme's templates, those of the book in their place, and what
//! goes wrong in them as diagnostics.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Tera};

use crate::diagnostic::{Diagnostic, Reported, Rule};
use crate::input::{Content, Inputs};
use crate::layout::within_templates;
use crate::link::edition::Edition;
use crate::parse::fields::Placed;
use crate::render::addresses::encoded;
use crate::render::faults::{Own, OwnTemplate, TemplateFault};
use crate::render::kept::KeptParts;
use crate::render::masthead;
use crate::render::view::Site;
use crate::span::{Span, Stretch};
use crate::theme;

/// The templates, ready to render the pages of one edition, and what these share.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    /// The templates that are the book's own.
    own: BTreeMap<String, OwnTemplate>,
    /// What many pages show.
    pub(super) kept: KeptParts,
}

impl Templates {
    /// The theme's templates with the book's own in place of those of the same name.
    ///
    /// One of the book's that cannot be read is reported, and the theme's stays.
    pub(crate) fn new(inputs: &Inputs, edition: &Edition) -> Reported<Templates> {
        let mut diagnostics = Vec::new();
        let mut own = own(inputs);
        let mut faulty = BTreeSet::new();
        let mut tera = loop {
            let mut tera = Tera::new();
            let mut all: Vec<(&str, &str)> =
                theme::templates().filter(|(name, _)| !own.contains_key(*name)).collect();
            all.extend(own.iter().map(|(name, it)| (name.as_str(), it.text.as_str())));
            match tera.add_raw_templates(all) {
                Ok(()) => break tera,
                Err(error) => {
                    let n_own = own.len();
                    for fault in TemplateFault::all(&error, None) {
                        diagnostics.push(fault.diagnostic(&own));
                        // Of one that is gone already more may be said in the same run.
                        faulty.extend(fault.template);
                    }
                    own.retain(|name, _| !faulty.contains(name));
                    if own.len() == n_own {
                        // It is not known which of the book's is at fault; the theme's are whole.
                        own.clear();
                    }
                }
            }
        };
        diagnostics.extend(unused(inputs));
        tera.global_context().insert("site", &site(edition));
        let kept = KeptParts::default();
        Reported { value: Templates { tera, own, kept }, diagnostics }
    }

    /// Renders a template from its view, to text in UTF-8.
    pub fn render(
        &self,
        template: &'static str,
        view: &impl Serialize,
    ) -> Result<Vec<u8>, Diagnostic> {
        let mut context = Context::new();
        context.insert("view", view);
        let mut bytes = Vec::new();
        self.tera.render_to(template, &context, &mut bytes).map_err(|error| {
            TemplateFault::first(&error, template).diagnostic(&self.own)
        })?;
        Ok(bytes)
    }

    /// Lets go of what pages share, when those that share it are done.
    pub fn forget(&mut self) {
        self.kept = KeptParts::default();
    }

    /// Whether the book has templates of its own.
    pub fn has_own(&self) -> bool {
        !self.own.is_empty()
    }
}

/// The templates of the book that differ from the theme's.
fn own(inputs: &Inputs) -> Own {
    let mut own = Own::new();
    for (path, content) in &inputs.files {
        if let (Some(name), Content::Text(text)) = (within_templates(path), content)
            && !theme::templates().any(|(it, theme)| it == name && theme == &**text)
        {
            let without = text.trim_start_matches('\u{feff}');
            let template = OwnTemplate {
                text: without.to_owned(),
                has_mark: without.len() < text.len(),
            };
            own.insert(name.to_owned(), template);
        }
    }
    own
}

/// Templates of the book that neither take the place of one of the theme's nor are named by
/// another: mostly a name that is misspelt.
fn unused(inputs: &Inputs) -> Vec<Diagnostic> {
    let is_of_theme = |name: &str| theme::templates().any(|(it, _)| it == name);
    let texts = || {
        let own =
            inputs.files.iter().filter(|(path, _)| within_templates(path).is_some());
        own.filter_map(|(path, it)| match it {
            Content::Text(text) => Some((path, text)),
            Content::Refused(_) => None,
        })
    };
    let is_named = |name: &str| {
        let quoted = ["\"", "'", "`"].map(|quote| format!("{quote}{name}{quote}"));
        texts().any(|(_, text)| quoted.iter().any(|it| text.contains(&**it)))
    };
    let mut found = Vec::new();
    for (path, _) in texts() {
        let name = within_templates(path).unwrap_or(path);
        if is_of_theme(name) || is_named(name) {
            continue;
        }
        let stem = |name: &'static str| name.trim_end_matches(".html");
        let names = theme::templates().map(|(name, _)| stem(name));
        let near = crate::diagnostic::nearest(name.trim_end_matches(".html"), names);
        let message = format!("nothing uses the template `{name}`");
        let span = Span { path: Arc::clone(path), stretch: Stretch::default() };
        found.push(Diagnostic::new(Rule::StrayFile, span, message, match near {
            Some(near) => format!("rename it to `{near}.html`, the theme's name for it"),
            None => "name it in another template, or delete it; docs/templates.md lists the theme's".to_owned(),
        }));
    }
    found
}

/// What every template knows of the book.
fn site(edition: &Edition) -> Site {
    let config = &edition.config;
    let strings =
        |files: &[Placed<Box<str>>]| files.iter().map(|it| encoded(&it.value)).collect();
    let authors = config.authors.join(", ");
    let (icon, icon_type) = masthead::icon(edition);
    Site {
        title: config.title.to_string(),
        description: (!config.description.is_empty())
            .then(|| config.description.to_string()),
        language: config.language.to_string(),
        direction: match config.direction {
            crate::parse::config::Direction::Ltr => "ltr".to_owned(),
            crate::parse::config::Direction::Rtl => "rtl".to_owned(),
        },
        nav: masthead::nav(edition),
        footer: (!authors.is_empty()).then_some(authors),
        stylesheet: "dateline.css".to_owned(),
        script: "dateline.js".to_owned(),
        icon: icon.to_owned(),
        icon_type,
        logo: masthead::logo(edition),
        additional_css: strings(&config.additional_css),
        additional_js: masthead::scripts(config),
        generator: concat!("Dateline ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}
