//! Routing actions (flows 7.1) and what may begin or go on in which flow (flows 1.12, 5).

use super::*;

const NM: &[&str] = &["NoMatchingError"];
const TWO: &[&str] = &["QueueAtCapacity", "NoMatchingError"];

#[test]
fn f7_1_1_the_target_queue_is_set_by_queue_or_agent() {
    let world = single("UpdateContactTargetQueue", json!({"QueueId": "q1"}), &[], NM).run();
    assert_eq!((world.place(), world.contact.target_queue.unwrap().id), ("next".to_owned(), "q1".to_owned()));
    let world = single("UpdateContactTargetQueue", json!({"AgentId": "u1"}), &[], NM).run();
    assert_eq!(world.contact.target_queue, Some(agent_queue("u1").1.queue));
    let world = single("UpdateContactTargetQueue", json!({"QueueId": "$.Attributes.q"}), &[], NM);
    let world = world.with_attribute("q", "q2").run();
    assert_eq!(world.contact.target_queue.unwrap().id, "q2");
}

#[test]
fn f7_1_2_an_unknown_queue_is_an_error_and_a_disabled_one_is_not() {
    let both = json!({"QueueId": "q1", "AgentId": "u1"});
    for parameters in [
        json!({"QueueId": "nope"}),
        json!({"AgentId": "nope"}),
        json!({"QueueId": "$.Attributes.nope"}),
        json!({}),
        both,
    ] {
        let world = single("UpdateContactTargetQueue", parameters.clone(), &[], NM).run();
        assert_eq!((world.place().as_str(), world.contact.target_queue), ("NoMatchingError", None), "{parameters}");
    }
    let world =
        single("UpdateContactTargetQueue", json!({"QueueId": "$.Attributes.q"}), &[], NM).with_attribute("q", "");
    let world = world.run();
    assert_eq!((world.place().as_str(), world.asks.len()), ("NoMatchingError", 0));
    let mut world = single("UpdateContactTargetQueue", json!({"QueueId": "q1"}), &[], NM);
    world.queues.get_mut("q1").unwrap().enabled = false;
    assert_eq!(world.run().place(), "next");
}

/// A flow that sets a queue and goes into it.
fn transfer(target: Value) -> World {
    World::new(&with_landings(vec![
        step("set", "UpdateContactTargetQueue", target, "a"),
        action("a", "TransferContactToQueue", json!({}), &[], TWO),
    ]))
}

#[test]
fn f7_1_3_transfer_to_queue_fails_without_usable_queue() {
    assert_eq!(single("TransferContactToQueue", json!({}), &[], TWO).run().place(), "NoMatchingError", "no target");
    let aimed = |spoil: fn(&mut World)| {
        let mut world = single("TransferContactToQueue", json!({}), &[], TWO);
        world.contact.target_queue = Some(queue("q1").queue);
        spoil(&mut world);
        let world = world.run();
        (world.place(), world.contact.state)
    };
    assert_eq!(aimed(|_| {}), ("Queued".to_owned(), State::Queued));
    assert_eq!(aimed(|world| world.queues.clear()), ("NoMatchingError".to_owned(), State::InFlow), "gone");
    let disabled = aimed(|world| world.queues.get_mut("q1").unwrap().enabled = false);
    assert_eq!(disabled, ("NoMatchingError".to_owned(), State::InFlow));
    for (size, place) in [(9, "Queued"), (10, "QueueAtCapacity"), (11, "QueueAtCapacity")] {
        let mut world = transfer(json!({"QueueId": "q1"}));
        world.queues.get_mut("q1").unwrap().size = size;
        assert_eq!(world.run().place(), place, "{size}");
    }
    let mut world = transfer(json!({"AgentId": "u1"}));
    world.agents.get_mut("u1").unwrap().1.size = 10;
    assert_eq!(world.run().place(), "QueueAtCapacity");
}

