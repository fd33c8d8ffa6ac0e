//! Metrics of the records of contacts (administration 5.3.3).

use super::{Definition, Limit, MetricFilters, Source, Sum, Value};
use crate::contact::InitiationMethod;
use crate::contact::moment::seconds;
use crate::metrics::fact::{AgentFact, ContactFact, StepEnd};

type Of = fn(&ContactFact, Limit) -> Sum;

const fn of(name: &'static str, value: Value, add: Of) -> Definition {
    Definition { name, source: Source::Record(add), value, threshold: false, filters: MetricFilters::None }
}

const fn count(name: &'static str, add: Of) -> Definition {
    of(name, Value::Sum, add)
}

const fn mean(name: &'static str, add: Of) -> Definition {
    of(name, Value::Mean, add)
}

const fn within(own: Definition) -> Definition {
    Definition { threshold: true, ..own }
}

const fn filtered(own: Definition) -> Definition {
    Definition { filters: MetricFilters::Any, ..own }
}

const fn from(name: &'static str, source: Source, value: Value) -> Definition {
    Definition { name, source, value, threshold: false, filters: MetricFilters::None }
}

const fn zero(name: &'static str) -> Definition {
    from(name, Source::Zero, Value::Sum)
}

/// Every one of them.
pub(super) static METRICS: &[Definition] = &[
    filtered(count("CONTACTS_CREATED", |_, _| Sum::count(true))),
    filtered(count("CONTACTS_HANDLED", |own, _| Sum::count(own.agent.is_some()))),
    count("CONTACTS_QUEUED", |own, _| Sum::count(queued(own))),
    from("CONTACTS_QUEUED_BY_ENQUEUE", Source::Enqueued, Value::Sum),
    filtered(from("CONTACTS_HANDLED_BY_CONNECTED_TO_AGENT", Source::Connected, Value::Sum)),
    filtered(count("CONTACTS_ABANDONED", |own, _| Sum::count(own.is_abandoned()))),
    of("ABANDONMENT_RATE", Value::Percent, |own, _| Sum::part(own.is_abandoned(), queued(own))),
    filtered(mean("AVG_ABANDON_TIME", |own, _| Sum::one_of(own.queue_s().filter(|_| own.is_abandoned())))),
    filtered(mean("AVG_QUEUE_ANSWER_TIME", |own, _| Sum::one_of(own.queue_s().filter(|_| own.agent.is_some())))),
    of("MAX_QUEUED_TIME", Value::Max, |own, _| Sum::one_of(own.queue_s())),
    within(count("CONTACTS_REMOVED_FROM_QUEUE_IN_X", |own, limit| Sum::count(left_within(own, limit)))),
    within(count("SUM_CONTACTS_ANSWERED_IN_X", |own, limit| {
        Sum::count(own.agent.is_some() && left_within(own, limit))
    })),
    within(count("SUM_CONTACTS_ABANDONED_IN_X", |own, limit| {
        Sum::count(own.is_abandoned() && left_within(own, limit))
    })),
    within(of("SERVICE_LEVEL", Value::Percent, |own, limit| Sum::part(left_within(own, limit), queued(own)))),
    count("SUM_INTERACTION_TIME", |own, _| answered(own, AgentFact::interaction_s)),
    filtered(mean("AVG_INTERACTION_TIME", |own, _| answered(own, AgentFact::interaction_s))),
    count("SUM_INTERACTION_AND_HOLD_TIME", |own, _| answered(own, AgentFact::interaction_s)),
    mean("AVG_INTERACTION_AND_HOLD_TIME", |own, _| answered(own, AgentFact::interaction_s)),
    count("SUM_AFTER_CONTACT_WORK_TIME", |own, _| answered(own, AgentFact::acw_s)),
    filtered(mean("AVG_AFTER_CONTACT_WORK_TIME", |own, _| answered(own, AgentFact::acw_s))),
    count("SUM_HANDLE_TIME", |own, _| answered(own, handle_s)),
    mean("AVG_HANDLE_TIME", |own, _| answered(own, handle_s)),
    mean("AVG_ACTIVE_TIME", |own, _| answered(own, |agent| agent.interaction_s() + agent.acw_s())),
    mean("AVG_AGENT_PAUSE_TIME", |own, _| {
        Sum::one_of(own.agent.as_ref().map(AgentFact::pause_s).filter(|seconds| *seconds > 0))
    }),
    mean("AVG_CONTACT_DURATION", |own, _| Sum::one_of(Some(seconds(own.disconnected_ms - own.initiated_ms)))),
    mean("AVG_RESOLUTION_TIME", |own, _| Sum::one_of(Some(resolution_s(own)))),
    within(count("CONTACTS_RESOLVED_IN_X", |own, limit| Sum::count(limit.holds(resolution_s(own))))),
    count("SUM_CONTACT_FLOW_TIME", |own, _| Sum::one_of(flow_s(own))),
    count("CONTACTS_TRANSFERRED_OUT", |own, _| Sum::count(own.transferred_ms.is_some())),
    count("CONTACTS_TRANSFERRED_OUT_BY_AGENT", |own, _| Sum::count(transferred_by_agent(own))),
    count("CONTACTS_TRANSFERRED_OUT_FROM_QUEUE", |own, _| {
        Sum::count(own.transferred_ms.is_some() && own.left_from_queue)
    }),
    count("CONTACTS_TRANSFERRED_OUT_INTERNAL", |own, _| Sum::count(transferred_by_agent(own))),
    zero("CONTACTS_TRANSFERRED_OUT_EXTERNAL"),
    filtered(count("SUM_CONTACTS_DISCONNECTED", |own, _| {
        Sum::count(own.left_from_queue && own.transferred_ms.is_none())
    })),
    from("STEP_CONTACTS_QUEUED", Source::Step(|_| Sum::count(true)), Value::Sum),
    from(
        "PERCENT_CONTACTS_STEP_JOINED",
        Source::Step(|end| Sum::part(end == Some(StepEnd::Joined), true)),
        Value::Percent,
    ),
    from(
        "PERCENT_CONTACTS_STEP_EXPIRED",
        Source::Step(|end| Sum::part(end == Some(StepEnd::Expired), true)),
        Value::Percent,
    ),
    zero("SUM_HOLD_TIME"),
    zero("AVG_HOLD_TIME"),
    zero("AVG_HOLD_TIME_ALL_CONTACTS"),
    zero("AVG_HOLDS"),
    zero("CONTACTS_PUT_ON_HOLD"),
    zero("CONTACTS_HOLD_ABANDONS"),
    zero("CONTACTS_ON_HOLD_AGENT_DISCONNECT"),
    zero("CONTACTS_ON_HOLD_CUSTOMER_DISCONNECT"),
    zero("SUM_RETRY_CALLBACK_ATTEMPTS"),
];

