//! Any text, as one policy file: the parser ends, and every place that it names lies in the file.

use super::said;
use courtesy::source::Sources;
use std::sync::Arc;

/// Reads the bytes as a policy file; what is no UTF-8 is left to `check`.
pub fn parse(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let sources = Sources::new([(Arc::from("a.courtesy"), Arc::from(text))]);
    let (_, diagnostics) = courtesy::parse(&sources);
    said::hold(&diagnostics, &sources);
}
