//! What `courtesy::ide` says, in the protocol's words.

use crate::places::{Encoding, byte, range};
use crate::workspace::{Open, uri_of};
use courtesy::diagnostic::{Diagnostic as Found, Severity};
use courtesy::ide::{CompletionKind, Edit, OutlinedKind, TokenKind};
use courtesy::source::{FileId, SourceFile, Span};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeLens, Command, CompletionItem,
    CompletionItemKind, CompletionResponse, CompletionTextEdit, Diagnostic,
    DiagnosticRelatedInformation, DiagnosticSeverity, DocumentSymbol, Documentation, Hover,
    HoverContents, Location, MarkupContent, MarkupKind, NumberOrString, Position, Range,
    SemanticToken, SemanticTokenModifier, SemanticTokenType, SymbolKind, TextEdit, Uri,
    WorkspaceEdit,
};
use serde_json::json;
use std::collections::HashMap;

/// The command behind the button beside an example.
pub(crate) const RUN_EXAMPLE: &str = "courtesy.runExample";

/// The kinds of words, in the order in which the protocol's numbers count them.
pub(crate) const TOKEN_TYPES: [SemanticTokenType; 8] = [
    SemanticTokenType::TYPE,
    SemanticTokenType::ENUM_MEMBER,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::PARAMETER,
    SemanticTokenType::METHOD,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::STRING,
];

/// The marks of words.
pub(crate) const TOKEN_MARKS: [SemanticTokenModifier; 1] = [SemanticTokenModifier::DECLARATION];

/// One file of a package that is open, as the client counts in it.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) open: &'a Open,
    pub(crate) file: FileId,
    pub(crate) source: &'a SourceFile,
    pub(crate) encoding: Encoding,
}

impl<'a> View<'a> {
    pub(crate) fn new(open: &'a Open, file: FileId, encoding: Encoding) -> Option<View<'a>> {
        let source = open.analysis.sources().get(file)?;
        Some(View {
            open,
            file,
            source,
            encoding,
        })
    }

    pub(crate) fn byte(&self, position: Position) -> usize {
        byte(self.source.text(), position, self.encoding)
    }

    fn range(&self, span: Span) -> Range {
        match self.open.analysis.sources().get(span.file) {
            Some(file) => range(file, span.range(), self.encoding),
            None => Range::default(),
        }
    }

    fn location(&self, span: Span) -> Option<Location> {
        let file = self.open.analysis.sources().get(span.file)?;
        let uri = uri_of(&self.open.path(file.name()))?;
        Some(Location::new(uri, self.range(span)))
    }

    /// The problems of this file.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let own = self.own_problems();
        own.map(|found| self.diagnostic(found)).collect()
    }

