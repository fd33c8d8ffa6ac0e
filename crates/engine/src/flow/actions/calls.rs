//! Calls of functions and modules, and the return from a module (flows 7.4, 8).

use serde_json::{Value, json};

use super::data::has_room;
use super::{ActionOutcome, FAILED, fixed, named, number, object};
use crate::flow::document::Action;
use crate::flow::machine::Machine;
use crate::flow::run::{Answer, Ask, FlowFact};
use crate::flow::value::{initiation_method, resolved, segment_attributes};

/// Longest time for a function, seconds (flows 7.4.1).
const FUNCTION_LIMIT_S_MAX: i64 = 8;

/// InvokeLambdaFunction (flows 7.4.1 to 7.4.5).
pub(super) fn function(machine: &mut Machine<'_, '_>, action: &Action, answer: Option<&Answer>) -> ActionOutcome {
    let asynchronous = fixed(action, "InvocationType").as_deref() == Some("ASYNCHRONOUS");
    match answer {
        Some(Answer::Function(answer)) => answered(machine, action, asynchronous, answer.as_ref()),
        _ => call(machine, action, asynchronous).unwrap_or(FAILED),
    }
}

fn call(machine: &Machine<'_, '_>, action: &Action, asynchronous: bool) -> Option<ActionOutcome> {
    let arn = named(machine, action, "LambdaFunctionARN").value()?;
    let limit =
        fixed(action, "InvocationTimeLimitSeconds").and_then(|limit| number(&limit, 1, FUNCTION_LIMIT_S_MAX))?;
    let parameters = Value::Object(object(action, "LambdaInvocationAttributes")?.into_owned());
    let parameters = resolved(&parameters, &machine.view())?;
    Some(ActionOutcome::Ask(Ask::Function {
        arn,
        payload: payload(machine, &parameters).to_string(),
        limit_s: u8::try_from(limit).ok()?,
        asynchronous,
        token: machine.token(),
    }))
}

/// The request body (flows 7.4.2).
fn payload(machine: &Machine<'_, '_>, parameters: &Value) -> Value {
    let (contact, view) = (&*machine.env.contact, machine.view());
    let data = json!({
        "Attributes": view.attributes,
        "Channel": "TASK",
        "ContactId": contact.id,
        "CustomerEndpoint": null,
        "Description": contact.description,
        "InitialContactId": contact.chain_id(),
        "InitiationMethod": initiation_method(contact.initiation_method),
        "InstanceARN": view.scope.instance_arn(),
        "LanguageCode": contact.language_code,
        "MediaStreams": null,
        "Name": contact.name,
        "PreviousContactId": contact.previous_contact_id,
        "Queue": view.queue().map(|queue| view.queue_json(queue)),
        "References": view.references(),
        "SegmentAttributes": segment_attributes(contact),
        "SystemEndpoint": null,
        "Tags": view.tags(),
    });
    json!({"Name": "ContactFlowEvent", "Details": {"ContactData": data, "Parameters": parameters}})
}

/// Checks the answer and stores it as `$.External` (flows 7.4.3, 7.4.5).
fn answered(
    machine: &mut Machine<'_, '_>,
    action: &Action,
    asynchronous: bool,
    answer: Option<&Value>,
) -> ActionOutcome {
    let Some(answer) = answer else { return FAILED };
    let validation = action.parameter("ResponseValidation").and_then(|validation| validation.get("ResponseType"));
    let flat = validation.and_then(Value::as_str) != Some("JSON");
    let fits = has_room(answer) && (!flat || is_string_map(answer));
    if !asynchronous && !fits {
        return FAILED;
    }
    let Some(frame) = machine.run.frames.last_mut() else { return FAILED };
    if asynchronous {
        frame.local.remove("External");
    } else {
        frame.local.insert("External".to_owned(), answer.clone());
    }
    ActionOutcome::Next
}

fn is_string_map(answer: &Value) -> bool {
    answer.as_object().is_some_and(|members| members.values().all(Value::is_string))
}

/// InvokeFlowModule (flows 8.6, 8.8, 8.9).
pub(super) fn module(machine: &Machine<'_, '_>, action: &Action, answer: Option<&Answer>) -> ActionOutcome {
    let Some(id) = named(machine, action, "FlowModuleId").value() else { return FAILED };
    if !machine.may_call() {
        return FAILED;
    }
    match answer {
        Some(Answer::Flow(Some(FlowFact { flow, .. }))) if flow.module => {
            let input = action.parameter("Input").map(|input| resolved(input, &machine.view()).filter(has_room));
            match input {
                Some(None) => FAILED,
                input => ActionOutcome::Call { flow: flow.clone(), input: input.flatten() },
            }
        }
        Some(Answer::Flow(_)) => FAILED,
        _ => ActionOutcome::Ask(Ask::Flow { id, module: true }),
    }
}

/// EndFlowModuleExecution (flows 8.6). Results that are too large are none: the caller's error.
pub(super) fn end_module(machine: &Machine<'_, '_>, action: &Action) -> ActionOutcome {
    let data = action.parameter("ResultData").map(|data| resolved(data, &machine.view()).filter(has_room));
    match data {
        Some(None) => ActionOutcome::Leave,
        data => ActionOutcome::Return { result: fixed(action, "Result"), data: data.flatten() },
    }
}
