//! The ledger, and the agents of the worked example of administration 5.3.5.

use super::EntryState::{Connected, Connecting, Ended, Missed, Paused, Rejected};
use super::office::{Office, person, queue};
use super::*;
use crate::contact::{DisconnectReason, Event};

const HOUR: i64 = 60 * MINUTE;

/// Epoch milliseconds of a time of that day.
fn at(time: &str) -> i64 {
    let mut parts = time.split(':').map(|part| part.parse::<i64>().unwrap());
    let mut next = || parts.next().unwrap_or(0);
    T0 + (next() - 9) * HOUR + next() * MINUTE + next() * 1000
}

type Act = Box<dyn Fn(&mut Office)>;

fn put(user: &'static str, name: &'static str) -> Act {
    Box::new(move |office| office.put(user, name))
}

fn task(id: &'static str) -> Act {
    Box::new(move |office| office.make(id, false))
}

fn does(id: &'static str, event: Event) -> Act {
    Box::new(move |office| office.act(id, event.clone()).unwrap())
}

fn dismiss(user: &'static str, id: &'static str) -> Act {
    Box::new(move |office| {
        office.does(user, AgentEvent::Dismiss { contact_id: id.to_owned() }).unwrap();
    })
}

fn to_queue(id: &'static str) -> Act {
    does(id, Event::Enqueue { queue: queue("Q"), queue_flow: None })
}

fn offer(id: &'static str, user: &str) -> Act {
    does(id, Event::Offer { agent: person(user), until_ms: None })
}

fn accept(id: &'static str, user: &str) -> Act {
    does(id, Event::Accept { user_id: user.to_owned() })
}

fn complete(id: &'static str) -> Act {
    does(id, Event::AgentEnds { completed: true })
}

/// The morning of the example, as it was lived through.
fn morning() -> Office {
    let resume = Event::Resume { flow_id: None, from_flow: false, queue_flow: None };
    let transfer = Event::Transfer { flow_id: "to Q2".to_owned(), queue: Some(queue("Q2")), agent: None };
    let mut office = Office::new(&["A", "B", "C"]);
    let story: Vec<(&str, Act)> = vec![
        ("08:59", put("A", "Available")),
        ("09:00", put("B", "Available")),
        ("09:00", task("T1")),
        ("09:00:10", to_queue("T1")),
        ("09:00:10", offer("T1", "A")),
        ("09:00:20", accept("T1", "A")),
        ("09:05", task("T2")),
        ("09:05", to_queue("T2")),
        ("09:05", offer("T2", "B")),
        ("09:05:15", accept("T2", "B")),
        ("09:10", put("C", "Available")),
        ("09:10:20", complete("T1")),
        ("09:12", task("T3")),
        ("09:12", to_queue("T3")),
        ("09:12", offer("T3", "C")),
        ("09:12:10", dismiss("A", "T1")),
        ("09:12:20", does("T3", Event::Miss)),
        ("09:12:20", offer("T3", "A")),
        ("09:12:25", accept("T3", "A")),
        ("09:15", dismiss("C", "T3")),
        ("09:15:15", does("T2", Event::Pause { flow_id: None })),
        ("09:20:15", does("T2", resume)),
        ("09:25:15", complete("T2")),
        ("09:25:45", dismiss("B", "T2")),
        ("09:30", put("B", "Break")),
        ("09:32:25", does("T3", Event::End { reason: DisconnectReason::Api })),
        ("09:35", task("T5")),
        ("09:35", to_queue("T5")),
        ("09:35", offer("T5", "C")),
        ("09:35:10", accept("T5", "C")),
        ("09:36:25", dismiss("A", "T3")),
        ("09:40:10", does("T5", transfer)),
        ("09:40:30", dismiss("C", "T5")),
        ("09:45", put("B", "Offline")),
    ];
    for (time, act) in story {
        office.now_ms = at(time);
        act(&mut office);
    }
    office.now_ms = at("10:00");
    office
}

/// Seconds of an hour in which `what` holds of the intervals of an agent that are open then.
fn seconds(rows: &[&Interval], what: impl Fn(&[&Subject]) -> bool) -> usize {
    let open = |second: i64| -> Vec<&Subject> {
        let ms = at("09:00") + second * 1000;
        rows.iter().filter(|row| row.start_ms <= ms && ms < row.end_ms).map(|row| &row.subject).collect()
    };
    (0..3600).filter(|second| what(&open(*second))).count()
}

fn in_status(subjects: &[&Subject], wanted: StatusType) -> bool {
    subjects.iter().any(|subject| matches!(subject, Subject::Status { kind, .. } if *kind == wanted))
}

fn with_entry(subjects: &[&Subject], wanted: &[EntryState]) -> bool {
    subjects.iter().any(|subject| matches!(subject, Subject::Entry { state, .. } if wanted.contains(state)))
}

