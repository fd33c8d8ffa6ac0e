//! A receiver over HTTP: one POST for each event and record, in CloudEvents 1.0 (structured mode), signed.
//!
//! Contacts are delivered concurrently, the rows of one contact one after the other.

use std::collections::HashMap;
use std::fmt::Write;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{HeaderName, HeaderValue};
use serde_json::json;
use service::{Delivery, Failure, Sink};
use sha2::Sha256;
use store::OutboxRow;

use crate::clock::{Clock, date_ms};
use crate::outgoing::{Longer, Outgoing, Target};
use crate::settings::{Identity, SecretText, WebhookSettings};

/// The header of the signature: `t=SECONDS,v1=HEX`, one `v1` for each secret.
pub const SIGNATURE: HeaderName = HeaderName::from_static("taskform-signature");

/// Contacts delivered concurrently.
const AT_ONCE: usize = 16;

/// Rows of one round.
const ROWS: usize = 256;

/// No request of a round starts later than this after its begin, so that what was delivered is soon recorded.
const ROUND_TIME: Duration = Duration::from_secs(10);

/// How much of an answer's text is kept with a failure, bytes.
const ANSWER_BYTES: usize = 300;

/// Posts to one address.
#[derive(Debug)]
pub struct Webhook {
    name: String,
    target: Target,
    secrets: Vec<SecretText>,
    limit: Duration,
    /// ARN of an instance without its id.
    source: String,
    client: Outgoing,
    clock: Clock,
}

impl Webhook {
    /// A receiver that has `limit` for each answer.
    #[must_use]
    pub fn new(settings: &WebhookSettings, limit: Duration, identity: &Identity, client: Outgoing) -> Self {
        let Identity { partition, region, account, .. } = identity;
        Self {
            name: settings.name.clone(),
            target: settings.target.clone(),
            secrets: settings.secrets.clone(),
            limit,
            source: format!("arn:{}:connect:{region}:{account}:instance/", partition.as_str()),
            client,
            clock: Clock::system(),
        }
    }

    /// The CloudEvent of a row. Its id is the same each time that the row is delivered.
    fn event(&self, row: &OutboxRow) -> String {
        let kind = if row.kind == "RECORD" { "taskform.contact.record" } else { "taskform.contact.event" };
        let mut text = json!({
            "specversion": "1.0",
            "id": format!("{}/{}", row.contact_id, row.sequence),
            "source": format!("{}{}", self.source, row.instance_id),
            "type": kind,
            "subject": row.contact_id,
            "time": date_ms(row.created_ms),
            "datacontenttype": "application/json",
        })
        .to_string();
        text.pop();
        text.push_str(",\"data\":");
        text.push_str(&row.body);
        text.push('}');
        text
    }

    async fn post(&self, row: &OutboxRow) -> Result<(), Failure> {
        let body = Bytes::from(self.event(row));
        let seconds = self.clock.now_ms().div_euclid(1_000);
        let mut headers = Vec::new();
        if !self.secrets.is_empty() {
            let mut value = format!("t={seconds}");
            for secret in &self.secrets {
                let _ = write!(value, ",v1={}", sign(secret.expose(), seconds, &body));
            }
            let value = HeaderValue::try_from(value).map_err(|e| Failure::Refused(e.to_string()))?;
            headers.push((SIGNATURE, value));
        }
        let (kind, most) = ("application/cloudevents+json", (ANSWER_BYTES, Longer::Cut));
        let answer = self.client.post(&self.target, kind, &headers, body, self.limit, most).await;
        let answer = answer.map_err(|error| Failure::Unavailable(error.to_string()))?;
        if (200..300).contains(&answer.status) {
            return Ok(());
        }
        let text = format!("status {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
        let text = text.trim_end_matches([':', ' ', '\n', '\r']).to_owned();
        // Busy, or broken for now. Any other failure means that the address or the receiver is the wrong one.
        Err(match answer.status {
            408 | 425 | 429 | 500.. => Failure::Unavailable(text),
            _ => Failure::Refused(text),
        })
    }

    /// The rows of one contact up to the first that fails, with their indexes among all.
    async fn contact(&self, rows: Vec<(usize, &OutboxRow)>, begun: Instant) -> Vec<(usize, Result<(), Failure>)> {
        let mut answers = Vec::with_capacity(rows.len());
        for (place, row) in rows {
            if begun.elapsed() > ROUND_TIME {
                break;
            }
            let answer = self.post(row).await;
            let failed = answer.is_err();
            answers.push((place, answer));
            if failed {
                break;
            }
        }
        answers
    }
}

impl Sink for Webhook {
    fn name(&self) -> &str {
        &self.name
    }

    fn rows_at_once(&self) -> usize {
        ROWS
    }

    fn deliver<'a>(&'a self, rows: &'a [OutboxRow]) -> Delivery<'a> {
        Box::pin(async move {
            let begun = Instant::now();
            let mut places: HashMap<&str, usize> = HashMap::new();
            let mut contacts: Vec<Vec<(usize, &OutboxRow)>> = Vec::new();
            for (place, row) in rows.iter().enumerate() {
                let contact = *places.entry(row.contact_id.as_str()).or_insert_with(|| {
                    contacts.push(Vec::new());
                    contacts.len() - 1
                });
                contacts[contact].push((place, row));
            }
            let mut answers = vec![Err(Failure::NotTried); rows.len()];
            // Created before they run: the bounds of a borrowing closure would be too strict for the stream.
            let all: Vec<_> = contacts.into_iter().map(|rows| self.contact(rows, begun)).collect();
            let mut done = stream::iter(all).buffer_unordered(AT_ONCE);
            while let Some(some) = done.next().await {
                for (place, answer) in some {
                    answers[place] = answer;
                }
            }
            answers
        })
    }
}

/// Hex of HMAC-SHA256 under `secret` over `SECONDS.BODY`.
#[must_use]
pub fn sign(secret: &str, seconds: i64, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(body);
    base16ct::lower::encode_string(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_the_standard() {
        // From Python: hmac.new(b"secret", b'1768478430.{"a":1}', hashlib.sha256).hexdigest()
        let expected = "3dfe5b12aae05996d6bac9e76aa3abb25ae15b7322006c1c0de6933355d761e6";
        assert_eq!(sign("secret", 1_768_478_430, b"{\"a\":1}"), expected);
        assert_ne!(sign("secret", 1, b"x"), sign("secret", 2, b"x"));
        assert_ne!(sign("secret", 1, b"x"), sign("other", 1, b"x"));
    }
}
