//! The agent API free of HTTP (tasks 6): what one agent reads and does. Watching is in [`super::views`].

use bytes::Bytes;
use engine::arn::{self, InstanceRef};
use engine::policy::Denied;
use serde_json::{Value, json};
use store::Kind;
use wire::{Labels, Op};

use super::commands::{Command, carry_out};
use super::views::enter;
use super::{Taken, take, worklist};
use crate::resource::user::has_basic_access;
use crate::{Call, Caller, Cx, Error, Principal, Result, Service};

/// What an agent asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentAsk<'a> {
    /// A command on a task.
    Command {
        /// The task's id.
        contact_id: &'a str,
        /// What to do.
        command: Command,
    },
    /// The tasks that the user may take.
    Worklist {
        /// NextToken of the page before.
        next_token: Option<&'a str>,
    },
    /// Takes one of them.
    Take {
        /// The task's id.
        contact_id: &'a str,
    },
    /// The quick connects that the user may choose.
    QuickConnects,
    /// The templates that the user may choose.
    Templates,
}

/// Who asks for it, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct AgentCall<'a> {
    /// The caller of the request.
    pub caller: &'a Caller,
    /// Id or ARN of the instance.
    pub instance: &'a str,
    /// Id or ARN of the user.
    pub user: &'a str,
    /// The time of the request, epoch milliseconds.
    pub now_ms: i64,
}

/// An answer: a JSON object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgentReply {
    /// It was done.
    Done(Bytes),
    /// It came too late: `Message`, and `Entry` as it is now (tasks 6.2).
    Late(Bytes),
}

impl Service {
    /// Whether this caller may use the agent API for this agent: an administrator for all, a user who signed in for themselves, as
    /// long as one of their security profiles has BasicAgentAccess (B238).
    ///
    /// # Errors
    /// AccessDeniedException; the store's failures.
    pub async fn may_use_agent_api(&self, call: &AgentCall<'_>) -> Result<()> {
        let (cx, labels) = (Cx::new(self, Op::GetCurrentUserData, call.now_ms), Labels::default());
        let (caller, now_ms) = (call.caller, call.now_ms);
        let asked =
            Call { op: Op::GetCurrentUserData, labels: &labels, query: "", body: b"", caller, now_ms, request_id: "" };
        let Principal::User { instance_id, user_id, .. } = &caller.principal else {
            return caller.grants.open(&caller.account, cx.home()).map_err(|denied| Error::denied(&asked, &denied));
        };
        let is_own = matches!(arn::instance_id(call.instance, cx.home()), InstanceRef::Id(id) if id == *instance_id)
            && arn::id_or_arn(arn::Kind::User, call.user, cx.home().instance(instance_id)).id().as_ref()
                == Some(user_id);
        if is_own
            && let Some(row) = cx.store().resource(instance_id, Kind::User, user_id).await?
            && has_basic_access(&cx, instance_id, &row).await?
        {
            return Ok(());
        }
        let resource = if is_own { caller.arn.clone() } else { "*".to_owned() };
        Err(Error::denied(&asked, &Denied { resource }))
    }

    /// Answers one request of an agent.
    ///
    /// # Errors
    /// ResourceNotFoundException for an unknown instance or user; what the command or the list refuses; the store's failures.
    pub async fn agent_call(&self, call: AgentCall<'_>, ask: AgentAsk<'_>) -> Result<AgentReply> {
        self.may_use_agent_api(&call).await?;
        let op = match ask {
            AgentAsk::Command { .. } => Op::DismissUserContact,
            AgentAsk::Take { .. } => Op::AssociateContactWithUser,
            AgentAsk::Worklist { .. } | AgentAsk::QuickConnects | AgentAsk::Templates => Op::GetCurrentUserData,
        };
        let cx = Cx::new(self, op, call.now_ms);
        let watch = enter(&cx, call.instance, call.user).await?;
        let (instance, user) = watch.key();
        let (contact_id, late) = match ask {
            AgentAsk::Command { contact_id, command } => {
                let late = carry_out(&cx, instance, user, contact_id, command).await?;
                (contact_id, late.then_some(command.as_str()))
            }
            AgentAsk::Take { contact_id } => match take(&cx, instance, user, contact_id).await? {
                Taken::Done => (contact_id, None),
                Taken::Late => (contact_id, Some("take")),
            },
            AgentAsk::Worklist { next_token } => {
                return worklist::page(&cx, instance, user, next_token).await.map(|list| done(&list));
            }
            AgentAsk::QuickConnects | AgentAsk::Templates => {
                watch.read(&cx).await?;
                let name = if ask == AgentAsk::Templates { "Templates" } else { "QuickConnects" };
                return Ok(done(&json!({name: watch.member(name)})));
            }
        };
        watch.read(&cx).await?;
        let (version, entry) = watch.entry(contact_id);
        let Some(command) = late else {
            return Ok(done(&json!({"Version": version, "ContactId": contact_id, "Entry": entry})));
        };
        let message = match entry["State"].as_str() {
            Some(state) => format!("{command}: the user's entry for contact {contact_id} is {state}"),
            None => format!("{command}: the user has no entry for contact {contact_id} that this could be done to"),
        };
        Ok(AgentReply::Late(Bytes::from(json!({"Message": message, "Entry": entry}).to_string())))
    }
}

fn done(body: &Value) -> AgentReply {
    AgentReply::Done(Bytes::from(body.to_string()))
}
