//! The test clock: `/_taskform/clock`, with `--dev` and, unless `--dev-allow-remote` opens it, from this machine alone.
//!
//! It moves the time of tasks, which runs on by itself unless `--dev-clock` holds it. Signatures, throttling and the times of
//! connections keep to the real clock. It needs no signature, so web pages of other origins and requests that a proxy passes
//! on from elsewhere are refused.

use std::cmp::Ordering;

use engine::contact::SERVER_TIME;
use http::request::Parts;
use http::{Method, Request};
use hyper::body::Incoming;
use serde_json::{Value, json};
use store::{Batch, CommitError, Store};

use crate::answer::{self, Answer, Fault, RequestId};
use crate::app::App;
use crate::body;
use crate::buffers::Reservation;
use crate::clock::{Clock, date};
use crate::connection::Connection;

use super::{forwarded, visitor};

/// Where it answers.
pub(super) const PATH: &str = "/_taskform/clock";

/// The largest step, seconds: ten years.
const STEP_MAX: f64 = 315_360_000.0;

/// The last time that can be reached: the end of the year 9999.
const END_MS: i64 = 253_402_300_799_000;

/// Largest body, bytes.
const BODY_BYTES: usize = 1_024;

/// Answers a request to [`PATH`]. `POST {"AdvanceSeconds": n}` moves the time and processes all that is due by then, in
/// order of time; `GET` only returns it. Both answer `{"Now": seconds since 1970}`.
pub(super) async fn answer(
    app: &App,
    request: Request<Incoming>,
    connection: &Connection,
    room: Result<Reservation, Fault>,
) -> Answer {
    let (parts, body) = request.into_parts();
    let outcome = async {
        let mut room = room?;
        let dev = app.dev.as_ref().ok_or_else(unknown)?;
        app.check_host(&parts.headers, &parts.uri)?;
        if !dev.allow_remote {
            check_client(app, &parts, connection)?;
        }
        visitor::check_page(&app.http, &parts)?;
        match parts.method {
            Method::GET => {}
            Method::POST => {
                let body = body::read(body, &parts.headers, BODY_BYTES, &mut room).await?;
                let step_ms = step_ms(body.bytes())?;
                // One after the other: each step starts where the one before has ended.
                let _turn = dev.clock_turn.lock().await;
                advance(app, step_ms).await?;
            }
            _ => return Err(unknown()),
        }
        let now = seconds(app.clock.service_ms());
        Ok(answer::success(service::Reply::new(json!({ "Now": now }).to_string().into())))
    };
    let mut answer = outcome.await.unwrap_or_else(|fault: Fault| answer::failure(&fault, parts.version));
    answer::complete(&mut answer, RequestId::new(), &parts.headers, &app.http.cors);
    answer
}

/// A client on this machine, as far as its address and the headers of proxies tell.
fn check_client(app: &App, parts: &Parts, connection: &Connection) -> Result<(), Fault> {
    let client = forwarded::client(&app.http.trusted_proxies, &parts.headers, connection.peer.ip());
    if client.is_some_and(|address| address.is_loopback()) {
        return Ok(());
    }
    let text = "The test clock answers on this machine only, and not to what a proxy passes on from elsewhere. Start the \
                server with --dev-allow-remote to open it.";
    Err(Fault::new(403, "AccessDeniedException", text))
}

async fn advance(app: &App, step_ms: i64) -> Result<(), Fault> {
    let clock = &app.clock;
    let to_ms = clock.service_ms().saturating_add(step_ms);
    if to_ms > END_MS {
        return Err(invalid("AdvanceSeconds: the clock ends with the year 9999."));
    }
    let now_ms = || clock.service_ms();
    app.service.settle(to_ms, &now_ms, &|ms| clock.advance_to(ms)).await?;
    let now = date(clock.service_ms());
    if clock.is_held() {
        tracing::info!(now, "the test clock moved the time of tasks");
    } else {
        tracing::info!(now, ahead = ahead(clock), "the test clock moved the time of tasks");
    }
    remember(app.service.store(), clock.service_ms()).await.map_err(Fault::internal)
}

/// Under this name the store keeps the latest time that it was used at with a test clock, in epoch milliseconds.
const REACHED: &str = "test_clock_ms";

/// Tries to note the time reached; another process may do it at the same moment.
const TRIES: usize = 8;

/// Notes that the time of tasks has come to `now_ms`, epoch milliseconds. It is never noted as later than any process has seen.
///
/// # Errors
/// The store fails.
async fn remember(store: &Store, now_ms: i64) -> Result<(), store::Error> {
    for _ in 0..TRIES {
        let reached = store.counter("", REACHED).await?;
        if reached >= now_ms {
            return Ok(());
        }
        let mut batch = Batch::new();
        batch.add_to_counter("", REACHED, now_ms.saturating_sub(reached), Some(now_ms));
        match store.commit(batch).await {
            Ok(()) => return Ok(()),
            Err(CommitError::Conflict(_)) => {}
            Err(CommitError::Store(error)) => return Err(error),
        }
    }
    Ok(())
}

