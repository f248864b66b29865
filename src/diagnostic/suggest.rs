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
    candidates
        .into_iter()
        .filter(|candidate| *candidate != written && candidate.len() <= 200)
        .map(|candidate| {
            let other = candidate.to_lowercase();
            let distance = strsim::damerau_levenshtein(&lower, &other);
            (distance, candidate)
        })
        .filter(|(distance, candidate)| {
            let longest = length.max(candidate.chars().count());
            *distance <= longest.div_ceil(3) && *distance < longest
        })
        .min()
        .map(|(_, candidate)| candidate)
}
