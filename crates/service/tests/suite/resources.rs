//! Flows, flow modules and quick connects (flows 1, 8; tasks 1.4, 3.5).

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Bench, on_each_engine};

const DOCUMENT: &str = "{ \"Version\": \"2019-10-30\", \"StartAction\": \"end\",\n \"Actions\": [{\"Identifier\": \"end\", \"Type\": \"DisconnectParticipant\", \"Parameters\": {}, \"Transitions\": {}}] }";

fn flow(name: &str, flow_type: &str) -> Value {
    json!({"Name": name, "Type": flow_type, "Content": DOCUMENT})
}

async fn created_flow(bench: &Bench, body: Value) -> String {
    let created = bench.send(Op::CreateContactFlow, &[&bench.instance], body).await.ok();
    created["ContactFlowId"].as_str().expect("an id").to_owned()
}

async fn described(bench: &Bench, id: &str) -> Value {
    bench.get(Op::DescribeContactFlow, &[&bench.instance, id], "").await.ok()["ContactFlow"].clone()
}

#[tokio::test]
async fn flows_1_6_content_comes_back_byte_for_byte_with_its_hash_1_7() {
    on_each_engine(Limits::default(), async |bench| {
        let mut body = flow("Mine", "CONTACT_FLOW");
        body["Description"] = json!("é");
        body["Tags"] = json!({"a": "b"});
        let created = bench.send(Op::CreateContactFlow, &[&bench.instance], body).await.ok();
        let id = created["ContactFlowId"].as_str().expect("an id");
        let flow = described(&bench, id).await;
        assert_eq!(flow["Content"], DOCUMENT);
        assert_eq!(flow["FlowContentSha256"], created["FlowContentSha256"]);
        assert_eq!(flow["FlowContentSha256"], engine::contact_flow::sha256_hex(DOCUMENT));
        assert_eq!(flow["Arn"], created["ContactFlowArn"]);
        let arn = created["ContactFlowArn"].as_str().expect("an ARN");
        for id in [arn.to_owned(), format!("{arn}:$LATEST"), format!("{arn}:$SAVED")] {
            assert_eq!(described(&bench, &id).await, flow, "tasks 1.1.6, 1.1.7");
        }
        assert_eq!((flow["Status"].as_str(), flow["State"].as_str()), (Some("PUBLISHED"), Some("ACTIVE")));
        assert_eq!((flow["Description"].as_str(), &flow["Tags"]), (Some("é"), &json!({"a": "b"})));
        assert_eq!(described(&bench, &format!("{id}:$LATEST")).await, flow);
        assert_eq!(described(&bench, &format!("{id}:$SAVED")).await, flow, "no draft: the published content");
        bench
            .get(Op::DescribeContactFlow, &[&bench.instance, &format!("{id}:1")], "")
            .await
            .refused("ResourceNotFoundException");
    })
    .await;
}

#[tokio::test]
async fn flows_1_3_saved_content_is_not_checked_and_1_5_not_published() {
    on_each_engine(Limits::default(), async |bench| {
        let id = created_flow(
            &bench,
            json!({"Name": "Draft", "Type": "CONTACT_FLOW", "Content": "not JSON", "Status": "SAVED"}),
        )
        .await;
        bench
            .get(Op::DescribeContactFlow, &[&bench.instance, &id], "")
            .await
            .refused("ContactFlowNotPublishedException");
        let draft = described(&bench, &format!("{id}:$SAVED")).await;
        assert_eq!((draft["Content"].as_str(), draft["Status"].as_str()), (Some("not JSON"), Some("SAVED")));
        let mut body = bench.template("Unpublished");
        body["ContactFlowId"] = json!(id);
        bench.create(body).await.properties(&[("ContactFlowId", "NOT_SUPPORTED")]);
    })
    .await;
}

#[tokio::test]
async fn flows_1_3_content_has_1_to_256000_characters() {
    let bench = Bench::new().await;
    for status in ["SAVED", "PUBLISHED"] {
        for content in [String::new(), "é".repeat(256_001)] {
            let body = json!({"Name": "X", "Type": "CONTACT_FLOW", "Content": content, "Status": status});
            bench.send(Op::CreateContactFlow, &[&bench.instance], body).await.refused("InvalidParameterException");
        }
    }
    let longest = json!({"Name": "X", "Type": "CONTACT_FLOW", "Content": "é".repeat(256_000), "Status": "SAVED"});
    created_flow(&bench, longest).await;
}

