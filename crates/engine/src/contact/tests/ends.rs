//! Ends: reasons, wrap-up, disconnect flow, after-contact work (tasks 2.10 to 2.12, flows 5).

use super::*;

const AGENT_ENDS: Event = Event::AgentEnds { completed: true };

fn with_wrap_up(mut life: Life) -> Life {
    life.contact.template = Some(template("t1", Some("module:3")));
    life
}

fn with_disconnect_flow(mut life: Life) -> Life {
    life.contact.hooks.insert("CustomerRemaining".to_owned(), "disconnect-flow".to_owned());
    life.contact.hooks.insert("CustomerQueue".to_owned(), "queue-flow".to_owned());
    life
}

/// tasks 2.11.3: each way to end has its reason.
#[test]
fn t2_11_3_reasons() {
    use DisconnectReason::{AgentCompleted, AgentDisconnect, Api, ContactFlowDisconnect, Expired, Other};
    for (state, event, reason) in [
        (State::Connected, AGENT_ENDS, AgentCompleted),
        (State::Connected, Event::AgentEnds { completed: false }, AgentDisconnect),
        (State::Queued, Event::Expire, Expired),
        (State::InFlow, run_ended(RunKind::Main), ContactFlowDisconnect),
        (State::InFlow, end(ContactFlowDisconnect), ContactFlowDisconnect),
        (State::Scheduled, end(Api), Api),
        (State::InFlow, end(Other), Other),
        (State::Connected, transfer(), Other),
        (State::Queued, move_to("q2"), Other),
    ] {
        let life = Life::in_state(state).then(event.clone());
        assert_eq!(life.contact.disconnect_reason, Some(reason), "{event:?}");
        assert_eq!(life.contact.times.disconnected_ms, Some(T0));
    }
}

/// tasks 2.10.3: what is over stays as it is, and keeps its reason.
#[test]
fn t2_10_3_already_over() {
    for state in [State::Acw, State::Completed] {
        let before = Life::in_state(state);
        let life = before.clone().after(5).then(end(DisconnectReason::Other)).then(Event::Expire);
        assert_eq!((life.contact, life.effects), (before.contact, before.effects));
    }
}

/// tasks 2.12.2, 2.10.5: with an agent there is after-contact work, without one it is over at once.
#[test]
fn t2_12_2_after_contact_work() {
    let life = Life::new().then(end(DisconnectReason::Api));
    assert_eq!(life.events(), ["INITIATED", "DISCONNECTED", "COMPLETED"]);
    assert!(life.effects.record);
    assert_eq!(life.count(&Counted::Open), 0);

    let life = Life::in_state(State::Connected).then(end(DisconnectReason::Api));
    assert_eq!(life.events(), ["INITIATED", "QUEUED", "CONNECTED_TO_AGENT", "DISCONNECTED"]);
    assert!(!life.effects.record, "the record comes with COMPLETED (tasks 4.2.1)");
    assert_eq!(life.count(&Counted::Open), 1, "open until COMPLETED (tasks 2.1.5)");
    let life = life.after(48_500).then(Event::CloseAcw);
    let stay = life.contact.agent.clone().unwrap();
    assert_eq!((stay.acw_start_ms, stay.acw_end_ms), (Some(T0), Some(T0 + 48_500)));
    assert_eq!(life.events().last().unwrap(), "COMPLETED");
    assert!(life.effects.record);
    assert_eq!(life.count(&Counted::Open), 0);
}

/// tasks 2.12.1: after-contact work ends at the agent's limit; 0 is no limit.
#[test]
fn t2_12_1_limit() {
    let life = Life::in_state(State::Acw);
    let until_ms = T0 + 60_000;
    assert_eq!(life.contact.due_ms(), Some(until_ms));
    assert_eq!(life.contact.due_event(until_ms - 1), None);
    assert_eq!(life.contact.due_event(until_ms), Some(Event::AcwTimeOut));
    let life = life.after(60_000).then(Event::AcwTimeOut);
    assert_eq!(life.contact.state, State::Completed);

    let mut life = Life::in_state(State::Acw);
    life.contact.agent.as_mut().unwrap().agent.acw_limit_s = 0;
    assert_eq!(life.contact.due_ms(), None);
    assert_eq!(life.contact.due_event(i64::MAX), None);
}

