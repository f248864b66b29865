//! Other processes and what they took: this program again, or the command `courtesy`.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// What a process took.
pub struct Ran {
    pub wall: f64,
    pub cpu: f64,
    pub peak_kilobytes: i64,
}

/// Runs a program to its end; what it writes is thrown away.
#[expect(
    clippy::zombie_processes,
    reason = "`wait` waits, and asks what it took"
)]
pub fn run(program: &Path, arguments: &[&str]) -> Ran {
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let mut said = String::new();
    let errors = child.stderr.as_mut().expect("it is piped");
    errors.read_to_string(&mut said).expect("text");
    let usage = wait(child.id(), &said);
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 * 1e-6;
    Ran {
        wall: start.elapsed().as_secs_f64(),
        cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
        peak_kilobytes: usage.ru_maxrss,
    }
}

/// Waits for its end, which must be a good one.
fn wait(process: u32, said: &str) -> libc::rusage {
    let mut status = 0;
    // SAFETY: all zeros is a value of this plain struct.
    let mut usage = unsafe { std::mem::zeroed::<libc::rusage>() };
    // SAFETY: both pointers are to values of the right types that live through the call.
    let waited = unsafe { libc::wait4(process as i32, &mut status, 0, &mut usage) };
    assert!(
        waited > 0 && status == 0,
        "a process ended with {status}: {said}"
    );
    usage
}

/// This program again.
pub fn again(arguments: &[&str]) -> Ran {
    run(&std::env::current_exe().expect("a path"), arguments)
}

/// The command `courtesy`: what `COURTESY` names, or the workspace's own release build.
pub fn courtesy() -> std::path::PathBuf {
    let named = std::env::var_os("COURTESY").map(Into::into);
    let path: std::path::PathBuf = named.unwrap_or_else(|| "../../target/release/courtesy".into());
    assert!(
        path.exists(),
        "{} is not there: `cargo build --release -p courtesy-cli`, or name one in COURTESY",
        path.display()
    );
    path
}
