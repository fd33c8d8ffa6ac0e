//! Data actions (flows 7.2) and the flow log (flows 7.4.7, 9.8).

use super::*;

const NM: &[&str] = &["NoMatchingError"];

fn done(kind: &str, parameters: Value) -> World {
    single(kind, parameters, &[], NM).run()
}

#[test]
fn f7_2_1_attributes_are_written_all_or_none() {
    let world = single(
        "UpdateContactAttributes",
        json!({"Attributes": {"a": "1", "$.Name": "$.Attributes.b!", "n": 3}}),
        &[],
        NM,
    );
    let world = world.with_attribute("b", "two").run();
    let expected = [("a", "1"), ("b", "two"), ("Call back", "two!"), ("n", "3")];
    assert_eq!(world.attributes, expected.map(|(key, value)| (key.to_owned(), value.to_owned())).into());
    assert_eq!((world.place().as_str(), world.effects.events.len()), ("next", 2), "begun, and data updated");
    let long = "x".repeat(32_768);
    for attributes in [
        json!({"ok": "1", "a.b": "2"}),
        json!({"ok": "1", "a$": "2"}),
        json!({"ok": "1", "b": long}),
        json!({"ok": {}}),
        json!([]),
    ] {
        let world = done("UpdateContactAttributes", json!({"Attributes": attributes}));
        assert_eq!((world.place().as_str(), world.attributes.len()), ("NoMatchingError", 0));
    }
}

#[test]
fn f3_5_an_absent_attribute_value_is_written_empty() {
    let world = done("UpdateContactAttributes", read(&[("a", "$.Attributes.nope")]));
    assert_eq!((world.place().as_str(), world.attributes["a"].as_str()), ("next", ""));
}

#[test]
fn f7_2_1_related_contacts_get_attributes_too() {
    let related = json!({"Attributes": {"a": "$.Name"}, "TargetContact": "Related"});
    assert_eq!(done("UpdateContactAttributes", related.clone()).place(), "NoMatchingError", "there is none");
    for (written, place) in [(true, "next"), (false, "NoMatchingError")] {
        let mut world = single("UpdateContactAttributes", related.clone(), &[], NM);
        world.contact.related_contact_id = Some("r1".to_owned());
        world.written = written;
        let world = world.run();
        assert_eq!(world.place(), place);
        let attributes: Attributes = [("a".to_owned(), "Call back".to_owned())].into();
        assert_eq!(world.asks, [Ask::WriteAttributes { contact_id: "r1".to_owned(), attributes }]);
        assert!(world.attributes.is_empty());
    }
    let odd = json!({"Attributes": {"a": "1"}, "TargetContact": "Somebody"});
    assert_eq!(done("UpdateContactAttributes", odd).place(), "NoMatchingError");
}

#[test]
fn f7_2_2_flow_attributes_stay_in_the_flow() {
    let set = json!({"FlowAttributes": {"a": {"Type": "String", "Value": "$.Name!"}}});
    let world = World::new(&with_landings(vec![
        step("s", "UpdateFlowAttributes", set, "r"),
        step("r", "UpdateContactAttributes", read(&[("seen", "$.FlowAttributes.a")]), "end"),
    ]));
    let world = world.run();
    assert_eq!(world.attributes, [("seen".to_owned(), "Call back!".to_owned())].into());
    for bad in
        [json!({"a.b": {"Value": "1"}}), json!({"a": {"Value": "x".repeat(32_768)}}), json!({"a": {"Value": {}}})]
    {
        let world = done("UpdateFlowAttributes", json!({"FlowAttributes": bad}));
        assert_eq!((world.place().as_str(), world.frame().flow_attributes.len()), ("NoMatchingError", 0));
    }
}

