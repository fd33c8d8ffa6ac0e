//! Whole documents: the examples, the limits, the texts (flows 2, 6.1–6.3, 10).

use super::*;

/// flows 10: every example may be published and run.
#[test]
fn flows_10_examples_are_valid() {
    for (content, flow_type) in EXAMPLES {
        assert_eq!(check(content, Some(flow_type), &|_| None), [""; 0]);
        assert!(Document::parse(content).is_ok());
    }
}

/// flows 2.1, 2.2, 2.4, 2.5, 2.9, 6.3: problems of the document come in its order.
#[test]
fn flows_6_3_problems_in_document_order() {
    let document = json!({"Version": "1", "StartAction": "z", "Actions": [
        {"Identifier": "a", "Type": "Nonsense", "Parameters": {}, "Transitions": {"NextAction": "b"}},
        {"Identifier": "a", "Type": "DisconnectParticipant", "Parameters": {"X": 1}, "Transitions": {"NextAction": "a"}}]});
    assert_eq!(
        problems_of(&document, Some(&ContactFlowType::AgentWhisper)),
        [
            "Invalid property value. Path: Version",
            "Invalid property value. Path: StartAction",
            "Invalid Action type. Type: Nonsense, Path: Actions[0].Type",
            "Invalid Action property value. Path: Actions[0].Transitions.NextAction",
            "Invalid property value. Path: Actions[1].Identifier",
            "Action is not supported in this flow type. Path: Actions[1].Type",
            "Invalid Action property name. Path: Actions[1].Parameters.X",
            "Action does not support transitions. Path: Actions[1]",
        ]
    );
}

/// flows 6.1: at most 50, and none of them longer than a screen line or two.
#[test]
fn flows_6_1_problems_are_few_and_short() {
    let long = "n".repeat(1000);
    let actions: Vec<Value> = (0..100)
        .map(|n| json!({"Identifier": format!("{n}"), "Type": "Loop", "Parameters": {&long: 1}, "Transitions": {}}))
        .collect();
    let problems = problems_of(&json!({"Version": "2019-10-30", "StartAction": "0", "Actions": actions}), None);
    assert_eq!(problems.len(), PROBLEMS_MAX);
    assert!(problems.iter().all(|problem| problem.chars().count() < 256));
}

/// flows 2.12, 6.1: modules are checked like flows, with actions of their own.
#[test]
fn modules_have_their_own_actions() {
    let end = Smallest::of(ActionType::EndFlowModuleExecution).document();
    assert_eq!(problems_of(&end, None), [""; 0]);
    for name in ContactFlowType::ALL_VALUES {
        let problems = problems_of(&end, Some(&ContactFlowType::parse(name)));
        assert_eq!(problems, ["Action is not supported in this flow type. Path: Actions[0].Type"], "{name}");
    }
}

/// flows 8: what a document calls, by the text that names it.
#[test]
fn referenced_modules_are_those_named_statically() {
    let call = |id: &str| json!({"Identifier": id, "Type": "InvokeFlowModule", "Parameters": {"FlowModuleId": id}});
    let mut document = json!({"Actions": [call("m1"), call("m2:3"), call("m1"), call("$.Attributes.m"), call("")]});
    document["Actions"][4] = json!({"Type": "TransferToFlow", "Parameters": {"FlowModuleId": "m3"}});
    assert_eq!(referenced_modules(&document.to_string()), ["m1", "m2:3"]);
    for content in ["", "[]", "{\"Actions\":5}", "{\"Actions\":[5,{\"Type\":\"InvokeFlowModule\"}]}"] {
        assert!(referenced_modules(content).is_empty());
    }
}

/// flows 6.5, 8.5: a call keeps to the contract of a module that exists and has one.
#[test]
fn flows_8_5_calls_fit_the_contract() {
    let contract = json!({"input": {"schema": {"type": "object", "properties": {
                              "name": {"type": "string"}, "count": {"type": "integer"}}}},
                          "transitions": {"results": [{"name": "big"}]}});
    let contract = ModuleContract::parse(&contract.to_string()).unwrap();
    let modules = |id: &str| match id {
        "m-1" => Some(contract.clone()),
        "empty" => Some(ModuleContract::default()),
        _ => None,
    };
    let judged = |module: &str, input: Value, branch: &str| {
        let call = Smallest::of(ActionType::InvokeFlowModule).with("FlowModuleId", json!(module)).with("Input", input);
        let call = call.when(branches("Equals", &[branch]));
        check(&call.document().to_string(), Some(&ContactFlowType::ContactFlow), &modules)
    };
    assert_eq!(judged("m-1", json!({"name": "$.Name", "count": 5}), "big"), [""; 0]);
    assert_eq!(judged("m-1", Value::Null, "big"), [""; 0]);
    for (input, branch, problem) in [
        (json!({"size": 1}), "big", format!("{NAME}Parameters.Input.size")),
        (json!({"count": "$.Attributes.count"}), "big", format!("{VALUE}Parameters.Input.count")),
        (json!({"name": 5}), "big", format!("{VALUE}Parameters.Input.name")),
        (json!({}), "small", format!("{VALUE}Transitions.Conditions")),
    ] {
        assert_eq!(judged("m-1", input.clone(), branch), [problem]);
        for unknown in ["empty", "nobody", "$.Attributes.module"] {
            assert_eq!(judged(unknown, input.clone(), branch), [""; 0]);
        }
    }
}
