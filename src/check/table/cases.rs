//! That the rows of a table cover every case, and that none is in vain: the messages.

use super::super::Checker;
use super::AskedRow;
use super::cells::Alternative;
use super::coverage::{Cover, Part, TooMuch, Work, cover, widened};
use super::domain::Domain;
use super::head::Head;
use crate::ast::{TableDeclaration, TableRow};
use crate::diagnostic::{Code, Diagnostic};

impl Checker<'_> {
    /// Holds the rows against all cases and against each other.
    pub(super) fn check_cover(
        &mut self,
        table: &TableDeclaration,
        head: &Head,
        asked: &[AskedRow],
    ) {
        if self.table_work == 0 {
            return;
        }
        let Some(domains) = self.domains(head, asked) else {
            return;
        };
        let parts: Vec<Part> = asked.iter().map(|row| part_of(row, &domains)).collect();
        if !self.no_empty_cell(table, asked, &parts) {
            return;
        }
        let mut work = Work::new(self.table_work);
        let found = self
            .check_rows(table, &parts, &mut work)
            .and_then(|()| self.check_gap(table, head, (&domains, &parts), &mut work));
        self.table_work = work.left();
        if let Err(TooMuch) = found {
            // The package is refused for it; the other tables are not held to account.
            self.table_work = 0;
            self.report(
                Diagnostic::error(
                    Code::TooCostly,
                    table.name.span,
                    format!(
                        "whether the rows of `{}` cover every case takes too long to find out",
                        table.name.text
                    ),
                )
                .help("split it into several tables, of which one calls the others"),
            );
        }
    }

    /// The domain of each column, cut by the constants of its cells.
    fn domains(&self, head: &Head, asked: &[AskedRow]) -> Option<Vec<Domain>> {
        let columns = head.columns.iter().enumerate();
        let domains = columns.map(|(index, column)| {
            let cells = asked.iter().filter_map(|row| row.get(index)?.as_ref());
            let constants = cells.flatten().flat_map(Alternative::constants);
            Domain::new(&column.ty, &self.schema, constants.cloned().collect())
        });
        domains.collect()
    }

    /// Reports cells for which nothing holds.
    fn no_empty_cell(
        &mut self,
        table: &TableDeclaration,
        asked: &[AskedRow],
        parts: &[Part],
    ) -> bool {
        let mut sound = true;
        for ((part, row), read) in parts.iter().zip(&table.rows).zip(asked) {
            for ((atoms, cell), read) in part.iter().zip(&row.cells).zip(read) {
                if atoms.is_empty() {
                    sound = false;
                    let text = self.quoted(cell.span);
                    let mut read = read.iter().flatten();
                    let range = read.any(|one| matches!(one, Alternative::Range(..)));
                    let help = if range {
                        "of a range, the lower end stands first"
                    } else {
                        "leave the row out, or say what it is for"
                    };
                    self.report(
                        Diagnostic::error(
                            Code::EmptyRange,
                            cell.span,
                            format!("nothing is ever `{text}`, so this row never matches"),
                        )
                        .help(help),
                    );
                }
            }
        }
        sound
    }

    fn check_rows(
        &mut self,
        table: &TableDeclaration,
        parts: &[Part],
        work: &mut Work,
    ) -> Result<(), TooMuch> {
        for (index, (part, row)) in parts.iter().zip(&table.rows).enumerate() {
            let above = parts.get(..index).unwrap_or(&[]);
            let whole = above.iter().position(|other| is_within(part, other));
            let takers = match whole {
                Some(taker) => vec![taker],
                None => match cover(part, above, work)? {
                    Cover::Left(_) => continue,
                    Cover::Taken(takers) => takers,
                },
            };
            self.unreachable(table, row, &takers);
        }
        Ok(())
    }

    fn unreachable(&mut self, table: &TableDeclaration, row: &TableRow, takers: &[usize]) {
        let (message, says, help) = match takers {
            [_] => (
                "this row never matches: a row above it takes all of its cases",
                "this one takes them",
                "the first row that matches is taken: put this one above it, or leave it out",
            ),
            _ => (
                "this row never matches: rows above it take all of its cases",
                "this one takes some of them",
                "the first row that matches is taken: put this one above them, or leave it out",
            ),
        };
        let mut diagnostic = Diagnostic::error(Code::TableRowUnreachable, row.span, message);
        for taker in takers.iter().take(SHOWN) {
            if let Some(taker) = table.rows.get(*taker) {
                diagnostic = diagnostic.also(taker.span, says);
            }
        }
        self.report(diagnostic.help(help));
    }

    fn check_gap(
        &mut self,
        table: &TableDeclaration,
        head: &Head,
        (domains, parts): (&[Domain], &[Part]),
        work: &mut Work,
    ) -> Result<(), TooMuch> {
        let all: Part = domains.iter().map(|domain| domain.all.clone()).collect();
        let Cover::Left(left) = cover(&all, parts, work)? else {
            return Ok(());
        };
        let left = widened(left, &all, parts);
        let columns = head.columns.iter().zip(domains).zip(&left);
        let words = columns.filter_map(|((column, domain), atoms)| {
            let words = domain.words(atoms)?;
            Some(format!("`{}` is {words}", column.name.text))
        });
        let words: Vec<String> = words.collect();
        let cells = domains.iter().zip(&left);
        let cells = cells.map(|(domain, atoms)| domain.cell(atoms));
        let results = head.results.iter().map(|_| "…".to_string());
        let row: Vec<String> = cells.chain(results).collect();
        self.report(
            Diagnostic::error(
                Code::TableGap,
                table.name.span,
                format!(
                    "no row of `{}` matches where {}",
                    table.name.text,
                    words.join(", ")
                ),
            )
            .help(format!(
                "add a row for it, such as `| {} |`",
                row.join(" | ")
            )),
        );
        Ok(())
    }
}

/// Most rows that a message points at.
const SHOWN: usize = 3;

fn part_of(row: &AskedRow, domains: &[Domain]) -> Part {
    let cells = row.iter().zip(domains);
    cells
        .map(|(cell, domain)| domain.atoms(cell.as_deref().unwrap_or(&[])))
        .collect()
}

fn is_within(part: &Part, other: &Part) -> bool {
    part.iter().zip(other).all(|(a, b)| a.is_within(b))
}
