//! Growing waits after wrong passwords (B231): for a name from one place, so that nobody keeps somebody else from signing in.
//!
//! A few attempts are free, then each doubles the wait. An attempt counts as wrong when it begins, until it turns out to be right:
//! many at the same moment get no further than one after the other.

use std::collections::HashMap;

/// Wrong attempts in a row that cost no wait.
pub const FREE: u32 = 3;
/// The wait after the first attempt that costs one, milliseconds; each further one doubles it.
pub const FIRST_MS: i64 = 1_000;
/// The longest wait, milliseconds.
pub const LONGEST_MS: i64 = 15 * 60 * 1_000;
/// Wrong attempts are forgotten so long after the last one, milliseconds.
pub const FORGOTTEN_MS: i64 = 60 * 60 * 1_000;
/// Names and places that are remembered; beyond that the attempts longest ago are forgotten.
pub const REMEMBERED_MAX: usize = 65_536;

/// What is known of the attempts at one name from one place.
#[derive(Clone, Copy, Debug)]
struct Attempts {
    wrong: u32,
    /// The next one may begin, on the clock of the caller, milliseconds.
    until_ms: i64,
    last_ms: i64,
}

/// The attempts lately, in memory. A key stands for a name and a place; it is a digest of both.
#[derive(Debug, Default)]
pub struct Waits {
    of: HashMap<u128, Attempts>,
}

impl Waits {
    /// An attempt begins at `now_ms`, on a clock that only goes forward; it counts as wrong until [`Waits::right`].
    ///
    /// # Errors
    /// It may not begin yet: milliseconds until it may.
    pub fn begin(&mut self, key: u128, now_ms: i64) -> Result<(), i64> {
        let known = self.of.get(&key).copied().filter(|known| now_ms - known.last_ms < FORGOTTEN_MS);
        if let Some(known) = known
            && known.until_ms > now_ms
        {
            return Err(known.until_ms - now_ms);
        }
        if known.is_none() && self.of.len() >= REMEMBERED_MAX {
            self.make_room(now_ms);
        }
        let wrong = known.map_or(0, |known| known.wrong).saturating_add(1);
        self.of.insert(key, Attempts { wrong, until_ms: now_ms + wait_ms(wrong), last_ms: now_ms });
        Ok(())
    }

    /// The attempt was right.
    pub fn right(&mut self, key: u128) {
        self.of.remove(&key);
    }

    /// The attempt was not decided, as something failed here: it does not count.
    pub fn undecided(&mut self, key: u128) {
        let Some(attempts) = self.of.get_mut(&key) else { return };
        attempts.wrong = attempts.wrong.saturating_sub(1);
        attempts.until_ms = attempts.last_ms;
        if attempts.wrong == 0 {
            self.of.remove(&key);
        }
    }

    /// How many names and places are remembered.
    pub fn len(&self) -> usize {
        self.of.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Forgets what is old enough; if that is too little, the half that was tried longest ago. So the work is spread over the many
    /// new names that come before it is done again.
    fn make_room(&mut self, now_ms: i64) {
        self.of.retain(|_, known| now_ms - known.last_ms < FORGOTTEN_MS);
        if self.of.len() > REMEMBERED_MAX / 2 {
            let mut times: Vec<i64> = self.of.values().map(|known| known.last_ms).collect();
            let (_, median, _) = times.select_nth_unstable(REMEMBERED_MAX / 2);
            let median = *median;
            self.of.retain(|_, known| known.last_ms > median);
        }
    }
}

/// The wait after so many wrong attempts in a row.
fn wait_ms(wrong: u32) -> i64 {
    let doublings = match wrong.checked_sub(FREE + 1) {
        None => return 0,
        Some(doublings) => doublings.min(32),
    };
    FIRST_MS.saturating_mul(1 << doublings).min(LONGEST_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b231_waits_grow_and_are_forgotten() {
        let mut waits = Waits::default();
        let key = 1;
        let mut now = 0;
        let mut seen = Vec::new();
        for _ in 0..FREE + 12 {
            while let Err(wait) = waits.begin(key, now) {
                seen.push(wait);
                now += wait;
            }
        }
        assert_eq!(seen[..4], [1_000, 2_000, 4_000, 8_000]);
        assert!(seen.is_sorted() && seen.last() == Some(&LONGEST_MS), "{seen:?}");
        assert!(waits.begin(key, now).is_err());
        assert!(waits.begin(2, now).is_ok(), "another name or place");
        let later = now + FORGOTTEN_MS;
        assert!((0..FREE).all(|_| waits.begin(key, later).is_ok()));
    }

    #[test]
    fn b231_a_right_password_ends_the_wait_and_attempts_at_once_count_each() {
        let mut waits = Waits::default();
        let key = 1;
        assert_eq!(
            (0..10).filter(|_| waits.begin(key, 5).is_ok()).count(),
            4,
            "those that are free, and one that costs"
        );
        waits.right(key);
        assert_eq!((0..10).filter(|_| waits.begin(key, 6).is_ok()).count(), 4);
        assert_eq!(waits.begin(key, 6), Err(1_000), "being made to wait does not add to the wait");
    }

    #[test]
    fn b231_what_was_not_decided_does_not_count() {
        let mut waits = Waits::default();
        let key = 1;
        for _ in 0..20 {
            assert_eq!(waits.begin(key, 5), Ok(()));
            waits.undecided(key);
        }
        assert!(waits.is_empty());
    }

    #[test]
    fn b231_memory_is_bounded() {
        let mut waits = Waits::default();
        let all = 3 * i64::try_from(REMEMBERED_MAX).unwrap();
        for n in 0..all {
            waits.begin(u128::try_from(n).unwrap(), n).unwrap();
            assert!(waits.len() <= REMEMBERED_MAX);
        }
        assert!(waits.of.contains_key(&u128::try_from(all - 1).unwrap()), "the latest are remembered");
    }
}
