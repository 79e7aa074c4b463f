//! A place in a file as a link that opens an editor.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stays as it is in the path of an address.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The editors that a link can open, and its form.
const KNOWN: &[(&str, &str)] = &[
    ("code", "vscode://file{path}:{line}:{column}"),
    ("vscode", "vscode://file{path}:{line}:{column}"),
    ("code-insiders", "vscode-insiders://file{path}:{line}:{column}"),
    ("codium", "vscodium://file{path}:{line}:{column}"),
    ("cursor", "cursor://file{path}:{line}:{column}"),
    ("zed", "zed://file{path}:{line}:{column}"),
    ("idea", "idea://open?file={path}&line={line}&column={column}"),
    ("subl", "subl://open?url=file://{path}&line={line}&column={column}"),
];

/// Where a place in a file is opened.
///
/// Always by a link that the browser hands to the desktop: a server that starts programs
/// when it is asked to is more than a preview needs to be.
#[derive(Clone, Debug, Default)]
pub struct Editor(Option<String>);

impl Editor {
    /// The editor of that name or command, or the form of a link with `{path}`, `{line}` and
    /// `{column}`. One without links, such as `vim`, gets none: the path is shown to copy.
    pub fn named(name: &str) -> Editor {
        if name.contains("{path}")
            && !name.to_ascii_lowercase().starts_with("javascript:")
        {
            return Editor(Some(name.to_owned()));
        }
        let program = name.split_whitespace().next().unwrap_or("");
        let program = Path::new(program).file_stem().and_then(|it| it.to_str());
        let known = KNOWN.iter().find(|(known, _)| Some(*known) == program);
        Editor(known.map(|(_, form)| (*form).to_owned()))
    }

    /// The link to a place; `None` if the editor has none.
    pub(super) fn link(&self, file: &Path, line: usize, column: usize) -> Option<String> {
        let path = file.to_string_lossy().replace('\\', "/");
        let path = if path.starts_with('/') { path } else { format!("/{path}") };
        let path = utf8_percent_encode(&path, PATH).to_string();
        let opened = self.0.as_ref()?.replace("{path}", &path);
        Some(
            opened
                .replace("{line}", &line.to_string())
                .replace("{column}", &column.to_string()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_known_by_its_command() {
        let file = Path::new("/a b/c.md");
        let cases = [
            ("code --wait", Some("vscode://file/a%20b/c.md:3:7")),
            ("/usr/bin/zed", Some("zed://file/a%20b/c.md:3:7")),
            ("my://{path}#{line}", Some("my:///a%20b/c.md#3")),
            ("vim", None),
            ("javascript:alert({path})", None),
            ("", None),
        ];
        for (name, expected) in cases {
            let link = Editor::named(name).link(file, 3, 7);
            assert_eq!(link.as_deref(), expected, "{name}");
        }
    }
}