/// The agents' table of the worked example, second by second from the ledger.
#[test]
fn the_ledger_of_the_worked_example() {
    let mut office = morning();
    // The borders of a query cut what is open.
    for user in ["A", "B", "C"] {
        let mut effects = AgentEffects::default();
        office.agents.get_mut(user).unwrap().book_all(&mut effects, at("10:00"));
        office.ledger.extend(effects.ledger.into_iter().map(|row| (user.to_owned(), row)));
    }
    let on_contact = [Connected, Paused, Ended];
    for (user, online, contact, idle, away, error, offers, connecting) in [
        ("A", 3600, 2150, 1450, 0, 0, [Some(Outcome::Accepted), Some(Outcome::Accepted)].as_slice(), 15),
        ("B", 2700, 1230, 570, 900, 0, &[Some(Outcome::Accepted)], 15),
        ("C", 3000, 320, 2680, 0, 160, &[Some(Outcome::Missed), Some(Outcome::Accepted)], 30),
    ] {
        let rows: Vec<&Interval> = office.ledger.iter().filter(|(own, _)| own == user).map(|(_, row)| row).collect();
        let routable = |open: &[&Subject]| in_status(open, StatusType::Routable);
        let custom = |open: &[&Subject]| in_status(open, StatusType::Custom);
        assert_eq!(seconds(&rows, |open| routable(open) || custom(open)), online, "{user} ONLINE");
        assert_eq!(seconds(&rows, |open| routable(open) && with_entry(open, &on_contact)), contact, "{user} CONTACT");
        assert_eq!(seconds(&rows, |open| routable(open) && !with_entry(open, &on_contact)), idle, "{user} IDLE");
        assert_eq!(seconds(&rows, custom), away, "{user} NON_PRODUCTIVE");
        assert_eq!(seconds(&rows, |open| with_entry(open, &[Missed, Rejected])), error, "{user} ERROR");
        assert_eq!(seconds(&rows, |open| with_entry(open, &[Connecting])), connecting, "{user} CONNECTING");
        let ended = rows.iter().filter_map(|row| match &row.subject {
            Subject::Entry { state: Connecting, outcome, .. } => Some(*outcome),
            _ => None,
        });
        assert_eq!(ended.collect::<Vec<_>>(), offers, "{user} offers");
        assert!(rows.iter().all(|row| row.subject.kind() != "ENTRY"
            || matches!(&row.subject, Subject::Entry { queue_id: Some(queue), .. } if queue == "Q")));
    }
}

/// What is open over midnights of UTC is cut there, and written day by day.
#[test]
fn intervals_are_cut_at_midnights() {
    let mut agent = agent("Available", &[Connecting]);
    let midnight = at("24:00");
    // Any change writes the days that are over, also of what stays as it is.
    let effects = set(&mut agent, "other", Some(Connected), midnight + HOUR);
    let spans = |effects: &AgentEffects| -> Vec<(i64, i64, i64, &'static str)> {
        effects.ledger.iter().map(|row| (row.n, row.start_ms, row.end_ms, row.subject.state())).collect()
    };
    assert_eq!(spans(&effects), [(0, T0, midnight, "ROUTABLE"), (1, T0, midnight, "CONNECTING")]);
    assert_eq!((agent.status.since_ms, agent.entries[0].since_ms), (T0, T0), "what an API shows stays");
    // The outcome stands in the piece that ends the offer.
    let two_days = midnight + 48 * HOUR;
    let effects = set(&mut agent, "e0", Some(Missed), two_days);
    let day = |n: i64| midnight + n * 24 * HOUR;
    assert_eq!(
        spans(&effects),
        [
            (2, day(0), day(1), "CONNECTING"),
            (3, day(1), day(2), "CONNECTING"),
            (4, day(0), day(1), "ROUTABLE"),
            (5, day(1), day(2), "ROUTABLE"),
            (6, midnight + HOUR, day(1), "CONNECTED"),
            (7, day(1), day(2), "CONNECTED"),
        ]
    );
    let outcomes = effects.ledger.iter().map(|row| match &row.subject {
        Subject::Entry { outcome, .. } => *outcome,
        Subject::Status { .. } => None,
    });
    assert_eq!(outcomes.collect::<Vec<_>>(), [None, Some(Outcome::Missed), None, None, None, None]);
    set(&mut agent, "other", None, two_days);
    // An offline status is not written, and no more than is kept of anything else.
    let effects = super::does(&mut agent, AgentEvent::PutStatus(status("Offline")), day(2 + LEDGER_DAYS_MAX + 100));
    let statuses = effects.ledger.iter().filter(|row| row.subject.kind() == "STATUS").count();
    assert_eq!(i64::try_from(statuses).unwrap(), LEDGER_DAYS_MAX);
    let effects = super::does(&mut agent, AgentEvent::PutStatus(status("Available")), day(2 + LEDGER_DAYS_MAX + 300));
    assert!(effects.ledger.iter().all(|row| row.subject.kind() == "ENTRY"));
}
