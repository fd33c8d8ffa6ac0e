//! Lookups of operations on tasks: the task itself, and everything named by a request that creates or moves a task.
//! Independent reads run concurrently.

use engine::arn::{IdRef, Qualifier};
use engine::contact::start::{self, Facts, QuickConnectFact, StartRequest, TemplateFact};
use engine::contact::{Contact, Predefined, QueueRef};
use engine::quick_connect as rules;
use engine::task_template::{FlowFact, Template};
use store::{AttributesRow, Kind};
use wire::shapes::{ContactFlowState, ContactFlowStatus, ContactFlowType, QuickConnect};

use crate::base::scope;
use crate::flow::contact_flow;
use crate::flow::{Named, Of};
use crate::resource::{layer, user};
use crate::unit::LoadedContact;
use crate::{Cx, Error, Result};

/// Predefined attributes looked up by name; beyond so many, all of the instance are read.
const ATTRIBUTES_AT_ONCE: usize = 16;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// The task that a request names by id or ARN; its instance is checked at the same time and its error takes precedence
/// (tasks 1.1.8).
pub(super) async fn task(cx: &Cx<'_>, instance: &str, text: &str) -> Result<LoadedContact> {
    let (known, loaded) =
        tokio::join!(cx.store().instance_exists(instance), LoadedContact::existing(cx, instance, text));
    if !known? {
        return Err(scope::existing(cx, instance)
            .await
            .err()
            .unwrap_or_else(|| Error::not_found("Instance not found")));
    }
    loaded
}

/// Everything that a request to start a task names.
pub(super) struct Found {
    pub(super) facts: Facts,
    /// The stored attributes of the chain that the new task joins.
    pub(super) chain: Option<AttributesRow>,
    /// The flow that will run, as it is named, whether or not it exists; empty when nothing names one.
    pub(super) flow_ids: Vec<String>,
}

/// Reads only what a request to start a task names. Rarely needed reads are boxed.
pub(super) async fn facts(cx: &Cx<'_>, instance: &str, request: &StartRequest) -> Result<Found> {
    let scope = cx.home().instance(instance);
    let template = match start::template_id(request, scope) {
        Some(IdRef::Id(id)) => template(cx, instance, &id).await?,
        Some(IdRef::Foreign) | None => None,
    };
    let wanted = start::wanted(request, template.as_ref(), scope);
    // Only one flow is named directly; quick connects bring their own.
    let flow_id = wanted.flows.first();
    let flow = async {
        match flow_id {
            Some(id) => flow_fact(cx, instance, &Of::Flow.named(cx, instance, id)?).await,
            None => Ok(None),
        }
    };
    let quick_connect = async {
        match &wanted.quick_connect {
            Some(id) => Box::pin(quick_connect(cx, instance, id)).await,
            None => Ok(None),
        }
    };
    let creator = async {
        match &wanted.user {
            Some(id) => Box::pin(user::agent(cx, instance, id)).await,
            None => Ok(None),
        }
    };
    let (flow, quick_connect, user, predefined, previous, related) = tokio::try_join!(
        flow,
        quick_connect,
        creator,
        predefined(cx, instance, request.segment_attributes.keys().map(String::as_str)),
        loaded(cx, instance, wanted.previous.as_deref()),
        loaded(cx, instance, wanted.related.as_deref()),
    )?;
    let chain = previous.as_ref().and_then(|loaded| loaded.stored().cloned());
    let attributes = previous.as_ref().or(related.as_ref()).map(|loaded| loaded.attributes.clone());
    let contact = |loaded: Option<LoadedContact>| -> Option<Contact> { loaded.map(|loaded| loaded.contact) };
    let of_quick_connect = quick_connect.as_ref().and_then(|found| found.target.flow_id());
    let mut flow_ids: Vec<String> =
        flow_id.map(String::as_str).into_iter().chain(of_quick_connect).map(str::to_owned).collect();
    if flow_ids.is_empty() {
        flow_ids.extend(request.contact_flow_id.clone());
    }
    let facts = Facts {
        template,
        flows: flow_id.cloned().zip(flow).into_iter().collect(),
        quick_connect,
        user,
        previous: contact(previous),
        related: contact(related),
        attributes: attributes.unwrap_or_default(),
        predefined,
        schedule_ahead_ms: schedule_ahead_ms(cx),
    };
    Ok(Found { facts, chain, flow_ids })
}

/// How far ahead a task may be scheduled, in milliseconds (tasks 2.3.13).
pub(super) fn schedule_ahead_ms(cx: &Cx<'_>) -> i64 {
    i64::try_from(cx.settings().schedule_ahead_days.saturating_mul(DAY_MS)).unwrap_or(i64::MAX)
}

/// The segment attributes among these that may be set (administration 6.1.4). Nothing is read unless one may be an attribute of
/// users or the workload type.
pub(crate) async fn predefined<'k>(
    cx: &Cx<'_>,
    instance: &str,
    keys: impl IntoIterator<Item = &'k str>,
) -> Result<Predefined> {
    let wanted = Predefined::wanted(keys);
    if wanted.is_empty() {
        return Ok(Predefined::default());
    }
    let names: Vec<&str> = wanted.iter().copied().collect();
    let rows = if names.len() <= ATTRIBUTES_AT_ONCE {
        Box::pin(cx.store().resources(instance, Kind::PredefinedAttribute, &names)).await?
    } else {
        Box::pin(layer::all(cx, instance, Kind::PredefinedAttribute)).await?
    };
    let attributes = rows.iter().map(layer::stored).collect::<Result<Vec<_>>>()?;
    Ok(Predefined::of(&wanted, &cx.settings().predefined_attributes, &attributes))
}

