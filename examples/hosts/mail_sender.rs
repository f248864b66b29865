//! A mail sender: asks before it sends, holds what may not go out yet, and opens each mail as it must be opened.
//!
//! It hands in its own types; the policies are those of `examples/2-milk-frother`.
//! `cargo run --example mail_sender`

mod folder;

use courtesy::value::parse_instant;
use courtesy::{Decision, Package, ProposalDecision, Verdict};
use serde::Serialize;
use std::error::Error;
use std::io::{self, Write};

#[derive(Serialize)]
struct Customer {
    id: &'static str,
    name: Option<&'static str>,
    timezone: Option<&'static str>,
    purchases: Vec<Purchase>,
}

#[derive(Serialize)]
struct Purchase {
    item: Item,
    /// Money is exact: a text or a decimal type, not a float.
    paid: &'static str,
    at: &'static str,
}

#[derive(Clone, Serialize)]
struct Item {
    sku: &'static str,
    category: &'static str,
    title: &'static str,
}

/// What lies in the outbox.
struct Mail {
    id: &'static str,
    subject: &'static str,
    kind: Kind,
}

/// What each mail is to the policies: an action and its fields.
#[derive(Serialize)]
#[serde(untagged)]
enum Kind {
    Upsell {
        item: Item,
        price: &'static str,
        channel: &'static str,
    },
    Inform {
        text: &'static str,
        channel: &'static str,
    },
}

impl Kind {
    fn action(&self) -> &'static str {
        match self {
            Kind::Upsell { .. } => "upsell",
            Kind::Inform { .. } => "inform",
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut io::stdout())
}

pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let files = folder::policy_files("examples/2-milk-frother")?;
    let engine = Package::from_sources(files).into_engine()?;
    // Once, before the first customer: do our types say what the policies ask for?
    engine.check_input("customer", &customers())?;
    for mail in outbox() {
        engine.check_action(mail.kind.action(), &[mail.kind])?;
    }

    let now = parse_instant("2026-10-28T15:00:00Z")?;
    let outbox = outbox();
    for customer in customers() {
        let mut case = engine.case(now).input("customer", &customer)?;
        for mail in &outbox {
            case = case.propose(mail.id, mail.kind.action(), &mail.kind)?;
        }
        let decision = engine.decide(&case.build()?);
        for (mail, answer) in outbox.iter().zip(decision.proposals()) {
            match answer.verdict {
                Verdict::Allowed => send(&customer, mail, &decision, out)?,
                _ => hold(&customer, mail, answer, out)?,
            }
        }
    }
    Ok(())
}

/// What is owed on a mail stands at its head.
fn send(
    customer: &Customer,
    mail: &Mail,
    decision: &Decision,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "send to {}: {}", customer.id, mail.subject)?;
    let on_this = |on: &str| on == mail.id;
    let duties = decision.duties().iter();
    for duty in duties.filter(|duty| duty.on.as_deref().is_some_and(on_this)) {
        if let ("greet", Some(text)) = (&*duty.action, duty.text("text")) {
            writeln!(out, "  {text}")?;
        }
    }
    Ok(())
}

/// What may not go out goes back to the outbox, until it can be asked again.
fn hold(
    customer: &Customer,
    mail: &Mail,
    answer: &ProposalDecision,
    out: &mut dyn Write,
) -> io::Result<()> {
    let until = answer
        .until
        .map_or("for good".into(), |until| format!("until {until}"));
    writeln!(out, "hold for {} {until}: {}", customer.id, mail.subject)?;
    for reason in &answer.reasons {
        let because = reason.because.as_ref().map_or("", |text| text.as_str());
        writeln!(out, "  {}: {because}", reason.policy)?;
    }
    Ok(())
}

const CLASSIC: Item = Item {
    sku: "frother-classic",
    category: "milk frothers",
    title: "Classic milk frother",
};
const COPPER: Item = Item {
    sku: "frother-copper",
    title: "Copper milk frother",
    ..CLASSIC
};

fn customers() -> Vec<Customer> {
    let bought = |item, at| Purchase {
        item,
        paid: "59.00",
        at,
    };
    vec![
        Customer {
            id: "c-2217",
            name: Some("Ingrid Olsen"),
            timezone: Some("America/Phoenix"),
            purchases: vec![bought(CLASSIC, "2026-10-21T00:20:00Z")],
        },
        Customer {
            id: "c-2218",
            name: None,
            timezone: None,
            purchases: Vec::new(),
        },
    ]
}

fn outbox() -> Vec<Mail> {
    vec![
        Mail {
            id: "copper",
            subject: "A copper frother for your kitchen",
            kind: Kind::Upsell {
                item: COPPER,
                price: "129.00",
                channel: "email",
            },
        },
        Mail {
            id: "care",
            subject: "How to clean a milk frother",
            kind: Kind::Inform {
                text: "Warm water will do.",
                channel: "email",
            },
        },
    ]
}
