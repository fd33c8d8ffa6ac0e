//! UpdateContactEventHooks: the flows that later events start (flows 7.2.4, 7.2.5), and whether they do (flows 7.2.12).

use serde_json::{Map, Value};

use super::{ActionOutcome, FAILED, object};
use crate::flow::document::Action;
use crate::flow::machine::Machine;
use crate::flow::run::{Answer, Ask, FlowFact};
use crate::flow::value::{dynamic, scalar};

/// The hooks a task may have, and the type of flow each wants.
const HOOKS: [(&str, &str); 8] = [
    ("AgentWhisper", "AGENT_WHISPER"),
    ("CustomerQueue", "CUSTOMER_QUEUE"),
    ("CustomerRemaining", "CONTACT_FLOW"),
    ("CustomerWhisper", "CUSTOMER_WHISPER"),
    ("DefaultAgentUI", "CONTACT_FLOW"),
    ("DisconnectAgentUI", "CONTACT_FLOW"),
    ("PauseContact", "CONTACT_FLOW"),
    ("ResumeContact", "CONTACT_FLOW"),
];

/// The hooks that tasks do not have.
const HOLD_HOOKS: [&str; 2] = ["AgentHold", "CustomerHold"];

/// Looks up each flow, and sets the hooks when all fit. Hold hooks fail on a task.
pub(super) fn event_hooks(machine: &mut Machine<'_, '_>, action: &Action, answer: Option<&Answer>) -> ActionOutcome {
    let Some(members) = object(action, "EventHooks") else { return FAILED };
    let Some(switches) = object(action, "EventHooksConfiguration").and_then(|members| switches(&members)) else {
        return FAILED;
    };
    let mut hooks = Vec::new();
    for (name, value) in members.iter() {
        let wanted = HOOKS.iter().find(|(hook, _)| hook == name);
        let id = scalar(value).and_then(|value| dynamic(&value, &machine.view())).filter(|id| !id.is_empty());
        let (Some((_, flow_type)), Some(id)) = (wanted, id) else { return FAILED };
        hooks.push((name.clone(), *flow_type, id));
    }
    let mut answered = machine.run.frames.last().map_or(0, |frame| frame.answered);
    if let (Some(Answer::Flow(fact)), Some((_, flow_type, _))) = (answer, hooks.get(answered)) {
        let fits = |fact: &FlowFact| !fact.flow.module && fact.flow.flow_type == *flow_type;
        if !fact.as_ref().is_some_and(fits) {
            reset(machine, 0);
            return FAILED;
        }
        answered += 1;
    }
    reset(machine, answered);
    if let Some((_, _, id)) = hooks.get(answered) {
        return ActionOutcome::Ask(Ask::Flow { id: id.clone(), module: false });
    }
    reset(machine, 0);
    let contact = machine.touched();
    for (name, _, id) in hooks {
        // A hook that is set without a switch runs, whatever an earlier one said.
        contact.disabled_hooks.remove(&name);
        contact.hooks.insert(name, id);
    }
    for (name, disabled) in switches {
        if disabled {
            contact.disabled_hooks.insert(name);
        } else {
            contact.disabled_hooks.remove(&name);
        }
    }
    ActionOutcome::Next
}

/// Which hooks are switched off, and which on; `None` if it cannot be read.
fn switches(members: &Map<String, Value>) -> Option<Vec<(String, bool)>> {
    let switch = |(name, value): (&String, &Value)| {
        let known = HOLD_HOOKS.contains(&name.as_str()) || HOOKS.iter().any(|(hook, _)| hook == name);
        let disabled = scalar(value.get("DisableExecution")?)?.parse().ok()?;
        known.then(|| (name.clone(), disabled))
    };
    members.iter().map(switch).collect()
}

fn reset(machine: &mut Machine<'_, '_>, answered: usize) {
    if let Some(frame) = machine.run.frames.last_mut() {
        frame.answered = answered;
    }
}
