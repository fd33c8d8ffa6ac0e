//! Status, dismissal, error entries, idle times, what is stored.

use super::EntryState::{Connected, Connecting, Ended, Error, Missed, Paused, Rejected};
use super::*;

const LATER: i64 = T0 + 10 * MINUTE;

/// Status and entries before, status asked for, then: status, next status, whether it began now, entries that stay, contacts closed.
type StatusCase = (
    &'static str,
    &'static [EntryState],
    &'static str,
    &'static str,
    Option<&'static str>,
    bool,
    &'static [EntryState],
    &'static [&'static str],
);

/// administration 4.1.2 to 4.1.5, and tasks 2.9.5, which says the same.
#[test]
fn administration_4_1_2_and_4_1_4_and_4_1_5_and_tasks_2_9_5_put_user_status() {
    let cases: &[StatusCase] = &[
        // Also from the status that a user has who never signed in.
        ("Offline", &[], "Available", "Available", None, true, &[], &[]),
        ("Offline", &[], "Break", "Break", None, true, &[], &[]),
        // 4.1.2: ENDED and error entries go first, always.
        ("Available", &[Ended, Missed], "Break", "Break", None, true, &[], &["e0"]),
        ("Available", &[Ended, Rejected, Error], "Available", "Available", None, false, &[], &["e0"]),
        ("Break", &[Missed, Connected], "Break", "Break", None, false, &[Connected], &[]),
        // 4.1.3: held up by what is CONNECTING or CONNECTED, not by paused tasks.
        ("Available", &[Connecting], "Break", "Available", Some("Break"), false, &[Connecting], &[]),
        ("Available", &[Connected, Ended], "Offline", "Available", Some("Offline"), false, &[Connected], &["e1"]),
        ("Available", &[Paused], "Break", "Break", None, true, &[Paused], &[]),
        ("Available", &[Paused, Missed], "Offline", "Offline", None, true, &[Paused], &[]),
        // 4.1.4: ROUTABLE acts at once, entries or not.
        ("Break", &[Connected, Connecting], "Available", "Available", None, true, &[Connected, Connecting], &[]),
        ("Break", &[Ended], "Available", "Available", None, true, &[], &["e0"]),
        // 4.1.5: the current one again.
        ("Break", &[], "Break", "Break", None, false, &[], &[]),
        ("Available", &[Connected], "Available", "Available", None, false, &[Connected], &[]),
    ];
    for (now, entries, asked, is, next, new, rest, closed) in cases {
        let mut agent = agent(now, entries);
        let effects = does(&mut agent, AgentEvent::PutStatus(status(asked)), LATER);
        let case = format!("{now} {entries:?} {asked}");
        assert_eq!(agent.status.is, status(is), "{case}");
        assert_eq!(agent.next_status, next.map(status), "{case}");
        assert_eq!(agent.status.since_ms, if *new { LATER } else { T0 }, "{case}");
        assert_eq!(states(&agent), *rest, "{case}");
        assert_eq!(effects.close_contacts, *closed, "{case}");
    }
}

/// administration 4.1.3, 4.1.4: a second call replaces the next status, ROUTABLE cancels it and counts from then on.
#[test]
fn administration_4_1_3_and_4_1_4_the_next_status_is_replaced_or_cancelled() {
    let mut agent = agent("Available", &[Connected]);
    does(&mut agent, AgentEvent::PutStatus(status("Break")), LATER);
    assert!(!agent.takes_offers(), "no offers follow");
    does(&mut agent, AgentEvent::PutStatus(status("Offline")), LATER + 1);
    assert_eq!(agent.next_status, Some(status("Offline")));
    let effects = does(&mut agent, AgentEvent::PutStatus(status("Available")), LATER + 2);
    assert_eq!((agent.next_status.clone(), agent.status.since_ms), (None, LATER + 2));
    assert!(effects.freed && agent.takes_offers());
}

/// administration 4.1.3 and B114: the next status takes effect when the last slot is free. After-contact work and error entries
/// of those tasks hold it up too.
#[test]
fn b114_the_next_status_waits_for_the_last_slot() {
    // What becomes of the two tasks, one change after the other, and whether the status is there after each.
    let cases: &[&[(&str, Option<EntryState>, bool)]] = &[
        &[("e0", Some(Ended), false), ("e1", None, false), ("e0", None, true)],
        &[("e0", Some(Paused), false), ("e1", None, true)],
        &[("e1", Some(Missed), false), ("e0", None, false), ("e1", None, true)],
        &[("e1", Some(Rejected), false), ("e0", Some(Paused), false)],
        &[("e0", None, false), ("e1", Some(Connected), false), ("e1", Some(Paused), true)],
    ];
    for case in cases {
        let mut agent = agent("Available", &[Connected, Connecting]);
        does(&mut agent, AgentEvent::PutStatus(status("Break")), LATER);
        for (n, (id, state, there)) in (1..).zip(*case) {
            let effects = set(&mut agent, id, *state, LATER + n);
            assert_eq!(agent.status.is, status(if *there { "Break" } else { "Available" }), "{case:?} {n}");
            assert_eq!(agent.next_status.is_none(), *there);
            assert!(!effects.freed, "nothing can be offered before or after");
            assert!(!there || agent.status.since_ms == LATER + n);
        }
    }
    // The five seconds of a rejection end it too.
    let mut agent = agent("Available", &[Connecting]);
    does(&mut agent, AgentEvent::PutStatus(status("Break")), LATER);
    set(&mut agent, "e0", Some(Rejected), LATER);
    does(&mut agent, AgentEvent::Timer, LATER + REJECTED_MS);
    assert_eq!(agent.status.is, status("Break"));
}

