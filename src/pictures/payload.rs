//! What is told beside a picture: its Exif and XMP, found without reading the picture itself.

use std::io::{self, Read, Seek, SeekFrom};

use crate::pictures::exif;

/// Exif has at most 64 kB in JPEG; XMP is seldom as large. More is not looked at.
const MOST: u64 = 1 << 20;
/// How many segments are looked at: their number is the file's to choose.
const MOST_PARTS: usize = 10_000;
/// How many pictures are looked for in one file.
const MOST_PICTURES: usize = 16;
/// A file whose parts cannot be skipped is read as far as this.
const MOST_OF_FILE: u64 = 64 << 20;
const EXIF: &[u8] = b"Exif\0\0";
/// Of XMP in a JPEG, and of what did not fit into its first segment.
const XMP: [&[u8]; 2] =
    [b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"];
/// Of the list of further pictures behind a JPEG's end (CIPA DC-007).
pub(super) const FURTHER: &[u8] = b"MPF\0";

/// What is told beside a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Payload {
    /// A TIFF file.
    Exif(Vec<u8>),
    /// A text in XML, with what may stand before it.
    Xmp(Vec<u8>),
    /// Where further pictures begin, in bytes from the start of this list.
    Further(Vec<u64>),
}

/// How a picture is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// Segments.
    Jpeg,
    /// Chunks.
    Png,
    /// Chunks.
    Webp,
    /// Boxes: AVIF and HEIC (ISO/IEC 23008-12).
    Boxes,
    /// Exif itself is one.
    Tiff,
}

impl Container {
    /// By the first twelve bytes.
    pub(super) fn of(start: &[u8]) -> Option<Container> {
        if start.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(Container::Jpeg)
        } else if start.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Container::Png)
        } else if start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP") {
            Some(Container::Webp)
        } else if start.get(4..8) == Some(b"ftyp") {
            Some(Container::Boxes)
        } else if start.starts_with(b"II*\0") || start.starts_with(b"MM\0*") {
            Some(Container::Tiff)
        } else {
            None
        }
    }

    /// How many bytes come before the first part.
    fn head(self) -> u64 {
        match self {
            Container::Jpeg => 2,
            Container::Png => 8,
            Container::Webp => 12,
            Container::Boxes | Container::Tiff => 0,
        }
    }

    /// How long the part is that begins with these eight bytes, its head and what fills it up
    /// included; `None` for the picture itself, which goes on to the end.
    fn length(self, head: [u8; 8]) -> Option<u64> {
        match (self, head) {
            // From the start of the scan on there are no segments (ITU T.81, annex B).
            (Container::Jpeg, [0xff, 0xda | 0xd9, ..]) => None,
            // A byte that fills up.
            (Container::Jpeg, [0xff, 0xff, ..]) => Some(1),
            (Container::Jpeg, [0xff, _, high, low, ..]) => {
                let size = u64::from(u16::from_be_bytes([high, low]));
                (size >= 2).then_some(2 + size)
            }
            (Container::Png, [size @ .., _, _, _, _]) => {
                Some(12 + u64::from(u32::from_be_bytes(size)))
            }
            (Container::Webp, [_, _, _, _, size @ ..]) => {
                let size = u64::from(u32::from_le_bytes(size));
                Some(8 + size + size % 2)
            }
            (Container::Jpeg | Container::Boxes | Container::Tiff, _) => None,
        }
    }

    /// Whether the part that begins so may carry what is told beside the picture.
    fn may_tell(self, head: [u8; 8]) -> bool {
        match self {
            Container::Jpeg => matches!(head[1], 0xe1 | 0xe2),
            Container::Png => {
                matches!(&head[4..], b"eXIf" | b"iTXt" | b"zTXt" | b"tEXt")
            }
            Container::Webp => matches!(&head[..4], b"EXIF" | b"XMP "),
            Container::Boxes | Container::Tiff => false,
        }
    }

    /// What a part tells.
    fn payload(self, part: &[u8]) -> Option<Payload> {
        match self {
            Container::Jpeg => of_segment(*part.get(1)?, part.get(4..)?),
            Container::Png => {
                let body = part.get(8..part.len().checked_sub(4)?)?;
                of_chunk(part.get(4..8)?, body)
            }
            Container::Webp => {
                let body = part.get(8..)?;
                match part.get(..4)? {
                    // Some programs write it as in JPEG.
                    b"EXIF" => Some(Payload::Exif(
                        body.strip_prefix(EXIF).unwrap_or(body).to_vec(),
                    )),
                    _ => Some(Payload::Xmp(body.to_vec())),
                }
            }
            Container::Boxes | Container::Tiff => None,
        }
    }
}

