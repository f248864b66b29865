//! The name that was probably meant.

/// The candidate nearest to `written`, where one is near enough to be offered:
/// at most a third of its letters differ (Damerau-Levenshtein distance), or only
/// its case does. Of equally near ones the first in the order of their bytes.
///
/// ```
/// use courtesy::diagnostic::nearest;
/// assert_eq!(nearest("custmer", ["customer", "costume"]), Some("customer"));
/// assert_eq!(nearest("basket", ["customer"]), None);
/// ```
#[must_use]
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let lower = written.to_lowercase();
    let length = lower.chars().count();
    if length > 100 {
        return None;
    }
    let letters = Letters::of(&lower);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != written && candidate.len() <= 200)
        .filter_map(|candidate| {
            let longest = length.max(candidate.chars().count());
            let most = longest.div_ceil(3).min(longest.saturating_sub(1));
            // Most candidates are far away, and their letters alone say so.
            if letters.least_distance(&Letters::of(candidate)) > most {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (distance <= most).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// How often each letter stands in a word, whatever their order and case. What is no ASCII counts as nothing.
struct Letters([u8; 128]);

impl Letters {
    fn of(word: &str) -> Letters {
        let mut counts = [0_u8; 128];
        for byte in word.bytes() {
            if let Some(count) = counts.get_mut(usize::from(byte.to_ascii_lowercase())) {
                *count = count.saturating_add(1);
            }
        }
        Letters(counts)
    }

    /// What the distance is at least: one change adds or takes away one letter, or puts one in another's place.
    fn least_distance(&self, other: &Letters) -> usize {
        let over = |one: &Letters, other: &Letters| -> usize {
            let both = one.0.iter().zip(&other.0);
            let over = both.map(|(one, other)| usize::from(one.saturating_sub(*other)));
            over.fold(0, usize::saturating_add)
        };
        over(self, other).max(over(other, self))
    }
}
