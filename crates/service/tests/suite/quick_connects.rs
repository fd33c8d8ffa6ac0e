//! Changes and deletes of quick connects (administration 2.5, 1.3.4).

use serde_json::{Value, json};
use service::Limits;
use store::Kind;
use wire::Op;

use crate::bench::{Bench, NOW, on_each_engine};

fn phone(number: &str) -> Value {
    json!({"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": number}})
}

async fn made(bench: &Bench, name: &str, config: Value) -> String {
    let body = json!({"Name": name, "Description": "as made", "QuickConnectConfig": config});
    let made = bench.send(Op::CreateQuickConnect, &[&bench.instance], body).await.ok();
    made["QuickConnectId"].as_str().expect("an id").to_owned()
}

async fn described(bench: &Bench, id: &str) -> Value {
    bench.get(Op::DescribeQuickConnect, &[&bench.instance, id], "").await.ok()["QuickConnect"].clone()
}

async fn basic_queue(bench: &Bench) -> String {
    let found = bench.service.store().resource_named(&bench.instance, Kind::Queue, "BasicQueue").await;
    found.expect("a read").expect("BasicQueue").id
}

#[tokio::test]
async fn administration_2_5_1_the_configuration_is_replaced_with_its_type() {
    on_each_engine(Limits::default(), async |mut bench| {
        let id = made(&bench, "Desk", phone("+441632960000")).await;
        let (queue, flow) = (basic_queue(&bench).await, bench.flow_named("Default queue transfer").await);
        bench.now = NOW + 5_000;
        let to_queue = json!({"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": queue, "ContactFlowId": flow}});
        let change = json!({"QuickConnectConfig": to_queue});
        let arn = described(&bench, &id).await["QuickConnectARN"].as_str().expect("an ARN").to_owned();
        bench.send(Op::UpdateQuickConnectConfig, &[&bench.instance, &arn], change.clone()).await.ok();
        let shown = described(&bench, &id).await;
        assert_eq!(shown["QuickConnectConfig"], to_queue);
        assert_eq!(
            shown["LastModifiedTime"].as_f64().map(|s| s * 1e3),
            Some((NOW + 5_000) as f64),
            "administration 1.2.3"
        );
        let list = bench.get(Op::ListQuickConnects, &[&bench.instance], "QuickConnectTypes=QUEUE").await.ok();
        assert_eq!(list["QuickConnectSummaryList"][0]["Id"], json!(id), "lists filter by the new type");
        let links = bench.service.store().links_of(&bench.instance, Kind::QuickConnect, &id).await.expect("a read");
        assert_eq!(links.len(), 2, "{links:?}");
        bench.now = NOW + 9_000;
        bench.send(Op::UpdateQuickConnectConfig, &[&bench.instance, &id], change).await.ok();
        assert_eq!(described(&bench, &id).await, shown, "administration 1.2.3: nothing changed");
    })
    .await;
}

#[tokio::test]
async fn administration_1_1_5_a_rename_may_clear_the_description() {
    on_each_engine(Limits::default(), async |bench| {
        let id = made(&bench, "Desk", phone("+441632960000")).await;
        let rename = async |body: Value| bench.send(Op::UpdateQuickConnectName, &[&bench.instance, &id], body).await;
        rename(json!({"Name": "Front desk"})).await.ok();
        let shown = described(&bench, &id).await;
        assert_eq!((shown["Name"].as_str(), shown["Description"].as_str()), (Some("Front desk"), Some("as made")));
        rename(json!({"Name": "Front desk", "Description": ""})).await.ok();
        assert_eq!(described(&bench, &id).await.get("Description"), None);
        rename(json!({"Description": "again"})).await.ok();
        assert_eq!(described(&bench, &id).await["Description"], "again");
        made(&bench, "Desk", phone("+441632960001")).await; // the old name is free
    })
    .await;
}

