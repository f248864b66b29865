//! A whole file: its declarations in the order written, and what stands between.
//!
//! Declarations of one line stay together or apart as the writer has them, with
//! one empty line at most; what takes several lines has an empty line around it.
//! Neighbours of one kind that stand on one line each have their braces, or the
//! `as` of definitions, below one another. An indented comment below a declaration belongs to it, every other
//! one to what follows.

use super::layout::{self, Doc};
use super::printer::{LINE_WIDTH, Printer};
use super::tokens::{Comment, Token, tokens};
use crate::ast::Item;

/// Writes the declarations of a file; `None` where they are not its declarations.
pub(super) fn write(text: &str, items: &[Item]) -> Option<String> {
    let tokens = tokens(text);
    let mut places = Vec::new();
    let mut next = 0;
    for item in items {
        let (document, end) = written(text, &tokens, next, item, 0)?;
        places.push(Placed {
            item,
            begin: next,
            brace: Brace::of(item, &document),
        });
        next = end;
    }
    let end = tokens.get(next).filter(|end| end.text.is_empty())?;
    let paddings = paddings(&places, &tokens);
    let mut file = File::default();
    for (place, padding) in places.iter().zip(paddings) {
        let token = tokens.get(place.begin)?;
        let (document, _) = written(text, &tokens, place.begin, place.item, padding)?;
        let multi = matches!(
            place.item,
            Item::Policy(_) | Item::Example(_) | Item::Table(_)
        );
        let lines = layout::lines(&document);
        let multi = multi || lines.contains('\n');
        file.before(token, multi);
        file.declaration(&lines, multi, token.blank_before);
    }
    file.before(end, false);
    Some(file.finish())
}

/// A declaration between its first token and the one behind its last.
struct Placed<'a> {
    item: &'a Item,
    begin: usize,
    brace: Option<Brace>,
}

/// Where the brace, or the `as`, of a declaration of one line stands.
#[derive(Clone, Copy)]
struct Brace {
    /// Which declarations it lines up with.
    kind: &'static str,
    /// How much stands before it.
    column: usize,
    /// The width of the whole line.
    width: usize,
}

impl Brace {
    /// None where the declaration has neither, or several lines.
    fn of(item: &Item, document: &[Doc]) -> Option<Brace> {
        let (kind, head) = match item {
            Item::Choice(choice) => ("choice", &choice.name.text),
            Item::Type(declaration) if !declaration.fields.is_empty() => {
                ("type", &declaration.name.text)
            }
            Item::Action(action) if !action.fields.is_empty() => match action.single {
                Some(_) => ("single action", &action.name.text),
                None => ("action", &action.name.text),
            },
            Item::Define(define) if define.parameters.is_empty() => ("define", &define.name.text),
            _ => return None,
        };
        let column = kind
            .len()
            .saturating_add(1)
            .saturating_add(head.chars().count());
        let one_line = !layout::lines(document).contains('\n');
        one_line.then(|| Brace {
            kind,
            column,
            width: layout::flat_width(document),
        })
    }
}

/// How many blanks line up the brace of each declaration.
fn paddings(places: &[Placed<'_>], tokens: &[Token<'_>]) -> Vec<usize> {
    let mut paddings = vec![0; places.len()];
    let mut start = 0;
    while start < places.len() {
        let run = run_from(places.get(start..).unwrap_or_default(), tokens);
        let braces = places.iter().skip(start).take(run);
        let widest = braces
            .clone()
            .filter_map(|place| place.brace)
            .map(|brace| brace.column);
        let widest = widest.max().unwrap_or(0);
        let padded = braces.map(|place| {
            let column = place.brace.map_or(widest, |brace| brace.column);
            widest.saturating_sub(column)
        });
        for (padding, found) in paddings.iter_mut().skip(start).zip(padded) {
            *padding = found;
        }
        start = start.saturating_add(run.max(1));
    }
    paddings
}

/// How many declarations from here on line up their braces: neighbours of one
/// kind with nothing between them, as long as every line keeps its width.
fn run_from(places: &[Placed<'_>], tokens: &[Token<'_>]) -> usize {
    let Some(first) = places.first().and_then(|place| place.brace) else {
        return 1;
    };
    let (mut column, mut rest) = (first.column, first.width.saturating_sub(first.column));
    let mut run = 1_usize;
    for place in places.iter().skip(1) {
        let apart = tokens
            .get(place.begin)
            .is_none_or(|token| token.blank_before || !token.leading.is_empty());
        let Some(brace) = place
            .brace
            .filter(|brace| brace.kind == first.kind && !apart)
        else {
            break;
        };
        column = column.max(brace.column);
        rest = rest.max(brace.width.saturating_sub(brace.column));
        if column.saturating_add(rest) > LINE_WIDTH {
            break;
        }
        run = run.saturating_add(1);
    }
    run
}

/// A declaration from the token `begin` on; its own comments, not those before it.
fn written(
    text: &str,
    tokens: &[Token<'_>],
    begin: usize,
    item: &Item,
    padding: usize,
) -> Option<(Vec<Doc>, usize)> {
    let mut printer = Printer::new(text, tokens, begin);
    printer.item(item, padding);
    printer.finish()
}

/// The file as far as it is written.
#[derive(Default)]
struct File {
    out: String,
    /// Whether the last declaration has an empty line around it.
    multi: bool,
    /// Whether a comment that belongs to what follows ends the file so far.
    commented: bool,
}

impl File {
    /// Writes the comments before a token that begins a declaration of several
    /// lines or of one.
    fn before(&mut self, token: &Token<'_>, multi: bool) {
        let mut at_end = !self.out.is_empty();
        for comment in &token.leading {
            at_end = at_end && comment.indented && !comment.blank_before;
            if at_end {
                self.line(&format!("  {}", comment.text));
                self.multi = true;
            } else {
                self.comment(comment, multi);
            }
        }
    }

    fn comment(&mut self, comment: &Comment<'_>, multi: bool) {
        let first = !self.commented && (self.multi || multi);
        if !self.out.is_empty() && (comment.blank_before || first) {
            self.out.push('\n');
        }
        self.line(comment.text);
        self.commented = true;
    }

    fn declaration(&mut self, lines: &str, multi: bool, blank_before: bool) {
        let apart = blank_before || (!self.commented && (self.multi || multi));
        if !self.out.is_empty() && apart {
            self.out.push('\n');
        }
        self.line(lines);
        self.multi = multi;
        self.commented = false;
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn finish(self) -> String {
        self.out
    }
}
