//! `courtesy explain`: the page of a diagnostic.

use crate::outcome::{Failure, Outcome};
use crate::report;
use courtesy::diagnostic::{codes, nearest, page};

/// Explains the code of a problem, or lists all codes
#[derive(clap::Args)]
#[command(after_help = "Example:\n  courtesy explain\n  courtesy explain unknown-name")]
pub(crate) struct Explain {
    /// The code, as it stands in a message; without it all codes are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

impl Explain {
    /// Runs the command.
    ///
    /// # Errors
    /// When there is no such code or stdout cannot be written.
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        let text = match &self.code {
            None => list(),
            Some(code) => page(code).ok_or_else(|| unknown(code))?.to_string(),
        };
        report::print(&text)?;
        Ok(Outcome::Well)
    }
}

fn list() -> String {
    let width = codes().map(|(code, _)| code.len()).max().unwrap_or(0);
    codes()
        .map(|(code, title)| format!("{code:width$}  {title}\n"))
        .collect()
}

fn unknown(code: &str) -> Failure {
    let advice = match nearest(code, codes().map(|(known, _)| known)) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "`courtesy explain` lists all codes".to_string(),
    };
    Failure::new(format!("no such code: `{code}`; {advice}"))
}
