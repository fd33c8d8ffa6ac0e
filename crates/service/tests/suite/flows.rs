//! Changing and deleting flows (flows 1.2 to 1.8, 1.13; tasks 5.5).

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Answer, Bench, on_each_engine};

/// A document that ends at once; `note` tells one from another.
pub(crate) fn document(note: &str) -> String {
    json!({
        "Version": "2019-10-30", "StartAction": "end", "Metadata": {"note": note},
        "Actions": [{"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}],
    })
    .to_string()
}

impl Bench {
    /// A new flow; `more` is merged over a valid request.
    pub(crate) async fn new_flow(&self, name: &str, more: Value) -> String {
        let mut body = json!({"Name": name, "Type": "CONTACT_FLOW", "Content": document("first")});
        for (key, value) in more.as_object().expect("members") {
            body[key] = value.clone();
        }
        let created = self.send(Op::CreateContactFlow, &[&self.instance], body).await.ok();
        created["ContactFlowId"].as_str().expect("an id").to_owned()
    }

    pub(crate) async fn flow(&self, id: &str) -> Answer {
        self.get(Op::DescribeContactFlow, &[&self.instance, id], "").await
    }

    pub(crate) async fn described_flow(&self, id: &str) -> Value {
        self.flow(id).await.ok()["ContactFlow"].clone()
    }

    pub(crate) async fn publish(&self, id: &str, content: &str) -> Answer {
        self.send(Op::UpdateContactFlowContent, &[&self.instance, id], json!({"Content": content})).await
    }
}

#[tokio::test]
async fn flows_1_4_the_plain_id_publishes_and_saved_replaces_the_draft() {
    on_each_engine(Limits::default(), async |mut bench| {
        let id = bench.new_flow("Mine", json!({})).await;
        bench.now += 1_500;
        assert_eq!(bench.publish(&format!("{id}:$SAVED"), "no document").await.ok(), json!({}));
        assert_eq!(bench.described_flow(&id).await["Content"], json!(document("first")));
        let draft = bench.described_flow(&format!("{id}:$SAVED")).await;
        assert_eq!((&draft["Content"], &draft["Status"]), (&json!("no document"), &json!("SAVED")));
        assert_eq!(draft.get("FlowContentSha256"), None, "flows 1.7: of what is published");
        let second = document("second");
        let arn = draft["Arn"].as_str().expect("an ARN").to_owned();
        for id in [id.clone(), format!("{id}:$LATEST"), arn] {
            bench.publish(&id, &second).await.ok();
        }
        let flow = bench.described_flow(&id).await;
        assert_eq!((&flow["Content"], &flow["Status"]), (&json!(second), &json!("PUBLISHED")));
        assert_eq!(flow["FlowContentSha256"], engine::contact_flow::sha256_hex(&second));
        assert_eq!(flow["LastModifiedTime"].to_string(), "1767225601.5");
        assert_eq!(bench.described_flow(&format!("{id}:$SAVED")).await["Content"], "no document", "the draft stays");
        let refused = bench.publish(&id, "no document").await;
        assert_eq!((refused.error.as_str(), refused.status), ("InvalidContactFlowException", 400), "flows 6.1");
        assert_eq!(bench.described_flow(&id).await, flow);
        for content in [String::new(), "é".repeat(256_001)] {
            bench.publish(&format!("{id}:$SAVED"), &content).await.refused("InvalidParameterException");
        }
        bench.publish("absent", &second).await.refused("ResourceNotFoundException");
    })
    .await;
}

#[tokio::test]
async fn flows_1_5_a_draft_is_published_by_an_update() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.new_flow("Draft", json!({"Status": "SAVED", "Content": "nothing yet"})).await;
        bench.flow(&id).await.refused("ContactFlowNotPublishedException");
        let status = async || {
            let list = bench.get(Op::ListContactFlows, &[&bench.instance], "contactFlowTypes=CONTACT_FLOW").await.ok();
            let list = list["ContactFlowSummaryList"].as_array().expect("a list").clone();
            list.iter().find(|flow| flow["Id"] == json!(id)).expect("the flow")["ContactFlowStatus"].clone()
        };
        assert_eq!(status().await, "SAVED");
        bench.publish(&id, &document("now")).await.ok();
        assert_eq!(status().await, "PUBLISHED");
        assert_eq!(bench.described_flow(&id).await["Content"], json!(document("now")));
    })
    .await;
}

#[tokio::test]
async fn flows_1_2_name_description_and_state_change_one_by_one() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.new_flow("Old", json!({"Description": "before", "Tags": {"a": "b"}})).await;
        let metadata =
            async |body: Value| bench.send(Op::UpdateContactFlowMetadata, &[&bench.instance, &id], body).await;
        let name = async |body: Value| bench.send(Op::UpdateContactFlowName, &[&bench.instance, &id], body).await;
        let seen = async || {
            let flow = bench.described_flow(&id).await;
            assert_eq!((&flow["Content"], &flow["Tags"]), (&json!(document("first")), &json!({"a": "b"})));
            [flow["Name"].clone(), flow["Description"].clone(), flow["State"].clone()]
        };
        assert_eq!(metadata(json!({"ContactFlowState": "ARCHIVED"})).await.ok(), json!({}));
        assert_eq!(seen().await, ["Old", "before", "ARCHIVED"]);
        assert_eq!(name(json!({"Name": "New"})).await.ok(), json!({}));
        assert_eq!(seen().await, ["New", "before", "ARCHIVED"]);
        metadata(json!({"Name": "Newer", "Description": ""})).await.ok();
        assert_eq!(seen().await, [json!("Newer"), Value::Null, json!("ARCHIVED")], "administration 1.1.5");
        name(json!({"Description": "after"})).await.ok();
        metadata(json!({"ContactFlowState": "ACTIVE", "Name": "Newer"})).await.ok();
        metadata(json!({})).await.ok();
        assert_eq!(seen().await, ["Newer", "after", "ACTIVE"]);
        bench.new_flow("Old", json!({})).await;
        for refused in [name(json!({"Name": "Old"})).await, metadata(json!({"Name": "Old"})).await] {
            refused.refused("DuplicateResourceException");
        }
        metadata(json!({"Name": ""})).await.refused("InvalidParameterException");
        metadata(json!({"ContactFlowState": "GONE"})).await.refused("InvalidParameterException");
    })
    .await;
}

