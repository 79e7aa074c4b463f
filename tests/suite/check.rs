//! `dateline check` as an editor calls it, and what `--fix` does to files.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn dateline(root: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(root).args(args).env("SOURCE_DATE_EPOCH", "1756000000");
    command.output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A book with the given files beside its settings.
fn book(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let settings = ("book.toml", "[book]\ntitle = \"T\"\n");
    for (path, text) in files.iter().chain([&settings]) {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

const OLD: &str = "---\ntitle: A\ndate: 2024/02/01\nauthor: Ada Holm\n---\nText.\n";
const NEW: &str = "---\ntitle: A\ndate: 2024-02-01\nby: Ada Holm\n---\nText.\n";

#[test]
fn files_and_rules_narrow_what_is_shown_and_what_counts() {
    let root = book(&[
        (
            "content/briefs/a.md",
            "---\ntitle: A\ndate: 2024-02-01\n---\n<b>x</b> [[Nobody]]\n",
        ),
        ("content/briefs/b.md", "---\ntitle: B\ndate: 2024-02-01\n---\n<b>x</b>\n"),
    ]);
    let cases: &[(&[&str], i32, &[&str])] = &[
        (&[], 1, &["raw-html", "unknown-entity"]),
        (&["content/briefs/b.md"], 0, &["raw-html"]),
        (&["content/briefs/b.md", "--strict"], 1, &["raw-html"]),
        (&["--rule", "raw-html"], 0, &["raw-html"]),
        (
            &["--rule", "raw-html", "--rule", "unknown-entity"],
            1,
            &["raw-html", "unknown-entity"],
        ),
        (&["content/briefs/b.md", "--rule", "unknown-entity"], 0, &[]),
    ];
    for (args, code, rules) in cases {
        let output =
            dateline(root.path(), &[&["check", "--format", "json"], *args].concat());
        let said = out(&output);
        assert_eq!(output.status.code(), Some(*code), "{args:?}: {said}");
        let mut found: Vec<String> = said
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["rule"].to_string())
            .map(|rule| rule.trim_matches('"').to_owned())
            .collect();
        found.sort();
        found.dedup();
        assert_eq!(found, *rules, "{args:?}");
    }
    for args in [["check", "nothing.md"], ["check", "--rule=raw-htm"]] {
        assert_eq!(dateline(root.path(), &args).status.code(), Some(2), "{args:?}");
    }
}

#[test]
fn of_many_findings_of_a_kind_twenty_are_shown_and_all_are_counted() {
    let text = "<hr>\n\n".repeat(30);
    let brief = format!("---\ntitle: A\ndate: 2024-02-01\n---\n{text}[[Nobody]]\n");
    let root = book(&[("content/briefs/a.md", &brief)]);
    let said = out(&dateline(root.path(), &["check", "--format", "concise"]));
    assert_eq!(said.matches("warning[raw-html]").count(), 20, "{said}");
    assert!(said.contains("\n  raw-html        30 warnings (20 shown)\n"), "{said}");
    assert!(said.contains("\n  unknown-entity  1 error\n"), "{said}");
    assert!(said.contains("1 error, 30 warnings; 10 of them are not shown: "), "{said}");
    let said = out(&dateline(root.path(), &["check", "--format", "concise", "--all"]));
    assert_eq!(said.matches("warning[raw-html]").count(), 30, "{said}");
    let said = out(&dateline(root.path(), &["check", "--format", "github"]));
    assert!(said.ends_with("or `--rule RULE` for one kind\n"), "{said}");
}

/// Whether a value has what SARIF 2.1.0 demands of a log, its run, rules, results and
/// regions (sections 3.13, 3.14, 3.27, 3.30, 3.49, 3.55).
fn assert_sarif(log: &Value) {
    assert_eq!(log["version"], "2.1.0");
    for run in log["runs"].as_array().unwrap() {
        assert!(run["tool"]["driver"]["name"].is_string());
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        for result in run["results"].as_array().unwrap() {
            assert!(result["message"]["text"].is_string(), "{result}");
            let level = result["level"].as_str().unwrap();
            assert!(["none", "note", "warning", "error"].contains(&level));
            let at = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[at]["id"], result["ruleId"]);
            for location in result["locations"].as_array().unwrap() {
                let place = &location["physicalLocation"];
                let uri = place["artifactLocation"]["uri"].as_str().unwrap();
                assert!(!uri.contains([' ', '\\']) && !uri.starts_with('/'), "{uri}");
                assert_region(&place["region"]);
            }
            for fix in result["fixes"].as_array().into_iter().flatten() {
                for change in fix["artifactChanges"].as_array().unwrap() {
                    assert!(change["artifactLocation"]["uri"].is_string());
                    let replacements = change["replacements"].as_array().unwrap();
                    assert!(!replacements.is_empty());
                    for replacement in replacements {
                        assert_region(&replacement["deletedRegion"]);
                        assert!(replacement["insertedContent"]["text"].is_string());
                    }
                }
            }
        }
    }
}

