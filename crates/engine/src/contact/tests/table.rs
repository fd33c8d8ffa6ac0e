//! Every state with every event (tasks 2.1.4).

use super::*;

/// What comes of each event in each state, in the order of [`State::ALL`]: the letter of the state after it, `.` for no effect
/// at all, or the refusal: `i` InvalidRequestException, `c` ConflictException, `r` ResourceConflictException.
///
/// S scheduled, F in flow, Q queued, O offered, A connected, P paused, W wrap-up, K after-contact work, X completed.
const TABLE: &[(&str, &str)] = &[
    ("Start", "F i i i i i i i i"),
    ("FlowBegan", "i F Q O A P W i i"),
    ("Enqueue", "i Q i i i i i i i"),
    ("MoveToQueue", "i i X i i i i i i"),
    ("End Api", "X X X X K X K . ."),
    ("End ContactFlowDisconnect", "X X X X K X K . ."),
    ("End Other", "X X X X K X K . ."),
    ("Expire", "X X X X K X K . ."),
    ("RunEnded Main", ". X . . . . . . ."),
    ("RunEnded CustomerQueue", ". . Q O . . . . ."),
    ("RunEnded Pause", ". F Q O A P . . ."),
    ("RunEnded Resume", ". F Q O A . . . ."),
    ("RunEnded AgentWhisper", ". . . O . . . . ."),
    ("RunEnded WrapUp", ". . . . . . K . ."),
    ("RunSkipped Resume", ". F Q O A . . . ."),
    ("Pause", "i P P P P c i i i"),
    ("Resume", "c c c c c F c c c"),
    ("Reschedule", "S i i i i i i i i"),
    ("Transfer", "i X X X K X K i i"),
    ("ConnectUser", "i i i i i i i i i"),
    ("CompleteAtOnce", "i i i i i i i i i"),
    ("Offer", "i i O i i i i i i"),
    ("Associate", "i i O . i i i i i"),
    ("Withdraw", "c c c Q c c c c c"),
    ("Miss", "c c c Q c c c c c"),
    ("Reject", "c c c Q c c c c c"),
    ("Accept", "c c c A c c c c c"),
    ("AgentEnds", "c c c c K c c c c"),
    ("CloseAcw", "i i i i i i i X i"),
    ("AcwTimeOut", "i i i i i i i X i"),
    ("Update", "S F Q O A P W K X"),
    ("Retemplate", "S F Q O i P i i i"),
    ("Tag", "S F Q O A P W K X"),
    ("Untag", "S F Q O A P W K X"),
    ("Route", "S F Q O A P W r r"),
    ("StepOver", "i i i i i i i i i"),
    ("AttributesWritten", "S F Q O A P W K X"),
];

fn events() -> Vec<(&'static str, Event)> {
    let name = Update { name: Some("Other".to_owned()), ..Update::default() };
    vec![
        ("Start", Event::Start),
        ("FlowBegan", Event::FlowBegan),
        ("Enqueue", enqueue("q2")),
        ("MoveToQueue", move_to("q2")),
        ("End Api", end(DisconnectReason::Api)),
        ("End ContactFlowDisconnect", end(DisconnectReason::ContactFlowDisconnect)),
        ("End Other", end(DisconnectReason::Other)),
        ("Expire", Event::Expire),
        ("RunEnded Main", run_ended(RunKind::Main)),
        ("RunEnded CustomerQueue", run_ended(RunKind::CustomerQueue)),
        ("RunEnded Pause", run_ended(RunKind::Pause)),
        ("RunEnded Resume", run_ended(RunKind::Resume)),
        ("RunEnded AgentWhisper", run_ended(RunKind::AgentWhisper)),
        ("RunEnded WrapUp", run_ended(RunKind::WrapUp)),
        ("RunSkipped Resume", Event::RunSkipped { kind: RunKind::Resume, queue_flow: None }),
        ("Pause", PAUSE),
        ("Resume", RESUME),
        ("Reschedule", Event::Reschedule { to_ms: T0 + 120 * MINUTE, limit_ms: 1440 * MINUTE }),
        ("Transfer", transfer()),
        ("ConnectUser", Event::ConnectUser { agent: agent("u1") }),
        ("CompleteAtOnce", Event::CompleteAtOnce),
        ("Offer", offer("u2")),
        ("Associate", Event::Associate { agent: agent("u1"), until_ms: None }),
        ("Withdraw", Event::Withdraw),
        ("Miss", Event::Miss),
        ("Reject", Event::Reject { user_id: "u1".to_owned() }),
        ("Accept", accept("u1")),
        ("AgentEnds", Event::AgentEnds { completed: true }),
        ("CloseAcw", Event::CloseAcw),
        ("AcwTimeOut", Event::AcwTimeOut),
        ("Update", Event::Update(Box::new(name))),
        ("Retemplate", Event::Retemplate { template: template("t2", None) }),
        ("Tag", Event::Tag { tags: BTreeMap::from([("k".to_owned(), "v".to_owned())]) }),
        ("Untag", Event::Untag { keys: vec!["old".to_owned()] }),
        ("Route", Event::Route { priority: Some(1), age_adjustment_s: None, criteria: None }),
        ("StepOver", Event::StepOver),
        ("AttributesWritten", Event::AttributesWritten),
    ]
}