/// administration 4.2.4 and tasks 2.9.4
#[test]
fn administration_4_2_4_and_tasks_2_9_4_dismiss() {
    for (state, closed) in [
        (Connecting, None),
        (Connected, None),
        (Paused, None),
        (Ended, Some(&["e0"][..])),
        (Missed, Some(&[])),
        (Rejected, Some(&[])),
        (Error, Some(&[])),
    ] {
        let mut agent = agent("Available", &[state]);
        let before = agent.clone();
        let event = AgentEvent::Dismiss { contact_id: "e0".to_owned() };
        match closed {
            Some(closed) => {
                let effects = does(&mut agent, event, LATER);
                assert_eq!(effects.close_contacts, closed, "{state:?}");
                assert!(agent.entries.is_empty() && agent.takes_offers() && effects.freed, "{state:?}");
            }
            None => {
                let mut effects = AgentEffects::default();
                let refusal = agent.apply(event, &mut effects, LATER).unwrap_err();
                assert_eq!(refusal.kind, ExceptionKind::InvalidRequestException, "{state:?}");
                assert!(refusal.message.contains(state.contact_state().as_str()), "{}", refusal.message);
                assert_eq!((agent, effects), (before, AgentEffects::default()), "{state:?}");
            }
        }
    }
    let unknown = AgentEvent::Dismiss { contact_id: "e9".to_owned() };
    let refusal = agent("Available", &[Ended]).apply(unknown, &mut AgentEffects::default(), LATER).unwrap_err();
    assert_eq!(refusal.kind, ExceptionKind::InvalidRequestException);
    assert!(refusal.message.contains("no entry"), "{}", refusal.message);
}

/// tasks 3.4.5: a REJECTED entry clears itself after five seconds, a MISSED one does not.
#[test]
fn t3_4_5_error_entries_block_offers_until_they_are_gone() {
    let mut agent = agent("Available", &[Rejected, Missed]);
    assert!(!agent.takes_offers());
    assert_eq!(agent.due_ms(), Some(T0 + REJECTED_MS));
    does(&mut agent, AgentEvent::Timer, T0 + REJECTED_MS - 1);
    assert_eq!(states(&agent), [Rejected, Missed]);
    let effects = does(&mut agent, AgentEvent::Timer, T0 + REJECTED_MS);
    assert_eq!((states(&agent), effects.freed, agent.due_ms()), (vec![Missed], false, None));
    let effects = does(&mut agent, AgentEvent::Dismiss { contact_id: "e1".to_owned() }, LATER);
    assert!(effects.freed && agent.takes_offers());
}

