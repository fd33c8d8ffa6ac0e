//! Exact texts: events (tasks 4.1), the record (4.2), answers (2.2, 2.14.4, 2.14.8, 2.15).

use serde_json::{Value, json};

use super::*;
use wire::shapes::ReferenceType;

const INSTANCE: &str = "arn:aws:connect:eu-central-1:111122223333:instance/11111111-0000-4000-8000-000000000001";

fn arn(rest: &str) -> String {
    format!("{INSTANCE}/{rest}")
}

/// Tags of the task of `whole_life`, as answers and records write them.
fn tags() -> Value {
    json!({"aws:connect:instanceId": "11111111-0000-4000-8000-000000000001", "team": "blue"})
}

/// Its `connect:ContactExpiry`, as answers and records write it.
fn expiry() -> Value {
    json!({"ValueMap": {
        "ExpiryDuration": {"ValueInteger": 10080},
        "ExpiryTimeStamp": {"ValueString": "2026-03-09T10:15:00.000Z"},
    }})
}

/// The agent's part of that task's record.
fn agent_of_record() -> Value {
    json!({
        "ARN": arn("agent/u1"),
        "Username": "u1-name",
        "RoutingProfile": {"ARN": arn("routing-profile/profile"), "Name": "Basic Routing Profile"},
        "ConnectedToAgentTimestamp": "2026-03-02T10:15:04Z",
        "AgentInteractionDuration": 110,
        "AgentPauseDuration": 5,
        "AfterContactWorkStartTimestamp": "2026-03-02T10:16:59Z",
        "AfterContactWorkEndTimestamp": "2026-03-02T10:17:48Z",
        "AfterContactWorkDuration": 48,
        "NumberOfHolds": 0,
        "CustomerHoldDuration": 0,
        "LongestHoldDuration": 0,
        "HierarchyGroups": null,
    })
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// administration 6.3.3: record, event and description name the agent's groups at the connection.
#[test]
fn administration_6_3_3_hierarchy_groups() {
    let mut life = whole_life();
    let stay = life.contact.agent.as_mut().expect("an agent");
    stay.agent.hierarchy = vec![("g1".to_owned(), "Berlin".to_owned()), ("g2".to_owned(), "Night".to_owned())];
    let contact = &life.contact;
    let record = parsed(&record(contact, &Attributes::new(), scope()));
    assert_eq!(
        record["Agent"]["HierarchyGroups"],
        json!({
            "Level1": {"ARN": arn("agent-group/g1"), "GroupName": "Berlin"},
            "Level2": {"ARN": arn("agent-group/g2"), "GroupName": "Night"},
        })
    );
    let shown: Value = serde_json::from_str(&wire::to_stored(&contact.describe(&Attributes::new(), scope()))).unwrap();
    let groups = json!({"Level1": {"Arn": arn("agent-group/g1")}, "Level2": {"Arn": arn("agent-group/g2")}});
    assert_eq!(shown["AgentInfo"]["HierarchyGroups"], groups);
}

/// A task through its whole lifecycle: scheduled, queued, paused at its agent, ended, closed.
fn whole_life() -> Life {
    let mut life = Life::scheduled();
    let contact = &mut life.contact;
    contact.initial_contact_id = Some("c0".to_owned());
    contact.previous_contact_id = Some("p1".to_owned());
    contact.related_contact_id = Some("r1".to_owned());
    contact.description = Some("Wants money".to_owned());
    contact.tags.insert("team".to_owned(), "blue".to_owned());
    contact.template = Some(template("t1", None));
    let reference = |kind, value: &str| Reference { kind, value: value.to_owned() };
    contact.references = BTreeMap::from([
        ("Site".to_owned(), reference(ReferenceKind::Url, "https://example.com")),
        ("Amount".to_owned(), reference(ReferenceKind::Number, "12.50")),
    ]);
    let life = life.after(60 * MINUTE).then(Event::Start).after(310).then(Event::FlowBegan);
    let life = life.after(92).then(enqueue("q1")).after(1598).then(offer("u1")).after(2000).then(accept("u1"));
    let life = life.after(10_000).then(PAUSE).after(5500).then(RESUME);
    let life = life.after(100_000).then(Event::AgentEnds { completed: true });
    life.after(48_996).then(Event::CloseAcw)
}

/// tasks 4.1.6: the sequence of a task's events.
#[test]
fn t4_1_6_sequence() {
    let expected = [
        "INITIATED",
        "CONNECTED_TO_SYSTEM",
        "QUEUED",
        "CONNECTED_TO_AGENT",
        "PAUSED",
        "RESUMED",
        "DISCONNECTED",
        "COMPLETED",
    ];
    let life = whole_life();
    assert_eq!(life.events(), expected);
    let numbers: Vec<_> = life.effects.events.iter().map(|event| event.sequence).collect();
    assert_eq!(numbers, (0..8).collect::<Vec<_>>());
}

/// tasks 4.1.2, 4.1.3: the first event of a plain task, to the letter: order of members, nothing without value.
#[test]
fn t4_1_2_first_event() {
    let life = Life::new();
    let event = &life.effects.events[0];
    assert_eq!((event.sequence, event.contact_id.as_str(), event.time_ms), (0, "c1", T0));
    let expected = format!(
        r#"{{"version":"0","id":"e1","detail-type":"Amazon Connect Contact Event","source":"aws.connect","account":"111122223333","time":"2026-03-02T09:15:00Z","region":"eu-central-1","resources":["{INSTANCE}/contact/c1","{INSTANCE}"],"detail":{{"eventType":"INITIATED","contactId":"c1","channel":"TASK","instanceArn":"{INSTANCE}","initiationMethod":"API","initiationTimestamp":"2026-03-02T09:15:00.000Z","segmentAttributes":{{"connect:ContactExpiry":{{"valueMap":{{"ExpiryDuration":{{"valueInteger":10080}},"ExpiryTimeStamp":{{"valueString":"2026-03-09T09:15:00.000Z"}}}}}},"connect:Subtype":{{"valueString":"connect:Task"}}}},"tags":{{"aws:connect:instanceId":"11111111-0000-4000-8000-000000000001"}}}}}}"#
    );
    assert_eq!(envelope(event, "e1", scope()), expected);
}

/// tasks 4.1.2, 4.1.5, 4.1.8: the last event has everything, after-contact work included.
#[test]
fn t4_1_2_last_event() {
    let life = whole_life();
    let detail = parsed(&life.effects.events[7].detail);
    let expected = json!({
        "eventType": "COMPLETED",
        "contactId": "c1",
        "initialContactId": "c0",
        "previousContactId": "p1",
        "relatedContactId": "r1",
        "channel": "TASK",
        "instanceArn": INSTANCE,
        "initiationMethod": "API",
        "initiationTimestamp": "2026-03-02T09:15:00.000Z",
        "scheduledTimestamp": "2026-03-02T10:15:00.000Z",
        "connectedToSystemTimestamp": "2026-03-02T10:15:00.310Z",
        "disconnectTimestamp": "2026-03-02T10:16:59.500Z",
        "disconnectReason": "AGENT_COMPLETED",
        "taskTemplateVersion": 3,
        "queueInfo": {
            "queueArn": arn("queue/q1"),
            "queueType": "STANDARD",
            "enqueueTimestamp": "2026-03-02T10:15:00.402Z",
        },
        "agentInfo": {
            "agentArn": arn("agent/u1"),
            "connectedToAgentTimestamp": "2026-03-02T10:15:04.000Z",
            "agentInitiatedHoldDuration": 0,
            "afterContactWorkStartTimestamp": "2026-03-02T10:16:59.500Z",
            "afterContactWorkEndTimestamp": "2026-03-02T10:17:48.496Z",
            "afterContactWorkDuration": 48,
        },
        "segmentAttributes": {
            "connect:ContactExpiry": {"valueMap": {
                "ExpiryDuration": {"valueInteger": 10080},
                "ExpiryTimeStamp": {"valueString": "2026-03-09T10:15:00.000Z"},
            }},
            "connect:Subtype": {"valueString": "connect:Task"},
        },
        "tags": {"aws:connect:instanceId": "11111111-0000-4000-8000-000000000001", "team": "blue"},
    });
    assert_eq!(detail, expected);
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&detail), names(&expected), "in this order");
    let disconnected = parsed(&life.effects.events[6].detail);
    assert_eq!(disconnected["agentInfo"].get("afterContactWorkStartTimestamp"), None);
    let updated = Life::new().then(Event::AttributesWritten);
    let updated = parsed(&updated.effects.events[1].detail);
    assert_eq!(updated["updatedProperties"], json!(["UserDefinedAttributes"]));
}

