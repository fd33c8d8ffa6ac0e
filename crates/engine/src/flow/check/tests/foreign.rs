//! Types of action of other channels: what publishing checks in them (flows 7.6.1, 7.6.2), and flags (flows 2.10).

use super::*;
use ActionType as A;

/// Errors and conditions of the rows of flows 7.6.2.
const MENU: &[&str] = &["NoMatchingError", "NoMatchingCondition", "InputTimeLimitExceeded"];
const VIEW: &[&str] = &["NoMatchingError", "NoMatchingCondition", "TimeLimitExceeded"];
const CHAT: &[&str] = &["NoMatchingError", "ChannelMismatch", "InFlightRedactionConfigurationFailed"];
const MISMATCH: &[&str] = &["NoMatchingError", "ChannelMismatch"];

/// Parameters and errors of the smallest form; conditions where there must be some.
pub(super) fn smallest(kind: ActionType) -> (Value, &'static [&'static str], Value) {
    let none = json!([]);
    match kind {
        A::MessageParticipant => (json!({"Text": "hello"}), &[], none),
        A::MessageParticipantIteratively => (json!({"Messages": [{"Text": "hello"}]}), &[], none),
        A::GetParticipantInput => {
            (json!({"Text": "a key?", "StoreInput": "False", "InputTimeLimitSeconds": "5"}), MENU, none)
        }
        A::ConnectParticipantWithLexBot => (json!({"Text": "hello", "LexV2Bot": {"AliasArn": "a"}}), BOTH, none),
        A::ConnectParticipantWithAgenticCX => (json!({}), MENU, none),
        A::ShowView => (json!({"ViewResource": {"Id": "v"}, "InvocationTimeLimitSeconds": "9"}), VIEW, none),
        A::UpdateContactRecordingAndAnalyticsBehavior => {
            (json!({"ScreenRecordingBehavior": {"ScreenRecordedParticipants": []}}), MISMATCH, none)
        }
        A::UpdateContactRecordingBehavior => (json!({"RecordingBehavior": {"RecordedParticipants": []}}), &[], none),
        A::UpdateContactTextToSpeechVoice => (json!({"TextToSpeechVoice": "Amy"}), &[], none),
        A::UpdateContactCallbackNumber => {
            let errors = &["InvalidCallbackNumber", "CallbackNumberNotDialable"];
            (json!({"CallbackNumber": "$.StoredCustomerInput"}), errors, none)
        }
        A::CreateCallbackContact => {
            let delays =
                json!({"InitialCallDelaySeconds": "5", "MaximumConnectionAttempts": 1, "RetryDelaySeconds": "9"});
            (delays, NME, none)
        }
        A::TransferParticipantToThirdParty => {
            let call = json!({"ThirdPartyPhoneNumber": "$.Attributes.number", "ThirdPartyConnectionTimeLimitSeconds": "30",
                              "ContinueFlowExecution": "False"});
            (call, NME, none)
        }
        A::UpdatePreviousContactParticipantState => (json!({"PreviousContactParticipantState": "OffHold"}), &[], none),
        A::CheckVoiceId => {
            let results = branches("Equals", &["HighRisk", "LowRisk", "Inconclusive"]);
            (json!({"CheckVoiceIdOption": "fraudDetection"}), NME, results)
        }
        A::GetCustomerProfile => {
            let errors = &["MultipleFoundError", "NoneFoundError", "NoMatchingError"];
            (json!({"ProfileRequestData": {"IdentifierName": "_phone"}}), errors, none)
        }
        A::GetCustomerProfileObject => (json!({"Unread": ""}), &["NoneFoundError", "NoMatchingError"], none),
        A::AuthenticateParticipant => (json!({"Unread": ""}), &["NoMatchingError", "TimeLimitExceeded"], none),
        A::RenderMessageTemplate => (json!({"Unread": ""}), &["TemplateRenderingError", "NoMatchingError"], none),
        A::CheckOutboundCallStatus
        | A::CreateWisdomSession
        | A::LoadContactContent
        | A::EvaluateDataTableValues
        | A::CreatePersistentContactAssociation => (json!({"Unread": ""}), NME, none),
        _ => (json!({"Unread": ""}), &[], none),
    }
}

fn of(kind: ActionType) -> Smallest {
    Smallest::of(kind)
}

