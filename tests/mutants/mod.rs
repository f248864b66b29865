//! Mutants of the example packages: small mistakes planted one at a time, each of which the packages' own examples
//! must find.

use crate::support::{package, policy_files, root};

/// The package, what stands in its policies, and what the mistake makes of it.
const MUTANTS: [(&str, &str, &str); 24] = [
    (
        "1-bought-camera",
        "within last 60 days\n         and promote.price is less than purchase.paid\n         and any product in promote.products\n             where product.sku is purchase.product.sku\n  because \"you paid {purchase.paid} for {purchase.product.title} on {date of purchase.at}, and this",
        "within last 61 days\n         and promote.price is less than purchase.paid\n         and any product in promote.products\n             where product.sku is purchase.product.sku\n  because \"you paid {purchase.paid} for {purchase.product.title} on {date of purchase.at}, and this",
    ),
    (
        "1-bought-camera",
        "promote.price is less than purchase.paid",
        "promote.price is at most purchase.paid",
    ),
    (
        "1-bought-camera",
        "latest purchase in customer.purchases",
        "earliest purchase in customer.purchases",
    ),
    (
        "1-bought-camera",
        "  overrides \"Never promote what they already own\"",
        "  overrides \"Never advertise less than they paid in the last 60 days\"",
    ),
    (
        "2-milk-frother",
        "within last 30 days",
        "within last 31 days",
    ),
    (
        "2-milk-frother",
        "within last 30 days",
        "within last 29 days",
    ),
    (
        "4-toaster-oven",
        "reship.value is more than shop.reship_up_to",
        "reship.value is at least shop.reship_up_to",
    ),
    (
        "4-toaster-oven",
        "sent.at is on or after order.report.at",
        "sent.at is after order.report.at",
    ),
    (
        "5-lost-shoes",
        "within 1 year before reship.claimed_at",
        "within 2 years before reship.claimed_at",
    ),
    ("6-vip-site", "within last 90 days", "within last 91 days"),
    ("6-vip-site", "within last 90 days", "within last 89 days"),
    ("6-vip-site", "is before 13:00", "is on or before 13:00"),
    (
        "6-vip-site",
        "at most 2     | 25 USD",
        "at most 3     | 25 USD",
    ),
    (
        "7-passed-over",
        "within last 30 minutes",
        "within last 31 minutes",
    ),
    ("cdnow", "within last 30 days", "within last 31 days"),
    (
        "cdnow",
        "lifetime_spend is at least 500 USD",
        "lifetime_spend is more than 500 USD",
    ),
    (
        "cdnow",
        "is more than 90 days ago",
        "is at least 90 days ago",
    ),
    (
        "cdnow",
        "recent_spend is less than earlier_spend / 2",
        "recent_spend is at most earlier_spend / 2",
    ),
    (
        "bank",
        "client.calls_this_campaign is more than 3",
        "client.calls_this_campaign is at least 3",
    ),
    (
        "bank",
        "contact.seconds_taken is less than 60",
        "contact.seconds_taken is at most 60",
    ),
    ("olist", "is at least 168", "is more than 168"),
    (
        "olist",
        "length of review.message is more than 50",
        "length of review.message is at least 50",
    ),
    (
        "goodbooks",
        "book.year is less than 1900",
        "book.year is at most 1900",
    ),
    (
        "goodbooks",
        "book.rating is at most 2",
        "book.rating is less than 2",
    ),
];

fn files(folder: &str) -> Vec<(String, String)> {
    let files = policy_files(&root("examples").join(folder)).into_iter();
    files
        .map(|(name, bytes)| (name, String::from_utf8(bytes).expect("text")))
        .collect()
}

/// How many examples of the package do not hold.
fn failures(files: &[(String, String)]) -> usize {
    let texts = files.iter().map(|(name, text)| (&**name, &**text));
    let package = package(texts);
    let engine = package.engine().expect("a package without errors");
    let results = package
        .examples()
        .map(|example| example.run(&engine, |_| Err("no files".into())));
    results.filter(|result| !result.failures.is_empty()).count()
}

#[test]
fn the_examples_find_every_mutant() {
    let mut survivors = Vec::new();
    for (folder, right, wrong) in MUTANTS {
        let mut files = files(folder);
        assert_eq!(failures(&files), 0, "{folder}");
        let place = files
            .iter_mut()
            .find(|(name, text)| name == "policies.courtesy" && text.contains(right));
        let (_, text) = place.unwrap_or_else(|| panic!("{folder} has no `{right}`"));
        *text = text.replacen(right, wrong, 1);
        if failures(&files) == 0 {
            survivors.push(format!("{folder}: `{wrong}` for `{right}`"));
        }
    }
    assert!(survivors.is_empty(), "{survivors:#?}");
}
