//! Which part a job is to build, as the engine that started it says.

use crate::shard::{Shard, number};

/// How many parts there are, for engines that tell a job its number alone.
const SHARDS: &str = "DATELINE_SHARDS";

/// What an engine tells its jobs.
struct Engine {
    name: &'static str,
    /// The variable that holds the number of the job.
    index: &'static str,
    /// What the first job's number is.
    first: First,
    /// The variable that holds how many jobs there are.
    of: &'static str,
}

/// The number of an engine's first job.
enum First {
    Is(u32),
    /// The variable that holds it, and the one that holds how far the numbers are apart.
    Told(&'static str, &'static str),
}

const ENGINES: &[Engine] = &[
    // https://kubernetes.io/docs/tasks/job/indexed-parallel-processing-static/
    Engine {
        name: "Kubernetes",
        index: "JOB_COMPLETION_INDEX",
        first: First::Is(0),
        of: SHARDS,
    },
    // https://slurm.schedmd.com/job_array.html
    Engine {
        name: "Slurm",
        index: "SLURM_ARRAY_TASK_ID",
        first: First::Told("SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_STEP"),
        of: "SLURM_ARRAY_TASK_COUNT",
    },
    // https://docs.aws.amazon.com/batch/latest/userguide/job_env_vars.html
    Engine {
        name: "AWS Batch",
        index: "AWS_BATCH_JOB_ARRAY_INDEX",
        first: First::Is(0),
        of: "AWS_BATCH_JOB_ARRAY_SIZE",
    },
    // https://buildkite.com/docs/pipelines/environment-variables
    Engine {
        name: "Buildkite",
        index: "BUILDKITE_PARALLEL_JOB",
        first: First::Is(0),
        of: "BUILDKITE_PARALLEL_JOB_COUNT",
    },
    // https://docs.gitlab.com/ci/variables/predefined_variables/
    Engine {
        name: "GitLab CI",
        index: "CI_NODE_INDEX",
        first: First::Is(1),
        of: "CI_NODE_TOTAL",
    },
];