async fn loaded(cx: &Cx<'_>, instance: &str, id: Option<&str>) -> Result<Option<LoadedContact>> {
    match id {
        Some(id) => Box::pin(LoadedContact::find(cx, instance, id)).await,
        None => Ok(None),
    }
}

/// The latest version of a template (task-templates 5.2.3).
pub(super) async fn template(cx: &Cx<'_>, instance: &str, id: &str) -> Result<Option<TemplateFact>> {
    let Some(latest) = cx.store().task_template(instance, id).await? else { return Ok(None) };
    let template = Template::from_json(latest.body.as_bytes()).map_err(Error::internal)?;
    Ok(Some(TemplateFact { id: id.to_owned(), version: latest.version, template }))
}

/// A flow that can be run, or why it cannot; `None` when there is none. A flow that can be run costs one read.
pub(super) async fn flow_fact(cx: &Cx<'_>, instance: &str, named: &Named) -> Result<Option<FlowFact>> {
    let Some(part) = named.part() else { return Ok(None) };
    if let Some(flow) = cx.store().flow_to_run(instance, Kind::ContactFlow, &named.id, part).await? {
        let flow_type = ContactFlowType::parse(&flow.flow_type);
        return Ok(Some(FlowFact { flow_type, published: true, archived: flow.archived }));
    }
    if let Some(Qualifier::Version(_) | Qualifier::Alias(_)) = named.qualifier {
        return Ok(None);
    }
    let Some(row) = cx.store().resource(instance, Kind::ContactFlow, &named.id).await? else { return Ok(None) };
    let flow = contact_flow::stored(&row)?;
    Ok(Some(FlowFact {
        flow_type: flow.r#type.unwrap_or_default(),
        published: flow.status == Some(ContactFlowStatus::Published),
        archived: flow.state == Some(ContactFlowState::Archived),
    }))
}

/// A flow that a task is to enter now, in the form stored in the task: it must exist, be published and active, and be
/// of a type that `fits` (tasks 2.3.19, 2.7.7, 2.8.1).
pub(super) async fn flow_to_enter(
    cx: &Cx<'_>,
    instance: &str,
    text: &str,
    fits: impl Fn(&ContactFlowType) -> bool,
) -> Result<String> {
    let named = Of::Flow.named(cx, instance, text)?;
    if named.qualifier == Some(Qualifier::Saved) {
        return Err(Error::invalid_request(format!(
            "ContactFlowId: {text} is a draft, which cannot be run; publish it"
        )));
    }
    let fact = flow_fact(cx, instance, &named).await?.ok_or_else(|| Of::Flow.unknown(text))?;
    let fault = if !fact.published {
        "has never been published".to_owned()
    } else if fact.archived {
        "is archived".to_owned()
    } else if !fits(&fact.flow_type) {
        format!("is of type {}, which cannot be run here", fact.flow_type.as_str())
    } else {
        return Ok(match named.qualifier {
            Some(Qualifier::Version(number)) => format!("{}:{number}", named.id),
            Some(Qualifier::Alias(alias)) => format!("{}:{alias}", named.id),
            None | Some(Qualifier::Latest | Qualifier::Saved) => named.id,
        });
    };
    Err(Error::invalid_request(format!("ContactFlowId: flow {text} {fault}")))
}

/// A quick connect and the resources it names, as far as they exist (tasks 2.3.18).
async fn quick_connect(cx: &Cx<'_>, instance: &str, id: &str) -> Result<Option<QuickConnectFact>> {
    let Some(row) = cx.store().resource(instance, Kind::QuickConnect, id).await? else { return Ok(None) };
    let stored: QuickConnect = wire::from_stored(row.body.as_bytes()).map_err(Error::internal)?;
    let config = stored.quick_connect_config.unwrap_or_default();
    let target = rules::check(&config, cx.home().instance(instance)).map_err(Error::internal)?;
    let (user_id, queue_id) = match &target {
        rules::Target::User { user_id, .. } => (Some(user_id), None),
        rules::Target::Queue { queue_id, .. } => (None, Some(queue_id)),
        rules::Target::Flow { .. } | rules::Target::Phone => (None, None),
    };
    let flow = async {
        match target.flow_id() {
            Some(id) => flow_fact(cx, instance, &Of::Flow.named(cx, instance, id)?).await,
            None => Ok(None),
        }
    };
    let agent = async {
        match user_id {
            Some(id) => Box::pin(user::agent(cx, instance, id)).await,
            None => Ok(None),
        }
    };
    let queue = async {
        match queue_id {
            Some(id) => Box::pin(queue(cx, instance, id)).await,
            None => Ok(None),
        }
    };
    let (flow, agent, queue) = tokio::try_join!(flow, agent, queue)?;
    Ok(Some(QuickConnectFact { flow, agent, queue, target }))
}

/// A standard queue by its bare id.
pub(super) async fn queue(cx: &Cx<'_>, instance: &str, id: &str) -> Result<Option<QueueRef>> {
    let row = cx.store().resource(instance, Kind::Queue, id).await?;
    Ok(row.map(|row| QueueRef { id: row.id, name: row.name, agent: false }))
}
