//! Typed exceptions, their lists, and the requests that only this client sends.

use aws_sdk_connect::error::ProvideErrorMetadata;
use aws_sdk_connect::operation::RequestId;
use aws_sdk_connect::operation::create_contact_flow::CreateContactFlowError;
use aws_sdk_connect::operation::create_task_template::CreateTaskTemplateError;
use aws_sdk_connect::types as t;
use e2e_rust::{DEV_INSTANCE, Server, client, new_instance, small, with_key};

/// Path and reason of each entry; the message names each, too.
fn listed(error: &CreateTaskTemplateError) -> Vec<(String, String)> {
    let CreateTaskTemplateError::PropertyValidationException(inner) = error else { panic!("{error:?}") };
    assert!(!inner.message().is_empty());
    assert!(error.request_id().is_some());
    let entries = inner.property_list().iter();
    entries
        .map(|entry| {
            let whole = format!("{}: {}", entry.property_path(), entry.message().trim_end_matches('.'));
            assert!(inner.message().contains(&whole), "{} does not mention {whole}", inner.message());
            (entry.property_path().to_owned(), entry.reason().as_str().to_owned())
        })
        .collect()
}

fn missing(paths: &[&str]) -> Vec<(String, String)> {
    paths.iter().map(|path| ((*path).to_owned(), "REQUIRED_PROPERTY_MISSING".to_owned())).collect()
}

#[tokio::test]
async fn case_c8_property_list() {
    let server = Server::start(&[]).await;
    let connect = client(&server.url);
    let instance = new_instance(&connect).await;
    let call = small(&connect, &instance, &"x".repeat(101)).status(t::TaskTemplateStatus::from("active"));
    let error = call.send().await.expect_err("two faults").into_service_error();
    let format = "INVALID_FORMAT".to_owned();
    assert_eq!(listed(&error), [("Name".to_owned(), format.clone()), ("Status".to_owned(), format)]);
}

#[tokio::test]
async fn case_c3_without_fields_and_r7_1_each_missing_part() {
    let server = Server::start(&[]).await;
    let connect = client(&server.url);
    let instance = new_instance(&connect).await;
    let without = small(&connect, &instance, "x").set_fields(None).send().await.expect_err("no fields");
    assert_eq!(listed(&without.into_service_error()), missing(&["Fields"]));
    let call = connect.create_task_template().instance_id(&instance.id).name("Simple");
    let call = call.fields(e2e_rust::field("Task name", t::TaskTemplateFieldType::Name));
    let error = call.send().await.expect_err("cli#9989").into_service_error();
    assert_eq!(listed(&error), missing(&["ContactFlowId", "Constraints"]));
}

#[tokio::test]
async fn case_c1_hostile_id_and_r1_2_5_declared_errors() {
    let server = Server::start(&[]).await;
    let connect = client(&server.url);
    let get = |template: &str| connect.get_task_template().instance_id(DEV_INSTANCE).task_template_id(template);
    for template in ["a b/../c~é%2F+(x)!*'", "0b7f6f0e-2f0c-4c53-9a0e-5a3c0d1d7e11"] {
        let error = get(template).send().await.expect_err("unknown").into_service_error();
        assert!(error.is_resource_not_found_exception(), "{error:?}");
        assert!(error.message().is_some_and(|message| !message.is_empty()));
    }
    let error = get(&"x".repeat(501)).send().await.expect_err("too long").into_service_error();
    assert!(error.is_invalid_parameter_exception(), "{error:?}");
    let error = get("x").snapshot_version("01").send().await.expect_err("no version").into_service_error();
    assert!(error.is_invalid_parameter_exception(), "{error:?}");
    let list = connect.list_task_templates().instance_id(DEV_INSTANCE);
    for call in [list.clone().max_results(0), list.clone().max_results(101), list.name("")] {
        let error = call.send().await.expect_err("bad query").into_service_error();
        assert!(error.is_invalid_parameter_exception(), "{error:?}");
    }
    let error = connect.list_instances().max_results(11).send().await.expect_err("too many").into_service_error();
    assert!(error.is_invalid_request_exception(), "{error:?}");
}

