//! Counters for `/metrics`. Handles are resolved once per operation and status, so a request touches atomics only.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::{Family, MetricConstructor};
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use service::{Part, Service, SinkCounts};
use wire::Op;

use crate::buffers::Buffers;
use crate::gauges::Gauges;
use crate::metric_help::described;
use crate::per_address::Unverified;
use crate::settings::Http;
use crate::streams::Streams;

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Request {
    operation: &'static str,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Operation {
    operation: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Name {
    error: &'static str,
}

#[derive(Clone, Debug)]
struct Buckets;

impl MetricConstructor<Histogram> for Buckets {
    fn new_metric(&self) -> Histogram {
        Histogram::new([0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0])
    }
}

/// Statuses with a counter of their own; any other counts as 500.
const STATUSES: [u16; 12] = [200, 204, 400, 402, 403, 404, 408, 409, 413, 429, 431, 503];

/// What an answer is counted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// No operation, or one that no verified caller asked for.
    Nothing,
    /// An operation of the API.
    Operation(Op),
    /// A call of STS or IAM by a verified caller.
    Sts,
    /// A request of the agent API by a verified caller.
    Agent(AgentRequest),
}

/// What is asked for through the agent API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentRequest {
    /// The snapshot, at once or by a long poll.
    Snapshot,
    /// An event stream.
    Events,
    /// A command on a task.
    Command,
    /// A page of the work list.
    Worklist,
    /// A task of the work list.
    Take,
    /// Quick connects to choose from.
    QuickConnects,
    /// Templates to choose from.
    Templates,
}

impl AgentRequest {
    /// How many there are.
    const COUNT: usize = Self::Templates as usize + 1;

    /// Its name in metrics and in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Snapshot => "AgentSnapshot",
            Self::Events => "AgentEvents",
            Self::Command => "AgentCommand",
            Self::Worklist => "AgentWorklist",
            Self::Take => "AgentTake",
            Self::QuickConnects => "AgentQuickConnects",
            Self::Templates => "AgentTemplates",
        }
    }
}

impl Counted {
    /// How many there are.
    const COUNT: usize = Op::ALL.len() + 2 + AgentRequest::COUNT;

    fn index(self) -> usize {
        match self {
            Self::Operation(op) => op.index(),
            Self::Nothing => Op::ALL.len(),
            Self::Sts => Op::ALL.len() + 1,
            Self::Agent(request) => Op::ALL.len() + 2 + request as usize,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Operation(op) => op.name(),
            Self::Nothing => "none",
            Self::Sts => "sts",
            Self::Agent(request) => request.name(),
        }
    }
}

/// Everything that is counted.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    renderings: Renderings,
    requests: Family<Request, Counter>,
    seconds: Family<Operation, Histogram, Buckets>,
    refused: Family<Name, Counter>,
    /// One row for each [`Counted`], one column per status and one for 500.
    request_handles: Box<[[OnceLock<Counter>; STATUSES.len() + 1]]>,
    seconds_handles: Box<[OnceLock<Histogram>]>,
    /// Open connections.
    pub connections: Gauge,
    /// Connections closed to make room for others.
    pub evicted: Counter<u64, AtomicU64>,
    /// Requests being answered.
    pub in_flight: Gauge,
    /// Panics caught.
    pub panics: Counter<u64, AtomicU64>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("taskform");
        let metrics = Self {
            requests: Family::default(),
            seconds: Family::new_with_constructor(Buckets),
            refused: Family::default(),
            request_handles: (0..Counted::COUNT).map(|_| [const { OnceLock::new() }; STATUSES.len() + 1]).collect(),
            seconds_handles: (0..Counted::COUNT).map(|_| OnceLock::new()).collect(),
            connections: Gauge::default(),
            evicted: Counter::default(),
            in_flight: Gauge::default(),
            panics: Counter::default(),
            registry: Registry::default(),
            renderings: Renderings::default(),
        };
        registry.register("requests", "Requests by operation and status", metrics.requests.clone());
        registry.register("request_seconds", "Time to answer, by operation", metrics.seconds.clone());
        registry.register("refused", "Requests refused before an operation ran, by error", metrics.refused.clone());
        registry.register("connections", "Open connections", metrics.connections.clone());
        let help = "Idle connections closed to make room for others";
        registry.register("connections_evicted", help, metrics.evicted.clone());
        registry.register("requests_in_flight", "Requests being answered", metrics.in_flight.clone());
        registry.register("panics", "Panics caught while answering", metrics.panics.clone());
        registry.register("build", "Version", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
        Self { registry, ..metrics }
    }
}

