//! Counts by address and second, so that one address cannot take the work that is done for callers who are not known yet.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::net::IpAddr;
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, PoisonError};

use prometheus_client::metrics::counter::Counter;

use crate::buffers::Network;

/// Addresses counted at once, in a table whose size never changes: a newer address may evict an older one.
const SLOTS: usize = 4_096;

/// An address, as a keyed hash of 64 bits, with its count in a second. No client can construct a collision.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    address: u64,
    second: i64,
    count: u32,
}

/// How often something was done for each address in the current second; of IPv6, for each network of 64 bits.
#[derive(Debug)]
pub struct PerAddress {
    limit: u32,
    hasher: RandomState,
    slots: Mutex<Box<[Slot]>>,
}

impl PerAddress {
    /// So often in a second for one address; 0 is without limit.
    #[must_use]
    pub fn new(limit: u32) -> Self {
        let slots = if limit == 0 { 0 } else { SLOTS };
        Self { limit, hasher: RandomState::new(), slots: Mutex::new(vec![Slot::default(); slots].into_boxed_slice()) }
    }

    /// Counts once more for this address at this time, in milliseconds; false beyond the limit.
    pub fn admit(&self, address: IpAddr, now_ms: i64) -> bool {
        self.with(address, now_ms, |slot, limit| {
            slot.count = slot.count.saturating_add(1);
            slot.count <= limit
        })
    }

    /// Whether the limit of this address is reached, without counting.
    pub fn is_reached(&self, address: IpAddr, now_ms: i64) -> bool {
        !self.with(address, now_ms, |slot, limit| slot.count < limit)
    }

    fn with(&self, address: IpAddr, now_ms: i64, judge: impl FnOnce(&mut Slot, u32) -> bool) -> bool {
        if self.limit == 0 {
            return true;
        }
        let (address, second) = (self.hasher.hash_one(Network::of(address)), now_ms.div_euclid(1_000));
        let place = usize::try_from(address % SLOTS as u64).expect("less than the number of slots");
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = &mut slots[place];
        if (slot.address, slot.second) != (address, second) {
            *slot = Slot { address, second, count: 0 };
        }
        judge(slot, self.limit)
    }
}

/// What one address may have done for it before it has signed (B273).
#[derive(Debug)]
pub struct Unverified {
    /// Requests with an unknown key, or a signature that does not fit.
    refused: PerAddress,
    /// Requests whose key was not looked up because of that.
    pub limited: Counter<u64, AtomicU64>,
}

impl Unverified {
    /// Within `auth.refused_per_second`; 0 is without limit.
    #[must_use]
    pub fn new(refused_per_second: u32) -> Self {
        Self { refused: PerAddress::new(refused_per_second), limited: Counter::default() }
    }

    /// Whether a key that is not in use is looked up for this address. Keys in use are verified whatever else comes from there, so
    /// that a stranger behind the same address keeps nobody out.
    pub(crate) fn may_ask(&self, address: IpAddr, now_ms: i64) -> bool {
        let may = !self.refused.is_reached(address, now_ms);
        if !may {
            self.limited.inc();
        }
        may
    }

    /// A request from this address was refused.
    pub(crate) fn refused(&self, address: IpAddr, now_ms: i64) {
        self.refused.admit(address, now_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    /// B273
    #[test]
    fn each_address_has_its_own_count_in_each_second() {
        let counts = PerAddress::new(3);
        let admitted = |address: &str, now_ms| (0..10).filter(|_| counts.admit(ip(address), now_ms)).count();
        assert!(!counts.is_reached(ip("192.0.2.1"), 5_000));
        assert_eq!((admitted("192.0.2.1", 5_000), admitted("192.0.2.1", 5_999)), (3, 0));
        assert!(counts.is_reached(ip("192.0.2.1"), 5_999) && !counts.is_reached(ip("192.0.2.2"), 5_999));
        assert_eq!((admitted("192.0.2.2", 5_999), admitted("192.0.2.1", 6_000)), (3, 3));
        assert_eq!(admitted("::ffff:192.0.2.1", 6_500), 0, "the same address");
        assert_eq!((admitted("2001:db8::1", 7_000), admitted("2001:db8::ffff:1", 7_000)), (3, 0), "one network");
        assert_eq!(admitted("2001:db8:0:1::1", 7_000), 3);
        assert_eq!(admitted("192.0.2.1", 1_000), 3, "a clock that was set back");
    }

    /// B273
    #[test]
    fn without_a_limit_nothing_is_kept() {
        let counts = PerAddress::new(0);
        assert!((0..1_000).all(|_| counts.admit(ip("192.0.2.1"), 1)) && !counts.is_reached(ip("192.0.2.1"), 1));
        assert!(counts.slots.lock().unwrap().is_empty());
    }
}
