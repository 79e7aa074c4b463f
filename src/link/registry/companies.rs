//! The legal forms that end a company's name and are often left out: `Inc.`, `AG`, `plc`.

use crate::language::Names;

/// A row of the table: which legal form, however it is spelled.
pub type Form = u8;

/// The legal form that begins `text`, which follows a name, and its length with the space
/// and comma before it: `, Inc. said` is 6 bytes.
pub fn form_after(text: &str) -> Option<(usize, Form)> {
    let after_comma = text.strip_prefix(',').unwrap_or(text);
    let rest = after_comma.strip_prefix([' ', '\n'])?;
    for (row, spellings) in (0..).zip(&Names::table().legal_forms) {
        for spelling in spellings {
            let Some(next) = rest.strip_prefix(&**spelling) else { continue };
            if !next.starts_with(|c: char| {
                c.is_alphanumeric() || matches!(c, '.' | '&' | '-')
            }) {
                return Some((text.len() - next.len(), row));
            }
            // `Inc..` is an abbreviation at the end of a sentence that was typed twice.
            if spelling.ends_with('.') && next.starts_with('.') {
                return Some((text.len() - next.len(), row));
            }
        }
    }
    None
}

/// A company's name without its legal form, and the form; `None` when it has none.
pub fn without_form(name: &str) -> Option<(&str, Form)> {
    let at = name.rfind(' ')?;
    let core = name[..at].trim_end_matches(',');
    let (length, form) = form_after(&name[core.len()..])?;
    (core.len() + length == name.len() && !core.is_empty()).then_some((core, form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legal_form_is_seen_in_any_of_its_spellings() {
        let cases = [
            (" Inc. said", Some(5)),
            (", Inc. said", Some(6)),
            (" Inc said", Some(4)),
            (" Incident", None),
            (" inc said", None),
            ("Inc", None),
            (" Corp.", Some(6)),
            (" Co-op", None),
        ];
        for (text, expected) in cases {
            assert_eq!(form_after(text).map(|(length, _)| length), expected, "{text:?}");
        }
        assert_eq!(without_form("Acme, Inc.").map(|(core, _)| core), Some("Acme"));
        assert_eq!(without_form("AG"), None);
    }
}
