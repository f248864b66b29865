//! What was measured, kept in `target/results`: the figures as JSON for `table`, the text for `page`.

use serde::{Deserialize, Serialize};
use std::fs;
use std::path::PathBuf;

/// One figure: whose, of what, the value (seconds, unless the part says otherwise), and the ratio to what the part
/// holds it against.
#[derive(Serialize, Deserialize)]
pub struct Figure {
    pub program: String,
    pub of: String,
    pub value: f64,
    pub ratio: f64,
}

/// What a sub-command found out.
pub struct Part {
    pub name: &'static str,
    pub figures: Vec<Figure>,
    pub text: String,
}

impl Part {
    pub fn new(name: &'static str) -> Part {
        Part {
            name,
            figures: Vec::new(),
            text: String::new(),
        }
    }

    pub fn add(&mut self, program: &str, of: &str, value: f64, ratio: f64) {
        self.figures.push(Figure {
            program: program.to_string(),
            of: of.to_string(),
            value,
            ratio,
        });
    }

    /// Prints the text and keeps both.
    pub fn finish(self) {
        print!("{}", self.text);
        let figures = serde_json::to_string_pretty(&self.figures).unwrap();
        keep(&format!("{}.json", self.name), &figures);
        keep(&format!("{}.md", self.name), &self.text);
    }
}

fn folder() -> PathBuf {
    let here = std::env::var_os("COURTESY_BENCH_RESULTS");
    here.map_or_else(|| "target/results".into(), PathBuf::from)
}

fn keep(name: &str, text: &str) {
    fs::create_dir_all(folder()).expect("a folder for the results");
    fs::write(folder().join(name), text).expect("the results can be kept");
}

/// The text of a part, where it was measured.
pub fn text(name: &str) -> Option<String> {
    fs::read_to_string(folder().join(format!("{name}.md"))).ok()
}

/// The figures of a part.
pub fn figures(name: &str) -> Vec<Figure> {
    let path = folder().join(format!("{name}.json"));
    let json = fs::read(&path).unwrap_or_else(|_| panic!("run `{name}` first"));
    serde_json::from_slice(&json).expect("the results are figures")
}
