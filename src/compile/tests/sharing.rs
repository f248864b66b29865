//! What is set apart, and what must not be.

use super::*;
use crate::eval::{Frame, Moment, holds};
use crate::ir::Window;
use crate::operators::{Direction, Pick};
use crate::value::{self, Timestamp};

fn now() -> Expr {
    typed(ExprKind::Now, Type::DateTime)
}

fn days(count: i64) -> Expr {
    typed(
        ExprKind::Constant(Value::Span(value::Span::days(count))),
        Type::Period,
    )
}

#[test]
fn what_depends_on_the_case_alone_is_worked_out_once_for_all_policies() {
    let spent = |variable_id| sum(variable_id, add(variable(variable_id), whole(1)));
    let program = compiled(
        Vec::new(),
        vec![
            policy("a", PolicyKind::Never, Some(same(spent(0), whole(5)))),
            policy("b", PolicyKind::Only, Some(same(whole(5), spent(3)))),
        ],
    );
    assert_eq!(program.shared.len(), 1);
    assert_eq!(program.shared[0].variables, 1);
}

#[test]
fn what_reads_a_variable_or_the_candidate_stays() {
    let (_, program) = when_of(any(0, same(add(variable(0), whole(1)), whole(5))));
    assert!(program.shared.is_empty());
    let (_, program) = when_of(same(add(candidate_field("cost"), whole(1)), whole(5)));
    assert!(program.shared.is_empty());
}

#[test]
fn what_stands_in_a_loop_but_reads_only_the_case_is_set_apart() {
    let (_, program) = when_of(any(0, same(variable(0), sum(1, variable(1)))));
    assert_eq!(program.shared.len(), 1);
}

#[test]
fn a_witness_stays_in_the_frame_of_its_policy() {
    let found = any(0, same(variable(0), whole(7)));
    let (_, program) = when_of(found.clone());
    assert!(program.shared.is_empty());

    let called = call(0, vec![found], Type::YesNo);
    let defines = vec![define(1, 1, condition(ExprKind::Variable(VariableId(0))))];
    let program = compiled(defines, vec![policy("a", PolicyKind::Never, Some(called))]);
    assert!(program.shared.is_empty());

    let first = typed(
        ExprKind::Picked {
            pick: Pick::First,
            variable: VariableId(0),
            list: Box::new(list()),
            by: None,
            condition: None,
            has: None,
        },
        Type::Number,
    );
    let (when, program) = when_of(same(add(first, whole(1)), whole(8)));
    assert!(program.shared.is_empty());
    let inputs = [Value::list(vec![Value::whole(7)])];
    let moment = Moment::new(&program, &inputs, Timestamp::UNIX_EPOCH);
    let mut frame = Frame::new(8);
    assert!(holds(&moment, &mut frame, &when));
    assert_eq!(frame.variables[0], Value::whole(7));
}

#[test]
fn a_definition_that_reads_only_the_case_is_called_once() {
    let defines = vec![
        define(0, 1, any(0, same(variable(0), whole(7)))),
        define(0, 0, call(0, Vec::new(), Type::YesNo)),
        define(0, 0, same(candidate_field("cost"), whole(1))),
        define(0, 0, whole(9)),
    ];
    let calls = |define| {
        policy(
            "p",
            PolicyKind::Never,
            Some(call(define, Vec::new(), Type::YesNo)),
        )
    };
    let program = compiled(defines, vec![calls(0), calls(1), calls(2), calls(3)]);
    let when = |index: usize| program.policies[index].when.clone().unwrap();
    assert_eq!(when(0), program::Expr::Shared(0));
    assert_eq!(when(1), program::Expr::Shared(0));
    assert!(matches!(when(2), program::Expr::Call { define: 2, .. }));
    assert_eq!(when(3), program::Expr::Constant(Value::whole(9)));

    let inputs = [Value::list(vec![Value::whole(3), Value::whole(7)])];
    let moment = Moment::new(&program, &inputs, Timestamp::UNIX_EPOCH);
    assert!(holds(&moment, &mut Frame::new(0), &when(0)));
}

#[test]
fn windows_are_worked_out_once_unless_they_read_a_variable() {
    let lies = |value: Expr, span: Expr| {
        condition(ExprKind::Within {
            value: Box::new(value),
            window: Window::Rolling(Direction::Past, Box::new(span)),
            zone: ZoneRef::Package,
        })
    };
    let both = vec![
        lies(now(), days(30)),
        lies(now(), days(30)),
        lies(now(), days(7)),
    ];
    let (_, program) = when_of(condition(ExprKind::And(both)));
    assert_eq!(program.intervals.len(), 2);
    let span = typed(ExprKind::Variable(VariableId(0)), Type::Period);
    let (when, program) = when_of(any(0, lies(now(), span)));
    assert!(program.intervals.is_empty());
    let inputs = [Value::list(vec![Value::Span(value::Span::days(1))])];
    let moment = Moment::new(&program, &inputs, Timestamp::UNIX_EPOCH);
    assert!(holds(&moment, &mut Frame::new(8), &when));
}

#[test]
fn windows_of_dates_and_of_instants_differ() {
    let lies = |ty: Type| {
        condition(ExprKind::Distance {
            value: Box::new(typed(ExprKind::Input(InputId(2)), ty)),
            bound: crate::operators::Bound::AtMost,
            span: Box::new(days(3)),
            direction: Direction::Past,
            zone: ZoneRef::Package,
        })
    };
    let (_, program) = when_of(condition(ExprKind::Or(vec![
        lies(Type::Date),
        lies(Type::DateTime),
    ])));
    let days: Vec<bool> = program
        .intervals
        .iter()
        .map(|shared| shared.interval.days)
        .collect();
    assert_eq!(days, [true, false]);
}

#[test]
fn a_sum_of_no_money_is_money() {
    let currency = crate::value::Currency::from_code("USD").unwrap();
    let mut expr = sum(
        0,
        typed(ExprKind::Variable(VariableId(0)), Type::Money(currency)),
    );
    expr.ty = Type::Money(currency);
    let (_, program) = when_of(expr);
    let program::Expr::Aggregate { value, empty, .. } = &program.shared[0].value else {
        panic!("a sum stays a sum");
    };
    assert!(value.is_none());
    assert_eq!(
        empty.to_owned(),
        Value::Money(value::Money::new(value::Number::ZERO, currency))
    );
}
