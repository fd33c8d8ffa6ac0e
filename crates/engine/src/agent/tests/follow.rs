//! Entries follow contacts, case by case.

use super::EntryState::{Connected, Connecting, Ended, Missed, Paused, Rejected};
use super::office::{Office, person, queue};
use super::*;
use crate::contact::{AgentRef, DisconnectReason, Event};
use crate::run::RunKind;

const ENQUEUE: fn() -> Event = || Event::Enqueue { queue: queue("q1"), queue_flow: None };

fn offer(user: &str) -> Event {
    Event::Offer { agent: person(user), until_ms: Some(T0 + 20_000) }
}

fn accept(user: &str) -> Event {
    Event::Accept { user_id: user.to_owned() }
}

/// What happens to a task, step by step, and the entry of `u1` after it.
#[test]
fn tasks_2_1_2_and_t3_4_entries_follow_their_contact() {
    let end = || Event::End { reason: DisconnectReason::Api };
    let pause = || Event::Pause { flow_id: None };
    let resume = || Event::Resume { flow_id: None, from_flow: false, queue_flow: None };
    let transfer = || Event::Transfer { flow_id: "other".to_owned(), queue: None, agent: None };
    let complete = || Event::AgentEnds { completed: true };
    let cases: Vec<Vec<(Event, Option<EntryState>)>> = vec![
        // tasks 3.4.2, 2.7, 2.12.1: the usual way.
        vec![
            (ENQUEUE(), None),
            (offer("u1"), Some(Connecting)),
            (accept("u1"), Some(Connected)),
            (pause(), Some(Paused)),
            (resume(), Some(Connected)),
            (complete(), Some(Ended)),
            (Event::CloseAcw, None),
        ],
        // 3.4.3, 3.4.4, 2.1.2: missed and rejected entries stay whatever becomes of the task.
        vec![(ENQUEUE(), None), (offer("u1"), Some(Connecting)), (Event::Miss, Some(Missed)), (end(), Some(Missed))],
        vec![
            (ENQUEUE(), None),
            (offer("u1"), Some(Connecting)),
            (Event::Reject { user_id: "u1".to_owned() }, Some(Rejected)),
            (offer("u2"), Some(Rejected)),
            (accept("u2"), Some(Rejected)),
        ],
        // Associated again, a missed one rings again.
        vec![
            (ENQUEUE(), None),
            (offer("u1"), Some(Connecting)),
            (Event::Miss, Some(Missed)),
            (Event::Associate { agent: person("u1"), until_ms: None }, Some(Connecting)),
            (Event::Associate { agent: person("u1"), until_ms: None }, Some(Connecting)),
            (accept("u1"), Some(Connected)),
        ],
        // 3.4.2, 2.7.10, 2.8: taken back, paused, ended and transferred while offered.
        vec![(ENQUEUE(), None), (offer("u1"), Some(Connecting)), (Event::Withdraw, None)],
        vec![(ENQUEUE(), None), (offer("u1"), Some(Connecting)), (pause(), None), (resume(), None)],
        vec![(ENQUEUE(), None), (offer("u1"), Some(Connecting)), (end(), None)],
        vec![(ENQUEUE(), None), (offer("u1"), Some(Connecting)), (transfer(), None)],
        vec![
            (ENQUEUE(), None),
            (offer("u1"), Some(Connecting)),
            (accept("u1"), Some(Connected)),
            (transfer(), Some(Ended)),
        ],
    ];
    for case in cases {
        let mut office = Office::new(&["u1", "u2"]);
        office.make("c1", false);
        for (event, state) in case {
            let text = format!("{event:?}");
            office.now_ms += 1000;
            office.act("c1", event).unwrap();
            assert_eq!(office.agents["u1"].entry("c1").map(|entry| entry.state), state, "{text}");
        }
    }
}

/// tasks 3.4.1: an agent with auto-accept is connected at once; the offer counts.
#[test]
fn t3_4_1_auto_accept_connects_at_once() {
    let mut office = Office::new(&["u1"]);
    office.put("u1", "Available");
    office.make("c1", false);
    office.act("c1", ENQUEUE()).unwrap();
    office.now_ms += 5000;
    let agent = AgentRef { auto_accept: true, ..person("u1") };
    office.act("c1", Event::Offer { agent, until_ms: Some(office.now_ms + 20_000) }).unwrap();
    let (contact, entry) = (&office.contacts["c1"], office.agents["u1"].entry("c1").unwrap());
    assert_eq!(contact.connection_attempts, 1);
    assert_eq!((entry.state, entry.connected_ms, entry.deadline_ms), (Connected, Some(office.now_ms), None));
    assert_eq!(entry.queue.as_ref().map(|queue| queue.id.as_str()), Some("q1"));
    let rows: Vec<_> = office.ledger.iter().filter(|(_, row)| row.subject.kind() == "ENTRY").collect();
    let [(_, Interval { subject: Subject::Entry { outcome, .. }, start_ms, end_ms, .. })] = rows[..] else {
        panic!("{rows:?}")
    };
    assert_eq!((*outcome, *start_ms, *end_ms), (Some(Outcome::Accepted), office.now_ms, office.now_ms));
}

