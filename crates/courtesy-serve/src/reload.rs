//! Follows the folder: a changed package is put in force as a whole, or refused as a whole.
//!
//! The folder is read every so often and on SIGHUP, and held against what was read before; that sees every change, also
//! on network drives and in mounted volumes, where notices of the system do not come. What changes while it is read is
//! read again until two looks agree, so that a package is not taken half written. Invariants: a package that has
//! errors, or cannot be read, leaves the one before it in force; each state of the folder is told once.

use crate::folder::{self, Files};
use crate::log;
use crate::service::Service;
use courtesy::Package;
use courtesy::diagnostic::to_json;
use courtesy::printable::printable;
use serde_json::{Value as Json, json};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio::time::{sleep, timeout};
use tracing::{error, info};

/// How long a folder must stand still to be taken.
const STANDS_STILL: Duration = Duration::from_millis(100);

/// Times that a folder which never stands still is looked at before the next round.
const LOOKS: usize = 20;

/// What a look at the folder gave: its files, or why they cannot be read.
type Seen = Result<Files, String>;

/// The folder, and what it was when it was last looked at.
pub(crate) struct Watched {
    folder: PathBuf,
    seen: Seen,
    /// What is in force.
    in_force: Files,
}

impl Watched {
    /// A folder of which these files are in force.
    pub(crate) fn new(folder: PathBuf, files: Files) -> Watched {
        Watched {
            folder,
            seen: Ok(files.clone()),
            in_force: files,
        }
    }

    /// Follows the folder for ever: every so often, and whenever it is asked to.
    pub(crate) async fn follow(
        mut self,
        service: Arc<Service>,
        every: Duration,
        mut asked: Receiver<()>,
    ) {
        loop {
            match every {
                Duration::ZERO => {
                    let _ = asked.recv().await;
                }
                every => {
                    let _ = timeout(every, asked.recv()).await;
                }
            }
            if let Some(seen) = self.changed().await {
                self.take(&service, seen).await;
            }
        }
    }

    /// What the folder is now, where that is something new and stands still.
    async fn changed(&self) -> Option<Seen> {
        let mut last = self.look().await?;
        if last == self.seen {
            return None;
        }
        for _ in 0..LOOKS {
            sleep(STANDS_STILL).await;
            let next = self.look().await?;
            if next == last {
                return (next != self.seen).then_some(next);
            }
            last = next;
        }
        None
    }

    async fn look(&self) -> Option<Seen> {
        let folder = self.folder.clone();
        let read = move || folder::read(&folder).map_err(|error| in_words(&error));
        tokio::task::spawn_blocking(read).await.ok()
    }

    /// Puts what was seen in force, or tells why not.
    async fn take(&mut self, service: &Arc<Service>, seen: Seen) {
        self.seen = seen.clone();
        match seen {
            Ok(files) if files == self.in_force => {
                info!("the folder is again what is in force");
                service.forget_refused();
            }
            Ok(files) => self.load(service, files).await,
            Err(why) => {
                error!("cannot read the folder: {why}; the package before it stays in force");
                service.metrics.unreadable();
                service.refuse(json!([{ "message": why }]));
            }
        }
    }

    async fn load(&mut self, service: &Arc<Service>, files: Files) {
        let for_work = files.clone();
        let checked =
            tokio::task::spawn_blocking(move || Package::from_sources(for_work).into_engine());
        match checked.await {
            Ok(Ok(engine)) => {
                info!(package = engine.fingerprint(), "loaded");
                self.in_force = files;
                service.load(engine);
            }
            Ok(Err(found)) => {
                log::diagnostics(&found);
                error!("the package has errors; the one before it stays in force");
                let text = to_json(found.as_slice(), found.sources());
                let why: Json = serde_json::from_str(&text).unwrap_or_default();
                service.refuse(why);
            }
            Err(_) => error!("the package could not be checked; the one before it stays in force"),
        }
    }
}

/// Why a folder cannot be read, fit for a log.
pub(crate) fn in_words(error: &io::Error) -> String {
    printable(&error.to_string())
}
