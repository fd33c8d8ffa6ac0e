use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn good() -> Value {
    json!({"Version": "2019-10-30", "StartAction": "first", "Metadata": {},
           "Actions": [
             {"Identifier": "first", "Type": "Wait", "Parameters": {"TimeLimitSeconds": "5"},
              "Transitions": {"NextAction": "end",
                "Conditions": [{"NextAction": "end", "Condition": {"Operator": "Equals", "Operands": ["WaitCompleted"]}}],
                "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "end"}]}},
             {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]})
}

/// The problems of a flow of type CONTACT_FLOW.
fn checked(content: &str) -> Vec<String> {
    check(content, &ContactFlowType::ContactFlow, &|_| None)
}

#[track_caller]
fn refused(change: impl FnOnce(&mut Value), expected: &[&str]) {
    let mut document = good();
    change(&mut document);
    let problems = checked(&document.to_string());
    assert_eq!(problems, expected);
    assert!(problems.iter().all(|problem| problem.chars().count() <= 256));
}

#[test]
fn good_documents_pass() {
    refused(|_| {}, &[]);
    // Actions nobody reaches and absent Parameters are fine (flows 2.6, 2.9).
    refused(
        |d| d["Actions"][1] = json!({"Identifier": "end", "Type": "DisconnectParticipant", "Transitions": {}}),
        &[],
    );
    refused(|d| d["StartAction"] = json!("end"), &[]);
    refused(|d| d["Metadata"] = json!("anything"), &[]);
    refused(|d| d["Settings"] = json!({}), &[]);
}

#[test]
fn no_document_at_all() {
    for (content, part) in [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("{\"a\":1,\"a\":2}", "duplicate key"),
        ("[]", "not a JSON object"),
        ("null", "not a JSON object"),
        ("{}", "Version, StartAction, Actions"),
        ("{\"Version\":\"2019-10-30\",\"StartAction\":null,\"Actions\":[]}", "StartAction"),
    ] {
        let problems = checked(content);
        assert_eq!(problems.len(), 1, "{content}");
        assert!(problems[0].contains(part), "{}", problems[0]);
    }
}

/// Exports of consoles from before the Flow language have a message of their own, in flows and in modules.
#[test]
fn flows_6_2_the_old_export_format() {
    let module = json!({"id": "1", "type": "PlayPrompt", "branches": [], "parameters": [], "metadata": {}});
    let old = json!({"modules": [module], "version": "1", "type": "contactFlow", "start": "1",
                     "metadata": {"name": "Old", "status": "published"}});
    for problems in [checked(&old.to_string()), crate::contact_flow_module::check(&old.to_string(), None, &|_| None)] {
        assert_eq!(problems.len(), 1);
        assert!(problems[0].contains("old export format (modules at the top level)"), "{}", problems[0]);
        assert!(problems[0].contains("export it again"), "{}", problems[0]);
    }
    // A document of the language may have such a member.
    refused(|d| d["modules"] = json!([]), &[]);
    assert!(checked("{\"modules\": 5}")[0].contains("missing required members"));
}

#[test]
fn members_of_the_document() {
    refused(|d| d["Version"] = json!("2020-01-01"), &["Invalid property value. Path: Version"]);
    refused(|d| d["Version"] = json!(2019), &["Invalid property value. Path: Version"]);
    refused(|d| d["StartAction"] = json!("nowhere"), &["Invalid property value. Path: StartAction"]);
    refused(|d| d["StartAction"] = json!(1), &["Invalid property value. Path: StartAction"]);
    refused(|d| d["Actions"] = json!([]), &["Invalid property value. Path: Actions"]);
    refused(|d| d["Actions"] = json!({}), &["Invalid property value. Path: Actions"]);
    refused(
        |d| d["Actions"][1] = json!(7),
        &[
            "Invalid Action property value. Path: Actions[0].Transitions.NextAction",
            "Invalid Action property value. Path: Actions[0].Transitions.Errors[0].NextAction",
            "Invalid Action property value. Path: Actions[0].Transitions.Conditions[0].NextAction",
            "Invalid property value. Path: Actions[1]",
        ],
    );
}

#[test]
fn number_of_actions() {
    let with_actions = |count: usize| {
        let mut document = good();
        let more = (2..count)
            .map(|n| json!({"Identifier": format!("a{n}"), "Type": "DisconnectParticipant", "Transitions": {}}));
        document["Actions"].as_array_mut().unwrap().extend(more);
        document.to_string()
    };
    assert_eq!(checked(&with_actions(250)), [""; 0]);
    assert_eq!(checked(&with_actions(251)), ["Invalid property value. Path: Actions"]);
}

#[test]
fn identifiers() {
    for bad in [
        "",
        "first",
        &"x".repeat(51),
        "a%b",
        "a:b",
        "a(b",
        "a\\b",
        "a/b",
        "a)",
        "a=",
        "$a",
        "a,b",
        "a;b",
        "[a]",
        "{a}",
        "__proto__",
        "toString",
    ] {
        let problems = |d: &mut Value| {
            d["Actions"]
                .as_array_mut()
                .unwrap()
                .push(json!({"Identifier": bad, "Type": "EndFlowExecution", "Transitions": {}}));
        };
        refused(problems, &["Invalid property value. Path: Actions[2].Identifier"]);
    }
    for good in ["x", "set queue", "a-b_c.d", "0", &"ü".repeat(50), "First"] {
        let add = |d: &mut Value| {
            d["Actions"]
                .as_array_mut()
                .unwrap()
                .push(json!({"Identifier": good, "Type": "EndFlowExecution", "Transitions": {}}));
        };
        refused(add, &[]);
    }
    refused(
        |d| d["Actions"].as_array_mut().unwrap().push(json!({"Type": "EndFlowExecution", "Transitions": {}})),
        &["Action is missing required property. Path: Actions[2].Identifier"],
    );
}

#[test]
fn members_of_an_action() {
    refused(
        |d| d["Actions"][1] = json!({"Identifier": "end"}),
        // What stands for Transitions depends on the type (flows 2.6).
        &["Action is missing required property. Path: Actions[1].Type"],
    );
    refused(|d| d["Actions"][1]["Type"] = json!(""), &["Invalid Action type. Type: , Path: Actions[1].Type"]);
    refused(|d| d["Actions"][1]["Type"] = json!(5), &["Invalid Action type. Type: 5, Path: Actions[1].Type"]);
    refused(
        |d| d["Actions"][1]["Parameters"] = json!([]),
        &["Invalid Action property value. Path: Actions[1].Parameters"],
    );
    refused(
        |d| d["Actions"][1]["Transitions"] = json!([]),
        &["Invalid Action property value. Path: Actions[1].Transitions"],
    );
}

#[test]
fn targets_exist() {
    refused(
        |d| d["Actions"][0]["Transitions"]["NextAction"] = json!("END"),
        &["Invalid Action property value. Path: Actions[0].Transitions.NextAction"],
    );
    refused(
        |d| d["Actions"][0]["Transitions"]["Errors"][0] = json!({"ErrorType": "NoMatchingError"}),
        &["Action is missing required property. Path: Actions[0].Transitions.Errors[0].NextAction"],
    );
    refused(
        |d| d["Actions"][0]["Transitions"]["Conditions"][0]["NextAction"] = json!(5),
        &["Invalid Action property value. Path: Actions[0].Transitions.Conditions[0].NextAction"],
    );
    refused(
        |d| d["Actions"][0]["Transitions"]["Errors"] = json!("x"),
        &["Invalid Action property value. Path: Actions[0].Transitions.Errors"],
    );
    refused(
        |d| d["Actions"][0]["Transitions"]["Conditions"][0] = json!("x"),
        &["Invalid Action property value. Path: Actions[0].Transitions.Conditions[0]"],
    );
}

#[test]
fn at_most_fifty_problems() {
    let actions: Vec<Value> = (0..100).map(|_| json!({})).collect();
    let problems = checked(&json!({"Version": "2019-10-30", "StartAction": "x", "Actions": actions}).to_string());
    assert_eq!(problems.len(), PROBLEMS_MAX);
    let exception = exception(problems);
    assert_eq!((exception.name(), exception.status()), ("InvalidContactFlowException", 400));
}

#[test]
fn content_hash() {
    assert_eq!(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn where_tasks_start() {
    let possible: Vec<&str> = ContactFlowType::ALL_VALUES
        .iter()
        .copied()
        .filter(|text| task_can_start(&ContactFlowType::parse(text)))
        .collect();
    assert_eq!(possible, ["CONTACT_FLOW", "AGENT_TRANSFER", "QUEUE_TRANSFER"]);
}

proptest! {
    #[test]
    fn arbitrary_texts_never_panic(content in ".{0,200}") {
        let problems = checked(&content);
        prop_assert!(!problems.is_empty() && problems.len() <= PROBLEMS_MAX);
    }
}