#[test]
fn f7_2_3_contact_data_changes_the_task() {
    let world = done(
        "UpdateContactData",
        json!({"TargetContact": "Current", "Name": "N $.ContactId", "Description": "D",
        "LanguageCode": "de-DE", "CustomerId": "k1"}),
    );
    assert_eq!((world.place().as_str(), world.contact.name.as_str()), ("next", "N c1"));
    assert_eq!(world.contact.description.as_deref(), Some("D"));
    assert_eq!(world.contact.language_code.as_deref(), Some("de-DE"));
    assert_eq!(world.contact.customer_id.as_deref(), Some("k1"));
    assert_eq!(
        done("UpdateContactData", json!({"TargetContact": "Current", "WisdomSessionArn": "arn"})).place(),
        "next"
    );
    for bad in [
        json!({"TargetContact": "Current", "Name": "N", "VoiceIdSpeakerId": "v"}),
        json!({"TargetContact": "Related", "Name": "N"}),
        json!({"TargetContact": "Current", "Name": "N".repeat(1025)}),
        json!({"TargetContact": "Current", "Name": "N", "Description": "D".repeat(4097)}),
    ] {
        let world = done("UpdateContactData", bad);
        assert_eq!((world.place().as_str(), world.contact.name.as_str()), ("NoMatchingError", "Call back"));
    }
}

/// administration 6.1.4, B145: `region` may be set here.
#[test]
fn b145_contact_data_sets_segment_attributes() {
    let set = |members: Value| {
        let mut world = single("UpdateContactData", json!({"Name": "N", "SegmentAttributes": members}), &[], NM);
        world.contact.segment_attributes = [("zone".to_owned(), "a".to_owned())].into();
        let world = world.with_attribute("where", "north").run();
        (world.place(), world.contact.segment_attributes, world.contact.name, world.asks)
    };
    let (place, found, name, asks) = set(json!({"region": {"ValueString": "far $.Attributes.where"}}));
    assert_eq!((place.as_str(), name.as_str()), ("next", "N"));
    assert_eq!(found, [("region", "far north"), ("zone", "a")].map(|(k, v)| (k.to_owned(), v.to_owned())).into());
    assert_eq!(asks, [Ask::Predefined { names: vec!["region".to_owned()] }]);
    for bad in [
        json!({"other": {"ValueString": "x"}}),
        json!({"region": {"ValueString": "x"}, "other": {"ValueString": "x"}}),
        json!({"region": {"ValueString": "$.Attributes.nope"}}),
        json!({"region": {"ValueInteger": 1}}),
        json!({"region": "x"}),
        json!({"connect:Subtype": {"ValueString": "x"}}),
    ] {
        let (place, found, name, _) = set(bad.clone());
        assert_eq!((place.as_str(), name.as_str(), found.len()), ("NoMatchingError", "Call back", 1), "{bad}");
    }
}

#[test]
fn f7_2_4_hooks_are_set_all_or_none() {
    let hooks = |hooks: Value| {
        let mut world = single("UpdateContactEventHooks", json!({"EventHooks": hooks}), &[], NM);
        world.flow("in", "CONTACT_FLOW", &[landing("x"), landing("over")]);
        world.flow("queue", "CUSTOMER_QUEUE", &[landing("x"), landing("over")]);
        world.flow("whisper", "AGENT_WHISPER", &[landing("x"), landing("over")]);
        let world = world.with_attribute("flow", "in").run();
        (world.place(), world.contact.hooks)
    };
    let (place, set) =
        hooks(json!({"CustomerQueue": "queue", "PauseContact": "$.Attributes.flow", "AgentWhisper": "whisper"}));
    assert_eq!(place, "next");
    let expected = [("AgentWhisper", "whisper"), ("CustomerQueue", "queue"), ("PauseContact", "in")];
    assert_eq!(set, expected.map(|(key, value)| (key.to_owned(), value.to_owned())).into());
    assert_eq!(hooks(json!({})).0, "next", "none is accepted");
    for name in ["CustomerRemaining", "PauseContact", "ResumeContact", "DefaultAgentUI", "DisconnectAgentUI"] {
        assert_eq!(hooks(json!({ name: "in" })).0, "next", "{name}");
        assert_eq!(hooks(json!({ name: "queue" })).0, "NoMatchingError", "{name}");
    }
    // f7_2_5
    for bad in [
        json!({"AgentHold": "in"}),
        json!({"CustomerHold": "in"}),
        json!({"Other": "in"}),
        json!({"CustomerQueue": "in"}),
        json!({"PauseContact": "in", "AgentWhisper": "queue"}),
        json!({"PauseContact": "in", "ResumeContact": "nope"}),
        json!({"PauseContact": "$.Attributes.nope"}),
        json!({"PauseContact": {}}),
    ] {
        let (place, set) = hooks(bad.clone());
        assert_eq!((place.as_str(), set.len()), ("NoMatchingError", 0), "{bad}");
    }
}

