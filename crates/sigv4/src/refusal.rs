//! Why a request was refused: the names, statuses and texts of protocol 3.2.

use std::fmt;

/// The name a refusal carries in `x-amzn-ErrorType` (protocol 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Row 1: nothing was presented.
    MissingAuthenticationToken,
    /// Rows 2 to 5: what was presented has the wrong form.
    IncompleteSignature,
    /// Rows 6 to 9 and 12: time, scope or signature is wrong.
    InvalidSignature,
    /// Row 10: unknown or disabled key, unknown or missing session token.
    UnrecognizedClient,
    /// Row 11: the session is over.
    ExpiredToken,
    /// W3.1.2 and W3.4.4: a form of authentication this service does not take.
    InvalidRequest,
}

impl Kind {
    /// The value of `x-amzn-ErrorType`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MissingAuthenticationToken => "MissingAuthenticationTokenException",
            Self::IncompleteSignature => "IncompleteSignatureException",
            Self::InvalidSignature => "InvalidSignatureException",
            Self::UnrecognizedClient => "UnrecognizedClientException",
            Self::ExpiredToken => "ExpiredTokenException",
            Self::InvalidRequest => "InvalidRequestException",
        }
    }

    /// The HTTP status: 403, or 400 for [`Kind::InvalidRequest`].
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::InvalidRequest => 400,
            _ => 403,
        }
    }
}

/// A refused request: name and text for the caller.
///
/// The text may repeat what the caller sent (row 2), so it belongs in the answer and not in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Name and status.
    pub kind: Kind,
    /// Text for the caller.
    pub message: String,
}

impl Refusal {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// Row 1.
    #[must_use]
    pub fn missing() -> Self {
        Self::new(Kind::MissingAuthenticationToken, "Missing Authentication Token")
    }

    /// Row 10: also for a session token that is missing, unknown or not the key's.
    #[must_use]
    pub fn unrecognized() -> Self {
        Self::new(Kind::UnrecognizedClient, "The security token included in the request is invalid.")
    }

    /// Row 11.
    #[must_use]
    pub fn expired() -> Self {
        Self::new(Kind::ExpiredToken, "The security token included in the request is expired")
    }

    /// Row 12.
    #[must_use]
    pub fn mismatch() -> Self {
        Self::new(
            Kind::InvalidSignature,
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
             Access Key and signing method. Consult the service documentation for details.",
        )
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.name(), self.message)
    }
}

impl std::error::Error for Refusal {}

/// The longest piece of the caller's own text that an answer repeats, in characters.
const ECHO_MAX: usize = 256;

/// Cuts what is repeated to the caller, so that a huge header does not come back whole.
pub(crate) fn echo(text: &str) -> &str {
    match text.char_indices().nth(ECHO_MAX) {
        Some((at, _)) => &text[..at],
        None => text,
    }
}
