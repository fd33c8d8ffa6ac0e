//! Quick connects: which configuration belongs to which type, what it names, and which flows fit (tasks 1.4, 3.5.1).

use crate::arn::{Kind, Scope, id_or_arn};
use crate::contact_flow::task_can_start;
use crate::text::is_e164;
use std::fmt;
use wire::ExceptionKind;
use wire::shapes::{ContactFlowType, QuickConnectConfig, QuickConnectType};

/// Where a quick connect leads. All ids are bare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To an agent, by a flow of type AGENT_TRANSFER.
    User {
        /// Id of the user.
        user_id: String,
        /// Id of the flow.
        flow_id: String,
    },
    /// To a queue, by a flow of type QUEUE_TRANSFER.
    Queue {
        /// Id of the queue.
        queue_id: String,
        /// Id of the flow.
        flow_id: String,
    },
    /// To a telephone number, of no use to tasks.
    Phone,
    /// Into a flow.
    Flow {
        /// Id of the flow.
        flow_id: String,
    },
}

impl Target {
    /// The flow that runs, if one does.
    pub fn flow_id(&self) -> Option<&str> {
        match self {
            Self::User { flow_id, .. } | Self::Queue { flow_id, .. } | Self::Flow { flow_id } => Some(flow_id),
            Self::Phone => None,
        }
    }
}

/// Why a configuration is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The type is none of the four.
    UnknownType,
    /// The member that belongs to the type is absent.
    Absent {
        /// The type.
        quick_connect_type: &'static str,
        /// The member.
        member: &'static str,
    },
    /// A member that belongs to another type is present.
    Alien {
        /// The type.
        quick_connect_type: &'static str,
        /// The member.
        member: &'static str,
    },
    /// A member inside is empty.
    Empty(&'static str),
    /// The number is not in E.164 form.
    PhoneNumber,
    /// Named by an ARN of something else, or of another instance.
    Unknown(Kind),
}

impl Problem {
    /// Which exception says it.
    pub fn kind(&self) -> ExceptionKind {
        match self {
            Self::UnknownType | Self::Empty(_) | Self::PhoneNumber => ExceptionKind::InvalidParameterException,
            Self::Absent { .. } | Self::Alien { .. } => ExceptionKind::InvalidRequestException,
            Self::Unknown(_) => ExceptionKind::ResourceNotFoundException,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownType => {
                write!(f, "QuickConnectConfig.QuickConnectType must be one of [{}]", QuickConnectType::ALL_VALUES.join(", "))
            }
            Self::Absent { quick_connect_type, member } => {
                write!(f, "QuickConnectConfig.{member} is required for a quick connect of type {quick_connect_type}")
            }
            Self::Alien { quick_connect_type, member } => {
                write!(f, "QuickConnectConfig.{member} does not belong to a quick connect of type {quick_connect_type}")
            }
            Self::Empty(member) => write!(f, "QuickConnectConfig.{member} must not be empty"),
            Self::PhoneNumber => f.write_str(
                "QuickConnectConfig.PhoneConfig.PhoneNumber must be in E.164 form: a plus sign and 2 to 15 digits, the first not 0",
            ),
            Self::Unknown(kind) => write!(f, "The {} named in QuickConnectConfig does not exist in this instance", kind.noun()),
        }
    }
}

impl std::error::Error for Problem {}

/// Checks a configuration and says where it leads (tasks 1.4). Whether the user, queue and flow exist is for the caller to see.
pub fn check(config: &QuickConnectConfig, scope: Scope<'_>) -> Result<Target, Problem> {
    let (quick_connect_type, member) = match config.quick_connect_type {
        QuickConnectType::User => ("USER", "UserConfig"),
        QuickConnectType::Queue => ("QUEUE", "QueueConfig"),
        QuickConnectType::PhoneNumber => ("PHONE_NUMBER", "PhoneConfig"),
        QuickConnectType::Flow => ("FLOW", "FlowConfig"),
        QuickConnectType::Unknown(_) => return Err(Problem::UnknownType),
    };
    let present = [
        ("UserConfig", config.user_config.is_some()),
        ("QueueConfig", config.queue_config.is_some()),
        ("PhoneConfig", config.phone_config.is_some()),
        ("FlowConfig", config.flow_config.is_some()),
    ];
    if !present.contains(&(member, true)) {
        return Err(Problem::Absent { quick_connect_type, member });
    }
    if let Some((alien, _)) = present.iter().find(|(name, is_present)| *is_present && *name != member) {
        return Err(Problem::Alien { quick_connect_type, member: alien });
    }
    target(config, scope)
}