fn missing(path: &str) -> String {
    format!("{MISSING}{path}")
}

fn bad(path: &str) -> String {
    format!("{VALUE}{path}")
}

fn no_error(error: &str) -> String {
    format!("Invalid Action error. Error: {error}, Path: Actions[0]")
}

const NO_CONDITIONS: &str = "Action does not support conditions. Path: Actions[0]";
const BAD_CONDITIONS: &str = "Invalid Action property value. Path: Actions[0].Transitions.Conditions";
const NO_SOURCE: &str = "At least one of the following properties must be set. Properties: [Parameters.PromptId, \
    Parameters.Text, Parameters.SSML, Parameters.Media], Path: Actions[0]";

/// flows 2.10: a JSON boolean in place of a word is an unknown type, whatever else is wrong; any other is its text.
#[test]
fn flows_2_10_booleans_in_place_of_words() {
    let stored = of(A::GetParticipantInput).with("StoreInput", json!("True"));
    let third = of(A::TransferParticipantToThirdParty);
    let wait = of(A::Wait);
    for flag in [true, false] {
        for action in [
            of(A::MessageParticipant).with("SkipWhenDTMFBufferEnabled", json!(flag)),
            of(A::MessageParticipant).with("SkipWhenDTMFBufferEnabled", json!(flag)).without("Text"),
            of(A::MessageParticipantIteratively).with("SkipWhenDTMFBufferEnabled", json!(flag)),
            of(A::MessageParticipantIteratively)
                .with("Messages", json!([{"Text": "x", "SkipWhenDTMFBufferEnabled": flag}])),
            of(A::GetParticipantInput).with("StoreInput", json!(flag)),
            of(A::GetParticipantInput).with("EnableDTMFBuffer", json!(flag)),
            of(A::GetParticipantInput).with("DTMFConfiguration", json!({"DisableCancelKey": flag})),
            stored.with("DTMFConfiguration", json!({"DisableCancelKey": flag})),
            third.with("ContinueFlowExecution", json!(flag)),
            wait.with("ContinueExecution", json!(flag)).without("TimeLimitSeconds"),
        ] {
            let problem = format!("Invalid Action type. Type: {}, Path: Actions[0].Type", action.kind.as_str());
            refused(&action, &[&problem]);
        }
    }
    for word in ["True", "true", "FALSE"] {
        accepted(&of(A::MessageParticipant).with("SkipWhenDTMFBufferEnabled", json!(word)));
    }
    refused(
        &of(A::MessageParticipant).with("SkipWhenDTMFBufferEnabled", json!("Yes")),
        &[&bad("Parameters.SkipWhenDTMFBufferEnabled")],
    );
    // A target is checked all the same.
    let mut document = of(A::MessageParticipant).with("SkipWhenDTMFBufferEnabled", json!(true)).document();
    document["Actions"][0]["Transitions"]["NextAction"] = json!("nowhere");
    assert_eq!(problems_of(&document, Some(&ContactFlowType::ContactFlow))[1..], [bad("Transitions.NextAction")]);
    accepted(
        &of(A::UpdateContactAttributes).with("Attributes", json!({"StoreInput": true, "ContinueExecution": false})),
    );
    accepted(&of(A::ConnectParticipantWithAgenticCX).with("ContinueFlowExecution", json!(true)));
    accepted(&of(A::ShowView).with("ViewData", json!({"StoreInput": true})));
    let hook = json!({"CustomerQueue": {"DisableExecution": true}});
    accepted(&of(A::UpdateContactEventHooks).with("EventHooksConfiguration", hook));
}

/// flows 2.10: numbers count as their text.
#[test]
fn flows_2_10_numbers_are_their_text() {
    accepted(&of(A::GetParticipantInput).with("InputTimeLimitSeconds", json!(5)).when(branches("Equals", &["1"])));
    accepted(&of(A::ShowView).with("InvocationTimeLimitSeconds", json!(300)));
    let key = json!([{"NextAction": "a", "Condition": {"Operator": "Equals", "Operands": [7]}}]);
    accepted(&of(A::GetParticipantInput).when(key));
    accepted(&of(A::TransferParticipantToThirdParty).with("ThirdPartyConnectionTimeLimitSeconds", json!(30)));
}

