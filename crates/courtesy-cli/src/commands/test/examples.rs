//! Tries the examples of the policy files.

use super::{Finding, Kind, Results, Trial};
use crate::files::read_file;
use crate::package::Folder;
use courtesy::source::Span;
use courtesy::{Engine, Example, Package};

/// Tries every example that is wanted.
pub(super) fn run(
    results: &mut Results,
    folder: &Folder,
    package: &Package,
    engine: &Engine,
    wanted: &dyn Fn([&str; 2]) -> bool,
) {
    for example in package.examples() {
        let (file, line) = place(package, example.span());
        if wanted([example.title(), &file]) {
            let failures = try_one(results, folder, package, engine, &example);
            results.trials.push(Trial {
                kind: Kind::Example,
                name: example.title().to_string(),
                file,
                line,
                failures,
            });
        }
    }
}

fn try_one(
    results: &mut Results,
    folder: &Folder,
    package: &Package,
    engine: &Engine,
    example: &Example,
) -> Vec<Finding> {
    let result = example.run(engine, |name| {
        read_file(&folder.path().join(name)).map_err(|failure| failure.to_string())
    });
    if let (Some(coverage), Some(case)) = (&mut results.coverage, &result.case) {
        coverage.add(engine, case);
    }
    let failures = result.failures.into_iter().map(|failure| {
        let (file, line) = place(package, Some(failure.span));
        Finding {
            file,
            line,
            expected: failure.expected,
            found: failure.found,
            is_difference: false,
        }
    });
    failures.collect()
}

/// The file and the line of a place.
pub(super) fn place(package: &Package, span: Option<Span>) -> (String, Option<usize>) {
    let found = span.and_then(|span| Some((span, package.sources().get(span.file)?)));
    match found {
        Some((span, file)) => {
            let line = file.position(span.start as usize).line;
            (file.name().to_string(), Some(line))
        }
        None => (String::new(), None),
    }
}
