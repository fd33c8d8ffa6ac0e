//! Ends (flows 7.5), flows without decision (flows 5), wrap-up modules (tasks 2.12, flows 8.12), whispers, and what means nothing for
//! tasks (flows 7.6).

use super::*;
use crate::contact::PinnedTemplate;

const NM: &[&str] = &["NoMatchingError"];

/// A task in queue q1 with this queue flow.
fn queued(queue_flow: &[Value]) -> World {
    let mut world = single("TransferContactToQueue", json!({}), &[], NM);
    world.contact.target_queue = Some(queue("q1").queue);
    world.queue_flow = Some("waiting".to_owned());
    world.flow("waiting", "CUSTOMER_QUEUE", queue_flow);
    world.run()
}

/// A waiting task that is paused with this flow.
fn paused(pause_flow: &[Value]) -> World {
    let mut world = single("Wait", json!({"TimeLimitSeconds": 600}), &["WaitCompleted"], NM);
    world.flow("pausing", "CONTACT_FLOW", pause_flow);
    let mut world = world.run();
    world.apply(Event::Pause { flow_id: Some("pausing".to_owned()) });
    world.run()
}

#[test]
fn f7_5_1_disconnect_ends_the_contact_in_every_flow() {
    let end = [terminal("d", "DisconnectParticipant", json!({}))];
    assert_eq!(World::new(&end).run().place(), "ContactFlowDisconnect");
    assert_eq!(queued(&end).place(), "ContactFlowDisconnect");
    assert_eq!(paused(&end).place(), "ContactFlowDisconnect");
}

#[test]
fn f7_5_2_end_of_flow_ends_the_contact_only_in_the_main_flow() {
    let end = [terminal("d", "EndFlowExecution", json!({}))];
    assert_eq!(World::new(&end).run().place(), "ContactFlowDisconnect");
    let world = queued(&end);
    assert_eq!((world.contact.state, world.contact.runs.len()), (State::Queued, 0));
    let world = paused(&end);
    assert_eq!((world.contact.state, world.contact.runs.len()), (State::Paused, 1));
}

#[test]
fn f5_2_a_flow_that_runs_out_ends_the_contact() {
    let last = json!({"Identifier": "a", "Type": "TagContact", "Parameters": {"Tags": {"a": "1"}}});
    let world = World::new(&[last]).run();
    assert_eq!((world.place().as_str(), world.contact.tags.len()), ("ContactFlowDisconnect", 1));
}

#[test]
fn f7_5_3_a_pause_flow_may_resume() {
    let world = paused(&with_landings(vec![step("r", "ResumeContact", json!({}), "n")]));
    assert_eq!((world.contact.state, world.place_of(RunKind::Pause).as_str()), (State::InFlow, "n"));
    assert_eq!(single("ResumeContact", json!({}), &[], NM).run().place(), "NoMatchingError", "not paused");
    let mut world = single("Wait", json!({"TimeLimitSeconds": 600}), &["WaitCompleted"], NM);
    world.contact.hooks.insert("ResumeContact".to_owned(), "never".to_owned());
    world.flow("pausing", "CONTACT_FLOW", &with_landings(vec![step("r", "ResumeContact", json!({}), "n")]));
    let mut world = world.run();
    world.apply(Event::Pause { flow_id: Some("pausing".to_owned()) });
    assert!(world.run().contact.runs.iter().all(|run| run.kind != RunKind::Resume), "no second resume flow");
}

#[test]
fn f7_6_what_means_nothing_is_passed_over_or_fails() {
    let errors: &[&str] = &["NoMatchingError", "ChannelMismatch"];
    for (kind, parameters, place) in [
        ("MessageParticipant", json!({"Text": "Hello"}), "next"),
        ("UpdateContactTextToSpeechVoice", json!({}), "next"),
        ("UpdateContactRecordingBehavior", json!({}), "next"),
        ("UpdateContactRecordingAndAnalyticsBehavior", json!({"ScreenRecordingBehavior": {}}), "next"),
        ("UpdateContactRecordingAndAnalyticsBehavior", json!({"VoiceBehavior": {}}), "ChannelMismatch"),
        ("UpdateContactRecordingAndAnalyticsBehavior", json!({"ChatBehavior": {}}), "ChannelMismatch"),
        ("MessageParticipantIteratively", json!({}), "NoMatchingError"),
        ("CreateCallbackContact", json!({}), "NoMatchingError"),
        ("GetParticipantInput", json!({"Text": "1?"}), "NoMatchingError"),
        ("ShowView", json!({}), "NoMatchingError"),
        ("CreateCase", json!({}), "NoMatchingError"),
        ("CreateContact", json!({}), "NoMatchingError"),
    ] {
        assert_eq!(single(kind, parameters, &[], errors).run().place(), place, "{kind}");
    }
    assert_eq!(single("CheckVoiceId", json!({}), &[], &["TimeLimitExceeded"]).run().place(), "TimeLimitExceeded");
    assert_eq!(single("CheckVoiceId", json!({}), &[], &[]).run().place(), "next");
}

