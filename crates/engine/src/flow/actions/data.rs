//! Data of the contact and of the flow (flows 7.2.1 to 7.2.6), and the switch of the flow log (flows 7.4.7).

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use wire::shapes::SegmentAttributeValue;

use super::{ActionOutcome, FAILED, fixed, object, spoken};
use crate::contact::{ATTRIBUTES_BYTES_MAX, Attributes, Event, Update, merge_attributes};
use crate::flow::document::Action;
use crate::flow::machine::Machine;
use crate::flow::run::{Answer, Ask};
use crate::flow::value::{TEXT_BYTES_MAX, resolved, scalar, text};
use crate::text::chars;

/// Longest name and description of a task, in characters (tasks 1.4).
const NAME_CHARS_MAX: usize = 1024;
const DESCRIPTION_CHARS_MAX: usize = 4096;
/// Longest LanguageCode and CustomerId, in characters.
const CODE_CHARS_MAX: usize = 256;
/// Parameters of UpdateContactData that mean something for a task (flows 7.2.3).
const CONTACT_DATA: [&str; 7] =
    ["TargetContact", "Name", "Description", "LanguageCode", "CustomerId", "WisdomSessionArn", "SegmentAttributes"];

/// UpdateContactAttributes (flows 7.2.1): all or nothing.
pub(super) fn attributes(machine: &mut Machine<'_, '_>, action: &Action, answer: Option<&Answer>) -> ActionOutcome {
    let target = match target_contact(machine, action) {
        Ok(target) => target,
        Err(outcome) => return *outcome,
    };
    if let (Some(Answer::Done(done)), Some(_)) = (answer, &target) {
        return if *done { ActionOutcome::Next } else { FAILED };
    }
    let Some(new) = object(action, "Attributes").and_then(|members| texts(machine, &members)) else { return FAILED };
    if let Some(contact_id) = target {
        let fits = merge_attributes(&Attributes::new(), &new, true).is_ok();
        return if fits { ActionOutcome::Ask(Ask::WriteAttributes { contact_id, attributes: new }) } else { FAILED };
    }
    let Ok(merged) = merge_attributes(machine.env.attributes, &new, true) else { return FAILED };
    let before = std::mem::replace(machine.env.attributes, merged);
    if machine.apply(Event::AttributesWritten).is_err() {
        *machine.env.attributes = before;
        return FAILED;
    }
    ActionOutcome::Next
}

/// Whom TargetContact means: `None` is the contact itself.
fn target_contact(machine: &Machine<'_, '_>, action: &Action) -> Result<Option<String>, Box<ActionOutcome>> {
    match fixed(action, "TargetContact").as_deref() {
        None | Some("Current") => Ok(None),
        Some("Related") => machine.env.contact.related_contact_id.clone().map(Some).ok_or_else(|| Box::new(FAILED)),
        Some(_) => Err(Box::new(FAILED)),
    }
}

/// Keys and values of a map, references replaced; what leads to nothing is empty (flows 3.5). `None` if a value is no scalar, or if
/// they grow beyond all limits.
pub(super) fn texts(machine: &Machine<'_, '_>, members: &Map<String, Value>) -> Option<Attributes> {
    let view = machine.view();
    let mut out = BTreeMap::new();
    let mut room = TEXT_BYTES_MAX;
    for (key, value) in members {
        let (key, value) = (text(key, &view), text(&scalar(value)?, &view));
        room = room.checked_sub(key.len() + value.len())?;
        out.insert(key, value);
    }
    Some(out)
}

/// UpdateFlowAttributes (flows 7.2.2): all or nothing.
pub(super) fn flow_attributes(machine: &mut Machine<'_, '_>, action: &Action) -> ActionOutcome {
    let Some(members) = object(action, "FlowAttributes") else { return FAILED };
    let values = members.iter().map(|(key, value)| (key.clone(), value.get("Value").unwrap_or(value).clone()));
    let Some(new) = texts(machine, &values.collect()) else { return FAILED };
    let Some(frame) = machine.run.frames.last_mut() else { return FAILED };
    match merge_attributes(&frame.flow_attributes, &new, true) {
        Ok(merged) => {
            frame.flow_attributes = merged;
            ActionOutcome::Next
        }
        Err(_) => FAILED,
    }
}

/// UpdateContactData (flows 7.2.3, B145). What it sets for voice fails on a task.
pub(super) fn contact_data(machine: &mut Machine<'_, '_>, action: &Action, answer: Option<&Answer>) -> ActionOutcome {
    let foreign = action.parameters.keys().any(|name| !CONTACT_DATA.contains(&name.as_str()));
    if foreign || target_contact(machine, action) != Ok(None) {
        return FAILED;
    }
    let name = spoken(machine, action, "Name");
    let description = spoken(machine, action, "Description");
    let language_code = spoken(machine, action, "LanguageCode");
    let customer_id = spoken(machine, action, "CustomerId");
    let within = |text: &Option<String>, most: usize| text.as_ref().is_none_or(|text| chars(text) <= most);
    let fits = within(&name, NAME_CHARS_MAX)
        && within(&description, DESCRIPTION_CHARS_MAX)
        && within(&language_code, CODE_CHARS_MAX)
        && within(&customer_id, CODE_CHARS_MAX);
    if !fits {
        return FAILED;
    }
    let segment_attributes = match segment_attributes(machine, action, answer) {
        Ok(attributes) => attributes,
        Err(outcome) => return *outcome,
    };
    let update = Update { name, description, language_code, customer_id, segment_attributes, ..Update::default() };
    if update == Update::default() {
        return ActionOutcome::Next; // a session of an assistant: nothing of it is kept
    }
    match machine.apply(Event::Update(Box::new(update))) {
        Ok(()) => ActionOutcome::Next,
        Err(_) => FAILED,
    }
}

