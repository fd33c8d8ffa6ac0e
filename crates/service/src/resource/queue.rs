//! Queues: create, describe, list; and what flows ask of one (tasks 3.1).

use engine::arn::{self, IdRef};
use engine::contact::{AgentRef, Counted, QueueRef};
use engine::flow::run::QueueFact;
use store::{Batch, Kind, ResourceRow};
use wire::ops::{
    CreateQueueInput, CreateQueueOutput, DescribeQueueInput, DescribeQueueOutput, ListQueuesInput, ListQueuesOutput,
};
use wire::shapes::{Queue, QueueStatus, QueueSummary, QueueType};
use wire::{Op, Timestamp};

use crate::base::commit::until_done;
use crate::base::quota::{self, Quota, bound};
use crate::base::{scope, tags};
use crate::resource::ListPage;
use crate::{Cx, Error, Result, resource};

/// Contacts that the queue of one user holds (tasks 2.16).
const AGENT_QUEUE_CONTACTS_MAX: i64 = 10;

/// CreateQueue: ENABLED; the hours, flow and quick connects that it names must exist.
pub(crate) async fn create(cx: &Cx<'_>, input: CreateQueueInput) -> Result<CreateQueueOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let tags = tags::of_new(Op::CreateQueue, input.tags.as_ref())?;
    let hours = resource::existing(cx, &instance, arn::Kind::HoursOfOperation, &input.hours_of_operation_id).await?;
    for id in input.quick_connect_ids.iter().flatten() {
        resource::existing(cx, &instance, arn::Kind::QuickConnect, id).await?;
    }
    let caller = input.outbound_caller_config.as_ref();
    if let Some(id) = caller.and_then(|caller| caller.outbound_flow_id.as_deref()).filter(|id| !id.is_empty()) {
        resource::existing(cx, &instance, arn::Kind::Flow, id).await?;
    }
    until_done(cx, &input.name, || async {
        let id = cx.new_id();
        let arn = cx.home().instance(&instance).arn(arn::Kind::Queue, &id);
        let queue = Queue {
            name: Some(input.name.clone()),
            queue_arn: Some(arn.clone()),
            queue_id: Some(id.clone()),
            description: input.description.clone(),
            outbound_caller_config: input.outbound_caller_config.clone(),
            outbound_email_config: input.outbound_email_config.clone(),
            hours_of_operation_id: Some(hours.id.clone()),
            max_contacts: input.max_contacts,
            status: Some(QueueStatus::Enabled),
            last_modified_time: Some(Timestamp(cx.now_ms)),
            last_modified_region: Some(cx.settings().region.clone()),
            ..Queue::default()
        };
        let new = resource::new_row(cx, &id, &input.name, STANDARD, wire::to_stored(&queue), &tags);
        let mut batch = Batch::new();
        batch.insert_resource(&instance, Kind::Queue, &new);
        let quota = Quota { noun: "queue", limit: cx.limits(&instance).queues_per_instance };
        batch.add_to_counter(&instance, quota::QUEUES, 1, bound(quota.limit));
        let output = CreateQueueOutput { queue_arn: Some(arn), queue_id: Some(id.clone()) };
        resource::commit_new(cx, Op::CreateQueue, &new.name, &quota, batch, output).await
    })
    .await
}

/// The subtype of queues made by API.
const STANDARD: &str = "STANDARD";
/// The subtype of queues that come with users.
const AGENT: &str = "AGENT";

/// The queue that comes with a user: a kind of its own, under the user's id.
pub(crate) fn agent_queue_row(cx: &Cx<'_>, instance: &str, user: &str) -> ResourceRow {
    let queue = Queue {
        queue_arn: Some(cx.home().instance(instance).arn(arn::Kind::AgentQueue, user)),
        queue_id: Some(user.to_owned()),
        last_modified_time: Some(Timestamp(cx.now_ms)),
        last_modified_region: Some(cx.settings().region.clone()),
        ..Queue::default()
    };
    resource::new_row(cx, user, user, AGENT, wire::to_stored(&queue), "")
}

/// DescribeQueue; the queue of a user cannot be described (tasks 3.1.1).
pub(crate) async fn describe(cx: &Cx<'_>, input: DescribeQueueInput) -> Result<DescribeQueueOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let row = resource::existing(cx, &instance, arn::Kind::Queue, &input.queue_id).await?;
    let mut queue = stored(&row)?;
    queue.tags = tags::of_answer(&row.tags)?;
    Ok(DescribeQueueOutput { queue: Some(queue) })
}

/// ListQueues, oldest first; without `queueTypes` both kinds (tasks 3.1.2).
pub(crate) async fn list(cx: &Cx<'_>, input: ListQueuesInput) -> Result<ListQueuesOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let types: Vec<&str> = input.queue_types.iter().flatten().map(|t| t.as_str()).collect();
    let wanted = |subtype: &str| types.is_empty() || types.contains(&subtype);
    let kinds = [(STANDARD, Kind::Queue), (AGENT, Kind::AgentQueue)];
    let kinds: Vec<Kind> = kinds.into_iter().filter(|(subtype, _)| wanted(subtype)).map(|(_, kind)| kind).collect();
    let page = ListPage { op: Op::ListQueues, max_results: input.max_results, next_token: input.next_token.as_deref() };
    let (rows, next_token) = page.read_kinds(cx, &instance, &kinds, &types).await?;
    let summary = |row: &ResourceRow| {
        let queue = stored(row)?;
        Ok(QueueSummary {
            id: queue.queue_id,
            arn: queue.queue_arn,
            name: queue.name,
            queue_type: Some(QueueType::parse(&row.subtype)),
            last_modified_time: queue.last_modified_time,
            last_modified_region: queue.last_modified_region,
        })
    };
    let summaries = rows.iter().map(summary).collect::<Result<Vec<_>>>()?;
    Ok(ListQueuesOutput { queue_summary_list: Some(summaries), next_token })
}

fn stored(row: &ResourceRow) -> Result<Queue> {
    wire::from_stored(row.body.as_bytes()).map_err(Error::internal)
}

/// A standard queue by id or ARN with what flows need to know of it; `None` for one that does not exist.
pub(crate) async fn fact(cx: &Cx<'_>, instance: &str, text: &str) -> Result<Option<(QueueFact, Queue)>> {
    let IdRef::Id(id) = arn::id_or_arn(arn::Kind::Queue, text, cx.home().instance(instance)) else { return Ok(None) };
    let Some(row) = cx.store().resource(instance, Kind::Queue, &id).await? else { return Ok(None) };
    let queue = stored(&row)?;
    let size = cx.store().counter(instance, &Counted::Queue { id: id.clone() }.name()).await?;
    let capacity = match queue.max_contacts {
        Some(max) => Some(i64::from(max)),
        None => bound(cx.limits(instance).open_tasks_per_instance),
    };
    let fact = QueueFact {
        queue: QueueRef { id, name: queue.name.clone().unwrap_or_default(), agent: false },
        enabled: queue.status != Some(QueueStatus::Disabled),
        size,
        capacity,
    };
    Ok(Some((fact, queue)))
}

/// The queue that serves only this user, with how full it is.
pub(crate) async fn agent_fact(cx: &Cx<'_>, instance: &str, agent: &AgentRef) -> Result<QueueFact> {
    let queue = agent.queue();
    let size = cx.store().counter(instance, &Counted::Queue { id: queue.id.clone() }.name()).await?;
    Ok(QueueFact { queue, enabled: true, size, capacity: Some(AGENT_QUEUE_CONTACTS_MAX) })
}