#[test]
fn f7_1_4_transfer_to_queue_ends_the_flow_and_starts_the_queue_flow() {
    let mut world = transfer(json!({"QueueId": "q1"}));
    world.queue_flow = Some("waiting".to_owned());
    world.flow("waiting", "CUSTOMER_QUEUE", &[landing("wait"), terminal("over", "EndFlowExecution", json!({}))]);
    let world = world.run();
    assert_eq!((world.contact.state, world.contact.runs.len()), (State::Queued, 1));
    assert_eq!(world.place_of(RunKind::CustomerQueue), "wait");
    assert_eq!(world.after(604_800).contact.disconnect_reason, Some(DisconnectReason::Expired), "7 days are its life");
}

#[test]
fn f7_1_5_criteria_and_priority_become_active_in_the_queue() {
    let criteria = json!({"Steps": [{"Expression": {}, "Expiry": {"DurationInSeconds": 60}}]});
    let world = World::new(&with_landings(vec![
        step("a", "UpdateContactTargetQueue", json!({"QueueId": "q1"}), "b"),
        step("b", "UpdateContactRoutingCriteria", json!({"RoutingCriteria": criteria}), "c"),
        step("c", "UpdateContactRoutingBehavior", json!({"QueuePriority": 2}), "d"),
        step("d", "TransferContactToQueue", json!({}), "e"),
    ]));
    let world = world.run();
    assert_eq!((world.contact.state, world.contact.routing.priority), (State::Queued, 2));
    assert_eq!(world.contact.routing.criteria, Some(criteria.to_string()));
    assert_eq!(world.contact.routing.criteria_active_ms, Some(T0));
}

/// A contact in queue q1 whose queue flow is about to move it.
fn waiting(parameters: Value) -> World {
    let mut world = transfer(json!({"QueueId": "q1"}));
    world.queue_flow = Some("waiting".to_owned());
    let dequeue = action("a", "DequeueContactAndTransferToQueue", parameters, &[], TWO);
    world.flow("waiting", "CUSTOMER_QUEUE", &with_landings(vec![dequeue]));
    world
}

#[test]
fn f7_1_6_a_queue_flow_moves_the_task_with_an_allowance_of_a_fifth() {
    for (capacity, size, moved) in [(10, 11, true), (10, 12, false), (4, 3, true), (4, 4, false), (0, 0, false)] {
        let mut world = waiting(json!({"QueueId": "q2"}));
        let fact = world.queues.get_mut("q2").unwrap();
        (fact.capacity, fact.size) = (Some(capacity), size);
        let world = world.run();
        if moved {
            assert_eq!(world.place(), "Other", "{capacity} {size}");
            let world = world.successor();
            assert_eq!(world.contact.previous_contact_id.as_deref(), Some("c1"));
            assert_eq!(world.contact.queue.unwrap().queue.id, "q2");
        } else {
            assert_eq!(world.place_of(RunKind::CustomerQueue), "QueueAtCapacity", "{capacity} {size}");
        }
    }
    let mut world = waiting(json!({"AgentId": "u1"}));
    world.agents.get_mut("u1").unwrap().1.size = 10;
    assert_eq!(world.run().place_of(RunKind::CustomerQueue), "QueueAtCapacity", "no allowance in agent queues");
    let mut world = waiting(json!({"QueueId": "q2"}));
    world.queues.get_mut("q2").unwrap().enabled = false;
    assert_eq!(world.run().place_of(RunKind::CustomerQueue), "NoMatchingError");
    assert_eq!(waiting(json!({"QueueId": "q9"})).run().place_of(RunKind::CustomerQueue), "NoMatchingError");
}

