//! Inputs, outputs, times, paginators.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use aws_sdk_connect::Client;
use aws_sdk_connect::primitives::DateTime;
use aws_sdk_connect::types as t;
use e2e_rust::{DEV_INSTANCE, Instance, Server, client, field, id, new_instance, required, small, template_ids};

use t::TaskTemplateFieldType as Kind;

fn all_types() -> Vec<Kind> {
    Kind::values().iter().map(|name| Kind::from(*name)).collect()
}

/// Within a millisecond, because the SDK reads fractions as binary ones (protocol W2.1.3).
fn same_time(one: &DateTime, other: &DateTime) -> bool {
    (one.as_nanos() - other.as_nanos()).abs() <= 1_000_000
}

#[tokio::test]
async fn r1_2_2_all_fourteen_types_read_back_exactly() {
    let server = Server::start(&[]).await;
    let connect = client(&server.url);
    let instance = new_instance(&connect).await;
    let kinds = all_types();
    assert_eq!(kinds.len(), 14);
    let fields: Vec<_> = kinds
        .iter()
        .map(|kind| {
            let options = (*kind == Kind::SingleSelect).then(|| vec!["B".to_owned(), "A".to_owned()]);
            let builder = t::TaskTemplateField::builder().id(id(&format!("F {}", kind.as_str()))).r#type(kind.clone());
            builder.description("d").set_single_select_options(options).build()
        })
        .collect();
    let constraints = t::TaskTemplateConstraints::builder()
        .required_fields(t::RequiredFieldInfo::builder().id(id("F NAME")).build())
        .read_only_fields(t::ReadOnlyFieldInfo::builder().id(id("F SINGLE_SELECT")).build())
        .invisible_fields(t::InvisibleFieldInfo::builder().id(id("F TEXT")).build())
        .build();
    let value = t::TaskTemplateDefaultFieldValue::builder().id(id("F SINGLE_SELECT")).default_value("A").build();
    let defaults = t::TaskTemplateDefaults::builder().default_field_values(value).build();
    let module = module(&connect, &instance).await;
    let hooks = t::TaskTemplateContactHooks::builder().wrap_up_flow_id(&module).build();
    let start = SystemTime::now() - Duration::from_secs(1);
    let made = small(&connect, &instance, "Everything")
        .description("Café 🚀 <&>\"\\")
        .self_assign_flow_id(&instance.agent_transfer)
        .set_fields(Some(fields.clone()))
        .constraints(constraints.clone())
        .defaults(defaults.clone())
        .contact_hooks(hooks.clone())
        .send()
        .await
        .expect("created");
    assert_eq!(made.arn(), format!("{}/task-template/{}", instance.arn, made.id()));
    connect.tag_resource().resource_arn(made.arn()).tags("team", "x").send().await.expect("tagged");

    let call = connect.get_task_template().instance_id(&instance.id).task_template_id(made.id());
    let found = call.send().await.expect("found");
    assert_eq!((found.id(), found.arn(), found.name()), (made.id(), made.arn(), "Everything"));
    assert_eq!(found.instance_id(), Some(&*instance.id));
    assert_eq!(found.description(), Some("Café 🚀 <&>\"\\"));
    assert_eq!(found.contact_flow_id(), Some(&*instance.flow));
    assert_eq!(found.self_assign_flow_id(), Some(&*instance.agent_transfer));
    assert_eq!(found.fields(), fields);
    assert_eq!(found.constraints(), Some(&constraints));
    assert_eq!(found.defaults(), Some(&defaults));
    assert_eq!(found.status(), Some(&t::TaskTemplateStatus::Active));
    assert_eq!(found.contact_hooks(), Some(&hooks));
    assert_eq!(found.tags(), Some(&HashMap::from([("team".to_owned(), "x".to_owned())])));
    let created = found.created_time().expect("a time");
    assert!(same_time(created, found.last_modified_time().expect("a time")));
    let moment = SystemTime::try_from(*created).expect("a time of this era");
    assert!(moment >= start && moment <= SystemTime::now() + Duration::from_secs(1));
    // case_c7: the list and the single answer agree
    let listed = connect.list_task_templates().instance_id(&instance.id).send().await.expect("listed");
    assert!(same_time(created, listed.task_templates()[0].created_time().expect("a time")));
}

