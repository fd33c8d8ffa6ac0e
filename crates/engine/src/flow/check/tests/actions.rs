//! What holds for every action: smallest form, errors, transitions, flow types (flows 2.6–2.11, 6.6, 7).

use super::*;
use crate::flow::check::rule::{Conditions, Errors, Need, Others};
use crate::flow::document::ErrorType;

/// flows 7: each type may be published in its smallest form, and the reader reads that.
#[test]
fn every_action_in_its_smallest_form() {
    for kind in ActionType::ALL {
        let action = Smallest::of(*kind);
        accepted(&action);
        let read = Document::parse(&action.document().to_string()).unwrap();
        assert_eq!(read.actions[0].kind, *kind);
    }
}

/// flows 7: each type of 7.1 to 7.5 has an entry of its own in the table; those of 7.6 have one, or are accepted unread.
#[test]
fn flows_7_table_is_complete() {
    let foreign = ActionType::ALL.iter().position(|kind| *kind == ActionType::MessageParticipant).unwrap();
    for (n, kind) in ActionType::ALL.iter().enumerate() {
        assert!(n > foreign || rule(*kind).others == Others::Refused, "{kind:?}");
        assert!(rule(*kind).kind == *kind || n > foreign, "{kind:?}");
        assert_eq!(matches!(rule(*kind).conditions, Conditions::Terminal), kind.is_terminal(), "{kind:?}");
    }
}

/// flows 7.6: names that look right and are no types.
#[test]
fn flows_7_6_names_that_are_no_types() {
    for name in [
        "TransferToAgent",
        "TransferToPhoneNumber",
        "CheckStaffing",
        "CheckQueueStatus",
        "SetLoggingBehavior",
        "SetContactAttributes",
        "PlayPrompt",
        "StoreUserInput",
        "Distribute",
        "UpdateContactRoutingData",
        "ReturnFromFlowModule",
        "InvokeBedrockAgent",
        "UnTagContact",
        "UpdateRoutingCriteria",
        "wait",
    ] {
        let document = document(name, &json!({}), &json!({"NextAction": "a"}));
        let problem = format!("Invalid Action type. Type: {name}, Path: Actions[0].Type");
        assert_eq!(problems_of(&document, Some(&ContactFlowType::ContactFlow)), [problem]);
    }
    let mut document = document("x", &json!({}), &json!({}));
    for (kind, written) in [(json!(5), "5"), (json!(""), ""), (json!([]), "")] {
        document["Actions"][0]["Type"] = kind;
        let problem = format!("Invalid Action type. Type: {written}, Path: Actions[0].Type");
        assert_eq!(problems_of(&document, None), [problem]);
    }
}

/// flows 2.6: all four members are required, but Parameters where nothing has to be said in them, and Transitions of a terminal action.
#[test]
fn flows_2_6_members_of_an_action() {
    for kind in ActionType::ALL {
        let action = Smallest::of(*kind);
        for member in ["Identifier", "Type", "Parameters", "Transitions"] {
            let mut document = action.document();
            document["Actions"][0].as_object_mut().unwrap().remove(member);
            let found = problems_of(&document, place(*kind).as_ref());
            let may_lack = match member {
                "Parameters" => action.parameters == json!({}) || action.parameters == json!({"Unread": ""}),
                "Transitions" => kind.is_terminal(),
                _ => false,
            };
            assert_eq!(found.is_empty(), may_lack, "{kind:?} {member}: {found:?}");
            let named = found.iter().any(|problem| problem.starts_with(&format!("{MISSING}{member}")));
            assert!(may_lack || named || (member == "Parameters"), "{kind:?} {member}: {found:?}");
        }
    }
}

