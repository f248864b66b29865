//! What a run that is interrupted leaves behind: nothing.
//!
//! Files on their way are entered here; an interrupt (Ctrl-C, SIGTERM, a closed
//! terminal) takes away those that are still this run's, and ends the command. It
//! runs on a thread of its own, so that a run that waits for its input ends too.

#![expect(
    clippy::disallowed_methods,
    reason = "takes away the files that the command has written"
)]

use crate::report;
use crate::staged::is_still_there;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The exit code of a command that a signal ended.
const INTERRUPTED: i32 = 130;

static ON_THEIR_WAY: Mutex<Vec<(PathBuf, File)>> = Mutex::new(Vec::new());

/// From here on an interrupt takes away what is on its way.
pub(crate) fn watch() {
    let handler = || {
        let files = on_their_way();
        for (path, file) in files.iter() {
            if is_still_there(path, file) {
                // Tidiness only: a file that stays is replaced by the next run.
                let _ = fs::remove_file(path);
            }
        }
        report::say("interrupted; what was on its way has been taken away");
        // The files stay locked: nothing is published any more.
        std::process::exit(INTERRUPTED);
    };
    // Where there can be no handler, a file may stay that the next run replaces.
    let _ = ctrlc::set_handler(handler);
}

/// Enters a file on its way; one that cannot be entered is not taken away.
pub(crate) fn enter(path: &Path, file: &File) {
    if let Ok(file) = file.try_clone() {
        on_their_way().push((path.to_path_buf(), file));
    }
}

/// Does the last step with a file, during which no interrupt comes; after it the
/// file is no longer on its way.
pub(crate) fn leave<T>(path: &Path, step: impl FnOnce() -> T) -> T {
    let mut files = on_their_way();
    let done = step();
    files.retain(|(other, _)| other != path);
    done
}

fn on_their_way() -> MutexGuard<'static, Vec<(PathBuf, File)>> {
    ON_THEIR_WAY.lock().unwrap_or_else(PoisonError::into_inner)
}
