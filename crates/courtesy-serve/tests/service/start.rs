//! What keeps the service from starting.

use super::support::{Folder, Serving, command, command_at};
use std::path::Path;
use std::process::Output;

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = command(folder, arguments).output().unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

fn run_at(folder: &Path, address: &str) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = command_at(folder, address, &[]).output().unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

#[test]
fn a_package_with_errors_is_told_and_ends_with_1() {
    let folder = Folder::of("policy \"x\"\n  never dance\n");
    let (code, told) = run(folder.path(), &[]);
    assert_eq!(code, Some(1), "{told}");
    assert!(
        told.contains("a.courtesy:2:9: `dance` is not an action (unknown-action)"),
        "{told}"
    );
    assert!(
        told.trim_end().ends_with("the package has errors"),
        "{told}"
    );
}

#[test]
fn what_cannot_be_read_or_listened_on_ends_with_2() {
    let nowhere = Path::new("/nowhere/at/all");
    let (code, told) = run(nowhere, &[]);
    assert_eq!(code, Some(2));
    assert!(told.contains("cannot read `/nowhere/at/all`"), "{told}");
    let empty = tempfile::tempdir().unwrap();
    let (code, told) = run(empty.path(), &[]);
    assert_eq!(code, Some(2));
    assert!(told.contains("no `*.courtesy` file in it"), "{told}");
    let first = Serving::readme(&[]);
    let folder = Folder::of("action greet\n");
    let taken = first.address.to_string();
    let (code, told) = run_at(folder.path(), &taken);
    assert_eq!(code, Some(2), "{told}");
    assert!(
        told.contains(&format!("cannot listen on {taken}")),
        "{told}"
    );
}
