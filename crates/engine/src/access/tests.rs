//! Requests and what they are judged on.

use std::collections::BTreeMap;

use wire::ops::{
    CreateContactInput, CreateHoursOfOperationInput, CreateTaskTemplateInput, CreateUserInput,
    DescribeContactFlowInput, GetCurrentUserDataInput, GetTaskTemplateInput, ListInstancesInput, ListQueuesInput,
    ListTaskTemplatesInput, SearchQueuesInput, StartTaskContactInput, TagResourceInput, UntagResourceInput,
    UpdateUserRoutingProfileInput,
};
use wire::shapes::{
    Channel, ContactInitiationMethod, ControlPlaneTagFilter, QueueSearchFilter, TagCondition, UserDataFilters,
};

use super::*;

const HOME: Home<'_> = Home { partition: arn::Partition::Aws, region: "eu-central-1", account: "111122223333" };
const ID: &str = "11111111-1111-4111-8111-111111111111";
const INSTANCE: &str = "arn:aws:connect:eu-central-1:111122223333:instance/11111111-1111-4111-8111-111111111111";

fn judged(op: Op, request: &impl Named) -> Vec<(String, bool, bool)> {
    let asked = asked(op, HOME, request, &[]);
    asked
        .subjects
        .into_iter()
        .map(|own| (own.arn.replace(INSTANCE, "…"), own.required, own.tags && own.target.is_some()))
        .collect()
}

fn row(arn: &str, required: bool, tagged: bool) -> (String, bool, bool) {
    (arn.to_owned(), required, tagged)
}

/// protocol 4.1, W4.1.1
#[test]
fn requests_are_judged_on_what_they_name() {
    let instance_id = ID.to_owned();
    let template = GetTaskTemplateInput {
        instance_id: instance_id.clone(),
        task_template_id: "t".to_owned(),
        ..Default::default()
    };
    assert_eq!(judged(Op::GetTaskTemplate, &template), [row("…/task-template/t", true, true)]);
    let by_arn = GetTaskTemplateInput {
        instance_id: INSTANCE.to_owned(),
        task_template_id: format!("{INSTANCE}/task-template/t"),
        ..Default::default()
    };
    assert_eq!(judged(Op::GetTaskTemplate, &by_arn), [row("…/task-template/t", true, true)]);
    let create = CreateTaskTemplateInput { instance_id: instance_id.clone(), ..Default::default() };
    assert_eq!(judged(Op::CreateTaskTemplate, &create), [row("…/task-template/*", true, false)]);
    let list = ListTaskTemplatesInput { instance_id: instance_id.clone(), ..Default::default() };
    assert_eq!(judged(Op::ListTaskTemplates, &list), [row("…", true, true)], "W4.1.4");
    let queues = ListQueuesInput { instance_id: instance_id.clone(), ..Default::default() };
    assert_eq!(judged(Op::ListQueues, &queues), [row("…/queue/*", true, false)]);
    let tagged = TagResourceInput { resource_arn: format!("{INSTANCE}/queue/q"), ..Default::default() };
    assert_eq!(judged(Op::TagResource, &tagged), [row("…/queue/q", true, true)]);
    assert_eq!(judged(Op::ListInstances, &ListInstancesInput::default()), [row("*", true, false)]);
    let change =
        UpdateUserRoutingProfileInput { instance_id, user_id: "u".to_owned(), routing_profile_id: "r".to_owned() };
    let both = [row("…/routing-profile/r", true, true), row("…/agent/u", true, true)];
    assert_eq!(judged(Op::UpdateUserRoutingProfile, &change), both);
}

#[test]
fn b212_what_is_made_is_judged_beside_what_is_named() {
    let user = CreateUserInput {
        instance_id: ID.to_owned(),
        routing_profile_id: "r".to_owned(),
        security_profile_ids: vec!["s".to_owned(), format!("{INSTANCE}/security-profile/u")],
        hierarchy_group_id: Some("g".to_owned()),
        ..Default::default()
    };
    let expected = [
        row("…/agent/*", true, false),
        row("…/agent-group/g", false, true),
        row("…/routing-profile/r", true, true),
        row("…/security-profile/s", true, true),
        row("…/security-profile/u", true, true),
    ];
    assert_eq!(judged(Op::CreateUser, &user), expected);
    let hours = CreateHoursOfOperationInput { instance_id: ID.to_owned(), ..Default::default() };
    assert_eq!(judged(Op::CreateHoursOfOperation, &hours), [row("…/operating-hours/*", true, false)]);
}

#[test]
fn b212_a_request_that_names_none_of_what_it_could_is_about_all() {
    let mut filters = UserDataFilters::default();
    let request = |filters: &UserDataFilters| GetCurrentUserDataInput {
        instance_id: ID.to_owned(),
        filters: filters.clone(),
        ..Default::default()
    };
    let all = ["…/agent-group/*", "…/queue/*", "…/routing-profile/*", "…/agent/*"];
    let mut found: Vec<String> =
        judged(Op::GetCurrentUserData, &request(&filters)).into_iter().map(|(arn, ..)| arn).collect();
    let mut expected = all.map(str::to_owned).to_vec();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    filters.queues = Some(vec!["q".to_owned()]);
    assert_eq!(judged(Op::GetCurrentUserData, &request(&filters)), [row("…/queue/q", true, true)]);
}

