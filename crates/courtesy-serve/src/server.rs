//! Listens, serves connections, and stops without losing a request.
//!
//! The end has three parts. First `/ready` says no and every answer closes its connection, while new ones are still
//! taken, so that who spreads requests over several services can turn away. Then nothing new is taken, unused
//! connections are closed, and what was asked is answered. Then, or when the time for that is over, or at a second
//! signal, the program ends.

#![expect(
    clippy::disallowed_methods,
    reason = "the folder is asked for its whole name"
)]

use crate::arguments::Arguments;
use crate::problem::Problem;
use crate::reload::{self, Watched};
use crate::service::Service;
use crate::{folder, routes};
use axum::Router;
use courtesy::{Diagnostics, Package};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{Instant, sleep, timeout};
use tokio_io_timeout::TimeoutStream;
use tracing::{info, warn};

/// Most bytes of the head of a request.
const HEAD_BYTES: usize = 64 * 1024;

/// Open files beside the connections.
const OTHER_FILES: u64 = 64;

/// How long connections that were let in last have for what they ask, before unused ones are closed.
const LAST_WORD: Duration = Duration::from_secs(1);

/// How long to wait when the machine cannot take a connection.
const BREATH: Duration = Duration::from_millis(50);

/// Why the program ends before it was asked to.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The package has errors.
    Package(Diagnostics),
    /// Something of the machine could not be used.
    Machine(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Package(found) => write!(formatter, "{found}\nthe package has errors"),
            Failure::Machine(why) => formatter.write_str(why),
        }
    }
}

impl From<Failure> for ExitCode {
    fn from(failure: Failure) -> ExitCode {
        ExitCode::from(match failure {
            Failure::Package(_) => 1,
            Failure::Machine(_) => 2,
        })
    }
}

/// Serves until it is asked to stop.
///
/// # Errors
/// When the package has errors, or the machine does not let it listen.
pub(crate) fn run(arguments: Arguments) -> Result<(), Failure> {
    let files = folder::read(&arguments.folder).map_err(|error| {
        let why = reload::in_words(&error);
        Failure::Machine(format!(
            "cannot read `{}`: {why}",
            arguments.folder.display()
        ))
    })?;
    let package = Package::from_sources(files.clone());
    let engine = package.into_engine().map_err(Failure::Package)?;
    let threads = threads(&arguments);
    allow_files(u64::from(arguments.limits.connections));
    let limits = arguments.limits.clone();
    let name = name_of(&arguments.folder);
    let service = Service::new(engine, name, limits, threads, arguments.log_requests);
    // The number is given, so that the runtime does not ask the environment.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .enable_all()
        .build()
        .map_err(|error| Failure::Machine(format!("cannot start: {error}")))?;
    let watched = Watched::new(arguments.folder.clone(), files);
    let served = runtime.block_on(serve(arguments, Arc::new(service), watched));
    // What is still being decided when the time is over is not waited for.
    runtime.shutdown_background();
    served
}

fn threads(arguments: &Arguments) -> usize {
    let of_machine = || std::thread::available_parallelism().map_or(1, usize::from);
    arguments.threads.map_or_else(of_machine, usize::from)
}

/// The folder's own name, also where it is given as `.`.
fn name_of(folder: &Path) -> String {
    let whole = folder
        .canonicalize()
        .unwrap_or_else(|_| folder.to_path_buf());
    let name = whole.file_name().map(|name| name.to_string_lossy());
    name.map_or_else(|| "package".to_string(), |name| name.into_owned())
}

/// Asks the machine for as many open files as there may be connections.
fn allow_files(connections: u64) {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let needed = connections.saturating_add(OTHER_FILES);
    let mut limit = getrlimit(Resource::Nofile);
    if limit.current.is_some_and(|current| current < needed) {
        let most = limit.maximum.unwrap_or(needed);
        limit.current = Some(needed.min(most));
        if setrlimit(Resource::Nofile, limit).is_err() || most < needed {
            warn!(
                "this machine lets a program open fewer files than {needed}; connections beyond that wait"
            );
        }
    }
}