#[test]
fn f7_1_6_a_task_that_is_offered_is_not_moved() {
    let mut world = transfer(json!({"QueueId": "q1"}));
    world.queue_flow = Some("waiting".to_owned());
    let wait = step("w", "Wait", json!({"TimeLimitSeconds": 60}), "a");
    let dequeue = action("a", "DequeueContactAndTransferToQueue", json!({"QueueId": "q2"}), &[], TWO);
    world.flow("waiting", "CUSTOMER_QUEUE", &with_landings(vec![wait, dequeue]));
    let mut world = world.run();
    world.apply(Event::Offer { agent: agent("u1"), until_ms: None });
    let world = world.after(60);
    assert_eq!(world.place_of(RunKind::CustomerQueue), "NoMatchingError");
    assert_eq!(world.contact.state, State::Offered);
}

#[test]
fn f7_1_7_transfer_to_agent_is_the_agent_queue_or_the_end() {
    let make = |target: bool| {
        let mut world = World::of_type("AGENT_TRANSFER", &[terminal("a", "TransferContactToAgent", json!({}))]);
        world.contact.target_agent = target.then(|| agent("u1"));
        world
    };
    let world = make(true).run();
    assert_eq!((world.contact.state, world.contact.queue.unwrap().queue), (State::Queued, agent_queue("u1").1.queue));
    assert_eq!(make(false).run().place(), "Other");
    let mut world = make(true);
    world.agents.get_mut("u1").unwrap().1.size = 10;
    assert_eq!(world.run().place(), "Other", "full");
    let mut world = make(true);
    world.agents.clear();
    assert_eq!(world.run().place(), "Other", "gone");
}

#[test]
fn f7_1_8_transfer_to_flow_starts_the_other_flow() {
    for (flow_type, archived, place) in [
        ("CONTACT_FLOW", false, "there"),
        ("AGENT_TRANSFER", false, "there"),
        ("QUEUE_TRANSFER", false, "there"),
        ("CUSTOMER_QUEUE", false, "NoMatchingError"),
        ("AGENT_WHISPER", false, "NoMatchingError"),
        ("CONTACT_FLOW", true, "NoMatchingError"),
    ] {
        let mut world = single("TransferToFlow", json!({"ContactFlowId": "other"}), &[], NM);
        world.flow("other", flow_type, &[landing("there"), terminal("over", "EndFlowExecution", json!({}))]);
        world.flows.get_mut("other").unwrap().archived = archived;
        let world = world.run();
        assert_eq!(world.place(), place, "{flow_type}");
        let events = world.effects.events.len();
        assert_eq!(events, 1, "one CONNECTED_TO_SYSTEM, no new record");
    }
    for id in ["nope", "$.Attributes.nope"] {
        assert_eq!(single("TransferToFlow", json!({"ContactFlowId": id}), &[], NM).run().place(), "NoMatchingError");
    }
}

#[test]
fn f3_8_what_is_local_is_gone_after_a_transfer() {
    let set = json!({"FlowAttributes": {"f": {"Type": "String", "Value": "local"}}});
    let mut world = World::new(&with_landings(vec![
        step("f", "UpdateFlowAttributes", set, "q"),
        step("q", "UpdateContactTargetQueue", json!({"QueueId": "q1"}), "l"),
        step("l", "InvokeLambdaFunction", json!({"LambdaFunctionARN": "arn", "InvocationTimeLimitSeconds": "3"}), "r"),
        step("r", "UpdateContactAttributes", read(&[("before", "$.FlowAttributes.f $.External.x $.Queue.Name")]), "t"),
        step("t", "TransferToFlow", json!({"ContactFlowId": "other"}), "t"),
    ]));
    let now = read(&[("after", "$.FlowAttributes.f $.External.x $.Queue.Name")]);
    world.flow("other", "CONTACT_FLOW", &with_landings(vec![step("r", "UpdateContactAttributes", now, "end")]));
    world.function = Some(json!({"x": "1"}));
    let world = world.run();
    assert_eq!(world.attributes["before"], "local 1 queue q1");
    assert_eq!(world.attributes["after"], "  queue q1");
    assert_eq!(world.contact.runs[0].entry, 2);
}

