//! Which program an archive was written for.

use std::path::Path;

use anyhow::bail;

use crate::disk;

/// The kinds of archive that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ArchiveKind {
    /// A folder with `_posts`
    Jekyll,
    /// A folder with `hugo.toml` or `config.toml` and `content`
    Hugo,
    /// A folder with `config.toml` that has `base_url`
    Zola,
    /// A folder with `pelicanconf.py`
    Pelican,
    /// A folder with `eleventy.config.js` or `.eleventy.js`
    Eleventy,
    /// A vault of notes
    Obsidian,
    /// An export of `WordPress` in extended RSS
    #[value(name = "wordpress")]
    WordPress,
    /// An export in Ghost's JSON
    Ghost,
    /// Pasted wire copy, one item or several
    Wire,
    /// A table of people, organizations or places
    Csv,
    /// Entities in Wikidata's JSON
    Wikidata,
    /// People and organizations in Popolo's JSON
    Popolo,
    /// Entities in `FollowTheMoney`'s JSON lines
    #[value(name = "ftm")]
    FollowTheMoney,
}

impl ArchiveKind {
    /// Whether it is a registry: records instead of texts.
    pub(crate) fn is_registry(self) -> bool {
        matches!(
            self,
            ArchiveKind::Csv
                | ArchiveKind::Wikidata
                | ArchiveKind::Popolo
                | ArchiveKind::FollowTheMoney
        )
    }

    /// The name for people.
    pub(crate) fn word(self) -> &'static str {
        match self {
            ArchiveKind::Jekyll => "Jekyll",
            ArchiveKind::Hugo => "Hugo",
            ArchiveKind::Zola => "Zola",
            ArchiveKind::Pelican => "Pelican",
            ArchiveKind::Eleventy => "Eleventy",
            ArchiveKind::Obsidian => "an Obsidian vault",
            ArchiveKind::WordPress => "WordPress",
            ArchiveKind::Ghost => "Ghost",
            ArchiveKind::Wire => "wire copy",
            ArchiveKind::Csv => "a table",
            ArchiveKind::Wikidata => "Wikidata",
            ArchiveKind::Popolo => "Popolo",
            ArchiveKind::FollowTheMoney => "FollowTheMoney",
        }
    }
}

/// The kind of what lies at a path, by its files. The error says what was looked for.
pub(crate) fn detect(from: &Path) -> anyhow::Result<ArchiveKind> {
    if !disk::is_folder(from) {
        return of_file(from);
    }
    let has = |name: &str| disk::is_there(from, name);
    let any = |names: &[&str]| names.iter().any(|it| has(it));
    if any(&["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default"]) {
        return Ok(ArchiveKind::Hugo);
    }
    if has("config.toml") && has("content") {
        let settings = disk::read_text(&from.join("config.toml")).unwrap_or_default();
        let is_zola = settings.lines().any(|it| it.trim_start().starts_with("base_url"));
        return Ok(if is_zola { ArchiveKind::Zola } else { ArchiveKind::Hugo });
    }
    if any(&["zola.toml"]) {
        return Ok(ArchiveKind::Zola);
    }
    if any(&["config.yaml", "config.yml"]) && has("content") {
        return Ok(ArchiveKind::Hugo);
    }
    if any(&["_posts", "_config.yml", "_config.yaml", "_drafts"]) {
        return Ok(ArchiveKind::Jekyll);
    }
    if any(&["pelicanconf.py", "publishconf.py"]) {
        return Ok(ArchiveKind::Pelican);
    }
    if any(&[
        ".eleventy.js",
        "eleventy.config.js",
        "eleventy.config.mjs",
        "eleventy.config.cjs",
        ".eleventy.cjs",
    ]) {
        return Ok(ArchiveKind::Eleventy);
    }
    if has(".obsidian") {
        return Ok(ArchiveKind::Obsidian);
    }
    // An export in a folder with its pictures; JSON of other programs is none.
    for file in disk::list_archive(from)?.iter().filter(|it| !it.path.contains('/')) {
        let ending = file.path.rsplit('.').next().unwrap_or("");
        if matches!(ending, "xml" | "json")
            && let Ok(kind) = of_file(&from.join(&file.path))
        {
            return Ok(kind);
        }
    }
    bail!(
        "cannot tell which program {} was written for: it has no _posts, hugo.toml, config.toml, pelicanconf.py, eleventy.config.js, .obsidian or export on top; name it with `--as`, a folder of notes with `--as obsidian`",
        from.display()
    )
}

fn of_file(from: &Path) -> anyhow::Result<ArchiveKind> {
    if from == Path::new("-") {
        return Ok(ArchiveKind::Wire);
    }
    let name =
        from.file_name().map_or(String::new(), |it| it.to_string_lossy().to_lowercase());
    let ending = name.rsplit('.').next().unwrap_or("");
    match ending {
        "xml" | "wxr" => return Ok(ArchiveKind::WordPress),
        "csv" | "tsv" => return Ok(ArchiveKind::Csv),
        "txt" => return Ok(ArchiveKind::Wire),
        "ftm" => return Ok(ArchiveKind::FollowTheMoney),
        "json" | "jsonl" | "ndjson" => {}
        _ => bail!(
            "cannot tell what {} is: its name ends in none of .xml, .json, .jsonl, .csv, .txt; name the kind with --as",
            from.display()
        ),
    }
    // The first kilobytes of JSON say which it is.
    let mut start = Vec::new();
    let file = disk::open_archived(from)?;
    std::io::Read::read_to_end(&mut std::io::Read::take(file, 64 * 1024), &mut start)?;
    let start = String::from_utf8_lossy(&start);
    let squeezed: String = start.chars().filter(|c| !c.is_whitespace()).collect();
    let has = |words: &str| squeezed.contains(words);
    Ok(if has("\"db\":[") || has("\"posts_authors\"") || has("\"mobiledoc\"") {
        ArchiveKind::Ghost
    } else if has("\"claims\":{") || has("\"labels\":{") {
        ArchiveKind::Wikidata
    } else if has("\"schema\":\"") && has("\"properties\":{") {
        ArchiveKind::FollowTheMoney
    } else if has("\"persons\":[")
        || has("\"organizations\":[")
        || has("\"memberships\":[")
    {
        ArchiveKind::Popolo
    } else {
        bail!(
            "cannot tell what {} is: it is neither Ghost's export nor Wikidata's, Popolo's or FollowTheMoney's JSON; name the kind with --as",
            from.display()
        )
    })
}
