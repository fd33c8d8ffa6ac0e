//! Answers: faults of the shell, and the headers that every answer has (protocol 2.2, 2.3).

use bytes::Bytes;
use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY, RETRY_AFTER, VARY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use http::{Response, StatusCode, Version};
use http_body_util::Full;
use rand::Rng as _;

use crate::settings::Cors;

/// An answer in memory.
pub type Answer = Response<Full<Bytes>>;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
pub(crate) const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
/// The operation that is refused because the server has no behaviour for it (B65).
const NOT_IMPLEMENTED: HeaderName = HeaderName::from_static("x-taskform-not-implemented");
const RETRY_AFTER_MS: HeaderName = HeaderName::from_static("x-amz-retry-after");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Id of a request: a version-4 UUID from the thread's cryptographic generator (W2.2.1).
#[derive(Clone, Copy)]
pub struct RequestId([u8; 36]);

impl std::fmt::Debug for RequestId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl RequestId {
    /// A new one.
    #[must_use]
    pub fn new() -> Self {
        let mut bytes = [0; 16];
        rand::rng().fill_bytes(&mut bytes);
        let mut text = [0; 36];
        uuid::Builder::from_random_bytes(bytes).into_uuid().hyphenated().encode_lower(&mut text);
        Self(text)
    }

    /// 36 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a UUID is ASCII")
    }
}

impl Default for RequestId {
    fn default() -> Self {
        Self::new()
    }
}

/// An error answer, wherever it was made.
#[derive(Debug)]
pub struct Fault {
    /// HTTP status.
    pub status: u16,
    /// `x-amzn-ErrorType`.
    pub name: &'static str,
    /// A JSON object with `Message`.
    pub body: Bytes,
    /// When to try again, in milliseconds (W5.5).
    pub retry_after_ms: Option<u64>,
    /// Whether the connection is of no more use.
    pub close: bool,
    /// For the log.
    pub cause: Option<service::BoxError>,
    /// What the log says beyond the message, and with `--dev` the answer too.
    pub hint: Option<Box<str>>,
    /// Whether the shell produced it, before any operation ran.
    pub by_shell: bool,
    /// The operation that has no behaviour here (B65).
    pub not_implemented: Option<&'static str>,
}

impl Fault {
    /// An error of the shell.
    #[must_use]
    pub fn new(status: u16, name: &'static str, message: &str) -> Self {
        Self {
            status,
            name,
            body: message_json(message),
            retry_after_ms: None,
            close: false,
            cause: None,
            hint: None,
            by_shell: true,
            not_implemented: None,
        }
    }

    /// The same, after which the connection closes.
    #[must_use]
    pub fn closing(self) -> Self {
        Self { close: true, ..self }
    }

    /// The same, with a time to wait.
    #[must_use]
    pub fn after(self, retry_after_ms: u64) -> Self {
        Self { retry_after_ms: Some(retry_after_ms), ..self }
    }

    /// The same, with a hint that belongs in the log alone.
    #[must_use]
    pub fn hinting(self, hint: impl Into<Box<str>>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The same, with its hint in the answer: for `--dev`.
    #[must_use]
    pub fn with_hint_in_answer(self) -> Self {
        let Some(hint) = &self.hint else { return self };
        Self { body: message_json(&format!("{} ({hint})", self.message())), ..self }
    }

    /// What the body says.
    #[must_use]
    pub fn message(&self) -> String {
        let body = wire::json::parse(&self.body).unwrap_or_default();
        body.get("Message").and_then(wire::json::Json::as_str).unwrap_or_default().to_owned()
    }

    /// A bug: no detail for the client, the cause for the log.
    #[must_use]
    pub fn internal(cause: impl Into<service::BoxError>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(500, "InternalServiceException", "Internal error") }
    }

    /// 503, which every client tries again.
    #[must_use]
    pub fn unavailable(message: &str) -> Self {
        Self::new(503, "ServiceUnavailableException", message)
    }
}

impl From<sigv4::Refusal> for Fault {
    fn from(refusal: sigv4::Refusal) -> Self {
        Self::new(refusal.kind.status(), refusal.kind.name(), &refusal.message)
    }
}

impl From<service::Error> for Fault {
    /// A store that cannot do it now is no fault of ours or of the request: 503 says that nothing was changed and that it may be
    /// tried again (B62). What may have been committed stays 500.
    fn from(error: service::Error) -> Self {
        let source = error.source.as_ref().and_then(|source| source.downcast_ref::<store::Error>());
        if let Some(message) = source.and_then(store::Error::passing) {
            return Self { cause: error.source, by_shell: false, ..Self::unavailable(message) };
        }
        // Row 13 is decided before any behaviour.
        let by_shell = error.denied.is_some();
        Self {
            status: error.exception.status(),
            name: error.exception.name(),
            body: error.exception.to_json().into(),
            retry_after_ms: error.retry_after_ms,
            close: false,
            cause: error.source,
            hint: None,
            by_shell,
            not_implemented: None,
        }
    }
}

/// `{"Message":…}`, the one spelling of error texts (protocol 2.3, rules 2 and 5).
fn message_json(message: &str) -> Bytes {
    Bytes::from(serde_json::json!({ "Message": message }).to_string())
}

