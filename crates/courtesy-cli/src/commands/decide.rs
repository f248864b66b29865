//! `courtesy decide`: one case, one decision.

use super::Format;
use crate::clock::{parse_now, take_clock};
use crate::files::{InputFile, parse_input, read_file_or_stdin, read_inputs, shown};
use crate::outcome::{Failure, Outcome};
use crate::{package, report};
use courtesy::value::Timestamp;
use courtesy::{CaseOptions, Decision, Engine, Misfit};
use std::path::PathBuf;

/// Decides one case
///
/// The decision goes to stdout. `now` is taken from the case, else from --now, else
/// from the clock, which is then said on stderr. Exits with 1 when the package has
/// errors, 2 when the case cannot be read or does not fit.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  courtesy decide examples/cdnow --case case.json --now 1998-07-01T00:00:00Z\n  courtesy decide examples/cdnow --case - --format human < case.json"
)]
pub(crate) struct Decide {
    /// Folder of the package
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,

    /// The case, one JSON object; `-` reads stdin
    #[arg(long, value_name = "FILE")]
    case: PathBuf,

    /// The moment to decide for, where the case has none
    #[arg(long, value_name = "INSTANT", value_parser = parse_now)]
    now: Option<Timestamp>,

    /// An input whose JSON stands in a file of its own; may be repeated
    #[arg(long = "input", value_name = "NAME=FILE", value_parser = parse_input)]
    inputs: Vec<InputFile>,

    /// `json` for programs, `human` for people
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

impl Decide {
    /// Runs the command.
    ///
    /// # Errors
    /// When something cannot be read or written, or the case does not fit.
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        let Some(engine) = package::engine(&self.folder)? else {
            return Ok(Outcome::Wrong);
        };
        let inputs = read_inputs(&self.inputs)?;
        let case = read_file_or_stdin(&self.case)?;
        let options = CaseOptions {
            now: self.now,
            inputs,
        };
        let decision =
            decide(&engine, &case, options).map_err(|misfit| self.does_not_fit(&misfit))?;
        report::print(&match self.format {
            Format::Human => decision.to_text(),
            Format::Json => decision.to_json_pretty(),
        })?;
        Ok(Outcome::Well)
    }

    fn does_not_fit(&self, misfit: &Misfit) -> Failure {
        let Misfit {
            code,
            path,
            message,
        } = misfit;
        Failure::new(format!(
            "`{}` does not fit the package at `{path}`: {message} [{code}]",
            shown(&self.case).display()
        ))
    }
}

/// Decides; the clock is taken only once it is known that the case has no `now`.
fn decide(engine: &Engine, case: &[u8], mut options: CaseOptions) -> Result<Decision, Misfit> {
    match engine.decide_json(case, &options) {
        Err(misfit) if misfit.code == "missing-now" && options.now.is_none() => {
            options.now = Some(take_clock("of this case"));
            engine.decide_json(case, &options)
        }
        result => result,
    }
}
