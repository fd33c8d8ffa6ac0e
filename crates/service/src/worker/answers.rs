//! Answers to the requests of flows: reads of resources, numbers and contents; and external effects: functions, new
//! tasks, attributes of other tasks (flows 7).

use std::sync::Arc;
use std::time::Duration;

use engine::arn::{self, IdRef};
use engine::contact::start::Descent;
use engine::contact::{AgentRef, Attributes, Counted, Event, QueueRef, merge_attributes};
use engine::flow::document::Document;
use engine::flow::run::{Answer, Ask, FlowFact, FlowRef, Metrics, NewTask};
use store::Kind;
use wire::shapes::Queue;

use crate::base::commit::Attempt;
use crate::flow::Of;
use crate::resource::hours_of_operation::Effective;
use crate::resource::{queue, user};
use crate::unit::{LoadedContact, UnitOfWork, deciding};
use crate::{Cx, Error, Result, contact, flow};

/// Attempts to write another task's attributes before the action takes its error branch.
const ATTEMPTS: usize = 16;

/// An external effect to be performed once, under a token that a repeat reuses.
#[derive(Debug)]
pub(super) enum Outside {
    Function { arn: String, payload: String, limit_s: u8, asynchronous: bool, token: String },
    CreateTask { task: Box<NewTask>, token: String },
    WriteAttributes { contact_id: String, attributes: Attributes, token: String },
}

impl Outside {
    /// Converts a request of this sort. `token` names the action of the run that makes it.
    pub(super) fn of(ask: Ask, token: impl FnOnce() -> String) -> std::result::Result<Self, Ask> {
        match ask {
            Ask::Function { arn, payload, limit_s, asynchronous, token } => {
                Ok(Self::Function { arn, payload, limit_s, asynchronous, token })
            }
            Ask::CreateTask { task, token } => Ok(Self::CreateTask { task, token }),
            Ask::WriteAttributes { contact_id, attributes } => {
                Ok(Self::WriteAttributes { contact_id, attributes, token: token() })
            }
            other => Err(other),
        }
    }

    pub(super) fn token(&self) -> &str {
        match self {
            Self::Function { token, .. } | Self::CreateTask { token, .. } | Self::WriteAttributes { token, .. } => {
                token
            }
        }
    }
}

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
            return Err(Error::internal("an act of the outside is no look-up"));
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
