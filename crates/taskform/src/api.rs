//! One request of the API, from bytes to bytes: limits, signature, route, throttle, operation, answer.
//!
//! The order is that of protocol W3.2.1: whoever cannot sign learns nothing, not even which routes exist. No rule of the
//! service is decided here.

use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Instant;

use bytes::Bytes;
use futures_util::FutureExt;
use http::header::{AUTHORIZATION, HOST, HeaderName};
use http::request::Parts;
use http::{Method, Request, Version};
use hyper::body::Body;
use service::{Call, Service};
use sigv4::{Claim, Head, Refusal, Rules};
use wire::{ExceptionKind, Op, RouteError};

use crate::answer::{self, Answer, Fault, RequestId};
use crate::auth::diagnosis::{self, Suspect};
use crate::auth::{Authenticator, Credential, Denied, Diagnoses, Mismatch};
use crate::body::{self, Bodies};
use crate::clock::Clock;
use crate::http::forwarded::{self, Reading};
use crate::http::visitor;
use crate::listen::Connection;
use crate::metrics::{Held, Metrics};
use crate::settings::{Auth, Http, Identity, LogRequests};
use crate::throttle::Throttle;

/// The signing name of the service (protocol, head).
const SERVICE: &str = "connect";

/// Headers of one request; more than any client sends, fewer than the hundred for which the HTTP library keeps room without
/// asking for memory at each request.
pub const MAX_HEADERS: usize = 90;

const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// Called with the operation right before it runs: lets tests stand in the way.
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
    /// Signatures that may still be explained in this second.
    pub diagnoses: Diagnoses,
    /// The time.
    pub clock: Clock,
    /// The origin of monotonic time.
    pub started: Instant,
    /// Set when the server stops: requests that still arrive get 503.
    pub draining: AtomicBool,
    /// Request bodies in memory.
    pub bodies: Bodies,
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
    /// Whose turn it is to move the test clock.
    pub clock_turn: tokio::sync::Mutex<()>,
}

