//! What each historical metric is (administration 5.3.3, 5.3.4): one table, from the name to what is added up and how the value follows
//! from it.

mod agent;
mod first;
mod names;
mod record;

use crate::agent::Outcome;
use crate::metrics::fact::{ContactFact, StepEnd};

pub use first::{Historical, historical};

/// SERVICE_LEVEL may be asked for so often in one request (administration 5.4.10).
pub const SERVICE_LEVELS_MAX: usize = 20;
/// The greatest threshold, seconds (administration 5.4.10).
pub const THRESHOLD_S_MAX: i64 = 604_800;

/// A metric.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// Its name.
    pub name: &'static str,
    /// What is added up.
    pub source: Source,
    /// How the value follows.
    pub value: Value,
    /// It needs a threshold (administration 5.4.10).
    pub threshold: bool,
    /// Which MetricFilters it may have (administration 5.4.9).
    pub filters: MetricFilters,
}

/// Which MetricFilters a metric may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricFilters {
    /// None.
    None,
    /// INITIATION_METHOD and DISCONNECT_REASON.
    Any,
    /// The same, without Negate.
    Positive,
}

/// A sum and the number that it is divided by, of one fact or of many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Added up, or the greatest.
    pub sum: i64,
    /// How many it is made of, or what it is a part of.
    pub of: i64,
}

/// What a metric adds up.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// Of the record of each contact that ended in the interval.
    Record(fn(&ContactFact, Limit) -> Sum),
    /// Of each step of routing criteria in these records.
    Step(fn(Option<StepEnd>) -> Sum),
    /// Contacts enqueued in the interval, ended or not.
    Enqueued,
    /// Contacts connected to an agent in the interval, ended or not.
    Connected,
    /// Of each offer that ended in the interval.
    Offer(fn(Offer) -> Sum),
    /// Of the time of agents.
    Time(fn(&AgentTime) -> Sum),
    /// Nothing: always 0 for tasks.
    Zero,
    /// Nothing: no value for tasks.
    Never,
}

/// How a value follows from sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// The sum.
    Sum,
    /// The sum, of milliseconds, in seconds.
    SumOfMs,
    /// The sum divided by the number.
    Mean,
    /// The same, of milliseconds, in seconds.
    MeanOfMs,
    /// The greatest.
    Max,
    /// The part in percent.
    Percent,
}

/// A threshold (administration 5.4.10); one that every number is under where a metric has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Whole seconds.
    pub seconds: i64,
    /// LTE instead of LT.
    pub included: bool,
}

/// An offer that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// How.
    pub outcome: Outcome,
    /// How long the entry was CONNECTING, milliseconds.
    pub connecting_ms: i64,
}

/// Time of agents, milliseconds by the clock on the wall (administration 5.3.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AgentTime {
    /// In a status that is not OFFLINE.
    pub online: i64,
    /// In one of type CUSTOM.
    pub custom: i64,
    /// In one of type ROUTABLE.
    pub routable: i64,
    /// The part of it with an entry CONNECTED, PAUSED or ENDED.
    pub contact: i64,
    /// With an entry MISSED, REJECTED or ERROR.
    pub error: i64,
    /// Entries CONNECTED, PAUSED or ENDED, each for itself.
    pub entries: i64,
}

impl Definition {
    /// Whether it is made of the time of agents in statuses, which has no queue and no channel (administration 5.4.8).
    pub fn has_no_queue(&self) -> bool {
        matches!(self.source, Source::Time(_)) && self.name != "AVG_AGENT_CONCURRENCY"
    }
}

impl Limit {
    /// Without a threshold.
    pub const NONE: Self = Self { seconds: i64::MAX, included: true };

    fn holds(self, seconds: i64) -> bool {
        seconds < self.seconds || (self.included && seconds == self.seconds)
    }
}

impl Sum {
    fn count(is: bool) -> Self {
        Self { sum: i64::from(is), of: 0 }
    }

    fn one_of(value: Option<i64>) -> Self {
        value.map_or(Self::default(), |sum| Self { sum, of: 1 })
    }

    fn part(is: bool, whole: bool) -> Self {
        Self { sum: i64::from(is), of: i64::from(whole) }
    }

    /// With another one added.
    pub fn add(&mut self, value: Value, other: Self) {
        self.sum = match value {
            Value::Max => self.sum.max(other.sum),
            _ => self.sum.saturating_add(other.sum),
        };
        self.of = self.of.saturating_add(other.of);
    }

    /// The value; `None` where it cannot be computed (administration 5.1.2).
    #[expect(clippy::cast_precision_loss, reason = "the API's numbers are doubles")]
    pub fn value(self, value: Value) -> Option<f64> {
        let (sum, of) = (self.sum as f64, self.of as f64);
        let divides = self.of != 0;
        match value {
            Value::Sum => Some(sum),
            Value::SumOfMs => Some(sum / 1_000.0),
            Value::Mean => divides.then(|| sum / of),
            Value::MeanOfMs => divides.then(|| sum / of / 1_000.0),
            Value::Max => divides.then_some(sum),
            Value::Percent => divides.then(|| sum * 100.0 / of),
        }
    }
}

/// A metric of another feature: no value.
pub static NO_VALUE: Definition =
    Definition { name: "", source: Source::Never, value: Value::Sum, threshold: false, filters: MetricFilters::None };

/// A metric that is 0 for tasks.
pub static ZERO: Definition =
    Definition { name: "0", source: Source::Zero, value: Value::Sum, threshold: false, filters: MetricFilters::None };

/// A metric by its name. `None` for a name that is not documented.
pub fn definition(name: &str) -> Option<&'static Definition> {
    let own = record::METRICS.iter().chain(agent::METRICS).find(|metric| metric.name == name);
    own.or_else(|| names::OTHERS.contains(&name).then_some(&NO_VALUE))
}

#[cfg(test)]
mod tests;