fn queued(own: &ContactFact) -> bool {
    own.enqueued_ms.is_some()
}

/// Queued, with a Q under the threshold.
fn left_within(own: &ContactFact, limit: Limit) -> bool {
    own.queue_s().is_some_and(|seconds| limit.holds(seconds))
}

fn answered(own: &ContactFact, seconds: impl Fn(&AgentFact) -> i64) -> Sum {
    Sum::one_of(own.agent.as_ref().map(seconds))
}

fn handle_s(agent: &AgentFact) -> i64 {
    agent.interaction_s() + agent.acw_s() + agent.pause_s()
}

fn resolution_s(own: &ContactFact) -> i64 {
    let acw_end_ms = own.agent.as_ref().and_then(|agent| agent.acw_end_ms);
    seconds(acw_end_ms.map_or(own.disconnected_ms, |end_ms| end_ms.max(own.disconnected_ms)) - own.initiated_ms)
}

fn flow_s(own: &ContactFact) -> Option<i64> {
    let counts = match own.initiation_method {
        InitiationMethod::Api | InitiationMethod::Transfer | InitiationMethod::QueueTransfer => true,
        InitiationMethod::Disconnect => false,
    };
    let until_ms = own.enqueued_ms.or(own.transferred_ms).unwrap_or(own.disconnected_ms);
    Some(seconds(until_ms - own.connected_to_system_ms.filter(|_| counts)?))
}

fn transferred_by_agent(own: &ContactFact) -> bool {
    own.transferred_ms.is_some() && own.agent.is_some()
}
