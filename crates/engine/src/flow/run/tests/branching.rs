//! Branches (flows 7.3, 4), except waits.

use super::*;

const NM: &[&str] = &["NoMatchingError"];
const NC: &[&str] = &["NoMatchingCondition"];

fn condition(operator: &str, operand: &str, next: &str) -> Value {
    json!({"NextAction": next, "Condition": {"Operator": operator, "Operands": [operand]}})
}

#[test]
fn f4_1_the_first_true_condition_decides() {
    let conditions = [condition("TextStartsWith", "v", "first"), condition("Equals", "vip", "second")];
    let transitions = json!({"NextAction": "next", "Conditions": conditions});
    let compare = json!({"Identifier": "a", "Type": "Compare", "Parameters": {"ComparisonValue": "$.Attributes.t"}, "Transitions": transitions});
    let world = World::new(&with_landings(vec![compare])).with_attribute("t", "vip");
    assert_eq!(world.run().place(), "first");
}

#[test]
fn f4_6_without_true_condition_errors_win_over_next() {
    let compare = |errors: &[&str]| {
        single("Compare", json!({"ComparisonValue": "$.Attributes.t"}), &["a"], errors)
            .with_attribute("t", "b")
            .run()
            .place()
    };
    assert_eq!(compare(&["NoMatchingError", "NoMatchingCondition"]), "NoMatchingCondition");
    assert_eq!(compare(NM), "NoMatchingError", "f4_7");
    assert_eq!(compare(&[]), "next", "f4_7");
}

#[test]
fn f4_7_errors_take_their_entry_then_no_matching_error_then_next() {
    let full = |errors: &[&str]| {
        let mut world = single("TransferContactToQueue", json!({}), &[], errors);
        world.contact.target_queue = Some(queue("q1").queue);
        world.queues.get_mut("q1").unwrap().size = 10;
        world.run().place()
    };
    assert_eq!(full(&["NoMatchingError", "QueueAtCapacity"]), "QueueAtCapacity");
    assert_eq!(full(NM), "NoMatchingError");
    assert_eq!(full(&[]), "next");
    let lost = json!({"Identifier": "a", "Type": "TransferContactToQueue", "Parameters": {}, "Transitions": {}});
    assert_eq!(World::new(&[lost]).run().place(), "ContactFlowDisconnect", "nothing wired: the flow is over");
}

#[test]
fn f7_3_1_compare() {
    let compare = |value: &str| {
        let world = single("Compare", json!({ "ComparisonValue": value }), &["", "vip", "3"], NC);
        let mut world = world.with_attribute("t", "vip").with_attribute("empty", "");
        world.contact.tags.insert("n".to_owned(), "3".to_owned());
        world.run().place()
    };
    assert_eq!(compare("$.Attributes.t"), "=vip");
    assert_eq!(compare("$.Tags['n']"), "=3");
    assert_eq!(compare("$.Attributes.nope"), "NoMatchingCondition", "absent: none is true");
    assert_eq!(compare("$.Attributes.empty"), "=", "there, and empty");
    assert_eq!(compare("$.Attributes"), "NoMatchingCondition");
    let keys = json!({"NextAction": "next", "Conditions": [condition("KeyExists", "t", "has")]});
    let compare = json!({"Identifier": "a", "Type": "Compare", "Parameters": {"ComparisonValue": "$.Attributes"}, "Transitions": keys});
    let world = World::new(&with_landings(vec![compare])).with_attribute("t", "vip");
    assert_eq!(world.run().place(), "has");
}

