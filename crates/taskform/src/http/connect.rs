//! Signed requests, one from bytes to bytes: limits, signature, route, throttle, operation, answer. They are for the Connect API
//! or, with the same sign-in, for [`sts`].
//!
//! The order is that of protocol W3.2.1: a caller who cannot sign learns nothing, not even which routes exist. No rule
//! of the service is decided here.

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Instant;

use bytes::Bytes;
use futures_util::FutureExt;
use http::header::{AUTHORIZATION, EXPECT, HOST, HeaderName, USER_AGENT};
use http::request::Parts;
use http::{Method, Request, Version};
use hyper::body::Body;
use service::{Call, Origin, ReplyHeaders};
use sigv4::{Claim, Head, Refusal, Rules};
use wire::{ExceptionKind, Op, RouteError};

use crate::answer::{self, Answer, Fault, RequestId};
use crate::app::App;
use crate::auth::diagnosis::{self, Suspect};
use crate::auth::{Credential, Denied, Mismatch};
use crate::body;
use crate::buffers::Reservation;
use crate::connection::{Connection, Transport, Use};
use crate::listen::Open;
use crate::metrics::{AgentRequest, Counted, Held};
use crate::request_log::{self, Record};
use crate::welcome::DEV_KEY;

use super::agent::{self, Events, Waiting};
use super::clock;
use super::door::Door;
use super::forwarded::{self, Reading};
use super::sts;

const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// What is known about a request when it has been answered: for log and metrics.
struct Trace {
    door: Door,
    op: Option<Op>,
    agent: Option<AgentRequest>,
    credential: Option<Arc<Credential>>,
    /// Of an operation that failed.
    instance: Option<String>,
    /// The body is read before the answer although it is refused, so that a made-up key takes as long as one that exists.
    body_first: bool,
    /// What of the agent API goes on from here.
    waiting: Option<Waiting>,
}

impl Trace {
    fn new(door: Door) -> Self {
        Self { door, op: None, agent: None, credential: None, instance: None, body_first: false, waiting: None }
    }

    /// What the answer counts as. Who cannot sign makes no labels.
    fn counted(&self) -> Counted {
        match (self.door, self.op) {
            _ if self.credential.is_none() => Counted::Nothing,
            (Door::Sts, _) => Counted::Sts,
            (Door::Connect, op) => {
                self.agent.map(Counted::Agent).or(op.map(Counted::Operation)).unwrap_or(Counted::Nothing)
            }
        }
    }

    /// What the log calls it.
    fn operation(&self) -> &'static str {
        match self.door {
            Door::Sts => "sts",
            Door::Connect => self.agent.map(AgentRequest::name).or(self.op.map(Op::name)).unwrap_or("-"),
        }
    }
}

/// Answers one request; never fails and never panics. `room` is what it may take in memory, or why it may not; what the
/// answer takes of it is returned, to be kept until the answer is handed over.
pub(crate) async fn answer<B>(
    app: &App,
    request: Request<B>,
    connection: &Connection,
    open: &Open,
    room: Result<Reservation, Fault>,
) -> (Answer, Option<Reservation>, Option<Box<Events>>)
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: std::fmt::Display,
{
    let started = Instant::now();
    let in_flight = Held::new(&app.metrics.in_flight);
    let id = RequestId::new();
    let (parts, body) = request.into_parts();
    let (mut body, mut trace) = (Some(body), Trace::new(Door::of(app, &parts)));
    let (outcome, mut room) = match room {
        Ok(mut room) => {
            let outcome = {
                let received = Received::of(&parts, connection, open, id, started);
                let exchange = pin!(exchange(app, &received, &mut body, &mut room, &mut trace));
                AssertUnwindSafe(exchange).catch_unwind().await
            };
            (outcome, Some(room))
        }
        Err(fault) => (Ok(Err(fault)), None),
    };
    let outcome = outcome.unwrap_or_else(|panic| {
        app.metrics.panics.inc();
        Err(Fault::internal(format!("panic: {}", panic_text(panic.as_ref()))))
    });
    let outcome = outcome.and_then(|answer| {
        let has_room = room.as_mut().is_none_or(|room| room.answer(body_bytes(&answer)));
        let full = || Fault::unavailable("The server holds too many answers that were not taken yet. Try again.");
        if has_room { Ok(answer) } else { Err(full()) }
    });
    let time = started.elapsed();
    let (outcome, events) = match trace.waiting.take() {
        None => (outcome, None),
        Some(Waiting::Events(events)) => {
            room = None;
            (outcome, Some(events))
        }
        Some(Waiting::Poll(poll)) => {
            // While it waits it counts for nobody's share.
            room = None;
            drop(in_flight);
            (poll.answer().await, None)
        }
    };
    let mut answer = match outcome {
        Ok(success) => success,
        Err(fault) => {
            let refused = Refused { parts, body, connection, open, id, started };
            let (answer, room) = Box::pin(refused.answer(app, trace, fault, room)).await;
            return (answer, room, None);
        }
    };
    let status = answer.status().as_u16();
    app.metrics.answered(trace.counted(), status, time);
    let key = trace.credential.as_ref().map_or("-", |c| c.caller().access_key_id.as_str());
    let record =
        Record { id, peer: connection.peer, op: trace.operation(), key, instance: "-", status, time, fault: None };
    request_log::write(app.log_requests, app.is_draining(), &record);
    answer::complete(&mut answer, id, &parts.headers, &app.http.cors);
    (answer, room, events)
}

