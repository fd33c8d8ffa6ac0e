//! Changing and deleting flow modules (flows 8.1 to 8.4, 8.10).

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Answer, Bench, on_each_engine};

/// A module that ends at once; `note` tells one from another.
pub(crate) fn module_document(note: &str) -> String {
    json!({
        "Version": "2019-10-30", "StartAction": "end", "Metadata": {"note": note},
        "Settings": {"InputParameters": [], "OutputParameters": [], "Transitions": []},
        "Actions": [{"Identifier": "end", "Type": "EndFlowModuleExecution", "Parameters": {}, "Transitions": {}}],
    })
    .to_string()
}

/// A contract with one branch.
fn contract(branch: &str) -> String {
    json!({"transitions": {"results": [{"name": branch, "description": ""}]}}).to_string()
}

impl Bench {
    /// A new module; `more` is merged over a valid request.
    pub(crate) async fn new_module(&self, name: &str, more: Value) -> String {
        let mut body = json!({"Name": name, "Content": module_document("first")});
        for (key, value) in more.as_object().expect("members") {
            body[key] = value.clone();
        }
        let created = self.send(Op::CreateContactFlowModule, &[&self.instance], body).await.ok();
        created["Id"].as_str().expect("an id").to_owned()
    }

    async fn module(&self, id: &str) -> Answer {
        self.get(Op::DescribeContactFlowModule, &[&self.instance, id], "").await
    }

    async fn described_module(&self, id: &str) -> Value {
        self.module(id).await.ok()["ContactFlowModule"].clone()
    }

    async fn module_content(&self, id: &str, body: Value) -> Answer {
        self.send(Op::UpdateContactFlowModuleContent, &[&self.instance, id], body).await
    }
}

#[tokio::test]
async fn flows_8_3_content_and_contract_are_published_alone_or_together() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.new_module("Mine", json!({"Settings": contract("a"), "Tags": {"a": "b"}})).await;
        let second = module_document("second");
        assert_eq!(bench.module_content(&id, json!({"Content": second})).await.ok(), json!({}));
        let module = bench.described_module(&id).await;
        assert_eq!((&module["Content"], &module["Settings"]), (&json!(second), &json!(contract("a"))));
        assert_eq!((&module["Status"], &module["Tags"]), (&json!("PUBLISHED"), &json!({"a": "b"})), "flows 8.10");
        assert_eq!(module["FlowModuleContentSha256"], engine::contact_flow::sha256_hex(&second));
        bench.send(Op::CreateContactFlowModuleVersion, &[&bench.instance, &id], json!({})).await.ok();
        bench.module_content(&id, json!({"Settings": contract("b")})).await.ok();
        let module = bench.described_module(&id).await;
        assert_eq!((&module["Content"], &module["Settings"]), (&json!(second), &json!(contract("b"))));
        assert_eq!(
            bench.described_module(&format!("{id}:1")).await["Settings"],
            json!(contract("a")),
            "as it was made"
        );
        let both = json!({"Content": module_document("third"), "Settings": "{}"});
        bench.module_content(&id, both).await.ok();
        assert_eq!(bench.described_module(&id).await["Settings"], "{}");

        bench.module_content(&id, json!({})).await.refused("InvalidRequestException");
        bench.module_content(&id, json!({"Settings": "[]"})).await.refused("InvalidRequestException");
        let refused = bench.module_content(&id, json!({"Content": "[]"})).await;
        assert_eq!(refused.error, "InvalidContactFlowModuleException");
        assert!(refused.body["Problems"][0]["message"].is_string());
        bench.module_content(&id, json!({"Content": ""})).await.refused("InvalidRequestException");
        bench.module_content(&format!("{id}:1"), json!({"Content": second})).await.refused("InvalidRequestException");
        bench.module_content("absent", json!({"Content": second})).await.refused("ResourceNotFoundException");
        assert_eq!(bench.described_module(&id).await["Content"], json!(module_document("third")));
    })
    .await;
}

#[tokio::test]
async fn flows_1_4_a_module_has_a_draft_too() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.new_module("Mine", json!({})).await;
        let saved = format!("{id}:$SAVED");
        assert_eq!(bench.described_module(&saved).await["Content"], json!(module_document("first")));
        bench.module_content(&saved, json!({"Content": "no document"})).await.ok();
        let draft = bench.described_module(&saved).await;
        assert_eq!((&draft["Content"], &draft["Status"]), (&json!("no document"), &json!("SAVED")));
        assert_eq!(bench.described_module(&id).await["Content"], json!(module_document("first")));
        let with_contract = json!({"Content": "no document", "Settings": "{}"});
        bench.module_content(&saved, with_contract).await.refused("InvalidRequestException");
    })
    .await;
}

