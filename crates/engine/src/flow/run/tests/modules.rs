//! Modules (flows 8.6 to 8.9).

use super::*;

const BOTH: &[&str] = &["NoMatchingError", "NoMatchingCondition"];
const NM: &[&str] = &["NoMatchingError"];

/// A flow that calls module `m` with branch `b1`, and then records what it sees.
fn calling(input: Value, errors: &[&str], module: &[Value]) -> World {
    let mut parameters = json!({"FlowModuleId": "m"});
    parameters["Input"] = input;
    let mut call = action("c", "InvokeFlowModule", parameters, &["b1"], errors);
    call["Transitions"]["Conditions"][0]["NextAction"] = json!("branch");
    let seen = read(&[("seen", "$.Modules.Result $.Modules.ResultData.out $.External.x")]);
    let mut world = World::new(&with_landings(vec![call, step("branch", "UpdateContactAttributes", seen, "end")]));
    world.module("m", module);
    world.function = Some(json!({"x": "1"}));
    world
}

fn back(result: Value) -> Value {
    terminal("back", "EndFlowModuleExecution", result)
}

#[test]
fn f8_6_a_module_gets_input_and_gives_result_and_data() {
    let work = read(&[("inside", "$.Modules.Input.x $.Modules.Input.n.m $.Name $.FlowAttributes.f")]);
    let local = json!({"FlowAttributes": {"f": {"Type": "String", "Value": "module's"}}});
    let module = with_landings(vec![
        step("f", "UpdateFlowAttributes", local, "l"),
        step("l", "InvokeLambdaFunction", json!({"LambdaFunctionARN": "arn", "InvocationTimeLimitSeconds": "3"}), "w"),
        step("w", "UpdateContactAttributes", work, "back"),
        back(json!({"Result": "b1", "ResultData": {"out": "$.External.x!", "n": 5}})),
    ]);
    let world = calling(json!({"x": "$.ContactId", "n": {"m": 7}}), BOTH, &module).run();
    assert_eq!(world.attributes["inside"], "c1 7 Call back module's");
    assert_eq!(world.attributes["seen"], "b1 1! ", "nothing else comes out");
    assert_eq!(world.frame().local["Modules"]["ResultData"]["n"], json!(5), "types are kept");
    assert_eq!((world.place().as_str(), world.frame().flow_attributes.len()), ("end", 0));
}

#[test]
fn f8_6_flow_attributes_and_external_are_not_passed_in() {
    let look = read(&[("inside", "<$.FlowAttributes.f$.External.x>")]);
    let module = with_landings(vec![step("w", "UpdateContactAttributes", look, "back"), back(json!({}))]);
    let set = json!({"FlowAttributes": {"f": {"Type": "String", "Value": "caller's"}}});
    let mut world = World::new(&with_landings(vec![
        step("f", "UpdateFlowAttributes", set, "l"),
        step("l", "InvokeLambdaFunction", json!({"LambdaFunctionARN": "arn", "InvocationTimeLimitSeconds": "3"}), "c"),
        step("c", "InvokeFlowModule", json!({"FlowModuleId": "m"}), "r"),
        step("r", "UpdateContactAttributes", read(&[("after", "$.FlowAttributes.f $.External.x")]), "end"),
    ]));
    world.module("m", &module);
    world.function = Some(json!({"x": "1"}));
    let world = world.run();
    assert_eq!((world.attributes["inside"].as_str(), world.attributes["after"].as_str()), ("<>", "caller's 1"));
}

#[test]
fn f8_6_the_result_decides_else_next() {
    for (result, errors, place) in [
        (json!({"Result": "b1"}), BOTH, "end"),
        (json!({"Result": "other"}), NM, "next"),
        (json!({"Result": "other"}), BOTH, "NoMatchingCondition"),
        (json!({}), BOTH, "next"),
    ] {
        assert_eq!(calling(json!({}), errors, &[back(result.clone())]).run().place(), place, "{result}");
    }
}

