//! Routing profiles and predefined attributes.

use serde_json::{Value, json};
use wire::Op;

use super::{Scribe, id};

pub(super) async fn predefined_attributes(scribe: &mut Scribe<'_>) {
    let body = |first: &str, validates: bool| {
        json!({
            "Values": {"StringList": [first, "second"]}, "Purposes": [format!("for {first}")],
            "AttributeConfiguration": {"EnableValueValidationOnAssociation": validates},
        })
    };
    let mut create = body("first", true);
    create["Name"] = json!("Skill");
    scribe.send(Op::CreatePredefinedAttribute, &[], create).await;
    scribe.read(Op::DescribePredefinedAttribute, &["Skill"], "").await;
    scribe.send(Op::UpdatePredefinedAttribute, &["Skill"], body("other", false)).await;
    scribe.read(Op::DescribePredefinedAttribute, &["Skill"], "").await;
    let types = json!({"Values": {"StringList": ["Claims"]}});
    scribe.send(Op::UpdatePredefinedAttribute, &["connect:WorkloadType"], types).await;
    scribe.read(Op::DescribePredefinedAttribute, &["connect:WorkloadType"], "").await;
}

fn media(slots: i32) -> Value {
    json!([
        {"Channel": "CHAT", "Concurrency": slots, "CrossChannelBehavior": {"BehaviorType": "ROUTE_ANY_CHANNEL"}},
        {"Channel": "TASK", "WorkloadTypeConcurrencies": [{
            "WorkloadType": "Claims", "Concurrency": slots,
            "CrossChannelWorkloadBehavior": {"ChannelWorkloadBehaviorType": "ROUTE_ANY_CHANNEL_ANY_WORKLOAD_TYPE"},
        }]},
    ])
}

fn config(queue: &str, channel: &str, priority: i32) -> Value {
    json!({"QueueReference": {"QueueId": queue, "Channel": channel}, "Priority": priority, "Delay": 10 * priority})
}

async fn read(scribe: &mut Scribe<'_>, profile: &str) {
    scribe.read(Op::DescribeRoutingProfile, &[profile], "").await;
    scribe.read(Op::ListRoutingProfileQueues, &[profile], "").await;
    scribe.read(Op::ListRoutingProfileManualAssignmentQueues, &[profile], "").await;
}

pub(super) async fn routing_profiles(scribe: &mut Scribe<'_>) {
    let queues = scribe.bench.get(Op::ListQueues, &[&scribe.bench.instance], "queueTypes=STANDARD").await.ok();
    let (first, second) = (id(&queues["QueueSummaryList"][0], "Id"), id(&queues["QueueSummaryList"][1], "Id"));
    let manual = |queue: &str| json!([{"QueueReference": {"QueueId": queue, "Channel": "EMAIL"}}]);
    let body = json!({
        "Name": "Written", "Description": "first words", "DefaultOutboundQueueId": first, "MediaConcurrencies": media(2),
        "QueueConfigs": [config(&first, "TASK", 3)], "ManualAssignmentQueueConfigs": manual(&first),
        "Tags": {"team": "pink"}, "AgentAvailabilityTimer": "TIME_SINCE_LAST_INBOUND",
    });
    let profile = id(&scribe.send(Op::CreateRoutingProfile, &[], body).await, "RoutingProfileId");
    read(scribe, &profile).await;
    for (op, body) in [
        (Op::UpdateRoutingProfileName, json!({"Name": "Again", "Description": "second words"})),
        (Op::UpdateRoutingProfileConcurrency, json!({"MediaConcurrencies": media(4)})),
        (Op::UpdateRoutingProfileDefaultOutboundQueue, json!({"DefaultOutboundQueueId": second})),
        (Op::UpdateRoutingProfileAgentAvailabilityTimer, json!({"AgentAvailabilityTimer": "TIME_SINCE_LAST_ACTIVITY"})),
        (Op::UpdateRoutingProfileQueues, json!({"QueueConfigs": [config(&first, "TASK", 7)]})),
        (
            Op::AssociateRoutingProfileQueues,
            json!({"QueueConfigs": [config(&second, "CHAT", 5)], "ManualAssignmentQueueConfigs": manual(&second)}),
        ),
    ] {
        scribe.send(op, &[&profile], body).await;
        read(scribe, &profile).await;
    }
}

pub(super) async fn instance_extras(scribe: &mut Scribe<'_>) {
    scribe.send(Op::UpdateInstanceAttribute, &["CONTACT_LENS"], json!({"Value": "true"})).await;
    scribe.read(Op::DescribeInstanceAttribute, &["CONTACT_LENS"], "").await;
    let function = json!({"FunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:f"});
    scribe.send(Op::AssociateLambdaFunction, &[], function).await;
}

/// A body that the model allows, for an operation that is not sent.
pub(super) fn body(op: Op) -> Value {
    match op {
        Op::CreateRoutingProfile => json!({
            "Name": "x", "Description": "x", "DefaultOutboundQueueId": "absent",
            "MediaConcurrencies": [{"Channel": "TASK", "Concurrency": 1}],
        }),
        Op::DeleteContactData => json!({"ContactFields": []}),
        Op::AssociateLambdaFunction => json!({"FunctionArn": "f"}),
        _ => json!({}),
    }
}
