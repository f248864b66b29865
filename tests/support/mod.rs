//! Packages from texts and folders, their engines and cases, and their diagnostics as a terminal shows them.

use courtesy::diagnostic::{Diagnostic, to_report};
use courtesy::{Case, CaseOptions, Engine, Package};
use miette::{GraphicalReportHandler, GraphicalTheme};
use std::fs;
use std::path::{Path, PathBuf};

/// A path of the repository.
pub(crate) fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files of a folder whose names end so, sorted.
pub(crate) fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    files.sort();
    files
}

/// The policy files of a folder, by name.
pub(crate) fn policy_files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = files(folder, ".courtesy").into_iter();
    files
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            (name.to_string(), fs::read(&path).expect("a file"))
        })
        .collect()
}

/// The package of a folder.
pub(crate) fn package_in(folder: &Path) -> Package {
    Package::from_sources(policy_files(folder))
}

/// The engine of a package without errors.
pub(crate) fn engine(package: &Package) -> Engine {
    assert!(!package.has_errors(), "{:?}", package.diagnostics());
    package.engine().expect("an engine")
}

/// A case that fits.
pub(crate) fn case(engine: &Engine, json: &[u8]) -> Case {
    let case = engine.read_case(json, &CaseOptions::default());
    case.expect("a case that fits")
}

/// The engine of the package beside a case, and the case.
pub(crate) fn read_case(path: &Path) -> (Engine, Case) {
    let engine = engine(&package_in(path.parent().expect("a folder")));
    let case = case(&engine, &fs::read(path).expect("a case"));
    (engine, case)
}

/// A package of files given by name and text, with everything that `courtesy check` says of it.
pub(crate) fn package<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Package {
    let files = files
        .into_iter()
        .map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()));
    Package::from_sources(files).advised()
}

/// The codes of a package's diagnostics.
pub(crate) fn codes(package: &Package) -> Vec<&'static str> {
    let found = package.diagnostics().iter();
    found.map(|diagnostic| diagnostic.code.id()).collect()
}

/// The diagnostics of a package, drawn one below the other without colours.
pub(crate) fn drawn(package: &Package) -> String {
    let reports = package.diagnostics().iter();
    reports
        .map(|diagnostic| draw(diagnostic, package))
        .collect::<Vec<_>>()
        .join("\n")
}

fn draw(diagnostic: &Diagnostic, package: &Package) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
        .with_width(80)
        .with_links(false);
    let mut text = String::new();
    let report = to_report(diagnostic, package.sources());
    handler
        .render_report(&mut text, &report)
        .expect("a string takes what is written");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}
