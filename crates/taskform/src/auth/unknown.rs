//! Access key ids that the store did not know a moment ago, so that asking for one again and again costs nothing.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::{Mutex, PoisonError};

/// Ids remembered at once, in a table whose size never changes: a newer id may evict an older one.
const SLOTS: usize = 4_096;

/// The ids themselves are not kept, only keyed hashes of 64 bits: no client can construct a collision.
#[derive(Debug)]
pub(super) struct Unknown {
    hasher: RandomState,
    /// Hash, and the time of the lookup in milliseconds since 1970.
    slots: Mutex<Box<[(u64, i64)]>>,
}

impl Default for Unknown {
    fn default() -> Self {
        Self { hasher: RandomState::new(), slots: Mutex::new(vec![(0, i64::MIN); SLOTS].into_boxed_slice()) }
    }
}

impl Unknown {
    /// Whether the store did not know `id` less than `time_ms` milliseconds before `now_ms`.
    pub(super) fn contains(&self, id: &str, now_ms: i64, time_ms: i64) -> bool {
        let hash = self.hasher.hash_one(id);
        let (kept, at_ms) = self.slots.lock().unwrap_or_else(PoisonError::into_inner)[slot(hash)];
        kept == hash && (0..time_ms).contains(&now_ms.saturating_sub(at_ms))
    }

    /// The store did not know `id` at `now_ms`.
    pub(super) fn insert(&self, id: &str, now_ms: i64) {
        let hash = self.hasher.hash_one(id);
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)[slot(hash)] = (hash, now_ms);
    }
}

fn slot(hash: u64) -> usize {
    usize::try_from(hash % SLOTS as u64).expect("less than the number of slots")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_for_a_while() {
        let unknown = Unknown::default();
        assert!(!unknown.contains("a", 5_000, 2_000));
        unknown.insert("a", 5_000);
        assert!(unknown.contains("a", 5_000, 2_000) && unknown.contains("a", 6_999, 2_000));
        assert!(!unknown.contains("a", 7_000, 2_000) && !unknown.contains("b", 5_000, 2_000));
        assert!(!unknown.contains("a", 4_999, 2_000), "a clock that was set back");
    }
}