/// flows 2.11: an empty text is no alternative and no required parameter; of a view only the direct values count.
#[test]
fn flows_2_11_empty_texts() {
    refused(&of(A::MessageParticipant).with("Text", json!("")), &[NO_SOURCE]);
    refused(&of(A::MessageParticipant).with("SSML", json!("")), &[&bad("Parameters.SSML")]);
    accepted(&of(A::MessageParticipant).with("Text", json!(" ")));
    refused(
        &of(A::MessageParticipant).with("Media", json!({"Uri": ""})).without("Text"),
        &[&bad("Parameters.Media.Uri")],
    );
    refused(&of(A::GetParticipantInput).with("Text", json!("")), &[NO_SOURCE]);
    refused(
        &of(A::GetParticipantInput).with("InputTimeLimitSeconds", json!("")),
        &[&missing("Parameters.InputTimeLimitSeconds")],
    );
    let bot = of(A::ConnectParticipantWithLexBot);
    refused(&bot.with("LexV2Bot", json!("")), &[&missing("Parameters.LexBot")]);
    refused(&bot.with("LexSessionAttributes", json!({"a": ""})), &[&bad("Parameters.LexSessionAttributes.a")]);
    refused(
        &of(A::UpdateContactCallbackNumber).with("CallbackNumber", json!("")),
        &[&missing("Parameters.CallbackNumber")],
    );
    let view = of(A::ShowView);
    refused(&view.with("ViewResource", json!({"Id": ""})), &[&missing("Parameters.ViewResource.Id")]);
    let problem = "Invalid Action property value. Path: 0.Parameter";
    refused(&view.with("ViewData", json!({"a": "", "b": "x", "c": ""})), &[problem]);
    refused(&view.with("ViewData", json!("")), &[&bad("Parameters.ViewData")]);
    accepted(&view.with("ViewData", json!({"a": {"b": "", "c": [""]}, "d": [""], "e": true, "f": 5})));
    accepted(&of(A::ConnectParticipantWithAgenticCX).with("AgentConfiguration", json!({"WorkspaceId": ""})));
}

/// flows 7.6.2: parameters that a row calls required are missing without it; values of a row are checked.
#[test]
fn flows_7_6_2_required_parameters_and_values() {
    for (kind, names) in [
        (A::MessageParticipantIteratively, &["Messages"][..]),
        (A::GetParticipantInput, &["StoreInput", "InputTimeLimitSeconds"]),
        (A::ShowView, &["ViewResource", "InvocationTimeLimitSeconds"]),
        (A::UpdateContactRecordingBehavior, &["RecordingBehavior"]),
        (A::UpdateContactTextToSpeechVoice, &["TextToSpeechVoice"]),
        (A::UpdateContactCallbackNumber, &["CallbackNumber"]),
        (A::CreateCallbackContact, &["InitialCallDelaySeconds", "MaximumConnectionAttempts", "RetryDelaySeconds"]),
        (
            A::TransferParticipantToThirdParty,
            &["ThirdPartyPhoneNumber", "ThirdPartyConnectionTimeLimitSeconds", "ContinueFlowExecution"],
        ),
        (A::UpdatePreviousContactParticipantState, &["PreviousContactParticipantState"]),
        (A::CheckVoiceId, &["CheckVoiceIdOption"]),
        (A::GetCustomerProfile, &["ProfileRequestData"]),
    ] {
        for name in names {
            refused(&of(kind).without(name), &[&missing(&format!("Parameters.{name}"))]);
            refused(&of(kind).with(name, json!("")), &[&missing(&format!("Parameters.{name}"))]);
        }
    }
    for (kind, name, value) in [
        (A::UpdateContactCallbackNumber, "CallbackNumber", json!("+31201234567")),
        (A::UpdateContactCallbackNumber, "CallbackNumber", json!("number $.StoredCustomerInput")),
        (A::UpdatePreviousContactParticipantState, "PreviousContactParticipantState", json!("OnHold")),
        (A::CheckVoiceId, "CheckVoiceIdOption", json!("mood")),
        (A::TransferParticipantToThirdParty, "ContinueFlowExecution", json!("Maybe")),
        (A::GetParticipantInput, "StoreInput", json!("Maybe")),
        (A::MessageParticipant, "Text", json!({})),
        (A::ShowView, "ViewResource", json!("v")),
    ] {
        refused(&of(kind).with(name, value.clone()), &[&bad(&format!("Parameters.{name}"))]);
    }
    let prompt = of(A::MessageParticipant).without("Text");
    let arn = "arn:aws:connect:us-east-1:123456789012:instance/i-1/prompt/p-1";
    for good in ["p-1", arn, "$.Attributes.prompt"] {
        accepted(&prompt.with("PromptId", json!(good)));
    }
    refused(&prompt.with("PromptId", json!("a prompt")), &[&bad("Parameters.PromptId")]);
    accepted(&of(A::ShowView).with("ViewResource", json!({"Id": "v", "Version": "2"})));
    accepted(&of(A::UpdateContactTextToSpeechVoice).with("TextToSpeechEngine", json!("Turbo")));
}

