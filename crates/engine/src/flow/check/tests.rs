//! Rules of publishing as tables: each action in its smallest form, and that form broken in every way.

use super::*;
use crate::flow::document::Document;
use serde_json::{Value, json};

mod actions;
mod documents;
mod foreign;
mod properties;
mod published;
mod values;

/// The documents of flows section 10 with the type of their flow.
const EXAMPLES: &[(&str, ContactFlowType)] = &[
    (include_str!("tests/route_to_queue.json"), ContactFlowType::ContactFlow),
    (include_str!("tests/branch_by_attribute.json"), ContactFlowType::ContactFlow),
    (include_str!("tests/queue_timeout.json"), ContactFlowType::CustomerQueue),
    (include_str!("tests/follow_up.json"), ContactFlowType::ContactFlow),
];

const NAME: &str = "Invalid Action property name. Path: Actions[0].";
const VALUE: &str = "Invalid Action property value. Path: Actions[0].";
const MISSING: &str = "Action is missing required property. Path: Actions[0].";

/// An action that leads to itself: its type, parameters, errors and conditions in the smallest form that may be published.
#[derive(Clone)]
struct Smallest {
    kind: ActionType,
    parameters: Value,
    errors: &'static [&'static str],
    conditions: Value,
}

impl Smallest {
    fn of(kind: ActionType) -> Self {
        use ActionType as A;
        let (parameters, errors, conditions): (Value, &[&str], Value) = match kind {
            A::UpdateContactTargetQueue => (json!({"QueueId": "q-1"}), NME, json!([])),
            A::TransferContactToQueue => (json!({}), FULL, json!([])),
            A::DequeueContactAndTransferToQueue => (json!({"AgentId": "jane"}), FULL, json!([])),
            A::TransferToFlow => (json!({"ContactFlowId": "f-1:$LATEST"}), NME, json!([])),
            A::UpdateContactRoutingBehavior => (json!({"QueuePriority": "1"}), &[], json!([])),
            A::UpdateContactRoutingCriteria => (
                json!({"RoutingCriteria": {"Steps": [{"Expression": {"AttributeCondition": {"Name": "French"}}}]}}),
                NME,
                json!([]),
            ),
            A::UpdateContactAttributes => (json!({"Attributes": {"a": "b"}}), NME, json!([])),
            A::UpdateFlowAttributes => (json!({"FlowAttributes": {"a": {"Value": "b"}}}), NME, json!([])),
            A::UpdateContactData => (json!({"Name": "n"}), NME, json!([])),
            A::UpdateContactEventHooks => (json!({"EventHooks": {"CustomerQueue": "f-1"}}), NME, json!([])),
            A::TagContact => (json!({"Tags": {"a": "b"}}), NME, json!([])),
            A::UntagContact => (json!({"TagKeys": ["a"]}), NME, json!([])),
            A::CreateTask => (json!({"Name": "n", "ContactFlowId": "f-1"}), NME, json!([])),
            A::Compare => (json!({"ComparisonValue": "$.Attributes.a"}), NMC, branches("Equals", &["x"])),
            A::CheckHoursOfOperation => (json!({}), NME, branches("Equals", &["True", "False"])),
            A::CheckMetricData => {
                (json!({"MetricType": "NumberOfAgentsStaffed"}), BOTH, branches("NumberGreaterThan", &["0"]))
            }
            A::DistributeByPercentage => (json!({}), NMC, branches("NumberLessThan", &["4", "10", "18"])),
            A::Loop => (json!({"LoopCount": "3"}), &[], branches("Equals", &["ContinueLooping", "DoneLooping"])),
            A::Wait => (json!({"TimeLimitSeconds": "5"}), NME, branches("Equals", &["WaitCompleted"])),
            A::InvokeLambdaFunction => (
                json!({"LambdaFunctionARN": "arn:aws:lambda:us-east-1:123456789012:function:f", "InvocationTimeLimitSeconds": "3"}),
                NME,
                json!([]),
            ),
            A::InvokeFlowModule => (json!({"FlowModuleId": "m-1"}), NME, json!([])),
            A::UpdateFlowLoggingBehavior => (json!({"FlowLoggingBehavior": "Enabled"}), &[], json!([])),
            A::GetMetricData | A::ResumeContact => (json!({}), NME, json!([])),
            _ if kind.is_terminal() => (json!({}), &[], json!([])),
            _ => foreign::smallest(kind),
        };
        Self { kind, parameters, errors, conditions }
    }

    fn transitions(&self) -> Value {
        if self.kind.is_terminal() {
            return json!({});
        }
        let errors: Vec<Value> =
            self.errors.iter().map(|error| json!({"ErrorType": error, "NextAction": "a"})).collect();
        json!({"NextAction": "a", "Errors": errors, "Conditions": self.conditions})
    }

    fn document(&self) -> Value {
        document(self.kind.as_str(), &self.parameters, &self.transitions())
    }

    /// The problems in the first type of flow that takes the action.
    fn problems(&self) -> Vec<String> {
        problems_of(&self.document(), place(self.kind).as_ref())
    }

    fn with(&self, member: &str, value: Value) -> Self {
        let mut changed = self.clone();
        changed.parameters[member] = value;
        changed
    }

    fn without(&self, member: &str) -> Self {
        let mut changed = self.clone();
        changed.parameters.as_object_mut().unwrap().remove(member);
        changed
    }

    fn when(&self, conditions: Value) -> Self {
        Self { conditions, ..self.clone() }
    }

    fn erring(&self, errors: &'static [&'static str]) -> Self {
        Self { errors, ..self.clone() }
    }
}

const NME: &[&str] = &["NoMatchingError"];
const NMC: &[&str] = &["NoMatchingCondition"];
const BOTH: &[&str] = &["NoMatchingError", "NoMatchingCondition"];
const FULL: &[&str] = &["QueueAtCapacity", "NoMatchingError"];

/// The rules of the type as its smallest form asks for them.
fn rule(kind: ActionType) -> &'static rule::Rule {
    let parameters = Smallest::of(kind).parameters.to_string();
    let parameters = parse(parameters.as_bytes()).unwrap();
    super::actions::rule(kind, parameters.as_object().unwrap())
}

/// The first type of flow that takes the action; `None` for a module.
fn place(kind: ActionType) -> Option<ContactFlowType> {
    [ContactFlowType::ContactFlow, ContactFlowType::CustomerQueue, ContactFlowType::AgentTransfer]
        .into_iter()
        .find(|flow_type| rule(kind).allowed_in(Some(flow_type)))
}

fn document(kind: &str, parameters: &Value, transitions: &Value) -> Value {
    json!({"Version": "2019-10-30", "StartAction": "a", "Actions": [
        {"Identifier": "a", "Type": kind, "Parameters": parameters, "Transitions": transitions}]})
}

/// One branch for each operand.
fn branches(operator: &str, operands: &[&str]) -> Value {
    let branch =
        |operand: &&str| json!({"NextAction": "a", "Condition": {"Operator": operator, "Operands": [operand]}});
    Value::Array(operands.iter().map(branch).collect())
}

fn problems_of(document: &Value, flow_type: Option<&ContactFlowType>) -> Vec<String> {
    check(&document.to_string(), flow_type, &|_| None)
}

#[track_caller]
fn refused(action: &Smallest, expected: &[&str]) {
    assert_eq!(action.problems(), expected, "{}", action.document());
}

#[track_caller]
fn accepted(action: &Smallest) {
    refused(action, &[]);
}
