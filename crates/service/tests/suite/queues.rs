//! Changes and deletes of queues, their quick connects, and the e-mail addresses that do not exist (administration 2.4).

use serde_json::{Value, json};
use service::Limits;
use store::Kind;
use wire::Op;

use crate::bench::{Answer, Bench, NOW, on_each_engine};

const IPE: &str = "InvalidParameterException";
const IRE: &str = "InvalidRequestException";
const RNF: &str = "ResourceNotFoundException";
const RIU: &str = "ResourceInUseException";

impl Bench {
    async fn queue(&self, op: Op, id: &str, body: Value) -> Answer {
        self.send(op, &[&self.instance, id], body).await
    }

    async fn named(&self, kind: Kind, name: &str) -> String {
        let found = self.service.store().resource_named(&self.instance, kind, name).await;
        found.expect("a read").expect("it is there").id
    }

    async fn new_queue(&self, name: &str) -> String {
        let hours = self.named(Kind::HoursOfOperation, "Basic Hours").await;
        let body = json!({"Name": name, "Description": "as made", "HoursOfOperationId": hours, "MaxContacts": 7});
        let made = self.send(Op::CreateQueue, &[&self.instance], body).await.ok();
        made["QueueId"].as_str().expect("an id").to_owned()
    }

    async fn shown_queue(&self, id: &str) -> Value {
        self.queue(Op::DescribeQueue, id, json!({})).await.ok()["Queue"].clone()
    }

    async fn new_quick_connect(&self, name: &str) -> String {
        let config = json!({"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+441632960000"}});
        let body = json!({"Name": name, "QuickConnectConfig": config});
        let made = self.send(Op::CreateQuickConnect, &[&self.instance], body).await.ok();
        made["QuickConnectId"].as_str().expect("an id").to_owned()
    }

    /// The names of a queue's quick connects, page by page.
    async fn offered(&self, queue: &str, size: usize) -> Vec<String> {
        let (mut names, mut query) = (Vec::new(), format!("maxResults={size}"));
        loop {
            let page = self.get(Op::ListQueueQuickConnects, &[&self.instance, queue], &query).await.ok();
            assert!(page["LastModifiedTime"].is_number() && page["LastModifiedRegion"] == "us-east-1");
            let list = page["QuickConnectSummaryList"].as_array().expect("a list").clone();
            names.extend(list.iter().map(|one| one["Name"].as_str().expect("a name").to_owned()));
            match page["NextToken"].as_str() {
                Some(token) => query = format!("maxResults={size}&nextToken={token}"),
                None => return names,
            }
        }
    }
}

/// administration 2.4.2, 2.4.3, 2.4.4, 1.1.4, 1.1.5
#[tokio::test]
async fn administration_2_4_2_and_2_4_3_each_member_of_a_queue_changes() {
    on_each_engine(Limits::default(), async |mut bench| {
        let id = bench.new_queue("Returns").await;
        let hours = json!({"Name": "Other", "TimeZone": "UTC", "Config": []});
        let hours =
            bench.send(Op::CreateHoursOfOperation, &[&bench.instance], hours).await.ok()["HoursOfOperationId"].clone();
        let flow = bench.flow_named("Default outbound").await;
        bench.now = NOW + 5_000;
        let caller = json!({"OutboundCallerIdName": "Shop", "OutboundFlowId": flow});
        for (op, body, member, expected) in [
            (Op::UpdateQueueName, json!({"Name": "Refunds", "Description": ""}), "Description", Value::Null),
            (Op::UpdateQueueName, json!({"Description": "again"}), "Name", json!("Refunds")),
            (Op::UpdateQueueMaxContacts, json!({"MaxContacts": 0}), "MaxContacts", json!(0)),
            (Op::UpdateQueueMaxContacts, json!({}), "MaxContacts", Value::Null),
            (Op::UpdateQueueStatus, json!({"Status": "DISABLED"}), "Status", json!("DISABLED")),
            (
                Op::UpdateQueueHoursOfOperation,
                json!({"HoursOfOperationId": hours}),
                "HoursOfOperationId",
                hours.clone(),
            ),
            (
                Op::UpdateQueueOutboundCallerConfig,
                json!({"OutboundCallerConfig": caller}),
                "OutboundCallerConfig",
                caller.clone(),
            ),
            (
                Op::UpdateQueueOutboundCallerConfig,
                json!({"OutboundCallerConfig": {}}),
                "OutboundCallerConfig",
                json!({}),
            ),
        ] {
            bench.queue(op, &id, body.clone()).await.ok();
            let shown = bench.shown_queue(&id).await;
            assert_eq!(shown.get(member).cloned().unwrap_or_default(), expected, "{op} {body}");
            assert_eq!(shown["LastModifiedTime"].as_f64(), Some((NOW + 5_000) as f64 / 1e3));
        }
        let links = bench.service.store().links_of(&bench.instance, Kind::Queue, &id).await.expect("a read");
        assert!(links.len() == 1 && json!(links[0].to_id) == hours, "{links:?}");
        let before = bench.shown_queue(&id).await;
        bench.now = NOW + 9_000;
        bench.queue(Op::UpdateQueueStatus, &id, json!({"Status": "DISABLED"})).await.ok();
        assert_eq!(bench.shown_queue(&id).await, before, "administration 1.2.3: nothing changed");
    })
    .await;
}

