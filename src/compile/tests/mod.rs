//! Typed trees built by hand, compiled, and run where what they do is in question.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod folding;
mod policies;
mod sharing;

use super::compile;
use crate::ir::{
    ArithmeticOp, Define, DefineId, Expr, ExprKind, Package, Policy, PolicyId, PolicyKind,
    Quantifier, VariableId, ZoneRef,
};
use crate::operators::Comparison;
use crate::program::{self, Program};
use crate::schema::{Action, ActionId, Field, InputId, Schema, TimeForm, Type};
use crate::source::{FileId, Span};
use crate::value::{Shape, ShapeField, Value, Weekday};
use std::sync::Arc;

const SPAN: Span = Span {
    file: FileId(0),
    start: 0,
    end: 0,
};

fn typed(kind: ExprKind, ty: Type) -> Expr {
    Expr {
        kind,
        ty,
        optional: false,
        span: SPAN,
    }
}

fn condition(kind: ExprKind) -> Expr {
    typed(kind, Type::YesNo)
}

fn whole(number: i64) -> Expr {
    typed(ExprKind::Constant(Value::whole(number)), Type::Number)
}

fn yes_no(yes: bool) -> Expr {
    condition(ExprKind::Constant(Value::YesNo(yes)))
}

fn numbers() -> Type {
    Type::List(Arc::new(Type::Number))
}

/// Input 0, a list of numbers.
fn list() -> Expr {
    typed(ExprKind::Input(InputId(0)), numbers())
}

/// Input 1, a number.
fn input_number() -> Expr {
    typed(ExprKind::Input(InputId(1)), Type::Number)
}

fn variable(id: u32) -> Expr {
    typed(ExprKind::Variable(VariableId(id)), Type::Number)
}

fn candidate_field(name: &str) -> Expr {
    typed(ExprKind::CandidateField(name.into()), Type::Number)
}

fn add(left: Expr, right: Expr) -> Expr {
    let (left, right) = (Box::new(left), Box::new(right));
    let operator = ArithmeticOp::AddNumbers;
    typed(
        ExprKind::Arithmetic {
            operator,
            left,
            right,
        },
        Type::Number,
    )
}

fn same(left: Expr, right: Expr) -> Expr {
    let (left, right) = (Box::new(left), Box::new(right));
    condition(ExprKind::Compare {
        comparison: Comparison::Same,
        left,
        right,
    })
}

fn sum(variable_id: u32, of: Expr) -> Expr {
    let kind = ExprKind::Aggregate {
        aggregate: crate::operators::Aggregate::Sum,
        variable: VariableId(variable_id),
        list: Box::new(list()),
        condition: None,
        value: Box::new(of),
    };
    typed(kind, Type::Number)
}

fn any(variable_id: u32, condition_on_it: Expr) -> Expr {
    condition(ExprKind::Quantified {
        quantifier: Quantifier::Any,
        variable: VariableId(variable_id),
        list: Box::new(list()),
        condition: Some(Box::new(condition_on_it)),
    })
}

fn call(define: u32, arguments: Vec<Expr>, ty: Type) -> Expr {
    typed(
        ExprKind::Call {
            define: DefineId(define),
            arguments,
        },
        ty,
    )
}

fn define(parameters: u32, variables: u32, body: Expr) -> Define {
    Define {
        name: "define".into(),
        parameters,
        variables,
        body,
        table: None,
        span: SPAN,
    }
}

fn policy(title: &str, kind: PolicyKind, when: Option<Expr>) -> Policy {
    Policy {
        title: title.into(),
        kind,
        actions: vec![ActionId(0)],
        for_each: None,
        gate: Vec::new(),
        report_only: false,
        owner: None,
        tags: Vec::new(),
        when,
        unless: None,
        overrides: Vec::new(),
        because: None,
        variables: 8,
        span: SPAN,
    }
}

fn action(name: &str, fields: &[&str]) -> Action {
    let field = |name: &&str| Field {
        name: (*name).into(),
        key: (*name).into(),
        kind: Type::Number,
        optional: false,
        private: false,
        form: TimeForm::default(),
        range: None,
        most: None,
        span: SPAN,
    };
    let shape_field = |name: &&str| ShapeField {
        name: (*name).into(),
        private: false,
    };
    let shape = Shape {
        name: name.into(),
        fields: fields.iter().map(shape_field).collect(),
    };
    Action {
        name: name.into(),
        fields: fields.iter().map(field).collect(),
        shape: Arc::new(shape),
        single: false,
        broken: false,
        span: SPAN,
    }
}

fn package(defines: Vec<Define>, policies: Vec<Policy>) -> Package {
    let actions = vec![action("call", &["cost"]), action("mail", &["size", "cost"])];
    Package {
        schema: Schema {
            actions,
            ..Schema::default()
        },
        zone: None,
        week_start: Weekday::Monday,
        defines,
        calendars: Vec::new(),
        policies,
    }
}

fn compiled(defines: Vec<Define>, policies: Vec<Policy>) -> Program {
    compile(&package(defines, policies), "fingerprint".into())
}

/// The `when` of the only policy, compiled.
fn when_of(expr: Expr) -> (program::Expr, Program) {
    let program = compiled(
        Vec::new(),
        vec![policy("only one", PolicyKind::Never, Some(expr))],
    );
    (program.policies[0].when.clone().unwrap(), program)
}
