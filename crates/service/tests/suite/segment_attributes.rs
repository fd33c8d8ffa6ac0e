//! Segment attributes that users set on tasks (administration 6.1.4): what may be set, and what a workload type does in routing.

use serde_json::{Value, json};
use service::Command;
use wire::Op;

use crate::agents::{Team, on_teams};
use crate::bench::NOW;
use crate::worker::{action, flow};

impl Team {
    async fn predefine(&self, name: &str, values: &[&str], validates: bool) {
        let configuration = json!({"EnableValueValidationOnAssociation": validates});
        let mut body = json!({"Values": {"StringList": values}, "AttributeConfiguration": configuration});
        if name.starts_with("connect:") {
            self.bench.send(Op::UpdatePredefinedAttribute, &[&self.bench.instance, name], body).await.ok();
        } else {
            body["Name"] = json!(name);
            self.bench.send(Op::CreatePredefinedAttribute, &[&self.bench.instance], body).await.ok();
        }
    }

    /// The segment attributes of a task, those with a text.
    async fn segment(&self, contact: &str) -> Value {
        let mut all = self.bench.describe(contact).await["SegmentAttributes"].take();
        let all = all.as_object_mut().expect("attributes");
        all.retain(|_, value| value.get("ValueString").is_some());
        all.iter()
            .map(|(name, value)| (name.clone(), value["ValueString"].clone()))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }

    async fn typed(&self, name: &str, workload: &str) -> String {
        let flow = self.bench.flow_named("Sample task flow").await;
        let body =
            json!({"Name": name, "ContactFlowId": flow, "SegmentAttributes": texts(&json!({WORKLOAD: workload}))});
        let id = self.bench.started(body).await;
        self.work().await;
        id
    }
}

const WORKLOAD: &str = "connect:WorkloadType";

/// Segment attributes as requests write them.
fn texts(members: &Value) -> Value {
    let text = |(name, value): (&String, &Value)| (name.clone(), json!({"ValueString": value}));
    members.as_object().expect("members").iter().map(text).collect::<serde_json::Map<_, _>>().into()
}

/// A request of CreateContact.
fn external(instance: &str, members: &Value) -> Value {
    json!({
        "InstanceId": instance, "Channel": "TASK", "InitiationMethod": "API", "Name": "Created",
        "SegmentAttributes": texts(members),
    })
}

/// administration 6.1.4: StartTaskContact, CreateContact and UpdateContact take the attributes of the instance and of the setting.
#[tokio::test]
async fn administration_6_1_4_segment_attributes_are_predefined_and_validated() {
    on_teams(async |mut team| {
        team.predefine("Plan", &["gold", "blue"], true).await;
        team.predefine("Note", &["a"], false).await;
        team.predefine(WORKLOAD, &["Deep", "Quick"], false).await;
        team.bench.now = NOW + 1_000;
        let bench = &team.bench;
        let good = json!({"Plan": "gold", "Note": "anything", "region": "north", WORKLOAD: "Deep"});
        let first = bench.started(json!({"SegmentAttributes": texts(&good)})).await;
        let second = bench.send(Op::CreateContact, &[], external(&bench.instance, &good)).await.ok();
        let second = second["ContactId"].as_str().expect("an id").to_owned();
        for (id, subtype) in [(&first, "connect:Task"), (&second, "connect:ExternalTask")] {
            let mut expected = good.clone();
            expected["connect:Subtype"] = json!(subtype);
            assert_eq!(team.segment(id).await, expected);
        }
        let update = async |members: &Value| {
            bench
                .send(Op::UpdateContact, &[&bench.instance, &first], json!({"SegmentAttributes": texts(members)}))
                .await
        };
        update(&json!({"Plan": "blue", WORKLOAD: "Quick"})).await.ok();
        let shown = team.segment(&first).await;
        assert_eq!(
            (&shown["Plan"], &shown[WORKLOAD], &shown["Note"]),
            (&json!("blue"), &json!("Quick"), &json!("anything"))
        );
        let (ipe, ire) = ("InvalidParameterException", "InvalidRequestException");
        for (members, error, named) in [
            (json!({"Plan": "lead"}), ipe, "SegmentAttributes[\"Plan\"]"),
            (json!({"Plan": "GOLD"}), ipe, "gold"),
            (json!({WORKLOAD: "Slow"}), ipe, "Slow"),
            (json!({WORKLOAD: "connect:Task"}), ipe, WORKLOAD),
            (json!({"plan": "gold"}), ire, "SegmentAttributes[\"plan\"]"),
            (json!({"Other": "x"}), ire, "CreatePredefinedAttribute"),
            (json!({"connect:Language": "de"}), ire, "system"),
            (json!({"connect:Subtype": "connect:Task"}), ire, "system"),
        ] {
            let answers = [
                bench.start(json!({"SegmentAttributes": texts(&members)})).await,
                bench.send(Op::CreateContact, &[], external(&bench.instance, &members)).await,
                update(&members).await,
            ];
            for answer in answers {
                let message = answer.refused(error);
                assert!(message.contains(named), "{members}: {message}");
            }
        }
        // Many names are looked up too, and an attribute that is gone can no longer be set.
        let many: serde_json::Map<_, _> =
            (0..40).map(|n| (format!("x{n}"), json!("y"))).chain([("Plan".to_owned(), json!("gold"))]).collect();
        let message = update(&many.into()).await.refused(ire);
        assert!(message.contains("x0") && !message.contains("Plan"), "{message}");
        bench.get(Op::DeletePredefinedAttribute, &[&bench.instance, "Note"], "").await.ok();
        update(&json!({"Note": "x"})).await.refused(ire);
        assert_eq!(team.segment(&first).await, shown);
    })
    .await;
}

