//! Policies of access keys: what each operation asks of them, and what it tells them (protocol 4, W3.2 row 13).

mod conditions;
mod matrix;
mod requests;

use std::sync::Arc;

use engine::policy::{Policy, PolicySet};
use serde_json::{Value, json};
use service::{Caller, Policies};
use wire::Op;

use crate::bench::{Answer, Bench};

/// The only statement of a policy.
fn statement(effect: &str, action: &str, resource: &Value, condition: &Value) -> Value {
    json!({"Effect": effect, "Action": action, "Resource": resource, "Condition": condition})
}

/// A document of these statements.
fn document(statements: &Value) -> String {
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

/// What a key with these documents may do.
fn policies(documents: &[String]) -> Policies {
    let parsed = documents.iter().enumerate().map(|(n, text)| {
        (format!("policy-{}", n + 1), Policy::parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}")))
    });
    Policies::Set(Arc::new(PolicySet::new(parsed.collect())))
}

/// The bench with a caller who holds one document of these statements.
fn holding(bench: &Bench, statements: &Value) -> Caller {
    Caller { policies: policies(&[document(statements)]), arn: ARN.to_owned(), ..bench.caller.clone() }
}

/// The principal of these tests.
const ARN: &str = "arn:aws:iam::123456789012:user/AKIDEXAMPLE";

/// The resource that a refusal is about; `None` when it is no refusal of access.
fn refused(answer: &Answer) -> Option<String> {
    if answer.error != "AccessDeniedException" || answer.status != 403 {
        return None;
    }
    let message = answer.body["Message"].as_str()?;
    let rest = message.split_once(" on resource: ")?.1;
    let end = rest.find(" because ").or_else(|| rest.find(" with an explicit deny"))?;
    Some(rest[..end].to_owned())
}

/// protocol 3.2 row 13: who, what, on which resource and why; the statement that denies has its name.
#[tokio::test]
async fn r3_2_row_13_a_refusal_says_who_may_not_do_what_and_why() {
    let mut bench = Bench::new().await;
    let template = bench.created("Refund").await;
    let arn = bench.template_arn(&template);
    bench.caller = holding(&bench, &json!([statement("Allow", "connect:ListInstances", &json!("*"), &json!({}))]));
    let because = "because no identity-based policy allows the connect:GetTaskTemplate action";
    let head = format!("User: {ARN} is not authorized to perform: connect:GetTaskTemplate on resource: ");
    let answer = bench.read(&template, "").await;
    assert_eq!(answer.refused("AccessDeniedException"), format!("{head}* {because}"), "before it is decoded");
    bench.caller = holding(&bench, &json!([statement("Allow", "connect:*", &json!("arn:aws:x:::y"), &json!({}))]));
    let answer = bench.read(&template, "").await;
    assert_eq!(answer.refused("AccessDeniedException"), format!("{head}{arn} {because}"));
    let mut deny = statement("Deny", "connect:GetTaskTemplate", &json!(arn), &json!({}));
    deny["Sid"] = json!("NotThis");
    let allow = statement("Allow", "*", &json!("*"), &json!({}));
    bench.caller = holding(&bench, &json!([allow, deny]));
    let why = "with an explicit deny in an identity-based policy: statement NotThis of policy policy-1";
    assert_eq!(bench.read(&template, "").await.refused("AccessDeniedException"), format!("{head}{arn} {why}"));
}

/// W3.2.1: whoever may not do it learns neither what is wrong with the request nor whether something exists.
#[tokio::test]
async fn w3_2_1_a_refusal_tells_nothing_else() {
    let mut bench = Bench::new().await;
    bench.caller = holding(&bench, &json!([statement("Allow", "connect:*", &json!("arn:aws:x:::y"), &json!({}))]));
    for (op, labels, body) in [
        (Op::GetTaskTemplate, vec![bench.instance.as_str(), "absent"], "{}"),
        (Op::GetTaskTemplate, vec!["99999999-9999-4999-8999-999999999999", "absent"], "{}"),
        (Op::CreateTaskTemplate, vec![bench.instance.as_str()], r#"{"Name":""}"#),
        (Op::StartTaskContact, vec![], r#"{"Name":5,"TaskTemplateId":"absent"}"#),
    ] {
        let answer = bench.raw(op, &labels, "maxResults=0", body.as_bytes()).await;
        let named = refused(&answer);
        assert!(named.is_some() || op == Op::StartTaskContact, "{op}: {} {}", answer.error, answer.body);
    }
    bench.caller = Caller { policies: Policies::Set(Arc::default()), ..bench.caller };
    for op in Op::ALL {
        let labels = vec!["nonsense"; op.uri().matches('{').count()];
        let answer = bench.raw(*op, &labels, "", b"no JSON").await;
        assert_eq!(refused(&answer).as_deref(), Some("*"), "{op}");
    }
}

/// A key of another account may do nothing here, whatever its policies.
#[tokio::test]
async fn keys_of_another_account_may_do_nothing() {
    let mut bench = Bench::new().await;
    let all = json!([statement("Allow", "*", &json!("*"), &json!({}))]);
    for policies in [bench.caller.policies.clone(), holding(&bench, &all).policies] {
        bench.caller = Caller { account: "999999999999".to_owned(), policies, ..bench.caller };
        let answer = bench.get(Op::ListInstances, &[], "").await;
        assert_eq!(refused(&answer).as_deref(), Some("*"));
    }
}
