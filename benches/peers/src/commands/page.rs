//! `page`: the kept parts, written between the markers of Markdown files.
//!
//! A part stands between `<!-- begin NAME -->` and `<!-- end NAME -->`. A marker without its part, or without its end,
//! stops the run before anything is written.

use crate::results;
use std::fs;
use std::path::Path;

/// Brings files up to date.
pub fn run(files: &[&str]) {
    let pages: Vec<_> = files
        .iter()
        .map(|file| {
            let old = fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
            let new = filled(&old).unwrap_or_else(|error| panic!("{file}: {error}"));
            (file, new)
        })
        .collect();
    for (file, new) in pages {
        let beside = Path::new(file).with_extension("md.new");
        fs::write(&beside, new).expect("room for the page");
        fs::rename(&beside, file).expect("the page can be replaced");
    }
}

/// The page with the parts as they were measured last.
fn filled(page: &str) -> Result<String, String> {
    const BEGIN: &str = "<!-- begin ";
    let mut out = String::new();
    let mut rest = page;
    while let Some(place) = rest.find(BEGIN) {
        let after = &rest[place + BEGIN.len()..];
        let name = after.split_once(" -->").ok_or("a marker without an end")?.0;
        let end = format!("<!-- end {name} -->");
        let until = after
            .find(&end)
            .ok_or_else(|| format!("`{end}` is missing"))?;
        let text = results::text(name).ok_or_else(|| format!("`{name}` was not measured"))?;
        out.push_str(&rest[..place]);
        out.push_str(&format!("{BEGIN}{name} -->\n{}\n{end}", text.trim_end()));
        rest = &after[until + end.len()..];
    }
    out.push_str(rest);
    Ok(out)
}
