//! The flows of flows 10, as written there, driven through their waits.

use super::*;

fn actions(text: &str) -> Vec<Value> {
    let document: Value = serde_json::from_str(text).unwrap();
    document["Actions"].as_array().unwrap().clone()
}

/// A fixture in which the flow `main` is this one.
fn example(text: &str, queues: &[&str]) -> World {
    let mut world = World::new(&actions(text));
    world.queues = queues.iter().map(|id| ((*id).to_owned(), queue(id))).collect();
    world
}

const Q1: &str = "11111111-aaaa-4000-8000-000000000001";
const SENIOR: &str = "22222222-aaaa-4000-8000-000000000001";
const STANDARD: &str = "22222222-aaaa-4000-8000-000000000002";
const FALLBACK: &str = "22222222-aaaa-4000-8000-000000000003";
const QUEUE_FLOW: &str = "22222222-aaaa-4000-8000-000000000010";

fn first() -> World {
    example(include_str!("example_10_1.json"), &[Q1])
}

#[test]
fn f10_1_open_hours_lead_into_the_queue() {
    let world = first().run();
    assert_eq!(world.contact.state, State::Queued);
    assert_eq!(world.contact.queue.as_ref().unwrap().queue.id, Q1);
    assert!(world.contact.runs.is_empty(), "no queue flow was given");
}

#[test]
fn f10_1_closed_hours_are_looked_at_twelve_times() {
    let mut world = first();
    world.open = Some(false);
    let mut world = world.run();
    for hour in 0..12 {
        assert_eq!(world.place(), "wait hour", "{hour}");
        assert_eq!(world.frame().loops["closed loop"], hour + 1);
        world = world.after(3600);
    }
    assert_eq!(world.place(), "ContactFlowDisconnect");
    assert_eq!(world.contact.times.disconnected_ms, Some(T0 + 12 * 3_600_000));
}

#[test]
fn f10_1_opening_meanwhile_ends_the_wait_loop() {
    let mut world = first();
    world.open = Some(false);
    let mut world = world.run().after(3 * 3600 - 1);
    world.open = Some(true);
    assert_eq!(world.place(), "wait hour");
    let world = world.after(1);
    assert_eq!(world.contact.state, State::Queued);
    assert_eq!(world.contact.queue.unwrap().enqueued_ms, T0 + 3 * 3_600_000);
}

#[test]
fn f10_1_a_full_queue_is_tried_again() {
    let mut world = first();
    world.queues.get_mut(Q1).unwrap().size = 10;
    let mut world = world.run();
    for _ in 0..3 {
        assert_eq!(world.place(), "wait full");
        world = world.after(300);
    }
    world.queues.get_mut(Q1).unwrap().size = 9;
    assert_eq!(world.after(300).contact.state, State::Queued);
}

#[test]
fn f10_1_without_the_queue_the_contact_ends() {
    let mut world = first();
    world.queues.clear();
    assert_eq!(world.run().place(), "ContactFlowDisconnect");
}

fn second() -> World {
    let mut world = example(include_str!("example_10_2_main.json"), &[SENIOR, STANDARD, FALLBACK]);
    world.flow(QUEUE_FLOW, "CUSTOMER_QUEUE", &actions(include_str!("example_10_2_queue.json")));
    world.with_attribute("customer", "Ms. Ng")
}

fn amount(mut world: World, value: &str) -> World {
    use crate::contact::{Reference, ReferenceKind};
    let reference = Reference { kind: ReferenceKind::Number, value: value.to_owned() };
    world.contact.references.insert("Amount".to_owned(), reference);
    world
}

#[test]
fn f10_2_a_large_amount_of_a_vip_goes_to_seniors_at_once() {
    let world = amount(second().with_attribute("tier", "vip"), "1000.00").run();
    assert_eq!(world.contact.state, State::Queued);
    assert_eq!(world.contact.queue.as_ref().unwrap().queue.id, SENIOR);
    assert_eq!(world.contact.routing.priority, 1);
    assert_eq!(world.attributes["routedTo"], format!("queue {SENIOR}"));
    assert_eq!(world.attributes["summary"], "Task Call back for Ms. Ng");
    assert_eq!(world.place_of(RunKind::CustomerQueue), "half hour");
    assert!(world.contact.flow_logging);
    assert_eq!((world.logged("log on"), world.logged("enqueue"), world.logged("half hour")), (1, 1, 0));
}

