//! Verification of AWS Signature Version 4, in header and presigned-query form (protocol 3.1 to 3.4).
//!
//! What belongs here: parsing what a caller presents, the checks of protocol 3.2 in their order and with their
//! texts, the canonical form, the derived key and the comparison. What does not: looking keys up, clocks, HTTP
//! types. Time, keys and the request are arguments, so every row can be tested as a table.
//!
//! ```
//! # use sigv4::{Head, Rules, Scratch, SigningKey};
//! # fn show(head: &Head<'_, Vec<(String, String)>>, body: &[u8], now_ms: i64) -> Result<(), sigv4::Refusal> {
//! let regions = ["us-east-1".to_owned()];
//! let rules = Rules { services: &["connect"], regions: &regions, presigned: true, unsigned_payload: false };
//! let claim = sigv4::check(head, &rules, now_ms)?; // rows 1 to 9
//! let key = SigningKey::derive("the secret of claim.access_key_id()", claim.date(), claim.region(), claim.service());
//! claim.verify(head, body, &key, &mut Scratch::default()) // row 12
//! # }
//! ```

mod canonical;
mod check;
mod claim;
mod diagnose;
mod key;
mod presented;
mod refusal;
mod sign;
mod split;
mod stamp;

pub use canonical::Scratch;
pub use check::{Rules, check};
pub use claim::{BodyDigest, Claim};
pub use diagnose::{Alternative, Alternatives, Cause, Diagnosis, Part};
pub use key::SigningKey;
pub use refusal::{Kind, Refusal};
pub use sign::{Credential, sign_header, sign_query};
pub use stamp::{format_stamp, parse_stamp};

/// The only algorithm spoken here.
pub const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// Header values of one request, in whatever container the caller keeps them.
pub trait Headers {
    /// Calls `each` with every value of the header `name` (lower-case), in the order received.
    ///
    /// Over HTTP/2 the `:authority` pseudo-header must show up as `host` (W1.2.1).
    fn each<'a>(&'a self, name: &str, each: &mut dyn FnMut(&'a [u8]));
}

impl Headers for Vec<(String, String)> {
    fn each<'a>(&'a self, name: &str, each: &mut dyn FnMut(&'a [u8])) {
        for (_, value) in self.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name)) {
            each(value.as_bytes());
        }
    }
}

/// Headers of which one has another value: for a request that is read as its sender signed it.
#[derive(Debug)]
pub struct WithHeader<'h, H: ?Sized> {
    /// The headers as received.
    pub headers: &'h H,
    /// Name of the one that differs, lower-case.
    pub name: &'h str,
    /// The value in the place of those received; `None` leaves them.
    pub value: Option<&'h str>,
}

impl<H: Headers + ?Sized> Headers for WithHeader<'_, H> {
    fn each<'a>(&'a self, name: &str, each: &mut dyn FnMut(&'a [u8])) {
        match self.value {
            Some(value) if name == self.name => each(value.as_bytes()),
            _ => self.headers.each(name, each),
        }
    }
}

/// The signed part of a request besides its body.
#[derive(Debug)]
pub struct Head<'a, H: ?Sized> {
    /// Method, upper-case.
    pub method: &'a str,
    /// Path as received: still percent-encoded, without query, with any base path (W3.1.4).
    pub path: &'a str,
    /// Query as received, without the question mark; empty when there is none.
    pub query: &'a str,
    /// Headers as received.
    pub headers: &'a H,
}
