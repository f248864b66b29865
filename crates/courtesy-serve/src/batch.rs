//! Many cases in one request: a line in, a line out, in order, while the body still arrives.
//!
//! Blocks of lines are decided side by side and answered in their order. Invariants: no more blocks are held than there
//! are threads that decide, whatever the body's size; a batch is decided by one package from its first line to its
//! last; a line that does not fit is answered and stops nothing.

use crate::lines::{Lines, Piece, Record};
use crate::service::{Admitted, Service};
use axum::body::Body;
use bytes::Bytes;
use courtesy::{Batch, Misfit};
use futures_util::{Stream, StreamExt, stream};
use serde::Serialize;
use std::convert::Infallible;
use std::sync::Arc;

/// A line that has no decision.
#[derive(Serialize)]
struct Refused {
    line: u64,
    #[serde(flatten)]
    misfit: Misfit,
}

/// The answers to a body, as they come about.
pub(crate) fn answers(
    service: &Arc<Service>,
    batch: Batch,
    body: Body,
    admitted: Admitted,
) -> impl Stream<Item = Result<Bytes, Infallible>> + use<> {
    let limits = &service.limits;
    let lines = Lines::new(
        body.into_data_stream(),
        limits.body_limit,
        limits.time_limit,
    );
    let pieces = stream::unfold(lines, async |mut lines| {
        let piece = lines.next().await?;
        Some((piece, lines))
    });
    let batch = Arc::new(batch);
    let side_by_side = service.deciding.threads();
    let service = service.clone();
    pieces
        .map(move |piece| answer(service.clone(), batch.clone(), piece))
        .buffered(side_by_side)
        .map(move |answers| {
            // The place is given back when the last answer is out or nobody reads on.
            let _held = &admitted;
            Ok(answers)
        })
}

/// The answers to a piece.
async fn answer(service: Arc<Service>, batch: Arc<Batch>, piece: Piece) -> Bytes {
    let records = match piece {
        Piece::Block(records) => records,
        Piece::TooSlow(line) => return Bytes::from(refused(line, too_slow())),
    };
    let for_work = service.clone();
    let work = move || decide(&for_work, &batch, &records);
    Bytes::from(service.deciding.run(work).await.unwrap_or_default())
}

fn decide(service: &Service, batch: &Batch, records: &[Record]) -> Vec<u8> {
    let mut out = Vec::new();
    for (line, record) in records {
        let decision = match record {
            Some(record) => batch.decide_line(record),
            None => Err(too_long(service.limits.body_limit)),
        };
        match decision {
            Ok(decision) => {
                service.metrics.decided(&decision);
                out.extend_from_slice(decision.to_json().as_bytes());
                out.push(b'\n');
            }
            Err(misfit) => {
                service.metrics.misfit(&misfit);
                out.extend(refused(*line, misfit));
            }
        }
    }
    out
}

fn refused(line: u64, misfit: Misfit) -> Vec<u8> {
    let mut out = serde_json::to_vec(&Refused { line, misfit }).unwrap_or_default();
    out.push(b'\n');
    out
}

fn too_long(limit: u64) -> Misfit {
    Misfit {
        code: "too-large",
        path: "$".to_string(),
        message: format!("a line has at most {limit} bytes here"),
    }
}

/// The last answer of a batch that was given up.
fn too_slow() -> Misfit {
    Misfit {
        code: "slow-request",
        path: "$".to_string(),
        message:
            "nothing more came in the time that this service waits for it; the batch ends here"
                .to_string(),
    }
}
