//! Instances and the contents of a new one (tasks 5).

use serde_json::json;
use service::Limits;
use store::Kind;
use wire::Op;
use wire::shapes::ContactFlowType;

use crate::bench::{Bench, NOW, on_each_engine};

fn request(alias: &str) -> serde_json::Value {
    json!({
        "IdentityManagementType": "CONNECT_MANAGED", "InstanceAlias": alias,
        "InboundCallsEnabled": true, "OutboundCallsEnabled": false,
    })
}

#[tokio::test]
async fn tasks_5_a_new_instance_is_active_and_has_its_contents() {
    on_each_engine(Limits::default(), async |bench| {
        let mut body = request("claims");
        body["Tags"] = json!({"team": "claims"});
        let created = bench.send(Op::CreateInstance, &[], body).await.ok();
        let id = created["Id"].as_str().expect("an id");
        let described = bench.get(Op::DescribeInstance, &[id], "").await.ok()["Instance"].clone();
        assert_eq!(described["Arn"], created["Arn"]);
        assert_eq!(described["InstanceStatus"], "ACTIVE");
        assert_eq!(described["InstanceAlias"], "claims");
        assert_eq!(described["OutboundCallsEnabled"], false);
        assert_eq!(described["Tags"], json!({"team": "claims"}));
        for (kind, names) in [
            (Kind::HoursOfOperation, vec!["Basic Hours"]),
            (Kind::Queue, vec!["BasicQueue"]),
            (Kind::RoutingProfile, vec!["Basic Routing Profile"]),
            (Kind::SecurityProfile, vec!["Admin", "Agent", "CallCenterManager", "QualityAnalyst"]),
            (Kind::AgentStatus, vec!["Available", "Offline"]),
        ] {
            let page = bench.service.store().resource_page(id, kind, &[], None, 100).await.expect("a page");
            let mut found: Vec<_> = page.items.iter().map(|row| row.name.clone()).collect();
            found.sort();
            assert_eq!(found, names);
        }
        let flows = bench.get(Op::ListContactFlows, &[id], "").await.ok();
        assert_eq!(flows["ContactFlowSummaryList"].as_array().map(Vec::len), Some(9));
        for flow in flows["ContactFlowSummaryList"].as_array().expect("a list") {
            assert_eq!(
                (flow["ContactFlowStatus"].as_str(), flow["ContactFlowState"].as_str()),
                (Some("PUBLISHED"), Some("ACTIVE"))
            );
            let flow = bench.get(Op::DescribeContactFlow, &[id, flow["Id"].as_str().expect("an id")], "").await.ok();
            let content = flow["ContactFlow"]["Content"].as_str().expect("content");
            let flow_type = ContactFlowType::parse(flow["ContactFlow"]["Type"].as_str().expect("a type"));
            assert!(engine::contact_flow::check(content, &flow_type, &|_| None).is_empty(), "{content}");
        }
    })
    .await;
}

#[tokio::test]
async fn b4_aliases_are_unique_and_directories_need_their_id() {
    on_each_engine(Limits { instances: 0, ..Limits::default() }, async |bench| {
        bench.send(Op::CreateInstance, &[], request("one")).await.ok();
        let taken = bench.send(Op::CreateInstance, &[], request("one")).await.refused("InvalidRequestException");
        assert!(taken.contains("InstanceAlias"), "{taken}");
        let mut body = request("two");
        body["IdentityManagementType"] = json!("EXISTING_DIRECTORY");
        bench.send(Op::CreateInstance, &[], body).await.refused("InvalidRequestException");
    })
    .await;
}

#[tokio::test]
async fn tasks_2_16_instances_have_a_quota_and_tokens_are_replayed() {
    on_each_engine(Limits::default(), async |bench| {
        let mut body = request("second");
        body["ClientToken"] = json!("t");
        let second = bench.send(Op::CreateInstance, &[], body.clone()).await.ok();
        assert_eq!(bench.send(Op::CreateInstance, &[], body.clone()).await.ok(), second);
        body["InstanceAlias"] = json!("other");
        bench.send(Op::CreateInstance, &[], body).await.refused("InvalidRequestException");
        bench.send(Op::CreateInstance, &[], request("third")).await.refused("ServiceQuotaExceededException");
        bench.get(Op::DeleteInstance, &[second["Id"].as_str().expect("an id")], "").await.ok();
        bench.send(Op::CreateInstance, &[], request("third")).await.ok();
    })
    .await;
}

