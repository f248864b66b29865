//! Whether a policy asks about the candidate.
//!
//! Input: the typed tree of a policy, and which definitions read the candidate. Output: whether what decides that it
//! speaks does. It is asked of the tree as it was checked: a reading that can be folded away is one as well, so that
//! every program made of a package, the observed one included, judges the policy at the same time.

use super::parts_of;
use crate::ir::{Expr, ExprKind, Policy};

/// Whether the gate, `when`, `unless` or `for each` of a policy reads a field of the candidate.
pub(super) fn asks_about_candidate(policy: &Policy, defines: &[bool]) -> bool {
    let each = policy.for_each.iter();
    let each = each.flat_map(|each| std::iter::once(&each.list).chain(&each.condition));
    each.chain(&policy.gate)
        .chain(&policy.when)
        .chain(&policy.unless)
        .any(|expr| reads_candidate(expr, defines))
}

/// Whether an expression, or a definition that it calls, reads a field of the candidate.
pub(super) fn reads_candidate(expr: &Expr, defines: &[bool]) -> bool {
    reads(&mut expr.clone(), defines)
}

fn reads(expr: &mut Expr, defines: &[bool]) -> bool {
    let mut found = match &expr.kind {
        ExprKind::CandidateField(_) => true,
        ExprKind::Call { define, .. } => defines.get(define.0 as usize) == Some(&true),
        _ => false,
    };
    parts_of(expr, &mut |part| found = found || reads(part, defines));
    found
}
