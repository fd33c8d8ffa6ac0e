//! One request and its answer, free of HTTP.

use bytes::Bytes;
use engine::policy::Grants;
use wire::{Labels, Op};

/// Who calls, as the signature proved.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account that the access key belongs to, 12 digits.
    pub account: String,
    /// The id of the access key.
    pub access_key_id: String,
    /// ARN of the principal, for messages of refusal.
    pub arn: String,
    /// What the key may do.
    pub grants: Grants,
}

/// One request, after routing and authentication.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// Which operation.
    pub op: Op,
    /// Decoded path labels.
    pub labels: &'a Labels,
    /// Raw query, without `?`.
    pub query: &'a str,
    /// Body bytes as received.
    pub body: &'a [u8],
    /// Who calls.
    pub caller: &'a Caller,
    /// The time of the request, epoch milliseconds, read once.
    pub now_ms: i64,
    /// Id of the request, for logs.
    pub request_id: &'a str,
}

/// A successful answer: status 200, a JSON object (protocol W2.1.1).
#[derive(Clone, Debug)]
pub struct Reply {
    /// The JSON object.
    pub body: Bytes,
    /// The version of the task template that the answer holds; the API has no member for it, so it is to be told beside
    /// the body (task-templates 1.2.6).
    pub template_version: Option<i64>,
}
