//! What is told of small packages, and of which nothing is.

use crate::Package;

const SCHEMA: &str = "currency USD
timezone \"Europe/London\"
choice Tier { standard < silver < gold < vip }
choice Topic { promo, service }
type Order { at: DateTime  amount: Money  topic: Topic }
type Customer {
  tier: Tier  age: Number, 0 to 130  born: Date  joined: DateTime  name: optional Text  consent: optional YesNo
  spent: Money  target: Money  orders: list of Order
}
input customer: Customer
action mail { topic: Topic  amount: optional Money }
action call
single action greet { text: Text }
actions messages = mail, greet
define is_vip as customer.tier is vip
define sale_is_on as no
";

/// The codes of what is told of these policies.
fn codes(policies: &str) -> Vec<&'static str> {
    let text = format!("{SCHEMA}{policies}");
    let package = Package::from_sources([("a.courtesy".to_string(), text.into_bytes())]).advised();
    assert!(!package.has_errors(), "{:?}", package.diagnostics());
    let found = package.diagnostics().iter();
    found.map(|diagnostic| diagnostic.code.id()).collect()
}

/// The codes told of a `never call` with this condition.
fn of_condition(condition: &str) -> Vec<&'static str> {
    codes(&format!("policy \"p\"\n  never call\n  when {condition}\n"))
}

#[test]
fn conditions_that_nothing_meets() {
    for condition in [
        "customer.tier is gold and customer.tier is silver",
        "customer.tier is at least gold and customer.tier is less than gold",
        "customer.tier is not standard and customer.tier is not silver and customer.tier is at most silver",
        "customer.age is more than 130",
        "customer.age is at least 18 and not (customer.age is more than 12)",
        "customer.name is known and customer.name is unknown",
        "customer.name is unknown and customer.consent is known and customer.name is known",
        "is_vip and customer.tier is gold",
        "customer.born is after 2000-01-01 and customer.born is before 2000-01-02",
        "customer.joined is within last 30 days and customer.joined is more than 60 days ago",
        "customer.joined is within last 30 days and customer.joined is after now",
        "customer.joined is within this week and customer.joined is more than 30 days ago",
        "customer.joined is within this month and customer.joined is within previous month",
        "time of now is before 09:00 and time of now is after 17:00",
        "weekday of now is monday and weekday of now is one of (saturday, sunday)",
        "customer.orders is empty and any order in customer.orders where order.amount is more than 5 USD",
        "(count of customer.orders) is more than 2 and (count of customer.orders) is less than 3",
        "(at least 2 order in customer.orders where order.topic is promo) \
         and (no order in customer.orders where order.topic is promo)",
        "customer.spent is more than customer.target and customer.target is at least customer.spent",
        "(customer.consent otherwise no) and customer.consent is unknown",
        "(if is_vip then customer.age is more than 130 else customer.tier is vip)",
    ] {
        assert_eq!(of_condition(condition), ["never-speaks"], "{condition}");
    }
}

#[test]
fn conditions_that_something_meets() {
    for condition in [
        "customer.tier is gold or customer.tier is silver",
        "customer.age is at least 18 and customer.age is less than 18.5",
        "customer.age is 0",
        "sale_is_on",
        "not sale_is_on and is_vip",
        "customer.joined is at least 31 days ago and customer.joined is within last 1 month",
        "customer.joined is within last 1 month and customer.joined is more than 29 days ago",
        "customer.joined is within this week and customer.joined is within previous month",
        "customer.joined is within last 2 days and customer.joined is at least 25 hours ago",
        "customer.orders is not empty and no order in customer.orders where order.topic is promo",
        "(any order in customer.orders where order.topic is promo) \
         and (any order in customer.orders where order.topic is service)",
        "customer.name is known and customer.name contains \"a\" and customer.name does not contain \"b\"",
        "customer.spent is at least customer.target and customer.target is at least customer.spent",
    ] {
        assert_eq!(of_condition(condition), [""; 0], "{condition}");
    }
}

#[test]
fn conditions_with_too_many_ways_to_hold_are_passed_over() {
    let ways = |count: usize| {
        let way = |age: usize| format!("(customer.age is {age} or customer.spent is {age} USD)");
        let ways: Vec<String> = (1..=count).map(way).collect();
        format!(
            "is_vip and customer.tier is gold and {}",
            ways.join(" and ")
        )
    };
    assert_eq!(of_condition(&ways(8)), ["never-speaks"]);
    assert_eq!(of_condition(&ways(9)), [""; 0]);
}

/// A duty to call VIPs, and what else there is.
fn with_a_duty(rest: &str) -> Vec<&'static str> {
    codes(&format!(
        "policy \"duty\"\n  always call\n  when is_vip\n{rest}"
    ))
}

#[test]
fn duties_that_nothing_comes_of() {
    for rest in [
        "policy \"p\"\n  never call\n",
        "policy \"p\"\n  never call\n  when customer.tier is at least gold\n",
        "policy \"p\"\n  only call\n  when customer.tier is less than gold\n",
        "policy \"p\"\n  never call\n  unless customer.tier is standard\n",
        "policy \"p\"\n  never call\npolicy \"x\"\n  allow call\n  overrides \"p\"\n  when customer.tier is gold\n",
    ] {
        assert_eq!(with_a_duty(rest), ["always-withheld"], "{rest}");
    }
}

