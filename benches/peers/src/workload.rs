//! Cases of the workload, the same for the same seed everywhere.
//!
//! A customer with a history of purchases in time order, twenty contacts and two tickets, and a number of proposals.

use std::fmt::Write;

/// 2026-09-21T14:13:20Z, the moment of every case.
pub const NOW: i64 = 1_790_000_000;

const DAY: i64 = 86_400;

const CATEGORIES: [&str; 40] = [
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
const BRANDS: u64 = 100;
const CHANNELS: [&str; 5] = ["email", "sms", "push", "web", "phone"];
const FIRST: [&str; 8] = [
    "Ada", "Bram", "Chloe", "Dev", "Elif", "Finn", "Greta", "Hugo",
];
const LAST: [&str; 8] = [
    "Abel", "Brun", "Cole", "Dahl", "Egan", "Frey", "Gray", "Hahn",
];

/// How large a case is.
#[derive(Clone, Copy)]
pub struct Size {
    pub purchases: u64,
    pub proposals: u64,
}

/// A sequence of numbers that only look random (splitmix64, public domain).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 16) % end
    }

    fn of_hundred(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len() as u64) as usize]
    }

    fn moments(&mut self, count: u64, days: i64) -> Vec<i64> {
        let mut moments: Vec<i64> = (0..count)
            .map(|_| NOW - 1 - self.below((days * DAY) as u64) as i64)
            .collect();
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

/// One of 4,000 products.
struct Product(u64);

impl Product {
    fn category(&self) -> &'static str {
        CATEGORIES[(self.0 % 40) as usize]
    }

    fn cents(&self) -> u64 {
        100 + (self.0 * 7_919) % 120_000
    }

    fn write(&self, price: u64, authors: &[String], out: &mut String) {
        let (sku, category, brand) = (self.0, self.category(), self.0 / 40 % BRANDS);
        let authors: Vec<String> = authors.iter().map(|one| format!("\"{one}\"")).collect();
        write!(
            out,
            "\"sku\":\"s{sku}\",\"category\":\"{category}\",\"brand\":\"brand_{brand}\",\"authors\":[{}],\"price\":{}.{:02}",
            authors.join(","),
            price / 100,
            price % 100
        )
        .unwrap();
    }
}

/// A whole case as JSON.
pub fn case(seed: u64, size: Size) -> String {
    let draw = &mut Draw(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 7);
    let name = draw.person();
    let mut out = String::from("{\"now\":\"2026-09-21T14:13:20Z\",\"inputs\":{\"customer\":{");
    write!(out, "\"id\":\"c{seed:07}\"").unwrap();
    if !draw.of_hundred(10) {
        write!(out, ",\"name\":\"{name}\"").unwrap();
    }
    let tier = ["standard", "standard", "silver", "gold", "vip"][draw.below(5) as usize];
    let (year, month, day) = (
        1940 + draw.below(74),
        1 + draw.below(12),
        1 + draw.below(28),
    );
    write!(out, ",\"tier\":\"{tier}\",\"born\":\"{year}-{month:02}-{day:02}\",\"time_zone\":\"Europe/Prague\"").unwrap();
    let consent: Vec<String> = CHANNELS
        .iter()
        .filter(|_| draw.of_hundred(75))
        .map(|channel| format!("\"{channel}\""))
        .collect();
    write!(out, ",\"consent\":[{}]", consent.join(",")).unwrap();
    let bought = purchases(draw, size, &mut out);
    contacts(draw, seed, &mut out);
    tickets(draw, &mut out);
    out.push_str("}},\"proposals\":[");
    for place in 0..size.proposals {
        proposal(draw, place, &name, &bought, &mut out);
    }
    out.push_str("]}");
    out
}

fn purchases(draw: &mut Draw, size: Size, out: &mut String) -> Vec<u64> {
    out.push_str(",\"purchases\":[");
    let mut bought = Vec::new();
    for (place, at) in draw.moments(size.purchases, 730).into_iter().enumerate() {
        let product = Product(draw.below(4_000));
        let price = product.cents() + draw.below(product.cents() / 5 + 1);
        let authors = draw.people();
        out.push_str(if place > 0 { ",{" } else { "{" });
        product.write(price, &authors, out);
        write!(out, ",\"at\":{at}}}").unwrap();
        bought.push(product.0);
    }
    out.push(']');
    bought
}

fn contacts(draw: &mut Draw, seed: u64, out: &mut String) {
    out.push_str(",\"contacts\":[");
    for (place, at) in draw.moments(20, 60).into_iter().enumerate() {
        let channel = if draw.of_hundred(60) {
            "email"
        } else {
            draw.one_of(&CHANNELS)
        };
        let kind = if draw.of_hundred(70) {
            "marketing"
        } else {
            "service"
        };
        // A third of the customers are written to often.
        let at = if seed % 3 == 0 && place >= 14 {
            NOW - draw.below(7 * DAY as u64) as i64
        } else {
            at
        };
        let comma = if place > 0 { "," } else { "" };
        let campaign = draw.below(50);
        write!(out, "{comma}{{\"channel\":\"{channel}\",\"kind\":\"{kind}\",\"campaign\":\"k{campaign}\",\"at\":{at}}}").unwrap();
    }
    out.push(']');
}

fn tickets(draw: &mut Draw, out: &mut String) {
    out.push_str(",\"tickets\":[");
    for place in 0..2 {
        let status = if draw.of_hundred(12) {
            "open"
        } else {
            "closed"
        };
        let kind = if draw.of_hundred(30) {
            "late_parcel"
        } else {
            "question"
        };
        let at = NOW - draw.below(60 * DAY as u64) as i64;
        let comma = if place > 0 { "," } else { "" };
        write!(
            out,
            "{comma}{{\"status\":\"{status}\",\"kind\":\"{kind}\",\"opened_at\":{at}}}"
        )
        .unwrap();
    }
    out.push(']');
}

fn proposal(draw: &mut Draw, place: u64, name: &str, bought: &[u64], out: &mut String) {
    let action = match draw.below(10) {
        0..6 => "upsell",
        6..9 => "advertise",
        _ => "survey",
    };
    // One in five is something that the customer has.
    let sku = if !bought.is_empty() && draw.of_hundred(20) {
        let from = bought.len() - (bought.len() / 8 + 1);
        bought[from + draw.below((bought.len() - from) as u64) as usize]
    } else {
        draw.below(4_000)
    };
    let product = Product(sku);
    let mut authors = draw.people();
    if draw.of_hundred(3) {
        authors.push(name.to_string());
    }
    let comma = if place > 0 { "," } else { "" };
    let channel = draw.one_of(&CHANNELS);
    write!(out, "{comma}{{\"id\":\"p{place}\",\"action\":\"{action}\",\"with\":{{\"channel\":\"{channel}\",\"item\":{{").unwrap();
    product.write(product.cents(), &authors, out);
    out.push_str("}}}");
}
