//! A page of a web shop: shows what may be promoted, the best first, and says why the rest is not there.
//!
//! The policies, those of `examples/1-bought-camera`, are loaded again while the shop is open. What comes from
//! a record is escaped. `cargo run --example shop_page`

mod folder;

use courtesy::value::{Text, Timestamp, Value, parse_instant};
use courtesy::{Engine, Package, Reload, Verdict};
use serde_json::{Value as Json, json};
use std::error::Error;
use std::io::{self, Write};

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut io::stdout())
}

pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let files = folder::policy_files("examples/1-bought-camera")?;
    let policies = Reload::new(Package::from_sources(files.clone()).into_engine()?);
    let now = parse_instant("2026-11-23T10:00:00Z")?;
    page(&policies.engine(), now, out)?;

    // Somebody saves a policy with a mistake: the shop goes on with the old ones.
    let mut saved = files.clone();
    saved.push((
        "new.courtesy".into(),
        b"policy \"Stop\"\n  never promot\n".to_vec(),
    ));
    if let Err(wrong) = policies.load(Package::from_sources(saved)) {
        writeln!(out, "\nstill the old policies:\n{wrong}\n")?;
    }
    // The mistake is mended: from the next page on the new ones are in force.
    let mut saved = files;
    saved.push((
        "new.courtesy".into(),
        b"policy \"Stop\"\n  never promote\n".to_vec(),
    ));
    policies.load(Package::from_sources(saved))?;
    page(&policies.engine(), now, out)
}

fn page(engine: &Engine, now: Timestamp, out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let offers = offers();
    let mut case = engine
        .case(now)
        .input("customer", &customer())?
        .input("shop", &json!({ "credits_the_difference": true }))?;
    for (id, offer) in &offers {
        case = case.propose(id, "promote", offer)?;
    }
    let decision = engine.decide(&case.build()?);

    let mut shown: Vec<_> = decision.proposals().iter().zip(&offers).collect();
    shown.retain(|(answer, _)| answer.verdict == Verdict::Allowed);
    shown.sort_by_key(|(answer, _)| answer.rank);
    for (_, (_, offer)) in shown {
        let title = offer["title"].as_str().unwrap_or_default();
        writeln!(out, "<li>{}</li>", escape(title))?;
    }
    for duty in decision.duties() {
        if let ("credit", Some(Value::Money(amount))) = (&*duty.action, duty.value("amount")) {
            writeln!(out, "<p>We owe you {amount}.</p>")?;
        }
    }
    for answer in decision.proposals() {
        for because in answer
            .reasons
            .iter()
            .filter_map(|reason| reason.because.as_ref())
        {
            let id = escape(&answer.id);
            writeln!(out, "<p class=why>No {id}: {}</p>", html(because))?;
        }
    }
    Ok(())
}

/// A text of a policy: what was put into it is emphasised, and everything escaped.
fn html(text: &Text) -> String {
    let parts = text.segments().map(|part| match part.inserted {
        true => format!("<b>{}</b>", escape(part.text)),
        false => escape(part.text),
    });
    parts.collect()
}

fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// What the shop's database holds; a type of the shop's own would do as well.
fn customer() -> Json {
    let camera = json!({ "sku": "clip-hd", "title": "Clip <HD> camera", "accessory_to": [] });
    json!({
        "id": "c-1042",
        "purchases": [{ "product": camera, "paid": "149.99", "at": "2026-11-15T02:10:00Z" }],
    })
}

fn offers() -> [(&'static str, Json); 2] {
    let camera = json!({ "sku": "clip-hd", "title": "Clip <HD> camera", "accessory_to": [] });
    let case = json!({ "sku": "clip-case", "title": "Case & strap", "accessory_to": ["clip-hd"] });
    let offer = |title: &str, product: Json, price: &str| json!({ "title": title, "products": [product], "price": price, "channel": "email" });
    [
        (
            "camera",
            offer("The Clip <HD>, now for less", camera, "139.00"),
        ),
        ("case", offer("Case & strap", case, "19.90")),
    ]
}
