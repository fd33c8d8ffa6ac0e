//! Branches (flows 7.3).

use serde_json::{Value, json};

use super::routing::present_queue;
use super::{ActionOutcome, FAILED, Named, asked_queue, fixed, named, number};
use crate::flow::document::{Action, ErrorType};
use crate::flow::machine::Machine;
use crate::flow::run::{Answer, Ask, Later, Metrics, Wanted};
use crate::flow::value::{Path, Source as _};
use crate::metrics::people::{AVAILABLE, ONLINE, STAFFED};

/// Most rounds of a Loop (flows 7.3.9).
const LOOPS_MAX: i64 = 100;
/// Longest wait, seconds: a week (flows 7.3.11).
const WAIT_S_MAX: i64 = 604_800;
/// `$.Metrics.Agents`, in the order of [`Metrics::agents`].
const AGENTS: [&str; 7] = ["Online", "Available", "Staffed", "AfterContactWork", "Busy", "Missed", "NonProductive"];

/// Compare (flows 7.3.1).
pub(super) fn compare(machine: &Machine<'_, '_>, action: &Action) -> ActionOutcome {
    let value = fixed(action, "ComparisonValue").unwrap_or_default();
    let found = match Path::parse(&value) {
        Some(path) => machine.view().find(path.segments()),
        None => Some(Value::String(value)),
    };
    ActionOutcome::Result(found.unwrap_or_default())
}

/// CheckHoursOfOperation (flows 7.3.2).
pub(super) fn hours(machine: &Machine<'_, '_>, action: &Action, answer: Option<&Answer>) -> ActionOutcome {
    if let Some(Answer::Open(open)) = answer {
        return open.map_or(FAILED, |open| ActionOutcome::Result(json!(if open { "True" } else { "False" })));
    }
    let queue = present_queue(machine);
    match named(machine, action, "HoursOfOperationId") {
        Named::Is(id) => ActionOutcome::Ask(Ask::Hours { hours: Some(id), queue }),
        Named::Missing if queue.is_some() => ActionOutcome::Ask(Ask::Hours { hours: None, queue }),
        Named::Missing | Named::Nothing => FAILED,
    }
}

/// CheckMetricData (flows 7.3.3 to 7.3.6).
pub(super) fn check_metric(machine: &Machine<'_, '_>, action: &Action, answer: Option<&Answer>) -> ActionOutcome {
    // The number of agents is only compared with 0, so nobody needs to count them all (flows 7.3.3).
    let (wanted, value): (Wanted, fn(&Metrics) -> i64) = match fixed(action, "MetricType").as_deref() {
        Some("NumberOfAgentsOnline") => (Wanted::Somebody(ONLINE), |metrics| metrics.agents[ONLINE]),
        Some("NumberOfAgentsAvailable") => (Wanted::Somebody(AVAILABLE), |metrics| metrics.agents[AVAILABLE]),
        Some("NumberOfAgentsStaffed") => (Wanted::Somebody(STAFFED), |metrics| metrics.agents[STAFFED]),
        Some("OldestContactInQueueAgeSeconds") => (Wanted::Contacts, |metrics| metrics.oldest_ms),
        Some("NumberOfContactsInQueue") => (Wanted::Contacts, |metrics| metrics.size),
        _ => return FAILED,
    };
    match metrics(machine, action, wanted, answer) {
        Ok(metrics) => ActionOutcome::Result(json!(value(&metrics))),
        Err(outcome) => *outcome,
    }
}

/// GetMetricData (flows 7.3.7): fills `$.Metrics`. Other channels than tasks are never busy here.
pub(super) fn get_metrics(machine: &mut Machine<'_, '_>, action: &Action, answer: Option<&Answer>) -> ActionOutcome {
    let channel = named(machine, action, "QueueChannel").value();
    let foreign = channel.is_some_and(|channel| !channel.eq_ignore_ascii_case("task"));
    let wanted = if foreign { Wanted::Contacts } else { Wanted::All { contact_id: machine.env.contact.id.clone() } };
    let mut metrics = match metrics(machine, action, wanted, answer) {
        Ok(metrics) => metrics,
        Err(outcome) => return *outcome,
    };
    if foreign {
        metrics = Metrics { queue: metrics.queue, ..Metrics::default() };
    }
    let value = metrics_json(&metrics);
    if let Some(frame) = machine.run.frames.last_mut() {
        frame.local.insert("Metrics".to_owned(), value);
    }
    ActionOutcome::Next
}

