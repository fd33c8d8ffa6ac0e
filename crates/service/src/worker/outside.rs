//! External effects of flows: functions, new tasks, attributes of other tasks (flows 7). Each is performed after the state
//! that requests it is stored.

use std::time::Duration;

use engine::contact::start::Descent;
use engine::contact::{Attributes, Event, merge_attributes};
use engine::flow::run::Answer;

use super::run::Outside;
use crate::base::commit::Attempt;
use crate::unit::{LoadedContact, UnitOfWork, deciding};
use crate::{Cx, Result, contact};

/// Attempts to write another task's attributes before the action takes its error branch.
const ATTEMPTS: usize = 16;

/// Performs an external effect for a flow; the tasks it makes are of this descent.
pub(super) async fn act(cx: &Cx<'_>, instance: &str, descent: Descent, outside: Outside) -> Result<Answer> {
    match outside {
        Outside::Function { arn, payload, limit_s, asynchronous, token } => {
            let limit = Duration::from_secs(u64::from(limit_s));
            let answer = match cx.calls() {
                Some(calls) => calls.functions.call(&arn, payload, limit, asynchronous, &token).await,
                None => None,
            };
            Ok(Answer::Function(answer))
        }
        Outside::CreateTask { task, token } => {
            Ok(Answer::Task(contact::start_from_flow(cx, instance, &task, &token, descent).await?))
        }
        Outside::WriteAttributes { contact_id, attributes, .. } => {
            Ok(Answer::Done(write_attributes(cx, instance, &contact_id, &attributes).await?))
        }
    }
}

/// flows 7.2.1: attributes of the related contact, all or nothing.
async fn write_attributes(cx: &Cx<'_>, instance: &str, contact_id: &str, new: &Attributes) -> Result<bool> {
    for _ in 0..ATTEMPTS {
        let Some(mut loaded) = LoadedContact::find(cx, instance, contact_id).await? else { return Ok(false) };
        let Ok(merged) = merge_attributes(&loaded.attributes, new, true) else { return Ok(false) };
        loaded.attributes = merged;
        let mut effects = engine::contact::Effects::default();
        let applied = deciding(cx, instance, |lcx| loaded.contact.apply(Event::AttributesWritten, &mut effects, lcx));
        if applied.is_err() {
            return Ok(false);
        }
        let mut unit = UnitOfWork::new(cx, instance);
        unit.update_contact(loaded, effects)?;
        if let Attempt::Done(()) = unit.commit(()).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
