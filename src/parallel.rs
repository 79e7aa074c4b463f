//! Threads: the one place that names rayon.

use std::cmp::Ordering;
use std::num::NonZero;
use std::sync::{Mutex, mpsc};
use std::thread;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// Makes sure of the threads that there are to be had, before anything wants one: where a
/// system grants fewer than it has cores, work goes on with these, and with none on the
/// thread that asks. Rayon would end the program.
///
/// Its one attempt cannot be made again, so threads are asked for first, all at once, and
/// given back; that takes some fifty microseconds for each.
pub fn prepare() {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let (held, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let granted = thread::scope(|scope| {
        let start = || {
            let held = || drop(wait.lock().map(|it| it.recv()));
            thread::Builder::new().spawn_scoped(scope, held).is_ok()
        };
        let granted = (0..cores).take_while(|_| start()).count();
        drop(held);
        granted
    });
    // Taken at once, before another thread of the program takes one of them.
    let pool = match granted {
        0 => ThreadPoolBuilder::new().num_threads(1).use_current_thread(),
        _ if granted == cores => ThreadPoolBuilder::new(),
        _ => ThreadPoolBuilder::new().num_threads(granted),
    };
    // A system that grants nothing after all lets rayon say so.
    drop(pool.build_global());
}

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
