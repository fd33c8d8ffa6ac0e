//! State shared by all requests, built once at startup.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use http::{HeaderMap, Uri};
use service::Service;
use tokio::sync::Semaphore;
use wire::Op;

use crate::answer::Fault;
use crate::auth::{Authenticator, Diagnoses};
use crate::buffers::Buffers;
use crate::clock::Clock;
use crate::http::visitor;
use crate::metrics::Metrics;
use crate::per_address::{PerAddress, Unverified};
use crate::probe::Probe;
use crate::request_log::UnverifiedLines;
use crate::settings::{Auth, Http, Identity, LogRequests};
use crate::streams::Streams;
use crate::throttle::Throttle;

/// Called with the operation right before it runs: lets tests intervene.
pub type Hook = Arc<dyn Fn(Op) + Send + Sync>;

/// Everything that answering a request needs.
pub struct App {
    /// The operations.
    pub service: Service,
    /// The access keys.
    pub authenticator: Authenticator,
    /// Token buckets.
    pub throttle: Throttle,
    /// Counters.
    pub metrics: Metrics,
    /// Limits and paths.
    pub http: Http,
    /// Forms of signature.
    pub auth: Auth,
    /// Account and regions.
    pub identity: Identity,
    /// Which requests get a line.
    pub log_requests: LogRequests,
    /// Limits the lines in the log for callers without a verified signature.
    pub unverified_lines: UnverifiedLines,
    /// Limits what is done for senders who are not known yet.
    pub unverified: Unverified,
    /// Limits the lines about TLS on a port of plain HTTP: one for each address and minute.
    pub tls_to_plain: PerAddress,
    /// Limits the signature diagnoses made in this second.
    pub diagnoses: Diagnoses,
    /// The time.
    pub clock: Clock,
    /// The origin of monotonic time.
    pub started: Instant,
    /// The store's answers to readiness probes.
    pub probe: Probe,
    /// Set when the server stops: requests that still arrive get 503.
    pub draining: AtomicBool,
    /// Streams of the agent API.
    pub streams: Streams,
    /// Requests in memory.
    pub buffers: Buffers,
    /// Limits the bodies that are discarded at once.
    pub discards: Arc<Semaphore>,
    /// With `--dev`: its test clock and who may speak to it.
    pub dev: Option<Dev>,
    /// For tests.
    pub hook: Option<Hook>,
}

/// What a server of `--dev` has besides.
#[derive(Debug)]
pub struct Dev {
    /// `--dev-allow-remote`: any `Host`, and the test clock for everybody.
    pub allow_remote: bool,
    /// Serialises moves of the test clock.
    pub clock_turn: tokio::sync::Mutex<()>,
}

impl App {
    /// Whether the server is stopping.
    pub(crate) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }

    /// With `--dev`, whether the request names this machine.
    pub(crate) fn check_host(&self, headers: &HeaderMap, uri: &Uri) -> Result<(), Fault> {
        match &self.dev {
            Some(dev) if !dev.allow_remote => visitor::check_host(&self.http, headers, uri),
            Some(_) | None => Ok(()),
        }
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}
