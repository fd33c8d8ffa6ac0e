//! A request of each operation that names a resource of every kind it can name. None of them exists: who may do something is decided
//! before.

use serde_json::{Value, json};
use wire::Op;

use crate::bench::{Answer, Bench};

/// The id that a request gives for a label or member.
fn id(name: &str) -> String {
    name.trim_end_matches("Id").to_ascii_lowercase() + "-1"
}

/// The labels of a request.
fn labels(bench: &Bench, op: Op) -> Vec<String> {
    let names = op.uri().split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let label = |name: &str| match name {
        "InstanceId" => bench.instance.clone(),
        "resourceArn" => bench.template_arn("tagged-1"),
        other => id(other),
    };
    names.map(label).collect()
}

/// One body for all: members that an operation does not have are ignored (task-templates 0.10).
fn body(bench: &Bench, op: Op) -> Value {
    let mut body = json!({
        "InstanceId": bench.instance,
        "ResourceArn": format!("arn:aws:connect:us-east-1:123456789012:instance/{}", bench.instance),
        "QuickConnectIds": ["quickconnect-1"], "SecurityProfileIds": ["securityprofile-1"],
        "DefaultOutboundQueueId": "queue-1", "InitialContactId": "contact-1",
    });
    for name in [
        "AgentStatusId",
        "ContactFlowId",
        "ContactId",
        "HierarchyGroupId",
        "HoursOfOperationId",
        "QueueId",
        "QuickConnectId",
        "RoutingProfileId",
        "TaskTemplateId",
        "UserId",
    ] {
        body[name] = id(name).into();
    }
    let queue = json!({"QueueReference": {"QueueId": "queue-1", "Channel": "TASK"}, "Priority": 1, "Delay": 0});
    match op {
        // The flow that the request names is the one that runs.
        Op::StartTaskContact => {
            body["TaskTemplateId"].take();
            body["QuickConnectId"].take();
            body["Name"] = json!("A task");
        }
        Op::GetCurrentUserData => body["Filters"] = json!({"Agents": ["user-1"]}),
        Op::GetCurrentMetricData | Op::GetMetricData => body["Filters"] = json!({"Queues": ["queue-1"]}),
        Op::GetMetricDataV2 => {
            body["Filters"] = json!([
                {"FilterKey": "QUEUE", "FilterValues": ["queue-1"]}, {"FilterKey": "AGENT", "FilterValues": ["user-1"]},
            ]);
        }
        Op::AssociateRoutingProfileQueues => body["QueueConfigs"] = json!([queue]),
        _ => {}
    }
    body
}

/// Parameters for all, those in the path left out.
fn query(op: Op) -> String {
    let of_flow = if op == Op::GetEffectiveHoursOfOperations { "&fromDate=2026-01-01&toDate=2026-01-02" } else { "" };
    format!("contactId=contact-1&instanceId=&referenceTypes=URL&tagKeys=team&TagKeys=team{of_flow}")
}

/// Sends the operation's request.
pub(super) async fn send(bench: &Bench, op: Op) -> Answer {
    let (labels, body) = (labels(bench, op), body(bench, op).to_string());
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    bench.raw(op, &labels, &query(op), body.as_bytes()).await
}
