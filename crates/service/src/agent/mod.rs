//! Agents: their status, the tasks in their hands, and what supervisors see and do (administration 4, tasks 2.9).
//!
//! What an agent does with a task (accept, reject, complete, close) has no public operation: the agent API (tasks 6) is in [`api`],
//! the commands in [`commands`], what an agent's screen shows and how it changes in [`views`].

pub(crate) mod api;
pub(crate) mod commands;
mod current;
pub(crate) mod views;
mod worklist;

use engine::agent::{AgentEffects, AgentEvent, StatusRef, StatusType};
use engine::arn;
use engine::contact::{Effects, Event, State};
use store::{Kind, ResourceRow};
use wire::ExceptionKind;
use wire::ops::{
    AssociateContactWithUserInput, AssociateContactWithUserOutput, DismissUserContactInput, DismissUserContactOutput,
    PutUserStatusInput, PutUserStatusOutput,
};
use wire::shapes::{AgentStatus, AgentStatusState};

use crate::base::commit::{Attempt, until_done};
use crate::base::scope;
use crate::resource::layer::stored;
use crate::resource::{Mention, Mentioned, user};
use crate::routing::offer_until_ms;
use crate::unit::{LoadedAgent, LoadedContact, UnitOfWork, deciding, refused};
use crate::{Cx, Error, Result};

pub(crate) use current::{TOKEN_LIFE_MS, channels, current, present};

/// Agents handled in one look at their timers; the next look goes on.
const DUE: usize = 512;

/// PutUserStatus (administration 4.1, tasks 2.9.5, 2.9.6).
pub(crate) async fn put_status(cx: &Cx<'_>, input: PutUserStatusInput) -> Result<PutUserStatusOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let mentions = [
        Mention::new("UserId", arn::Kind::User, &input.user_id),
        Mention::new("AgentStatusId", arn::Kind::AgentStatus, &input.agent_status_id),
    ];
    until_done(cx, &input.user_id, || async {
        let named = Mentioned::read(cx, &instance, &mentions).await?;
        let status = status_of(&named)?;
        let user_id = named.ids(Kind::User).pop().unwrap_or_default();
        change(cx, &instance, &user_id, AgentEvent::PutStatus(status)).await
    })
    .await?;
    Ok(PutUserStatusOutput {})
}

/// The status that a request names, which must be enabled (administration 4.1.1).
fn status_of(named: &Mentioned) -> Result<StatusRef> {
    let row = named.of(Kind::AgentStatus).next().ok_or_else(|| Error::internal("the request names no status"))?;
    let status: AgentStatus = stored(row)?;
    if status.state == Some(AgentStatusState::Disabled) {
        return Err(Error::invalid_request(format!("AgentStatusId: agent status {} is DISABLED", row.id)));
    }
    let kind = StatusType::parse(status.r#type.as_ref().map_or("", |kind| kind.as_str()));
    let kind = kind.ok_or_else(|| Error::internal(format!("agent status {} has no type", row.id)))?;
    Ok(StatusRef { id: row.id.clone(), kind })
}

/// DismissUserContact (administration 4.2.4, tasks 2.9.4).
pub(crate) async fn dismiss(cx: &Cx<'_>, input: DismissUserContactInput) -> Result<DismissUserContactOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let mentions = [Mention::new("UserId", arn::Kind::User, &input.user_id)];
    until_done(cx, &input.contact_id, || async {
        let named = Mentioned::read(cx, &instance, &mentions).await?;
        let contact = LoadedContact::existing(cx, &instance, &input.contact_id).await?;
        let user_id = named.ids(Kind::User).pop().unwrap_or_default();
        change(cx, &instance, &user_id, AgentEvent::Dismiss { contact_id: contact.contact.id }).await
    })
    .await?;
    Ok(DismissUserContactOutput {})
}

/// One attempt to change an agent, with the tasks whose after-contact work ends by it.
async fn change(cx: &Cx<'_>, instance: &str, user_id: &str, event: AgentEvent) -> Result<Attempt<()>> {
    let Some(mut loaded) = LoadedAgent::find(cx, instance, user_id).await? else {
        return Err(Error::not_found(format!("User {user_id} not found")));
    };
    let mut effects = AgentEffects::default();
    if !loaded.agent.apply(event, &mut effects, cx.now_ms).map_err(refused)? {
        return Ok(Attempt::Done(()));
    }
    let mut unit = UnitOfWork::new(cx, instance);
    for id in &effects.close_contacts {
        let contact = LoadedContact::find(cx, instance, id).await?;
        let Some(mut contact) = contact.filter(|contact| contact.contact.state == State::Acw) else { continue };
        let mut closed = Effects::default();
        let applied = deciding(cx, instance, |life| contact.contact.apply(Event::CloseAcw, &mut closed, life));
        applied.map_err(refused)?;
        unit.update_contact(contact, closed)?;
    }
    unit.update_agent(loaded, effects);
    unit.commit(()).await
}

/// AssociateContactWithUser (administration 4.2, tasks 2.9.1): offers a waiting task to a user whatever the user does.
pub(crate) async fn associate(
    cx: &Cx<'_>,
    input: AssociateContactWithUserInput,
) -> Result<AssociateContactWithUserOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let mentions = [Mention::new("UserId", arn::Kind::User, &input.user_id)];
    until_done(cx, &input.contact_id, || async {
        let named = Mentioned::read(cx, &instance, &mentions).await?;
        let contact = LoadedContact::existing(cx, &instance, &input.contact_id).await?;
        let row = named.of(Kind::User).next().ok_or_else(|| Error::internal("the request names no user"))?;
        give(cx, &instance, row, contact).await
    })
    .await?;
    Ok(AssociateContactWithUserOutput {})
}

