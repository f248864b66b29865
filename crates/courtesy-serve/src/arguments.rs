//! What the command line says.

use clap::ValueEnum;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Largest body that can be asked for: what a case may have at the most.
const BODY_MOST: u64 = courtesy::limits::CASE_BYTES as u64;

/// Serves the decisions of a package over HTTP
///
/// It listens on this machine alone unless --listen says otherwise, takes policies from the folder and nowhere else, and
/// follows the folder as it changes: a package that has errors is told in the log, and the one before it goes on. SIGHUP
/// looks at the folder at once; SIGTERM and SIGINT stop it when what was asked is answered. Nothing is taken from the
/// environment.
#[derive(clap::Parser)]
#[command(
    name = "courtesy-serve",
    version,
    after_help = "Example:\n  courtesy serve examples/readme\n  curl -H 'content-type: application/json' --data-binary @examples/readme/case.json http://127.0.0.1:8787/decide"
)]
pub(crate) struct Arguments {
    /// Folder of the package: its `*.courtesy` files, those in folders below too
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) folder: PathBuf,

    /// Where to listen; port 0 takes a free one, which the log names
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8787")]
    pub(crate) listen: SocketAddr,

    #[command(flatten)]
    pub(crate) limits: Limits,

    /// Threads that decide; without it as many as the machine has
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,

    /// Seconds between looks at the folder; 0 looks only on SIGHUP
    #[arg(long, value_name = "SECONDS", default_value = "2", value_parser = seconds)]
    pub(crate) reload: Duration,

    /// Seconds for which it goes on taking requests after SIGTERM, while `/ready` says no
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = seconds)]
    pub(crate) stop_delay: Duration,

    /// Seconds for which it then waits for requests that are still being answered
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(crate) drain: Duration,

    /// How the log is written, which goes to stderr
    #[arg(long, value_enum, default_value_t = LogForm::Text)]
    pub(crate) log: LogForm,

    /// Also write a line for each request: method, route, status and time, nothing of what was sent
    #[arg(long)]
    pub(crate) log_requests: bool,
}

/// What one client may take.
#[derive(Clone, clap::Args)]
pub(crate) struct Limits {
    /// Most bytes of a case, and of a line of a batch
    #[arg(long, value_name = "BYTES", default_value_t = 1024 * 1024, value_parser = clap::value_parser!(u64).range(1..=BODY_MOST))]
    pub(crate) body_limit: u64,

    /// Seconds that a request may take to arrive, and then to be answered; in a batch, from one piece to the next
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds_from_one)]
    pub(crate) time_limit: Duration,

    /// Seconds for the head of a request, and for which a connection may stay unused
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds_from_one)]
    pub(crate) head_limit: Duration,

    /// Most cases in flight; one more is answered with 503
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) requests: u32,

    /// Most batches in flight; one more is answered with 503
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) batches: u32,

    /// Most connections; one more is answered with 503 and closed
    #[arg(long, value_name = "N", default_value_t = 1024, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) connections: u32,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogForm {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: u32 = text
        .parse()
        .map_err(|_| "a whole number of seconds is needed".to_string())?;
    Ok(Duration::from_secs(u64::from(seconds)))
}

fn seconds_from_one(text: &str) -> Result<Duration, String> {
    match seconds(text)? {
        Duration::ZERO => Err("at least one second is needed".to_string()),
        some => Ok(some),
    }
}
