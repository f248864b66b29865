//! What went wrong with a request, as `application/problem+json` (RFC 9457).
//!
//! `type` is `about:blank`, so `title` says no more than the status; `code` is stable and for programs, `detail` is for
//! people. Where a case does not fit, `misfits` holds what the library says: a code, the path and a sentence.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use courtesy::Misfit;
use serde::Serialize;

/// Seconds after which a client that was turned away may ask again.
const AGAIN_AFTER: u32 = 1;

/// An answer that is no decision.
#[derive(Debug, Serialize)]
pub(crate) struct Problem {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    code: &'static str,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    misfits: Vec<Misfit>,
    #[serde(skip)]
    again_after: Option<u32>,
}

impl Problem {
    /// A problem in these words.
    pub(crate) fn new(
        status: StatusCode,
        code: &'static str,
        detail: impl Into<String>,
    ) -> Problem {
        Problem {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Problem"),
            status: status.as_u16(),
            code,
            detail: detail.into(),
            misfits: Vec::new(),
            again_after: None,
        }
    }

    /// Too many are being served.
    pub(crate) fn busy() -> Problem {
        let detail = "as many requests are being answered as this service takes at a time";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail).again()
    }

    /// It took too long until the whole request was there.
    pub(crate) fn slow_request() -> Problem {
        let detail = "the request did not arrive in the time that this service waits for it";
        Problem::new(StatusCode::REQUEST_TIMEOUT, "slow-request", detail)
    }

    /// It takes too long to decide.
    pub(crate) fn slow_answer() -> Problem {
        let detail = "the answer takes longer than this service lets a client wait";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "slow-answer", detail).again()
    }

    /// More than a body may have.
    pub(crate) fn too_large(limit: u64) -> Problem {
        let detail = format!("a case has at most {limit} bytes here");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", detail)
    }

    /// A body of another kind.
    pub(crate) fn wrong_kind(wanted: &str) -> Problem {
        let detail = format!("send it with the header `content-type: {wanted}`");
        Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "wrong-content-type",
            detail,
        )
    }

    /// A body that breaks off.
    pub(crate) fn broken_off() -> Problem {
        let detail = "the request broke off before its end";
        Problem::new(StatusCode::BAD_REQUEST, "broken-off", detail)
    }

    /// A bug of this program.
    pub(crate) fn internal() -> Problem {
        let detail = "this is a mistake of the service, not of the request";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
    }

    /// A case that does not fit the package.
    pub(crate) fn misfit(misfit: Misfit) -> Problem {
        let status = match misfit.code {
            "invalid-json" | "invalid-utf8" => StatusCode::BAD_REQUEST,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let detail = format!(
            "{} does not fit the package: {}",
            misfit.path, misfit.message
        );
        let mut problem = Problem::new(status, "does-not-fit", detail);
        problem.misfits.push(misfit);
        problem
    }

    fn again(self) -> Problem {
        Problem {
            again_after: Some(AGAIN_AFTER),
            ..self
        }
    }

    /// The bytes of the body.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.to_bytes()));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        let kind = HeaderValue::from_static("application/problem+json");
        headers.insert(CONTENT_TYPE, kind);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.again_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
