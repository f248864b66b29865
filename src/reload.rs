//! The engine that a host decides with at the moment, to be replaced while it serves.
//!
//! Input: a package that was read anew. Output: its engine in the place of the old one, or the old one still and
//! why. Invariants: never half a package; a case is decided by one engine from its reading to its decision, as
//! whoever asks holds an engine of their own; the lock is held for as long as copying a pointer takes.

use std::sync::{PoisonError, RwLock};

use crate::diagnostic::Diagnostics;
use crate::engine::Engine;
use crate::package::Package;

/// The engine in force, to be shared by threads and replaced as a whole.
///
/// ```
/// use courtesy::{Package, Reload};
///
/// let package = |text: &str| Package::from_sources([("a.courtesy".to_string(), text.into())]);
/// let reload = Reload::new(package("action greet").into_engine().unwrap());
/// let first = reload.engine();
///
/// // What has errors is refused, and the old one goes on.
/// assert!(reload.load(package("action greet action")).is_err());
/// assert_eq!(reload.engine().fingerprint(), first.fingerprint());
///
/// reload.load(package("action greet action nod")).unwrap();
/// assert_ne!(reload.engine().fingerprint(), first.fingerprint());
/// ```
#[derive(Debug)]
pub struct Reload {
    engine: RwLock<Engine>,
}

impl Reload {
    /// Begins with this engine.
    #[must_use]
    pub fn new(engine: Engine) -> Reload {
        Reload {
            engine: RwLock::new(engine),
        }
    }

    /// The engine in force. Take it once for each case: it stays what it is, whatever is loaded meanwhile.
    #[must_use]
    pub fn engine(&self) -> Engine {
        // Nothing that could panic happens under the lock, so a poisoned one holds a whole engine all the same.
        let engine = self.engine.read().unwrap_or_else(PoisonError::into_inner);
        engine.clone()
    }

    /// Puts the engine of this package in force, and gives it back.
    ///
    /// # Errors
    /// What is wrong with the package; the engine before it stays in force.
    pub fn load(&self, package: Package) -> Result<Engine, Diagnostics> {
        let engine = package.into_engine()?;
        self.replace(engine.clone());
        Ok(engine)
    }

    /// Puts an engine in force that the host has looked at first, for instance with
    /// [`Engine::check_input`]; gives back the one before it.
    pub fn replace(&self, engine: Engine) -> Engine {
        let mut held = self.engine.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *held, engine)
    }
}