/// tasks 4.1.8: without agent no after-contact work is reported; 4.1.5, 1.2: an agent queue.
#[test]
fn t4_1_8_without_agent() {
    let own = QueueRef { id: "u1".to_owned(), name: "Ada".to_owned(), agent: true };
    let life = Life::new().then(Event::Enqueue { queue: own, queue_flow: None }).then(end(DisconnectReason::Api));
    let detail = parsed(&life.effects.events[3].detail);
    assert_eq!(detail["eventType"], "COMPLETED");
    assert_eq!(detail.get("agentInfo"), None);
    assert_eq!(detail["queueInfo"]["queueType"], "AGENT");
    assert_eq!(detail["queueInfo"]["queueArn"], arn("queue/agent/u1"));
}

/// An id or name that needs escaping does not break the envelope.
#[test]
fn envelope_is_json() {
    let mut life = Life::new();
    life.contact.tags.insert("k".to_owned(), "a\"b\\c\u{1}".to_owned());
    let life = life.then(Event::AttributesWritten);
    let event = parsed(&envelope(&life.effects.events[1], "e\"1", scope()));
    assert_eq!((&event["id"], &event["detail"]["tags"]["k"]), (&json!("e\"1"), &json!("a\"b\\c\u{1}")));
}

/// tasks 4.2.2 to 4.2.6: the record of a whole lifecycle.
#[test]
fn t4_2_record() {
    let mut life = whole_life();
    life.contact.next_contact_ids.push("n1".to_owned());
    let attributes = Attributes::from([("tier".to_owned(), "vip".to_owned())]);
    let actual = parsed(&record(&life.contact, &attributes, scope()));
    let expected = json!({
        "AWSAccountId": "111122223333",
        "AWSContactTraceRecordFormatVersion": "2017-03-10",
        "InstanceARN": INSTANCE,
        "ContactId": "c1",
        "InitialContactId": "c0",
        "PreviousContactId": "p1",
        "NextContactId": "n1",
        "RelatedContactId": "r1",
        "ContactAssociationId": "c1",
        "Channel": "TASK",
        "InitiationMethod": "API",
        "InitiationTimestamp": "2026-03-02T09:15:00Z",
        "ScheduledTimestamp": "2026-03-02T10:15:00Z",
        "ConnectedToSystemTimestamp": "2026-03-02T10:15:00Z",
        "DisconnectTimestamp": "2026-03-02T10:16:59Z",
        "DisconnectReason": "AGENT_COMPLETED",
        "LastUpdateTimestamp": "2026-03-02T10:17:48Z",
        "LastPausedTimestamp": "2026-03-02T10:15:14Z",
        "LastResumedTimestamp": "2026-03-02T10:15:19Z",
        "TotalPauseCount": 1,
        "TotalPauseDurationInSeconds": 5,
        "TransferCompletedTimestamp": null,
        "Queue": {
            "ARN": arn("queue/q1"),
            "Name": "q1 queue",
            "EnqueueTimestamp": "2026-03-02T10:15:00Z",
            "DequeueTimestamp": "2026-03-02T10:15:04Z",
            "Duration": 3,
        },
        "Agent": agent_of_record(),
        "AgentConnectionAttempts": 1,
        "RoutingCriteria": null,
        "TaskTemplateInfo": {"Arn": arn("task-template/t1"), "Name": "Refund"},
        "TaskTemplateVersion": 3,
        "ContactDetails": {"Name": "Call back", "Description": "Wants money"},
        "References": [
            {"Name": "Amount", "Type": "NUMBER", "Value": "12.50"},
            {"Name": "Site", "Type": "URL", "Value": "https://example.com"},
        ],
        "Attributes": {"tier": "vip"},
        "SegmentAttributes": {
            "connect:ContactExpiry": expiry(),
            "connect:Subtype": {"ValueString": "connect:Task"},
        },
        "Tags": tags(),
    });
    assert_eq!(actual, expected);
}

