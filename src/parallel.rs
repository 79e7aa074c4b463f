//! Threads: the one place that names rayon.

use std::cmp::Ordering;

use rayon::prelude::*;

/// Applies `f` to every item on all cores; results keep the order of the items.
pub fn map<T: Sync, U: Send>(items: &[T], f: impl Fn(&T) -> U + Sync + Send) -> Vec<U> {
    items.par_iter().with_min_len(8).map(f).collect()
}

/// Applies `f` on all cores to the items of an iterator while it still finds more of them;
/// results are in no order. Stops soon after the first error, which is returned.
pub fn try_map_as_found<T: Send, U: Send, E: Send>(
    items: impl Iterator<Item = T> + Send,
    f: impl Fn(T) -> Result<U, E> + Sync + Send,
) -> Result<Vec<U>, E> {
    items.par_bridge().map(f).collect()
}

/// Does two things at once, on two cores if there are.
pub fn join<A: Send, B: Send>(
    a: impl FnOnce() -> A + Send,
    b: impl FnOnce() -> B + Send,
) -> (A, B) {
    rayon::join(a, b)
}

/// Sorts on all cores; equal items may change places.
pub fn sort_by<T: Send>(items: &mut [T], f: impl Fn(&T, &T) -> Ordering + Sync) {
    items.par_sort_unstable_by(f);
}

/// Applies `f` to every item on all cores, in no order, and stops soon after the first
/// error, which is returned.
pub fn try_each<T: Sync, E: Send>(
    items: &[T],
    f: impl Fn(&T) -> Result<(), E> + Sync + Send,
) -> Result<(), E> {
    items.par_iter().with_min_len(8).try_for_each(f)
}
