//! Whether a file holds what it should, without holding it: in pieces, up to the first
//! difference.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, ErrorKind, Read};

use crate::digest::{QuickDigester, each_piece};

/// How much is read at a time; most pages are smaller.
const PIECE: usize = 64 * 1024;

thread_local! {
    /// One pair for each thread, so that comparing a page allocates nothing.
    static BUFFERS: RefCell<(Vec<u8>, Vec<u8>)> =
        RefCell::new((vec![0; PIECE], vec![0; PIECE]));
}

/// Whether a file holds these bytes; the caller has seen that it is as long.
pub(super) fn holds(file: &File, mut bytes: &[u8]) -> io::Result<bool> {
    BUFFERS.with_borrow_mut(|(buffer, _)| {
        while !bytes.is_empty() {
            let n = bytes.len().min(PIECE);
            let (piece, rest) = bytes.split_at(n);
            if !fill(file, &mut buffer[..n])? || buffer[..n] != *piece {
                return Ok(false);
            }
            bytes = rest;
        }
        Ok(true)
    })
}

/// Whether two files of this length are equal.
pub(super) fn are_equal(a: &File, b: &File, len: u64) -> io::Result<bool> {
    BUFFERS.with_borrow_mut(|(one, other)| {
        let mut left = len;
        while left > 0 {
            let n = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
            let (one, other) = (&mut one[..n], &mut other[..n]);
            if !fill(a, one)? || !fill(b, other)? || one != other {
                return Ok(false);
            }
            left -= n as u64;
        }
        Ok(true)
    })
}

/// The quick digest of a file's content, up to its end.
pub(super) fn digest(file: &File) -> io::Result<u128> {
    BUFFERS.with_borrow_mut(|(buffer, _)| {
        let mut digest = QuickDigester::default();
        each_piece(file, buffer, |piece| digest.put_piece(piece))?;
        Ok(digest.finish())
    })
}

/// Reads as much as there is room for; whether there was that much.
fn fill(mut file: &File, buffer: &mut [u8]) -> io::Result<bool> {
    match file.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}
