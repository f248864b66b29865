//! Single values of every type: what is read, and what is said of the rest.

use super::{every, refused};

#[test]
fn every_type_is_read_exactly() {
    let same = |json: &str| assert_eq!(every(json).unwrap(), json);
    same(r#"{"yes_no":true,"text":"a\n\"b\"","number":123456789012345678.123456789}"#);
    same(r#"{"date":"2026-02-28","time":"09:30:00","instant":"2026-11-01T09:30:00Z"}"#);
    same(
        r#"{"duration":"PT2H30M","period":"P1M30D","zone":"Europe/London","weekday":"monday","channel":"In Person"}"#,
    );
    same(r#"{"numbers":[1,2,3],"inner":{"inner":{"text":""}}}"#);
    assert_eq!(every(r#"{"number":"0.10"}"#).unwrap(), r#"{"number":0.1}"#);
    assert_eq!(every(r#"{"number":1.5e2}"#).unwrap(), r#"{"number":150}"#);
    assert_eq!(every(r#"{"Age in years":130}"#).unwrap(), r#"{"age":130}"#);
    assert_eq!(
        every(r#"{"instant":"2026-11-01T09:30:00+01:00"}"#).unwrap(),
        r#"{"instant":"2026-11-01T08:30:00Z"}"#
    );
    let epoch = r#"{"seconds":1795428000,"milliseconds":"1795428000500"}"#;
    assert_eq!(
        every(epoch).unwrap(),
        r#"{"seconds":"2026-11-23T10:00:00Z","milliseconds":"2026-11-23T10:00:00.5Z"}"#
    );
}

#[test]
fn money_is_bare_or_with_its_currency() {
    let twelve = r#"{"money":{"amount":"12.50","currency":"USD"}}"#;
    for money in [
        "12.5",
        "\"12.50\"",
        r#"{ "currency": "USD", "amount": 12.50, "note": [1] }"#,
        r#"{"amount":"12.5","currency":"U\u0053D"}"#,
    ] {
        assert_eq!(every(&format!("{{\"money\":{money}}}")).unwrap(), twelve);
    }
    let read = |money: &str| every(&format!("{{\"money\":{money}}}"));
    refused(
        read(r#"{"amount":1,"currency":"EUR"}"#),
        "wrong-currency",
        "$.money.currency",
        "expected the currency `USD`, found `EUR`",
    );
    let needs = "an amount of money has `amount` and `currency`; `currency` is missing";
    refused(
        read(r#"{"amount":1}"#),
        "missing-field",
        "$.money.currency",
        needs,
    );
    refused(
        read("true"),
        "wrong-type",
        "$.money",
        "expected an amount of USD such as `12.50`, found `true`",
    );
    let letters = "expected an amount of USD such as `12.50`, found `12 $`: a number has no blanks in or around it; write `1250`";
    refused(read("\"12 $\""), "bad-number", "$.money", letters);
    let twice = "the key `amount` stands here twice; keep one";
    refused(
        read(r#"{"amount":1,"amount":1,"currency":"USD"}"#),
        "duplicate-key",
        "$.money.amount",
        twice,
    );
}

#[test]
fn single_values_that_do_not_fit_say_what_is_expected() {
    let number = "expected a number such as `12.5`, found ";
    refused(
        every(r#"{"number":"x"}"#),
        "bad-number",
        "$.number",
        &format!("{number}`x`"),
    );
    refused(
        every(r#"{"number":[]}"#),
        "wrong-type",
        "$.number",
        &format!("{number}a list"),
    );
    let digits =
        "the number `0.1234567891`: a number has at most 9 digits after the point; round it first";
    refused(
        every(r#"{"number":0.1234567891}"#),
        "bad-number",
        "$.number",
        &format!("{number}{digits}"),
    );
    refused(
        every(r#"{"yes_no":"true"}"#),
        "wrong-type",
        "$.yes_no",
        "expected `true` or `false`, found `true`",
    );
    refused(
        every(r#"{"text":7}"#),
        "wrong-type",
        "$.text",
        "expected a text, found the number `7`",
    );
    let instant = "expected a date and time such as `2026-11-23T10:00:00Z`, found ";
    refused(
        every(r#"{"instant":"yesterday"}"#),
        "bad-date-time",
        "$.instant",
        &format!("{instant}`yesterday`"),
    );
    refused(
        every(r#"{"instant":5}"#),
        "wrong-type",
        "$.instant",
        &format!("{instant}the number `5`"),
    );
    let offset =
        "`2026-11-23T10:00:00`: the offset is missing; end it with `Z`, or with one like `+01:00`";
    refused(
        every(r#"{"instant":"2026-11-23T10:00:00"}"#),
        "bad-date-time",
        "$.instant",
        &format!("{instant}{offset}"),
    );
    let february = "expected a date such as `2026-11-23`, found `2026-02-30`: there is no such date; check the month and the day";
    refused(
        every(r#"{"date":"2026-02-30"}"#),
        "bad-date",
        "$.date",
        february,
    );
    refused(
        every(r#"{"time":"noon"}"#),
        "bad-time",
        "$.time",
        "expected a time of day such as `09:30`, found `noon`",
    );
    let day = "expected a duration such as `PT2H30M`, found `P1D`: a duration has no years, months, weeks or days; write `PT24H`, not `P1D`";
    refused(
        every(r#"{"duration":"P1D"}"#),
        "bad-duration",
        "$.duration",
        day,
    );
    refused(
        every(r#"{"period":"a week"}"#),
        "bad-period",
        "$.period",
        "expected a period such as `P1M` or `P30D`, found `a week`",
    );
    refused(
        every(r#"{"zone":"europe/london"}"#),
        "unknown-timezone",
        "$.zone",
        "expected a time zone such as `Europe/London`, found `europe/london`",
    );
    refused(
        every(r#"{"weekday":"Monday"}"#),
        "unknown-choice",
        "$.weekday",
        "expected a weekday such as `monday`, found `Monday`; did you mean `monday`?",
    );
    let channel = "expected `email`, `sms`, `call` or `In Person`, found `in person`; did you mean `In Person`?";
    refused(
        every(r#"{"channel":"in person"}"#),
        "unknown-choice",
        "$.channel",
        channel,
    );
    let seconds = "expected whole seconds since 1970 such as `1795428000`, found the number `1.5`";
    refused(
        every(r#"{"seconds":1.5}"#),
        "bad-date-time",
        "$.seconds",
        seconds,
    );
    let age = "expected a value from 0 to 130, found the number `131`";
    refused(
        every(r#"{"Age in years":131}"#),
        "out-of-range",
        r#"$["Age in years"]"#,
        age,
    );
    assert!(every(r#"{"numbers":[1,2,3,4]}"#).is_ok());
    let numbers = "expected at most 4 elements, found more";
    // What comes behind the last that fits is not looked at.
    for json in ["[1,2,3,4,5]", "[1,2,3,4,5,true]"] {
        refused(
            every(&format!("{{\"numbers\":{json}}}")),
            "too-long",
            "$.numbers",
            numbers,
        );
    }
}
