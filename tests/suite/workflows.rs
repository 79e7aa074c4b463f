//! The workflows, of this repository and of a new book: they parse, they hold what they run
//! to one commit each, they are allowed little, and what they install is checked.

use std::collections::BTreeMap;
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

/// A new book in a folder, and a runner of GitHub's that works there.
#[cfg(unix)]
struct Runner {
    root: tempfile::TempDir,
    /// What the workflow's settings at its top are set to.
    env: Vec<(&'static str, String)>,
    /// The time, in seconds since 1970.
    now: &'static str,
}

/// How a run of the workflow ended.
#[cfg(unix)]
#[derive(Debug)]
struct Run {
    is_done: bool,
    said: String,
    /// The steps that ran, by their names, and actions that would have run.
    steps: Vec<String>,
    outputs: BTreeMap<String, String>,
}

#[cfg(unix)]
impl Runner {
    fn new() -> Runner {
        let root = tempfile::tempdir().unwrap();
        let mut init = Command::new(env!("CARGO_BIN_EXE_dateline"));
        init.current_dir(root.path()).args(["init", "book", "--title", "Desk"]);
        assert!(init.output().unwrap().status.success());
        fs::create_dir_all(root.path().join("stubs")).unwrap();
        Runner { root, env: Vec::new(), now: "1756000000" }
    }

    fn at(&self, path: &str) -> std::path::PathBuf {
        self.root.path().join(path)
    }

    fn sh(&self, at: &str, script: &str) {
        let mut command = Command::new("bash");
        command.arg("-ec").arg(script).current_dir(self.at(at));
        assert!(command.status().unwrap().success(), "{script}");
    }

    /// Serves a release of this very program from a folder.
    fn release(&mut self) {
        let name = "dateline-v1.2.3-x86_64-unknown-linux-musl";
        fs::create_dir_all(self.at("releases/v1.2.3")).unwrap();
        let program = env!("CARGO_BIN_EXE_dateline");
        let pack = format!(
            "mkdir {name}; ln -s '{program}' {name}/dateline
            tar -czf {name}.tar.gz {name}; echo other > other.zip; sha256sum *.zip *.tar.gz > SHA256SUMS"
        );
        self.sh("releases/v1.2.3", &pack);
        self.env = vec![
            ("DATELINE_VERSION", "1.2.3".to_owned()),
            ("DATELINE_RELEASES", format!("file://{}", self.at("releases").display())),
        ];
    }

