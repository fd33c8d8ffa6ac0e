//! TransferContact: the task continues as a new contact of its chain (tasks 2.8).

use engine::arn::{self, IdRef};
use engine::contact::{AgentRef, Effects, Event, QueueRef};
use engine::contact_flow::task_can_start;
use store::Kind;
use wire::ops::{TransferContactInput, TransferContactOutput};

use crate::base::client_token::{self, Presented};
use crate::base::scope;
use crate::contact::lookup;
use crate::resource::user;
use crate::unit::{UnitOfWork, deciding, refused};
use crate::{Cx, Error, Result};

/// TransferContact (tasks 2.8): the old contact ends and the new one begins in the same commit.
pub(crate) async fn transfer(
    cx: &Cx<'_>,
    input: TransferContactInput,
    token: Presented<'_>,
) -> Result<TransferContactOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let token = token.within(cx, &instance);
    let scope = cx.home().instance(&instance);
    let output = |id: String| TransferContactOutput {
        contact_arn: Some(scope.arn(arn::Kind::Contact, &id)),
        contact_id: Some(id),
    };
    client_token::once(cx, &input.contact_id, token.as_ref(), output, || async {
        let mut loaded = lookup::task(cx, &instance, &input.contact_id).await?;
        let (flow_id, queue, agent) = tokio::try_join!(
            lookup::flow_to_enter(cx, &instance, &input.contact_flow_id, task_can_start),
            target_queue(cx, &instance, input.queue_id.as_deref()),
            target_agent(cx, &instance, input.user_id.as_deref()),
        )?;
        if queue.is_some() && agent.is_some() {
            return Err(Error::invalid_request("QueueId and UserId cannot be given together"));
        }
        let mut unit = UnitOfWork::new(cx, &instance);
        // A task must not wait in a queue that was deleted between lookup and commit.
        if let Some(queue) = &queue {
            unit.batch.require_resource(&instance, Kind::Queue, &queue.id);
        }
        if let Some(agent) = &agent {
            unit.batch.require_resource(&instance, Kind::User, &agent.id);
        }
        let mut effects = Effects::default();
        let event = Event::Transfer { flow_id, queue, agent };
        deciding(cx, &instance, |life| loaded.contact.apply(event, &mut effects, life)).map_err(refused)?;
        let successor = effects.successors.first().map(|(contact, _)| contact.id.clone());
        let id = successor.ok_or_else(|| Error::internal("a transfer made no contact"))?;
        // The old contact releases its slot for the new one, unless its agent still has after-contact work (tasks
        // 2.1.5).
        unit.bound_new_task(None, None);
        unit.claim(token.as_ref(), &id);
        unit.update_contact(loaded, effects)?;
        unit.commit(output(id)).await
    })
    .await
}

async fn target_queue(cx: &Cx<'_>, instance: &str, text: Option<&str>) -> Result<Option<QueueRef>> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let unknown = || Error::not_found(format!("Queue {text} not found"));
    let IdRef::Id(id) = arn::id_or_arn(arn::Kind::Queue, text, cx.home().instance(instance)) else {
        return Err(unknown());
    };
    lookup::queue(cx, instance, &id).await?.ok_or_else(unknown).map(Some)
}

async fn target_agent(cx: &Cx<'_>, instance: &str, text: Option<&str>) -> Result<Option<AgentRef>> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let agent = user::agent(cx, instance, text).await?;
    agent.ok_or_else(|| Error::not_found(format!("User {text} not found"))).map(Some)
}
