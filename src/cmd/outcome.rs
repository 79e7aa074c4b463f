//! How a command ends.

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// All is well.
    Done,
    /// There are findings that the exit code tells.
    Findings,
}

/// Leaves what a command holds at its end to the system, which takes the memory back at
/// once; piece by piece that takes a third of a second for 100,000 briefs.
pub(super) fn leave<T>(held: T) {
    std::mem::forget(held);
}
