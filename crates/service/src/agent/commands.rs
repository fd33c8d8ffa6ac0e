//! What an agent does with a task (tasks 6): accept, reject, complete, close.

use engine::agent::{AgentEvent, Entry};
use engine::contact::{DisconnectReason, Effects, Event, OfferOutcome, State};
use wire::Op;

use crate::base::commit::{Attempt, until_done};
use crate::unit::{LoadedAgent, LoadedContact, UnitOfWork, deciding};
use crate::{Cx, Result, Service};

/// A command of an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// CONNECTING to CONNECTED, by way of the whisper flow (tasks 3.4.2).
    Accept,
    /// CONNECTING to REJECTED; the task goes back to its place (tasks 3.4.4).
    Reject,
    /// The work is finished: CONNECTED or PAUSED to WRAP_UP or ENDED, AGENT_COMPLETED.
    Complete,
    /// The same with AGENT_DISCONNECT.
    Disconnect,
    /// ENDED is over; MISSED, REJECTED and ERROR go away (administration 4.2.4).
    Close,
}

/// What came of a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Done {
    /// The entry as it is now; `None` when it is gone.
    Entry(Option<Box<Entry>>),
    /// Too late: the entry as it is (tasks 6.2).
    Late(Option<Box<Entry>>),
    /// There is no such user.
    NoUser,
}

impl Command {
    /// Its name in the agent API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Complete | Self::Disconnect => "complete",
            Self::Close => "close",
        }
    }
}

impl Service {
    /// Carries out a command of a user on a task, both by their bare ids, in an instance that exists. Repeating one that was done
    /// answers the same (tasks 6.1).
    ///
    /// # Errors
    /// The store's failures; too many conflicting writers.
    pub async fn agent_command(
        &self,
        (instance, user_id, contact_id): (&str, &str, &str),
        command: Command,
        now_ms: i64,
    ) -> Result<Done> {
        let cx = Cx::new(self, Op::DismissUserContact, now_ms);
        let late = carry_out(&cx, instance, user_id, contact_id, command).await?;
        let Some(agent) = LoadedAgent::find(&cx, instance, user_id).await? else { return Ok(Done::NoUser) };
        let entry = agent.agent.entry(contact_id).cloned().map(Box::new);
        Ok(if late { Done::Late(entry) } else { Done::Entry(entry) })
    }
}

/// Carries out a command of a user on a task, both by their bare ids; true when it comes too late, which it does for a user who
/// does not exist. Repeating one that was done answers the same (tasks 6.1).
///
/// # Errors
/// The store's failures; too many conflicting writers.
pub(super) async fn carry_out(
    cx: &Cx<'_>,
    instance: &str,
    user_id: &str,
    contact_id: &str,
    command: Command,
) -> Result<bool> {
    until_done(cx, contact_id, || attempt(cx, instance, user_id, contact_id, command)).await
}

/// One attempt; true when the command comes too late.
async fn attempt(
    cx: &Cx<'_>,
    instance: &str,
    user_id: &str,
    contact_id: &str,
    command: Command,
) -> Result<Attempt<bool>> {
    let event = match command {
        Command::Accept => Event::Accept { user_id: user_id.to_owned() },
        Command::Reject => Event::Reject { user_id: user_id.to_owned() },
        Command::Complete => Event::AgentEnds { completed: true },
        Command::Disconnect => Event::AgentEnds { completed: false },
        Command::Close => {
            let dismissal = AgentEvent::Dismiss { contact_id: contact_id.to_owned() };
            let agent = LoadedAgent::find(cx, instance, user_id).await?;
            let Some(entry) = agent.as_ref().and_then(|agent| agent.agent.entry(contact_id)) else {
                let contact = LoadedContact::find(cx, instance, contact_id).await?;
                return Ok(Attempt::Done(!contact.is_some_and(|loaded| was_closed(&loaded, user_id))));
            };
            if !entry.state.can_be_closed() {
                return Ok(Attempt::Done(true));
            }
            return Ok(match super::change(cx, instance, user_id, dismissal).await? {
                Attempt::Done(()) => Attempt::Done(false),
                Attempt::Again(conflict) => Attempt::Again(conflict),
            });
        }
    };
    let Some(mut loaded) = LoadedContact::find(cx, instance, contact_id).await? else {
        return Ok(Attempt::Done(true));
    };
    if was_done(&loaded, user_id, command) {
        return Ok(Attempt::Done(false));
    }
    let holder = loaded.contact.agent.as_ref().map(|stay| stay.agent.id.as_str());
    if matches!(command, Command::Complete | Command::Disconnect) && holder != Some(user_id) {
        return Ok(Attempt::Done(true));
    }
    let mut effects = Effects::default();
    let applied = deciding(cx, instance, |life| loaded.contact.apply(event, &mut effects, life));
    if applied.is_err() {
        return Ok(Attempt::Done(true));
    }
    let mut unit = UnitOfWork::new(cx, instance);
    unit.update_contact(loaded, effects)?;
    unit.commit(false).await
}

/// A repeated command whose effect is there already (tasks 6.1, 3.4.2).
fn was_done(loaded: &LoadedContact, user_id: &str, command: Command) -> bool {
    let contact = &loaded.contact;
    let has_it = contact.agent.as_ref().is_some_and(|stay| stay.agent.id == user_id);
    let accepted = contact.offer.as_ref().is_some_and(|offer| offer.accepted && offer.agent.id == user_id);
    let rejected = || {
        let end = contact.offer_end.as_ref().filter(|end| end.outcome == OfferOutcome::Rejected);
        end.is_some_and(|end| end.user_id == user_id)
    };
    let offered = contact.offer.as_ref().is_some_and(|offer| offer.agent.id == user_id);
    let by_agent = [DisconnectReason::AgentCompleted, DisconnectReason::AgentDisconnect];
    match (command, contact.state) {
        (Command::Accept, State::Connected | State::Paused) => has_it,
        (Command::Accept, State::Offered) => accepted,
        (Command::Reject, _) => !offered && !has_it && rejected(),
        (Command::Complete | Command::Disconnect, State::WrapUp | State::Acw) => has_it,
        (Command::Complete | Command::Disconnect, State::Completed) => {
            has_it && contact.disconnect_reason.is_some_and(|reason| by_agent.contains(&reason))
        }
        _ => false,
    }
}

/// Whether the entry that the user had for the task is gone: its after-contact work is over, or the offer that the user did not
/// take was cleared.
fn was_closed(loaded: &LoadedContact, user_id: &str) -> bool {
    let contact = &loaded.contact;
    let had_it = contact.agent.as_ref().is_some_and(|stay| stay.agent.id == user_id);
    let had_offer = contact.offer_end.as_ref().is_some_and(|end| end.user_id == user_id);
    (had_it && contact.state == State::Completed) || (had_offer && !contact.is_with(user_id))
}
