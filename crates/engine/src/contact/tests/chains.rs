//! Queues, offers, transfers and what a successor inherits (tasks 2.8, 3.4, flows 5.3, 5.5, 5.6, 7.1).

use super::*;

/// A contact with everything on it that can be inherited.
fn laden() -> Life {
    let mut life = Life::in_state(State::Queued);
    let contact = &mut life.contact;
    contact.description = Some("Long story".to_owned());
    let reference = Reference { kind: ReferenceKind::Number, value: "7".to_owned() };
    contact.references.insert("Amount".to_owned(), reference);
    contact.segment_attributes.insert("own".to_owned(), "value".to_owned());
    contact.created_by_user = Some("arn".to_owned());
    contact.self_assigned = true;
    contact.related_contact_id = Some("r1".to_owned());
    contact.association_id = "root".to_owned();
    contact.tags.insert("k".to_owned(), "v".to_owned());
    contact.template = Some(template("t1", None));
    contact.retemplated = 2;
    contact.reschedules = 3;
    contact.pause_count = 4;
    contact.transfers = 5;
    contact.expiry = start::expiry(90, T0 - MINUTE);
    contact.target_queue = Some(queue("q1"));
    contact.target_agent = Some(agent("u9"));
    contact.connection_attempts = 6;
    contact.routing = Routing {
        priority: 2,
        age_adjustment_s: -30,
        criteria: Some(r#"{"Steps":[]}"#.to_owned()),
        criteria_active_ms: Some(T0),
        criteria_ended_ms: vec![T0],
        criteria_joined: true,
    };
    contact.hooks.insert("CustomerRemaining".to_owned(), "disconnect-flow".to_owned());
    contact.hooks.insert("CustomerQueue".to_owned(), "queue-flow".to_owned());
    contact.flow_logging = true;
    contact.language_code = Some("de-DE".to_owned());
    contact.customer_id = Some("7".to_owned());
    life
}

/// tasks 2.8.5, flows 5.6, 7.4.7: what the successor of a transfer has of the old contact, and what not.
#[test]
fn t2_8_5_successor() {
    let life = laden().after(1000).then(transfer());
    let (old, new) = (&life.contact, life.successor().contact);
    let mut expected = Contact {
        id: "new-1".to_owned(),
        initial_contact_id: Some("c1".to_owned()),
        previous_contact_id: Some("c1".to_owned()),
        association_id: "root".to_owned(),
        name: old.name.clone(),
        description: old.description.clone(),
        references: old.references.clone(),
        segment_attributes: old.segment_attributes.clone(),
        created_by_user: old.created_by_user.clone(),
        tags: old.tags.clone(),
        template: old.template.clone(),
        transfers: 6,
        expiry: start::expiry(90, T0 - MINUTE),
        routing: Routing {
            criteria_active_ms: None,
            criteria_ended_ms: Vec::new(),
            criteria_joined: false,
            ..old.routing.clone()
        },
        hooks: old.hooks.clone(),
        flow_logging: true,
        language_code: old.language_code.clone(),
        customer_id: old.customer_id.clone(),
        sequence: 1,
        ..fresh(String::new(), InitiationMethod::Transfer, T0 + 1000)
    };
    expected.flow_entries = 1;
    expected.runs.clone_from(&new.runs);
    assert_eq!(new, expected);
    assert_eq!(new.runs[0].entering.as_deref(), Some("other-flow"));
    assert_eq!(old.next_contact_ids, ["new-1"], "tasks 2.4.6");
    assert_eq!(old.times.transferred_ms, Some(T0 + 1000));
    assert_eq!(life.events(), ["INITIATED", "QUEUED", "DISCONNECTED", "COMPLETED"]);
    assert_eq!(event_types(&life.effects.successors[0].1), ["INITIATED"]);
}

/// tasks 2.8.5, flows 3.7: the target queue is the given one or the user's; the user is `$.Agent` of the flow.
#[test]
fn t2_8_5_target() {
    let own = QueueRef { id: "u1".to_owned(), name: "u1-name".to_owned(), agent: true };
    for (queue, agent, target) in
        [(None, None, None), (Some(queue("q2")), None, Some(queue("q2"))), (None, Some(agent("u1")), Some(own))]
    {
        let flow_id = "other-flow".to_owned();
        let life = Life::new().then(Event::Transfer { flow_id, queue, agent: agent.clone() });
        let successor = life.successor().contact;
        assert_eq!(successor.target_queue, target);
        assert_eq!(successor.target_agent, agent);
        assert_eq!(successor.runs[0].agent, agent);
    }
}

/// tasks 2.8.4: the twelfth transfer of a chain is one too many.
#[test]
fn t2_8_4_eleven_transfers() {
    let mut life = Life::new();
    for n in 1..=11 {
        life = life.then(transfer()).successor();
        assert_eq!(life.contact.transfers, n);
        assert_eq!(life.contact.chain_id(), "c1");
    }
    assert_eq!(life.apply(transfer()), Err(ExceptionKind::ServiceQuotaExceededException));
}

/// tasks 2.8.6: a connected agent goes into after-contact work for the old contact.
#[test]
fn t2_8_6_agent() {
    let life = Life::in_state(State::Connected).then(transfer());
    assert_eq!(life.contact.state, State::Acw);
    assert_eq!(life.successor().contact.agent, None);
    assert_eq!(life.count(&Counted::Open), 1);
}

/// flows 7.1.6: a move from queue to queue.
#[test]
fn f7_1_6_and_f9_4_queue_flows_cannot_move_a_task_for_ever() {
    let mut life = laden();
    for n in 0..limits::QUICK_MOVES_MAX {
        assert_eq!(life.apply(move_to("q2")), Ok(()), "move {n}");
        life = life.successor();
    }
    assert_eq!(life.apply(move_to("q2")), Err(ExceptionKind::InvalidRequestException));
    assert_eq!(life.contact.state, State::Queued, "it stays where it is");
    let mut rested = life.after(1_000);
    assert_eq!(rested.apply(move_to("q2")), Ok(()), "after a rest it may move again");
    assert_eq!(rested.successor().contact.quick_moves, 1);
}

#[test]
fn f7_1_6_move() {
    let life = laden().after(1000).then(move_to("q2"));
    assert_eq!(life.contact.state, State::Completed);
    assert_eq!(life.count(&Counted::Queue { id: "q1".to_owned() }), 0);
    let next = life.successor();
    assert_eq!(next.contact.initiation_method, InitiationMethod::QueueTransfer);
    assert_eq!(next.contact.state, State::Queued);
    assert_eq!(next.contact.transfers, 5, "no TransferContact");
    let stay = QueueStay { queue: queue("q2"), enqueued_ms: T0 + 1000, dequeued_ms: None };
    assert_eq!(next.contact.queue, Some(stay));
    assert_eq!(next.contact.target_queue, Some(queue("q2")));
    assert_eq!(next.count(&Counted::Queue { id: "q2".to_owned() }), 1);
    assert_eq!(next.events(), ["INITIATED", "QUEUED"]);
    assert_eq!(next.contact.hooks, life.contact.hooks, "flows 5.6");
    assert_eq!(next.contact.runs[0].entering.as_deref(), Some("queue-flow"));
}

/// flows 7.1.4, 5: the main flow is over; the queue flow is the hook's, else the default one.
#[test]
fn f7_1_4_queue_flow() {
    let hook = || BTreeMap::from([("CustomerQueue".to_owned(), "hook".to_owned())]);
    for (hooks, default, flow) in [
        (BTreeMap::new(), None, None),
        (BTreeMap::new(), Some("default"), Some("default")),
        (hook(), Some("default"), Some("hook")),
        (hook(), None, Some("hook")),
    ] {
        let mut life = Life::new();
        life.contact.hooks = hooks;
        let life = life.then(Event::Enqueue { queue: queue("q1"), queue_flow: default.map(str::to_owned) });
        let runs: Vec<_> = life.contact.runs.iter().map(|run| (run.kind, run.entering.as_deref())).collect();
        assert_eq!(runs, flow.map(|flow| (RunKind::CustomerQueue, Some(flow))).into_iter().collect::<Vec<_>>());
    }
}

/// flows 7.1.5, tasks 3.3.6: criteria set before become active in a standard queue, never in an agent queue.
#[test]
fn f7_1_5_criteria() {
    let criteria =
        Event::Route { priority: None, age_adjustment_s: None, criteria: Some(r#"{"Steps":[]}"#.to_owned()) };
    let life = Life::new().then(criteria.clone()).after(1000);
    assert_eq!(life.contact.routing.criteria_active_ms, None);
    assert_eq!(life.clone().then(enqueue("q1")).contact.routing.criteria_active_ms, Some(T0 + 1000));
    let own = QueueRef { agent: true, ..queue("u1") };
    let life = life.then(Event::Enqueue { queue: own, queue_flow: None });
    assert_eq!(life.contact.routing.criteria_active_ms, None);
    let late = Life::in_state(State::Queued).after(1000).then(criteria);
    assert_eq!(late.contact.routing.criteria_active_ms, Some(T0 + 1000));
    assert_eq!(late.events().last().unwrap(), "CONTACT_DATA_UPDATED");
}

/// tasks 3.4.1, 3.4.3, 3.4.4, 2.9.3: attempts are counted; missed, rejected or taken back it has its old place.
#[test]
fn t3_4_1_offers() {
    let life = Life::in_state(State::Queued).after(1000).then(offer("u1"));
    assert_eq!(life.contact.connection_attempts, 1);
    for event in [Event::Miss, Event::Withdraw, Event::Reject { user_id: "u1".to_owned() }] {
        let back = life.clone().after(1000).then(event.clone());
        assert_eq!(back.contact.queue.as_ref().unwrap().enqueued_ms, T0, "{event:?}");
        assert_eq!(back.runs(), [RunKind::CustomerQueue]);
        assert_eq!(back.events(), ["INITIATED", "QUEUED"], "no second QUEUED (tasks 4.1.6)");
        assert_eq!(back.count(&Counted::Queue { id: "q1".to_owned() }), 1);
        assert_eq!(back.then(offer("u2")).contact.connection_attempts, 2);
    }
}

/// tasks 3.4.3: the offer's time is a timer.
#[test]
fn t3_4_3_miss_timer() {
    let life = Life::in_state(State::Offered);
    let until_ms = T0 + limits::OFFER_MS_DEFAULT;
    assert_eq!(life.contact.due_event(until_ms - 1), None);
    assert_eq!(life.contact.due_event(until_ms), Some(Event::Miss));
    let mut life = life;
    life.contact.runs.clear();
    assert_eq!(life.contact.due_ms(), Some(until_ms));
}

/// tasks 6: only the user it is offered to can accept or reject.
#[test]
fn t6_not_offered_to_this_user() {
    let mut life = Life::in_state(State::Offered);
    assert_eq!(life.apply(accept("u2")), Err(ExceptionKind::ConflictException));
    let reject = Event::Reject { user_id: "u2".to_owned() };
    assert_eq!(life.apply(reject), Err(ExceptionKind::ConflictException));
}

/// tasks 3.4.2: without whisper flow acceptance connects: dequeued, queue flow stopped.
#[test]
fn t3_4_2_accept() {
    let life = Life::in_state(State::Offered).after(3000).then(accept("u1"));
    assert_eq!((life.contact.state, life.runs()), (State::Connected, vec![]));
    let stay = life.contact.agent.as_ref().unwrap();
    assert_eq!((stay.agent.id.as_str(), stay.connected_ms), ("u1", T0 + 3000));
    assert_eq!(life.contact.queue.as_ref().unwrap().dequeued_ms, Some(T0 + 3000));
    assert_eq!(life.count(&Counted::Queue { id: "q1".to_owned() }), 0);
    assert_eq!(life.contact.offer, None);
}

/// tasks 3.4.2, flows 5.5: the whisper flow runs first, at most 2 minutes, while the contact still counts as queued.
#[test]
fn t3_4_2_whisper() {
    let mut life = Life::in_state(State::Offered);
    life.contact.hooks.insert("AgentWhisper".to_owned(), "whisper".to_owned());
    let mut life = life.then(accept("u1"));
    assert_eq!(
        (life.contact.state, life.runs()),
        (State::Offered, vec![RunKind::CustomerQueue, RunKind::AgentWhisper])
    );
    let run = &life.contact.runs[1];
    assert_eq!((run.entering.as_deref(), run.agent.clone()), (Some("whisper"), Some(agent("u1"))));
    assert_eq!(life.count(&Counted::Queue { id: "q1".to_owned() }), 1);
    assert_eq!(life.apply(accept("u1")), Err(ExceptionKind::ConflictException), "accepted already");
    assert_eq!(life.apply(Event::Miss), Err(ExceptionKind::ConflictException));
    for run in &mut life.contact.runs {
        run.entering = None;
        run.wake_ms = Some(T0 + 60 * MINUTE);
    }
    assert_eq!(life.contact.due_ms(), Some(T0 + limits::WHISPER_MS));
    assert_eq!(life.contact.due_event(T0 + limits::WHISPER_MS), Some(run_ended(RunKind::AgentWhisper)));
    let connected = life.clone().then(run_ended(RunKind::AgentWhisper));
    assert_eq!((connected.contact.state, connected.runs()), (State::Connected, vec![]));
    let back = life.then(Event::Withdraw);
    assert_eq!((back.contact.state, back.runs()), (State::Queued, vec![RunKind::CustomerQueue]));
    assert_eq!(back.contact.queue.as_ref().unwrap().enqueued_ms, T0);
}

/// flows 5.3, 5.4: a queue flow that ends leaves the contact in its queue; DisconnectParticipant in it ends the contact.
#[test]
fn f5_3_queue_flow() {
    let life = Life::in_state(State::Queued);
    let waits = life.clone().then(run_ended(RunKind::CustomerQueue));
    assert_eq!((waits.contact.state, waits.runs()), (State::Queued, vec![]));
    assert_eq!(life.then(end(DisconnectReason::ContactFlowDisconnect)).contact.state, State::Completed);
}
