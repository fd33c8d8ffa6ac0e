//! How long a task is going to wait (administration 5.5.3).

use crate::agent::{Agent, SlotCounts, StatusType, TASK};

/// Answered tasks of a queue whose mean handle time counts.
pub const HANDLED_MAX: usize = 50;
/// How long ago they may have ended, milliseconds.
pub const HANDLED_MS_MAX: i64 = 24 * 60 * 60 * 1_000;
/// The mean handle time of a queue without such tasks, seconds.
pub const HANDLE_S: i64 = 300;

/// Slots for tasks of the staffed agents of a queue who have no next status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capacity {
    /// Free slots.
    pub free: i64,
    /// All slots.
    pub all: i64,
}

impl Capacity {
    /// With the slots of one more agent.
    pub fn add(&mut self, agent: &Agent, slots: &[SlotCounts]) {
        if agent.status.is.kind != StatusType::Routable || agent.next_status.is_some() {
            return;
        }
        for own in slots.iter().filter(|own| own.channel == TASK) {
            self.free += own.available;
            self.all += own.max;
        }
    }
}

/// ESTIMATED_WAIT_TIME in whole seconds of the task at `position` (from 1), with the handle times of the last answered tasks in
/// seconds. `None` when nobody is there to take it.
pub fn estimate_s(position: i64, capacity: Capacity, handled_s: &[i64]) -> Option<i64> {
    if capacity.all <= 0 {
        return None;
    }
    let ahead = i128::from(position.saturating_sub(capacity.free));
    if ahead <= 0 {
        return Some(0);
    }
    let (sum, n) = match handled_s {
        [] => (i128::from(HANDLE_S), 1),
        some => (some.iter().copied().map(i128::from).sum(), some.len() as i128),
    };
    let divisor = n * i128::from(capacity.all);
    let seconds = (ahead * sum.max(0) + divisor - 1) / divisor;
    Some(i64::try_from(seconds).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// administration 5.5.3: its example, and the ends of the formula.
    #[test]
    fn administration_5_5_3_estimated_waits() {
        let handled = [900, 950];
        for (position, free, all, handled, expected) in [
            (3, 0, 3, &handled[..], Some(925)),
            (1, 0, 3, &handled[..], Some(309)),
            (1, 1, 3, &handled[..], Some(0)),
            (3, 2, 3, &handled[..], Some(309)),
            (2, 0, 1, &[][..], Some(600)),
            (1, 0, 0, &handled[..], None),
            (1, 0, 7, &[1][..], Some(1)),
            (5, 0, 1, &[0][..], Some(0)),
            (i64::MAX, 0, 1, &[i64::MAX][..], Some(i64::MAX)),
        ] {
            assert_eq!(estimate_s(position, Capacity { free, all }, handled), expected, "{position} {free} {all}");
        }
    }
}