/// flows 7.2.12: switches are stored for every hook, and a hook that is set without one is on again.
#[test]
fn f7_2_12_a_hook_that_is_set_again_is_switched_on() {
    let set = |id: &str, hooks: Value, configuration: Value, next: &str| {
        step(
            id,
            "UpdateContactEventHooks",
            json!({"EventHooks": hooks, "EventHooksConfiguration": configuration}),
            next,
        )
    };
    let off = json!({"PauseContact": {"DisableExecution": "true"}, "AgentHold": {"DisableExecution": "true"},
                     "CustomerQueue": {"DisableExecution": "false"}});
    let run = |actions: Vec<Value>| {
        let mut world = World::new(&with_landings(actions));
        world.flow("in", "CONTACT_FLOW", &[landing("x"), landing("over")]);
        let world = world.run();
        (world.place(), world.contact.disabled_hooks.into_iter().collect::<Vec<_>>())
    };
    let first = set("a", json!({"PauseContact": "in"}), off, "b");
    let (place, disabled) = run(vec![first.clone()]);
    assert_eq!((place.as_str(), disabled), ("b", vec!["AgentHold".to_owned(), "PauseContact".to_owned()]));
    let again = set("b", json!({"PauseContact": "in"}), json!({}), "c");
    assert_eq!(run(vec![first.clone(), again]).1, ["AgentHold"]);
    let on = set("b", json!({}), json!({"AgentHold": {"DisableExecution": "false"}}), "c");
    assert_eq!(run(vec![first, on]).1, ["PauseContact"]);
    // What an earlier release published is applied all or nothing.
    for bad in [json!({"Rain": {"DisableExecution": "true"}}), json!({"PauseContact": {}}), json!("x")] {
        let (place, disabled) = run(vec![set("a", json!({"PauseContact": "in"}), bad, "b")]);
        assert_eq!((place.as_str(), disabled.len()), ("NoMatchingError", 0));
    }
}

#[test]
fn f7_2_6_tags_are_at_most_six() {
    let tags = |n: usize| -> Value { (0..n).map(|n| (format!("k{n}"), json!("v"))).collect::<Map<_, _>>().into() };
    for (n, place) in [(6, "next"), (7, "NoMatchingError")] {
        let world = done("TagContact", json!({"Tags": tags(n)}));
        assert_eq!((world.place().as_str(), world.contact.tags.len()), (place, if n == 6 { 6 } else { 0 }));
    }
    for bad in [json!({"ok": "1", "aws:x": "2"}), json!({"": "1"}), json!({"k": "v".repeat(257)}), json!("x")] {
        let world = done("TagContact", json!({"Tags": bad}));
        assert_eq!((world.place().as_str(), world.contact.tags.len()), ("NoMatchingError", 0));
    }
    let world = World::new(&with_landings(vec![
        step("a", "TagContact", json!({"Tags": {"a": "$.Name", "b": "2"}}), "b"),
        step("b", "UntagContact", json!({"TagKeys": ["b", "unknown"]}), "c"),
        step("c", "UntagContact", json!({"TagKeys": ["aws:connect:instanceId"]}), "d"),
    ]));
    let world = world.run();
    assert_eq!(world.contact.tags, [("a".to_owned(), "Call back".to_owned())].into());
    assert_eq!(world.place(), "NoMatchingError");
}

fn create(parameters: Value) -> (World, Option<NewTask>) {
    let mut world = single("CreateTask", parameters, &[], NM);
    world.task = Some("t2".to_owned());
    let world = world.with_attribute("flow", "f1").run();
    let task = world.asks.first().map(|ask| match ask {
        Ask::CreateTask { task, .. } => (**task).clone(),
        other => panic!("{other:?}"),
    });
    (world, task)
}

