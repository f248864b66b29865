//! The canaries: every form in which a private value of the case could be written.

/// As they stand in the data, as people are told them, and what is made of them.
const CANARIES: &[&str] = &[
    "canary-",
    "Canary Mood",
    "73193.731",
    "73,193",
    "61729",
    "84284.84",
    "84,284",
    "168569.68",
    "1917-03-14",
    "14 March 1917",
    "03:14:15",
    "2026-11-17",
    "17 November 2026",
    "1111111111",
    "2005-03-18",
    "18 March 2005",
    "1222222222333",
    "2008-09-24",
    "24 September 2008",
    "PT31H41M",
    "31 hours",
    "P17M13D",
    "17 months",
    "P1Y5M13D",
    "Antarctica",
    "Troll",
    "saturday",
    "Saturday",
    "62951.51",
    "62952.52",
    "147236",
    "2026-10-18",
    "2026-10-19",
    "18 October 2026",
    "19 October 2026",
];

/// The canaries that stand in a text. The policies name `"canary"` themselves, in quotes, and a slot.
pub(super) fn canaries_in(text: &str) -> Vec<&'static str> {
    CANARIES
        .iter()
        .copied()
        .filter(|canary| text.contains(canary))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::canaries_in;

    #[test]
    fn a_canary_is_heard() {
        assert_eq!(canaries_in("born 14 March 1917"), ["14 March 1917"]);
        assert!(canaries_in("starts with \"canary\"").is_empty());
    }
}
