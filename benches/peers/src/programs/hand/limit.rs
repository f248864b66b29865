//! `hand-limit`: how far it goes when everything is shared that can be. Histories are read from their end, categories
//! are bits, and generated policies are found by hash. `hand-limit-sonic` reads with sonic-rs.

use super::names::Names;
use super::plain::find_keys;
use super::read::{Whole, WholeCase, refilled, with_serde, with_sonic};
use super::rules::{duties, simple};
use super::types::{Action, Channel, Contacted, Purchase, Status, Tier};
use crate::answer::Answer;
use crate::programs::Decider;
use crate::workload::{DAY, NOW, Policies};
use rustc_hash::FxHashMap;

pub struct Limit {
    loaded: Option<Whole>,
    sonic: bool,
    names: Names,
    /// The generated policies by what they compare with, where those are in force.
    index: Option<FxHashMap<u32, Vec<u32>>>,
    keys: Vec<u32>,
    /// The categories of the purchases and of the proposals that are loaded.
    bought: Vec<u32>,
    proposed: Vec<u32>,
    gift_cards: u32,
    for_adults: u64,
}

impl Limit {
    pub fn new(policies: &Policies, sonic: bool) -> Limit {
        let names = Names::new();
        let adult = ["alcohol", "tobacco", "knives"].map(|name| 1 << names.category(name));
        Limit {
            loaded: None,
            sonic,
            index: index(policies),
            keys: Vec::new(),
            bought: Vec::new(),
            proposed: Vec::new(),
            gift_cards: names.category("gift_card"),
            for_adults: adult.iter().fold(0, |bits, bit| bits | bit),
            names,
        }
    }
}

fn index(policies: &Policies) -> Option<FxHashMap<u32, Vec<u32>>> {
    let Policies::Simple(all) = policies else {
        return None;
    };
    let mut index: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for policy in all {
        index.entry(policy.key()).or_default().push(policy.number);
    }
    Some(index)
}

impl Decider for Limit {
    fn load(&mut self, json: &[u8]) {
        let bytes = refilled(self.loaded.take().map(Whole::into_owner), json);
        let loaded = match self.sonic {
            true => Whole::new(bytes, |bytes| with_sonic(bytes)),
            false => Whole::new(bytes, |bytes| with_serde(bytes)),
        };
        let case = loaded.borrow_dependent();
        if self.index.is_some() {
            find_keys(&self.names, case, &mut self.keys);
        } else {
            let category = |name| self.names.category(name);
            let purchases = case.inputs.customer.purchases.iter();
            self.bought.clear();
            self.bought
                .extend(purchases.map(|one| category(one.category)));
            let proposals = case.proposals.iter();
            self.proposed.clear();
            self.proposed
                .extend(proposals.map(|one| category(one.with.item.category)));
        }
        self.loaded = Some(loaded);
    }

    fn decide(&mut self, answer: &mut Answer) {
        let loaded = self.loaded.as_ref().expect("a case is loaded");
        match &self.index {
            Some(index) => look_up(index, &self.keys, answer),
            None => self.decide_case(loaded.borrow_dependent(), answer),
        }
    }

    fn name(&self) -> Option<&str> {
        let case = self.loaded.as_ref()?.borrow_dependent();
        case.inputs.customer.name.as_deref()
    }
}

fn look_up(index: &FxHashMap<u32, Vec<u32>>, keys: &[u32], answer: &mut Answer) {
    answer.proposals = keys.len() as u32;
    for (key, place) in keys.iter().zip(0..) {
        if let Some(numbers) = index.get(key) {
            answer
                .blocked
                .extend(numbers.iter().map(|number| (place, *number)));
        }
    }
}

impl Limit {
    fn decide_case(&self, case: &WholeCase<'_>, answer: &mut Answer) {
        let customer = &case.inputs.customer;
        let (lately, recent) = self.history(&customer.purchases);
        let open_ticket = customer
            .tickets
            .iter()
            .any(|ticket| ticket.status == Status::Open);
        let mails = customer.contacts.iter().filter(|one| one.marketing_mail());
        let many_mails = mails.filter(|one| one.at >= NOW - 7 * DAY).count() >= 3;
        let consent = customer
            .consent
            .iter()
            .fold(0u8, |bits, one| bits | 1 << *one as u8);
        let standard = customer.tier == Tier::Standard;
        let for_adults = if customer.born > "2008-09-21" {
            self.for_adults
        } else {
            0
        };
        answer.proposals = case.proposals.len() as u32;
        for ((proposal, category), place) in case.proposals.iter().zip(&self.proposed).zip(0..) {
            let (action, channel, item) =
                (proposal.action, proposal.with.channel, &proposal.with.item);
            let mut block = |policy| answer.blocked.push((place, policy));
            match action {
                Action::Upsell => {
                    if lately >> category & 1 == 1 {
                        block(1);
                    }
                    if customer.name.iter().any(|name| item.authors.contains(name)) {
                        block(2);
                    }
                }
                Action::Advertise => {
                    if recent
                        .iter()
                        .any(|one| item.price < one.price && one.sku == item.sku)
                    {
                        block(3);
                    }
                }
                Action::Survey => {}
            }
            if action != Action::Survey {
                if open_ticket {
                    block(4);
                }
                if many_mails && channel == Channel::Email {
                    block(5);
                }
            }
            if consent >> channel as u8 & 1 == 0 {
                block(6);
            }
            if standard && *category == self.gift_cards {
                block(7);
            }
            if for_adults >> category & 1 == 1 {
                block(8);
            }
            simple(customer.tier, action, channel, item, &mut block);
        }
        duties(customer, answer);
    }

    /// The categories of the last 30 days as bits, and the purchases of the last 60. Histories are in time order.
    fn history<'c>(&self, purchases: &'c [Purchase<'c>]) -> (u64, &'c [Purchase<'c>]) {
        let mut categories = 0;
        let mut first = purchases.len();
        for (place, (purchase, category)) in purchases.iter().zip(&self.bought).enumerate().rev() {
            if purchase.at < NOW - 60 * DAY {
                break;
            }
            first = place;
            if purchase.at >= NOW - 30 * DAY {
                categories |= 1 << category;
            }
        }
        (categories, &purchases[first..])
    }
}