/// flows 4.4: an operand that is one path is looked up when the action runs; one that leads to nothing makes its condition false.
#[test]
fn f4_4_operands_that_are_paths() {
    let compare = |operator: &str, operand: &str| {
        let transitions = json!({"NextAction": "next", "Conditions": [condition(operator, operand, "yes")],
            "Errors": [{"ErrorType": "NoMatchingCondition", "NextAction": "no"}]});
        let compare = json!({"Identifier": "a", "Type": "Compare", "Parameters": {"ComparisonValue": "$.Attributes.pin"},
            "Transitions": transitions});
        let world = World::new(&with_landings(vec![compare]));
        let world = world.with_attribute("pin", "42").with_attribute("same", "42").with_attribute("start", "4");
        world.with_attribute("empty", "").with_attribute("text", "$.Attributes.same").run().place()
    };
    for (operator, operand, place) in [
        ("Equals", "$.Attributes.same", "yes"),
        ("Equals", "$['Attributes']['same']", "yes"),
        ("Equals", "$.Attributes.start", "no"),
        ("Equals", "$.Attributes.nope", "no"),
        ("Equals", "$.External.pin", "no"),
        ("Equals", "$.Attributes.text", "no"),
        ("TextStartsWith", "$.Attributes.start", "yes"),
        ("TextStartsWith", "$.Attributes.empty", "yes"),
        ("TextContains", "$.Attributes.nope", "no"),
        ("NumberGreaterThan", "$.Attributes.start", "yes"),
        ("NumberLessThan", "$.Attributes.start", "no"),
        ("NumberLessThan", "$.Attributes.nope", "no"),
    ] {
        assert_eq!(compare(operator, operand), place, "{operator} {operand}");
    }
    let keys = json!({"NextAction": "next", "Conditions": [condition("KeyExists", "$.Attributes.key", "yes")]});
    let compare = json!({"Identifier": "a", "Type": "Compare", "Parameters": {"ComparisonValue": "$.Attributes"}, "Transitions": keys});
    let world = World::new(&with_landings(vec![compare])).with_attribute("key", "tier").with_attribute("tier", "gold");
    assert_eq!(world.run().place(), "yes");
    // Of other actions operands are text: an old document may hold one that looks like a path.
    let world = single("Loop", json!({"LoopCount": "1"}), &["$.Attributes.word", "DoneLooping"], &[]);
    assert_eq!(world.with_attribute("word", "ContinueLooping").run().place(), "next");
}

#[test]
fn f7_3_2_hours_by_id_or_of_the_queue() {
    let check = |parameters: Value, target: bool, open: Option<bool>| {
        let mut world = single("CheckHoursOfOperation", parameters, &["True", "False"], NM);
        world.contact.target_queue = target.then(|| queue("q1").queue);
        world.open = open;
        let world = world.run();
        (world.place(), world.asks)
    };
    let q1 = Some(queue("q1").queue);
    let (place, asks) = check(json!({}), true, Some(true));
    assert_eq!((place.as_str(), asks), ("=True", vec![Ask::Hours { hours: None, queue: q1 }]));
    let (place, asks) = check(json!({"HoursOfOperationId": "h"}), false, Some(false));
    assert_eq!((place.as_str(), asks), ("=False", vec![Ask::Hours { hours: Some("h".to_owned()), queue: None }]));
    assert_eq!(check(json!({}), false, Some(true)).0, "NoMatchingError", "no queue");
    assert_eq!(check(json!({"HoursOfOperationId": "$.Attributes.nope"}), true, Some(true)).0, "NoMatchingError");
    assert_eq!(check(json!({"HoursOfOperationId": "h"}), true, None).0, "NoMatchingError", "unknown");
}

fn staff() -> Metrics {
    Metrics {
        queue: Some(("Sales".to_owned(), "arn:q".to_owned())),
        size: 4,
        oldest_ms: 301_500,
        agents: [7, 1, 3, 4, 5, 6, 2],
        wait_s: Some(925),
        position: Some(2),
        contact_wait_s: Some(617),
    }
}

