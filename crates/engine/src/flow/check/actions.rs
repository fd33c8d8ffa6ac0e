//! What each type of action may hold (flows 6.6, section 7), as data: parameters with the kind of their values, conditions, errors, and
//! the types of flows it runs in. One entry an action, in the order of the specification.

use wire::shapes::ContactFlowType;

use crate::arn::Kind;
use crate::flow::document::{ActionType, ErrorType};

use ActionType as A;
use ErrorType::{NoMatchingCondition, NoMatchingError, QueueAtCapacity};
use Form::{Attributes, Dynamic, Leaf, List, Map, Members, OrPath, Static, Steps, Typed};
use Need::{Optional, Required};
use Text::{Any, Flag, Id, OneOf, Whole};

/// An action's rules.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) kind: ActionType,
    /// `None`: accepted unread (flows 7.6).
    pub(super) parameters: Option<&'static [Parameter]>,
    /// Sets of which one or more must be given.
    pub(super) choices: &'static [Choice],
    pub(super) conditions: Conditions,
    pub(super) errors: Errors,
    places: Places,
}

/// A member of `Parameters`, or of an object in it.
#[derive(Debug)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) form: Form,
    pub(super) need: Need,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Required,
    Optional,
}

/// Parameters that exclude or stand for each other.
#[derive(Debug)]
pub(super) enum Choice {
    /// One of them, not both.
    ExactlyOne(&'static [&'static str]),
    /// One of them or none.
    AtMostOne(&'static [&'static str]),
    /// At least one of them.
    Some(&'static [&'static str]),
}

/// What a value may be (flows 3.2).
#[derive(Debug)]
pub(super) enum Form {
    /// Text without references.
    Static(Text),
    /// Text without references, or one path.
    OrPath(Text),
    /// Text with references.
    Dynamic,
    /// One path that ends in a value (flows 3.7).
    Leaf,
    /// User attributes: names and dynamic values.
    Attributes,
    /// An object with any names.
    Map(&'static Form),
    /// An object with these names.
    Members(&'static [Parameter]),
    /// A list.
    List(&'static Form),
    /// A reference of a task: an object with type and value, or a bare value (flows 7.2.8).
    Reference,
    /// Steps of routing criteria (flows 7.1.11).
    Steps,
    /// JSON that keeps its types and is compared with a contract (flows 2.10, 8.4, 8.5).
    Typed,
    /// Any JSON without empty texts.
    Free,
}

/// What static text may be.
#[derive(Debug)]
pub(super) enum Text {
    Any,
    OneOf(&'static [&'static str]),
    /// One of these, in any case.
    Flag(&'static [&'static str]),
    /// A whole number between these, both included.
    Whole(i64, i64),
    /// An id, or the ARN of such a thing.
    Id(Kind),
}

/// Which conditions an action has.
#[derive(Clone, Copy, Debug)]
pub(super) enum Conditions {
    Refused,
    /// Those of flows 4.2.
    Any,
    /// Equals with each of these, once.
    Exactly(&'static [&'static str]),
    /// Depend on the metric (flows 7.3.3).
    Metric,
    /// A rising chain of percentages (flows 7.3.8).
    Percentages,
    /// What can end the wait (flows 7.3.10).
    Wait,
    /// Branches of a module (flows 8.5).
    Branches,
    /// Only their targets count (flows 7.6).
    Unread,
    /// `Transitions` is `{}`.
    Terminal,
}

/// Which entries `Errors` has (flows 6.6).
#[derive(Clone, Copy, Debug)]
pub(super) enum Errors {
    /// These are required, those allowed.
    Of(&'static [ErrorType], &'static [ErrorType]),
    /// Those of Wait: ParticipantNotFound goes with an event.
    Wait,
    /// NoMatchingError and ChannelMismatch, and a failure of redaction where chats are recorded.
    Recording,
    /// Any, each once (flows 7.6).
    Unread,
}

/// Which flows an action runs in (flows section 7).
#[derive(Clone, Copy, Debug)]
enum Places {
    All,
    /// IN, CQ, TR, MO.
    NoWhisperNoHold,
    /// IN, TR, MO.
    InboundAndTransfer,
    /// CQ, MO.
    CustomerQueue,
    /// TR.
    Transfer,
    /// IN, CQ, TR, outbound whisper, MO (flows 7.1.9).
    Priority,
    /// All but holds (flows 7.5.2).
    NoHold,
    Modules,
}

