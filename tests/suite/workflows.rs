//! The workflows, of this repository and of a new book: they parse, they hold what they run
//! to one commit each, they are allowed little, and what they install is checked.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Every workflow, by the name of its file.
fn workflows() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = fs::read_dir(root.join(".github/workflows")).unwrap();
    let own = own.map(|entry| entry.unwrap().path());
    let files = own.chain([root.join("src/cmd/init/book/pages.yml")]);
    files
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn jobs(text: &str) -> Vec<(String, Value)> {
    let workflow: Value = serde_yaml::from_str(text).unwrap();
    let jobs = workflow["jobs"].as_object().unwrap().clone();
    jobs.into_iter().collect()
}

#[test]
fn every_action_is_held_to_one_commit() {
    let mut n_actions = 0;
    for (name, text) in workflows() {
        for (job, steps) in jobs(&text) {
            for step in steps["steps"].as_array().unwrap() {
                let Some(uses) = step["uses"].as_str() else { continue };
                let commit = uses.split_once('@').map_or("", |(_, commit)| commit);
                let is_commit =
                    commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
                assert!(is_commit, "{name}, {job}: {uses}");
                n_actions += 1;
            }
        }
    }
    assert!(n_actions >= 6, "{n_actions}");
}

#[test]
fn a_workflow_may_write_only_where_a_job_needs_it() {
    for (name, text) in workflows() {
        let workflow: Value = serde_yaml::from_str(&text).unwrap();
        let granted = workflow["permissions"].as_object().unwrap();
        assert!(granted.values().all(|it| it == "read"), "{name}");
        for (job, it) in jobs(&text) {
            let granted = it["permissions"].as_object().cloned().unwrap_or_default();
            let writes = granted.iter().filter(|(_, it)| *it == "write");
            let writes: Vec<&str> = writes.map(|(what, _)| what.as_str()).collect();
            let expected: &[&str] = match (&*name, &*job) {
                ("pages.yml", "deploy") => &["id-token", "pages"],
                ("release.yml", "release") => &["contents"],
                _ => &[],
            };
            let mut writes = writes;
            writes.sort_unstable();
            assert_eq!(writes, expected, "{name}, {job}");
        }
    }
}

/// Runs the step of a new book's workflow that installs Dateline, with releases in a folder.
#[cfg(unix)]
fn install(releases: &Path, temp: &Path) -> (bool, String) {
    let workflows = workflows();
    let (_, pages) = workflows.iter().find(|(name, _)| name == "pages.yml").unwrap();
    let (_, build) = jobs(pages).into_iter().find(|(job, _)| job == "build").unwrap();
    let step = build["steps"].as_array().unwrap().iter();
    let mut step = step.filter(|it| it["name"] == "Install Dateline");
    let script = step.next().unwrap()["run"].as_str().unwrap().to_owned();
    let mut command = Command::new("bash");
    command.arg("-c").arg(script).env("RUNNER_TEMP", temp);
    command.env("GITHUB_PATH", temp.join("path")).env("DATELINE_VERSION", "1.2.3");
    let address = match releases.to_str().unwrap() {
        "" => String::new(),
        path => format!("file://{path}"),
    };
    let output = command.env("DATELINE_RELEASES", address).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[cfg(unix)]
#[test]
fn a_new_book_s_workflow_installs_a_release_only_if_its_sum_is_right() {
    let run = |command: &str, at: &Path| {
        let status =
            Command::new("bash").arg("-ec").arg(command).current_dir(at).status();
        assert!(status.unwrap().success(), "{command}");
    };
    let root = tempfile::tempdir().unwrap();
    let (releases, temp) = (root.path().join("releases"), root.path().join("temp"));
    fs::create_dir_all(releases.join("v1.2.3")).unwrap();
    fs::create_dir_all(&temp).unwrap();
    let name = "dateline-v1.2.3-x86_64-unknown-linux-musl";
    let pack = format!(
        "mkdir {name}; printf '#!/bin/sh\\necho it runs\\n' > {name}/dateline; chmod +x {name}/dateline
        tar -czf {name}.tar.gz {name}; echo other > other.zip; sha256sum *.zip *.tar.gz > SHA256SUMS"
    );
    run(&pack, &releases.join("v1.2.3"));
    let (is_done, said) = install(&releases, &temp);
    assert!(is_done, "{said}");
    run("$(cat path)/dateline | grep -q 'it runs'", &temp);
    fs::remove_dir_all(temp.join("bin")).unwrap();
    run(&format!("printf x >> {name}.tar.gz"), &releases.join("v1.2.3"));
    let (is_done, said) = install(&releases, &temp);
    assert!(!is_done && said.contains("FAILED"), "{said}");
    run("grep other SHA256SUMS > new; mv new SHA256SUMS", &releases.join("v1.2.3"));
    assert!(!install(&releases, &temp).0, "a list without the file checks nothing");
    assert!(!temp.join("bin").exists());
    let (is_done, said) = install(Path::new(""), &temp);
    assert!(!is_done && said.contains("set DATELINE_RELEASES"), "{said}");
}