#[test]
fn f7_3_3_check_metric_data() {
    for (metric, operator, operand, place) in [
        ("NumberOfAgentsAvailable", "NumberGreaterThan", "0", "yes"),
        ("NumberOfAgentsAvailable", "NumberGreaterThan", "1", "NoMatchingCondition"),
        ("NumberOfAgentsStaffed", "Equals", "3", "yes"),
        ("NumberOfAgentsOnline", "Equals", "7", "yes"),
        ("NumberOfContactsInQueue", "NumberLessOrEqualTo", "4", "yes"),
        // f7_3_5: milliseconds
        ("OldestContactInQueueAgeSeconds", "NumberGreaterThan", "301499", "yes"),
        ("OldestContactInQueueAgeSeconds", "NumberGreaterThan", "301500", "NoMatchingCondition"),
    ] {
        let wanted = match metric {
            "NumberOfAgentsOnline" => Wanted::Somebody(0),
            "NumberOfAgentsAvailable" => Wanted::Somebody(1),
            "NumberOfAgentsStaffed" => Wanted::Somebody(2),
            _ => Wanted::Contacts,
        };
        let mut check = action(
            "a",
            "CheckMetricData",
            json!({"MetricType": metric}),
            &[],
            &["NoMatchingError", "NoMatchingCondition"],
        );
        check["Transitions"]["Conditions"] = json!([condition(operator, operand, "yes")]);
        let mut world = World::new(&with_landings(vec![check]));
        world.contact.target_queue = Some(queue("q1").queue);
        world.metrics = Some(staff());
        let world = world.run();
        assert_eq!(world.place(), place, "{metric} {operator} {operand}");
        assert_eq!(world.asks, [Ask::Metrics { queue: Some("q1".to_owned()), agent: None, wanted }]);
    }
    let mut world = single("CheckMetricData", json!({"MetricType": "Weather"}), &["4"], NM);
    world.contact.target_queue = Some(queue("q1").queue);
    assert_eq!(world.run().place(), "NoMatchingError");
}

#[test]
fn f7_3_6_metrics_need_a_queue() {
    let check = |parameters: Value, target: Option<QueueRef>, metrics: Option<Metrics>| {
        let mut world = single("CheckMetricData", parameters, &["4"], NM);
        (world.contact.target_queue, world.metrics) = (target, metrics);
        let world = world.run();
        (world.place(), world.asks)
    };
    let size = |with: Value| {
        let mut parameters = json!({"MetricType": "NumberOfContactsInQueue"});
        parameters.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        parameters
    };
    assert_eq!(check(size(json!({})), None, Some(staff())).0, "NoMatchingError");
    assert_eq!(check(size(json!({"QueueId": "$.Attributes.nope"})), None, Some(staff())).0, "NoMatchingError");
    assert_eq!(check(size(json!({"QueueId": "q", "AgentId": "u"})), None, Some(staff())).0, "NoMatchingError");
    assert_eq!(check(size(json!({"QueueId": "q"})), None, None).0, "NoMatchingError", "unknown");
    let (place, asks) = check(size(json!({"AgentId": "u1"})), None, Some(staff()));
    let agent = Ask::Metrics { queue: None, agent: Some("u1".to_owned()), wanted: Wanted::Contacts };
    assert_eq!((place.as_str(), asks), ("=4", vec![agent.clone()]));
    assert_eq!(check(size(json!({})), Some(agent_queue("u1").1.queue), Some(staff())).1, [agent]);
}

