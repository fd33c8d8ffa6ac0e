//! Rules that every answer follows (task-templates 0, declared errors of sections 1.2 to 1.6).

use serde_json::json;
use service::Limits;
use wire::{ExceptionKind, Op};

use crate::bench::{Bench, NOW, on_each_engine};

#[tokio::test]
async fn r0_1_and_r1_5_1_success_is_200_with_an_object_even_when_it_says_nothing() {
    let bench = Bench::new().await;
    let id = bench.created("Gone").await;
    let deleted = bench.delete(&id).await;
    assert_eq!((deleted.status, deleted.ok()), (200, json!({})));
}

#[tokio::test]
async fn r0_12_times_are_numbers_of_seconds_with_milliseconds() {
    on_each_engine(Limits::default(), async |mut bench| {
        for (now, text) in [(NOW, "1767225600"), (NOW + 123, "1767225600.123"), (NOW + 500, "1767225600.5")] {
            bench.now = now;
            let id = bench.created(&format!("At {now}")).await;
            assert_eq!(bench.read(&id, "").await.ok()["CreatedTime"].to_string(), text);
        }
    })
    .await;
}

#[tokio::test]
async fn r1_2_1_and_r1_2_6_the_version_travels_in_the_query_and_comes_back_beside_the_body() {
    let bench = Bench::new().await;
    let id = bench.created("Twice").await;
    bench.update(&id, bench.template("Twice")).await.ok();
    for (query, version) in [("", 2), ("snapshotVersion=1", 1), ("snapshotVersion=2", 2)] {
        assert_eq!(bench.read(&id, query).await.template_version, Some(version));
    }
    let long = "x".repeat(501);
    bench.read(&long, "").await.refused("InvalidParameterException");
}

#[test]
fn r1_3_7_and_r1_6_3_and_r1_2_5_the_declared_errors() {
    use ExceptionKind as E;
    let standard = [
        E::InvalidRequestException,
        E::InvalidParameterException,
        E::ResourceNotFoundException,
        E::ThrottlingException,
        E::InternalServiceException,
    ];
    for op in [
        Op::GetTaskTemplate,
        Op::ListTaskTemplates,
        Op::DeleteTaskTemplate,
        Op::TagResource,
        Op::UntagResource,
        Op::ListTagsForResource,
    ] {
        assert_eq!(op.errors().len(), standard.len(), "{}", op.name());
        assert!(standard.iter().all(|kind| op.declares(*kind)), "{}", op.name());
    }
    let writing = [
        E::PropertyValidationException,
        E::InvalidParameterException,
        E::ResourceNotFoundException,
        E::ThrottlingException,
        E::ServiceQuotaExceededException,
        E::InternalServiceException,
    ];
    for op in [Op::CreateTaskTemplate, Op::UpdateTaskTemplate] {
        assert_eq!(op.errors().len(), writing.len(), "{}", op.name());
        assert!(writing.iter().all(|kind| op.declares(*kind)), "{}", op.name());
    }
}

#[tokio::test]
async fn r1_6_2_the_tag_operations_spell_their_member_in_lower_case() {
    let bench = Bench::new().await;
    let arn = bench.template_arn(&bench.created("Tagged").await);
    bench.send(Op::TagResource, &[&arn], json!({"Tags": {"a": "b"}})).await.refused("InvalidParameterException");
    bench.send(Op::TagResource, &[&arn], json!({"tags": {"a": "b"}})).await.ok();
    assert_eq!(bench.get(Op::ListTagsForResource, &[&arn], "").await.ok(), json!({"tags": {"a": "b"}}));
}

#[tokio::test]
async fn r2_7_1_fifty_templates_of_any_status_fill_an_instance() {
    on_each_engine(Limits::default(), async |bench| {
        for n in 0..50 {
            let mut body = bench.template(&format!("T{n}"));
            body["Status"] = json!(if n % 2 == 0 { "ACTIVE" } else { "INACTIVE" });
            bench.create(body).await.ok();
        }
        let refused = bench.create(bench.template("T50")).await;
        assert_eq!(refused.status, 402);
        assert!(refused.refused("ServiceQuotaExceededException").contains("50"));
    })
    .await;
}

#[tokio::test]
async fn r3_7_an_inactive_template_can_be_read_listed_updated_and_tagged() {
    let bench = Bench::new().await;
    let mut body = bench.template("Resting");
    body["Status"] = json!("INACTIVE");
    let id = bench.create(body.clone()).await.ok()["Id"].as_str().expect("an id").to_owned();
    assert_eq!(bench.read(&id, "").await.ok()["Status"], "INACTIVE");
    let list = bench.get(Op::ListTaskTemplates, &[&bench.instance], "status=INACTIVE").await.ok();
    assert_eq!(list["TaskTemplates"][0]["Id"], json!(id));
    bench.send(Op::TagResource, &[&bench.template_arn(&id)], json!({"tags": {"a": "b"}})).await.ok();
    body["Status"] = json!("ACTIVE");
    assert_eq!(bench.update(&id, body).await.ok()["Status"], "ACTIVE");
}
