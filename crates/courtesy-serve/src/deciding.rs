//! Deciding away from the threads that speak HTTP.
//!
//! A decision ends, at a cost known beforehand, but a hostile case may make that cost large; it must not keep other
//! requests from being read and answered. So each is decided on a thread that may block, at most as many at a time as
//! the machine has processors. Invariant: what was begun is finished, whoever has stopped waiting for it.

use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// The threads that decide.
pub(crate) struct Deciding {
    places: Arc<Semaphore>,
    threads: usize,
}

impl Deciding {
    /// At most so many at a time.
    pub(crate) fn new(threads: usize) -> Deciding {
        Deciding {
            places: Arc::new(Semaphore::new(threads)),
            threads,
        }
    }

    /// How many at a time.
    pub(crate) fn threads(&self) -> usize {
        self.threads
    }

    /// Does the work where it may take long; `None` where it could not be done, which would be a bug.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let place = self.places.clone().acquire_owned().await.ok()?;
        let done = spawn_blocking(move || {
            let result = work();
            drop(place);
            result
        });
        done.await.ok()
    }
}
