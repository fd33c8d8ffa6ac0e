//! Signing, for tests, load generators and the program's own client commands.

use crate::canonical::{Scratch, push_encoded, write_request};
use crate::claim::string_to_sign;
use crate::key::{hex, sha256};
use crate::{ALGORITHM, Head, Headers, SigningKey};

/// Who signs, and for what.
#[derive(Clone, Copy, Debug)]
pub struct Credential<'a> {
    /// Access key id.
    pub access_key_id: &'a str,
    /// Region of the scope.
    pub region: &'a str,
    /// Service of the scope, `connect`.
    pub service: &'a str,
    /// Time of the signature as `YYYYMMDDTHHMMSSZ`; must equal the `x-amz-date` header when there is one.
    pub stamp: &'a str,
}

impl Credential<'_> {
    fn scope(&self) -> String {
        let date = self.stamp.get(..8).unwrap_or(self.stamp);
        format!("{date}/{}/{}/aws4_request", self.region, self.service)
    }
}

/// The value of `Authorization` for a request; `signed_headers` is the sorted, lower-case list joined with `;`.
#[must_use]
pub fn sign_header<H: Headers + ?Sized>(
    head: &Head<'_, H>,
    body: &[u8],
    signed_headers: &str,
    who: &Credential<'_>,
    key: &SigningKey,
) -> String {
    let mut scratch = Scratch::default();
    write_request(&mut scratch, head, signed_headers, false);
    let mut stated = None;
    head.headers.each("x-amz-content-sha256", &mut |v| stated = Some(v));
    match stated {
        Some(text) => scratch.out.extend_from_slice(text),
        None => scratch.out.extend_from_slice(&hex(&sha256(body))),
    }
    let signature = finish(scratch, who, key);
    let (id, scope) = (who.access_key_id, who.scope());
    format!("{ALGORITHM} Credential={id}/{scope}, SignedHeaders={signed_headers}, Signature={signature}")
}

/// The whole query of a presigned GET (W3.4.1), signed over `host` alone; `expires` in seconds.
#[must_use]
pub fn sign_query<H: Headers + ?Sized>(
    head: &Head<'_, H>,
    expires: u32,
    token: Option<&str>,
    who: &Credential<'_>,
    key: &SigningKey,
) -> String {
    let encoded = |text: &str| {
        let mut out = Vec::new();
        push_encoded(&mut out, text.as_bytes());
        String::from_utf8(out).expect("percent-encoded text is ASCII")
    };
    let mut query = head.query.to_owned();
    if !query.is_empty() {
        query.push('&');
    }
    let credential = encoded(&format!("{}/{}", who.access_key_id, who.scope()));
    query += &format!("X-Amz-Algorithm={ALGORITHM}&X-Amz-Credential={credential}&X-Amz-Date={}", who.stamp);
    query += &format!("&X-Amz-Expires={expires}&X-Amz-SignedHeaders=host");
    if let Some(token) = token {
        query += &format!("&X-Amz-Security-Token={}", encoded(token));
    }
    let mut scratch = Scratch::default();
    let head = Head { method: head.method, path: head.path, query: &query, headers: head.headers };
    write_request(&mut scratch, &head, "host", true);
    scratch.out.extend_from_slice(&hex(&sha256(b"")));
    let signature = finish(scratch, who, key);
    query + "&X-Amz-Signature=" + &signature
}

fn finish(mut scratch: Scratch, who: &Credential<'_>, key: &SigningKey) -> String {
    let digest = sha256(&scratch.out);
    string_to_sign(&mut scratch.out, who.stamp, &who.scope(), &digest);
    String::from_utf8(hex(&key.mac(&scratch.out)).to_vec()).expect("hex is ASCII")
}