impl App {
    /// With `--dev`, whether the request names this machine.
    pub(crate) fn check_host(&self, parts: &Parts) -> Result<(), Fault> {
        match &self.dev {
            Some(dev) if !dev.allow_remote => visitor::check_host(&self.http, parts),
            Some(_) | None => Ok(()),
        }
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

/// What is known about a request when it has been answered: for log and metrics.
#[derive(Default)]
struct Trace {
    op: Option<Op>,
    credential: Option<Arc<Credential>>,
}

/// Answers one request; never fails and never panics.
pub async fn answer<B>(app: &App, request: Request<B>, connection: &Connection) -> Answer
where
    B: Body<Data = Bytes> + Send,
    B::Error: std::fmt::Display,
{
    let started = Instant::now();
    let _in_flight = Held::new(&app.metrics.in_flight);
    let id = RequestId::new();
    let (parts, body) = request.into_parts();
    let mut trace = Trace::default();
    let received = Received::of(&parts, connection, id, started);
    let outcome = {
        let exchange = pin!(exchange(app, &received, body, &mut trace));
        AssertUnwindSafe(exchange).catch_unwind().await
    };
    let outcome = outcome.unwrap_or_else(|panic| {
        app.metrics.panics.inc();
        Err(Fault::internal(format!("panic: {}", panic_text(panic.as_ref()))))
    });
    let (mut answer, fault) = match outcome {
        Ok(success) => (success, None),
        Err(fault) => (answer::failure(&fault, parts.version), Some(fault)),
    };
    if let Some(fault) = fault.as_ref().filter(|f| f.by_shell) {
        app.metrics.refused(fault.name);
    }
    let (status, time) = (answer.status().as_u16(), started.elapsed());
    app.metrics.answered(trace.op, status, time);
    log(app, &received, &trace, status, fault.as_ref(), time);
    answer::complete(&mut answer, id, &parts.headers, &app.http.cors);
    answer
}

async fn exchange<B>(app: &App, received: &Received<'_>, body: B, trace: &mut Trace) -> Result<Answer, Fault>
where
    B: Body<Data = Bytes> + Send,
    B::Error: std::fmt::Display,
{
    let parts = received.parts;
    if app.draining.load(Ordering::Relaxed) {
        return Err(Fault::unavailable("The server is shutting down. Try again.").closing());
    }
    app.check_host(parts)?;
    if parts.method == Method::OPTIONS {
        return Ok(answer::preflight(&parts.headers));
    }
    check_header_size(app, parts)?;
    let deadline = received.started + app.http.request_time;
    let now_ms = app.clock.now_ms();
    let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or(""));
    let route = route(app, parts.method.as_str(), path);
    trace.op = route.as_ref().ok().map(|r| r.op);

    let head = Head { method: parts.method.as_str(), path, query, headers: received };
    let rules = Rules {
        service: SERVICE,
        regions: &app.identity.accepted_regions,
        presigned: app.auth.presigned,
        unsigned_payload: received.connection.tls || app.auth.unsigned_payload,
    };
    let claim = sigv4::check(&head, &rules, now_ms);
    // A refused request is read to its end first, so that its sender is there to read the answer; nothing of it is kept.
    let bodies = claim.is_ok().then_some(&app.bodies);
    let read = pin!(body::read(body, &parts.headers, app.http.body_bytes, bodies));
    let body = match within(deadline, read).await {
        Some(body) => body,
        None => Err(Fault::new(408, "RequestTimeoutException", "The request body did not arrive in time.").closing()),
    };
    let (claim, body) = (claim.map_err(Fault::from)?, body?);
    let peer = received.connection.peer.ip();
    let readings = forwarded::readings(&app.http, &parts.headers, received.host(), path, peer);
    let authenticated = pin!(app.authenticator.authenticate(&claim, &head, &readings, body.bytes(), now_ms));
    let credential = within(deadline, authenticated).await.ok_or_else(too_long)?.map_err(|denied| match denied {
        Denied::Fault(fault) => fault,
        Denied::Mismatch(mismatch) => explain(app, received, &claim, &head, &mismatch, readings.first(), now_ms),
    })?;
    let credential = trace.credential.insert(credential);

    let route = route.map_err(|error| unknown_route(error, &parts.method, path))?;
    throttle(app, credential, route.op)?;
    if let Some(hook) = &app.hook {
        hook(route.op);
    }
    let call = Call {
        op: route.op,
        labels: &route.labels,
        query,
        body: body.bytes(),
        caller: credential.caller(),
        now_ms: app.clock.at_service(now_ms),
        request_id: received.id.as_str(),
    };
    let reply = within(deadline, pin!(app.service.call(call))).await.ok_or_else(too_long)?;
    Ok(answer::success(reply?))
}

/// Row 12, with why the signature does not fit: always in the log, with `--dev` in the answer too.
fn explain(
    app: &App,
    received: &Received<'_>,
    claim: &Claim<'_>,
    head: &Head<'_, Received<'_>>,
    mismatch: &Mismatch,
    expected: Option<&Reading>,
    now_ms: i64,
) -> Fault {
    if !app.diagnoses.admit(now_ms) {
        return Refusal::mismatch().into();
    }
    let suspect = Suspect { parts: received.parts, host: received.host(), expected };
    let found = mismatch.diagnose(claim, head, &suspect, &app.http, &app.identity);
    let words = diagnosis::words(&found, &suspect, app.dev.is_some());
    tracing::warn!(
        request_id = received.id.as_str(),
        key = claim.access_key_id(),
        peer = %received.connection.peer,
        differs = words.differs,
        hint = words.hint,
        canonical_request = found.canonical_request,
        string_to_sign = found.string_to_sign,
        "the signature does not fit"
    );
    Refusal { message: words.message, ..Refusal::mismatch() }.into()
}

/// Work with a limit. Most of it is ready at once, so it is asked before a timer is made for it. Its future stays where it
/// is: one that is handed on by value has a place in the future of each that hands it on, and all of them are moved with
/// every request.
async fn within<F: Future>(deadline: Instant, mut work: Pin<&mut F>) -> Option<F::Output> {
    if let Poll::Ready(done) = futures_util::poll!(work.as_mut()) {
        return Some(done);
    }
    tokio::time::timeout_at(deadline.into(), work).await.ok()
}

fn too_long() -> Fault {
    Fault::unavailable("The request took too long. Try again.")
}

/// The limits that come before everything else: C14.
fn check_header_size(app: &App, parts: &Parts) -> Result<(), Fault> {
    let fields: usize = parts.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    let line = parts.uri.path_and_query().map_or(0, |p| p.as_str().len());
    if fields + line <= app.http.header_bytes && parts.headers.len() <= MAX_HEADERS {
        return Ok(());
    }
    let text = format!("The header section is larger than {} bytes or {MAX_HEADERS} fields.", app.http.header_bytes);
    Err(Fault::new(431, "RequestHeaderFieldsTooLargeException", &text).closing())
}

/// Takes the base path off and resolves the rest; a path outside of the base path is no route (W8.2).
fn route(app: &App, method: &str, path: &str) -> Result<wire::Route, RouteError> {
    let rest = path.strip_prefix(app.http.base_path.as_str()).ok_or(RouteError::NotFound)?;
    if !rest.starts_with('/') {
        return Err(RouteError::NotFound);
    }
    wire::resolve(method, rest)
}

fn unknown_route(error: RouteError, method: &Method, path: &str) -> Fault {
    match error {
        // Row 14.
        RouteError::NotFound => {
            let path: String = path.chars().take(200).collect();
            Fault::new(404, "UnknownOperationException", &format!("No operation answers {method} {path}"))
        }
        RouteError::OutOfScope(name) => {
            let text = format!(
                "{name} is an operation of Amazon Connect that is not in Taskform's scope; `taskform operations` lists \
                 those that are"
            );
            Fault { not_implemented: Some(name), ..Fault::new(404, "UnknownOperationException", &text) }
        }
        // W1.3.4, with an exception that the operation declares.
        RouteError::BadEncoding(op) => {
            let declared = op.declares(ExceptionKind::InvalidParameterException);
            let name = if declared { "InvalidParameterException" } else { "InvalidRequestException" };
            Fault::new(400, name, "The path has a percent-encoding that is broken or does not decode to UTF-8.")
        }
    }
}

/// Section 5 of the protocol, with the exception that the operation declares.
fn throttle(app: &App, credential: &Credential, op: Op) -> Result<(), Fault> {
    let now_us = || i64::try_from(app.started.elapsed().as_micros()).unwrap_or(i64::MAX);
    app.throttle.take(&credential.caller().access_key_id, op, now_us).map_err(|wait_ms| {
        let name = if op.declares(ExceptionKind::ThrottlingException) {
            "ThrottlingException"
        } else if op.declares(ExceptionKind::LimitExceededException) {
            "LimitExceededException"
        } else {
            "ThrottlingException"
        };
        Fault::new(429, name, "Rate exceeded").after(wait_ms)
    })
}

/// A request without its body, and what is known of it from the start.
struct Received<'a> {
    parts: &'a Parts,
    connection: &'a Connection,
    id: RequestId,
    started: Instant,
    /// Over HTTP/2 the authority is the host (W1.2.1).
    authority: Option<&'a str>,
}

impl<'a> Received<'a> {
    fn of(parts: &'a Parts, connection: &'a Connection, id: RequestId, started: Instant) -> Self {
        let authority = parts.uri.authority().filter(|_| parts.version == Version::HTTP_2).map(|a| a.as_str());
        Self { parts, connection, id, started, authority }
    }

