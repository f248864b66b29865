//! `courtesy decide`: one case, one decision.

use super::Format;
use crate::clock::{parse_now, take_clock};
use crate::files::{InputFile, parse_input, read_file_or_stdin, read_inputs, shown};
use crate::outcome::{Failure, Outcome};
use crate::{package, report};
use courtesy::value::Timestamp;
use courtesy::{Case, CaseOptions, Engine, Misfit};
use std::path::PathBuf;

/// Decides one case
///
/// The decision goes to stdout: as JSON, or with --explain in words, each verdict and
/// each duty with the policies that speak for or against it. `now` is taken from the case, else from --now, else
/// from the clock, which is then said on stderr. Exits with 1 when the package has
/// errors, 2 when the case cannot be read or does not fit.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  courtesy decide examples/readme --case examples/readme/case.json --explain\n  courtesy decide examples/readme --case - < examples/readme/case.json\n  courtesy decide examples/2-milk-frother --case examples/2-milk-frother/name-known.case.json --explain=full"
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

    /// Say why: how each policy came out, or with `full` what every condition saw
    #[arg(
        long,
        value_enum,
        value_name = "LEVEL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "policies"
    )]
    explain: Option<Level>,

    /// `json` for programs (unless --explain is given), `human` for people (with --explain)
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// How much is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Level {
    /// How each policy came out.
    Policies,
    /// That, and every condition with the values it saw and the element it found.
    Full,
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
        let case = read_case(&engine, &case, &options)
            .map_err(|misfit| self.does_not_fit(&engine, &options, &misfit))?;
        report::print(&self.answer(&engine, &case))?;
        Ok(Outcome::Well)
    }

    /// The decision, with why where that is asked.
    fn answer(&self, engine: &Engine, case: &Case) -> String {
        let (decision, explanation) = match self.explain {
            None => (engine.decide(case), None),
            Some(Level::Policies) => some_second(engine.explain(case)),
            Some(Level::Full) => some_second(engine.trace(case)),
        };
        let by_default = if explanation.is_some() {
            Format::Human
        } else {
            Format::Json
        };
        match (self.format.unwrap_or(by_default), explanation) {
            (Format::Human, None) => decision.to_text(),
            (Format::Json, None) => decision.to_json_pretty(),
            (Format::Human, Some(why)) => format!("{}\n{}", decision.to_text(), why.to_text()),
            (Format::Json, Some(why)) => decision.to_json_pretty_with(&why),
        }
    }

    fn does_not_fit(&self, engine: &Engine, options: &CaseOptions, misfit: &Misfit) -> Failure {
        let Misfit {
            code,
            path,
            message,
        } = misfit;
        let file = match self.input_at(engine, options, misfit) {
            Some(input) => &input.path,
            None => shown(&self.case),
        };
        Failure::new(format!(
            "`{}` does not fit the package at `{path}`: {message} [{code}]",
            file.display()
        ))
    }

    /// The input of a file of its own that a misfit is about.
    fn input_at(
        &self,
        engine: &Engine,
        options: &CaseOptions,
        misfit: &Misfit,
    ) -> Option<&InputFile> {
        let own = engine.check_options(options).err()?;
        let mut inputs = self.inputs.iter();
        inputs.find(|input| {
            let one = CaseOptions {
                inputs: options
                    .inputs
                    .iter()
                    .filter(|(name, _)| *name == input.name)
                    .cloned()
                    .collect(),
                ..CaseOptions::default()
            };
            own == *misfit && engine.check_options(&one).is_err()
        })
    }
}

fn some_second<A, B>((first, second): (A, B)) -> (A, Option<B>) {
    (first, Some(second))
}

/// Reads the case; the clock is taken only once it is known that the case has no `now`.
fn read_case(engine: &Engine, case: &[u8], options: &CaseOptions) -> Result<Case, Misfit> {
    match engine.read_case(case, options) {
        Err(misfit) if misfit.code == "missing-now" && options.now.is_none() => {
            let options = CaseOptions {
                now: Some(take_clock("of this case")),
                ..options.clone()
            };
            engine.read_case(case, &options)
        }
        result => result,
    }
}