/// The segment attributes that UpdateContactData sets, all or nothing (administration 6.1.4, B145).
fn segment_attributes(
    machine: &Machine<'_, '_>,
    action: &Action,
    answer: Option<&Answer>,
) -> Result<BTreeMap<String, String>, Box<ActionOutcome>> {
    let failed = || Box::new(FAILED);
    let members = object(action, "SegmentAttributes").ok_or_else(failed)?.into_owned();
    if members.is_empty() {
        return Ok(BTreeMap::new());
    }
    let Some(Answer::Predefined(predefined)) = answer else {
        return Err(Box::new(ActionOutcome::Ask(Ask::Predefined { names: members.keys().cloned().collect() })));
    };
    let Some(Value::Object(members)) = resolved(&Value::Object(members), &machine.view()) else {
        return Err(failed());
    };
    let text = |(name, value): (String, Value)| {
        let value: SegmentAttributeValue = wire::from_stored(value.to_string().as_bytes()).ok()?;
        Some((name.clone(), predefined.text(&name, &value).ok()?))
    };
    members.into_iter().map(text).collect::<Option<_>>().ok_or_else(failed)
}

/// TagContact (flows 7.2.6): all or nothing.
pub(super) fn tag(machine: &mut Machine<'_, '_>, action: &Action) -> ActionOutcome {
    let tags = object(action, "Tags").and_then(|members| texts(machine, &members));
    let Some(tags) = tags.filter(|tags| tags.iter().all(|(key, value)| taggable(key, value))) else { return FAILED };
    match machine.apply(Event::Tag { tags }) {
        Ok(()) => ActionOutcome::Next,
        Err(_) => FAILED,
    }
}

/// What the API takes as a tag (tasks 1.4).
fn taggable(key: &str, value: &str) -> bool {
    (1..=128).contains(&chars(key)) && !key.starts_with("aws:") && chars(value) <= 256
}

/// UntagContact (flows 7.2.6).
pub(super) fn untag(machine: &mut Machine<'_, '_>, action: &Action) -> ActionOutcome {
    let keys = action.parameter("TagKeys").and_then(Value::as_array);
    let Some(keys) = keys.and_then(|keys| keys.iter().map(scalar).collect::<Option<Vec<_>>>()) else { return FAILED };
    if keys.iter().any(|key| key.starts_with("aws:")) {
        return FAILED;
    }
    match machine.apply(Event::Untag { keys }) {
        Ok(()) => ActionOutcome::Next,
        Err(_) => FAILED,
    }
}

/// UpdateFlowLoggingBehavior (flows 7.4.7).
pub(super) fn logging(machine: &mut Machine<'_, '_>, action: &Action) -> ActionOutcome {
    let on = match fixed(action, "FlowLoggingBehavior").as_deref() {
        Some("Enabled") => true,
        Some("Disabled") => false,
        _ => return FAILED,
    };
    machine.touched().flow_logging = on;
    ActionOutcome::Next
}

/// Levels of lists and objects in a value that a run keeps: what is stored has to be readable again, with room to spare.
const DEPTH_MAX: usize = 32;

/// Whether a value of results fits into a run (flows 7.4.3, and what modules give and get): in bytes and in depth.
pub(super) fn has_room(value: &Value) -> bool {
    is_shallow(value, DEPTH_MAX) && value.to_string().len() < ATTRIBUTES_BYTES_MAX
}

fn is_shallow(value: &Value, levels: usize) -> bool {
    match (value, levels.checked_sub(1)) {
        (Value::Array(items), Some(left)) => items.iter().all(|item| is_shallow(item, left)),
        (Value::Object(members), Some(left)) => members.values().all(|member| is_shallow(member, left)),
        (Value::Array(_) | Value::Object(_), None) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f7_4_3_what_is_nested_too_deep_has_no_room() {
        let nested = |levels: usize| (0..levels).fold(Value::from(1), |inner, _| Value::from(vec![inner]));
        assert!(has_room(&nested(DEPTH_MAX)));
        assert!(!has_room(&nested(DEPTH_MAX + 1)));
        let object = |levels: usize| (0..levels).fold(Value::from(1), |inner, _| serde_json::json!({"a": inner}));
        assert!(has_room(&object(DEPTH_MAX)));
        assert!(!has_room(&object(120)));
        assert!(!has_room(&Value::from("x".repeat(ATTRIBUTES_BYTES_MAX))));
    }
}
