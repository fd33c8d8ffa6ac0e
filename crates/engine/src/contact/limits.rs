//! Limits on a task.

use std::collections::BTreeMap;

use crate::contact::Reference;

/// Pauses of one contact (tasks 2.7.6).
pub const PAUSES_MAX: u32 = 10;
/// Transfers in one chain (tasks 2.8.4).
pub const TRANSFERS_MAX: u32 = 11;
/// New start times of one contact (tasks 2.6.2).
pub const RESCHEDULES_MAX: u32 = 20;
/// Changes of template of one contact (tasks 2.13.7).
pub const RETEMPLATES_MAX: u32 = 5;
/// User tags on one contact (tasks 2.14.7).
pub const TAGS_MAX: usize = 6;
/// How long a wrap-up module may run, milliseconds (tasks 2.12.4).
pub const WRAP_UP_MS: i64 = 5 * 60 * 1000;
/// How long an agent whisper flow may run, milliseconds (tasks 3.4.2).
pub const WHISPER_MS: i64 = 2 * 60 * 1000;
/// How long an offer stands unless configured otherwise, milliseconds (tasks 3.4.3).
pub const OFFER_MS_DEFAULT: i64 = 20 * 1000;
/// How large the references of one task may become; `0` lifts either limit (B82).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReferenceLimits {
    /// How many.
    pub count: u64,
    /// UTF-8 bytes of all names and values together.
    pub bytes: u64,
}

impl ReferenceLimits {
    /// The violation when references change from `before` to `after`, if any. Sets that are too large already may
    /// shrink.
    pub fn fault(self, before: &BTreeMap<String, Reference>, after: &BTreeMap<String, Reference>) -> Option<String> {
        let bytes = |references: &BTreeMap<String, Reference>| -> u64 {
            references.iter().map(|(name, reference)| (name.len() + reference.value.len()) as u64).sum()
        };
        let over = |limit: u64, before: u64, after: u64| limit > 0 && after > limit && after > before;
        let (old, new) = (before.len() as u64, after.len() as u64);
        if over(self.count, old, new) {
            return Some(format!("References: a task may have at most {}; it would have {new}", self.count));
        }
        let new = bytes(after);
        over(self.bytes, bytes(before), new).then(|| {
            format!("References: those of a task may take at most {} bytes; they would take {new}", self.bytes)
        })
    }
}

/// Most moves between queues without a stay of a second or longer in between: queue flows that loop end there.
pub const QUICK_MOVES_MAX: u32 = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::ReferenceKind;

    #[test]
    fn b82_references_that_are_too_many_may_only_become_fewer() {
        let of = |sizes: &[usize]| -> BTreeMap<String, Reference> {
            let entry = |(n, size): (usize, &usize)| {
                (n.to_string(), Reference { kind: ReferenceKind::String, value: "é".repeat(*size) })
            };
            sizes.iter().enumerate().map(entry).collect()
        };
        let limits = ReferenceLimits { count: 2, bytes: 12 };
        for (before, after, fault) in [
            (&[][..], &[1, 1][..], None),
            (&[], &[5], None), // 1 byte of name, 10 of value
            (&[], &[6], Some("12 bytes")),
            (&[], &[1, 1, 1], Some("at most 2")),
            (&[1, 1, 1, 1], &[1, 1, 1], None),
            (&[9], &[8], None),
            (&[8], &[9], Some("12 bytes")),
        ] {
            let told = limits.fault(&of(before), &of(after));
            assert_eq!(told.is_some(), fault.is_some(), "{before:?} {after:?}: {told:?}");
            assert!(fault.is_none_or(|fault| told.unwrap_or_default().contains(fault)));
        }
        assert_eq!(ReferenceLimits { count: 0, bytes: 0 }.fault(&of(&[]), &of(&[99; 99])), None);
    }
}
