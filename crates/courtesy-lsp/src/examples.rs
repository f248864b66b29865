//! Runs the examples of a package, for the buttons beside them.

#![expect(
    clippy::disallowed_methods,
    reason = "an example may name a file of its package"
)]

use crate::workspace::Open;
use courtesy::Package;
use std::fs;
use std::path::Path;

/// What came of an example, in words for a message.
pub(crate) struct Ran {
    pub(crate) passed: bool,
    pub(crate) text: String,
}

/// Runs the example of that title.
pub(crate) fn run(open: &Open, title: &str) -> Ran {
    let files = open
        .analysis
        .sources()
        .iter()
        .map(|(_, file)| (file.name().to_string(), file.text().as_bytes().to_vec()));
    let package = Package::from_sources(files.collect::<Vec<_>>());
    let failed = |text: String| Ran {
        passed: false,
        text,
    };
    let Some(engine) = package.engine() else {
        return failed("the package has mistakes; mend them first".to_string());
    };
    let Some(example) = package.examples().find(|example| example.title() == title) else {
        return failed(format!("there is no example `{title}`"));
    };
    let result = example.run(&engine, |name| read(&open.folder, name));
    if result.failures.is_empty() {
        return Ran {
            passed: true,
            text: format!("passed: {title}"),
        };
    }
    let told: Vec<String> = result
        .failures
        .iter()
        .map(|failure| {
            format!(
                "expected {}, found {}",
                failure.expected,
                failure.found.join(", ")
            )
        })
        .collect();
    failed(format!("failed: {title}: {}", told.join("; ")))
}

/// A file that an example names; the checker has made sure that it lies below the package's folder.
fn read(folder: &Path, name: &str) -> Result<Vec<u8>, String> {
    fs::read(folder.join(name)).map_err(|error| error.to_string())
}