/// Bytes of an answer, which is in memory.
fn body_bytes(answer: &Answer) -> usize {
    answer.body().size_hint().exact().and_then(|len| usize::try_from(len).ok()).unwrap_or(usize::MAX)
}

/// A request that is refused, with what was not read of it.
struct Refused<'a, B> {
    parts: Parts,
    body: Option<B>,
    connection: &'a Connection,
    open: &'a Open,
    id: RequestId,
    started: Instant,
}

impl<B> Refused<'_, B>
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: std::fmt::Display,
{
    /// Headers are freed before anything waits; nothing of the body is kept.
    async fn answer(
        self,
        app: &App,
        trace: Trace,
        mut fault: Fault,
        mut room: Option<Reservation>,
    ) -> (Answer, Option<Reservation>) {
        let Self { parts, body, connection, open, id, started } = self;
        let is_wanted = request_log::is_wanted(app.log_requests, app.is_draining(), fault.status);
        let (key, instance) = if is_wanted { named(app, &parts, &trace) } else { (None, None) };
        let (headers, version) = (answer::for_answer(&parts.headers), parts.version);
        let expects = version < Version::HTTP_2 && parts.headers.contains_key(EXPECT);
        drop(parts);
        if let Some(body) = body.filter(|body| !body.is_end_stream()) {
            let limit = trace.door.body_bytes(app);
            if trace.body_first || expects {
                // A client that waits to be asked for its body is asked (W1.2.3). Meanwhile nothing counts.
                room = None;
                let read = within(started + app.http.request_time, pin!(body::read_away(body, expects, limit))).await;
                let read = read.unwrap_or_else(|| Err(too_slow()));
                if let (true, Err(broken)) = (trace.body_first, read) {
                    fault = broken;
                }
            } else if version < Version::HTTP_2 {
                body::discard(body, limit, &app.discards, open.share());
            }
        }
        let mut answer = trace.door.failure(&fault, version, id);
        if fault.by_shell {
            app.metrics.refused(fault.name);
        }
        if room.as_mut().is_some_and(|room| !room.answer(body_bytes(&answer))) {
            // A refusal this large is sent without room for it: there is nothing smaller that says the same.
            room = None;
        }
        let (status, time) = (answer.status().as_u16(), started.elapsed());
        app.metrics.answered(trace.counted(), status, time);
        let (key, instance) = (key.as_deref().unwrap_or("-"), instance.as_deref().unwrap_or("-"));
        let record = Record {
            id,
            peer: connection.peer,
            op: trace.operation(),
            key,
            instance,
            status,
            time,
            fault: Some(&fault),
        };
        // An unexpected error of ours always has its line.
        let known = trace.credential.is_some() || (status >= 500 && status != 503);
        if is_wanted && app.unverified_lines.may_write(known, connection.peer.ip(), app.clock.now_ms()) {
            request_log::write(app.log_requests, app.is_draining(), &record);
        }
        answer::complete(&mut answer, id, &headers, &app.http.cors);
        (answer, room)
    }
}

/// The access key id and the instance that a request names.
fn named(app: &App, parts: &Parts, trace: &Trace) -> (Option<String>, Option<String>) {
    let proven = trace.credential.as_ref().map(|c| c.caller().access_key_id.clone());
    let in_path = || request_log::instance(&route(app, parts.method.as_str(), parts.uri.path()).ok()?.labels, b"");
    (proven.or_else(|| request_log::presented_key(parts)), trace.instance.clone().or_else(in_path))
}

