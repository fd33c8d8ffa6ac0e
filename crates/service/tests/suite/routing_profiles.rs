//! Routing profiles (administration 2.6, 1.3.4).

use serde_json::{Value, json};
use service::Limits;
use store::Kind;
use wire::Op;

use crate::bench::{Answer, Bench, NOW, on_each_engine};

/// A bench with two more queues and a user.
struct Team {
    bench: Bench,
    basic: String,
    queues: Vec<String>,
    user: String,
}

impl Team {
    async fn new(bench: Bench, queues: usize) -> Self {
        let find = async |kind, name| {
            let found = bench.service.store().resource_named(&bench.instance, kind, name).await;
            found.expect("a read").expect("a row").id
        };
        let (basic, hours) = (find(Kind::Queue, "BasicQueue").await, find(Kind::HoursOfOperation, "Basic Hours").await);
        let mut made = Vec::new();
        for n in 0..queues {
            let body = json!({"Name": format!("Queue {n}"), "HoursOfOperationId": hours});
            let queue = bench.send(Op::CreateQueue, &[&bench.instance], body).await.ok();
            made.push(queue["QueueId"].as_str().expect("an id").to_owned());
        }
        let security = find(Kind::SecurityProfile, "Agent").await;
        let routing = find(Kind::RoutingProfile, "Basic Routing Profile").await;
        let body = json!({"Username": "ada", "SecurityProfileIds": [security], "RoutingProfileId": routing});
        let user = bench.send(Op::CreateUser, &[&bench.instance], body).await.ok();
        let user = user["UserId"].as_str().expect("an id").to_owned();
        Self { bench, basic, queues: made, user }
    }

    /// A good request for CreateRoutingProfile.
    fn profile(&self, name: &str) -> Value {
        json!({
            "Name": name, "Description": "d", "DefaultOutboundQueueId": self.basic,
            "MediaConcurrencies": [{"Channel": "TASK", "Concurrency": 2}],
        })
    }

    async fn create(&self, body: Value) -> Answer {
        self.bench.send(Op::CreateRoutingProfile, &[&self.bench.instance], body).await
    }

    async fn created(&self, body: Value) -> String {
        self.create(body).await.ok()["RoutingProfileId"].as_str().expect("an id").to_owned()
    }

    async fn describe(&self, id: &str) -> Value {
        let answer = self.bench.get(Op::DescribeRoutingProfile, &[&self.bench.instance, id], "").await.ok();
        answer["RoutingProfile"].clone()
    }

    async fn send(&self, op: Op, id: &str, body: Value) -> Answer {
        self.bench.send(op, &[&self.bench.instance, id], body).await
    }

    async fn default_profile(&self) -> String {
        let store = self.bench.service.store();
        let found = store.resource_named(&self.bench.instance, Kind::RoutingProfile, "Basic Routing Profile").await;
        found.expect("a read").expect("the default profile").id
    }

    /// Each pair as `number of the queue/channel/priority/delay`.
    async fn pairs(&self, id: &str) -> Vec<String> {
        let answer = self.bench.get(Op::ListRoutingProfileQueues, &[&self.bench.instance, id], "").await.ok();
        let list = answer["RoutingProfileQueueConfigSummaryList"].as_array().expect("a list").clone();
        let number = |pair: &Value| self.queues.iter().position(|queue| pair["QueueId"] == **queue);
        let text = |pair: &Value| {
            let number = number(pair).map_or("basic".to_owned(), |n| n.to_string());
            format!("{number}/{}/{}/{}", pair["Channel"].as_str().expect("a channel"), pair["Priority"], pair["Delay"])
        };
        list.iter().map(text).collect()
    }
}

fn config(queue: &str, channel: &str, priority: i32, delay: i32) -> Value {
    json!({"QueueReference": {"QueueId": queue, "Channel": channel}, "Priority": priority, "Delay": delay})
}

fn manual(queue: &str, channel: &str) -> Value {
    json!({"QueueReference": {"QueueId": queue, "Channel": channel}})
}

fn reference(queue: &str, channel: &str) -> Value {
    json!({"QueueId": queue, "Channel": channel})
}

