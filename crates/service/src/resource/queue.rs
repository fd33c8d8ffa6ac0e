//! Queues: create, describe, list; and the data that flows need of one (tasks 3.1).

pub(crate) mod changes;
pub(crate) mod email;
pub(crate) mod quick_connects;

use engine::arn::{self, IdRef};
use engine::contact::{AgentRef, Counted, QueueRef};
use engine::flow::run::QueueFact;
use store::{Kind, Link, OnDelete, ResourceRow};
use wire::ops::{
    CreateQueueInput, CreateQueueOutput, DescribeQueueInput, DescribeQueueOutput, ListQueuesInput, ListQueuesOutput,
};
use wire::shapes::{ContactFlow, ContactFlowType, OutboundCallerConfig, Queue, QueueStatus, QueueSummary, QueueType};
use wire::{Op, Timestamp};

use crate::base::page::Page;
use crate::base::quota::bound;
use crate::base::{scope, tags};
use crate::resource::layer::{self, New, new_row, resource, stored};
use crate::resource::{Mention, Mentioned};
use crate::{Cx, Error, Result};

/// Maximum number of contacts in the queue of one user (tasks 2.16).
const AGENT_QUEUE_CONTACTS_MAX: i64 = 10;

/// Most tasks that a queue admits when nothing else bounds it. Below the value at which the counter of a deleted queue stands, so that
/// none is admitted there.
const ADMITTED_MAX: i64 = 1 << 60;

/// The subtype of queues made by API.
const STANDARD: &str = "STANDARD";
/// The subtype of queues that come with users.
const AGENT: &str = "AGENT";

resource!(Queue, QUEUE, queue_id, queue_arn, name, {
    fn subtype(&self) -> &str {
        STANDARD
    }

    fn links(&self) -> Vec<Link> {
        let caller = self.outbound_caller_config.as_ref();
        let flow = caller.and_then(|caller| caller.outbound_flow_id.as_deref());
        let links = [
            layer::link(
                "HOURS_OF_OPERATION",
                Kind::HoursOfOperation,
                self.hours_of_operation_id.as_deref(),
                OnDelete::Refuse,
            ),
            layer::link("OUTBOUND_FLOW", Kind::ContactFlow, flow, OnDelete::Keep),
        ];
        links.into_iter().flatten().collect()
    }
});

/// CreateQueue: ENABLED; the hours, flow and quick connects that it names must exist when it is committed
/// (administration 2.4.4 to 2.4.6).
pub(crate) async fn create(cx: &Cx<'_>, input: CreateQueueInput) -> Result<CreateQueueOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let tags = tags::of_new(Op::CreateQueue, input.tags.as_ref())?;
    refuse_empty(cx.op(), input.outbound_caller_config.as_ref())?;
    let mut mentions =
        vec![Mention::new("HoursOfOperationId", arn::Kind::HoursOfOperation, &input.hours_of_operation_id)];
    mentions.extend(quick_connects::mentions(input.quick_connect_ids.as_deref().unwrap_or_default()));
    mentions.extend(caller_flow(input.outbound_caller_config.as_ref()));
    let make = || async {
        let named = Mentioned::read(cx, &instance, &mentions).await?;
        refuse_email(&input)?;
        let outbound_flow_id = outbound_flow(&named)?;
        let caller = input.outbound_caller_config.clone();
        // The shape has no member for them (administration 2.4.5).
        let relations = quick_connects::links(cx, &instance, &[], &named.ids(Kind::QuickConnect))?;
        let value = Queue {
            name: Some(input.name.clone()),
            description: input.description.clone(),
            outbound_caller_config: caller.map(|caller| OutboundCallerConfig { outbound_flow_id, ..caller }),
            outbound_email_config: input.outbound_email_config.clone(),
            hours_of_operation_id: named.ids(Kind::HoursOfOperation).pop(),
            max_contacts: input.max_contacts,
            status: Some(QueueStatus::Enabled),
            ..Queue::default()
        };
        Ok(New { value, tags: tags.clone(), relations })
    };
    layer::create(
        cx,
        &instance,
        &input.name,
        make,
        |_, _| {},
        |id, arn| CreateQueueOutput { queue_arn: Some(arn), queue_id: Some(id) },
    )
    .await
}

/// What a configuration for outbound calls names.
fn caller_flow(caller: Option<&OutboundCallerConfig>) -> Option<Mention<'_>> {
    let flow = caller?.outbound_flow_id.as_deref()?;
    Some(Mention::new("OutboundCallerConfig.OutboundFlowId", arn::Kind::Flow, flow))
}

/// An empty number or flow is no number and no flow (administration 2.4.4).
fn refuse_empty(op: Op, caller: Option<&OutboundCallerConfig>) -> Result<()> {
    let Some(caller) = caller else { return Ok(()) };
    for (member, value) in [
        ("OutboundCallerIdNumberId", &caller.outbound_caller_id_number_id),
        ("OutboundFlowId", &caller.outbound_flow_id),
    ] {
        if value.as_deref() == Some("") {
            let message = format!("OutboundCallerConfig.{member} \"\" is empty; leave it out");
            return Err(Error::invalid_parameter(op, message));
        }
    }
    Ok(())
}