impl Metrics {
    /// Counts one answer.
    pub fn answered(&self, what: Counted, status: u16, time: Duration) {
        let (row, operation) = (what.index(), what.name());
        let column = STATUSES.iter().position(|s| *s == status).unwrap_or(STATUSES.len());
        let status = STATUSES.get(column).copied().unwrap_or(500);
        let counter = self.request_handles[row][column]
            .get_or_init(|| self.requests.get_or_create(&Request { operation, status }).clone());
        counter.inc();
        let seconds =
            self.seconds_handles[row].get_or_init(|| self.seconds.get_or_create(&Operation { operation }).clone());
        seconds.observe(time.as_secs_f64());
    }

    /// Counts one answer of a door that has no operations, under the door's own name.
    pub fn door(&self, operation: &'static str, status: u16, time: Duration) {
        self.requests.get_or_create(&Request { operation, status }).inc();
        self.seconds.get_or_create(&Operation { operation }).observe(time.as_secs_f64());
    }

    /// Counts a request that the shell refused.
    pub fn refused(&self, error: &'static str) {
        self.refused.get_or_create(&Name { error }).inc();
    }

    /// Shows what requests take in memory, and the limits of what is taken.
    pub fn watch_buffers(&mut self, buffers: Buffers, http: &Http) {
        let limit = |registry: &mut Registry, name: &str, help: &str, value: usize| {
            let gauge = Gauge::<i64>::default();
            gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
            registry.register(name, help, gauge);
        };
        let registry = &mut self.registry;
        limit(registry, "connections_limit", "Open connections at most", http.connections);
        limit(registry, "requests_limit", "Requests admitted at most", http.requests);
        limit(registry, "buffered_bytes_limit", "Bytes of headers, bodies and answers at most", http.buffered_bytes);
        registry.register_collector(Box::new(Buffered(buffers)));
    }

    /// Shows the streams of the agent API, and their limit.
    pub fn watch_streams(&mut self, streams: &Streams) {
        let limit = Gauge::<i64>::default();
        limit.set(i64::try_from(streams.limit()).unwrap_or(i64::MAX));
        let registry = &mut self.registry;
        registry.register(
            "agent_streams",
            "Event streams and long polls of agents that are open",
            streams.open.clone(),
        );
        registry.register("agent_streams_limit", "Event streams and long polls of agents at most", limit);
        let help = "Event streams and long polls of agents refused because there were too many";
        registry.register("agent_streams_refused", help, streams.refused.clone());
    }

    /// Shows how often keys were not looked up for unknown senders.
    pub fn watch_unverified(&mut self, unverified: &Unverified) {
        let help = "Requests with an access key not in use, refused because their address had too many refused already";
        self.registry.register("unverified_limited", help, unverified.limited.clone());
    }

    /// Shows the numbers of these sinks as well.
    pub fn watch_sinks(&mut self, sinks: Vec<Arc<SinkCounts>>) {
        if !sinks.is_empty() {
            self.registry.register_collector(Box::new(Sinks(sinks)));
        }
    }

    /// Shows the calls of functions in progress, and the background work.
    pub fn watch_background(&mut self, service: &Service) {
        if service.call_counts().is_some() {
            self.registry.register_collector(Box::new(Calls(service.clone())));
        }
        self.registry.register_collector(Box::new(Background(service.clone())));
    }

    /// Shows how sign-ins go.
    pub fn watch_sign_ins(&mut self, service: &Service) {
        self.registry.register_collector(Box::new(SignIns(service.clone())));
    }

    /// Shows what there is in the store.
    pub fn watch_store(&mut self, gauges: Gauges) {
        self.registry.register_collector(Box::new(gauges));
    }

    /// The OpenMetrics text, as it is now; where several of these are still being sent to peers that take their time, the last
    /// one, which is then at most [`SHARED_FOR`] old. So peers that take nothing hold a few of them in memory, not one each.
    #[must_use]
    pub fn shared_text(&self) -> Bytes {
        self.renderings.get(Instant::now(), || self.text())
    }

