//! What stands in a folder, and whether it may stand there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Every file below a folder by its path, with its bytes; folders end with `/`.
pub(super) type Tree = BTreeMap<String, Vec<u8>>;

/// Reads a folder.
pub(super) fn read(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    read_into(folder, "", &mut tree);
    tree
}

fn read_into(folder: &Path, before: &str, tree: &mut Tree) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = format!(
            "{before}{}",
            entry.file_name().to_str().expect("a name in UTF-8")
        );
        if entry.path().is_dir() {
            tree.insert(format!("{name}/"), Vec::new());
            read_into(&entry.path(), &format!("{name}/"), tree);
        } else {
            tree.insert(name, fs::read(entry.path()).expect("a file"));
        }
    }
}

/// Makes the folder hold just this.
pub(super) fn restore(folder: &Path, tree: &Tree) {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).expect("a folder");
    for (name, bytes) in tree {
        let path = folder.join(name);
        if name.ends_with('/') {
            fs::create_dir_all(path).expect("a folder");
        } else {
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, bytes).expect("a file");
        }
    }
}

/// What is wrong with what an unfinished run left; `may_leave` says whether files on their way may stay.
pub(super) fn flaw(before: &Tree, whole: &Tree, found: &Tree, may_leave: bool) -> Option<String> {
    for name in before.keys() {
        if !found.contains_key(name) {
            return Some(format!("`{name}` is gone"));
        }
    }
    for (name, bytes) in found {
        if before.get(name) == Some(bytes) || whole.get(name) == Some(bytes) {
            continue;
        }
        let on_its_way = name.ends_with(".courtesy-partial");
        if on_its_way && may_leave {
            continue;
        }
        return Some(if on_its_way {
            format!("`{name}` is left behind")
        } else {
            format!(
                "`{name}` is neither as before nor whole: {} bytes",
                bytes.len()
            )
        });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Tree, flaw};

    fn tree(files: &[(&str, &str)]) -> Tree {
        let files = files.iter();
        files
            .map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn half_a_file_a_lost_one_and_one_left_behind_are_seen() {
        let (before, whole) = (tree(&[("a", "old")]), tree(&[("a", "new"), ("b", "new")]));
        let of = |files: &[(&str, &str)], may_leave| flaw(&before, &whole, &tree(files), may_leave);
        assert_eq!(of(&[("a", "old")], false), None);
        assert_eq!(of(&[("a", "new"), ("b", "new")], false), None);
        assert!(of(&[], true).unwrap().contains("gone"));
        assert!(of(&[("a", "ne")], true).unwrap().contains("neither"));
        assert!(
            of(&[("a", "old"), ("b", "")], true)
                .unwrap()
                .contains("neither")
        );
        assert_eq!(of(&[("a", "old"), (".b.courtesy-partial", "")], true), None);
        assert!(
            of(&[("a", "old"), (".b.courtesy-partial", "")], false)
                .unwrap()
                .contains("left")
        );
    }
}
