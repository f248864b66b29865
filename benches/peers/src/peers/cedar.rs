//! Cedar: a policy is a `forbid`. It has no word for "any purchase where", so the calling program puts what it worked
//! out into attributes.

use super::facts::{self, Facts};
use super::record::{Candidate, Customer};
use super::{Texts, each, numbered};
use crate::answer::Answer;
use crate::programs::Decider;
use crate::workload::{ADULT_BEFORE, Policies};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, Policy,
    PolicyId, PolicySet, Request, Response, RestrictedExpression, Schema, ValidationMode,
    Validator,
};
use std::collections::{HashMap, HashSet};

const SCHEMA: &str = r#"
entity Customer = { tier: String, born: Long, name?: String, consent: Set<String>, recentCategories: Set<String>,
  openTicket: Bool, mails7: Long, late14: Bool };
entity Item = { category: String, brand: String, authors: Set<String>, price: Long };
action upsell, advertise, survey appliesTo { principal: Customer, resource: Item,
  context: { channel: String, adultBefore: Long, maxPaid60?: Long } };
action serve appliesTo { principal: Customer, resource: Customer };
"#;

/// Cheaper than `action in [...]` over the three actions.
const OFFER: &str = "action, resource is Item";
const MARKETING: &str = r#"action in [Action::"upsell", Action::"advertise"], resource"#;
const UPSELL: &str = r#"action == Action::"upsell", resource"#;
const ADVERTISE: &str = r#"action == Action::"advertise", resource"#;
const SURVEY: &str = r#"action == Action::"survey", resource"#;

