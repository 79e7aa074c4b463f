//! Static files: media types, entity tags, ranges.

use std::io::{Seek, SeekFrom};
use std::path::Path;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;

use crate::disk::StaticFile;
use crate::http::state::fingerprint;

/// The media type of a file by its ending, with the encoding of texts.
pub(super) fn media_type(path: &str) -> String {
    let guess = match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("jsonld") => "application/ld+json".to_owned(),
        Some("webmanifest") => "application/manifest+json".to_owned(),
        Some(_) if !path.starts_with('.') => {
            mime_guess::from_path(path).first_or_octet_stream().essence_str().to_owned()
        }
        _ => "text/plain".to_owned(),
    };
    let is_text = guess.starts_with("text/")
        || ["json", "xml", "javascript"].iter().any(|it| guess.ends_with(it));
    if is_text { format!("{guess}; charset=utf-8") } else { guess }
}

/// A file of `static/`, by its path in the list of assets.
pub(super) fn asset(
    root: &Path,
    path: &str,
    media_type: &str,
    headers: &HeaderMap,
) -> Response {
    let Ok(StaticFile { mut file, size, modified }) = StaticFile::open(root, path) else {
        return StatusCode::NOT_FOUND.into_response(); // gone, and the list will say so soon
    };
    let since = modified.and_then(|it| it.duration_since(std::time::UNIX_EPOCH).ok());
    let tag = format!("\"{:x}-{size:x}\"", since.map_or(0, |it| it.as_nanos()));
    let part = match ByteRange::asked(headers, size, &tag) {
        Ok(part) => part,
        Err(response) => return *response,
    };
    if file.seek(SeekFrom::Start(part.from)).is_err() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let reader = tokio::fs::File::from_std(file).take(part.length);
    part.response(Body::from_stream(ReaderStream::new(reader)), media_type, &tag)
}

/// A file of the theme.
pub(super) fn bytes(
    mut bytes: Vec<u8>,
    media_type: &str,
    headers: &HeaderMap,
) -> Response {
    let size = bytes.len() as u64;
    let hash = fingerprint(StatusCode::OK, &bytes);
    let tag = format!("\"{hash:x}\"");
    let part = match ByteRange::asked(headers, size, &tag) {
        Ok(part) => part,
        Err(response) => return *response,
    };
    let from = usize::try_from(part.from).unwrap_or(bytes.len());
    let length = usize::try_from(part.length).unwrap_or(bytes.len());
    bytes.drain(..from.min(bytes.len()));
    bytes.truncate(length);
    part.response(Body::from(bytes), media_type, &tag)
}

/// The part of a file that is sent.
struct ByteRange {
    from: u64,
    length: u64,
    size: u64,
    is_whole: bool,
}

impl ByteRange {
    /// What the headers ask for (RFC 9110, sections 13 and 14). Several ranges at once get
    /// the whole file, as the standard allows. The error is a response without a body.
    fn asked(
        headers: &HeaderMap,
        size: u64,
        tag: &str,
    ) -> Result<ByteRange, Box<Response>> {
        let text = |name| headers.get(name).and_then(|it| it.to_str().ok());
        let is_known = text(IF_NONE_MATCH).is_some_and(|tags| {
            tags.split(',')
                .any(|it| it.trim().trim_start_matches("W/") == tag || it.trim() == "*")
        });
        if is_known {
            let headers = [(ETAG, tag.to_owned())];
            return Err(Box::new((StatusCode::NOT_MODIFIED, headers).into_response()));
        }
        let whole = ByteRange { from: 0, length: size, size, is_whole: true };
        let is_same = text(IF_RANGE).is_none_or(|it| it == tag);
        // Of an empty file there is no part.
        let range = text(RANGE).filter(|_| is_same && size > 0);
        let Some(range) = range else { return Ok(whole) };
        let Ok(ranges) = http_range_header::parse_range_header(range) else {
            return Ok(whole); // what is no range is ignored
        };
        match ranges.validate(size).as_deref() {
            Ok([range]) => Ok(ByteRange {
                from: *range.start(),
                length: range.end() - range.start() + 1,
                size,
                is_whole: false,
            }),
            Ok(_) => Ok(whole),
            Err(_) => {
                let headers = [(CONTENT_RANGE, format!("bytes */{size}"))];
                Err(Box::new(
                    (StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response(),
                ))
            }
        }
    }

    fn response(&self, body: Body, media_type: &str, tag: &str) -> Response {
        let headers = [
            (CONTENT_TYPE, media_type.to_owned()),
            (ETAG, tag.to_owned()),
            (ACCEPT_RANGES, "bytes".to_owned()),
            (CONTENT_LENGTH, self.length.to_string()),
        ];
        if self.is_whole {
            return (StatusCode::OK, headers, body).into_response();
        }
        let last = self.from + self.length - 1;
        let range =
            [(CONTENT_RANGE, format!("bytes {}-{last}/{}", self.from, self.size))];
        (StatusCode::PARTIAL_CONTENT, headers, range, body).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_those_of_the_web() {
        let cases = [
            ("a/index.html", "text/html; charset=utf-8"),
            ("dateline.css", "text/css; charset=utf-8"),
            ("dateline.js", "text/javascript; charset=utf-8"),
            ("favicon.svg", "image/svg+xml; charset=utf-8"),
            ("feed.json", "application/json; charset=utf-8"),
            ("a/annotations.jsonld", "application/ld+json; charset=utf-8"),
            ("x.webp", "image/webp"),
            ("CNAME", "text/plain; charset=utf-8"),
            (".nojekyll", "text/plain; charset=utf-8"),
            ("x.unheard-of", "application/octet-stream"),
        ];
        for (path, expected) in cases {
            assert_eq!(media_type(path), expected, "{path}");
        }
    }

    #[test]
    fn a_part_is_what_the_range_asks_for() {
        let cases = [
            ("bytes=0-3", Some((0, 4))),
            ("bytes=8-", Some((8, 2))),
            ("bytes=-3", Some((7, 3))),
            ("bytes=0-99", Some((0, 10))),
            ("bytes=10-", None),
            ("bytes=0-0,2-2", Some((0, 10))),
            ("pages=1", Some((0, 10))),
        ];
        for (range, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(RANGE, range.parse().unwrap());
            let part = ByteRange::asked(&headers, 10, "\"t\"").ok();
            assert_eq!(part.map(|it| (it.from, it.length)), expected, "{range}");
        }
    }
}