/// The configuration as it is kept and handed back: with bare ids (task-templates 0.13).
pub fn normalise(config: &QuickConnectConfig, target: &Target) -> QuickConnectConfig {
    let mut kept = config.clone();
    match target {
        Target::User { user_id, flow_id } => {
            if let Some(user) = &mut kept.user_config {
                user.user_id.clone_from(user_id);
                user.contact_flow_id.clone_from(flow_id);
            }
        }
        Target::Queue { queue_id, flow_id } => {
            if let Some(queue) = &mut kept.queue_config {
                queue.queue_id.clone_from(queue_id);
                queue.contact_flow_id.clone_from(flow_id);
            }
        }
        Target::Flow { flow_id } => {
            if let Some(flow) = &mut kept.flow_config {
                flow.contact_flow_id.clone_from(flow_id);
            }
        }
        Target::Phone => {}
    }
    kept
}

fn target(config: &QuickConnectConfig, scope: Scope<'_>) -> Result<Target, Problem> {
    let id = |kind: Kind, text: &str, member: &'static str| {
        if text.is_empty() {
            return Err(Problem::Empty(member));
        }
        id_or_arn(kind, text, scope).id().ok_or(Problem::Unknown(kind))
    };
    if let Some(user) = &config.user_config {
        let user_id = id(Kind::User, &user.user_id, "UserConfig.UserId")?;
        return Ok(Target::User {
            user_id,
            flow_id: id(Kind::Flow, &user.contact_flow_id, "UserConfig.ContactFlowId")?,
        });
    }
    if let Some(queue) = &config.queue_config {
        let queue_id = id(Kind::Queue, &queue.queue_id, "QueueConfig.QueueId")?;
        return Ok(Target::Queue {
            queue_id,
            flow_id: id(Kind::Flow, &queue.contact_flow_id, "QueueConfig.ContactFlowId")?,
        });
    }
    if let Some(flow) = &config.flow_config {
        return Ok(Target::Flow { flow_id: id(Kind::Flow, &flow.contact_flow_id, "FlowConfig.ContactFlowId")? });
    }
    match &config.phone_config {
        Some(phone) if is_e164(&phone.phone_number) => Ok(Target::Phone),
        _ => Err(Problem::PhoneNumber),
    }
}

