//! The page of promises, made of the results file: a paragraph for each promise, with the figures of its job.

mod words;

use serde_json::Value as Json;
use std::fmt::Write as _;

/// The page.
#[must_use]
pub fn page(results: &Json) -> String {
    let mut page = String::from(words::HEAD);
    for promise in &words::PROMISES {
        let job = Figures(&results[promise.job]);
        let _ = write!(
            page,
            "\n## {}\n\n{}\n\n{}\n",
            promise.title,
            promise.text,
            job.line(promise.job)
        );
        for line in (promise.more)(&job) {
            let _ = writeln!(page, "{line}");
        }
    }
    page.push_str(words::FOUND);
    page
}

/// What the results file says of one job.
struct Figures<'r>(&'r Json);

impl Figures<'_> {
    fn line(&self, job: &str) -> String {
        let number = |key: &str| grouped(self.0[key].as_u64().unwrap_or(0));
        let version = |key: &str| {
            self.0["versions"][key]
                .as_str()
                .unwrap_or("none")
                .to_string()
        };
        format!(
            "`{job}`: {} cases, {} failures; seed {}, Courtesy {}, time zones {}.",
            number("cases"),
            number("failures"),
            number("seed"),
            version("courtesy"),
            version("time zones")
        )
    }

    fn figure(&self, name: &str) -> u64 {
        self.0["figures"][name].as_u64().unwrap_or(0)
    }

    /// The figures whose names begin so, without that beginning.
    fn starting(&self, head: &str) -> Vec<(String, u64)> {
        let figures = self.0["figures"].as_object().into_iter().flatten();
        let figures = figures.filter_map(|(name, figure)| {
            Some((name.strip_prefix(head)?.to_string(), figure.as_u64()?))
        });
        figures.collect()
    }

    /// One figure as percents of another.
    fn percent(&self, part: &str, whole: &str) -> String {
        percent(self.figure(part), self.figure(whole))
    }
}

fn percent(part: u64, whole: u64) -> String {
    let tenths = part * 1_000 / whole.max(1);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// A number with its thousands apart.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
