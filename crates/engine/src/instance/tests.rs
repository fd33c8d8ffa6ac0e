use super::*;
use crate::arn::{Arn, Home};
use crate::contact_flow;
use crate::flow::Document;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn made() -> Contents {
    let mut n = 0;
    let mut new_id = || {
        n += 1;
        format!("00000000-0000-4000-8000-{n:012}")
    };
    contents(Home::new("eu-west-2", "111122223333").instance("i-1"), &mut new_id, 1_767_225_600_000)
}

fn body(contents: &Contents, name: &str) -> Value {
    let resource = contents.resources.iter().find(|resource| resource.name == name).unwrap();
    serde_json::from_str(&resource.body).unwrap()
}

#[test]
fn everything_is_there() {
    let contents = made();
    let names: Vec<(Kind, &str)> =
        contents.resources.iter().map(|resource| (resource.kind, resource.name.as_str())).collect();
    assert_eq!(
        names,
        [
            (Kind::HoursOfOperation, "Basic Hours"),
            (Kind::Queue, "BasicQueue"),
            (Kind::RoutingProfile, "Basic Routing Profile"),
            (Kind::SecurityProfile, "Admin"),
            (Kind::SecurityProfile, "Agent"),
            (Kind::SecurityProfile, "CallCenterManager"),
            (Kind::SecurityProfile, "QualityAnalyst"),
            (Kind::AgentStatus, "Available"),
            (Kind::AgentStatus, "Offline"),
        ]
    );
    let flows: Vec<(&str, &str)> = contents.flows.iter().map(|flow| (flow.name, flow.flow_type)).collect();
    assert_eq!(
        flows,
        [
            ("Default agent hold", "AGENT_HOLD"),
            ("Default agent transfer", "AGENT_TRANSFER"),
            ("Default agent whisper", "AGENT_WHISPER"),
            ("Default customer hold", "CUSTOMER_HOLD"),
            ("Default customer queue", "CUSTOMER_QUEUE"),
            ("Default customer whisper", "CUSTOMER_WHISPER"),
            ("Default outbound", "OUTBOUND_WHISPER"),
            ("Default queue transfer", "QUEUE_TRANSFER"),
            ("Sample task flow", "CONTACT_FLOW"),
        ]
    );
    let ids: BTreeSet<&String> = contents
        .resources
        .iter()
        .map(|resource| &resource.id)
        .chain(contents.flows.iter().map(|flow| &flow.id))
        .collect();
    assert_eq!(ids.len(), 18);
}

#[test]
fn bodies_are_wire_shapes() {
    let contents = made();
    for resource in &contents.resources {
        let json = resource.body.as_bytes();
        let arn = match resource.kind {
            Kind::HoursOfOperation => wire::from_stored::<HoursOfOperation>(json).unwrap().hours_of_operation_arn,
            Kind::Queue => wire::from_stored::<Queue>(json).unwrap().queue_arn,
            Kind::RoutingProfile => wire::from_stored::<RoutingProfile>(json).unwrap().routing_profile_arn,
            Kind::SecurityProfile => wire::from_stored::<SecurityProfile>(json).unwrap().arn,
            Kind::AgentStatus => wire::from_stored::<AgentStatus>(json).unwrap().agent_status_arn,
            kind => panic!("{kind:?} is not expected"),
        };
        let arn = Arn::parse(&arn.unwrap()).unwrap();
        assert_eq!((arn.kind, arn.id), (resource.kind, resource.id.clone()));
    }
}

#[test]
fn hours_and_queue() {
    let contents = made();
    let hours = body(&contents, "Basic Hours");
    assert_eq!(hours["TimeZone"], json!("UTC"));
    assert_eq!(hours["Config"].as_array().unwrap().len(), 7);
    let midnight = json!({"Hours": 0, "Minutes": 0});
    assert_eq!(hours["Config"][0], json!({"Day": "SUNDAY", "StartTime": midnight, "EndTime": midnight}));
    let queue = body(&contents, BASIC_QUEUE);
    assert_eq!(queue["HoursOfOperationId"], hours["HoursOfOperationId"]);
    assert_eq!(queue["Status"], json!("ENABLED"));
    assert_eq!(queue.get("MaxContacts"), None);
    assert_eq!(contents.resources[1].subtype, Some("STANDARD"));
}

