//! Random histories: whatever happens to contacts and agents, they agree, and the ledger is what happened.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::office::{Office, person, queue};
use super::*;
use crate::contact::{AgentRef, DisconnectReason, Event, State};
use crate::run::RunKind;

const USERS: [&str; 3] = ["u1", "u2", "u3"];
const SLOTS: i64 = 2;

/// One step.
#[derive(Clone, Debug)]
enum Act {
    Make {
        external: bool,
    },
    Contact(prop::sample::Index, Box<Event>),
    /// By routing: only when the agent may be offered something.
    Offer(prop::sample::Index, &'static str, bool),
    Agent(&'static str, AgentEvent),
    Dismiss(&'static str, prop::sample::Index),
    Wait(i64),
}

fn users() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&USERS[..])
}

fn events() -> impl Strategy<Value = Event> {
    let person = |user: &str, auto_accept| AgentRef { auto_accept, ..person(user) };
    prop_oneof![
        4 => Just(Event::Enqueue { queue: queue("q1"), queue_flow: None }),
        1 => Just(Event::MoveToQueue { queue: queue("q2"), queue_flow: None }),
        1 => Just(Event::End { reason: DisconnectReason::Api }),
        1 => Just(Event::RunEnded { kind: RunKind::AgentWhisper }),
        1 => Just(Event::RunEnded { kind: RunKind::WrapUp }),
        2 => Just(Event::Pause { flow_id: None }),
        2 => Just(Event::Resume { flow_id: None, from_flow: false, queue_flow: None }),
        1 => Just(Event::Transfer { flow_id: "other".to_owned(), queue: None, agent: None }),
        1 => users().prop_map(move |user| Event::ConnectUser { agent: person(user, false) }),
        2 => (users(), any::<bool>()).prop_map(move |(user, auto)| Event::Associate {
            agent: person(user, auto),
            until_ms: None,
        }),
        1 => Just(Event::Withdraw),
        1 => Just(Event::Miss),
        2 => users().prop_map(|user| Event::Reject { user_id: user.to_owned() }),
        6 => users().prop_map(|user| Event::Accept { user_id: user.to_owned() }),
        3 => any::<bool>().prop_map(|completed| Event::AgentEnds { completed }),
        1 => Just(Event::CloseAcw),
    ]
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let names = || prop::sample::select(vec!["Available", "Available", "Break", "Offline"]);
    let profiles = || prop::sample::select(vec!["profile", "other"]);
    let act = prop_oneof![
        3 => any::<bool>().prop_map(|external| Act::Make { external }),
        12 => (any::<prop::sample::Index>(), events()).prop_map(|(index, event)| Act::Contact(index, Box::new(event))),
        6 => (any::<prop::sample::Index>(), users(), any::<bool>()).prop_map(|(index, user, auto)| Act::Offer(index, user, auto)),
        5 => (users(), names()).prop_map(|(user, name)| Act::Agent(user, AgentEvent::PutStatus(status(name)))),
        1 => (users(), profiles()).prop_map(|(user, profile)| Act::Agent(user, AgentEvent::Assign {
            routing_profile_id: profile.to_owned(),
            hierarchy_path: String::new(),
        })),
        1 => users().prop_map(|user| Act::Agent(user, AgentEvent::Timer)),
        3 => (users(), any::<prop::sample::Index>()).prop_map(|(user, index)| Act::Dismiss(user, index)),
        4 => (0..20_000_i64).prop_map(Act::Wait),
        1 => (0..200_000_000_i64).prop_map(Act::Wait),
    ];
    prop::collection::vec(act, 0..80)
}

/// Time by user and subject, as somebody would write it down who looks all the time.
type History = BTreeMap<(String, String), i64>;

fn name(subject: &Subject) -> String {
    match subject {
        Subject::Status { id, .. } => id.clone(),
        Subject::Entry { contact_id, state, .. } => format!("{contact_id} {}", state.as_str()),
    }
}

/// Everything stands as it is for so long.
fn look(office: &Office, history: &mut History, span_ms: i64) {
    for (user, agent) in &office.agents {
        let own = (agent.status.is.kind != StatusType::Offline).then(|| agent.status.is.id.clone());
        let entries = agent.entries.iter().map(|entry| format!("{} {}", entry.contact_id, entry.state.as_str()));
        for subject in own.into_iter().chain(entries) {
            *history.entry((user.clone(), subject)).or_default() += span_ms;
        }
    }
}

fn step(office: &mut Office, history: &mut History, act: Act) {
    let chosen = |office: &Office, index: prop::sample::Index| {
        let ids: Vec<&String> = office.contacts.keys().collect();
        (!ids.is_empty()).then(|| (*index.get(&ids)).clone())
    };
    let slots = [ChannelSlots { channel: TASK.to_owned(), concurrency: Concurrency::Total(SLOTS), any_channel: false }];
    match act {
        Act::Make { external } => {
            let id = format!("c{}", office.contacts.len());
            office.make(&id, external);
        }
        Act::Contact(index, event) => {
            if let Some(id) = chosen(office, index) {
                let before: BTreeMap<_, _> = office.agents.iter().map(|(id, own)| (id.clone(), own.used())).collect();
                let over = matches!(*event, Event::Associate { .. } | Event::ConnectUser { .. } | Event::Resume { .. });
                let _ = office.act(&id, *event);
                for (user, agent) in &office.agents {
                    assert!(over || agent.used() <= before[user].max(SLOTS), "{user} has more than it has slots for");
                }
            }
        }
        Act::Offer(index, user, auto_accept) => {
            let waiting = chosen(office, index).filter(|id| office.contacts[id].state == State::Queued);
            let may = office.agents[user].may_be_offered(&slots, "connect:Task");
            if let Some(id) = waiting.filter(|_| may) {
                let until_ms = Some(office.now_ms + 20_000);
                office.act(&id, Event::Offer { agent: AgentRef { auto_accept, ..person(user) }, until_ms }).unwrap();
                assert!(office.agents[user].used() <= SLOTS);
            }
        }
        Act::Agent(user, event) => drop(office.does(user, event)),
        Act::Dismiss(user, index) => {
            if let Some(contact_id) = chosen(office, index) {
                drop(office.does(user, AgentEvent::Dismiss { contact_id }));
            }
        }
        Act::Wait(ms) => {
            look(office, history, ms);
            office.now_ms += ms;
            office.timers();
        }
    }
}

/// Entries and contacts agree.
fn agree(office: &Office) {
    for (id, contact) in &office.contacts {
        let holders = follow(None, contact);
        let holder = holders.last().map(|(user, change)| (user, change.entry.as_ref().unwrap()));
        for (user, agent) in &office.agents {
            let entry = agent.entry(id).filter(|entry| !entry.state.is_error());
            let held = holder.filter(|(own, _)| *own == user).map(|(_, entry)| entry);
            let plain =
                |entry: &Entry| Entry { since_ms: 0, began_ms: 0, booked_ms: 0, until_ms: None, ..entry.clone() };
            assert_eq!(entry.map(plain), held.map(plain), "{user} {id}");
        }
    }
    for (user, agent) in &office.agents {
        for (n, entry) in agent.entries.iter().enumerate() {
            assert!(agent.entries[n + 1..].iter().all(|other| other.contact_id != entry.contact_id), "{user}");
            assert!(entry.began_ms <= entry.since_ms && entry.since_ms <= agent.updated_ms);
            assert_eq!(entry.until_ms.is_some(), entry.state == EntryState::Rejected);
        }
        let next = agent.next_status.as_ref();
        assert!(next.is_none_or(|next| next.kind != StatusType::Routable && agent.used() > 0), "{user} {next:?}");
        let text = serde_json::to_string(agent).unwrap();
        assert_eq!(serde_json::from_str::<Agent>(&text).unwrap(), *agent);
    }
}

/// The ledger, with what is open, is what happened, and each offer is in it once.
fn judge(office: &mut Office, mut history: History) {
    let offers: u32 = office.contacts.values().map(|contact| contact.connection_attempts).sum();
    let ended = office.ledger.iter().filter(|(_, row)| matches!(row.subject, Subject::Entry { outcome: Some(_), .. }));
    let open = office.agents.values().flat_map(|agent| &agent.entries);
    let open = open.filter(|entry| entry.state == EntryState::Connecting).count();
    assert_eq!(ended.count() + open, usize::try_from(offers).unwrap());

    for (user, agent) in &mut office.agents {
        let mut effects = AgentEffects::default();
        agent.book_all(&mut effects, office.now_ms);
        office.ledger.extend(effects.ledger.into_iter().map(|row| (user.clone(), row)));
    }
    let mut told = History::new();
    for user in USERS {
        let rows = office.ledger.iter().filter(|(own, _)| own == user).map(|(_, row)| row);
        for (n, row) in (0..).zip(rows) {
            assert_eq!(row.n, n, "numbers have no gaps");
            let counts = matches!(row.subject, Subject::Entry { outcome: Some(_), .. });
            assert!(row.start_ms < row.end_ms || counts && row.start_ms == row.end_ms);
            assert!(row.start_ms.div_euclid(86_400_000) == (row.end_ms - 1).max(row.start_ms).div_euclid(86_400_000));
            *told.entry((user.to_owned(), name(&row.subject))).or_default() += row.end_ms - row.start_ms;
        }
    }
    history.retain(|_, span| *span > 0);
    told.retain(|_, span| *span > 0);
    assert_eq!(told, history);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn histories(acts in acts()) {
        let mut office = Office::new(&USERS);
        let mut history = History::new();
        for act in acts {
            step(&mut office, &mut history, act);
            agree(&office);
        }
        judge(&mut office, history);
    }
}
