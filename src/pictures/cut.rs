//! A picture without what is told beside it, not compressed anew.

use img_parts::jpeg::{Jpeg, JpegSegment};
use img_parts::png::Png;
use img_parts::riff::RiffContent;
use img_parts::webp::{CHUNK_VP8X, CHUNK_XMP, WebP};
use img_parts::{Bytes, ImageEXIF};
use memchr::memmem;

use crate::pictures::exif;
use crate::pictures::payload::{self, Container, Payload};

/// The same picture without Exif and XMP, but for orientation, copyright and artist; `None`
/// if it has neither, or cannot be taken apart.
pub(super) fn without_metadata(picture: &[u8]) -> Option<Vec<u8>> {
    let cut = match Container::of(picture)? {
        Container::Jpeg => jpeg(picture)?,
        Container::Png => png(picture)?,
        Container::Webp => webp(picture)?,
        Container::Boxes => boxes(picture)?,
        // Exif and the picture are one there.
        Container::Tiff => return None,
    };
    (cut != picture).then_some(cut)
}

fn jpeg(picture: &[u8]) -> Option<Vec<u8>> {
    let mut jpeg = Jpeg::from_bytes(Bytes::copy_from_slice(picture)).ok()?;
    let kept = jpeg.exif().and_then(|it| exif::what_is_kept(&it)).map(Bytes::from);
    let told = |it: &JpegSegment| payload::of_segment(it.marker(), it.contents());
    // It stands where Exif has to stand, so that its place is in order whatever is cut.
    jpeg.set_exif(kept);
    let mut is_first = jpeg.exif().is_some();
    jpeg.segments_mut().retain(|it| match told(it) {
        Some(Payload::Exif(_)) => std::mem::take(&mut is_first),
        Some(_) => false,
        None => true,
    });
    for segment in jpeg.segments_mut() {
        if segment.has_entropy() {
            let mut bytes = segment.clone().encoder().bytes();
            let scan = bytes.split_off(segment.len());
            let (marker, contents) = (segment.marker(), segment.contents().clone());
            let end = end_of_scans(&scan);
            *segment = JpegSegment::new_with_entropy(marker, contents, scan.slice(..end));
        }
    }
    Some(jpeg.encoder().bytes().to_vec())
}

/// Where a JPEG ends, from the first scan on. What lies behind it are further pictures and
/// films, which tell where they were taken as well.
fn end_of_scans(scan: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = memchr::memchr(0xff, &scan[at.min(scan.len())..]) {
        at += found;
        match scan.get(at + 1) {
            Some(0xd9) => return at + 2,
            // A byte of the scan, a mark in it, or one that fills up.
            Some(0x00 | 0x01 | 0xd0..=0xd8) => at += 2,
            Some(0xff) => at += 1,
            Some(_) => {
                let Some([high, low]) = scan.get(at + 2..at + 4) else { break };
                at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
            }
            None => break,
        }
    }
    scan.len()
}

fn png(picture: &[u8]) -> Option<Vec<u8>> {
    let mut png = Png::from_bytes(Bytes::copy_from_slice(picture)).ok()?;
    let told = png.chunks().iter().find_map(|it| {
        match payload::of_chunk(&it.kind(), it.contents())? {
            Payload::Exif(tiff) => Some(tiff),
            _ => None,
        }
    });
    png.chunks_mut().retain(|it| payload::of_chunk(&it.kind(), it.contents()).is_none());
    png.set_exif(told.and_then(|it| exif::what_is_kept(&it)).map(Bytes::from));
    Some(png.encoder().bytes().to_vec())
}

fn webp(picture: &[u8]) -> Option<Vec<u8>> {
    let mut webp = WebP::from_bytes(Bytes::copy_from_slice(picture)).ok()?;
    let kept = webp.exif().and_then(|it| exif::what_is_kept(&it));
    webp.remove_chunks_by_id(CHUNK_XMP);
    webp.set_exif(kept.map(Bytes::from));
    for chunk in webp.chunks_mut() {
        if chunk.id() == CHUNK_VP8X
            && let RiffContent::Data(data) = chunk.content_mut()
            && let [flags, rest @ ..] = &**data
        {
            // What was said of XMP stays otherwise.
            *data = [&[flags & !0x04][..], rest].concat().into();
        }
    }
    Some(webp.encoder().bytes().to_vec())
}

/// Where something lies in a picture of boxes is told in bytes of the file, so it is made
/// empty and stays as long as it is. How it is turned is not told by Exif there.
fn boxes(picture: &[u8]) -> Option<Vec<u8>> {
    let mut cut = picture.to_vec();
    if let Some(tiff) = exif::tiff_of(picture).filter(|it| it.len() >= 14) {
        // A TIFF file with one directory and no entry.
        let mut empty = b"MM\0*\0\0\0\x08\0\0\0\0\0\0".to_vec();
        empty.resize(tiff.len(), 0);
        // It has to be in one piece.
        let at = memmem::find(picture, &tiff)?;
        cut[at..at + tiff.len()].copy_from_slice(&empty);
    }
    for packet in exif::packets(picture) {
        cut[packet].fill(b' ');
    }
    Some(cut)
}
