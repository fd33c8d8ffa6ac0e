//! Pause and resume (tasks 2.7, flows 7.5.3).

use super::*;

fn pause_with(flow: &str) -> Event {
    Event::Pause { flow_id: Some(flow.to_owned()) }
}

fn resume_with(flow: &str) -> Event {
    Event::Resume { flow_id: Some(flow.to_owned()), from_flow: false, queue_flow: Some("default".to_owned()) }
}

fn resume_into_queue() -> Event {
    Event::Resume { flow_id: None, from_flow: false, queue_flow: Some("default".to_owned()) }
}

/// tasks 2.7.1: an expired task cannot be paused, even before the timer has ended it.
#[test]
fn t2_7_1_expired() {
    let life = Life::new();
    let expires_ms = life.contact.expiry.at_ms;
    let mut late = life.clone().after(expires_ms - T0);
    assert_eq!(late.apply(PAUSE), Err(ExceptionKind::InvalidRequestException));
    assert_eq!(life.after(expires_ms - T0 - 1).apply(PAUSE), Ok(()));
}

/// tasks 2.7.3: a paused task leaves its queue and frees its place; 2.7.10: an offered one too, and the offer is gone.
#[test]
fn t2_7_3_leaves_the_queue() {
    let place = Counted::Queue { id: "q1".to_owned() };
    for state in [State::Queued, State::Offered] {
        let life = Life::in_state(state).after(5000);
        assert_eq!(life.count(&place), 1);
        let life = life.then(PAUSE);
        assert_eq!(life.count(&place), 0, "{state:?}");
        assert_eq!(life.contact.paused_from, Some(State::Queued));
        assert_eq!(life.contact.offer, None);
        assert_eq!(life.runs(), [], "the queue flow is stopped (flows 5.3)");
        assert_eq!(life.contact.queue.as_ref().unwrap().dequeued_ms, Some(T0 + 5000));
    }
}

/// tasks 2.7.3, 2.7.4: an agent's paused tasks are counted, until they are resumed, ended or transferred.
#[test]
fn t2_7_4_paused_tasks_of_an_agent() {
    let held = Counted::Paused { id: "u1".to_owned() };
    let paused = Life::in_state(State::Connected).then(PAUSE);
    assert_eq!(paused.count(&held), 1);
    for leave in [RESUME, end(DisconnectReason::Api), Event::Expire, transfer(), Event::AgentEnds { completed: true }] {
        let life = paused.clone().then(leave.clone());
        assert_eq!(life.count(&held), 0, "{leave:?}");
    }
    assert_eq!(Life::in_state(State::Paused).count(&held), 0);
}

/// tasks 2.7.6: the 11th pause is one too many, and not before.
#[test]
fn t2_7_6_ten_pauses() {
    let mut life = Life::new();
    for _ in 0..10 {
        life = life.then(PAUSE).then(RESUME);
    }
    assert_eq!(life.contact.pause_count, 10);
    assert_eq!(life.apply(PAUSE), Err(ExceptionKind::LimitExceededException));
}

/// tasks 2.7.7: the request's flow, else the hook's, else none.
#[test]
fn t2_7_7_flows() {
    let entering =
        |life: &Life, kind| life.contact.runs.iter().find(|run| run.kind == kind).and_then(|run| run.entering.clone());
    let mut hooked = Life::new();
    hooked.contact.hooks.insert("PauseContact".to_owned(), "hook-pause".to_owned());
    hooked.contact.hooks.insert("ResumeContact".to_owned(), "hook-resume".to_owned());
    let plain = Life::new();
    for (life, event, flow) in [
        (&plain, PAUSE, None),
        (&plain, pause_with("given"), Some("given")),
        (&hooked, PAUSE, Some("hook-pause")),
        (&hooked, pause_with("given"), Some("given")),
    ] {
        let life = life.clone().then(event.clone());
        assert_eq!(entering(&life, RunKind::Pause).as_deref(), flow, "{event:?}");
    }
    let from_flow = Event::Resume { flow_id: None, from_flow: true, queue_flow: None };
    for (life, event, flow) in [
        (&plain, RESUME, None),
        (&plain, resume_with("given"), Some("given")),
        (&hooked, RESUME, Some("hook-resume")),
        (&hooked, resume_with("given"), Some("given")),
        (&hooked, from_flow, None), // flows 7.5.3
    ] {
        let life = life.clone().then(PAUSE).then(event.clone());
        assert_eq!(entering(&life, RunKind::Resume).as_deref(), flow, "{event:?}");
        assert!(!life.runs().contains(&RunKind::Pause), "the pause flow ends with the pause");
    }
}