/// administration 2.6.1, 2.6.2, 2.6.5, 2.6.6, 2.6.8, 2.6.9
#[tokio::test]
async fn administration_2_6_9_a_profile_is_described_with_counts_and_defaults() {
    on_each_engine(Limits::default(), async |bench| {
        let team = Team::new(bench, 2).await;
        let (a, b) = (&team.queues[0], &team.queues[1]);
        let arn = format!("arn:aws:connect:us-east-1:123456789012:instance/{}/queue/{b}", team.bench.instance);
        let mut body = team.profile("Refunds");
        body["QueueConfigs"] =
            json!([config(b, "TASK", 2, 9), config(a, "TASK", 1, 0), config(&arn, "EMAIL", 9, 9999)]);
        body["ManualAssignmentQueueConfigs"] = json!([manual(a, "VOICE"), manual(a, "TASK")]);
        body["Tags"] = json!({"team": "blue"});
        let created = team.create(body).await.ok();
        let id = created["RoutingProfileId"].as_str().expect("an id");
        let shown = team.describe(created["RoutingProfileArn"].as_str().expect("an ARN")).await;
        assert_eq!(
            shown,
            json!({
                "InstanceId": team.bench.instance, "Name": "Refunds", "RoutingProfileArn": created["RoutingProfileArn"],
                "RoutingProfileId": id, "Description": "d", "DefaultOutboundQueueId": team.basic,
                "MediaConcurrencies": [{
                    "Channel": "TASK", "Concurrency": 2,
                    "CrossChannelBehavior": {"BehaviorType": "ROUTE_CURRENT_CHANNEL_ONLY"},
                }],
                "Tags": {"team": "blue"}, "NumberOfAssociatedQueues": 3,
                "NumberOfAssociatedManualAssignmentQueues": 2, "NumberOfAssociatedUsers": 0,
                "AgentAvailabilityTimer": "TIME_SINCE_LAST_ACTIVITY", "LastModifiedTime": NOW / 1000,
                "LastModifiedRegion": "us-east-1", "IsDefault": false, "AssociatedQueueIds": [b, a],
                "AssociatedManualAssignmentQueueIds": [a],
            })
        );
        assert_eq!(team.pairs(id).await, ["1/TASK/2/9", "0/TASK/1/0", "1/EMAIL/9/9999"], "in order of association");
        let list =
            team.bench.get(Op::ListRoutingProfileManualAssignmentQueues, &[&team.bench.instance, id], "").await.ok();
        let first = &list["RoutingProfileManualAssignmentQueueConfigSummaryList"][0];
        assert_eq!(first["QueueName"], "Queue 0");
        assert_eq!((&first["QueueId"], &first["Channel"]), (&json!(a), &json!("VOICE")));
        assert_eq!(first.as_object().map(serde_json::Map::len), Some(4), "no priority, no delay: {first}");
        let basic = team.describe(&team.default_profile().await).await;
        assert_eq!(
            (&basic["NumberOfAssociatedQueues"], &basic["AssociatedQueueIds"]),
            (&json!(3), &json!([team.basic]))
        );
        assert_eq!(
            (&basic["NumberOfAssociatedUsers"], &basic["IsDefault"]),
            (&json!(1), &json!(true)),
            "{}",
            team.user
        );
        team.create(team.profile("Refunds")).await.refused("DuplicateResourceException");
    })
    .await;
}