/// What a segment of a JPEG tells.
pub(super) fn of_segment(marker: u8, body: &[u8]) -> Option<Payload> {
    if marker == 0xe2 {
        return body.strip_prefix(FURTHER).map(|it| Payload::Further(exif::further(it)));
    }
    if marker != 0xe1 {
        return None;
    }
    match body.strip_prefix(EXIF) {
        Some(tiff) => Some(Payload::Exif(tiff.to_vec())),
        None => {
            XMP.iter().any(|it| body.starts_with(it)).then(|| Payload::Xmp(body.to_vec()))
        }
    }
}

/// What a chunk of a PNG tells. `ImageMagick` keeps what it found in a JPEG as hexadecimal
/// digits in a text called `Raw profile type exif`.
pub(super) fn of_chunk(kind: &[u8], body: &[u8]) -> Option<Payload> {
    if kind == b"eXIf" {
        return Some(Payload::Exif(body.to_vec()));
    }
    let end = body.iter().position(|it| *it == 0)?;
    let (keyword, rest) = (&body[..end], &body[end + 1..]);
    let text = match (kind, rest) {
        (b"tEXt", text) => text.to_vec(),
        (b"zTXt", [_, packed @ ..]) => unpacked(packed)?,
        (b"iTXt", [is_packed, _, rest @ ..]) => {
            // The language and the keyword in it come before the text.
            let mut parts = rest.splitn(3, |it| *it == 0);
            let text = parts.nth(2)?;
            if *is_packed == 1 { unpacked(text)? } else { text.to_vec() }
        }
        _ => return None,
    };
    match keyword {
        b"XML:com.adobe.xmp" | b"Raw profile type xmp" => Some(Payload::Xmp(text)),
        b"Raw profile type exif" | b"Raw profile type APP1" => {
            let bytes = from_digits(&text);
            let tiff = bytes.strip_prefix(EXIF).unwrap_or(&bytes);
            Some(Payload::Exif(tiff.to_vec()))
        }
        _ => None,
    }
}

fn unpacked(packed: &[u8]) -> Option<Vec<u8>> {
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(packed, most).ok()
}

/// The bytes behind the name and the length of a raw profile.
fn from_digits(text: &[u8]) -> Vec<u8> {
    let mut lines = text.splitn(4, |it| *it == b'\n');
    let digits = lines.nth(3).unwrap_or_default();
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|it| char::from(*it).to_digit(16))
        .filter_map(|it| u8::try_from(it).ok())
        .collect();
    digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

/// What is told beside a picture and beside those behind its end.
pub(super) fn payloads(picture: &mut (impl Read + Seek)) -> io::Result<Vec<Payload>> {
    picture.rewind()?;
    let mut start = Vec::new();
    picture.by_ref().take(12).read_to_end(&mut start)?;
    match Container::of(&start) {
        None => Ok(Vec::new()),
        Some(Container::Tiff | Container::Boxes) => {
            let mut whole = start;
            picture.take(MOST_OF_FILE).read_to_end(&mut whole)?;
            Ok(exif::of_whole(&whole))
        }
        Some(container) => {
            let (mut found, mut pictures) = (Vec::new(), vec![0]);
            let mut next = 0;
            while let Some(at) = pictures.get(next).filter(|_| next < MOST_PICTURES) {
                walk(container, *at, picture, &mut found, &mut pictures)?;
                next += 1;
            }
            Ok(found)
        }
    }
}

/// The payloads of the picture that begins at `at`, and where further ones begin.
fn walk(
    container: Container,
    at: u64,
    picture: &mut (impl Read + Seek),
    found: &mut Vec<Payload>,
    pictures: &mut Vec<u64>,
) -> io::Result<()> {
    let mut at = at.saturating_add(container.head());
    for _ in 0..MOST_PARTS {
        picture.seek(SeekFrom::Start(at))?;
        let mut head = [0; 8];
        match picture.read_exact(&mut head) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
            read => read?,
        }
        let Some(length) = container.length(head) else { break };
        if container.may_tell(head) && length <= MOST {
            let mut part = head.to_vec();
            part.truncate(usize::try_from(length).unwrap_or(8));
            picture.by_ref().take(length.saturating_sub(8)).read_to_end(&mut part)?;
            match container.payload(&part) {
                // They are counted from behind the marker, the length and the name.
                Some(Payload::Further(starts)) => {
                    pictures.extend(starts.iter().map(|it| at.saturating_add(8 + it)));
                }
                payload => found.extend(payload),
            }
        }
        at = at.saturating_add(length);
    }
    Ok(())
}
