//! What is wrong with a package, where, and what to write instead.
//!
//! One type for every pass: a [`Diagnostic`] has a stable [`Code`], a severity,
//! a message in the reader's words, labelled places and a way out. The passes
//! collect them; `report` hands them to miette, `json` writes them for
//! programs. Messages are lower case without a final stop and quote the reader's
//! own text in backticks, cut and made printable by [`quote`].

mod codes;
mod json;
mod list;
mod quote;
mod report;
mod suggest;

pub use codes::{Code, codes, page};
pub use json::to_json;
pub use list::Diagnostics;
pub use quote::{quote, quote_long};
pub use report::{Report, to_report};
pub use suggest::nearest;

use crate::source::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The package cannot be used.
    Error,
    /// The package can be used; this is probably not what was meant.
    Warning,
}

/// A place with what there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What to say about it; may be empty.
    pub text: String,
}

/// A change of the text that mends the mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// What stands there instead.
    pub replacement: String,
}

/// One thing that is wrong with a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of mistake.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where; the first label is the place of the mistake.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
    /// The change of the text that does it, where it is certain.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            labels: vec![Label {
                span,
                text: String::new(),
            }],
            help: None,
            fix: None,
        }
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(code, span, message)
        }
    }

    /// Says something about the place of the mistake.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Diagnostic {
        if let Some(first) = self.labels.first_mut() {
            first.text = text.into();
        }
        self
    }

    /// Points at another place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Says what to write instead of which text.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Diagnostic {
        self.fix = Some(Fix {
            span,
            replacement: replacement.into(),
        });
        self
    }

    /// Says to write a text in place of another, and makes that change unless the text was cut to be shown.
    #[must_use]
    pub fn write(self, span: Span, instead: impl Into<String>) -> Diagnostic {
        let instead = instead.into();
        let said = self.help(format!("write `{instead}`"));
        if instead.contains('…') {
            said
        } else {
            said.fix(span, instead)
        }
    }

    /// The place of the mistake.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

/// Sorts diagnostics by place, drops repetitions.
pub(crate) fn in_order(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|a, b| (a.span(), a.code, &a.message).cmp(&(b.span(), b.code, &b.message)));
    diagnostics.dedup();
    diagnostics
}