    fn own_problems(&self) -> impl Iterator<Item = &'a Found> {
        let file = self.file;
        let all = self.open.analysis.diagnostics().iter();
        all.filter(move |found| found.span().is_some_and(|span| span.file == file))
    }

    fn diagnostic(&self, found: &Found) -> Diagnostic {
        let message = match &found.help {
            Some(help) => format!("{}\nhelp: {help}", found.message),
            None => found.message.clone(),
        };
        let related = found.labels.iter().skip(1).filter_map(|label| {
            let location = self.location(label.span)?;
            Some(DiagnosticRelatedInformation {
                location,
                message: label.text.clone(),
            })
        });
        Diagnostic {
            range: found
                .span()
                .map_or_else(Range::default, |span| self.range(span)),
            severity: Some(match found.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
            }),
            code: Some(NumberOrString::String(found.code.id().to_string())),
            source: Some("courtesy".to_string()),
            message,
            related_information: Some(related.collect()),
            ..Diagnostic::default()
        }
    }

    /// The changes that mend what is wrong within a range.
    pub(crate) fn fixes(&self, asked: Range) -> Vec<CodeActionOrCommand> {
        let mut actions = Vec::new();
        for found in self.own_problems() {
            let diagnostic = self.diagnostic(found);
            let touches =
                diagnostic.range.start <= asked.end && asked.start <= diagnostic.range.end;
            let Some(fix) = found.fix.as_ref().filter(|_| touches) else {
                continue;
            };
            let edit = Edit {
                span: fix.span,
                text: fix.replacement.clone(),
            };
            let title = match fix.replacement.trim() {
                "" => "Take this away".to_string(),
                text => format!("Write `{}`", shortened(text)),
            };
            actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                title,
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![diagnostic]),
                edit: Some(self.changes(&[edit])),
                is_preferred: Some(true),
                ..CodeAction::default()
            }));
        }
        actions
    }

    /// Changes of text, by file.
    pub(crate) fn changes(&self, edits: &[Edit]) -> WorkspaceEdit {
        #[expect(
            clippy::mutable_key_type,
            reason = "the protocol's own type; no address is changed"
        )]
        let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
        for edit in edits {
            if let Some(location) = self.location(edit.span) {
                let change = TextEdit::new(location.range, edit.text.clone());
                changes.entry(location.uri).or_default().push(change);
            }
        }
        WorkspaceEdit::new(changes)
    }

    pub(crate) fn hover(&self, position: Position) -> Option<Hover> {
        let hover = self.open.analysis.hover(self.file, self.byte(position))?;
        let value = MarkupContent {
            kind: MarkupKind::Markdown,
            value: hover.text,
        };
        Some(Hover {
            contents: HoverContents::Markup(value),
            range: Some(self.range(hover.span)),
        })
    }

    pub(crate) fn definition(&self, position: Position) -> Option<Location> {
        let span = self
            .open
            .analysis
            .definition(self.file, self.byte(position))?;
        self.location(span)
    }

    pub(crate) fn references(&self, position: Position, declaration: bool) -> Vec<Location> {
        let all = self
            .open
            .analysis
            .references(self.file, self.byte(position));
        let skipped = usize::from(!declaration);
        all.into_iter()
            .skip(skipped)
            .filter_map(|span| self.location(span))
            .collect()
    }

    pub(crate) fn renameable(&self, position: Position) -> Option<Range> {
        let span = self
            .open
            .analysis
            .renameable(self.file, self.byte(position))?;
        Some(self.range(span))
    }

    pub(crate) fn rename(&self, position: Position, new: &str) -> Result<WorkspaceEdit, String> {
        let edits = self
            .open
            .analysis
            .rename(self.file, self.byte(position), new);
        edits
            .map(|edits| self.changes(&edits))
            .map_err(|error| error.to_string())
    }

    pub(crate) fn completions(&self, position: Position) -> CompletionResponse {
        let end = self.byte(position);
        let found = self.open.analysis.complete(self.file, end);
        let replaced = range(self.source, found.start..end, self.encoding);
        let items = found
            .items
            .into_iter()
            .enumerate()
            .map(|(place, item)| CompletionItem {
                kind: Some(item_kind(item.kind)),
                detail: (!item.detail.is_empty()).then_some(item.detail),
                // The order of the answer means something: the likeliest kind stands first.
                sort_text: Some(format!("{place:06}")),
                text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(
                    replaced,
                    item.label.clone(),
                ))),
                documentation: None::<Documentation>,
                label: item.label,
                ..CompletionItem::default()
            });
        CompletionResponse::Array(items.collect())
    }

    pub(crate) fn outline(&self) -> Vec<DocumentSymbol> {
        let outline = self.open.analysis.outline(self.file);
        outline
            .into_iter()
            .map(|one| self.document_symbol(one.name, one.kind, one.span, one.name_span))
            .collect()
    }

    #[expect(deprecated, reason = "the protocol's type asks for the field")]
    fn document_symbol(
        &self,
        name: String,
        kind: OutlinedKind,
        span: Span,
        own: Span,
    ) -> DocumentSymbol {
        DocumentSymbol {
            name,
            detail: None,
            kind: symbol_kind(kind),
            tags: None,
            deprecated: None,
            range: self.range(span),
            selection_range: self.range(own),
            children: None,
        }
    }

    /// A button for each example.
    pub(crate) fn lenses(&self) -> Vec<CodeLens> {
        let examples = self.open.analysis.outline(self.file).into_iter();
        let examples = examples.filter(|one| one.kind == OutlinedKind::Example);
        let uri = uri_of(&self.open.path(self.source.name()));
        examples
            .filter_map(|example| {
                let arguments = vec![json!(uri.as_ref()?.as_str()), json!(example.name)];
                Some(CodeLens {
                    range: self.range(example.name_span),
                    command: Some(Command::new(
                        "Run example".into(),
                        RUN_EXAMPLE.into(),
                        Some(arguments),
                    )),
                    data: None,
                })
            })
            .collect()
    }

    /// The words of the file, each told from the one before it; none spans lines.
    pub(crate) fn tokens(&self) -> Vec<SemanticToken> {
        let mut told = Vec::new();
        let mut before = Position::default();
        for token in self.open.analysis.tokens(self.file) {
            let range = self.range(token.span);
            if range.start.line != range.end.line {
                continue;
            }
            let delta_line = range.start.line.saturating_sub(before.line);
            let from = if delta_line == 0 { before.character } else { 0 };
            told.push(SemanticToken {
                delta_line,
                delta_start: range.start.character.saturating_sub(from),
                length: range.end.character.saturating_sub(range.start.character),
                token_type: token_number(token.kind),
                token_modifiers_bitset: u32::from(token.declares),
            });
            before = range.start;
        }
        told
    }
}

