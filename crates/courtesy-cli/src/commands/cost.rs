//! What `courtesy check --cost` shows: the most steps of each policy, as a formula and as a number.

use crate::outcome::Failure;
use crate::report::{self, grouped};
use courtesy::limits::UNTIL_LOOKS;
use courtesy::printable::printable;
use courtesy::{Cost, Sizes, Steps};

/// How long lists are taken to be, as it is given on the command line: `500`, or `customer.purchases=500`.
#[derive(Clone, Debug)]
pub(crate) struct GivenLength {
    list: Option<String>,
    elements: u64,
}

impl std::str::FromStr for GivenLength {
    type Err = String;

    fn from_str(given: &str) -> Result<GivenLength, String> {
        let (list, number) = match given.rsplit_once('=') {
            Some((list, number)) => (Some(list.trim().to_string()), number),
            None => (None, given),
        };
        let digits = number.trim().replace([',', '_'], "");
        let elements = digits.parse().map_err(|_| {
            "write a number of elements, as in `500` or `customer.purchases=500`".to_string()
        })?;
        Ok(GivenLength { list, elements })
    }
}

/// The lengths that were given, over those that hold where nothing is said.
///
/// # Errors
/// When a length is given for a list that no policy goes through.
pub(crate) fn sizes(cost: &Cost, given: &[GivenLength]) -> Result<Sizes, Failure> {
    let known = cost.lengths(&Sizes::default());
    let mut sizes = Sizes::default();
    for length in given {
        sizes = match &length.list {
            None => sizes.with_every(length.elements),
            Some(list) if known.contains_key(&**list) => sizes.with(list, length.elements),
            Some(list) => {
                let names: Vec<&str> = known.keys().map(|name| &**name).collect();
                return Err(Failure::new(format!(
                    "no policy goes through `{list}`; `--lengths` takes one of {}",
                    names.join(", ")
                )));
            }
        };
    }
    Ok(sizes)
}

/// Writes the table to stdout.
///
/// # Errors
/// When stdout cannot take it.
pub(crate) fn print_table(cost: &Cost, sizes: &Sizes) -> Result<(), Failure> {
    let decision = cost.decision();
    let number = |steps: &Steps| grouped(steps.at(sizes));
    let policies = cost.costliest_first(sizes);
    let all = policies
        .iter()
        .map(|policy| &policy.steps)
        .chain([decision]);
    let width = all.map(|steps| number(steps).len()).max().unwrap_or(0);
    let mut text = line("steps", width, "policy");
    for policy in policies {
        let title = format!("\"{}\"", printable(&policy.title));
        text += &line(&number(&policy.steps), width, &title);
        text += &line("", width, &format!("  {}", policy.steps));
    }
    text += &line(
        &number(decision),
        width,
        "one decision: all of them together",
    );
    text += &line("", width, &format!("  {decision}"));
    text += &format!(
        "until when something stays blocked or limited is looked for at up to {} other moments,\n\
         with at most {} steps each\n",
        grouped(UNTIL_LOOKS as u64),
        grouped(cost.look().at(sizes))
    );
    let lengths = cost.lengths(sizes).into_iter();
    let lengths: Vec<String> = lengths
        .map(|(name, elements)| format!("{name} {}", grouped(elements)))
        .collect();
    if !lengths.is_empty() {
        text += &format!("with {}\n", lengths.join(", "));
    }
    report::print(&text)
}

fn line(number: &str, width: usize, rest: &str) -> String {
    format!("{number:>width$}  {rest}\n", width = width.max(5))
}
