//! One failure at every call that changes a file.

use super::Options;
use super::faults::{Call, Shim};
use super::folder::{Tree, flaw, read, restore};
use super::order;
use super::scenes::{Scene, books, scenes};
use crate::jobs::Tally;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};

const EINTR: &str = "once:4";
const EIO: &str = "once:5";
const FULL: &str = "from:28";

/// Tries every scene, each on a thread of its own.
pub(super) fn run(options: &Options) -> Tally {
    let mut tally = Tally::default();
    std::thread::scope(|scope| {
        let scenes = scenes().into_iter();
        let threads: Vec<_> = scenes
            .map(|scene| scope.spawn(move || try_scene(options, &scene)))
            .collect();
        for thread in threads {
            tally.add(thread.join().expect("a scene ends"));
        }
    });
    tally
}

/// A scene, where it plays, and what a whole run leaves.
struct Stage<'a> {
    options: &'a Options,
    scene: &'a Scene,
    shim: Shim,
    folder: PathBuf,
    whole: Tree,
}

fn try_scene(options: &Options, scene: &Scene) -> Tally {
    let mut tally = Tally::default();
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().canonicalize().expect("a folder").join("scene");
    let shim = match Shim::compile(place.path()) {
        Ok(shim) => shim,
        Err(why) => {
            tally.fail(scene.name, why);
            return tally;
        }
    };
    let mut stage = Stage {
        options,
        scene,
        shim,
        folder,
        whole: Tree::new(),
    };
    let calls = stage.undisturbed(&mut tally);
    for call in &calls {
        for what in ways_to_fail(call, options.thorough) {
            stage.disturb(call, what, &mut tally);
        }
    }
    tally.count("calls that change a file", calls.len() as u64);
    tally
}

/// What may become of a call.
fn ways_to_fail(call: &Call, thorough: bool) -> Vec<&'static str> {
    let mut ways = match call.what.as_str() {
        "write" => vec!["half", FULL],
        "open" | "fsync" | "mkdir" | "link" => vec!["kill", FULL],
        _ => vec!["kill", EIO],
    };
    if thorough {
        ways.extend(["after", EIO, "kill"]);
        match call.what.as_str() {
            "write" => ways.extend(["short", EINTR]),
            "open" | "fsync" => ways.push(EINTR),
            _ => {}
        }
        ways.sort_unstable();
        ways.dedup();
    }
    ways
}

impl Stage<'_> {
    fn command(&self) -> &Path {
        &self.options.command
    }

    /// A whole run: what it leaves, and the calls that it makes.
    fn undisturbed(&mut self, tally: &mut Tally) -> Vec<Call> {
        restore(&self.folder, &self.scene.before);
        let output = self
            .shim
            .run(self.command(), &self.scene.arguments, &self.folder, None);
        let calls = self.shim.calls();
        self.whole = read(&self.folder);
        if output.status.code() != Some(self.scene.code) || calls.is_empty() {
            tally.fail(
                self.scene.name,
                format!("{} calls, {output:?}", calls.len()),
            );
        }
        for flaw in order::flaws(&calls) {
            tally.fail(self.scene.name, flaw);
        }
        if let Some(flaw) = books(&self.whole) {
            tally.fail(self.scene.name, flaw);
        }
        calls
    }

    /// A run in which one call fails, and one after it.
    fn disturb(&self, call: &Call, what: &str, tally: &mut Tally) {
        tally.cases += 1;
        tally.count(&format!("{} at {}", what, call.what), 1);
        let line = format!(
            "{}: {what} at call {}, {} {}",
            self.scene.name,
            call.number,
            call.what,
            call.path.display()
        );
        restore(&self.folder, &self.scene.before);
        let fault = Some((call.number, what));
        let output = self
            .shim
            .run(self.command(), &self.scene.arguments, &self.folder, fault);
        let killed = output.status.signal() == Some(9);
        let dies = matches!(what, "kill" | "half" | "after");
        let harmless = matches!(what, "short" | EINTR);
        let said = String::from_utf8_lossy(&output.stderr);
        let as_expected = match (dies, harmless) {
            (true, _) => killed,
            (_, true) => output.status.code() == Some(self.scene.code),
            _ => output.status.code() == Some(2) && said.contains("error: cannot "),
        };
        if !as_expected {
            tally.fail(
                line.as_str(),
                format!("it ended with {:?} and said {said:?}", output.status),
            );
        }
        let found = read(&self.folder);
        if let Some(flaw) = flaw(&self.scene.before, &self.whole, &found, dies) {
            tally.fail(line.as_str(), flaw);
        }
        if harmless && found != self.whole {
            tally.fail(line.as_str(), "it left something else than a whole run");
        }
        self.once_more(&line, tally);
    }

    fn once_more(&self, line: &str, tally: &mut Tally) {
        let output = self
            .shim
            .run(self.command(), &self.scene.arguments, &self.folder, None);
        let code = output.status.code();
        let well = code == Some(self.scene.code)
            || code.is_some_and(|code| self.scene.done_already.contains(&code));
        if !well {
            tally.fail(
                line,
                format!(
                    "the second run ended with {:?}: {}",
                    output.status,
                    String::from_utf8_lossy(&output.stderr)
                ),
            );
        } else if read(&self.folder) != self.whole {
            tally.fail(line, "the second run left something else than a whole one");
        }
    }
}