/// tasks 4.2.2, 4.2.4, 4.2.5: what never happened is null, and no member is missing.
#[test]
fn t4_2_nulls() {
    let full = parsed(&record(&whole_life().contact, &Attributes::new(), scope()));
    let life = Life::new().then(end(DisconnectReason::Api));
    let bare = parsed(&record(&life.contact, &Attributes::new(), scope()));
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&bare), names(&full));
    let nulls: Vec<_> = bare.as_object().unwrap().iter().filter(|(_, value)| value.is_null()).map(|(n, _)| n).collect();
    let expected = [
        "InitialContactId",
        "PreviousContactId",
        "NextContactId",
        "RelatedContactId",
        "ScheduledTimestamp",
        "ConnectedToSystemTimestamp",
        "LastPausedTimestamp",
        "LastResumedTimestamp",
        "TransferCompletedTimestamp",
        "Queue",
        "Agent",
        "RoutingCriteria",
        "TaskTemplateInfo",
        "TaskTemplateVersion",
    ];
    assert_eq!(nulls, expected);
    let external = Life::external().then(Event::CompleteAtOnce);
    let external = parsed(&record(&external.contact, &Attributes::new(), scope()));
    assert_eq!(external["DisconnectReason"], Value::Null, "tasks 2.5.3");
    assert_eq!(external["SegmentAttributes"]["connect:Subtype"]["ValueString"], "connect:ExternalTask");
}

