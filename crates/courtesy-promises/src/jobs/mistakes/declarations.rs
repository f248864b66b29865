//! Mistakes in clauses and declarations: one too many, one too few, one that does not belong.

use super::Planted;
use crate::generate::Choices;

/// Each of the mistakes, where the package has a place for it.
pub(super) fn planted(declarations: &[String], choices: &mut Choices) -> Vec<Planted> {
    let mut garden = Garden {
        declarations,
        choices,
    };
    let mut planted = Vec::new();
    planted.extend(garden.clauses());
    planted.extend(garden.without());
    planted.extend(garden.tables());
    planted.extend(garden.added());
    planted
}

struct Garden<'d> {
    declarations: &'d [String],
    choices: &'d mut Choices,
}

impl Garden<'_> {
    /// Some declaration for which something holds.
    fn some(&mut self, fits: impl Fn(&str) -> bool) -> Option<usize> {
        let fitting: Vec<usize> = (0..self.declarations.len())
            .filter(|at| fits(&self.declarations[*at]))
            .collect();
        (!fitting.is_empty()).then(|| *self.choices.one_of(&fitting))
    }

    /// Some policy with this clause, and without that.
    fn policy(&mut self, with: &str, without: &str) -> Option<usize> {
        let (with, without) = (format!("\n  {with}"), format!("\n  {without}"));
        self.some(|text| {
            text.starts_with("policy ") && text.contains(&with) && !text.contains(&without)
        })
    }

    fn changed(&self, at: usize, text: String) -> Vec<String> {
        let mut declarations = self.declarations.to_vec();
        declarations[at] = text;
        declarations
    }

    /// One line more behind a declaration.
    fn line(&self, kind: &'static str, at: Option<usize>, line: &str) -> Option<Planted> {
        let at = at?;
        let head = format!("{}\n  ", self.declarations[at]);
        Some(Planted {
            kind,
            place: (at, head.len()..head.len() + line.len()),
            declarations: self.changed(at, format!("{head}{line}")),
        })
    }

    /// Clauses that are one too many.
    fn clauses(&mut self) -> Vec<Planted> {
        let no = "no such clause";
        let currency = self
            .declarations
            .first()
            .map_or("", |text| text.trim_start_matches("currency "));
        let money = format!("because \"{{1 {currency} * 0.3}}\"");
        let by_title = self.policy("", "overrides");
        let own = by_title.map(|at| {
            let title = self.declarations[at].lines().next().unwrap_or("");
            format!("overrides {}", title.trim_start_matches("policy "))
        });
        let lines = [
            ("a second `when`", self.policy("when", no), "when yes"),
            (
                "`exempt` of a `never`",
                self.policy("never", "exempt"),
                "exempt when yes",
            ),
            (
                "`for each` of a `never`",
                self.policy("never", no),
                "for each it in customer.orders",
            ),
            (
                "`counting` of an `only`",
                self.policy("only", no),
                "counting it in customer.orders",
            ),
            (
                "a share of 101%",
                self.policy("", "for "),
                "for 101% of customer.id",
            ),
            (
                "dates that are never",
                self.policy("", "from 2"),
                "from 2026-12-31 until 2026-01-01",
            ),
            (
                "an unknown policy",
                self.policy("", "overrides"),
                "overrides \"Nobody's policy\"",
            ),
            (
                "money that is not rounded",
                self.policy("", "because"),
                money.as_str(),
            ),
            (
                "a policy that overrides itself",
                by_title,
                own.as_deref().unwrap_or(""),
            ),
        ];
        let lines = lines.into_iter();
        lines
            .filter_map(|(kind, at, line)| self.line(kind, at, line))
            .collect()
    }

    /// Clauses and values that are one too few.
    fn without(&mut self) -> Vec<Planted> {
        let mut planted = Vec::new();
        for (kind, with, clause) in [
            ("`only` without a `when`", "only ", "\n  when "),
            ("`prefer` without a `by`", "prefer ", "\n  by "),
            ("`allow` without an `overrides`", "allow ", "\n  overrides "),
        ] {
            if let Some(at) = self.policy(with, "no such clause") {
                planted.extend(self.cut(kind, at, clause));
            }
        }
        for (kind, verb) in [
            ("an unknown action", "\n  never "),
            ("an unknown action owed", "\n  always "),
        ] {
            let at = self.some(|text| text.starts_with("policy ") && text.contains(verb));
            planted.extend(at.and_then(|at| self.misspelt(kind, at, verb)));
        }
        if let Some(at) = self.policy("with ", "no such clause") {
            let text = self.declarations[at].replacen("\n  with ", "\n  with nobody: 3, ", 1);
            let start = text.find("nobody: 3").unwrap_or(0);
            planted.push(Planted {
                kind: "a field that the action does not have",
                place: (at, start..start + 6),
                declarations: self.changed(at, text),
            });
        }
        planted
    }

    /// A clause cut out; the mistake is the policy's.
    fn cut(&self, kind: &'static str, at: usize, clause: &str) -> Option<Planted> {
        let text = &self.declarations[at];
        let start = text.find(clause)?;
        let end = text[start + 1..]
            .find('\n')
            .map_or(text.len(), |length| start + 1 + length);
        let text = format!("{}{}", &text[..start], &text[end..]);
        Some(Planted {
            kind,
            place: (at, 0..text.len()),
            declarations: self.changed(at, text),
        })
    }

    /// The action's name with a letter too many.
    fn misspelt(&self, kind: &'static str, at: usize, verb: &str) -> Option<Planted> {
        let text = &self.declarations[at];
        let start = text.find(verb)? + verb.len();
        let text = format!("{}qx{}", &text[..start], &text[start..]);
        Some(Planted {
            kind,
            place: (at, start..start + 2),
            declarations: self.changed(at, text),
        })
    }

    fn tables(&mut self) -> Vec<Planted> {
        let Some(at) = self.some(|text| text.starts_with("table ")) else {
            return Vec::new();
        };
        let text = self.declarations[at].clone();
        let mut lines: Vec<&str> = text.lines().collect();
        let last = lines.pop().unwrap_or_default();
        let mut planted = Vec::new();
        let head = lines.join("\n");
        if lines.len() > 2 {
            planted.push(Planted {
                kind: "a table that leaves a case over",
                place: (at, 0..head.len()),
                declarations: self.changed(at, head),
            });
        }
        let twice = format!("{text}\n{last}");
        planted.push(Planted {
            kind: "a row that never matches",
            place: (at, text.len()..twice.len()),
            declarations: self.changed(at, twice),
        });
        let short = format!("{text}\n  | anything |");
        planted.push(Planted {
            kind: "a row with too few cells",
            place: (at, text.len()..short.len()),
            declarations: self.changed(at, short),
        });
        planted
    }

    /// Declarations that are one too many.
    fn added(&mut self) -> Vec<Planted> {
        let policy = self.some(|text| text.starts_with("policy "));
        let title = policy
            .and_then(|at| self.declarations[at].lines().next())
            .unwrap_or("");
        let same_title = format!("{title}\n  never upsell");
        [
            ("a title given twice", same_title.as_str()),
            ("a type declared twice", "type Item { id: Text }"),
            ("an unknown type", "input seeded: Itmm"),
            ("a definition that uses itself", "define seeded as seeded"),
            ("a type that holds itself", "type Seeded { inner: Seeded }"),
            (
                "a value in a title",
                "policy \"about {customer.id}\"\n  never upsell",
            ),
            (
                "a policy without a verb",
                "policy \"seeded\"\n  when customer.id is \"a\"",
            ),
            (
                "a group owed",
                "actions seeded = upsell, call\npolicy \"seeded\"\n  always seeded",
            ),
            ("an order of mixed signs", "choice Seeded { a < b, c }"),
            (
                "hours that overlap",
                "calendar seeded { mon 09:00-12:00, 11:00-13:00 }",
            ),
            (
                "a range that holds nothing",
                "type Seeded { n: Number, 3 to 2 }",
            ),
            (
                "a duty for what never comes",
                "action seeded\npolicy \"seeded\"\n  always seeded\n  on blocked upsell by \"seeded\"",
            ),
        ]
        .into_iter()
        .map(|(kind, text)| {
            let mut declarations = self.declarations.to_vec();
            declarations.push(text.to_string());
            Planted {
                kind,
                place: (declarations.len() - 1, 0..text.len()),
                declarations,
            }
        })
        .collect()
    }
}