#[test]
fn f7_2_7_a_task_needs_name_and_flow_or_template() {
    for bad in [
        json!({"Name": "N"}),
        json!({"ContactFlowId": "f"}),
        json!({"Name": "$.Attributes.nope", "ContactFlowId": "f"}),
        json!({"Name": "N", "ContactFlowId": "$.Attributes.nope"}),
        json!({"Name": "N", "ContactFlowId": "f", "Attributes": []}),
        json!({"Name": "N", "ContactFlowId": "f", "References": {"r": {"Type": "URL"}}}),
    ] {
        let (world, task) = create(bad.clone());
        assert_eq!((world.place().as_str(), task), ("NoMatchingError", None), "{bad}");
    }
    let (world, task) = create(json!({"Name": "N $.Name", "ContactFlowId": "$.Attributes.flow"}));
    assert_eq!(world.place(), "next");
    let expected = NewTask { name: "N Call back".to_owned(), flow_id: Some("f1".to_owned()), ..NewTask::default() };
    assert_eq!(task, Some(expected));
}

#[test]
fn f7_2_8_references_have_type_and_value() {
    let references = json!({"a": {"Type": "NUMBER", "Value": 12}, "b": "https://x/$.Attributes.flow"});
    let (_, task) = create(json!({"Name": "N", "TaskTemplateId": "t", "References": references}));
    let expected = [("a", ("NUMBER", "12")), ("b", ("URL", "https://x/f1"))];
    let expected = expected.map(|(name, (kind, value))| (name.to_owned(), (kind.to_owned(), value.to_owned())));
    assert_eq!(task.unwrap().references, expected.into());
}

#[test]
fn f7_2_9_times_must_lie_ahead() {
    for (time, scheduled) in [
        (json!({"DelaySeconds": "1"}), Some(T0 + 1000)),
        (json!({"DelaySeconds": 518_400}), Some(T0 + 518_400_000)),
        (json!({"ScheduledTime": (T0 / 1000 + 60).to_string()}), Some(T0 + 60_000)),
        (json!({"DelaySeconds": "0"}), None),
        (json!({"DelaySeconds": "518401"}), None),
        (json!({"DelaySeconds": "soon"}), None),
        (json!({"ScheduledTime": (T0 / 1000 - 1).to_string()}), None),
        (json!({"ScheduledTime": "99999999999999999999"}), None),
        (json!({"DelaySeconds": "5", "ScheduledTime": "99999999999"}), None),
    ] {
        let mut parameters = json!({"Name": "N", "ContactFlowId": "f"});
        parameters.as_object_mut().unwrap().extend(time.as_object().unwrap().clone());
        let (world, task) = create(parameters);
        assert_eq!(world.place(), if scheduled.is_some() { "next" } else { "NoMatchingError" }, "{time}");
        assert_eq!(task.and_then(|task| task.scheduled_ms), scheduled, "{time}");
    }
    let world = single("CreateTask", json!({"Name": "N", "ContactFlowId": "f"}), &[], NM).run();
    assert_eq!(world.place(), "NoMatchingError", "refused outside");
}

#[test]
fn f7_2_10_the_new_task_is_known_in_the_whole_run() {
    let mut world = World::new(&with_landings(vec![
        step("m", "InvokeFlowModule", json!({"FlowModuleId": "make"}), "r"),
        step("r", "UpdateContactAttributes", read(&[("seen", "$.Task.ContactId")]), "m2"),
        step("m2", "InvokeFlowModule", json!({"FlowModuleId": "look"}), "end"),
    ]));
    let back = || terminal("back", "EndFlowModuleExecution", json!({}));
    world.module(
        "make",
        &with_landings(vec![step("c", "CreateTask", json!({"Name": "N", "ContactFlowId": "f"}), "back"), back()]),
    );
    let look = read(&[("inside", "$.Task.ContactId")]);
    world.module("look", &with_landings(vec![step("l", "UpdateContactAttributes", look, "back"), back()]));
    world.task = Some("t2".to_owned());
    let world = world.run();
    assert_eq!((world.attributes["seen"].as_str(), world.attributes["inside"].as_str()), ("t2", "t2"));
    let [Ask::CreateTask { task, token }] = world.asks.as_slice() else { panic!() };
    assert!(!task.by_disconnect_flow && token.starts_with("c1/1/"));
}

