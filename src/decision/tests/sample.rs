//! Programs built by hand, over the schema of the language page.

use crate::operators::{CarrierOutcome, Comparison, Direction};
use std::sync::Arc;

use crate::decode::tests::sample::schema;
use crate::engine::Engine;
use crate::program::{
    Expr, FieldTable, ForEach, Interval, IntervalRef, On, Policy, PolicyId, PolicyKind, Program,
    Quantifier, TextPart, Window, ZoneRef,
};
use crate::schema::{ActionId, InputId};
use crate::value::{Span, Value, Weekday};

/// A policy whose overrides are still titles.
pub(crate) struct Draft {
    policy: Policy,
    overrides: Vec<&'static str>,
}

pub(crate) fn draft(title: &str, kind: PolicyKind, actions: &[ActionId]) -> Draft {
    Draft {
        policy: Policy {
            title: title.into(),
            kind,
            actions: actions.to_vec(),
            for_each: None,
            gate: Vec::new(),
            when: None,
            unless: None,
            overrides: Vec::new(),
            overridden_by: Vec::new(),
            because: None,
            report_only: false,
            owner: None,
            tags: Vec::new(),
            variables: 4,
            reads_candidate: false,
        },
        overrides: Vec::new(),
    }
}

pub(crate) fn never(title: &str, action: ActionId) -> Draft {
    draft(title, PolicyKind::Never, &[action])
}

pub(crate) fn only(title: &str, action: ActionId) -> Draft {
    draft(title, PolicyKind::Only, &[action])
}

pub(crate) fn allow(title: &str, action: ActionId, overrides: &[&'static str]) -> Draft {
    draft(title, PolicyKind::Allow, &[action]).overriding(overrides)
}

pub(crate) fn always(title: &str, action: ActionId, with: Vec<Expr>) -> Draft {
    let kind = PolicyKind::Always {
        action,
        with: with.into_iter().map(Some).collect(),
        by: None,
        on: None,
    };
    draft(title, kind, &[action])
}

impl Draft {
    pub(crate) fn when(mut self, when: Expr) -> Draft {
        self.policy.when = Some(when);
        self
    }

    pub(crate) fn unless(mut self, unless: Expr) -> Draft {
        self.policy.unless = Some(unless);
        self
    }

    pub(crate) fn because(mut self, because: Expr) -> Draft {
        self.policy.because = Some(because);
        self
    }

    pub(crate) fn reading(mut self) -> Draft {
        self.policy.reads_candidate = true;
        self
    }

    pub(crate) fn overriding(mut self, titles: &[&'static str]) -> Draft {
        self.overrides = titles.to_vec();
        self
    }

    /// `for each`, its element in the first variable.
    pub(crate) fn each(mut self, list: Expr, source: u32) -> Draft {
        self.policy.for_each = Some(ForEach {
            variable: 0,
            list,
            condition: None,
            source,
        });
        self
    }

    pub(crate) fn by(mut self, deadline: Value) -> Draft {
        if let PolicyKind::Always { by, .. } = &mut self.policy.kind {
            *by = Some(Expr::Constant(deadline));
        }
        self
    }

    pub(crate) fn on(mut self, outcome: CarrierOutcome, carriers: &[ActionId]) -> Draft {
        if let PolicyKind::Always { on, .. } = &mut self.policy.kind {
            *on = Some(On::Carrier {
                outcome,
                actions: carriers.to_vec(),
                by: None,
            });
        }
        self
    }
}

pub(crate) fn yes() -> Expr {
    Expr::Constant(Value::YesNo(true))
}

pub(crate) fn no() -> Expr {
    Expr::Constant(Value::YesNo(false))
}

pub(crate) fn text(text: &str) -> Expr {
    Expr::Constant(Value::literal(text))
}

pub(crate) fn list(items: &[&str]) -> Expr {
    Expr::Constant(Value::list(
        items.iter().map(|item| Value::literal(item)).collect(),
    ))
}

pub(crate) fn field(base: Expr, index: u32) -> Expr {
    Expr::Field {
        base: Box::new(base),
        index,
    }
}

/// The first field of candidates of that action.
pub(crate) fn of_candidate(action: ActionId) -> Expr {
    Expr::CandidateField(FieldTable {
        places: Box::new([(action, 0)]),
    })
}

/// The first field of carriers of that action.
pub(crate) fn of_carrier(action: ActionId) -> Expr {
    Expr::CarrierField(FieldTable {
        places: Box::new([(action, 0)]),
    })
}

pub(crate) fn is(left: Expr, right: Expr) -> Expr {
    Expr::Compare {
        comparison: Comparison::Same,
        left: Box::new(left),
        right: Box::new(right),
    }
}

pub(crate) fn customer(index: u32) -> Expr {
    field(Expr::Input(InputId(0)), index)
}

pub(crate) fn written(parts: Vec<TextPart>) -> Expr {
    Expr::Text(parts)
}

pub(crate) fn literal(text: &str) -> TextPart {
    TextPart::Literal(text.into())
}

/// Whether any purchase of the last 30 days has the category that is offered.
pub(crate) fn bought_the_category(upsell: ActionId) -> Expr {
    let recent = Expr::Within {
        value: Box::new(field(Expr::Variable(1), 2)),
        interval: IntervalRef::Own(Box::new(Interval {
            window: Window::Rolling(Direction::Past, Expr::Constant(Value::Span(Span::days(30)))),
            days: false,
            zone: ZoneRef::Package,
        })),
    };
    let same = is(
        field(field(Expr::Variable(1), 0), 1),
        field(of_candidate(upsell), 1),
    );
    Expr::Quantified {
        quantifier: Quantifier::Any,
        variable: 1,
        list: Box::new(customer(4)),
        condition: Some(Box::new(Expr::And(vec![same, recent]))),
    }
}

/// An engine for these policies, in whatever order they come.
pub(crate) fn engine(mut drafts: Vec<Draft>) -> Engine {
    drafts.sort_by(|a, b| a.policy.title.cmp(&b.policy.title));
    let titles: Vec<Arc<str>> = drafts
        .iter()
        .map(|draft| draft.policy.title.clone())
        .collect();
    let id = |title: &str| {
        PolicyId(u32::try_from(titles.iter().position(|known| **known == *title).unwrap()).unwrap())
    };
    let links: Vec<(PolicyId, PolicyId)> = drafts
        .iter()
        .flat_map(|draft| {
            draft
                .overrides
                .iter()
                .map(|other| (id(&draft.policy.title), id(other)))
        })
        .collect();
    let mut policies: Vec<Policy> = drafts.into_iter().map(|draft| draft.policy).collect();
    for (over, under) in links {
        policies[over.0 as usize].overrides.push(under);
        policies[under.0 as usize].overridden_by.push(over);
    }
    let schema = schema();
    Engine::new(
        Arc::new(Program {
            fingerprint: "sample".into(),
            schema: Arc::new(schema),
            zone: None,
            zone_is_private: false,
            week_start: Weekday::Sunday,
            defines: Vec::new(),
            calendars: Vec::new(),
            shared: Vec::new(),
            intervals: Vec::new(),
            policies,
        }),
        None,
    )
}
