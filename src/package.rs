//! A package from its files: read, checked, and ready to decide.

use crate::ast::Item;
use crate::cost::{Cost, PolicyCost, Sizes};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, in_order};
use crate::engine::{Engine, Observable};
use crate::program::{Examples, Policy, Program};
use crate::schema::Schema;
use crate::source::{FileId, Sources, Span, offset};
use crate::trial::Example;
use crate::{check, compile, conflict, fingerprint, limits, syntax};
use std::sync::Arc;

/// Everything that checking a package found.
#[derive(Clone, Debug)]
pub struct Package {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    left_out: usize,
    program: Arc<Program>,
    examples: Arc<Examples>,
    policy_places: Vec<Span>,
    observable: Arc<Observable>,
    cost: Option<Arc<Cost>>,
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
        let mut size = 0_usize;
        let files = files.into_iter().map(|(name, bytes)| {
            size = size.saturating_add(bytes.len());
            if let Err(error) = std::str::from_utf8(&bytes) {
                let at = error.valid_up_to();
                unreadable.push((name.clone(), at, bytes.get(at).copied()));
            }
            (Arc::from(name), Arc::from(String::from_utf8_lossy(&bytes)))
        });
        let sources = Sources::new(files.collect::<Vec<_>>());
        if size > limits::PACKAGE_BYTES {
            let too_large = too_large(&sources);
            return Package::from_items(&[], sources, too_large.into_iter().collect());
        }
        let (items, mut diagnostics) = syntax::parse(&sources);
        for (name, at, byte) in &unreadable {
            let Some(found) = not_utf8(name, *at, *byte, &sources) else {
                continue;
            };
            // Signs stand for the wrong bytes, so that the rest is read; what they break is not said again.
            let place = found.span();
            diagnostics.retain(|other| !is_behind(other, place));
            diagnostics.push(found);
        }
        Package::from_items(&items, sources, diagnostics)
    }

    fn from_items(items: &[Item], sources: Sources, mut diagnostics: Vec<Diagnostic>) -> Package {
        let (package, examples, found) = check::check(items, &sources);
        diagnostics.extend(found);
        // What has mistakes is never decided by, and need not be known by anything.
        let fingerprint = match has_errors(&diagnostics) {
            true => "".into(),
            false => fingerprint::of(items, &sources),
        };
        let program = compile::compile(&package, fingerprint);
        let examples = compile::compile_examples(&package, &examples);
        let cost = (!has_errors(&diagnostics)).then(|| Arc::new(Cost::of(&program)));
        let places = package.policies.iter().map(|policy| policy.span);
        let costs = cost.iter().flat_map(|cost| cost.policies());
        diagnostics.extend(
            costs
                .zip(places)
                .filter_map(|(cost, span)| too_costly(cost, span)),
        );
        let (diagnostics, left_out) = shown(in_order(diagnostics));
        Package {
            diagnostics,
            left_out,
            cost,
            program: Arc::new(program),
            examples: Arc::new(examples),
            policy_places: package.policies.iter().map(|policy| policy.span).collect(),
            observable: Arc::new(Observable::new(package, sources.clone())),
            sources,
        }
    }

    /// The same with warnings of policies that contradict each other or themselves, where nothing is wrong.
    ///
    /// It takes time of its own, and only those who write policies need it: hosts that load a package to decide by
    /// it do not ask.
    ///
    /// ```
    /// let text = "input age: Number\naction greet\n\
    ///     policy \"Greet nobody\"\n  always greet\n  when age is at least 65 and age is less than 18\n";
    /// let package = courtesy::Package::from_sources([("a.courtesy".to_string(), text.into())]);
    /// assert!(package.diagnostics().is_empty());
    /// assert_eq!(package.advised().diagnostics()[0].code.id(), "never-speaks");
    /// ```
    #[must_use]
    pub fn advised(mut self) -> Package {
        let Some(engine) = self.engine() else {
            return self;
        };
        let advice = conflict::advise(self.observable.package(), &engine);
        self.diagnostics.extend(advice);
        let (diagnostics, left_out) = shown(in_order(std::mem::take(&mut self.diagnostics)));
        self.diagnostics = diagnostics;
        self.left_out = self.left_out.saturating_add(left_out);
        self
    }

    /// What is wrong, by file and place: at most [`limits::DIAGNOSTICS`], errors
    /// before warnings where there are more.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many more things are wrong than [`Package::diagnostics`] holds.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// The files.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Whether anything makes the package unusable.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        has_errors(&self.diagnostics)
    }

    /// How many steps a decision takes at the most; `None` where the package has errors, but for policies that cost
    /// too much.
    #[must_use]
    pub fn cost(&self) -> Option<&Cost> {
        self.cost.as_deref()
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

    /// The same as they are compiled, each with the place of its title.
    pub(crate) fn policies_with_places(&self) -> impl Iterator<Item = (&Policy, Span)> {
        let policies = self.program.policies.iter();
        policies.zip(self.policy_places.iter().copied())
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

    /// The engine that decides by this package, or why there is none. Warnings are lost here where there is one:
    /// look at [`Package::diagnostics`] first.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let file = ("a.courtesy".to_string(), b"action greet".to_vec());
    /// let engine = courtesy::Package::from_sources([file]).into_engine()?;
    /// assert!(engine.policies().next().is_none());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// What is wrong with the package, as text and for miette.
    pub fn into_engine(self) -> Result<Engine, Diagnostics> {
        match self.engine() {
            Some(engine) => Ok(engine),
            None => Err(Diagnostics::new(
                self.diagnostics,
                self.left_out,
                self.sources,
            )),
        }
    }
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|found| found.severity == Severity::Error)
}

