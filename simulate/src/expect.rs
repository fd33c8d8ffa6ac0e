//! The expected answer of a call, as far as the model knows: for a call without a concurrent one and without an
//! injected fault.

use engine::contact::{Contact, DisconnectReason, OfferOutcome, State};
use service::Command;

use crate::acts::{Act, Intent, Start, UNKNOWN};
use crate::model::Model;
use crate::world::{AFTER_MAX, AHEAD_DAYS, Answer, LATE, OPEN_MAX};

/// Pauses of one task (tasks 2.7.6).
const PAUSES_MAX: u32 = 10;
/// New start times of one task (tasks 2.6.2).
const RESCHEDULES_MAX: u32 = 20;
/// Transfers of one chain (tasks 2.8.4).
const TRANSFERS_MAX: u32 = 11;
/// Changes of template of one task (tasks 2.13.7).
const RETEMPLATES_MAX: u32 = 5;
/// Tags of users on one task (tasks 2.14.7).
const TAGS_MAX: usize = 6;
/// How long a client token is remembered, milliseconds (tasks 1.1.11).
pub(crate) const TOKEN_MS: i64 = 86_400_000;

/// Which answers are allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expect {
    /// Success, nothing else.
    Done,
    /// One of these exceptions.
    Refused(&'static [&'static str]),
    /// Success or any exception.
    Either,
}

const INVALID: Expect = Expect::Refused(&["InvalidRequestException"]);
const CONFLICT: Expect = Expect::Refused(&["ConflictException"]);
const LIMIT: Expect = Expect::Refused(&["LimitExceededException"]);
const UNKNOWN_ANSWER: Expect = Expect::Refused(&["ResourceNotFoundException"]);

impl Expect {
    /// What is wrong with an answer.
    pub(crate) fn judge(&self, answer: &Answer) -> Result<(), String> {
        let fits = match (self, answer) {
            (_, Answer::Internal(why)) => return Err(format!("an internal error: {why}")),
            (Self::Either, _) | (Self::Done, Answer::Done(_)) => true,
            (Self::Refused(names), Answer::Refused(name, _)) => names.contains(&name.as_str()),
            _ => false,
        };
        if fits { Ok(()) } else { Err(format!("{self:?} was expected, not {answer:?}")) }
    }
}

/// The expected answer of this call now.
pub(crate) fn of(act: &Act, model: &Model, now_ms: i64) -> Expect {
    if let Intent::Start(start) = &act.intent {
        return of_start(start, model, now_ms);
    }
    if let Intent::Command { user, contact, command } = &act.intent {
        return of_command(user, contact, *command, model, now_ms);
    }
    let Some(id) = act.intent.contact() else { return Expect::Either };
    let Some(contact) = model.contact(id) else {
        return match act.intent {
            Intent::Stop { .. } => Expect::Refused(&["ContactNotFoundException"]),
            Intent::Retemplate { .. } => Expect::Either,
            // The shape of a call is checked before its contact.
            Intent::Tag { ref tags, .. } if tags.len() > TAGS_MAX => Expect::Refused(&["InvalidParameterException"]),
            _ => UNKNOWN_ANSWER,
        };
    };
    of_contact(&act.intent, contact, model, now_ms)
}

fn of_contact(intent: &Intent, contact: &Contact, model: &Model, now_ms: i64) -> Expect {
    let over = matches!(contact.state, State::Acw | State::Completed);
    match intent {
        Intent::Stop { .. }
        | Intent::Attributes { .. }
        | Intent::Untag { .. }
        | Intent::Describe { .. }
        | Intent::ReadAttributes { .. }
        | Intent::Associated { .. } => Expect::Done,
        Intent::Pause { .. } => match contact.state {
            State::Paused => CONFLICT,
            State::Scheduled | State::WrapUp | State::Acw | State::Completed => INVALID,
            _ if contact.expiry.at_ms <= now_ms => INVALID,
            _ if contact.pause_count >= PAUSES_MAX => LIMIT,
            // How many an agent may hold is set by the routing profile.
            State::Connected => Expect::Either,
            _ => Expect::Done,
        },
        Intent::Resume { .. } if contact.state == State::Paused => Expect::Done,
        Intent::Resume { .. } => CONFLICT,
        Intent::Reschedule { to_ms, .. } => of_schedule(contact, *to_ms, now_ms),
        Intent::Transfer { .. } => match contact.state {
            State::Scheduled | State::Acw | State::Completed => INVALID,
            _ if contact.transfers >= TRANSFERS_MAX => Expect::Refused(&["ServiceQuotaExceededException"]),
            // Its agent may keep it for after-contact work: then it frees no slot for its successor.
            _ if contact.agent.is_some() && model.count("contacts/open") >= OPEN_MAX => Expect::Either,
            _ => Expect::Done,
        },
        Intent::Retemplate { template, .. } => of_retemplate(contact, template, model),
        Intent::Update { expiry, .. } if *expiry => {
            if over {
                INVALID
            } else {
                Expect::Either
            }
        }
        Intent::Update { .. } => Expect::Done,
        Intent::Tag { tags, .. } => {
            let mut keys: Vec<&String> = contact.tags.keys().chain(tags.keys()).collect();
            keys.sort();
            keys.dedup();
            let refused = Expect::Refused(&["InvalidRequestException", "InvalidParameterException"]);
            if keys.len() > TAGS_MAX { refused } else { Expect::Done }
        }
        Intent::Route { .. } if over => Expect::Refused(&["ResourceConflictException"]),
        Intent::Route { .. } => Expect::Done,
        _ => Expect::Either,
    }
}

