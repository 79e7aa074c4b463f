//! The fields of Exif that tell of a person.

use std::io::Cursor;

use exif::{Context, Exif, Field, In, Reader, Tag, Value};
use memchr::memmem;

use crate::pictures::Traces;
use crate::pictures::payload::Payload;

/// The list of pictures in one file (CIPA DC-007, section 5.2.3), and the bytes of an entry.
const PICTURES: Tag = Tag(Context::Tiff, 0xb002);
const ENTRY: usize = 16;
/// The serial number of the camera in a raw picture (DNG 1.7, chapter 4).
const CAMERA: Tag = Tag(Context::Tiff, 0xc62f);
/// What an author wants to be kept: none of it tells where, or with which camera.
const KEPT: [Tag; 3] = [Tag::Orientation, Tag::Artist, Tag::Copyright];

/// What a TIFF file of Exif tells. One that is damaged tells what could be read.
pub(super) fn traces(tiff: &[u8]) -> Traces {
    let Some(exif) = read(tiff) else { return Traces::default() };
    let is_filled = |field: &Field| match &field.value {
        Value::Ascii(texts) => texts
            .iter()
            .any(|text| text.iter().any(|it| !matches!(it, b' ' | b'0' | b'\0'))),
        Value::Rational(numbers) => numbers.iter().any(|it| it.denom != 0),
        _ => true,
    };
    let any = |tags: &[Tag]| {
        exif.fields().any(|field| tags.contains(&field.tag) && is_filled(field))
    };
    Traces {
        has_position: any(&[
            Tag::GPSLatitude,
            Tag::GPSLongitude,
            Tag::GPSDestLatitude,
            Tag::GPSDestLongitude,
        ]),
        has_serial: any(&[Tag::BodySerialNumber, Tag::LensSerialNumber, CAMERA]),
        has_maker_note: any(&[Tag::MakerNote]),
    }
}

fn read(tiff: &[u8]) -> Option<Exif> {
    let read = Reader::new().continue_on_error(true).read_raw(tiff.to_vec());
    read.or_else(|error| error.distill_partial_result(|_| {})).ok()
}

/// Where the further pictures begin that such a list names, in bytes from its own start.
pub(super) fn further(list: &[u8]) -> Vec<u64> {
    let Some(exif) = read(list) else { return Vec::new() };
    let Some(Value::Undefined(entries, _)) =
        exif.get_field(PICTURES, In::PRIMARY).map(|it| &it.value)
    else {
        return Vec::new();
    };
    let start = |entry: &[u8]| {
        let bytes = entry.get(8..12)?.try_into().ok()?;
        Some(u64::from(if exif.little_endian() {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        }))
    };
    // The first picture is the one that holds the list, and has no start.
    entries.chunks_exact(ENTRY).filter_map(start).filter(|it| *it != 0).collect()
}

/// What is told beside a picture that cannot be read part by part: TIFF, AVIF, HEIC.
pub(super) fn of_whole(file: &[u8]) -> Vec<Payload> {
    let mut found = Vec::new();
    if let Some(tiff) = tiff_of(file) {
        found.push(Payload::Exif(tiff));
    }
    found.extend(packets(file).map(|at| Payload::Xmp(file[at].to_vec())));
    found
}

/// The Exif of a whole file, as it stands in it.
pub(super) fn tiff_of(file: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader::new();
    let read = reader.continue_on_error(true).read_from_container(&mut Cursor::new(file));
    let exif = read.or_else(|error| error.distill_partial_result(|_| {})).ok()?;
    Some(exif.buf().to_vec())
}

/// Every text of XMP in a file: from `<x:xmpmeta` to its end.
pub(super) fn packets(file: &[u8]) -> impl Iterator<Item = std::ops::Range<usize>> {
    let (start, end) = (b"<x:xmpmeta", b"</x:xmpmeta>");
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + memmem::find(&file[from..], start)?;
        from = at + memmem::find(&file[at..], end)? + end.len();
        Some(at..from)
    })
}

/// Exif that says what an author wants to be kept, and nothing else; `None` if there is
/// nothing of that.
pub(super) fn what_is_kept(tiff: &[u8]) -> Option<Vec<u8>> {
    let exif = read(tiff)?;
    let is_kept = |field: &&Field| {
        let is_upright =
            field.tag == Tag::Orientation && field.value.get_uint(0) == Some(1);
        field.ifd_num == In::PRIMARY && KEPT.contains(&field.tag) && !is_upright
    };
    let mut writer = exif::experimental::Writer::new();
    let mut n = 0;
    for field in exif.fields().filter(is_kept) {
        writer.push_field(field);
        n += 1;
    }
    let mut kept = Cursor::new(Vec::new());
    (n > 0 && writer.write(&mut kept, exif.little_endian()).is_ok())
        .then(|| kept.into_inner())
}
