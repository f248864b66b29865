//! Which duties are told that their past has no end, and which are not.

use crate::support::{codes, drawn, package};

const SCHEMA: &str = r#"
timezone "Europe/London"
choice State { open, closed }
type Mail { at: DateTime  order: Text }
type Order { id: Text  at: DateTime  sent: optional DateTime  day: Date  state: State }
input orders: list of Order
input mails: list of Mail
input last_order: optional DateTime
action remind
"#;

/// Whether a policy with these clauses is told of.
#[track_caller]
fn told(clauses: &str) -> bool {
    let text = format!("{SCHEMA}policy \"Remind\"\n  {clauses}\n");
    let package = package([("a.courtesy", text.as_str())]);
    match &codes(&package)[..] {
        [] => false,
        ["endless-past"] => true,
        _ => panic!("{}", drawn(&package)),
    }
}

#[track_caller]
fn endless(conditions: &[&str], before: &str) {
    for condition in conditions {
        assert!(told(&format!("{before} {condition}")), "{condition}");
    }
}

#[track_caller]
fn bounded(conditions: &[&str], before: &str) {
    for condition in conditions {
        assert!(!told(&format!("{before} {condition}")), "{condition}");
    }
}

const EACH: &str =
    "always remind\n  for each order in orders where order.at is more than 3 days ago";

#[test]
fn what_is_owed_for_years_ago_is_told() {
    endless(
        &[
            "last_order is known and last_order is more than 60 days ago",
            "last_order is known and last_order is at least 9 months ago",
            "last_order is known and last_order is not less than 9 months ago",
            "last_order is known and last_order is before 60 days before now",
            "(last_order otherwise now) is more than 60 days ago",
            "orders is not empty and last_order is known and (last_order is more than 60 days ago or orders is empty)",
            "any order in orders where order.at is more than 60 days ago and order.state is open",
            "latest order in orders by order.at has order.at is more than 60 days ago",
            "latest order in orders by order.at where order.at is more than 60 days ago has order.state is open",
        ],
        "always remind\n  when",
    );
    endless(
        &[
            "",
            "and order.state is open",
            "and order.sent is known and order.sent is within last 30 days",
            "and order.at is not within last 90 days",
            "\n  when no mail in mails where mail.at is within last 30 days",
            "\n  when mails is not empty and every mail in mails has mail.at is after order.at",
            "\n  unless order.at is within last 30 days",
        ],
        EACH,
    );
}

#[test]
fn a_bound_on_the_same_value_is_an_end() {
    bounded(
        &[
            "and order.at is within last 30 days",
            "and order.at is less than 30 days ago",
            "and order.at is not more than 30 days ago",
            "and order.at is after 2026-01-01T00:00:00Z",
            "and date of order.at is on or after 2026-01-01",
            "and order.at is within this year",
            "and now is within 30 days after order.at",
            "and order.at is between 2026-01-01T00:00:00Z and now",
            "and days from order.at to now is at most 30",
            "\n  when order.at is within last 30 days",
            "\n  when 60 days before now is before order.at",
            "\n  unless order.at is more than 30 days ago",
            "\n  unless order.state is closed or order.at is more than 30 days ago",
        ],
        EACH,
    );
}

#[test]
fn that_nothing_has_happened_since_is_an_end() {
    bounded(
        &[
            "and (no mail in mails where mail.at is after order.at)",
            "\n  when no mail in mails where mail.at is after order.at",
            "\n  when no mail in mails where mail.order is order.id",
            "\n  when (count of mail in mails where mail.at is after order.at) is 0",
            "\n  when fewer than 2 mail in mails where mail.at is after order.at",
            "\n  unless any mail in mails where mail.order is order.id",
        ],
        EACH,
    );
}

#[test]
fn other_policies_may_look_as_far_back_as_they_like() {
    let old = "when last_order is known and last_order is more than 60 days ago";
    assert!(told(&format!("always remind\n  {old}")));
    assert!(!told(&format!("never remind\n  {old}")));
    assert!(!told(&format!(
        "always remind\n  on blocked other\n  {old}\naction other"
    )));
    assert!(!told(
        "always remind\n  when no order in orders where order.at is more than 3 days ago"
    ));
}

#[test]
fn the_bound_that_is_offered_leaves_something() {
    for (distance, window) in [
        ("3 days", "30 days"),
        ("60 days", "120 days"),
        ("9 months", "18 months"),
        ("48 hours", "30 days"),
        ("900 hours", "1 year"),
    ] {
        let text = format!(
            "{SCHEMA}input at: DateTime\npolicy \"Remind\"\n  always remind\n  when at is more than {distance} ago\n"
        );
        let package = package([("a.courtesy", text.as_str())]);
        let helps: Vec<&str> = package
            .diagnostics()
            .iter()
            .filter_map(|found| found.help.as_deref())
            .collect();
        let offered = format!("add a bound, such as `and at is within last {window}`");
        assert_eq!(helps, [offered]);
    }
}