async fn serve(
    arguments: Arguments,
    service: Arc<Service>,
    watched: Watched,
) -> Result<(), Failure> {
    let mut signals = Signals::new().map_err(|error| Failure::Machine(error.to_string()))?;
    let listener = TcpListener::bind(arguments.listen).await;
    let (listener, address) = listener
        .and_then(|listener| listener.local_addr().map(|address| (listener, address)))
        .map_err(|error| {
            Failure::Machine(format!("cannot listen on {}: {error}", arguments.listen))
        })?;
    tell(&service, address);
    let (ask, asked) = mpsc::channel(1);
    tokio::spawn(watched.follow(service.clone(), arguments.reload, asked));
    let door = Door::new(&service);
    tokio::select! {
        () = door.take_in(&listener) => {}
        () = signals.stop(&ask) => {}
    }
    info!("stopping: what was asked is answered first");
    service.begin_to_stop();
    tokio::select! {
        () = door.take_in(&listener) => {}
        () = sleep(arguments.stop_delay) => {}
        () = signals.stop(&ask) => {}
    }
    door.take_who_waits(listener);
    tokio::select! {
        ended = timeout(arguments.drain, door.close()) => match ended {
            Ok(()) => info!("stopped"),
            Err(_) => warn!("stopped, though not everything was answered in time"),
        },
        () = signals.stop(&ask) => warn!("stopped at once"),
    }
    Ok(())
}

fn tell(service: &Service, address: SocketAddr) {
    let engine = service.policies.engine();
    let policies = engine.policies().count();
    info!(package = engine.fingerprint(), policies, "loaded");
    if !address.ip().is_loopback() {
        warn!(
            "other machines can reach this: there is neither encryption nor a password here, put a proxy before it"
        );
    }
    info!("listening on http://{address}");
}

/// The signals that mean something here.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
}

impl Signals {
    fn new() -> io::Result<Signals> {
        Ok(Signals {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the signal to stop; meanwhile asks for a look at the folder when there is one for that.
    async fn stop(&mut self, ask: &mpsc::Sender<()>) {
        loop {
            tokio::select! {
                _ = self.terminate.recv() => return,
                _ = self.interrupt.recv() => return,
                _ = self.hang_up.recv() => {
                    // A look that is asked for already does for both.
                    let _ = ask.try_send(());
                }
            }
        }
    }
}

/// Lets connections in, and knows who is inside.
struct Door {
    service: Arc<Service>,
    router: Router,
    places: Arc<Semaphore>,
    inside: GracefulShutdown,
}

impl Door {
    fn new(service: &Arc<Service>) -> Door {
        Door {
            router: routes::router(service.clone()),
            places: Arc::new(Semaphore::new(service.limits.connections as usize)),
            service: service.clone(),
            inside: GracefulShutdown::new(),
        }
    }

    /// Lets in who comes, for ever.
    async fn take_in(&self, listener: &TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => self.let_in(stream),
                // Who hung up meanwhile, or no files are left: later ones may do better.
                Err(_) => sleep(BREATH).await,
            }
        }
    }

    /// Lets in who has knocked already, and closes in the same breath: who knocks between the two is turned away by the
    /// system.
    fn take_who_waits(&self, listener: TcpListener) {
        let Ok(listener) = listener.into_std() else {
            return;
        };
        while let Ok((stream, _)) = listener.accept() {
            let ready = stream.set_nonblocking(true);
            if let Ok(stream) = ready.and_then(|()| TcpStream::from_std(stream)) {
                self.let_in(stream);
            }
        }
    }

    fn let_in(&self, stream: TcpStream) {
        // Answers are small and whole.
        let _ = stream.set_nodelay(true);
        let Ok(place) = self.places.clone().try_acquire_owned() else {
            self.service.metrics.turned_away();
            tokio::spawn(turn_away(stream));
            return;
        };
        let counted = self.service.metrics.connection();
        let limits = &self.service.limits;
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(limits.time_limit));
        let connection = http1::Builder::new()
            // Who has said all that there is to say may still be answered.
            .half_close(true)
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head_limit)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(
                TokioIo::new(Box::pin(stream)),
                TowerToHyperService::new(self.router.clone()),
            );
        let connection = self.inside.watch(connection);
        tokio::spawn(async move {
            let _held = (place, counted);
            // What clients do wrong on the wire is theirs: it is answered, and the connection closed.
            let _ = connection.await;
        });
    }

    /// Waits for who has something to ask, closes unused connections, and waits for the others.
    async fn close(self) {
        let began = Instant::now();
        // Who was let in last may not have been read yet; to be closed would lose what it asks.
        while self.inside.count() > 0 && began.elapsed() < LAST_WORD {
            sleep(BREATH).await;
        }
        self.inside.shutdown().await;
    }
}

/// Answers a connection that is one too many, without reading from it.
async fn turn_away(mut stream: TcpStream) {
    let body = Problem::busy().to_bytes();
    let head = format!(
        "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\n\
         content-length: {}\r\nretry-after: 1\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let answer = [head.as_bytes(), &body].concat();
    let _ = timeout(Duration::from_secs(1), async {
        stream.write_all(&answer).await?;
        stream.shutdown().await?;
        // Reading away what it has sent lets it find the answer.
        let mut away = [0_u8; 4096];
        while stream.read(&mut away).await? > 0 {}
        io::Result::Ok(())
    })
    .await;
}
