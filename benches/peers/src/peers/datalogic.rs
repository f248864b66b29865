//! datalogic-rs (JSONLogic): one compiled rule for each policy, run for each candidate over values in an arena.

use super::{DUTY, Texts, each};
use crate::answer::Answer;
use crate::programs::Decider;
use crate::workload::{ADULT_BEFORE, NOW, Policies};
use datalogic_rs::bumpalo::Bump;
use datalogic_rs::{DataValue, Engine, Logic};
use serde_json::{Value, json};

pub fn texts(policies: &Policies) -> Texts {
    match policies {
        Policies::Shop => shop()
            .into_iter()
            .map(|(number, rule)| (number, rule.to_string()))
            .collect(),
        Policies::Simple(all) => each(all, |one| {
            let category = is(at("c.item.category"), one.category());
            let brand = is(at("c.item.brand"), &one.brand());
            json!({"and": [category, brand, is(at("tier"), one.tier())]}).to_string()
        }),
    }
}

/// A value by its path.
fn at(path: &str) -> Value {
    json!({ "val": path.split('.').collect::<Vec<_>>() })
}

/// A value of the outer scope, from inside of an iteration.
fn outer(path: &str) -> Value {
    let mut steps = vec![json!([2])];
    steps.extend(path.split('.').map(|step| json!(step)));
    json!({ "val": steps })
}

fn is(value: Value, text: &str) -> Value {
    json!({ "===": [value, text] })
}

fn since(field: &str, seconds: i64) -> Value {
    json!({">=": [at(field), {"-": [outer("now"), seconds]}]})
}

fn shop() -> Vec<(u32, Value)> {
    let mut rules = with_history();
    rules.extend(plain());
    let late = json!({"and": [is(at("kind"), "late_parcel"), since("opened_at", 1_209_600)]});
    rules.push((
        DUTY + 9,
        json!({"and": [is(at("tier"), "vip"), {"!!": [at("name")]}]}),
    ));
    rules.push((DUTY + 10, json!({"some": [at("tickets"), late]})));
    rules
}

/// Policies 1 to 8.
fn with_history() -> Vec<(u32, Value)> {
    let marketing = json!({"in": [at("c.kind"), ["upsell", "advertise"]]});
    let (upsell, advertise) = (is(at("c.kind"), "upsell"), is(at("c.kind"), "advertise"));
    let same = |field: &str| json!({"===": [at(field), outer(&format!("c.item.{field}"))]});
    let cheaper = json!({"<": [outer("c.item.price"), at("price")]});
    let category = json!({"and": [same("category"), since("at", 2_592_000)]});
    let product = json!({"and": [same("sku"), since("at", 5_184_000), cheaper]});
    let mail = json!({"and": [is(at("channel"), "email"), is(at("kind"), "marketing"), since("at", 604_800)]});
    let mails = json!({"length": {"filter": [at("contacts"), mail]}});
    let adult = json!({"in": [at("c.item.category"), ["alcohol", "tobacco", "knives"]]});
    vec![
        (
            1,
            json!({"and": [upsell, {"some": [at("purchases"), category]}]}),
        ),
        (
            2,
            json!({"and": [upsell, {"!!": [at("name")]}, {"in": [at("name"), at("c.item.authors")]}]}),
        ),
        (
            3,
            json!({"and": [advertise, {"some": [at("purchases"), product]}]}),
        ),
        (
            4,
            json!({"and": [marketing, {"some": [at("tickets"), is(at("status"), "open")]}]}),
        ),
        (
            5,
            json!({"and": [marketing, is(at("c.channel"), "email"), {">=": [mails, 3]}]}),
        ),
        (6, json!({"!": {"in": [at("c.channel"), at("consent")]}})),
        (
            7,
            json!({"and": [is(at("c.item.category"), "gift_card"), is(at("tier"), "standard")]}),
        ),
        (
            8,
            json!({"and": [adult, {">": [at("born"), at("adult_before")]}]}),
        ),
    ]
}

