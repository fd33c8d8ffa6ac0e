//! Requests per access key and operation (protocol 5): one token bucket each, bounded memory, off by default.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use wire::Op;

use crate::settings;

/// Rate and burst of one operation.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Limit {
    /// Microseconds between two requests at the full rate.
    every_us: i64,
    /// How far ahead of time the bucket may be drained, in microseconds.
    ahead_us: i64,
}

impl Limit {
    fn new(rate: f64, burst: u64) -> Self {
        // Both were bounded when the settings were read; a rate below one in a million seconds counts as that.
        let every_us = (1_000_000.0 / rate).clamp(1.0, 1e12);
        let every_us = format!("{every_us:.0}").parse().unwrap_or(1_000_000);
        let steps = i64::try_from(burst.max(1) - 1).unwrap_or(i64::MAX);
        Self { every_us, ahead_us: steps.saturating_mul(every_us) }
    }
}

/// Access keys whose buckets are kept; beyond that the idle ones go first.
const MAX_KEYS: usize = 4_096;

/// For every operation the time at which its bucket is full again, in microseconds.
type Buckets = Box<[i64]>;

/// All buckets.
#[derive(Debug)]
pub struct Throttle {
    limits: Option<Box<[Option<Limit>]>>,
    buckets: Mutex<HashMap<String, Buckets>>,
}

impl Throttle {
    /// Buckets as the settings say.
    #[must_use]
    pub fn new(settings: &settings::Throttle) -> Self {
        let limit = |op: &Op| {
            let named = if settings.aws { published(op.name()) } else { None };
            let (rate, burst) = named.or(settings.uniform).or(settings.aws.then_some(PUBLISHED_DEFAULT))?;
            Some(Limit::new(rate, burst))
        };
        let on = settings.aws || settings.uniform.is_some();
        Self { limits: on.then(|| Op::ALL.iter().map(limit).collect()), buckets: Mutex::default() }
    }

    /// Takes a token of `key` for `op` at `now_us`, which is asked only where there is a limit, or says after how many milliseconds there is one.
    ///
    /// # Errors
    /// Milliseconds until the next token, at least 1.
    pub fn take(&self, key: &str, op: Op, now_us: impl FnOnce() -> i64) -> Result<(), u64> {
        let Some(limit) = self.limits.as_ref().and_then(|l| l[op.index()]) else { return Ok(()) };
        let now_us = now_us();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if !buckets.contains_key(key) {
            if buckets.len() >= MAX_KEYS {
                make_room(&mut buckets, now_us);
            }
            buckets.insert(key.to_owned(), vec![0; Op::ALL.len()].into_boxed_slice());
        }
        let full_at = &mut buckets.get_mut(key).expect("inserted above when it was absent")[op.index()];
        let ahead = (*full_at - now_us).max(0);
        if ahead > limit.ahead_us {
            return Err(u64::try_from((ahead - limit.ahead_us).div_euclid(1_000) + 1).unwrap_or(1));
        }
        *full_at = now_us + ahead + limit.every_us;
        Ok(())
    }
}

/// Drops keys whose buckets are full again; if most are not, the half that will be soonest. So the cost is spread over
/// the many new keys that come before it is needed again.
fn make_room(buckets: &mut HashMap<String, Buckets>, now_us: i64) {
    let last = |b: &Buckets| b.iter().copied().max().unwrap_or(0);
    buckets.retain(|_, b| last(b) > now_us);
    if buckets.len() > MAX_KEYS / 2 {
        let mut times: Vec<i64> = buckets.values().map(last).collect();
        let (_, median, _) = times.select_nth_unstable(MAX_KEYS / 2);
        let median = *median;
        buckets.retain(|_, b| last(b) > median);
    }
}

/// Rate and burst of an operation without a row of its own (W5.1).
const PUBLISHED_DEFAULT: (f64, u64) = (2.0, 5);

/// The rows of W5.1.
fn published(operation: &str) -> Option<(f64, u64)> {
    Some(match operation {
        "DescribeContact"
        | "StopContact"
        | "UpdateContact"
        | "GetContactAttributes"
        | "UpdateContactAttributes"
        | "ListContactReferences" => (10.0, 15),
        "TagContact" | "UntagContact" => (20.0, 25),
        "SearchContacts" => (0.5, 1),
        "GetMetricData" => (5.0, 8),
        "GetMetricDataV2" => (10.0, 10),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000;

    fn op(name: &str) -> Op {
        Op::from_name(name).unwrap()
    }

    #[test]
    fn off_by_default() {
        let throttle = Throttle::new(&settings::Throttle { aws: false, uniform: None });
        assert!((0..1_000).all(|_| throttle.take("k", op("GetTaskTemplate"), || 0).is_ok()));
    }

    #[test]
    fn w5_1_preset_numbers() {
        let throttle = Throttle::new(&settings::Throttle { aws: true, uniform: None });
        let get = op("GetTaskTemplate");
        let taken = |now| (0..100).take_while(|_| throttle.take("k", get, || now).is_ok()).count();
        assert_eq!(taken(0), 5);
        assert_eq!(throttle.take("k", get, || 0), Err(501));
        assert_eq!(throttle.take("k", get, || 400_000), Err(101));
        assert_eq!(taken(SECOND / 2), 1);
        assert_eq!(taken(SECOND * 10), 5);
        assert!(
            throttle.take("k", op("ListTaskTemplates"), || SECOND * 10).is_ok(),
            "each operation has its own bucket"
        );
        assert!(throttle.take("other", get, || SECOND * 10).is_ok(), "each key has its own bucket");
        let describe = op("DescribeContact");
        assert_eq!((0..100).take_while(|_| throttle.take("k", describe, || 0).is_ok()).count(), 15);
    }

    #[test]
    fn w5_2_uniform_rate() {
        let throttle = Throttle::new(&settings::Throttle { aws: false, uniform: Some((100.0, 3)) });
        let get = op("GetTaskTemplate");
        assert_eq!((0..100).take_while(|_| throttle.take("k", get, || 0).is_ok()).count(), 3);
        let served = (0..1_000).filter(|ms| throttle.take("k", get, || ms * 1_000).is_ok()).count();
        assert!((97..=100).contains(&served), "{served}");
    }

    #[test]
    fn memory_is_bounded() {
        let throttle = Throttle::new(&settings::Throttle { aws: false, uniform: Some((1.0, 1)) });
        for i in 0..MAX_KEYS * 2 {
            throttle.take(&format!("k{i}"), op("GetTaskTemplate"), || 0).unwrap();
        }
        assert!(throttle.buckets.lock().unwrap().len() <= MAX_KEYS);
    }
}
