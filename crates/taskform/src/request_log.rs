//! One line in the log for a request: who asked for what, and if it failed, why. Never a secret: no signature, session
//! token, header or body.

use std::borrow::Cow;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::header::AUTHORIZATION;
use http::request::Parts;
use wire::Labels;

use crate::answer::{Fault, RequestId};
use crate::per_address::PerAddress;
use crate::settings::LogRequests;

/// Characters of a message or of a name given by a client.
const TEXT_MAX: usize = 500;
const NAME_MAX: usize = 128;

/// A body of more bytes is not looked into for the instance it names.
const BODY_MAX: usize = 64 * 1024;

/// What a line says.
pub(crate) struct Record<'a> {
    pub(crate) id: RequestId,
    pub(crate) peer: SocketAddr,
    /// The operation, or `-`.
    pub(crate) op: &'a str,
    /// The access key id: proven when the request reached its operation, presented otherwise.
    pub(crate) key: &'a str,
    pub(crate) instance: &'a str,
    pub(crate) status: u16,
    pub(crate) time: Duration,
    pub(crate) fault: Option<&'a Fault>,
}

/// Lines in one second for requests that were refused before a signature was verified; of more, only the number is logged.
pub const UNVERIFIED_LINES_PER_SECOND: u32 = 100;

/// Of these, lines for one address (B273): nobody fills the log so that others have no lines in it.
pub const UNVERIFIED_LINES_PER_ADDRESS: u32 = 50;

/// Limits the lines that callers without a verified signature cause.
#[derive(Debug)]
pub struct UnverifiedLines {
    /// The second, and how many lines were asked for in it.
    all: Mutex<(i64, u32)>,
    each: PerAddress,
    /// Lines of the last seconds that one address had too many of.
    beyond: AtomicU32,
}

impl Default for UnverifiedLines {
    fn default() -> Self {
        let each = PerAddress::new(UNVERIFIED_LINES_PER_ADDRESS);
        Self { all: Mutex::default(), each, beyond: AtomicU32::new(0) }
    }
}

impl UnverifiedLines {
    /// Whether one more may be written at this time, in milliseconds; and how many were not in the last second that had some.
    fn admit(&self, now_ms: i64) -> (bool, u32) {
        let mut counted = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let second = now_ms.div_euclid(1_000);
        let mut left_out = 0;
        if counted.0 != second {
            left_out = counted.1.saturating_sub(UNVERIFIED_LINES_PER_SECOND);
            *counted = (second, 0);
        }
        counted.1 = counted.1.saturating_add(1);
        (counted.1 <= UNVERIFIED_LINES_PER_SECOND, left_out)
    }

    /// The same for a request of a caller whose signature was verified, which always gets its line.
    fn pass(&self, now_ms: i64) -> u32 {
        let mut counted = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let second = now_ms.div_euclid(1_000);
        if counted.0 == second || counted.1 <= UNVERIFIED_LINES_PER_SECOND {
            return 0;
        }
        let left_out = counted.1 - UNVERIFIED_LINES_PER_SECOND;
        *counted = (second, 0);
        left_out
    }

    /// Whether the line of a refused request from this address may be written. Says once a second how many were not.
    pub(crate) fn may_write(&self, verified: bool, address: IpAddr, now_ms: i64) -> bool {
        if !verified && !self.each.admit(address, now_ms) {
            self.beyond.fetch_add(1, Ordering::Relaxed);
            return false;
        }
        let (may, left_out) = if verified { (true, self.pass(now_ms)) } else { self.admit(now_ms) };
        let left_out = left_out.saturating_add(if may { self.beyond.swap(0, Ordering::Relaxed) } else { 0 });
        if left_out > 0 {
            tracing::warn!(
                count = left_out,
                limit_per_second = UNVERIFIED_LINES_PER_SECOND,
                limit_per_address = UNVERIFIED_LINES_PER_ADDRESS,
                "requests without a verified signature were refused and have no lines of their own"
            );
        }
        may
    }
}

/// How a line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    /// A request that was answered, a client's mistake, or one that came while the server stops.
    Info,
    /// The server cannot answer it now.
    Warn,
    /// An unexpected error.
    Error,
}