    /// The OpenMetrics text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a String cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// How sign-ins go, read when it is shown.
#[derive(Debug)]
struct SignIns(Service);

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

impl Collector for SignIns {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let counts = self.0.sign_in_counts();
        let help = "Sign-ins by outcome: signed_in, refused, wait (too many wrong ones), busy (too many at once)";
        let mut metric = described(&mut encoder, "sign_ins", help, MetricType::Counter)?;
        for (outcome, value) in [
            ("signed_in", counts.signed_in),
            ("refused", counts.refused),
            ("wait", counts.made_to_wait),
            ("busy", counts.busy),
        ] {
            ConstCounter::new(value).encode(metric.encode_family(&Outcome { outcome })?)?;
        }
        let (hashes, many) = (counts.hashes, |n: usize| i64::try_from(n).unwrap_or(i64::MAX));
        for (name, help, value) in [
            ("sign_in_hashes", "Passwords that are being hashed", hashes.running),
            ("sign_in_hashes_limit", "Passwords that are hashed at once at most", hashes.at_once_max),
            ("sign_in_hashes_waiting", "Passwords that wait to be hashed", hashes.waiting),
            ("sign_in_hashes_waiting_limit", "Passwords that wait to be hashed at most", hashes.waiting_max),
            ("sign_in_waits", "Users and addresses whose wrong attempts are remembered", counts.remembered),
            ("sign_in_waits_limit", "Users and addresses that are remembered at most", counts.remembered_max),
        ] {
            ConstGauge::new(many(value)).encode(described(&mut encoder, name, help, MetricType::Gauge)?)?;
        }
        Ok(())
    }
}

/// Texts in memory of which each was made for one peer.
const OWN_MAX: usize = 4;

/// How long a text is given to all who ask, where more than [`OWN_MAX`] are in memory.
const SHARED_FOR: Duration = Duration::from_secs(1);

/// The texts that were made lately.
#[derive(Debug, Default)]
struct Renderings(Mutex<VecDeque<(Instant, Arc<Rendering>)>>);

/// A text; it is in use while others than [`Renderings`] hold it.
#[derive(Debug)]
struct Rendering(String);

/// Lets an answer share a text.
struct Shared(Arc<Rendering>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        self.0.0.as_bytes()
    }
}

impl Renderings {
    fn get(&self, now: Instant, text: impl FnOnce() -> String) -> Bytes {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        made.retain(|(_, text)| Arc::strong_count(text) > 1);
        let last =
            made.back().filter(|(at, _)| made.len() >= OWN_MAX && now.saturating_duration_since(*at) < SHARED_FOR);
        let text = match last {
            Some((_, text)) => Arc::clone(text),
            None => {
                let text = Arc::new(Rendering(text()));
                made.push_back((now, Arc::clone(&text)));
                text
            }
        };
        Bytes::from_owner(Shared(text))
    }
}

/// What requests take in memory, read when it is shown.
#[derive(Debug)]
struct Buffered(Buffers);

impl Collector for Buffered {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        for (name, help, value) in [
            ("buffered_bytes", "Bytes of headers, bodies and answers in memory", self.0.bytes()),
            ("requests_admitted", "Requests being read or answered that count towards the limit", self.0.requests()),
        ] {
            let gauge = ConstGauge::new(i64::try_from(value).unwrap_or(i64::MAX));
            gauge.encode(described(&mut encoder, name, help, MetricType::Gauge)?)?;
        }
        Ok(())
    }
}

/// Parts of the background work, read when they are shown.
#[derive(Debug)]
struct Background(Service);

impl Collector for Background {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let parts = self.0.parts();
        let label = |part: &Part| [("part", part.name.clone())];
        let help = "Panics of the background work; it is started again after each";
        let mut family = described(&mut encoder, "background_panics", help, MetricType::Counter)?;
        for part in &parts {
            ConstCounter::new(part.panics).encode(family.encode_family(&label(part))?)?;
        }
        let help = "1 while a part of the background work waits for its start after a panic";
        let mut family = described(&mut encoder, "background_failing", help, MetricType::Gauge)?;
        for part in &parts {
            ConstGauge::new(i64::from(part.failing)).encode(family.encode_family(&label(part))?)?;
        }
        Ok(())
    }
}

/// Calls of functions, read when they are shown.
#[derive(Debug)]
struct Calls(Service);

impl Collector for Calls {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let counts = self.0.call_counts().unwrap_or_default();
        for (name, help, value) in [
            ("function_calls", "Calls of functions that are being made", counts.calling),
            ("function_calls_waiting", "Calls of functions that wait in memory for their turn", counts.waiting),
        ] {
            let gauge = ConstGauge::new(i64::try_from(value).unwrap_or(i64::MAX));
            gauge.encode(described(&mut encoder, name, help, MetricType::Gauge)?)?;
        }
        let help = "Calls of functions put off because too many were in progress";
        let postponed = ConstCounter::new(counts.postponed);
        postponed.encode(described(&mut encoder, "function_calls_postponed", help, MetricType::Counter)?)
    }
}

