//! Condition keys: what a request and the resources that it names bring, and what is read for them (protocol 4.1, 10.4).

use std::collections::BTreeMap;

use serde_json::{Value, json};
use service::{Caller, Limits, Origin};
use wire::Op;

use super::{document, holding, policies, refused, statement};
use crate::bench::{Answer, Bench, on_each_engine};

/// Allows one action, on everything, under a condition.
fn only_if(bench: &Bench, action: &str, condition: &Value) -> Caller {
    holding(bench, &json!([statement("Allow", action, &json!("*"), condition)]))
}

async fn tag(bench: &Bench, arn: &str, tags: Value) {
    bench.send(Op::TagResource, &[arn], json!({"tags": tags})).await.ok();
}

fn allowed(answer: &Answer) -> bool {
    refused(answer).is_none()
}

/// A key that may read only templates tagged team=claims; what does not exist has no tags (protocol 10.4 E5 to E7).
#[tokio::test]
async fn case_e5_tags_decide_which_templates_are_read() {
    on_each_engine(Limits::default(), async |mut bench| {
        let (claims, other, plain) =
            (bench.created("Claim").await, bench.created("Other").await, bench.created("Plain").await);
        tag(&bench, &bench.template_arn(&claims), json!({"Team": "claims"})).await;
        tag(&bench, &bench.template_arn(&other), json!({"team": "returns"})).await;
        let administrator = bench.caller.clone();
        for (operator, expected) in [
            ("StringEquals", [true, false, false, false]),
            ("StringNotEquals", [false, true, true, true]),
            ("StringEqualsIfExists", [true, false, true, true]),
        ] {
            let condition = json!({operator: {"aws:ResourceTag/team": "claims"}});
            bench.caller = only_if(&bench, "connect:GetTaskTemplate", &condition);
            for (id, expected) in [&claims, &other, &plain, &"absent".to_owned()].into_iter().zip(expected) {
                let answer = bench.read(id, "").await;
                assert_eq!(allowed(&answer), expected, "{operator} {id}: {}", answer.body);
            }
        }
        // W4.1.4: a list is allowed or not as a whole.
        let instance = format!("arn:aws:connect:us-east-1:123456789012:instance/{}", bench.instance);
        let list = statement("Allow", "connect:ListTaskTemplates", &json!(instance), &json!({}));
        bench.caller = holding(&bench, &json!([list]));
        let listed = bench.get(Op::ListTaskTemplates, &[&bench.instance], "").await.ok();
        assert_eq!(listed["TaskTemplates"].as_array().map(Vec::len), Some(3));
        bench.caller = administrator;
    })
    .await;
}

/// Nothing is read for a key without policies, nor for one whose policies ask for no tags.
#[tokio::test]
async fn b215_tags_are_read_only_for_statements_that_ask() {
    let mut bench = Bench::new().await;
    let queue = queue(&bench, "Returns").await;
    tag(&bench, &format!("{}/queue/{queue}", instance(&bench)), json!({"team": "claims"})).await;
    let administrator = bench.caller.clone();
    let reads = async |bench: &Bench, op: Op| {
        let before = bench.faults.requests();
        let labels = [bench.instance.as_str(), queue.as_str()];
        let answer = bench.get(op, &labels[..op.uri().matches('{').count()], "").await;
        assert!(allowed(&answer), "{}", answer.body);
        bench.faults.requests() - before
    };
    let usual = reads(&bench, Op::DescribeQueue).await;
    let condition = json!({"StringEquals": {"aws:ResourceTag/team": "claims"}});
    let plain = statement("Allow", "connect:*", &json!("*"), &json!({"Bool": {"aws:SecureTransport": "false"}}));
    let of_others = statement("Deny", "connect:DeleteQueue", &json!("*"), &condition);
    bench.caller = holding(&bench, &json!([plain, of_others]));
    assert_eq!(reads(&bench, Op::DescribeQueue).await, usual, "no statement about the action asks");
    bench.caller = only_if(&bench, "connect:DescribeQueue", &condition);
    assert_eq!(reads(&bench, Op::DescribeQueue).await, usual + 1);
    bench.caller = administrator;
}

/// Several resources of a kind are read at once.
#[tokio::test]
async fn tags_of_many_resources_are_read_at_once() {
    let mut bench = Bench::new().await;
    let mut ids = Vec::new();
    for n in 0..12 {
        ids.push(queue(&bench, &format!("Queue {n}")).await);
    }
    let count = async |bench: &Bench, ids: &[String]| {
        let before = bench.faults.requests();
        let body = json!({"Filters": {"Queues": ids}, "CurrentMetrics": [{"Name": "AGENTS_ONLINE", "Unit": "COUNT"}]});
        let answer = bench.send(Op::GetCurrentMetricData, &[&bench.instance], body).await;
        assert!(refused(&answer).is_some());
        bench.faults.requests() - before
    };
    let condition = json!({"StringEquals": {"aws:ResourceTag/team": "claims"}});
    bench.caller = only_if(&bench, "connect:GetCurrentMetricData", &condition);
    assert_eq!(count(&bench, &ids).await, count(&bench, &ids[..1]).await);
}

