//! What holds for the sources of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The source files by the path of their module, such as `publish::push`, without tests.
fn modules() -> BTreeMap<String, String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut modules = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&src) {
        let entry = entry.unwrap();
        let within = entry.path().strip_prefix(&src).unwrap().with_extension("");
        let parts: Vec<&str> = within.iter().map(|it| it.to_str().unwrap()).collect();
        let is_source = entry.path().extension().is_some_and(|it| it == "rs");
        if is_source && parts.last() != Some(&"tests") {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let program = text.split("#[cfg(test)]").next().unwrap();
            modules.insert(parts.join("::"), program.to_owned());
        }
    }
    modules
}

/// The paths that a text names after a prefix: `a::{b, c::d}` are `a::b` and `a::c::d`.
fn paths(text: &str, prefix: &str, found: &mut Vec<String>) {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let path =
        if prefix.is_empty() { word.to_owned() } else { format!("{prefix}::{word}") };
    match rest.strip_prefix("::") {
        Some(rest) if rest.starts_with('{') => {
            let (mut depth, mut from) = (0, 1);
            for (at, c) in rest.char_indices() {
                match c {
                    '{' => depth += 1,
                    ',' if depth == 1 => {
                        paths(rest[from..at].trim(), &path, found);
                        from = at + 1;
                    }
                    '}' if depth == 1 => {
                        return paths(rest[from..at].trim(), &path, found);
                    }
                    '}' => depth -= 1,
                    _ => {}
                }
            }
        }
        Some(rest) => paths(rest, &path, found),
        None => found.push(path),
    }
}

/// The modules of the same folder that a module uses.
fn uses(name: &str, modules: &BTreeMap<String, String>) -> BTreeSet<String> {
    // Who may use a thing is no import.
    let text = modules[name].replace("pub(in crate::", "pub(in ");
    let mut found = Vec::new();
    for named in text.split("crate::").skip(1) {
        paths(named, "", &mut found);
    }
    for line in text.lines() {
        let child = line.trim_start_matches("pub ").strip_prefix("mod ");
        let Some(child) = child.and_then(|it| it.strip_suffix(';')) else { continue };
        let is_other = |before: &str| {
            before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
        };
        let child_path = format!("{child}::");
        let mut named = text.match_indices(&child_path);
        if named.any(|(at, _)| !is_other(&text[..at])) {
            found.push(format!("{name}::{child}"));
        }
    }
    let room = |path: &str| path.split("::").next().unwrap().to_owned();
    let file = |mut path: &str| loop {
        if modules.contains_key(path) {
            return Some(path.to_owned());
        }
        path = path.rsplit_once("::")?.0;
    };
    let used = found.iter().filter_map(|it| file(it));
    used.filter(|it| it != name && room(it) == room(name)).collect()
}

/// The rooms that are held to it.
const HELD: &[&str] =
    &["cmd", "diagnostic", "http", "link", "outline", "publish", "render", "shard"];
#[test]
fn no_file_imports_in_a_circle() {
    let modules = modules();
    let is_held = |it: &&String| HELD.contains(&it.split("::").next().unwrap());
    let mut left: BTreeMap<&str, BTreeSet<String>> =
        modules.keys().filter(is_held).map(|it| (&**it, uses(it, &modules))).collect();
    assert!(left.values().map(BTreeSet::len).sum::<usize>() > 20, "it finds imports");
    // Whoever needs nobody who is left is in no circle.
    loop {
        let names: BTreeSet<&str> = left.keys().copied().collect();
        let before = left.len();
        left.retain(|_, uses| uses.iter().any(|it| names.contains(&**it)));
        if left.len() == before {
            break;
        }
    }
    let names: BTreeSet<String> = left.keys().map(|it| (*it).to_owned()).collect();
    let circle: Vec<String> =
        left.iter().map(|(it, uses)| format!("{it} uses {:?}", uses & &names)).collect();
    assert!(circle.is_empty(), "in a circle, or above one:\n{}", circle.join("\n"));
}

#[test]
fn no_type_name_is_used_twice() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (module, text) in modules() {
        // What templates, exports and editors are told has the names that they know.
        let is_told = ["render::view", "export::records", "schema"];
        if is_told.iter().any(|it| module.starts_with(it)) {
            continue;
        }
        for line in text.lines() {
            let is_top = !line.starts_with(' ');
            let line = line.trim_start();
            let line = match line.split_once(' ') {
                Some(("pub(in", rest)) => rest.split_once(' ').map_or("", |it| it.1),
                Some((first, rest)) if first.starts_with("pub") => rest,
                _ => line,
            };
            let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            let is_type = match words.next() {
                Some("struct" | "enum" | "trait") => true,
                Some("type") => is_top,
                _ => false,
            };
            if let Some(name) = words.next().filter(|_| is_type) {
                places.entry(name.to_owned()).or_default().push(module.clone());
            }
        }
    }
    assert!(
        places.contains_key("Site") && places.contains_key("Lookup"),
        "it finds types"
    );
    places.retain(|_, modules| modules.len() > 1);
    assert!(places.is_empty(), "used twice: {places:#?}");
}

/// A function that does not fit on a screen is to be taken apart.
const LONG: usize = 60;
/// What could not be yet: a match over all kinds of pages, a reader of events.
const MOST_LONG: usize = 5;

#[test]
fn hardly_any_function_is_longer_than_a_screen() {
    let mut long = Vec::new();
    for (module, text) in modules() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let is_function =
                line.trim_start().split('(').next().unwrap().contains("fn ")
                    && !line.trim_start().starts_with("//");
            let end = format!("{}}}", " ".repeat(indent));
            let len = lines[at..].iter().position(|it| *it == end).map(|it| it + 1);
            if let Some(len) = len.filter(|it| is_function && *it > LONG) {
                long.push(format!("{module}: {len} lines from `{}`", line.trim()));
            }
        }
    }
    assert!(long.len() <= MOST_LONG, "{}", long.join("\n"));
}
