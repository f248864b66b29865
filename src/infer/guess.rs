//! The types that take everything that was seen.
//!
//! Input: profiles. Output: an outline. What follows from the values alone is said plainly; what also goes by the name
//! of a key or by how few values there are carries a note.

use super::profile::{KEYS, Profile, TEXTS};
use crate::outline::{
    Names, Outline, OutlineChoice, OutlineField, OutlineRecord, OutlineType, can_be_said,
    field_name, of_one, type_name, value_name,
};
use crate::value::Currency;

/// Whole numbers in this range may be seconds since 1970: from 2001 to 2096.
const SECONDS: std::ops::Range<f64> = 1e9..4e9;

/// The same in milliseconds.
const MILLISECONDS: std::ops::Range<f64> = 1e12..4e12;

/// A choice's values are each met so often on average at least.
const REPEATS: u64 = 3;

/// The longest text of a choice that is guessed, in characters.
const CHOICE_TEXT: usize = 40;

/// Words of keys that name amounts.
const MONEY: &[&str] = &[
    "amount", "balance", "budget", "cost", "credit", "discount", "fee", "paid", "payment", "price",
    "refund", "revenue", "spend", "spent", "subtotal", "total", "value",
];

/// Words of keys that name moments.
const MOMENTS: &[&str] = &[
    "at",
    "born",
    "created",
    "date",
    "day",
    "expires",
    "joined",
    "last",
    "on",
    "opened",
    "seen",
    "since",
    "time",
    "timestamp",
    "until",
    "updated",
    "when",
];

/// Words of keys whose values are codes, though they may be digits or repeat.
const CODES: &[&str] = &[
    "code", "id", "isbn", "key", "number", "phone", "postcode", "ref", "sku", "uuid", "zip",
];

/// Words of keys whose texts are the customer's or the shop's own words.
const FREE: &[&str] = &[
    "comment",
    "description",
    "message",
    "name",
    "note",
    "text",
    "title",
];

/// Words of keys that name what belongs to a person.
const PERSONAL: &[&str] = &[
    "address", "birth", "birthday", "born", "email", "iban", "ip", "mail", "mobile", "phone",
    "ssn", "street", "surname",
];

/// Works out types, declaring what they need.
pub(super) struct Guesser {
    outline: Outline,
    declared: Names,
    currency: Option<Currency>,
}

/// What was guessed of one place.
struct Guess {
    kind: OutlineType,
    note: Option<String>,
}

impl Guess {
    fn sure(kind: OutlineType) -> Guess {
        Guess { kind, note: None }
    }

    fn named(name: &str) -> Guess {
        Guess::sure(OutlineType::named(name))
    }

    fn noted(kind: OutlineType, note: impl Into<String>) -> Guess {
        Guess {
            kind,
            note: Some(note.into()),
        }
    }
}

impl Guesser {
    pub(super) fn new(currency: Option<Currency>) -> Guesser {
        Guesser {
            outline: Outline {
                currency: currency.map(|currency| currency.code().to_string()),
                ..Outline::default()
            },
            declared: Names::default(),
            currency,
        }
    }

    pub(super) fn finish(self) -> Outline {
        self.outline
    }

    /// Declares a record type and gives its name; `whole` where it is the record itself.
    pub(super) fn record(&mut self, key: &str, profile: &Profile, whole: bool) -> String {
        let name = self.declared.free(&type_name(key));
        let mut names = Names::default();
        let mut record = OutlineRecord {
            name: name.clone(),
            fields: Vec::new(),
            left_out: Vec::new(),
        };
        for (key, inner) in &profile.fields {
            if !can_be_said(key) {
                record
                    .left_out
                    .push(("…".into(), "its key cannot stand in a policy file".into()));
                continue;
            }
            match self.kind(key, inner) {
                Ok(guess) => {
                    let missing = missing(profile, inner);
                    let field = field(
                        names.free(&field_name(key)),
                        key,
                        guess,
                        missing,
                        profile.records,
                    );
                    record.fields.push(personal(field, whole));
                }
                Err(why) => record.left_out.push((key.clone(), why)),
            }
        }
        self.outline.records.push(record);
        name
    }