/// protocol 10.4 E9, E10, E18, and tags of creates.
#[tokio::test]
async fn case_e9_tags_of_requests() {
    let mut bench = Bench::new().await;
    let template = bench.created("Refund").await;
    let arn = bench.template_arn(&template);
    for (condition, tags, expected) in [
        (json!({"StringEquals": {"aws:RequestTag/k/é:=": "v"}}), json!({"k/é:=": "v"}), true),
        (json!({"StringEquals": {"aws:RequestTag/k": "v"}}), json!({"k": "w"}), false),
        (json!({"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}}), json!({"a": "1"}), true),
        (json!({"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}}), json!({"a": "1", "z": "2"}), false),
        (json!({"ForAnyValue:StringLike": {"aws:TagKeys": "te*"}}), json!({"x": "1", "team": "2"}), true),
        (json!({"ForAnyValue:StringLike": {"aws:TagKeys": "te*"}}), json!({"x": "1"}), false),
    ] {
        bench.caller = only_if(&bench, "connect:TagResource", &condition);
        let answer = bench.send(Op::TagResource, &[&arn], json!({"tags": tags})).await;
        assert_eq!(allowed(&answer), expected, "{condition} {tags}: {}", answer.body);
    }
    bench.caller =
        only_if(&bench, "connect:UntagResource", &json!({"ForAllValues:StringEquals": {"aws:TagKeys": "a"}}));
    assert!(allowed(&bench.get(Op::UntagResource, &[&arn], "tagKeys=a").await));
    assert!(!allowed(&bench.get(Op::UntagResource, &[&arn], "tagKeys=a&tagKeys=team").await));
    bench.caller = only_if(&bench, "connect:CreateAgentStatus", &json!({"StringEquals": {"aws:RequestTag/team": "a"}}));
    for (tags, expected) in [(json!({"team": "a"}), true), (json!({"team": "b"}), false), (Value::Null, false)] {
        let body = json!({"Name": format!("Status {expected}"), "State": "ENABLED", "Tags": tags});
        assert_eq!(allowed(&bench.send(Op::CreateAgentStatus, &[&bench.instance], body).await), expected, "{tags}");
    }
}

/// protocol W4.1.5: what is known of the caller and of where the request came from.
#[tokio::test]
async fn w4_1_5_global_keys() {
    let mut bench = Bench::new().await;
    bench.origin = Origin {
        source_ip: Some("10.1.2.3".parse().expect("an address")),
        secure: true,
        user_agent: Some("aws-cli/2.9"),
    };
    bench.caller.tags = BTreeMap::from([("Team".to_owned(), "claims".to_owned())]);
    bench.caller.issued_ms = Some(bench.now - 60_000);
    let table = [
        (json!({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}), true),
        (json!({"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}), false),
        (json!({"Bool": {"aws:SecureTransport": "true"}}), true),
        (json!({"StringLike": {"aws:UserAgent": "aws-cli/*"}}), true),
        (json!({"StringEquals": {"aws:PrincipalTag/team": "claims"}}), true),
        (json!({"StringEquals": {"aws:PrincipalTag/team": "returns"}}), false),
        (json!({"StringEquals": {"aws:username": "AKIDEXAMPLE", "aws:userid": "AKIDEXAMPLE"}}), true),
        (json!({"ArnEquals": {"aws:PrincipalArn": super::ARN}}), true),
        (json!({"StringEquals": {"aws:PrincipalAccount": "123456789012", "aws:PrincipalType": "User"}}), true),
        (json!({"StringEquals": {"aws:RequestedRegion": "us-east-1"}}), true),
        (json!({"DateGreaterThan": {"aws:CurrentTime": "2025-12-31T23:59:59Z"}}), true),
        (json!({"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}), false),
        (json!({"NumericEquals": {"aws:EpochTime": "1767225600"}}), true),
        (json!({"DateLessThan": {"aws:TokenIssueTime": "2026-01-01T00:00:00Z"}}), true),
        (json!({"Null": {"aws:ResourceTag/team": "true", "connect:InstanceId": "true"}}), true),
    ];
    for (condition, expected) in table {
        bench.caller = only_if(&bench, "connect:ListInstances", &condition);
        assert_eq!(allowed(&bench.get(Op::ListInstances, &[], "").await), expected, "{condition}");
    }
    bench.origin = Origin::default();
    bench.caller.issued_ms = None;
    for key in ["aws:SourceIp", "aws:UserAgent", "aws:TokenIssueTime"] {
        bench.caller = only_if(&bench, "connect:ListInstances", &json!({"Null": {key: "true"}}));
        assert!(allowed(&bench.get(Op::ListInstances, &[], "").await), "{key} is not known");
    }
}

/// Keys of the service itself: what the request says, and what is known of the contact or flow that it names.
#[tokio::test]
async fn condition_keys_of_the_service() {
    let mut bench = Bench::new().await;
    let other = "99999999-9999-4999-8999-999999999999";
    let here = json!({"StringEquals": {"connect:InstanceId": bench.instance}});
    bench.caller = only_if(&bench, "connect:GetTaskTemplate", &here);
    assert!(allowed(&bench.read("absent", "").await));
    assert!(!allowed(&bench.get(Op::GetTaskTemplate, &[other, "absent"], "").await));
    let flow = json!({"ForAllValues:StringEquals": {"connect:FlowType": ["CONTACT_FLOW", "CUSTOMER_QUEUE"]}});
    bench.caller = only_if(&bench, "connect:*ContactFlow", &flow);
    let transfer = administrator(&bench, async |bench| bench.flow_named("Default agent transfer").await).await;
    assert!(allowed(&bench.get(Op::DescribeContactFlow, &[&bench.instance, &bench.flow], "").await));
    assert!(!allowed(&bench.get(Op::DescribeContactFlow, &[&bench.instance, &transfer], "").await));
    for (kind, expected) in [("CONTACT_FLOW", true), ("AGENT_TRANSFER", false)] {
        let body = json!({"Name": kind, "Type": kind, "Content": "{}"});
        let answer = bench.send(Op::CreateContactFlow, &[&bench.instance], body).await;
        assert_eq!(allowed(&answer), expected, "{kind}");
    }
    bench.caller =
        only_if(&bench, "connect:DescribeInstanceAttribute", &json!({"StringLike": {"connect:AttributeType": "IN*"}}));
    assert!(allowed(&bench.get(Op::DescribeInstanceAttribute, &[&bench.instance, "INBOUND_CALLS"], "").await));
    assert!(!allowed(
        &bench.get(Op::DescribeInstanceAttribute, &[&bench.instance, "AUTO_RESOLVE_BEST_VOICES"], "").await
    ));
    bench.caller =
        only_if(&bench, "connect:SearchQueues", &json!({"StringEquals": {"connect:SearchTag/team": "claims"}}));
    for (value, expected) in [("claims", true), ("returns", false)] {
        let filter = json!({"TagFilter": {"TagCondition": {"TagKey": "team", "TagValue": value}}});
        let body = json!({"InstanceId": bench.instance, "SearchFilter": filter});
        assert_eq!(allowed(&bench.send(Op::SearchQueues, &[], body).await), expected, "{value}");
    }
}

/// A task is started on the flow that will run: the template's, the quick connect's, or the one that the request names.
#[tokio::test]
async fn tasks_are_started_on_the_flow_that_will_run() {
    let mut bench = Bench::new().await;
    let template = bench.created("Refund").await;
    let flow = json!(format!("{}/contact-flow/{}", instance(&bench), bench.flow));
    let start = async |bench: &Bench, more: Value| {
        let mut body = json!({"InstanceId": bench.instance, "Name": "A task"});
        body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        refused(&bench.send(Op::StartTaskContact, &[], body).await)
    };
    let from_template =
        json!({"TaskTemplateId": template, "References": {"Order id": {"Type": "STRING", "Value": "1"}}});
    bench.caller = holding(&bench, &json!([statement("Allow", "connect:StartTaskContact", &flow, &json!({}))]));
    assert_eq!(start(&bench, from_template.clone()).await, None);
    assert_eq!(start(&bench, json!({"ContactFlowId": bench.flow})).await, None);
    assert_eq!(
        start(&bench, json!({"ContactFlowId": "other"})).await,
        Some(format!("{}/contact-flow/other", instance(&bench)))
    );
    let all_flows = Some(format!("{}/contact-flow/*", instance(&bench)));
    assert_eq!(start(&bench, json!({"TaskTemplateId": "absent"})).await, all_flows, "what does not exist has no flow");
    assert_eq!(start(&bench, json!({"QuickConnectId": "absent"})).await, all_flows);
    let deny = statement("Deny", "connect:*", &json!(bench.template_arn(&template)), &json!({}));
    bench.caller = holding(&bench, &json!([statement("Allow", "connect:StartTaskContact", &flow, &json!({})), deny]));
    assert_eq!(
        start(&bench, from_template.clone()).await,
        Some(bench.template_arn(&template)),
        "an explicit deny counts"
    );
    let tagged = json!({"StringEquals": {"aws:ResourceTag/team": "claims"}});
    bench.caller = only_if(&bench, "connect:StartTaskContact", &tagged);
    assert_eq!(start(&bench, from_template.clone()).await, flow.as_str().map(str::to_owned));
    administrator(&bench, async |bench| tag(bench, flow.as_str().expect("an ARN"), json!({"team": "claims"})).await)
        .await;
    assert_eq!(start(&bench, from_template).await, None);
}

/// protocol 4.4: the three example policies, each with a call that it permits and one that it forbids (10.4 E17).
#[tokio::test]
async fn case_e17_the_example_policies() {
    let mut bench = Bench::new().await;
    let template = bench.created("Refund").await;
    let arn = bench.template_arn(&template);
    let instance = instance(&bench);
    tag(&bench, &arn, json!({"team": "blue", "protected": "yes"})).await;
    bench.caller.tags = BTreeMap::from([("team".to_owned(), "blue".to_owned())]);
    bench.caller.policies = policies(&[document(&json!([
        {"Sid": "ListOne", "Effect": "Allow", "Action": "connect:ListTaskTemplates", "Resource": instance},
        {"Sid": "ReadBlue", "Effect": "Allow", "Action": ["connect:GetTaskTemplate", "connect:ListTagsForResource"],
         "Resource": "arn:aws:connect:us-east-1:123456789012:instance/*/task-template/*",
         "Condition": {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}},
    ]))]);
    assert!(allowed(&bench.read(&template, "").await));
    assert!(allowed(&bench.get(Op::ListTagsForResource, &[&arn], "").await));
    assert!(!allowed(&bench.get(Op::ListTagsForResource, &[&instance], "").await));
    bench.caller.tags = BTreeMap::from([("team".to_owned(), "red".to_owned())]);
    assert!(!allowed(&bench.read(&template, "").await));
    let here = format!("{}-*", &bench.instance[..8]);
    bench.caller.policies = policies(&[document(&json!([
        {"Effect": "Allow", "Action": "connect:*", "Resource": "*",
         "Condition": {"StringLikeIfExists": {"connect:InstanceId": here}}},
        {"Sid": "NoDelete", "Effect": "Deny", "Action": "connect:DeleteTaskTemplate", "Resource": "*"},
        {"Sid": "KeepTag", "Effect": "Deny", "Action": ["connect:UntagResource", "connect:TagResource"], "Resource": "*",
         "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": ["protected"]}}},
    ]))]);
    assert!(allowed(&bench.read(&template, "").await) && !allowed(&bench.delete(&template).await));
    assert!(allowed(&bench.get(Op::UntagResource, &[&arn], "tagKeys=team").await));
    assert!(!allowed(&bench.get(Op::UntagResource, &[&arn], "tagKeys=team&tagKeys=protected").await));
    bench.caller.policies = policies(&[document(&json!([
        {"Effect": "Allow", "Action": "connect:StartTaskContact", "Resource": format!("{instance}/contact-flow/*")},
        {"Effect": "Deny", "NotAction": "connect:StartTaskContact", "Resource": "*"},
        {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}},
    ]))]);
    let body = json!({"InstanceId": bench.instance, "Name": "A task", "ContactFlowId": bench.flow});
    for (ip, expected) in [("10.9.8.7", true), ("192.0.2.1", false)] {
        bench.origin.source_ip = Some(ip.parse().expect("an address"));
        assert_eq!(allowed(&bench.send(Op::StartTaskContact, &[], body.clone()).await), expected, "{ip}");
    }
    assert!(!allowed(&bench.read(&template, "").await));
}

fn instance(bench: &Bench) -> String {
    format!("arn:aws:connect:us-east-1:123456789012:instance/{}", bench.instance)
}

/// Does something as an administrator, whoever the bench's caller is.
async fn administrator<T>(bench: &Bench, work: impl AsyncFnOnce(&Bench) -> T) -> T {
    let other = bench.as_administrator();
    work(&other).await
}

/// A new queue's id.
async fn queue(bench: &Bench, name: &str) -> String {
    let hours = bench.get(Op::ListHoursOfOperations, &[&bench.instance], "").await.ok();
    let hours = hours["HoursOfOperationSummaryList"][0]["Id"].clone();
    let body = json!({"Name": name, "HoursOfOperationId": hours});
    let made = bench.send(Op::CreateQueue, &[&bench.instance], body).await.ok();
    made["QueueId"].as_str().expect("an id").to_owned()
}
