//! Reading what the caller presents: the `Authorization` header or the query parameters (rows 1 to 3).

use std::borrow::Cow;

use crate::canonical::decode;
use crate::refusal::echo;
use crate::split::{once, parts};
use crate::{ALGORITHM, Head, Headers, Kind, Refusal};

/// Everything a signature consists of, still unchecked.
pub(crate) struct Presented<'a> {
    pub(crate) credential: Cow<'a, str>,
    pub(crate) signed_headers: Cow<'a, str>,
    pub(crate) signature: Cow<'a, str>,
    /// The time as written, from header or query.
    pub(crate) stamp: Cow<'a, str>,
    pub(crate) token: Option<Cow<'a, str>>,
    /// `X-Amz-Expires` as written; `None` in the header form.
    pub(crate) expires: Option<Cow<'a, str>>,
}

/// Finds the form in use and reads it (rows 1 to 3, W3.4.3, W3.4.4).
pub(crate) fn read<'a, H: Headers + ?Sized>(head: &Head<'a, H>, presigned: bool) -> Result<Presented<'a>, Refusal> {
    let header = only(head.headers, "authorization").map_err(|()| {
        Refusal::new(Kind::IncompleteSignature, "Authorization header must be given once and as text.")
    })?;
    let in_query = has_algorithm(head.query);
    match header {
        Some(_) if in_query => Err(Refusal::new(
            Kind::InvalidRequest,
            "Use either the Authorization header or query-string authentication, not both.",
        )),
        Some(header) => read_header(head, header),
        None if in_query && presigned && head.method == "GET" => read_query(head.query),
        None => Err(Refusal::missing()),
    }
}

/// The single value of a header; an error when there are several or it is no UTF-8.
pub(crate) fn only<'a, H: Headers + ?Sized>(headers: &'a H, name: &str) -> Result<Option<&'a str>, ()> {
    let mut found = None;
    let mut several = false;
    headers.each(name, &mut |value| several |= found.replace(value).is_some());
    match found {
        _ if several => Err(()),
        None => Ok(None),
        Some(value) => std::str::from_utf8(value).map(Some).map_err(drop),
    }
}

fn has_algorithm(query: &str) -> bool {
    !query.is_empty()
        && parts(query, b'&').any(|part| &*decode(once(part, b'=').map_or(part, |p| p.0)) == b"X-Amz-Algorithm")
}

fn read_header<'a, H: Headers + ?Sized>(head: &Head<'a, H>, header: &'a str) -> Result<Presented<'a>, Refusal> {
    let incomplete = |message: String| Refusal::new(Kind::IncompleteSignature, message);
    let (algorithm, rest) = once(header.trim(), b' ').unwrap_or((header.trim(), ""));
    let (mut credential, mut signature, mut signed_headers) = (None, None, None);
    for part in parts(rest, b',').map(str::trim).filter(|p| !p.is_empty()) {
        let Some((name, value)) = once(part, b'=') else {
            return Err(incomplete(format!(
                "'{}' not a valid key=value pair (missing equal-sign) in Authorization header: '{}'.",
                echo(part),
                echo(header)
            )));
        };
        let slot = match name.trim_end() {
            "Credential" => &mut credential,
            "Signature" => &mut signature,
            "SignedHeaders" => &mut signed_headers,
            _ => continue,
        };
        if slot.replace(value.trim_start()).is_some() {
            return Err(incomplete(format!("Authorization header has more than one '{}' parameter.", name.trim_end())));
        }
    }
    let stamp = match only(head.headers, "x-amz-date") {
        Ok(None) => only(head.headers, "date"),
        found => found,
    };
    if let (Some(credential), Some(signature), Some(signed_headers), Ok(Some(stamp))) =
        (credential, signature, signed_headers, stamp)
        && algorithm == ALGORITHM
    {
        let token = only(head.headers, "x-amz-security-token").map_err(|()| Refusal::unrecognized())?;
        return Ok(Presented {
            credential: credential.into(),
            signed_headers: signed_headers.into(),
            signature: signature.into(),
            stamp: stamp.into(),
            token: token.map(Cow::from),
            expires: None,
        });
    }
    let mut text = String::new();
    for (name, value) in [("Credential", credential), ("Signature", signature), ("SignedHeaders", signed_headers)] {
        if value.is_none() {
            text.push_str(&format!("Authorization header requires '{name}' parameter. "));
        }
    }
    match stamp {
        Ok(Some(_)) => {}
        Ok(None) => {
            text.push_str("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        }
        Err(()) => text.push_str("The 'X-Amz-Date' or 'Date' header must be given once and as text. "),
    }
    if text.is_empty() {
        text = format!("Authorization header requires the algorithm '{ALGORITHM}'. ");
    }
    Err(incomplete(format!("{text}Authorization={}", echo(algorithm))))
}

/// The parameters of W3.4.1 besides the algorithm, in the order in which missing ones are named.
const PARAMETERS: [&str; 6] = [
    "X-Amz-Credential",
    "X-Amz-Signature",
    "X-Amz-SignedHeaders",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-Security-Token",
];

fn read_query(query: &str) -> Result<Presented<'_>, Refusal> {
    let incomplete = |message: String| Refusal::new(Kind::IncompleteSignature, message);
    let mut found: [Option<Cow<'_, str>>; 6] = [const { None }; 6];
    let mut algorithm = None;
    for part in parts(query, b'&') {
        let (name, value) = once(part, b'=').unwrap_or((part, ""));
        let name = decode(name);
        let index = PARAMETERS.iter().position(|p| p.as_bytes() == &*name);
        let slot = match index {
            Some(index) => &mut found[index],
            None if &*name == b"X-Amz-Algorithm" => &mut algorithm,
            None => continue,
        };
        let value = match decode(value) {
            Cow::Borrowed(_) => Some(Cow::Borrowed(value)),
            Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
        };
        if slot.is_some() || value.is_none() {
            let name = index.map_or("X-Amz-Algorithm", |i| PARAMETERS[i]);
            return Err(incomplete(format!("Query-string parameter '{name}' must be given once and as text.")));
        }
        *slot = value;
    }
    if algorithm.as_deref() != Some(ALGORITHM) {
        return Err(incomplete(format!("Query-string parameter 'X-Amz-Algorithm' must be '{ALGORITHM}'.")));
    }
    match found {
        [Some(credential), Some(signature), Some(signed_headers), Some(stamp), Some(expires), token] => {
            Ok(Presented { credential, signed_headers, signature, stamp, token, expires: Some(expires) })
        }
        found => {
            let missing = PARAMETERS.iter().zip(&found).take(5).filter(|(_, value)| value.is_none());
            let text: String =
                missing.map(|(name, _)| format!("AWS query-string parameters must include '{name}'. ")).collect();
            Err(incomplete(text + "Re-examine the query-string parameters."))
        }
    }
}