/// flows 2.7: the next action is required wherever the flow goes on, and must exist; an empty text is none (2.9).
#[test]
fn next_action_is_required() {
    for kind in ActionType::ALL.iter().filter(|kind| !kind.is_terminal()) {
        let action = Smallest::of(*kind);
        let mut document = action.document();
        document["Actions"][0]["Transitions"].as_object_mut().unwrap().remove("NextAction");
        let found = problems_of(&document, place(*kind).as_ref());
        if *kind == ActionType::MessageParticipantIteratively {
            assert_eq!(found, [""; 0]);
        } else {
            assert_eq!(found, [format!("{MISSING}Transitions.NextAction")]);
        }
        for target in [json!("b"), json!(""), json!(5)] {
            document["Actions"][0]["Transitions"]["NextAction"] = target;
            let problem = format!("{VALUE}Transitions.NextAction");
            assert_eq!(problems_of(&document, place(*kind).as_ref()), [problem]);
        }
    }
}

/// flows 2.9: an action with an empty identifier is no target either; targets of errors are checked like others (6.3).
#[test]
fn flows_2_9_targets() {
    let end = json!({"Identifier": "", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}});
    let mut document = Smallest::of(ActionType::TagContact).document();
    document["Actions"].as_array_mut().unwrap().push(end);
    document["Actions"][0]["Transitions"]["Errors"][0]["NextAction"] = json!("");
    assert_eq!(
        problems_of(&document, Some(&ContactFlowType::ContactFlow)),
        [
            format!("{VALUE}Transitions.Errors[0].NextAction"),
            "Invalid property value. Path: Actions[1].Identifier".to_owned()
        ]
    );
}

/// flows 6.6: nothing follows a terminal action.
#[test]
fn terminal_actions_have_no_transitions() {
    for kind in ActionType::ALL.iter().filter(|kind| kind.is_terminal()) {
        assert!(matches!(rule(*kind).conditions, Conditions::Terminal));
        for transitions in [json!({"NextAction": "a"}), json!({"Errors": []}), json!({"Conditions": []})] {
            let document = document(kind.as_str(), &json!({}), &transitions);
            let problem = "Action does not support transitions. Path: Actions[0]";
            assert_eq!(problems_of(&document, place(*kind).as_ref()), [problem], "{kind:?}");
        }
    }
}

/// The table of errors (flows 6.6, 7.6.2): types, errors that they require, errors that they may have.
const ERRORS: &[(&[ActionType], &[&str], &[&str])] = &[
    (
        &[
            ActionType::UpdateContactAttributes,
            ActionType::UpdateFlowAttributes,
            ActionType::UpdateContactData,
            ActionType::UpdateContactEventHooks,
            ActionType::UpdateContactTargetQueue,
            ActionType::UpdateContactRoutingCriteria,
            ActionType::TransferToFlow,
            ActionType::CheckHoursOfOperation,
            ActionType::GetMetricData,
            ActionType::InvokeLambdaFunction,
            ActionType::CreateTask,
            ActionType::TagContact,
            ActionType::UntagContact,
            ActionType::ResumeContact,
            ActionType::Wait,
        ],
        &["NoMatchingError"],
        &[],
    ),
    (
        &[ActionType::TransferContactToQueue, ActionType::DequeueContactAndTransferToQueue],
        &["QueueAtCapacity", "NoMatchingError"],
        &[],
    ),
    (&[ActionType::CheckMetricData], &["NoMatchingCondition", "NoMatchingError"], &[]),
    (&[ActionType::InvokeFlowModule], &["NoMatchingError"], &["NoMatchingCondition"]),
    (&[ActionType::Compare, ActionType::DistributeByPercentage], &["NoMatchingCondition"], &[]),
    (
        &[
            ActionType::MessageParticipant,
            ActionType::MessageParticipantIteratively,
            ActionType::Loop,
            ActionType::UpdateContactTextToSpeechVoice,
        ],
        &[],
        &["NoMatchingError"],
    ),
    (
        &[
            ActionType::UpdateContactRoutingBehavior,
            ActionType::UpdateFlowLoggingBehavior,
            ActionType::UpdateContactRecordingBehavior,
        ],
        &[],
        &[],
    ),
    (&[ActionType::UpdateContactRecordingAndAnalyticsBehavior], &["NoMatchingError", "ChannelMismatch"], &[]),
    (
        &[ActionType::GetParticipantInput, ActionType::ConnectParticipantWithAgenticCX],
        &["NoMatchingCondition", "NoMatchingError", "InputTimeLimitExceeded"],
        &[],
    ),
    (
        &[ActionType::ConnectParticipantWithLexBot],
        &["NoMatchingCondition", "NoMatchingError"],
        &["InputTimeLimitExceeded"],
    ),
    (&[ActionType::ShowView], &["NoMatchingCondition", "NoMatchingError", "TimeLimitExceeded"], &[]),
    (&[ActionType::UpdateContactCallbackNumber], &["InvalidCallbackNumber", "CallbackNumberNotDialable"], &[]),
    (
        &[ActionType::CreateCallbackContact, ActionType::CheckVoiceId, ActionType::TransferParticipantToThirdParty],
        &["NoMatchingError"],
        &[],
    ),
    (&[ActionType::GetCustomerProfile], &["MultipleFoundError", "NoneFoundError", "NoMatchingError"], &[]),
];