fn assert_region(region: &Value) {
    let number = |key: &str| region[key].as_u64().unwrap();
    assert!(number("startLine") >= 1 && number("startColumn") >= 1, "{region}");
    let start = (number("startLine"), number("startColumn"));
    assert!((number("endLine"), number("endColumn")) >= start, "{region}");
}

#[test]
fn sarif_is_one_document_with_rules_results_and_fixes() {
    let root = book(&[
        ("content/briefs/a b.md", OLD),
        ("content/briefs/ü.md", "---\ntitle: Ü\ndate: 2024-02-01\n---\nÜ [[Nobody]]\n"),
    ]);
    let output = dateline(root.path(), &["check", "--format", "sarif"]);
    assert_eq!(output.status.code(), Some(1));
    let log: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_sarif(&log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let rules: Vec<&str> =
        results.iter().map(|it| it["ruleId"].as_str().unwrap()).collect();
    assert!(
        rules.contains(&"unknown-entity") && rules.contains(&"unknown-key"),
        "{rules:?}"
    );
    assert_eq!(results.iter().filter(|it| it["fixes"].is_array()).count(), 2);
    let empty =
        dateline(root.path(), &["check", "--format", "sarif", "--rule", "settings"]);
    assert_sarif(&serde_json::from_str(&out(&empty)).unwrap());
}

#[test]
fn a_dry_run_shows_a_diff_and_changes_nothing() {
    let root = book(&[("content/briefs/a.md", OLD)]);
    let output = dateline(root.path(), &["check", "--fix", "--dry-run"]);
    assert_eq!(output.status.code(), Some(1));
    let diff = out(&output);
    assert!(
        diff.starts_with("--- a/content/briefs/a.md\n+++ b/content/briefs/a.md\n@@"),
        "{diff}"
    );
    assert!(
        diff.contains("-author: Ada Holm\n") && diff.contains("+by: Ada Holm\n"),
        "{diff}"
    );
    let file = root.path().join("content/briefs/a.md");
    assert_eq!(fs::read_to_string(&file).unwrap(), OLD);
    fs::write(&file, NEW).unwrap();
    let output = dateline(root.path(), &["check", "--fix", "--dry-run"]);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(0), ""));
}

#[test]
fn what_is_fixed_is_kept_beside_the_file_unless_git_has_it() {
    let root = book(&[("content/briefs/a.md", OLD), ("content/briefs/b.md", OLD)]);
    let at = |path: &str| root.path().join(path);
    let read = |path: &str| fs::read_to_string(at(path)).unwrap();
    let output = dateline(root.path(), &["check", "--fix", "content/briefs/a.md"]);
    let said = out(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("fixed 2 findings in 1 file\n"), "{said}");
    assert_eq!(
        (read("content/briefs/a.md"), read("content/briefs/a.md.bak")),
        (NEW.into(), OLD.into())
    );
    assert_eq!(read("content/briefs/b.md"), OLD);
    // A copy that is there is never overwritten.
    fs::write(at("content/briefs/a.md"), OLD).unwrap();
    dateline(root.path(), &["check", "--fix", "content/briefs/a.md"]);
    assert_eq!(read("content/briefs/a.md.2.bak"), OLD);
    dateline(root.path(), &["check", "--fix", "--no-backup"]);
    assert_eq!(read("content/briefs/b.md"), NEW);
    assert!(!at("content/briefs/b.md.bak").exists());
    let again = out(&dateline(root.path(), &["check", "--fix"]));
    assert!(again.contains("nothing could be fixed for certain"), "{again}");
}

