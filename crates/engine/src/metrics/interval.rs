//! Intervals of historical metrics (administration 5.4.3, 5.4.4). They lie on the quarter hours, hours, midnights and Sundays of a time
//! zone; the first and the last are cut at the ends of the range.

use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 1_440 * MINUTE_MS;
/// Intervals of one range: three days of quarter hours, the two cut ones, and those that clock changes add.
pub const INTERVALS_MAX: usize = 400;

/// How long an interval is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// A quarter of an hour.
    FifteenMin,
    /// Half an hour.
    ThirtyMin,
    /// An hour.
    Hour,
    /// From midnight to midnight.
    Day,
    /// From Sunday to Sunday.
    Week,
    /// The whole range.
    Total,
}

impl Period {
    /// The longest range that may be asked for, milliseconds (administration 5.4.3).
    pub fn range_ms_max(self) -> i64 {
        match self {
            Self::FifteenMin | Self::ThirtyMin | Self::Hour => 3 * DAY_MS,
            Self::Day | Self::Week | Self::Total => 35 * DAY_MS,
        }
    }

    /// Milliseconds, of those shorter than a day.
    fn step_ms(self) -> Option<i64> {
        match self {
            Self::FifteenMin => Some(15 * MINUTE_MS),
            Self::ThirtyMin => Some(30 * MINUTE_MS),
            Self::Hour => Some(60 * MINUTE_MS),
            Self::Day | Self::Week | Self::Total => None,
        }
    }
}

/// The intervals of a range, in order and without gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intervals {
    /// Where they begin, and the end of the last, epoch milliseconds.
    edges: Vec<i64>,
}

impl Intervals {
    /// Those of the range from `start_ms` to before `end_ms`, epoch milliseconds. Of a range longer than
    /// [`Period::range_ms_max`], what is beyond [`INTERVALS_MAX`] is one interval.
    pub fn of(period: Period, zone: &TimeZone, start_ms: i64, end_ms: i64) -> Self {
        let mut edges = vec![start_ms];
        let mut at_ms = start_ms;
        while let Some(next_ms) = next_edge(period, zone, at_ms).filter(|next_ms| (at_ms + 1..end_ms).contains(next_ms))
        {
            if edges.len() == INTERVALS_MAX {
                break;
            }
            edges.push(next_ms);
            at_ms = next_ms;
        }
        edges.push(end_ms);
        Self { edges }
    }

    /// The same in a zone of the IANA database by its name; `None` for a name that is none.
    pub fn in_zone(period: Period, zone: &str, start_ms: i64, end_ms: i64) -> Option<Self> {
        Some(Self::of(period, &crate::hours_of_operation::zone(zone)?, start_ms, end_ms))
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.edges.len() - 1
    }

    /// Never: a range has one at least.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Begin and end of the `n`th, epoch milliseconds.
    pub fn get(&self, n: usize) -> Option<(i64, i64)> {
        Some((*self.edges.get(n)?, *self.edges.get(n + 1)?))
    }

    /// The range: begin and end, epoch milliseconds.
    pub fn range(&self) -> (i64, i64) {
        (self.edges[0], self.edges[self.len()])
    }

    /// The interval that holds a moment.
    pub fn at(&self, ms: i64) -> Option<usize> {
        let (start_ms, end_ms) = self.range();
        (start_ms..end_ms).contains(&ms).then(|| self.edges.partition_point(|edge| *edge <= ms) - 1)
    }

    /// The intervals that a span has a part of, with the length of that part, milliseconds.
    pub fn parts(&self, from_ms: i64, to_ms: i64) -> impl Iterator<Item = (usize, i64)> + '_ {
        let first = self.edges.partition_point(|edge| *edge <= from_ms).saturating_sub(1);
        let all = (first..self.len()).map(move |n| (n, self.edges[n].max(from_ms), self.edges[n + 1].min(to_ms)));
        all.take_while(move |(_, from, _)| *from < to_ms)
            .filter(|(_, from, to)| from < to)
            .map(|(n, from, to)| (n, to - from))
    }
}