/// administration 2.4.5, 1.3.2, A23
#[tokio::test]
async fn administration_2_4_5_quick_connects_of_a_queue() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.new_queue("Returns").await;
        let mut ids = Vec::new();
        for name in ["c", "a", "b", "d"] {
            ids.push(bench.new_quick_connect(name).await);
        }
        let body = |ids: &[&String]| json!({"QuickConnectIds": ids});
        let (associate, disassociate) = (Op::AssociateQueueQuickConnects, Op::DisassociateQueueQuickConnects);
        bench.queue(associate, &id, body(&[&ids[0], &ids[1], &ids[0]])).await.ok();
        bench.queue(associate, &id, body(&[&ids[2], &ids[1]])).await.ok();
        assert_eq!(bench.offered(&id, 2).await, ["c", "a", "b"], "administration 1.2.5: in order of association");
        let unknown = json!({"QuickConnectIds": [ids[3], "nowhere", ids[0], "nothing", ids[1]]});
        for op in [associate, disassociate] {
            let message = bench.queue(op, &id, unknown.clone()).await.refused(RNF);
            for name in ["QuickConnectIds[1]", "nowhere", "QuickConnectIds[3]", "nothing"] {
                assert!(message.contains(name), "A23: {message}");
            }
        }
        assert_eq!(bench.offered(&id, 100).await, ["c", "a", "b"], "A23: nothing changed");
        bench.queue(disassociate, &id, body(&[&ids[0], &ids[3]])).await.ok();
        bench.queue(associate, &id, body(&[&ids[0]])).await.ok();
        assert_eq!(bench.offered(&id, 1).await, ["a", "b", "c"]);
        let none = bench.queue(Op::ListQueueEmailAddresses, &id, json!({})).await.ok();
        assert_eq!(none["EmailAddressMetadataList"], json!([]), "administration 2.4.6");
        bench.queue(Op::DisassociateQueueEmailAddresses, &id, json!({"EmailAddressesId": ["x"]})).await.ok();
        bench.queue(Op::UpdateQueueOutboundEmailConfig, &id, json!({"OutboundEmailConfig": {}})).await.ok();
    })
    .await;
}

/// Requests that must be refused: the rule, the operation, the queue, the body, the exception, and what its message names.
type Case<'a> = (&'a str, Op, &'a str, Value, &'a str, &'a [&'a str]);

async fn refuses(bench: &Bench, cases: Vec<Case<'_>>) {
    for (case, op, queue, body, error, names) in cases {
        let message = bench.queue(op, queue, body.clone()).await.refused(error);
        assert!(names.iter().all(|name| message.contains(name)), "{case} {body}: {message}");
    }
}

