//! Bytes of an old file as a text: encodings, line ends, characters that no page may hold.

use crate::import::remark::{Construct, Remark};
use crate::parse::fields::is_forbidden;

/// The text of a file with LF line ends and without control characters, and what had to be
/// mended for it.
pub(crate) fn text_of(bytes: &[u8]) -> (String, Vec<Remark>) {
    let mut remarks = Vec::new();
    let mut text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes, &mut remarks),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes, &mut remarks),
        _ => {
            if let Ok(text) = str::from_utf8(bytes) {
                text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()
            } else {
                remarks.push(Remark::of(Construct::Encoding, "read as Windows-1252"));
                bytes.iter().map(|it| windows_1252(*it)).collect()
            }
        }
    };
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    let n_controls = text.chars().filter(|c| is_forbidden(*c)).count();
    if n_controls > 0 {
        text.retain(|c| !is_forbidden(c));
        let what = format!("{n_controls} control characters");
        remarks.push(Remark::of(Construct::ControlCharacters, &what));
    }
    (text, remarks)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, remarks: &mut Vec<Remark>) -> String {
    remarks.push(Remark::of(Construct::Encoding, "read as UTF-16"));
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|it| it.unwrap_or('\u{fffd}')).collect()
}

/// A byte as browsers read it in a page that names Latin-1 (WHATWG Encoding, index
/// windows-1252).
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}',
        'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›',
        'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_becomes_a_text() {
        let cases: [(&[u8], &str); 5] = [
            (b"\xef\xbb\xbfa\r\nb", "a\nb"),
            (b"caf\xe9 \x93x\x94", "café “x”"),
            (b"\xff\xfea\0b\0", "ab"),
            (b"\xfe\xff\0a\0b", "ab"),
            (b"a\0b\x07", "ab"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(text_of(bytes).0, expected, "{bytes:?}");
        }
    }
}
