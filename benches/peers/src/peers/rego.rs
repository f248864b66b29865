//! regorus (Rego): one module, evaluated once for a record with all its candidates, by the interpreter or by the RVM.

use crate::answer::Answer;
use crate::programs::Decider;
use crate::workload::{ADULT_BEFORE, NOW, Policies};
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{CompiledPolicy, PolicyLengthConfig, Value};
use std::fmt::Write;

const ENTRY: &str = "data.cx.decision";

const SHOP: [(u32, &str); 18] = [
    (
        1,
        "c.kind == \"upsell\"\n  some p in input.purchases\n  p.category == c.item.category\n  p.at >= input.now - 2592000",
    ),
    (2, "c.kind == \"upsell\"\n  input.name in c.item.authors"),
    (
        3,
        "c.kind == \"advertise\"\n  some p in input.purchases\n  p.sku == c.item.sku\n  p.at >= input.now - 5184000\n  c.item.price < p.price",
    ),
    (
        4,
        "c.kind in {\"upsell\", \"advertise\"}\n  some t in input.tickets\n  t.status == \"open\"",
    ),
    (
        5,
        "c.kind in {\"upsell\", \"advertise\"}\n  c.channel == \"email\"\n  marketing_mails >= 3",
    ),
    (6, "not c.channel in input.consent"),
    (
        7,
        "c.item.category == \"gift_card\"\n  input.tier == \"standard\"",
    ),
    (
        8,
        "c.item.category in {\"alcohol\", \"tobacco\", \"knives\"}\n  input.born > input.adult_before",
    ),
    (
        11,
        "c.item.category == \"alcohol\"\n  c.channel == \"push\"",
    ),
    (
        12,
        "c.item.brand == \"brand_3\"\n  input.tier == \"standard\"",
    ),
    (
        13,
        "c.channel == \"sms\"\n  not input.tier in {\"vip\", \"gold\"}",
    ),
    (
        14,
        "c.item.category in {\"medical\", \"vitamins\", \"insurance\"}\n  c.channel == \"phone\"",
    ),
    (15, "c.kind == \"survey\"\n  c.channel == \"sms\""),
    (16, "c.item.price > 500\n  input.tier == \"standard\""),
    (
        17,
        "c.item.brand in {\"brand_7\", \"brand_8\"}\n  c.channel == \"email\"",
    ),
    (
        18,
        "c.item.category == \"pets\"\n  c.item.brand == \"brand_11\"",
    ),
    (
        19,
        "c.kind == \"advertise\"\n  c.item.category == \"medical\"",
    ),
    (
        20,
        "input.tier == \"silver\"\n  c.item.price > 1000\n  c.channel == \"web\"",
    ),
];

const SHOP_DUTIES: &str = "marketing_mails := count([1 | some x in input.contacts; x.channel == \"email\"; x.kind == \"marketing\"; x.at >= input.now - 604800])
oblige contains 9 if {
  input.tier == \"vip\"
  input.name
}
oblige contains 10 if {
  some t in input.tickets
  t.kind == \"late_parcel\"
  t.opened_at >= input.now - 1209600
}
decision := {\"deny\": deny, \"oblige\": oblige}
";

pub fn text(policies: &Policies) -> String {
    let mut text = String::from("package cx\nimport rego.v1\n");
    match policies {
        Policies::Shop => {
            for (number, body) in SHOP {
                let head = "some i, c in input.candidates";
                writeln!(
                    text,
                    "deny contains [i, {number}] if {{\n  {head}\n  {body}\n}}"
                )
                .unwrap();
            }
            text.push_str(SHOP_DUTIES);
        }
        Policies::Simple(all) => {
            for one in all {
                let (category, brand, tier) = (one.category(), one.brand(), one.tier());
                writeln!(text, "deny contains [i, {}] if {{\n  input.tier == \"{tier}\"\n  some i, c in input.candidates\n  c.item.category == \"{category}\"\n  c.item.brand == \"{brand}\"\n}}", one.number).unwrap();
            }
            text.push_str("decision := {\"deny\": deny, \"oblige\": set()}\n");
        }
    }
    text
}

pub fn compile(text: String) -> CompiledPolicy {
    let large = (1usize << 30).try_into().expect("not zero");
    let mut engine = regorus::Engine::new();
    // The defaults (1 MiB and 20,000 lines a file) refuse 10,000 policies.
    engine.set_policy_length_config(PolicyLengthConfig {
        max_col: 1024.try_into().expect("not zero"),
        max_file_bytes: large,
        max_lines: large,
    });
    engine
        .add_policy("cx.rego".into(), text)
        .expect("it parses");
    engine
        .compile_with_entrypoint(&ENTRY.into())
        .expect("it compiles")
}

/// The step behind [`compile`] for the RVM; it refuses what has too many instructions.
pub fn machine(policy: &CompiledPolicy) -> Option<RegoVM> {
    let program = Compiler::compile_from_policy(policy, &[ENTRY]).ok()?;
    let mut machine = RegoVM::new();
    // The default is 25,000.
    machine.set_max_instructions(usize::MAX);
    machine.load_program(program);
    Some(machine)
}

pub struct Rego {
    policy: CompiledPolicy,
    machine: Option<RegoVM>,
    input: Value,
    name: Option<String>,
    keys: [Value; 3],
}

impl Rego {
    pub fn new(policies: &Policies, with_machine: bool) -> Rego {
        let policy = compile(text(policies));
        Rego {
            machine: with_machine.then(|| machine(&policy).expect("the RVM takes it")),
            policy,
            input: Value::Undefined,
            name: None,
            keys: ["deny", "oblige", "name"].map(Value::from),
        }
    }
}

fn number(value: &Value) -> u32 {
    value.as_u32().expect("a number")
}

impl Decider for Rego {
    fn load(&mut self, json: &[u8]) {
        let text = std::str::from_utf8(json).expect("UTF-8");
        let mut record = Value::from_json_str(text).expect("it is JSON");
        let fields = record.as_object_mut().expect("a record");
        fields.insert("now".into(), NOW.into());
        fields.insert("adult_before".into(), ADULT_BEFORE.into());
        let name = fields.get(&self.keys[2]);
        self.name = name.map(|name| name.as_string().expect("a text").to_string());
        self.input = record;
    }

    fn decide(&mut self, answer: &mut Answer) {
        let found = match &mut self.machine {
            Some(machine) => {
                machine.set_input(self.input.clone());
                machine.execute().expect("it runs")
            }
            None => {
                let input = self.input.clone();
                self.policy.eval_with_input(input).expect("it runs")
            }
        };
        let candidates = self.input["candidates"].as_array().expect("a list");
        answer.proposals = candidates.len() as u32;
        let found = found.as_object().expect("a record");
        let set = |key| found.get(key).and_then(|set| set.as_set().ok());
        for hit in set(&self.keys[0]).into_iter().flatten() {
            let hit = hit.as_array().expect("a pair");
            answer.blocked.push((number(&hit[0]), number(&hit[1])));
        }
        let duties = set(&self.keys[1]).into_iter().flatten();
        answer.duties.extend(duties.map(number));
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}
