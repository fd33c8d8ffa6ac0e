//! Nothing that a client sends is lost: for each member of each implemented operation, `members/members.txt` says how
//! it is handled. The list is compared with the generated model, and its claims are tested.

mod model;
mod requests;

use std::collections::BTreeSet;

use serde_json::Value;
use service::{IMPLEMENTED, Limits};
use wire::Op;

use crate::bench::on_each_engine;
use model::Model;
use requests::{Written, written};

/// One line of the list.
struct Line<'a> {
    op: &'a str,
    member: &'a str,
    fate: &'a str,
    detail: &'a str,
}

fn list() -> Vec<Line<'static>> {
    let lines = include_str!("members/members.txt").lines().filter(|line| !line.starts_with('#'));
    let line = |line: &'static str| {
        let mut parts = line.splitn(4, ' ');
        let mut part = || parts.next().unwrap_or_default();
        Line { op: part(), member: part(), fate: part(), detail: part() }
    };
    lines.map(line).collect()
}

#[test]
fn every_member_of_every_input_is_in_the_list_and_no_other() {
    let model = Model::read();
    let mut of_model = BTreeSet::new();
    for op in IMPLEMENTED {
        of_model.extend(model.members(op.name()).into_iter().map(|member| format!("{} {member}", op.name())));
    }
    let listed: Vec<String> = list().iter().map(|line| format!("{} {}", line.op, line.member)).collect();
    let of_list: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(listed.len(), of_list.len(), "a member is listed twice");
    let missing: Vec<&String> = of_model.difference(&of_list).collect();
    let stale: Vec<&String> = of_list.difference(&of_model).collect();
    assert!(missing.is_empty() && stale.is_empty(), "not in the list: {missing:#?}\nnot in the model: {stale:#?}");
}

#[test]
fn every_line_says_what_becomes_of_the_member() {
    for Line { op, member, fate, detail } in list() {
        let good = match fate {
            "row" => detail.is_empty(),
            "stored" | "refused" | "acts" | "ignored" => !detail.is_empty(),
            _ => false,
        };
        assert!(good, "{op} {member}: {fate} {detail}");
    }
}

#[tokio::test]
async fn what_the_list_says_of_members_is_true() {
    let limits = Limits { instances: 0, ..Limits::default() };
    on_each_engine(limits, async |bench| {
        let all = written(&bench).await;
        let mut wrong = Vec::new();
        for line in list() {
            let of_op: Vec<&Written> = all.iter().filter(|written| written.op.name() == line.op).collect();
            let fault = match line.fate {
                "stored" => kept(&line, &of_op, line.detail),
                "row" => kept(&line, &of_op, "row"),
                "ignored" => sent(&line, &of_op),
                "refused" => {
                    let request = of_op.first().expect("a good request of the operation");
                    let (name, value) = line.detail.split_once(' ').expect("an exception and a value");
                    let outermost = line.member.split(['.', '[', '{']).next().unwrap_or_default();
                    let mut body = request.body.clone();
                    body[outermost] = serde_json::from_str(value).expect("a value");
                    let labels: Vec<&str> = request.labels.iter().map(String::as_str).collect();
                    let answer = bench.send(request.op, &labels, body).await;
                    (answer.error != name).then(|| format!("answered {} {}", answer.error, answer.body))
                }
                _ => None,
            };
            wrong.extend(fault.map(|fault| format!("{} {}: {fault}", line.op, line.member)));
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    })
    .await;
}

/// A member listed as ignored must be in a request that was accepted.
fn sent(line: &Line<'_>, requests: &[&Written]) -> Option<String> {
    let leaves = |written: &&Written| !at(&written.body, line.member).is_empty();
    (!requests.iter().any(leaves)).then(|| "no request of this test has it".to_owned())
}

/// Every value of the member must be in the reader's answer.
fn kept(line: &Line<'_>, requests: &[&Written], detail: &str) -> Option<String> {
    let (reader, renamed) = detail.split_once('.').map_or((detail, None), |(reader, name)| (reader, Some(name)));
    let mut seen = false;
    for written in requests {
        for (name, value) in at(&written.body, line.member) {
            seen = true;
            let Some(answer) = written.answers.get(reader) else { return Some(format!("{reader} was not called")) };
            let mut found = Vec::new();
            leaves("", answer, &mut found);
            let there = match renamed {
                Some("-") => value.as_str().is_some_and(|text| has_name(answer, text)),
                Some(renamed) => found.contains(&(renamed.to_owned(), value.clone())),
                None if value.is_null() => has_name(answer, &name),
                None => found.contains(&(name.clone(), value.clone())),
            };
            if !there {
                return Some(format!("{name} {value} is not in {answer}"));
            }
        }
    }
    (!seen).then(|| "no request of this test has it".to_owned())
}

/// The values at a path of the list, each with the name it stands under; below a structure that holds itself, `null`.
fn at(body: &Value, path: &str) -> Vec<(String, Value)> {
    let mut here = vec![(String::new(), body.clone())];
    for step in path.split('.') {
        let name = step.trim_end_matches(['[', ']', '{', '}']);
        let marks = &step[name.len()..];
        here = here.into_iter().filter_map(|(_, value)| Some((name.to_owned(), value.get(name)?.clone()))).collect();
        for mark in marks.as_bytes().chunks(2) {
            here = here
                .into_iter()
                .flat_map(|(name, value)| match (mark, value) {
                    (b"[]", Value::Array(items)) => items.into_iter().map(|item| (name.clone(), item)).collect(),
                    (b"{}", Value::Object(entries)) => entries.into_iter().collect(),
                    _ => Vec::new(),
                })
                .collect();
        }
    }
    let plain = |value: Value| if value.is_object() || value.is_array() { Value::Null } else { as_number(value) };
    here.into_iter().map(|(name, value)| (name, plain(value))).collect()
}

/// Every plain value with the name of the member that holds it.
fn leaves(name: &str, value: &Value, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| leaves(name, value, found)),
        Value::Array(items) => items.iter().for_each(|item| leaves(name, item, found)),
        plain => found.push((name.to_owned(), as_number(plain.clone()))),
    }
}

