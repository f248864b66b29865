//! Dates as they are written elsewhere.

/// What a date written in another way may mean.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// One day.
    Day(String),
    /// One of two, by which of day and month comes first.
    Either(String, String),
}

impl Meant {
    /// What to write instead.
    pub(super) fn help(&self) -> String {
        match self {
            Meant::Day(day) => format!("write `{day}`"),
            Meant::Either(day, month) => {
                format!("write `{day}` or `{month}`, whichever is meant")
            }
        }
    }

    /// The day, where only one can be meant.
    pub(super) fn certain(self) -> Option<String> {
        match self {
            Meant::Day(day) => Some(day),
            Meant::Either(..) => None,
        }
    }
}

/// What is meant by `23.11.2026`, `11/23/2026` or `2026/11/23`; `None`
/// where the text is no date of that kind.
pub(super) fn year_first(written: &str) -> Option<Meant> {
    let sign = written.chars().find(|c| !c.is_ascii_digit())?;
    let mut groups = written.split(sign);
    let (a, b, c) = (groups.next()?, groups.next()?, groups.next()?);
    let numbers = [a, b, c]
        .iter()
        .all(|group| !group.is_empty() && group.chars().all(|c| c.is_ascii_digit()));
    if !numbers || groups.next().is_some() || !matches!(sign, '/' | '-' | '.') {
        return None;
    }
    if a.len() == 4 && sign != '-' {
        return Some(Meant::Day(date(a, b, c)?));
    }
    if a.len() > 2 || b.len() > 2 || c.len() != 4 {
        return None;
    }
    let day_first = date(c, b, a);
    let month_first = date(c, a, b).filter(|_| sign != '.');
    Some(match (day_first, month_first) {
        (Some(day), Some(month)) if day != month => Meant::Either(day, month),
        (Some(date), _) | (None, Some(date)) => Meant::Day(date),
        (None, None) => return None,
    })
}

fn date(year: &str, month: &str, day: &str) -> Option<String> {
    let number = |text: &str| text.parse::<u8>().ok();
    let fits = (1..=12).contains(&number(month)?) && (1..=31).contains(&number(day)?);
    fits.then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

#[cfg(test)]
mod tests {
    use super::year_first;

    #[test]
    fn dates_of_elsewhere_are_turned_round() {
        let cases = [
            ("23.11.2026", Some("write `2026-11-23`")),
            ("11/23/2026", Some("write `2026-11-23`")),
            ("2026/1/5", Some("write `2026-01-05`")),
            ("4-4-2026", Some("write `2026-04-04`")),
            (
                "4/5/2026",
                Some("write `2026-05-04` or `2026-04-05`, whichever is meant"),
            ),
            ("4/5/20", None),
            ("40/50/2026", None),
            ("2026-11-23", None),
            ("1.5", None),
        ];
        for (written, help) in cases {
            assert_eq!(
                year_first(written).map(|meant| meant.help()).as_deref(),
                help,
                "{written}"
            );
        }
    }
}