#[test]
fn f8_7_other_ends_of_a_module() {
    let world = calling(json!({}), BOTH, &[terminal("d", "DisconnectParticipant", json!({}))]).run();
    assert_eq!(world.place(), "ContactFlowDisconnect");
    let mut world = calling(json!({}), BOTH, &with_landings(vec![step("t", "TransferContactToQueue", json!({}), "x")]));
    world.contact.target_queue = Some(queue("q1").queue);
    let world = world.run();
    assert_eq!((world.contact.state, world.contact.runs.len()), (State::Queued, 0), "the stack is dropped");
    let world = calling(json!({}), BOTH, &[terminal("e", "EndFlowExecution", json!({}))]).run();
    assert_eq!(world.place(), "NoMatchingError");
    let runs_out = json!({"Identifier": "a", "Type": "TagContact", "Parameters": {"Tags": {"a": "1"}}});
    assert_eq!(calling(json!({}), BOTH, &[runs_out]).run().place(), "NoMatchingError");
    let world = calling(json!({}), BOTH, &[back(json!({"ResultData": {"out": "x".repeat(40_000)}}))]).run();
    assert_eq!(world.place(), "NoMatchingError", "too much");
    let world = calling(json!({"x": "x".repeat(40_000)}), BOTH, &[back(json!({}))]).run();
    assert_eq!(world.place(), "NoMatchingError", "too much");
}

#[test]
fn f8_8_modules_call_modules_five_levels_deep() {
    let mut world = calling(json!({}), BOTH, &[back(json!({}))]);
    for level in 1..=6 {
        let id = if level == 1 { "m".to_owned() } else { format!("m{level}") };
        let note = read(&[("deepest", &level.to_string())]);
        let next = format!("m{}", level + 1);
        let mut call = step("c", "InvokeFlowModule", json!({ "FlowModuleId": next }), "back");
        call["Transitions"]["Errors"][0]["NextAction"] = json!("failed");
        let failed = read(&[("failed", &level.to_string())]);
        let failed = step("failed", "UpdateContactAttributes", failed, "back");
        let actions =
            vec![step("n", "UpdateContactAttributes", note, "c"), call, failed, back(json!({"Result": "b1"}))];
        world.module(&id, &with_landings(actions));
    }
    let world = world.run();
    assert_eq!((world.attributes["deepest"].as_str(), world.attributes["failed"].as_str()), ("5", "5"));
    assert_eq!(world.place(), "end");
}

#[test]
fn f8_8_a_module_that_calls_itself_comes_to_an_end() {
    let call = step("c", "InvokeFlowModule", json!({"FlowModuleId": "m"}), "back");
    let world = calling(json!({}), BOTH, &with_landings(vec![call, back(json!({"Result": "b1"}))])).run();
    // The sixth call fails and waits at its landing, five modules deep.
    assert_eq!((world.place().as_str(), world.contact.runs[0].frames.len()), ("NoMatchingError", 6));
}

#[test]
fn f8_9_archived_modules_run_and_missing_ones_are_an_error() {
    let mut world = calling(json!({}), BOTH, &[back(json!({"Result": "b1"}))]);
    world.flows.get_mut("m").unwrap().archived = true;
    assert_eq!(world.run().place(), "end");
    let mut world = calling(json!({}), BOTH, &[back(json!({}))]);
    world.flows.remove("m");
    assert_eq!(world.run().place(), "NoMatchingError");
    let mut world = calling(json!({}), BOTH, &[back(json!({}))]);
    world.contents.remove("hash of m");
    assert_eq!(world.run().place(), "NoMatchingError", "its content is gone");
    let mut world = calling(json!({}), BOTH, &[back(json!({}))]);
    world.flow("m", "CONTACT_FLOW", &[back(json!({}))]);
    assert_eq!(world.run().place(), "NoMatchingError", "a flow is no module");
}

#[test]
fn f8_6_a_module_may_wait_and_survives_a_restart() {
    let module =
        with_landings(vec![step("w", "Wait", json!({"TimeLimitSeconds": 60}), "back"), back(json!({"Result": "b1"}))]);
    let world = calling(json!({"x": "1"}), BOTH, &module).run();
    assert_eq!(world.contact.runs[0].frames.len(), 2);
    let mut world = world;
    world.contact = serde_json::from_str(&serde_json::to_string(&world.contact).unwrap()).unwrap();
    assert_eq!(world.after(60).place(), "end");
}

#[test]
fn end_of_module_in_a_flow_is_the_end_of_the_flow() {
    assert_eq!(World::new(&[back(json!({"Result": "b1"}))]).run().place(), "ContactFlowDisconnect");
}
