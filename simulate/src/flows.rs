//! The flow documents of the simulated instance: small, and together they cover waits, loops, branches, queues, hooks,
//! new tasks, transfers to other flows, modules and every way to end.
//!
//! Attributes that flows write begin with `f-`, so that they never collide with what clients write.

use serde_json::{Value, json};

const ERROR: &str = "NoMatchingError";
const NONE: &str = "NoMatchingCondition";
const FULL: &str = "QueueAtCapacity";

/// An action with `next`, entries for errors, and conditions (operator, operand, next).
fn action(
    id: &str,
    kind: &str,
    parameters: &Value,
    next: &str,
    errors: &[(&str, &str)],
    when: &[(&str, &str, &str)],
) -> Value {
    let mut transitions = json!({"NextAction": next});
    if !errors.is_empty() {
        transitions["Errors"] =
            errors.iter().map(|(error, next)| json!({"ErrorType": error, "NextAction": next})).collect();
    }
    if !when.is_empty() {
        let condition = |(operator, operand, next): &(&str, &str, &str)| json!({"NextAction": next, "Condition": {"Operator": operator, "Operands": [operand]}});
        transitions["Conditions"] = when.iter().map(condition).collect();
    }
    json!({"Identifier": id, "Type": kind, "Parameters": parameters, "Transitions": transitions})
}

fn end(id: &str, kind: &str) -> Value {
    json!({"Identifier": id, "Type": kind, "Parameters": {}, "Transitions": {}})
}

fn stop() -> Value {
    end("stop", "DisconnectParticipant")
}

fn wait(id: &str, seconds: u32, next: &str) -> Value {
    let limit = json!({"TimeLimitSeconds": seconds.to_string()});
    action(id, "Wait", &limit, next, &[(ERROR, next)], &[("Equals", "WaitCompleted", next)])
}

/// An action with one error branch that goes on all the same.
fn act(id: &str, kind: &str, parameters: &Value, next: &str) -> Value {
    action(id, kind, parameters, next, &[(ERROR, next)], &[])
}

fn attributes(id: &str, attributes: &Value, next: &str) -> Value {
    act(id, "UpdateContactAttributes", &json!({"Attributes": attributes, "TargetContact": "Current"}), next)
}

fn target(id: &str, queue: &str, next: &str) -> Value {
    act(id, "UpdateContactTargetQueue", &json!({"QueueId": queue}), next)
}

/// Into the target queue; while it is full, `full`.
fn enqueue(id: &str, full: &str) -> Value {
    action(id, "TransferContactToQueue", &json!({}), "stop", &[(FULL, full), (ERROR, "stop")], &[])
}

fn document(actions: &[Value]) -> String {
    let start = &actions[0]["Identifier"];
    json!({"Version": "2019-10-30", "StartAction": start, "Metadata": {}, "Actions": actions}).to_string()
}

fn module(actions: &[Value]) -> String {
    json!({
        "Version": "2019-10-30", "StartAction": actions[0]["Identifier"], "Metadata": {}, "Actions": actions,
        "Settings": {"InputParameters": [], "OutputParameters": [], "Transitions": []},
    })
    .to_string()
}

/// A module that waits, writes an attribute, and ends.
pub(crate) fn note_module(seconds: u32) -> String {
    module(&[
        wait("rest", seconds, "note"),
        attributes("note", &json!({"f-note": "$.Name"}), "end"),
        end("end", "EndFlowModuleExecution"),
    ])
}

/// A module that ends the contact.
pub(crate) fn harsh_module() -> String {
    module(&[attributes("note", &json!({"f-harsh": "yes"}), "stop"), stop()])
}

/// Says something and ends.
pub(crate) fn short() -> String {
    document(&[
        act("say", "UpdateContactData", &json!({"TargetContact": "Current", "Description": "by a flow"}), "stop"),
        stop(),
    ])
}

/// Sleeps; another number of seconds makes another content.
pub(crate) fn sleeper(seconds: u32) -> String {
    document(&[wait("sleep", seconds, "stop"), stop()])
}

/// Branches on a reference and an attribute, waits, and queues.
pub(crate) fn branch(first: &str, second: &str) -> String {
    document(&[
        action(
            "color",
            "Compare",
            &json!({"ComparisonValue": "$.Attributes.color"}),
            "amount",
            &[(NONE, "amount")],
            &[("Equals", "red", "urgent"), ("TextStartsWith", "b", "first")],
        ),
        action("urgent", "UpdateContactRoutingBehavior", &json!({"QueuePriority": "1"}), "amount", &[], &[]),
        action(
            "amount",
            "Compare",
            &json!({"ComparisonValue": "$.References.Amount.Value"}),
            "short wait",
            &[(NONE, "short wait")],
            &[("NumberGreaterOrEqualTo", "1000", "first"), ("NumberLessThan", "10", "stop")],
        ),
        wait("short wait", 120, "second"),
        target("first", first, "note"),
        target("second", second, "note"),
        attributes("note", &json!({"f-queue": "$.Queue.Name", "f-by": "$.ContactId"}), "enqueue"),
        enqueue("enqueue", "full"),
        wait("full", 300, "enqueue"),
        stop(),
    ])
}