/// A version or an alias of a flow is no way around a statement about the flow.
#[test]
fn b213_a_qualifier_does_not_change_the_resource() {
    for id in ["f", "f:$SAVED", "f:3", "f:alias"] {
        for text in [id.to_owned(), format!("{INSTANCE}/contact-flow/{id}")] {
            let flow = DescribeContactFlowInput { instance_id: ID.to_owned(), contact_flow_id: text.clone() };
            assert_eq!(judged(Op::DescribeContactFlow, &flow), [row("…/contact-flow/f", true, true)], "{text}");
        }
    }
}

#[test]
fn instances_that_cannot_be_here_are_judged_as_they_are_written() {
    let of = |instance: &str| GetTaskTemplateInput {
        instance_id: instance.to_owned(),
        task_template_id: "t".to_owned(),
        ..Default::default()
    };
    assert_eq!(judged(Op::GetTaskTemplate, &of("nonsense")), [row("*", true, false)]);
    let other = INSTANCE.replace("111122223333", "999999999999");
    assert_eq!(judged(Op::GetTaskTemplate, &of(&other)), [row("*", true, false)]);
    let list = ListTaskTemplatesInput { instance_id: other.clone(), ..Default::default() };
    assert_eq!(judged(Op::ListTaskTemplates, &list), [row(&other, true, false)]);
}

#[test]
fn requests_bring_values_of_condition_keys() {
    let values = |op, request: &dyn Fn() -> Asked| {
        let asked = request();
        assert!(asked.values.iter().all(|(key, ..)| Op::action(op).keys.contains(key)), "{op}: {:?}", asked.values);
        asked.values
    };
    let tags: BTreeMap<String, String> = [("team".to_owned(), "A B".to_owned())].into();
    let tag = TagResourceInput { resource_arn: format!("{INSTANCE}/queue/q"), tags };
    let found = values(Op::TagResource, &|| asked(Op::TagResource, HOME, &tag, &[]));
    assert_eq!(found, [("aws:RequestTag/", Some("team".to_owned()), "A B".to_owned())]);
    let untag = UntagResourceInput { resource_arn: String::new(), tag_keys: vec!["a".to_owned(), "b".to_owned()] };
    let found = values(Op::UntagResource, &|| asked(Op::UntagResource, HOME, &untag, &[]));
    assert_eq!(
        found.iter().map(|(key, _, value)| (*key, value.as_str())).collect::<Vec<_>>(),
        [("aws:TagKeys", "a"), ("aws:TagKeys", "b")]
    );
    let contact = CreateContactInput {
        channel: Channel::Task,
        initiation_method: ContactInitiationMethod::Api,
        ..Default::default()
    };
    let found = values(Op::CreateContact, &|| asked(Op::CreateContact, HOME, &contact, &[]));
    assert_eq!(found, [("connect:ContactInitiationMethod", None, "API".to_owned())]);
    let condition = TagCondition { tag_key: Some("team".to_owned()), tag_value: Some("claims".to_owned()) };
    let filter = ControlPlaneTagFilter { or_conditions: Some(vec![vec![condition]]), ..Default::default() };
    let filter = QueueSearchFilter { tag_filter: Some(filter) };
    let search = SearchQueuesInput { search_filter: Some(filter), ..Default::default() };
    let found = values(Op::SearchQueues, &|| asked(Op::SearchQueues, HOME, &search, &[]));
    assert_eq!(found, [("connect:SearchTag/", Some("team".to_owned()), "claims".to_owned())]);
}

/// The flow that will run is worked out by the operation; what the request names must not be denied.
#[test]
fn tasks_are_started_on_a_flow() {
    let start = StartTaskContactInput {
        instance_id: ID.to_owned(),
        task_template_id: Some("t".to_owned()),
        ..Default::default()
    };
    let found = judged(Op::StartTaskContact, &start);
    assert_eq!(found, [row("…/task-template/t", false, true)]);
}

/// Published patterns of ARNs and ours are the same.
#[test]
fn w4_1_1_arns_are_those_of_the_published_facts() {
    let mut seen = 0;
    for op in Op::ALL {
        for resource in op.action().resources {
            let (Some(kind), Some(pattern)) = (arn_kind(resource.kind), resource.kind.arn_pattern()) else {
                assert_eq!(resource.kind, ResourceKind::Any, "{op}");
                continue;
            };
            let (head, id) = pattern.rsplit_once("${").expect("it ends with an id");
            assert!(id.ends_with('}'), "{pattern}");
            let filled = |text: &str| {
                text.replace("${Partition}", "aws")
                    .replace("${Region}", HOME.region)
                    .replace("${Account}", HOME.account)
                    .replace("${InstanceId}", ID)
            };
            let ours = match kind {
                Kind::Instance => HOME.instance("x").arn(kind, "x"),
                kind => HOME.instance(ID).arn(kind, "x"),
            };
            assert_eq!(ours, format!("{}x", filled(head)), "{op}");
            seen += 1;
        }
    }
    assert!(seen > 150);
}
