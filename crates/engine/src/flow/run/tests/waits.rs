//! Waits (flows 7.3.11 to 7.3.15) and pauses during them (tasks 2.7.8).

use super::*;

const NM: &[&str] = &["NoMatchingError"];

#[test]
fn f7_3_11_a_wait_completes_after_its_time() {
    let parameters = json!({"TimeLimitSeconds": "90", "Events": ["CustomerReturned"]});
    let world = single("Wait", parameters, &["CustomerReturned", "WaitCompleted"], NM).run();
    assert_eq!((world.place().as_str(), world.contact.due_ms()), ("a", Some(T0 + 90_000)));
    let world = world.after(89);
    assert_eq!(world.place(), "a");
    assert_eq!(world.after(1).place(), "=WaitCompleted");
}

#[test]
fn f7_3_13_times_out_of_range_are_an_error() {
    for (limit, place) in [
        ("1", "a"),
        ("604800", "a"),
        ("0", "NoMatchingError"),
        ("604801", "NoMatchingError"),
        ("-5", "NoMatchingError"),
        ("1.5", "NoMatchingError"),
        ("$.Attributes.nope", "NoMatchingError"),
        ("$.Attributes.n", "a"),
    ] {
        let world =
            single("Wait", json!({ "TimeLimitSeconds": limit }), &["WaitCompleted"], NM).with_attribute("n", "60");
        assert_eq!(world.run().place(), place, "{limit}");
    }
    assert_eq!(single("Wait", json!({}), &["WaitCompleted"], NM).run().place(), "NoMatchingError");
}

#[test]
fn f7_3_14_a_wait_that_ended_while_nobody_looked_goes_on_at_once() {
    let mut world = single("Wait", json!({"TimeLimitSeconds": 60}), &["WaitCompleted"], NM).run();
    world.now_ms += 3_600_000;
    assert_eq!(world.run().place(), "=WaitCompleted");
}

/// Wait with ContinueExecution; the branch beside it does `beside`.
fn continuing(beside: Vec<Value>) -> World {
    let parameters = json!({"TimeLimitSeconds": "60", "ContinueExecution": "True", "MinimumWaitTimeSeconds": "10"});
    let mut actions = vec![action("a", "Wait", parameters, &["Continue", "WaitCompleted"], NM)];
    actions[0]["Transitions"]["Conditions"][0]["NextAction"] = json!("b");
    actions.extend(beside);
    World::new(&with_landings(actions))
}

#[test]
fn f7_3_12_the_continue_branch_runs_at_once_beside_the_wait() {
    let note = || step("b", "UpdateContactAttributes", read(&[("beside", "yes")]), "e");
    let world = continuing(vec![note(), terminal("e", "EndFlowExecution", json!({}))]).run();
    assert_eq!(world.attributes["beside"], "yes");
    assert_eq!((world.contact.state, world.contact.due_ms()), (State::InFlow, Some(T0 + 60_000)));
    let world = world.after(60);
    assert_eq!(world.place(), "=WaitCompleted");
    assert_eq!(world.contact.runs[0].later, None);

    let world = continuing(vec![terminal("b", "DisconnectParticipant", json!({}))]).run();
    assert_eq!(world.place(), "ContactFlowDisconnect", "a decision stands");
    let world = continuing(vec![step("b", "Wait", json!({"TimeLimitSeconds": 5}), "x")]).run();
    assert_eq!(
        world.contact.due_ms(),
        Some(T0 + 60_000),
        "no second wait inside: both of its ways end beside the first"
    );
    assert_eq!(world.after(60).place(), "=WaitCompleted");
}

#[test]
fn f7_3_12_modules_beside_the_wait_return_to_it() {
    let call = step("b", "InvokeFlowModule", json!({"FlowModuleId": "m"}), "e");
    let mut world = continuing(vec![call, terminal("e", "EndFlowExecution", json!({}))]);
    world.module("m", &[terminal("back", "EndFlowModuleExecution", json!({}))]);
    let world = world.run();
    assert_eq!((world.place().as_str(), world.contact.runs[0].frames.len()), ("e", 1));
    assert_eq!(world.after(60).place(), "=WaitCompleted");
    // The other way round: the wait is in a module, which is left only after it.
    let mut world =
        World::new(&with_landings(vec![action("c", "InvokeFlowModule", json!({"FlowModuleId": "m"}), &["late"], NM)]));
    let parameters = json!({"TimeLimitSeconds": "60", "ContinueExecution": "True", "MinimumWaitTimeSeconds": "10"});
    let mut wait = action("a", "Wait", parameters, &["Continue", "WaitCompleted"], NM);
    wait["Transitions"]["NextAction"] = json!("=Continue");
    wait["Transitions"]["Errors"] = json!([]);
    let ends = ["Continue", "WaitCompleted"].map(|way| {
        let result = if way == "Continue" { "early" } else { "late" };
        terminal(&format!("={way}"), "EndFlowModuleExecution", json!({ "Result": result }))
    });
    world.module("m", &[wait, ends[0].clone(), ends[1].clone()]);
    let world = world.run();
    assert_eq!(world.contact.runs[0].frames.len(), 2);
    assert_eq!(world.after(60).place(), "=late");
}