#[tokio::test]
async fn flows_1_12_an_archived_flow_cannot_be_named_by_a_template() {
    let bench = Bench::new().await;
    let id = bench.new_flow("Resting", json!({})).await;
    let archived = json!({"ContactFlowState": "ARCHIVED"});
    bench.send(Op::UpdateContactFlowMetadata, &[&bench.instance, &id], archived).await.ok();
    let mut body = bench.template("Of a resting flow");
    body["ContactFlowId"] = json!(id);
    bench.create(body).await.properties(&[("ContactFlowId", "NOT_SUPPORTED")]);
}

#[tokio::test]
async fn flows_1_13_a_flow_is_deleted_with_all_it_has_and_frees_its_place() {
    on_each_engine(Limits { contact_flows_per_instance: 10, ..Limits::default() }, async |bench| {
        let id = bench.new_flow("Mine", json!({})).await;
        bench.send(Op::CreateContactFlowVersion, &[&bench.instance, &id], json!({})).await.ok();
        let alias = json!({"AliasName": "live", "ContactFlowVersion": 1});
        bench.send(Op::CreateContactFlowAlias, &[&bench.instance, &id], alias).await.ok();
        let mut body = bench.template("Names it");
        body["ContactFlowId"] = json!(id);
        let template = bench.create(body).await.ok();
        let delete = async |id: &str| bench.get(Op::DeleteContactFlow, &[&bench.instance, id], "").await;
        delete(&format!("{id}:1")).await.refused("InvalidParameterException");
        assert_eq!(delete(&id).await.ok(), json!({}));
        for suffix in ["", ":$LATEST", ":$SAVED", ":1"] {
            bench.flow(&format!("{id}{suffix}")).await.refused("ResourceNotFoundException");
        }
        for op in [Op::ListContactFlowVersions, Op::ListContactFlowAliases, Op::DeleteContactFlow] {
            bench.get(op, &[&bench.instance, &id], "").await.refused("ResourceNotFoundException");
        }
        let read = bench.read(template["Id"].as_str().expect("an id"), "").await.ok();
        assert_eq!(read["ContactFlowId"], json!(id), "the template still names it");
        bench.new_flow("Mine", json!({})).await;
    })
    .await;
}

#[tokio::test]
async fn tasks_5_5_default_flows_can_be_changed_and_not_deleted() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.flow_named("Default customer queue").await;
        bench.publish(&id, &document("ours")).await.ok();
        bench.send(Op::UpdateContactFlowName, &[&bench.instance, &id], json!({"Name": "Our queue flow"})).await.ok();
        bench.send(Op::CreateContactFlowVersion, &[&bench.instance, &id], json!({})).await.ok();
        bench.get(Op::DeleteContactFlow, &[&bench.instance, &id], "").await.refused("InvalidRequestException");
        assert_eq!(bench.described_flow(&id).await["Name"], "Our queue flow");
        bench.get(Op::DeleteContactFlow, &[&bench.instance, &bench.flow], "").await.ok();
    })
    .await;
}

#[tokio::test]
async fn flows_1_14_what_was_published_can_be_run_after_it_is_gone() {
    on_each_engine(Limits::default(), async |bench| {
        let store = bench.service.store();
        let to_run = async |id: &str| {
            let found = store.flow_to_run(&bench.instance, store::Kind::ContactFlow, id, store::FlowPart::Latest).await;
            found.expect("a read")
        };
        // The flows of a new instance too.
        let sample = to_run(&bench.flow).await.expect("the sample flow");
        let document_of = async |hash: &str| store.flow_document(&bench.instance, hash).await.expect("a read");
        let content = bench.described_flow(&bench.flow).await["Content"].clone();
        assert_eq!(document_of(&sample.sha256_hex).await.map(Value::from), Some(content));

        let id = bench.new_flow("Mine", json!({})).await;
        let first = to_run(&id).await.expect("a published flow");
        assert_eq!((first.name.as_str(), first.flow_type.as_str(), first.archived), ("Mine", "CONTACT_FLOW", false));
        bench.publish(&id, &document("second")).await.ok();
        let archived = json!({"ContactFlowState": "ARCHIVED"});
        bench.send(Op::UpdateContactFlowMetadata, &[&bench.instance, &id], archived).await.ok();
        let second = to_run(&id).await.expect("a published flow");
        assert!(second.archived, "flows 1.12");
        bench.get(Op::DeleteContactFlow, &[&bench.instance, &id], "").await.ok();
        assert_eq!(to_run(&id).await, None);
        for (hash, note) in [(first.sha256_hex, "first"), (second.sha256_hex, "second")] {
            assert_eq!(document_of(&hash).await, Some(document(note)));
        }
        let draft = bench.new_flow("Draft", json!({"Status": "SAVED"})).await;
        assert_eq!(to_run(&draft).await, None, "never published");
    })
    .await;
}
