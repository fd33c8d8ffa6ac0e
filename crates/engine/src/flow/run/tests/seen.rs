//! What a flow sees of its surroundings (flows 3.7).

use super::*;
use crate::contact::{Reference, ReferenceKind};

const INSTANCE: &str = "arn:aws:connect:eu-central-1:111122223333:instance/11111111-0000-4000-8000-000000000001";

fn world() -> World {
    let mut world = World::new(&[landing("a"), landing("over")]);
    let contact = &mut world.contact;
    contact.description = Some("Urgent".to_owned());
    contact.previous_contact_id = Some("c0".to_owned());
    contact.initial_contact_id = Some("first".to_owned());
    contact.references.insert("Case no".to_owned(), Reference { kind: ReferenceKind::Number, value: "12".to_owned() });
    contact.segment_attributes.insert("team".to_owned(), "red".to_owned());
    contact.created_by_user = Some("arn:user".to_owned());
    contact.tags.insert("k".to_owned(), "v".to_owned());
    contact.target_queue = Some(queue("q1").queue);
    contact.language_code = Some("de-DE".to_owned());
    contact.customer_id = Some("k1".to_owned());
    world.with_attribute("tier", "vip")
}

fn see(world: &mut World, path: &str) -> Option<String> {
    let (contact, attributes) = (&world.contact, &world.attributes);
    let run = contact.runs.last().unwrap();
    let bytes = std::cell::Cell::new(0);
    let view = crate::flow::value::View { contact, attributes, run, scope: scope(), bytes: &bytes };
    crate::flow::value::whole(path, &view)
}

#[test]
fn f3_7_paths_of_the_task() {
    let mut world = world().run();
    let arn = |rest: &str| format!("{INSTANCE}/{rest}");
    for (path, expected) in [
        ("$.ContactId", "c1"),
        ("$.InitialContactId", "first"),
        ("$.PreviousContactId", "c0"),
        ("$.Name", "Call back"),
        ("$.Description", "Urgent"),
        ("$.References['Case no'].Value", "12"),
        ("$.References['Case no'].Type", "NUMBER"),
        ("$.Attributes.tier", "vip"),
        ("$.SegmentAttributes['connect:Subtype']", "connect:Task"),
        ("$.SegmentAttributes['connect:CreatedByUser']", "arn:user"),
        ("$.SegmentAttributes['connect:ContactExpiry'].ExpiryDuration.ValueInteger", "10080"),
        ("$.SegmentAttributes.team", "red"),
        ("$.Channel", "TASK"),
        ("$.InitiationMethod", "API"),
        ("$.InstanceARN", INSTANCE),
        ("$.AwsRegion", "eu-central-1"),
        ("$.Queue.Name", "queue q1"),
        ("$.Queue.ARN", &arn("queue/q1")),
        ("$.Tags.k", "v"),
        ("$.Tags['aws:connect:instanceId']", "11111111-0000-4000-8000-000000000001"),
        ("$.LanguageCode", "de-DE"),
        ("$.CustomerId", "k1"),
        ("$.Attributes", r#"{"tier":"vip"}"#),
    ] {
        assert_eq!(see(&mut world, path).as_deref(), Some(expected), "{path}");
    }
    for path in [
        "$.Agent.UserName",
        "$.External.x",
        "$.Metrics.Queue.Size",
        "$.Task.ContactId",
        "$.Loop.l.Index",
        "$.Modules.Result",
        "$.LambdaInvocation.ResultData.x",
        "$.LambdaInvocation.x",
        "$.SegmentAttributes['connect:AssignmentType']",
        "$.CustomerEndpoint.Address",
        "$.SystemEndpoint.Address",
        "$.StoredCustomerInput",
        "$.Lex.Intent",
        "$.Media.x",
        "$.Views.x",
        "$.Name.x",
        "$.Whatever",
        "$.Attributes.tier.x",
        "$.FlowAttributes.x",
    ] {
        assert_eq!(see(&mut world, path), None, "{path}");
    }
}

#[test]
fn f3_7_the_first_contact_of_a_chain_is_its_own_initial_contact() {
    let mut world = World::new(&[landing("a"), landing("over")]).run();
    assert_eq!(see(&mut world, "$.InitialContactId").as_deref(), Some("c1"));
    assert_eq!(see(&mut world, "$.PreviousContactId"), None);
    assert_eq!(see(&mut world, "$.Description"), None);
    world.contact.external = true;
    world.contact.self_assigned = true;
    assert_eq!(see(&mut world, "$.SegmentAttributes['connect:Subtype']").as_deref(), Some("connect:ExternalTask"));
    assert_eq!(see(&mut world, "$.SegmentAttributes['connect:AssignmentType']").as_deref(), Some("SELF"));
}

#[test]
fn f3_7_the_queue_it_is_in_comes_before_the_target() {
    let mut world = world();
    world.apply(Event::Enqueue { queue: queue("q2").queue, queue_flow: Some("waiting".to_owned()) });
    world.flow("waiting", "CUSTOMER_QUEUE", &[landing("a"), landing("over")]);
    let mut world = world.run();
    assert_eq!(see(&mut world, "$.Queue.Name").as_deref(), Some("queue q2"));
    world.contact.queue.as_mut().unwrap().dequeued_ms = Some(T0);
    assert_eq!(see(&mut world, "$.Queue.Name").as_deref(), Some("queue q1"));
    world.contact.target_queue = Some(agent_queue("u1").1.queue);
    assert_eq!(see(&mut world, "$.Queue.ARN").as_deref(), Some(format!("{INSTANCE}/queue/agent/u1").as_str()));
}

#[test]
fn f3_7_the_agent_of_a_transfer() {
    let mut world = world();
    world.contact.runs.clear();
    world.contact.target_agent = Some(agent("u1"));
    world.start(RunKind::Main, "main");
    let mut world = world.run();
    for (path, expected) in [
        ("$.Agent.UserName", "u1-login"),
        ("$.Agent.FirstName", "Ada"),
        ("$.Agent.LastName", "L"),
        ("$.Agent.ARN", &format!("{INSTANCE}/agent/u1")),
    ] {
        assert_eq!(see(&mut world, path).as_deref(), Some(expected), "{path}");
    }
}