/// The change that turns a text into its canonical layout; none where it has mistakes or is laid out already.
pub(crate) fn formatted(text: &str, encoding: Encoding) -> Vec<TextEdit> {
    match courtesy::format(text) {
        Ok(new) if new != text => {
            let sources = courtesy::source::Sources::new([("".into(), text.into())]);
            let whole = sources
                .iter()
                .next()
                .map(|(_, file)| range(file, 0..text.len(), encoding));
            whole
                .into_iter()
                .map(|range| TextEdit::new(range, new.clone()))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 50;
    let line = text.lines().next().unwrap_or_default();
    let cut: String = line.chars().take(LONGEST).collect();
    if cut.len() < text.len() {
        format!("{cut}…")
    } else {
        cut
    }
}

fn item_kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Value => CompletionItemKind::ENUM_MEMBER,
        CompletionKind::Field => CompletionItemKind::FIELD,
        CompletionKind::Variable | CompletionKind::Input => CompletionItemKind::VARIABLE,
        CompletionKind::Action => CompletionItemKind::METHOD,
        CompletionKind::Define => CompletionItemKind::FUNCTION,
        CompletionKind::Type => CompletionItemKind::STRUCT,
        CompletionKind::Title => CompletionItemKind::REFERENCE,
        _ => CompletionItemKind::KEYWORD,
    }
}

fn symbol_kind(kind: OutlinedKind) -> SymbolKind {
    match kind {
        OutlinedKind::Choice => SymbolKind::ENUM,
        OutlinedKind::Type => SymbolKind::STRUCT,
        OutlinedKind::Input => SymbolKind::VARIABLE,
        OutlinedKind::Action => SymbolKind::METHOD,
        OutlinedKind::Define => SymbolKind::FUNCTION,
        OutlinedKind::Calendar => SymbolKind::CONSTANT,
        OutlinedKind::Policy => SymbolKind::CLASS,
        _ => SymbolKind::EVENT,
    }
}

fn token_number(kind: TokenKind) -> u32 {
    match kind {
        TokenKind::Type => 0,
        TokenKind::Value => 1,
        TokenKind::Field => 2,
        TokenKind::Input => 3,
        TokenKind::Action => 4,
        TokenKind::Define => 5,
        TokenKind::Variable => 6,
        _ => 7,
    }
}