/// The part that the variables of an engine name. `variable` gives the value of one; absent
/// and empty are the same. The error says what to do.
pub fn from_environment(
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Shard, String> {
    let variable = |name: &str| variable(name).filter(|it| !it.is_empty());
    let mut told: Vec<&Engine> =
        ENGINES.iter().filter(|it| variable(it.index).is_some()).collect();
    let Some(engine) = told.pop() else {
        let known: Vec<&str> = ENGINES.iter().map(|it| it.index).collect();
        return Err(format!(
            "no engine says which part this job is to build (none of {} is set): write `--shard I/N`",
            known.join(", ")
        ));
    };
    if let Some(other) = told.pop() {
        return Err(format!(
            "{} and {} both say which part this job is to build ({}, {}): write `--shard I/N`",
            other.name, engine.name, other.index, engine.index
        ));
    }
    shard(engine, variable)
}

fn shard(
    engine: &Engine,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Shard, String> {
    let required = |name: &str| -> Result<u32, String> {
        match variable(name) {
            Some(text) => number(&text)
                .ok_or_else(|| format!("{name} is a number, and `{text}` is not")),
            None if name == SHARDS => Err(format!(
                "{} tells a job its number ({}) and not how many there are: set {SHARDS} to the `completions` of the job, or write `--shard I/N`",
                engine.name, engine.index
            )),
            None => Err(format!(
                "{} is set and {name} is not: write `--shard I/N`",
                engine.index
            )),
        }
    };
    let (index, of) = (required(engine.index)?, required(engine.of)?);
    let at = match engine.first {
        First::Is(first) => index.checked_sub(first),
        First::Told(first, step) => {
            let step = if variable(step).is_some() { required(step)? } else { 1 };
            let from_first = index.checked_sub(required(first)?);
            // `--array=1,5,6` has no step that leads from one number to the next.
            from_first.filter(|it| step > 0 && it % step == 0).map(|it| it / step)
        }
    };
    let from_one = at.and_then(|at| at.checked_add(1)).filter(|it| *it <= of);
    let from_one = from_one.ok_or_else(|| {
        format!(
            "{} counts {of} jobs and gave this one the number {index} ({}): number them without gaps, or write `--shard I/N`",
            engine.name, engine.index
        )
    })?;
    Shard::new(from_one, of)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an engine sets.
    type Variables = &'static [(&'static str, &'static str)];

    fn told(variables: &[(&str, &str)]) -> Result<Shard, String> {
        let value = |name: &str| {
            let found = variables.iter().find(|(it, _)| *it == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        from_environment(value)
    }

    #[test]
    fn each_engine_is_understood_in_its_own_way_of_counting() {
        let cases: &[(Variables, (u32, u32))] = &[
            (&[("JOB_COMPLETION_INDEX", "0"), ("DATELINE_SHARDS", "7")], (1, 7)),
            (&[("JOB_COMPLETION_INDEX", "6"), ("DATELINE_SHARDS", "7")], (7, 7)),
            (
                &[
                    ("SLURM_ARRAY_TASK_ID", "5"),
                    ("SLURM_ARRAY_TASK_MIN", "3"),
                    ("SLURM_ARRAY_TASK_COUNT", "4"),
                ],
                (3, 4),
            ),
            (
                &[
                    ("SLURM_ARRAY_TASK_ID", "8"),
                    ("SLURM_ARRAY_TASK_MIN", "0"),
                    ("SLURM_ARRAY_TASK_STEP", "4"),
                    ("SLURM_ARRAY_TASK_COUNT", "4"),
                ],
                (3, 4),
            ),
            (
                &[("AWS_BATCH_JOB_ARRAY_INDEX", "9"), ("AWS_BATCH_JOB_ARRAY_SIZE", "10")],
                (10, 10),
            ),
            (
                &[("BUILDKITE_PARALLEL_JOB", "1"), ("BUILDKITE_PARALLEL_JOB_COUNT", "2")],
                (2, 2),
            ),
            (&[("CI_NODE_INDEX", "1"), ("CI_NODE_TOTAL", "3")], (1, 3)),
        ];
        for (variables, (index, of)) in cases {
            assert_eq!(told(variables), Shard::new(*index, *of), "{variables:?}");
        }
    }

    #[test]
    fn what_an_engine_leaves_open_is_asked_for() {
        let cases: &[(Variables, &str)] = &[
            (&[], "no engine says which part"),
            (&[("CI_NODE_TOTAL", "1")], "no engine says which part"),
            (
                &[("JOB_COMPLETION_INDEX", "0")],
                "set DATELINE_SHARDS to the `completions`",
            ),
            (&[("JOB_COMPLETION_INDEX", "")], "no engine says which part"),
            (
                &[("JOB_COMPLETION_INDEX", "7"), ("DATELINE_SHARDS", "7")],
                "counts 7 jobs and gave this one the number 7",
            ),
            (
                &[("JOB_COMPLETION_INDEX", "x"), ("DATELINE_SHARDS", "7")],
                "JOB_COMPLETION_INDEX is a number, and `x` is not",
            ),
            (
                &[("CI_NODE_INDEX", "0"), ("CI_NODE_TOTAL", "3")],
                "GitLab CI counts 3 jobs and gave this one the number 0",
            ),
            (
                &[
                    ("SLURM_ARRAY_TASK_ID", "9"),
                    ("SLURM_ARRAY_TASK_MIN", "1"),
                    ("SLURM_ARRAY_TASK_COUNT", "3"),
                ],
                "number them without gaps",
            ),
            (
                &[("SLURM_ARRAY_TASK_ID", "9"), ("SLURM_ARRAY_TASK_MIN", "1")],
                "SLURM_ARRAY_TASK_COUNT is not: write",
            ),
            (
                &[("JOB_COMPLETION_INDEX", "1"), ("CI_NODE_INDEX", "1")],
                "Kubernetes and GitLab CI both say",
            ),
        ];
        for (variables, expected) in cases {
            let error = told(variables).unwrap_err();
            assert!(error.contains(expected), "{variables:?}: {error}");
        }
    }
}
