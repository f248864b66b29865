//! Any text through the formatter: what it writes is its own last word, and means what the file meant.

use courtesy::Package;

/// Formats the bytes; what is no UTF-8 is no policy file.
pub fn format(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(formatted) = courtesy::format(text) else {
        return;
    };
    let again = courtesy::format(&formatted).expect("what was formatted can be read");
    assert_eq!(again, formatted, "formatting twice changes more");
    let (before, after) = (package(text), package(&formatted));
    assert_eq!(
        codes(&before),
        codes(&after),
        "other mistakes in\n{formatted}"
    );
    let fingerprint = |package: &Package| {
        package
            .engine()
            .map(|engine| engine.fingerprint().to_string())
    };
    assert_eq!(
        fingerprint(&before),
        fingerprint(&after),
        "another meaning in\n{formatted}"
    );
}

fn package(text: &str) -> Package {
    Package::from_sources([("a.courtesy".to_string(), text.as_bytes().to_vec())])
}

/// The codes of the errors, sorted: places and warnings about ways of writing may change.
fn codes(package: &Package) -> Vec<&'static str> {
    let errors = package.diagnostics().iter();
    let errors = errors.filter(|found| found.severity == courtesy::diagnostic::Severity::Error);
    let mut codes: Vec<&'static str> = errors.map(|found| found.code.id()).collect();
    codes.sort_unstable();
    codes
}
