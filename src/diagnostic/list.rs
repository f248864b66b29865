//! What is wrong with a package that cannot be used, as one error.
//!
//! Input: the diagnostics of a package and its files. Output: an error that a host returns with `?`, prints as
//! plain text, or draws with miette. Invariant: the text of a message is the same here as everywhere else.

use super::{Diagnostic, Report, Severity, to_report};
use crate::source::{Sources, Span};
use std::fmt;

/// Why a package cannot be used: every diagnostic, warnings included.
///
/// `Display` writes each as plain text: its place, the message, what else there is to see, and what to write
/// instead. `Debug` writes the same, so that `main` and `unwrap` show it as it is meant to be read.
/// [`Diagnostics::reports`] are for miette, which draws them beside the text of the files.
///
/// ```
/// use courtesy::Package;
///
/// let text = "action greet\npolicy \"Greet\"\n  always great\n";
/// let package = Package::from_sources([("a.courtesy".to_string(), text.into())]);
/// let wrong = package.into_engine().unwrap_err();
/// assert_eq!(
///     wrong.to_string(),
///     "error: a.courtesy:3:10: `great` is not an action (unknown-action)\n  help: did you mean `greet`?"
/// );
/// ```
pub struct Diagnostics {
    diagnostics: Vec<Diagnostic>,
    left_out: usize,
    sources: Sources,
}

impl Diagnostics {
    pub(crate) fn new(
        diagnostics: Vec<Diagnostic>,
        left_out: usize,
        sources: Sources,
    ) -> Diagnostics {
        Diagnostics {
            diagnostics,
            left_out,
            sources,
        }
    }

    /// The diagnostics, by file and place.
    #[must_use]
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many more things are wrong than these.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// The files that they speak about.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Each diagnostic with the text that it speaks about, fit for miette's handlers.
    pub fn reports(&self) -> impl Iterator<Item = Report> {
        self.diagnostics
            .iter()
            .map(|diagnostic| to_report(diagnostic, &self.sources))
    }

    fn place(&self, span: Span) -> String {
        self.sources
            .get(span.file)
            .map_or_else(String::new, |file| {
                let at = file.position(span.start as usize);
                format!("{}:{}:{}: ", file.name(), at.line, at.column)
            })
    }

    fn write_one(
        &self,
        diagnostic: &Diagnostic,
        formatter: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let place = diagnostic
            .span()
            .map_or_else(String::new, |span| self.place(span));
        let (message, code) = (&diagnostic.message, diagnostic.code.id());
        write!(formatter, "{severity}: {place}{message} ({code})")?;
        for label in diagnostic
            .labels
            .iter()
            .filter(|label| !label.text.is_empty())
        {
            write!(formatter, "\n  {}{}", self.place(label.span), label.text)?;
        }
        match &diagnostic.help {
            Some(help) => write!(formatter, "\n  help: {}", help.replace('\n', "\n  ")),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            self.write_one(diagnostic, formatter)?;
        }
        match self.left_out {
            0 => Ok(()),
            more => write!(formatter, "\nand {more} more"),
        }
    }
}

impl fmt::Debug for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Diagnostics {}