#[test]
fn f7_3_7_get_metric_data_fills_metrics() {
    let seen = |parameters: Value, metrics: Option<Metrics>| {
        let names = [
            "Queue.Name",
            "Queue.ARN",
            "Queue.Size",
            "Queue.OldestContactAge",
            "Agents.Online.Count",
            "Agents.Available.Count",
            "Agents.Staffed.Count",
            "Agents.AfterContactWork.Count",
            "Agents.Busy.Count",
            "Agents.Missed.Count",
            "Agents.NonProductive.Count",
            "Queue.EstimatedWaitTime",
            "Contact.PositionInQueue",
            "Contact.EstimatedWaitTime",
        ];
        let text: Vec<String> = names.iter().map(|name| format!("$.Metrics.{name}")).collect();
        let mut world = World::new(&with_landings(vec![
            step("a", "GetMetricData", parameters, "r"),
            step("r", "UpdateContactAttributes", read(&[("seen", &text.join(" "))]), "end"),
        ]));
        world.metrics = metrics;
        world.contact.target_queue = Some(queue("q1").queue);
        let world = world.run();
        world.attributes.get("seen").cloned().unwrap_or_else(|| world.place())
    };
    assert_eq!(seen(json!({}), Some(staff())), "Sales arn:q 4 301 7 1 3 4 5 6 2 925 2 617");
    assert_eq!(seen(json!({"QueueChannel": "task"}), Some(staff())), "Sales arn:q 4 301 7 1 3 4 5 6 2 925 2 617");
    assert_eq!(seen(json!({"QueueChannel": "Voice"}), Some(staff())), "Sales arn:q            ");
    let idle = Metrics { queue: staff().queue, ..Metrics::default() };
    assert_eq!(seen(json!({}), Some(idle)), "Sales arn:q            ");
    assert_eq!(seen(json!({}), None), "NoMatchingError");
    assert_eq!(single("GetMetricData", json!({}), &[], NM).run().place(), "NoMatchingError", "no queue");
}

#[test]
fn f7_3_8_percentages() {
    for (drawn, place) in [
        (1, "3"),
        (3, "3"),
        (4, "6"),
        (9, "6"),
        (10, "8"),
        (17, "8"),
        (18, "NoMatchingCondition"),
        (100, "NoMatchingCondition"),
    ] {
        let mut draw = action("a", "DistributeByPercentage", json!({}), &[], NC);
        let conditions =
            [("4", "3"), ("10", "6"), ("18", "8")].map(|(operand, next)| condition("NumberLessThan", operand, next));
        draw["Transitions"]["Conditions"] = json!(conditions);
        let mut world = World::new(&with_landings(vec![draw]));
        world.percent = drawn;
        assert_eq!(world.run().place(), place, "{drawn}");
    }
}

/// A loop that records its index each time.
fn looping(parameters: Value, errors: &[&str]) -> World {
    let mut repeat = action("a", "Loop", parameters, &["ContinueLooping", "DoneLooping"], errors);
    repeat["Transitions"]["Conditions"][0]["NextAction"] = json!("note");
    World::new(&with_landings(vec![
        repeat,
        step("note", "UpdateContactAttributes", read(&[("seen", "$.Attributes.seen $.Loop.l.Index")]), "a"),
        step("=DoneLooping", "UpdateContactAttributes", read(&[("after", "<$.Loop.l.Index>")]), "w"),
        step("w", "Wait", json!({"TimeLimitSeconds": 5}), "a"),
    ]))
}

#[test]
fn f7_3_9_a_loop_continues_so_often_and_begins_anew() {
    let world = looping(json!({"LoopCount": "3", "LoopName": "l"}), &[]).run();
    assert_eq!((world.attributes["seen"].as_str(), world.attributes["after"].as_str()), (" 0 1 2", "<>"));
    assert!(world.frame().loops.is_empty());
    assert_eq!(world.after(5).attributes["seen"], " 0 1 2 0 1 2");
    let world = looping(json!({"LoopCount": 0}), &[]).run();
    assert!(!world.attributes.contains_key("seen"));
    let world = looping(json!({"LoopCount": "$.Attributes.n"}), &[]).with_attribute("n", "2").run();
    assert_eq!(world.attributes["seen"], "  ", "without name there is no index");
}

#[test]
fn f7_3_10_a_bad_loop_count_is_an_error_or_the_end_of_the_loop() {
    for count in ["$.Attributes.nope", "$.Attributes.n", "101", "-1", "many"] {
        for (errors, place) in [(NM, "NoMatchingError"), (&[] as &[&str], "w")] {
            let world = looping(json!({ "LoopCount": count }), errors).with_attribute("n", "1.5").run();
            assert_eq!(world.place(), place, "{count}");
            assert!(!world.attributes.contains_key("seen"));
        }
    }
}
