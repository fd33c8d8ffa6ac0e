//! Every operation against policies, as `matrix.txt` shows it.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::json;
use service::{AgentCall, Caller, Door};
use wire::Op;

use super::{document, holding, policies, refused, requests, statement};
use crate::bench::Bench;

const HEAD: &str = "\
# Who may do what: each operation and door with the resources that its request is judged on, and which managed policies allow it.
# The request names one resource of each kind; `agent` is held by the user it names. Written by
# `TASKFORM_WRITE_MATRIX=1 cargo test -p service --test suite access::matrix`, compared by the same test without the variable.
";

/// How many resources a request here may be judged on.
const SUBJECTS_MAX: usize = 8;

/// The resources on which a policy has to allow the action of a request, in the order in which they are judged: found by being refused
/// on one after the other.
async fn resources(bench: &mut Bench, op: Op) -> Vec<String> {
    let action = format!("connect:{op}");
    let mut allowed = vec!["arn:aws:connect:us-east-1:123456789012:instance/other".to_owned()];
    while allowed.len() <= SUBJECTS_MAX {
        bench.caller = holding(bench, &json!([statement("Allow", &action, &json!(allowed), &json!({}))]));
        match refused(&requests::send(bench, op).await) {
            Some(resource) => {
                assert!(!allowed.contains(&resource), "{op}: {resource} is allowed");
                // What stands for all of a kind is one text, not a pattern.
                allowed.push(if resource == "*" { resource } else { resource.replace('*', "${*}") });
            }
            None => break,
        }
    }
    assert!(allowed.len() <= SUBJECTS_MAX, "{op} is judged on many resources: {allowed:?}");
    let answer = requests::send(bench, op).await;
    assert!(allowed.len() > 1, "{op} is allowed by a policy about another resource: {}", answer.body);
    allowed.drain(1..).map(|arn| arn.replace("${*}", "*")).collect()
}

/// Each operation: refused by a policy without it, refused by one that allows it elsewhere, allowed by the right one and by none that
/// lacks a resource; and what managed policies say.
#[tokio::test]
async fn every_operation_is_judged_as_the_matrix_shows() {
    let mut bench = Bench::new().await;
    // What is allowed is not to be done: there is no such instance.
    bench.instance = "99999999-9999-4999-8999-999999999999".to_owned();
    let prefix = format!("arn:aws:connect:us-east-1:123456789012:instance/{}", bench.instance);
    let names: Vec<&str> = engine::policy::MANAGED.iter().map(|(name, _)| *name).collect();
    let mut text = format!("{HEAD}\n# {:<43}{}  RESOURCES\n", "ACTION", names.join(" "));
    for op in Op::ALL {
        let action = format!("connect:{op}");
        bench.caller = holding(&bench, &json!([statement("Allow", "connect:Nothing*", &json!("*"), &json!({}))]));
        assert_eq!(refused(&requests::send(&bench, *op).await).as_deref(), Some("*"), "{op}: a policy without it");
        let needed = resources(&mut bench, *op).await;
        let others = json!([{"Effect": "Allow", "NotAction": action, "Resource": "*"}]);
        bench.caller = holding(&bench, &others);
        assert_eq!(refused(&requests::send(&bench, *op).await).as_deref(), Some("*"), "{op}: all others");
        let mut columns = String::new();
        for (name, managed) in engine::policy::MANAGED {
            let arn = format!("{prefix}/agent/user-1");
            let held = policies(&[(*managed).to_owned()]);
            bench.caller = Caller { policies: held, arn, ..bench.caller };
            let mark = if refused(&requests::send(&bench, *op).await).is_none() { '+' } else { '-' };
            write!(columns, "{mark:<0$}", name.len() + 1).expect("a text");
        }
        let needed: Vec<String> = needed.iter().map(|arn| arn.replace(&prefix, "instance")).collect();
        writeln!(text, "{action:<45}{columns} {}", needed.join(" ")).expect("a text");
    }
    doors(&mut bench, &prefix, &mut text).await;
    compare(&text);
}

async fn doors(bench: &mut Bench, prefix: &str, text: &mut String) {
    for door in Door::ALL {
        let mut columns = String::new();
        for (name, managed) in engine::policy::MANAGED {
            let arn = format!("{prefix}/agent/user-1");
            bench.caller = Caller { policies: policies(&[(*managed).to_owned()]), arn, ..bench.caller.clone() };
            let mark = if may_pass(bench, *door, "user-1").await { '+' } else { '-' };
            write!(columns, "{mark:<0$}", name.len() + 1).expect("a text");
            let other = *name != "agent" && mark == '+';
            assert_eq!(may_pass(bench, *door, "user-2").await, other, "{door:?} {name}: somebody else's");
        }
        writeln!(text, "{:<45}{columns} instance/agent/user-1", door.action()).expect("a text");
        let allow = statement("Allow", door.action(), &json!(format!("{prefix}/agent/user-1")), &json!({}));
        bench.caller.policies = policies(&[document(&json!([allow]))]);
        for other in Door::ALL {
            assert_eq!(may_pass(bench, *other, "user-1").await, other == door, "{door:?} and {other:?}");
        }
        assert!(!may_pass(bench, *door, "user-2").await, "{door:?}: somebody else's");
    }
}

async fn may_pass(bench: &Bench, door: Door, user: &str) -> bool {
    let call =
        AgentCall { caller: &bench.caller, origin: bench.origin, instance: &bench.instance, user, now_ms: bench.now };
    match bench.service.may_pass(&call, door).await {
        Ok(()) => true,
        Err(error) => {
            assert!(error.denied.is_some(), "{error}");
            false
        }
    }
}

fn compare(text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/access/matrix.txt");
    if std::env::var_os("TASKFORM_WRITE_MATRIX").is_some() {
        std::fs::write(&path, text).expect("the matrix is written");
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    for (kept, found) in kept.lines().zip(text.lines()) {
        assert_eq!(kept, found, "see the first lines of matrix.txt");
    }
    assert_eq!(kept.lines().count(), text.lines().count(), "see the first lines of matrix.txt");
}
