//! Runs one task as far as it can go now: expired timers, then flows until they wait, end, or leave the task.

use std::sync::atomic::{AtomicUsize, Ordering};

use engine::contact::start::Descent;
use engine::contact::{Contact, Effects, State};
use engine::flow::run::{Answer, RunKind};

use super::calls::{Admission, CallSlot};
use super::run::{Loaded, Outside, RunningTask, Stop, Work, token_of};
use super::{AFTER_FAILURE, cx, outside};
use crate::base::commit::Attempt;
use crate::unit::{LoadedContact, UnitOfWork};
use crate::{Cx, Error, Result, Service};

/// Commits that may fail for a condition before the task is left for the next poll.
const ATTEMPTS: usize = 32;
/// Rows of a deleted instance that are removed for each of its contacts that is found.
const PURGE_ROWS: usize = 1_000;

/// After a function's own time limit: for storing its answer before the task is due again, milliseconds.
const ANSWER_MS: i64 = 5_000;
/// The longest wait of a call for its permit, milliseconds: that calls of the same function end, then calls of any, each
/// within the longest time that a flow can give a function (flows 7.4.1).
const PERMIT_MS_MAX: i64 = 16_000;

/// State that outlives an attempt: contents, and the result of an external effect that is not stored yet.
#[derive(Default)]
struct Memory {
    documents: Loaded,
    /// The requesting flow, its token, and the answer.
    done: Option<(RunKind, String, Answer)>,
    /// The flow and token of a call of a function that is about to be made, and its slot.
    call: Option<(RunKind, String, CallSlot)>,
}

impl Memory {
    /// Nothing in it would have to be done again.
    fn is_empty(&self) -> bool {
        self.done.is_none() && self.call.is_none()
    }
}

/// What is done about a requested external effect once the state before it is stored.
enum Effect {
    /// It is performed, a call of a function in the memory's slot.
    Perform(Outside),
    /// The slot in the memory waits for its permit.
    Wait,
    /// Nothing now.
    Later,
}

/// How an attempt ended.
enum AttemptEnd {
    /// Committed, or nothing to do.
    Done,
    /// Nothing can be done now; it is to be tried again after a pause.
    Later,
    /// A condition failed.
    Again,
    /// There is more: an external effect was performed, and its answer is in the memory; or a long flow was stored on
    /// its way.
    Acted,
}

/// Handles a task until nothing of it is due; false when it is to be tried again after a pause.
pub(super) async fn drive(
    service: &Service,
    instance: &str,
    id: &str,
    now_ms: &(dyn Fn() -> i64 + Send + Sync),
) -> Result<bool> {
    let _handling = Handling::of(service);
    let mut memory = Memory::default();
    let mut conflicts = 0;
    loop {
        let cx = cx(service, now_ms());
        let attempt = attempt(&cx, instance, id, &mut memory).await;
        if let Ok(AttemptEnd::Done | AttemptEnd::Acted) = attempt {
            service.inner.handled.fetch_add(1, Ordering::Relaxed);
        }
        match attempt {
            Ok(AttemptEnd::Done) => return Ok(true),
            Ok(AttemptEnd::Later) => return Ok(false),
            // A flow that goes on is stored, and due for the next process.
            Ok(AttemptEnd::Acted) if memory.is_empty() && cx.is_stopping() => return Ok(true),
            Ok(AttemptEnd::Acted) => conflicts = 0,
            Ok(AttemptEnd::Again) if conflicts + 1 < ATTEMPTS => conflicts += 1,
            Ok(AttemptEnd::Again) => {
                return Err(Error::internal(format!("gave up after {ATTEMPTS} conflicting commits")));
            }
            // A performed external effect must not be repeated because the store failed briefly.
            Err(_) if memory.done.is_some() && conflicts + 1 < ATTEMPTS => {
                conflicts += 1;
                tokio::time::sleep(AFTER_FAILURE).await;
            }
            Err(error) => return Err(error),
        }
    }
}

/// Counts a task that is being handled.
struct Handling<'a>(&'a AtomicUsize);

impl<'a> Handling<'a> {
    fn of(service: &'a Service) -> Self {
        service.inner.handling.fetch_add(1, Ordering::SeqCst);
        Self(&service.inner.handling)
    }
}

impl Drop for Handling<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

async fn attempt(cx: &Cx<'_>, instance: &str, id: &str, memory: &mut Memory) -> Result<AttemptEnd> {
    let (lives, loaded) = tokio::join!(cx.store().instance_exists(instance), LoadedContact::find(cx, instance, id));
    if matches!(loaded, Ok(None)) {
        return Ok(AttemptEnd::Done);
    }
    if !lives? {
        return purge(cx, instance).await;
    }
    let Some(mut loaded) = loaded? else { return Ok(AttemptEnd::Done) };
    let before = (loaded.contact.clone(), loaded.attributes.clone());
    let mut work = Work::of(cx, instance, &loaded.contact);
    let (stop, at) = handle(&mut work, &mut loaded, memory).await?;
    let effect = match stop {
        Stop::Act(outside) => Ok(prepare(cx, &mut loaded.contact, &before.0, at, outside, memory)),
        stop => Err(stop),
    };
    if effect.is_err() {
        memory.call = None;
    }
    let unchanged = loaded.contact == before.0 && loaded.attributes == before.1 && work.effects == Effects::default();
    let (due, descent) = (loaded.contact.due_ms(), loaded.contact.descent_of_children());
    if !unchanged {
        let mut unit = UnitOfWork::new(cx, instance);
        let comes_back = before.0.paused_from == Some(State::Queued);
        work.bound_queues(comes_back, &work.effects, &mut unit);
        unit.update_contact(loaded, std::mem::take(&mut work.effects))?;
        if let Attempt::Again(_) = unit.commit(()).await? {
            return Ok(AttemptEnd::Again);
        }
    } else if matches!(effect, Err(Stop::Suspended)) && due.is_some_and(|due| due <= cx.now_ms) {
        return Err(Error::internal("the task is due and nothing could be done about it"));
    }
    work.write_log();
    memory.done = None;
    match effect {
        Err(Stop::Store) => Ok(AttemptEnd::Acted),
        Err(_) => Ok(AttemptEnd::Done),
        Ok(effect) => perform(cx, instance, descent, (at, effect), memory).await,
    }
}

