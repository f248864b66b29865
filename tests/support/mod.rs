//! Packages from texts, and their diagnostics as a terminal shows them.

use courtesy::Package;
use courtesy::diagnostic::{Diagnostic, to_report};
use miette::{GraphicalReportHandler, GraphicalTheme};

/// A package of files given by name and text.
pub(crate) fn package<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Package {
    let files = files
        .into_iter()
        .map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()));
    Package::from_sources(files)
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