/// tasks 2.2, 2.2.1, 2.2.3, 2.2.4: the answer of DescribeContact for a whole lifecycle.
#[test]
fn t2_2_describe() {
    let mut life = whole_life();
    life.contact.created_by_user = Some(arn("agent/u9"));
    life.contact.self_assigned = true;
    life.contact.segment_attributes.insert("own".to_owned(), "value".to_owned());
    life.contact.routing.priority = 2;
    life.contact.routing.age_adjustment_s = -60;
    let attributes = Attributes::from([("tier".to_owned(), "vip".to_owned())]);
    let actual = parsed(&wire::to_stored(&life.contact.describe(&attributes, scope())));
    let from_t0 = |ms: i64| {
        let mut w = wire::JsonWriter::new();
        wire::Timestamp(T0 + ms).write(&mut w);
        parsed(&w.into_text())
    };
    let expected = json!({
        "Arn": arn("contact/c1"),
        "Id": "c1",
        "InitialContactId": "c0",
        "PreviousContactId": "p1",
        "ContactAssociationId": "c1",
        "InitiationMethod": "API",
        "Name": "Call back",
        "Description": "Wants money",
        "Channel": "TASK",
        "QueueInfo": {"Id": "q1", "EnqueueTimestamp": from_t0(3_600_402)},
        "AgentInfo": {
            "Id": "u1",
            "ConnectedToAgentTimestamp": from_t0(3_604_000),
            "AgentPauseDurationInSeconds": 5,
            "AfterContactWorkDuration": 48,
            "AfterContactWorkStartTimestamp": from_t0(3_719_500),
            "AfterContactWorkEndTimestamp": from_t0(3_768_496),
        },
        "InitiationTimestamp": from_t0(0),
        "DisconnectTimestamp": from_t0(3_719_500),
        "LastUpdateTimestamp": from_t0(3_768_496),
        "LastPausedTimestamp": from_t0(3_614_000),
        "LastResumedTimestamp": from_t0(3_619_500),
        "TotalPauseCount": 1,
        "TotalPauseDurationInSeconds": 5,
        "ScheduledTimestamp": from_t0(3_600_000),
        "RelatedContactId": "r1",
        "QueueTimeAdjustmentSeconds": -60,
        "QueuePriority": 2,
        "Tags": tags(),
        "ConnectedToSystemTimestamp": from_t0(3_600_310),
        "SegmentAttributes": {
            "connect:AssignmentType": {"ValueString": "SELF"},
            "connect:ContactExpiry": expiry(),
            "connect:CreatedByUser": {"ValueString": arn("agent/u9")},
            "connect:Subtype": {"ValueString": "connect:Task"},
            "own": {"ValueString": "value"},
        },
        "DisconnectReason": "AGENT_COMPLETED",
        "TaskTemplateInfo": {"Arn": arn("task-template/t1"), "Name": "Refund"},
        "ContactDetails": {"Name": "Call back", "Description": "Wants money"},
        "Attributes": {"tier": "vip"},
    });
    assert_eq!(actual, expected);
}

/// tasks 2.2.1, 2.2.2: a fresh task: nothing without value, no references.
#[test]
fn t2_2_1_describe_fresh() {
    let mut life = Life::new();
    let reference = Reference { kind: ReferenceKind::Url, value: "https://example.com".to_owned() };
    life.contact.references.insert("Site".to_owned(), reference);
    let actual = parsed(&wire::to_stored(&life.contact.describe(&Attributes::new(), scope())));
    let names: Vec<_> = actual.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "Arn",
        "Id",
        "ContactAssociationId",
        "InitiationMethod",
        "Name",
        "Channel",
        "InitiationTimestamp",
        "LastUpdateTimestamp",
        "TotalPauseCount",
        "QueueTimeAdjustmentSeconds",
        "QueuePriority",
        "Tags",
        "SegmentAttributes",
        "ContactDetails",
    ];
    assert_eq!(names, expected);
    assert_eq!((&actual["QueuePriority"], &actual["TotalPauseCount"]), (&json!(5), &json!(0)));
}