/// flows 6.6: the table of errors, row by row: required, allowed, all others refused.
#[test]
fn flows_6_6_table_of_errors() {
    for (kinds, required, allowed) in ERRORS {
        for kind in *kinds {
            let judged = |errors: &[&str]| {
                let mut document = Smallest::of(*kind).document();
                let entries: Vec<_> = errors.iter().map(|e| json!({"ErrorType": e, "NextAction": "a"})).collect();
                document["Actions"][0]["Transitions"]["Errors"] = json!(entries);
                problems_of(&document, place(*kind).as_ref())
            };
            assert_eq!(judged(required), [""; 0], "{kind:?}");
            let missing: Vec<_> = (required.iter())
                .map(|error| format!("Action is missing required error. Error: {error}, Path: Actions[0]"))
                .collect();
            let sorted = |mut problems: Vec<String>| {
                problems.sort();
                problems
            };
            assert_eq!(sorted(judged(&[])), sorted(missing), "{kind:?}");
            for error in ErrorType::ALL.iter().map(|error| error.as_str()).chain(["Rain"]) {
                let problem = format!("Invalid Action error. Error: {error}, Path: Actions[0]");
                let expected = if allowed.contains(&error) { vec![] } else { vec![problem] };
                assert_eq!(judged(&[required, &[error][..]].concat()), expected, "{kind:?} {error}");
            }
        }
    }
}

