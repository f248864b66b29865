//! What all requests share: the engine in force, the limits, who is being served, and whether the end has begun.

use crate::arguments::Limits;
use crate::deciding::Deciding;
use crate::metrics::Metrics;
use crate::problem::Problem;
use courtesy::value::Timestamp;
use courtesy::{Engine, Reload};
use serde_json::Value as Json;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What all requests share.
pub(crate) struct Service {
    /// The engine in force.
    pub(crate) policies: Reload,
    /// How the package came to be in force.
    standing: Mutex<Standing>,
    /// The folder's own name.
    pub(crate) name: String,
    pub(crate) limits: Limits,
    pub(crate) metrics: Metrics,
    pub(crate) deciding: Deciding,
    pub(crate) log_requests: bool,
    cases: Arc<Semaphore>,
    batches: Arc<Semaphore>,
    stopping: AtomicBool,
}

/// How the package came to be in force.
#[derive(Clone)]
pub(crate) struct Standing {
    /// Since when it is.
    pub(crate) since: Timestamp,
    /// The folder as it stands, where it is not what is in force.
    pub(crate) refused: Option<Refused>,
}

/// A package that was not taken.
#[derive(Clone)]
pub(crate) struct Refused {
    /// When it was looked at.
    pub(crate) at: Timestamp,
    /// What is wrong: the diagnostics as `courtesy check --format json` writes them, or why it cannot be read.
    pub(crate) why: Json,
}

/// A request that is being served; it is over when this is dropped.
pub(crate) struct Admitted {
    _place: OwnedSemaphorePermit,
    _counted: crate::metrics::InFlight,
}

impl Service {
    /// A service that begins with this engine.
    pub(crate) fn new(
        engine: Engine,
        name: String,
        limits: Limits,
        threads: usize,
        log_requests: bool,
    ) -> Service {
        let places = |number: u32| Arc::new(Semaphore::new(number as usize));
        let since = crate::clock::now();
        let metrics = Metrics::new();
        metrics.loaded(engine.fingerprint(), since);
        Service {
            policies: Reload::new(engine),
            standing: Mutex::new(Standing {
                since,
                refused: None,
            }),
            name,
            cases: places(limits.requests),
            batches: places(limits.batches),
            limits,
            metrics,
            deciding: Deciding::new(threads),
            log_requests,
            stopping: AtomicBool::new(false),
        }
    }

    /// Takes in a case, where there is a place for it.
    ///
    /// # Errors
    /// The answer for one too many.
    pub(crate) fn admit_case(&self) -> Result<Admitted, Problem> {
        self.admit(&self.cases)
    }

    /// Takes in a batch, where there is a place for it.
    ///
    /// # Errors
    /// The answer for one too many.
    pub(crate) fn admit_batch(&self) -> Result<Admitted, Problem> {
        self.admit(&self.batches)
    }

    fn admit(&self, places: &Arc<Semaphore>) -> Result<Admitted, Problem> {
        let place = places.clone().try_acquire_owned();
        Ok(Admitted {
            _place: place.map_err(|_| Problem::busy())?,
            _counted: self.metrics.in_flight(),
        })
    }

    /// How the package in force came to be so.
    pub(crate) fn standing(&self) -> Standing {
        let standing = self.standing.lock();
        standing.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts an engine in force.
    pub(crate) fn load(&self, engine: Engine) {
        let since = crate::clock::now();
        self.metrics.loaded(engine.fingerprint(), since);
        self.policies.replace(engine);
        self.stand(Standing {
            since,
            refused: None,
        });
    }

    /// Keeps the engine in force, and tells why.
    pub(crate) fn refuse(&self, why: Json) {
        self.metrics.refused();
        let at = crate::clock::now();
        let since = self.standing().since;
        self.stand(Standing {
            since,
            refused: Some(Refused { at, why }),
        });
    }

    /// The folder is again what is in force.
    pub(crate) fn forget_refused(&self) {
        self.metrics.nothing_refused();
        let since = self.standing().since;
        self.stand(Standing {
            since,
            refused: None,
        });
    }

    fn stand(&self, standing: Standing) {
        let mut held = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        *held = standing;
    }

    /// From here on `/ready` says no, and connections close behind their answers.
    pub(crate) fn begin_to_stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
    }

    /// Whether the end has begun.
    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }
}
