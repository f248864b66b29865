//! Slots of customers: the published vectors, and how evenly they lie.

use crate::value::{SLOTS, slot};

const VECTORS: &str = include_str!("../../../tests/vectors/slots.json");

#[test]
fn slots_are_those_of_the_published_vectors() {
    let vectors: Vec<serde_json::Value> = serde_json::from_str(VECTORS).unwrap();
    assert_eq!(vectors.len(), 1000);
    for vector in &vectors {
        let (name, key) = (&vector["name"], &vector["key"]);
        let expected = vector["slot"].as_u64().unwrap();
        let found = slot(name.as_str().unwrap(), key.as_str().unwrap());
        assert_eq!(u64::from(found), expected, "{name} {key}");
    }
}

/// How many of so many keys lie in each slot.
fn counts(name: &str, keys: usize) -> Vec<u32> {
    let mut counts = vec![0; usize::from(SLOTS)];
    for key in 0..keys {
        counts[usize::from(slot(name, &key.to_string()))] += 1;
    }
    counts
}

#[test]
fn a_tenth_of_a_million_customers_is_a_tenth_and_they_lie_evenly() {
    let counts = counts("autumn", 1_000_000);
    let tenth: u32 = counts[..1_000].iter().sum();
    assert!((99_000..=101_000).contains(&tenth), "{tenth}");
    // Chi-square over 100 buckets of 10,000 expected: 99 degrees of freedom,
    // within its quantiles at 0.001 and 0.999.
    let buckets = counts
        .chunks(100)
        .map(|bucket| f64::from(bucket.iter().sum::<u32>()));
    let statistic: f64 = buckets
        .map(|found| (found - 10_000.0).powi(2) / 10_000.0)
        .sum();
    assert!((60.9..148.3).contains(&statistic), "{statistic}");
}

#[test]
fn a_larger_share_holds_the_smaller_one() {
    let share = |percent: u16| {
        (0..10_000).filter(move |key| slot("autumn", &key.to_string()) < percent * 100)
    };
    for (small, large) in [(0, 1), (1, 10), (10, 11), (11, 99), (99, 100)] {
        let large: Vec<i32> = share(large).collect();
        assert!(share(small).all(|key| large.contains(&key)));
        assert!(share(small).count() < large.len());
    }
    assert_eq!(share(100).count(), 10_000);
}

#[test]
fn shares_under_two_names_have_nothing_to_do_with_each_other() {
    let keys = (0..100_000).map(|key| key.to_string());
    let in_both = keys.filter(|key| slot("autumn", key) < 5_000 && slot("winter", key) < 5_000);
    let both = in_both.count();
    assert!((24_500..25_500).contains(&both), "{both}");
}
