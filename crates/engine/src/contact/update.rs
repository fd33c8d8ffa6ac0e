//! What UpdateContact asks for (tasks 2.13.1 to 2.13.4): the request in our form, or every reason why it is refused.
//! The transition decides what becomes of it.

use wire::ops::UpdateContactInput;

use super::start::{Problems, given_references, segment, values};
use super::{Predefined, Refusal, Update};

const EXPIRY: &str = "connect:ContactExpiry";

/// The changes of a request. `predefined` are the segment attributes that users may set.
///
/// # Errors
/// Every violation, each named by its member: members that do not go with a task (tasks 2.13.3), references that do not
/// fit their type, segment attributes that cannot be set.
pub fn update_of(input: &UpdateContactInput, predefined: &Predefined) -> Result<Update, Refusal> {
    let mut problems = Problems::default();
    for (member, given) in [
        ("QueueInfo", input.queue_info.is_some()),
        ("UserInfo", input.user_info.is_some()),
        ("CustomerEndpoint", input.customer_endpoint.is_some()),
        ("SystemEndpoint", input.system_endpoint.is_some()),
        ("AdditionalRecipients", input.additional_recipients.is_some()),
    ] {
        if given {
            problems.rule(member, "this cannot be set on a task");
        }
    }
    let mut update = Update { name: input.name.clone(), description: input.description.clone(), ..Update::default() };
    for (key, given) in given_references(input.references.as_ref()) {
        match values::reference(&key, &given) {
            Ok(reference) => drop(update.references.insert(key, reference)),
            Err((false, path, why)) => problems.rule(&path, why),
            Err((true, path, why)) => problems.parameter(&path, why),
        }
    }
    for (key, value) in input.segment_attributes.iter().flatten() {
        let path = format!("SegmentAttributes[{key:?}]");
        if key == EXPIRY {
            match segment::expiry_minutes(value) {
                Ok(minutes) => update.expiry_minutes = Some(minutes),
                Err(why) => problems.parameter(&path, why),
            }
            continue;
        }
        match predefined.text(key, value) {
            Ok(text) => drop(update.segment_attributes.insert(key.clone(), text)),
            Err(refused) => problems.refused(&path, refused),
        }
    }
    if problems.is_empty() { Ok(update) } else { Err(problems.refusal()) }
}