#[test]
fn duties_that_something_comes_of() {
    for rest in [
        // A brake that is off at times is what a `never` is for.
        "policy \"p\"\n  never call\n  when time of now is between 21:00 and 08:00\n",
        "policy \"p\"\n  only call\n  when customer.consent is known and customer.consent is yes\n",
        // A switch may be turned.
        "policy \"p\"\n  never call\n  unless sale_is_on\n",
        "policy \"p\"\n  never call\n  report only\n",
        // Somebody waits for it to be blocked.
        "policy \"p\"\n  never call\npolicy \"m\"\n  always mail with topic: service\n  on blocked call\n",
        // An exception may lift it.
        "policy \"p\"\n  never call\npolicy \"x\"\n  allow call\n  overrides \"p\"\n  when customer.age is at least 65\n",
    ] {
        assert_eq!(with_a_duty(rest), [""; 0], "{rest}");
    }
    let overriding =
        "policy \"duty\"\n  always call\n  overrides \"p\"\npolicy \"p\"\n  never call\n";
    assert_eq!(codes(overriding), [""; 0]);
}

#[test]
fn what_a_duty_says_counts() {
    let told = |topic: &str, amount: &str, rule: &str| {
        codes(&format!(
            "policy \"duty\"\n  always mail with topic: {topic}{amount}\npolicy \"p\"\n  never mail\n  when {rule}\n"
        ))
    };
    assert_eq!(
        told("promo", "", "mail.topic is promo"),
        ["always-withheld"]
    );
    assert_eq!(told("service", "", "mail.topic is promo"), [""; 0]);
    assert_eq!(
        told("promo", "", "mail.amount is unknown"),
        ["always-withheld"]
    );
    assert_eq!(
        told("promo", ", amount: 5 USD", "mail.amount is unknown"),
        [""; 0]
    );
    let dear = "mail.amount is known and mail.amount is more than 60 USD";
    assert_eq!(told("promo", ", amount: 75 USD", dear), ["always-withheld"]);
    assert_eq!(told("promo", ", amount: customer.spent", dear), [""; 0]);
}

/// Two duties of a `single` action.
fn rivals(first: &str, second: &str, rest: &str) -> Vec<&'static str> {
    codes(&format!(
        "policy \"a\"\n  always greet with text: \"a\"\n  {first}\n\
         policy \"b\"\n  always greet with text: \"b\"\n  {second}\n{rest}"
    ))
}

#[test]
fn duties_of_a_single_action_meet() {
    let meet = ["rival-duties"];
    assert_eq!(
        rivals("when is_vip", "when customer.age is at least 65", ""),
        meet
    );
    assert_eq!(rivals("", "when now is within last 1 hour", ""), meet);
    let orders = "when any order in customer.orders where order.amount is more than 5 USD";
    assert_eq!(
        rivals(
            orders,
            "when customer.spent is more than customer.target",
            ""
        ),
        meet
    );
    assert_eq!(
        rivals(
            "from 2027-03-01 until 2027-03-31",
            "when weekday of now is sunday",
            ""
        ),
        meet
    );
}

#[test]
fn duties_of_a_single_action_do_not_meet() {
    let apart = [""; 0];
    assert_eq!(rivals("when is_vip", "unless is_vip", ""), apart);
    assert_eq!(rivals("when is_vip", "overrides \"a\"", ""), apart);
    assert_eq!(rivals("", "report only", ""), apart);
    let ranked = "policy \"p\"\n  prefer greet by 5\n  when greet.text is \"b\"\n";
    assert_eq!(rivals("", "when is_vip", ranked), apart);
    // The one is withheld wherever both are owed.
    let withheld =
        "policy \"n\"\n  never greet\n  when greet.text is \"b\" and customer.age is at least 65\n";
    assert_eq!(
        rivals("when is_vip", "when customer.age is at least 65", withheld),
        ["always-withheld"]
    );
}

#[test]
fn limits_that_change_nothing() {
    let limits = |first: &str, second: &str| {
        codes(&format!(
            "policy \"a\"\n  limit {first}\npolicy \"b\"\n  limit {second}\n"
        ))
    };
    let idle = ["idle-limit"];
    assert_eq!(limits("mail to 3", "mail to 5"), idle);
    assert_eq!(limits("mail to 3", "mail to 3"), idle);
    assert_eq!(limits("messages to 3", "mail to 5\n  when is_vip"), idle);
    let last = |days: u8| {
        format!("counting order in customer.orders where order.at is within last {days} days")
    };
    let (week, month) = (last(7), last(30));
    assert_eq!(
        limits(&format!("mail to 3 {month}"), &format!("mail to 5 {week}")),
        idle
    );
    let both = [""; 0];
    assert_eq!(
        limits(&format!("mail to 5 {month}"), &format!("mail to 3 {week}")),
        both
    );
    assert_eq!(limits("mail to 5", "messages to 7"), both);
    assert_eq!(limits("mail to 3\n  when is_vip", "mail to 5"), both);
    assert_eq!(limits("mail to 3\n  exempt when is_vip", "mail to 5"), both);
    assert_eq!(limits("mail to 3\n  per mail.topic", "mail to 5"), both);
    assert_eq!(
        limits("mail to 3", "mail to 5\n  when is_vip\n  overrides \"a\""),
        both
    );
}
