//! The same package and case 400 years later: a whole round of the calendar, weekdays included.
//!
//! Input: text of a package, of a case, of a decision. Output: the same with every date in it moved; nothing where
//! something in it may rightly come out otherwise: zones other than UTC, whose rules are others by then; shares, which
//! go by keys that may look like dates; seconds since 1970; years and lengths of time by number.

/// The years of a round.
const ROUND: u32 = 400;

/// What does not move with the calendar.
const FIXED: [&str; 8] = [
    "% of",
    "slot of",
    "from seconds",
    "from milliseconds",
    "year of",
    "age of",
    "0001-",
    "9999-",
];

/// The text with its dates moved, where all of it moves.
pub(super) fn shifted(text: &str) -> Option<String> {
    let moves = !FIXED.iter().any(|word| text.contains(word)) && !names_a_zone(text);
    moves.then(|| later(text))
}

/// The text with each date moved.
pub(super) fn later(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for start in 0..bytes.len() {
        if start >= done && is_date(bytes, start) {
            let year: u32 = text[start..start + 4].parse().unwrap_or(0);
            out.push_str(&text[done..start]);
            out.push_str(&format!("{:04}", year + ROUND));
            done = start + 4;
        }
    }
    out + &text[done..]
}

/// Whether `2026-11-23` begins here.
fn is_date(bytes: &[u8], start: usize) -> bool {
    let digit = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_digit);
    let dash = |place: usize| bytes.get(place) == Some(&b'-');
    let begins = start == 0 || !digit(start - 1);
    begins
        && [0, 1, 2, 3, 5, 6, 8, 9]
            .iter()
            .all(|place| digit(start + place))
        && dash(start + 4)
        && dash(start + 7)
        && !digit(start + 10)
}

/// Whether a zone such as `Europe/London` is named.
fn names_a_zone(text: &str) -> bool {
    let letter = |byte: Option<&u8>, kind: fn(&u8) -> bool| byte.is_some_and(kind);
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(place, byte)| {
        *byte == b'/'
            && place > 0
            && letter(bytes.get(place - 1), u8::is_ascii_lowercase)
            && letter(bytes.get(place + 1), u8::is_ascii_uppercase)
    })
}

#[cfg(test)]
mod tests {
    use super::shifted;

    #[test]
    fn dates_move_by_a_round_of_the_calendar() {
        let moved = shifted("from 2026-11-23T10:00:00Z until 0012-02-29, not 12026-11-23");
        let expected = "from 2426-11-23T10:00:00Z until 0412-02-29, not 12026-11-23";
        assert_eq!(moved.as_deref(), Some(expected));
        assert_eq!(shifted("in \"Europe/London\" 2026-11-23"), None);
        assert_eq!(shifted("for 10% of customer.id"), None);
    }
}
