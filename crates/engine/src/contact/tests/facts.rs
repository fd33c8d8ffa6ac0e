//! What the record of an ended contact tells historical metrics (administration 5.3.1, 5.3.2).

use super::waits::steps;
use super::*;
use crate::metrics::fact::{AgentFact, ContactFact, StepEnd};

const SECOND: i64 = 1_000;

impl Life {
    #[track_caller]
    fn fact(&self) -> ContactFact {
        let fact = ContactFact::of(&self.contact).unwrap();
        let text = serde_json::to_string(&fact).unwrap();
        assert_eq!(serde_json::from_str::<ContactFact>(&text).unwrap(), fact, "{text}");
        fact
    }
}

fn finished() -> Event {
    Event::AgentEnds { completed: true }
}

#[test]
fn administration_5_3_1_there_is_none_before_the_end() {
    let open = State::ALL.into_iter().filter(|state| !matches!(state, State::Acw | State::Completed));
    for state in open {
        assert_eq!(ContactFact::of(&Life::in_state(state).contact), None, "{}", state.as_str());
    }
    assert!(ContactFact::of(&Life::in_state(State::Acw).contact).is_some());
    assert!(ContactFact::of(&Life::in_state(State::Completed).contact).is_some());
}

/// Durations are those of the record, after-contact work is 0 until it ends.
#[test]
fn administration_5_3_2_an_answered_contact() {
    let life = Life::new().after(10 * SECOND).then(enqueue("q1")).after(15_900).then(offer("u1")).then(accept("u1"));
    let life = life.after(MINUTE).then(PAUSE).after(30 * SECOND).then(RESUME).after(MINUTE).then(finished());
    let fact = life.fact();
    assert_eq!((fact.initiated_ms, fact.enqueued_ms, fact.queue_s()), (T0, Some(T0 + 10 * SECOND), Some(15)));
    assert_eq!((fact.queue_id.as_deref(), fact.agent_queue, fact.left_from_queue), (Some("q1"), false, false));
    assert_eq!(fact.disconnect_reason, Some(DisconnectReason::AgentCompleted));
    assert!(!fact.is_abandoned());
    let connected_ms = T0 + 25_900;
    let agent = AgentFact {
        id: "u1".to_owned(),
        routing_profile_id: "profile".to_owned(),
        hierarchy: Vec::new(),
        connected_ms,
        interaction_ms: 2 * MINUTE,
        pause_ms: 30 * SECOND,
        acw_end_ms: None,
        acw_ms: 0,
    };
    assert_eq!(fact.agent, Some(agent.clone()));
    assert_eq!(fact.disconnected_ms, connected_ms + 150 * SECOND);
    let acw_end_ms = fact.disconnected_ms + 20_999;
    let after = life.after(20_999).then(Event::CloseAcw).fact();
    assert_eq!(after.agent, Some(AgentFact { acw_end_ms: Some(acw_end_ms), acw_ms: 20_999, ..agent }));
    assert_eq!(after.agent.map(|agent| (agent.interaction_s(), agent.pause_s(), agent.acw_s())), Some((120, 30, 20)));
}

/// Which contacts are abandoned, and which were in their queue until they left.
#[test]
fn administration_5_3_2_abandoned_and_left_from_the_queue() {
    let api = || end(DisconnectReason::Api);
    let queued = || Life::new().then(enqueue("q1")).after(MINUTE);
    let wrap_up = |mut life: Life| {
        life.contact.template = Some(template("t1", Some("module")));
        life.then(api()).after(SECOND).then(run_ended(RunKind::WrapUp))
    };
    let disconnect_flow = |mut life: Life| {
        life.contact.hooks.insert("CustomerRemaining".to_owned(), "flow".to_owned());
        life.then(api())
    };
    for (name, life, abandoned, from_queue) in [
        ("stopped in the queue", queued().then(api()), true, true),
        ("offered when it was stopped", queued().then(offer("u1")).then(api()), true, true),
        ("with a wrap-up module", wrap_up(queued()), true, true),
        ("transferred", queued().then(transfer()), false, true),
        ("moved to another queue", queued().then(move_to("q2")), false, true),
        ("with a disconnect flow", disconnect_flow(queued()), false, true),
        ("never queued", Life::new().then(api()), false, false),
        ("paused in the queue", queued().then(PAUSE).after(SECOND).then(api()), true, false),
        ("the same with a wrap-up module", wrap_up(queued().then(PAUSE).after(SECOND)), true, false),
        ("resumed", queued().then(PAUSE).after(SECOND).then(RESUME).after(SECOND).then(api()), true, true),
        ("answered", Life::in_state(State::Connected).then(finished()), false, false),
        ("answered and transferred", Life::in_state(State::Connected).then(transfer()), false, false),
    ] {
        let fact = life.fact();
        assert_eq!((fact.is_abandoned(), fact.left_from_queue), (abandoned, from_queue), "{name}");
        assert_eq!(fact.transferred_ms.is_some(), name.contains("transferred") || name.contains("moved"), "{name}");
    }
}

/// A queue of one user is none for metrics (administration 5.1.1); the contact is queued and answered all the same.
#[test]
fn administration_5_1_1_an_agent_queue_is_not_named() {
    let queue = QueueRef { agent: true, ..queue("u1") };
    let life = Life::new().then(Event::Enqueue { queue, queue_flow: None }).then(offer("u1")).then(accept("u1"));
    let fact = life.then(finished()).fact();
    assert_eq!((fact.queue_id, fact.agent_queue, fact.enqueued_ms), (None, true, Some(T0)));
}

#[test]
fn administration_5_3_3_steps_that_were_entered() {
    let begun = || {
        Life::new().then(Event::Route {
            priority: None,
            age_adjustment_s: None,
            criteria: Some(steps(&[30, 60, 0], false)),
        })
    };
    let stop = || end(DisconnectReason::Api);
    let over = |life: Life| life.after(30 * SECOND).then(Event::StepOver);
    let (joined, expired) = (Some(StepEnd::Joined), Some(StepEnd::Expired));
    let answered = |life: Life| life.then(offer("u1")).then(accept("u1")).then(finished());
    for (life, expected) in [
        (begun().then(stop()), vec![]),
        (begun().then(enqueue("q1")).then(stop()), vec![None]),
        (over(begun().then(enqueue("q1"))).then(stop()), vec![expired, None]),
        (answered(over(begun().then(enqueue("q1")))), vec![expired, joined]),
        (answered(begun().then(enqueue("q1"))), vec![joined]),
    ] {
        let fact = life.fact();
        assert_eq!(fact.steps.iter().map(|step| step.end).collect::<Vec<_>>(), expected);
        for (n, step) in fact.steps.iter().enumerate() {
            assert!(step.expression.contains(&format!(r#""Value":"s{n}""#)), "{}", step.expression);
        }
    }
}