/// Loops over waits and a module, makes a task, and goes to another flow.
pub(crate) fn looping(module: &str, harsh: &str, made: &str, related: &str, then: &str) -> String {
    let invoke = |id: &str, module: &str, next: &str| {
        action(id, "InvokeFlowModule", &json!({"FlowModuleId": module}), next, &[(ERROR, next), (NONE, next)], &[])
    };
    document(&[
        action(
            "loop",
            "Loop",
            &json!({"LoopCount": "3"}),
            "toss",
            &[],
            &[("Equals", "ContinueLooping", "nap"), ("Equals", "DoneLooping", "make")],
        ),
        wait("nap", 10, "module"),
        invoke("module", module, "loop"),
        act(
            "make",
            "CreateTask",
            &json!({"Name": "made by $.ContactId", "ContactFlowId": made, "Attributes": {"maker": "$.ContactId"},
                   "References": {"Origin": {"Type": "URL", "Value": "https://example.com/$.ContactId"}}}),
            "remember",
        ),
        attributes("remember", &json!({"f-made": "$.Task.ContactId"}), "again"),
        act(
            "again",
            "CreateTask",
            &json!({"Name": "late by $.ContactId", "ContactFlowId": related, "DelaySeconds": "3600"}),
            "tag",
        ),
        act("tag", "TagContact", &json!({"Tags": {"flow": "$.InitiationMethod"}}), "toss"),
        action(
            "toss",
            "DistributeByPercentage",
            &json!({}),
            "flow",
            &[(NONE, "flow")],
            &[("NumberLessThan", "11", "harsh"), ("NumberLessThan", "31", "stop")],
        ),
        invoke("harsh", harsh, "stop"),
        act("flow", "TransferToFlow", &json!({"ContactFlowId": then}), "stop"),
        stop(),
    ])
}

/// Sets every hook that tasks know, writes to the related task, and goes to another flow.
pub(crate) fn hooks(hooks: &[(&str, &str)], then: &str) -> String {
    let ids: Vec<String> = (0..hooks.len()).map(|n| format!("hook {n}")).collect();
    let next = |n: usize| ids.get(n + 1).map_or("related", String::as_str);
    let mut actions: Vec<Value> = hooks
        .iter()
        .enumerate()
        .map(|(n, (name, flow))| {
            act(&ids[n], "UpdateContactEventHooks", &json!({"EventHooks": {*name: flow}}), next(n))
        })
        .collect();
    let related = json!({"Attributes": {"f-related": "$.ContactId"}, "TargetContact": "Related"});
    actions.push(act("related", "UpdateContactAttributes", &related, "flow"));
    actions.push(act("flow", "TransferToFlow", &json!({"ContactFlowId": then}), "stop"));
    actions.push(stop());
    document(&actions)
}

/// A queue flow that moves to another queue after a while.
pub(crate) fn mover(queue: &str, seconds: u32) -> String {
    document(&[
        wait("patience", seconds, "move"),
        action(
            "move",
            "DequeueContactAndTransferToQueue",
            &json!({"QueueId": queue}),
            "stay",
            &[(FULL, "patience"), (ERROR, "stay")],
            &[],
        ),
        end("stay", "EndFlowExecution"),
    ])
}

/// A queue flow that gives up.
pub(crate) fn leaver() -> String {
    document(&[wait("patience", 900, "stop"), stop()])
}

/// A whisper flow: it runs between accepting and connecting.
pub(crate) fn whisper() -> String {
    document(&[
        wait("hush", 15, "note"),
        attributes("note", &json!({"f-whisper": "$.Agent.UserName"}), "end"),
        end("end", "EndFlowExecution"),
    ])
}

/// A disconnect flow: queues again, or makes a task, or ends.
pub(crate) fn afterwards(queue: &str, made: &str) -> String {
    document(&[
        action(
            "wanted",
            "Compare",
            &json!({"ComparisonValue": "$.Attributes.color"}),
            "make",
            &[(NONE, "make")],
            &[("Equals", "red", "queue"), ("Equals", "blue", "stop")],
        ),
        target("queue", queue, "enqueue"),
        enqueue("enqueue", "stop"),
        act(
            "make",
            "CreateTask",
            &json!({"Name": "made by $.ContactId", "ContactFlowId": made, "RelatedContactId": "$.PreviousContactId"}),
            "remember",
        ),
        attributes("remember", &json!({"f-followed": "$.Task.ContactId"}), "stop"),
        stop(),
    ])
}

/// A pause flow that resumes by itself, or only says something.
pub(crate) fn pausing(resumes: bool) -> String {
    let last = if resumes { "resume" } else { "end" };
    document(&[
        attributes("note", &json!({"f-paused": "$.ContactId"}), "rest"),
        wait("rest", 45, last),
        act("resume", "ResumeContact", &json!({}), "end"),
        end("end", "EndFlowExecution"),
    ])
}

/// A resume flow that says something and queues what was queued.
pub(crate) fn resuming(queue: &str) -> String {
    document(&[
        attributes("note", &json!({"f-resumed": "$.ContactId"}), "target"),
        target("target", queue, "enqueue"),
        action("enqueue", "TransferContactToQueue", &json!({}), "end", &[(FULL, "end"), (ERROR, "end")], &[]),
        end("end", "EndFlowExecution"),
    ])
}

/// For quick connects and transfers to a queue.
pub(crate) fn to_queue() -> String {
    document(&[enqueue("enqueue", "full"), wait("full", 200, "enqueue"), stop()])
}

/// For quick connects and transfers to an agent.
pub(crate) fn to_agent() -> String {
    document(&[end("agent", "TransferContactToAgent")])
}