#[test]
fn f5_4_in_a_queue_flow_an_unsupported_action_without_branch_ends_the_flow() {
    let world = queued(&with_landings(vec![action("a", "MessageParticipantIteratively", json!({}), &[], &[])]));
    assert_eq!((world.contact.state, world.contact.runs.len()), (State::Queued, 0));
    let world = queued(&with_landings(vec![action("a", "MessageParticipantIteratively", json!({}), &[], NM)]));
    assert_eq!(world.place_of(RunKind::CustomerQueue), "NoMatchingError");
}

/// flows 7.6: prompts in a loop that lead nowhere end their flow; in a module that is an error of its caller (8.7).
#[test]
fn f7_6_prompts_in_a_loop_with_nothing_wired_end_the_flow() {
    let prompts = |transitions: Value| {
        let mut prompts = action("a", "MessageParticipantIteratively", json!({"Messages": [{"Text": "x"}]}), &[], &[]);
        prompts["Transitions"] = transitions;
        prompts
    };
    let interrupted =
        json!([{"NextAction": "n", "Condition": {"Operator": "Equals", "Operands": ["MessagesInterrupted"]}}]);
    for transitions in [json!({}), json!({"Errors": [], "Conditions": []}), json!({"Conditions": interrupted})] {
        let world = queued(&with_landings(vec![prompts(transitions.clone())]));
        assert_eq!((world.contact.state, world.contact.runs.len()), (State::Queued, 0), "{transitions}");
        let mut world = single("InvokeFlowModule", json!({"FlowModuleId": "m"}), &[], NM);
        world.module("m", &with_landings(vec![prompts(transitions)]));
        assert_eq!(world.run().place(), "NoMatchingError");
    }
}

/// flows 7.6: the error branch is that of NoMatchingError, else the first, whatever its name.
#[test]
fn f7_6_the_error_branch_of_what_tasks_cannot_do() {
    for (kind, errors, place) in [
        (
            "UpdateContactCallbackNumber",
            &["InvalidCallbackNumber", "CallbackNumberNotDialable"][..],
            "InvalidCallbackNumber",
        ),
        ("CompleteOutboundCall", &["Rain", "CallFailed"], "Rain"),
        ("CompleteOutboundCall", &["Rain", "NoMatchingError"], "NoMatchingError"),
        (
            "ConnectParticipantWithAgenticCX",
            &["NoMatchingCondition", "InputTimeLimitExceeded", "NoMatchingError"],
            "NoMatchingError",
        ),
        ("ShowView", &["TimeLimitExceeded", "NoMatchingError"], "NoMatchingError"),
        ("GetCustomerProfile", &["MultipleFoundError", "NoneFoundError", "NoMatchingError"], "NoMatchingError"),
        ("StartVoiceIdStream", &[], "next"),
    ] {
        assert_eq!(single(kind, json!({}), &["Escalation"], errors).run().place(), place, "{kind} {errors:?}");
    }
}

/// A task with a wrap-up module whose main flow ends at once.
fn wrapping_up(module: &[Value]) -> World {
    let mut world = World::new(&[terminal("d", "DisconnectParticipant", json!({}))]);
    let wrap_up_flow_id = Some("wrap".to_owned());
    world.contact.template =
        Some(PinnedTemplate { id: "t".to_owned(), version: 1, name: "T".to_owned(), wrap_up_flow_id });
    world.module("wrap", module);
    world
}

#[test]
fn t2_12_4_the_wrap_up_module_runs_before_the_end_whatever_its_result() {
    for (kind, parameters) in [
        ("EndFlowModuleExecution", json!({"Result": "x"})),
        ("EndFlowExecution", json!({})),
        ("DisconnectParticipant", json!({})),
    ] {
        let module =
            [step("n", "UpdateContactAttributes", read(&[("wrapped", "up")]), "e"), terminal("e", kind, parameters)];
        let world = wrapping_up(&with_landings(module.to_vec())).run();
        assert_eq!(
            (world.attributes["wrapped"].as_str(), world.place().as_str()),
            ("up", "ContactFlowDisconnect"),
            "{kind}"
        );
    }
    let world = wrapping_up(&with_landings(vec![step("w", "Wait", json!({"TimeLimitSeconds": 3600}), "e")])).run();
    assert_eq!(world.contact.state, State::WrapUp);
    let world = world.after(299);
    assert_eq!(world.contact.state, State::WrapUp);
    assert_eq!(world.after(1).place(), "ContactFlowDisconnect", "after five minutes nobody waits any longer");
}

