//! What can be asked, and the answers to it.

use crate::batch::answers;
use crate::metrics;
use crate::problem::Problem;
use crate::service::{Admitted, Service};
use crate::{clock, openapi, wire};
use axum::Router;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{MatchedPath, Query, Request, State};
use axum::http::header::{CONNECTION, SERVER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use courtesy::json_schema::export_case;
use courtesy::value::{Timestamp, format_rfc3339, parse_instant};
use courtesy::{BatchOptions, CaseOptions, Engine};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use tokio::time::{Instant, timeout_at};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tracing::info;

/// Lines of JSON.
const NDJSON: &str = "application/x-ndjson";

/// All routes.
pub(crate) fn router(service: Arc<Service>) -> Router {
    let name = HeaderValue::from_static(concat!("courtesy/", env!("CARGO_PKG_VERSION")));
    Router::new()
        .route("/decide", post(decide))
        .route("/decide/batch", post(batch))
        .route("/package", get(package))
        .route("/openapi.json", get(description))
        .route("/health", get(health))
        .route("/ready", get(ready))
        .route("/metrics", get(counted))
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .layer(CatchPanicLayer::custom(|_| {
            Problem::internal().into_response()
        }))
        .layer(SetResponseHeaderLayer::overriding(SERVER, name))
        .layer(middleware::from_fn_with_state(service.clone(), watch))
        .with_state(service)
}

/// Counts and logs requests; while the end is near, each answer closes its connection.
async fn watch(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let path = request.extensions().get::<MatchedPath>().cloned();
    let route = path.as_ref().map_or("other", MatchedPath::as_str);
    let method = known_method(request.method().as_str());
    let mut response = next.run(request).await;
    if service.is_stopping() {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(CONNECTION, close);
    }
    let (status, took) = (response.status().as_u16(), began.elapsed());
    service.metrics.request(route, method, status, took);
    if service.log_requests {
        let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        info!(method, route, status, microseconds, "request");
    }
    response
}

/// A method as it may stand in a label.
fn known_method(method: &str) -> &'static str {
    match method {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        _ => "other",
    }
}

/// One case, one decision: the bytes of `courtesy decide`.
async fn decide(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    if let Err(problem) = wire::of_kind(&headers, &["application/json"]) {
        return Err(wire::refuse(body, problem));
    }
    let admitted = match service.admit_case() {
        Ok(admitted) => admitted,
        Err(problem) => return Err(wire::refuse(body, problem)),
    };
    let limits = &service.limits;
    let case = wire::whole(&headers, body, limits.body_limit, until(&service)).await?;
    let decision = decided(&service, case, admitted);
    match timeout_at(until(&service), decision).await {
        Ok(decision) => Ok(wire::answer("application/json", decision?)),
        Err(_) => Err(Problem::slow_answer()),
    }
}

/// The moment up to which the client waits.
fn until(service: &Service) -> Instant {
    let now = Instant::now();
    now.checked_add(service.limits.time_limit).unwrap_or(now)
}

/// Decides a case; its place is taken until that is done, whether or not the client still waits.
async fn decided(
    service: &Arc<Service>,
    case: Bytes,
    admitted: Admitted,
) -> Result<String, Problem> {
    let for_work = service.clone();
    let work = move || {
        let _held = admitted;
        let engine = for_work.policies.engine();
        decide_one(&for_work, &engine, &case)
    };
    let done = service.deciding.run(work).await;
    done.unwrap_or_else(|| Err(Problem::internal()))
}

fn decide_one(service: &Service, engine: &Engine, case: &[u8]) -> Result<String, Problem> {
    let options = CaseOptions {
        now: Some(clock::now()),
        ..CaseOptions::default()
    };
    match engine.decide_json(case, &options) {
        Ok(decision) => {
            service.metrics.decided(&decision);
            let mut text = decision.to_json_pretty();
            if !text.ends_with('\n') {
                text.push('\n');
            }
            Ok(text)
        }
        Err(misfit) => {
            service.metrics.misfit(&misfit);
            Err(Problem::misfit(misfit))
        }
    }
}

