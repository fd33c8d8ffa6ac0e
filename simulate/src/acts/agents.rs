//! What agents do, and what is done about them: status, offers, work on a task, another routing profile.

use engine::agent::EntryState;
use engine::contact::State;
use serde_json::{Value, json};
use service::Command;
use wire::Op;

use super::{Act, Clients, Intent};

#[derive(Clone, Copy)]
enum Deed {
    Status,
    Command,
    Assign,
    Dismiss,
    Profile,
}

const DEEDS: &[(u64, Deed)] =
    &[(24, Deed::Status), (60, Deed::Command), (8, Deed::Assign), (4, Deed::Dismiss), (4, Deed::Profile)];

impl Clients<'_> {
    pub(super) fn agent_act(&mut self) -> Act {
        match self.random.weighted(DEEDS) {
            Deed::Status => self.put_status(),
            Deed::Command => self.command(),
            Deed::Assign => self.assign(),
            Deed::Dismiss => self.dismiss(),
            Deed::Profile => self.change_profile(),
        }
    }

    fn user(&mut self) -> String {
        self.random.pick(&self.places.users).cloned().unwrap_or_default()
    }

    fn put_status(&mut self) -> Act {
        let user = self.user();
        let status = self.places.statuses[self.random.weighted(&[(7, 0), (2, 1), (2, 2)])].clone();
        let body = json!({"AgentStatusId": status});
        let labels = [self.instance, &user.clone()];
        self.act(Op::PutUserStatus, &labels, body, Intent::PutStatus { user, status })
    }

    /// What an agent may do with a task in hand; now and then something else, or with another's task.
    fn command(&mut self) -> Act {
        let known = self.model.agents.iter();
        let entries: Vec<(String, String, EntryState)> = known
            .flat_map(|(user, known)| {
                known.agent.entries.iter().map(|entry| (user.clone(), entry.contact_id.clone(), entry.state))
            })
            .collect();
        let picked = self.random.pick(&entries).cloned().filter(|_| self.insists.is_none());
        let (user, contact, state) = match picked {
            Some(picked) => picked,
            None => (self.user(), self.any(), EntryState::Error),
        };
        let fitting = match state {
            EntryState::Connecting => &[(8, Command::Accept), (3, Command::Reject)][..],
            EntryState::Connected | EntryState::Paused => &[(8, Command::Complete), (2, Command::Disconnect)],
            _ => &[(1, Command::Close)],
        };
        let any = [Command::Accept, Command::Reject, Command::Complete, Command::Disconnect, Command::Close];
        let command = if self.random.chance(92) { self.random.weighted(fitting) } else { any[self.random.index(5)] };
        let user = if self.random.chance(95) { user } else { self.user() };
        let intent = Intent::Command { user: user.clone(), contact: contact.clone(), command };
        let mut act = self.act(Op::DismissUserContact, &[&user, &contact], Value::Null, intent);
        act.request.command = Some(command);
        act
    }

    fn assign(&mut self) -> Act {
        let (user, contact) = (self.user(), self.in_state(State::Queued));
        let labels = [self.instance, &contact.clone()];
        self.act(Op::AssociateContactWithUser, &labels, json!({"UserId": user}), Intent::Assign { contact })
    }

    fn dismiss(&mut self) -> Act {
        let user = self.user();
        let closing = |known: &crate::model::KnownAgent| {
            let entry = known.agent.entries.iter().find(|entry| entry.state.can_be_closed());
            entry.map(|entry| entry.contact_id.clone())
        };
        let contact = self.model.agents.get(&user).and_then(closing);
        let contact = contact.unwrap_or_else(|| self.any());
        let labels = [self.instance, &user];
        self.act(Op::DismissUserContact, &labels, json!({"ContactId": contact}), Intent::Manage)
    }

    fn change_profile(&mut self) -> Act {
        let user = self.user();
        let profile = &self.places.profiles[self.random.index(self.places.profiles.len())].id;
        let body = json!({"RoutingProfileId": profile});
        self.act(Op::UpdateUserRoutingProfile, &[self.instance, &user], body, Intent::Manage)
    }
}