#[test]
fn a_text_of_the_last_commit_needs_no_copy() {
    let root =
        book(&[("content/briefs/a.md", OLD), ("content/briefs/b.md", "---\n---\n")]);
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(root.path()).args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b.c",
        ]);
        assert!(command.args(args).output().unwrap().status.success(), "{args:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "a"]);
    fs::write(root.path().join("content/briefs/b.md"), OLD).unwrap();
    git(&["update-index", "--assume-unchanged", "content/briefs/b.md"]);
    dateline(root.path(), &["check", "--fix"]);
    let read = |path: &str| fs::read_to_string(root.path().join(path)).unwrap();
    assert_eq!(
        (read("content/briefs/a.md"), read("content/briefs/b.md")),
        (NEW.into(), NEW.into())
    );
    assert!(!root.path().join("content/briefs/a.md.bak").exists());
    assert_eq!(read("content/briefs/b.md.bak"), OLD);
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_and_rights_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let outside = book(&[("a.md", OLD)]);
    let root = book(&[("content/briefs/b.md", OLD)]);
    symlink(outside.path().join("a.md"), root.path().join("content/briefs/a.md"))
        .unwrap();
    symlink(outside.path(), root.path().join("content/briefs/c")).unwrap();
    let b = root.path().join("content/briefs/b.md");
    fs::set_permissions(&b, fs::Permissions::from_mode(0o640)).unwrap();
    dateline(root.path(), &["check", "--fix"]);
    assert_eq!(fs::read_to_string(outside.path().join("a.md")).unwrap(), OLD);
    assert_eq!(fs::read_to_string(&b).unwrap(), NEW);
    assert_eq!(fs::metadata(&b).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn what_gives_a_page_its_address_cannot_be_lowered() {
    let root = book(&[("content/briefs/a.md", "---\ntitle: A\ndate: soon\n---\n")]);
    let rules = ["front-matter", "wrong-type", "missing-key"];
    let rules: Vec<String> = rules.iter().map(|it| format!("{it} = \"off\"")).collect();
    let settings = format!("[book]\ntitle = \"T\"\n[rules]\n{}\n", rules.join("\n"));
    fs::write(root.path().join("book.toml"), settings).unwrap();
    for text in ["---\ntitle: A\ndate: soon\n---\n", "---\ntitle: A\n---\n", "Text"] {
        fs::write(root.path().join("content/briefs/a.md"), text).unwrap();
        assert_eq!(dateline(root.path(), &["check"]).status.code(), Some(1), "{text}");
        assert_eq!(dateline(root.path(), &["build"]).status.code(), Some(1), "{text}");
        assert!(!root.path().join("public").exists());
    }
}

#[test]
fn texts_stay_as_they_are_written() {
    let root = book(&[(
        "content/briefs/a.md",
        "---\ntitle: Local #5 strikes\ndate: 2024-02-01 # the day\nby: TRUE\ntags: [Null]\nsummary: \"\"\n---\nText.\n",
    )]);
    let said = out(&dateline(root.path(), &["check", "--format", "concise"]));
    let expected = "content/briefs/a.md:2:8: warning[cut-text]: this text ends at `Local`: in YAML, ` #` begins a comment\n  help: put it in quotes: `\"Local #5 strikes\"`\n";
    assert!(said.starts_with(expected) && said.ends_with("\n1 warning\n"), "{said}");
    dateline(root.path(), &["build"]);
    let page =
        fs::read_to_string(root.path().join("public/2024/02/01/a/index.html")).unwrap();
    assert!(page.contains("TRUE") && page.contains(">Null<"), "{page}");
}