/// What a batch says beside its lines.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ForAll {
    /// The input that each line is; without it each line is a whole case.
    #[serde(rename = "as")]
    record_input: Option<String>,
    /// The moment, where a line names none.
    now: Option<String>,
}

impl ForAll {
    fn options(self) -> Result<BatchOptions, Problem> {
        Ok(BatchOptions {
            record_input: self.record_input,
            now: Some(
                self.now
                    .map_or_else(|| Ok(clock::now()), |now| moment(&now))?,
            ),
            ..BatchOptions::default()
        })
    }
}

fn moment(text: &str) -> Result<Timestamp, Problem> {
    parse_instant(text).map_err(|error| {
        let detail = format!("`now` is no moment: {error}");
        Problem::new(StatusCode::BAD_REQUEST, "bad-query", detail)
    })
}

/// Many cases, a line each: the lines of `courtesy apply`.
async fn batch(
    State(service): State<Arc<Service>>,
    for_all: Result<Query<ForAll>, QueryRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    match prepared(&service, for_all, &headers) {
        Ok((batch, admitted)) => {
            let answers = answers(&service, batch, body, admitted);
            Ok(wire::answer(NDJSON, Body::from_stream(answers)))
        }
        Err(problem) => Err(wire::refuse(body, problem)),
    }
}

fn prepared(
    service: &Service,
    for_all: Result<Query<ForAll>, QueryRejection>,
    headers: &HeaderMap,
) -> Result<(courtesy::Batch, Admitted), Problem> {
    wire::of_kind(
        headers,
        &[NDJSON, "application/ndjson", "application/jsonl"],
    )?;
    let Query(for_all) = for_all.map_err(|rejected| {
        Problem::new(StatusCode::BAD_REQUEST, "bad-query", rejected.body_text())
    })?;
    let options = for_all.options()?;
    let batch = service.policies.engine().batch(options);
    let batch = batch.map_err(Problem::misfit)?;
    Ok((batch, service.admit_batch()?))
}

/// Which package is in force, and what its data must look like.
async fn package(State(service): State<Arc<Service>>) -> Response {
    let engine = service.policies.engine();
    let standing = service.standing();
    let refused = standing
        .refused
        .map(|refused| json!({ "at": format_rfc3339(refused.at), "diagnostics": refused.why }));
    let schema = engine.schema();
    let inputs: Vec<&str> = schema.inputs.iter().map(|one| &*one.name).collect();
    let actions: Vec<&str> = schema.actions.iter().map(|one| &*one.name).collect();
    wire::json(&json!({
        "name": service.name,
        "package": engine.fingerprint(),
        "loaded": format_rfc3339(standing.since),
        "refused": refused,
        "policies": engine.policies().collect::<Vec<_>>(),
        "inputs": inputs,
        "actions": actions,
        "case": export_case(schema),
        "service": env!("CARGO_PKG_VERSION"),
    }))
}

/// What can be asked, in OpenAPI's words.
async fn description(State(service): State<Arc<Service>>) -> Response {
    let engine = service.policies.engine();
    wire::json(&openapi::describe(&engine, &service.name))
}

/// Whether the program lives.
async fn health() -> Response {
    wire::json(&json!({ "status": "well" }))
}

/// Whether more should be asked of it.
async fn ready(State(service): State<Arc<Service>>) -> Response {
    let (status, word) = match service.is_stopping() {
        false => (StatusCode::OK, "ready"),
        true => (StatusCode::SERVICE_UNAVAILABLE, "stopping"),
    };
    let mut response = wire::json(&json!({ "status": word }));
    *response.status_mut() = status;
    response
}

/// What was counted.
async fn counted(State(service): State<Arc<Service>>) -> Response {
    wire::answer(metrics::CONTENT_TYPE, service.metrics.to_text())
}

async fn unknown(body: Body) -> Problem {
    let detail = "there is nothing here; /openapi.json lists what can be asked";
    wire::refuse(
        body,
        Problem::new(StatusCode::NOT_FOUND, "unknown-path", detail),
    )
}

async fn wrong_method(body: Body) -> Problem {
    let detail = "this is not asked by this method; the header `allow` names the right one";
    let problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED, "wrong-method", detail);
    wire::refuse(body, problem)
}
