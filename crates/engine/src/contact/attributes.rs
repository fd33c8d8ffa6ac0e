//! User attributes of a chain: keys and size (tasks 2.3.12, 2.4.3, 2.14.2; flows 3.9, 7.2.1).

use wire::ExceptionKind;

use crate::contact::{Attributes, Refusal};
use crate::text::quoted;

/// Most UTF-8 bytes of all keys and values of a chain together (tasks 2.3.12).
pub const ATTRIBUTES_BYTES_MAX: usize = 32_768;

/// `new` laid over `existing`. Refused with InvalidParameterException: a key outside `[A-Za-z0-9_-]` (from a flow: with `$` or
/// `.`), or a result above [`ATTRIBUTES_BYTES_MAX`]. An empty value is kept and counts with its key only (tasks 2.14.2).
pub fn merge_attributes(existing: &Attributes, new: &Attributes, from_flow: bool) -> Result<Attributes, Refusal> {
    let refused = |message| Err(Refusal { kind: ExceptionKind::InvalidParameterException, message });
    for key in new.keys() {
        if key.is_empty() {
            return refused("Attribute keys must not be empty".to_owned());
        }
        if from_flow && key.contains(['$', '.']) {
            return refused(format!("Attribute key {} must not contain $ or .", quoted(key)));
        }
        if !from_flow && !key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') {
            return refused(format!("Attribute key {} may only hold letters, digits, - and _", quoted(key)));
        }
    }
    let mut merged = existing.clone();
    merged.extend(new.iter().map(|(key, value)| (key.clone(), value.clone())));
    let bytes: usize = merged.iter().map(|(key, value)| key.len() + value.len()).sum();
    if bytes > ATTRIBUTES_BYTES_MAX {
        return refused(format!("Attributes would take {bytes} bytes; at most {ATTRIBUTES_BYTES_MAX} are allowed"));
    }
    Ok(merged)
}