#[tokio::test]
async fn flows_8_1_metadata_changes_and_the_list_follows_the_state() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.new_module("Old", json!({"Description": "before"})).await;
        let metadata =
            async |body: Value| bench.send(Op::UpdateContactFlowModuleMetadata, &[&bench.instance, &id], body).await;
        let listed = async |state: &str| {
            let list = bench.get(Op::ListContactFlowModules, &[&bench.instance], &format!("state={state}")).await.ok();
            list["ContactFlowModulesSummaryList"].as_array().expect("a list").len()
        };
        assert_eq!(metadata(json!({"State": "ARCHIVED"})).await.ok(), json!({}));
        assert_eq!((listed("ACTIVE").await, listed("ARCHIVED").await), (0, 1));
        metadata(json!({"Name": "New"})).await.ok();
        metadata(json!({"Description": "after"})).await.ok();
        let module = bench.described_module(&id).await;
        assert_eq!(
            (&module["Name"], &module["Description"], &module["State"]),
            (&json!("New"), &json!("after"), &json!("ARCHIVED"))
        );
        let store = bench.service.store();
        let run = store.flow_to_run(&bench.instance, store::Kind::FlowModule, &id, store::FlowPart::Latest).await;
        assert!(run.expect("a read").is_some_and(|run| run.archived), "flows 8.9: it still runs");
        bench.new_module("Old", json!({})).await;
        metadata(json!({"Name": "Old"})).await.refused("DuplicateResourceException");
        metadata(json!({"Name": " "})).await.refused("InvalidParameterException");
    })
    .await;
}

#[tokio::test]
async fn flows_8_9_a_module_is_deleted_with_all_it_has_and_frees_its_place() {
    on_each_engine(Limits { contact_flow_modules_per_instance: 1, ..Limits::default() }, async |bench| {
        let id = bench.new_module("Mine", json!({})).await;
        bench.send(Op::CreateContactFlowModuleVersion, &[&bench.instance, &id], json!({})).await.ok();
        let mut body = bench.template("Wrapped");
        body["ContactHooks"] = json!({"WrapUpFlowId": id});
        bench.create(body).await.ok();
        assert_eq!(bench.get(Op::DeleteContactFlowModule, &[&bench.instance, &id], "").await.ok(), json!({}));
        for suffix in ["", ":1"] {
            bench.module(&format!("{id}{suffix}")).await.refused("ResourceNotFoundException");
        }
        bench.get(Op::DeleteContactFlowModule, &[&bench.instance, &id], "").await.refused("ResourceNotFoundException");
        bench.new_module("Mine", json!({})).await;
    })
    .await;
}

/// A flow that calls a module with these input keys.
fn calling(module: &str, keys: &[&str]) -> String {
    let input: serde_json::Map<String, Value> = keys.iter().map(|key| ((*key).to_owned(), json!("x"))).collect();
    json!({
        "Version": "2019-10-30", "StartAction": "call",
        "Actions": [
            {"Identifier": "call", "Type": "InvokeFlowModule", "Parameters": {"FlowModuleId": module, "Input": input},
             "Transitions": {"NextAction": "end", "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "end"}]}},
            {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}},
        ],
    })
    .to_string()
}

#[tokio::test]
async fn flows_6_5_and_8_5_a_call_is_held_to_the_contract_of_the_module_version_or_alias_it_names() {
    on_each_engine(Limits::default(), async |bench| {
        let takes = |key: &str| {
            let schema = json!({"type": "object", "properties": {key: {"type": "string"}}});
            json!({"input": {"schema": schema}}).to_string()
        };
        let id = bench.new_module("Callee", json!({"Settings": takes("a")})).await;
        bench.send(Op::CreateContactFlowModuleVersion, &[&bench.instance, &id], json!({})).await.ok();
        let alias = json!({"AliasName": "live", "ContactFlowModuleVersion": 1});
        let alias = bench.send(Op::CreateContactFlowModuleAlias, &[&bench.instance, &id], alias).await.ok();
        let alias = alias["Id"].as_str().expect("an id").to_owned();
        bench.module_content(&id, json!({"Settings": takes("b")})).await.ok();
        let arn = bench.described_module(&id).await["Arn"].as_str().expect("an ARN").to_owned();
        let flow = bench.new_flow("Caller", json!({})).await;
        let versioned = format!("{id}:1");
        let aliased = format!("{id}:{alias}");
        for (module, good, bad) in [(&id, "b", "a"), (&arn, "b", "a"), (&versioned, "a", "b"), (&aliased, "a", "b")] {
            bench.publish(&flow, &calling(module, &[good])).await.ok();
            let refused = bench.publish(&flow, &calling(module, &[bad])).await;
            assert_eq!(refused.error, "InvalidContactFlowException", "{module}");
            let problem = refused.body["problems"][0]["message"].as_str().expect("a message").to_owned();
            assert!(problem.contains(&format!("Actions[0].Parameters.Input.{bad}")), "{problem}");
        }
        // A missing module is only detected at run time (flows 6.4).
        for module in ["11111111-1111-4111-8111-111111111111".to_owned(), format!("{id}:7"), format!("{id}:nobody")] {
            bench.publish(&flow, &calling(&module, &["anything"])).await.ok();
        }
    })
    .await;
}
