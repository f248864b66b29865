//! What is counted, in the text form of OpenMetrics that Prometheus reads.
//!
//! Labels are routes, statuses, codes, and the actions and verdicts of the package: a closed set each, so that no
//! request makes the list longer. Invariant: nothing of a case stands in it.

use courtesy::value::Timestamp;
use courtesy::{Decision, Misfit};
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, LabelSetEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The kind of body that `/metrics` has.
pub(crate) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Ends of the buckets of times, in seconds.
const SECONDS: [f64; 14] = [
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 10.0,
];

/// Names and values of a series.
#[derive(Clone, Debug, Hash, PartialEq, Eq)]
struct Labels(Vec<(&'static str, Arc<str>)>);

impl EncodeLabelSet for Labels {
    fn encode(&self, encoder: &mut LabelSetEncoder<'_>) -> Result<(), fmt::Error> {
        let pairs: Vec<(&str, &str)> = self
            .0
            .iter()
            .map(|(name, value)| (*name, &**value))
            .collect();
        pairs.encode(encoder)
    }
}

/// What is counted.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Family<Labels, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
    connections: Gauge,
    turned_away: Counter,
    decisions: Counter,
    proposals: Family<Labels, Counter>,
    duties: Family<Labels, Counter>,
    misfits: Family<Labels, Counter>,
    loads: Family<Labels, Counter>,
    refused: Gauge,
    loaded: Gauge,
    package: Family<Labels, Gauge>,
    in_force: Mutex<Option<Labels>>,
}

/// One more of a gauge, for as long as this is held.
pub(crate) struct InFlight(Gauge);

impl InFlight {
    fn new(gauge: &Gauge) -> InFlight {
        gauge.inc();
        InFlight(gauge.clone())
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    /// Nothing is counted yet.
    pub(crate) fn new() -> Metrics {
        let times: fn() -> Histogram = || Histogram::new(SECONDS);
        let mut metrics = Metrics {
            registry: Registry::with_prefix("courtesy"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(times),
            in_flight: Gauge::default(),
            connections: Gauge::default(),
            turned_away: Counter::default(),
            decisions: Counter::default(),
            proposals: Family::default(),
            duties: Family::default(),
            misfits: Family::default(),
            loads: Family::default(),
            refused: Gauge::default(),
            loaded: Gauge::default(),
            package: Family::default(),
            in_force: Mutex::new(None),
        };
        metrics.register_http();
        metrics.register_decisions();
        metrics.register_package();
        metrics
    }

    fn register_http(&mut self) {
        let registry = &mut self.registry;
        let help = "Requests answered, by route, method and status";
        registry.register("http_requests", help, self.requests.clone());
        let help = "Seconds from the head of a request to the head of its answer, by route";
        registry.register("http_request_seconds", help, self.seconds.clone());
        let help = "Cases and batches being answered";
        registry.register("requests_in_flight", help, self.in_flight.clone());
        let help = "Connections that are open";
        registry.register("connections", help, self.connections.clone());
        let help = "Connections that were one too many";
        registry.register("connections_turned_away", help, self.turned_away.clone());
    }

    fn register_decisions(&mut self) {
        let registry = &mut self.registry;
        let help = "Cases decided";
        registry.register("decisions", help, self.decisions.clone());
        let help = "Proposals decided, by action and verdict";
        registry.register("proposals", help, self.proposals.clone());
        let help = "Duties owed, by action";
        registry.register("duties", help, self.duties.clone());
        let help = "Cases that do not fit the package, by code";
        registry.register("misfits", help, self.misfits.clone());
    }

    fn register_package(&mut self) {
        let registry = &mut self.registry;
        let help = "Looks at a changed folder, by outcome: loaded, refused or unreadable";
        registry.register("package_loads", help, self.loads.clone());
        let help = "1 while the folder holds a package that was refused";
        registry.register("package_refused", help, self.refused.clone());
        let help = "When the package in force was loaded, in seconds since 1970";
        registry.register("package_loaded_seconds", help, self.loaded.clone());
        let help = "1 for the package in force";
        registry.register("package_in_force", help, self.package.clone());
    }

    /// A request was answered.
    pub(crate) fn request(&self, route: &str, method: &str, status: u16, took: Duration) {
        let route: Arc<str> = route.into();
        let labels = Labels(vec![
            ("route", route.clone()),
            ("method", method.into()),
            ("status", status.to_string().into()),
        ]);
        self.requests.get_or_create(&labels).inc();
        let labels = Labels(vec![("route", route)]);
        self.seconds
            .get_or_create(&labels)
            .observe(took.as_secs_f64());
    }

    /// A case or a batch is being answered.
    pub(crate) fn in_flight(&self) -> InFlight {
        InFlight::new(&self.in_flight)
    }

    /// A connection is open.
    pub(crate) fn connection(&self) -> InFlight {
        InFlight::new(&self.connections)
    }

    /// A connection was one too many.
    pub(crate) fn turned_away(&self) {
        self.turned_away.inc();
    }

    /// A case was decided.
    pub(crate) fn decided(&self, decision: &Decision) {
        self.decisions.inc();
        for proposal in decision.proposals() {
            let labels = Labels(vec![
                ("action", proposal.action.clone()),
                ("verdict", proposal.verdict.word().into()),
            ]);
            self.proposals.get_or_create(&labels).inc();
        }
        for duty in decision.duties() {
            let labels = Labels(vec![("action", duty.action.clone())]);
            self.duties.get_or_create(&labels).inc();
        }
    }

    /// A case did not fit.
    pub(crate) fn misfit(&self, misfit: &Misfit) {
        let labels = Labels(vec![("code", misfit.code.into())]);
        self.misfits.get_or_create(&labels).inc();
    }

    /// A package is in force.
    pub(crate) fn loaded(&self, fingerprint: &str, since: Timestamp) {
        self.count_load("loaded");
        self.refused.set(0);
        self.loaded.set(since.as_second());
        let labels = Labels(vec![("package", fingerprint.into())]);
        let mut in_force = self.in_force.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = in_force.replace(labels.clone()) {
            self.package.remove(&old);
        }
        self.package.get_or_create(&labels).set(1);
    }

    /// A package was not taken.
    pub(crate) fn refused(&self) {
        self.count_load("refused");
        self.refused.set(1);
    }

    /// The folder could not be read.
    pub(crate) fn unreadable(&self) {
        self.count_load("unreadable");
    }

    /// The folder is again what is in force.
    pub(crate) fn nothing_refused(&self) {
        self.refused.set(0);
    }

    fn count_load(&self, outcome: &str) {
        let labels = Labels(vec![("outcome", outcome.into())]);
        self.loads.get_or_create(&labels).inc();
    }

    /// All of it as text.
    pub(crate) fn to_text(&self) -> String {
        let mut text = String::new();
        // A string takes whatever is written to it.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
