//! Policies that contradict each other, or themselves.
//!
//! Input: a checked package and its engine. Output: warnings. Conditions are read as situations, each a list of
//! simple literals about single values (`situations`); where no situation is possible (`possible`), something can
//! never happen, and where one is, a case is made of it (`witness`) and the engine decides it.
//! Invariants: exact on what is decided, silent on the rest. What a message says can happen, the engine has been
//! seen to do; what it says can never happen follows from the conditions at every moment, in every zone, for
//! every value of what is not looked into. Constants of the package are not taken for what they are: a `define`
//! may be a switch. The work grows with the number of policies, not of their pairs (see [`PAIRS`]).

mod comparing;
mod idle;
mod point;
mod policies;
mod possible;
mod rivals;
mod rule;
mod silent;
mod situations;
mod term;
mod time;
mod withheld;
mod witness;
mod written_out;

#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostic;
use crate::engine::Engine;
use crate::ir;
use policies::Readings;
use possible::Contradiction;

/// Most nodes of a clause once its definitions are written out.
const NODES: usize = 1_000;

/// Most situations that conditions are read as.
const SITUATIONS: usize = 256;

/// Most literals of one situation.
const LITERALS: usize = 64;

/// Most literals of a package that are looked at; what is left then is passed over.
const WORK: usize = 20_000_000;

/// Most other policies that one is held against, for each question.
const PAIRS: usize = 64;

/// Most cases of a package that are decided to see whether something happens.
const TRIES: usize = 1_000;

/// Everything there is to warn of, in no particular order.
pub(crate) fn advise(package: &ir::Package, engine: &Engine) -> Vec<Diagnostic> {
    let mut readings = Readings::new(package, engine);
    let mut found = silent::advise(&readings);
    found.extend(withheld::advise(&mut readings));
    found.extend(rivals::advise(&readings));
    found.extend(idle::advise(&mut readings));
    found
}

/// Points at what leaves no case.
fn with_reason(diagnostic: Diagnostic, (one, other): Contradiction) -> Diagnostic {
    let diagnostic = diagnostic.also(one, "this leaves no case");
    if one == other {
        diagnostic
    } else {
        diagnostic.also(other, "together with this")
    }
}
