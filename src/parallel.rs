//! Threads: the one place that names rayon.

use rayon::prelude::*;

/// Applies `f` to every item on all cores; results keep the order of the items.
pub fn map<T: Sync, U: Send>(items: &[T], f: impl Fn(&T) -> U + Sync + Send) -> Vec<U> {
    items.par_iter().with_min_len(8).map(f).collect()
}

/// Does two things at once, on two cores if there are.
pub fn join<A: Send, B: Send>(
    a: impl FnOnce() -> A + Send,
    b: impl FnOnce() -> B + Send,
) -> (A, B) {
    rayon::join(a, b)
}

/// Applies `f` to every item on all cores, in no order, and stops soon after the first
/// error, which is returned.
pub fn try_each<T: Sync, E: Send>(
    items: &[T],
    f: impl Fn(&T) -> Result<(), E> + Sync + Send,
) -> Result<(), E> {
    items.par_iter().with_min_len(8).try_for_each(f)
}