/// The next begin of an interval after a moment; `None` when there is none, or the calendar ends.
fn next_edge(period: Period, zone: &TimeZone, after_ms: i64) -> Option<i64> {
    let now = Timestamp::from_millisecond(after_ms).ok()?;
    if let Some(step_ms) = period.step_ms() {
        // By the clock of the zone now: what follows a change of the clock is counted anew from there.
        let local_ms = after_ms + i64::from(zone.to_offset(now).seconds()) * 1_000;
        let next_ms = after_ms + step_ms - local_ms.rem_euclid(step_ms);
        let change = zone.following(now).next().map(|change| change.timestamp().as_millisecond());
        return Some(
            change.filter(|change_ms| *change_ms < next_ms && is_step(zone, *change_ms, step_ms)).unwrap_or(next_ms),
        );
    }
    let date = now.to_zoned(zone.clone()).date();
    let next = match period {
        Period::Day => date.tomorrow().ok()?,
        Period::Week => date.nth_weekday(1, Weekday::Sunday).ok()?,
        _ => return None,
    };
    Some(next.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond())
}

/// Whether a moment lies on a multiple of the step by the zone's clock.
fn is_step(zone: &TimeZone, ms: i64, step_ms: i64) -> bool {
    let offset = Timestamp::from_millisecond(ms).map(|at| zone.to_offset(at).seconds());
    offset.is_ok_and(|seconds| (ms + i64::from(seconds) * 1_000).rem_euclid(step_ms) == 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::hours_of_operation::zone;

    fn ms(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    fn intervals(period: Period, name: &str, start: &str, end: &str) -> Intervals {
        Intervals::of(period, &zone(name).unwrap(), ms(start), ms(end))
    }

    fn edges(period: Period, name: &str, start: &str, end: &str) -> Vec<String> {
        let text = |ms: &i64| Timestamp::from_millisecond(*ms).unwrap().to_string();
        intervals(period, name, start, end).edges.iter().map(text).collect()
    }

    /// On the quarter hours, hours, midnights and Sundays of the zone, the first and last cut.
    #[test]
    fn administration_5_4_4_where_intervals_begin() {
        use Period::{Day, FifteenMin, Hour, ThirtyMin, Total, Week};
        for (period, zone, range, expected) in [
            (Total, "UTC", ["2026-03-02T09:00:01Z", "2026-03-02T10:00:00Z"], &[][..]),
            (ThirtyMin, "UTC", ["2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"], &["2026-03-02T09:30:00Z"][..]),
            (FifteenMin, "UTC", ["2026-03-02T09:14:59Z", "2026-03-02T09:15:01Z"], &["2026-03-02T09:15:00Z"][..]),
            // Hours of a zone that is five and three quarter hours ahead.
            (Hour, "Asia/Kathmandu", ["2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"], &["2026-03-02T09:15:00Z"][..]),
            // Half an hour forward at two o'clock, which is three hours after half past ten.
            (
                Hour,
                "Australia/Lord_Howe",
                ["2026-10-03T14:00:00Z", "2026-10-03T16:30:00Z"],
                &["2026-10-03T14:30:00Z", "2026-10-03T15:30:00Z", "2026-10-03T16:00:00Z"][..],
            ),
            (
                Day,
                "Europe/Berlin",
                ["2026-03-28T12:00:00Z", "2026-03-31T12:00:00Z"],
                &["2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "2026-03-30T22:00:00Z"][..],
            ),
            // Midnight does not exist on the day of this change.
            (
                Day,
                "Africa/Cairo",
                ["2026-04-23T12:00:00Z", "2026-04-24T22:00:00Z"],
                &["2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z"][..],
            ),
            (
                Week,
                "America/New_York",
                ["2026-03-01T05:00:00Z", "2026-03-15T12:00:00Z"],
                &["2026-03-08T05:00:00Z", "2026-03-15T04:00:00Z"][..],
            ),
        ] {
            let whole: Vec<String> =
                [&range[..1], expected, &range[1..]].concat().into_iter().map(str::to_owned).collect();
            assert_eq!(edges(period, zone, range[0], range[1]), whole, "{period:?} {zone}");
        }
    }

    /// A day of a clock change has 23 or 25 hours, and one of half hours 48.
    #[test]
    fn administration_5_4_4_days_of_clock_changes() {
        let hour = 3_600_000;
        for (zone, start, end, hours) in [
            ("Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 23),
            ("Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 25),
            ("Europe/Berlin", "2026-10-25T23:00:00Z", "2026-10-26T23:00:00Z", 24),
        ] {
            assert_eq!(intervals(Period::Day, zone, start, end).edges, [ms(start), ms(end)], "{start}");
            let all = intervals(Period::Hour, zone, start, end);
            assert_eq!(all.len(), hours, "{start}");
            assert!(all.edges.windows(2).all(|pair| pair[1] - pair[0] == hour), "{start}");
            assert_eq!(intervals(Period::ThirtyMin, zone, start, end).len(), 2 * hours, "{start}");
        }
    }

    #[test]
    fn administration_5_4_3_the_longest_ranges() {
        for (period, days, most) in [
            (Period::FifteenMin, 3, 3 * 96 + 1),
            (Period::ThirtyMin, 3, 3 * 48 + 1),
            (Period::Hour, 3, 3 * 24 + 1),
            (Period::Day, 35, 36),
            (Period::Week, 35, 6),
            (Period::Total, 35, 1),
        ] {
            assert_eq!(period.range_ms_max(), days * DAY_MS);
            let start_ms = ms("2026-03-04T00:00:01Z");
            let all = Intervals::of(period, &TimeZone::UTC, start_ms, start_ms + period.range_ms_max());
            assert_eq!(all.len(), most, "{period:?}");
        }
        assert!(
            !Intervals::of(Period::Day, &TimeZone::UTC, i64::MIN, i64::MAX).is_empty(),
            "no calendar has these days"
        );
    }

    proptest! {
        /// Whatever zone and range: no gap, no overlap, every moment in one interval, spans divided without loss.
        #[test]
        fn administration_5_4_4_intervals_cover_their_range(
            name in prop::sample::select(vec!["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo"]),
            period in prop::sample::select(vec![Period::FifteenMin, Period::ThirtyMin, Period::Hour, Period::Day, Period::Week, Period::Total]),
            start_ms in 1_700_000_000_000_i64..1_800_000_000_000,
            length in 1_i64..3 * 86_400_000,
            span in (0_i64..4 * 86_400_000, 0_i64..4 * 86_400_000),
        ) {
            let zone = zone(name).unwrap();
            let end_ms = start_ms + length;
            let all = Intervals::of(period, &zone, start_ms, end_ms);
            prop_assert!(all.len() < INTERVALS_MAX);
            prop_assert_eq!(all.range(), (start_ms, end_ms));
            prop_assert!(all.edges.windows(2).all(|pair| pair[0] < pair[1]));
            let (from_ms, to_ms) = (start_ms - 86_400_000 + span.0, start_ms - 86_400_000 + span.0 + span.1);
            let parts: Vec<(usize, i64)> = all.parts(from_ms, to_ms).collect();
            let inside = (to_ms.min(end_ms) - from_ms.max(start_ms)).max(0);
            prop_assert_eq!(parts.iter().map(|(_, ms)| ms).sum::<i64>(), inside);
            prop_assert_eq!(parts.first().map(|(n, _)| *n), all.at(from_ms.max(start_ms)).filter(|_| inside > 0));
            for n in 0..all.len() {
                let (from, to) = all.get(n).unwrap();
                prop_assert_eq!((all.at(from), all.at(to - 1)), (Some(n), Some(n)));
            }
            prop_assert_eq!((all.at(start_ms - 1), all.at(end_ms)), (None, None));
        }
    }
}