#[tokio::test]
async fn case_c4_tags_that_are_none_and_r4_3_the_51st() {
    let server = Server::start(&[]).await;
    let connect = client(&server.url);
    let arn = new_instance(&connect).await.arn;
    let call = connect.untag_resource().resource_arn(&arn).set_tag_keys(Some(Vec::new()));
    let error = call.send().await.expect_err("no keys").into_service_error();
    assert!(error.is_invalid_parameter_exception(), "{error:?}");
    let tag = |tags| connect.tag_resource().resource_arn(&arn).set_tags(Some(tags));
    let error = tag([].into()).send().await.expect_err("no tags").into_service_error();
    assert!(error.is_invalid_parameter_exception(), "{error:?}");
    tag((0..50).map(|n| (format!("k{n}"), String::new())).collect()).send().await.expect("fifty");
    let error = tag([("more".to_owned(), String::new())].into()).send().await.expect_err("51").into_service_error();
    assert!(error.is_invalid_request_exception(), "{error:?}");
}

#[tokio::test]
async fn quotas_duplicates_and_flows_that_are_none() {
    let limits = [("LIMITS_TASK_TEMPLATES_PER_INSTANCE", "1"), ("LIMITS_CONTACT_FLOWS_PER_INSTANCE", "10")];
    let server = Server::start(&limits).await;
    let connect = client(&server.url);
    let instance = new_instance(&connect).await;
    small(&connect, &instance, "One").send().await.expect("created");
    let same = small(&connect, &instance, "One").send().await.expect_err("taken").into_service_error();
    assert_eq!(listed(&same), [("Name".to_owned(), "RESOURCE_NAME_ALREADY_EXISTS".to_owned())]);
    let error = small(&connect, &instance, "Two").send().await.expect_err("one is the quota").into_service_error();
    assert!(error.is_service_quota_exceeded_exception(), "{error:?}");
    let flow = |name: &str, content: &str| {
        let call = connect.create_contact_flow().instance_id(&instance.id).name(name).content(content);
        call.r#type(t::ContactFlowType::ContactFlow).status(t::ContactFlowStatus::Published)
    };
    let error = flow("Bad", "{").send().await.expect_err("no JSON").into_service_error();
    let CreateContactFlowError::InvalidContactFlowException(inner) = &error else { panic!("{error:?}") };
    assert_eq!(inner.problems().len(), 1);
    assert!(inner.problems()[0].message().is_some_and(|message| !message.is_empty()));
    let draft = flow("Draft", "{").status(t::ContactFlowStatus::Saved).send().await.expect("saved");
    let call = connect.describe_contact_flow().instance_id(&instance.id);
    let call = call.contact_flow_id(draft.contact_flow_id().expect("an id"));
    let error = call.send().await.expect_err("a draft").into_service_error();
    assert!(error.is_contact_flow_not_published_exception(), "{error:?}");
    let error = flow("Draft", "{}").status(t::ContactFlowStatus::Saved).send().await.expect_err("taken");
    assert!(error.into_service_error().is_duplicate_resource_exception());
    let error = flow("Eleventh", "{}").status(t::ContactFlowStatus::Saved).send().await.expect_err("the quota");
    assert!(error.into_service_error().is_limit_exceeded_exception());
}

#[tokio::test]
async fn r1_9_1_throttling_of_the_server() {
    let server = Server::start(&[("THROTTLE_RATE", "0.01"), ("THROTTLE_BURST", "1")]).await;
    let list = client(&server.url).list_task_templates().instance_id(DEV_INSTANCE);
    list.clone().send().await.expect("the first");
    let error = list.send().await.expect_err("the second").into_service_error();
    assert!(error.is_throttling_exception(), "{error:?}");
    assert_eq!(error.message(), Some("Rate exceeded"));
}

#[tokio::test]
async fn w3_2_wrong_keys_and_operations_without_behaviour() {
    let server = Server::start(&[]).await;
    for (key, secret, code) in
        [("test", "wrong", "InvalidSignatureException"), ("AKIDOTHER", "test", "UnrecognizedClientException")]
    {
        let error = with_key(&server.url, key, secret).list_task_templates().instance_id(DEV_INSTANCE).send().await;
        assert_eq!(error.expect_err("refused").code(), Some(code));
    }
    let error = client(&server.url).list_phone_numbers_v2().send().await;
    let error = error.expect_err("out of scope").into_service_error();
    assert!(error.message().is_some_and(|message| message.contains("ListPhoneNumbersV2")), "{error:?}");
}