    fn kind(&mut self, key: &str, profile: &Profile) -> Result<Guess, String> {
        let kinds = [
            (profile.yes_or_no, "yes or no"),
            (profile.numbers.count, "numbers"),
            (profile.texts.count, "texts"),
            (profile.records, "objects"),
            (profile.lists, "lists"),
        ];
        let mut found = kinds
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(_, name)| *name);
        match (found.next(), found.next()) {
            (None, _) => Err("it is null in every record".to_string()),
            (Some("numbers"), Some("texts")) if profile.texts.numbers == profile.texts.count => {
                Ok(Guess::noted(
                    OutlineType::named("Number"),
                    "numbers, some of them as texts",
                ))
            }
            (Some(one), Some(other)) => Err(format!("it holds {one} and {other}")),
            (Some("yes or no"), None) => Ok(Guess::named("YesNo")),
            (Some("numbers"), None) => self.number(key, profile),
            (Some("texts"), None) => Ok(self.text(key, profile)),
            (Some("objects"), None) => self.object(key, profile),
            (Some(_), None) => self.list(key, profile),
        }
    }

    fn number(&mut self, key: &str, profile: &Profile) -> Result<Guess, String> {
        let numbers = &profile.numbers;
        if numbers.too_long > 0 {
            return Err("it has more than 18 digits before the point or 9 behind it".to_string());
        }
        let all_whole = numbers.whole == numbers.count;
        let within = |range: &std::ops::Range<f64>| {
            all_whole && range.contains(&numbers.low) && range.contains(&numbers.high)
        };
        if within(&SECONDS) && has_word(key, MOMENTS) {
            return Ok(Guess::noted(
                OutlineType::Seconds,
                "guessed: seconds since 1970",
            ));
        }
        if within(&MILLISECONDS) && has_word(key, MOMENTS) {
            return Ok(Guess::noted(
                OutlineType::Milliseconds,
                "guessed: milliseconds since 1970",
            ));
        }
        if has_word(key, MONEY) && numbers.places <= 2 && !has_word(key, CODES) {
            return Ok(self.money("guessed from its name"));
        }
        Ok(Guess::named("Number"))
    }

    fn money(&mut self, why: &str) -> Guess {
        let (code, from) = match self.currency {
            Some(currency) => (currency.code().to_string(), why.to_string()),
            None => (
                "USD".to_string(),
                format!("{why}, in a currency to confirm above"),
            ),
        };
        self.outline.currency.get_or_insert(code);
        Guess::noted(OutlineType::named("Money"), from)
    }

    fn text(&mut self, key: &str, profile: &Profile) -> Guess {
        let texts = &profile.texts;
        let every = |count: u64| count == texts.count;
        if every(texts.instants) {
            return Guess::named("DateTime");
        }
        if every(texts.dates) {
            return Guess::named("Date");
        }
        if every(texts.times) {
            return Guess::named("Time");
        }
        if every(texts.zones) {
            return Guess::named("Timezone");
        }
        if every(texts.numbers) && !has_word(key, CODES) {
            return if has_word(key, MONEY) {
                self.money("guessed from its name, as texts")
            } else {
                Guess::noted(
                    OutlineType::named("Number"),
                    "guessed: every text is a number",
                )
            };
        }
        if is_choice(key, profile) {
            return self.choice(key, profile);
        }
        Guess::named("Text")
    }

    fn choice(&mut self, key: &str, profile: &Profile) -> Guess {
        let different = &profile.texts.different;
        let mut names = Names::default();
        let values = different
            .keys()
            .map(|text| (names.free(&value_name(text)), text.clone()));
        let values = values.collect();
        let name = self.declared.free(&type_name(key));
        let note = format!(
            "guessed: {} values in {} texts",
            different.len(),
            profile.texts.count
        );
        self.outline.choices.push(OutlineChoice {
            name: name.clone(),
            values,
            ordered: false,
        });
        Guess::noted(OutlineType::Declared(name), note)
    }

    fn object(&mut self, key: &str, profile: &Profile) -> Result<Guess, String> {
        if profile.too_many_keys {
            return Err(format!(
                "it has more than {KEYS} different keys, which seem to be data"
            ));
        }
        if profile.fields.is_empty() {
            return Err("it is an empty object in every record".to_string());
        }
        if let Some(currency) = amount_with_currency(profile) {
            let code = currency.code();
            let package = self
                .outline
                .currency
                .get_or_insert_with(|| code.to_string());
            let own = package == code;
            let name = if own {
                "Money".to_string()
            } else {
                format!("Money {code}")
            };
            return Ok(Guess::sure(OutlineType::Named(name)));
        }
        Ok(Guess::sure(OutlineType::Declared(
            self.record(key, profile, false),
        )))
    }

    fn list(&mut self, key: &str, profile: &Profile) -> Result<Guess, String> {
        let list = |element| OutlineType::List(Box::new(element));
        let elements = profile
            .elements
            .as_deref()
            .filter(|elements| elements.seen() > 0);
        let Some(elements) = elements else {
            let note = "guessed: the list is empty in every record";
            return Ok(Guess::noted(list(OutlineType::named("Text")), note));
        };
        if elements.nulls > 0 {
            return Err("elements of the list are null".to_string());
        }
        let element = self.kind(&of_one(key), elements)?;
        match element.kind {
            OutlineType::Seconds | OutlineType::Milliseconds => Ok(Guess::noted(
                list(OutlineType::named("Number")),
                "times since 1970, as numbers",
            )),
            kind => Ok(Guess {
                kind: list(kind),
                note: element.note,
            }),
        }
    }
}

