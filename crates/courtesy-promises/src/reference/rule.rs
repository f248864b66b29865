//! A policy with its clauses at hand.
//!
//! Input: a policy as written. Output: the same, each clause in its place.

use courtesy::ast::{Assignment, Clause, ClauseKind, Expr, Policy, Verb};
use courtesy::operators::CarrierOutcome;
use courtesy::source::Sources;
use courtesy::value::Number;
use std::sync::Arc;

/// A policy.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// Its title.
    pub(crate) title: Arc<str>,
    /// What it does.
    pub(crate) verb: Verb,
    /// The action or group that it is about.
    pub(crate) action: Arc<str>,
    /// The fields of what is owed.
    pub(crate) with: Vec<Assignment>,
    /// The deadline of a duty, or what a `prefer` adds.
    pub(crate) by: Option<Expr>,
    /// The condition.
    pub(crate) when: Option<Expr>,
    /// Where it is silent.
    pub(crate) unless: Option<Expr>,
    /// Its first day.
    pub(crate) first_day: Option<Expr>,
    /// Its last day.
    pub(crate) last_day: Option<Expr>,
    /// Whose share it is for.
    pub(crate) share: Option<Share>,
    /// The elements that are gone through.
    pub(crate) each: Option<Each>,
    /// What its duties belong to.
    pub(crate) on: Option<On>,
    /// The titles of the policies that it silences.
    pub(crate) overrides: Vec<Arc<str>>,
    /// Whether it is only reported.
    pub(crate) report_only: bool,
    /// Its words.
    pub(crate) because: Option<Expr>,
    /// What a `limit` says.
    pub(crate) limit: Limit,
}

/// `for 10% of KEY as "name"`
#[derive(Clone, Debug)]
pub(crate) struct Share {
    /// How many in a hundred.
    pub(crate) percent: Number,
    /// What decides.
    pub(crate) key: Expr,
    /// What it is salted with.
    pub(crate) name: Arc<str>,
}

/// `for each x in L where C`
#[derive(Clone, Debug)]
pub(crate) struct Each {
    /// The variable.
    pub(crate) variable: Arc<str>,
    /// The list.
    pub(crate) list: Expr,
    /// The list as it is written, with single blanks.
    pub(crate) written: String,
    /// Which elements.
    pub(crate) condition: Option<Expr>,
}

/// What a duty waits for.
#[derive(Clone, Debug)]
pub(crate) enum On {
    /// An outcome of an action, owed to a policy if one is named.
    Outcome(CarrierOutcome, Arc<str>, Option<Arc<str>>),
    /// Fewer than so many that are allowed.
    Fewer(Expr, Arc<str>),
}

/// The clauses of a `limit`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Limit {
    /// How much there is room for.
    pub(crate) amount: Option<Expr>,
    /// What one takes.
    pub(crate) of: Option<Expr>,
    /// What has a room of its own.
    pub(crate) per: Option<Expr>,
    /// What counts of the past.
    pub(crate) counting: Option<Counting>,
    /// Who is never refused.
    pub(crate) exempt: Option<Expr>,
}

/// `counting E for x in L where C`
#[derive(Clone, Debug)]
pub(crate) struct Counting {
    /// What each element takes.
    pub(crate) value: Option<Expr>,
    /// The variable.
    pub(crate) variable: Arc<str>,
    /// The list.
    pub(crate) list: Expr,
    /// Which elements count.
    pub(crate) condition: Option<Expr>,
}

impl Rule {
    /// The policy with its clauses at hand.
    pub(crate) fn new(policy: &Policy, sources: &Sources) -> Result<Rule, String> {
        let (verb, action) = verb(&policy.clauses)
            .ok_or_else(|| format!("`{}` says nothing of what it does", policy.title.text))?;
        let mut rule = Rule {
            title: policy.title.text.clone(),
            verb,
            action,
            with: Vec::new(),
            by: None,
            when: None,
            unless: None,
            first_day: None,
            last_day: None,
            share: None,
            each: None,
            on: None,
            overrides: Vec::new(),
            report_only: false,
            because: None,
            limit: Limit::default(),
        };
        for clause in &policy.clauses {
            rule.read(&clause.kind, sources);
        }
        Ok(rule)
    }

    fn read(&mut self, clause: &ClauseKind, sources: &Sources) {
        match clause.clone() {
            ClauseKind::Verb { .. } | ClauseKind::Owner(_) | ClauseKind::Tags(_) => {}
            ClauseKind::Limit { amount, of, .. } => {
                self.limit.amount = Some(amount);
                self.limit.of = of;
            }
            ClauseKind::Per(per) => self.limit.per = Some(per),
            ClauseKind::Counting {
                value,
                variable,
                list,
                condition,
            } => {
                self.limit.counting = Some(Counting {
                    value,
                    variable: variable.text,
                    list,
                    condition,
                });
            }
            ClauseKind::Exempt(exempt) => self.limit.exempt = Some(exempt),
            ClauseKind::With(with) => self.with = with,
            ClauseKind::When(when) => self.when = Some(when),
            ClauseKind::Unless(unless) => self.unless = Some(unless),
            ClauseKind::On {
                outcome,
                action,
                by,
            } => {
                self.on = Some(On::Outcome(outcome, action.text, by.map(|by| by.text)));
            }
            ClauseKind::OnFewer { number, action } => {
                self.on = Some(On::Fewer(number, action.text));
            }
            ClauseKind::ForEach {
                variable,
                list,
                condition,
            } => {
                self.each = Some(Each {
                    variable: variable.text,
                    written: written(&list, sources),
                    list,
                    condition,
                });
            }
            ClauseKind::By(by) => self.by = Some(by),
            ClauseKind::Overrides(titles) => {
                self.overrides = titles.into_iter().map(|title| title.text).collect();
            }
            ClauseKind::Dates { first, last } => {
                self.first_day = first;
                self.last_day = last;
            }
            ClauseKind::Share {
                percent, key, name, ..
            } => {
                let name = name.map_or_else(|| self.title.clone(), |name| name.text);
                self.share = Some(Share { percent, key, name });
            }
            ClauseKind::ReportOnly => self.report_only = true,
            ClauseKind::Because(because) => self.because = Some(because),
        }
    }

    /// Whether it silences the policy of this title.
    pub(crate) fn silences(&self, title: &str) -> bool {
        !self.report_only && self.names(title)
    }

    /// Whether the title is among those it overrides.
    pub(crate) fn names(&self, title: &str) -> bool {
        self.overrides.iter().any(|named| &**named == title)
    }
}

fn verb(clauses: &[Clause]) -> Option<(Verb, Arc<str>)> {
    clauses.iter().find_map(|clause| match &clause.kind {
        ClauseKind::Verb { verb, action } => Some((*verb, action.text.clone())),
        ClauseKind::Limit { action, .. } => Some((Verb::Limit, action.text.clone())),
        _ => None,
    })
}

/// An expression as it is written, with single blanks.
fn written(expr: &Expr, sources: &Sources) -> String {
    let file = sources.get(expr.span.file);
    let text = file.and_then(|file| file.text().get(expr.span.range()));
    let words: Vec<&str> = text.unwrap_or("").split_whitespace().collect();
    words.join(" ")
}
