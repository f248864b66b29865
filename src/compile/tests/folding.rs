//! Constants.

use super::*;
use crate::ir::TextPart;

fn folded(expr: Expr) -> program::Expr {
    when_of(expr).0
}

fn constant(value: Value) -> program::Expr {
    program::Expr::Constant(value)
}

#[test]
fn constant_parts_become_one_constant() {
    assert_eq!(
        folded(add(whole(1), add(whole(2), whole(3)))),
        constant(Value::whole(6))
    );
    assert_eq!(
        folded(same(whole(1), whole(1))),
        constant(Value::YesNo(true))
    );
    let negated = condition(ExprKind::Not(Box::new(same(whole(1), whole(2)))));
    assert_eq!(folded(negated), constant(Value::YesNo(true)));
}

#[test]
fn and_and_or_lose_what_says_nothing() {
    let open = || same(input_number(), whole(1));
    let and = |parts| folded(condition(ExprKind::And(parts)));
    let or = |parts| folded(condition(ExprKind::Or(parts)));
    assert_eq!(and(vec![yes_no(true), open()]), folded(open()));
    assert_eq!(
        and(vec![open(), yes_no(false)]),
        constant(Value::YesNo(false))
    );
    assert_eq!(and(vec![yes_no(true)]), constant(Value::YesNo(true)));
    assert_eq!(or(vec![yes_no(false), open()]), folded(open()));
    assert_eq!(or(vec![open(), yes_no(true)]), constant(Value::YesNo(true)));
    let both = and(vec![open(), open()]);
    assert!(matches!(both, program::Expr::And(parts) if parts.len() == 2));
}

#[test]
fn a_known_condition_leaves_its_branch() {
    let branch = |yes| {
        let condition = Box::new(yes_no(yes));
        let (then, otherwise) = (Box::new(whole(1)), Box::new(input_number()));
        folded(typed(
            ExprKind::If {
                condition,
                then,
                otherwise,
            },
            Type::Number,
        ))
    };
    assert_eq!(branch(true), constant(Value::whole(1)));
    assert_eq!(branch(false), program::Expr::Input(InputId(1)));
}

#[test]
fn a_known_value_needs_no_fallback() {
    let fallback = || Box::new(input_number());
    let value = Box::new(whole(1));
    let known = typed(
        ExprKind::Otherwise {
            value,
            fallback: fallback(),
        },
        Type::Number,
    );
    assert_eq!(folded(known), constant(Value::whole(1)));
    let value = Box::new(typed(ExprKind::Constant(Value::Missing), Type::Number));
    let unknown = typed(
        ExprKind::Otherwise {
            value,
            fallback: fallback(),
        },
        Type::Number,
    );
    assert_eq!(folded(unknown), program::Expr::Input(InputId(1)));
}

#[test]
fn texts_fold_where_the_zone_does_not_matter() {
    let text = |value: Expr| {
        let parts = vec![TextPart::Literal("n: ".into()), TextPart::Value(value)];
        folded(typed(ExprKind::Text(parts), Type::Text))
    };
    assert_eq!(text(whole(3)), constant(Value::literal("n: 3")));
    let instant = Value::DateTime(crate::value::Timestamp::UNIX_EPOCH);
    let instant = typed(ExprKind::Constant(instant), Type::DateTime);
    assert!(matches!(text(instant), program::Expr::Text(_)));
}

#[test]
fn a_quotient_by_zero_is_missing_here_too() {
    let (left, right) = (Box::new(whole(1)), Box::new(whole(0)));
    let operator = ArithmeticOp::DivideNumbers;
    let quotient = typed(
        ExprKind::Arithmetic {
            operator,
            left,
            right,
        },
        Type::Number,
    );
    assert_eq!(folded(quotient), constant(Value::Missing));
}