/// administration 6.1.4, 2.6.4: a workload type counts from the next pass, also one that changes while an agent has the task.
#[tokio::test]
async fn administration_6_1_4_a_workload_type_counts_from_the_next_pass() {
    on_teams(async |team| {
        team.predefine(WORKLOAD, &["Deep", "Quick", "Other"], false).await;
        let queue = team.id_of(Op::ListQueues, "QueueSummaryList", "BasicQueue").await;
        let any = json!({"ChannelWorkloadBehaviorType": "ROUTE_CURRENT_CHANNEL_ANY_WORKLOADTYPE_ONLY"});
        let slots = |name: &str| json!({"WorkloadType": name, "Concurrency": 1, "CrossChannelWorkloadBehavior": any});
        let profile = json!({
            "Name": "Typed", "Description": "by type", "DefaultOutboundQueueId": queue,
            "MediaConcurrencies": [{"Channel": "TASK", "WorkloadTypeConcurrencies": [slots("Deep"), slots("Quick")]}],
            "QueueConfigs": [{"QueueReference": {"QueueId": queue, "Channel": "TASK"}, "Priority": 1, "Delay": 0}],
        });
        let profile = team.bench.send(Op::CreateRoutingProfile, &[&team.bench.instance], profile).await.ok();
        let ada = team.user("ada", json!({"RoutingProfileId": profile["RoutingProfileId"]})).await;
        team.put(&ada, "Available").await;
        let (first, second) = (team.typed("First", "Deep").await, team.typed("Second", "Deep").await);
        team.has(&ada, &first, "CONNECTING").await;
        team.command(&ada, &first, Command::Accept).await;
        assert_eq!(team.state(&second).await, "QUEUED");
        let retype = async |contact: &str, workload: &str| {
            let body = json!({"SegmentAttributes": texts(&json!({WORKLOAD: workload}))});
            team.bench.send(Op::UpdateContact, &[&team.bench.instance, contact], body).await.ok();
            team.work().await;
        };
        retype(&second, "Quick").await;
        assert_eq!(team.state(&second).await, "OFFERED", "a task that waits");
        let third = team.typed("Third", "Deep").await;
        assert_eq!(team.state(&third).await, "QUEUED");
        retype(&first, "Other").await;
        assert_eq!(team.state(&third).await, "OFFERED", "a task that the agent has");
        assert_eq!(team.entries(&ada).await.len(), 3);
    })
    .await;
}

/// flows 7.2.11, B145: flows set them on new tasks and on their own; what is not predefined takes the error branch.
#[tokio::test]
async fn b145_and_administration_6_1_4_flows_set_segment_attributes() {
    on_teams(async |team| {
        team.predefine("Plan", &["gold"], true).await;
        team.predefine(WORKLOAD, &["Deep"], false).await;
        let bench = &team.bench;
        let target =
            flow(bench, "Target", vec![action("t", "TagContact", &json!({"Tags": {"a": "b"}}), "end", "end")]).await;
        let set = |name: &str, value: &str| json!({"SegmentAttributes": texts(&json!({name: value}))});
        let create = |segment: Value| json!({"Name": "Made", "ContactFlowId": target, "SegmentAttributes": segment});
        let note = |id: &str, key: &str, value: &str, next: &str| {
            action(id, "UpdateContactAttributes", &json!({"Attributes": {key: value}}), next, "end")
        };
        let actions = vec![
            action("plan", "UpdateContactData", &set("Plan", "$.Attributes.plan"), "type", "end"),
            action("type", "UpdateContactData", &set(WORKLOAD, "Deep"), "bad", "end"),
            action("bad", "UpdateContactData", &set("Plan", "lead"), "end", "wrong"),
            note("wrong", "refused", "value", "make"),
            action("make", "CreateTask", &create(texts(&json!({WORKLOAD: "Deep", "Plan": "gold"}))), "seen", "end"),
            note("seen", "made", "$.Task.ContactId", "again"),
            action("again", "CreateTask", &create(texts(&json!({WORKLOAD: "Slow"}))), "end", "last"),
            note("last", "second", "refused", "end"),
        ];
        let setting = flow(bench, "Setting", actions).await;
        let id = bench.started(json!({"ContactFlowId": setting, "Attributes": {"plan": "gold"}})).await;
        for _ in 0..5 {
            team.work().await;
        }
        let attributes = bench.attributes(&id).await;
        assert_eq!(
            (&attributes["refused"], &attributes["second"]),
            (&json!("value"), &json!("refused")),
            "{attributes}"
        );
        let expected = json!({"Plan": "gold", WORKLOAD: "Deep", "connect:Subtype": "connect:Task"});
        assert_eq!(team.segment(&id).await, expected);
        assert_eq!(team.segment(attributes["made"].as_str().expect("an id")).await, expected);
    })
    .await;
}
