//! `hand` and `hand-projected`: typed structs and plain loops. The first reads whole records and is what the others
//! are held against, the second reads only what the policies ask for.

use super::names::Names;
use super::read::{Short, Whole, refilled, with_serde};
use super::rules::{duties, simple};
use super::types::{Action, Bought, Case, Channel, Contacted, Status, Tier};
use crate::answer::Answer;
use crate::programs::Decider;
use crate::workload::{DAY, NOW, Policies};

/// A case that was read.
enum Loaded {
    Nothing,
    Whole(Whole),
    Short(Short),
}

pub struct Plain {
    loaded: Loaded,
    projected: bool,
    names: Names,
    /// The generated policies, where those are in force: what each compares with, and its number.
    scanned: Option<Vec<(u32, u32)>>,
    /// What the proposals that are loaded have, in the same form.
    keys: Vec<u32>,
}

impl Plain {
    pub fn new(policies: &Policies, projected: bool) -> Plain {
        let scanned = match policies {
            Policies::Shop => None,
            Policies::Simple(all) => Some(all.iter().map(|one| (one.key(), one.number)).collect()),
        };
        Plain {
            loaded: Loaded::Nothing,
            projected,
            names: Names::new(),
            scanned,
            keys: Vec::new(),
        }
    }

    fn take_buffer(&mut self) -> Option<Vec<u8>> {
        match std::mem::replace(&mut self.loaded, Loaded::Nothing) {
            Loaded::Nothing => None,
            Loaded::Whole(case) => Some(case.into_owner()),
            Loaded::Short(case) => Some(case.into_owner()),
        }
    }
}

impl Decider for Plain {
    fn load(&mut self, json: &[u8]) {
        let bytes = refilled(self.take_buffer(), json);
        self.loaded = if self.projected {
            Loaded::Short(Short::new(bytes, |bytes| with_serde(bytes)))
        } else {
            Loaded::Whole(Whole::new(bytes, |bytes| with_serde(bytes)))
        };
        if self.scanned.is_some() {
            let Plain { names, keys, .. } = self;
            match &self.loaded {
                Loaded::Nothing => {}
                Loaded::Whole(case) => find_keys(names, case.borrow_dependent(), keys),
                Loaded::Short(case) => find_keys(names, case.borrow_dependent(), keys),
            }
        }
    }

    fn decide(&mut self, answer: &mut Answer) {
        if let Some(scanned) = &self.scanned {
            return scan(scanned, &self.keys, answer);
        }
        match &self.loaded {
            Loaded::Nothing => panic!("no case is loaded"),
            Loaded::Whole(case) => decide(case.borrow_dependent(), answer),
            Loaded::Short(case) => decide(case.borrow_dependent(), answer),
        }
    }

    fn name(&self) -> Option<&str> {
        match &self.loaded {
            Loaded::Nothing => None,
            Loaded::Whole(case) => case.borrow_dependent().inputs.customer.name.as_deref(),
            Loaded::Short(case) => case.borrow_dependent().inputs.customer.name.as_deref(),
        }
    }
}

/// What the proposals of a case have, as the generated policies ask for it.
pub(super) fn find_keys<P, C>(names: &Names, case: &Case<'_, P, C>, keys: &mut Vec<u32>) {
    let tier = case.inputs.customer.tier;
    let items = case.proposals.iter().map(|proposal| &proposal.with.item);
    keys.clear();
    keys.extend(items.map(|item| names.key(item.category, item.brand, tier)));
}

fn scan(policies: &[(u32, u32)], keys: &[u32], answer: &mut Answer) {
    answer.proposals = keys.len() as u32;
    for (key, place) in keys.iter().zip(0..) {
        for (asked, number) in policies {
            if asked == key {
                answer.blocked.push((place, *number));
            }
        }
    }
}

fn decide<P: Bought, C: Contacted>(case: &Case<'_, P, C>, answer: &mut Answer) {
    let customer = &case.inputs.customer;
    let mut tickets = customer.tickets.iter();
    let open_ticket = tickets.any(|ticket| ticket.status == Status::Open);
    let lately = |one: &&C| one.marketing_mail() && one.at() >= NOW - 7 * DAY;
    let mails = customer.contacts.iter().filter(lately).count();
    let standard = customer.tier == Tier::Standard;
    let minor = customer.born > "2008-09-21";
    answer.proposals = case.proposals.len() as u32;
    for (proposal, place) in case.proposals.iter().zip(0..) {
        let (action, channel, item) = (proposal.action, proposal.with.channel, &proposal.with.item);
        let marketing = action != Action::Survey;
        let mut block = |policy| answer.blocked.push((place, policy));
        let since = |purchase: &P, days: i64| purchase.at() >= NOW - days * DAY;
        let mut purchases = customer.purchases.iter();
        if action == Action::Upsell
            && purchases.any(|one| one.category() == item.category && since(one, 30))
        {
            block(1);
        }
        let mut name = customer.name.iter();
        if action == Action::Upsell && name.any(|name| item.authors.contains(name)) {
            block(2);
        }
        let mut purchases = customer.purchases.iter();
        let cheaper = |one: &P| one.sku() == item.sku && since(one, 60) && item.price < one.price();
        if action == Action::Advertise && purchases.any(cheaper) {
            block(3);
        }
        if marketing && open_ticket {
            block(4);
        }
        if marketing && channel == Channel::Email && mails >= 3 {
            block(5);
        }
        if !customer.consent.contains(&channel) {
            block(6);
        }
        if item.category == "gift_card" && standard {
            block(7);
        }
        if minor && matches!(item.category, "alcohol" | "tobacco" | "knives") {
            block(8);
        }
        simple(customer.tier, action, channel, item, &mut block);
    }
    duties(customer, answer);
}