async fn exchange<B>(
    app: &App,
    received: &Received<'_>,
    body: &mut Option<B>,
    room: &mut Reservation,
    trace: &mut Trace,
) -> Result<Answer, Fault>
where
    B: Body<Data = Bytes> + Send,
    B::Error: std::fmt::Display,
{
    let parts = received.parts;
    if app.is_draining() {
        return Err(Fault::unavailable("The server is shutting down. Try again.").closing());
    }
    app.check_host(&parts.headers, &parts.uri)?;
    if parts.method == Method::OPTIONS {
        return Ok(answer::preflight(&parts.headers));
    }
    let deadline = received.started + app.http.request_time;
    let now_ms = app.clock.now_ms();
    let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or(""));
    let route = route(app, parts.method.as_str(), path);
    trace.op = route.as_ref().ok().map(|r| r.op);

    let head = Head { method: parts.method.as_str(), path, query, headers: received };
    let regions = trace.door.regions(&app.identity);
    let claim = sigv4::check(&head, &rules(app, received.connection, trace.door, &regions), now_ms)?;
    let peer = received.connection.peer.ip();
    let readings = forwarded::readings(&app.http, &parts.headers, received.host(), path, peer);
    // The key is looked up before anything of the body is kept.
    let may_ask = || app.unverified.may_ask(received.sender(app), now_ms);
    let known = pin!(app.authenticator.credential(claim.access_key_id(), (app.clock.steady_ms(), now_ms), may_ask));
    let Some(credential) = within(deadline, known).await.ok_or_else(too_long)?? else {
        trace.body_first = true;
        app.unverified.refused(received.sender(app), now_ms);
        return Err(for_caller(
            app,
            unknown_key(app, &claim, app.authenticator.refuse_unknown(&claim, &head, &readings)),
        ));
    };
    let body = body.take().expect("nobody has taken it before");
    let read = pin!(body::read(body, &parts.headers, trace.door.body_bytes(app), room));
    let body = within(deadline, read).await.ok_or_else(too_slow)??;
    let authenticated = app.authenticator.authenticate(&credential, &claim, &head, &readings, body.bytes(), now_ms);
    authenticated.map_err(|denied| match denied {
        Denied::Fault(fault) => for_caller(app, fault),
        Denied::Mismatch(mismatch) => {
            app.unverified.refused(received.sender(app), now_ms);
            explain(app, received, &claim, &head, &mismatch, readings.first(), now_ms)
        }
    })?;
    let _verified = received.connection.progress().verified();
    trace.credential = Some(Arc::clone(&credential));

    if trace.door == Door::Sts {
        return sts::answer(parts, body.bytes(), claim.service(), credential.caller(), received.id);
    }
    if let Some(target) = agent::Target::of(app, parts) {
        return Box::pin(of_agent(app, received, &target?, body.bytes(), &credential, trace)).await;
    }
    let route = route.map_err(|error| unknown_route(error, &parts.method, path))?;
    operate(app, received, &route, body.bytes(), &credential, now_ms, &mut trace.instance).await
}

/// Runs the operation of a request whose signature was verified; `instance` becomes the one that was named, if it fails.
async fn operate(
    app: &App,
    received: &Received<'_>,
    route: &wire::Route,
    body: &[u8],
    credential: &Credential,
    now_ms: i64,
    instance: &mut Option<String>,
) -> Result<Answer, Fault> {
    throttle(app, credential, route.op)?;
    if let Some(hook) = &app.hook {
        hook(route.op);
    }
    let call = Call {
        op: route.op,
        labels: &route.labels,
        query: received.parts.uri.query().unwrap_or(""),
        body,
        caller: credential.caller(),
        origin: origin(app, received),
        now_ms: app.clock.at_service(now_ms),
        request_id: received.id.as_str(),
    };
    let reply = within(received.started + app.http.request_time, pin!(app.service.call(call))).await;
    if !matches!(reply, Some(Ok(_))) {
        *instance = request_log::instance(&route.labels, body);
    }
    let reply = reply.ok_or_else(too_long)?;
    let reply = reply.map_err(|error| clock::saying_that_it_moved(&app.clock, error.into()))?;
    if app.dev.is_some()
        && let Some(warning) = reply.headers.get(ReplyHeaders::WARNING)
    {
        tracing::warn!(
            request_id = received.id.as_str(),
            op = route.op.name(),
            warning,
            "probably a mistake in a request"
        );
    }
    Ok(answer::success(reply))
}

