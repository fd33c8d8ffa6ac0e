//! CreateTask (flows 7.2.7 to 7.2.11): the request is assembled here and checked where every new task is checked.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use super::data::texts;
use super::{ActionOutcome, FAILED, Named, fixed, named, number, object, spoken};
use crate::contact::InitiationMethod;
use crate::flow::document::Action;
use crate::flow::machine::Machine;
use crate::flow::run::{Answer, Ask, NewTask, RunKind};
use crate::flow::value::{TEXT_BYTES_MAX, dynamic, resolved, scalar, text};

/// Longest delay of a new task, seconds: six days.
const DELAY_S_MAX: i64 = 518_400;

/// Longest names and values of all references of a new task together, bytes: what a task may have is decided by
/// `limits.reference_bytes_per_task`; this bounds what a flow assembles before.
const REFERENCES_BYTES_MAX: usize = 8 * TEXT_BYTES_MAX;

/// Creates a task, or records that it was created: `$.Task.ContactId` is known in the whole run then (flows 3.7).
pub(super) fn create_task(machine: &mut Machine<'_, '_>, action: &Action, answer: Option<&Answer>) -> ActionOutcome {
    match answer {
        Some(Answer::Task(Some(id))) => {
            for frame in &mut machine.run.frames {
                frame.local.insert("Task".to_owned(), json!({ "ContactId": id }));
            }
            ActionOutcome::Next
        }
        Some(Answer::Task(None)) => FAILED,
        _ => match new_task(machine, action) {
            Some(task) => ActionOutcome::Ask(Ask::CreateTask { task: Box::new(task), token: machine.token() }),
            None => FAILED,
        },
    }
}

/// The request; `None` if it cannot succeed.
fn new_task(machine: &Machine<'_, '_>, action: &Action) -> Option<NewTask> {
    let flow_id = optional(named(machine, action, "ContactFlowId"))?;
    let template_id = optional(named(machine, action, "TaskTemplateId"))?;
    if flow_id.is_none() && template_id.is_none() {
        return None; // flows 7.2.7
    }
    let segment_attributes = Value::Object(object(action, "SegmentAttributes")?.into_owned());
    let Value::Object(segment_attributes) = resolved(&segment_attributes, &machine.view())? else { return None };
    let disconnect = machine.env.contact.initiation_method == InitiationMethod::Disconnect;
    Some(NewTask {
        name: spoken(machine, action, "Name").filter(|name| !name.is_empty())?,
        description: spoken(machine, action, "Description"),
        flow_id,
        template_id,
        attributes: texts(machine, &*object(action, "Attributes")?)?,
        references: references(machine, &*object(action, "References")?)?,
        scheduled_ms: scheduled_ms(machine, action)?,
        related_contact_id: optional(named(machine, action, "RelatedContactId"))?,
        previous_contact_id: optional(named(machine, action, "PreviousContactId"))?,
        segment_attributes,
        by_disconnect_flow: disconnect && machine.run.kind == RunKind::Main,
    })
}

/// A parameter that may be left out, but may not lead to nothing (flows 3.5).
fn optional(named: Named) -> Option<Option<String>> {
    match named {
        Named::Missing => Some(None),
        Named::Nothing => None,
        Named::Is(value) => Some(Some(value)),
    }
}

/// Type and value by name; a bare text is a URL (flows 7.2.8). `None` if a value is no scalar, or if they grow beyond all limits.
fn references(machine: &Machine<'_, '_>, members: &Map<String, Value>) -> Option<BTreeMap<String, (String, String)>> {
    let view = machine.view();
    let mut out = BTreeMap::new();
    let mut room = REFERENCES_BYTES_MAX;
    for (name, member) in members {
        let (kind, value) = match member {
            Value::Object(inner) => (inner.get("Type").and_then(scalar), inner.get("Value").and_then(scalar)?),
            bare => (None, scalar(bare)?),
        };
        let (name, value) = (text(name, &view), text(&value, &view));
        room = room.checked_sub(name.len() + value.len())?;
        out.insert(name, (kind.unwrap_or_else(|| "URL".to_owned()), value));
    }
    Some(out)
}

/// When it is to start: `Some(None)` is at once, `None` is no possible time (flows 7.2.9).
fn scheduled_ms(machine: &Machine<'_, '_>, action: &Action) -> Option<Option<i64>> {
    let value = |name: &str| fixed(action, name).map(|value| dynamic(&value, &machine.view()).unwrap_or_default());
    let now_ms = machine.now_ms();
    match (value("DelaySeconds"), value("ScheduledTime")) {
        (None, None) => Some(None),
        (Some(delay), None) => Some(Some(now_ms.saturating_add(number(&delay, 1, DELAY_S_MAX)? * 1000))),
        (None, Some(time)) => {
            let ms = number(&time, 0, i64::MAX / 1000)? * 1000;
            (ms >= now_ms).then_some(Some(ms))
        }
        (Some(_), Some(_)) => None,
    }
}
