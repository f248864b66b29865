//! Small numbers for the names that generated policies compare with, looked up when a case is read.

use super::types::Tier;
use crate::workload::{BRANDS, CATEGORIES};
use rustc_hash::FxHashMap;

/// Stands for a name that no policy can ask for.
const UNKNOWN: u32 = 1_023;

pub struct Names {
    categories: FxHashMap<String, u32>,
    brands: FxHashMap<String, u32>,
}

impl Names {
    pub fn new() -> Names {
        let categories = CATEGORIES.iter().map(|name| name.to_string());
        let brands = (0..BRANDS).map(|brand| format!("brand_{brand}"));
        Names {
            categories: categories.zip(0..).collect(),
            brands: brands.zip(0..).collect(),
        }
    }

    pub fn category(&self, name: &str) -> u32 {
        self.categories.get(name).copied().unwrap_or(UNKNOWN)
    }

    /// As `Simple::key` packs it.
    pub fn key(&self, category: &str, brand: &str, tier: Tier) -> u32 {
        let brand = self.brands.get(brand).copied().unwrap_or(UNKNOWN);
        self.category(category) << 16 | brand << 4 | tier as u32
    }
}