const SHOP: [(u32, &str, &str); 18] = [
    (
        1,
        UPSELL,
        "principal.recentCategories.contains(resource.category)",
    ),
    (
        2,
        UPSELL,
        "principal has name && resource.authors.contains(principal.name)",
    ),
    (
        3,
        ADVERTISE,
        "context has maxPaid60 && resource.price < context.maxPaid60",
    ),
    (4, MARKETING, "principal.openTicket"),
    (
        5,
        MARKETING,
        r#"context.channel == "email" && principal.mails7 >= 3"#,
    ),
    (6, OFFER, "!principal.consent.contains(context.channel)"),
    (
        7,
        OFFER,
        r#"resource.category == "gift_card" && principal.tier == "standard""#,
    ),
    (
        8,
        OFFER,
        r#"["alcohol", "tobacco", "knives"].contains(resource.category) && principal.born > context.adultBefore"#,
    ),
    (
        11,
        OFFER,
        r#"resource.category == "alcohol" && context.channel == "push""#,
    ),
    (
        12,
        OFFER,
        r#"resource.brand == "brand_3" && principal.tier == "standard""#,
    ),
    (
        13,
        OFFER,
        r#"context.channel == "sms" && principal.tier != "vip" && principal.tier != "gold""#,
    ),
    (
        14,
        OFFER,
        r#"["medical", "vitamins", "insurance"].contains(resource.category) && context.channel == "phone""#,
    ),
    (15, SURVEY, r#"context.channel == "sms""#),
    (
        16,
        OFFER,
        r#"resource.price > 50000 && principal.tier == "standard""#,
    ),
    (
        17,
        OFFER,
        r#"["brand_7", "brand_8"].contains(resource.brand) && context.channel == "email""#,
    ),
    (
        18,
        OFFER,
        r#"resource.category == "pets" && resource.brand == "brand_11""#,
    ),
    (19, ADVERTISE, r#"resource.category == "medical""#),
    (
        20,
        OFFER,
        r#"principal.tier == "silver" && resource.price > 100000 && context.channel == "web""#,
    ),
];

const SHOP_DUTIES: [(u32, &str); 2] = [
    (
        9,
        r#"permit(principal, action == Action::"serve", resource) when { principal.tier == "vip" && principal has name };"#,
    ),
    (
        10,
        r#"permit(principal, action == Action::"serve", resource) when { principal.late14 };"#,
    ),
];

pub fn texts(policies: &Policies) -> Texts {
    let forbid = |scope, when: &str| format!("forbid(principal, {scope}) when {{ {when} }};");
    match policies {
        Policies::Shop => {
            let mut texts = numbered(&SHOP_DUTIES);
            texts.extend(SHOP.map(|(number, scope, when)| (number, forbid(scope, when))));
            texts
        }
        Policies::Simple(all) => each(all, |one| {
            let (category, brand, tier) = (one.category(), one.brand(), one.tier());
            forbid(
                OFFER,
                &format!(
                    r#"resource.category == "{category}" && resource.brand == "{brand}" && principal.tier == "{tier}""#
                ),
            )
        }),
    }
}

pub fn compile(policies: &Policies) -> PolicySet {
    let mut set = PolicySet::new();
    let mut add = |number: u32, text: String| {
        let policy = Policy::parse(Some(PolicyId::new(number.to_string())), text);
        set.add(policy.expect("it parses")).expect("it is new");
    };
    add(0, format!("permit(principal, {OFFER});"));
    texts(policies)
        .into_iter()
        .for_each(|(number, text)| add(number, text));
    set
}

/// Whether all policies fit the schema, types and all.
pub fn validate(set: &PolicySet) -> bool {
    let (schema, _) = Schema::from_cedarschema_str(SCHEMA).expect("it parses");
    Validator::new(schema)
        .validate(set, ValidationMode::Strict)
        .validation_passed()
}

pub struct Cedar {
    policies: PolicySet,
    authorizer: Authorizer,
    has_duties: bool,
    customer: EntityTypeName,
    item: EntityTypeName,
    actions: [EntityUid; 4],
    entities: Entities,
    requests: Vec<Request>,
    serve: Option<Request>,
    name: Option<String>,
}

impl Cedar {
    pub fn new(policies: &Policies) -> Cedar {
        let action = |name: &str| format!("Action::\"{name}\"").parse().expect("a name");
        let kind = |name: &str| name.parse().expect("a name");
        Cedar {
            policies: compile(policies),
            authorizer: Authorizer::new(),
            has_duties: matches!(policies, Policies::Shop),
            customer: kind("Customer"),
            item: kind("Item"),
            actions: ["upsell", "advertise", "survey", "serve"].map(action),
            entities: Entities::empty(),
            requests: Vec::new(),
            serve: None,
            name: None,
        }
    }

    fn request(
        &self,
        customer: &EntityUid,
        item: EntityUid,
        candidate: &Candidate<'_>,
        most_paid: Option<f64>,
    ) -> Request {
        let mut context = vec![
            (
                "channel".to_string(),
                text(facts::channel(candidate.channel)),
            ),
            ("adultBefore".to_string(), whole(ADULT_BEFORE)),
        ];
        context.extend(most_paid.map(|price| ("maxPaid60".to_string(), cents(price))));
        let context = Context::from_pairs(context).expect("no key twice");
        let action = self.actions[candidate.kind as usize].clone();
        request(customer.clone(), action, item, context)
    }
}

fn request(
    principal: EntityUid,
    action: EntityUid,
    resource: EntityUid,
    context: Context,
) -> Request {
    Request::new(principal, action, resource, context, None).expect("a request")
}

fn text(value: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(value.to_string())
}

fn whole(value: i64) -> RestrictedExpression {
    RestrictedExpression::new_long(value)
}

fn cents(price: f64) -> RestrictedExpression {
    whole((price * 100.0).round() as i64)
}

fn texts_of<'a>(all: impl Iterator<Item = &'a str>) -> RestrictedExpression {
    RestrictedExpression::new_set(all.map(text))
}

fn entity(id: EntityUid, attributes: HashMap<String, RestrictedExpression>) -> Entity {
    Entity::new(id, attributes, HashSet::new()).expect("an entity")
}

fn customer_of(id: EntityUid, customer: &Customer<'_>, known: &Facts<'_>) -> Entity {
    let consent = customer.consent.iter().map(|one| facts::channel(*one));
    let mut attributes = HashMap::from([
        ("tier".to_string(), text(facts::tier(customer.tier))),
        ("born".to_string(), whole(customer.born)),
        ("consent".to_string(), texts_of(consent)),
        (
            "recentCategories".to_string(),
            texts_of(known.recent_categories.iter().copied()),
        ),
        (
            "openTicket".to_string(),
            RestrictedExpression::new_bool(known.open_ticket),
        ),
        ("mails7".to_string(), whole(known.mails_in_7_days)),
        (
            "late14".to_string(),
            RestrictedExpression::new_bool(known.late_in_14_days),
        ),
    ]);
    attributes.extend(
        customer
            .name
            .iter()
            .map(|name| ("name".to_string(), text(name))),
    );
    entity(id, attributes)
}

fn item_of(id: EntityUid, candidate: &Candidate<'_>) -> Entity {
    let item = &candidate.item;
    let attributes = HashMap::from([
        ("category".to_string(), text(item.category)),
        ("brand".to_string(), text(item.brand)),
        (
            "authors".to_string(),
            texts_of(item.authors.iter().map(|name| &**name)),
        ),
        ("price".to_string(), cents(item.price)),
    ]);
    entity(id, attributes)
}

/// The numbers of the policies that a decision rests on.
fn reasons(response: &Response) -> impl Iterator<Item = u32> {
    response.diagnostics().reason().map(|policy| {
        let id: &str = policy.as_ref();
        id.parse().expect("a number")
    })
}

impl Decider for Cedar {
    fn load(&mut self, json: &[u8]) {
        let customer: Customer<'_> = serde_json::from_slice(json).expect("the record fits");
        let known = Facts::of(&customer);
        let id =
            EntityUid::from_type_name_and_id(self.customer.clone(), EntityId::new(customer.id));
        let mut entities = vec![customer_of(id.clone(), &customer, &known)];
        let mut requests = Vec::new();
        for ((candidate, most_paid), place) in
            customer.candidates.iter().zip(&known.most_paid).zip(0u32..)
        {
            let item = EntityId::new(place.to_string());
            let item = EntityUid::from_type_name_and_id(self.item.clone(), item);
            entities.push(item_of(item.clone(), candidate));
            requests.push(self.request(&id, item, candidate, *most_paid));
        }
        self.serve = self.has_duties.then(|| {
            let action = self.actions[3].clone();
            request(id.clone(), action, id.clone(), Context::empty())
        });
        self.requests = requests;
        self.entities = Entities::from_entities(entities, None).expect("entities");
        self.name = customer.name.map(|name| name.into_owned());
    }

    fn decide(&mut self, answer: &mut Answer) {
        answer.proposals = self.requests.len() as u32;
        let ask = |request| {
            self.authorizer
                .is_authorized(request, &self.policies, &self.entities)
        };
        for (request, place) in self.requests.iter().zip(0..) {
            let response = ask(request);
            if response.decision() == Decision::Deny {
                answer
                    .blocked
                    .extend(reasons(&response).map(|policy| (place, policy)));
            }
        }
        if let Some(request) = &self.serve {
            answer.duties.extend(reasons(&ask(request)));
        }
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}