/// tasks 2.7.7: a pause or resume flow that ends does not end the contact.
#[test]
fn t2_7_7_ends_of_flows() {
    let life = Life::new().then(pause_with("p")).then(run_ended(RunKind::Pause));
    assert_eq!((life.contact.state, life.runs()), (State::Paused, vec![RunKind::Main]));
    let life = life.then(resume_with("r")).then(run_ended(RunKind::Resume));
    assert_eq!((life.contact.state, life.runs()), (State::InFlow, vec![RunKind::Main]));
}

/// tasks 2.7.8: while paused the main flow is suspended, and its wait keeps its end.
#[test]
fn t2_7_8_main_flow_rests() {
    let mut life = Life::new();
    life.contact.runs[0].wake_ms = Some(T0 + MINUTE);
    let life = life.then(PAUSE);
    assert_eq!(life.contact.ready_run(T0 + 2 * MINUTE), None);
    assert_eq!(life.contact.due_ms(), Some(life.contact.expiry.at_ms));
    let life = life.after(2 * MINUTE).then(RESUME);
    assert_eq!(life.contact.due_ms(), Some(T0 + MINUTE));
    assert_eq!(life.contact.ready_run(T0 + 2 * MINUTE), Some(RunKind::Main));
}

/// tasks 2.7.9: without resume flow back into the same queue as a new arrival; with one it stays out until that flow enqueues it.
#[test]
fn t2_7_9_back_into_the_queue() {
    let paused = Life::in_state(State::Queued).then(PAUSE).after(7000);
    let back = paused.clone().then(resume_into_queue());
    assert_eq!(back.contact.state, State::Queued);
    let stay = QueueStay { queue: queue("q1"), enqueued_ms: T0 + 7000, dequeued_ms: None };
    assert_eq!(back.contact.queue, Some(stay));
    assert_eq!(back.runs(), [RunKind::CustomerQueue]);
    assert_eq!(back.events(), ["INITIATED", "QUEUED", "PAUSED", "RESUMED", "QUEUED"]);
    assert_eq!(back.count(&Counted::Queue { id: "q1".to_owned() }), 1);

    let out = paused.then(resume_with("r"));
    assert_eq!((out.contact.state, out.runs()), (State::InFlow, vec![RunKind::Resume]));
    let idle = out.clone().then(run_ended(RunKind::Resume));
    assert_eq!((idle.contact.state, idle.runs()), (State::InFlow, vec![]));
    assert_eq!(out.then(enqueue("q2")).contact.state, State::Queued);
}

/// tasks 2.7.9, 2.7.5: from its agent it goes back to its agent, with or without a flow.
#[test]
fn t2_7_9_back_to_the_agent() {
    for resume in [RESUME, resume_with("r")] {
        let life = Life::in_state(State::Connected).then(PAUSE).then(resume);
        assert_eq!(life.contact.state, State::Connected);
    }
}

/// tasks 2.7.11: the expiry does not move; a paused task can be ended by its agent only if an agent has it.
#[test]
fn t2_7_11_while_paused() {
    let mut life = Life::new();
    let expiry = life.contact.expiry;
    life = life.then(PAUSE).after(90 * MINUTE).then(RESUME);
    assert_eq!(life.contact.expiry, expiry);
    let life = Life::in_state(State::Connected).then(PAUSE).then(Event::AgentEnds { completed: false });
    assert_eq!(life.contact.state, State::Acw);
    assert_eq!(life.contact.disconnect_reason, Some(DisconnectReason::AgentDisconnect));
}

/// tasks 2.2: pauses are summed for the contact, and for the agent those while it was assigned. An end closes an open pause.
#[test]
fn t2_2_pause_times() {
    let life = Life::new().then(PAUSE).after(4000).then(RESUME);
    assert_eq!((life.contact.times.paused_ms, life.contact.times.resumed_ms), (Some(T0), Some(T0 + 4000)));
    let life = life.then(enqueue("q1")).then(offer("u1")).then(accept("u1"));
    let life = life.then(PAUSE).after(2500).then(RESUME).then(PAUSE).after(500);
    let life = life.then(end(DisconnectReason::Api));
    assert_eq!(life.contact.times.pause_total_ms, 7000);
    assert_eq!(life.contact.agent.as_ref().unwrap().pause_ms, 3000);
    assert_eq!(life.contact.pause_count, 3);
    assert_eq!(life.contact.times.resumed_ms, Some(T0 + 6500), "an end is no resume");
}

/// A second pause stops what the first one and the resume after it have started.
#[test]
fn pause_flows_do_not_pile_up() {
    let life = Life::new().then(pause_with("p1")).then(resume_with("r1")).then(pause_with("p2"));
    assert_eq!(life.runs(), [RunKind::Main, RunKind::Pause]);
    assert_eq!(life.contact.runs[1].entering.as_deref(), Some("p2"));
}
