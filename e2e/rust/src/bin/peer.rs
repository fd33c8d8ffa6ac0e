//! The Rust side of e2e/python/test_cross_clients.py: `peer ENDPOINT VERB ARGUMENTS-AS-JSON`.

use std::collections::HashMap;

use aws_sdk_connect::error::ProvideErrorMetadata;
use aws_sdk_connect::types as t;
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, verb, given] = &arguments[..] else { panic!("usage: peer ENDPOINT VERB ARGUMENTS-AS-JSON") };
    let given: Value = serde_json::from_str(given).expect("the arguments are JSON");
    println!("{}", answer(&e2e_rust::client(url), verb, &given).await);
}

fn text<'a>(given: &'a Value, name: &str) -> &'a str {
    given[name].as_str().unwrap_or_else(|| panic!("{name} is no text"))
}

async fn answer(connect: &aws_sdk_connect::Client, verb: &str, given: &Value) -> Value {
    match verb {
        "create" => create(connect, &given["request"]).await,
        "get" => {
            let (instance, template) = (text(given, "instance"), text(given, "template"));
            let found = connect.get_task_template().instance_id(instance).task_template_id(template).send().await;
            let found = found.expect("the template is there");
            json!({"Name": found.name(), "Created": found.created_time().expect("a time is answered").as_secs_f64()})
        }
        "refuse" => {
            let (instance, template) = (text(given, "instance"), text(given, "template"));
            let found = connect.get_task_template().instance_id(instance).task_template_id(template).send().await;
            json!({"Name": found.err().and_then(|error| error.code().map(str::to_owned))})
        }
        "tag" => {
            let tags = given["tags"].as_object().expect("tags are an object").iter();
            let tags: HashMap<_, _> = tags.map(|(k, v)| (k.clone(), v.as_str().expect("text").to_owned())).collect();
            connect.tag_resource().resource_arn(text(given, "arn")).set_tags(Some(tags)).send().await.expect("tagged");
            json!({})
        }
        "untag" => {
            let keys = given["keys"].as_array().expect("keys are a list").iter();
            let keys = keys.map(|key| key.as_str().expect("text").to_owned()).collect();
            let call = connect.untag_resource().resource_arn(text(given, "arn")).set_tag_keys(Some(keys));
            call.send().await.expect("untagged");
            json!({})
        }
        "tags" => {
            let found = connect.list_tags_for_resource().resource_arn(text(given, "arn")).send().await.expect("listed");
            json!(found.tags().cloned().unwrap_or_default())
        }
        other => panic!("no verb {other}"),
    }
}

/// Creates a template with fields of a name and a type, and a list of required fields: what the tests send.
async fn create(connect: &aws_sdk_connect::Client, request: &Value) -> Value {
    let fields = request["Fields"].as_array().expect("a list").iter();
    let fields =
        fields.map(|one| e2e_rust::field(text(&one["Id"], "Name"), t::TaskTemplateFieldType::from(text(one, "Type"))));
    let names = request["Constraints"]["RequiredFields"].as_array().expect("a list").iter();
    let names: Vec<&str> = names.map(|one| text(&one["Id"], "Name")).collect();
    let made = connect
        .create_task_template()
        .instance_id(text(request, "InstanceId"))
        .name(text(request, "Name"))
        .contact_flow_id(text(request, "ContactFlowId"))
        .status(t::TaskTemplateStatus::from(text(request, "Status")))
        .set_fields(Some(fields.collect()))
        .constraints(e2e_rust::required(&names))
        .send()
        .await
        .expect("the template can be made");
    json!({"Id": made.id()})
}