/// administration 2.6.5, 2.6.7, 1.3.2, 1.2.3, 1.2.5
#[tokio::test]
async fn administration_2_6_7_pairs_are_associated_changed_and_disassociated() {
    on_each_engine(Limits::default(), async |bench| {
        let mut team = Team::new(bench, 3).await;
        let id = team.created(team.profile("P")).await;
        let [a, b, c] = [0, 1, 2].map(|n| team.queues[n].clone());
        let body = json!({
            "QueueConfigs": [config(&a, "TASK", 1, 0), config(&b, "TASK", 2, 0)],
            "ManualAssignmentQueueConfigs": [manual(&a, "TASK")],
        });
        team.bench.now = NOW + 1_000;
        team.send(Op::AssociateRoutingProfileQueues, &id, body).await.ok();
        let body = json!({"QueueConfigs": [config(&c, "CHAT", 3, 1)]});
        team.send(Op::AssociateRoutingProfileQueues, &id, body).await.ok();
        let body = json!({"QueueConfigs": [config(&b, "TASK", 5, 77)]});
        team.send(Op::UpdateRoutingProfileQueues, &id, body.clone()).await.ok();
        assert_eq!(team.pairs(&id).await, ["0/TASK/1/0", "1/TASK/5/77", "2/CHAT/3/1"], "each keeps its place");
        team.bench.now = NOW + 2_000;
        team.send(Op::UpdateRoutingProfileQueues, &id, body).await.ok();
        let gone = json!({"QueueReferences": [reference(&a, "CHAT")], "ManualAssignmentQueueReferences": [reference(&b, "TASK")]});
        team.send(Op::DisassociateRoutingProfileQueues, &id, gone).await.ok();
        let shown = team.describe(&id).await;
        assert_eq!(shown["LastModifiedTime"], json!(NOW / 1000 + 1), "administration 1.2.3: nothing changed");
        assert_eq!(shown["NumberOfAssociatedManualAssignmentQueues"], 1, "the sets are two");
        let gone = json!({"QueueReferences": [reference(&a, "TASK"), reference(&a, "TASK")]});
        team.send(Op::DisassociateRoutingProfileQueues, &id, gone).await.ok();
        let shown = team.describe(&id).await;
        assert_eq!(shown["LastModifiedTime"], json!(NOW / 1000 + 2));
        assert_eq!((&shown["NumberOfAssociatedQueues"], &shown["AssociatedQueueIds"]), (&json!(2), &json!([b, c])));
        team.send(Op::AssociateRoutingProfileQueues, &id, json!({"QueueConfigs": [config(&a, "TASK", 1, 0)]})).await.ok();
        assert_eq!(team.pairs(&id).await, ["1/TASK/5/77", "2/CHAT/3/1", "0/TASK/1/0"]);
        // Pages, with the owner's times on each.
        let labels = [team.bench.instance.as_str(), id.as_str()];
        let first = team.bench.get(Op::ListRoutingProfileQueues, &labels, "maxResults=2").await.ok();
        assert_eq!(first["LastModifiedTime"], json!(NOW / 1000 + 2));
        assert_eq!(first["LastModifiedRegion"], "us-east-1");
        let token = format!("maxResults=2&nextToken={}", first["NextToken"].as_str().expect("a token"));
        let second = team.bench.get(Op::ListRoutingProfileQueues, &labels, &token).await.ok();
        let list = second["RoutingProfileQueueConfigSummaryList"].as_array().expect("a list");
        assert_eq!((list.len(), &list[0]["QueueId"], second.get("NextToken")), (1, &json!(a), None));
        let other = team.default_profile().await;
        let refused = team.bench.get(Op::ListRoutingProfileQueues, &[labels[0], &other], &token).await;
        refused.refused("InvalidParameterException");
    })
    .await;
}

/// administration 2.6.8, 1.1.4
#[tokio::test]
async fn administration_2_6_8_members_are_replaced() {
    on_each_engine(Limits::default(), async |bench| {
        let team = Team::new(bench, 1).await;
        let id = team.created(team.profile("P")).await;
        for (op, body) in [
            (Op::UpdateRoutingProfileName, json!({"Name": "Q"})),
            (Op::UpdateRoutingProfileName, json!({"Description": "new words"})),
            (Op::UpdateRoutingProfileDefaultOutboundQueue, json!({"DefaultOutboundQueueId": team.queues[0]})),
            (Op::UpdateRoutingProfileAgentAvailabilityTimer, json!({"AgentAvailabilityTimer": "TIME_SINCE_LAST_INBOUND"})),
            (
                Op::UpdateRoutingProfileConcurrency,
                json!({"MediaConcurrencies": [
                    {"Channel": "CHAT", "Concurrency": 3, "CrossChannelBehavior": {"BehaviorType": "ROUTE_ANY_CHANNEL"}},
                ]}),
            ),
        ] {
            team.send(op, &id, body).await.ok();
        }
        let shown = team.describe(&id).await;
        assert_eq!((&shown["Name"], &shown["Description"]), (&json!("Q"), &json!("new words")));
        assert_eq!(shown["DefaultOutboundQueueId"], *team.queues[0]);
        assert_eq!(shown["AgentAvailabilityTimer"], "TIME_SINCE_LAST_INBOUND");
        let chat = json!([{"Channel": "CHAT", "Concurrency": 3, "CrossChannelBehavior": {"BehaviorType": "ROUTE_ANY_CHANNEL"}}]);
        assert_eq!(shown["MediaConcurrencies"], chat, "all channels are replaced");
        let links = team.bench.service.store().links_of(&team.bench.instance, Kind::RoutingProfile, &id).await;
        let links = links.expect("a read");
        assert_eq!(links.iter().map(|link| &*link.to_id).collect::<Vec<_>>(), [&*team.queues[0]]);
    })
    .await;
}

