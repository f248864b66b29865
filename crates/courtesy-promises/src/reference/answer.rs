//! The decision as JSON, in its order.
//!
//! Input: a decision that is made. Output: JSON, without `package` and without `until`.

use super::candidate::{Candidate, Deadline, Origin, Reason, Verdict};
use super::eval::Outcome;
use super::judge::Judge;
use courtesy::ast::Verb;
use courtesy::value::{Value, format_rfc3339, write_json, write_json_text};

/// A JSON object as it is written.
struct Object(Vec<String>);

impl Object {
    fn text(&mut self, key: &str, text: &str) {
        let mut value = String::new();
        write_json_text(text, &mut value);
        self.json(key, &value);
    }

    /// `with`, where a field is known.
    fn fields(&mut self, fields: &Value) {
        let mut json = String::new();
        write_json(fields, &mut json);
        if json != "{}" {
            self.json("with", &json);
        }
    }

    fn json(&mut self, key: &str, json: &str) {
        let mut name = String::new();
        write_json_text(key, &mut name);
        self.0.push(format!("{name}:{json}"));
    }

    fn written(self) -> String {
        format!("{{{}}}", self.0.join(","))
    }
}

fn list(entries: Vec<String>) -> String {
    format!("[{}]", entries.join(","))
}

impl Judge<'_> {
    /// The decision as JSON.
    pub(crate) fn answer(&mut self) -> Outcome<String> {
        let duties = self.duties_in_order();
        for (number, place) in (1..).zip(&duties) {
            if let Some(duty) = self.candidates.get_mut(*place) {
                duty.id = format!("duty {number}");
            }
        }
        let held = |place: &usize| self.verdict(*place) == Some(Verdict::Allowed);
        let (owed, withheld): (Vec<usize>, Vec<usize>) =
            duties.iter().partition(|place| held(place));
        let proposals = self.candidates.iter().enumerate();
        let proposals = proposals.filter(|(_, candidate)| candidate.origin == Origin::Proposed);
        let proposals = proposals.map(|(place, proposal)| self.proposal(place, proposal));
        let written = |places: &[usize]| {
            let duties = places
                .iter()
                .filter_map(|place| self.candidates.get(*place));
            list(duties.map(|duty| self.duty_json(duty)).collect())
        };
        let mut decision = Object(Vec::new());
        decision.text("now", &format_rfc3339(self.world.now));
        decision.json("proposals", &list(proposals.collect()));
        decision.json("duties", &written(&owed));
        decision.json("withheld", &written(&withheld));
        decision.json("reported", &self.reported(&duties));
        decision.json("conflicts", &self.conflicts_json(&duties));
        Ok(decision.written())
    }

    fn verdict(&self, place: usize) -> Option<Verdict> {
        self.candidates.get(place).map(Candidate::verdict)
    }

    /// The duties, then the withheld ones; plain ones first, then attached ones by carrier.
    fn duties_in_order(&self) -> Vec<usize> {
        let places = 0..self.candidates.len();
        let of = |place: &usize, wanted: &[Origin]| {
            let candidate = self.candidates.get(*place);
            candidate.is_some_and(|candidate| wanted.contains(&candidate.origin))
        };
        let ordered = self.in_order(places.clone());
        let is_plain = |place: &usize| of(place, &[Origin::Plain, Origin::Fewer]);
        let plain: Vec<usize> = ordered.iter().copied().filter(is_plain).collect();
        let proposals = places.filter(|place| of(place, &[Origin::Proposed]));
        let carriers: Vec<usize> = plain.iter().copied().chain(proposals).collect();
        let attached = carriers.iter().flat_map(|carrier| {
            ordered.iter().copied().filter(|place| {
                let candidate = self.candidates.get(*place);
                candidate.is_some_and(|candidate| candidate.carrier == Some(*carrier))
            })
        });
        let all: Vec<usize> = plain.iter().copied().chain(attached).collect();
        let (mut held, withheld): (Vec<usize>, Vec<usize>) = all
            .into_iter()
            .partition(|place| self.verdict(*place) == Some(Verdict::Allowed));
        held.extend(withheld);
        held
    }

    fn proposal(&self, place: usize, proposal: &Candidate) -> String {
        let mut entry = Object(Vec::new());
        entry.text("id", &proposal.id);
        entry.text("action", &proposal.action);
        entry.text("verdict", word(proposal.verdict()));
        if let Some(rank) = self.ranked.iter().position(|ranked| *ranked == place) {
            entry.json("rank", &rank.saturating_add(1).to_string());
        }
        self.score(proposal, &mut entry);
        let reasons = proposal.blocked.iter().chain(&proposal.refused);
        entry.json("reasons", &reasons_json(reasons.collect()));
        entry.written()
    }

    fn duty_json(&self, duty: &Candidate) -> String {
        let mut entry = Object(Vec::new());
        entry.text("id", &duty.id);
        entry.text("action", &duty.action);
        entry.fields(&duty.fields);
        self.on(duty.carrier, &mut entry);
        match duty.deadline {
            Some(Deadline::At(instant)) => entry.text("by", &format_rfc3339(instant)),
            Some(Deadline::EndOf(day)) => entry.text("by", &day.to_string()),
            None => {}
        }
        self.score(duty, &mut entry);
        if duty.verdict() != Verdict::Allowed {
            entry.text("verdict", word(duty.verdict()));
        }
        let reasons = duty.owners.iter().chain(&duty.blocked).chain(&duty.refused);
        entry.json("reasons", &reasons_json(reasons.collect()));
        entry.written()
    }

    fn on(&self, carrier: Option<usize>, entry: &mut Object) {
        if let Some(carrier) = carrier.and_then(|carrier| self.candidates.get(carrier)) {
            entry.text("on", &carrier.id);
        }
    }

    /// The score, where some `prefer` of the package names the action.
    fn score(&self, candidate: &Candidate, entry: &mut Object) {
        let declared = self.world.declared;
        let named = declared.rules.iter().any(|rule| {
            rule.verb == Verb::Prefer && declared.fits(&rule.action, &candidate.action)
        });
        if named {
            entry.json("score", &candidate.score.to_string());
        }
    }

    /// Where something stands that is about a candidate: the case first, then proposals, then duties.
    fn place_of(&self, about: Option<usize>, duties: &[usize]) -> (usize, usize) {
        match about {
            None => (0, 0),
            Some(place) => match duties.iter().position(|duty| *duty == place) {
                None => (1, place),
                Some(number) => (2, number),
            },
        }
    }

    fn reported(&self, duties: &[usize]) -> String {
        let mut reports: Vec<_> = self.reports.iter().collect();
        reports.sort_by_key(|report| {
            (
                self.place_of(report.about, duties),
                report.reason.policy.clone(),
            )
        });
        let written = reports.into_iter().map(|report| {
            let mut entry = Object(Vec::new());
            entry.text("policy", &report.reason.policy);
            entry.text("would", report.would);
            self.on(report.about, &mut entry);
            if let Some(fields) = &report.fields {
                entry.fields(fields);
            }
            if let Some(because) = &report.reason.because {
                entry.text("because", because);
            }
            entry.written()
        });
        list(written.collect())
    }

    fn conflicts_json(&self, duties: &[usize]) -> String {
        let mut conflicts: Vec<_> = self.conflicts.iter().collect();
        conflicts.sort_by_key(|conflict| {
            (
                self.place_of(conflict.carrier, duties),
                conflict.kept.clone(),
                conflict.dropped.clone(),
            )
        });
        let written = conflicts.into_iter().map(|conflict| {
            let mut entry = Object(Vec::new());
            entry.text("action", &conflict.action);
            self.on(conflict.carrier, &mut entry);
            entry.text("kept", &conflict.kept);
            entry.text("dropped", &conflict.dropped);
            entry.written()
        });
        list(written.collect())
    }
}

fn reasons_json(mut reasons: Vec<&Reason>) -> String {
    reasons.sort();
    let written = reasons.into_iter().map(|reason| {
        let mut entry = Object(Vec::new());
        entry.text("policy", &reason.policy);
        if let Some(because) = &reason.because {
            entry.text("because", because);
        }
        entry.written()
    });
    list(written.collect())
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "allowed",
        Verdict::Blocked => "blocked",
        Verdict::Limited => "limited",
    }
}
