//! What holds for every action: smallest form, errors, transitions, flow types (flows 2.6–2.11, 6.6, 7).

use super::*;
use crate::flow::check::actions::{Conditions, Errors, Need};
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

/// flows 7: each type of 7.1 to 7.5 has an entry of its own in the table; those of 7.6 are accepted unread.
#[test]
fn flows_7_table_is_complete() {
    let foreign = ActionType::ALL.iter().position(|kind| *kind == ActionType::MessageParticipant).unwrap();
    for (n, kind) in ActionType::ALL.iter().enumerate() {
        assert_eq!(rule(*kind).parameters.is_some(), n < foreign, "{kind:?}");
        assert!(rule(*kind).kind == *kind || n > foreign, "{kind:?}");
        assert_eq!(matches!(rule(*kind).conditions, Conditions::Terminal), kind.is_terminal(), "{kind:?}");
    }
}

/// flows 2.7: the next action is required wherever the flow goes on, and must exist (2.9).
#[test]
fn next_action_is_required() {
    for kind in ActionType::ALL.iter().filter(|kind| !kind.is_terminal()) {
        let action = Smallest::of(*kind);
        let mut document = action.document();
        document["Actions"][0]["Transitions"].as_object_mut().unwrap().remove("NextAction");
        assert_eq!(problems_of(&document, place(*kind).as_ref()), [format!("{MISSING}Transitions.NextAction")]);
        document["Actions"][0]["Transitions"]["NextAction"] = json!("b");
        let problem = "Invalid NextAction. Path: Actions[0].Transitions.NextAction";
        assert_eq!(problems_of(&document, place(*kind).as_ref()), [problem]);
    }
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

/// flows 6.6: the table of errors, row by row: required, allowed, all others refused.
#[test]
fn flows_6_6_table_of_errors() {
    use ActionType as A;
    let rows: &[(&[ActionType], &[&str], &[&str])] = &[
        (
            &[
                A::UpdateContactAttributes,
                A::UpdateFlowAttributes,
                A::UpdateContactData,
                A::UpdateContactEventHooks,
                A::UpdateContactTargetQueue,
                A::UpdateContactRoutingCriteria,
                A::TransferToFlow,
                A::CheckHoursOfOperation,
                A::GetMetricData,
                A::InvokeLambdaFunction,
                A::CreateTask,
                A::TagContact,
                A::UntagContact,
                A::ResumeContact,
                A::Wait,
            ],
            &["NoMatchingError"],
            &[],
        ),
        (
            &[A::TransferContactToQueue, A::DequeueContactAndTransferToQueue],
            &["QueueAtCapacity", "NoMatchingError"],
            &[],
        ),
        (&[A::CheckMetricData], &["NoMatchingCondition", "NoMatchingError"], &[]),
        (&[A::InvokeFlowModule], &["NoMatchingError"], &["NoMatchingCondition"]),
        (&[A::Compare, A::DistributeByPercentage], &["NoMatchingCondition"], &[]),
        (
            &[A::MessageParticipant, A::MessageParticipantIteratively, A::Loop, A::UpdateContactTextToSpeechVoice],
            &[],
            &["NoMatchingError"],
        ),
        (&[A::UpdateContactRoutingBehavior, A::UpdateFlowLoggingBehavior, A::UpdateContactRecordingBehavior], &[], &[]),
        (&[A::UpdateContactRecordingAndAnalyticsBehavior], &["NoMatchingError", "ChannelMismatch"], &[]),
    ];
    for (kinds, required, allowed) in rows {
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
            assert_eq!(judged(&[]), missing, "{kind:?}");
            for error in ErrorType::ALL.iter().map(|error| error.as_str()).chain(["Rain"]) {
                let problem = format!("Invalid Action error. Error: {error}, Path: Actions[0]");
                let expected = if allowed.contains(&error) { vec![] } else { vec![problem] };
                assert_eq!(judged(&[required, &[error][..]].concat()), expected, "{kind:?} {error}");
            }
        }
    }
}

/// flows 6.6, 7.6: other types take any error, each once.
#[test]
fn foreign_types_take_any_error_once() {
    for kind in ActionType::ALL.iter().filter(|kind| matches!(rule(**kind).errors, Errors::Unread)) {
        accepted(&Smallest::of(*kind).erring(&["NoMatchingError", "CallFailed"]));
        let problem = "Invalid Action error. Error: CallFailed, Path: Actions[0]";
        refused(&Smallest::of(*kind).erring(&["CallFailed", "CallFailed"]), &[problem]);
    }
}

/// The errors that depend on parameters (flows 6.6).
#[test]
fn errors_that_depend_on_parameters() {
    let event = "BotParticipantDisconnected";
    let wait = Smallest::of(ActionType::Wait).with("Events", json!([event]));
    let wait = wait.when(branches("Equals", &["WaitCompleted", event]));
    accepted(&wait.erring(&["NoMatchingError", "ParticipantNotFound"]));
    refused(&wait, &["Action is missing required error. Error: ParticipantNotFound, Path: Actions[0]"]);
    let errors = &["NoMatchingError", "ChannelMismatch", "InFlightRedactionConfigurationFailed"];
    let recording = Smallest::of(ActionType::UpdateContactRecordingAndAnalyticsBehavior);
    accepted(&recording.with("ChatBehavior", json!({})).erring(errors));
    let problem = "Invalid Action error. Error: InFlightRedactionConfigurationFailed, Path: Actions[0]";
    refused(&recording.erring(errors), &[problem]);
}

/// flows 6.3: unknown and missing parameters of every action; 2.11: no empty text.
#[test]
fn parameters_of_every_action() {
    for kind in ActionType::ALL {
        let action = Smallest::of(*kind);
        let Some(known) = rule(*kind).parameters else { continue };
        refused(&action.with("Colour", json!("red")), &[&format!("{NAME}Parameters.Colour")]);
        for parameter in known {
            let path = format!("Parameters.{}", parameter.name);
            if parameter.need == Need::Required {
                let found = action.without(parameter.name).problems();
                assert!(found.contains(&format!("{MISSING}{path}")), "{kind:?} {found:?}");
                let found = action.with(parameter.name, Value::Null).problems();
                assert!(found.contains(&format!("{MISSING}{path}")), "{kind:?} {found:?}");
            }
            let found = action.with(parameter.name, json!("")).problems();
            assert!(found.contains(&format!("{VALUE}{path}")), "{kind:?} {path} {found:?}");
        }
        // Without parameters the member may be absent (flows 2.6).
        let mut document = action.document();
        document["Actions"][0].as_object_mut().unwrap().remove("Parameters");
        let complete = action.parameters == json!({});
        assert_eq!(problems_of(&document, place(*kind).as_ref()).is_empty(), complete, "{kind:?}");
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
