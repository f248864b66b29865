//! Customers and proposals as data, drawn by a seed.

use super::{DAY, NOW, Size};

pub const CATEGORIES: [&str; 40] = [
    "alcohol",
    "art",
    "audio",
    "bags",
    "bedding",
    "bikes",
    "books",
    "cameras",
    "camping",
    "clocks",
    "coffee",
    "dolls",
    "films",
    "fishing",
    "flowers",
    "games",
    "garden",
    "gift_card",
    "hats",
    "insurance",
    "jackets",
    "kitchen",
    "knives",
    "lamps",
    "laptops",
    "medical",
    "music",
    "paper",
    "perfume",
    "pets",
    "phones",
    "rings",
    "shoes",
    "skiing",
    "tea",
    "tobacco",
    "tools",
    "travel",
    "vitamins",
    "watches",
];
pub const BRANDS: u64 = 100;
pub const TIERS: [&str; 4] = ["standard", "silver", "gold", "vip"];
pub const CHANNELS: [&str; 5] = ["email", "sms", "push", "web", "phone"];

const PRODUCTS: u64 = 4_000;
const FIRST: [&str; 8] = [
    "Ada", "Bram", "Chloe", "Dev", "Elif", "Finn", "Greta", "Hugo",
];
const LAST: [&str; 8] = [
    "Abel", "Brun", "Cole", "Dahl", "Egan", "Frey", "Gray", "Hahn",
];

/// A customer, and what is proposed.
pub struct Drawn {
    pub id: String,
    pub name: Option<String>,
    pub tier: &'static str,
    /// Year, month, day.
    pub born: (u64, u64, u64),
    pub consent: Vec<&'static str>,
    pub purchases: Vec<Purchase>,
    pub contacts: Vec<Contact>,
    pub tickets: Vec<Ticket>,
    pub proposals: Vec<Proposal>,
}

/// What is sold: its number says all but the authors and what was paid.
pub struct Item {
    pub number: u64,
    pub cents: u64,
    pub authors: Vec<String>,
}

pub struct Purchase {
    pub item: Item,
    pub at: i64,
}

pub struct Contact {
    pub channel: &'static str,
    pub kind: &'static str,
    pub campaign: u64,
    pub at: i64,
}

pub struct Ticket {
    pub status: &'static str,
    pub kind: &'static str,
    pub opened_at: i64,
}

pub struct Proposal {
    pub action: &'static str,
    pub channel: &'static str,
    pub item: Item,
}

impl Item {
    pub fn category(&self) -> &'static str {
        CATEGORIES[(self.number % 40) as usize]
    }

    pub fn brand(&self) -> u64 {
        self.number / 40 % BRANDS
    }
}

fn list_price(number: u64) -> u64 {
    100 + (number * 7_919) % 120_000
}

/// A sequence of numbers that only look random (splitmix64, public domain).
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn of(seed: u64) -> Draw {
        Draw(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 7)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 16) % end
    }

    fn of_hundred(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    fn one_of(&mut self, all: &[&'static str]) -> &'static str {
        all[self.below(all.len() as u64) as usize]
    }

    fn moment(&mut self, days: i64) -> i64 {
        NOW - 1 - self.below((days * DAY) as u64) as i64
    }

    /// Moments in their order, as histories have them.
    fn moments(&mut self, count: u64, days: i64) -> Vec<i64> {
        let mut moments: Vec<i64> = (0..count).map(|_| self.moment(days)).collect();
        moments.sort_unstable();
        moments
    }

    fn person(&mut self) -> String {
        format!("{} {}", self.one_of(&FIRST), self.one_of(&LAST))
    }

    fn people(&mut self) -> Vec<String> {
        (0..self.below(3)).map(|_| self.person()).collect()
    }
}

/// Draws a customer and proposals.
pub(super) fn drawn(seed: u64, size: Size) -> Drawn {
    let draw = &mut Draw::of(seed);
    let name = draw.person();
    let known = !draw.of_hundred(10);
    let tier = ["standard", "standard", "silver", "gold", "vip"][draw.below(5) as usize];
    let born = (
        1940 + draw.below(74),
        1 + draw.below(12),
        1 + draw.below(28),
    );
    let consent = CHANNELS
        .into_iter()
        .filter(|_| draw.of_hundred(75))
        .collect();
    let purchases = purchases(draw, size.purchases);
    let contacts = contacts(draw, seed);
    let tickets = (0..2).map(|_| ticket(draw)).collect();
    let proposals = (0..size.proposals)
        .map(|_| proposal(draw, &name, &purchases))
        .collect();
    Drawn {
        id: format!("c{seed:07}"),
        name: known.then_some(name),
        tier,
        born,
        consent,
        purchases,
        contacts,
        tickets,
        proposals,
    }
}

fn purchases(draw: &mut Draw, count: u64) -> Vec<Purchase> {
    let moments = draw.moments(count, 730);
    let one = |at| {
        let number = draw.below(PRODUCTS);
        let cents = list_price(number);
        let cents = cents + draw.below(cents / 5 + 1);
        let authors = draw.people();
        let item = Item {
            number,
            cents,
            authors,
        };
        Purchase { item, at }
    };
    moments.into_iter().map(one).collect()
}

fn contacts(draw: &mut Draw, seed: u64) -> Vec<Contact> {
    let moments = draw.moments(20, 60);
    let mut contacts = Vec::new();
    for (place, at) in moments.into_iter().enumerate() {
        let mostly_mail = draw.of_hundred(60);
        let channel = if mostly_mail {
            "email"
        } else {
            draw.one_of(&CHANNELS)
        };
        let marketing = draw.of_hundred(70);
        // A third of the customers are written to often.
        let often = seed.is_multiple_of(3) && place >= 14;
        contacts.push(Contact {
            channel,
            kind: if marketing { "marketing" } else { "service" },
            at: if often { draw.moment(7) } else { at },
            campaign: draw.below(50),
        });
    }
    contacts
}

fn ticket(draw: &mut Draw) -> Ticket {
    let (open, late) = (draw.of_hundred(12), draw.of_hundred(30));
    Ticket {
        status: if open { "open" } else { "closed" },
        kind: if late { "late_parcel" } else { "question" },
        opened_at: draw.moment(60),
    }
}

fn proposal(draw: &mut Draw, name: &str, purchases: &[Purchase]) -> Proposal {
    let action = match draw.below(10) {
        0..6 => "upsell",
        6..9 => "advertise",
        _ => "survey",
    };
    // One in five is something that the customer has bought lately.
    let number = if !purchases.is_empty() && draw.of_hundred(20) {
        let lately = purchases.len() as u64 / 8 + 1;
        let back = 1 + draw.below(lately) as usize;
        purchases[purchases.len() - back].item.number
    } else {
        draw.below(PRODUCTS)
    };
    let mut authors = draw.people();
    if draw.of_hundred(3) {
        authors.push(name.to_string());
    }
    let cents = list_price(number);
    Proposal {
        action,
        channel: draw.one_of(&CHANNELS),
        item: Item {
            number,
            cents,
            authors,
        },
    }
}
