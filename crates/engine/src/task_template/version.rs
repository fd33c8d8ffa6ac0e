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
    let mut out = Vec::with_capacity(FIRST_CAPACITY);
    write(&mut out, &mut Vec::new(), body, Some("ClientToken"));
    Sha256::digest(&out).into()
}

/// Room for the canonical form of an ordinary template, in bytes.
const FIRST_CAPACITY: usize = 4096;

/// Writes a value in a form that no other value has: a letter for the kind, lengths before texts, counts before lists.
/// `sorting` is left as found: members above its end are put in order there.
fn write<'a>(
    out: &mut Vec<u8>,
    sorting: &mut Vec<(&'a str, &'a Json<'a>)>,
    json: &'a Json<'a>,
    left_out: Option<&str>,
) {
    match json {
        Json::Null => out.push(b'z'),
        Json::Bool(value) => out.push(if *value { b't' } else { b'f' }),
        Json::Number(number) => {
            let text = match number.as_i64() {
                Some(whole) => Number::Int(whole).to_string(),
                None => number.to_string(),
            };
            out.push(b'n');
            write_text(out, &text);
        }
        Json::String(text) => {
            out.push(b's');
            write_text(out, text);
        }
        Json::Array(items) => {
            out.push(b'a');
            write_count(out, items.len());
            for item in items {
                write(out, sorting, item, None);
            }
        }
        Json::Object(object) => {
            let start = sorting.len();
            let members = object.iter();
            sorting.extend(members.filter(|(name, value)| **value != Json::Null && Some(*name) != left_out));
            sorting[start..].sort_unstable_by_key(|(name, _)| *name);
            out.push(b'o');
            write_count(out, sorting.len() - start);
            for at in start..sorting.len() {
                let (name, value) = sorting[at];
                write_text(out, name);
                write(out, sorting, value, None);
            }
            sorting.truncate(start);
        }
    }
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    write_count(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

fn write_count(out: &mut Vec<u8>, count: usize) {
    out.extend_from_slice(&(count as u64).to_be_bytes());
}