/// flows 7.6.2: "only these" refuses other names; elsewhere they are unread.
#[test]
fn flows_7_6_2_other_names() {
    let only = [
        A::MessageParticipant,
        A::ConnectParticipantWithLexBot,
        A::UpdateContactRecordingBehavior,
        A::UpdateContactTextToSpeechVoice,
    ];
    let foreign = ActionType::ALL.iter().skip_while(|kind| **kind != A::MessageParticipant);
    for kind in foreign {
        let action = of(*kind).with("Colour", json!({"Unread": ["", true]}));
        if only.contains(kind) {
            refused(&action, &[&format!("{NAME}Parameters.Colour")]);
        } else {
            accepted(&action);
        }
    }
}

/// flows 6.3, 7.6.2: of alternatives exactly one; those given are named, in the order of the row.
#[test]
fn flows_7_6_2_alternatives() {
    let message = of(A::MessageParticipant);
    let only = "Only one of these properties may be defined. Properties: ";
    refused(&message.with("SSML", json!("<speak/>")), &[&format!("{only}[Text, SSML]")]);
    refused(
        &message.with("SSML", json!("x")).with("Media", json!({"Uri": "x"})).with("PromptId", json!("p")),
        &[&format!("{only}[PromptId, Text, SSML, Media]")],
    );
    refused(&message.without("Text"), &[NO_SOURCE]);
    refused(&of(A::GetParticipantInput).without("Text"), &[NO_SOURCE]);
    refused(&of(A::GetParticipantInput).with("PromptId", json!("p")), &[&format!("{only}[PromptId, Text]")]);
    let bot = of(A::ConnectParticipantWithLexBot);
    refused(
        &bot.with("LexInitializationData", json!({"InitialMessage": "x"})),
        &[&format!("{only}[Text, LexInitializationData]")],
    );
    let none = NO_SOURCE.replace("Parameters.Media]", "Parameters.Media, Parameters.LexInitializationData]");
    refused(&bot.without("Text"), &[&none]);
    accepted(&bot.without("Text").with("LexInitializationData", json!({"InitialMessage": "x"})));
    refused(&bot.without("LexV2Bot"), &[&missing("Parameters.LexBot")]);
    accepted(&bot.without("LexV2Bot").with("LexBot", json!({"Name": "b"})));
    refused(&bot.with("LexBot", json!({"Name": "b"})), &[&format!("{only}[LexV2Bot, LexBot]")]);
    let recording = of(A::UpdateContactRecordingAndAnalyticsBehavior);
    refused(&recording.without("ScreenRecordingBehavior"), &[&bad("Parameters")]);
    refused(&recording.with("VoiceBehavior", json!({"a": 1})), &[&bad("Parameters")]);
    refused(&recording.with("ChatBehavior", json!({"a": 1})), &[&bad("Parameters")]);
}