/// A policy that takes more steps than a decision may.
fn too_costly(policy: &PolicyCost, span: Span) -> Option<Diagnostic> {
    let sizes = Sizes::default();
    let steps = policy.steps.at(&sizes);
    if steps <= limits::DECISION_STEPS {
        return None;
    }
    let most = policy.steps.costliest_term(&sizes)?;
    let lengths = policy.steps.lengths(&sizes).into_iter();
    let stated: Vec<String> = lengths
        .filter(|(name, _)| most.lengths.contains(name))
        .map(|(name, elements)| format!("{elements} for `{name}`"))
        .collect();
    Some(
        Diagnostic::error(
            Code::TooManySteps,
            span,
            format!(
                "this policy can take more than {} billion steps in one decision: `{most}`, with {}",
                limits::DECISION_STEPS / 1_000_000_000,
                stated.join(" and ")
            ),
        )
        .help(
            "say in the schema how long the lists can be, as in `purchases: list of Purchase, \
             at most 200`, or go through fewer lists inside one another",
        ),
    )
}

/// What is shown of all that is wrong, and how much is left out.
fn shown(mut diagnostics: Vec<Diagnostic>) -> (Vec<Diagnostic>, usize) {
    let left_out = diagnostics.len().saturating_sub(limits::DIAGNOSTICS);
    if left_out > 0 {
        diagnostics.sort_by_key(|found| found.severity);
        diagnostics.truncate(limits::DIAGNOSTICS);
        diagnostics = in_order(diagnostics);
    }
    (diagnostics, left_out)
}

fn too_large(sources: &Sources) -> Option<Diagnostic> {
    let (file, _) = sources.iter().next()?;
    Some(
        Diagnostic::error(
            Code::PackageTooLarge,
            start_of(file),
            format!(
                "the policy files of a package have at most {} bytes together",
                limits::PACKAGE_BYTES
            ),
        )
        .help("split the package into several, each in a folder of its own"),
    )
}

fn start_of(file: FileId) -> Span {
    Span {
        file,
        start: 0,
        end: 0,
    }
}

fn not_utf8(name: &str, at: usize, byte: Option<u8>, sources: &Sources) -> Option<Diagnostic> {
    let (file, _): (FileId, _) = sources.iter().find(|(_, source)| source.name() == name)?;
    let place = Span {
        file,
        start: offset(at),
        end: offset(at.saturating_add(char::REPLACEMENT_CHARACTER.len_utf8())),
    };
    let byte = byte.unwrap_or(0);
    let message = format!("`{name}` is not text in UTF-8");
    Some(
        Diagnostic::error(Code::NotUtf8, place, message)
            .label(format!("the byte {byte:02X} belongs to no character"))
            .help("save the file as UTF-8"),
    )
}

/// Whether a diagnostic is about the same file, at a place or behind it.
fn is_behind(diagnostic: &Diagnostic, place: Option<Span>) -> bool {
    match (diagnostic.span(), place) {
        (Some(span), Some(place)) => span.file == place.file && span.end >= place.start,
        _ => false,
    }
}
