//! What each action does (flows 7): one function per type, in files by group. An action reads its parameters, asks the
//! caller where it must, changes the contact, and returns its outcome; `machine` decides where that leads.

mod branching;
mod calls;
mod create_task;
mod data;
mod hooks;
mod ignored;
mod routing;

use serde_json::{Map, Value};

use super::document::{Action, ActionType, ErrorType};
use super::machine::Machine;
use super::run::{Answer, Ask, FlowOutcome, FlowRef, RunKind};
use super::value::{dynamic, scalar, text};
use crate::contact::{DisconnectReason, QueueRef};

/// The outcome of an action.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ActionOutcome {
    /// NextAction.
    Next,
    /// Conditions decide on this (flows 4.1); `null` fulfils none.
    Result(Value),
    /// Conditions decide on this; without one, NextAction (flows 8.6, and waits that were published without conditions).
    Branch(String),
    /// An error (flows 4.7).
    Error(ErrorType),
    /// Nothing for tasks: an error branch if there is one (flows 5.4, 7.6).
    Unsupported,
    /// Something is needed from the caller.
    Ask(Ask),
    /// It waits until then, epoch milliseconds.
    Wait(i64),
    /// A module is called with this input.
    Call { flow: FlowRef, input: Option<Value> },
    /// Another flow takes over.
    Enter(FlowRef),
    /// A module returns.
    Return { result: Option<String>, data: Option<Value> },
    /// The flow ends without a decision.
    Leave,
    /// The contact ends.
    End(DisconnectReason),
    /// The contact was changed so that this run is over.
    Over,
}

impl ActionOutcome {
    /// Its text in the flow log.
    pub(super) fn outcome(&self) -> FlowOutcome {
        match self {
            Self::Error(error) => FlowOutcome::Error(error.as_str().to_owned()),
            Self::Unsupported => FlowOutcome::Error("The action is not supported for tasks.".to_owned()),
            Self::Result(result) => FlowOutcome::Results(super::value::written(result).unwrap_or_default()),
            Self::Branch(result) => FlowOutcome::Results(result.clone()),
            Self::Return { result, .. } => FlowOutcome::Results(result.clone().unwrap_or_default()),
            _ => FlowOutcome::Results(String::new()),
        }
    }
}

/// NoMatchingError, the error of nearly everything (flows 9.5).
const FAILED: ActionOutcome = ActionOutcome::Error(ErrorType::NoMatchingError);

/// Where a flow runs, as far as actions differ by it (flows 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FlowPosition {
    Inbound,
    CustomerQueue,
    Transfer,
    Whisper,
    Hold,
}

/// Runs the action, or continues it with `answer`.
pub(super) fn run(machine: &mut Machine<'_, '_>, action: &Action, answer: Option<&Answer>) -> ActionOutcome {
    use ActionType as T;
    if !suits(machine, action.kind) {
        return FAILED;
    }
    match action.kind {
        T::UpdateContactTargetQueue => routing::target_queue(machine, action, answer),
        T::TransferContactToQueue => routing::enqueue(machine, answer),
        T::DequeueContactAndTransferToQueue => routing::move_to_queue(machine, action, answer),
        T::TransferContactToAgent => routing::to_agent(machine, answer),
        T::TransferToFlow => routing::to_flow(machine, action, answer),
        T::UpdateContactRoutingBehavior => routing::behavior(machine, action),
        T::UpdateContactRoutingCriteria => routing::criteria(machine, action),
        T::UpdateContactAttributes => data::attributes(machine, action, answer),
        T::UpdateFlowAttributes => data::flow_attributes(machine, action),
        T::UpdateContactData => data::contact_data(machine, action, answer),
        T::TagContact => data::tag(machine, action),
        T::UntagContact => data::untag(machine, action),
        T::UpdateContactEventHooks => hooks::event_hooks(machine, action, answer),
        T::CreateTask => create_task::create_task(machine, action, answer),
        T::Compare => branching::compare(machine, action),
        T::CheckHoursOfOperation => branching::hours(machine, action, answer),
        T::CheckMetricData => branching::check_metric(machine, action, answer),
        T::GetMetricData => branching::get_metrics(machine, action, answer),
        T::DistributeByPercentage => branching::percentage(answer),
        T::Loop => branching::repeat(machine, action),
        T::Wait => branching::wait(machine, action),
        T::InvokeLambdaFunction => calls::function(machine, action, answer),
        T::InvokeFlowModule => calls::module(machine, action, answer),
        T::EndFlowModuleExecution => calls::end_module(machine, action),
        T::UpdateFlowLoggingBehavior => data::logging(machine, action),
        T::DisconnectParticipant => ActionOutcome::End(DisconnectReason::ContactFlowDisconnect),
        T::EndFlowExecution => ActionOutcome::Leave,
        T::ResumeContact => routing::resume(machine),
        other => ignored::ignored(action, other),
    }
}