/// tasks 2.12.3, 2.12.4: with an agent the module runs when the agent ends the task, with `$.Agent`, still assigned.
#[test]
fn t2_12_3_agent_ends() {
    for from in [State::Connected, State::Paused] {
        let mut life = with_wrap_up(Life::in_state(State::Connected));
        if from == State::Paused {
            life = life.then(PAUSE);
        }
        let events = life.events();
        let life = life.after(1000).then(Event::AgentEnds { completed: false });
        assert_eq!(life.contact.state, State::WrapUp);
        assert!(life.contact.wrapped_up);
        assert_eq!(life.events(), events, "not disconnected yet");
        let [run] = life.contact.runs.as_slice() else { panic!("{:?}", life.runs()) };
        assert_eq!((run.kind, run.entering.as_deref()), (RunKind::WrapUp, Some("module:3")));
        assert_eq!(run.agent, Some(agent("u1")), "flows 8.12");
        assert_eq!(run.deadline_ms, Some(T0 + 1000 + limits::WRAP_UP_MS));
        let life = life.after(2000).then(run_ended(RunKind::WrapUp));
        assert_eq!(life.contact.state, State::Acw);
        assert_eq!(life.contact.disconnect_reason, Some(DisconnectReason::AgentDisconnect));
        assert_eq!(life.contact.times.disconnected_ms, Some(T0 + 3000));
        assert_eq!(life.runs(), []);
    }
}

/// tasks 2.12.3: with an agent, StopContact, expiry and flows do not run the module.
#[test]
fn t2_12_3_not_the_agent() {
    for event in [end(DisconnectReason::Api), Event::Expire, end(DisconnectReason::ContactFlowDisconnect)] {
        let life = with_wrap_up(Life::in_state(State::Connected)).then(event.clone());
        assert_eq!(life.contact.state, State::Acw, "{event:?}");
    }
}

/// tasks 2.12.3: when no agent ever connected the module runs when the task terminates, however that is.
#[test]
fn t2_12_3_without_agent() {
    let place = Counted::Queue { id: "q1".to_owned() };
    for state in [State::InFlow, State::Queued, State::Offered, State::Paused] {
        for (event, reason) in [
            (end(DisconnectReason::Api), DisconnectReason::Api),
            (end(DisconnectReason::ContactFlowDisconnect), DisconnectReason::ContactFlowDisconnect),
            (Event::Expire, DisconnectReason::Expired),
        ] {
            let life = with_wrap_up(Life::in_state(state)).then(event);
            assert_eq!((life.contact.state, life.runs()), (State::WrapUp, vec![RunKind::WrapUp]), "{state:?}");
            assert_eq!(life.contact.ending, Some(reason));
            assert_eq!(life.count(&place), 0, "out of its queue");
            let life = life.then(run_ended(RunKind::WrapUp));
            assert_eq!(life.contact.state, State::Completed);
            assert_eq!(life.contact.disconnect_reason, Some(reason));
        }
    }
}

/// tasks 2.12.4: not on transfer, and once per contact.
#[test]
fn t2_12_4_once() {
    for (state, event) in [(State::Queued, move_to("q2")), (State::InFlow, transfer()), (State::Connected, transfer())]
    {
        let life = with_wrap_up(Life::in_state(state)).then(event);
        assert!(!life.contact.is_active());
        assert!(!life.contact.wrapped_up);
        let successor = life.successor();
        assert!(!successor.contact.wrapped_up, "its own turn comes");
        assert_eq!(successor.contact.template, life.contact.template);
    }
    let mut life = with_wrap_up(Life::new());
    life.contact.wrapped_up = true;
    assert_eq!(life.then(end(DisconnectReason::Api)).contact.state, State::Completed);
}

/// tasks 2.12.4: whatever happens in the module, the task ends as it was going to; a stop or the expiry cuts it short.
#[test]
fn t2_12_4_ends_of_the_module() {
    use DisconnectReason::{AgentCompleted, Api, ContactFlowDisconnect, Expired, Other};
    for (event, reason) in [
        (run_ended(RunKind::WrapUp), AgentCompleted),
        (end(ContactFlowDisconnect), AgentCompleted),
        (end(Other), AgentCompleted),
        (end(Api), Api),
        (Event::Expire, Expired),
        (transfer(), Other),
    ] {
        let life = Life::in_state(State::WrapUp).then(event.clone());
        assert_eq!(life.contact.state, State::Acw, "{event:?}");
        assert_eq!(life.contact.disconnect_reason, Some(reason), "{event:?}");
    }
}

/// tasks 2.12.4: after 5 minutes we stop waiting.
#[test]
fn t2_12_4_five_minutes() {
    let mut life = Life::in_state(State::WrapUp);
    life.contact.runs[0].wake_ms = Some(T0 + 60 * MINUTE);
    let until_ms = T0 + 5 * MINUTE;
    assert_eq!(life.contact.due_ms(), Some(until_ms));
    assert_eq!(life.contact.due_event(until_ms - 1), None);
    assert_eq!(life.contact.due_event(until_ms), Some(run_ended(RunKind::WrapUp)));
}

