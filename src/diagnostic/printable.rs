//! Texts of others without what a terminal or a runner could take for a command.

/// `text` without what a terminal or a runner could take for a command: control characters
/// become `�`; tabs and line ends stay. Bidirectional overrides (Unicode, UAX #9) go too,
/// since they can make a message read as what it is not; and `##[` is broken, which GitHub's
/// runner takes for a command anywhere in a line. No byte more or less where it is broken.
pub fn printable(text: &str) -> String {
    let tame = |c: char| match c {
        '\n' | '\t' => c,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    unmarked(text.chars().map(tame).collect())
}

/// `text` as [`printable`] leaves it, and on one line: a line that begins with what somebody
/// wrote can be a command to GitHub's runner (`::stop-commands::`).
pub fn one_line(text: &str) -> String {
    printable(&text.replace("\r\n", "\n")).replace('\n', "⏎")
}

/// `text` as [`printable`] leaves it, with a mark of ours before every line but the first,
/// which goes behind words of ours; see [`one_line`].
pub fn continued(text: &str) -> String {
    let text = printable(text);
    let lines = text.trim_end().lines().enumerate();
    let lines = lines.map(|(at, line)| match at {
        0 => line.to_owned(),
        _ => format!("\n  | {}", line.trim_start()),
    });
    lines.collect()
}

fn unmarked(text: String) -> String {
    if text.contains("##[") { text.replace("##[", "# [") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_never_reach_the_terminal() {
        assert_eq!(
            printable("a\u{1b}[31mb\u{9b}\u{202e}\n"),
            "a\u{fffd}[31mb\u{fffd}\u{fffd}\n"
        );
    }

    #[test]
    fn no_part_of_a_line_is_a_command() {
        let cases = [
            ("a\n::stop-commands::x", "a⏎::stop-commands::x"),
            ("a\r\nb\rc", "a⏎b\u{fffd}c"),
            ("a ##[add-mask]b ###[c", "a # [add-mask]b ## [c"),
        ];
        for (text, expected) in cases {
            assert_eq!(one_line(text), expected, "{text:?}");
        }
    }
}
