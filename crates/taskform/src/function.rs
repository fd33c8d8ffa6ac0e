//! Functions that flows call, as HTTP endpoints (flows 7.4.1 to 7.4.5).
//!
//! The payload is posted as it is, which is also how AWS's own emulator of the Lambda runtime wants it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Uri};
use rand::RngExt as _;
use serde_json::Value;
use service::{FunctionCall, Functions};

use crate::outgoing::{Answer, Longer, Outgoing, Target};

/// Tries after the first, for an endpoint that is busy or broken (flows 7.4.4).
const RETRIES: u32 = 3;

/// Wait before the first of them; each further one waits twice as long, plus a random part of at most a quarter of
/// that.
const PAUSE: Duration = Duration::from_millis(100);

/// The longest answer, bytes (flows 7.4.3).
const ANSWER_BYTES: usize = 32 * 1024;

/// Whether the caller waits for the answer.
const INVOCATION: HeaderName = HeaderName::from_static("x-amz-invocation-type");

/// The same for a retry after a crash (flows 9.1): a function may drop what it has done already.
const TOKEN: HeaderName = HeaderName::from_static("taskform-token");

/// Set by an endpoint whose function failed, beside status 200.
const FUNCTION_ERROR: &str = "x-amz-function-error";

/// Functions by ARN.
#[derive(Debug)]
pub struct Endpoints {
    targets: BTreeMap<String, Target>,
    client: Outgoing,
}

impl Endpoints {
    /// Calls go to these targets.
    #[must_use]
    pub fn new(targets: BTreeMap<String, Target>, client: Outgoing) -> Self {
        Self { targets, client }
    }

    /// The last answer, or why there was none.
    async fn answer(
        &self,
        target: &Uri,
        payload: &Bytes,
        deadline: Instant,
        headers: &[(HeaderName, HeaderValue)],
    ) -> Result<Answer, String> {
        let mut tried = 0;
        loop {
            let limit = deadline.saturating_duration_since(Instant::now());
            let most = (ANSWER_BYTES, Longer::Fails);
            let answer = self.client.post(target, "application/json", headers, payload.clone(), limit, most).await;
            let answer = answer.map_err(|error| error.to_string())?;
            if !matches!(answer.status, 429 | 500..) {
                return Ok(answer);
            }
            let pause = PAUSE * 2_u32.pow(tried);
            let pause = pause + pause.mul_f64(rand::rng().random_range(0.0..0.25));
            if tried == RETRIES || Instant::now() + pause >= deadline {
                return Err(format!("status {} after {} tries", answer.status, tried + 1));
            }
            tokio::time::sleep(pause).await;
            tried += 1;
        }
    }

    async fn outcome(
        &self,
        arn: &str,
        payload: String,
        limit: Duration,
        asynchronous: bool,
        token: &str,
    ) -> Result<Value, String> {
        let target = self.targets.get(arn).ok_or("no endpoint is set for it")?;
        let kind = if asynchronous { "Event" } else { "RequestResponse" };
        let token = HeaderValue::from_str(token).map_err(|error| error.to_string())?;
        let headers = [(INVOCATION, HeaderValue::from_static(kind)), (TOKEN, token)];
        let answer = self.answer(target, &Bytes::from(payload), Instant::now() + limit, &headers).await?;
        if !(200..300).contains(&answer.status) {
            return Err(format!("status {}", answer.status));
        }
        if asynchronous {
            return Ok(Value::Null);
        }
        if answer.headers.contains_key(FUNCTION_ERROR) {
            return Err("the function failed".to_owned());
        }
        serde_json::from_slice(&answer.body).map_err(|error| format!("the answer is no JSON: {error}"))
    }
}

impl Functions for Endpoints {
    fn call<'a>(
        &'a self,
        arn: &'a str,
        payload: String,
        limit: Duration,
        asynchronous: bool,
        token: &'a str,
    ) -> FunctionCall<'a> {
        Box::pin(async move {
            let outcome = self.outcome(arn, payload, limit, asynchronous, token).await;
            outcome.map_err(|error| tracing::warn!(function = arn, error, "a flow's call of a function failed")).ok()
        })
    }
}
