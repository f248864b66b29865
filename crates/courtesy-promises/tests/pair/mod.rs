//! A package as the engine and the reference evaluator read it, and what they make of a case.

use courtesy::diagnostic::Severity;
use courtesy::{CaseOptions, Engine, Package};
use courtesy_promises::reference::{Reference, comparable};
use serde_json::Value as Json;
use std::fs;
use std::path::{Path, PathBuf};

/// A package as both read it.
pub(crate) struct Pair {
    engine: Engine,
    reference: Reference,
}

impl Pair {
    /// The package of these files, which must check.
    pub(crate) fn new(files: &[(String, String)]) -> Pair {
        let sources = files.iter();
        let sources = sources.map(|(name, text)| (name.clone(), text.clone().into_bytes()));
        let package = Package::from_sources(sources);
        let errors = package.diagnostics().iter();
        let errors = errors.filter(|found| found.severity == Severity::Error);
        let errors = errors.map(|found| {
            let span = found.span().expect("a place");
            let text = package.sources().get(span.file).expect("a file").text();
            let line = text[..span.range().start].lines().count();
            format!("{} {line}: {}", found.code.id(), found.message)
        });
        let errors: Vec<String> = errors.collect();
        assert!(errors.is_empty(), "{:?}\n{}", files[0].0, errors.join("\n"));
        Pair {
            engine: package.engine().expect("a package without errors"),
            reference: Reference::new(files).expect("a package"),
        }
    }

    fn fits(&self, case: &str) -> bool {
        let case = self
            .engine
            .read_case(case.as_bytes(), &CaseOptions::default());
        case.is_ok()
    }

    /// What the two make of a case, where they differ.
    pub(crate) fn difference(&self, case: &str) -> Option<String> {
        let options = CaseOptions::default();
        let decision = match self.engine.decide_json(case.as_bytes(), &options) {
            Ok(decision) => decision,
            Err(misfit) => return Some(format!("{case}\ndoes not fit: {misfit}")),
        };
        let engines = comparable(&decision.to_json()).expect("JSON");
        match self.reference.decide_text(case) {
            Err(error) => Some(format!("the reference says: {error}")),
            Ok(text) => {
                let differences = differing(&engines, &comparable(&text).expect("JSON"));
                (!differences.is_empty()).then(|| differences.join("\n"))
            }
        }
    }

    /// The differences over the package's own examples, which all have a case.
    pub(crate) fn examples(&self, folder: &Path, seen: &mut Seen) {
        let without = self.examples_with_a_case(folder, seen);
        assert!(without.is_empty(), "{}", without.join("\n"));
    }

    /// The differences over the package's own examples; why the others have no case.
    pub(crate) fn examples_with_a_case(&self, folder: &Path, seen: &mut Seen) -> Vec<String> {
        let read = |name: &str| fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
        let mut without = Vec::new();
        for (title, case) in self.reference.examples(read) {
            let name = format!("{}: {title}", folder.display());
            match case {
                Ok(case) if self.fits(&case) => seen.look(&name, self.difference(&case)),
                Ok(_) => without.push(format!("{name} does not fit")),
                Err(error) => without.push(format!("{name}: {error}")),
            }
        }
        without
    }
}

/// Where two decisions differ, entry by entry.
fn differing(engines: &Json, references: &Json) -> Vec<String> {
    let mut found = Vec::new();
    let keys = engines.as_object().into_iter().flat_map(|keys| keys.keys());
    for key in keys {
        let (one, other) = (engines[key].clone(), references[key].clone());
        if one == other {
            continue;
        }
        let entries = |list: &Json| list.as_array().cloned().unwrap_or_default();
        let (one, other) = (entries(&one), entries(&other));
        for place in 0..one.len().max(other.len()) {
            let (one, other) = (one.get(place), other.get(place));
            if one != other {
                let shown = |entry: Option<&Json>| entry.map_or("-".into(), Json::to_string);
                let (one, other) = (shown(one), shown(other));
                found.push(format!(
                    "  {key} {place}\n    engine    {one}\n    reference {other}"
                ));
            }
        }
    }
    if found.is_empty() && engines != references {
        found.push(format!("engine    {engines}\nreference {references}"));
    }
    found
}

/// What was tried, and what differed.
#[derive(Default)]
pub(crate) struct Seen {
    tried: usize,
    differences: Vec<String>,
}

impl Seen {
    /// One case more.
    pub(crate) fn look(&mut self, name: &str, difference: Option<String>) {
        self.tried += 1;
        self.differences
            .extend(difference.map(|found| format!("{name}\n{found}")));
    }

    /// Nothing differed, over so many cases at the least.
    pub(crate) fn at_least(&self, tried: usize) {
        assert!(
            self.differences.is_empty(),
            "{}",
            self.differences.join("\n\n")
        );
        assert!(self.tried >= tried, "{} cases only", self.tried);
    }
}

/// The files of a folder whose names end like this, by name.
pub(crate) fn files(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| has_ending(path, ending)).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy();
        (name.to_string(), fs::read_to_string(&path).expect("a text"))
    };
    paths.into_iter().map(read).collect()
}

/// Whether the path ends like this.
pub(crate) fn has_ending(path: &Path, ending: &str) -> bool {
    path.to_string_lossy().ends_with(ending)
}
