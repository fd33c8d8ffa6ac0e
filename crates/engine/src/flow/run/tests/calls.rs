//! InvokeLambdaFunction (flows 7.4.1 to 7.4.5) and the token of external effects (flows 9.1).

use super::*;
use crate::contact::{Reference, ReferenceKind};

fn parameters(with: Value) -> Value {
    let mut parameters = json!({"LambdaFunctionARN": "arn:f", "InvocationTimeLimitSeconds": "3"});
    let Value::Object(with) = with else { panic!("{with}") };
    parameters.as_object_mut().unwrap().extend(with);
    parameters
}

/// Calls, and records what is known then.
fn call(with: Value, function: Option<Value>) -> World {
    let seen = read(&[("seen", "$.External.a $.LambdaInvocation.ResultData.a $.External.list[1].b")]);
    let mut world = World::new(&with_landings(vec![
        step("f", "InvokeLambdaFunction", parameters(with), "r"),
        step("r", "UpdateContactAttributes", seen, "next"),
    ]));
    world.function = function;
    world.run()
}

#[test]
fn f7_4_1_a_call_that_fails_is_an_error() {
    assert_eq!(call(json!({}), None).place(), "NoMatchingError");
    for bad in [
        json!({"LambdaFunctionARN": "$.Attributes.nope"}),
        json!({"InvocationTimeLimitSeconds": "9"}),
        json!({"InvocationTimeLimitSeconds": "0"}),
        json!({"InvocationTimeLimitSeconds": null}),
        json!({"LambdaInvocationAttributes": []}),
    ] {
        let world = call(bad.clone(), Some(json!({})));
        assert_eq!((world.place().as_str(), world.asks.len()), ("NoMatchingError", 0), "{bad}");
    }
}

#[test]
fn f7_4_2_the_request_tells_all_about_the_contact() {
    let with = json!({"LambdaInvocationAttributes": {"name": "<$.Name>", "gone": "$.Attributes.nope", "n": 5, "deep": {"x": "$.ContactId"}}});
    let mut world = World::new(&with_landings(vec![step("f", "InvokeLambdaFunction", parameters(with), "next")]));
    world.function = Some(json!({}));
    world.contact.target_queue = Some(queue("q1").queue);
    let reference = Reference { kind: ReferenceKind::Url, value: "https://x".to_owned() };
    world.contact.references.insert("Case".to_owned(), reference);
    world.contact.tags.insert("k".to_owned(), "v".to_owned());
    let world = world.with_attribute("a", "1").run();
    let [Ask::Function { arn, payload, limit_s: 3, asynchronous: false, token }] = world.asks.as_slice() else {
        panic!("{:?}", world.asks)
    };
    assert_eq!((arn.as_str(), token.as_str()), ("arn:f", "c1/1/0"));
    let instance = "arn:aws:connect:eu-central-1:111122223333:instance/11111111-0000-4000-8000-000000000001";
    let expected = json!({"Name": "ContactFlowEvent", "Details": {
        "ContactData": {
            "Attributes": {"a": "1"},
            "Channel": "TASK",
            "ContactId": "c1",
            "CustomerEndpoint": null,
            "Description": null,
            "InitialContactId": "c1",
            "InitiationMethod": "API",
            "InstanceARN": instance,
            "LanguageCode": null,
            "MediaStreams": null,
            "Name": "Call back",
            "PreviousContactId": null,
            "Queue": {"Name": "queue q1", "ARN": format!("{instance}/queue/q1")},
            "References": {"Case": {"Type": "URL", "Value": "https://x"}},
            "SegmentAttributes": {
                "connect:Subtype": {"ValueString": "connect:Task"},
                "connect:ContactExpiry": {"ValueMap": {
                    "ExpiryDuration": {"ValueInteger": 10080},
                    "ExpiryTimeStamp": {"ValueString": "2026-03-09T09:15:00.000Z"},
                }},
            },
            "SystemEndpoint": null,
            "Tags": {"aws:connect:instanceId": "11111111-0000-4000-8000-000000000001", "k": "v"},
        },
        "Parameters": {"name": "<Call back>", "gone": null, "n": 5, "deep": {"x": "c1"}},
    }});
    assert_eq!(serde_json::from_str::<Value>(payload).unwrap(), expected);
}