impl Rule {
    /// May the action stand in a flow of this type, or in a module (`None`)? Campaign flows never run, so they may hold anything (flows 1.1).
    pub(super) fn allowed_in(&self, flow_type: Option<&ContactFlowType>) -> bool {
        use ContactFlowType as T;
        let Some(flow_type) = flow_type else { return !matches!(self.places, Places::Transfer) };
        let inbound = matches!(flow_type, T::ContactFlow);
        let queue = matches!(flow_type, T::CustomerQueue);
        let transfer = matches!(flow_type, T::AgentTransfer | T::QueueTransfer);
        let hold = matches!(flow_type, T::AgentHold | T::CustomerHold);
        match self.places {
            Places::Modules => false,
            _ if matches!(flow_type, T::Campaign) => true,
            Places::All => true,
            Places::NoWhisperNoHold => inbound || queue || transfer,
            Places::InboundAndTransfer => inbound || transfer,
            Places::CustomerQueue => queue,
            Places::Transfer => transfer,
            Places::Priority => inbound || queue || transfer || matches!(flow_type, T::OutboundWhisper),
            Places::NoHold => !hold,
        }
    }
}

/// The rules of a type.
pub(super) fn rule(kind: ActionType) -> &'static Rule {
    RULES.iter().find(|rule| rule.kind == kind).unwrap_or(&FOREIGN)
}

/// The types of other channels and products that have no entry, whichever it is: parameters, conditions and errors are accepted unread
/// (flows 7.6).
const FOREIGN: Rule = Rule {
    kind: A::GetParticipantInput,
    parameters: None,
    choices: &[],
    conditions: Conditions::Unread,
    errors: Errors::Unread,
    places: Places::All,
};

const fn required(name: &'static str, form: Form) -> Parameter {
    Parameter { name, form, need: Required }
}

const fn optional(name: &'static str, form: Form) -> Parameter {
    Parameter { name, form, need: Optional }
}

/// The usual action: no conditions, NoMatchingError required.
const fn usual(kind: ActionType, parameters: &'static [Parameter], places: Places) -> Rule {
    Rule {
        kind,
        parameters: Some(parameters),
        choices: &[],
        conditions: Conditions::Refused,
        errors: Errors::Of(&[NoMatchingError], &[]),
        places,
    }
}

/// An action that nothing follows.
const fn terminal(kind: ActionType, parameters: &'static [Parameter], places: Places) -> Rule {
    Rule { conditions: Conditions::Terminal, errors: Errors::Of(&[], &[]), ..usual(kind, parameters, places) }
}

/// A type of another channel with an entry of its own in the table of errors.
const fn foreign(kind: ActionType, errors: Errors) -> Rule {
    Rule { kind, errors, ..FOREIGN }
}

const QUEUE_OR_AGENT: &[&str] = &["QueueId", "AgentId"];
const TARGET: &[Parameter] = &[optional("QueueId", OrPath(Id(Kind::Queue))), optional("AgentId", OrPath(Any))];
const METRIC_QUEUE: Parameter = optional("QueueId", Dynamic);
const METRIC_AGENT: Parameter = optional("AgentId", Dynamic);
const FLOW_ID: Form = OrPath(Id(Kind::Flow));

/// Metrics that count agents (flows 7.3.3).
pub(super) const AGENT_METRICS: &[&str] = &["NumberOfAgentsAvailable", "NumberOfAgentsStaffed", "NumberOfAgentsOnline"];

/// Longest wait, in seconds.
const WAIT_SECONDS_MAX: i64 = 604_800;
/// Longest delay of a new task, in seconds.
const DELAY_SECONDS_MAX: i64 = 518_400;

/// Types of references that a task can be given (tasks 2.3.10), and attachments as CreateContact has them.
const REFERENCE_TYPES: &[&str] = &["URL", "NUMBER", "STRING", "DATE", "EMAIL", "ATTACHMENT"];

/// The two members of a reference.
pub(super) const REFERENCE: &[Parameter] =
    &[required("Type", Static(OneOf(REFERENCE_TYPES))), required("Value", Dynamic)];

const FLOW_ATTRIBUTE: Form = Members(&[required("Type", Static(OneOf(&["String"]))), required("Value", Dynamic)]);

/// What UpdateContactData can change (flows 7.2.3).
const CONTACT_DATA: &[&str] = &[
    "Name",
    "Description",
    "LanguageCode",
    "CustomerId",
    "WisdomSessionArn",
    "IsVoiceIdStreamingEnabled",
    "IsVoiceAuthenticationEnabled",
    "IsFraudDetectionEnabled",
    "VoiceAuthenticationThreshold",
    "VoiceAuthenticationResponseTime",
    "FraudDetectionThreshold",
    "WatchlistId",
];

