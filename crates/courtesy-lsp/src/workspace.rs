//! Which files belong to one package, and what stands in them: on the disk, or as they are being typed.
//!
//! A package is a folder with everything below it. For a file it is the outermost of the folders around it that hold
//! policy files themselves, without a gap and no further out than the folder that the editor has open.

#![expect(
    clippy::disallowed_methods,
    reason = "a language server reads the files of its folder"
)]

use courtesy::ide::Analysis;
use courtesy::limits::FILE_BYTES;
use lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// What stays as it is in the path of an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'.')
    .remove(b'-')
    .remove(b'_')
    .remove(b'~');

/// A package that is open.
pub(crate) struct Open {
    pub(crate) folder: PathBuf,
    pub(crate) analysis: Analysis,
}

impl Open {
    /// The path of a file of the package.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A file's name in the package.
    pub(crate) fn name(&self, path: &Path) -> Option<String> {
        let relative = path.strip_prefix(&self.folder).ok()?;
        Some(relative.to_str()?.replace('\\', "/"))
    }
}

/// The folders that the editor has open, and the files it holds.
#[derive(Default)]
pub(crate) struct Workspace {
    roots: Vec<PathBuf>,
    typed: BTreeMap<PathBuf, String>,
    packages: BTreeMap<PathBuf, Open>,
}

impl Workspace {
    pub(crate) fn new(roots: Vec<PathBuf>) -> Workspace {
        Workspace {
            roots,
            ..Workspace::default()
        }
    }

    /// Takes in what is being typed into a file.
    pub(crate) fn set(&mut self, path: PathBuf, text: String) {
        self.forget(&path);
        self.typed.insert(path, text);
    }

    /// From here on the file is what stands on the disk.
    pub(crate) fn close(&mut self, path: &Path) {
        self.forget(path);
        self.typed.remove(path);
    }

    /// Something may have changed on the disk.
    pub(crate) fn forget(&mut self, path: &Path) {
        self.packages.retain(|folder, _| !path.starts_with(folder));
    }

    /// What is typed into a file, where it is open.
    pub(crate) fn text(&self, path: &Path) -> Option<&String> {
        self.typed.get(path)
    }

    /// The files that are open.
    pub(crate) fn open_files(&self) -> impl Iterator<Item = &Path> {
        self.typed.keys().map(PathBuf::as_path)
    }

    /// The package that a file belongs to, checked as it stands now.
    pub(crate) fn package(&mut self, path: &Path) -> Option<&Open> {
        let folder = self.folder_of(path)?;
        if !self.packages.contains_key(&folder) {
            let analysis = Analysis::new(self.files(&folder));
            let open = Open {
                folder: folder.clone(),
                analysis,
            };
            self.packages.insert(folder.clone(), open);
        }
        self.packages.get(&folder)
    }

    fn folder_of(&self, path: &Path) -> Option<PathBuf> {
        let own = path.parent()?;
        let root = self
            .roots
            .iter()
            .filter(|root| own.starts_with(root))
            .max_by_key(|root| root.components().count());
        let Some(root) = root else {
            return Some(own.to_path_buf());
        };
        let outer = own
            .ancestors()
            .skip(1)
            .take_while(|folder| folder.starts_with(root));
        let outermost = outer
            .take_while(|folder| self.holds_policies(folder))
            .last();
        Some(outermost.unwrap_or(own).to_path_buf())
    }

    fn holds_policies(&self, folder: &Path) -> bool {
        let typed = self.typed.keys().any(|path| path.parent() == Some(folder));
        typed || names_in(folder).any(|path| is_policy_file(&path))
    }

    /// The files of a package: what is typed goes before what is saved.
    fn files(&self, folder: &Path) -> Vec<(String, String)> {
        let mut paths = Vec::new();
        find(folder, &mut paths);
        paths.extend(
            self.typed
                .keys()
                .filter(|path| path.starts_with(folder))
                .cloned(),
        );
        paths.sort();
        paths.dedup();
        let named = paths.iter().filter_map(|path| {
            let name = path.strip_prefix(folder).ok()?.to_str()?.replace('\\', "/");
            Some((name, self.typed.get(path).cloned().or_else(|| read(path))?))
        });
        named.collect()
    }
}

fn read(path: &Path) -> Option<String> {
    let size = fs::metadata(path).ok()?.len();
    if size > FILE_BYTES as u64 {
        return None;
    }
    fs::read_to_string(path).ok()
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in names_in(folder) {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        // Links are not followed, so that no folder can contain itself.
        let is_folder = path.symlink_metadata().is_ok_and(|found| found.is_dir());
        if is_folder && !hidden {
            find(&path, found);
        } else if is_policy_file(&path) && path.is_file() {
            found.push(path);
        }
    }
}

fn names_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.flatten().map(|entry| entry.path())
}

fn is_policy_file(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "courtesy")
}

/// The path of a `file:` address.
pub(crate) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let path = uri.as_str().strip_prefix("file://")?;
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    // On Windows the drive stands behind the first slash.
    let drive = decoded.get(2..3) == Some(":");
    Some(PathBuf::from(if drive {
        decoded.get(1..)?
    } else {
        &decoded
    }))
}

/// The `file:` address of a path.
pub(crate) fn uri_of(path: &Path) -> Option<Uri> {
    let text = path.to_str()?.replace('\\', "/");
    let slash = if text.starts_with('/') { "" } else { "/" };
    let encoded = utf8_percent_encode(&text, PATH);
    Uri::from_str(&format!("file://{slash}{encoded}")).ok()
}

#[cfg(test)]
mod tests {
    use super::{Workspace, path_of, uri_of};
    use std::fs;
    use std::path::Path;

    #[test]
    fn addresses_come_back() {
        for path in ["/a/b c/ü#?.courtesy", "/x.courtesy"] {
            assert_eq!(
                path_of(&uri_of(Path::new(path)).unwrap()).unwrap(),
                Path::new(path)
            );
        }
    }

    #[test]
    fn a_package_ends_where_a_folder_has_no_policies() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path();
        for folder in ["shop/mail", "other/deep/er"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        for file in [
            "shop/a.courtesy",
            "shop/mail/b.courtesy",
            "other/deep/er/c.courtesy",
        ] {
            fs::write(root.join(file), "").unwrap();
        }
        let mut workspace = Workspace::new(vec![root.to_path_buf()]);
        let shop = workspace
            .package(&root.join("shop/mail/b.courtesy"))
            .unwrap();
        assert_eq!(shop.folder, root.join("shop"));
        assert_eq!(shop.analysis.sources().iter().count(), 2);
        let deep = workspace
            .package(&root.join("other/deep/er/c.courtesy"))
            .unwrap();
        assert_eq!(deep.folder, root.join("other/deep/er"));
    }

    #[test]
    fn what_is_typed_goes_before_what_is_saved() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("a.courtesy");
        fs::write(&file, "action greet\n").unwrap();
        let mut workspace = Workspace::new(vec![]);
        let symbols = |workspace: &mut Workspace| {
            let open = workspace.package(&file).unwrap();
            open.analysis
                .symbols()
                .first()
                .map(|symbol| symbol.name.to_string())
        };
        assert_eq!(symbols(&mut workspace).as_deref(), Some("greet"));
        workspace.set(file.clone(), "action call\n".to_string());
        assert_eq!(symbols(&mut workspace).as_deref(), Some("call"));
        workspace.close(&file);
        assert_eq!(symbols(&mut workspace).as_deref(), Some("greet"));
    }
}
