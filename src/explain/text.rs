//! A decision as people read it.

use crate::decision::{Conflict, Decision, Duty, ProposalDecision, Reason, Reported, Withheld};
use crate::printable::push_printable;
use crate::value::{
    Number, TextBuilder, Timestamp, Value, Zone, format_date, format_instant, format_rfc3339,
    render,
};
use std::sync::Arc;

/// Writes the decision.
pub(super) fn write(decision: &Decision) -> String {
    let mut page = Page {
        zone: decision.told_in(),
        out: format!("at {}\n", format_rfc3339(decision.now())),
    };
    page.part("proposals", decision.proposals(), Page::proposal);
    page.part("must do", decision.duties(), Page::duty);
    page.part("withheld", decision.withheld(), Page::withheld);
    page.part("reported only", decision.reported(), Page::reported);
    page.part("conflicts", decision.conflicts(), Page::conflict);
    if decision.proposals().is_empty()
        && decision.duties().is_empty()
        && decision.withheld().is_empty()
    {
        page.line(0, "nothing proposed, nothing owed");
    }
    page.out
}

fn score(score: Option<&Number>) -> String {
    score.map_or_else(String::new, |score| format!(", score {score}"))
}

struct Page {
    /// In which times are told.
    zone: Zone,
    out: String,
}

impl Page {
    /// A heading and what stands under it; nothing where there is nothing.
    fn part<T>(&mut self, heading: &str, items: &[T], write: impl Fn(&mut Page, &T)) {
        if !items.is_empty() {
            self.out.push('\n');
            self.line(0, heading);
        }
        for item in items {
            write(self, item);
        }
    }

    fn proposal(&mut self, proposal: &ProposalDecision) {
        let rank = proposal
            .rank
            .map_or_else(String::new, |rank| format!(", rank {rank}"));
        let verdict = proposal.verdict.word();
        let until = self.until(proposal.until);
        let score = score(proposal.score.as_ref());
        let (id, action) = (&proposal.id, &proposal.action);
        self.line(
            1,
            &format!("{id}: {action} is {verdict}{until}{rank}{score}"),
        );
        self.reasons(&proposal.reasons);
    }

    fn duty(&mut self, duty: &Duty) {
        self.duty_head(duty, "");
        self.reasons(&duty.reasons);
    }

    fn withheld(&mut self, withheld: &Withheld) {
        let until = self.until(withheld.until);
        self.duty_head(
            &withheld.duty,
            &format!(" is {}{until}", withheld.verdict.word()),
        );
        self.reasons(&withheld.against);
        self.line(2, "it was owed for");
        for reason in &withheld.duty.reasons {
            self.reason(3, reason);
        }
    }

    fn duty_head(&mut self, duty: &Duty, verdict: &str) {
        let on = duty
            .on
            .as_ref()
            .map_or_else(String::new, |on| format!(", on {on}"));
        let by = duty
            .by
            .as_ref()
            .map_or_else(String::new, |by| format!(", by {}", self.deadline(by)));
        let score = score(duty.score.as_ref());
        self.line(
            1,
            &format!("{}: {}{verdict}{on}{by}{score}", duty.id, duty.action),
        );
        self.with(&duty.with);
    }

    fn with(&mut self, with: &[(Arc<str>, Value)]) {
        for (name, value) in with.iter().filter(|(_, value)| !value.is_missing()) {
            let value = self.shown(value);
            self.line(2, &format!("{name}: {value}"));
        }
    }

    fn until(&self, until: Option<Timestamp>) -> String {
        let until = until.map(|until| self.deadline(&Value::DateTime(until)));
        until.map_or_else(String::new, |until| format!(" until {until}"))
    }

    fn reported(&mut self, reported: &Reported) {
        let on = reported.on.as_ref();
        let on = on.map_or_else(String::new, |on| format!(" {on}"));
        let because = reported.because.as_ref();
        let because = because.map_or_else(String::new, |text| format!(": {}", text.as_str()));
        let would = reported.would.word();
        self.line(
            1,
            &format!("{} would {would}{on}{because}", reported.policy),
        );
        self.with(&reported.with);
    }

    fn conflict(&mut self, conflict: &Conflict) {
        let on = conflict.on.as_ref();
        let on = on.map_or_else(String::new, |on| format!(" on {on}"));
        let Conflict {
            action,
            kept,
            dropped,
            ..
        } = conflict;
        self.line(
            1,
            &format!("{action}{on}: {kept} stays, {dropped} gives way"),
        );
    }

    fn deadline(&self, by: &Value) -> String {
        match by {
            Value::DateTime(instant) => {
                let zone = &self.zone;
                format!("{} ({zone})", format_instant(*instant, zone))
            }
            Value::Date(date) => format_date(*date),
            _ => self.shown(by),
        }
    }

    /// A value in words; a record field by field.
    fn shown(&self, value: &Value) -> String {
        let parts: Vec<String> = match value {
            Value::Record(record) => {
                let fields = record.shape.fields.iter().zip(&record.values);
                let known = fields.filter(|(_, value)| !value.is_missing());
                known
                    .map(|(field, value)| format!("{} {}", field.name, self.shown(value)))
                    .collect()
            }
            Value::List(items) => items.iter().map(|item| self.shown(item)).collect(),
            single => {
                let mut text = TextBuilder::new();
                render(single, &self.zone, &mut text);
                return text.finish().as_str().to_owned();
            }
        };
        format!("({})", parts.join(", "))
    }

    fn reasons(&mut self, reasons: &[Reason]) {
        for reason in reasons {
            self.reason(2, reason);
        }
    }

    fn reason(&mut self, depth: usize, reason: &Reason) {
        match &reason.because {
            Some(because) => self.line(depth, &format!("{}: {}", reason.policy, because.as_str())),
            None => self.line(depth, &reason.policy),
        }
    }

    fn line(&mut self, depth: usize, text: &str) {
        self.out.extend(std::iter::repeat_n("  ", depth));
        escape_into(text, &mut self.out);
        self.out.push('\n');
    }
}

/// Adds text, with what could steer a terminal written as escapes.
pub(super) fn escape_into(text: &str, out: &mut String) {
    for letter in text.chars() {
        push_printable(letter, out);
    }
}
