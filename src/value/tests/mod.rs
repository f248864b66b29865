//! Tests of the values, one file for each concern.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may fail"
)]
#![allow(
    unfulfilled_lint_expectations,
    reason = "not every kind of failure is used all the time"
)]

mod calendar;
mod civil_time;
mod counting;
mod numbers;
mod printing;
mod shares;
mod spans;
mod texts;
mod time_text;
mod working;

use super::{Date, Time, Timestamp, Zone, format_rfc3339, parse_date, parse_instant, parse_time};

fn zone(name: &str) -> Zone {
    Zone::named(name).unwrap()
}

fn date(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn time(text: &str) -> Time {
    parse_time(text).unwrap()
}

fn at(text: &str) -> Timestamp {
    parse_instant(text).unwrap()
}

fn utc(instant: Timestamp) -> String {
    format_rfc3339(instant)
}

/// Pseudo-random numbers that are the same in every run (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: i64) -> i64 {
        (self.next() % end as u64) as i64
    }
}
