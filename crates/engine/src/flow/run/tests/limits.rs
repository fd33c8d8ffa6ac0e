//! Limits of a run (flows 9.3, 9.4) and documents nobody would publish.

use super::*;
use crate::contact::{Reference, ReferenceKind};

#[test]
fn f9_3_ten_thousand_actions_without_wait_end_the_contact() {
    let spin = step("a", "TagContact", json!({"Tags": {"a": "1"}}), "a");
    let world = World::new(&with_landings(vec![spin])).run();
    assert_eq!(world.place(), "Other");
    let [line] = world.log.as_slice() else { panic!("{} lines", world.log.len()) };
    assert!(matches!(&line.outcome, FlowOutcome::Error(text) if text.contains("10000")), "{line:?}");

    let mut world = World::new(&with_landings(vec![step("w", "Wait", json!({"TimeLimitSeconds": 5}), "x")])).run();
    world.apply(Event::Enqueue { queue: queue("q1").queue, queue_flow: Some("spin".to_owned()) });
    world.flow("spin", "CUSTOMER_QUEUE", &with_landings(vec![step("a", "MessageParticipant", json!({}), "a")]));
    assert_eq!(world.run().place(), "Other", "in a queue flow too");
}

#[test]
fn f9_3_exactly_ten_thousand_are_allowed_and_a_wait_begins_anew() {
    // 100 rounds of 100 make 10,000 with the loops and the tags between them.
    let counted = |tags: usize| {
        let mut actions = vec![
            step("l", "Loop", json!({"LoopCount": "100"}), "x"),
            step("i", "Loop", json!({"LoopCount": "97"}), "x"),
        ];
        let ways = |more: &str, done: &str| {
            json!([{"NextAction": more, "Condition": {"Operator": "Equals", "Operands": ["ContinueLooping"]}},
                {"NextAction": done, "Condition": {"Operator": "Equals", "Operands": ["DoneLooping"]}}])
        };
        // One round of the outer loop is itself, 97 rounds of the inner one, and its end: 99 actions; 100 rounds and the end, 9,901.
        actions[0]["Transitions"]["Conditions"] = ways("i", "t0");
        actions[1]["Transitions"]["Conditions"] = ways("i", "l");
        for n in 0..tags {
            actions.push(step(&format!("t{n}"), "TagContact", json!({"Tags": {"a": "1"}}), &format!("t{}", n + 1)));
        }
        actions.push(terminal(&format!("t{tags}"), "DisconnectParticipant", json!({})));
        World::new(&with_landings(actions)).run()
    };
    assert_eq!(counted(98).place(), "ContactFlowDisconnect", "the end is number 10,000");
    assert_eq!(counted(99).place(), "Other");
    let mut spin = vec![
        step("l", "Loop", json!({"LoopCount": "99"}), "w"),
        step("w", "Wait", json!({"TimeLimitSeconds": 60}), "l"),
    ];
    let ways = [("ContinueLooping", "l"), ("DoneLooping", "w")]
        .map(|(operand, next)| json!({"NextAction": next, "Condition": {"Operator": "Equals", "Operands": [operand]}}));
    spin[0]["Transitions"]["Conditions"] = json!(ways);
    let world = World::new(&with_landings(spin)).run().after(60 * 200);
    assert_eq!((world.contact.state, world.contact.runs[0].steps), (State::InFlow, 101));
    assert!(world.contact.runs[0].total_steps > 20_000);
}

#[test]
fn f9_3_long_parameters_count_as_several_actions() {
    let long: Vec<String> = (0..2000).map(|n| format!("$.References.r{n}.Value ")).collect();
    let set = json!({"FlowAttributes": {"a": {"Value": long.concat()}}});
    let mut world = World::new(&with_landings(vec![step("a", "UpdateFlowAttributes", set, "b")]));
    world.at_hand = true;
    let steps = world.run().contact.runs[0].steps;
    assert!((20..30).contains(&steps), "{steps} for 46 KB");
    let mut short =
        World::new(&with_landings(vec![step("a", "TagContact", json!({"Tags": {"a": "x".repeat(3000)}}), "b")]));
    short.at_hand = true;
    assert_eq!(short.run().contact.runs[0].steps, 2);
}

