//! Answers to the requests of flows that only read: resources, numbers and contents (flows 7).

use std::sync::Arc;

use engine::arn::{self, IdRef};
use engine::contact::{AgentRef, Counted, QueueRef};
use engine::flow::document::Document;
use engine::flow::run::{Answer, Ask, FlowFact, FlowRef, Metrics};
use store::Kind;
use wire::shapes::Queue;

use crate::flow::Of;
use crate::resource::hours_of_operation::Effective;
use crate::resource::{queue, user};
use crate::{Cx, Error, Result, flow};

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
        Ask::Metrics { queue, agent } => Answer::Metrics(metrics(cx, instance, queue, agent).await?),
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

/// flows 7.3.3 to 7.3.7. No agent has a status yet, so none is counted.
async fn metrics(cx: &Cx<'_>, instance: &str, queue: Option<String>, agent: Option<String>) -> Result<Option<Metrics>> {
    let scope = cx.home().instance(instance);
    let (found, arn) = match (queue, agent) {
        (Some(text), _) => match queue::fact(cx, instance, &text).await? {
            Some((fact, _)) => {
                let arn = scope.arn(arn::Kind::Queue, &fact.queue.id);
                (fact.queue, arn)
            }
            None => return Ok(None),
        },
        (None, Some(text)) => match user::agent_by_any(cx, instance, &text).await? {
            Some(agent) => (AgentRef::queue(&agent), scope.arn(arn::Kind::AgentQueue, &agent.id)),
            None => return Ok(None),
        },
        (None, None) => return Ok(None),
    };
    let counter = Counted::Queue { id: found.id.clone() }.name();
    let numbers = cx.store().queue_numbers(instance, &found.id, &counter).await?;
    Ok(Some(Metrics {
        queue: Some((found.name, arn)),
        size: numbers.contacts,
        oldest_ms: numbers.oldest_ms.map_or(0, |since| cx.now_ms.saturating_sub(since).max(0)),
        agents: [0; 7],
    }))
}
