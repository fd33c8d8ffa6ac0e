//! Rows 1 to 9 of protocol 3.2, in that order.

use std::borrow::Cow;

use crate::claim::{Claim, Payload, UNSIGNED};
use crate::key::parse_hex;
use crate::presented::{Presented, only, read};
use crate::refusal::echo;
use crate::split::parts;
use crate::stamp::{format_stamp, parse_stamp};
use crate::{Head, Headers, Kind, Refusal};

/// What this server accepts.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// Signing names; the first is the one that a refusal names.
    pub services: &'a [&'a str],
    /// Accepted regions (W8.1).
    pub regions: &'a [String],
    /// Whether a signature in the query is taken (W3.4.3).
    pub presigned: bool,
    /// Whether `UNSIGNED-PAYLOAD` is taken (W3.1.2): over TLS or by setting.
    pub unsigned_payload: bool,
}

/// Tolerance between the clocks, in seconds (rows 7 and 8).
const SKEW: i64 = 5 * 60;

/// Longest lifetime of a presigned request, in seconds (W3.4.2).
const MAX_EXPIRES: i64 = 604_800;

/// Reads the signature of a request and checks everything that needs no key: rows 1 to 9.
///
/// # Errors
/// The first row that applies, with its name and text.
pub fn check<'a, H: Headers + ?Sized>(
    head: &Head<'a, H>,
    rules: &Rules<'_>,
    now_ms: i64,
) -> Result<Claim<'a>, Refusal> {
    let presented = read(head, rules.presigned)?;
    let Some(signed_at) = parse_stamp(&presented.stamp) else {
        return Err(Refusal::new(
            Kind::IncompleteSignature,
            format!(
                "Date must be in ISO-8601 'basic format'. Got '{}'. See http://en.wikipedia.org/wiki/ISO_8601",
                echo(&presented.stamp)
            ),
        ));
    };
    let cuts = cut(&presented.credential)?;
    let life = presented.expires.as_deref().map(expires).transpose()?;
    let digest = only(head.headers, "x-amz-content-sha256");
    required_are_signed(head, &presented, digest != Ok(None))?;
    let payload = payload(digest, rules)?;
    in_time(&presented.stamp, signed_at, life, now_ms.div_euclid(1_000))?;
    let claim = Claim {
        credential: presented.credential,
        cuts,
        stamp: presented.stamp,
        signed_at,
        signed_headers: presented.signed_headers,
        signature: presented.signature,
        token: presented.token,
        presigned: life.is_some(),
        payload,
    };
    scope(&claim, rules)?;
    Ok(claim)
}

/// Row 5.
fn cut(credential: &str) -> Result<[usize; 4], Refusal> {
    let mut slashes = credential.bytes().enumerate().filter(|(_, b)| *b == b'/').map(|(at, _)| at);
    let cuts = [slashes.next(), slashes.next(), slashes.next(), slashes.next()];
    if let ([Some(a), Some(b), Some(c), Some(d)], None) = (cuts, slashes.next()) {
        return Ok([a, b, c, d]);
    }
    Err(Refusal::new(
        Kind::IncompleteSignature,
        format!(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{}'",
            echo(credential)
        ),
    ))
}

/// W3.4.2.
fn expires(text: &str) -> Result<i64, Refusal> {
    let digits = !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit());
    let seconds = if digits { text.parse().unwrap_or(0) } else { 0 };
    if (1..=MAX_EXPIRES).contains(&seconds) {
        return Ok(seconds);
    }
    let text = format!("X-Amz-Expires must be a whole number of seconds between 1 and {MAX_EXPIRES}.");
    Err(Refusal::new(Kind::IncompleteSignature, text))
}

