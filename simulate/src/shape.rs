//! Invariants of one task, and of its change in a step (tasks 2.1).

use engine::contact::{Contact, DisconnectReason, State};
use engine::flow::run::{Run, RunKind};
use store::ContactRow;

type Verdict = Result<(), String>;

fn must(holds: bool, what: &str) -> Verdict {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

/// The row agrees with the task in it.
pub(crate) fn row(row: &ContactRow, contact: &Contact) -> Verdict {
    let waits = matches!(contact.state, State::Queued | State::Offered);
    let queue = contact.queue.as_ref();
    must(row.id == contact.id, "the row has another id")?;
    must(row.state == contact.state.as_str(), "the row has another state")?;
    must(row.chain_id == contact.chain_id(), "the row has another chain")?;
    must(row.association_id == contact.association_id, "the row has another tree")?;
    must(row.previous_id == contact.previous_contact_id, "the row has another previous contact")?;
    let pin = contact.template.as_ref().map(|pin| (pin.id.clone(), pin.version));
    must(row.template == pin, "the row keeps another template")?;
    must(row.name == contact.name, "the row has another name")?;
    must(row.queued_in == queue.filter(|_| waits).map(|stay| stay.queue.id.clone()), "the row is in another queue")?;
    let place = queue.filter(|_| contact.state == State::Queued).map(|stay| {
        let since_ms = stay.enqueued_ms - i64::from(contact.routing.age_adjustment_s) * 1000;
        (stay.queue.id.as_str(), contact.routing.priority, since_ms)
    });
    let waiting = row.waiting.as_ref();
    let waiting = waiting.map(|waiting| (waiting.queue_id.as_str(), waiting.priority, waiting.since_ms));
    must(waiting == place, "the row waits at another place")?;
    must(row.enqueued_ms == queue.map(|stay| stay.enqueued_ms), "the row was enqueued at another time")?;
    must(row.agent_id == contact.agent.as_ref().map(|stay| stay.agent.id.clone()), "the row has another agent")?;
    must(row.scheduled_ms == contact.times.scheduled_ms, "the row is scheduled for another time")?;
    must(row.disconnected_ms == contact.times.disconnected_ms, "the row ended at another time")?;
    must(row.expires_ms == contact.expiry.at_ms, "the row expires at another time")?;
    must(row.due_ms == contact.due_ms(), "due_ms is not what the task says")?;
    if row.due_ms != due_ms(contact) {
        return Err(format!("due_ms is {:?} and {:?} waits", row.due_ms, due_ms(contact)));
    }
    Ok(())
}

/// What waits, computed by the simulator itself: a timer for each of these and for nothing else.
fn due_ms(contact: &Contact) -> Option<i64> {
    let mut moments = Vec::new();
    let active = !matches!(contact.state, State::Acw | State::Completed);
    if active && contact.ending != Some(DisconnectReason::Expired) {
        moments.push(contact.expiry.at_ms);
    }
    if contact.state == State::Scheduled {
        moments.extend(contact.times.scheduled_ms);
    }
    moments.extend(contact.offer.as_ref().and_then(|offer| offer.until_ms));
    if let (State::Acw, Some(stay)) = (contact.state, &contact.agent)
        && stay.agent.acw_limit_s > 0
    {
        moments.extend(stay.acw_start_ms.map(|start| start + stay.agent.acw_limit_s * 1000));
    }
    for run in contact.runs.iter().filter(|run| can_go_on(contact.state, run)) {
        moments.push(run.wake_ms.unwrap_or(contact.times.updated_ms));
        moments.extend(run.deadline_ms);
    }
    moments.into_iter().min()
}

/// Which runs go on in which state (tasks 2.7.8, 2.12, flows 5).
fn can_go_on(state: State, run: &Run) -> bool {
    match state {
        State::InFlow => matches!(run.kind, RunKind::Main | RunKind::Pause | RunKind::Resume),
        State::Queued => matches!(run.kind, RunKind::CustomerQueue | RunKind::Pause | RunKind::Resume),
        State::Offered => !matches!(run.kind, RunKind::Main | RunKind::WrapUp),
        State::Connected => matches!(run.kind, RunKind::Pause | RunKind::Resume),
        State::Paused => run.kind == RunKind::Pause,
        State::WrapUp => run.kind == RunKind::WrapUp,
        State::Scheduled | State::Acw | State::Completed => false,
    }
}

/// Members that belong to states.
pub(crate) fn whole(contact: &Contact) -> Verdict {
    let state = contact.state;
    let over = matches!(state, State::Acw | State::Completed);
    let inside = contact.queue.as_ref().is_some_and(|stay| stay.dequeued_ms.is_none());
    must(inside == matches!(state, State::Queued | State::Offered), "in a queue without waiting, or the reverse")?;
    must(contact.offer.is_some() == (state == State::Offered), "an offer without OFFERED, or the reverse")?;
    must(contact.paused_from.is_some() == (state == State::Paused), "paused_from without PAUSED, or the reverse")?;
    must(contact.ending.is_some() == (state == State::WrapUp), "an end to come without WRAP_UP, or the reverse")?;
    must(contact.times.disconnected_ms.is_some() == over, "DisconnectTimestamp and state disagree")?;
    must(contact.times.completed_ms.is_some() == (state == State::Completed), "completed_ms and state disagree")?;
    must(!over || contact.runs.is_empty(), "a flow runs on a task that is over")?;
    must(contact.agent.is_some() || !matches!(state, State::Connected | State::Acw), "no agent has it")?;
    must(state != State::Scheduled || contact.times.scheduled_ms.is_some(), "SCHEDULED without a time")?;
    for (n, run) in contact.runs.iter().enumerate() {
        let twice = contact.runs[..n].iter().any(|other| other.kind == run.kind);
        must(!twice, "two flows of one kind")?;
        must(run.entering.is_some() || !run.frames.is_empty(), "a run that is nowhere")?;
    }
    let main = contact.runs.iter().any(|run| run.kind == RunKind::Main);
    must(main || state != State::Scheduled, "SCHEDULED without a flow")?;
    // Only these stay in IN_FLOW without a flow: made by CreateContact, or come back from a queue (tasks 2.5.5, 2.7.9).
    must(main || state != State::InFlow || contact.external || contact.pause_count > 0, "IN_FLOW without a flow")?;
    must(state != State::WrapUp || contact.runs.len() == 1, "WRAP_UP without its module")
}

/// The change in a step (tasks 2.1.4): the state moves forward, and what never changes has not.
pub(crate) fn step(old: &Contact, new: &Contact) -> Verdict {
    let back = match (old.state, new.state) {
        (from, State::Scheduled) => from != State::Scheduled,
        (State::Completed, to) => to != State::Completed,
        (State::Acw, to) => !matches!(to, State::Acw | State::Completed),
        (State::WrapUp, to) => !matches!(to, State::WrapUp | State::Acw | State::Completed),
        _ => false,
    };
    if back {
        return Err(format!("from {} to {}", old.state.as_str(), new.state.as_str()));
    }
    must(old.initial_contact_id == new.initial_contact_id, "another chain")?;
    must(old.previous_contact_id == new.previous_contact_id, "another previous contact")?;
    must(old.related_contact_id == new.related_contact_id, "another related contact")?;
    must(old.association_id == new.association_id, "another tree")?;
    must(old.initiation_method == new.initiation_method, "another initiation method")?;
    must(old.times.initiated_ms == new.times.initiated_ms, "another beginning")?;
    must(new.next_contact_ids.starts_with(&old.next_contact_ids), "a successor is gone")?;
    must(new.sequence >= old.sequence, "events are numbered backwards")?;
    must(new.flow_entries >= old.flow_entries, "flow entries are numbered backwards")?;
    must(new.times.updated_ms >= old.times.updated_ms, "LastUpdateTimestamp runs backwards")?;
    let ended = old.times.disconnected_ms.is_some();
    must(!ended || old.times.disconnected_ms == new.times.disconnected_ms, "another end")?;
    must(!ended || old.disconnect_reason == new.disconnect_reason, "another reason of its end")
}