#[test]
fn f7_1_10_priority_and_age_keep_each_other() {
    let world = World::new(&with_landings(vec![
        step("p", "UpdateContactRoutingBehavior", json!({"QueuePriority": "9223372036854775807"}), "a"),
        step("a", "UpdateContactRoutingBehavior", json!({"QueueTimeAdjustmentSeconds": "-90"}), "end"),
    ]));
    let routing = world.run().contact.routing;
    assert_eq!((routing.priority, routing.age_adjustment_s), (i64::MAX, -90));
    for parameters in [
        json!({}),
        json!({"QueuePriority": "0"}),
        json!({"QueueTimeAdjustmentSeconds": "soon"}),
        json!({"QueuePriority": "1", "QueueTimeAdjustmentSeconds": "1"}),
    ] {
        let world = single("UpdateContactRoutingBehavior", parameters, &[], &[]).run();
        assert_eq!((world.place().as_str(), world.contact.routing.priority), ("next", 5));
    }
}

#[test]
fn f7_1_11_routing_criteria_have_one_to_five_steps() {
    for (steps, place) in [(0, "NoMatchingError"), (1, "next"), (5, "next"), (6, "NoMatchingError")] {
        let criteria = json!({"RoutingCriteria": {"Steps": vec![json!({}); steps]}});
        assert_eq!(single("UpdateContactRoutingCriteria", criteria, &[], NM).run().place(), place, "{steps}");
    }
    assert_eq!(single("UpdateContactRoutingCriteria", json!({}), &[], NM).run().place(), "NoMatchingError");
}

/// flows 7.1.13: paths are looked up when the action runs, and the criteria are then as the API has them.
#[test]
fn f7_1_13_criteria_with_paths_and_texts() {
    let world = |ids: &[&str]| {
        let matching = json!({"ComparisonOperator": "Match", "MatchCriteria": {"AgentsCriteria": {"AgentIds": ids}}});
        let level = json!({"Name": "$.Attributes.skill", "Value": "x", "ProficiencyLevel": "4.0",
            "ComparisonOperator": "NumberGreaterOrEqualTo"});
        let steps = json!([
            {"Expression": {"AttributeCondition": matching}, "Expiry": {"DurationInSeconds": "60"}},
            {"Expression": {"OrExpression": [{"AttributeCondition": level}]}}]);
        let world = single("UpdateContactRoutingCriteria", json!({"RoutingCriteria": {"Steps": steps}}), &[], NM);
        world.with_attribute("owner", "u1").with_attribute("skill", "French").run()
    };
    let own = scope().arn(crate::arn::Kind::User, "u2");
    let routed = world(&["$.Attributes.owner", &own, "u3"]);
    assert_eq!(routed.place(), "next");
    let stored: Value = serde_json::from_str(routed.contact.routing.criteria.as_ref().unwrap()).unwrap();
    let agents = &stored["Steps"][0]["Expression"]["AttributeCondition"]["MatchCriteria"]["AgentsCriteria"];
    assert_eq!(agents["AgentIds"], json!(["u1", "u2", "u3"]));
    let condition = &stored["Steps"][1]["Expression"]["OrExpression"][0]["AttributeCondition"];
    assert_eq!((&condition["Name"], &condition["ProficiencyLevel"]), (&json!("French"), &json!(4.0)));
    let shown = wire::from_stored::<wire::shapes::RoutingCriteria>(stored.to_string().as_bytes()).unwrap();
    assert_eq!(shown.steps.unwrap().len(), 2, "what DescribeContact can show");
    for nobody in ["$.Attributes.nobody", "arn:aws:connect:us-east-1:999999999999:instance/other/agent/u2"] {
        let world = world(&["u3", nobody]);
        assert_eq!((world.place().as_str(), world.contact.routing.criteria), ("NoMatchingError", None), "{nobody}");
    }
}