/// tasks 3.4.1, 3.4.2: auto-accept runs the whisper flow too; meanwhile the entry is CONNECTING without deadline, and the agent
/// who goes away leaves the task in its place.
#[test]
fn t3_4_2_the_whisper_flow_runs_before_the_connection() {
    for goes_away in [false, true] {
        let mut office = Office::new(&["u1"]);
        office.make("c1", false);
        let hooks = &mut office.contacts.get_mut("c1").unwrap().hooks;
        hooks.insert("AgentWhisper".to_owned(), "whisper".to_owned());
        office.act("c1", ENQUEUE()).unwrap();
        let enqueued_ms = office.now_ms;
        office.now_ms += 1000;
        let agent = AgentRef { auto_accept: true, ..person("u1") };
        office.act("c1", Event::Offer { agent, until_ms: Some(office.now_ms + 20_000) }).unwrap();
        let entry = office.agents["u1"].entry("c1").unwrap();
        assert_eq!((entry.state, entry.deadline_ms), (Connecting, None));
        office.now_ms += 30_000;
        if goes_away {
            office.act("c1", Event::Withdraw).unwrap();
            assert!(office.agents["u1"].entries.is_empty());
            assert_eq!(office.contacts["c1"].queue.as_ref().unwrap().enqueued_ms, enqueued_ms);
        } else {
            office.act("c1", Event::RunEnded { kind: RunKind::AgentWhisper }).unwrap();
            let entry = office.agents["u1"].entry("c1").unwrap();
            assert_eq!(
                (entry.state, entry.since_ms, entry.connected_ms),
                (Connected, office.now_ms, Some(office.now_ms))
            );
        }
    }
}

/// tasks 2.5.4: CreateContact connects without an offer.
#[test]
fn tasks_2_5_4_a_contact_that_begins_connected_has_its_entry() {
    let mut office = Office::new(&["u1"]);
    office.make("c1", true);
    office.act("c1", Event::ConnectUser { agent: person("u1") }).unwrap();
    let contact = &office.contacts["c1"];
    let changes = follow(None, contact);
    let states: Vec<_> =
        changes.iter().map(|(user, change)| (user.as_str(), change.entry.as_ref().unwrap().state)).collect();
    assert_eq!(states, [("u1", Connected)]);
    let entry = office.agents["u1"].entry("c1").unwrap();
    assert_eq!((entry.attempt, entry.workload_type.as_str(), entry.queue.clone()), (0, "connect:ExternalTask", None));
}

/// tasks 2.12.4: a task whose wrap-up module runs is still with its agent.
#[test]
fn tasks_2_12_4_wrap_up_is_connected() {
    let mut office = Office::new(&["u1"]);
    office.make("c1", false);
    office.act("c1", ENQUEUE()).unwrap();
    office.act("c1", offer("u1")).unwrap();
    office.act("c1", accept("u1")).unwrap();
    office.contacts.get_mut("c1").unwrap().template = Some(crate::contact::PinnedTemplate {
        id: "t".to_owned(),
        version: 1,
        name: "T".to_owned(),
        wrap_up_flow_id: Some("module".to_owned()),
    });
    office.now_ms += 1000;
    office.act("c1", Event::AgentEnds { completed: true }).unwrap();
    let entry = office.agents["u1"].entry("c1").unwrap();
    assert_eq!((entry.state, entry.since_ms), (Connected, T0), "it is the same stay");
    office.act("c1", Event::RunEnded { kind: RunKind::WrapUp }).unwrap();
    assert_eq!(office.agents["u1"].entry("c1").unwrap().state, Ended);
}

/// Another workload type is another slot, without the state changing.
#[test]
fn a_changed_workload_type_shows_in_the_entry() {
    let mut office = Office::new(&["u1"]);
    office.make("c1", false);
    office.act("c1", ENQUEUE()).unwrap();
    office.act("c1", offer("u1")).unwrap();
    let entry = office.agents["u1"].entry("c1").unwrap().clone();
    assert_eq!(entry.workload_type, "connect:Task");
    let mut update = crate::contact::Update::default();
    update.segment_attributes.insert(crate::contact::WORKLOAD_TYPE.to_owned(), "Claims".to_owned());
    office.now_ms += 1000;
    office.act("c1", Event::Update(Box::new(update))).unwrap();
    let now = office.agents["u1"].entry("c1").unwrap();
    assert_eq!(now, &Entry { workload_type: "Claims".to_owned(), ..entry });
}