/// administration 2.6.3, 6.1.2, A37
#[tokio::test]
async fn administration_6_1_2_a_workload_type_in_use_stays_a_value() {
    on_each_engine(Limits::default(), async |bench| {
        let team = Team::new(bench, 0).await;
        let values = async |values: &[&str]| {
            let body = json!({"Values": {"StringList": values}});
            team.send(Op::UpdatePredefinedAttribute, "connect:WorkloadType", body).await
        };
        values(&["Claims", "Refunds"]).await.ok();
        let entry = |name: &str, slots: i32| json!({"WorkloadType": name, "Concurrency": slots});
        let media = |types: Value| json!([{"Channel": "TASK", "WorkloadTypeConcurrencies": types}]);
        let mut body = team.profile("P");
        body["MediaConcurrencies"] = media(json!([entry("Plumbing", 1)]));
        let message = team.create(body.clone()).await.refused("InvalidRequestException");
        assert!(message.contains("WorkloadTypeConcurrencies[0].WorkloadType \"Plumbing\""), "{message}");
        body["MediaConcurrencies"] = media(json!([entry("Claims", 2), entry("connect:Task", 3)]));
        let id = team.created(body).await;
        let shown = &team.describe(&id).await["MediaConcurrencies"][0];
        let only = json!({"ChannelWorkloadBehaviorType": "ROUTE_CURRENT_CHANNEL_CURRENT_WORKLOADTYPE_ONLY"});
        assert_eq!(shown["WorkloadTypeConcurrencies"][1]["CrossChannelWorkloadBehavior"], only);
        let message = values(&["Refunds"]).await.refused("InvalidRequestException");
        assert!(message.contains("\"Claims\"") && message.contains(&id), "{message}");
        values(&["Refunds", "Claims", "More"]).await.ok();
        let body = json!({"MediaConcurrencies": media(json!([entry("Refunds", 1)]))});
        team.send(Op::UpdateRoutingProfileConcurrency, &id, body.clone()).await.ok();
        values(&["Refunds"]).await.ok();
        let modified = team.describe(&id).await["LastModifiedTime"].clone();
        team.send(Op::UpdateRoutingProfileConcurrency, &id, body).await.ok();
        assert_eq!(team.describe(&id).await["LastModifiedTime"], modified);
        values(&[]).await.refused("InvalidRequestException");
        team.send(Op::DeleteRoutingProfile, &id, json!({})).await.ok();
        values(&[]).await.ok();
    })
    .await;
}

/// A refused request: operation, body, exception, what the message names.
type Row<'a> = (Op, Value, &'static str, Vec<&'a str>);

const IPE: &str = "InvalidParameterException";
const IRE: &str = "InvalidRequestException";
const RNF: &str = "ResourceNotFoundException";