#[test]
fn f7_2_11_links_and_segment_attributes_are_taken() {
    let segment = json!({"connect:ContactExpiry": {"ValueMap": {"ExpiryDuration": {"ValueInteger": 60}}}, "x": {"ValueString": "$.Name"}});
    let (_, task) = create(
        json!({"Name": "N", "ContactFlowId": "f", "RelatedContactId": "$.ContactId", "SegmentAttributes": segment}),
    );
    let task = task.unwrap();
    assert_eq!((task.related_contact_id.as_deref(), task.previous_contact_id), (Some("c1"), None));
    assert_eq!(task.segment_attributes["x"], json!({"ValueString": "Call back"}));
    assert_eq!(task.segment_attributes["connect:ContactExpiry"], segment["connect:ContactExpiry"]);
    let (_, task) = create(json!({"Name": "N", "ContactFlowId": "f", "PreviousContactId": "p"}));
    assert_eq!(task.unwrap().previous_contact_id.as_deref(), Some("p"));
}

#[test]
fn f7_4_7_the_log_has_one_line_for_each_action() {
    let behavior = |on: &str| json!({"FlowLoggingBehavior": on});
    let world = World::new(&with_landings(vec![
        step("silent", "TagContact", json!({"Tags": {"a": "1"}}), "on"),
        step("on", "UpdateFlowLoggingBehavior", behavior("Enabled"), "cmp"),
        action("cmp", "Compare", json!({"ComparisonValue": "$.Name"}), &["Call back"], &["NoMatchingCondition"]),
        step("=Call back", "TagContact", json!({"Tags": {"aws:": "$.Name"}}), "x"),
        step("NoMatchingError", "CheckVoiceId", json!({}), "off"),
        step("off", "UpdateFlowLoggingBehavior", behavior("Disabled"), "silent2"),
        step("silent2", "TagContact", json!({"Tags": {"a": "1"}}), "end"),
    ]));
    // f9_8: the skipped action leaves by its error branch, which leads to itself here; so it is cut off by the limit.
    let world = world.run();
    let lines: Vec<_> = world.log.iter().take(4).map(|line| (line.identifier.as_str(), line.outcome.clone())).collect();
    assert_eq!(
        lines,
        [
            ("on", FlowOutcome::Results(String::new())),
            ("cmp", FlowOutcome::Results("Call back".to_owned())),
            ("=Call back", FlowOutcome::Error("NoMatchingError".to_owned())),
            ("NoMatchingError", FlowOutcome::Error("The action is not supported for tasks.".to_owned())),
        ]
    );
    let line = &world.log[2];
    assert_eq!((line.flow_id.as_str(), line.flow_name.as_str()), ("main", "name of main"));
    assert_eq!((line.module_type.as_str(), line.timestamp_ms), ("TagContact", T0));
    assert_eq!(line.parameters, json!({"Tags": {"aws:": "Call back"}}));
}

#[test]
fn f7_4_7_logging_can_be_switched_off_again() {
    let world = World::new(&with_landings(vec![
        step("on", "UpdateFlowLoggingBehavior", json!({"FlowLoggingBehavior": "Enabled"}), "off"),
        step("off", "UpdateFlowLoggingBehavior", json!({"FlowLoggingBehavior": "Disabled"}), "silent"),
        step("silent", "TagContact", json!({"Tags": {"a": "1"}}), "end"),
    ]));
    let world = world.run();
    let lines: Vec<_> = world.log.iter().map(|line| line.identifier.as_str()).collect();
    assert_eq!((lines.as_slice(), world.contact.flow_logging), (&["on", "off"][..], false));
}