fn level(status: u16, draining: bool) -> Level {
    match status {
        503 if draining => Level::Info,
        503 => Level::Warn,
        500.. => Level::Error,
        _ => Level::Info,
    }
}

/// Whether a request with this status gets a line, as the settings say; trouble of the server always gets one.
pub(crate) fn is_wanted(requests: LogRequests, draining: bool, status: u16) -> bool {
    let wanted = match requests {
        LogRequests::All => true,
        LogRequests::Errors => status >= 400,
        LogRequests::None => false,
    };
    wanted || level(status, draining) != Level::Info
}

/// Writes the line, if it is wanted.
pub(crate) fn write(requests: LogRequests, draining: bool, record: &Record<'_>) {
    if !is_wanted(requests, draining, record.status) {
        return;
    }
    let Record { id, peer, op, key, instance, status, time, fault } = record;
    let request_id = id.as_str();
    let peer = tracing::field::display(peer);
    let ms = milliseconds(*time);
    let Some(fault) = fault else {
        return tracing::info!(request_id, op, status, key, peer, ms, "request");
    };
    let (error, reason) = (fault.name, reason(fault));
    let cause = fault.cause.as_ref().map_or_else(|| Cow::Borrowed("-"), |c| Cow::Owned(causes(c.as_ref())));
    match level(*status, draining) {
        Level::Info => {
            tracing::info!(request_id, op, status, error, reason, key, instance, peer, ms, "request failed");
        }
        Level::Warn => {
            tracing::warn!(request_id, op, status, error, reason, key, instance, peer, ms, %cause, "request failed");
        }
        Level::Error => {
            tracing::error!(request_id, op, status, error, reason, key, instance, peer, ms, %cause, "request failed");
        }
    }
}

/// To the microsecond: 0.057, not 0.056768000000000006.
fn milliseconds(time: Duration) -> f64 {
    // A number of microseconds below 2^53 (285 years) and its thousandth are as exact as a float can be.
    #[expect(clippy::cast_precision_loss, reason = "exact below 2^53")]
    let us = (time.as_nanos().saturating_add(500) / 1_000) as f64;
    us / 1_000.0
}

/// The first paragraph of the message that the client got (a further one repeats what the log has elsewhere), and what the client
/// was not told.
fn reason(fault: &Fault) -> String {
    let body = wire::json::parse(&fault.body).unwrap_or_default();
    let message = body.get("Message").or_else(|| body.get("message")).and_then(wire::json::Json::as_str);
    let first = message.unwrap_or("-").split("\n\n").next().unwrap_or_default();
    let hint = fault.hint.as_ref().filter(|hint| !first.contains(hint.as_ref()));
    let hint = hint.map_or_else(String::new, |hint| format!(" ({hint})"));
    shortened(&format!("{first}{hint}"), TEXT_MAX)
}

/// The instance that a request names, if it does so where we look: in its path or at the top of its body.
pub(crate) fn instance(labels: &Labels, body: &[u8]) -> Option<String> {
    if let Some(label) = labels.get(0) {
        return Some(shortened(label, NAME_MAX));
    }
    let body = wire::json::parse_body(Some(body).filter(|b| b.len() <= BODY_MAX)?).ok()?;
    Some(shortened(body.get("InstanceId")?.as_str()?, NAME_MAX))
}

/// An instance as a line names it.
pub(crate) fn named_instance(text: &str) -> String {
    shortened(text, NAME_MAX)
}

/// The access key id that a request presents, whatever else is wrong with its signature.
pub(crate) fn presented_key(parts: &Parts) -> Option<String> {
    let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let found = header
        .and_then(|text| behind(text, "Credential="))
        .or_else(|| behind(parts.uri.query()?, "X-Amz-Credential="))?;
    let end = found.find(|c: char| !c.is_ascii_alphanumeric() && !"-_.+=@".contains(c)).unwrap_or(found.len());
    Some(shortened(&found[..end], NAME_MAX)).filter(|key| !key.is_empty())
}

fn behind<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    Some(&text[text.find(name)? + name.len()..])
}