/// Is the action allowed in the flow that runs (flows 7, 8.12)? In a module the flow that called it decides.
fn suits(machine: &Machine<'_, '_>, kind: ActionType) -> bool {
    use ActionType as T;
    use FlowPosition::{CustomerQueue, Hold, Inbound, Transfer, Whisper};
    let position = position(machine);
    let wrap_up = machine.run.kind == RunKind::WrapUp;
    match kind {
        T::UpdateContactTargetQueue | T::TransferContactToQueue => !wrap_up && matches!(position, Inbound | Transfer),
        T::DequeueContactAndTransferToQueue => !wrap_up && position == CustomerQueue,
        T::TransferContactToAgent => !wrap_up && position == Transfer,
        T::TransferToFlow => matches!(position, Inbound | Transfer),
        T::UpdateContactRoutingBehavior
        | T::UpdateContactRoutingCriteria
        | T::CheckHoursOfOperation
        | T::CheckMetricData
        | T::DistributeByPercentage => matches!(position, Inbound | CustomerQueue | Transfer),
        T::DisconnectParticipant => !matches!(position, Whisper | Hold),
        T::EndFlowExecution => position != Hold,
        _ => true,
    }
}

fn position(machine: &Machine<'_, '_>) -> FlowPosition {
    match machine.run.frames.first().map(|frame| frame.flow.flow_type.as_str()) {
        Some("CUSTOMER_QUEUE") => FlowPosition::CustomerQueue,
        Some("AGENT_TRANSFER" | "QUEUE_TRANSFER") => FlowPosition::Transfer,
        Some("AGENT_WHISPER" | "CUSTOMER_WHISPER" | "OUTBOUND_WHISPER") => FlowPosition::Whisper,
        Some("AGENT_HOLD" | "CUSTOMER_HOLD") => FlowPosition::Hold,
        _ => FlowPosition::Inbound,
    }
}

/// A parameter as it is written, for members that take no reference (flows 3.2).
fn fixed(action: &Action, name: &str) -> Option<String> {
    action.parameter(name).and_then(scalar)
}

/// What a parameter gives that names something: absent, present with a value, or present and leading to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Named {
    Missing,
    Nothing,
    Is(String),
}

impl Named {
    fn value(self) -> Option<String> {
        match self {
            Self::Is(value) => Some(value),
            Self::Missing | Self::Nothing => None,
        }
    }
}

/// A parameter that is static, one path, or a text with references; empty is nothing (flows 3.5).
fn named(machine: &Machine<'_, '_>, action: &Action, name: &str) -> Named {
    let Some(value) = action.parameter(name) else { return Named::Missing };
    let found = scalar(value).and_then(|value| dynamic(&value, &machine.view()));
    found.filter(|found| !found.is_empty()).map_or(Named::Nothing, Named::Is)
}

/// A parameter that is for people: references inside are replaced. `None` if it is not there.
fn spoken(machine: &Machine<'_, '_>, action: &Action, name: &str) -> Option<String> {
    action.parameter(name).and_then(scalar).map(|value| text(&value, &machine.view()))
}

/// An object parameter; absent is empty, another shape is none.
fn object<'a>(action: &'a Action, name: &str) -> Option<std::borrow::Cow<'a, Map<String, Value>>> {
    match action.parameter(name) {
        None => Some(std::borrow::Cow::Owned(Map::new())),
        Some(Value::Object(members)) => Some(std::borrow::Cow::Borrowed(members)),
        Some(_) => None,
    }
}

/// A whole number within bounds.
fn number(text: &str, least: i64, most: i64) -> Option<i64> {
    text.trim().parse::<i64>().ok().filter(|number| (least..=most).contains(number))
}

/// The queue the contact is in or will go into, as a question names it.
fn asked_queue(queue: &QueueRef) -> (Option<String>, Option<String>) {
    if queue.agent { (None, Some(queue.id.clone())) } else { (Some(queue.id.clone()), None) }
}