/// One attempt to offer a task to a user.
async fn give(cx: &Cx<'_>, instance: &str, row: &ResourceRow, mut contact: LoadedContact) -> Result<Attempt<()>> {
    if !user::has_basic_access(cx, instance, row).await? {
        let message = format!("UserId: user {} has no security profile with BasicAgentAccess", row.id);
        return Err(Error::invalid_request(message));
    }
    let event = Event::Associate { agent: user::agent_of(cx, instance, row).await?, until_ms: offer_until_ms(cx) };
    let (before, mut effects) = (contact.contact.clone(), Effects::default());
    let applied = deciding(cx, instance, |life| contact.contact.apply(event, &mut effects, life));
    applied.map_err(refused)?;
    if contact.contact == before {
        return Ok(Attempt::Done(()));
    }
    let mut unit = UnitOfWork::new(cx, instance);
    unit.batch.require_resource(instance, Kind::User, &row.id);
    unit.update_contact(contact, effects)?;
    unit.commit(()).await
}

/// What came of taking a task from the work list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    /// The user has it.
    Done,
    /// It waits no more.
    Late,
}

/// Gives a waiting task to the user who asks for it, if it waits in a manual assignment queue of the user's routing profile (tasks
/// 6, 2.9.2). Taking it again answers the same (tasks 6.1).
async fn take(cx: &Cx<'_>, instance: &str, user_id: &str, contact_id: &str) -> Result<Taken> {
    until_done(cx, contact_id, || async {
        let unknown = || Error::not_found(format!("User {user_id} not found"));
        let row = cx.store().resource(instance, Kind::User, user_id).await?.ok_or_else(unknown)?;
        let Some(contact) = LoadedContact::find(cx, instance, contact_id).await? else {
            return Ok(Attempt::Done(Taken::Late));
        };
        if contact.contact.is_with(user_id) {
            return Ok(Attempt::Done(Taken::Done));
        }
        let queue = contact.contact.queue.as_ref().filter(|_| contact.contact.state == State::Queued);
        let Some(queue) = queue.map(|stay| stay.queue.id.clone()) else { return Ok(Attempt::Done(Taken::Late)) };
        let profile_id = worklist::profile_of(cx, instance, user_id).await?;
        if !worklist::manual_queues(cx, instance, &profile_id).await?.contains(&queue) {
            let message = format!(
                "Contact {contact_id} waits in queue {queue}, which is no manual assignment queue of the user's routing profile"
            );
            return Err(Error::new(ExceptionKind::AccessDeniedException, message));
        }
        Ok(match give(cx, instance, &row, contact).await? {
            Attempt::Done(()) => Attempt::Done(Taken::Done),
            Attempt::Again(conflict) => Attempt::Again(conflict),
        })
    })
    .await
}

/// Handles the timers of agents that are due in these shards (tasks 3.4.5). An agent whose timer cannot be handled is logged, and
/// holds up no other.
///
/// # Errors
/// The first failure, after all were tried; the step may be repeated.
pub(crate) async fn timers(cx: &Cx<'_>, shards: &[i64]) -> Result<()> {
    if shards.is_empty() {
        return Ok(());
    }
    let mut handled = Ok(());
    for due in cx.store().due_agents(shards, cx.now_ms, DUE).await? {
        match timer(cx, &due.instance_id, &due.id).await {
            Ok(()) => {}
            // The user was deleted meanwhile.
            Err(error) if error.exception.kind() == ExceptionKind::ResourceNotFoundException => {}
            Err(error) => {
                tracing::warn!(instance = %due.instance_id, agent = %due.id, %error, "the timer of an agent cannot be handled");
                handled = handled.and(Err(error));
            }
        }
    }
    handled
}

async fn timer(cx: &Cx<'_>, instance: &str, user_id: &str) -> Result<()> {
    if cx.store().instance_exists(instance).await? {
        // Whoever was faster has changed what was due; the next look sees it.
        let _conflict = change(cx, instance, user_id, AgentEvent::Timer).await?;
    }
    Ok(())
}
