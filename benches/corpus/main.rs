//! Writes the made-up book to a folder: `corpus BRIEFS ENTITIES FOLDER [hugo-base|hugo-link]`.
//!
//! It needs nothing but the standard library, so `rustc -O benches/corpus/main.rs` builds it
//! in a moment.
#![expect(clippy::disallowed_methods, reason = "it writes files")]
#![expect(clippy::print_stderr, reason = "it speaks to people")]

#[path = "mod.rs"]
mod corpus;
mod hugo;

use std::path::Path;
use std::process::ExitCode;

use crate::corpus::{Cast, book, usual_entities};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let written = match words[..] {
        [briefs, entities, folder] => write(briefs, entities, folder, None),
        [briefs, entities, folder, form] => write(briefs, entities, folder, Some(form)),
        _ => Err("write: corpus BRIEFS ENTITIES FOLDER [hugo-base|hugo-link]; `-` for ENTITIES takes the usual number".to_owned()),
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn write(
    briefs: &str,
    entities: &str,
    folder: &str,
    form: Option<&str>,
) -> Result<(), String> {
    let number =
        |text: &str| text.parse::<usize>().map_err(|_| format!("`{text}` is no number"));
    let n_briefs = number(briefs)?;
    let n_entities =
        if entities == "-" { usual_entities(n_briefs) } else { number(entities)? };
    let cast = Cast::new(n_entities);
    let all = match form {
        None => put_all(folder, book::files(&cast, n_briefs)),
        Some("hugo-base") => {
            put_all(folder, hugo::files(&cast, n_briefs, hugo::Links::None))
        }
        Some("hugo-link") => {
            put_all(folder, hugo::files(&cast, n_briefs, hugo::Links::Names))
        }
        Some(form) => return Err(format!("`{form}` is neither hugo-base nor hugo-link")),
    };
    all.map_err(|error| format!("cannot write into {folder}: {error}"))
}

fn put_all(
    folder: &str,
    files: impl Iterator<Item = (String, String)>,
) -> std::io::Result<()> {
    for (path, text) in files {
        let path = Path::new(folder).join(path);
        if let Some(above) = path.parent() {
            std::fs::create_dir_all(above)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}
