//! Where in a value something does not fit: `$.purchases[2].at`, as the library writes it.
//!
//! Steps are written down from the inside out while calls return, so that data which fits pays nothing for them.

use courtesy::Misfit;

/// One step inwards.
#[derive(Debug)]
pub(crate) enum Step {
    Key(String),
    Item(usize),
}

/// What has no form in JSON, and the steps to it from the inside out.
#[derive(Debug)]
pub(crate) struct Unsayable {
    code: &'static str,
    message: String,
    steps: Vec<Step>,
}

impl Unsayable {
    /// Something that JSON cannot say.
    pub(crate) fn new(message: impl Into<String>) -> Unsayable {
        Unsayable::with_code("not-json", message)
    }

    /// The same, under another code.
    pub(crate) fn with_code(code: &'static str, message: impl Into<String>) -> Unsayable {
        Unsayable {
            code,
            message: message.into(),
            steps: Vec::new(),
        }
    }

    /// The same, seen from one step further out.
    pub(crate) fn inside(mut self, step: Step) -> Unsayable {
        self.steps.push(step);
        self
    }

    /// Why the value at `root` does not fit.
    pub(crate) fn misfit(self, root: &str) -> Misfit {
        let mut path = root.to_owned();
        for step in self.steps.iter().rev() {
            push(step, &mut path);
        }
        Misfit {
            code: self.code,
            path,
            message: self.message,
        }
    }
}

fn push(step: &Step, path: &mut String) {
    match step {
        Step::Key(key) if is_plain(key) => {
            path.push('.');
            path.push_str(key);
        }
        Step::Key(key) => {
            path.push('[');
            path.push_str(&serde_json::Value::from(key.as_str()).to_string());
            path.push(']');
        }
        Step::Item(index) => path.push_str(&format!("[{index}]")),
    }
}

fn is_plain(key: &str) -> bool {
    let mut letters = key.chars();
    !key.is_empty() && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
}
