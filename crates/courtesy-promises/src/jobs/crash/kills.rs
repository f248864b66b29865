//! Kills at random moments of a run over many records.

use super::Options;
use super::folder::{flaw, read, restore};
use super::scenes::{Scene, apply, books};
use crate::jobs::Tally;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Runs `apply`, kills it, looks, and runs it again, so many times.
pub(super) fn run(options: &Options) -> Tally {
    let mut tally = Tally::default();
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("scene");
    let scene = apply("kill", options.records, &[("out", "of an earlier run\n")]);
    restore(&folder, &scene.before);
    let started = Instant::now();
    let code = start(options, &scene, &folder)
        .wait()
        .expect("it ends")
        .code();
    let took = started.elapsed();
    let whole = read(&folder);
    if code != Some(scene.code) {
        tally.fail(scene.name, format!("a whole run ended with {code:?}"));
    }
    if let Some(flaw) = books(&whole) {
        tally.fail(scene.name, flaw);
    }
    for number in 0..options.kills {
        let after = moment(options.seed, number, took);
        let line = format!("kill {number} of seed {}, after {after:?}", options.seed);
        tally.cases += 1;
        restore(&folder, &scene.before);
        let mut child = start(options, &scene, &folder);
        sleep(after);
        child.kill().expect("it can be killed");
        let cut_short = child.wait().expect("it ends").code().is_none();
        tally.count(
            if cut_short {
                "killed on the way"
            } else {
                "killed too late"
            },
            1,
        );
        let found = read(&folder);
        if let Some(flaw) = flaw(&scene.before, &whole, &found, true) {
            tally.fail(line.as_str(), flaw);
        }
        let code = start(options, &scene, &folder)
            .wait()
            .expect("it ends")
            .code();
        if code != Some(scene.code) || read(&folder) != whole {
            tally.fail(
                line.as_str(),
                format!("the second run ended with {code:?} and left something else"),
            );
        }
    }
    tally
}

fn start(options: &Options, scene: &Scene, folder: &Path) -> Child {
    let mut command = Command::new(&options.command);
    command.args(&scene.arguments).current_dir(folder);
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the command starts")
}

/// A moment within the time that a whole run takes: the bits of the seed and the number, mixed (SplitMix64).
fn moment(seed: u64, number: u64, whole: Duration) -> Duration {
    let mut bits = seed.wrapping_add(number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^= bits >> 31;
    whole.mul_f64((bits >> 11) as f64 / (1_u64 << 53) as f64)
}
