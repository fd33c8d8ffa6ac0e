//! Changes of queues, and their end (administration 2.4). A queue of a user is none of these queues: it is not found (2.4.1).

use engine::arn;
use engine::contact::Counted;
use store::{Batch, Kind, ResourceRow};
use wire::Empty;
use wire::ops::{
    DeleteQueueInput, UpdateQueueHoursOfOperationInput, UpdateQueueMaxContactsInput, UpdateQueueNameInput,
    UpdateQueueOutboundCallerConfigInput, UpdateQueueStatusInput,
};
use wire::shapes::{OutboundCallerConfig, Queue, ResourceType};

use super::{caller_flow, outbound_flow, refuse_empty};
use crate::base::scope;
use crate::resource::Mention;
use crate::resource::layer::{self, Change};
use crate::{Cx, Result};

/// Waiting tasks that a refused delete names (administration 1.3.3).
const WAITING_NAMED: usize = 3;

/// How long the counter of a deleted queue stays closed, in milliseconds: an hour, far longer than any commit takes that was decided
/// when the queue still existed.
const CLOSED_FOR_MS: i64 = 60 * 60 * 1000;

/// The queue that a request is about.
pub(super) fn own(text: &str) -> Mention<'_> {
    Mention::new("QueueId", arn::Kind::Queue, text)
}

/// UpdateQueueName: a name, a description, or both; an empty description clears it (administration 1.1.5, 1.1.6).
pub(crate) async fn update_name(cx: &Cx<'_>, input: UpdateQueueNameInput) -> Result<Empty> {
    change(cx, &input.instance_id, &input.queue_id, |queue| {
        layer::rename((&mut queue.name, &mut queue.description), (input.name.as_ref(), input.description.as_ref()))
    })
    .await
}

/// UpdateQueueMaxContacts: without a number the limit is removed, and 0 admits nobody (administration 2.4.2).
pub(crate) async fn update_max_contacts(cx: &Cx<'_>, input: UpdateQueueMaxContactsInput) -> Result<Empty> {
    change(cx, &input.instance_id, &input.queue_id, |queue| {
        queue.max_contacts = input.max_contacts;
        Ok(())
    })
    .await
}

/// UpdateQueueStatus: a DISABLED queue admits no new tasks (tasks 3.1.3).
pub(crate) async fn update_status(cx: &Cx<'_>, input: UpdateQueueStatusInput) -> Result<Empty> {
    change(cx, &input.instance_id, &input.queue_id, |queue| {
        queue.status = Some(input.status.clone());
        Ok(())
    })
    .await
}

/// A change of members that names nothing else.
async fn change(cx: &Cx<'_>, instance: &str, text: &str, set: impl Fn(&mut Queue) -> Result<()>) -> Result<Empty> {
    let instance = scope::existing(cx, instance).await?;
    layer::change(cx, &instance, own(text), Vec::new(), async |_, mut queue: Queue, _| {
        set(&mut queue)?;
        Ok(Change::of(queue))
    })
    .await?;
    Ok(Empty)
}

/// UpdateQueueHoursOfOperation.
pub(crate) async fn update_hours(cx: &Cx<'_>, input: UpdateQueueHoursOfOperationInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let hours = Mention::new("HoursOfOperationId", arn::Kind::HoursOfOperation, &input.hours_of_operation_id);
    layer::change(cx, &instance, own(&input.queue_id), vec![hours], async |_, queue: Queue, named| {
        let hours_of_operation_id = named.ids(Kind::HoursOfOperation).pop();
        Ok(Change::of(Queue { hours_of_operation_id, ..queue }))
    })
    .await?;
    Ok(Empty)
}

/// UpdateQueueOutboundCallerConfig replaces the whole configuration (administration 2.4.4).
pub(crate) async fn update_outbound_caller(cx: &Cx<'_>, input: UpdateQueueOutboundCallerConfigInput) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let caller = &input.outbound_caller_config;
    refuse_empty(cx.op(), Some(caller))?;
    let flow = caller_flow(Some(caller)).into_iter().collect();
    layer::change(cx, &instance, own(&input.queue_id), flow, async |_, queue: Queue, named| {
        let outbound_flow_id = outbound_flow(&named)?;
        let caller = OutboundCallerConfig { outbound_flow_id, ..caller.clone() };
        Ok(Change::of(Queue { outbound_caller_config: Some(caller), ..queue }))
    })
    .await?;
    Ok(Empty)
}

/// DeleteQueue: refused while tasks wait in it, or a routing profile or quick connect names it (administration 1.3.4). The counter
/// of its tasks is closed in the same commit, so that no task enters a queue that is being deleted; those of queues deleted before are
/// removed when they have been closed long enough.
pub(crate) async fn delete(cx: &Cx<'_>, input: DeleteQueueInput) -> Result<Empty> {
    let instance = scope::id(cx, &input.instance_id)?;
    let waiting = async |queue: ResourceRow| {
        refuse_with_tasks(cx, &instance, &queue.id).await?;
        let mut batch = Batch::new();
        batch.close_counter(&instance, &Counted::Queue { id: queue.id.clone() }.name(), cx.now_ms);
        batch.forget_closed_counters(&instance, Counted::QUEUES, cx.now_ms.saturating_sub(CLOSED_FOR_MS));
        Ok(batch)
    };
    layer::delete::<Queue, _>(cx, &input.instance_id, &input.queue_id, waiting).await?;
    Ok(Empty)
}

/// Names tasks that wait in a queue, or are offered to an agent from there.
async fn refuse_with_tasks(cx: &Cx<'_>, instance: &str, queue: &str) -> Result<()> {
    let waiting = cx.store().contacts_inside(instance, queue, WAITING_NAMED).await?;
    let Some(first) = waiting.first() else { return Ok(()) };
    let named: Vec<String> = waiting.iter().map(|id| format!("contact {id}")).collect();
    let message = format!("Queue {queue} cannot be deleted: {} wait in it", named.join(", "));
    Err(layer::in_use(cx.op(), message, Some((ResourceType::Contact, first))))
}

#[cfg(test)]
mod tests {
    use wire::Op;

    use super::*;

    #[test]
    fn what_is_not_declared_is_not_answered() {
        let error = layer::in_use(Op::DeleteHoursOfOperation, "m".to_owned(), Some((ResourceType::Contact, "c")));
        assert_eq!(error.exception.name(), "InvalidRequestException");
    }
}
