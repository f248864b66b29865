//! Bodies in and out: how much of one is read, for how long, and what is answered.
//!
//! Invariants: no more of a body is held than its limit; one that is refused is read away for a moment, so that its
//! sender finds the answer and no broken connection.

use crate::problem::Problem;
use axum::body::{Body, BodyDataStream};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// Most bytes of a refused body that are read away, and for how long.
const AWAY_BYTES: usize = 256 * 1024 * 1024;
const AWAY: Duration = Duration::from_secs(2);

/// Refuses a body of another kind.
///
/// # Errors
/// The answer that says which kind is wanted.
pub(crate) fn of_kind(headers: &HeaderMap, wanted: &[&str]) -> Result<(), Problem> {
    let kind = headers.get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim();
    if wanted.iter().any(|one| one.eq_ignore_ascii_case(kind)) {
        return Ok(());
    }
    Err(Problem::wrong_kind(wanted.first().unwrap_or(&"")))
}

/// Reads a whole body.
///
/// # Errors
/// The answer for one that is too large, too slow or broken off.
pub(crate) async fn whole(
    headers: &HeaderMap,
    body: Body,
    limit: u64,
    until: Instant,
) -> Result<Bytes, Problem> {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut pieces = body.into_data_stream();
    if stated_length(headers).is_some_and(|length| length > limit) {
        read_away(pieces);
        return Err(Problem::too_large(limit));
    }
    let mut whole = BytesMut::new();
    loop {
        match timeout_at(until, pieces.next()).await {
            Err(_) => return Err(Problem::slow_request()),
            Ok(None) => return Ok(whole.freeze()),
            Ok(Some(Err(_))) => return Err(Problem::broken_off()),
            Ok(Some(Ok(piece))) if whole.len().saturating_add(piece.len()) > most => {
                read_away(pieces);
                return Err(Problem::too_large(limit));
            }
            Ok(Some(Ok(piece))) => whole.extend_from_slice(&piece),
        }
    }
}

/// What the client says that the body will have.
fn stated_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Answers without the body, which is read away meanwhile.
pub(crate) fn refuse(body: Body, problem: Problem) -> Problem {
    read_away(body.into_data_stream());
    problem
}

/// Reads and forgets what is still coming, for a moment.
fn read_away(mut pieces: BodyDataStream) {
    tokio::spawn(timeout(AWAY, async move {
        let mut read = 0_usize;
        while let Some(Ok(piece)) = pieces.next().await {
            read = read.saturating_add(piece.len());
            if read > AWAY_BYTES {
                return;
            }
        }
    }));
}

/// An answer with a body that is there.
pub(crate) fn answer(kind: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// An answer in JSON, laid out for people too.
pub(crate) fn json(document: &serde_json::Value) -> Response {
    answer("application/json", format!("{document:#}\n"))
}
