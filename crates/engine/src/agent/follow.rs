//! What the change of a contact means for the entries of agents.

use serde_json::Map;

use crate::agent::{Entry, EntryState, TASK};
use crate::contact::{Contact, OfferOutcome, State};

/// Where a contact stands with agents, to be taken before it is changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Offers so far.
    attempts: u32,
    /// Who has it or is offered it, and how.
    holder: Option<(String, Entry)>,
}

/// An agent's entry becomes this, or goes away.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryChange {
    /// The task.
    pub contact_id: String,
    /// The entry as the contact says it; the agent adds its own times. `None` takes it away.
    pub entry: Option<Entry>,
}

impl Standing {
    /// Where the contact stands now.
    pub fn of(contact: &Contact) -> Self {
        let entry = |state, connected_ms, deadline_ms| Entry {
            contact_id: contact.id.clone(),
            state,
            since_ms: 0,
            began_ms: 0,
            connected_ms,
            queue: contact.queue.as_ref().map(|stay| stay.queue.clone()),
            initiation_method: contact.initiation_method,
            channel: TASK.to_owned(),
            workload_type: contact.workload_type().to_owned(),
            attempt: contact.connection_attempts,
            deadline_ms,
            until_ms: None,
            booked_ms: 0,
            other: Map::new(),
        };
        let held = |state| {
            let stay = contact.agent.as_ref()?;
            Some((stay.agent.id.clone(), entry(state, Some(stay.connected_ms), None)))
        };
        let holder = match contact.state {
            State::Offered => contact
                .offer
                .as_ref()
                .map(|offer| (offer.agent.id.clone(), entry(EntryState::Connecting, None, offer.until_ms))),
            State::Connected | State::WrapUp => held(EntryState::Connected),
            State::Paused => held(EntryState::Paused),
            State::Acw => held(EntryState::Ended),
            State::Scheduled | State::InFlow | State::Queued | State::Completed => None,
        };
        Self { attempts: contact.connection_attempts, holder }
    }
}

/// The entries that change when a contact that stood so (`None` for a new one) has become `after`: user ids with what their entry
/// for this contact becomes, in the order in which it happened. Nothing when no agent is concerned.
pub fn follow(before: Option<&Standing>, after: &Contact) -> Vec<(String, EntryChange)> {
    let now = Standing::of(after);
    let attempts = before.map_or(0, |before| before.attempts);
    let was = before.and_then(|before| before.holder.as_ref());
    let mut changes = Vec::new();
    let mut becomes = |user: &String, entry: Option<Entry>| {
        changes.push((user.clone(), EntryChange { contact_id: after.id.clone(), entry }));
    };
    if let Some((user, was)) = was {
        let goes_on = now.holder.as_ref().is_some_and(|(holder, is)| holder == user && is.attempt == was.attempt);
        if !goes_on {
            becomes(user, left(was, after));
        }
    }
    if let Some((user, is)) = &now.holder {
        // Offered and accepted in one change (auto-accept): the offer counts all the same.
        if is.state != EntryState::Connecting && is.attempt > attempts {
            becomes(user, Some(Entry { state: EntryState::Connecting, connected_ms: None, ..is.clone() }));
        }
        if was != now.holder.as_ref() {
            becomes(user, Some(is.clone()));
        }
    }
    changes
}

/// What stays of an entry whose contact is no longer with its agent: MISSED or REJECTED after an offer that came to that (tasks
/// 2.1.2), else nothing.
fn left(was: &Entry, after: &Contact) -> Option<Entry> {
    let end = after.offer_end.as_ref();
    let end = end.filter(|end| was.state == EntryState::Connecting && end.attempt == was.attempt)?;
    let state = match end.outcome {
        OfferOutcome::Missed => EntryState::Missed,
        OfferOutcome::Rejected => EntryState::Rejected,
        OfferOutcome::Withdrawn => return None,
    };
    Some(Entry { state, deadline_ms: None, ..was.clone() })
}
