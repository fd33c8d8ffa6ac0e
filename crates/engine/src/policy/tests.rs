//! Tests of the policy language: the rules of protocol 4.2 as tables, the cases of 10.4, and properties against evaluators written
//! the slow and obvious way.

mod conditions;
mod documents;
mod managed;
mod properties;
mod sets;
mod slow;
mod vectors;
mod warnings;

use serde_json::{Value as Json, json};

use super::{Context, Decision, Key, Policy, PolicySet, Problem, Request, Value, Values, same_ignoring_case};

const INSTANCE: &str = "arn:aws:connect:us-east-1:111122223333:instance/i-1";
const TEMPLATE: &str = "arn:aws:connect:us-east-1:111122223333:instance/i-1/task-template/t-1";

/// A request's keys.
#[derive(Clone, Debug, Default)]
struct Facts(Vec<(String, Values<'static>)>);

impl Context for Facts {
    fn values(&self, key: &Key) -> Option<Values<'_>> {
        self.0.iter().find(|(own, _)| same_ignoring_case(own, key.spelt())).map(|(_, values)| values.clone())
    }
}

impl Facts {
    /// Keys from JSON: a list is a key with several values.
    fn of(keys: &Json) -> Self {
        let one = |value: &Json| Value::Text(value.as_str().expect("a text").to_owned().into());
        let each = keys.as_object().expect("an object").iter().map(|(key, value)| {
            let values = match value {
                Json::Array(values) => Values::Many(values.iter().map(one).collect()),
                value => Values::One(one(value)),
            };
            (key.clone(), values)
        });
        Self(each.collect())
    }

    fn with(mut self, key: &str, value: Value<'static>) -> Self {
        self.0.push((key.to_owned(), Values::One(value)));
        self
    }
}

/// A policy of these statements, with variables.
#[expect(clippy::needless_pass_by_value, reason = "tests write it in place")]
fn policy(statements: Json) -> Policy {
    parse(&json!({"Version": "2012-10-17", "Statement": statements})).expect("a policy")
}

fn parse(document: &Json) -> Result<Policy, Vec<Problem>> {
    Policy::parse(&document.to_string())
}

fn set(statements: Json) -> PolicySet {
    PolicySet::new(vec![("p".to_owned(), policy(statements))])
}

/// Whether statements allow an action on a resource.
fn allows(statements: Json, action: &str, resource: &str, keys: &Json) -> bool {
    set(statements).decide(&Request { action, resource, context: &Facts::of(keys) }).is_allowed()
}

/// Whether GetTaskTemplate of the template is allowed under a condition.
#[expect(clippy::needless_pass_by_value, reason = "tests write it in place")]
fn holds(condition: Json, keys: &Json) -> bool {
    let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition});
    allows(statement, "connect:GetTaskTemplate", TEMPLATE, keys)
}

/// The problems of a document, as they are shown.
fn problems(text: &str) -> Vec<String> {
    Policy::parse(text).map_or_else(|all| all.iter().map(ToString::to_string).collect(), |_| Vec::new())
}

fn denied_by(decision: Decision<'_>) -> Option<usize> {
    match decision {
        Decision::Denied { statement } => statement.map(|statement| statement.index),
        Decision::Allowed { .. } => None,
    }
}
