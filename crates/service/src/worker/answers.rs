//! Answers to the requests of flows that only read: resources, numbers and contents (flows 7).

use std::sync::Arc;

use engine::arn::{self, IdRef};
use engine::contact::{AgentRef, QueueRef};
use engine::flow::document::Document;
use engine::flow::run::{Answer, Ask, FlowFact, FlowRef};
use store::Kind;
use wire::shapes::Queue;

use crate::flow::Of;
use crate::resource::hours_of_operation::Effective;
use crate::resource::{queue, user};
use crate::{Cx, Error, Result, contact, flow, metrics};

/// Answers requests that only read.
pub(super) async fn look_up(cx: &Cx<'_>, instance: &str, ask: Ask) -> Result<Answer> {
    Ok(match ask {
        Ask::Flow { id, module } => Answer::Flow(flow_fact(cx, instance, &id, module).await?),
        Ask::Queue { id } => Answer::Queue(queue::fact(cx, instance, &id).await?.map(|(fact, _)| fact)),
        Ask::Agent { user } => Answer::Agent(match user::agent_by_any(cx, instance, &user).await? {
            Some(agent) => {
                let fact = queue::agent_fact(cx, instance, &agent).await?;
                Some((agent, fact))
            }
            None => None,
        }),
        Ask::Hours { hours, queue } => Answer::Open(open(cx, instance, hours, queue).await?),
        Ask::Metrics { queue, agent, wanted } => {
            let named = match (queue, agent) {
                (Some(queue), _) => queue_named(cx, instance, &queue).await?,
                (None, Some(user)) => queue_of(cx, instance, &user).await?,
                (None, None) => None,
            };
            Answer::Metrics(match named {
                Some((queue, arn)) => Some(metrics::of_queue(cx, instance, &queue, arn, wanted).await?),
                None => None,
            })
        }
        Ask::Predefined { names } => {
            Answer::Predefined(contact::predefined(cx, instance, names.iter().map(String::as_str)).await?)
        }
        Ask::Percent => Answer::Percent(cx.percent()),
        Ask::Document { sha256 } => Answer::Document(document(cx, instance, &sha256).await?),
        Ask::Function { .. } | Ask::CreateTask { .. } | Ask::WriteAttributes { .. } => {
            return Err(Error::internal("an external effect is no lookup"));
        }
    })
}

/// flows 1.11, 1.12
async fn flow_fact(cx: &Cx<'_>, instance: &str, text: &str, module: bool) -> Result<Option<FlowFact>> {
    let of = if module { Of::Module } else { Of::Flow };
    let found = flow::to_run(cx, instance, of, text).await?;
    Ok(found.map(|found| FlowFact {
        archived: found.archived,
        flow: FlowRef {
            id: found.id,
            name: found.name,
            flow_type: if module { String::new() } else { found.flow_type },
            module,
            sha256: found.sha256_hex,
        },
    }))
}

/// A content by its hash; one that cannot be read counts as missing, and the reason is logged.
pub(super) async fn document(cx: &Cx<'_>, instance: &str, sha256: &str) -> Result<Option<Arc<Document>>> {
    if let Some(document) = cx.documents().document(instance, sha256) {
        return Ok(Some(document));
    }
    let Some(content) = cx.store().flow_document(instance, sha256).await? else { return Ok(None) };
    let parsed = {
        let _turn = cx.flow_turn().await?;
        Document::parse(&content)
    };
    let document = match parsed {
        Ok(document) => Arc::new(document),
        Err(error) => {
            tracing::warn!(instance, sha256, %error, "a published flow cannot be read");
            return Ok(None);
        }
    };
    cx.documents().keep(instance, sha256, &document, content.len());
    Ok(Some(document))
}

/// flows 7.3.2
async fn open(cx: &Cx<'_>, instance: &str, hours: Option<String>, queue: Option<QueueRef>) -> Result<Option<bool>> {
    let text = match (hours, queue) {
        (Some(hours), _) => hours,
        (None, Some(queue)) if !queue.agent => match queue::fact(cx, instance, &queue.id).await? {
            Some((_, Queue { hours_of_operation_id: Some(id), .. })) => id,
            _ => return Ok(None),
        },
        _ => return Ok(None),
    };
    let scope = cx.home().instance(instance);
    let IdRef::Id(id) = arn::id_or_arn(arn::Kind::HoursOfOperation, &text, scope) else { return Ok(None) };
    let Some(row) = cx.store().resource(instance, Kind::HoursOfOperation, &id).await? else { return Ok(None) };
    let effective = Effective::of(cx, instance, &row).await?;
    Ok(effective.calendar().map(|calendar| calendar.is_open(cx.now_ms)))
}

/// A standard queue and its ARN.
async fn queue_named(cx: &Cx<'_>, instance: &str, text: &str) -> Result<Option<(QueueRef, String)>> {
    let found = queue::fact(cx, instance, text).await?;
    let arn = |id: &str| cx.home().instance(instance).arn(arn::Kind::Queue, id);
    Ok(found.map(|(fact, _)| (fact.queue.clone(), arn(&fact.queue.id))))
}

/// The queue of a user and its ARN.
async fn queue_of(cx: &Cx<'_>, instance: &str, user: &str) -> Result<Option<(QueueRef, String)>> {
    let found = user::agent_by_any(cx, instance, user).await?;
    let arn = |id: &str| cx.home().instance(instance).arn(arn::Kind::AgentQueue, id);
    Ok(found.map(|agent| (AgentRef::queue(&agent), arn(&agent.id))))
}