/// 3 and 3.0 are the same.
fn as_number(value: Value) -> Value {
    value.as_f64().map_or(value, Value::from)
}

fn has_name(value: &Value, name: &str) -> bool {
    match value {
        Value::Object(members) => {
            members.iter().any(|(member, value)| member.eq_ignore_ascii_case(name) || has_name(value, name))
        }
        Value::Array(items) => items.iter().any(|item| has_name(item, name)),
        _ => false,
    }
}

/// administration 1.1.3: infrastructure tools take a 404 for a resource that is gone.
#[tokio::test]
async fn administration_1_1_3_a_malformed_instance_id_is_a_bad_request_everywhere() {
    let bench = crate::bench::Bench::new().await;
    let all = written(&bench).await;
    let model = Model::read();
    let mut tried = 0;
    for &op in IMPLEMENTED {
        if !model.members(op.name()).contains(&"InstanceId".to_owned()) {
            continue;
        }
        let good = all.iter().find(|written| written.op == op);
        let mut labels = good.map_or_else(|| requests::labels(&bench, op), |written| written.labels.clone());
        let mut body = good.map_or_else(|| requests::body(op), |written| written.body.clone());
        for text in ["not-an-instance", "arn:aws:connect:us-east-1:123456789012:instance/x", "arn:aws:s3:::b"] {
            match op.uri().split('/').filter(|part| part.starts_with('{')).position(|part| part == "{InstanceId}") {
                Some(at) => text.clone_into(&mut labels[at]),
                None => body["InstanceId"] = text.into(),
            }
            let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
            let answer = bench.raw(op, &labels, requests::query(op), body.to_string().as_bytes()).await;
            let declared = op.declares(wire::ExceptionKind::InvalidRequestException);
            let name = if declared { "InvalidRequestException" } else { "InvalidParameterException" };
            tried += 1;
            if answer.body["Message"].as_str().is_some_and(|message| message.contains("must match the pattern")) {
                answer.refused("InvalidParameterException"); // the model has a form for it here, which comes first
                continue;
            }
            assert_eq!(answer.error, name, "{}: {}", op.name(), answer.body);
            let message = answer.refused(name);
            assert!(message.starts_with("Invalid request") && message.contains("InstanceId"), "{message}");
        }
    }
    assert_eq!(tried, 3 * IMPLEMENTED.iter().filter(|op| has_instance(**op)).count());
}

fn has_instance(op: Op) -> bool {
    let tags = [Op::TagResource, Op::UntagResource, Op::ListTagsForResource];
    let without = [Op::CreateInstance, Op::ListInstances, Op::GetMetricDataV2];
    !tags.contains(&op) && !without.contains(&op)
}
