//! Where the files of a book lie: the one place that names its folders.

/// The settings, at the root of the book.
pub const SETTINGS: &str = "book.toml";
/// The folder of the book's own templates.
pub const TEMPLATES: &str = "templates";
/// The folder of files that are copied as they are.
pub const STATIC: &str = "static";

/// The path of a file of `static/` from the root of the book.
pub fn in_static(path: &str) -> String {
    format!("{STATIC}/{path}")
}

/// The path from `static/` of a file there; `None` for one that lies elsewhere.
pub fn within_static(path: &str) -> Option<&str> {
    path.strip_prefix(STATIC)?.strip_prefix('/')
}

/// The path from `templates/` of a file there; `None` for one that lies elsewhere.
pub fn within_templates(path: &str) -> Option<&str> {
    path.strip_prefix(TEMPLATES)?.strip_prefix('/')
}

/// What the files of a folder of the content are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentKind {
    /// Dated news items.
    Brief,
    /// People, organizations, places and things.
    Entity,
    /// Briefs on one developing story.
    Storyline,
    /// Claims that are followed.
    Claim,
    /// Everything else that is read.
    Page,
}

impl ContentKind {
    /// Every kind, in the order of the manual.
    pub const ALL: [ContentKind; 5] = [
        ContentKind::Brief,
        ContentKind::Entity,
        ContentKind::Storyline,
        ContentKind::Claim,
        ContentKind::Page,
    ];

    /// The name of the folder, right below the content folder.
    pub const fn folder(self) -> &'static str {
        match self {
            ContentKind::Brief => "briefs",
            ContentKind::Entity => "entities",
            ContentKind::Storyline => "storylines",
            ContentKind::Claim => "claims",
            ContentKind::Page => "pages",
        }
    }

    /// What a file is, by its path from the content folder; `None` for one that lies in none
    /// of these folders.
    pub fn of(within: &str) -> Option<ContentKind> {
        let (folder, _) = within.split_once('/')?;
        ContentKind::ALL.into_iter().find(|it| it.folder() == folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_folder_says() {
        let cases = [
            ("briefs/a.md", Some(ContentKind::Brief)),
            ("briefs/2025/a.md", Some(ContentKind::Brief)),
            ("entities/a.md", Some(ContentKind::Entity)),
            ("storylines/a.md", Some(ContentKind::Storyline)),
            ("claims/a.md", Some(ContentKind::Claim)),
            ("pages/briefs/a.md", Some(ContentKind::Page)),
            ("briefs", None),
            ("brief/a.md", None),
            ("index.md", None),
        ];
        for (path, expected) in cases {
            assert_eq!(ContentKind::of(path), expected, "{path}");
        }
        assert_eq!(within_static("static/img/a.png"), Some("img/a.png"));
        assert_eq!(within_static("statics/a.png"), None);
    }
}