#[test]
fn f7_4_3_answers_are_judged_and_kept() {
    let flat = json!({"ResponseValidation": {"ResponseType": "STRING_MAP"}});
    let any = json!({"ResponseValidation": {"ResponseType": "JSON"}});
    let world = call(flat.clone(), Some(json!({"a": "1"})));
    assert_eq!((world.place().as_str(), world.attributes["seen"].as_str()), ("next", "1 1 "));
    assert_eq!(call(json!({}), Some(json!({"a": "1"}))).attributes["seen"], "1 1 ", "STRING_MAP is the default");
    for answer in [json!({"a": 1}), json!({"a": {"b": "c"}}), json!({"a": null}), json!(["a"]), json!("a"), json!(null)]
    {
        assert_eq!(call(flat.clone(), Some(answer.clone())).place(), "NoMatchingError", "{answer}");
    }
    let world = call(any.clone(), Some(json!({"a": {"x": 1}, "list": [0, {"b": true}]})));
    assert_eq!(world.attributes["seen"], r#"{"x":1} {"x":1} true"#);
    for (length, place) in [(32_767 - 8, "next"), (32_768 - 8, "NoMatchingError")] {
        let answer = json!({"a": "x".repeat(length)});
        let mut world =
            World::new(&with_landings(vec![step("f", "InvokeLambdaFunction", parameters(flat.clone()), "next")]));
        world.function = Some(answer);
        assert_eq!(world.run().place(), place, "{length}");
    }
    assert_eq!(call(any, Some(json!({"a": vec!["x".repeat(1000); 40]}))).place(), "NoMatchingError");
}

#[test]
fn f7_4_5_nobody_waits_for_an_asynchronous_answer() {
    let world = call(json!({"InvocationType": "ASYNCHRONOUS"}), Some(json!({"a": "1"})));
    assert!(matches!(world.asks.as_slice(), [Ask::Function { asynchronous: true, .. }]));
    assert_eq!((world.place().as_str(), world.attributes["seen"].as_str()), ("next", "  "));
    assert_eq!(call(json!({"InvocationType": "ASYNCHRONOUS"}), None).place(), "NoMatchingError", "not accepted");
}

#[test]
fn f9_1_tokens_are_the_same_for_a_repeat_and_differ_for_another_step() {
    let mut world = World::new(&with_landings(vec![
        step("f", "InvokeLambdaFunction", parameters(json!({})), "g"),
        step("g", "InvokeLambdaFunction", parameters(json!({})), "t"),
        step("t", "CreateTask", json!({"Name": "N", "ContactFlowId": "f"}), "n"),
    ]));
    (world.at_hand, world.function) = (true, Some(json!({})));
    let token = |next: Next| match next {
        Next::Ask(Ask::Function { token, .. } | Ask::CreateTask { token, .. }) => token,
        other => panic!("{other:?}"),
    };
    let flow = world.flows["main"].clone();
    let first = token(world.with(|env| advance(env, RunKind::Main, Some(Answer::Flow(Some(flow))))));
    // The process dies here: what was stored is read again, and the action asks again.
    let stored = serde_json::to_string(&world.contact).unwrap();
    world.contact = serde_json::from_str(&stored).unwrap();
    let again = token(world.with(|env| advance(env, RunKind::Main, None)));
    assert_eq!(first, again);
    assert_eq!(world.contact.runs[0].token("c1"), first);
    let second = token(world.with(|env| advance(env, RunKind::Main, Some(Answer::Function(Some(json!({})))))));
    assert_eq!(world.place(), "g");
    let third = token(world.with(|env| advance(env, RunKind::Main, Some(Answer::Function(Some(json!({})))))));
    assert_eq!(world.place(), "t");
    assert!(first != second && second != third && first != third, "{first} {second} {third}");
}

#[test]
fn f9_1_a_wrong_answer_is_asked_again() {
    let mut world = World::new(&with_landings(vec![step("f", "InvokeLambdaFunction", parameters(json!({})), "n")]));
    world.at_hand = true;
    for answer in [Answer::Percent(3), Answer::Document(None), Answer::Done(true)] {
        let next = world.with(|env| advance(env, RunKind::Main, Some(answer)));
        assert_eq!(next, Next::Ask(Ask::Flow { id: "main".to_owned(), module: false }));
    }
    assert_eq!(world.with(|env| advance(env, RunKind::WrapUp, None)), Next::Suspended, "no such run");
}