#[test]
fn f7_3_15_acceptance_cuts_off_the_wait_of_a_queue_flow() {
    let mut world = single("TransferContactToQueue", json!({}), &[], NM);
    world.contact.target_queue = Some(queue("q1").queue);
    world.queue_flow = Some("waiting".to_owned());
    world.flow(
        "waiting",
        "CUSTOMER_QUEUE",
        &with_landings(vec![step("w", "Wait", json!({"TimeLimitSeconds": 60}), "end")]),
    );
    let mut world = world.run();
    assert_eq!(world.place_of(RunKind::CustomerQueue), "w");
    world.apply(Event::Offer { agent: agent("u1"), until_ms: None });
    world.apply(Event::Accept { user_id: "u1".to_owned() });
    let world = world.after(60);
    assert_eq!((world.contact.state, world.contact.runs.len()), (State::Connected, 0));
}

#[test]
fn t2_7_8_a_pause_stops_the_main_flow_and_keeps_its_wait() {
    let mut world = single("Wait", json!({"TimeLimitSeconds": 60}), &["WaitCompleted"], NM).run().after(10);
    world.apply(Event::Pause { flow_id: None });
    let mut world = world.after(100);
    assert_eq!((world.place().as_str(), world.contact.state), ("a", State::Paused));
    let rest = world.contact.clone();
    world.drive(RunKind::Main);
    assert_eq!(world.contact, rest, "not even when asked to");
    world.apply(Event::Resume { flow_id: None, from_flow: false, queue_flow: None });
    assert_eq!(world.run().place(), "=WaitCompleted");
}

#[test]
fn t2_7_8_what_was_done_outside_counts_although_it_paused_meanwhile() {
    let world = World::new(&with_landings(vec![
        step("a", "CreateTask", json!({"Name": "N", "ContactFlowId": "f"}), "b"),
        step("b", "TagContact", json!({"Tags": {"a": "1"}}), "c"),
    ]));
    let mut world = world;
    world.at_hand = true;
    let flow = world.flows["main"].clone();
    let mut answer = Some(Answer::Flow(Some(flow)));
    let next = world.with(|env| advance(env, RunKind::Main, answer.take()));
    let Next::Ask(Ask::CreateTask { token, .. }) = next else { panic!("{next:?}") };
    assert_eq!(token, "c1/1/0");
    world.apply(Event::Pause { flow_id: None });
    assert_eq!(
        world.with(|env| advance(env, RunKind::Main, Some(Answer::Task(Some("t2".to_owned()))))),
        Next::Suspended
    );
    assert_eq!((world.place().as_str(), world.contact.tags.len()), ("b", 0));
    world.apply(Event::Resume { flow_id: None, from_flow: false, queue_flow: None });
    assert_eq!(world.run().place(), "c");
}

#[test]
fn t2_7_7_pause_and_resume_flows_run_beside_the_main_flow() {
    let mut world = single("Wait", json!({"TimeLimitSeconds": 60}), &["WaitCompleted"], NM);
    let note = |name: &str| step("n", "UpdateContactAttributes", read(&[(name, "$.ContactId")]), "e");
    let flow = |name: &str| with_landings(vec![note(name), terminal("e", "EndFlowExecution", json!({}))]);
    world.flow("pausing", "CONTACT_FLOW", &flow("paused"));
    world.flow("resuming", "CONTACT_FLOW", &flow("resumed"));
    let mut world = world.run();
    world.apply(Event::Pause { flow_id: Some("pausing".to_owned()) });
    let mut world = world.run();
    assert_eq!((world.attributes["paused"].as_str(), world.contact.state), ("c1", State::Paused));
    assert_eq!(world.contact.runs.len(), 1);
    world.apply(Event::Resume { flow_id: Some("resuming".to_owned()), from_flow: false, queue_flow: None });
    let world = world.run();
    assert_eq!((world.attributes["resumed"].as_str(), world.place().as_str()), ("c1", "a"));
    assert_eq!(world.after(60).place(), "=WaitCompleted");
}