/// administration A34 to A38
fn bad_concurrencies(team: &Team) -> Vec<Row<'_>> {
    let with = |media: Value| {
        let mut body = team.profile("Other");
        body["MediaConcurrencies"] = media;
        body
    };
    let one = |channel: &str, slots: i32| json!({"Channel": channel, "Concurrency": slots});
    let entry = |name: &str, slots: i32| json!({"WorkloadType": name, "Concurrency": slots});
    let types = |channel: &str, types: Vec<Value>| json!([{"Channel": channel, "WorkloadTypeConcurrencies": types}]);
    let mut both = types("TASK", vec![entry("connect:Task", 1)]);
    both[0]["Concurrency"] = json!(1);
    let six = (0..6).map(|n| entry(&format!("t{n}"), 1)).collect();
    let slots = "MediaConcurrencies[0].Concurrency";
    let rows = [
        (json!([one("VOICE", 2)]), IPE, vec![slots]), // A34
        (json!([one("TASK", 11)]), IPE, vec![slots]),
        (json!([one("TASK", 1), one("TASK", 1)]), IPE, vec!["MediaConcurrencies"]), // A35
        (json!([]), IPE, vec!["MediaConcurrencies"]),
        (both, IRE, vec!["Concurrency", "WorkloadTypeConcurrencies"]), // A36
        (json!([{"Channel": "TASK"}]), IRE, vec!["Concurrency", "WorkloadTypeConcurrencies"]),
        (types("CHAT", vec![entry("connect:Task", 1)]), IRE, vec!["Channel", "CHAT"]), // A37
        (types("TASK", vec![entry("t", 1)]), IRE, vec!["WorkloadType"]),
        (types("TASK", vec![entry("a", 6), entry("b", 5)]), IPE, vec!["WorkloadTypeConcurrencies"]), // A38
        (types("TASK", six), IPE, vec!["WorkloadTypeConcurrencies"]),
    ];
    rows.into_iter().map(|(media, error, named)| (Op::CreateRoutingProfile, with(media), error, named)).collect()
}

/// administration A31 to A33, A42
fn bad_creates(team: &Team) -> Vec<Row<'_>> {
    let (queue, user) = (team.queues[0].as_str(), team.user.as_str());
    let configs = |n: usize| json!(vec![config(queue, "TASK", 1, 0); n]);
    let id = "QueueConfigs[0].QueueReference.QueueId";
    let rows = [
        ("Description", json!(""), IPE, vec!["Description"]), // A31
        ("QueueConfigs", configs(11), IPE, vec!["QueueConfigs", "10"]), // A32
        ("QueueConfigs", configs(2), IPE, vec!["QueueConfigs[1].QueueReference"]), // A33
        ("DefaultOutboundQueueId", json!("nowhere"), RNF, vec!["DefaultOutboundQueueId", "nowhere"]), // A42
        ("QueueConfigs", json!([config(user, "TASK", 1, 0)]), RNF, vec![id, user]),
    ];
    let row = |(member, value, error, named): (&str, Value, &'static str, Vec<_>)| {
        let mut body = team.profile("Other");
        body[member] = value;
        (Op::CreateRoutingProfile, body, error, named)
    };
    rows.into_iter().map(row).collect()
}

/// administration A33, A39 to A42, 1.1.6
fn bad_changes(team: &Team) -> Vec<Row<'_>> {
    let (queue, user) = (team.queues[0].as_str(), team.user.as_str());
    let (associate, disassociate) = (Op::AssociateRoutingProfileQueues, Op::DisassociateRoutingProfileQueues);
    let (name, outbound) = (Op::UpdateRoutingProfileName, Op::UpdateRoutingProfileDefaultOutboundQueue);
    let configs = |queue: &str, channel: &str| json!({"QueueConfigs": [config(queue, channel, 1, 0)]});
    let too_many = json!({"QueueReferences": vec![reference(queue, "TASK"); 11]});
    let pair = "QueueConfigs[0].QueueReference";
    vec![
        (associate, configs(queue, "TASK"), IPE, vec![pair, queue]), // A33
        (Op::UpdateRoutingProfileQueues, configs(queue, "CHAT"), IRE, vec![pair]), // A39
        (associate, json!({}), IRE, vec!["QueueConfigs", "ManualAssignmentQueueConfigs"]), // A40
        (disassociate, json!({}), IRE, vec!["QueueReferences", "ManualAssignmentQueueReferences"]),
        (disassociate, too_many, IPE, vec!["QueueReferences", "10"]), // A41
        (outbound, json!({"DefaultOutboundQueueId": user}), RNF, vec!["DefaultOutboundQueueId", user]), // A42
        (name, json!({}), IRE, vec!["Name", "Description"]),
        (name, json!({"Description": ""}), IPE, vec!["Description"]),
        (associate, configs("nowhere", "TASK"), RNF, vec!["QueueConfigs[0].QueueReference.QueueId", "nowhere"]),
    ]
}

