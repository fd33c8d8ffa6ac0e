//! Metrics of agents: their time and their offers (administration 5.3.4).

use super::{AgentTime, Definition, MetricFilters, Offer, Source, Sum, Value};
use crate::agent::Outcome;

const fn time(name: &'static str, value: Value, add: fn(&AgentTime) -> Sum) -> Definition {
    Definition { name, source: Source::Time(add), value, threshold: false, filters: MetricFilters::None }
}

const fn offers(name: &'static str, value: Value, filters: MetricFilters, add: fn(Offer) -> Sum) -> Definition {
    Definition { name, source: Source::Offer(add), value, threshold: false, filters }
}

/// Every one of them.
pub(super) static METRICS: &[Definition] = &[
    time("SUM_ONLINE_TIME_AGENT", Value::SumOfMs, |own| only(own.online)),
    time("SUM_NON_PRODUCTIVE_TIME_AGENT", Value::SumOfMs, |own| only(own.custom)),
    time("SUM_CONTACT_TIME_AGENT", Value::SumOfMs, |own| only(own.contact)),
    time("SUM_IDLE_TIME_AGENT", Value::SumOfMs, |own| only(own.routable - own.contact)),
    time("SUM_ERROR_STATUS_TIME_AGENT", Value::SumOfMs, |own| only(own.error)),
    time("AGENT_OCCUPANCY", Value::Percent, |own| Sum { sum: own.contact, of: own.routable }),
    time("AVG_AGENT_CONCURRENCY", Value::Mean, |own| Sum { sum: own.entries, of: own.contact }),
    offers("SUM_CONNECTING_TIME_AGENT", Value::SumOfMs, MetricFilters::Positive, |offer| {
        Sum::one_of(Some(offer.connecting_ms))
    }),
    offers("AVG_AGENT_CONNECTING_TIME", Value::MeanOfMs, MetricFilters::Positive, |offer| {
        Sum::one_of(Some(offer.connecting_ms))
    }),
    offers("AGENT_NON_RESPONSE", Value::Sum, MetricFilters::None, |offer| Sum::count(!accepted(offer))),
    offers("AGENT_ANSWER_RATE", Value::Percent, MetricFilters::None, |offer| Sum::part(accepted(offer), true)),
];

fn only(ms: i64) -> Sum {
    Sum { sum: ms, of: 0 }
}

fn accepted(offer: Offer) -> bool {
    offer.outcome == Outcome::Accepted
}