/// Status 200 with a JSON object.
#[must_use]
pub fn success(reply: service::Reply) -> Answer {
    let mut answer = Response::new(Full::new(reply.body));
    let headers = answer.headers_mut();
    // Those of the reply, those of every answer, and those that the library adds.
    headers.reserve(7);
    for (name, value) in reply.headers.iter() {
        // Printable ASCII by construction.
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    answer
}

/// The answer of a fault.
#[must_use]
pub fn failure(fault: &Fault, version: Version) -> Answer {
    let mut answer = Response::new(Full::new(fault.body.clone()));
    *answer.status_mut() = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = answer.headers_mut();
    headers.insert(ERROR_TYPE, HeaderValue::from_static(fault.name));
    if let Some(ms) = fault.retry_after_ms {
        headers.insert(RETRY_AFTER_MS, HeaderValue::from(ms));
        headers.insert(RETRY_AFTER, HeaderValue::from(ms.div_ceil(1_000)));
    }
    if let Some(name) = fault.not_implemented {
        headers.insert(NOT_IMPLEMENTED, HeaderValue::from_static(name));
    }
    if fault.close && version < Version::HTTP_2 {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    answer
}

/// What of a request's headers its answer depends on, in memory of its own, so that the rest can be freed before the answer
/// is made.
pub(crate) fn for_answer(headers: &HeaderMap) -> HeaderMap {
    /// No origin is longer.
    const ORIGIN_BYTES: usize = 1_024;
    let mut few = HeaderMap::new();
    if let Some(origin) = headers.get(ORIGIN).filter(|origin| origin.len() <= ORIGIN_BYTES) {
        few.insert(ORIGIN, HeaderValue::from_bytes(origin.as_bytes()).expect("it was a value before"));
    }
    few
}

/// What every answer has: request id, JSON unless it says otherwise, what keeps browsers from guessing its type and storing it
/// (B274), and the CORS headers when a browser asks (W2.2.1, W2.2.4).
pub fn complete(answer: &mut Answer, id: RequestId, request: &HeaderMap, cors: &Cors) {
    let no_content = answer.status() == StatusCode::NO_CONTENT;
    let headers = answer.headers_mut();
    headers.insert(REQUEST_ID, HeaderValue::from_bytes(&id.0).expect("a UUID is ASCII"));
    if !no_content && !headers.contains_key(CONTENT_TYPE) {
        headers.insert(CONTENT_TYPE, JSON);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        protect_page(headers);
    }
    if let Some(origin) = request.get(ORIGIN) {
        allow_origin(headers, origin, cors);
    }
}

/// What every page has (B274): it loads nothing that its own policy does not name, is framed by nobody, sends nobody its address,
/// and shares no process with pages of other origins.
fn protect_page(headers: &mut HeaderMap) {
    const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    for (name, value) in [
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

fn allow_origin(headers: &mut HeaderMap, origin: &HeaderValue, cors: &Cors) {
    match cors {
        Cors::Listed(origins) if origins.is_empty() => return,
        Cors::Any => headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        Cors::Listed(origins) => {
            headers.insert(VARY, HeaderValue::from_static("origin"));
            if !origins.iter().any(|o| o.as_bytes() == origin.as_bytes()) {
                return;
            }
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone())
        }
    };
    const EXPOSED: &str = "x-amzn-RequestId, x-amzn-ErrorType, x-amz-retry-after, x-task-template-version, x-taskform-warning, \
                           x-taskform-not-implemented, Retry-After, Date";
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
}

/// The answer to `OPTIONS`, which needs no signature (W2.2.4).
#[must_use]
pub fn preflight(request: &HeaderMap) -> Answer {
    const METHODS: HeaderValue = HeaderValue::from_static("GET, PUT, POST, DELETE, OPTIONS");
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    let headers = answer.headers_mut();
    headers.insert(http::header::ALLOW, METHODS);
    if request.contains_key(http::header::ACCESS_CONTROL_REQUEST_METHOD) {
        headers.insert(http::header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        let wanted = request.get(http::header::ACCESS_CONTROL_REQUEST_HEADERS);
        headers.insert(
            http::header::ACCESS_CONTROL_ALLOW_HEADERS,
            wanted.cloned().unwrap_or(HeaderValue::from_static("*")),
        );
        headers.insert(http::header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    }
    answer
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use store::{Cause, Error};

    use super::*;

    #[test]
    fn test_b62_a_store_that_cannot_now_is_503_and_an_unknown_outcome_500() {
        let source = || -> Cause { Arc::new(std::io::Error::other("secret")) };
        let detail = || "secret".to_owned();
        let later = [
            (Error::Down { source: source() }, "reached"),
            (Error::Busy { detail: detail() }, "busy"),
            (Error::Full { source: source() }, "space"),
            (Error::ReadOnly { detail: detail() }, "written"),
            (Error::Closed, "shutting down"),
        ];
        for (error, word) in later {
            let (text, fault) = (error.to_string(), Fault::from(service::Error::from(error)));
            let body = String::from_utf8(fault.body.to_vec()).unwrap();
            assert_eq!((fault.status, fault.name, fault.by_shell), (503, "ServiceUnavailableException", false));
            assert!(body.contains(word) && body.contains("Try again") && !body.contains("secret"), "{body}");
            assert_eq!(fault.cause.unwrap().to_string(), text, "the log says what it was");
        }
        let broken = Error::Broken { table: "contact", id: String::new(), detail: detail() };
        for error in [Error::Uncertain { source: source() }, Error::Io { source: source() }, broken] {
            let fault = Fault::from(service::Error::from(error));
            assert_eq!((fault.status, fault.name), (500, "InternalServiceException"));
            assert!(fault.cause.is_some());
        }
    }
}