#[test]
fn routing_profile_takes_tasks() {
    let contents = made();
    let profile = body(&contents, "Basic Routing Profile");
    assert_eq!(profile["IsDefault"], json!(true));
    assert_eq!(profile["DefaultOutboundQueueId"], json!(contents.resources[1].id));
    let slots: Vec<(&str, i64)> = profile["MediaConcurrencies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["Channel"].as_str().unwrap(), entry["Concurrency"].as_i64().unwrap()))
        .collect();
    assert_eq!(slots, [("VOICE", 1), ("CHAT", 2), ("TASK", 10)]);
    let queues = profile["QueueConfigs"].as_array().unwrap();
    assert_eq!(queues.len(), 3);
    for queue in queues {
        wire::from_stored::<RoutingProfileQueueConfigSummary>(queue.to_string().as_bytes()).unwrap();
        assert_eq!((&queue["Priority"], &queue["Delay"]), (&json!(1), &json!(0)));
    }
}

#[test]
fn security_profiles_hold_the_permissions_that_matter() {
    let contents = made();
    let holds = |profile: &str, permission: &str| {
        body(&contents, profile)["Permissions"].as_array().unwrap().contains(&json!(permission))
    };
    let with_access: Vec<&str> = ["Admin", "Agent", "CallCenterManager", "QualityAnalyst"]
        .into_iter()
        .filter(|profile| holds(profile, BASIC_AGENT_ACCESS))
        .collect();
    assert_eq!(with_access, ["Admin", "Agent"]);
    for permission in [
        "TaskTemplates.Create",
        "TaskTemplates.Edit",
        "TaskTemplates.View",
        "TaskTemplates.Delete",
        "RestrictTaskCreation.Access",
    ] {
        assert!(holds("Admin", permission), "{permission}");
        assert!(!holds("Agent", permission), "{permission}");
    }
    assert!(ALL_PERMISSIONS.is_sorted_by(|a, b| a < b));
    for profile in permissions::PROFILES {
        assert!(profile.permissions.iter().all(|name| ALL_PERMISSIONS.contains(name)), "{}", profile.name);
    }
}

#[test]
fn agent_statuses() {
    let contents = made();
    for (name, status_type, order) in [("Available", "ROUTABLE", 1), ("Offline", "OFFLINE", 2)] {
        let status = body(&contents, name);
        assert_eq!(
            (&status["Type"], &status["DisplayOrder"], &status["State"]),
            (&json!(status_type), &json!(order), &json!("ENABLED"))
        );
    }
}

#[test]
fn instance_attributes() {
    let given = attributes(true, false);
    let value = |name: &str| given.iter().find(|(known, _)| *known == name).unwrap().1;
    assert_eq!((value("INBOUND_CALLS"), value("OUTBOUND_CALLS")), ("true", "false"));
    assert_eq!((value("CONTACTFLOW_LOGS"), value("AUTO_RESOLVE_BEST_VOICES")), ("false", "true"));
    assert_eq!(given.iter().filter(|(_, value)| *value == "true").count(), 2);
}

#[test]
fn flows_are_published_and_defaults_marked() {
    for flow in made().flows {
        let body: Value = serde_json::from_str(&flow.body).unwrap();
        assert_eq!(
            (&body["Status"], &body["State"], &body["Type"]),
            (&json!("PUBLISHED"), &json!("ACTIVE"), &json!(flow.flow_type))
        );
        assert_eq!(body.get("IsDefault").is_some(), flow.name.starts_with("Default"));
        assert_eq!(body["FlowContentSha256"], json!(flow.sha256));
        assert_eq!(flow.sha256, sha256_hex(&flow.content));
        wire::from_stored::<ContactFlow>(flow.body.as_bytes()).unwrap();
    }
}

/// They are checked like any other flow (flows 6.1), and can be run.
#[test]
fn documents_obey_the_rules_of_flows() {
    let contents = made();
    assert_eq!(contents.flows.len(), 9);
    for flow in &contents.flows {
        let flow_type = ContactFlowType::parse(flow.flow_type);
        assert_eq!(contact_flow::check(&flow.content, &flow_type, &|_| None), [""; 0], "{}", flow.name);
        assert!(Document::parse(&flow.content).is_ok(), "{}", flow.name);
        assert!(!flow.content.contains("{{"), "{}", flow.name);
    }
    assert!(contents.flows[8].content.contains(&contents.resources[1].id));
}

/// A task meets only actions that do something sensible for it (tasks 5.2–5.4).
#[test]
fn tasks_pass_the_default_flows() {
    let contents = made();
    let path = |name: &str| {
        let flow = contents.flows.iter().find(|flow| flow.name == name).unwrap();
        let document: Value = serde_json::from_str(&flow.content).unwrap();
        let mut at = document["StartAction"].as_str().unwrap().to_owned();
        let mut types = Vec::new();
        loop {
            let action = document["Actions"]
                .as_array()
                .unwrap()
                .iter()
                .find(|action| action["Identifier"] == json!(at))
                .unwrap();
            types.push(action["Type"].as_str().unwrap().to_owned());
            let task_or_true = ["TASK", "True"];
            let conditions = action["Transitions"]["Conditions"].as_array().cloned().unwrap_or_default();
            let taken = conditions
                .iter()
                .find(|entry| task_or_true.contains(&entry["Condition"]["Operands"][0].as_str().unwrap()))
                .map_or(&action["Transitions"]["NextAction"], |entry| &entry["NextAction"]);
            match taken.as_str() {
                Some(next) if types.last().unwrap() != "TransferContactToQueue" => at = next.to_owned(),
                _ => return types,
            }
        }
    };
    assert_eq!(path("Default customer queue"), ["Compare", "EndFlowExecution"]);
    assert_eq!(path("Default queue transfer"), ["CheckHoursOfOperation", "Compare", "TransferContactToQueue"]);
    assert_eq!(path("Default agent transfer"), ["TransferContactToAgent"]);
    assert_eq!(path("Sample task flow"), ["UpdateContactTargetQueue", "TransferContactToQueue"]);
}

/// The migration of the store gives instances of earlier releases what a new one has (B23).
#[test]
fn b23_the_attributes_of_the_system_are_those_that_the_store_gave_earlier_instances() {
    let given = include_str!("../../../store/tests/fixtures/predefined_attributes_0007.json");
    let given: std::collections::BTreeMap<String, Value> = serde_json::from_str(given).unwrap();
    let made = made().predefined_attributes;
    let made = made.into_iter().map(|(name, body)| (name.to_owned(), serde_json::from_str(&body).unwrap()));
    assert_eq!(made.collect::<std::collections::BTreeMap<_, _>>(), given);
}