/// The sinks' numbers, read when they are shown.
#[derive(Debug)]
struct Sinks(Vec<Arc<SinkCounts>>);

impl Sinks {
    fn each<M: EncodeMetric>(
        &self,
        encoder: &mut DescriptorEncoder<'_>,
        (name, help): (&'static str, &str),
        metric: impl Fn(&SinkCounts) -> M,
    ) -> fmt::Result {
        let kind = self.0.first().map_or(MetricType::Unknown, |sink| metric(sink).metric_type());
        let mut family = described(encoder, name, help, kind)?;
        self.0.iter().try_for_each(|sink| metric(sink).encode(family.encode_family(&[("sink", sink.name())])?))
    }
}

impl Collector for Sinks {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let to = &mut encoder;
        let counter = ConstCounter::<u64>::new;
        self.each(to, ("events_delivered", "Events and records delivered"), |sink| counter(sink.delivered()))?;
        self.each(to, ("events_failed", "Tries to deliver that failed"), |sink| counter(sink.failed()))?;
        self.each(to, ("events_given_up", "Events and records given up"), |sink| counter(sink.dead_lettered()))?;
        let removed = ("events_dropped", "Dead letters removed because there were too many");
        self.each(to, removed, |sink| counter(sink.dropped()))?;
        let gauge = ConstGauge::<i64>::new;
        self.each(to, ("events_waiting", "Events and records to be delivered"), |sink| gauge(sink.waiting()))?;
        self.each(to, ("events_dead", "Dead letters"), |sink| gauge(sink.dead()))?;
        let seconds = |sink: &SinkCounts| {
            ConstGauge::<f64>::new(Duration::from_millis(sink.lag_ms().unsigned_abs()).as_secs_f64())
        };
        self.each(to, ("events_lag_seconds", "Time for which the longest waiting could have been delivered"), seconds)
    }
}

/// Counts something while it lives.
#[derive(Debug)]
pub struct Held<'a>(&'a Gauge);

impl<'a> Held<'a> {
    /// Adds one until dropped.
    #[must_use]
    pub fn new(gauge: &'a Gauge) -> Self {
        gauge.inc();
        Self(gauge)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b138_peers_that_take_nothing_share_a_text() {
        let renderings = Renderings::default();
        let (now, mut made) = (Instant::now(), 0);
        let mut get = |ms: u64| {
            renderings.get(now + Duration::from_millis(ms), || {
                made += 1;
                made.to_string()
            })
        };
        for n in 1..=10 {
            assert_eq!(get(0), n.to_string(), "what was taken is not kept");
        }
        let held: Vec<_> = (0..1_000).map(|_| get(1)).collect();
        assert_eq!((held[0].as_ref(), held[OWN_MAX - 1].as_ref()), (&b"11"[..], &b"14"[..]));
        assert!(held[OWN_MAX..].iter().all(|text| text == &held[OWN_MAX - 1]));
        let later: Vec<_> = (0..1_000).map(|_| get(1_001)).collect();
        assert!(later.iter().all(|text| *text == "15"), "a newer one after a second, for all");
        drop((held, later));
        assert_eq!(get(1_002), "16");
        assert_eq!(renderings.0.lock().unwrap().len(), 1);
    }

    #[test]
    fn counts_by_operation_and_status() {
        let metrics = Metrics::default();
        let get = Op::from_name("GetTaskTemplate").unwrap();
        metrics.answered(Counted::Operation(get), 200, Duration::from_micros(80));
        metrics.answered(Counted::Operation(get), 200, Duration::from_micros(80));
        metrics.answered(Counted::Nothing, 418, Duration::ZERO);
        metrics.answered(Counted::Sts, 200, Duration::ZERO);
        metrics.answered(Counted::Agent(AgentRequest::Templates), 200, Duration::ZERO);
        metrics.refused("InvalidSignatureException");
        let _held = Held::new(&metrics.connections);
        let text = metrics.text();
        for line in [
            "taskform_requests_total{operation=\"GetTaskTemplate\",status=\"200\"} 2",
            "taskform_requests_total{operation=\"none\",status=\"500\"} 1",
            "taskform_requests_total{operation=\"sts\",status=\"200\"} 1",
            "taskform_request_seconds_bucket{le=\"0.0001\",operation=\"GetTaskTemplate\"} 2",
            "taskform_refused_total{error=\"InvalidSignatureException\"} 1",
            "taskform_connections 1",
        ] {
            assert!(text.contains(line), "{line} in\n{text}");
        }
    }
}