fn of_schedule(contact: &Contact, to_ms: i64, now_ms: i64) -> Expect {
    let latest = now_ms + i64::try_from(AHEAD_DAYS).unwrap_or(0) * TOKEN_MS;
    match contact.state {
        State::Scheduled if to_ms < now_ms || to_ms > latest => {
            Expect::Refused(&["InvalidParameterException", "LimitExceededException"])
        }
        State::Scheduled if contact.reschedules >= RESCHEDULES_MAX => LIMIT,
        State::Scheduled => Expect::Done,
        _ => Expect::Refused(&["InvalidRequestException", "InvalidParameterException"]),
    }
}

fn of_retemplate(contact: &Contact, template: &str, model: &Model) -> Expect {
    let over = !contact.is_active();
    let same = contact.template.as_ref().is_some_and(|pin| pin.id == template);
    let never = over || contact.agent.is_some() || same || contact.retemplated >= RETEMPLATES_MAX;
    if never || template == UNKNOWN || !model.templates.iter().any(|known| known.id == template) {
        return Expect::Refused(&[
            "InvalidRequestException",
            "ServiceQuotaExceededException",
            "PropertyValidationException",
            "ResourceNotFoundException",
        ]);
    }
    Expect::Either
}

/// Commands of agents (tasks 6); one that was done already is answered again (behaviour B157). What a timer that is due would change first is left open.
fn of_command(user: &str, id: &str, command: Command, model: &Model, now_ms: i64) -> Expect {
    let agent = model.agents.get(user).map(|known| &known.agent);
    let contact = model.contact(id);
    let due = |ms: Option<i64>| ms.is_some_and(|ms| ms <= now_ms);
    if due(agent.and_then(|agent| agent.due_ms())) || due(contact.and_then(Contact::due_ms)) {
        return Expect::Either;
    }
    let offer = contact.and_then(|contact| contact.offer.as_ref()).filter(|offer| offer.agent.id == user);
    let state = contact.filter(|contact| contact.agent.as_ref().is_some_and(|stay| stay.agent.id == user));
    let state = state.map(|contact| contact.state);
    let entry = agent.and_then(|agent| agent.entry(id));
    let by_agent = [DisconnectReason::AgentCompleted, DisconnectReason::AgentDisconnect];
    let reason = contact.and_then(|contact| contact.disconnect_reason);
    let offer_end = contact.and_then(|contact| contact.offer_end.as_ref()).filter(|end| end.user_id == user);
    let is_with = offer.is_some() || state.is_some_and(|state| state != State::Completed);
    let possible = match command {
        Command::Accept => offer.is_some() || matches!(state, Some(State::Connected | State::Paused)),
        Command::Reject => match offer {
            Some(offer) => !offer.accepted,
            None => state.is_none() && offer_end.is_some_and(|end| end.outcome == OfferOutcome::Rejected),
        },
        Command::Complete | Command::Disconnect => {
            matches!(state, Some(State::Connected | State::Paused | State::WrapUp | State::Acw))
                || state == Some(State::Completed) && reason.is_some_and(|reason| by_agent.contains(&reason))
        }
        Command::Close => match entry {
            Some(entry) => entry.state.can_be_closed(),
            None => state == Some(State::Completed) || offer_end.is_some() && !is_with,
        },
    };
    if possible { Expect::Done } else { Expect::Refused(&[LATE]) }
}

fn of_start(start: &Start, model: &Model, now_ms: i64) -> Expect {
    let known = start.token.as_ref().and_then(|token| {
        let fits = |known: &&crate::model::Token| known.act.request.body["ClientToken"] == **token;
        model.tokens.iter().find(fits)
    });
    if let Some(known) = known {
        let fresh = now_ms < known.at_ms + TOKEN_MS;
        return match (&known.contact, start.sound, fresh) {
            (Some(_), true, true) => Expect::Done,
            _ => Expect::Either,
        };
    }
    let after = start.previous.as_ref().map_or(0, |id| model.count(&format!("contacts/after/{id}")));
    let full = model.count("contacts/open") >= OPEN_MAX || after >= AFTER_MAX;
    // A task that is over from the start takes no slot.
    match (full && !start.over, start.sound) {
        (false, true) => Expect::Done,
        (true, true) => Expect::Refused(&["ServiceQuotaExceededException"]),
        (false, false) => Expect::Either,
        (true, false) => Expect::Refused(&[
            "ServiceQuotaExceededException",
            "InvalidRequestException",
            "InvalidParameterException",
            "ResourceNotFoundException",
        ]),
    }
}
