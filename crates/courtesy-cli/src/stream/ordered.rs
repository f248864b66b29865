//! Work on many threads, answers in the order of what came in.
//!
//! One thread reads, some work, the calling one writes. A gate bounds what is in
//! flight between reading and writing, in pieces and in bytes, so memory stays
//! flat however unevenly the workers get on. An error on either side closes the
//! gate; so does a panic, which then goes on in the calling thread.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Most pieces in flight for each worker.
const PIECES: usize = 4;

/// Most bytes in flight; a single piece may be larger.
const BYTES: usize = 64 * 1024 * 1024;

/// Hands what `next` gives to `work` on `jobs` threads, and the answers to `write`
/// in the order of `next`. The order of all calls of `write` is the same for any
/// number of threads.
///
/// # Errors
/// The first error of `write`, else that of `next`.
pub(crate) fn in_order<T: Send, U: Send, E: Send>(
    jobs: usize,
    mut next: impl FnMut() -> Result<Option<T>, E> + Send,
    weight: fn(&T) -> usize,
    work: impl Fn(T) -> U + Sync,
    mut write: impl FnMut(U) -> Result<(), E>,
) -> Result<(), E> {
    let gate = Gate::new(PIECES.saturating_mul(jobs), BYTES);
    let (to_work, tasks) = mpsc::channel();
    let (to_write, answers) = mpsc::channel();
    let tasks = Mutex::new(tasks);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let _closing = CloseOnPanic(&gate);
            read_all(&gate, &mut next, weight, to_work)
        });
        for _ in 0..jobs {
            let to_write = to_write.clone();
            scope.spawn(|| {
                let _closing = CloseOnPanic(&gate);
                work_off(&gate, &tasks, &work, to_write);
            });
        }
        drop(to_write);
        let written = {
            let _closing = CloseOnPanic(&gate);
            write_all(&gate, &answers, &mut write)
        };
        gate.close();
        let read = reader
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        written.and(read)
    })
}

/// A piece on its way: its number, its weight, itself.
type Numbered<T> = (u64, usize, T);

fn read_all<T, E>(
    gate: &Gate,
    next: &mut impl FnMut() -> Result<Option<T>, E>,
    weight: fn(&T) -> usize,
    to_work: Sender<Numbered<T>>,
) -> Result<(), E> {
    for number in 0.. {
        let Some(piece) = next()? else { break };
        let weight = weight(&piece);
        if !gate.enter(weight) || to_work.send((number, weight, piece)).is_err() {
            break;
        }
    }
    Ok(())
}

fn work_off<T, U>(
    gate: &Gate,
    tasks: &Mutex<Receiver<Numbered<T>>>,
    work: &impl Fn(T) -> U,
    to_write: Sender<Numbered<U>>,
) {
    loop {
        let task = locked(tasks).recv();
        let Ok((number, weight, piece)) = task else {
            return;
        };
        if gate.is_closed() || to_write.send((number, weight, work(piece))).is_err() {
            return;
        }
    }
}

fn write_all<U, E>(
    gate: &Gate,
    answers: &Receiver<Numbered<U>>,
    write: &mut impl FnMut(U) -> Result<(), E>,
) -> Result<(), E> {
    let mut waiting = BTreeMap::new();
    let mut turn = 0_u64;
    for (number, weight, answer) in answers {
        waiting.insert(number, (weight, answer));
        while let Some((weight, answer)) = waiting.remove(&turn) {
            write(answer)?;
            gate.leave(weight);
            turn = turn.saturating_add(1);
        }
    }
    Ok(())
}

/// Bounds what is in flight.
struct Gate {
    pieces: usize,
    bytes: usize,
    inside: Mutex<Inside>,
    changed: Condvar,
}

#[derive(Default)]
struct Inside {
    pieces: usize,
    bytes: usize,
    closed: bool,
}

impl Gate {
    fn new(pieces: usize, bytes: usize) -> Gate {
        Gate {
            pieces,
            bytes,
            inside: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// Waits until there is room; `false` when the gate has been closed.
    fn enter(&self, weight: usize) -> bool {
        let has_no_room = |inside: &mut Inside| {
            let is_full =
                inside.pieces >= self.pieces || inside.bytes.saturating_add(weight) > self.bytes;
            !inside.closed && inside.pieces > 0 && is_full
        };
        let mut inside = self
            .changed
            .wait_while(locked(&self.inside), has_no_room)
            .unwrap_or_else(PoisonError::into_inner);
        inside.pieces = inside.pieces.saturating_add(1);
        inside.bytes = inside.bytes.saturating_add(weight);
        !inside.closed
    }

    fn leave(&self, weight: usize) {
        let mut inside = locked(&self.inside);
        inside.pieces = inside.pieces.saturating_sub(1);
        inside.bytes = inside.bytes.saturating_sub(weight);
        self.changed.notify_all();
    }

    fn close(&self) {
        locked(&self.inside).closed = true;
        self.changed.notify_all();
    }

    fn is_closed(&self) -> bool {
        locked(&self.inside).closed
    }
}

/// Closes the gate when its thread panics, so that no other waits for ever.
struct CloseOnPanic<'a>(&'a Gate);

impl Drop for CloseOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.close();
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::in_order;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::time::Duration;

    fn numbers(until: u64) -> impl FnMut() -> Result<Option<u64>, String> + Send {
        let mut numbers = 0..until;
        move || Ok(numbers.next())
    }

    /// Later pieces are often done before earlier ones.
    fn slowly(number: u64) -> u64 {
        std::thread::sleep(Duration::from_micros(number.wrapping_mul(7919) % 300));
        number
    }

    #[test]
    fn answers_come_in_order_for_any_number_of_threads() {
        for jobs in [1, 2, 7] {
            let mut written = Vec::new();
            let result = in_order(
                jobs,
                numbers(500),
                |_| 1,
                slowly,
                |number| {
                    written.push(number);
                    Ok(())
                },
            );
            assert_eq!(result, Ok(()));
            assert_eq!(written, Vec::from_iter(0..500));
        }
    }

    #[test]
    fn heavy_pieces_go_one_at_a_time() {
        let result = in_order(4, numbers(20), |_| usize::MAX / 2, slowly, |_| Ok(()));
        assert_eq!(result, Ok(()));
    }

    #[test]
    fn an_error_on_either_side_ends_it() {
        let endless = numbers(u64::MAX);
        let full = |number| {
            if number == 40 {
                Err("disk full".to_string())
            } else {
                Ok(())
            }
        };
        assert_eq!(
            in_order(3, endless, |_| 1, slowly, full),
            Err("disk full".to_string())
        );

        let mut inner = numbers(100);
        let torn = move || match inner()? {
            Some(30) => Err("torn".to_string()),
            number => Ok(number),
        };
        let mut written = 0;
        let result = in_order(
            3,
            torn,
            |_| 1,
            slowly,
            |_| {
                written += 1;
                Ok(())
            },
        );
        assert_eq!((result, written), (Err("torn".to_string()), 30));
    }

    #[test]
    fn a_panic_of_a_worker_is_passed_on() {
        for jobs in [1, 3] {
            let run = || {
                in_order(
                    jobs,
                    numbers(u64::MAX),
                    |_| 1,
                    |number| {
                        if number == 9 {
                            panic!("worker")
                        } else {
                            slowly(number)
                        }
                    },
                    |_| Ok(()),
                )
            };
            assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
        }
    }
}
