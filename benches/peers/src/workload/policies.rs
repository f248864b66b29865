//! Which policies are in force: the twenty, or generated ones of which few match.

use super::draw::Draw;
use super::{BRANDS, CATEGORIES, TIERS};
use std::fmt::Write;

/// A set of policies.
#[derive(Clone)]
pub enum Policies {
    /// The twenty of `policies/shop.courtesy`.
    Shop,
    /// Generated ones.
    Simple(Vec<Simple>),
}

/// A policy that blocks what is of a category and a brand, for customers of a tier.
#[derive(Clone, Copy)]
pub struct Simple {
    pub number: u32,
    category: usize,
    brand: u64,
    tier: usize,
}

impl Simple {
    pub fn category(&self) -> &'static str {
        CATEGORIES[self.category]
    }

    pub fn brand(&self) -> String {
        format!("brand_{}", self.brand)
    }

    pub fn tier(&self) -> &'static str {
        TIERS[self.tier]
    }

    /// The three as one number.
    pub fn key(&self) -> u32 {
        (self.category as u32) << 16 | (self.brand as u32) << 4 | self.tier as u32
    }
}

/// So many generated policies.
pub fn generated(count: u32) -> Policies {
    let draw = &mut Draw::of(7);
    let one = |number| Simple {
        number,
        category: draw.below(CATEGORIES.len() as u64) as usize,
        brand: draw.below(BRANDS),
        tier: draw.below(TIERS.len() as u64) as usize,
    };
    Policies::Simple((1..=count).map(one).collect())
}

impl Policies {
    /// The policies as a file of Courtesy; the schema stands in another one.
    pub fn courtesy(&self) -> String {
        let Policies::Simple(all) = self else {
            return include_str!("../../policies/shop.courtesy").to_string();
        };
        let mut text = String::new();
        for policy in all {
            write!(
                text,
                "policy \"{}\"\n  never messages\n  when messages.item.category is \"{}\"\n   and messages.item.brand is \"{}\"\n   and customer.tier is {}\n\n",
                policy.number,
                policy.category(),
                policy.brand(),
                policy.tier()
            )
            .unwrap();
        }
        text
    }
}