#[tokio::test]
async fn list_instances_pages_by_age() {
    on_each_engine(Limits { instances: 0, ..Limits::default() }, async |mut bench| {
        let mut expected = vec![bench.instance.clone()];
        for n in 1..4 {
            bench.now = NOW + n;
            let created = bench.send(Op::CreateInstance, &[], request(&format!("i{n}"))).await.ok();
            expected.push(created["Id"].as_str().expect("an id").to_owned());
        }
        let first = bench.get(Op::ListInstances, &[], "maxResults=3").await.ok();
        let rest = bench
            .get(
                Op::ListInstances,
                &[],
                &format!("maxResults=3&nextToken={}", first["NextToken"].as_str().expect("a token")),
            )
            .await
            .ok();
        assert!(rest.get("NextToken").is_none());
        let list = |page: &serde_json::Value| page["InstanceSummaryList"].as_array().expect("a list").clone();
        let found: Vec<_> =
            [list(&first), list(&rest)].concat().iter().map(|i| i["Id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(found, expected);
        bench.get(Op::ListInstances, &[], "nextToken=x").await.refused("InvalidRequestException");
    })
    .await;
}

#[tokio::test]
async fn b3_a_deleted_instance_is_gone_at_once_and_emptied_in_the_background() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.created("Inside").await;
        let arn = bench.template_arn(&id);
        bench.get(Op::DeleteInstance, &[&bench.instance], "").await.ok();
        bench.read(&id, "").await.refused("ResourceNotFoundException");
        bench.get(Op::ListTaskTemplates, &[&bench.instance], "").await.refused("ResourceNotFoundException");
        bench.create(bench.template("Late")).await.refused("ResourceNotFoundException");
        bench.get(Op::ListTagsForResource, &[&arn], "").await.refused("ResourceNotFoundException");
        bench.get(Op::DeleteInstance, &[&bench.instance], "").await.refused("ResourceNotFoundException");
        let store = bench.service.store();
        assert_eq!(store.purges(10).await.expect("purges"), std::slice::from_ref(&bench.instance));
        let background = bench.service.background();
        let mut steps = 0;
        while background.step(NOW).await.expect("a step") {
            steps += 1;
            assert!(steps < 100, "the work ends");
        }
        assert!(store.purges(10).await.expect("purges").is_empty());
        assert!(
            store
                .resource_page(&bench.instance, Kind::ContactFlow, &[], None, 1)
                .await
                .expect("a page")
                .items
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn b10_a_token_belongs_to_what_the_path_names() {
    let bench = Bench::new().await;
    let second =
        bench.send(Op::CreateInstance, &[], request("second")).await.ok()["Id"].as_str().expect("an id").to_owned();
    for id in [&second, &bench.instance] {
        bench.raw(Op::DeleteInstance, &[id], "clientToken=same", b"not JSON").await.ok();
        bench.raw(Op::DeleteInstance, &[id], "clientToken=same", b"").await.ok();
    }
    bench.get(Op::DeleteInstance, &[&second], "clientToken=other").await.refused("ResourceNotFoundException");
}

#[tokio::test]
async fn tasks_1_1_10_unknown_instances_are_not_found_everywhere() {
    let bench = Bench::new().await;
    let absent = "99999999-9999-4999-8999-999999999999";
    for op in [
        Op::ListTaskTemplates,
        Op::ListContactFlows,
        Op::ListQuickConnects,
        Op::DescribeInstance,
        Op::DeleteInstance,
        Op::ListContactFlowModules,
    ] {
        bench.get(op, &[absent], "").await.refused("ResourceNotFoundException");
    }
    for op in [
        Op::GetTaskTemplate,
        Op::DeleteTaskTemplate,
        Op::DescribeContactFlow,
        Op::DescribeQuickConnect,
        Op::DescribeContactFlowModule,
    ] {
        bench.get(op, &[absent, "x"], "").await.refused("ResourceNotFoundException");
        bench.get(op, &[&bench.instance, "x"], "").await.refused("ResourceNotFoundException");
    }
}
