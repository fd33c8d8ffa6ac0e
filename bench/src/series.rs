//! What was measured, round by round, and the ratios drawn from it.

use std::collections::BTreeMap;
use std::fmt;

use crate::load::Outcome;

/// The store under the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// Who answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// Taskform on an engine that held so many templates or tasks at the start.
    Taskform(Engine, u32),
    /// The same, reading only ten thousand of the templates.
    Hot(Engine, u32),
    /// Taskform, asked with a key whose policy has ten statements that ask for tags.
    UnderPolicy(Engine, u32),
    /// The same as the first, with memory for all its templates.
    AllHot(Engine, u32),
    /// The smaller store once more, in the rounds of the line above.
    Beside(Engine, u32),
    /// The bare server.
    Bare,
    /// The rows of a create or a start inserted by hand, one commit for each, into a copy of the same database.
    Single(Engine, u32),
    /// moto's server.
    Moto,
}

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ask {
    Get,
    List,
    Create,
    DescribeInstance,
    Start,
    /// Starts, until the last of them has been through its flow into a queue.
    Through,
    Describe,
    /// A first page of a stretch of time with about a thousand tasks, which are counted.
    Search,
    /// A page after the first of all tasks: nothing is counted.
    SearchNext,
    /// The first page of all tasks, which are counted.
    SearchAll,
    /// Timers that were due when the server started.
    Fire,
}

/// One line of measurements: the same thing in every round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub subject: Subject,
    pub ask: Ask,
    pub connections: usize,
}

/// Everything measured, one outcome a round.
#[derive(Debug, Default)]
pub(crate) struct Series(BTreeMap<Key, Vec<Outcome>>);

impl Series {
    pub(crate) fn add(&mut self, key: Key, outcome: Outcome) {
        self.0.entry(key).or_default().push(outcome);
    }

    /// Medians of rate, p50 and p99 over the rounds.
    pub(crate) fn medians(&self, key: Key) -> Option<(f64, f64, f64)> {
        let outcomes = self.0.get(&key)?;
        let of = |value: fn(&Outcome) -> f64| Spread::of(outcomes.iter().map(value).collect()).map(|s| s.median);
        Some((of(Outcome::rate)?, of(|o| o.p50.as_secs_f64())?, of(|o| o.p99.as_secs_f64())?))
    }

    /// Rates of the rounds.
    pub(crate) fn rates(&self, key: Key) -> Option<Spread> {
        Spread::of(self.0.get(&key)?.iter().map(Outcome::rate).collect())
    }

    /// Rates of one line divided by those of another in the same round.
    pub(crate) fn ratio(&self, one: Key, other: Key) -> Option<Spread> {
        let (one, other) = (self.0.get(&one)?, self.0.get(&other)?);
        Spread::of(one.iter().zip(other).map(|(a, b)| a.rate() / b.rate()).collect())
    }
}

/// A median and how far the rounds lay apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    pub median: f64,
    pub min: f64,
    pub max: f64,
}

impl Spread {
    /// Of at least one value.
    pub(crate) fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        let (min, max) = (*values.first()?, *values.last()?);
        let middle = values.len() / 2;
        let median =
            if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) };
        Some(Self { median, min, max })
    }

    /// Each value multiplied.
    pub(crate) fn times(self, factor: f64) -> Self {
        Self { median: self.median * factor, min: self.min * factor, max: self.max * factor }
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = |value: f64| {
            if value >= 100.0 {
                0
            } else if value >= 10.0 {
                1
            } else {
                2
            }
        };
        let places = digits(self.median);
        write!(f, "{:.places$} ({:.places$}–{:.places$})", self.median, self.min, self.max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_is_median_least_and_most() {
        assert_eq!(Spread::of(vec![]), None);
        assert_eq!(Spread::of(vec![3.0, 1.0, 2.0]), Some(Spread { median: 2.0, min: 1.0, max: 3.0 }));
        assert_eq!(Spread::of(vec![4.0, 1.0]).unwrap().to_string(), "2.50 (1.00–4.00)");
    }
}