#[tokio::test]
async fn r1_4_update_replaces_and_r3_3_versions_stay_and_r1_5_delete_is_final() {
    let server = Server::start(&[]).await;
    let connect = client(&server.url);
    let instance = new_instance(&connect).await;
    let made = small(&connect, &instance, "First").description("one").send().await.expect("created");
    let updated = connect
        .update_task_template()
        .instance_id(&instance.id)
        .task_template_id(made.id())
        .name("Second")
        .contact_flow_id(&instance.flow)
        .status(t::TaskTemplateStatus::Inactive)
        .fields(field("Task name", Kind::Name))
        .constraints(required(&["Task name"]))
        .send()
        .await
        .expect("updated");
    assert_eq!((updated.name(), updated.description()), (Some("Second"), None));
    let get = connect.get_task_template().instance_id(&instance.id).task_template_id(made.id());
    let one = get.clone().snapshot_version("1").send().await.expect("version 1");
    assert_eq!((one.name(), one.description()), ("First", Some("one")));
    let two = get.clone().snapshot_version("2").send().await.expect("version 2");
    assert_eq!((two.name(), two.status()), ("Second", Some(&t::TaskTemplateStatus::Inactive)));
    assert!(updated.last_modified_time() > one.last_modified_time());
    let delete = connect.delete_task_template().instance_id(&instance.id).task_template_id(made.id());
    delete.clone().send().await.expect("deleted");
    assert!(delete.send().await.expect_err("deleted before").into_service_error().is_resource_not_found_exception());
    assert!(template_ids(&connect, &instance).await.is_empty());
}

#[tokio::test]
async fn case_c5_tags() {
    let server = Server::start(&[]).await;
    let connect = client(&server.url);
    let instance = new_instance(&connect).await;
    let tags = HashMap::from([("k/é+:=@".to_owned(), String::new()), ("team".to_owned(), "A B".to_owned())]);
    let list = connect.list_tags_for_resource().resource_arn(&instance.arn);
    assert_eq!(list.clone().send().await.expect("listed").tags(), Some(&HashMap::new()));
    let tag = connect.tag_resource().resource_arn(&instance.arn).set_tags(Some(tags.clone()));
    tag.send().await.expect("tagged");
    assert_eq!(list.clone().send().await.expect("listed").tags(), Some(&tags));
    let untag = connect.untag_resource().resource_arn(&instance.arn).tag_keys("k/é+:=@").tag_keys("absent");
    untag.send().await.expect("untagged");
    let left = HashMap::from([("team".to_owned(), "A B".to_owned())]);
    assert_eq!(list.send().await.expect("listed").tags(), Some(&left));
}

#[tokio::test]
async fn instances() {
    let server = Server::start(&[]).await;
    let connect = client(&server.url);
    let instance = new_instance(&connect).await;
    let found = connect.describe_instance().instance_id(&instance.id).send().await.expect("described");
    let found = found.instance().expect("an instance");
    assert_eq!(found.arn(), Some(&*instance.arn));
    assert_eq!(found.instance_status(), Some(&t::InstanceStatus::Active));
    assert_eq!((found.inbound_calls_enabled(), found.outbound_calls_enabled()), (Some(true), Some(false)));
    assert_eq!(found.identity_management_type(), Some(&t::DirectoryType::ConnectManaged));
    assert!(found.created_time().is_some());
    let mut pages = connect.list_instances().into_paginator().page_size(1).send();
    let mut ids = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.expect("a page");
        assert!(page.instance_summary_list().len() <= 1);
        ids.extend(page.instance_summary_list().iter().filter_map(|one| one.id().map(str::to_owned)));
    }
    assert_eq!(ids, [DEV_INSTANCE.to_owned(), instance.id.clone()]);
    connect.delete_instance().instance_id(&instance.id).send().await.expect("deleted");
    let gone = connect.describe_instance().instance_id(&instance.id).send().await.expect_err("gone");
    assert!(gone.into_service_error().is_resource_not_found_exception());
}

#[tokio::test]
async fn flows_are_kept_byte_for_byte() {
    let server = Server::start(&[]).await;
    let connect = client(&server.url);
    let instance = new_instance(&connect).await;
    let content = "{\"Version\": \"2019-10-30\",\n \"StartAction\":\"end\", \"Metadata\":{\"note\":\"é 🚀 \\u00e9\"},\t\"Actions\":[\
         {\"Identifier\":\"end\",\"Type\":\"DisconnectParticipant\",\"Parameters\":{},\"Transitions\":{}}]}";
    let call = connect.create_contact_flow().instance_id(&instance.id).name("Flow").content(content);
    let made = call.r#type(t::ContactFlowType::ContactFlow).tags("k", "v").send().await.expect("created");
    let flow = made.contact_flow_id().expect("an id");
    let found = connect.describe_contact_flow().instance_id(&instance.id).contact_flow_id(flow);
    let found = found.send().await.expect("described");
    let found = found.contact_flow().expect("a flow");
    assert_eq!(found.content(), Some(content));
    assert_eq!(found.flow_content_sha256(), made.flow_content_sha256());
    assert_eq!(found.flow_content_sha256().map(str::len), Some(64));
    assert_eq!(found.status(), Some(&t::ContactFlowStatus::Published));
    assert_eq!(found.state(), Some(&t::ContactFlowState::Active));
    let mut items = connect.list_contact_flows().instance_id(&instance.id).into_paginator().page_size(4).items().send();
    let mut names = Vec::new();
    while let Some(item) = items.next().await {
        names.push(item.expect("a flow").name().expect("a name").to_owned());
    }
    assert_eq!((names.len(), names.last().map(String::as_str)), (10, Some("Flow")));
    let filtered = connect.list_contact_flows().instance_id(&instance.id);
    let filtered = filtered.contact_flow_types(t::ContactFlowType::AgentHold).send().await.expect("listed");
    assert_eq!(filtered.contact_flow_summary_list()[0].name(), Some("Default agent hold"));
    assert_eq!(filtered.contact_flow_summary_list().len(), 1);
}