/// Which signatures are taken on this connection.
fn rules<'a>(app: &App, connection: &Connection, door: Door, regions: &'a [String]) -> Rules<'a> {
    Rules {
        services: door.services(),
        regions,
        presigned: app.auth.presigned,
        unsigned_payload: connection.transport == Transport::Tls || app.auth.unsigned_payload,
    }
}

/// Where a request came from, as policies see it.
fn origin<'a>(app: &App, received: &Received<'a>) -> Origin<'a> {
    let (headers, connection) = (&received.parts.headers, received.connection);
    Origin {
        source_ip: forwarded::client(&app.http.trusted_proxies, headers, connection.peer.ip()),
        secure: connection.transport == Transport::Tls || forwarded::over_tls(&app.http, headers, connection.peer.ip()),
        user_agent: headers.get(USER_AGENT).and_then(|value| value.to_str().ok()),
    }
}

/// Answers a request of the agent API whose signature was verified.
async fn of_agent(
    app: &App,
    received: &Received<'_>,
    target: &agent::Target,
    body: &[u8],
    credential: &Credential,
    trace: &mut Trace,
) -> Result<Answer, Fault> {
    trace.agent = Some(target.request());
    let answered = async {
        throttle(app, credential, target.throttled_as())?;
        let parts = received.parts;
        let begin_use = || Use::begin(received.connection, received.open, parts.version < Version::HTTP_2);
        let caller = (credential, origin(app, received));
        let answer = pin!(target.answer(app, parts, body, caller, begin_use));
        within(received.started + app.http.request_time, answer).await.ok_or_else(too_long)?
    };
    match answered.await {
        Ok((answer, waiting)) => {
            trace.waiting = waiting;
            Ok(answer)
        }
        Err(fault) => {
            trace.instance = Some(request_log::named_instance(target.instance()));
            Err(fault)
        }
    }
}

/// The key of `--dev` on a server without it has a hint of its own.
fn unknown_key(app: &App, claim: &Claim<'_>, fault: Fault) -> Fault {
    if app.dev.is_some() || claim.access_key_id() != DEV_KEY {
        return fault;
    }
    fault.hinting("there is no access key with this id: it is that of --dev, and this server was started without --dev")
}

/// A refusal whose hint is for the log, and with `--dev` for the caller too.
fn for_caller(app: &App, fault: Fault) -> Fault {
    if app.dev.is_some() { fault.with_hint_in_answer() } else { fault }
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
    if !app.diagnoses.admit(received.sender(app), now_ms) {
        return Refusal::mismatch().into();
    }
    let suspect = Suspect { parts: received.parts, host: received.host(), expected };
    let found = mismatch.diagnose(claim, head, &suspect, &app.http, &app.identity);
    let well_known = app.dev.is_some() && claim.access_key_id() == DEV_KEY;
    let words = diagnosis::words(&found, &suspect, app.dev.is_some(), well_known.then_some(DEV_KEY));
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

/// Work with a time limit. Most of it is ready at once, so it is polled before a timer is created. Its future stays
/// where it is: one that is handed on by value has a place in the future of each that hands it on, and all of them are
/// moved with every request.
async fn within<F: Future>(deadline: Instant, mut work: Pin<&mut F>) -> Option<F::Output> {
    if let Poll::Ready(done) = futures_util::poll!(work.as_mut()) {
        return Some(done);
    }
    tokio::time::timeout_at(deadline.into(), work).await.ok()
}

fn too_long() -> Fault {
    Fault::unavailable("The request took too long. Try again.")
}

fn too_slow() -> Fault {
    Fault::new(408, "RequestTimeoutException", "The request body did not arrive in time.").closing()
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
    open: &'a Open,
    id: RequestId,
    started: Instant,
    /// Over HTTP/2 the authority is the host (W1.2.1).
    authority: Option<&'a str>,
}

impl<'a> Received<'a> {
    fn of(parts: &'a Parts, connection: &'a Connection, open: &'a Open, id: RequestId, started: Instant) -> Self {
        let authority = parts.uri.authority().filter(|_| parts.version == Version::HTTP_2).map(|a| a.as_str());
        Self { parts, connection, open, id, started, authority }
    }

    /// The address that the request came from: of the client where a trusted proxy names it, else of the peer.
    fn sender(&self, app: &App) -> IpAddr {
        let peer = self.connection.peer.ip();
        forwarded::client(&app.http.trusted_proxies, &self.parts.headers, peer).unwrap_or(peer)
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