/// `$.Metrics` (flows 3.7); the age is in seconds. When nothing is active there are no numbers.
fn metrics_json(metrics: &Metrics) -> Value {
    let mut queue = serde_json::Map::new();
    if let Some((name, arn)) = &metrics.queue {
        queue.insert("Name".to_owned(), json!(name));
        queue.insert("ARN".to_owned(), json!(arn));
    }
    if metrics.size == 0 && metrics.agents.iter().all(|count| *count == 0) {
        return json!({ "Queue": queue });
    }
    queue.insert("Size".to_owned(), json!(metrics.size));
    queue.insert("OldestContactAge".to_owned(), json!(metrics.oldest_ms / 1000));
    queue.extend(metrics.wait_s.map(|seconds| ("EstimatedWaitTime".to_owned(), json!(seconds))));
    let mut contact = serde_json::Map::new();
    contact.extend(metrics.position.map(|position| ("PositionInQueue".to_owned(), json!(position))));
    contact.extend(metrics.contact_wait_s.map(|seconds| ("EstimatedWaitTime".to_owned(), json!(seconds))));
    let agents = AGENTS.iter().zip(metrics.agents).map(|(name, count)| ((*name).to_owned(), json!({ "Count": count })));
    json!({"Queue": queue, "Agents": Value::Object(agents.collect()), "Contact": contact})
}

/// Numbers about the queue that QueueId or AgentId names, else about the one the contact is in or targets.
fn metrics(
    machine: &Machine<'_, '_>,
    action: &Action,
    wanted: Wanted,
    answer: Option<&Answer>,
) -> Result<Metrics, Box<ActionOutcome>> {
    if let Some(Answer::Metrics(metrics)) = answer {
        return metrics.clone().ok_or_else(|| Box::new(FAILED));
    }
    let (queue, agent) = match (named(machine, action, "QueueId"), named(machine, action, "AgentId")) {
        (Named::Is(id), Named::Missing) => (Some(id), None),
        (Named::Missing, Named::Is(user)) => (None, Some(user)),
        (Named::Missing, Named::Missing) => asked_queue(&present_queue(machine).ok_or_else(|| Box::new(FAILED))?),
        _ => return Err(Box::new(FAILED)),
    };
    Err(Box::new(ActionOutcome::Ask(Ask::Metrics { queue, agent, wanted })))
}

/// DistributeByPercentage (flows 7.3.8).
pub(super) fn percentage(answer: Option<&Answer>) -> ActionOutcome {
    match answer {
        Some(Answer::Percent(drawn)) => ActionOutcome::Result(json!(drawn.clamp(&1, &100))),
        _ => ActionOutcome::Ask(Ask::Percent),
    }
}

/// Loop (flows 7.3.9, 7.3.10).
pub(super) fn repeat(machine: &mut Machine<'_, '_>, action: &Action) -> ActionOutcome {
    let count = named(machine, action, "LoopCount").value().and_then(|count| number(&count, 0, LOOPS_MAX));
    let Some(count) = count else {
        let wired = action.target_of(ErrorType::NoMatchingError).is_some();
        return if wired { FAILED } else { ActionOutcome::Result(json!("DoneLooping")) };
    };
    let name = fixed(action, "LoopName");
    let Some(frame) = machine.run.frames.last_mut() else { return FAILED };
    let round = frame.loops.get(&action.identifier).copied().unwrap_or(0);
    let names = frame.local.entry("Loop".to_owned()).or_insert_with(|| json!({}));
    if i64::from(round) < count {
        frame.loops.insert(action.identifier.clone(), round + 1);
        if let (Some(name), Some(names)) = (name, names.as_object_mut()) {
            names.insert(name, json!({ "Index": round }));
        }
        return ActionOutcome::Result(json!("ContinueLooping"));
    }
    frame.loops.remove(&action.identifier);
    if let (Some(name), Some(names)) = (name, names.as_object_mut()) {
        names.remove(&name);
    }
    ActionOutcome::Result(json!("DoneLooping"))
}

/// Wait (flows 7.3.11 to 7.3.15). In the continue form the branch Continue runs at once.
pub(super) fn wait(machine: &mut Machine<'_, '_>, action: &Action) -> ActionOutcome {
    let limit = named(machine, action, "TimeLimitSeconds").value().and_then(|limit| number(&limit, 1, WAIT_S_MAX));
    let Some(limit) = limit.filter(|_| machine.run.later.is_none()) else { return FAILED };
    let due_ms = machine.now_ms().saturating_add(limit * 1000);
    if !fixed(action, "ContinueExecution").is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return ActionOutcome::Wait(due_ms);
    }
    let completed = action.conditions.iter().find(|condition| condition.operand == "WaitCompleted");
    let target = completed.map(|condition| condition.next).or(action.next);
    let document = machine.document();
    let target =
        document.zip(target).and_then(|(document, target)| Some(document.actions.get(target)?.identifier.clone()));
    let Some(target) = target else { return FAILED };
    machine.run.later = Some(Later { due_ms, action: target, depth: machine.run.frames.len() });
    ActionOutcome::Result(json!("Continue"))
}