/// flows 7.6.2: the three forms of GetParticipantInput.
#[test]
fn flows_7_6_2_forms_of_input() {
    let menu = of(A::GetParticipantInput);
    for keys in [&["1"][..], &["0", "9", "*", "#"], &[]] {
        accepted(&menu.when(branches("Equals", keys)));
    }
    for keys in [&["12"][..], &["a"], &["1", "x"], &[" "]] {
        refused(&menu.when(branches("Equals", keys)), &[BAD_CONDITIONS]);
    }
    refused(&menu.when(branches("TextContains", &["1"])), &[BAD_CONDITIONS]);
    refused(&menu.when(branches("Equals", &["$.Attributes.key"])), &[BAD_CONDITIONS]);
    refused(&menu.when(branches("Equals", &[""])), &["Invalid branch. Path: 0.Evaluate"]);
    accepted(&menu.with("DTMFConfiguration", json!({"InputTerminationSequence": ""})));
    let stored = menu.with("StoreInput", json!("True")).erring(NME);
    refused(&stored, &[&missing("Parameters.InputValidation")]);
    let custom = stored.with("InputValidation", json!({"CustomValidation": {"MaximumLength": "8"}}));
    accepted(&custom);
    accepted(&custom.with("StoreInput", json!("true")));
    accepted(&custom.with("DTMFConfiguration", json!({"DisableCancelKey": "False"})));
    refused(&custom.when(branches("Equals", &["1"])), &[NO_CONDITIONS]);
    for error in ["InputTimeLimitExceeded", "NoMatchingCondition", "InvalidPhoneNumber"] {
        let errors: &'static [&'static str] = vec!["NoMatchingError", error].leak();
        refused(&custom.erring(errors), &[&no_error(error)]);
    }
    let phone = stored.with("InputValidation", json!({"PhoneNumberValidation": {"NumberFormat": "E164"}}));
    accepted(&phone);
    accepted(&phone.erring(&["NoMatchingError", "InvalidPhoneNumber"]));
    refused(
        &stored.with("InputValidation", json!({"Other": {}})),
        &["At least one of the following properties must be set. Properties: \
           [Parameters.InputValidation.CustomValidation, Parameters.InputValidation.PhoneNumberValidation], \
           Path: Actions[0]"],
    );
    refused(
        &stored.with("InputValidation", json!({"CustomValidation": {"a": 1}, "PhoneNumberValidation": {"a": 1}})),
        &["Only one of these properties may be defined. Properties: [CustomValidation, PhoneNumberValidation]"],
    );
    let buffer = Smallest { parameters: json!({"EnableDTMFBuffer": "True"}), ..menu.erring(NME) };
    accepted(&buffer);
    refused(&buffer.when(branches("Equals", &["1"])), &[NO_CONDITIONS]);
    refused(&buffer.erring(&[]), &["Action is missing required error. Error: NoMatchingError, Path: Actions[0]"]);
    refused(&buffer.with("EnableDTMFBuffer", json!("On")), &[&bad("Parameters.EnableDTMFBuffer")]);
    accepted(&menu.with("EnableDTMFBuffer", json!("False")));
}

/// flows 6.6, 7.6.2: errors of the rows whose errors depend on parameters.
#[test]
fn flows_7_6_2_errors_that_depend_on_parameters() {
    let redaction = "InFlightRedactionConfigurationFailed";
    let lacks = |error: &str| format!("Action is missing required error. Error: {error}, Path: Actions[0]");
    let screen = of(A::UpdateContactRecordingAndAnalyticsBehavior);
    let behavior = |name: &str| screen.without("ScreenRecordingBehavior").with(name, json!({"Enabled": "True"}));
    accepted(&behavior("ChatBehavior").erring(CHAT));
    refused(&behavior("ChatBehavior"), &[&lacks(redaction)]);
    refused(&behavior("VoiceBehavior").erring(CHAT), &[&no_error(redaction)]);
    refused(&screen.erring(CHAT), &[&no_error(redaction)]);
    accepted(&behavior("VoiceBehavior"));
    let over = of(A::TransferParticipantToThirdParty);
    let on = over.with("ContinueFlowExecution", json!("True"));
    refused(&on, &[&lacks("CallFailed"), &lacks("ConnectionTimeLimitExceeded")]);
    let errors = &["NoMatchingError", "CallFailed", "ConnectionTimeLimitExceeded"];
    accepted(&on.erring(errors));
    accepted(&on.with("ContinueFlowExecution", json!("true")).erring(errors));
    refused(&over.erring(errors), &[&no_error("CallFailed"), &no_error("ConnectionTimeLimitExceeded")]);
}