    /// Runs the `run:` steps of the job `build` one after the other, as GitHub does. What
    /// `uses:` an action is noted.
    fn run(&self, event: &str) -> Run {
        let temp = self.at("temp");
        drop(fs::remove_dir_all(&temp));
        fs::create_dir_all(&temp).unwrap();
        let text =
            fs::read_to_string(self.at("book/.github/workflows/pages.yml")).unwrap();
        let workflow: Value = serde_yaml::from_str(&text).unwrap();
        let (_, build) = jobs(&text).into_iter().find(|(job, _)| job == "build").unwrap();
        let mut env: BTreeMap<String, String> = BTreeMap::new();
        for (key, value) in workflow["env"].as_object().unwrap() {
            env.insert(key.clone(), value.as_str().unwrap().to_owned());
        }
        env.extend(
            self.env.iter().map(|(key, value)| ((*key).to_owned(), value.clone())),
        );
        let mut path =
            format!("{}:{}", self.at("stubs").display(), std::env::var("PATH").unwrap());
        let mut run = Run {
            is_done: true,
            said: String::new(),
            steps: Vec::new(),
            outputs: BTreeMap::new(),
        };
        for step in build["steps"].as_array().unwrap() {
            if !step["if"].as_str().is_none_or(|it| holds(it, &run.outputs)) {
                continue;
            }
            let name = step["name"].as_str().or(step["uses"].as_str()).unwrap();
            run.steps.push(name.split('@').next().unwrap().to_owned());
            let Some(script) = step["run"].as_str() else { continue };
            let (added, out) = (temp.join("added"), temp.join("out"));
            fs::write(&added, "").unwrap();
            fs::write(&out, "").unwrap();
            // docs.github.com, "Workflow syntax", `jobs.<job_id>.steps[*].shell`.
            let flags: &[&str] = match step["shell"].as_str() {
                Some("bash") => &["--noprofile", "--norc", "-eo", "pipefail", "-c"],
                _ => &["-e", "-c"],
            };
            let mut command = Command::new("bash");
            command.args(flags).arg(script).current_dir(self.at("book"));
            command.envs(&env).env("PATH", &path).env("RUNNER_TEMP", &temp);
            command.env("GITHUB_PATH", &added).env("GITHUB_OUTPUT", &out);
            command.env("GITHUB_EVENT_NAME", event).env("SOURCE_DATE_EPOCH", self.now);
            let output = command.output().unwrap();
            let said = [output.stdout, output.stderr].concat();
            run.said += &String::from_utf8_lossy(&said);
            if !output.status.success() {
                run.is_done = false;
                return run;
            }
            for folder in fs::read_to_string(&added).unwrap().lines() {
                path = format!("{folder}:{path}");
            }
            let id = step["id"].as_str().unwrap_or_default();
            for line in fs::read_to_string(&out).unwrap().lines() {
                let (key, value) = line.split_once('=').unwrap();
                run.outputs.insert(format!("steps.{id}.outputs.{key}"), value.to_owned());
            }
        }
        run
    }
}

/// Whether a condition holds: one output compared with a text.
#[cfg(unix)]
fn holds(condition: &str, outputs: &BTreeMap<String, String>) -> bool {
    let (is_equal, (what, text)) = match condition.split_once(" == ") {
        Some(parts) => (true, parts),
        None => (false, condition.split_once(" != ").unwrap()),
    };
    assert!(what.starts_with("steps."), "{condition}");
    let value = outputs.get(what).map_or("", String::as_str);
    (value == text.trim_matches('\'')) == is_equal
}

/// The steps of a run that publishes.
#[cfg(unix)]
const WHOLE: [&str; 6] = [
    "actions/checkout",
    "See whether the clock can change the site",
    "Install Dateline",
    "See whether something is due",
    "Build the site",
    "actions/upload-pages-artifact",
];

#[cfg(unix)]
#[test]
fn a_new_book_is_built_by_its_workflow_with_a_release() {
    let mut runner = Runner::new();
    runner.release();
    let run = runner.run("push");
    assert!(run.is_done, "{}", run.said);
    assert_eq!(run.steps, WHOLE);
    assert!(runner.at("temp/site/index.html").is_file());
    // A warning is shown and stops nothing; an error does.
    let warned = "---\ntitle: W\ndate: 2025-08-08\n---\n![](/favicon.svg)\n";
    fs::write(runner.at("book/content/briefs/w.md"), warned).unwrap();
    let run = runner.run("push");
    assert!(run.is_done && run.said.contains("::warning file="), "{}", run.said);
    fs::write(runner.at("book/content/briefs/e.md"), "no front matter").unwrap();
    let run = runner.run("push");
    assert!(!run.is_done && run.said.contains("::error file="), "{}", run.said);
}

#[cfg(unix)]
#[test]
fn a_release_is_installed_only_if_its_sum_is_right() {
    let mut runner = Runner::new();
    runner.release();
    runner.sh(
        "releases/v1.2.3",
        "printf x >> dateline-v1.2.3-x86_64-unknown-linux-musl.tar.gz",
    );
    let run = runner.run("push");
    assert!(!run.is_done && run.said.contains("FAILED"), "{}", run.said);
    runner.sh("releases/v1.2.3", "grep other SHA256SUMS > new; mv new SHA256SUMS");
    assert!(!runner.run("push").is_done, "a list without the file checks nothing");
    assert!(!runner.at("temp/bin").exists());
}

#[cfg(unix)]
#[test]
fn without_a_release_the_workflow_compiles_one_commit_or_says_what_to_fill_in() {
    let mut runner = Runner::new();
    let unknown = ["DATELINE_RELEASES", "DATELINE_REPOSITORY", "DATELINE_COMMIT"];
    runner.env = unknown.map(|it| (it, String::new())).to_vec();
    let run = runner.run("push");
    assert!(
        !run.is_done && run.said.contains("say where Dateline comes from"),
        "{}",
        run.said
    );
    // In cargo's place stands a script that notes what it is asked for.
    let cargo = format!(
        "#!/bin/sh\necho \"$@\" > '{}'\nmkdir -p \"$RUNNER_TEMP/bin\"\nln -s '{}' \"$RUNNER_TEMP/bin/dateline\"\n",
        runner.at("asked").display(),
        env!("CARGO_BIN_EXE_dateline")
    );
    fs::write(runner.at("stubs/cargo"), cargo).unwrap();
    runner.sh("stubs", "chmod +x cargo");
    runner.env[1].1 = "https://git.example/dateline".to_owned();
    assert!(!runner.run("push").is_done, "a repository without a commit is not enough");
    runner.env[2].1 = "0123abc".to_owned();
    let run = runner.run("push");
    assert!(run.is_done, "{}", run.said);
    assert_eq!(run.steps, WHOLE);
    let asked = fs::read_to_string(runner.at("asked")).unwrap();
    let wanted =
        "install --locked --git https://git.example/dateline --rev 0123abc --root";
    assert!(asked.starts_with(wanted) && asked.ends_with(" dateline\n"), "{asked}");
}

#[cfg(unix)]
#[test]
fn the_hourly_run_builds_only_when_an_embargo_has_ended_or_a_brief_has_expired() {
    let mut runner = Runner::new();
    runner.release();
    let steps = |run: &Run| run.steps.len();
    let run = runner.run("schedule");
    assert!(run.is_done, "{}", run.said);
    assert_eq!(steps(&run), 2, "no embargo, so nothing is installed: {:?}", run.steps);
    // 2025-08-24T01:46:40Z is now.
    let brief = |embargo: &str| {
        let text =
            format!("---\ntitle: E\ndate: 2025-08-23\nembargo: {embargo}\n---\nx\n");
        fs::write(runner.at("book/content/briefs/e.md"), text).unwrap();
    };
    for (embargo, is_due) in [
        ("2025-08-24T01:30Z", true),
        ("2025-08-24T03:00Z", false),
        ("2025-08-20T03:00Z", false),
    ] {
        brief(embargo);
        let run = runner.run("schedule");
        assert!(run.is_done, "{}", run.said);
        assert_eq!(steps(&run) == WHOLE.len(), is_due, "{embargo}: {:?}", run.steps);
        assert_eq!(steps(&runner.run("push")), WHOLE.len(), "a push always is");
    }
}
