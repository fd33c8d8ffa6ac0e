//! Every operation is either implemented or refused by name, and refusals are declared by the operation.

use service::{IMPLEMENTED, implemented};
use wire::Op;

use crate::bench::Bench;

#[tokio::test]
async fn every_operation_is_implemented_or_refused_by_name() {
    let bench = Bench::new().await;
    for &op in Op::ALL {
        // Labels that match no resource, which an implemented operation refuses.
        let labels = vec!["no-such-thing"; op.uri().matches('{').count()];
        let answer = bench.raw(op, &labels, "", b"").await;
        let message = answer.body["Message"].as_str().unwrap_or_default();
        let refused = message.contains("does not implement") && message.contains(op.name());
        assert_eq!(refused, !implemented(op), "{}: {}", op.name(), answer.body);
        if refused {
            assert!((400..500).contains(&answer.status) && answer.status != 429, "{} would be retried", op.name());
        }
    }
    assert!(IMPLEMENTED.len() >= 18);
}

#[tokio::test]
async fn r0_5_bodies_that_are_no_object_are_refused_as_the_operation_declares() {
    let bench = Bench::new().await;
    let cases = [
        (Op::CreateTaskTemplate, vec![bench.instance.as_str()], "InvalidParameterException"),
        (Op::UpdateTaskTemplate, vec![&bench.instance, "x"], "InvalidParameterException"),
        (Op::TagResource, vec!["x"], "InvalidRequestException"),
        (Op::CreateInstance, vec![], "InvalidRequestException"),
        (Op::CreateContactFlow, vec![&bench.instance], "InvalidRequestException"),
    ];
    for (op, labels, name) in cases {
        for body in ["{\"Name\":", "[]", "nonsense", "{\"a\":1,\"a\":2}", "\u{feff}{}"] {
            let message = bench.raw(op, &labels, "", body.as_bytes()).await.refused(name);
            assert!(message.starts_with("Invalid request body: "), "{message}");
        }
    }
}

#[tokio::test]
async fn r0_6_path_and_query_come_before_the_body_and_existence_before_properties() {
    let bench = Bench::new().await;
    let long = "x".repeat(101);
    let bad = serde_json::json!({"Name": "", "Fields": []});
    bench.send(Op::CreateTaskTemplate, &[&long], bad.clone()).await.refused("InvalidParameterException");
    let absent = "99999999-9999-4999-8999-999999999999";
    bench.send(Op::CreateTaskTemplate, &[absent], bad.clone()).await.refused("ResourceNotFoundException");
    bench.send(Op::UpdateTaskTemplate, &[&bench.instance, "absent"], bad).await.refused("ResourceNotFoundException");
}

#[tokio::test]
async fn r0_10_unknown_members_are_ignored_and_null_is_absent() {
    let bench = Bench::new().await;
    let mut body = bench.template("Unknown members");
    body["Nonsense"] = serde_json::json!([1, {"a": null}]);
    body["Description"] = serde_json::Value::Null;
    let id = bench.create(body).await.ok()["Id"].as_str().expect("an id").to_owned();
    let read = bench.read(&id, "nonsense=1").await.ok();
    assert!(read.get("Description").is_none() && read.get("Nonsense").is_none());
}