fn letter(state: State) -> char {
    match state {
        State::Scheduled => 'S',
        State::InFlow => 'F',
        State::Queued => 'Q',
        State::Offered => 'O',
        State::Connected => 'A',
        State::Paused => 'P',
        State::WrapUp => 'W',
        State::Acw => 'K',
        State::Completed => 'X',
    }
}

/// What came of an event, as a letter of the table.
fn outcome(before: &Life, event: Event) -> char {
    let mut life = before.clone().after(1000);
    match life.apply(event) {
        Ok(()) if life.contact == before.contact => {
            assert_eq!(life.effects, before.effects, "an event without effect");
            '.'
        }
        Ok(()) => {
            assert_eq!(life.contact.times.updated_ms, T0 + 1000, "tasks 2.2: LastUpdateTimestamp");
            letter(life.contact.state)
        }
        Err(ExceptionKind::InvalidRequestException) => 'i',
        Err(ExceptionKind::ConflictException) => 'c',
        Err(ExceptionKind::ResourceConflictException) => 'r',
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn every_event_in_every_state() {
    let events = events();
    assert_eq!(events.len(), TABLE.len());
    for ((name, event), (row, expected)) in events.into_iter().zip(TABLE) {
        assert_eq!(name, *row);
        let actual = State::ALL.map(|state| {
            let mut life = Life::in_state(state);
            assert_eq!(life.contact.state, state);
            life.contact.tags.insert("old".to_owned(), "v".to_owned());
            outcome(&life, event.clone()).to_string()
        });
        assert_eq!(actual.join(" "), *expected, "{name}");
    }
}

/// Whether tasks 2.1.4 permits the step, or a rule that adds to it.
fn permitted(from: State, to: State) -> bool {
    use State::{Acw, Completed, Connected, InFlow, Offered, Paused, Queued, Scheduled, WrapUp};
    from == to
        || matches!(
            (from, to),
            (Scheduled, InFlow)
                | (InFlow, Queued | Connected | Paused | Completed)
                | (Queued, Offered | Paused | Completed)
                | (Offered, Connected | Queued | Completed)
                | (Connected, Paused | WrapUp | Acw)
                | (WrapUp, Acw)
                | (Paused, InFlow | Queued | Connected | Acw | Completed)
                | (Acw, Completed)
        )
        // Stop, expiry and transfer end anything that is not over.
        || (to == Completed || to == Acw) && from != Completed
        // tasks 2.7.10: pausing an offered task counts as pausing a queued one.
        || (from, to) == (Offered, Paused)
        // tasks 2.12.3: without an agent the module runs when the task terminates.
        || to == WrapUp && matches!(from, InFlow | Queued | Offered | Paused)
}

#[test]
fn only_permitted_transitions_happen() {
    for state in State::ALL {
        for wrap_up in [None, Some("module")] {
            for external in [false, true] {
                for (name, event) in events() {
                    let mut life = Life::in_state(state);
                    life.contact.template = Some(template("t1", wrap_up));
                    life.contact.external = external;
                    if external {
                        life.contact.runs.clear();
                    }
                    let result = life.apply(event);
                    assert!(permitted(state, life.contact.state), "{name}: {state:?} to {:?}", life.contact.state);
                    assert!(result.is_ok() || life.contact.state == state);
                }
            }
        }
    }
}

/// tasks 2.5.3, 2.5.4: only what CreateContact has just made can begin connected or completed.
#[test]
fn contacts_made_by_create_contact() {
    assert_eq!(outcome(&Life::external(), Event::ConnectUser { agent: agent("u1") }), 'A');
    assert_eq!(outcome(&Life::external(), Event::CompleteAtOnce), 'X');
    for state in State::ALL {
        let mut life = Life::in_state(state);
        life.contact.external = true;
        assert_eq!(outcome(&life, Event::ConnectUser { agent: agent("u1") }), 'i', "{state:?}");
        assert_eq!(outcome(&life, Event::CompleteAtOnce), 'i', "{state:?}");
    }
    let life = Life::external().then(Event::CompleteAtOnce);
    assert_eq!(life.events(), ["INITIATED", "DISCONNECTED", "COMPLETED"]);
    assert_eq!(life.contact.times.disconnected_ms, Some(T0));
    assert_eq!(life.contact.disconnect_reason, None);
    assert_eq!(life.count(&Counted::Open), 0);
    assert!(life.effects.record);
    let life = Life::external().then(Event::ConnectUser { agent: agent("u1") });
    assert_eq!(life.events(), ["INITIATED", "CONNECTED_TO_AGENT"]);
}

/// tasks 2.5.5: a contact of CreateContact without flow can be transferred, updated and stopped, and it expires.
#[test]
fn external_contact_without_flow() {
    let life = Life::external();
    assert_eq!(life.contact.due_ms(), Some(life.contact.expiry.at_ms));
    assert_eq!(outcome(&life, transfer()), 'X');
    assert_eq!(outcome(&life, end(DisconnectReason::Api)), 'X');
    assert_eq!(outcome(&life, Event::Expire), 'X');
}
