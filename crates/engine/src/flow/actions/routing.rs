//! Routing (flows 7.1) and the return from a pause (flows 7.5.3).

use serde_json::Value;

use super::data::has_room;
use super::{ActionOutcome, FAILED, Named, fixed, named, number};
use crate::arn::{self, IdRef, Kind, Scope};
use crate::contact::{DisconnectReason, Event, QueueRef, State};
use crate::criteria::Criteria;
use crate::flow::document::{Action, ErrorType};
use crate::flow::machine::{Machine, transferable};
use crate::flow::run::{Answer, Ask, FlowFact, QueueFact, TRANSFERS_MAX};
use crate::flow::value::resolved;

/// Most steps of routing criteria (flows 7.1.11).
const CRITERIA_STEPS_MAX: usize = 5;
/// Levels of a proficiency (flows 7.1.13).
const LEVELS: std::ops::RangeInclusive<f64> = 1.0..=5.0;

/// UpdateContactTargetQueue (flows 7.1.1, 7.1.2).
pub(super) fn target_queue(machine: &mut Machine<'_, '_>, action: &Action, answer: Option<&Answer>) -> ActionOutcome {
    let fact = match wanted_queue(machine, action, answer) {
        Ok(fact) => fact,
        Err(outcome) => return *outcome,
    };
    machine.touched().target_queue = Some(fact.queue);
    ActionOutcome::Next
}

/// TransferContactToQueue (flows 7.1.3 to 7.1.5).
pub(super) fn enqueue(machine: &mut Machine<'_, '_>, answer: Option<&Answer>) -> ActionOutcome {
    let contact = &*machine.env.contact;
    let Some(target) = contact.target_queue.clone().filter(|_| contact.state == State::InFlow) else { return FAILED };
    let fact = match (answer, target.agent) {
        (Some(Answer::Queue(fact)), false) => fact.as_ref(),
        (Some(Answer::Agent(fact)), true) => fact.as_ref().map(|(_, fact)| fact),
        (_, false) => return ActionOutcome::Ask(Ask::Queue { id: target.id }),
        (_, true) => return ActionOutcome::Ask(Ask::Agent { user: target.id }),
    };
    match fact {
        Some(fact) if fact.enabled => enter_queue(machine, fact),
        _ => FAILED,
    }
}

/// DequeueContactAndTransferToQueue (flows 7.1.6).
pub(super) fn move_to_queue(machine: &mut Machine<'_, '_>, action: &Action, answer: Option<&Answer>) -> ActionOutcome {
    if machine.env.contact.state != State::Queued {
        return FAILED;
    }
    let fact = match wanted_queue(machine, action, answer) {
        Ok(fact) if fact.enabled => fact,
        Ok(_) => return FAILED,
        Err(outcome) => return *outcome,
    };
    if fact.most(true).is_some_and(|most| fact.size >= most) {
        return ActionOutcome::Error(ErrorType::QueueAtCapacity);
    }
    let queue_flow = machine.env.queue_flow.map(str::to_owned);
    match machine.apply(Event::MoveToQueue { queue: fact.queue, queue_flow }) {
        Ok(()) => ActionOutcome::Over,
        Err(_) => FAILED,
    }
}

/// TransferContactToAgent (flows 7.1.7).
pub(super) fn to_agent(machine: &mut Machine<'_, '_>, answer: Option<&Answer>) -> ActionOutcome {
    let Some(agent) = &machine.env.contact.target_agent else { return ActionOutcome::End(DisconnectReason::Other) };
    let Some(Answer::Agent(fact)) = answer else { return ActionOutcome::Ask(Ask::Agent { user: agent.id.clone() }) };
    let outcome = match fact {
        Some((_, fact)) if fact.enabled => enter_queue(machine, fact),
        _ => FAILED,
    };
    if outcome == ActionOutcome::Over { outcome } else { ActionOutcome::End(DisconnectReason::Other) }
}

/// Puts the contact into a queue that has room.
fn enter_queue(machine: &mut Machine<'_, '_>, fact: &QueueFact) -> ActionOutcome {
    if fact.most(false).is_some_and(|most| fact.size >= most) {
        return ActionOutcome::Error(ErrorType::QueueAtCapacity);
    }
    let queue_flow = machine.env.queue_flow.map(str::to_owned);
    match machine.apply(Event::Enqueue { queue: fact.queue.clone(), queue_flow }) {
        Ok(()) => ActionOutcome::Over,
        Err(_) => FAILED,
    }
}

/// The queue that QueueId or AgentId means (flows 7.1.1).
fn wanted_queue(
    machine: &Machine<'_, '_>,
    action: &Action,
    answer: Option<&Answer>,
) -> Result<QueueFact, Box<ActionOutcome>> {
    let fact = match (named(machine, action, "QueueId"), named(machine, action, "AgentId"), answer) {
        (Named::Is(_), Named::Missing, Some(Answer::Queue(fact))) => fact.clone(),
        (Named::Missing, Named::Is(_), Some(Answer::Agent(fact))) => fact.as_ref().map(|(_, fact)| fact.clone()),
        (Named::Is(id), Named::Missing, _) => return Err(Box::new(ActionOutcome::Ask(Ask::Queue { id }))),
        (Named::Missing, Named::Is(user), _) => return Err(Box::new(ActionOutcome::Ask(Ask::Agent { user }))),
        _ => None,
    };
    fact.ok_or_else(|| Box::new(FAILED))
}

