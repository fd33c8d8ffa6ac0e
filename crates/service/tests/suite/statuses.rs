//! Agent statuses (administration 2.9, 1.3.5).

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Bench, NOW, on_each_engine};

async fn made(bench: &Bench, body: Value) -> String {
    let made = bench.send(Op::CreateAgentStatus, &[&bench.instance], body).await.ok();
    made["AgentStatusId"].as_str().expect("an id").to_owned()
}

async fn shown(bench: &Bench, id: &str) -> Value {
    bench.get(Op::DescribeAgentStatus, &[&bench.instance, id], "").await.ok()["AgentStatus"].clone()
}

async fn listed(bench: &Bench, query: &str) -> Vec<(String, String)> {
    let page = bench.get(Op::ListAgentStatuses, &[&bench.instance], query).await.ok();
    let list = page["AgentStatusSummaryList"].as_array().expect("a list").clone();
    list.iter().map(|one| (one["Name"].to_string(), one["Id"].as_str().expect("an id").to_owned())).collect()
}

#[tokio::test]
async fn administration_2_9_1_statuses_are_custom_and_their_order_can_be_taken_away() {
    on_each_engine(Limits::default(), async |mut bench| {
        let body = json!({"Name": "Lunch", "Description": "food", "State": "ENABLED", "DisplayOrder": 7, "Tags": {"a": "b"}});
        let id = made(&bench, body).await;
        let status = shown(&bench, &id).await;
        let arn = format!("arn:aws:connect:us-east-1:123456789012:instance/{}/agent-state/{id}", bench.instance);
        assert_eq!(
            status,
            json!({
                "AgentStatusARN": arn, "AgentStatusId": id, "Name": "Lunch", "Description": "food", "Type": "CUSTOM",
                "DisplayOrder": 7, "State": "ENABLED", "Tags": {"a": "b"}, "LastModifiedTime": status["LastModifiedTime"],
                "LastModifiedRegion": "us-east-1",
            })
        );
        bench.now = NOW + 5_000;
        let update = async |body: Value| bench.send(Op::UpdateAgentStatus, &[&bench.instance, &arn], body).await;
        update(json!({})).await.ok();
        assert_eq!(shown(&bench, &id).await, status, "administration 1.1.6, 1.2.3: nothing changed");
        update(json!({"Name": "Break", "Description": "", "State": "DISABLED", "ResetOrderNumber": true})).await.ok();
        let status = shown(&bench, &id).await;
        assert_eq!((&status["Name"], &status["State"]), (&json!("Break"), &json!("DISABLED")));
        assert_eq!((status.get("Description"), status.get("DisplayOrder")), (None, None));
        assert_eq!(status["LastModifiedTime"], json!((NOW + 5_000) / 1000));
        update(json!({"DisplayOrder": 1, "ResetOrderNumber": false})).await.ok();
        assert_eq!(shown(&bench, &id).await["DisplayOrder"], 1, "an order may be shared");
    })
    .await;
}

#[tokio::test]
async fn administration_1_3_5_and_a59_and_a60_what_a_status_cannot_be() {
    on_each_engine(Limits::default(), async |bench| {
        let both = listed(&bench, "").await;
        let id = |name: &str| &both.iter().find(|(listed, _)| listed == name).expect("the status").1;
        let (first, second) = (id("\"Available\""), id("\"Offline\""));
        let lunch = made(&bench, json!({"Name": "Lunch", "State": "ENABLED"})).await;
        let update =
            async |id: &str, body: Value| bench.send(Op::UpdateAgentStatus, &[&bench.instance, id], body).await;
        for id in [first, second] {
            let message = update(id, json!({"State": "DISABLED"})).await.refused("InvalidRequestException");
            assert!(message.contains("State"), "A59: {message}");
            update(id, json!({"State": "ENABLED", "Description": "d", "DisplayOrder": 50})).await.ok();
        }
        update(second, json!({"Name": "Away"})).await.ok();
        assert_eq!(shown(&bench, second).await["Type"], "OFFLINE");
        for order in [0, 51] {
            let message = update(&lunch, json!({"DisplayOrder": order})).await.refused("InvalidParameterException");
            assert!(message.contains("DisplayOrder"), "A60: {message}");
        }
        let both = json!({"DisplayOrder": 5, "ResetOrderNumber": true});
        let message = update(&lunch, both).await.refused("InvalidRequestException");
        assert!(message.contains("DisplayOrder") && message.contains("ResetOrderNumber"), "A60: {message}");
        update(&lunch, json!({"Name": "Away"})).await.refused("DuplicateResourceException");
        update(&lunch, json!({"Name": " \t"})).await.refused("InvalidParameterException");
        update("absent", json!({"DisplayOrder": 5, "ResetOrderNumber": true}))
            .await
            .refused("ResourceNotFoundException");
        assert_eq!(shown(&bench, &lunch).await["Name"], "Lunch");
    })
    .await;
}

#[tokio::test]
async fn administration_2_9_2_statuses_are_counted_and_filtered_by_type() {
    on_each_engine(Limits { agent_statuses_per_instance: 4, ..Limits::default() }, async |mut bench| {
        for name in ["Lunch", "Training"] {
            bench.now += 1;
            made(&bench, json!({"Name": name, "State": "ENABLED"})).await;
        }
        let fifth = json!({"Name": "One more", "State": "ENABLED"});
        let fifth = bench.send(Op::CreateAgentStatus, &[&bench.instance], fifth).await;
        assert!(fifth.refused("LimitExceededException").contains("4 agent statuses"), "{fifth:?}");
        let names =
            async |query: &str| listed(&bench, query).await.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names("AgentStatusTypes=CUSTOM").await, ["\"Lunch\"", "\"Training\""]);
        let mut first = names("AgentStatusTypes=OFFLINE&AgentStatusTypes=ROUTABLE").await;
        first.sort_unstable(); // made at the same time
        assert_eq!(first, ["\"Available\"", "\"Offline\""]);
        let page = bench.get(Op::ListAgentStatuses, &[&bench.instance], "maxResults=3").await.ok();
        let token = page["NextToken"].as_str().expect("a token");
        assert_eq!(names(&format!("nextToken={token}")).await, ["\"Training\""]);
    })
    .await;
}
