//! The agent API: `/_agent/v1/instances/{instanceId}/users/{userId}/…`, signed as the API is (tasks 6).
//!
//! A long poll and a stream wait without counting as requests: they are handed back as [`Waiting`], and what the request has
//! reserved is given back before they wait.

use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http::header::{CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HeaderName};
use http::request::Parts;
use http::{HeaderValue, Response, StatusCode, Version};
use http_body_util::Full;
use serde_json::Value;
use service::signin::SessionWatch;
use service::{AgentAsk, AgentCall, AgentReply, AgentWatch, Command, Door, Next, Origin};
use wire::Op;

use crate::answer::{Answer, Fault};
use crate::app::App;
use crate::auth::Credential;
use crate::clock::Clock;
use crate::connection::Use;
use crate::listen::Unlimited;
use crate::metrics::AgentRequest;
use crate::streams::Streaming;

/// Where it begins, behind the base path.
const PREFIX: &str = "/_agent/v1/instances/";
/// The longest time of a long poll.
const POLL_TIME: Duration = Duration::from_secs(30);
/// Time between two comments in a stream in which nothing happens.
const COMMENT_EVERY: Duration = Duration::from_secs(15);
/// After which time a client whose stream ended opens it again, milliseconds.
const RETRY_MS: u64 = 1_000;
/// Bytes of the body of a command.
const BODY_MAX: usize = 1_024;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
const ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    instance: String,
    user: String,
    what: What,
}

#[derive(Debug, PartialEq, Eq)]
enum What {
    Snapshot { after: Option<String> },
    Events,
    Command { contact: String, command: Command },
    Worklist { next_token: Option<String> },
    Take { contact: String },
    QuickConnects,
    Templates,
}

/// What goes on after the request was answered or instead of it.
pub(super) enum Waiting {
    Poll(Box<Poll>),
    Events(Box<Events>),
}

/// A long poll.
pub(super) struct Poll {
    watch: AgentWatch,
    after: u64,
    /// That of a user who signed in.
    session: Option<SessionWatch>,
    streaming: Streaming,
    clock: Clock,
    unlimited: Unlimited,
    _use: Use,
}

/// A stream of events.
pub(super) struct Events {
    watch: AgentWatch,
    /// That of a user who signed in.
    session: Option<SessionWatch>,
    streaming: Streaming,
    clock: Clock,
    unlimited: Unlimited,
    /// The connection has a request of a known caller while this lives.
    _use: Use,
    begun: bool,
}

impl Target {
    /// What a path of the agent API asks for: `None` for another path, an error for one of its that does not exist.
    pub(super) fn of(app: &App, parts: &Parts) -> Option<Result<Self, Fault>> {
        let rest = parts.uri.path().strip_prefix(app.http.base_path.as_str())?.strip_prefix(PREFIX)?;
        let query = parts.uri.query().unwrap_or("");
        let unknown = || {
            let path: String = parts.uri.path().chars().take(200).collect();
            let text = format!("The agent API has no {} {path}", parts.method);
            Fault::new(404, "UnknownOperationException", &text)
        };
        Some(Self::parse(parts.method.as_str(), rest, query).ok_or_else(unknown))
    }

    fn parse(method: &str, rest: &str, query: &str) -> Option<Self> {
        let segments: Vec<String> = rest.split('/').map(wire::percent_decoded).collect::<Option<_>>()?;
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let (instance, user, what) = match segments[..] {
            [instance, "users", user, ref what @ ..] if !instance.is_empty() && !user.is_empty() => {
                (instance, user, what)
            }
            _ => return None,
        };
        let what = match (method, what) {
            ("GET", ["snapshot"]) => What::Snapshot { after: parameter(query, "after") },
            ("GET", ["events"]) => What::Events,
            ("GET", ["worklist"]) => What::Worklist { next_token: parameter(query, "nextToken") },
            ("GET", ["quickconnects"]) => What::QuickConnects,
            ("GET", ["templates"]) => What::Templates,
            ("POST", ["worklist", id, "take"]) if !id.is_empty() => What::Take { contact: (*id).to_owned() },
            ("POST", ["contacts", id, command]) if !id.is_empty() => {
                let commands = [Command::Accept, Command::Reject, Command::Complete, Command::Close];
                let command = commands.into_iter().find(|own| own.as_str() == *command)?;
                What::Command { contact: (*id).to_owned(), command }
            }
            _ => return None,
        };
        Some(Self { instance: instance.to_owned(), user: user.to_owned(), what })
    }