/// A task with a megabyte of references, a kilobyte each, that runs this action again and again, whatever comes of it.
fn with_long_references(kind: &str, parameters: Value) -> World {
    let transitions = json!({"NextAction": "a", "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "a"}]});
    let mut world = World::new(&with_landings(vec![put_together("a", kind, parameters, transitions)]));
    world.contact.references = (0..1000)
        .map(|n| (format!("r{n}"), Reference { kind: ReferenceKind::String, value: "v".repeat(1000) }))
        .collect();
    world
}

/// Runs the first action, and those after it in the same slice, with all they ask for: how many actions each counts as.
fn steps_of_one_action(world: &mut World) -> u64 {
    world.at_hand = true;
    let mut answer = None;
    loop {
        let next = world.with(|env| advance(env, RunKind::Main, answer.take()));
        let run = &world.contact.runs[0];
        match next {
            Next::Ask(ask) if run.total_steps == 0 => answer = Some(world.answer(&ask)),
            _ => return u64::from(run.steps) / run.total_steps.max(1),
        }
    }
}

#[test]
fn b16_what_an_action_looks_up_counts_like_its_parameters() {
    let attribute = |value: &str| json!({"Attributes": {"k": value}});
    let criteria = json!({"Steps": [{"Expression": {"AttributeCondition": {"Name": "$.References", "Value": "b"}}}]});
    // Each looks up at least 100 KB and so counts as fifty actions at least, whichever action it is.
    for (kind, parameters) in [
        ("UpdateContactAttributes", attribute("$.References")),
        ("UpdateContactAttributes", attribute(&"$.References ".repeat(500))),
        ("UpdateContactAttributes", attribute(&"$.References.r1.Value".repeat(200))),
        ("UpdateContactData", json!({"Name": "$.References"})),
        ("TagContact", json!({"Tags": {"k": "$.References"}})),
        ("UpdateFlowAttributes", json!({"FlowAttributes": {"k": {"Value": "$.References"}}})),
        ("UpdateContactRoutingCriteria", json!({"RoutingCriteria": criteria})),
        ("UpdateContactTargetQueue", json!({"QueueId": "$.References"})),
        ("UpdateContactEventHooks", json!({"EventHooks": {"CustomerQueue": "$.References"}})),
        ("InvokeFlowModule", json!({"FlowModuleId": "$.References"})),
        ("CreateTask", json!({"ContactFlowId": "main", "Name": "x", "References": {"k": "$.References"}})),
        ("Compare", json!({"ComparisonValue": "$.References"})),
    ] {
        let mut world = with_long_references(kind, parameters.clone());
        let steps = steps_of_one_action(&mut world);
        assert!(steps >= 50, "{kind} {parameters}: {steps}");
    }
    let mut short = with_long_references("TagContact", json!({"Tags": {"k": "$.References.r1.Type"}}));
    assert_eq!(steps_of_one_action(&mut short), 1, "what was not looked up does not count");
}

#[test]
fn b137_a_slice_ends_with_the_action_that_used_it_up() {
    let mut world = with_long_references("UpdateContactAttributes", json!({"Attributes": {"k": "$.References"}}));
    world.at_hand = true;
    for done in 0..20 {
        let next = world.with(|env| advance(env, RunKind::Main, None));
        if let Next::Ask(ask) = next {
            let answer = world.answer(&ask);
            world.with(|env| advance(env, RunKind::Main, Some(answer)));
        }
        assert!(world.contact.runs[0].total_steps <= 2 * (done + 1), "{} actions", world.contact.runs[0].total_steps);
    }
}

#[test]
fn b137_the_references_of_a_new_task_are_bounded_while_they_are_assembled() {
    let references: Map<String, Value> = (0..2000).map(|n| (format!("k{n}"), json!("$.References"))).collect();
    let world =
        with_long_references("CreateTask", json!({"ContactFlowId": "main", "Name": "x", "References": references}));
    let world = world.run();
    assert_eq!((world.place().as_str(), world.asks.len()), ("Other", 0), "no task is asked for");
}

#[test]
fn f9_4_a_hundred_transfers_without_wait() {
    let again = step("t", "TransferToFlow", json!({"ContactFlowId": "main"}), "x");
    let world = World::new(&with_landings(vec![again])).run();
    assert_eq!(world.place(), "NoMatchingError");
    assert_eq!((world.contact.runs[0].transfers, world.contact.flow_entries), (100, 101));
}

#[test]
fn the_log_of_one_action_is_bounded() {
    let attributes: Map<String, Value> = (0..50).map(|n| (format!("k{n}"), json!("$.Attributes.long"))).collect();
    let world = World::new(&with_landings(vec![
        step("on", "UpdateFlowLoggingBehavior", json!({"FlowLoggingBehavior": "Enabled"}), "a"),
        step("a", "UpdateContactAttributes", json!({ "Attributes": attributes }), "b"),
    ]));
    let world = world.with_attribute("long", &"x".repeat(2000)).run();
    assert_eq!(world.place(), "NoMatchingError");
    assert!(world.log[1].parameters.to_string().len() < 5000);
}

#[test]
fn empty_and_odd_documents_do_no_harm() {
    let none = Document { start: 3, actions: Vec::new() };
    let mut world = World::new(&[landing("a"), landing("over")]);
    world.contents.insert("hash of main".to_owned(), Arc::new(none));
    assert_eq!(world.run().place(), "Other");
    let nameless = json!({"Identifier": "", "Type": "TagContact", "Parameters": {"Tags": {"a": "1"}}});
    assert_eq!(World::new(&[nameless]).run().place(), "Other");
    let mut document = (*World::new(&[landing("a"), landing("over")]).contents["hash of main"]).clone();
    document.actions[0].next = Some(99);
    document.actions[0].conditions.clear();
    document.actions[0].kind = crate::flow::ActionType::MessageParticipant;
    let mut world = World::new(&[landing("a"), landing("over")]);
    world.contents.insert("hash of main".to_owned(), Arc::new(document));
    assert_eq!(world.run().place(), "ContactFlowDisconnect", "a target outside is none");
}

#[test]
fn a_stored_position_that_is_gone_ends_the_contact() {
    let mut world = World::new(&with_landings(vec![step("a", "Wait", json!({"TimeLimitSeconds": 5}), "b")])).run();
    "elsewhere".clone_into(&mut world.contact.runs[0].frames[0].action);
    assert_eq!(world.after(5).place(), "Other");
}
