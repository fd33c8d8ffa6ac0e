//! Tasks in a queue: how routing sees them, and the steps of their criteria (tasks 3.3).

use serde_json::Value;

use super::*;

/// Criteria whose steps last so many seconds, each for another skill; the last for ever, unless `last_ends`.
pub(super) fn steps(seconds: &[i64], last_ends: bool) -> String {
    let last = seconds.len() - 1;
    let step = |(n, seconds): (usize, &i64)| {
        let condition = serde_json::json!({"Name": "Skill", "Value": format!("s{n}"), "ProficiencyLevel": 1});
        let mut step = serde_json::json!({"Expression": {"AttributeCondition": condition}});
        if last_ends || n < last {
            step["Expiry"] = serde_json::json!({"DurationInSeconds": seconds});
        }
        step
    };
    let steps: Vec<Value> = seconds.iter().enumerate().map(step).collect();
    serde_json::json!({"Steps": steps}).to_string()
}

fn route(criteria: &str) -> Event {
    Event::Route { priority: None, age_adjustment_s: None, criteria: Some(criteria.to_owned()) }
}

/// A task that waits since [`T0`] with three steps: 30 seconds, 60 seconds, for ever.
fn in_steps() -> Life {
    Life::new().then(route(&steps(&[30, 60, 0], false))).then(enqueue("q1"))
}

/// Statuses of the steps, the present one's number, and until when each lasts or lasted, seconds after [`T0`].
fn shown(life: &Life) -> (Vec<String>, Option<i32>, Vec<Option<i64>>) {
    let criteria = life.contact.routing_criteria().unwrap();
    let steps = criteria.steps.unwrap();
    let status = |step: &wire::shapes::Step| step.status.as_ref().unwrap().as_str().to_owned();
    let until = |step: &wire::shapes::Step| Some((step.expiry.as_ref()?.expiry_timestamp?.0 - T0) / 1000);
    (steps.iter().map(status).collect(), criteria.index, steps.iter().map(until).collect())
}

/// tasks 3.3.6: one step after the other, by timers that are part of the contact; each change is an event.
#[test]
fn t3_3_6_and_t4_1_4_steps_end_at_their_time() {
    let mut life = in_steps();
    assert_eq!(life.contact.due_event(T0 + 29_999), None);
    assert_eq!(shown(&life), (words("ACTIVE INACTIVE INACTIVE"), Some(0), vec![Some(30), None, None]));
    for (ms, status, index, until) in [
        (30_000, "EXPIRED ACTIVE INACTIVE", 1, vec![Some(30), Some(90), None]),
        (95_000, "EXPIRED EXPIRED ACTIVE", 2, vec![Some(30), Some(95), None]),
    ] {
        life.now_ms = T0 + ms;
        assert_eq!(life.contact.due_event(life.now_ms), Some(Event::StepOver));
        life = life.then(Event::StepOver);
        assert_eq!(shown(&life), (words(status), Some(index), until));
        let detail: Value = serde_json::from_str(&life.effects.events.last().unwrap().detail).unwrap();
        assert_eq!(detail["eventType"], "CONTACT_DATA_UPDATED");
        assert_eq!(detail["updatedProperties"], serde_json::json!(["RoutingCriteria.Step.Status"]));
    }
    assert_eq!(life.contact.step_until_ms(), None, "the last one has no end");
    // With an end, anybody fits after it.
    let mut life = Life::new().then(route(&steps(&[0, 10], true))).then(enqueue("q1"));
    assert_eq!(life.contact.due_event(T0), Some(Event::StepOver), "no time at all");
    life = life.then(Event::StepOver).after(10_000).then(Event::StepOver);
    assert_eq!(life.contact.active_step(), None);
    assert_eq!(shown(&life).0, words("EXPIRED EXPIRED"));
    assert_eq!(life.apply(Event::StepOver), Err(ExceptionKind::InvalidRequestException));
}

/// B117: an offer keeps its step; who is connected joins it.
#[test]
fn b117_and_t3_3_6_an_offer_keeps_its_step() {
    let offer = Event::Offer { agent: agent("u1"), until_ms: None };
    let mut life = in_steps().after(29_000).then(offer).after(5_000);
    assert_eq!(life.contact.due_event(life.now_ms), None);
    assert_eq!(shown(&life).0, words("ACTIVE INACTIVE INACTIVE"));
    let joined = life.clone().then(accept("u1"));
    assert_eq!(shown(&joined), (words("JOINED INACTIVE INACTIVE"), Some(0), vec![None, None, None]));
    assert_eq!(shown(&joined.then(end(DisconnectReason::Api))).0, words("JOINED INACTIVE INACTIVE"));
    life = life.then(Event::Miss);
    assert_eq!(life.contact.due_event(life.now_ms), Some(Event::StepOver));
    assert_eq!(shown(&life.then(end(DisconnectReason::Api))).0, words("INACTIVE INACTIVE INACTIVE"));
}