    /// The operation whose throttle counts the request: what waits counts when it begins.
    pub(super) fn throttled_as(&self) -> Op {
        match self.what {
            What::Command { .. } => Op::DismissUserContact,
            What::Take { .. } => Op::AssociateContactWithUser,
            What::Events | What::Snapshot { .. } | What::Worklist { .. } | What::QuickConnects | What::Templates => {
                Op::GetCurrentUserData
            }
        }
    }

    /// The instance, as the path names it.
    pub(super) fn instance(&self) -> &str {
        &self.instance
    }

    /// What it is in metrics and in the log.
    pub(super) fn request(&self) -> AgentRequest {
        match self.what {
            What::Snapshot { .. } => AgentRequest::Snapshot,
            What::Events => AgentRequest::Events,
            What::Command { .. } => AgentRequest::Command,
            What::Worklist { .. } => AgentRequest::Worklist,
            What::Take { .. } => AgentRequest::Take,
            What::QuickConnects => AgentRequest::QuickConnects,
            What::Templates => AgentRequest::Templates,
        }
    }

    /// Answers, or says what waits.
    pub(super) async fn answer(
        &self,
        app: &App,
        parts: &Parts,
        body: &[u8],
        (credential, origin): (&Credential, Origin<'_>),
        begin_use: impl FnOnce() -> Use,
    ) -> Result<(Answer, Option<Waiting>), Fault> {
        let now_ms = app.clock.service_ms();
        let caller = credential.caller();
        let session = || credential.session().map(|id| app.service.watch_session(id));
        let call = AgentCall { caller, origin, instance: &self.instance, user: &self.user, now_ms };
        let ask = match &self.what {
            What::Snapshot { after } => {
                let after = after.as_deref().map(version).transpose()?;
                return self.snapshot(app, &call, after, session, begin_use).await;
            }
            What::Events => {
                let last = parts.headers.get(&LAST_EVENT_ID).and_then(|id| id.to_str().ok());
                return self.events(app, &call, (last, parts.version), session, begin_use).await;
            }
            What::Command { contact, command } => {
                let command = if *command == Command::Complete { disposition(body)? } else { *command };
                AgentAsk::Command { contact_id: contact, command }
            }
            What::Worklist { next_token } => AgentAsk::Worklist { next_token: next_token.as_deref() },
            What::Take { contact } => AgentAsk::Take { contact_id: contact },
            What::QuickConnects => AgentAsk::QuickConnects,
            What::Templates => AgentAsk::Templates,
        };
        match app.service.agent_call(call, ask).await? {
            AgentReply::Done(body) => Ok((Response::new(Full::new(body)), None)),
            AgentReply::Late(body) => {
                let conflict = Fault::new(409, "ConflictException", "");
                Err(Fault { body, by_shell: false, ..conflict })
            }
        }
    }

    async fn snapshot(
        &self,
        app: &App,
        call: &AgentCall<'_>,
        after: Option<u64>,
        session: impl FnOnce() -> Option<SessionWatch>,
        begin_use: impl FnOnce() -> Use,
    ) -> Result<(Answer, Option<Waiting>), Fault> {
        app.service.may_pass(call, Door::GetAgentSnapshot).await?;
        let watch = app.service.watch_agent(call.instance, call.user, call.now_ms).await?;
        let Some(after) = after.filter(|after| *after >= watch.version()) else {
            return Ok((answer_of(watch.snapshot(call.now_ms))?, None));
        };
        let streaming = app.streams.begin().ok_or_else(too_many)?;
        let (clock, unlimited) = (app.clock.clone(), Unlimited::begin());
        let poll = Poll { watch, after, session: session(), streaming, clock, unlimited, _use: begin_use() };
        Ok((nothing(), Some(Waiting::Poll(Box::new(poll)))))
    }

    async fn events(
        &self,
        app: &App,
        call: &AgentCall<'_>,
        (last, http): (Option<&str>, Version),
        session: impl FnOnce() -> Option<SessionWatch>,
        begin_use: impl FnOnce() -> Use,
    ) -> Result<(Answer, Option<Waiting>), Fault> {
        app.service.may_pass(call, Door::StreamAgentEvents).await?;
        let streaming = app.streams.begin().ok_or_else(too_many)?;
        let mut watch = app.service.watch_agent(call.instance, call.user, call.now_ms).await?;
        // An id of something else is one that is not remembered.
        if let Some(last) = last.and_then(|last| last.trim().parse().ok()) {
            watch.resume_after(last);
        }
        let mut answer = nothing();
        *answer.status_mut() = StatusCode::OK;
        let headers = answer.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        // Proxies that understand it (nginx) pass each event on at once.
        headers.insert(ACCEL_BUFFERING, HeaderValue::from_static("no"));
        if http < Version::HTTP_2 {
            // Its slot is for streams, not for other requests.
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        let (clock, unlimited) = (app.clock.clone(), Unlimited::begin());
        let session = session();
        let events = Events { watch, session, streaming, clock, unlimited, _use: begin_use(), begun: false };
        Ok((answer, Some(Waiting::Events(Box::new(events)))))
    }
}

impl Poll {
    /// Waits for something newer: 200 with the snapshot, 204 when nothing came.
    pub(super) async fn answer(mut self) -> Result<Answer, Fault> {
        let waits = self.unlimited.waits();
        let clock = self.clock.clone();
        let newer = self.watch.newer_than(self.after, POLL_TIME, || clock.service_ms());
        let next = tokio::select! {
            biased;
            next = newer => next,
            () = self.streaming.closing() => None,
            () = ended(&mut self.session) => None,
        };
        drop(waits);
        next.map_or_else(|| Ok(nothing()), answer_of)
    }
}

impl Events {
    /// The events as the body of an answer.
    pub(super) fn into_body(self) -> axum::body::Body {
        axum::body::Body::from_stream(stream::unfold(self, async |mut events| {
            let text = events.next().await?;
            Some((Ok::<_, Infallible>(text), events))
        }))
    }

    /// The next piece; `None` at the end. One is in memory at a time, so a reader that takes nothing costs one event, and gets the
    /// following ones from what is remembered of the agent, or loses its stream (tasks 6.4).
    async fn next(&mut self) -> Option<Bytes> {
        if !self.begun {
            self.begun = true;
            return Some(format!("retry: {RETRY_MS}\n\n").into());
        }
        loop {
            match self.watch.poll(self.clock.service_ms()) {
                Some(Next::Snapshot { version, json }) => return Some(event("snapshot", version, &json)),
                Some(Next::Patch { version, json }) => return Some(event("patch", version, &json)),
                Some(Next::Behind | Next::Gone) => return None,
                None => {}
            }
            // Everything was taken so far.
            self.unlimited.took_all();
            tokio::select! {
                biased;
                () = self.streaming.closing() => return None,
                () = ended(&mut self.session) => return None,
                () = self.watch.changed() => {}
                () = tokio::time::sleep(COMMENT_EVERY) => return Some(Bytes::from_static(b":\n\n")),
            }
        }
    }
}

/// Ready when the session has ended; never without one.
async fn ended(session: &mut Option<SessionWatch>) {
    match session {
        Some(session) => session.ended().await,
        None => std::future::pending().await,
    }
}

/// An event; JSON text has no line breaks.
fn event(name: &str, version: u64, json: &Bytes) -> Bytes {
    let mut text = format!("event: {name}\nid: {version}\ndata: ").into_bytes();
    text.reserve_exact(json.len() + 2);
    text.extend_from_slice(json);
    text.extend_from_slice(b"\n\n");
    text.into()
}

fn answer_of(next: Next) -> Result<Answer, Fault> {
    match next {
        Next::Snapshot { json, .. } | Next::Patch { json, .. } => Ok(Response::new(Full::new(json))),
        Next::Behind | Next::Gone => Err(Fault {
            by_shell: false,
            ..Fault::new(404, "ResourceNotFoundException", "The user or the instance was deleted")
        }),
    }
}

fn nothing() -> Answer {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    answer
}

fn too_many() -> Fault {
    Fault::unavailable("The server has as many event streams as agent.streams allows. Try again.").after(RETRY_MS)
}

/// The value of a query parameter; the first where it is given more than once.
fn parameter(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).and_then(|(_, value)| wire::percent_decoded(value))
}

fn version(text: &str) -> Result<u64, Fault> {
    text.parse()
        .map_err(|_| invalid(&format!("after: expected the Version of a snapshot, a whole number, got {text:?}")))
}

/// How a task is completed: `{"disposition": "complete"}`, which is the default, or `"disconnect"`.
fn disposition(body: &[u8]) -> Result<Command, Fault> {
    const EXPECTED: &str = "Expected no body or {\"disposition\": \"complete\"} or {\"disposition\": \"disconnect\"}";
    if body.trim_ascii().is_empty() {
        return Ok(Command::Complete);
    }
    let refused = || invalid(EXPECTED);
    if body.len() > BODY_MAX || wire::json::parse(body).is_err() {
        return Err(refused());
    }
    let Ok(Value::Object(members)) = serde_json::from_slice(body) else { return Err(refused()) };
    if members.keys().any(|name| name != "disposition") {
        return Err(refused());
    }
    match members.get("disposition").map(Value::as_str) {
        None | Some(Some("complete")) => Ok(Command::Complete),
        Some(Some("disconnect")) => Ok(Command::Disconnect),
        Some(_) => Err(refused()),
    }
}

fn invalid(message: &str) -> Fault {
    Fault { by_shell: false, ..Fault::new(400, "InvalidRequestException", message) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// tasks 6
    #[test]
    fn the_calls_of_the_agent_api() {
        let command = |command| What::Command { contact: "c".to_owned(), command };
        let token = Some("a/b".to_owned());
        let table = [
            ("GET", "snapshot", "", Some(What::Snapshot { after: None })),
            ("GET", "snapshot", "x=1&after=7", Some(What::Snapshot { after: Some("7".to_owned()) })),
            ("GET", "events", "", Some(What::Events)),
            ("POST", "contacts/c/accept", "", Some(command(Command::Accept))),
            ("POST", "contacts/c/reject", "", Some(command(Command::Reject))),
            ("POST", "contacts/c/complete", "", Some(command(Command::Complete))),
            ("POST", "contacts/c/close", "", Some(command(Command::Close))),
            ("GET", "worklist", "nextToken=a%2Fb", Some(What::Worklist { next_token: token })),
            ("POST", "worklist/c/take", "", Some(What::Take { contact: "c".to_owned() })),
            ("GET", "quickconnects", "", Some(What::QuickConnects)),
            ("GET", "templates", "", Some(What::Templates)),
            ("POST", "snapshot", "", None),
            ("GET", "contacts/c/accept", "", None),
            ("POST", "contacts//accept", "", None),
            ("POST", "contacts/c/pause", "", None),
            ("POST", "contacts/c/accept/", "", None),
            ("GET", "", "", None),
        ];
        for (method, rest, query, what) in table {
            let found = Target::parse(method, &format!("i%20d/users/u/{rest}"), query);
            let what = what.map(|what| Target { instance: "i d".to_owned(), user: "u".to_owned(), what });
            assert_eq!(found, what, "{method} {rest}?{query}");
        }
        assert_eq!(Target::parse("GET", "i/users//snapshot", ""), None);
        assert_eq!(Target::parse("GET", "i%ff/users/u/snapshot", ""), None);
    }

    #[test]
    fn how_a_task_is_completed() {
        for (body, command) in [
            ("", Command::Complete),
            ("{}", Command::Complete),
            (r#"{"disposition":"complete"}"#, Command::Complete),
            (r#"{"disposition":"disconnect"}"#, Command::Disconnect),
        ] {
            assert_eq!(disposition(body.as_bytes()).unwrap(), command, "{body}");
        }
        for body in ["[]", r#"{"disposition":"later"}"#, r#"{"disposition":null}"#, r#"{"x":1}"#, "{"] {
            assert_eq!(disposition(body.as_bytes()).unwrap_err().status, 400, "{body}");
        }
    }

    #[test]
    fn an_event_has_its_version_as_id() {
        let text = event("patch", 7, &Bytes::from_static(b"{}"));
        assert_eq!(&text[..], b"event: patch\nid: 7\ndata: {}\n\n");
    }
}
