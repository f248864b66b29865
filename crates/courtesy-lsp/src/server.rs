//! The protocol: what comes in, in which order it is answered, and what goes out unasked.
//!
//! Everything runs on one thread. Changes are only noted; a package is checked again when something asks for it or
//! when no message waits, so that fast typing never queues up checks. A message that cannot be understood is answered
//! with an error and changes nothing.

use crate::answers::{RUN_EXAMPLE, TOKEN_MARKS, TOKEN_TYPES, View, formatted};
use crate::examples;
use crate::places::{Encoding, byte};
use crate::workspace::{Workspace, path_of, uri_of};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
    Notification as _, PublishDiagnostics, ShowMessage,
};
use lsp_types::request::{
    CodeActionRequest, CodeLensRequest, Completion, DocumentSymbolRequest, ExecuteCommand,
    Formatting, GotoDefinition, HoverRequest, PrepareRenameRequest, References, Rename,
    Request as _, SemanticTokensFullRequest,
};
use lsp_types::{
    CodeActionProviderCapability, CodeLensOptions, CompletionOptions, ExecuteCommandOptions,
    HoverProviderCapability, InitializeParams, MessageType, OneOf, PositionEncodingKind,
    PrepareRenameResponse, PublishDiagnosticsParams, RenameOptions, SemanticTokens,
    SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions, ServerCapabilities,
    ShowMessageParams, TextDocumentPositionParams, TextDocumentSyncCapability,
    TextDocumentSyncKind, Uri, WorkDoneProgressOptions,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::error::Error;
use std::path::PathBuf;

/// Serves one client until it says goodbye.
///
/// # Errors
/// When the protocol is broken or the client has gone.
pub(crate) fn serve(connection: &Connection) -> Result<(), Box<dyn Error + Send + Sync>> {
    let (id, asked) = connection.initialize_start()?;
    let asked: InitializeParams = serde_json::from_value(asked)?;
    let encoding = encoding(&asked);
    let answer = json!({
        "capabilities": capabilities(encoding),
        "serverInfo": { "name": "courtesy", "version": env!("CARGO_PKG_VERSION") },
    });
    connection.initialize_finish(id, answer)?;
    let mut server = Server {
        connection,
        encoding,
        workspace: Workspace::new(roots(&asked)),
        published: BTreeSet::new(),
        stale: false,
    };
    server.run()
}

fn encoding(asked: &InitializeParams) -> Encoding {
    let general = asked.capabilities.general.as_ref();
    let offered = general.and_then(|general| general.position_encodings.as_ref());
    match offered {
        Some(kinds) if kinds.contains(&PositionEncodingKind::UTF8) => Encoding::Utf8,
        _ => Encoding::Utf16,
    }
}

#[expect(deprecated, reason = "older clients name their folder in no other way")]
fn roots(asked: &InitializeParams) -> Vec<PathBuf> {
    let folders = asked.workspace_folders.iter().flatten();
    let mut roots: Vec<PathBuf> = folders.filter_map(|folder| path_of(&folder.uri)).collect();
    if roots.is_empty() {
        roots.extend(asked.root_uri.as_ref().and_then(path_of));
    }
    roots
}

fn capabilities(encoding: Encoding) -> ServerCapabilities {
    let tokens = SemanticTokensOptions {
        work_done_progress_options: WorkDoneProgressOptions::default(),
        legend: SemanticTokensLegend {
            token_types: TOKEN_TYPES.to_vec(),
            token_modifiers: TOKEN_MARKS.to_vec(),
        },
        range: None,
        full: Some(SemanticTokensFullOptions::Bool(true)),
    };
    ServerCapabilities {
        position_encoding: Some(match encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Kind(
            TextDocumentSyncKind::INCREMENTAL,
        )),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some([".", " ", "\""].map(str::to_string).to_vec()),
            ..CompletionOptions::default()
        }),
        document_symbol_provider: Some(OneOf::Left(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Simple(true)),
        code_lens_provider: Some(CodeLensOptions {
            resolve_provider: Some(false),
        }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![RUN_EXAMPLE.to_string()],
            ..ExecuteCommandOptions::default()
        }),
        semantic_tokens_provider: Some(tokens.into()),
        ..ServerCapabilities::default()
    }
}

/// Why a request gets no answer.
struct Refused(ErrorCode, String);

type Answer = Result<Value, Refused>;
type Sent = Result<(), Box<dyn Error + Send + Sync>>;

struct Server<'a> {
    connection: &'a Connection,
    encoding: Encoding,
    workspace: Workspace,
    /// The files for which problems were last shown.
    published: BTreeSet<PathBuf>,
    /// Whether something changed since problems were last shown.
    stale: bool,
}

