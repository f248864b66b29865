//! A package from its files: read, checked, and ready to decide.

use crate::ast::Item;
use crate::diagnostic::{Code, Diagnostic, Severity, in_order};
use crate::engine::{Engine, Observable};
use crate::program::{Examples, Program};
use crate::schema::Schema;
use crate::source::{FileId, Sources, Span};
use crate::trial::Example;
use crate::{check, compile, fingerprint, syntax};
use std::sync::Arc;

/// Everything that checking a package found.
#[derive(Clone, Debug)]
pub struct Package {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    program: Arc<Program>,
    examples: Arc<Examples>,
    policy_places: Vec<Span>,
    observable: Arc<Observable>,
}

impl Package {
    /// Reads and checks the files of a package: a name and the bytes of each, in
    /// any order. Never fails: what is wrong is among the diagnostics.
    ///
    /// ```
    /// let file = ("a.courtesy".to_string(), b"action greet".to_vec());
    /// let package = courtesy::Package::from_sources([file]);
    /// assert!(!package.has_errors());
    /// ```
    #[must_use]
    pub fn from_sources(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Package {
        let mut unreadable = Vec::new();
        let files = files.into_iter().map(|(name, bytes)| {
            let text = String::from_utf8(bytes).unwrap_or_else(|_| {
                unreadable.push(name.clone());
                String::new()
            });
            (Arc::from(name), Arc::from(text))
        });
        let sources = Sources::new(files.collect::<Vec<_>>());
        let (items, mut diagnostics) = syntax::parse(&sources);
        diagnostics.extend(
            unreadable
                .iter()
                .filter_map(|name| not_utf8(name, &sources)),
        );
        Package::from_items(&items, sources, diagnostics)
    }

    fn from_items(items: &[Item], sources: Sources, mut diagnostics: Vec<Diagnostic>) -> Package {
        let (package, examples, found) = check::check(items, &sources);
        diagnostics.extend(found);
        let program = compile::compile(&package, fingerprint::of(items, &sources));
        let examples = compile::compile_examples(&package, &examples);
        Package {
            diagnostics: in_order(diagnostics),
            program: Arc::new(program),
            examples: Arc::new(examples),
            policy_places: package.policies.iter().map(|policy| policy.span).collect(),
            observable: Arc::new(Observable::new(package, sources.clone())),
            sources,
        }
    }

    /// What is wrong, by file and place.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The files.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Whether anything makes the package unusable.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|found| found.severity == Severity::Error)
    }

    /// What the host's data must look like.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.program.schema
    }

    /// The titles of the policies, sorted.
    pub fn policies(&self) -> impl Iterator<Item = &str> {
        self.program.policies.iter().map(|policy| &*policy.title)
    }

    /// The same, each with the place of its title.
    pub(crate) fn policies_with_places(&self) -> impl Iterator<Item = (&str, Span)> {
        self.policies().zip(self.policy_places.iter().copied())
    }

    /// The examples, by their places in the files. Where the package has errors, some may be left out.
    pub fn examples(&self) -> impl Iterator<Item = Example> {
        Example::all(&self.examples)
    }

    /// The engine that decides by this package; `None` where it has errors.
    #[must_use]
    pub fn engine(&self) -> Option<Engine> {
        (!self.has_errors())
            .then(|| Engine::new(self.program.clone(), Some(self.observable.clone())))
    }
}

fn not_utf8(name: &str, sources: &Sources) -> Option<Diagnostic> {
    let (file, _): (FileId, _) = sources.iter().find(|(_, source)| source.name() == name)?;
    let span = Span {
        file,
        start: 0,
        end: 0,
    };
    Some(
        Diagnostic::error(
            Code::NotUtf8,
            span,
            format!("`{name}` is not text in UTF-8"),
        )
        .help("save the file as UTF-8"),
    )
}