/// The clock of a server with `--dev` over this store, whose time does not run backwards (B83): it goes on where the store was
/// last in use. With `start_ms` (epoch milliseconds) it starts there, or where the store was if that is later, and stands
/// still until it is moved (B180).
///
/// # Errors
/// The store fails.
pub(crate) async fn begin(clock: Clock, store: &Store, start_ms: Option<i64>) -> Result<Clock, store::Error> {
    let reached = store.counter("", REACHED).await?;
    let Some(start_ms) = start_ms else {
        clock.advance_to(reached);
        if clock.service_ms() > clock.now_ms() {
            let (now, ahead) = (date(clock.service_ms()), ahead(&clock));
            tracing::info!(now, "the time of tasks is {ahead} ahead (test clock)");
        }
        return Ok(clock);
    };
    let clock = clock.held_at(start_ms.max(reached));
    let now = date(clock.service_ms());
    if reached > start_ms {
        tracing::warn!(
            now,
            wanted = date(start_ms),
            "time does not go back: this store was in use until later than --dev-clock, and the time of tasks stands there; \
             start with --ephemeral or another --data for an earlier one"
        );
    } else {
        tracing::info!(now, "the time of tasks stands still (test clock)");
    }
    remember(store, clock.service_ms()).await?;
    Ok(clock)
}

/// Notes where the time of tasks is when a server with `--dev` stops.
///
/// # Errors
/// The store fails.
pub(crate) async fn end(clock: &Clock, store: &Store) -> Result<(), store::Error> {
    remember(store, clock.service_ms()).await
}

/// A refusal that names the time of tasks says too when that has been moved: nobody would look for it there.
pub(super) fn saying_that_it_moved(clock: &Clock, fault: Fault) -> Fault {
    let said = |body: &[u8]| body.windows(SERVER_TIME.len()).any(|text| text == SERVER_TIME.as_bytes());
    if !said(&fault.body) {
        return fault;
    }
    let hint = match clock.service_ms().cmp(&clock.now_ms()) {
        _ if clock.is_held() => "the test clock stands still".to_owned(),
        Ordering::Greater => format!("the test clock is {} ahead", ahead(clock)),
        Ordering::Less | Ordering::Equal => return fault,
    };
    fault.hinting(hint).with_hint_in_answer()
}

/// How far the time of tasks is ahead of the real one, in words.
fn ahead(clock: &Clock) -> String {
    let seconds = (clock.service_ms() - clock.now_ms()).max(0) / 1_000;
    let (number, unit) = match seconds {
        86_400.. => (seconds / 86_400, "day"),
        3_600.. => (seconds / 3_600, "hour"),
        60.. => (seconds / 60, "minute"),
        _ => (seconds, "second"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

fn step_ms(body: &[u8]) -> Result<i64, Fault> {
    const EXPECTED: &str = "Expected {\"AdvanceSeconds\": n} with a number from 0 to 315360000 (ten years).";
    // A member that is given twice is refused as everywhere.
    wire::json::parse(body).map_err(|_| invalid(EXPECTED))?;
    let Ok(Value::Object(members)) = serde_json::from_slice(body) else {
        return Err(invalid(EXPECTED));
    };
    if let Some(other) = members.keys().find(|name| *name != "AdvanceSeconds") {
        return Err(invalid(&format!("Unknown member {other}. {EXPECTED}")));
    }
    let seconds = members.get("AdvanceSeconds").and_then(Value::as_f64).filter(|n| (0.0..=STEP_MAX).contains(n));
    let ms = seconds.map(|n| std::time::Duration::from_secs_f64(n).as_millis());
    ms.and_then(|ms| i64::try_from(ms).ok()).ok_or_else(|| invalid(EXPECTED))
}

fn invalid(message: &str) -> Fault {
    Fault::new(400, "InvalidRequestException", message)
}

fn unknown() -> Fault {
    Fault::new(
        404,
        "ResourceNotFoundException",
        "There is a test clock with `taskform serve --dev` only; it knows GET and POST.",
    )
}

/// Seconds with three digits behind the point.
fn seconds(ms: i64) -> Value {
    let text = format!("{}.{:03}", ms.div_euclid(1_000), ms.rem_euclid(1_000));
    text.parse::<f64>().map_or(Value::Null, Value::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_ahead_is_said_in_words() {
        for (ms, words) in [
            (0, "0 seconds"),
            (1_000, "1 second"),
            (120_000, "2 minutes"),
            (3_600_000, "1 hour"),
            (10 * 86_400_000, "10 days"),
        ] {
            let clock = Clock::manual(std::sync::Arc::new(5_000.into()));
            clock.advance_to(5_000 + ms);
            assert_eq!(ahead(&clock), words);
        }
    }

    #[test]
    fn steps() {
        for (body, ms) in [("0", 0), ("1", 1_000), ("1.5", 1_500), ("0.001", 1), ("315360000", 315_360_000_000)] {
            assert_eq!(step_ms(format!("{{\"AdvanceSeconds\": {body}}}").as_bytes()).unwrap(), ms, "{body}");
        }
        for bad in [
            "",
            "[]",
            "{}",
            "1",
            "{\"AdvanceSeconds\":1,\"AdvanceSeconds\":2}",
            "{\"AdvanceSeconds\":-1}",
            "{\"AdvanceSeconds\":\"1\"}",
            "{\"AdvanceSeconds\":null}",
        ] {
            assert_eq!(step_ms(bad.as_bytes()).unwrap_err().status, 400, "{bad}");
        }
        for bad in ["{\"AdvanceSeconds\":315360001}", "{\"AdvanceSeconds\":1e999}", "{\"AdvanceSeconds\":1,\"X\":2}"] {
            assert_eq!(step_ms(bad.as_bytes()).unwrap_err().status, 400, "{bad}");
        }
    }
}
