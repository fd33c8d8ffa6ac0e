//! What an agent does with a task (tasks 6): accept, reject, complete, close.

use engine::agent::{AgentEvent, Entry};
use engine::contact::{Effects, Event, State};
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
        carry_out(&cx, instance, user_id, contact_id, command).await
    }
}

/// Carries out a command of a user on a task, both by their bare ids. Repeating one that was done answers the same (tasks 6.1).
///
/// # Errors
/// The store's failures; too many conflicting writers.
async fn carry_out(cx: &Cx<'_>, instance: &str, user_id: &str, contact_id: &str, command: Command) -> Result<Done> {
    let late = until_done(cx, contact_id, || attempt(cx, instance, user_id, contact_id, command)).await?;
    let Some(agent) = LoadedAgent::find(cx, instance, user_id).await? else { return Ok(Done::NoUser) };
    let entry = agent.agent.entry(contact_id).cloned().map(Box::new);
    Ok(if late { Done::Late(entry) } else { Done::Entry(entry) })
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
            let can = agent.and_then(|agent| Some(agent.agent.entry(contact_id)?.state.can_be_closed()));
            if can != Some(true) {
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
    match (command, contact.state) {
        (Command::Accept, State::Connected | State::Paused) => has_it,
        (Command::Accept, State::Offered) => accepted,
        (Command::Complete | Command::Disconnect, State::WrapUp | State::Acw) => has_it,
        _ => false,
    }
}