impl Server<'_> {
    fn run(&mut self) -> Sent {
        loop {
            if self.stale && self.connection.receiver.is_empty() {
                self.publish()?;
            }
            let Ok(message) = self.connection.receiver.recv() else {
                return Ok(());
            };
            match message {
                Message::Request(request) => {
                    if self.connection.handle_shutdown(&request)? {
                        return Ok(());
                    }
                    self.answer(request)?;
                }
                Message::Notification(notification) => self.take(notification),
                Message::Response(_) => {}
            }
        }
    }

    fn answer(&mut self, request: Request) -> Sent {
        let id = request.id.clone();
        let answer = self.answer_to(request);
        self.respond(id, answer)
    }

    fn respond(&self, id: RequestId, answer: Answer) -> Sent {
        let response = match answer {
            Ok(value) => Response::new_ok(id, value),
            Err(Refused(code, message)) => Response::new_err(id, code as i32, message),
        };
        self.connection.sender.send(response.into())?;
        Ok(())
    }

    fn answer_to(&mut self, request: Request) -> Answer {
        let Request { method, params, .. } = request;
        match method.as_str() {
            HoverRequest::METHOD => self.at(params, |view, at| value(view.hover(at.position))),
            GotoDefinition::METHOD => {
                self.at(params, |view, at| value(view.definition(at.position)))
            }
            PrepareRenameRequest::METHOD => self.at(params, |view, at| {
                value(
                    view.renameable(at.position)
                        .map(PrepareRenameResponse::Range),
                )
            }),
            Completion::METHOD => {
                let asked: lsp_types::CompletionParams = read(params)?;
                let at = asked.text_document_position;
                self.within(&at.text_document.uri, |view| {
                    value(view.completions(at.position))
                })
            }
            References::METHOD => {
                let asked: lsp_types::ReferenceParams = read(params)?;
                let at = asked.text_document_position;
                let declaration = asked.context.include_declaration;
                self.within(&at.text_document.uri, |view| {
                    value(view.references(at.position, declaration))
                })
            }
            Rename::METHOD => {
                let asked: lsp_types::RenameParams = read(params)?;
                let at = asked.text_document_position;
                self.within(&at.text_document.uri, |view| {
                    let changes = view.rename(at.position, &asked.new_name);
                    value(changes.map_err(|why| Refused(ErrorCode::InvalidParams, why))?)
                })
            }
            _ => self.answer_for_file(&method, params),
        }
    }

    /// Answers what is asked of a whole file.
    fn answer_for_file(&mut self, method: &str, params: Value) -> Answer {
        match method {
            DocumentSymbolRequest::METHOD => {
                let asked: lsp_types::DocumentSymbolParams = read(params)?;
                self.within(&asked.text_document.uri, |view| value(view.outline()))
            }
            CodeActionRequest::METHOD => {
                let asked: lsp_types::CodeActionParams = read(params)?;
                self.within(&asked.text_document.uri, |view| {
                    value(view.fixes(asked.range))
                })
            }
            CodeLensRequest::METHOD => {
                let asked: lsp_types::CodeLensParams = read(params)?;
                self.within(&asked.text_document.uri, |view| value(view.lenses()))
            }
            SemanticTokensFullRequest::METHOD => {
                let asked: lsp_types::SemanticTokensParams = read(params)?;
                self.within(&asked.text_document.uri, |view| {
                    value(SemanticTokens {
                        result_id: None,
                        data: view.tokens(),
                    })
                })
            }
            Formatting::METHOD => {
                let asked: lsp_types::DocumentFormattingParams = read(params)?;
                let encoding = self.encoding;
                self.within(&asked.text_document.uri, |view| {
                    value(formatted(view.source.text(), encoding))
                })
            }
            ExecuteCommand::METHOD => self.execute(read(params)?),
            other => Err(Refused(
                ErrorCode::MethodNotFound,
                format!("`{other}` is not known here"),
            )),
        }
    }

    fn at(
        &mut self,
        params: Value,
        answer: impl FnOnce(View<'_>, TextDocumentPositionParams) -> Answer,
    ) -> Answer {
        let at: TextDocumentPositionParams = read(params)?;
        let uri = at.text_document.uri.clone();
        self.within(&uri, |view| answer(view, at))
    }

    /// Answers for a file of a package; `null` for one that is none.
    fn within(&mut self, uri: &Uri, answer: impl FnOnce(View<'_>) -> Answer) -> Answer {
        let encoding = self.encoding;
        let Some(path) = path_of(uri) else {
            return Ok(Value::Null);
        };
        let view = self.workspace.package(&path).and_then(|open| {
            let file = open.analysis.file(&open.name(&path)?)?;
            View::new(open, file, encoding)
        });
        view.map_or(Ok(Value::Null), answer)
    }

    fn execute(&mut self, asked: lsp_types::ExecuteCommandParams) -> Answer {
        let refused = |why: &str| Refused(ErrorCode::InvalidParams, why.to_string());
        let [Value::String(uri), Value::String(title)] = asked.arguments.as_slice() else {
            return Err(refused("the command takes an address and a title"));
        };
        if asked.command != RUN_EXAMPLE {
            return Err(refused("there is no such command"));
        }
        let uri: Uri = uri.parse().map_err(|_| refused("that is no address"))?;
        let ran = self.within(&uri, |view| {
            let ran = examples::run(view.open, title);
            Ok(json!({ "passed": ran.passed, "text": ran.text }))
        })?;
        let passed = ran.get("passed") == Some(&Value::Bool(true));
        let text = ran.get("text").and_then(Value::as_str).unwrap_or_default();
        let shown = ShowMessageParams {
            typ: if passed {
                MessageType::INFO
            } else {
                MessageType::ERROR
            },
            message: text.to_string(),
        };
        self.notify::<ShowMessage>(&shown)
            .map_err(|error| Refused(ErrorCode::InternalError, error.to_string()))?;
        Ok(ran)
    }

    fn take(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            DidOpenTextDocument::METHOD => {
                if let Ok(asked) = read::<lsp_types::DidOpenTextDocumentParams>(params) {
                    self.set(&asked.text_document.uri, asked.text_document.text);
                }
            }
            DidChangeTextDocument::METHOD => {
                if let Ok(asked) = read::<lsp_types::DidChangeTextDocumentParams>(params) {
                    self.change(asked);
                }
            }
            DidCloseTextDocument::METHOD => {
                if let Ok(asked) = read::<lsp_types::DidCloseTextDocumentParams>(params)
                    && let Some(path) = path_of(&asked.text_document.uri)
                {
                    self.workspace.close(&path);
                    self.stale = true;
                }
            }
            DidChangeWatchedFiles::METHOD => {
                if let Ok(asked) = read::<lsp_types::DidChangeWatchedFilesParams>(params) {
                    let paths = asked
                        .changes
                        .iter()
                        .filter_map(|change| path_of(&change.uri));
                    paths.for_each(|path| self.workspace.forget(&path));
                    self.stale = true;
                }
            }
            _ => {}
        }
    }

    fn set(&mut self, uri: &Uri, text: String) {
        if let Some(path) = path_of(uri) {
            self.workspace.set(path, text);
            self.stale = true;
        }
    }

    fn change(&mut self, asked: lsp_types::DidChangeTextDocumentParams) {
        let Some(path) = path_of(&asked.text_document.uri) else {
            return;
        };
        let mut text = self.workspace.text(&path).cloned().unwrap_or_default();
        for change in asked.content_changes {
            match change.range {
                None => text = change.text,
                Some(range) => {
                    let start = byte(&text, range.start, self.encoding);
                    let end = byte(&text, range.end, self.encoding).max(start);
                    text.replace_range(start..end, &change.text);
                }
            }
        }
        self.set(&asked.text_document.uri, text);
    }

    /// Shows the problems of every package with an open file, and takes back those that are gone.
    fn publish(&mut self) -> Sent {
        self.stale = false;
        let open: Vec<PathBuf> = self.workspace.open_files().map(PathBuf::from).collect();
        let mut shown: BTreeSet<PathBuf> = BTreeSet::new();
        let mut told = Vec::new();
        for path in &open {
            if shown.contains(path) {
                continue;
            }
            let Some(package) = self.workspace.package(path) else {
                continue;
            };
            for (file, source) in package.analysis.sources().iter() {
                let path = package.path(source.name());
                let view = View::new(package, file, self.encoding);
                let diagnostics = view.map_or(Vec::new(), |view| view.diagnostics());
                if shown.insert(path.clone()) {
                    told.push((path, diagnostics));
                }
            }
        }
        let gone = self
            .published
            .difference(&shown)
            .map(|path| (path.clone(), Vec::new()));
        told.extend(gone.collect::<Vec<_>>());
        self.published = shown;
        for (path, diagnostics) in told {
            if let Some(uri) = uri_of(&path) {
                self.notify::<PublishDiagnostics>(&PublishDiagnosticsParams::new(
                    uri,
                    diagnostics,
                    None,
                ))?;
            }
        }
        Ok(())
    }

    fn notify<N: lsp_types::notification::Notification>(&self, params: &N::Params) -> Sent
    where
        N::Params: Serialize,
    {
        let notification = Notification::new(N::METHOD.to_string(), params);
        self.connection.sender.send(notification.into())?;
        Ok(())
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refused> {
    serde_json::from_value(params)
        .map_err(|error| Refused(ErrorCode::InvalidParams, error.to_string()))
}

fn value(answer: impl Serialize) -> Answer {
    serde_json::to_value(answer)
        .map_err(|error| Refused(ErrorCode::InternalError, error.to_string()))
}
