//! What pictures carry beside what they show: where and with which camera they were taken.
//!
//! Exif is a TIFF file inside the picture (CIPA DC-008), XMP a text; JPEG keeps both in
//! segments, PNG and WebP in chunks, AVIF and HEIC in boxes. `kamadak-exif` reads the one,
//! `img-parts` takes pictures apart where something is cut out. Neither finds XMP, nor the
//! pictures behind a JPEG's end, and both read a whole picture for it; so what is looked for
//! on every build is found here, by its heads, at a few kilobytes a picture.

mod cut;
mod exif;
mod payload;

use std::io::{self, Read, Seek};

use crate::pictures::payload::Payload;

/// What a picture says of where, and with what, it was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traces {
    /// It holds a position: latitude or longitude.
    pub has_position: bool,
    /// It holds the serial number of a camera or a lens.
    pub has_serial: bool,
    /// It holds a note of the camera's maker, in a form that only the maker knows; most
    /// write the serial number there.
    pub has_maker_note: bool,
}

impl Traces {
    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self == Traces::default()
    }
}

/// The traces in a picture; none for a file that is no JPEG, PNG, WebP, AVIF, HEIC or TIFF.
pub fn traces(picture: &mut (impl Read + Seek)) -> io::Result<Traces> {
    let mut traces = Traces::default();
    for payload in payload::payloads(picture)? {
        match payload {
            Payload::Exif(bytes) => {
                let found = exif::traces(&bytes);
                traces.has_position |= found.has_position;
                traces.has_serial |= found.has_serial;
                traces.has_maker_note |= found.has_maker_note;
            }
            Payload::Xmp(bytes) => {
                let holds = |words: &[&str]| words.iter().any(|it| has_value(&bytes, it));
                traces.has_position |= holds(&["GPSLatitude", "GPSLongitude"]);
                traces.has_serial |= holds(&[
                    "SerialNumber",
                    "BodySerialNumber",
                    "LensSerialNumber",
                    "CameraSerialNumber",
                ]);
            }
            Payload::Further(_) => {}
        }
    }
    Ok(traces)
}

/// Whether an XMP text has a property of that name: `exif:GPSLatitude="…"` or the same as an
/// element.
fn has_value(xmp: &[u8], name: &str) -> bool {
    let mut found = memchr::memmem::find_iter(xmp, name.as_bytes());
    found.any(|at| {
        let after = xmp.get(at + name.len());
        xmp[..at].ends_with(b":") && matches!(after, Some(b'=' | b'>' | b' '))
    })
}

