//! Our own doors: the calls of the agent API as actions of policies (tasks 6).

use wire::Op;

/// A call of the agent API, as policies name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// The snapshot of an agent.
    GetAgentSnapshot,
    /// The stream of events.
    StreamAgentEvents,
    /// The tasks that the agent may take.
    ListAgentWorklist,
    /// The quick connects that the agent may choose.
    ListAgentQuickConnects,
    /// The templates that the agent may choose.
    ListAgentTaskTemplates,
    /// Takes a task of the worklist.
    TakeContact,
    /// Accepts an offered task.
    AcceptContact,
    /// Rejects an offered task.
    RejectContact,
    /// Completes a task.
    CompleteContact,
    /// Closes a task that has ended or was missed.
    CloseContact,
}

impl Door {
    /// Every door.
    pub const ALL: &[Self] = &[
        Self::GetAgentSnapshot,
        Self::StreamAgentEvents,
        Self::ListAgentWorklist,
        Self::ListAgentQuickConnects,
        Self::ListAgentTaskTemplates,
        Self::TakeContact,
        Self::AcceptContact,
        Self::RejectContact,
        Self::CompleteContact,
        Self::CloseContact,
    ];

    /// Its action. Its resource is the agent.
    pub fn action(self) -> &'static str {
        match self {
            Self::GetAgentSnapshot => "taskform:GetAgentSnapshot",
            Self::StreamAgentEvents => "taskform:StreamAgentEvents",
            Self::ListAgentWorklist => "taskform:ListAgentWorklist",
            Self::ListAgentQuickConnects => "taskform:ListAgentQuickConnects",
            Self::ListAgentTaskTemplates => "taskform:ListAgentTaskTemplates",
            Self::TakeContact => "taskform:TakeContact",
            Self::AcceptContact => "taskform:AcceptContact",
            Self::RejectContact => "taskform:RejectContact",
            Self::CompleteContact => "taskform:CompleteContact",
            Self::CloseContact => "taskform:CloseContact",
        }
    }

    /// The operation whose condition keys and messages it shares.
    pub(crate) fn op(self) -> Op {
        match self {
            Self::TakeContact => Op::AssociateContactWithUser,
            Self::AcceptContact | Self::RejectContact | Self::CompleteContact | Self::CloseContact => {
                Op::DismissUserContact
            }
            _ => Op::GetCurrentUserData,
        }
    }

    /// Whether it changes something.
    pub fn changes(self) -> bool {
        self.op() != Op::GetCurrentUserData
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_door_is_named_for_what_it_does() {
        for door in Door::ALL {
            assert_eq!(door.action(), format!("taskform:{door:?}"));
        }
    }
}