/// flows 6.6, 7.6.2: other types take any error, each once; some of them require some.
#[test]
fn foreign_types_take_any_error_once() {
    let mut open = 0;
    for kind in ActionType::ALL {
        let Errors::AtLeast(required) = rule(*kind).errors else { continue };
        open += 1;
        let errors = |more: &[&'static str]| -> &'static [&'static str] {
            required.iter().map(|error| error.as_str()).chain(more.iter().copied()).collect::<Vec<_>>().leak()
        };
        accepted(&Smallest::of(*kind).erring(errors(&["CallFailed", "Rain"])));
        let problem = "Invalid Action error. Error: Rain, Path: Actions[0]";
        refused(&Smallest::of(*kind).erring(errors(&["Rain", "Rain"])), &[problem]);
        let missing = |error: &ErrorType| {
            format!("Action is missing required error. Error: {}, Path: Actions[0]", error.as_str())
        };
        assert_eq!(Smallest::of(*kind).erring(&[]).problems(), required.iter().map(missing).collect::<Vec<_>>());
    }
    assert_eq!(open, 25, "types of flows 7.6 without a closed list of errors");
}

/// The errors that depend on parameters (flows 6.6, 7.1.12).
#[test]
fn errors_that_depend_on_parameters() {
    let event = "BotParticipantDisconnected";
    let wait = Smallest::of(ActionType::Wait).with("Events", json!([event]));
    let wait = wait.when(branches("Equals", &["WaitCompleted", event]));
    accepted(&wait.erring(&["NoMatchingError", "ParticipantNotFound"]));
    refused(&wait, &["Action is missing required error. Error: ParticipantNotFound, Path: Actions[0]"]);
    let lacks = "Action is missing required error. Error: NoMatchingError, Path: Actions[0]";
    let has = "Invalid Action error. Error: NoMatchingError, Path: Actions[0]";
    let routing = Smallest::of(ActionType::UpdateContactRoutingBehavior);
    let hierarchy =
        json!({"AgentHierarchyProficiency": {"AgentHierarchy": "$.Attributes.team", "ExpirationSeconds": 60}});
    let proficiency = routing.without("QueuePriority").with("RoutingProficiencies", hierarchy);
    accepted(&proficiency.erring(NME));
    refused(&proficiency, &[lacks]);
    refused(&routing.erring(NME), &[has]);
}

/// flows 6.3: unknown and missing parameters of every action; 2.11: no empty text.
#[test]
fn parameters_of_every_action() {
    for kind in ActionType::ALL {
        let action = Smallest::of(*kind);
        let rule = rule(*kind);
        if rule.others == Others::Refused {
            refused(&action.with("Colour", json!("red")), &[&format!("{NAME}Parameters.Colour")]);
        }
        for parameter in rule.parameters {
            let path = format!("Parameters.{}", parameter.name);
            let is_required = parameter.need == Need::Required;
            if is_required {
                let found = action.without(parameter.name).problems();
                assert!(found.contains(&format!("{MISSING}{path}")), "{kind:?} {found:?}");
                let found = action.with(parameter.name, Value::Null).problems();
                assert!(found.contains(&format!("{MISSING}{path}")), "{kind:?} {found:?}");
            }
            // An empty text is as good as nothing; of alternatives, when there is no other.
            let found = action.with(parameter.name, json!("")).problems();
            let alone = action.parameters.get(parameter.name).is_some();
            let problem = match is_required {
                true => format!("{MISSING}{path}"),
                false if alone => String::new(),
                false => format!("{VALUE}{path}"),
            };
            assert!(!found.is_empty() && (problem.is_empty() || found == [problem]), "{kind:?} {path} {found:?}");
        }
    }
}

/// flows 7: which types of flows an action may stand in; the rest of the types take it everywhere.
#[test]
fn flows_7_types_of_flows() {
    use ActionType as A;
    const IN: &[&str] = &["CONTACT_FLOW"];
    const CQ: &[&str] = &["CUSTOMER_QUEUE"];
    const TR: &[&str] = &["AGENT_TRANSFER", "QUEUE_TRANSFER"];
    const WH: &[&str] = &["CUSTOMER_WHISPER", "AGENT_WHISPER", "OUTBOUND_WHISPER"];
    const HO: &[&str] = &["CUSTOMER_HOLD", "AGENT_HOLD"];
    const MO: &[&str] = &["MODULE"];
    for kind in ActionType::ALL {
        let wanted = match kind {
            A::UpdateContactTargetQueue | A::TransferContactToQueue | A::TransferToFlow => vec![IN, TR, MO],
            A::DequeueContactAndTransferToQueue => vec![CQ, MO],
            A::TransferContactToAgent => vec![TR],
            A::UpdateContactRoutingBehavior => vec![IN, CQ, TR, &["OUTBOUND_WHISPER"], MO],
            A::UpdateContactRoutingCriteria
            | A::CheckHoursOfOperation
            | A::CheckMetricData
            | A::DistributeByPercentage
            | A::DisconnectParticipant => vec![IN, CQ, TR, MO],
            A::EndFlowExecution => vec![IN, CQ, TR, WH, MO],
            A::EndFlowModuleExecution => vec![MO],
            A::MessageParticipantIteratively => vec![CQ, HO, MO],
            A::CompleteOutboundCall => vec![CQ, TR, WH, HO, MO],
            _ => vec![IN, CQ, TR, WH, HO, MO],
        }
        .concat();
        let document = Smallest::of(*kind).document();
        for name in [IN, CQ, TR, WH, HO, MO].concat() {
            let flow_type = (name != "MODULE").then(|| ContactFlowType::parse(name));
            let problem = "Action is not supported in this flow type. Path: Actions[0].Type".to_owned();
            let expected = if wanted.contains(&name) { vec![] } else { vec![problem] };
            assert_eq!(problems_of(&document, flow_type.as_ref()), expected, "{kind:?} in {name}");
        }
    }
}