/// tasks 3.3.6, 2.7.9: criteria begin anew in another queue, with the next contact, and when others are given; never in an
/// agent queue.
#[test]
fn t3_3_6_when_steps_begin() {
    let first = |life: &Life| life.contact.active_step().map(|_| life.contact.routing.criteria_ended_ms.len());
    let second = in_steps().after(30_000).then(Event::StepOver);
    assert_eq!(first(&second), Some(1));
    assert_eq!(first(&second.clone().then(route(&steps(&[5], true)))), Some(0));
    assert_eq!(first(&second.clone().then(PAUSE).then(RESUME)), Some(0));
    assert_eq!(first(&second.clone().then(PAUSE)), None);
    let moved = second.clone().then(move_to("q2")).successor();
    assert_eq!((first(&moved), moved.contact.routing.criteria_active_ms), (Some(0), Some(second.now_ms)));
    let transferred = second.then(transfer()).successor();
    assert_eq!((first(&transferred), &transferred.contact.routing.criteria_ended_ms), (None, &Vec::new()));
    let own = Event::Enqueue { queue: QueueRef { agent: true, ..queue("u1") }, queue_flow: None };
    assert_eq!(first(&Life::new().then(route(&steps(&[5], true))).then(own)), None);
}

/// tasks 3.3.3: what a task's place depends on. It waits while it is QUEUED, also after a missed or rejected offer (3.4.3, 3.4.4).
#[test]
fn t3_4_3_and_t3_4_4_and_t2_9_3_a_task_in_its_place() {
    let mut life = Life::new().then(Event::Route { priority: Some(2), age_adjustment_s: None, criteria: None });
    life = life.then(Event::Route { priority: None, age_adjustment_s: Some(-60), criteria: None }).after(1000);
    assert_eq!(life.contact.waiting(), None);
    let life = life.then(enqueue("q1"));
    let place = life.contact.waiting().unwrap();
    assert_eq!(place.order(), (2, T0 + 61_000, "c1"));
    assert_eq!((place.queue_id.as_str(), place.enqueued_ms, place.class.as_str()), ("q1", T0 + 1000, ""));
    let associated = life.after(500).then(Event::Associate { agent: agent("u1"), until_ms: Some(T0 + 9000) });
    assert_eq!(associated.contact.waiting(), None);
    for back in [Event::Miss, Event::Withdraw, Event::Reject { user_id: "u1".to_owned() }] {
        let back = associated.clone().after(500).then(back);
        assert_eq!(back.contact.waiting().as_ref(), Some(&place), "without delay, to its old place");
    }
    assert_eq!(associated.then(accept("u1")).contact.waiting(), None);
}

/// administration 2.6.4: the class says who may take a task: workload type and active step.
#[test]
fn classes_of_waiting_tasks() {
    let class = |life: &Life| life.contact.waiting().unwrap().class;
    let plain = Life::new().then(enqueue("q1"));
    assert_eq!((class(&plain).as_str(), plain.contact.workload_type()), ("", "connect:Task"));
    let mut typed = plain.clone();
    typed.contact.segment_attributes.insert(WORKLOAD_TYPE.to_owned(), "Claims".to_owned());
    assert_eq!(class(&typed), "Claims");
    let mut external = plain;
    external.contact.external = true;
    assert_eq!(class(&external), "connect:ExternalTask");
    let first = in_steps();
    let key = first.contact.active_step().unwrap().key;
    assert_eq!(class(&first), format!("#{key}"));
    let mut both = first.clone();
    both.contact.segment_attributes.insert(WORKLOAD_TYPE.to_owned(), "Claims".to_owned());
    assert_eq!(class(&both), format!("Claims#{key}"));
    let second = first.clone().then(Event::StepOver);
    assert_ne!(class(&second), class(&first));
    assert_eq!(class(&in_steps()), class(&first), "equal for equal steps");
    let over = Life::new().then(route(&steps(&[1], true))).then(enqueue("q1")).then(Event::StepOver);
    assert_eq!(class(&over), "", "after the last step anybody in the queue");
}

/// A contact of an earlier release is in its first step.
#[test]
fn criteria_of_an_earlier_release() {
    let mut value = serde_json::to_value(&in_steps().contact).unwrap();
    let routing = value["routing"].as_object_mut().unwrap();
    assert!(!routing.contains_key("criteria_ended_ms") && !routing.contains_key("criteria_joined"));
    let contact: Contact = serde_json::from_value(value).unwrap();
    assert_eq!(contact.due_event(T0 + 30_000), Some(Event::StepOver));
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}
