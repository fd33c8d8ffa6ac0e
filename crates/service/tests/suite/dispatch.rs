//! Every operation is implemented, and bodies are refused as the operation declares.

use service::IMPLEMENTED;
use wire::Op;

use crate::bench::Bench;

/// Requests that name nothing that exists are answered by the operation, as a mistake of the caller.
#[tokio::test]
async fn every_operation_of_the_scope_has_behaviour() {
    assert_eq!(IMPLEMENTED.len(), Op::ALL.len());
    let bench = Bench::new().await;
    for &op in Op::ALL {
        assert!(IMPLEMENTED.contains(&op), "{}", op.name());
        let labels = vec!["no-such-thing"; op.uri().matches('{').count()];
        let answer = bench.raw(op, &labels, "", b"").await;
        assert!(answer.status < 500 && answer.status != 429, "{} would be retried: {}", op.name(), answer.body);
    }
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