/// tasks 2.2: the pause time is reported of completed contacts only; 2.2.1: routing criteria, next contacts.
#[test]
fn t2_2_1_describe_more() {
    let describe = |life: &Life| parsed(&wire::to_stored(&life.contact.describe(&Attributes::new(), scope())));
    for state in State::ALL {
        let told = describe(&Life::in_state(state)).get("TotalPauseDurationInSeconds").is_some();
        assert_eq!(told, state == State::Completed, "{state:?}");
    }
    let criteria = r#"{"Steps":[{"Expiry":{"DurationInSeconds":30}},{"Expression":{"AttributeCondition":{"Name":"Language","Value":"de","ProficiencyLevel":3,"ComparisonOperator":"NumberGreaterOrEqualTo"}}}]}"#;
    let route = Event::Route { priority: None, age_adjustment_s: None, criteria: Some(criteria.to_owned()) };
    let life = Life::new().then(route);
    let told = &describe(&life)["RoutingCriteria"];
    assert_eq!((told.get("ActivationTimestamp"), &told["Steps"][0]["Status"]), (None, &json!("INACTIVE")));
    let told = &describe(&life.then(enqueue("q1")))["RoutingCriteria"];
    assert_eq!(told["ActivationTimestamp"], json!(T0 / 1000));
    assert_eq!((&told["Index"], &told["Steps"][0]["Status"]), (&json!(0), &json!("ACTIVE")));
    assert_eq!(told["Steps"][0]["Expiry"]["DurationInSeconds"], 30);
    assert_eq!(told["Steps"][1]["Expression"]["AttributeCondition"]["Name"], "Language");

    let told = &describe(&Life::new().then(transfer()))["NextContacts"];
    assert_eq!(told[0]["NextContactMetadata"]["QuickConnectContactData"]["ContactId"], "new-1");
    assert_eq!(describe(&Life::new()).get("NextContacts"), None);
}

/// tasks 2.14.4: references by name, only the types asked for.
#[test]
fn t2_14_4_references() {
    let mut life = Life::new();
    for (name, kind) in [
        ("f", ReferenceKind::Url),
        ("e", ReferenceKind::Number),
        ("d", ReferenceKind::String),
        ("c", ReferenceKind::Date),
        ("b", ReferenceKind::Email),
        ("a", ReferenceKind::Attachment),
    ] {
        life.contact.references.insert(name.to_owned(), Reference { kind, value: "v".to_owned() });
    }
    let list = |types: &[ReferenceType]| {
        let list = life.contact.references_list(types);
        list.iter().map(|summary| parsed(&wire::to_stored(summary))).collect::<Vec<_>>()
    };
    let all = [
        ReferenceType::Url,
        ReferenceType::Number,
        ReferenceType::String,
        ReferenceType::Date,
        ReferenceType::Email,
        ReferenceType::Attachment,
    ];
    let of = |name: &str| json!({"Name": name, "Value": "v"});
    let expected = [
        json!({"Attachment": {"Name": "a", "Value": "v", "Status": "AVAILABLE"}}),
        json!({"Email": of("b")}),
        json!({"Date": of("c")}),
        json!({"String": of("d")}),
        json!({"Number": of("e")}),
        json!({"Url": of("f")}),
    ];
    assert_eq!(list(&all), expected);
    assert_eq!(list(&[ReferenceType::Url, ReferenceType::Date]), [expected[2].clone(), expected[5].clone()]);
    assert_eq!(list(&[ReferenceType::EmailMessage, ReferenceType::VoicemailAnalysis]), [] as [Value; 0]);
}

/// tasks 2.15, 2.14.8: the entries of searches and of trees.
#[test]
fn t2_15_summaries() {
    let life = whole_life();
    let search = parsed(&wire::to_stored(&life.contact.search_summary(scope())));
    let names: Vec<_> = search.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "Arn",
        "Id",
        "InitialContactId",
        "PreviousContactId",
        "InitiationMethod",
        "Channel",
        "QueueInfo",
        "AgentInfo",
        "InitiationTimestamp",
        "DisconnectTimestamp",
        "ScheduledTimestamp",
        "SegmentAttributes",
        "Name",
        "Tags",
    ];
    assert_eq!(names, expected);
    assert_eq!((&search["QueueInfo"]["Id"], &search["AgentInfo"]["Id"]), (&json!("q1"), &json!("u1")));
    let tree = parsed(&wire::to_stored(&life.contact.associated_summary(scope())));
    let expected = json!({
        "ContactId": "c1",
        "ContactArn": arn("contact/c1"),
        "InitiationTimestamp": T0 / 1000,
        "DisconnectTimestamp": search["DisconnectTimestamp"],
        "InitialContactId": "c0",
        "PreviousContactId": "p1",
        "RelatedContactId": "r1",
        "InitiationMethod": "API",
        "Channel": "TASK",
    });
    assert_eq!(tree, expected);
}