/// administration A31 to A42, 1.1.1, 1.1.2
#[tokio::test]
async fn administration_a31_to_a42_bad_requests_are_refused() {
    on_each_engine(Limits::default(), async |bench| {
        let team = Team::new(bench, 1).await;
        let mut body = team.profile("P");
        body["QueueConfigs"] = json!([config(&team.queues[0], "TASK", 1, 0)]);
        let id = team.created(body).await;
        let before = team.describe(&id).await;
        let rows = [bad_creates(&team), bad_concurrencies(&team), bad_changes(&team)];
        for (op, body, error, named) in rows.into_iter().flatten() {
            let labels = [team.bench.instance.as_str(), &id];
            let labels = if op == Op::CreateRoutingProfile { &labels[..1] } else { &labels[..] };
            let message = team.bench.send(op, labels, body.clone()).await.refused(error);
            assert!(named.iter().all(|name| message.contains(name)), "{} {body}: {message}", op.name());
        }
        assert_eq!(team.describe(&id).await, before);
        let unknown = json!({"QueueConfigs": [config("nowhere", "TASK", 1, 0)]});
        let message = team.send(Op::AssociateRoutingProfileQueues, "absent", unknown).await.refused(RNF);
        assert!(message.contains("RoutingProfileId") && message.contains("nowhere"), "1.1.1: {message}");
    })
    .await;
}

/// administration A43, A44, 1.3.3
#[tokio::test]
async fn administration_a43_and_a44_profiles_in_use_stay_and_pairs_are_bounded() {
    let limits = Limits { queues_per_routing_profile: 3, routing_profiles_per_instance: 3, ..Limits::default() };
    on_each_engine(limits, async |bench| {
        let team = Team::new(bench, 2).await;
        let basic = team.default_profile().await;
        let refused = team.send(Op::DeleteRoutingProfile, &basic, json!({})).await;
        let message = refused.refused("ResourceInUseException");
        assert!(message.contains(&team.user), "{message}");
        assert_eq!((&refused.body["ResourceType"], &refused.body["ResourceId"]), (&json!("USER"), &json!(team.user)));
        team.send(Op::DeleteUser, &team.user, json!({})).await.ok();
        let message = team.send(Op::DeleteRoutingProfile, &basic, json!({})).await.refused("InvalidRequestException");
        assert!(message.contains("IsDefault"), "{message}");
        let id = team.created(team.profile("P")).await;
        let (a, b) = (&team.queues[0], &team.queues[1]);
        let three = json!([config(a, "TASK", 1, 0), config(a, "CHAT", 1, 0), config(b, "TASK", 1, 0)]);
        team.send(Op::AssociateRoutingProfileQueues, &id, json!({"QueueConfigs": three})).await.ok();
        let one = json!({"QueueConfigs": [config(b, "CHAT", 1, 0)]});
        let message = team.send(Op::AssociateRoutingProfileQueues, &id, one).await.refused("InvalidRequestException");
        assert!(message.contains("at most 3"), "{message}");
        let manual_one = json!({"ManualAssignmentQueueConfigs": [manual(b, "CHAT")]});
        team.send(Op::AssociateRoutingProfileQueues, &id, manual_one).await.ok(); // counted by themselves
        team.created(team.profile("Q")).await;
        team.create(team.profile("R")).await.refused("LimitExceededException");
        team.send(Op::DeleteRoutingProfile, &id, json!({})).await.ok();
        team.send(Op::DeleteRoutingProfile, &id, json!({})).await.refused("ResourceNotFoundException");
        team.created(team.profile("R")).await;
    })
    .await;
}
