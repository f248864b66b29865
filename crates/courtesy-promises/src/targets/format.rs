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
        before.has_errors(),
        after.has_errors(),
        "only one of the two checks:\n{formatted}"
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