/// administration A29, A30, 1.1.1, 1.1.6, 1.2.2
#[tokio::test]
async fn administration_a29_and_a30_changes_of_quick_connects_are_refused() {
    on_each_engine(Limits::default(), async |bench| {
        let id = made(&bench, "Desk", phone("+441632960000")).await;
        made(&bench, "Taken", phone("+441632960000")).await;
        let (queue, to_agent) = (basic_queue(&bench).await, bench.flow_named("Default agent transfer").await);
        let to_queue = bench.flow_named("Default queue transfer").await;
        let config = |queue: &str, flow: &str| {
            json!({"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": queue, "ContactFlowId": flow}})
        };
        let mut with_user = config(&queue, &to_queue);
        with_user["UserConfig"] = json!({"UserId": "u", "ContactFlowId": to_agent});
        let before = described(&bench, &id).await;
        for (op, target, body, error, named) in [
            (Op::UpdateQuickConnectName, &*id, json!({"Name": "Taken"}), "InvalidRequestException", vec!["Name", "Taken"]),
            (Op::UpdateQuickConnectName, &id, json!({}), "InvalidRequestException", vec!["Name", "Description"]),
            (Op::UpdateQuickConnectName, &id, json!({"Name": " \t"}), "InvalidParameterException", vec!["Name"]),
            (Op::UpdateQuickConnectName, "absent", json!({"Name": "x"}), "ResourceNotFoundException", vec!["absent"]),
            (
                Op::UpdateQuickConnectConfig,
                &id,
                json!({"QuickConnectConfig": config(&queue, &to_agent)}),
                "InvalidRequestException",
                vec!["ContactFlowId", &*to_agent],
            ),
            (
                Op::UpdateQuickConnectConfig,
                &id,
                json!({"QuickConnectConfig": with_user}),
                "InvalidRequestException",
                vec!["UserConfig"],
            ),
            (
                Op::UpdateQuickConnectConfig,
                "absent",
                json!({"QuickConnectConfig": config("nowhere", "nothing")}),
                "ResourceNotFoundException",
                vec!["QuickConnectId", "absent", "QueueConfig.QueueId", "nowhere", "QueueConfig.ContactFlowId", "nothing"],
            ),
            (Op::DeleteQuickConnect, "absent", json!({}), "ResourceNotFoundException", vec!["absent"]),
        ] {
            let message = bench.send(op, &[&bench.instance, target], body).await.refused(error);
            assert!(named.iter().all(|name| message.contains(name)), "{message}");
        }
        bench.send(Op::UpdateQuickConnectName, &[&bench.instance, &id], json!({"Name": "Desk"})).await.ok(); // its own
        assert_eq!(described(&bench, &id).await, before);
    })
    .await;
}

#[tokio::test]
async fn administration_1_3_4_a_deleted_quick_connect_leaves_its_queues() {
    on_each_engine(Limits { quick_connects_per_instance: 1, ..Limits::default() }, async |bench| {
        let id = made(&bench, "Desk", phone("+441632960000")).await;
        let hours = bench.get(Op::ListHoursOfOperations, &[&bench.instance], "").await.ok();
        let hours = &hours["HoursOfOperationSummaryList"][0]["Id"];
        let body = json!({"Name": "Returns", "HoursOfOperationId": hours, "QuickConnectIds": [id]});
        let queue = bench.send(Op::CreateQueue, &[&bench.instance], body).await.ok();
        let queue = queue["QueueId"].as_str().expect("an id");
        bench.get(Op::DeleteQuickConnect, &[&bench.instance, &id], "").await.ok();
        bench.get(Op::DescribeQuickConnect, &[&bench.instance, &id], "").await.refused("ResourceNotFoundException");
        let again = bench.get(Op::DeleteQuickConnect, &[&bench.instance, &id], "").await;
        again.refused("ResourceNotFoundException"); // administration 1.3.1
        let links = bench.service.store().links_of(&bench.instance, Kind::Queue, queue).await.expect("a read");
        assert!(links.iter().all(|link| link.role != "QUICK_CONNECT"), "{links:?}");
        made(&bench, "Desk", phone("+441632960000")).await; // name and quota are free
    })
    .await;
}