/// tasks 2.11.2: a module that runs because the time is over is not cut short by that.
#[test]
fn t2_11_2_expired_and_wrapping_up() {
    let life = with_wrap_up(Life::new());
    let expires_ms = life.contact.expiry.at_ms;
    let life = life.after(expires_ms - T0);
    assert_eq!(life.contact.due_event(expires_ms - 1), None);
    assert_eq!(life.contact.due_event(expires_ms), Some(Event::Expire));
    let life = life.then(Event::Expire);
    assert_eq!(life.contact.due_event(expires_ms), None);
    assert_eq!(life.contact.ready_run(expires_ms), Some(RunKind::WrapUp));
    let again = life.clone().then(Event::Expire);
    assert_eq!(again, life);
}

/// tasks 2.6.6: a scheduled task that is stopped runs no flow at all.
#[test]
fn t2_6_6_stopped_before_the_start() {
    let life = with_disconnect_flow(with_wrap_up(Life::scheduled())).then(end(DisconnectReason::Api));
    assert_eq!(life.contact.state, State::Completed);
    assert_eq!(life.effects.successors, []);
    assert_eq!(life.events(), ["INITIATED", "DISCONNECTED", "COMPLETED"]);
}

/// tasks 2.11.5: ends by agent, flow, API and expiry start the disconnect flow on a new contact; transfers do not (2.8.6).
#[test]
fn t2_11_5_disconnect_flow() {
    for (state, event, starts) in [
        (State::Connected, AGENT_ENDS, true),
        (State::InFlow, run_ended(RunKind::Main), true),
        (State::Queued, end(DisconnectReason::ContactFlowDisconnect), true),
        (State::Paused, end(DisconnectReason::Api), true),
        (State::Offered, Event::Expire, true),
        (State::WrapUp, run_ended(RunKind::WrapUp), true),
        (State::Acw, Event::CloseAcw, false),
    ] {
        let life = with_disconnect_flow(Life::in_state(state)).then(event.clone());
        assert_eq!(!life.effects.successors.is_empty(), starts, "{event:?}");
    }
    for (state, event) in [(State::Queued, move_to("q2")), (State::InFlow, transfer())] {
        let life = with_disconnect_flow(Life::in_state(state)).then(event);
        assert_ne!(life.successor().contact.initiation_method, InitiationMethod::Disconnect);
    }
}

/// tasks 2.11.5, 2.11.6, flows 5.6: what the contact of a disconnect flow is.
#[test]
fn t2_11_6_disconnect_contact() {
    let mut life = with_disconnect_flow(Life::new());
    life.contact.initial_contact_id = Some("c0".to_owned());
    life.contact.association_id = "root".to_owned();
    life.contact.expiry = start::expiry(90, T0);
    life.contact.target_queue = Some(queue("q1"));
    let life = life.after(1000).then(end(DisconnectReason::Api));
    let next = life.successor();
    let contact = &next.contact;
    assert_eq!(contact.initiation_method, InitiationMethod::Disconnect);
    assert_eq!(contact.previous_contact_id.as_deref(), Some("c1"));
    assert_eq!(contact.initial_contact_id.as_deref(), Some("c0"));
    assert_eq!(contact.association_id, "root");
    assert_eq!(life.contact.next_contact_ids, std::slice::from_ref(&contact.id), "tasks 2.4.6");
    assert_eq!(contact.expiry, start::expiry(start::DEFAULT_EXPIRY_MINUTES, T0 + 1000));
    assert_eq!(contact.hooks, BTreeMap::from([("CustomerQueue".to_owned(), "queue-flow".to_owned())]));
    assert_eq!((contact.state, contact.name.as_str()), (State::InFlow, "Call back"));
    assert_eq!(contact.times.initiated_ms, T0 + 1000);
    assert_eq!(contact.runs[0].entering.as_deref(), Some("disconnect-flow"));
    assert_eq!(next.events(), ["INITIATED"]);
    assert_eq!(next.count(&Counted::Open), 1);
    assert_eq!(next.count(&Counted::After { id: "c1".to_owned() }), 1);
    assert_eq!(next.then(run_ended(RunKind::Main)).effects.successors, [], "it cannot restart itself");
}

/// tasks 2.12.3, 2.12.4: a disconnect flow that ends does not wrap the task up a second time, but an agent who got it does.
#[test]
fn wrap_up_of_a_disconnect_contact() {
    let life = with_disconnect_flow(with_wrap_up(Life::new())).then(end(DisconnectReason::Api));
    assert_eq!(life.effects.successors, [], "first the module, then the end");
    let next = life.then(run_ended(RunKind::WrapUp)).successor();
    assert_eq!(next.clone().then(run_ended(RunKind::Main)).contact.state, State::Completed);
    let next = next.then(enqueue("q1")).then(offer("u1")).then(accept("u1"));
    assert_eq!(next.then(AGENT_ENDS).contact.state, State::WrapUp);
}
