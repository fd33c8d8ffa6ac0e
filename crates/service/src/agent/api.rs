//! The agent API free of HTTP (tasks 6): what one agent reads and does. Watching is in [`super::views`].

use bytes::Bytes;
use engine::access::{Asked, NO_RESOURCE, Subject, target};
use engine::arn::{self, InstanceRef};
use serde_json::{Value, json};
use store::Kind;

use super::commands::{Command, carry_out};
use super::views::enter;
use super::{Taken, take, worklist};
use crate::access::{self, door::Door};
use crate::base::access::Access;
use crate::base::caller::{Caller, Origin, Principal};
use crate::base::denial::Denial;
use crate::resource::user::has_basic_access;
use crate::{Cx, Result, Service};

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

impl AgentAsk<'_> {
    /// The door that it goes through.
    pub fn door(&self) -> Door {
        match self {
            Self::Command { command: Command::Accept, .. } => Door::AcceptContact,
            Self::Command { command: Command::Reject, .. } => Door::RejectContact,
            Self::Command { command: Command::Complete | Command::Disconnect, .. } => Door::CompleteContact,
            Self::Command { command: Command::Close, .. } => Door::CloseContact,
            Self::Worklist { .. } => Door::ListAgentWorklist,
            Self::Take { .. } => Door::TakeContact,
            Self::QuickConnects => Door::ListAgentQuickConnects,
            Self::Templates => Door::ListAgentTaskTemplates,
        }
    }
}

/// Who asks for it, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct AgentCall<'a> {
    /// The caller of the request.
    pub caller: &'a Caller,
    /// Where it came from.
    pub origin: Origin<'a>,
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
    /// Whether this caller may pass this door, for the agent that the call is about: access keys as their policies say, a user who
    /// signed in for themselves, as long as one of their security profiles has BasicAgentAccess (B238).
    ///
    /// # Errors
    /// AccessDeniedException; the store's failures.
    pub async fn may_pass(&self, call: &AgentCall<'_>, door: Door) -> Result<()> {
        let cx = Cx::new(self, door.op(), call.now_ms);
        let action = || door.action().to_owned();
        let caller = call.caller;
        let Principal::User { instance_id, user_id, .. } = &caller.principal else {
            let access = Access::open(caller, call.origin, cx.home(), door.op(), action, call.now_ms)?;
            let Some(access) = access else { return Ok(()) };
            let asked = agent(&cx, call);
            return Box::pin(access::judge_asked(&cx, &access, asked)).await;
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
        let resource = if is_own { caller.arn.clone() } else { NO_RESOURCE.to_owned() };
        Err(Denial::of(caller, action(), resource, None).into())
    }

    /// Answers one request of an agent.
    ///
    /// # Errors
    /// ResourceNotFoundException for an unknown instance or user; what the command or the list refuses; the store's failures.
    pub async fn agent_call(&self, call: AgentCall<'_>, ask: AgentAsk<'_>) -> Result<AgentReply> {
        let door = ask.door();
        self.may_pass(&call, door).await?;
        let cx = Cx::new(self, door.op(), call.now_ms);
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

/// The agent whom a call is about, as resource.
fn agent(cx: &Cx<'_>, call: &AgentCall<'_>) -> Asked {
    let instance = match arn::instance_id(call.instance, cx.home()) {
        InstanceRef::Id(id) => Some(id),
        InstanceRef::Foreign | InstanceRef::Malformed => None,
    };
    let arn = match &instance {
        _ if call.user.starts_with("arn:") => call.user.to_owned(),
        Some(instance) => cx.home().instance(instance).arn(arn::Kind::User, call.user),
        None => NO_RESOURCE.to_owned(),
    };
    let target = target(cx.home(), &arn);
    Asked { instance, subjects: vec![Subject { arn, required: true, target, tags: true }], values: Vec::new() }
}

fn done(body: &Value) -> AgentReply {
    AgentReply::Done(Bytes::from(body.to_string()))
}
