//! How long commits take, counted by classes of time: from handing a batch over until it is durable or refused, the wait for its
//! turn and its group included.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The upper bounds of the classes, microseconds; what takes longer is in a last one.
const BOUNDS_US: [u64; 14] =
    [100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000];

/// The count so far.
#[derive(Debug, Default)]
pub(crate) struct CommitTimes {
    classes: [AtomicU64; BOUNDS_US.len() + 1],
    sum_us: AtomicU64,
}

/// How long the commits of this process took.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CommitHistogram {
    /// How many there were.
    pub count: u64,
    /// How long they took together, seconds.
    pub sum_s: f64,
    /// Upper bound of each class, seconds, the last infinite, and how many are in that class alone.
    pub classes: Vec<(f64, u64)>,
}

impl CommitTimes {
    pub(crate) fn took(&self, time: Duration) {
        let us = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let class = BOUNDS_US.partition_point(|bound| *bound < us);
        self.classes[class].fetch_add(1, Ordering::Relaxed);
        self.sum_us.fetch_add(us, Ordering::Relaxed);
    }

    pub(crate) fn histogram(&self) -> CommitHistogram {
        let seconds = |us: u64| Duration::from_micros(us).as_secs_f64();
        let bounds = BOUNDS_US.map(seconds).into_iter().chain([f64::INFINITY]);
        let classes: Vec<(f64, u64)> =
            bounds.zip(self.classes.iter().map(|class| class.load(Ordering::Relaxed))).collect();
        let count = classes.iter().map(|(_, n)| n).sum();
        CommitHistogram { count, sum_s: seconds(self.sum_us.load(Ordering::Relaxed)), classes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_in_the_class_whose_bound_it_does_not_exceed() {
        let times = CommitTimes::default();
        for us in [0, 100, 101, 5_000_000, 5_000_001, 60_000_000] {
            times.took(Duration::from_micros(us));
        }
        let histogram = times.histogram();
        assert_eq!((histogram.count, histogram.classes.len()), (6, BOUNDS_US.len() + 1));
        assert!((histogram.sum_s - 70.000_202).abs() < 1e-9, "{}", histogram.sum_s);
        let full: Vec<(f64, u64)> = histogram.classes.into_iter().filter(|(_, n)| *n > 0).collect();
        assert_eq!(full, [(0.000_1, 2), (0.000_25, 1), (5.0, 1), (f64::INFINITY, 2)]);
    }
}
