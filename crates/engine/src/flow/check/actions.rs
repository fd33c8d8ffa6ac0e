//! What each type of action that a task meets may hold (flows 6.6, 7.1 to 7.5), as data: parameters with the kind of their values,
//! conditions, errors, and the types of flows it runs in. One entry an action, in the order of the specification.

use wire::json::Object;

use super::foreign;
use super::given::is_given;
use super::rule::{Choice, Conditions, Errors, Form, Parameter, Places, Rule, Text, named, optional, required, usual};
use crate::arn::Kind;
use crate::flow::document::{ActionType, ErrorType};

use ActionType as A;
use ErrorType::{NoMatchingCondition, NoMatchingError, QueueAtCapacity};
use Form::{Attributes, Dynamic, Leaf, List, Map, Members, OrPath, SomeOf, Static, Steps, Tags, Typed};
use Text::{Any, Flag, Id, OneOf, Whole};

/// The rules of an action of this type; some depend on what its parameters say.
pub(super) fn rule(kind: ActionType, parameters: &Object<'_>) -> &'static Rule {
    if kind == A::UpdateContactRoutingBehavior && is_given(parameters, "RoutingProficiencies") {
        return &ROUTING_BY_PROFICIENCY;
    }
    RULES.iter().find(|rule| rule.kind == kind).unwrap_or_else(|| foreign::rule(kind, parameters))
}

/// An action that nothing follows.
const fn terminal(kind: ActionType, parameters: &'static [Parameter], places: Places) -> Rule {
    Rule { conditions: Conditions::Terminal, errors: Errors::Of(&[], &[]), ..usual(kind, parameters, places) }
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

const FLOW_ATTRIBUTE: Form = Members(&[required("Value", Dynamic), optional("Type", Static(OneOf(&["String"])))]);

/// A segment attribute as UpdateContactData sets it (B145).
const SEGMENT_VALUE: Form = Members(&[required("ValueString", Dynamic)]);

/// What UpdateContactData can change (flows 7.2.3).
const CONTACT_DATA: &[&str] = &[
    "Name",
    "Description",
    "LanguageCode",
    "CustomerId",
    "WisdomSessionArn",
    "SegmentAttributes",
    "IsVoiceIdStreamingEnabled",
    "IsVoiceAuthenticationEnabled",
    "IsFraudDetectionEnabled",
    "VoiceAuthenticationThreshold",
    "VoiceAuthenticationResponseTime",
    "FraudDetectionThreshold",
    "WatchlistId",
];

const HOOKS: Form = Members(&[
    named("AgentHold", FLOW_ID),
    named("AgentWhisper", FLOW_ID),
    named("CustomerHold", FLOW_ID),
    named("CustomerQueue", FLOW_ID),
    named("CustomerRemaining", FLOW_ID),
    named("CustomerWhisper", FLOW_ID),
    named("DefaultAgentUI", FLOW_ID),
    named("DisconnectAgentUI", FLOW_ID),
    named("PauseContact", FLOW_ID),
    named("ResumeContact", FLOW_ID),
]);

/// Whether the flow of a hook runs (flows 7.2.12).
const SWITCH: Form = Members(&[required("DisableExecution", Static(OneOf(&["true", "false"])))]);
const SWITCHES: Form = Members(&[
    optional("AgentHold", SWITCH),
    optional("AgentWhisper", SWITCH),
    optional("CustomerHold", SWITCH),
    optional("CustomerQueue", SWITCH),
    optional("CustomerRemaining", SWITCH),
    optional("CustomerWhisper", SWITCH),
    optional("DefaultAgentUI", SWITCH),
    optional("DisconnectAgentUI", SWITCH),
    optional("PauseContact", SWITCH),
    optional("ResumeContact", SWITCH),
]);

/// How long routing by a proficiency may last, in seconds (flows 7.1.12).
const PROFICIENCY_SECONDS_MAX: i64 = 600;

const HIERARCHY_PROFICIENCY: Form = Members(&[
    required("AgentHierarchy", OrPath(Any)),
    required("ExpirationSeconds", OrPath(Whole(0, PROFICIENCY_SECONDS_MAX))),
]);

const ROUTING_BEHAVIOR: Rule = Rule {
    choices: &[Choice::ExactlyOne(&["QueuePriority", "QueueTimeAdjustmentSeconds", "RoutingProficiencies"])],
    errors: Errors::Of(&[], &[]),
    ..usual(
        A::UpdateContactRoutingBehavior,
        &[
            optional("QueuePriority", Static(Whole(1, i64::MAX))),
            optional("QueueTimeAdjustmentSeconds", Static(Whole(i64::MIN, i64::MAX))),
            optional("RoutingProficiencies", Members(&[required("AgentHierarchyProficiency", HIERARCHY_PROFICIENCY)])),
        ],
        Places::Priority,
    )
};

/// With RoutingProficiencies the action can fail (flows 6.6, 7.1.12).
const ROUTING_BY_PROFICIENCY: Rule = Rule { errors: Errors::Of(&[NoMatchingError], &[]), ..ROUTING_BEHAVIOR };

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
    ROUTING_BEHAVIOR,
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
                optional("TargetContact", Static(OneOf(&["Current", "Related"]))),
                optional("Name", Dynamic),
                optional("Description", Dynamic),
                optional("LanguageCode", Dynamic),
                optional("CustomerId", Dynamic),
                optional("WisdomSessionArn", Dynamic),
                optional("SegmentAttributes", Map(&SEGMENT_VALUE)),
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
    usual(
        A::UpdateContactEventHooks,
        &[required("EventHooks", HOOKS), optional("EventHooksConfiguration", SWITCHES)],
        Places::All,
    ),
    usual(A::TagContact, &[required("Tags", Tags)], Places::All),
    usual(A::UntagContact, &[required("TagKeys", SomeOf(&Static(Any)))], Places::All),
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
        conditions: Conditions::Compare,
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
];