/// Does a flow of this type fit the quick connect (tasks 3.5.1)? If not: InvalidRequestException.
pub fn flow_fits(target: &Target, flow_type: &ContactFlowType) -> bool {
    match target {
        Target::User { .. } => *flow_type == ContactFlowType::AgentTransfer,
        Target::Queue { .. } => *flow_type == ContactFlowType::QueueTransfer,
        Target::Flow { .. } => task_can_start(flow_type),
        Target::Phone => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arn::Home;
    use wire::shapes::{
        FlowQuickConnectConfig, PhoneNumberQuickConnectConfig, QueueQuickConnectConfig, UserQuickConnectConfig,
    };

    fn scope() -> Scope<'static> {
        Home::new("eu-west-2", "111122223333").instance("i-1")
    }

    fn config(quick_connect_type: &str) -> QuickConnectConfig {
        QuickConnectConfig { quick_connect_type: QuickConnectType::parse(quick_connect_type), ..Default::default() }
    }

    fn user(user_id: &str, flow: &str) -> Option<UserQuickConnectConfig> {
        Some(UserQuickConnectConfig { user_id: user_id.to_owned(), contact_flow_id: flow.to_owned() })
    }

    fn queue(queue_id: &str, flow: &str) -> Option<QueueQuickConnectConfig> {
        Some(QueueQuickConnectConfig { queue_id: queue_id.to_owned(), contact_flow_id: flow.to_owned() })
    }

    fn phone(number: &str) -> Option<PhoneNumberQuickConnectConfig> {
        Some(PhoneNumberQuickConnectConfig { phone_number: number.to_owned() })
    }

    fn flow(id: &str) -> Option<FlowQuickConnectConfig> {
        Some(FlowQuickConnectConfig { contact_flow_id: id.to_owned() })
    }

    #[test]
    fn each_type_has_its_configuration() {
        let good = [
            (
                QuickConnectConfig { user_config: user("u", "f"), ..config("USER") },
                Target::User { user_id: "u".to_owned(), flow_id: "f".to_owned() },
            ),
            (
                QuickConnectConfig { queue_config: queue(&scope().arn(Kind::Queue, "q"), "f"), ..config("QUEUE") },
                Target::Queue { queue_id: "q".to_owned(), flow_id: "f".to_owned() },
            ),
            (QuickConnectConfig { phone_config: phone("+4915112345678"), ..config("PHONE_NUMBER") }, Target::Phone),
            (
                QuickConnectConfig { flow_config: flow(&scope().arn(Kind::Flow, "f")), ..config("FLOW") },
                Target::Flow { flow_id: "f".to_owned() },
            ),
        ];
        for (config, target) in good {
            assert_eq!(check(&config, scope()), Ok(target.clone()));
            assert_eq!(target.flow_id().is_none(), target == Target::Phone);
        }
    }

    #[test]
    fn missing_and_alien_configurations_are_refused() {
        for (quick_connect_type, member) in
            [("USER", "UserConfig"), ("QUEUE", "QueueConfig"), ("PHONE_NUMBER", "PhoneConfig"), ("FLOW", "FlowConfig")]
        {
            let problem = check(&config(quick_connect_type), scope()).unwrap_err();
            assert_eq!(problem, Problem::Absent { quick_connect_type, member });
            assert_eq!(problem.kind(), ExceptionKind::InvalidRequestException);
            assert!(problem.to_string().contains(member));
        }
        let both = QuickConnectConfig { user_config: user("u", "f"), flow_config: flow("f"), ..config("FLOW") };
        assert_eq!(check(&both, scope()), Err(Problem::Alien { quick_connect_type: "FLOW", member: "UserConfig" }));
        assert_eq!(check(&config("PIGEON"), scope()), Err(Problem::UnknownType));
    }

    #[test]
    fn parts_are_checked() {
        let empty = QuickConnectConfig { user_config: user("", "f"), ..config("USER") };
        assert_eq!(check(&empty, scope()), Err(Problem::Empty("UserConfig.UserId")));
        let foreign = QuickConnectConfig {
            queue_config: queue("arn:aws:connect:eu-west-2:111122223333:instance/i-2/queue/q", "f"),
            ..config("QUEUE")
        };
        assert_eq!(check(&foreign, scope()), Err(Problem::Unknown(Kind::Queue)));
        for number in ["", "4915", "+", "+0123", "+1", "+12a", "+1234567890123456"] {
            let bad = QuickConnectConfig { phone_config: phone(number), ..config("PHONE_NUMBER") };
            assert_eq!(check(&bad, scope()), Err(Problem::PhoneNumber), "{number}");
        }
    }

    #[test]
    fn flows_must_fit() {
        let user = Target::User { user_id: "u".to_owned(), flow_id: "f".to_owned() };
        let queue = Target::Queue { queue_id: "q".to_owned(), flow_id: "f".to_owned() };
        let flow = Target::Flow { flow_id: "f".to_owned() };
        for (target, flow_type, fits) in [
            (&user, ContactFlowType::AgentTransfer, true),
            (&user, ContactFlowType::ContactFlow, false),
            (&queue, ContactFlowType::QueueTransfer, true),
            (&queue, ContactFlowType::AgentTransfer, false),
            (&flow, ContactFlowType::ContactFlow, true),
            (&flow, ContactFlowType::CustomerQueue, false),
        ] {
            assert_eq!(flow_fits(target, &flow_type), fits, "{target:?} {flow_type:?}");
        }
    }
}
