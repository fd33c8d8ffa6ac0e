//! Queues: create, describe, list; and what flows ask of one (tasks 3.1).

use engine::arn::{self, IdRef};
use engine::contact::{AgentRef, Counted, QueueRef};
use engine::flow::run::QueueFact;
use store::{Batch, Kind, ResourceRow};
use wire::ops::{
    CreateQueueInput, CreateQueueOutput, DescribeQueueInput, DescribeQueueOutput, ListQueuesInput, ListQueuesOutput,
};
use wire::shapes::{ContactFlowType, OutboundCallerConfig, Queue, QueueStatus, QueueSummary, QueueType};
use wire::{Op, Timestamp};

use crate::base::commit::until_done;
use crate::base::quota::{self, Quota, bound};
use crate::base::{scope, tags};
use crate::flow::contact_flow;
use crate::resource::{ListPage, Mention, Mentioned};
use crate::{Cx, Error, Result, resource};

/// Contacts that the queue of one user holds (tasks 2.16).
const AGENT_QUEUE_CONTACTS_MAX: i64 = 10;

/// Quick connects of one queue in all (tasks 2.16).
const QUICK_CONNECTS_PER_QUEUE_MAX: usize = 700;

/// CreateQueue: ENABLED; the hours, flow and quick connects that it names must exist when it is committed
/// (administration 2.4.4 to 2.4.6).
pub(crate) async fn create(cx: &Cx<'_>, input: CreateQueueInput) -> Result<CreateQueueOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let tags = tags::of_new(Op::CreateQueue, input.tags.as_ref())?;
    refuse_empty(input.outbound_caller_config.as_ref())?;
    let mut mentions =
        vec![Mention::new("HoursOfOperationId", arn::Kind::HoursOfOperation, &input.hours_of_operation_id)];
    for (n, id) in input.quick_connect_ids.iter().flatten().enumerate() {
        mentions.push(Mention::new(format!("QuickConnectIds[{n}]"), arn::Kind::QuickConnect, id));
    }
    if let Some(id) = input.outbound_caller_config.as_ref().and_then(|caller| caller.outbound_flow_id.as_deref()) {
        mentions.push(Mention::new("OutboundCallerConfig.OutboundFlowId", arn::Kind::Flow, id));
    }
    until_done(cx, &input.name, || async {
        let named = Mentioned::read(cx, &instance, &mentions).await?;
        refuse_email(&input)?;
        let outbound_flow_id = outbound_flow(&named)?;
        let caller = input.outbound_caller_config.clone();
        let caller = caller.map(|caller| OutboundCallerConfig { outbound_flow_id, ..caller });
        let quick_connects = named.ids(Kind::QuickConnect);
        if quick_connects.len() > QUICK_CONNECTS_PER_QUEUE_MAX {
            let message = format!("A queue may have at most {QUICK_CONNECTS_PER_QUEUE_MAX} quick connects");
            return Err(Error::quota(Op::CreateQueue, message));
        }
        let id = cx.new_id();
        let arn = cx.home().instance(&instance).arn(arn::Kind::Queue, &id);
        let queue = Queue {
            name: Some(input.name.clone()),
            queue_arn: Some(arn.clone()),
            queue_id: Some(id.clone()),
            description: input.description.clone(),
            outbound_caller_config: caller,
            outbound_email_config: input.outbound_email_config.clone(),
            hours_of_operation_id: named.ids(Kind::HoursOfOperation).pop(),
            max_contacts: input.max_contacts,
            status: Some(QueueStatus::Enabled),
            last_modified_time: Some(Timestamp(cx.now_ms)),
            last_modified_region: Some(cx.settings().region.clone()),
            ..Queue::default()
        };
        let body = with_quick_connects(wire::to_stored(&queue), &quick_connects);
        let new = resource::new_row(cx, &id, &input.name, STANDARD, body, &tags);
        let mut batch = Batch::new();
        batch.insert_resource(&instance, Kind::Queue, &new);
        named.require(&mut batch, &instance);
        let quota = Quota { noun: "queue", limit: cx.limits(&instance).queues_per_instance };
        batch.add_to_counter(&instance, quota::QUEUES, 1, bound(quota.limit));
        let output = CreateQueueOutput { queue_arn: Some(arn), queue_id: Some(id.clone()) };
        resource::commit_new(cx, Op::CreateQueue, &new.name, &quota, batch, output).await
    })
    .await
}

/// An empty number or flow is no number and no flow (administration 2.4.4).
fn refuse_empty(caller: Option<&OutboundCallerConfig>) -> Result<()> {
    let Some(caller) = caller else { return Ok(()) };
    for (member, value) in [
        ("OutboundCallerIdNumberId", &caller.outbound_caller_id_number_id),
        ("OutboundFlowId", &caller.outbound_flow_id),
    ] {
        if value.as_deref() == Some("") {
            let message = format!("OutboundCallerConfig.{member} \"\" is empty; leave it out");
            return Err(Error::invalid_parameter(Op::CreateQueue, message));
        }
    }
    Ok(())
}

/// There are no e-mail addresses, so none can be named (administration 2.4.6).
fn refuse_email(input: &CreateQueueInput) -> Result<()> {
    let listed = input.email_addresses_config.iter().flatten().enumerate();
    let listed = listed.map(|(n, config)| (format!("EmailAddressesConfig[{n}].EmailAddressId"), config));
    let mut unknown: Vec<String> =
        listed.map(|(path, config)| format!("{path}: e-mail address {} not found", config.email_address_id)).collect();
    let outbound = input.outbound_email_config.as_ref();
    if let Some(id) = outbound.and_then(|config| config.outbound_email_address_id.as_deref()) {
        unknown.push(format!("OutboundEmailConfig.OutboundEmailAddressId: e-mail address {id} not found"));
    }
    if unknown.is_empty() { Ok(()) } else { Err(Error::not_found(unknown.join("; "))) }
}

/// The bare id of the flow that runs for outbound calls, which must be of the type for it (administration 2.4.4).
fn outbound_flow(named: &Mentioned) -> Result<Option<String>> {
    let Some(row) = named.of(Kind::ContactFlow).next() else { return Ok(None) };
    let flow_type = contact_flow::stored(row)?.r#type.unwrap_or_default();
    if flow_type == ContactFlowType::OutboundWhisper {
        return Ok(Some(row.id.clone()));
    }
    let message = format!(
        "OutboundCallerConfig.OutboundFlowId: flow {} is of type {}; it must be of type OUTBOUND_WHISPER",
        row.id,
        flow_type.as_str()
    );
    Err(Error::invalid_request(message))
}

/// The body of a queue with its quick connects behind the members of the shape, which has none for them (administration
/// 2.4.5).
fn with_quick_connects(shape: String, ids: &[String]) -> String {
    match shape.strip_suffix('}') {
        Some(open) if !ids.is_empty() => format!("{open},\"QuickConnectIds\":{}}}", serde_json::json!(ids)),
        _ => shape,
    }
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
