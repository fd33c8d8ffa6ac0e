//! Rules are tested through the wire: a body is decoded as a request would be, so that what the codec finds and what the rules
//! find meet here as they do in the service.

mod cases;
mod fields;
mod lists;
mod members;
mod messages;
mod properties;
mod stored;
mod values;

use super::*;
use crate::arn::Home;
use serde_json::{Value, json};
use wire::Request;

pub(super) const F1: &str = "f1111111-1111-4111-8111-111111111111";

pub(super) fn scope() -> Scope<'static> {
    Home::new("eu-west-2", "111122223333").instance("i-1")
}

/// The base request of section 8.
pub(super) fn base() -> Value {
    json!({"Name": "Refund request", "ContactFlowId": F1, "Status": "ACTIVE",
      "Fields": [
        {"Id": {"Name": "Task name"}, "Type": "NAME"},
        {"Id": {"Name": "Description"}, "Type": "DESCRIPTION"},
        {"Id": {"Name": "Amount"}, "Type": "NUMBER"},
        {"Id": {"Name": "Reason"}, "Type": "SINGLE_SELECT", "SingleSelectOptions": ["Damaged", "Late", "Other"]},
        {"Id": {"Name": "Order URL"}, "Type": "URL"},
        {"Id": {"Name": "Approved"}, "Type": "BOOLEAN"},
        {"Id": {"Name": "Customer email"}, "Type": "EMAIL"},
        {"Id": {"Name": "Due"}, "Type": "DATE_TIME"},
        {"Id": {"Name": "Order id"}, "Type": "TEXT"},
        {"Id": {"Name": "Notes"}, "Type": "TEXT_AREA"}],
      "Constraints": {"RequiredFields": [{"Id": {"Name": "Task name"}}, {"Id": {"Name": "Order id"}}]},
      "Defaults": {"DefaultFieldValues": [{"Id": {"Name": "Reason"}, "DefaultValue": "Other"}]}})
}

/// The base request with `change` done to it.
pub(super) fn with(change: impl FnOnce(&mut Value)) -> Value {
    let mut body = base();
    change(&mut body);
    body
}

/// Puts `value` at a JSON pointer; the last part may be `-` for the end of a list, or a new member.
pub(super) fn set(body: &mut Value, pointer: &str, value: Value) {
    let (above, last) = pointer.rsplit_once('/').unwrap();
    match body.pointer_mut(above).unwrap() {
        Value::Array(list) if last == "-" => list.push(value),
        Value::Array(list) => list[last.parse::<usize>().unwrap()] = value,
        Value::Object(members) => {
            members.insert(last.to_owned(), value);
        }
        other => panic!("{other} has no members"),
    }
}

pub(super) fn remove(body: &mut Value, pointer: &str) {
    let (above, last) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(above).unwrap().as_object_mut().unwrap().remove(last).unwrap();
}

pub(super) fn put(pointer: &str, value: Value) -> Value {
    with(|body| set(body, pointer, value))
}

pub(super) fn without(pointer: &str) -> Value {
    with(|body| remove(body, pointer))
}

/// The base request with other defaults: pairs of field and value.
pub(super) fn defaults(pairs: &[(&str, &str)]) -> Value {
    let list: Vec<Value> =
        pairs.iter().map(|(name, value)| json!({"Id": {"Name": name}, "DefaultValue": value})).collect();
    put("/Defaults", json!({"DefaultFieldValues": list}))
}

pub(super) fn ids(names: &[&str]) -> Value {
    names.iter().map(|name| json!({"Id": {"Name": name}})).collect()
}

/// What exists in the instance of the tests.
pub(super) fn known() -> References {
    let flow = |flow_type, published, archived| FlowFact { flow_type, published, archived };
    let flows = [
        (F1, flow(ContactFlowType::ContactFlow, true, false)),
        ("transfer", flow(ContactFlowType::AgentTransfer, true, false)),
        ("queue-transfer", flow(ContactFlowType::QueueTransfer, true, false)),
        ("draft", flow(ContactFlowType::ContactFlow, false, false)),
        ("archived", flow(ContactFlowType::ContactFlow, true, true)),
        ("whisper", flow(ContactFlowType::AgentWhisper, true, false)),
        ("hold", flow(ContactFlowType::CustomerHold, true, false)),
    ];
    References {
        name_taken: false,
        flows: flows.into_iter().map(|(id, fact)| (id.to_owned(), fact)).collect(),
        modules: BTreeSet::from(["m1".to_owned()]),
        quick_connects: BTreeSet::from(["q1".to_owned()]),
    }
}

pub(super) fn decoded(purpose: Purpose, body: &Value) -> (TemplateContent, Violations) {
    let bytes = body.to_string().into_bytes();
    match purpose {
        Purpose::Create => {
            let route = wire::resolve("PUT", "/instance/i-1/task/template").unwrap();
            let request = Request { labels: &route.labels, query: "", body: &bytes };
            let checked = wire::decode::<CreateTaskTemplateInput>(&request).unwrap();
            (TemplateContent::from(checked.input), checked.violations)
        }
        Purpose::Update => {
            let route = wire::resolve("POST", "/instance/i-1/task/template/t-1").unwrap();
            let request = Request { labels: &route.labels, query: "", body: &bytes };
            let checked = wire::decode::<UpdateTaskTemplateInput>(&request).unwrap();
            (TemplateContent::from(&checked.input), checked.violations)
        }
    }
}

pub(super) fn problems_with(purpose: Purpose, body: &Value, references: &References) -> Vec<PropertyProblem> {
    let (content, violations) = decoded(purpose, body);
    check(&content, &violations, scope(), references)
}

pub(super) fn problems(body: &Value) -> Vec<PropertyProblem> {
    problems_with(Purpose::Create, body, &known())
}

pub(super) fn update_problems(body: &Value) -> Vec<PropertyProblem> {
    problems_with(Purpose::Update, body, &known())
}

/// Paths and reasons only.
pub(super) fn found(problems: &[PropertyProblem]) -> Vec<(&str, &str)> {
    problems.iter().map(|problem| (problem.path.as_str(), problem.reason.as_str())).collect()
}

/// Both as a new template and as an update, the body has exactly these problems, each with a message.
#[track_caller]
pub(super) fn refused(body: &Value, expected: &[(&str, &str)]) {
    for purpose in [Purpose::Create, Purpose::Update] {
        let problems = problems_with(purpose, body, &known());
        assert_eq!(found(&problems), expected, "{purpose:?} {body}");
        for problem in &problems {
            assert!(problem.message.len() > 10 && problem.message.ends_with('.'), "{problem:?}");
        }
    }
}

#[track_caller]
pub(super) fn accepted(body: &Value) {
    refused(body, &[]);
}

/// The message of the one problem of a body.
#[track_caller]
pub(super) fn message_of(body: &Value) -> String {
    let problems = problems(body);
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems[0].message.clone()
}

pub(super) const INVALID: &str = "INVALID_FORMAT";
pub(super) const MISSING: &str = "REQUIRED_PROPERTY_MISSING";
pub(super) const TWICE: &str = "UNIQUE_CONSTRAINT_VIOLATED";
pub(super) const UNKNOWN: &str = "REFERENCED_RESOURCE_NOT_FOUND";
pub(super) const UNSUPPORTED: &str = "NOT_SUPPORTED";
pub(super) const TAKEN: &str = "RESOURCE_NAME_ALREADY_EXISTS";

#[test]
fn the_base_request_is_good() {
    accepted(&base());
}
