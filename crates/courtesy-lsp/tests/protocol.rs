//! The built server, as an editor speaks to it.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test reads and writes files, and stops where it stands"
)]

use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const SCHEMA: &str = "\
type Customer {
  name: optional Text, private
  vip: YesNo
}

input customer: Customer

action greet { text: Text }
";

const POLICIES: &str = "\
policy \"Greet VIPs\"
  always greet with text: \"Hello, {customer.name}!\"
  when customer.vip is yes and customer.name is known

example \"A VIP\"
  given now is 2026-11-23T10:00:00Z
  given customer is Customer { name: \"Ömer 😀\", vip: yes }
  expect greet with text: \"Hello, Ömer 😀!\"
";

/// An editor: a server with a folder open in it.
struct Editor {
    folder: TempDir,
    server: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    count: i64,
    /// What came unasked.
    heard: Vec<Value>,
}

impl Editor {
    fn open(files: &[(&str, &str)]) -> Editor {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let mut server = Command::new(env!("CARGO_BIN_EXE_courtesy-lsp"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let to = server.stdin.take();
        let from = BufReader::new(server.stdout.take().unwrap());
        let mut editor = Editor {
            folder,
            server,
            to,
            from,
            count: 0,
            heard: Vec::new(),
        };
        let root = editor.uri("");
        let answer = editor.ask(
            "initialize",
            json!({ "processId": null, "capabilities": {}, "workspaceFolders": [{ "uri": root, "name": "shop" }] }),
        );
        assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
        editor.tell("initialized", json!({}));
        editor
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.folder.path().join(name).display())
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    fn send_bytes(&mut self, bytes: &[u8]) {
        let to = self.to.as_mut().unwrap();
        // A server that has ended is noticed by what it answers.
        let _ = to.write_all(bytes).and_then(|()| to.flush());
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The result of a request; what comes unasked before it is kept.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.ask_for_all(method, params);
        assert!(answer.get("error").is_none(), "{answer:#}");
        answer["result"].clone()
    }

    fn ask_for_all(&mut self, method: &str, params: Value) -> Value {
        self.count += 1;
        let id = self.count;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.hear().expect("an answer");
            if message["id"] == id {
                return message;
            }
            self.heard.push(message);
        }
    }

    fn hear(&mut self) -> Option<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.from.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            match line.trim_end().split_once(": ") {
                Some(("Content-Length", count)) => length = count.parse().unwrap(),
                Some(_) => {}
                None => break,
            }
        }
        let mut bytes = vec![0; length];
        self.from.read_exact(&mut bytes).unwrap();
        Some(serde_json::from_slice(&bytes).unwrap())
    }

    /// The problems that are shown next for a file.
    fn problems(&mut self, name: &str) -> Vec<Value> {
        let uri = self.uri(name);
        loop {
            let message = match self.heard.is_empty() {
                false => self.heard.remove(0),
                true => self.hear().expect("problems"),
            };
            let params = &message["params"];
            if message["method"] == "textDocument/publishDiagnostics" && params["uri"] == *uri {
                return params["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    fn opens(&mut self, name: &str, text: &str) {
        let uri = self.uri(name);
        self.tell(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": uri, "languageId": "courtesy", "version": 1, "text": text } }),
        );
    }

    fn types(&mut self, name: &str, text: &str) {
        let uri = self.uri(name);
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": text }] }),
        );
    }

    /// Asks for the place where a part of a text begins, and some characters on.
    fn ask_at(
        &mut self,
        method: &str,
        name: &str,
        text: &str,
        (part, on): (&str, u64),
        more: Value,
    ) -> Value {
        let mut params =
            json!({ "textDocument": { "uri": self.uri(name) }, "position": place(text, part, on) });
        for (key, value) in more.as_object().unwrap() {
            params[key] = value.clone();
        }
        self.ask(method, params)
    }

    fn leaves(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        assert!(self.server.wait().unwrap().success());
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn place(text: &str, part: &str, on: u64) -> Value {
    let byte = text.find(part).unwrap();
    let line = text[..byte].matches('\n').count();
    let start = text[..byte].rfind('\n').map_or(0, |end| end + 1);
    json!({ "line": line, "character": text[start..byte].encode_utf16().count() as u64 + on })
}

fn shop() -> Editor {
    Editor::open(&[("schema.courtesy", SCHEMA), ("policies.courtesy", POLICIES)])
}

#[test]
fn problems_come_as_one_types_for_the_whole_package_and_go_again() {
    let mut editor = shop();
    editor.opens("policies.courtesy", POLICIES);
    assert_eq!(editor.problems("policies.courtesy"), [] as [Value; 0]);
    editor.types(
        "policies.courtesy",
        &POLICIES.replace("customer.vip", "customer.vop"),
    );
    let problems = editor.problems("policies.courtesy");
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert_eq!(problems[0]["code"], "unknown-field");
    assert_eq!(
        problems[0]["range"]["start"],
        json!({ "line": 2, "character": 16 })
    );
    // A mistake in one file shows where it matters in another.
    editor.types("policies.courtesy", POLICIES);
    assert_eq!(editor.problems("policies.courtesy"), [] as [Value; 0]);
    editor.opens(
        "schema.courtesy",
        &SCHEMA.replace("vip: YesNo", "vip: Number"),
    );
    let problems = editor.problems("policies.courtesy");
    assert!(
        problems.iter().any(|one| one["code"] == "type-mismatch"),
        "{problems:#?}"
    );
    let uri = editor.uri("schema.courtesy");
    editor.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": uri } }),
    );
    assert_eq!(editor.problems("policies.courtesy"), [] as [Value; 0]);
    editor.leaves();
}

#[test]
fn names_are_shown_found_and_renamed_over_files() {
    let mut editor = shop();
    let file = "policies.courtesy";
    let hover = editor.ask_at(
        "textDocument/hover",
        file,
        POLICIES,
        ("vip is yes", 1),
        json!({}),
    );
    assert_eq!(
        hover["contents"]["value"],
        "```courtesy\nCustomer.vip: YesNo\n```"
    );
    let declared = editor.ask_at(
        "textDocument/definition",
        file,
        POLICIES,
        ("vip is yes", 0),
        json!({}),
    );
    assert_eq!(declared["uri"], *editor.uri("schema.courtesy"));
    assert_eq!(
        declared["range"]["start"],
        json!({ "line": 2, "character": 2 })
    );
    let uses = json!({ "context": { "includeDeclaration": true } });
    let uses = editor.ask_at(
        "textDocument/references",
        file,
        POLICIES,
        ("vip is yes", 0),
        uses,
    );
    assert_eq!(uses.as_array().unwrap().len(), 3);
    let new = json!({ "newName": "important" });
    let renamed = editor.ask_at(
        "textDocument/rename",
        file,
        POLICIES,
        ("vip is yes", 0),
        new,
    );
    let changes = &renamed["changes"];
    assert_eq!(
        changes[editor.uri("schema.courtesy")][0]["newText"],
        "important = \"vip\""
    );
    assert_eq!(changes[editor.uri(file)].as_array().unwrap().len(), 2);
    let taken = json!({
        "textDocument": { "uri": editor.uri(file) }, "position": place(POLICIES, "vip is yes", 0), "newName": "name",
    });
    let refused = editor.ask_for_all("textDocument/rename", taken);
    assert_eq!(refused["error"]["message"], "`name` is taken already");
    // Characters outside of the first plane count as two.
    let after = editor.ask_at(
        "textDocument/hover",
        file,
        POLICIES,
        ("😀\", vip: yes", 5),
        json!({}),
    );
    assert_eq!(
        after["contents"]["value"],
        "```courtesy\nCustomer.vip: YesNo\n```"
    );
    editor.leaves();
}

#[test]
fn what_fits_is_offered_and_mistakes_are_mended() {
    let mut editor = shop();
    let file = "policies.courtesy";
    let half = format!("{POLICIES}\npolicy \"Half\"\n  never greet\n  when customer.v");
    editor.opens(file, &half);
    let end = json!({ "textDocument": { "uri": editor.uri(file) }, "position": { "line": 11, "character": 17 } });
    let offered = editor.ask("textDocument/completion", end);
    let labels: Vec<&str> = offered
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["label"].as_str().unwrap())
        .collect();
    assert_eq!(labels, ["name", "vip"]);
    assert_eq!(offered[1]["textEdit"]["range"]["start"]["character"], 16);

    let misspelt = POLICIES.replace("customer.vip", "customer.vipp");
    editor.types(file, &misspelt);
    let asked = json!({
        "textDocument": { "uri": editor.uri(file) }, "context": { "diagnostics": [] },
        "range": { "start": place(&misspelt, "vipp", 0), "end": place(&misspelt, "vipp", 2) },
    });
    let fixes = editor.ask("textDocument/codeAction", asked);
    assert_eq!(fixes[0]["title"], "Write `vip`", "{fixes:#}");
    let change = &fixes[0]["edit"]["changes"][editor.uri(file)][0];
    assert_eq!(
        (&change["newText"], &change["range"]["start"]["character"]),
        (&json!("vip"), &json!(16))
    );
    editor.leaves();
}

#[test]
fn files_are_laid_out_outlined_and_coloured() {
    let mut editor = shop();
    let file = "policies.courtesy";
    let loose = POLICIES.replace("  always", "      always");
    editor.opens(file, &loose);
    let document = json!({ "textDocument": { "uri": editor.uri(file) }, "options": { "tabSize": 2, "insertSpaces": true } });
    let edits = editor.ask("textDocument/formatting", document.clone());
    assert_eq!(edits[0]["newText"], POLICIES);
    let outline = editor.ask("textDocument/documentSymbol", document.clone());
    let names: Vec<&Value> = outline
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(names, ["Greet VIPs", "A VIP"]);
    let tokens = editor.ask("textDocument/semanticTokens/full", document);
    let data = tokens["data"].as_array().unwrap();
    assert!(data.len() >= 50 && data.len().is_multiple_of(5), "{tokens}");
    editor.leaves();
}

#[test]
fn an_example_runs_from_its_button() {
    let mut editor = shop();
    let file = "policies.courtesy";
    let document = json!({ "textDocument": { "uri": editor.uri(file) } });
    let lenses = editor.ask("textDocument/codeLens", document);
    let command = &lenses[0]["command"];
    assert_eq!(command["title"], "Run example");
    let run = json!({ "command": command["command"], "arguments": command["arguments"] });
    let ran = editor.ask("workspace/executeCommand", run.clone());
    assert_eq!(ran, json!({ "passed": true, "text": "passed: A VIP" }));
    editor.opens(file, &POLICIES.replace("Hello, {", "Hi, {"));
    let ran = editor.ask("workspace/executeCommand", run);
    assert_eq!(ran["passed"], false);
    assert!(
        ran["text"]
            .as_str()
            .unwrap()
            .starts_with("failed: A VIP: expected greet"),
        "{ran}"
    );
    let shown = editor
        .heard
        .iter()
        .filter(|one| one["method"] == "window/showMessage")
        .count();
    assert_eq!(shown, 2);
    editor.leaves();
}

#[test]
fn what_cannot_be_understood_is_answered_and_changes_nothing() {
    let mut editor = shop();
    let file = editor.uri("policies.courtesy");
    let unknown = editor.ask_for_all("courtesy/dance", json!({}));
    assert_eq!(unknown["error"]["code"], -32601);
    for params in [
        json!({}),
        json!([1]),
        json!({ "textDocument": 7 }),
        Value::Null,
    ] {
        let answer = editor.ask_for_all("textDocument/hover", params);
        assert_eq!(answer["error"]["code"], -32602, "{answer}");
    }
    let far = json!({ "line": 4_000_000_000_u32, "character": 4_000_000_000_u32 });
    for uri in [
        file.as_str(),
        "file:///nowhere/a.courtesy",
        "untitled:1",
        "file://%zz",
    ] {
        let params = json!({ "textDocument": { "uri": uri }, "position": far });
        assert!(editor.ask_for_all("textDocument/hover", params)["result"].is_null());
    }
    let backwards = json!({ "textDocument": { "uri": file, "version": 2 }, "contentChanges": [
        { "range": { "start": { "line": 9, "character": 9 }, "end": { "line": 0, "character": 0 } }, "text": "x" },
    ] });
    editor.tell("textDocument/didChange", backwards);
    editor.tell("textDocument/didOpen", json!({ "nothing": "here" }));
    editor.leaves();
}

#[test]
fn a_broken_stream_ends_the_server_without_a_crash() {
    for garbage in [
        "Content-Length: 5\r\n\r\nnot j",
        "\u{0}\u{1}garbage\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
    ] {
        let mut editor = shop();
        editor.send_bytes(garbage.as_bytes());
        editor.to = None;
        let code = editor.server.wait().unwrap().code();
        assert!(matches!(code, Some(0 | 2)), "{garbage:?}: {code:?}");
        let mut told = String::new();
        editor
            .server
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut told)
            .unwrap();
        assert!(!told.contains("panicked"), "{told}");
    }
}

/// `cargo test --release -p courtesy-lsp -- --nocapture five_thousand` prints the times.
#[test]
fn five_thousand_lines_are_answered_for_while_one_types() {
    let mut policies = String::new();
    // An unoptimised build on a busy machine says nothing about speed; there, a tenth shows that it works.
    let count = if cfg!(debug_assertions) { 100 } else { 1_000 };
    for number in 0..count {
        write!(
            policies,
            "policy \"Number {number}\"\n  always greet with text: \"Hello, {{customer.name}}!\"\n  when customer.vip is yes\n   and customer.name is known\n\n"
        )
        .unwrap();
    }
    assert_eq!(policies.lines().count(), 5 * count);
    let mut editor = Editor::open(&[
        ("schema.courtesy", SCHEMA),
        ("policies.courtesy", &policies),
    ]);
    editor.opens("policies.courtesy", &policies);
    editor.problems("policies.courtesy");
    let mut slowest = Duration::ZERO;
    for (method, more) in [
        ("textDocument/hover", json!({})),
        ("textDocument/completion", json!({})),
        (
            "textDocument/references",
            json!({ "context": { "includeDeclaration": true } }),
        ),
    ] {
        // Each after a keystroke, so that nothing is known from before.
        policies.push('\n');
        editor.types("policies.courtesy", &policies);
        let start = Instant::now();
        editor.ask_at(
            method,
            "policies.courtesy",
            &policies,
            ("vip is yes", 2),
            more,
        );
        let took = start.elapsed();
        eprintln!("{method}: {took:?}");
        slowest = slowest.max(took);
    }
    assert!(
        cfg!(debug_assertions) || slowest < Duration::from_millis(100),
        "{slowest:?}"
    );
    editor.leaves();
}