/// Row 6 and W3.1.1. `digest_sent` says whether the digest of the body was sent.
fn required_are_signed<H: Headers + ?Sized>(
    head: &Head<'_, H>,
    presented: &Presented<'_>,
    digest_sent: bool,
) -> Result<(), Refusal> {
    let (mut host, mut date, mut token, mut digest) = (false, false, false, false);
    for name in parts(&presented.signed_headers, b';') {
        match name {
            "host" => host = true,
            "x-amz-date" | "date" => date = true,
            "x-amz-security-token" => token = true,
            "x-amz-content-sha256" => digest = true,
            _ => {}
        }
    }
    // The header form has read its token from the header.
    let token_sent = || match presented.expires {
        None => presented.token.is_some(),
        Some(_) => only(head.headers, "x-amz-security-token") != Ok(None),
    };
    let missing = if !host {
        "'Host' or ':authority'"
    } else if presented.expires.is_none() && !date {
        "'X-Amz-Date' or 'Date'"
    } else if !token && token_sent() {
        "'X-Amz-Security-Token'"
    } else if !digest && digest_sent {
        "'X-Amz-Content-Sha256'"
    } else {
        return Ok(());
    };
    let text = format!("{missing} must be a 'SignedHeader' in the AWS Authorization.");
    Err(Refusal::new(Kind::InvalidSignature, text))
}

/// W3.1.2.
fn payload<'a>(digest: Result<Option<&'a str>, ()>, rules: &Rules<'_>) -> Result<Payload<'a>, Refusal> {
    let text = match digest {
        Ok(None) => return Ok(Payload::Received),
        Ok(Some(text)) => match parse_hex(text) {
            Some(digest) => return Ok(Payload::Digest(text, digest)),
            None if text == UNSIGNED && rules.unsigned_payload => return Ok(Payload::Unsigned),
            None if text == UNSIGNED => "X-Amz-Content-Sha256: UNSIGNED-PAYLOAD is taken over TLS only.",
            None if text.starts_with("STREAMING-") => "X-Amz-Content-Sha256: streaming signatures are not supported.",
            None => "X-Amz-Content-Sha256 must be the SHA-256 digest of the body in hex.",
        },
        Err(()) => "X-Amz-Content-Sha256 must be given once.",
    };
    Err(Refusal::new(Kind::InvalidRequest, text))
}

/// Rows 7 and 8, W3.4.2. All in seconds.
fn in_time(stamp: &str, signed_at: i64, life: Option<i64>, now: i64) -> Result<(), Refusal> {
    let life = life.unwrap_or(SKEW);
    let minutes = |seconds: i64| match seconds % 60 {
        0 => format!("{} min.", seconds / 60),
        _ => format!("{seconds} sec."),
    };
    let text = if now - life > signed_at {
        let (edge, now) = (format_stamp(now - life), format_stamp(now));
        format!("Signature expired: {stamp} is now earlier than {edge} ({now} - {})", minutes(life))
    } else if now + SKEW < signed_at {
        let (edge, now) = (format_stamp(now + SKEW), format_stamp(now));
        format!("Signature not yet current: {stamp} is still later than {edge} ({now} + {})", minutes(SKEW))
    } else {
        return Ok(());
    };
    Err(Refusal::new(Kind::InvalidSignature, text))
}

/// Row 9: every sentence that applies, and after them the regions that would be right.
fn scope(claim: &Claim<'_>, rules: &Rules<'_>) -> Result<(), Refusal> {
    let (date, region, stamp) = (claim.date(), claim.region(), &claim.stamp);
    let terminator = &claim.credential[claim.cuts[3] + 1..];
    let mut text = Cow::Borrowed("");
    let is_region = rules.regions.iter().any(|r| r == region);
    if !is_region {
        text += Cow::from(format!("Credential should be scoped to a valid region, not '{}'. ", echo(region)));
    }
    if !rules.services.contains(&claim.service()) {
        let right = rules.services.first().unwrap_or(&"");
        text += Cow::from(format!("Credential should be scoped to correct service: '{right}'. "));
    }
    if terminator != "aws4_request" {
        text += Cow::from(format!(
            "Credential should be scoped with a valid terminator: 'aws4_request', not '{}'. ",
            echo(terminator)
        ));
    }
    if date != &stamp[..8] {
        text += Cow::from(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != '{}', \
             from '{stamp}'. ",
            echo(date),
            &stamp[..8],
        ));
    }
    if !is_region {
        let valid = rules.regions.iter().map(|r| format!("'{r}'")).collect::<Vec<_>>().join(" and ");
        text += Cow::from(format!("This server takes the region {valid}. "));
    }
    if text.is_empty() { Ok(()) } else { Err(Refusal::new(Kind::InvalidSignature, text)) }
}
