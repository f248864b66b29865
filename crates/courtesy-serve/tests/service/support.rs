//! A service of its own for each test, on a port of its own, and ways to speak to it.

use reqwest::blocking::{Client, Response};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

pub(crate) const NDJSON: &str = "application/x-ndjson";
pub(crate) const JSON: &str = "application/json";

/// How long anything may take before a test gives up: machines are slow at times.
const PATIENCE: Duration = Duration::from_secs(60);

/// A file or folder of the repository.
pub(crate) fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// The case of the front page.
pub(crate) fn case() -> String {
    fs::read_to_string(root("examples/readme/case.json")).unwrap()
}

/// A package of one file in a folder of its own.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn of(text: &str) -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        folder.write(text);
        folder
    }

    /// The file, written as careful programs do.
    pub(crate) fn write(&self, text: &str) {
        let draft = self.path().join("draft");
        fs::write(&draft, text).unwrap();
        fs::rename(draft, self.path().join("a.courtesy")).unwrap();
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

/// A service that runs.
pub(crate) struct Serving {
    child: Child,
    pub(crate) address: SocketAddr,
    log: Arc<Mutex<String>>,
    pub(crate) client: Client,
}

impl Serving {
    /// Of the package of the front page.
    pub(crate) fn readme(arguments: &[&str]) -> Serving {
        Serving::start(&root("examples/readme"), arguments)
    }

    pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Serving {
        Serving::of(command(folder, arguments))
    }

    fn of(mut command: Command) -> Serving {
        let mut child = command.spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let written = log.clone();
        std::thread::spawn(move || {
            while let Some(Ok(line)) = lines.next() {
                let mut log = written.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        let client = Client::builder().timeout(PATIENCE).build().unwrap();
        let address = "127.0.0.1:0".parse().unwrap();
        let mut serving = Serving {
            child,
            address,
            log,
            client,
        };
        let line = serving.wait_for_log("listening on http://");
        let address = line.split("http://").nth(1).unwrap();
        let address = address.split(['"', ' ']).next().unwrap();
        serving.address = address.parse().unwrap();
        serving
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.client.get(self.url(path)).send().unwrap()
    }

    pub(crate) fn json(&self, path: &str) -> serde_json::Value {
        self.get(path).json().unwrap()
    }

    pub(crate) fn post(&self, path: &str, kind: &str, body: impl Into<Vec<u8>>) -> Response {
        let request = self.client.post(self.url(path));
        request
            .header("content-type", kind)
            .body(body.into())
            .send()
            .unwrap()
    }

    pub(crate) fn decide(&self, body: impl Into<Vec<u8>>) -> Response {
        self.post("/decide", JSON, body)
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends these bytes and reads until the other side closes.
    pub(crate) fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        // Who is refused early may not be let write to the end.
        let _ = stream.write_all(bytes);
        until_closed(&mut stream)
    }

    /// The value of a series of the metrics.
    pub(crate) fn metric(&self, series: &str) -> f64 {
        let text = self.get("/metrics").text().unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(series));
        line.map_or(0.0, |value| value.trim().parse().unwrap())
    }

    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// The line of the log that has this in it, once it is there.
    pub(crate) fn wait_for_log(&self, text: &str) -> String {
        let line = eventually(|| {
            let log = self.log();
            log.lines()
                .find(|line| line.contains(text))
                .map(str::to_string)
        });
        line.unwrap_or_else(|| panic!("`{text}` is not in the log:\n{}", self.log()))
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status();
        assert!(sent.unwrap().success());
    }

    /// The exit code, once there is one.
    pub(crate) fn code(&mut self) -> Option<i32> {
        let ended = eventually(|| self.child.try_wait().unwrap());
        ended.expect("it does not end").code()
    }

    /// Kilobytes of memory that it has.
    #[cfg(target_os = "linux")]
    pub(crate) fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.unwrap()
            .trim()
            .trim_end_matches(" kB")
            .trim()
            .parse()
            .unwrap()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program, to be started on a free port.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    command_at(folder, "127.0.0.1:0", arguments)
}

/// The program, to be started at an address.
pub(crate) fn command_at(folder: &Path, address: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_courtesy-serve"));
    command.arg(folder).args(["--listen", address]);
    // What a test does not say itself.
    for (option, value) in [("--stop-delay", "0"), ("--reload", "1")] {
        if !arguments.contains(&option) {
            command.args([option, value]);
        }
    }
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::piped());
    command
}

/// What there is at last, asked after again and again.
pub(crate) fn eventually<T>(mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let began = Instant::now();
    loop {
        let found = ask();
        if found.is_some() || began.elapsed() > PATIENCE {
            return found;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// All that comes until the other side closes or resets.
pub(crate) fn until_closed(stream: &mut TcpStream) -> String {
    let mut told = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(read @ 1..) = stream.read(&mut piece) {
        told.extend_from_slice(&piece[..read]);
    }
    String::from_utf8_lossy(&told).into_owned()
}

/// The head of a POST, up to the blank line.
pub(crate) fn head(path: &str, kind: &str, more: &str) -> String {
    format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {kind}\r\n{more}\r\n")
}