#[test]
fn f10_2_a_small_amount_waits_two_minutes() {
    let world = amount(second(), "999.99").run();
    assert_eq!(world.place(), "short wait");
    let world = world.after(119);
    assert_eq!(world.place(), "short wait");
    let world = world.after(1);
    assert_eq!(world.contact.queue.as_ref().unwrap().queue.id, STANDARD);
    assert_eq!(world.contact.routing.priority, 5);
}

#[test]
fn f10_2_after_half_an_hour_without_staff_it_moves() {
    let mut world = second().run().after(120);
    world.metrics = Some(Metrics { agents: [1, 0, 1, 0, 0, 0, 0], ..Metrics::default() });
    let mut world = world.after(1800);
    assert_eq!(world.place_of(RunKind::CustomerQueue), "half hour", "somebody is staffed");
    world.metrics = Some(Metrics { agents: [1, 0, 0, 0, 0, 0, 0], ..Metrics::default() });
    let world = world.after(1800);
    assert_eq!((world.place(), world.contact.runs.len()), ("Other".to_owned(), 0));
    let world = world.successor().run();
    assert_eq!(world.contact.state, State::Queued);
    assert_eq!(world.contact.initiation_method, InitiationMethod::QueueTransfer);
    assert_eq!(world.contact.queue.as_ref().unwrap().queue.id, FALLBACK);
    assert_eq!(world.place_of(RunKind::CustomerQueue), "half hour", "the hook goes along");
}

#[test]
fn f10_2_if_the_move_fails_it_keeps_waiting() {
    let mut world = second().run().after(120);
    world.queues.remove(FALLBACK);
    let world = world.after(1800);
    assert_eq!((world.contact.state, world.contact.runs.len()), (State::Queued, 0));
}

fn third() -> World {
    let mut world = World::new(&with_landings(vec![action(
        "a",
        "UpdateContactEventHooks",
        json!({"EventHooks": {"CustomerRemaining": "after"}}),
        &[],
        &["NoMatchingError"],
    )]));
    world.flow("after", "CONTACT_FLOW", &actions(include_str!("example_10_3.json")));
    world = world.with_attribute("customer", "Ms. Ng").with_attribute("caseId", "4711").run();
    assert_eq!(world.place(), "next");
    world
}

#[test]
fn f10_3_a_disconnect_flow_makes_the_follow_up() {
    let mut world = third().with_attribute("followUp", "yes").after(60);
    world.apply(Event::End { reason: DisconnectReason::Api });
    let mut world = world.successor();
    world.task = Some("follow-up".to_owned());
    let world = world.run();
    let [Ask::CreateTask { task, .. }] = world.asks.as_slice() else { panic!("{:?}", world.asks) };
    assert_eq!(task.name, "Follow up: Call back");
    assert_eq!(task.description.as_deref(), Some("Opened after contact c1"));
    assert_eq!(task.template_id.as_deref(), Some("33333333-aaaa-4000-8000-000000000001"));
    assert_eq!(task.scheduled_ms, Some(T0 + 60_000 + 86_400_000));
    assert_eq!(task.attributes, [("customer", "Ms. Ng"), ("origin", "c1")].map(|(k, v)| (k.into(), v.into())).into());
    assert_eq!(task.references["Case"], ("URL".to_owned(), "https://crm.example.com/case/4711".to_owned()));
    assert!(task.by_disconnect_flow && task.previous_contact_id.is_none());
    assert_eq!(world.attributes["followUpTask"], "follow-up");
    assert_eq!(world.place(), "ContactFlowDisconnect");
    assert!(world.effects.successors.is_empty(), "a disconnect flow does not start itself");
}

#[test]
fn f10_3_a_follow_up_that_fails_leaves_a_tag() {
    let mut world = third().with_attribute("followUp", "yes");
    world.apply(Event::End { reason: DisconnectReason::Api });
    let world = world.successor().run();
    assert_eq!(world.contact.tags["followUp"], "failed");
    assert!(!world.attributes.contains_key("followUpTask"));
}

#[test]
fn f10_3_unmarked_tasks_end() {
    let mut world = third();
    world.apply(Event::End { reason: DisconnectReason::Api });
    let world = world.successor().run();
    assert_eq!((world.asks.len(), world.place()), (0, "ContactFlowDisconnect".to_owned()));
}