    /// The host as it arrived, if it was given once.
    fn host(&self) -> Option<&'a str> {
        let mut in_header = self.parts.headers.get_all(HOST).iter();
        self.authority.or_else(|| match (in_header.next(), in_header.next()) {
            (Some(host), None) => host.to_str().ok(),
            _ => None,
        })
    }
}

impl sigv4::Headers for Received<'_> {
    fn each<'a>(&'a self, name: &str, each: &mut dyn FnMut(&'a [u8])) {
        match self.authority {
            Some(authority) if name == "host" => each(authority.as_bytes()),
            _ => {
                let headers = &self.parts.headers;
                // Names that are asked for in every request are ready to be looked up.
                let known = match name {
                    "host" => headers.get_all(HOST),
                    "authorization" => headers.get_all(AUTHORIZATION),
                    "x-amz-date" => headers.get_all(X_AMZ_DATE),
                    "x-amz-content-sha256" => headers.get_all(X_AMZ_CONTENT_SHA256),
                    "x-amz-security-token" => headers.get_all(X_AMZ_SECURITY_TOKEN),
                    _ => headers.get_all(name),
                };
                known.iter().for_each(|value| each(value.as_bytes()));
            }
        }
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no text")
}

/// One line per request, as the settings say; an unexpected error always gets one, with its cause.
fn log(
    app: &App,
    received: &Received<'_>,
    trace: &Trace,
    status: u16,
    fault: Option<&Fault>,
    time: std::time::Duration,
) {
    let wanted = match app.log_requests {
        LogRequests::All => true,
        LogRequests::Errors => status >= 400,
        LogRequests::None => false,
    };
    if !wanted && status < 500 {
        return;
    }
    let id = received.id.as_str();
    let op = trace.op.map_or("-", Op::name);
    let key = trace.credential.as_ref().map_or("-", |c| c.caller().access_key_id.as_str());
    let peer = tracing::field::display(received.connection.peer);
    let ms = time.as_secs_f64() * 1_000.0;
    let error = fault.map_or("-", |f| f.name);
    if status >= 500 {
        let cause = fault.and_then(|f| f.cause.as_ref()).map_or_else(|| "-".to_owned(), |c| causes(c.as_ref()));
        tracing::error!(request_id = id, op, status, error, key, peer, ms, cause, "request failed");
    } else {
        tracing::info!(request_id = id, op, status, error, key, peer, ms, "request");
    }
}

/// An error with what caused it, outermost first.
fn causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.ends_with(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}
