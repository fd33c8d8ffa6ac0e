//! Tags (task-templates 1.6, 4).

use serde_json::json;
use service::Limits;
use wire::Op;

use crate::bench::{Bench, on_each_engine};

#[tokio::test]
async fn r4_3_tags_merge_and_r4_5_none_is_an_empty_map() {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.created("Tagged").await;
        let arn = bench.template_arn(&id);
        let tags = async || bench.get(Op::ListTagsForResource, &[&arn], "").await.ok();
        assert_eq!(tags().await, json!({"tags": {}}));
        assert_eq!(bench.send(Op::TagResource, &[&arn], json!({"tags": {"a": "1", "b": ""}})).await.ok(), json!({}));
        bench.send(Op::TagResource, &[&arn], json!({"tags": {"a": "2", "A": "é 🚀"}})).await.ok();
        assert_eq!(tags().await, json!({"tags": {"a": "2", "A": "é 🚀", "b": ""}}));
        assert_eq!(bench.get(Op::UntagResource, &[&arn], "tagKeys=a&tagKeys=absent").await.ok(), json!({}));
        assert_eq!(tags().await, json!({"tags": {"A": "é 🚀", "b": ""}}));
        assert_eq!(bench.read(&id, "").await.ok()["Tags"], json!({"A": "é 🚀", "b": ""}));
        bench.get(Op::UntagResource, &[&arn], "tagKeys=A&tagKeys=b").await.ok();
        assert!(bench.read(&id, "").await.ok().get("Tags").is_none());
    })
    .await;
}

#[tokio::test]
async fn r4_3_more_than_fifty_tags_change_nothing() {
    let bench = Bench::new().await;
    let arn = bench.template_arn(&bench.created("Full").await);
    let fifty: serde_json::Map<_, _> = (0..50).map(|n| (format!("k{n}"), json!("v"))).collect();
    bench.send(Op::TagResource, &[&arn], json!({"tags": fifty.clone()})).await.ok();
    bench
        .send(Op::TagResource, &[&arn], json!({"tags": {"k1": "new", "k50": "v"}}))
        .await
        .refused("InvalidRequestException");
    assert_eq!(bench.get(Op::ListTagsForResource, &[&arn], "").await.ok()["tags"], json!(fifty));
    bench.send(Op::TagResource, &[&arn], json!({"tags": {"k1": "new"}})).await.ok();
}

#[tokio::test]
async fn r4_6_resources_are_told_apart() {
    let bench = Bench::new().await;
    let home = "arn:aws:connect:us-east-1:123456789012:instance";
    let instance = &bench.instance;
    for (arn, name) in [
        ("not-an-arn".to_owned(), "InvalidParameterException"),
        ("arn:aws:s3:::bucket".to_owned(), "InvalidParameterException"),
        (format!("{home}/{instance}/nonsense/x"), "InvalidParameterException"),
        (format!("{home}/{instance}/task-template/{instance}"), "ResourceNotFoundException"),
        (format!("{home}/{}/task-template/x", "33333333-3333-4333-8333-333333333333"), "ResourceNotFoundException"),
        (format!("{home}/{instance}/contact/{instance}"), "InvalidRequestException"),
        (format!("{home}/{instance}/prompt/{instance}"), "ResourceNotFoundException"),
    ] {
        bench.get(Op::ListTagsForResource, &[&arn], "").await.refused(name);
        bench.send(Op::TagResource, &[&arn], json!({"tags": {"a": "b"}})).await.refused(name);
        bench.get(Op::UntagResource, &[&arn], "tagKeys=a").await.refused(name);
    }
    let template = bench.template_arn(&bench.created("Elsewhere").await);
    for (from, to) in [("us-east-1", "eu-west-1"), ("123456789012", "999999999999"), ("arn:aws:", "arn:aws-cn:")] {
        let arn = template.replace(from, to);
        bench.get(Op::ListTagsForResource, &[&arn], "").await.refused("ResourceNotFoundException");
    }
}

#[tokio::test]
async fn r4_9_every_stored_kind_can_be_tagged() {
    let bench = Bench::new().await;
    let home = format!("arn:aws:connect:us-east-1:123456789012:instance/{}", bench.instance);
    for arn in [home.clone(), format!("{home}/contact-flow/{}", bench.flow)] {
        bench.send(Op::TagResource, &[&arn], json!({"tags": {"a": "b"}})).await.ok();
        assert_eq!(bench.get(Op::ListTagsForResource, &[&arn], "").await.ok(), json!({"tags": {"a": "b"}}));
    }
    let described = bench.get(Op::DescribeInstance, &[&bench.instance], "").await.ok();
    assert_eq!(described["Instance"]["Tags"], json!({"a": "b"}));
    let flow = bench.get(Op::DescribeContactFlow, &[&bench.instance, &bench.flow], "").await.ok();
    assert_eq!(flow["ContactFlow"]["Tags"], json!({"a": "b"}));
}

#[tokio::test]
async fn r4_8_tagging_changes_neither_version_nor_time() {
    let bench = Bench::new().await;
    let id = bench.created("Same").await;
    let before = bench.read(&id, "").await.ok();
    bench.send(Op::TagResource, &[&bench.template_arn(&id)], json!({"tags": {"a": "b"}})).await.ok();
    let after = bench.read(&id, "").await;
    assert_eq!(after.template_version, Some(1));
    assert_eq!(after.ok()["LastModifiedTime"], before["LastModifiedTime"]);
}
