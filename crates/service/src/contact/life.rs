//! Operations on the life cycle of a task: stop, schedule, pause, resume; and the shared function that applies an event
//! and commits (tasks 2.6, 2.7, 2.10).

use engine::contact::{Contact, Counted, DisconnectReason, Effects, Event, HOOK_QUEUE, HOOK_RESUME, State};
use wire::ExceptionKind;
use wire::ops::{
    PauseContactInput, PauseContactOutput, ResumeContactInput, ResumeContactOutput, StopContactInput,
    StopContactOutput, UpdateContactScheduleInput, UpdateContactScheduleOutput,
};
use wire::shapes::ContactFlowType;

use crate::base::commit::{Attempt, until_done};
use crate::base::scope;
use crate::contact::lookup;
use crate::flow::default_queue_flow;
use crate::resource::user;
use crate::unit::{LoadedContact, UnitOfWork, deciding, refused};
use crate::{Cx, Error, Result};

/// StopContact (tasks 2.10): an ended task stays as it is; an unknown contact has an exception of its own.
pub(crate) async fn stop(cx: &Cx<'_>, input: StopContactInput) -> Result<StopContactOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let stopped = change(cx, &instance, &input.contact_id, || Event::End { reason: DisconnectReason::Api }).await;
    match stopped {
        Ok(()) => Ok(StopContactOutput {}),
        Err(error) if error.exception.kind() == ExceptionKind::ResourceNotFoundException => {
            // The instance existed before, so the contact is missing, unless the instance was deleted meanwhile.
            scope::existing(cx, &instance).await?;
            let message = format!("Contact {} not found", input.contact_id);
            Err(Error::new(ExceptionKind::ContactNotFoundException, message))
        }
        Err(error) => Err(error),
    }
}

/// UpdateContactSchedule (tasks 2.6).
pub(crate) async fn reschedule(cx: &Cx<'_>, input: UpdateContactScheduleInput) -> Result<UpdateContactScheduleOutput> {
    let instance = scope::id(cx, &input.instance_id)?;
    let event = || Event::Reschedule { to_ms: input.scheduled_time.0, limit_ms: lookup::schedule_ahead_ms(cx) };
    change(cx, &instance, &input.contact_id, event).await?;
    Ok(UpdateContactScheduleOutput {})
}

/// PauseContact (tasks 2.7): the flow of the request runs, else that of the hook.
pub(crate) async fn pause(cx: &Cx<'_>, input: PauseContactInput) -> Result<PauseContactOutput> {
    let instance = scope::id(cx, &input.instance_id)?;
    until_done(cx, &input.contact_id, || async {
        let loaded = lookup::task(cx, &instance, &input.contact_id).await?;
        let flow_id = own_flow(cx, &instance, input.contact_flow_id.as_deref()).await?;
        let holder = loaded.contact.agent.as_ref().filter(|_| loaded.contact.state == State::Connected);
        let most = match holder {
            Some(stay) => user::paused_max(cx, &instance, &stay.agent).await?,
            None => None,
        };
        apply(cx, &instance, loaded, Event::Pause { flow_id }, |unit, contact| {
            if let Some(stay) = &contact.agent {
                unit.bound(Counted::Paused { id: stay.agent.id.clone() }, most);
            }
        })
        .await
    })
    .await?;
    Ok(PauseContactOutput {})
}

/// ResumeContact (tasks 2.7): the flow of the request runs, else that of the hook.
pub(crate) async fn resume(cx: &Cx<'_>, input: ResumeContactInput) -> Result<ResumeContactOutput> {
    let instance = scope::id(cx, &input.instance_id)?;
    until_done(cx, &input.contact_id, || async {
        let loaded = lookup::task(cx, &instance, &input.contact_id).await?;
        let flow_id = own_flow(cx, &instance, input.contact_flow_id.as_deref()).await?;
        let contact = &loaded.contact;
        let hook = |name: &str| contact.hooks.contains_key(name);
        let requeued = contact.paused_from == Some(State::Queued) && flow_id.is_none() && !hook(HOOK_RESUME);
        let queue_flow = if requeued && !hook(HOOK_QUEUE) { default_queue_flow(cx, &instance).await? } else { None };
        apply(cx, &instance, loaded, Event::Resume { flow_id, from_flow: false, queue_flow }, |_, _| {}).await
    })
    .await?;
    Ok(ResumeContactOutput {})
}

/// The flow of a request to pause or resume: it runs as CONTACT_FLOW (tasks 2.7.7).
async fn own_flow(cx: &Cx<'_>, instance: &str, text: Option<&str>) -> Result<Option<String>> {
    match text.filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => {
            let fits = |flow_type: &ContactFlowType| *flow_type == ContactFlowType::ContactFlow;
            lookup::flow_to_enter(cx, instance, text, fits).await.map(Some)
        }
    }
}

/// Applies `event` to the task that a request names.
pub(super) async fn change(cx: &Cx<'_>, instance: &str, contact: &str, event: impl Fn() -> Event) -> Result<()> {
    until_done(cx, contact, || async {
        let loaded = lookup::task(cx, instance, contact).await?;
        apply(cx, instance, loaded, event(), |_, _| {}).await
    })
    .await
}

/// Applies an event and commits the result, if anything changed. `with` adds conditions that depend on the previous
/// state of the task.
pub(super) async fn apply<'a>(
    cx: &'a Cx<'a>,
    instance: &'a str,
    mut loaded: LoadedContact,
    event: Event,
    with: impl FnOnce(&mut UnitOfWork<'a>, &Contact),
) -> Result<Attempt<()>> {
    let before = loaded.contact.clone();
    let mut effects = Effects::default();
    deciding(cx, instance, |life| loaded.contact.apply(event, &mut effects, life)).map_err(refused)?;
    if loaded.contact == before {
        return Ok(Attempt::Done(()));
    }
    if let Some(fault) = cx.limits(instance).references().fault(&before.references, &loaded.contact.references) {
        return Err(Error::invalid_request(fault));
    }
    let mut unit = UnitOfWork::new(cx, instance);
    with(&mut unit, &before);
    unit.update_contact(loaded, effects)?;
    unit.commit(()).await
}