/// tasks 3.3.5 and B113: since when an agent is idle, by both timers.
#[test]
fn b113_and_t3_3_5_idle_times() {
    use AvailabilityTimer::{LastActivity, LastInbound};
    let mut agent = agent("Available", &[]);
    // The step, then idle since by activity and by inbound, minutes after T0.
    type Step = (i64, &'static str, Option<EntryState>, (i64, i64));
    let steps: &[Step] = &[
        (0, "", None, (0, 0)),
        (1, "a", Some(Connecting), (1, 1)), // holds one: since the last entry began
        (2, "a", Some(Missed), (1, 1)),
        (3, "a", None, (3, 0)), // a missed offer is an activity, not an inbound contact
        (4, "b", Some(Connecting), (4, 4)),
        (5, "b", Some(Connected), (4, 4)),
        (6, "c", Some(Connecting), (6, 6)),
        (7, "c", Some(Connected), (6, 6)),
        (8, "b", None, (6, 6)), // still holds one
        (9, "c", Some(Ended), (6, 6)),
        (10, "c", None, (10, 10)),
        (11, "d", Some(Connecting), (11, 11)),
        (12, "d", None, (12, 10)),
    ];
    for (minute, id, state, idle) in steps {
        if !id.is_empty() {
            set(&mut agent, id, *state, T0 + minute * MINUTE);
        }
        let since = |timer| (agent.idle_since(timer) - T0) / MINUTE;
        assert_eq!((since(LastActivity), since(LastInbound)), *idle, "{minute}");
    }
    does(&mut agent, AgentEvent::PutStatus(status("Break")), T0 + 20 * MINUTE);
    does(&mut agent, AgentEvent::PutStatus(status("Available")), T0 + 30 * MINUTE);
    assert_eq!(agent.idle_since(LastActivity), T0 + 30 * MINUTE, "the status's start, when that is later");
    assert_eq!(agent.idle_since(LastInbound), T0 + 30 * MINUTE);
}

/// administration 4.3.5: the moment of connecting for a paused task; tasks 2.1.1 to 2.1.3: the names.
#[test]
fn administration_4_3_5_and_tasks_2_1_1_and_2_1_3_states_and_their_start() {
    let mut agent = agent("Available", &[Connected]);
    set(&mut agent, "e0", Some(Paused), LATER);
    assert_eq!((agent.entries[0].since_ms, agent.entries[0].state_start_ms()), (LATER, T0));
    assert_eq!(Paused.contact_state().as_str(), "CONNECTED_ONHOLD");
    for state in [Connecting, Connected, Ended, Missed, Rejected, Error] {
        assert_eq!(state.contact_state().as_str(), state.as_str());
    }
}

/// A user with CONNECTED or PAUSED tasks has work in hand.
#[test]
fn work_in_hand() {
    for state in [Connecting, Connected, Paused, Ended, Missed, Rejected, Error] {
        assert_eq!(agent("Offline", &[state]).in_work().is_some(), matches!(state, Connected | Paused), "{state:?}");
    }
}

/// Another routing profile is a cause for routing to look, and a border in the ledger.
#[test]
fn another_profile_is_another_interval() {
    let mut agent = agent("Available", &[Connected]);
    let assign = |profile: &str| AgentEvent::Assign {
        routing_profile_id: profile.to_owned(),
        hierarchy_path: "/g1/".to_owned(),
    };
    let effects = does(&mut agent, assign("other"), LATER);
    assert!(effects.freed);
    assert_eq!(effects.ledger.len(), 2);
    assert!(effects.ledger.iter().all(|row| row.routing_profile_id == "profile" && row.end_ms == LATER));
    assert_eq!((agent.status.since_ms, agent.entries[0].since_ms), (T0, T0), "what an API shows stays");
    assert_eq!(does(&mut agent, assign("other"), LATER + 1), AgentEffects::default());
    let effects = set(&mut agent, "e0", None, LATER + MINUTE);
    assert_eq!((effects.ledger[0].start_ms, effects.ledger[0].end_ms), (LATER, LATER + MINUTE));
    assert_eq!((effects.ledger[0].routing_profile_id.as_str(), effects.ledger[0].n), ("other", 2));
}

/// Times of an agent never run backwards, as those of a task.
#[test]
fn b83_the_times_of_an_agent_never_run_backwards() {
    let mut agent = agent("Available", &[]);
    set(&mut agent, "a", Some(Connecting), LATER);
    let effects = set(&mut agent, "a", None, T0);
    assert_eq!((effects.ledger[0].start_ms, effects.ledger[0].end_ms), (LATER, LATER));
    assert_eq!(agent.last_ended_ms, LATER);
}

/// What is stored is read back, with members of a newer release; the smallest form is enough.
#[test]
fn stored_agents_are_read_back() {
    let mut agent = agent("Available", &[Connecting, Rejected, Connected]);
    does(&mut agent, AgentEvent::PutStatus(status("Break")), LATER);
    let text = serde_json::to_string(&agent).unwrap();
    assert_eq!(serde_json::from_str::<Agent>(&text).unwrap(), agent);

    let stored = r#"{"user_id":"u","status":{"id":"s","type":"OFFLINE","since_ms":5},"mood":"good",
        "entries":[{"contact_id":"c","state":"ENDED","since_ms":7,"initiation_method":"API","colour":"red"}]}"#;
    let mut agent: Agent = serde_json::from_str(stored).unwrap();
    assert_eq!((agent.entries[0].channel.as_str(), agent.status.is.kind), (TASK, StatusType::Offline));
    set(&mut agent, "c", Some(Paused), LATER);
    let mut same = entry("c", Connected);
    same.attempt = 0;
    agent.entries[0].attempt = 0;
    agent.entries[0].other.insert("colour".to_owned(), "red".into());
    does(&mut agent, AgentEvent::Entry(Box::new(EntryChange { contact_id: "c".to_owned(), entry: Some(same) })), LATER);
    let text = serde_json::to_string(&agent).unwrap();
    assert!(text.contains(r#""mood":"good""#) && text.contains(r#""colour":"red""#), "{text}");
}
