//! What a power failure would leave: the rules of the order of calls.
//!
//! A file is flushed after its last write and before it gets its final name; after that, and after a folder is
//! made, the folder above it is flushed.

use super::faults::Call;
use std::path::Path;

/// The rules that the calls of a whole run break.
pub(super) fn flaws(calls: &[Call]) -> Vec<String> {
    let mut flaws = Vec::new();
    for (place, call) in calls.iter().enumerate() {
        let (before, after) = calls.split_at(place);
        match call.what.as_str() {
            "rename" => {
                if !is_flushed(before, &call.path) {
                    flaws.push(format!(
                        "{} is renamed before it is flushed",
                        call.path.display()
                    ));
                }
                if !folder_is_flushed(after, &call.to) {
                    flaws.push(format!(
                        "{} is renamed, its folder not flushed",
                        call.to.display()
                    ));
                }
            }
            "mkdir" if !folder_is_flushed(after, &call.path) => {
                flaws.push(format!(
                    "{} is made, its folder not flushed",
                    call.path.display()
                ));
            }
            _ => {}
        }
    }
    flaws
}

/// Whether a flush is the last thing that happened to a file.
fn is_flushed(before: &[Call], path: &Path) -> bool {
    let last = before.iter().rev().find(|call| call.path == path);
    last.is_some_and(|call| call.what == "fsync")
}

fn folder_is_flushed(after: &[Call], path: &Path) -> bool {
    let is_flush = |call: &Call| call.what == "fsync" && Some(call.path.as_path()) == path.parent();
    after.iter().any(is_flush)
}

#[cfg(test)]
mod tests {
    use super::super::faults::Call;
    use super::flaws;

    fn calls(list: &[(&str, &str, &str)]) -> Vec<Call> {
        let numbered = (1..).zip(list);
        let call = |(number, (what, path, to)): (u64, &(&str, &str, &str))| Call {
            number,
            what: what.to_string(),
            path: path.into(),
            to: to.into(),
        };
        numbered.map(call).collect()
    }

    #[test]
    fn each_rule_is_seen_broken() {
        let (write, flush) = (("write", "/f/.a", ""), ("fsync", "/f/.a", ""));
        let (rename, folder) = (("rename", "/f/.a", "/f/a"), ("fsync", "/f", ""));
        assert!(flaws(&calls(&[write, flush, rename, folder])).is_empty());
        assert_eq!(flaws(&calls(&[flush, write, rename, folder])).len(), 1);
        assert_eq!(flaws(&calls(&[write, flush, rename])).len(), 1);
        assert_eq!(flaws(&calls(&[folder, ("mkdir", "/f/b", "")])).len(), 1);
        assert!(flaws(&calls(&[("mkdir", "/f/b", ""), folder])).is_empty());
    }
}