/// administration A18, A19, A20, A21, 2.4.4
#[tokio::test]
async fn administration_a18_to_a21_what_a_queue_may_not_become() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.new_queue("Returns").await;
        let caller = |flow: &str| json!({"OutboundCallerConfig": {"OutboundFlowId": flow}});
        let (name, taken) = (Op::UpdateQueueName, json!({"Name": "BasicQueue"}));
        let (hours, nowhere) = (Op::UpdateQueueHoursOfOperation, json!({"HoursOfOperationId": "never"}));
        let outbound = Op::UpdateQueueOutboundCallerConfig;
        let before = bench.shown_queue(&id).await;
        let cases: Vec<Case<'_>> = vec![
            ("A18", name, &id, json!({}), IRE, &["Name", "Description"]),
            ("A18", name, &id, taken, "DuplicateResourceException", &["Name", "BasicQueue"]),
            ("A19", Op::UpdateQueueMaxContacts, &id, json!({"MaxContacts": -1}), IPE, &["MaxContacts"]),
            ("A19", Op::UpdateQueueStatus, &id, json!({"Status": "OFF"}), IPE, &["Status"]),
            ("A20", hours, &id, nowhere, RNF, &["HoursOfOperationId", "never"]),
            ("A21", outbound, &id, caller(""), IPE, &["OutboundCallerConfig.OutboundFlowId"]),
            ("A21", outbound, &id, caller(&bench.flow), IRE, &["OutboundCallerConfig.OutboundFlowId", "CONTACT_FLOW"]),
        ];
        refuses(&bench, cases).await;
        assert_eq!(bench.shown_queue(&id).await, before);
    })
    .await;
}

/// administration A22, A24
#[tokio::test]
async fn administration_a22_and_a24_how_many_quick_connects() {
    let limits = Limits { quick_connects_per_queue: 2, ..Limits::default() };
    on_each_engine(limits, async |bench| {
        let id = bench.new_queue("Returns").await;
        let mut some = Vec::new();
        for name in ["a", "b", "c"] {
            some.push(bench.new_quick_connect(name).await);
        }
        let many: Vec<String> = (0..51).map(|n| n.to_string()).collect();
        let associate = Op::AssociateQueueQuickConnects;
        let cases: Vec<Case<'_>> = vec![
            ("A22", associate, &id, json!({"QuickConnectIds": many}), IPE, &["QuickConnectIds", "50"]),
            ("A24", associate, &id, json!({"QuickConnectIds": some}), "LimitExceededException", &["2"]),
        ];
        refuses(&bench, cases).await;
        assert!(bench.offered(&id, 100).await.is_empty());
        for _ in 0..2 {
            bench.queue(associate, &id, json!({"QuickConnectIds": some[..2]})).await.ok();
        }
        bench.queue(associate, &id, json!({"QuickConnectIds": some[2..]})).await.refused("LimitExceededException");
        assert_eq!(bench.offered(&id, 100).await, ["a", "b"]);
    })
    .await;
}