/// flows 7.6.2: the results of a voice check.
#[test]
fn flows_7_6_2_results_of_a_voice_check() {
    for (option, results) in [
        ("enrollmentStatus", &["Enrolled", "NotEnrolled", "OptedOut"][..]),
        ("voiceAuthentication", &["Authenticated", "NotAuthenticated", "Inconclusive", "NotEnrolled", "OptedOut"]),
        ("fraudDetection", &["HighRisk", "LowRisk", "Inconclusive"]),
    ] {
        let check = of(A::CheckVoiceId).with("CheckVoiceIdOption", json!(option));
        accepted(&check.when(branches("Equals", results)));
        refused(&check.when(branches("Equals", &results[1..])), &[BAD_CONDITIONS]);
        refused(&check.when(json!([])), &[BAD_CONDITIONS]);
        refused(&check.when(branches("TextContains", results)), &[BAD_CONDITIONS]);
        refused(&check.when(branches("Equals", &[results, &["Other"]].concat())), &[BAD_CONDITIONS]);
    }
}

/// flows 7.6.2: which types take conditions, and of which form.
#[test]
fn flows_7_6_2_conditions() {
    for kind in [A::ConnectParticipantWithLexBot, A::ConnectParticipantWithAgenticCX, A::ShowView] {
        accepted(&of(kind).when(branches("Equals", &["Back", "Next", "Back"])));
        refused(&of(kind).when(branches("TextStartsWith", &["Back"])), &[BAD_CONDITIONS]);
        refused(&of(kind).when(branches("Equals", &["$.Attributes.a"])), &[BAD_CONDITIONS]);
        refused(&of(kind).when(branches("Equals", &[""])), &["Invalid branch. Path: 0.Evaluate"]);
    }
    let prompts = of(A::MessageParticipantIteratively);
    accepted(&prompts.when(branches("Equals", &["MessagesInterrupted"])));
    for operands in [&["Other"][..], &["MessagesInterrupted", "MessagesInterrupted"]] {
        refused(&prompts.when(branches("Equals", operands)), &[BAD_CONDITIONS]);
    }
    for kind in [
        A::MessageParticipant,
        A::UpdateContactRecordingAndAnalyticsBehavior,
        A::UpdateContactRecordingBehavior,
        A::UpdateContactTextToSpeechVoice,
        A::UpdateContactCallbackNumber,
        A::CreateCallbackContact,
        A::TransferParticipantToThirdParty,
        A::UpdatePreviousContactParticipantState,
        A::GetCustomerProfile,
    ] {
        refused(&of(kind).when(branches("Equals", &["x"])), &[NO_CONDITIONS]);
    }
    for kind in [A::CheckOutboundCallStatus, A::AuthenticateParticipant, A::RenderMessageTemplate, A::CreateCase] {
        accepted(&of(kind).when(branches("Anything", &[""])));
        refused(&of(kind).when(json!([{"NextAction": "nowhere"}])), &[&bad("Transitions.Conditions[0].NextAction")]);
    }
}

/// flows 2.7: only MessageParticipantIteratively may go without NextAction and so end a flow.
#[test]
fn flows_2_7_prompts_in_a_loop_may_end_a_flow() {
    let error = json!([{"ErrorType": "NoMatchingError", "NextAction": "a"}]);
    let interrupted = branches("Equals", &["MessagesInterrupted"]);
    for transitions in [
        json!({}),
        json!({"Errors": [], "Conditions": []}),
        json!({"Errors": error}),
        json!({"Conditions": interrupted}),
        json!({"Errors": error, "Conditions": interrupted}),
        json!({"NextAction": "a", "Errors": error}),
    ] {
        let prompts = json!({"Messages": [{"Text": "hold on"}]});
        let document = document("MessageParticipantIteratively", &prompts, &transitions);
        assert_eq!(problems_of(&document, Some(&ContactFlowType::CustomerQueue)), [""; 0], "{transitions}");
        assert_eq!(problems_of(&document, Some(&ContactFlowType::AgentHold)), [""; 0], "{transitions}");
        assert_eq!(problems_of(&document, None), [""; 0], "{transitions}");
        let read = Document::parse(&document.to_string()).unwrap();
        assert_eq!(read.actions[0].next.is_some(), transitions.get("NextAction").is_some());
    }
    let bare = json!({"Version": "2019-10-30", "StartAction": "a", "Actions": [
        {"Identifier": "a", "Type": "MessageParticipantIteratively", "Parameters": {"Messages": [{"Text": "x"}]}}]});
    assert_eq!(problems_of(&bare, Some(&ContactFlowType::CustomerQueue)), [missing("Transitions")]);
}