#[test]
fn t2_12_5_a_missing_wrap_up_module_is_skipped_and_logged() {
    let mut world = wrapping_up(&[terminal("e", "EndFlowModuleExecution", json!({}))]);
    world.flows.remove("wrap");
    let world = world.run();
    assert_eq!((world.place().as_str(), world.log.len()), ("ContactFlowDisconnect", 1));
}

#[test]
fn f8_12_a_wrap_up_module_has_no_queue_actions() {
    for (kind, parameters) in [
        ("UpdateContactTargetQueue", json!({"QueueId": "q1"})),
        ("TransferContactToQueue", json!({})),
        ("DequeueContactAndTransferToQueue", json!({"QueueId": "q1"})),
    ] {
        let mut world = wrapping_up(&with_landings(vec![action("a", kind, parameters, &[], NM)]));
        world.contact.target_queue = Some(queue("q1").queue);
        assert_eq!(world.run().place_of(RunKind::WrapUp), "NoMatchingError", "{kind}");
    }
    let agent_name = step("a", "UpdateContactAttributes", read(&[("agent", "$.Agent.UserName")]), "e");
    let mut world = wrapping_up(&with_landings(vec![agent_name, terminal("e", "EndFlowModuleExecution", json!({}))]));
    world.flow("main", "CONTACT_FLOW", &[terminal("d", "TransferContactToQueue", json!({}))]);
    world.contact.target_queue = Some(queue("q1").queue);
    let mut world = world.run();
    world.apply(Event::Offer { agent: agent("u1"), until_ms: None });
    world.apply(Event::Accept { user_id: "u1".to_owned() });
    world.apply(Event::AgentEnds { completed: true });
    let world = world.run();
    assert_eq!((world.attributes["agent"].as_str(), world.place().as_str()), ("u1-login", "AgentCompleted"));
}

#[test]
fn f5_5_a_whisper_knows_the_agent_and_cannot_disconnect() {
    let mut world = queued(&[terminal("d", "EndFlowExecution", json!({}))]);
    world.contact.hooks.insert("AgentWhisper".to_owned(), "whisper".to_owned());
    let note = step("a", "UpdateContactAttributes", read(&[("agent", "$.Agent.FirstName $.Agent.UserName")]), "d");
    world.flow(
        "whisper",
        "AGENT_WHISPER",
        &[note, terminal("d", "DisconnectParticipant", json!({})), landing("NoMatchingError"), landing("over")],
    );
    world.apply(Event::Offer { agent: agent("u1"), until_ms: None });
    world.apply(Event::Accept { user_id: "u1".to_owned() });
    let world = world.run();
    assert_eq!((world.attributes["agent"].as_str(), world.contact.state), ("Ada u1-login", State::Connected));
}

/// flows 7.2.12: a switched off whisper does not run; the agent is connected at once.
#[test]
fn f7_2_12_a_whisper_that_is_switched_off() {
    let world = |configuration: Value| {
        let hooks = json!({"EventHooks": {"AgentWhisper": "whisper"}, "EventHooksConfiguration": configuration});
        let mut world = World::new(&with_landings(vec![
            step("h", "UpdateContactEventHooks", hooks, "q"),
            step("q", "UpdateContactTargetQueue", json!({"QueueId": "q1"}), "t"),
            step("t", "TransferContactToQueue", json!({}), "n"),
        ]));
        world.flow(
            "whisper",
            "AGENT_WHISPER",
            &with_landings(vec![step("w", "Wait", json!({"TimeLimitSeconds": 30}), "n")]),
        );
        let mut world = world.run();
        assert_eq!(world.contact.state, State::Queued);
        world.apply(Event::Offer { agent: agent("u1"), until_ms: None });
        world.apply(Event::Accept { user_id: "u1".to_owned() });
        world.run()
    };
    for off in
        [json!({"AgentWhisper": {"DisableExecution": "true"}}), json!({"AgentWhisper": {"DisableExecution": true}})]
    {
        let world = world(off);
        assert_eq!((world.contact.state, world.contact.runs.len()), (State::Connected, 0));
        assert_eq!(world.contact.hooks["AgentWhisper"], "whisper", "the hook itself is kept");
    }
    for on in [
        json!({}),
        json!({"AgentWhisper": {"DisableExecution": "false"}}),
        json!({"CustomerQueue": {"DisableExecution": "true"}}),
    ] {
        let world = world(on);
        assert_eq!((world.contact.state, world.place_of(RunKind::AgentWhisper).as_str()), (State::Offered, "w"));
    }
}

#[test]
fn f9_7_an_end_from_outside_stops_all_runs() {
    let mut world = single("Wait", json!({"TimeLimitSeconds": 60}), &["WaitCompleted"], NM).run();
    world.apply(Event::End { reason: DisconnectReason::Api });
    let world = world.after(60);
    assert_eq!((world.place().as_str(), world.contact.runs.len()), ("Api", 0));
}