/// administration A27, A28, 2.4.1, 2.4.6
#[tokio::test]
async fn administration_a27_and_a28_queues_of_users_and_addresses_are_not_found() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.new_queue("Returns").await;
        let user = json!({
            "Username": "ada", "SecurityProfileIds": [bench.named(Kind::SecurityProfile, "Agent").await],
            "RoutingProfileId": bench.named(Kind::RoutingProfile, "Basic Routing Profile").await,
        });
        let user = bench.send(Op::CreateUser, &[&bench.instance], user).await.ok()["UserId"].clone();
        let user = user.as_str().expect("an id");
        let email = json!({"EmailAddressesConfig": [{"EmailAddressId": "a@b"}]});
        let outbound = json!({"OutboundEmailConfig": {"OutboundEmailAddressId": "a@b"}});
        let nowhere = json!({"HoursOfOperationId": "never"});
        let (associate, disassociate) = (Op::AssociateQueueEmailAddresses, Op::DisassociateQueueEmailAddresses);
        let before = bench.shown_queue(&id).await;
        let cases: Vec<Case<'_>> = vec![
            ("A27", Op::UpdateQueueName, user, json!({"Name": "x"}), RNF, &["QueueId"]),
            ("A27", Op::UpdateQueueHoursOfOperation, user, nowhere, RNF, &["QueueId", "HoursOfOperationId"]),
            ("A28", associate, &id, email.clone(), RNF, &["EmailAddressId", "a@b"]),
            ("A28", associate, "absent", email, RNF, &["QueueId", "absent", "EmailAddressId"]),
            ("2.4.6", Op::UpdateQueueOutboundEmailConfig, &id, outbound, RNF, &["OutboundEmailAddressId"]),
            ("2.4.6", disassociate, "absent", json!({"EmailAddressesId": ["x"]}), RNF, &["QueueId"]),
        ];
        refuses(&bench, cases).await;
        assert!(bench.queue(Op::DeleteQueue, user, json!({})).await.refused(RNF).contains(user), "2.4.1");
        assert_eq!(bench.shown_queue(&id).await, before);
    })
    .await;
}

/// administration A24 with the documented limit
#[test]
fn administration_a24_the_limit_is_700_unless_set() {
    assert_eq!(Limits::default().quick_connects_per_queue, 700);
}

/// administration A25, A26, 1.3.3, tasks 3.1.7
#[tokio::test]
async fn administration_a25_and_a26_a_queue_in_use_is_not_deleted() {
    on_each_engine(Limits { queues_per_instance: 2, ..Limits::default() }, async |bench| {
        let basic = bench.named(Kind::Queue, "BasicQueue").await;
        let profile = bench.named(Kind::RoutingProfile, "Basic Routing Profile").await;
        let refused = bench.queue(Op::DeleteQueue, &basic, json!({})).await;
        refused.refused(RIU);
        assert_eq!(
            (&refused.body["ResourceType"], &refused.body["ResourceId"]),
            (&json!("ROUTING_PROFILE"), &json!(profile))
        );
        let id = bench.new_queue("Returns").await;
        let flow = bench.flow_named("Default queue transfer").await;
        let config = json!({"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": id, "ContactFlowId": flow}});
        let quick = json!({"Name": "to returns", "QuickConnectConfig": config});
        let quick = bench.send(Op::CreateQuickConnect, &[&bench.instance], quick).await.ok()["QuickConnectId"].clone();
        let refused = bench.queue(Op::DeleteQueue, &id, json!({})).await;
        assert!(refused.refused(RIU).contains(quick.as_str().expect("an id")));
        bench.queue(Op::DeleteQuickConnect, quick.as_str().expect("an id"), json!({})).await.ok();

        let body = json!({"InstanceId": bench.instance, "Name": "Task", "ContactFlowId": bench.flow});
        let task =
            bench.send(Op::StartTaskContact, &[], body).await.ok()["ContactId"].as_str().expect("an id").to_owned();
        let to_queue = json!({"InstanceId": bench.instance, "ContactId": task, "QueueId": id, "ContactFlowId": flow});
        let moved = bench.send(Op::TransferContact, &[], to_queue).await.ok();
        bench.service.worker().step(NOW, 100).await.expect("the worker works");
        let task = moved["ContactId"].as_str().expect("an id").to_owned();
        let refused = bench.queue(Op::DeleteQueue, &id, json!({})).await;
        assert!(refused.refused(RIU).contains(&task), "A26");
        assert_eq!((&refused.body["ResourceType"], &refused.body["ResourceId"]), (&json!("CONTACT"), &json!(task)));
        bench.send(Op::StopContact, &[], json!({"InstanceId": bench.instance, "ContactId": task})).await.ok();
        bench.queue(Op::DeleteQueue, &id, json!({})).await.ok();
        bench.queue(Op::DeleteQueue, &id, json!({})).await.refused(RNF); // administration 1.3.1
        bench.new_queue("Returns").await; // name and quota are free
    })
    .await;
}
