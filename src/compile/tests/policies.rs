//! Policies, and where they are listed.

use super::*;
use crate::ir::{ForEach, On};
use crate::operators::CarrierOutcome;

fn ids(ids: &[u32]) -> Vec<program::PolicyId> {
    ids.iter().map(|id| program::PolicyId(*id)).collect()
}

fn always(with: Vec<Option<Expr>>, on: Option<On>) -> PolicyKind {
    PolicyKind::Always { with, by: None, on }
}

#[test]
fn overrides_are_known_from_both_sides() {
    let over = |title, overrides: &[u32]| Policy {
        overrides: overrides.iter().map(|id| PolicyId(*id)).collect(),
        ..policy(title, PolicyKind::Allow, None)
    };
    let program = compiled(
        Vec::new(),
        vec![over("a", &[2]), over("b", &[0, 2]), over("c", &[])],
    );
    let overridden: Vec<_> = program
        .policies
        .iter()
        .map(|it| it.overridden_by.clone())
        .collect();
    assert_eq!(overridden, [ids(&[1]), ids(&[]), ids(&[0, 1])]);
}

#[test]
fn who_reads_the_candidate_says_so() {
    let reads = |expr| same(expr, whole(1));
    let defines = vec![define(0, 0, reads(candidate_field("cost")))];
    let through_define = call(0, Vec::new(), Type::YesNo);
    let in_because = Policy {
        because: Some(candidate_field("cost")),
        ..policy("d", PolicyKind::Never, Some(reads(input_number())))
    };
    let program = compiled(
        defines,
        vec![
            policy("a", PolicyKind::Never, Some(reads(candidate_field("cost")))),
            policy("b", PolicyKind::Never, Some(through_define.clone())),
            Policy {
                unless: Some(through_define),
                ..policy("c", PolicyKind::Never, None)
            },
            in_because,
        ],
    );
    let reading: Vec<bool> = program
        .policies
        .iter()
        .map(|it| it.reads_candidate)
        .collect();
    assert_eq!(reading, [true, true, true, false]);
}

#[test]
fn a_field_is_found_in_each_action_that_has_it() {
    let with_field = Policy {
        actions: vec![ActionId(0), ActionId(1)],
        ..policy(
            "a",
            PolicyKind::Never,
            Some(same(candidate_field("cost"), whole(1))),
        )
    };
    let program = compiled(Vec::new(), vec![with_field]);
    let Some(program::Expr::Compare { left, .. }) = &program.policies[0].when else {
        panic!("a comparison stays a comparison");
    };
    let program::Expr::CandidateField(table) = &**left else {
        panic!("so does its field")
    };
    assert_eq!(table.index_in(ActionId(0)), Some(0));
    assert_eq!(table.index_in(ActionId(1)), Some(1));
    assert_eq!(table.index_in(ActionId(2)), None);
}

#[test]
fn a_duty_knows_its_carriers() {
    let on = On::Carrier {
        outcome: CarrierOutcome::Blocked,
        actions: vec![ActionId(1)],
        by: None,
    };
    let size = typed(ExprKind::CarrierField("size".into()), Type::Number);
    let program = compiled(
        Vec::new(),
        vec![policy("a", always(vec![Some(size)], Some(on)), None)],
    );
    let program::PolicyKind::Always {
        action,
        with,
        on: Some(program::On::Carrier { outcome, .. }),
        ..
    } = &program.policies[0].kind
    else {
        panic!("an always stays one");
    };
    assert_eq!(*action, ActionId(0));
    assert_eq!(*outcome, CarrierOutcome::Blocked);
    let table = program::FieldTable {
        places: [(ActionId(1), 0)].into(),
    };
    assert_eq!(with[0], Some(program::Expr::CarrierField(table)));
}

#[test]
fn lists_written_alike_are_one_source() {
    let each = |title, list: Expr, id: u32| Policy {
        for_each: Some(ForEach {
            variable: VariableId(7),
            list,
            condition: None,
        }),
        ..policy(title, always(vec![Some(variable(id))], None), None)
    };
    let every = |id: u32| {
        let kind = ExprKind::Aggregate {
            aggregate: crate::operators::Aggregate::List,
            variable: VariableId(id),
            list: Box::new(list()),
            condition: Some(Box::new(same(variable(id), candidate_field("cost")))),
            value: Box::new(variable(id)),
        };
        typed(kind, numbers())
    };
    let policies = vec![
        each("a", list(), 0),
        each("b", every(1), 0),
        each("c", list(), 0),
        each("d", every(2), 0),
    ];
    let program = compiled(Vec::new(), policies);
    let sources: Vec<u32> = program
        .policies
        .iter()
        .filter_map(|it| Some(it.for_each.as_ref()?.source))
        .collect();
    assert_eq!(sources, [0, 1, 0, 1]);
}

#[test]
fn what_is_not_about_policies_is_kept() {
    let mut package = package(Vec::new(), Vec::new());
    package.zone = Some(typed(ExprKind::Input(InputId(3)), Type::Timezone));
    package.week_start = Weekday::Sunday;
    let program = compile(&package, "abc".into());
    assert_eq!(&*program.fingerprint, "abc");
    assert_eq!(program.zone, Some(program::Expr::Input(InputId(3))));
    assert_eq!(program.week_start, Weekday::Sunday);
    assert_eq!(program.schema.actions.len(), 2);
}
