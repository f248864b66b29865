//! Policies: every verb and every clause.

use super::conditions::Condition;
use super::maker::Maker;
use super::model::{Field, Ty};
use super::piece::{Level, Piece};
use super::scope::{Scope, starts_at};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Never,
    Only,
    Allow,
    Always,
    Prefer,
    Limit,
}

/// What is settled of a policy before its clauses are written.
#[derive(Clone, Debug)]
struct Plan {
    title: String,
    verb: Verb,
    action: String,
    overrides: Vec<String>,
}

impl Maker<'_> {
    pub(super) fn policies(&mut self) {
        let count = 2 + self.choices.below(8);
        let mut plans: Vec<Plan> = Vec::new();
        for number in 0..count {
            let plan = self.plan(number, &plans);
            plans.push(plan);
        }
        for plan in &plans {
            let text = self.policy(plan, &plans);
            self.model.declarations.push(text);
        }
    }

    fn plan(&mut self, number: usize, earlier: &[Plan]) -> Plan {
        let verb = *self.choices.one_of(&[
            Verb::Never,
            Verb::Never,
            Verb::Only,
            Verb::Always,
            Verb::Always,
            Verb::Always,
            Verb::Prefer,
            Verb::Limit,
            Verb::Limit,
            Verb::Allow,
            Verb::Allow,
        ]);
        let action = self.action_name(verb != Verb::Always);
        let word = *self
            .choices
            .one_of(&["Policy", "a rule", "Ünseen", "No \\\"more\\\"", "<b>"]);
        let mut plan = Plan {
            title: format!("{word} {number} ({verb:?})"),
            verb,
            action,
            overrides: Vec::new(),
        };
        let often = if verb == Verb::Allow { 100 } else { 25 };
        if self.choices.chance(often) {
            for other in earlier {
                if self.can_override(&plan, other) && self.choices.chance(60) {
                    plan.overrides.push(other.title.clone());
                }
            }
        }
        if verb == Verb::Allow && plan.overrides.is_empty() {
            plan.verb = Verb::Never;
        }
        plan
    }

    /// An action, or a group where one may stand.
    fn action_name(&mut self, or_group: bool) -> String {
        let groups = &self.model.groups;
        if or_group && !groups.is_empty() && self.choices.chance(35) {
            return self.choices.one_of(groups).name.clone();
        }
        self.choices.one_of(&self.model.actions).name.clone()
    }

    fn can_override(&self, plan: &Plan, other: &Plan) -> bool {
        let legal = matches!(
            (plan.verb, other.verb),
            (
                Verb::Allow | Verb::Always,
                Verb::Never | Verb::Only | Verb::Limit
            ) | (Verb::Never | Verb::Only, Verb::Allow)
                | (Verb::Limit, Verb::Limit)
                | (Verb::Prefer, Verb::Prefer)
        ) || (plan.verb, other.verb, &plan.action)
            == (Verb::Always, Verb::Always, &other.action);
        legal && self.meet(&plan.action, &other.action)
    }

    /// Whether two names have an action in common.
    fn meet(&self, one: &str, other: &str) -> bool {
        let others = self.members(other);
        self.members(one)
            .iter()
            .any(|member| others.contains(member))
    }

    fn policy(&mut self, plan: &Plan, plans: &[Plan]) -> String {
        let mut clauses = Vec::new();
        let mut scope = self.package_scope();
        let on = match plan.verb {
            Verb::Always if self.choices.chance(35) => self.on(&mut scope, plans, &mut clauses),
            _ => None,
        };
        if plan.verb != Verb::Always {
            let fields = self.fields_of_actions(&plan.action);
            scope.add_fields(&plan.action, &fields);
        }
        if plan.verb == Verb::Always && self.choices.chance(30) {
            self.for_each(&mut scope, &mut clauses);
        }
        if self.choices.chance(12) {
            self.share(&scope, &mut clauses);
        }
        self.guards(plan, &mut scope, &mut clauses);
        self.verb(plan, on.as_deref(), &scope, &mut clauses);
        self.rest(plan, &scope, &mut clauses);
        self.choices.shuffle(&mut clauses);
        let mut text = format!("policy \"{}\"", plan.title);
        for clause in clauses {
            text.push_str("\n  ");
            text.push_str(&clause);
        }
        text
    }

    /// `on blocked A by "title"`, `on fewer than 3 allowed A`; what is carried by.
    fn on(
        &mut self,
        scope: &mut Scope,
        plans: &[Plan],
        clauses: &mut Vec<String>,
    ) -> Option<String> {
        let carrier = self.action_name(true);
        if self.choices.chance(25) {
            self.mark("on fewer than N allowed A");
            let count = self.choices.between(0, 3);
            clauses.push(format!("on fewer than {count} allowed {carrier}"));
            return None;
        }
        let outcome = self.marked(&[
            "on A",
            "on allowed A",
            "on proposed A",
            "on blocked A",
            "on limited A",
        ]);
        let mut text = outcome.replace('A', &carrier);
        let reasons: &[Verb] = match outcome {
            "on blocked A" => &[Verb::Never, Verb::Only],
            "on limited A" => &[Verb::Limit],
            _ => &[],
        };
        let reasons: Vec<&Plan> = plans
            .iter()
            .filter(|plan| reasons.contains(&plan.verb) && self.meet(&plan.action, &carrier))
            .collect();
        if !reasons.is_empty() && self.choices.chance(40) {
            self.mark("on blocked A by");
            text.push_str(&format!(" by \"{}\"", self.choices.one_of(&reasons).title));
        }
        clauses.push(text);
        let fields = self.fields_of_actions(&carrier);
        scope.add_fields(&carrier, &fields);
        Some(carrier)
    }

    fn for_each(&mut self, scope: &mut Scope, clauses: &mut Vec<String>) {
        let Some(list) = self.list(scope, None, |_| true) else {
            return;
        };
        self.mark("for each");
        let variable = self.variable();
        let mut inside = scope.inside(&variable, &list.element);
        let mut filter = String::new();
        if self.choices.chance(60) {
            let condition = self.condition(&inside, 2, Some(&variable));
            inside.learn(&condition.holds);
            filter = format!(" where {}", condition.piece.text);
        }
        clauses.push(format!("for each {variable} in {}{filter}", list.text));
        inside.loops = scope.loops;
        *scope = inside;
    }

    /// `when` and `unless`, and what they make known for the other clauses.
    fn guards(&mut self, plan: &Plan, scope: &mut Scope, clauses: &mut Vec<String>) {
        if self.choices.chance(25) {
            self.mark("unless");
            let unless = self.condition(scope, 2, None);
            scope.learn(&unless.fails);
            clauses.push(format!("unless {}", unless.piece.text));
        }
        let without = if plan.verb == Verb::Limit { 45 } else { 15 };
        if plan.verb != Verb::Only && self.choices.chance(without) {
            return;
        }
        let budget = 2 + self.choices.below(3);
        let mut when = self.condition(scope, budget, None);
        // What seldom holds is given another chance.
        if self.choices.chance(25) {
            self.mark("or");
            let other = self.condition(scope, 1, None);
            let sides = [
                when.piece.within(Level::And),
                other.piece.within(Level::And),
            ];
            when = Condition::plain(Piece::new(sides.join(" or "), Level::Or));
        }
        clauses.push(format!("when {}", when.piece.text));
        if plan.verb != Verb::Only {
            self.learn_all(scope, when);
        }
    }

    fn learn_all(&mut self, scope: &mut Scope, when: Condition) {
        scope.learn(&when.holds);
        if !when.witnesses.is_empty() {
            self.mark("witness");
        }
        scope.roots.extend(when.witnesses);
    }

    fn verb(&mut self, plan: &Plan, on: Option<&str>, scope: &Scope, clauses: &mut Vec<String>) {
        let action = &plan.action;
        match plan.verb {
            Verb::Never => {
                self.mark("never");
                clauses.push(format!("never {action}"));
            }
            Verb::Only => {
                self.mark("only");
                clauses.push(format!("only {action}"));
            }
            Verb::Allow => {
                self.mark("allow");
                clauses.push(format!("allow {action}"));
            }
            Verb::Prefer => {
                self.mark("prefer");
                clauses.push(format!("prefer {action}"));
                let by = self.known(scope, &Ty::Number, 2, false);
                clauses.push(format!("by {}", by.value()));
            }
            Verb::Always => self.always(action, on, scope, clauses),
            Verb::Limit => self.limit(action, scope, clauses),
        }
    }

    fn always(&mut self, action: &str, on: Option<&str>, scope: &Scope, clauses: &mut Vec<String>) {
        self.mark("always");
        clauses.push(format!("always {action}"));
        let fields = self.fields_of_actions(action);
        let mut with = Vec::new();
        for field in fields {
            if field.optional && self.choices.chance(50) {
                continue;
            }
            let value = self.owed(on, scope, &field);
            with.push(format!("{}: {value}", field.name));
        }
        if !with.is_empty() {
            self.mark("with");
            clauses.push(format!("with {}", with.join(", ")));
        }
        if self.choices.chance(35) {
            self.mark("by T");
            let ty = if self.choices.chance(70) {
                Ty::DateTime
            } else {
                Ty::Date
            };
            let by = self.known(scope, &ty, 2, false);
            clauses.push(format!("by {}", by.value()));
        }
    }

    fn owed(&mut self, on: Option<&str>, scope: &Scope, field: &Field) -> String {
        if let Some(carrier) = on
            && self.choices.chance(40)
            && let Some(place) = self.place(scope, |place| {
                place.ty == field.ty && !place.optional && starts_at(&place.path, carrier)
            })
        {
            return place.path;
        }
        if field.range.is_some() {
            return self.plain(scope, &field.ty, false).text;
        }
        let value = self.known(scope, &field.ty, 2, false);
        self.rounded_if_needed(value, &field.ty).text
    }

    fn limit(&mut self, action: &str, scope: &Scope, clauses: &mut Vec<String>) {
        let weight = self.place(scope, |place| {
            place.ty.is_measure() && !place.optional && starts_at(&place.path, action)
        });
        let weight = weight.filter(|_| self.choices.chance(60));
        let measure = weight.as_ref().map_or(Ty::Number, |place| place.ty.clone());
        let amount = match &measure {
            Ty::Number if weight.is_none() => match self.choices.chance(70) {
                true => Piece::atom(self.choices.between(0, 2).to_string()),
                false => self.known(scope, &measure, 1, false),
            },
            Ty::Money(currency) => Piece::call(self.amount_literal(currency)),
            _ => self.known(scope, &measure, 1, false),
        };
        let amount = amount.within(Level::Call);
        match &weight {
            Some(weight) => {
                self.mark("limit to N of E");
                clauses.push(format!("limit {action} to {amount} of {}", weight.path));
            }
            None => {
                self.mark("limit to N");
                clauses.push(format!("limit {action} to {amount}"));
            }
        }
        if self.choices.chance(40) {
            let per = self.place(scope, |place| {
                !place.optional && !matches!(place.ty, Ty::Record(_) | Ty::List(_) | Ty::Period)
            });
            if let Some(per) = per {
                self.mark("per");
                clauses.push(format!("per {}", per.path));
            }
        }
        if self.choices.chance(65) {
            self.counting(scope, weight.is_some().then_some(&measure), clauses);
        }
        if self.choices.chance(25) {
            self.mark("exempt when");
            let exempt = self.condition(scope, 2, None);
            clauses.push(format!("exempt when {}", exempt.piece.text));
        }
    }

    fn counting(&mut self, scope: &Scope, measure: Option<&Ty>, clauses: &mut Vec<String>) {
        let Some(list) = self.list(scope, None, |_| true) else {
            return;
        };
        let variable = self.variable();
        let (filter, inside) = self.filtered(scope, &variable, &list.element, 2, 80);
        let Some(measure) = measure else {
            self.mark("counting x in L");
            clauses.push(format!("counting {variable} in {}{filter}", list.text));
            return;
        };
        let each = self.known(&inside, measure, 1, false);
        self.mark("counting E for x in L");
        clauses.push(format!(
            "counting {} for {variable} in {}{filter}",
            each.within(Level::Sum),
            list.text
        ));
    }

    /// Clauses that go with every verb.
    fn rest(&mut self, plan: &Plan, scope: &Scope, clauses: &mut Vec<String>) {
        if !plan.overrides.is_empty() {
            self.mark("overrides");
            let titles: Vec<String> = plan
                .overrides
                .iter()
                .map(|title| format!("\"{title}\""))
                .collect();
            clauses.push(format!("overrides {}", titles.join(", ")));
        }
        if self.choices.chance(12) {
            self.dates(clauses);
        }
        if self.choices.chance(12) {
            self.mark("report only");
            clauses.push("report only".into());
        }
        if self.choices.chance(15) {
            self.mark("owner");
            clauses.push("owner \"CRM team\"".into());
        }
        if self.choices.chance(15) {
            self.mark("tags");
            clauses.push("tags autumn, email".into());
        }
        if self.choices.chance(50) {
            self.mark("because");
            let text = match self.choices.chance(70) {
                true => self.template(scope, 2).text,
                false => super::texts::quoted(&self.word()),
            };
            clauses.push(format!("because {text}"));
        }
    }

    fn dates(&mut self, clauses: &mut Vec<String>) {
        let first = *self
            .choices
            .one_of(&["2026-01-31", "2026-03-29", "2000-02-29", "2026-11-01"]);
        let last = *self
            .choices
            .one_of(&["2026-11-30", "2026-12-31", "2028-02-29", "2026-11-01"]);
        self.model
            .edges
            .dates
            .extend([first.to_string(), last.to_string()]);
        let form = self.marked(&["from … until …", "from …", "until …"]);
        clauses.push(match form {
            "from …" => format!("from {first}"),
            "until …" => format!("until {last}"),
            _ => format!("from {first} until {last}"),
        });
    }

    fn share(&mut self, scope: &Scope, clauses: &mut Vec<String>) {
        let Some(key) = self.known_place(scope, &Ty::Text) else {
            return;
        };
        self.mark("for 10% of");
        let percent = *self
            .choices
            .one_of(&["50", "80", "100", "33.33", "66.6", "0"]);
        let name = match self.choices.chance(50) {
            true => {
                self.mark("as \"name\"");
                " as \"autumn\""
            }
            false => "",
        };
        clauses.push(format!("for {percent}% of {}{name}", key.text));
    }
}