/// flows 7.1.12: on a task it has no effect.
#[test]
fn f7_1_12_routing_proficiencies_do_nothing() {
    let hierarchy =
        json!({"AgentHierarchyProficiency": {"AgentHierarchy": "$.Attributes.team", "ExpirationSeconds": "60"}});
    let world = single("UpdateContactRoutingBehavior", json!({"RoutingProficiencies": hierarchy}), &[], NM).run();
    assert_eq!((world.place().as_str(), world.contact.routing.priority), ("next", 5));
}

#[test]
fn f1_12_and_t2_6_5_a_main_flow_that_cannot_run_ends_the_contact() {
    type Spoil = fn(&mut World);
    let cases: [(&str, Spoil); 5] = [
        ("missing", |world| world.flows.clear()),
        ("archived", |world| world.flows.get_mut("main").unwrap().archived = true),
        ("unfit", |world| world.flows.get_mut("main").unwrap().flow.flow_type = "CUSTOMER_QUEUE".to_owned()),
        ("a module", |world| world.flows.get_mut("main").unwrap().flow.module = true),
        ("content gone", |world| world.contents.clear()),
    ];
    for (what, spoil) in cases {
        let mut world = World::new(&[landing("there"), landing("over")]);
        spoil(&mut world);
        let world = world.run();
        assert_eq!((world.place().as_str(), world.log.len()), ("Other", 1), "{what}");
        assert_eq!(world.contact.times.connected_to_system_ms, None, "{what}");
    }
}

#[test]
fn f1_12_hooks_that_cannot_run_are_skipped() {
    for kind in [RunKind::Pause, RunKind::Resume] {
        let mut world = World::new(&with_landings(vec![step("a", "Wait", json!({"TimeLimitSeconds": 5}), "b")])).run();
        world.start(kind, "nope");
        let world = world.run();
        assert_eq!((world.place().as_str(), world.contact.runs.len()), ("a", 1), "{kind:?}");
    }
    let mut world = transfer(json!({"QueueId": "q1"}));
    world.queue_flow = Some("nope".to_owned());
    let world = world.run();
    assert_eq!((world.contact.state, world.contact.runs.len(), world.log.len()), (State::Queued, 0, 1));
}

#[test]
fn f1_14_later_publishing_does_not_change_a_run() {
    let content = |next: &str| with_landings(vec![step("a", "Wait", json!({"TimeLimitSeconds": 5}), next)]);
    let mut world = World::new(&content("old")).run();
    let old = world.contents["hash of main"].clone();
    world.flow("main", "CONTACT_FLOW", &content("new"));
    world.contents.insert("hash of main".to_owned(), old);
    world.flows.get_mut("main").unwrap().flow.sha256 = "another".to_owned();
    assert_eq!(world.clone().after(5).place(), "old");
    world.contents.clear();
    assert_eq!(world.after(5).place(), "Other", "without its content it cannot go on");
}

#[test]
fn f5_which_action_runs_in_which_flow() {
    let unsuited = |flow_type: &str, kind: &str, parameters: Value| {
        let mut world = World::new(&with_landings(vec![step("a", "Wait", json!({"TimeLimitSeconds": 5}), "b")])).run();
        world.apply(Event::Enqueue { queue: queue("q1").queue, queue_flow: None });
        world.flow("beside", flow_type, &with_landings(vec![action("a", kind, parameters, &["True", "False"], NM)]));
        world.start(RunKind::CustomerQueue, "beside");
        world.metrics = Some(Metrics::default());
        world.run().place_of(RunKind::CustomerQueue)
    };
    for (kind, parameters, place) in [
        ("UpdateContactTargetQueue", json!({"QueueId": "q1"}), "NoMatchingError"),
        ("TransferContactToQueue", json!({}), "NoMatchingError"),
        ("TransferToFlow", json!({"ContactFlowId": "main"}), "NoMatchingError"),
        ("CheckHoursOfOperation", json!({}), "=True"),
        ("UpdateContactAttributes", json!({"Attributes": {}}), "next"),
    ] {
        assert_eq!(unsuited("CUSTOMER_QUEUE", kind, parameters), place, "{kind}");
    }
}
