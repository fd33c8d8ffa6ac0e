//! A signature that passed the structural checks, and its verification (protocol 3.1).

use std::borrow::Cow;

use crate::canonical::{Scratch, write_request};
use crate::key::{hex, same, sha256};
use crate::{ALGORITHM, Head, Headers, Kind, Refusal, SigningKey};

/// What the caller claims: a key id, a scope, a time and a signature over the request.
///
/// It passed rows 1 to 9 of protocol 3.2; nothing in it is proven before [`Claim::verify`].
#[derive(Clone)]
pub struct Claim<'a> {
    pub(crate) credential: Cow<'a, str>,
    /// Ends of the first four parts of `credential`.
    pub(crate) cuts: [usize; 4],
    pub(crate) stamp: Cow<'a, str>,
    pub(crate) signed_at: i64,
    pub(crate) signed_headers: Cow<'a, str>,
    pub(crate) signature: Cow<'a, str>,
    pub(crate) token: Option<Cow<'a, str>>,
    pub(crate) presigned: bool,
    pub(crate) payload: Payload<'a>,
}

/// Without signature and session token.
impl std::fmt::Debug for Claim<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { credential, stamp, signed_headers, presigned, .. } = self;
        let mut shown = f.debug_struct("Claim");
        shown.field("credential", credential).field("stamp", stamp).field("signed_headers", signed_headers);
        shown.field("presigned", presigned).finish_non_exhaustive()
    }
}

/// What the request says about its body (3.1 step 6, W3.1.2).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Payload<'a> {
    /// No header: the digest of the received bytes counts.
    Received,
    /// The digest as written, and as a number.
    Digest(&'a str, [u8; 32]),
    /// `UNSIGNED-PAYLOAD`.
    Unsigned,
}

impl Claim<'_> {
    /// The access key id; not known to exist.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.credential[..self.cuts[0]]
    }

    /// Day of the scope, `YYYYMMDD`.
    #[must_use]
    pub fn date(&self) -> &str {
        &self.credential[self.cuts[0] + 1..self.cuts[1]]
    }

    /// Region of the scope; one of the accepted ones.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.credential[self.cuts[1] + 1..self.cuts[2]]
    }

    /// Service of the scope; the accepted one.
    #[must_use]
    pub fn service(&self) -> &str {
        &self.credential[self.cuts[2] + 1..self.cuts[3]]
    }

    /// The session token, if one was sent.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Time of the signature, milliseconds since 1970.
    #[must_use]
    pub fn signed_at_ms(&self) -> i64 {
        self.signed_at * 1_000
    }

    /// Whether the signature came in the query (3.4).
    #[must_use]
    pub fn is_presigned(&self) -> bool {
        self.presigned
    }

    /// The digest that the signature must cover (3.1 step 6). It does not depend on how the head is read, so one serves
    /// several calls of [`Claim::fits`].
    #[must_use]
    pub fn digest_of(&self, body: &[u8]) -> BodyDigest {
        match self.payload {
            Payload::Received if body.is_empty() => BodyDigest::new(EMPTY.as_bytes(), true),
            Payload::Received => BodyDigest::new(&hex(&sha256(body)), true),
            Payload::Unsigned => BodyDigest::new(UNSIGNED.as_bytes(), true),
            Payload::Digest(text, digest) => BodyDigest::new(text.as_bytes(), same(&sha256(body), &digest)),
        }
    }

    /// Whether the signature covers `head` and a body of that digest; compared in constant time.
    ///
    /// Whether the digest is that of the body is not asked here: see [`BodyDigest::check`].
    pub fn fits<H: Headers + ?Sized>(
        &self,
        head: &Head<'_, H>,
        digest: &BodyDigest,
        key: &SigningKey,
        scratch: &mut Scratch,
    ) -> bool {
        if !write_request(scratch, head, &self.signed_headers, self.presigned) {
            return false;
        }
        scratch.out.extend_from_slice(digest.text());
        self.is_of(key, scratch)
    }

    /// Compares the presented signature with the right one in constant time.
    ///
    /// For an unknown access key call it with any key and discard the answer, so that both cases take the same time
    /// (W3.2.2).
    ///
    /// # Errors
    /// Row 12; or `InvalidSignatureException` when `x-amz-content-sha256` is not the digest of `body` (W3.1.2).
    pub fn verify<H: Headers + ?Sized>(
        &self,
        head: &Head<'_, H>,
        body: &[u8],
        key: &SigningKey,
        scratch: &mut Scratch,
    ) -> Result<(), Refusal> {
        let digest = self.digest_of(body);
        let fits = self.fits(head, &digest, key, scratch);
        digest.check()?;
        if fits { Ok(()) } else { Err(Refusal::mismatch()) }
    }

    /// Compares with the signature of the canonical request in `scratch`, which is overwritten. As text: a signature in
    /// capitals is none.
    pub(crate) fn is_of(&self, key: &SigningKey, scratch: &mut Scratch) -> bool {
        self.write_string_to_sign(scratch);
        same(&hex(&key.mac(&scratch.out)), self.signature.as_bytes())
    }

    /// Step 7: the string to sign in the place of the canonical request.
    pub(crate) fn write_string_to_sign(&self, scratch: &mut Scratch) {
        let digest = sha256(&scratch.out);
        string_to_sign(&mut scratch.out, &self.stamp, &self.credential[self.cuts[0] + 1..], &digest);
    }
}

/// The last line of the canonical request: 64 hex digits or `UNSIGNED-PAYLOAD`.
#[derive(Clone, Copy, Debug)]
pub struct BodyDigest {
    text: [u8; 64],
    len: usize,
    is_right: bool,
}

impl BodyDigest {
    /// `text` has at most 64 bytes.
    pub(crate) fn new(text: &[u8], is_right: bool) -> Self {
        let mut bytes = [0; 64];
        bytes[..text.len()].copy_from_slice(text);
        Self { text: bytes, len: text.len(), is_right }
    }

    pub(crate) fn text(&self) -> &[u8] {
        &self.text[..self.len]
    }

    /// W3.1.2.
    ///
    /// # Errors
    /// `InvalidSignatureException` when `x-amz-content-sha256` is not the digest of the body that was received.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.is_right {
            return Ok(());
        }
        let text = "The value of 'X-Amz-Content-Sha256' is not the SHA-256 digest of the received body.";
        Err(Refusal::new(Kind::InvalidSignature, text))
    }
}

/// The digest of no bytes: most requests have no body.
pub(crate) const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// The marker of W3.1.2.
pub(crate) const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

pub(crate) fn string_to_sign(out: &mut Vec<u8>, stamp: &str, scope: &str, request_digest: &[u8; 32]) {
    out.clear();
    for part in [ALGORITHM, stamp, scope] {
        out.extend_from_slice(part.as_bytes());
        out.push(b'\n');
    }
    out.extend_from_slice(&hex(request_digest));
}