fn shortened(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b143_lines_without_a_verified_signature_are_bounded_and_the_rest_is_counted() {
        let lines = UnverifiedLines::default();
        let all: Vec<_> = (0..1_000).map(|_| lines.admit(5_000)).collect();
        assert_eq!(all.iter().filter(|(may, _)| *may).count(), 100);
        assert!(all.iter().all(|(_, left_out)| *left_out == 0), "the second is not over");
        assert_eq!(lines.pass(5_999), 0);
        assert_eq!(lines.admit(6_000), (true, 900), "said once");
        assert_eq!(lines.admit(6_001), (true, 0));
        assert_eq!(lines.admit(7_500), (true, 0));
        assert_eq!((0..101).filter(|_| lines.admit(8_000).0).count(), 100);
        assert_eq!([lines.pass(8_999), lines.pass(9_000), lines.pass(9_000)], [0, 1, 0], "by whoever comes first");
        let address = |last| IpAddr::from([192, 0, 2, last]);
        assert!(lines.may_write(true, address(1), 9_000));
        // B273: one address leaves lines to others, and what it has no lines for is counted.
        let written = |last| (0..80).filter(|_| lines.may_write(false, address(last), 10_000)).count();
        assert_eq!((written(1), written(2), written(3)), (50, 50, 0));
        assert!(lines.may_write(true, address(1), 10_500), "a verified one always");
    }

    #[test]
    fn levels() {
        for (status, draining, expected) in [
            (200, false, Level::Info),
            (403, false, Level::Info),
            (429, true, Level::Info),
            (503, false, Level::Warn),
            (503, true, Level::Info),
            (500, false, Level::Error),
            (500, true, Level::Error),
        ] {
            assert_eq!(level(status, draining), expected, "{status} {draining}");
        }
    }

    #[test]
    fn times_are_rounded_to_the_microsecond() {
        for (ns, text) in [(56_768, "0.057"), (0, "0"), (1_234_567, "1.235"), (30_000_000_000, "30000"), (499, "0")] {
            assert_eq!(milliseconds(Duration::from_nanos(ns)).to_string(), text);
        }
    }

    #[test]
    fn reasons_are_short_and_say_what_the_client_is_not_told() {
        let fault = || Fault::new(403, "X", "It does not fit.\n\nThe Canonical String …");
        for (fault, expected) in [
            (fault(), "It does not fit."),
            (fault().hinting("no such key"), "It does not fit. (no such key)"),
            (Fault::new(403, "X", "No.").hinting("no such key").with_hint_in_answer(), "No. (no such key)"),
        ] {
            assert_eq!(reason(&fault), expected);
        }
    }

    #[test]
    fn key_ids_that_are_presented() {
        let parts = |header: &str, uri: &str| {
            http::Request::builder().uri(uri).header("authorization", header).body(()).unwrap().into_parts().0
        };
        let header = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260115/us-east-1/connect/aws4_request, SignedHeaders=host, Signature=00";
        for (header, uri, expected) in [
            (header, "/", Some("AKIDEXAMPLE")),
            ("Bearer x", "/?X-Amz-Credential=AKID2%2F20260115", Some("AKID2")),
            ("Bearer x", "/?a=b", None),
            ("Credential=", "/", None),
            ("Credential=a\tb", "/", Some("a")),
        ] {
            assert_eq!(presented_key(&parts(header, uri)).as_deref(), expected, "{header} {uri}");
        }
        let long = format!("Credential={}", "k".repeat(1_000));
        assert_eq!(presented_key(&parts(&long, "/")).unwrap().chars().count(), NAME_MAX + 1);
    }

    #[test]
    fn instances_that_are_named() {
        let labels: Labels = ["i-1", "t-1"].into_iter().collect();
        assert_eq!(instance(&labels, b"").as_deref(), Some("i-1"));
        for (body, expected) in
            [(r#"{"Name":"n","InstanceId":"i-2"}"#, Some("i-2")), (r#"{"InstanceId":7}"#, None), ("no JSON", None)]
        {
            assert_eq!(instance(&Labels::default(), body.as_bytes()).as_deref(), expected);
        }
    }
}