/// In how many records the field has no value.
fn missing(record: &Profile, field: &Profile) -> u64 {
    record
        .records
        .saturating_sub(field.seen())
        .saturating_add(field.nulls)
}

fn field(name: String, key: &str, guess: Guess, missing: u64, records: u64) -> OutlineField {
    let gap = (missing > 0).then(|| format!("missing in {missing} of {records}"));
    let notes: Vec<String> = guess.note.into_iter().chain(gap).collect();
    OutlineField {
        name,
        key: key.to_string(),
        kind: guess.kind,
        optional: missing > 0,
        private: false,
        range: None,
        note: (!notes.is_empty()).then(|| notes.join("; ")),
    }
}

/// Keeps out of logs what belongs to a person; a `name` does where the record is the customer's own.
fn personal(mut field: OutlineField, whole: bool) -> OutlineField {
    let own_name = whole && has_word(&field.key, &["name"]);
    if own_name || has_word(&field.key, PERSONAL) {
        field.private = true;
        let note = "guessed: personal".to_string();
        field.note = Some(
            field
                .note
                .map_or(note.clone(), |other| format!("{other}; {note}")),
        );
    }
    field
}

fn is_choice(key: &str, profile: &Profile) -> bool {
    let texts = &profile.texts;
    let different = texts.different.len();
    let repeated = REPEATS.saturating_mul(different as u64) <= texts.count;
    let can_be = texts
        .different
        .keys()
        .all(|text| can_be_said(text) && !text.trim().is_empty());
    (2..TEXTS).contains(&different)
        && repeated
        && can_be
        && texts.longest <= CHOICE_TEXT
        && !has_word(key, CODES)
        && !has_word(key, FREE)
        && !has_word(key, PERSONAL)
}

/// `{ "amount": "12.50", "currency": "USD" }` with one currency throughout.
fn amount_with_currency(profile: &Profile) -> Option<Currency> {
    let field = |name: &str| {
        profile
            .fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, inner)| inner)
    };
    let (amount, currency) = (field("amount")?, field("currency")?);
    let is_number = amount.numbers.count.saturating_add(amount.texts.numbers) == profile.records;
    let mut codes = currency.texts.different.keys();
    match (codes.next(), codes.next()) {
        (Some(code), None) if is_number && currency.texts.count == profile.records => {
            Currency::from_code(code)
        }
        _ => None,
    }
}

/// Whether one of the words that make up a key is among these.
fn has_word(key: &str, words: &[&str]) -> bool {
    value_name(key).split('_').any(|word| words.contains(&word))
}
