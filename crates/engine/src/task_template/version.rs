//! Version numbers of templates (task-templates 3.2–3.4) and the fingerprint that tells whether two requests are the same (1.1.5).

use sha2::{Digest as _, Sha256};
use std::fmt;
use wire::json::{Json, Number};

/// Most digits of a version number (3.4).
const DIGITS_MAX: usize = 10;

/// A SnapshotVersion that is no version number: InvalidParameterException (3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadVersion;

impl fmt::Display for BadVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SnapshotVersion must be a version number: 1 to 10 digits, not beginning with 0")
    }
}

impl std::error::Error for BadVersion {}

/// The version a caller asks for; `None` is the latest, for an absent or empty value (3.3).
pub fn parse_snapshot_version(text: Option<&str>) -> Result<Option<i64>, BadVersion> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let well_formed = text.len() <= DIGITS_MAX && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    if !well_formed {
        return Err(BadVersion);
    }
    text.parse().map(Some).map_err(|_| BadVersion)
}

/// A hash of a request body that is equal for bodies which differ only in member order, in members that are `null`, in how a
/// number is written, and in the client token itself (1.1.5).
pub fn request_fingerprint(body: &Json) -> [u8; 32] {
    let mut hash = Sha256::new();
    feed(&mut hash, body, Some("ClientToken"));
    hash.finalize().into()
}

/// Feeds a value in a form that no other value has: a letter for the kind, lengths before texts, counts before lists.
fn feed(hash: &mut Sha256, json: &Json, left_out: Option<&str>) {
    match json {
        Json::Null => hash.update(b"z"),
        Json::Bool(value) => hash.update(if *value { b"t" } else { b"f" }),
        Json::Number(number) => {
            let text = match number.as_i64() {
                Some(whole) => Number::Int(whole).to_string(),
                None => number.to_string(),
            };
            hash.update(b"n");
            feed_text(hash, &text);
        }
        Json::String(text) => {
            hash.update(b"s");
            feed_text(hash, text);
        }
        Json::Array(items) => {
            hash.update(b"a");
            hash.update((items.len() as u64).to_be_bytes());
            for item in items {
                feed(hash, item, None);
            }
        }
        Json::Object(object) => {
            let kept = |(name, value): &(&str, &Json)| **value != Json::Null && Some(*name) != left_out;
            let mut members: Vec<(&str, &Json)> = object.iter().filter(kept).collect();
            members.sort_unstable_by_key(|(name, _)| *name);
            hash.update(b"o");
            hash.update((members.len() as u64).to_be_bytes());
            for (name, value) in members {
                feed_text(hash, name);
                feed(hash, value, None);
            }
        }
    }
}

fn feed_text(hash: &mut Sha256, text: &str) {
    hash.update((text.len() as u64).to_be_bytes());
    hash.update(text.as_bytes());
}