#[tokio::test]
async fn flows_6_2_published_content_is_checked_and_1_8_names_are_unique() {
    on_each_engine(Limits::default(), async |bench| {
        let mut body = flow("Bad", "CONTACT_FLOW");
        body["Content"] = json!("[]");
        let refused = bench.send(Op::CreateContactFlow, &[&bench.instance], body).await;
        assert_eq!((refused.error.as_str(), refused.status), ("InvalidContactFlowException", 400));
        assert!(!refused.body["problems"][0]["message"].as_str().unwrap_or_default().is_empty());
        created_flow(&bench, flow("Mine", "CONTACT_FLOW")).await;
        bench
            .send(Op::CreateContactFlow, &[&bench.instance], flow("Mine", "AGENT_TRANSFER"))
            .await
            .refused("DuplicateResourceException");
    })
    .await;
}

#[tokio::test]
async fn flows_are_listed_by_type_and_counted() {
    on_each_engine(Limits { contact_flows_per_instance: 11, ..Limits::default() }, async |bench| {
        created_flow(&bench, flow("A", "AGENT_TRANSFER")).await;
        created_flow(&bench, flow("B", "QUEUE_TRANSFER")).await;
        bench
            .send(Op::CreateContactFlow, &[&bench.instance], flow("C", "CONTACT_FLOW"))
            .await
            .refused("LimitExceededException");
        let list = async |query: &str| {
            let page = bench.get(Op::ListContactFlows, &[&bench.instance], query).await.ok();
            page["ContactFlowSummaryList"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|f| f["Name"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(list("contactFlowTypes=AGENT_TRANSFER&contactFlowTypes=QUEUE_TRANSFER").await.len(), 4);
        assert_eq!(list("contactFlowTypes=CONTACT_FLOW").await, ["Sample task flow"]);
        assert_eq!(list("").await.len(), 11);
        let page = bench.get(Op::ListContactFlows, &[&bench.instance], "maxResults=10").await.ok();
        let token = page["NextToken"].as_str().expect("a token");
        assert_eq!(list(&format!("nextToken={token}")).await.len(), 1);
        bench
            .get(Op::ListContactFlows, &[&bench.instance], &format!("nextToken={token}&contactFlowTypes=CONTACT_FLOW"))
            .await
            .refused("InvalidParameterException");
    })
    .await;
}

#[tokio::test]
async fn r2_3_7_wrap_up_takes_a_module_and_not_a_flow() {
    on_each_engine(Limits::default(), async |bench| {
        let content = json!({
            "Version": "2019-10-30", "StartAction": "end",
            "Settings": {"InputParameters": [], "OutputParameters": [], "Transitions": []},
            "Actions": [{"Identifier": "end", "Type": "EndFlowModuleExecution", "Parameters": {}, "Transitions": {}}],
        })
        .to_string();
        let request = json!({"Name": "Wrap up", "Content": content, "ClientToken": "t", "Tags": {"a": "b"}});
        let created = bench.send(Op::CreateContactFlowModule, &[&bench.instance], request.clone()).await.ok();
        assert_eq!(bench.send(Op::CreateContactFlowModule, &[&bench.instance], request).await.ok(), created);
        let mut other = json!({"Name": "Other", "Content": content, "ClientToken": "t"});
        bench
            .send(Op::CreateContactFlowModule, &[&bench.instance], other.clone())
            .await
            .refused("IdempotencyException");
        other["ClientToken"] = json!("");
        other["Name"] = json!("Wrap up");
        bench.send(Op::CreateContactFlowModule, &[&bench.instance], other).await.refused("DuplicateResourceException");
        let id = created["Id"].as_str().expect("an id");
        let module = bench.get(Op::DescribeContactFlowModule, &[&bench.instance, id], "").await.ok();
        assert_eq!(module["ContactFlowModule"]["Content"], json!(content));
        assert_eq!(module["ContactFlowModule"]["Status"], "PUBLISHED", "flows 8.10");
        let list = bench.get(Op::ListContactFlowModules, &[&bench.instance], "state=ACTIVE").await.ok();
        assert_eq!(list["ContactFlowModulesSummaryList"][0]["Id"], created["Id"]);
        let list = bench.get(Op::ListContactFlowModules, &[&bench.instance], "state=ARCHIVED").await.ok();
        assert_eq!(list["ContactFlowModulesSummaryList"], json!([]));
        let mut body = bench.template("Wrapped");
        body["ContactHooks"] = json!({"WrapUpFlowId": bench.flow});
        bench.create(body.clone()).await.properties(&[("ContactHooks.WrapUpFlowId", "REFERENCED_RESOURCE_NOT_FOUND")]);
        body["ContactHooks"] = json!({"WrapUpFlowId": created["Arn"]});
        let template = bench.create(body).await.ok();
        let read = bench.read(template["Id"].as_str().expect("an id"), "").await.ok();
        assert_eq!(read["ContactHooks"], json!({"WrapUpFlowId": id}));
    })
    .await;
}

#[tokio::test]
async fn tasks_3_5_quick_connects_name_what_exists() {
    on_each_engine(Limits { quick_connects_per_instance: 3, ..Limits::default() }, async |bench| {
        let queue = bench.service.store().resource_named(&bench.instance, store::Kind::Queue, "BasicQueue").await.expect("a read");
        let queue = queue.expect("BasicQueue").id;
        let transfer = bench.flow_named("Default queue transfer").await;
        let create = async |name: &str, config: Value| {
            let body = json!({"Name": name, "QuickConnectConfig": config});
            bench.send(Op::CreateQuickConnect, &[&bench.instance], body).await
        };
        let to_queue = |queue: &str, flow: &str| json!({"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": queue, "ContactFlowId": flow}});
        let phone = json!({"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+441632960000"}});
        let home = format!("arn:aws:connect:us-east-1:123456789012:instance/{}", bench.instance);
        let by_arn = to_queue(&format!("{home}/queue/{queue}"), &format!("{home}/contact-flow/{transfer}"));
        let created = create("Back office", by_arn).await.ok();
        let id = created["QuickConnectId"].as_str().expect("an id");
        create("Back office", to_queue(&queue, &transfer)).await.refused("DuplicateResourceException");
        create("Phone", phone.clone()).await.ok();
        create("Flow", json!({"QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": bench.flow}})).await.ok();
        create("Fourth", phone.clone()).await.refused("LimitExceededException");
        create("Wrong flow", to_queue(&queue, &bench.flow)).await.refused("InvalidRequestException");
        create("No queue", to_queue("absent", &transfer)).await.refused("ResourceNotFoundException");
        create("No flow", to_queue(&queue, "absent")).await.refused("ResourceNotFoundException");
        create("Mixed", json!({"QuickConnectType": "QUEUE", "PhoneConfig": {"PhoneNumber": "+441632960000"}})).await.refused("InvalidRequestException");
        let user = json!({"QuickConnectType": "USER", "UserConfig": {"UserId": "absent", "ContactFlowId": transfer}});
        create("No user", user).await.refused("ResourceNotFoundException");
        let read = bench.get(Op::DescribeQuickConnect, &[&bench.instance, id], "").await.ok();
        assert_eq!(read["QuickConnect"]["QuickConnectConfig"], to_queue(&queue, &transfer), "with bare ids, 0.13");
        assert_eq!(read["QuickConnect"]["QuickConnectARN"], created["QuickConnectARN"]);
        let list = bench.get(Op::ListQuickConnects, &[&bench.instance], "QuickConnectTypes=QUEUE&QuickConnectTypes=FLOW").await.ok();
        assert_eq!(list["QuickConnectSummaryList"].as_array().map(Vec::len), Some(2));
        let mut body = bench.template("Assigned");
        body["Fields"].as_array_mut().expect("fields").push(json!({"Id": {"Name": "Assign to"}, "Type": "QUICK_CONNECT"}));
        body["Defaults"] = json!({"DefaultFieldValues": [{"Id": {"Name": "Assign to"}, "DefaultValue": id}]});
        bench.create(body).await.ok();
    })
    .await;
}