/// Policies 11 to 20.
fn plain() -> Vec<(u32, Value)> {
    let channel = |name: &str| is(at("c.channel"), name);
    let category = |name: &str| is(at("c.item.category"), name);
    let tier = |name: &str| is(at("tier"), name);
    let over = |price: u32| json!({">": [at("c.item.price"), price]});
    let health = json!({"in": [at("c.item.category"), ["medical", "vitamins", "insurance"]]});
    let brands = json!({"in": [at("c.item.brand"), ["brand_7", "brand_8"]]});
    vec![
        (11, json!({"and": [category("alcohol"), channel("push")]})),
        (
            12,
            json!({"and": [is(at("c.item.brand"), "brand_3"), tier("standard")]}),
        ),
        (
            13,
            json!({"and": [channel("sms"), {"!": {"in": [at("tier"), ["vip", "gold"]]}}]}),
        ),
        (14, json!({"and": [health, channel("phone")]})),
        (
            15,
            json!({"and": [is(at("c.kind"), "survey"), channel("sms")]}),
        ),
        (16, json!({"and": [over(500), tier("standard")]})),
        (17, json!({"and": [brands, channel("email")]})),
        (
            18,
            json!({"and": [category("pets"), is(at("c.item.brand"), "brand_11")]}),
        ),
        (
            19,
            json!({"and": [is(at("c.kind"), "advertise"), category("medical")]}),
        ),
        (
            20,
            json!({"and": [tier("silver"), over(1_000), channel("web")]}),
        ),
    ]
}

type Rule = (u32, Logic);

pub fn compile(engine: &Engine, texts: &Texts) -> Vec<Rule> {
    let compiled = texts
        .iter()
        .map(|(number, text)| (*number, engine.compile(text.as_str()).expect("it compiles")));
    compiled.collect()
}

pub struct DataLogic {
    engine: Engine,
    rules: Vec<Rule>,
    duties: Vec<Rule>,
    /// What is loaded lies in `arena`: `'static` stands for "until it is reset", and all of it is dropped before.
    base: Option<&'static DataValue<'static>>,
    candidates: Vec<&'static DataValue<'static>>,
    arena: Box<Bump>,
    work: Box<Bump>,
    name: Option<String>,
}

impl DataLogic {
    pub fn new(policies: &Policies) -> DataLogic {
        let engine = Engine::new();
        let (duties, rules) = compile(&engine, &texts(policies))
            .into_iter()
            .partition(|(number, _)| *number > DUTY);
        DataLogic {
            engine,
            rules,
            duties,
            base: None,
            candidates: Vec::new(),
            arena: Box::default(),
            work: Box::default(),
            name: None,
        }
    }

    /// Gives the number of every rule that holds.
    fn holding(
        &mut self,
        duties: bool,
        data: &'static DataValue<'static>,
        mut found: impl FnMut(u32),
    ) {
        // SAFETY: what is made in `work` is dropped before it is reset.
        let work: &'static Bump = unsafe { &*std::ptr::from_ref::<Bump>(&self.work) };
        let rules = if duties { &self.duties } else { &self.rules };
        for (number, rule) in rules {
            let value = self.engine.evaluate(rule, data, work).expect("it runs");
            if value.as_bool() == Some(true) {
                found(*number);
            }
        }
        self.work.reset();
    }
}

/// The record with one candidate as `c`, as the rules see it.
fn scope(
    fields: &'static [(&'static str, DataValue<'static>)],
    candidate: Option<&DataValue<'static>>,
    arena: &'static Bump,
) -> &'static DataValue<'static> {
    let mut all: Vec<(&'static str, DataValue<'static>)> = Vec::with_capacity(16);
    all.extend(candidate.map(|candidate| ("c", *candidate)));
    all.extend(fields.iter().filter(|(key, _)| *key != "candidates"));
    all.push(("now", DataValue::from_i64(NOW)));
    all.push(("adult_before", DataValue::from_i64(ADULT_BEFORE)));
    arena.alloc(DataValue::Object(arena.alloc_slice_copy(&all)))
}

impl Decider for DataLogic {
    fn load(&mut self, json: &[u8]) {
        self.candidates.clear();
        self.base = None;
        self.arena.reset();
        // SAFETY: all that borrows `arena` was dropped above, and is dropped before the next reset.
        let arena: &'static Bump = unsafe { &*std::ptr::from_ref::<Bump>(&self.arena) };
        let text = arena.alloc_str(std::str::from_utf8(json).expect("UTF-8"));
        let record = arena.alloc(DataValue::from_str(text, arena).expect("it is JSON"));
        let fields = record.as_object().expect("a record");
        let field = |key: &str| {
            fields
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, value)| value)
        };
        self.name = field("name").map(|name| name.as_str().expect("a text").to_string());
        let candidates = field("candidates")
            .and_then(|all| all.as_array())
            .expect("a list");
        for candidate in candidates {
            self.candidates.push(scope(fields, Some(candidate), arena));
        }
        self.base = Some(scope(fields, None, arena));
    }

    fn decide(&mut self, answer: &mut Answer) {
        answer.proposals = self.candidates.len() as u32;
        for place in 0..self.candidates.len() {
            let candidate = self.candidates[place];
            self.holding(false, candidate, |number| {
                answer.blocked.push((place as u32, number));
            });
        }
        if let (Some(base), false) = (self.base, self.duties.is_empty()) {
            self.holding(true, base, |number| answer.duties.push(number - DUTY));
        }
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}