/// There are no e-mail addresses, so none can be named (administration 2.4.6).
fn refuse_email(input: &CreateQueueInput) -> Result<()> {
    let addresses = input.email_addresses_config.as_deref().unwrap_or_default();
    let unknown = email::unknown(addresses, input.outbound_email_config.as_ref());
    if unknown.is_empty() { Ok(()) } else { Err(Error::not_found(unknown.join("; "))) }
}

/// The bare id of the flow that runs for outbound calls, which must be of the type for it (administration 2.4.4).
fn outbound_flow(named: &Mentioned) -> Result<Option<String>> {
    let Some(row) = named.of(Kind::ContactFlow).next() else { return Ok(None) };
    let flow_type = stored::<ContactFlow>(row)?.r#type.unwrap_or_default();
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

/// The queue that comes with a user: a kind of its own, under the user's id.
pub(crate) fn agent_queue_row(cx: &Cx<'_>, instance: &str, user: &str) -> ResourceRow {
    let queue = Queue {
        queue_arn: Some(cx.home().instance(instance).arn(arn::Kind::AgentQueue, user)),
        queue_id: Some(user.to_owned()),
        last_modified_time: Some(Timestamp(cx.now_ms)),
        last_modified_region: Some(cx.settings().region.clone()),
        ..Queue::default()
    };
    new_row(cx, user, user, AGENT, wire::to_stored(&queue), "")
}

/// DescribeQueue; the queue of a user cannot be described (tasks 3.1.1).
pub(crate) async fn describe(cx: &Cx<'_>, input: DescribeQueueInput) -> Result<DescribeQueueOutput> {
    Ok(DescribeQueueOutput { queue: Some(layer::describe(cx, &input.instance_id, &input.queue_id).await?) })
}

/// ListQueues, oldest first; without `queueTypes` both kinds (tasks 3.1.2).
pub(crate) async fn list(cx: &Cx<'_>, input: ListQueuesInput) -> Result<ListQueuesOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let types: Vec<&str> = input.queue_types.iter().flatten().map(|t| t.as_str()).collect();
    let wanted = |subtype: &str| types.is_empty() || types.contains(&subtype);
    let kinds = [(STANDARD, Kind::Queue), (AGENT, Kind::AgentQueue)];
    let kinds: Vec<Kind> = kinds.into_iter().filter(|(subtype, _)| wanted(subtype)).map(|(_, kind)| kind).collect();
    let filter = types.join(",");
    let filters = [instance.as_str(), &filter];
    let page = Page::of(cx, Op::ListQueues, &filters, input.max_results, input.next_token.as_deref())?;
    let rows = cx.store().resource_page_of_kinds(&instance, &kinds, page.after.as_ref(), page.size).await?;
    let next_token = page.token(cx, rows.next.as_ref());
    let summary = |(_, row): &(Kind, ResourceRow)| {
        let queue: Queue = stored(row)?;
        Ok(QueueSummary {
            id: queue.queue_id,
            arn: queue.queue_arn,
            name: queue.name,
            queue_type: Some(QueueType::parse(&row.subtype)),
            last_modified_time: queue.last_modified_time,
            last_modified_region: queue.last_modified_region,
        })
    };
    let summaries = rows.items.iter().map(summary).collect::<Result<Vec<_>>>()?;
    Ok(ListQueuesOutput { queue_summary_list: Some(summaries), next_token })
}

/// A standard queue by id or ARN with the data that flows need; `None` for one that does not exist.
pub(crate) async fn fact(cx: &Cx<'_>, instance: &str, text: &str) -> Result<Option<(QueueFact, Queue)>> {
    let IdRef::Id(id) = arn::id_or_arn(arn::Kind::Queue, text, cx.home().instance(instance)) else { return Ok(None) };
    let Some(row) = cx.store().resource(instance, Kind::Queue, &id).await? else { return Ok(None) };
    let queue: Queue = stored(&row)?;
    let size = cx.store().counter(instance, &Counted::Queue { id: id.clone() }.name()).await?;
    let capacity = match queue.max_contacts {
        Some(max) => Some(i64::from(max)),
        None => bound(cx.limits(instance).open_tasks_per_instance).or(Some(ADMITTED_MAX)),
    };
    let fact = QueueFact {
        queue: QueueRef { id, name: queue.name.clone().unwrap_or_default(), agent: false },
        enabled: queue.status != Some(QueueStatus::Disabled),
        size,
        capacity,
    };
    Ok(Some((fact, queue)))
}

/// The queue that serves only this user, with its fill level.
pub(crate) async fn agent_fact(cx: &Cx<'_>, instance: &str, agent: &AgentRef) -> Result<QueueFact> {
    let queue = agent.queue();
    let size = cx.store().counter(instance, &Counted::Queue { id: queue.id.clone() }.name()).await?;
    Ok(QueueFact { queue, enabled: true, size, capacity: Some(AGENT_QUEUE_CONTACTS_MAX) })
}