const MODULE: &str = "{\"Version\": \"2019-10-30\",\n \"StartAction\":\"end\",\"Settings\":{\"InputParameters\":[],\"OutputParameters\":[],\
    \"Transitions\":[]},\"Actions\":[{\"Identifier\":\"end\",\"Type\":\"EndFlowModuleExecution\",\"Parameters\":{},\"Transitions\":{}}]}";

async fn module(connect: &Client, instance: &Instance) -> String {
    let call = connect.create_contact_flow_module().instance_id(&instance.id).name("M").content(MODULE);
    call.send().await.expect("created").id().expect("an id").to_owned()
}

#[tokio::test]
async fn flow_modules() {
    let server = Server::start(&[]).await;
    let connect = client(&server.url);
    let instance = new_instance(&connect).await;
    let made = module(&connect, &instance).await;
    let call = connect.describe_contact_flow_module().instance_id(&instance.id).contact_flow_module_id(&made);
    let found = call.send().await.expect("described");
    let found = found.contact_flow_module().expect("a module");
    assert_eq!((found.id(), found.content()), (Some(&*made), Some(MODULE)));
    assert_eq!(found.status(), Some(&t::ContactFlowModuleStatus::Published));
    let listed = connect.list_contact_flow_modules().instance_id(&instance.id).into_paginator().items().send();
    let listed = listed.collect::<Result<Vec<_>, _>>().await.expect("listed");
    assert_eq!(listed.iter().map(|one| one.id()).collect::<Vec<_>>(), [Some(&*made)]);
}

#[tokio::test]
async fn quick_connects() {
    let server = Server::start(&[]).await;
    let connect = client(&server.url);
    let instance = new_instance(&connect).await;
    let phone = t::PhoneNumberQuickConnectConfig::builder().phone_number("+12065550100").build().expect("whole");
    let flow = t::FlowQuickConnectConfig::builder().contact_flow_id(&instance.flow).build().expect("whole");
    let builder = || t::QuickConnectConfig::builder();
    let configs = [
        builder().quick_connect_type(t::QuickConnectType::PhoneNumber).phone_config(phone).build().expect("whole"),
        builder().quick_connect_type(t::QuickConnectType::Flow).flow_config(flow).build().expect("whole"),
    ];
    for (number, config) in configs.iter().enumerate() {
        let call = connect.create_quick_connect().instance_id(&instance.id).name(format!("Q{number}"));
        let made = call.quick_connect_config(config.clone()).send().await.expect("created");
        let call = connect.describe_quick_connect().instance_id(&instance.id);
        let found = call.quick_connect_id(made.quick_connect_id().expect("an id")).send().await.expect("described");
        let found = found.quick_connect().expect("a quick connect");
        assert_eq!(found.quick_connect_config(), Some(config));
        assert_eq!(found.quick_connect_arn(), made.quick_connect_arn());
        assert!(found.last_modified_time().is_some());
    }
    let mut items =
        connect.list_quick_connects().instance_id(&instance.id).into_paginator().page_size(1).items().send();
    let mut names = Vec::new();
    while let Some(item) = items.next().await {
        names.push(item.expect("a quick connect").name().expect("a name").to_owned());
    }
    assert_eq!(names, ["Q0", "Q1"]);
    let filtered = connect.list_quick_connects().instance_id(&instance.id);
    let filtered = filtered.quick_connect_types(t::QuickConnectType::Flow).send().await.expect("listed");
    assert_eq!(filtered.quick_connect_summary_list().len(), 1);
}

#[tokio::test]
async fn case_c13_pages_of_templates() {
    let server = Server::start(&[("LIMITS_TASK_TEMPLATES_PER_INSTANCE", "0")]).await;
    let connect = client(&server.url);
    let instance = new_instance(&connect).await;
    let mut made = Vec::new();
    for number in 0..125 {
        let one = small(&connect, &instance, &format!("T{number}")).send().await.expect("created");
        made.push(one.id().to_owned());
    }
    let mut pages = connect.list_task_templates().instance_id(&instance.id).into_paginator().page_size(50).send();
    let (mut sizes, mut ids) = (Vec::new(), Vec::new());
    while let Some(page) = pages.next().await {
        let page = page.expect("a page");
        sizes.push((page.task_templates().len(), page.next_token().is_some()));
        ids.extend(page.task_templates().iter().filter_map(|one| one.id().map(str::to_owned)));
    }
    assert_eq!(sizes, [(50, true), (50, true), (25, false)]);
    assert_eq!(ids, made);
    let filtered = connect.list_task_templates().instance_id(&instance.id).name("T7");
    let filtered = filtered.status(t::TaskTemplateStatus::Active).send().await.expect("listed");
    assert_eq!(filtered.task_templates().iter().filter_map(|one| one.id()).collect::<Vec<_>>(), [&*made[7]]);
}