const HOOKS: Form = Members(&[
    optional("AgentHold", FLOW_ID),
    optional("AgentWhisper", FLOW_ID),
    optional("CustomerHold", FLOW_ID),
    optional("CustomerQueue", FLOW_ID),
    optional("CustomerRemaining", FLOW_ID),
    optional("CustomerWhisper", FLOW_ID),
    optional("DefaultAgentUI", FLOW_ID),
    optional("DisconnectAgentUI", FLOW_ID),
    optional("PauseContact", FLOW_ID),
    optional("ResumeContact", FLOW_ID),
]);

const RULES: &[Rule] = &[
    // 7.1 Routing
    Rule {
        choices: &[Choice::ExactlyOne(QUEUE_OR_AGENT)],
        ..usual(A::UpdateContactTargetQueue, TARGET, Places::InboundAndTransfer)
    },
    Rule {
        errors: Errors::Of(&[QueueAtCapacity, NoMatchingError], &[]),
        ..usual(A::TransferContactToQueue, &[], Places::InboundAndTransfer)
    },
    Rule {
        choices: &[Choice::ExactlyOne(QUEUE_OR_AGENT)],
        errors: Errors::Of(&[QueueAtCapacity, NoMatchingError], &[]),
        ..usual(A::DequeueContactAndTransferToQueue, TARGET, Places::CustomerQueue)
    },
    terminal(A::TransferContactToAgent, &[], Places::Transfer),
    usual(A::TransferToFlow, &[required("ContactFlowId", FLOW_ID)], Places::InboundAndTransfer),
    Rule {
        choices: &[Choice::ExactlyOne(&["QueuePriority", "QueueTimeAdjustmentSeconds"])],
        errors: Errors::Of(&[], &[]),
        ..usual(
            A::UpdateContactRoutingBehavior,
            &[
                optional("QueuePriority", Static(Whole(1, i64::MAX))),
                optional("QueueTimeAdjustmentSeconds", Static(Whole(i64::MIN, i64::MAX))),
            ],
            Places::Priority,
        )
    },
    usual(
        A::UpdateContactRoutingCriteria,
        &[required("RoutingCriteria", Members(&[required("Steps", Steps)]))],
        Places::NoWhisperNoHold,
    ),
    // 7.2 Data
    usual(
        A::UpdateContactAttributes,
        &[required("Attributes", Attributes), optional("TargetContact", Static(OneOf(&["Current", "Related"])))],
        Places::All,
    ),
    usual(A::UpdateFlowAttributes, &[required("FlowAttributes", Map(&FLOW_ATTRIBUTE))], Places::All),
    Rule {
        choices: &[Choice::Some(CONTACT_DATA)],
        ..usual(
            A::UpdateContactData,
            &[
                required("TargetContact", Static(OneOf(&["Current", "Related"]))),
                optional("Name", Dynamic),
                optional("Description", Dynamic),
                optional("LanguageCode", Dynamic),
                optional("CustomerId", Dynamic),
                optional("WisdomSessionArn", Dynamic),
                optional("IsVoiceIdStreamingEnabled", Form::Free),
                optional("IsVoiceAuthenticationEnabled", Form::Free),
                optional("IsFraudDetectionEnabled", Form::Free),
                optional("VoiceAuthenticationThreshold", Form::Free),
                optional("VoiceAuthenticationResponseTime", Form::Free),
                optional("FraudDetectionThreshold", Form::Free),
                optional("WatchlistId", Form::Free),
            ],
            Places::All,
        )
    },
    usual(A::UpdateContactEventHooks, &[required("EventHooks", HOOKS)], Places::All),
    usual(A::TagContact, &[required("Tags", Map(&Dynamic))], Places::All),
    usual(A::UntagContact, &[required("TagKeys", List(&Static(Any)))], Places::All),
    Rule {
        choices: &[
            Choice::Some(&["ContactFlowId", "TaskTemplateId"]),
            Choice::AtMostOne(&["DelaySeconds", "ScheduledTime"]),
        ],
        ..usual(
            A::CreateTask,
            &[
                required("Name", Dynamic),
                optional("ContactFlowId", FLOW_ID),
                optional("Description", Dynamic),
                optional("Attributes", Attributes),
                optional("References", Map(&Form::Reference)),
                optional("DelaySeconds", OrPath(Whole(1, DELAY_SECONDS_MAX))),
                optional("ScheduledTime", OrPath(Whole(0, i64::MAX))),
                optional("TaskTemplateId", Static(Id(Kind::TaskTemplate))),
                optional("RelatedContactId", OrPath(Id(Kind::Contact))),
                optional("PreviousContactId", OrPath(Id(Kind::Contact))),
                optional("SegmentAttributes", Form::Free),
            ],
            Places::All,
        )
    },
    // 7.3 Branching
    Rule {
        conditions: Conditions::Any,
        errors: Errors::Of(&[NoMatchingCondition], &[]),
        ..usual(A::Compare, &[required("ComparisonValue", Leaf)], Places::All)
    },
    Rule {
        conditions: Conditions::Exactly(&["True", "False"]),
        ..usual(
            A::CheckHoursOfOperation,
            &[optional("HoursOfOperationId", OrPath(Id(Kind::HoursOfOperation)))],
            Places::NoWhisperNoHold,
        )
    },
    Rule {
        choices: &[Choice::AtMostOne(QUEUE_OR_AGENT)],
        conditions: Conditions::Metric,
        errors: Errors::Of(&[NoMatchingCondition, NoMatchingError], &[]),
        ..usual(
            A::CheckMetricData,
            &[
                required(
                    "MetricType",
                    Static(OneOf(&[
                        "NumberOfAgentsAvailable",
                        "NumberOfAgentsStaffed",
                        "NumberOfAgentsOnline",
                        "OldestContactInQueueAgeSeconds",
                        "NumberOfContactsInQueue",
                    ])),
                ),
                METRIC_QUEUE,
                METRIC_AGENT,
            ],
            Places::NoWhisperNoHold,
        )
    },
    Rule {
        choices: &[Choice::AtMostOne(QUEUE_OR_AGENT)],
        ..usual(
            A::GetMetricData,
            &[METRIC_QUEUE, METRIC_AGENT, optional("QueueChannel", OrPath(Flag(&["Voice", "Chat", "Task"])))],
            Places::All,
        )
    },
    Rule {
        conditions: Conditions::Percentages,
        errors: Errors::Of(&[NoMatchingCondition], &[]),
        ..usual(A::DistributeByPercentage, &[], Places::NoWhisperNoHold)
    },
    Rule {
        conditions: Conditions::Exactly(&["ContinueLooping", "DoneLooping"]),
        errors: Errors::Of(&[], &[NoMatchingError]),
        ..usual(
            A::Loop,
            &[required("LoopCount", OrPath(Whole(0, 100))), optional("LoopName", Static(Any))],
            Places::All,
        )
    },
    Rule {
        conditions: Conditions::Wait,
        errors: Errors::Wait,
        ..usual(
            A::Wait,
            &[
                required("TimeLimitSeconds", OrPath(Whole(1, WAIT_SECONDS_MAX))),
                optional("Events", List(&Static(OneOf(&["CustomerReturned", "BotParticipantDisconnected"])))),
                optional("ContinueExecution", Static(Flag(&["True", "False"]))),
                optional("MinimumWaitTimeSeconds", OrPath(Whole(0, WAIT_SECONDS_MAX))),
            ],
            Places::All,
        )
    },
    // 7.4 Calls
    usual(
        A::InvokeLambdaFunction,
        &[
            required("LambdaFunctionARN", Dynamic),
            required("InvocationTimeLimitSeconds", Static(Whole(1, 8))),
            optional("InvocationType", Static(OneOf(&["SYNCHRONOUS", "ASYNCHRONOUS"]))),
            optional("LambdaInvocationAttributes", Map(&Form::Free)),
            optional(
                "ResponseValidation",
                Members(&[required("ResponseType", Static(OneOf(&["STRING_MAP", "JSON"])))]),
            ),
        ],
        Places::All,
    ),
    Rule {
        conditions: Conditions::Branches,
        errors: Errors::Of(&[NoMatchingError], &[NoMatchingCondition]),
        ..usual(A::InvokeFlowModule, &[required("FlowModuleId", Dynamic), optional("Input", Typed)], Places::All)
    },
    Rule {
        errors: Errors::Of(&[], &[]),
        ..usual(
            A::UpdateFlowLoggingBehavior,
            &[required("FlowLoggingBehavior", Static(OneOf(&["Enabled", "Disabled"])))],
            Places::All,
        )
    },
    // 7.5 Ends
    terminal(A::DisconnectParticipant, &[], Places::NoWhisperNoHold),
    terminal(A::EndFlowExecution, &[], Places::NoHold),
    terminal(
        A::EndFlowModuleExecution,
        &[optional("Result", Form::Free), optional("ResultData", Typed)],
        Places::Modules,
    ),
    usual(A::ResumeContact, &[], Places::All),
    // 7.6 Other channels, as far as the table of errors names them
    foreign(A::MessageParticipant, Errors::Of(&[], &[NoMatchingError])),
    foreign(A::MessageParticipantIteratively, Errors::Of(&[], &[NoMatchingError])),
    foreign(A::UpdateContactTextToSpeechVoice, Errors::Of(&[], &[NoMatchingError])),
    foreign(A::UpdateContactRecordingBehavior, Errors::Of(&[], &[])),
    foreign(A::UpdateContactRecordingAndAnalyticsBehavior, Errors::Recording),
];