/// TransferToFlow (flows 7.1.8, 9.4).
pub(super) fn to_flow(machine: &Machine<'_, '_>, action: &Action, answer: Option<&Answer>) -> ActionOutcome {
    let Some(id) = named(machine, action, "ContactFlowId").value() else { return FAILED };
    if machine.run.transfers >= TRANSFERS_MAX {
        return FAILED;
    }
    match answer {
        Some(Answer::Flow(Some(FlowFact { flow, archived: false }))) if transferable(flow) => {
            ActionOutcome::Enter(flow.clone())
        }
        Some(Answer::Flow(_)) => FAILED,
        _ => ActionOutcome::Ask(Ask::Flow { id, module: false }),
    }
}

/// UpdateContactRoutingBehavior (flows 7.1.9, 7.1.10). It has no error: what cannot be read changes nothing. Proficiencies of a
/// hierarchy mean nothing for a task (flows 7.1.12).
pub(super) fn behavior(machine: &mut Machine<'_, '_>, action: &Action) -> ActionOutcome {
    if action.parameter("RoutingProficiencies").is_some() {
        return ActionOutcome::Next;
    }
    let priority = fixed(action, "QueuePriority").and_then(|text| number(&text, 1, i64::MAX));
    let age = fixed(action, "QueueTimeAdjustmentSeconds").and_then(|text| number(&text, i64::MIN, i64::MAX));
    let most = |age: i64| if age < 0 { i32::MIN } else { i32::MAX };
    let age_adjustment_s = age.map(|age| i32::try_from(age).unwrap_or(most(age)));
    if priority.is_none() && age_adjustment_s.is_none() {
        return FAILED;
    }
    match machine.apply(Event::Route { priority, age_adjustment_s, criteria: None }) {
        Ok(()) => ActionOutcome::Next,
        Err(_) => FAILED,
    }
}

/// UpdateContactRoutingCriteria (flows 7.1.11, 7.1.13). Paths are looked up now: the task waits in its queue without this flow.
pub(super) fn criteria(machine: &mut Machine<'_, '_>, action: &Action) -> ActionOutcome {
    let criteria = action.parameter("RoutingCriteria");
    let steps = criteria.and_then(|criteria| criteria.get("Steps")).and_then(Value::as_array);
    let fits = steps.is_some_and(|steps| (1..=CRITERIA_STEPS_MAX).contains(&steps.len()));
    let found = criteria.filter(|_| fits).and_then(|criteria| resolved(criteria, &machine.view()));
    let found = found.and_then(|criteria| as_in_api(criteria, "", machine.env.cx.at.scope)).filter(has_room);
    let criteria = found.as_ref().map(ToString::to_string).filter(|text| Criteria::parse(text).is_ok());
    let Some(criteria) = criteria else { return FAILED };
    match machine.apply(Event::Route { priority: None, age_adjustment_s: None, criteria: Some(criteria) }) {
        Ok(()) => ActionOutcome::Next,
        Err(_) => FAILED,
    }
}

/// Routing criteria in the form of the API: levels and times as numbers, agents by their bare ids. `None` when a path led to nothing,
/// or when a value is none of its kind.
fn as_in_api(value: Value, name: &str, scope: Scope<'_>) -> Option<Value> {
    Some(match value {
        Value::Null => return None,
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| {
                let value = as_in_api(value, &name, scope)?;
                Some((name, value))
            });
            Value::Object(members.collect::<Option<_>>()?)
        }
        Value::Array(items) => {
            Value::Array(items.into_iter().map(|item| as_in_api(item, name, scope)).collect::<Option<_>>()?)
        }
        Value::String(text) => match name {
            "ProficiencyLevel" => Value::from(text.trim().parse().ok().filter(|level| LEVELS.contains(level))?),
            "DurationInSeconds" => Value::from(number(&text, 0, i32::MAX.into())?),
            "AgentIds" => match arn::id_or_arn(Kind::User, &text, scope) {
                IdRef::Id(id) if !id.is_empty() => Value::String(id),
                _ => return None,
            },
            _ => Value::String(text),
        },
        value => value,
    })
}

/// ResumeContact (flows 7.5.3).
pub(super) fn resume(machine: &mut Machine<'_, '_>) -> ActionOutcome {
    if machine.env.contact.state != State::Paused {
        return FAILED;
    }
    let queue_flow = machine.env.queue_flow.map(str::to_owned);
    match machine.apply(Event::Resume { flow_id: None, from_flow: true, queue_flow }) {
        Ok(()) => ActionOutcome::Next,
        Err(_) => FAILED,
    }
}

/// The queue that an action without queue of its own means (flows 7.3.2, 7.3.6).
pub(super) fn present_queue(machine: &Machine<'_, '_>) -> Option<QueueRef> {
    machine.view().queue().cloned()
}