#[test]
fn t2_7_9_a_resume_flow_decides_about_the_queue() {
    let resumed = |resuming: &[Value]| {
        let mut world = single("TransferContactToQueue", json!({}), &[], NM);
        world.contact.target_queue = Some(queue("q1").queue);
        world.flow("resuming", "CONTACT_FLOW", resuming);
        let mut world = world.run();
        world.apply(Event::Pause { flow_id: None });
        world.apply(Event::Resume { flow_id: Some("resuming".to_owned()), from_flow: false, queue_flow: None });
        world.run()
    };
    let world = resumed(&with_landings(vec![step("t", "TransferContactToQueue", json!({}), "e")]));
    assert_eq!((world.contact.state, world.contact.runs.len()), (State::Queued, 0));
    let world = resumed(&[terminal("e", "EndFlowExecution", json!({}))]);
    assert_eq!((world.contact.state, world.contact.runs.len()), (State::InFlow, 0));
}

/// tasks 2.7.9, flows 1.12: a resume flow that cannot be entered, or whose content is gone, is as good as none.
#[test]
fn t2_7_9_and_f1_12_a_resume_flow_that_cannot_run_leaves_the_task_in_its_queue() {
    let paused = |break_it: fn(&mut World)| {
        let mut world = single("TransferContactToQueue", json!({}), &[], NM);
        world.contact.target_queue = Some(queue("q1").queue);
        world.flow("resuming", "CONTACT_FLOW", &[terminal("e", "EndFlowExecution", json!({}))]);
        let mut world = world.run();
        break_it(&mut world);
        world.now_ms += 7_000;
        world.apply(Event::Pause { flow_id: None });
        world.now_ms += 7_000;
        world
    };
    let resume = || Event::Resume { flow_id: Some("resuming".to_owned()), from_flow: false, queue_flow: None };
    let broken: [fn(&mut World); 3] = [
        |world| world.flow("resuming", "CUSTOMER_QUEUE", &[terminal("e", "EndFlowExecution", json!({}))]),
        |world| drop(world.flows.remove("resuming")),
        |world| world.contents.clear(),
    ];
    for break_it in broken {
        let mut world = paused(break_it);
        world.apply(resume());
        assert_eq!(world.contact.state, State::InFlow);
        let world = world.run();
        let stay = world.contact.queue.clone().expect("a queue");
        assert_eq!((world.contact.state, stay.enqueued_ms, stay.dequeued_ms), (State::Queued, world.now_ms, None));
        assert_eq!(world.effects.counts.iter().map(|count| count.by).sum::<i64>(), 1, "its place in the queue");
    }
    // Where it was not in a queue before, it does not get into one.
    let mut world = paused(|_| {});
    world.apply(resume());
    let mut world = world.run();
    world.flows.remove("resuming");
    world.now_ms += 1_000;
    world.apply(Event::Pause { flow_id: None });
    world.apply(resume());
    assert_eq!(world.run().contact.state, State::InFlow);
}

/// A run that awaits a function is due when the call must have ended, and then calls again under the same token; an answer
/// lets it go on at once.
#[test]
fn f9_1_a_run_that_awaits_a_function_is_not_due_meanwhile() {
    let parameters = json!({"LambdaFunctionARN": "f", "InvocationTimeLimitSeconds": "3"});
    let mut world = World::new(&with_landings(vec![step("a", "InvokeLambdaFunction", parameters, "x")]));
    world.at_hand = true;
    world.function = Some(json!({"k": "v"}));
    let main = RunKind::Main;
    let ask = |world: &mut World, mut answer: Option<Answer>| loop {
        match world.with(|env| advance(env, main, answer.take())) {
            Next::Ask(ask @ Ask::Function { .. }) => return Some(ask),
            Next::Ask(ask) => answer = Some(world.answer(&ask)),
            Next::More => {}
            Next::Suspended => return None,
        }
    };
    let first = ask(&mut world, None).expect("a call");
    world.contact.set_call_until(main, Some(T0 + 8_000));
    assert_eq!((world.contact.due_ms(), world.contact.ready_run(T0 + 7_999)), (Some(T0 + 8_000), None));
    world.now_ms += 7_999;
    let before = world.contact.clone();
    assert_eq!((ask(&mut world, None), &world.contact), (None, &before), "left alone");
    let mut crashed = world.clone();
    crashed.now_ms += 1;
    assert_eq!(ask(&mut crashed, None), Some(first), "the same token");
    let answer = Answer::Function(world.function.clone());
    assert_eq!(ask(&mut world, Some(answer)), None);
    assert_eq!((world.place().as_str(), world.contact.runs[0].call_until_ms), ("x", None));
}