/// The contacts of a deleted instance are being purged; due ones must not be found again and again. One purges for all,
/// without a permit that flows need; the others find themselves gone when they are tried again.
async fn purge(cx: &Cx<'_>, instance: &str) -> Result<AttemptEnd> {
    let Some(_turn) = cx.try_purge_turn() else { return Ok(AttemptEnd::Later) };
    cx.store().purge_step(instance, PURGE_ROWS).await?;
    Ok(AttemptEnd::Done)
}

/// Performs an external effect; the state before it is stored, so that a repeat uses the same token (flows 9.1).
async fn perform(
    cx: &Cx<'_>,
    instance: &str,
    descent: Descent,
    (kind, effect): (RunKind, Effect),
    memory: &mut Memory,
) -> Result<AttemptEnd> {
    match effect {
        Effect::Later => return Ok(AttemptEnd::Done),
        Effect::Wait => {
            if let Some((_, _, slot)) = &mut memory.call {
                slot.hold().await;
            }
        }
        Effect::Perform(outside) => {
            let token = outside.token().to_owned();
            let answer = Box::pin(outside::act(cx, instance, descent, outside)).await?;
            memory.call = None;
            memory.done = Some((kind, token, answer));
        }
    }
    Ok(AttemptEnd::Acted)
}

/// Decides how a requested external effect goes on, and until when the task is not due meanwhile: a task under a call,
/// or before one, is not found by other polls (B125).
fn prepare(
    cx: &Cx<'_>,
    contact: &mut Contact,
    before: &Contact,
    kind: RunKind,
    outside: Outside,
    memory: &mut Memory,
) -> Effect {
    // A server that is shutting down starts no new effect; the state that requests it is stored, and due.
    if cx.is_stopping() {
        memory.call = None;
        return Effect::Later;
    }
    let Outside::Function { arn, limit_s, token, .. } = &outside else { return Effect::Perform(outside) };
    let Some(calls) = cx.calls() else { return Effect::Perform(outside) };
    let limit_ms = i64::from(*limit_s) * 1_000;
    let mut slot = match memory.call.take().filter(|(_, of, _)| of == token) {
        Some((_, _, slot)) => slot,
        None => match calls.admit(arn, limit_ms, cx.now_ms) {
            Admission::Slot(slot) => slot,
            Admission::Postponed(until_ms) => {
                contact.set_call_until(kind, Some(until_ms));
                return Effect::Later;
            }
        },
    };
    let holds = slot.try_hold();
    let wait_ms = if holds { 0 } else { PERMIT_MS_MAX };
    let until_ms = cx.now_ms.saturating_add(wait_ms).saturating_add(limit_ms).saturating_add(ANSWER_MS);
    // What was stored when it began to wait may still do.
    let stored = before.runs.iter().find(|run| run.kind == kind).and_then(|run| run.call_until_ms);
    contact.set_call_until(kind, stored.max(Some(until_ms)));
    memory.call = Some((kind, token.clone(), slot));
    if holds { Effect::Perform(outside) } else { Effect::Wait }
}

/// Does what is due of a task: the answer of a performed effect, then timers, then flows. Returns where the last
/// flow stopped, and which it was.
async fn handle(work: &mut Work<'_>, loaded: &mut LoadedContact, memory: &mut Memory) -> Result<(Stop, RunKind)> {
    let (mut stop, mut at) = (Stop::Suspended, RunKind::Main);
    if let Some((kind, token, answer)) = memory.done.clone()
        && token_of(&loaded.contact, kind) == token
    {
        // The answer of a performed effect is processed first, even if a pause or a timer would now stop the flow.
        (stop, at) = (work.run(&mut running(loaded), kind, Some(answer), &mut memory.documents).await?, kind);
    } else if let Some((kind, token, _)) = &memory.call
        && token_of(&loaded.contact, *kind) == *token
    {
        // The call that was to wait for its permit is requested again.
        loaded.contact.set_call_until(*kind, None);
    }
    if loaded.contact.due_event(work.cx().now_ms).is_some() {
        // A timer comes before the next external effect of a flow (flows 9.7), which has not begun.
        stop = Stop::Suspended;
    }
    if matches!(stop, Stop::Suspended) {
        work.timers(&mut loaded.contact)?;
        (stop, at) = work.flows(running(loaded), &mut memory.documents).await?;
    }
    Ok((stop, at))
}

fn running(loaded: &mut LoadedContact) -> RunningTask<'_> {
    RunningTask { contact: &mut loaded.contact, attributes: &mut loaded.attributes }
}