/// The same picture without Exif and XMP, but for orientation, copyright and artist; `None`
/// if it has neither, or is not a picture that can be taken apart.
pub fn without_metadata(picture: &[u8]) -> Option<Vec<u8>> {
    cut::without_metadata(picture)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// A TIFF with one entry in its first directory and, if wanted, a position.
    fn tiff(turn: u16, has_position: bool, has_serial: bool) -> Vec<u8> {
        let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
        let n: u16 = 1 + u16::from(has_position) + u16::from(has_serial);
        let after = 8 + 2 + u32::from(n) * 12 + 4;
        tiff.extend(n.to_be_bytes());
        let entry = |tag: u16, kind: u16, value: [u8; 4]| {
            let mut entry = tag.to_be_bytes().to_vec();
            entry.extend(kind.to_be_bytes());
            entry.extend(1_u32.to_be_bytes());
            entry.extend(value);
            entry
        };
        tiff.extend(entry(0x0112, 3, [0, u8::try_from(turn).unwrap(), 0, 0]));
        if has_serial {
            tiff.extend(entry(0x8769, 4, after.to_be_bytes()));
        }
        if has_position {
            tiff.extend(entry(0x8825, 4, after.to_be_bytes()));
        }
        tiff.extend([0; 4]);
        tiff.extend(1_u16.to_be_bytes());
        // Both directories are the same here: latitude is 2, and a serial number 0xa431.
        tiff.extend(entry(if has_serial { 0xa431 } else { 2 }, 2, *b"123\0"));
        tiff.extend([0; 4]);
        tiff
    }

    fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
        let size = u16::try_from(payload.len() + 2).unwrap();
        [&[0xff, marker][..], &size.to_be_bytes(), payload].concat()
    }

    fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
        let image =
            [&segment(0xdb, &[0; 65])[..], &segment(0xda, &[1, 2]), b"pixels\xff\xd9"];
        [&[0xff, 0xd8][..], &segments.concat(), &image.concat()].concat()
    }

    fn of_exif(tiff: &[u8]) -> Vec<u8> {
        segment(0xe1, &[b"Exif\0\0", tiff].concat())
    }

    fn chunk(name: [u8; 4], payload: &[u8]) -> Vec<u8> {
        let chunk =
            img_parts::png::PngChunk::new(name, payload.to_vec().into()).encoder();
        chunk.bytes().to_vec()
    }

    fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
        let ends = [chunk(*b"IDAT", b"pixels"), chunk(*b"IEND", b"")];
        let head = chunk(*b"IHDR", &[0; 13]);
        [&b"\x89PNG\r\n\x1a\n"[..], &head, &chunks.concat(), &ends.concat()].concat()
    }

    fn webp(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
        let mut body = b"WEBP".to_vec();
        for (name, payload) in chunks {
            body.extend(*name);
            body.extend(u32::try_from(payload.len()).unwrap().to_le_bytes());
            body.extend(payload);
            body.extend(vec![0; payload.len() % 2]);
        }
        let size = u32::try_from(body.len()).unwrap();
        [&b"RIFF"[..], &size.to_le_bytes(), &body].concat()
    }

    fn found(picture: &[u8]) -> (bool, bool) {
        let traces = traces(&mut Cursor::new(picture)).unwrap();
        (traces.has_position, traces.has_serial)
    }

    #[test]
    fn a_position_and_a_serial_number_are_found_in_every_kind_of_picture() {
        let xmp = b"http://ns.adobe.com/xap/1.0/\0<rdf exif:GPSLatitude=\"53,21N\"/>";
        let itxt = b"XML:com.adobe.xmp\0\0\0\0\0<exif:GPSLongitude>7</exif:GPSLongitude>";
        let cases = [
            (
                "jpeg filled up",
                [&b"\xff\xd8\xff"[..], &jpeg(&[of_exif(&tiff(1, true, false))])[2..]]
                    .concat(),
                (true, false),
            ),
            ("jpeg without", jpeg(&[]), (false, false)),
            ("jpeg turned", jpeg(&[of_exif(&tiff(6, false, false))]), (false, false)),
            ("jpeg position", jpeg(&[of_exif(&tiff(1, true, false))]), (true, false)),
            ("jpeg serial", jpeg(&[of_exif(&tiff(1, false, true))]), (false, true)),
            ("jpeg xmp", jpeg(&[segment(0xe1, xmp)]), (true, false)),
            ("png", png(&[chunk(*b"eXIf", &tiff(1, true, false))]), (true, false)),
            ("png xmp", png(&[chunk(*b"iTXt", itxt)]), (true, false)),
            (
                "webp",
                webp(&[(b"VP8X", vec![8; 10]), (b"EXIF", tiff(1, true, false))]),
                (true, false),
            ),
            ("no picture", b"Exif\0\0 is a word".to_vec(), (false, false)),
            (
                "cut short",
                jpeg(&[of_exif(&tiff(1, true, false))])[..9].to_vec(),
                (false, false),
            ),
        ];
        for (what, picture, expected) in cases {
            assert_eq!(found(&picture), expected, "{what}");
        }
    }

    #[test]
    fn what_is_cut_out_leaves_the_picture_and_how_it_is_turned() {
        let profile = segment(0xe2, b"ICC_PROFILE\0\x01\x01colors");
        let taken = jpeg(&[of_exif(&tiff(6, true, true)), profile.clone()]);
        let clean = without_metadata(&taken).unwrap();
        assert_eq!(found(&clean), (false, false));
        assert_eq!(
            clean,
            jpeg(&[
                of_exif(&exif::what_is_kept(&tiff(6, false, false)).unwrap()),
                profile
            ])
        );
        let upright = jpeg(&[of_exif(&tiff(1, true, true))]);
        assert_eq!(without_metadata(&upright).unwrap(), jpeg(&[]));
        let picture =
            png(&[chunk(*b"eXIf", &tiff(1, true, false)), chunk(*b"gAMA", b"1234")]);
        assert_eq!(without_metadata(&picture).unwrap(), png(&[chunk(*b"gAMA", b"1234")]));
        let flags = |flags: u8| [&[flags][..], &[7; 9]].concat();
        let picture = webp(&[
            (b"VP8X", flags(0x1c)),
            (b"VP8 ", b"pixel".to_vec()),
            (b"EXIF", tiff(1, true, false)),
            (b"ICCP", b"colors".to_vec()),
            (b"XMP ", b"<x/>".to_vec()),
        ]);
        // Only alpha and colors are left of what the flags say.
        let expected = webp(&[
            (b"VP8X", flags(0x30)),
            (b"VP8 ", b"pixel".to_vec()),
            (b"ICCP", b"colors".to_vec()),
        ]);
        assert_eq!(without_metadata(&picture).unwrap(), expected);
        for nothing in [jpeg(&[]), png(&[]), b"text".to_vec(), taken[..20].to_vec()] {
            assert_eq!(without_metadata(&nothing), None);
        }
    }

    #[test]
    fn no_bytes_make_it_panic_or_run_on() {
        let taken = jpeg(&[of_exif(&tiff(6, true, true))]);
        for at in 0..taken.len() {
            for byte in [0, 1, 0x7f, 0xff] {
                let mut mangled = taken.clone();
                mangled[at] = byte;
                let _ = found(&mangled);
                let _ = without_metadata(&mangled);
                let _ = found(&mangled[..at]);
            }
        }
    }
}
