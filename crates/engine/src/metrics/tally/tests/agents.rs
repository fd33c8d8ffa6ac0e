//! Rules of agents' time and offers.

use proptest::prelude::*;

use super::*;
use crate::agent::{Agent, Entry, Status, StatusRef};

const NAMES: [&str; 6] = [
    "SUM_ONLINE_TIME_AGENT",
    "SUM_CONTACT_TIME_AGENT",
    "SUM_IDLE_TIME_AGENT",
    "SUM_NON_PRODUCTIVE_TIME_AGENT",
    "SUM_ERROR_STATUS_TIME_AGENT",
    "AVG_AGENT_CONCURRENCY",
];

fn times(period: Period, from: &str, to: &str) -> Question {
    question(NAMES.map(wanted).to_vec(), period, from, to)
}

fn staffed(user: &str, from: &str, to: &str) -> Piece {
    piece(user, from, to, What::Status(StatusType::Routable))
}

fn connected(user: &str, contact: &str, from: &str, to: &str) -> Piece {
    piece(user, from, to, entry(contact, "Q", EntryState::Connected, None))
}

fn past(pieces: Vec<Piece>) -> Past {
    Past { pieces, until_ms: i64::MAX, ..Past::default() }
}

#[track_caller]
fn values(past: &Past, question: &Question) -> Vec<f64> {
    let rows = past.rows(question);
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows[0].1.iter().map(|value| value.unwrap_or(-1.0)).collect()
}

/// Two tasks at once are one time of one agent, and two of two; concurrency counts the tasks.
#[test]
fn administration_5_3_4_time_is_by_the_clock_for_each_agent() {
    let own = times(Period::Total, "9:00:00", "10:00:00");
    let a = || {
        vec![
            staffed("A", "8:00:00", "9:30:00"),
            connected("A", "1", "9:00:00", "9:10:00"),
            connected("A", "2", "9:05:00", "9:20:00"),
        ]
    };
    assert_eq!(values(&past(a()), &own), [1800.0, 1200.0, 600.0, 0.0, 0.0, 1.25]);
    let mut two = a();
    two.extend([staffed("B", "9:00:00", "9:30:00"), connected("B", "3", "9:00:00", "9:10:00")]);
    assert_eq!(values(&past(two), &own)[..3], [3600.0, 1800.0, 1800.0]);
    let mut break_time = a();
    break_time[0] = staffed("A", "8:00:00", "9:10:00");
    break_time.push(piece("A", "9:10:00", "9:30:00", What::Status(StatusType::Custom)));
    assert_eq!(values(&past(break_time), &own), [1800.0, 600.0, 0.0, 1200.0, 0.0, 2.5]);
}

/// Cut at the borders of the range and of its intervals, and nothing of what comes after the moment of the request.
#[test]
fn administration_5_3_1_pieces_are_cut() {
    let pieces = || vec![staffed("A", "8:50:00", "9:20:00"), connected("A", "1", "9:10:00", "9:20:00")];
    let quarters = times(Period::FifteenMin, "9:05:00", "9:30:00");
    let rows = past(pieces()).rows(&quarters);
    let seconds: Vec<_> = rows.iter().map(|(_, row)| (row[0].unwrap(), row[1].unwrap(), row[2].unwrap())).collect();
    assert_eq!(seconds, [(600.0, 300.0, 300.0), (300.0, 300.0, 0.0)]);
    let early = Past { until_ms: at("9:12:00"), ..past(pieces()) };
    assert_eq!(values(&early, &times(Period::Total, "9:05:00", "9:30:00"))[..3], [420.0, 120.0, 300.0]);
    assert_eq!(past(pieces()).rows(&times(Period::Total, "9:20:00", "9:30:00")), []);
}

/// What goes on is read from the agent: since when the ledger has not got it, up to now.
#[test]
fn administration_5_3_1_what_is_open_counts() {
    let status = StatusRef { id: "s".to_owned(), kind: StatusType::Routable };
    let mut agent = Agent::new("A".to_owned(), status.clone(), "P".to_owned(), at("8:00:00"));
    agent.status = Status { is: status, since_ms: at("8:00:00"), booked_ms: at("9:10:00") };
    let held: Entry = serde_json::from_value(serde_json::json!({
        "contact_id": "1", "state": "CONNECTED", "since_ms": at("9:20:00"), "began_ms": at("9:19:00"), "booked_ms": 0,
        "initiation_method": "API", "queue": {"id": "Q", "name": "q"}, "channel": "TASK",
    }))
    .unwrap();
    agent.entries = vec![held];
    let open = Piece::open(&agent, at("9:40:00"));
    let spans: Vec<_> = open.iter().map(|piece| (piece.start_ms, piece.end_ms)).collect();
    assert_eq!(spans, [(at("9:10:00"), at("9:40:00")), (at("9:20:00"), at("9:40:00"))]);
    let own =
        Past { pieces: vec![staffed("A", "8:00:00", "9:10:00")], open, until_ms: at("9:40:00"), ..Past::default() };
    assert_eq!(values(&own, &times(Period::Total, "9:00:00", "10:00:00"))[..3], [2400.0, 1200.0, 1200.0]);
    agent.status.is.kind = StatusType::Offline;
    agent.entries[0].queue.as_mut().unwrap().agent = true;
    let open = Piece::open(&agent, at("9:40:00"));
    assert!(matches!(&open[..], [Piece { what: What::Entry { queue_id: None, .. }, .. }]), "{open:?}");
    assert_eq!(Piece::open(&agent, at("9:20:00")), []);
}

/// Days are counted one after the other, also those without a piece; what is open lies over all of them.
#[test]
fn administration_5_3_1_several_days() {
    let day = |piece: Piece, days: i64| Piece {
        start_ms: piece.start_ms + days * DAY_MS,
        end_ms: piece.end_ms + days * DAY_MS,
        ..piece
    };
    let open = Piece { end_ms: at("60:00:00"), ..staffed("A", "12:00:00", "13:00:00") };
    let pieces = vec![connected("A", "1", "13:00:00", "14:00:00"), day(connected("A", "2", "1:00:00", "2:00:00"), 2)];
    let own = Past { pieces, open: vec![open], until_ms: at("60:00:00"), ..Past::default() };
    let rows = own.rows(&times(Period::Day, "0:00:00", "96:00:00"));
    let seconds: Vec<_> = rows.iter().map(|(_, row)| (row[0].unwrap(), row[1].unwrap())).collect();
    assert_eq!(seconds, [(43_200.0, 3_600.0), (86_400.0, 0.0), (43_200.0, 3_600.0), (0.0, 0.0)]);
}

/// Offers count when they end, with their whole time, also when that was written in pieces at midnight or with another profile.
#[test]
fn administration_5_3_4_offers() {
    let names = ["SUM_CONNECTING_TIME_AGENT", "AVG_AGENT_CONNECTING_TIME", "AGENT_NON_RESPONSE", "AGENT_ANSWER_RATE"];
    let own = |from, to| question(names.map(wanted).to_vec(), Period::Total, from, to);
    let ringing =
        |contact, from, to, outcome| piece("A", from, to, entry(contact, "Q", EntryState::Connecting, outcome));
    let pieces = vec![
        ringing("1", "23:59:50", "24:00:00", None),
        ringing("1", "24:00:00", "24:00:05", Some(Outcome::Accepted)),
        ringing("2", "24:00:10", "24:00:20", Some(Outcome::Rejected)),
        ringing("3", "24:00:20", "24:00:20", Some(Outcome::Withdrawn)),
        ringing("4", "24:00:30", "24:00:40", Some(Outcome::Missed)),
    ];
    let past = past(pieces);
    assert_eq!(values(&past, &own("23:00:00", "25:00:00")), [35.0, 8.75, 3.0, 25.0]);
    assert_eq!(values(&past, &own("24:00:05", "24:00:20")), [15.0, 15.0, 0.0, 100.0], "before the end of the range");
    let by_queue = Selection { filters: vec![of(Key::Queue, &["Q2"])], groupings: Vec::new() };
    assert_eq!(past.rows(&Question { selection: by_queue, ..own("23:00:00", "25:00:00") }), []);
    let now = Past { until_ms: at("24:00:10"), ..past };
    assert_eq!(values(&now, &own("23:00:00", "25:00:00"))[2..], [0.0, 100.0]);
}

/// The task of an offer is asked for when rows or metrics depend on it.
#[test]
fn administration_5_4_9_offers_by_their_tasks() {
    let past = day::past();
    let connecting = |values: &[&str]| wanted_by("SUM_CONNECTING_TIME_AGENT", Key::InitiationMethod, values, false);
    let own = |metrics| question(metrics, Period::Total, "9:00:00", "10:00:00");
    let filtered = own(vec![connecting(&["API"]), connecting(&["TRANSFER"])]);
    assert!(filtered.needs_offered_tasks());
    assert_eq!(values(&past, &filtered), [60.0, 0.0]);
    assert!(!own(vec![wanted("SUM_CONNECTING_TIME_AGENT")]).needs_offered_tasks());
    let by_reason = Selection { filters: Vec::new(), groupings: vec![Key::DisconnectReason] };
    let by_reason = Question { selection: by_reason, ..own(vec![wanted("AGENT_NON_RESPONSE")]) };
    assert!(by_reason.needs_offered_tasks());
    let rows: Vec<_> = past.rows(&by_reason).into_iter().map(|(row, values)| (row, values[0].unwrap())).collect();
    let expected = [("AGENT_DISCONNECT#0", 0.0), ("API#0", 1.0), ("OTHER#0", 0.0)];
    assert_eq!(rows, expected.map(|(row, value)| (row.to_owned(), value)));
    let agents = Question { selection: by_reason.selection, ..own(vec![wanted("SUM_ONLINE_TIME_AGENT")]) };
    assert!(!agents.needs_offered_tasks());
    assert_eq!(past.rows(&agents), [], "the time of agents has no such value");
}

/// administration 5.4.7: each moment under the profile and group that the agent had; 5.4.2: by the queues of the profile.
#[test]
fn administration_5_4_7_and_5_4_2_profiles_and_groups_of_each_moment() {
    let other =
        |piece: Piece| Piece { routing_profile_id: "R".to_owned(), hierarchy_path: "south".to_owned(), ..piece };
    let pieces = vec![
        staffed("A", "9:00:00", "9:20:00"),
        connected("A", "1", "9:10:00", "9:20:00"),
        other(staffed("A", "9:20:00", "9:40:00")),
        other(connected("A", "1", "9:20:00", "9:25:00")),
    ];
    let past = past(pieces);
    let own = |key| {
        let selection = Selection { filters: Vec::new(), groupings: vec![key] };
        let rows = past.rows(&Question { selection, ..times(Period::Total, "9:00:00", "10:00:00") });
        rows.into_iter().map(|(row, values)| (row, values[1].unwrap(), values[2].unwrap())).collect::<Vec<_>>()
    };
    let row = |name: &str, contact, idle| (name.to_owned(), contact, idle);
    assert_eq!(own(Key::RoutingProfile), [row("P#0", 600.0, 600.0), row("R#0", 300.0, 900.0)]);
    assert_eq!(own(Key::Hierarchy(0)), [row("north#0", 600.0, 600.0), row("south#0", 300.0, 900.0)]);
    assert_eq!(own(Key::Hierarchy(1)), [row("town#0", 600.0, 600.0)]);
    let task = |queue: &str| (queue.to_owned(), TASK.to_owned());
    let voice = ("Q".to_owned(), "VOICE".to_owned());
    let queues_of =
        BTreeMap::from([("P".to_owned(), vec![task("Q"), task("Q2"), voice]), ("R".to_owned(), vec![task("Q")])]);
    let occupancy = |groupings| Question {
        selection: Selection { filters: vec![of(Key::Queue, &["Q", "Q2"])], groupings },
        queues_of: Some(queues_of.clone()),
        ..question(vec![wanted("AGENT_OCCUPANCY")], Period::Total, "9:00:00", "10:00:00")
    };
    let value = |row: &str, value| (row.to_owned(), vec![Some(value)]);
    assert_eq!(past.rows(&occupancy(Vec::new())), [value("#0", 37.5)]);
    assert_eq!(past.rows(&occupancy(vec![Key::Queue])), [value("Q#0", 37.5), value("Q2#0", 50.0)]);
    assert_eq!(past.rows(&occupancy(vec![Key::Channel])), [value("TASK#0", 37.5), value("VOICE#0", 50.0)]);
}

/// B173: the entries of a queue and the time with one of them.
#[test]
fn b173_concurrency_by_queue() {
    let other = piece("A", "9:10:00", "9:40:00", entry("3", "Q2", EntryState::Connected, None));
    let pieces = vec![
        staffed("A", "9:00:00", "10:00:00"),
        connected("A", "1", "9:00:00", "9:10:00"),
        connected("A", "2", "9:05:00", "9:20:00"),
        other,
    ];
    let selection = Selection { filters: vec![of(Key::Queue, &["Q", "Q2"])], groupings: vec![Key::Queue] };
    let own = question(vec![wanted("AVG_AGENT_CONCURRENCY")], Period::Total, "9:00:00", "10:00:00");
    let value = |row: &str, value| (row.to_owned(), vec![Some(value)]);
    assert_eq!(past(pieces).rows(&Question { selection, ..own }), [value("Q#0", 1.25), value("Q2#0", 1.0)]);
}

/// Statuses of one agent one after the other and tasks that overlap, cut at midnights as the ledger is.
fn some_days() -> impl Strategy<Value = Vec<Piece>> {
    let statuses = prop::collection::vec((0..3_u8, 60_i64..40_000), 1..12);
    let tasks = prop::collection::vec((0_i64..200_000, 1_i64..20_000, 0..5_u8), 0..20);
    (statuses, tasks, 0..2_u8).prop_map(|(statuses, tasks, user)| {
        let user = format!("u{user}");
        let mut pieces = Vec::new();
        let mut add = |from_s: i64, to_s: i64, what: What| {
            let (mut from_ms, to_ms) = (MIDNIGHT + from_s * 1_000, MIDNIGHT + to_s * 1_000);
            while from_ms < to_ms {
                let end_ms = to_ms.min((from_ms.div_euclid(DAY_MS) + 1) * DAY_MS);
                let base = staffed(&user, "9:00:00", "9:00:00");
                pieces.push(Piece { start_ms: from_ms, end_ms, what: what.clone(), ..base });
                from_ms = end_ms;
            }
        };
        let mut at_s = 0;
        for (kind, length) in statuses {
            let kind = [StatusType::Routable, StatusType::Custom, StatusType::Offline][usize::from(kind)];
            if kind != StatusType::Offline {
                add(at_s, at_s + length, What::Status(kind));
            }
            at_s += length;
        }
        for (n, (from, length, state)) in tasks.into_iter().enumerate() {
            let states = [
                EntryState::Connected,
                EntryState::Paused,
                EntryState::Ended,
                EntryState::Missed,
                EntryState::Connecting,
            ];
            add(from, from + length, entry(&n.to_string(), "Q", states[usize::from(state)], None));
        }
        pieces
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// ONLINE = CONTACT + IDLE + NON_PRODUCTIVE in every row, sums over intervals are the total, and the total of one agent is what
    /// counting second by second says.
    #[test]
    fn administration_5_3_4_online_is_contact_idle_and_non_productive(
        pieces in some_days(),
        period in prop::sample::select(vec![Period::Hour, Period::Day, Period::FifteenMin]),
        from in 0_i64..100_000,
        length in 1_i64..150_000,
    ) {
        let own = |period| Question {
            intervals: Intervals::of(period, &TimeZone::UTC, MIDNIGHT + from * 1_000, MIDNIGHT + (from + length) * 1_000),
            ..times(Period::Total, "0:00:00", "1:00:00")
        };
        let past = past(pieces.clone());
        let mut sums = [0.0; 5];
        for (_, row) in past.rows(&own(period)) {
            let row: Vec<f64> = row[..5].iter().map(|value| value.unwrap()).collect();
            prop_assert_eq!(row[0], row[1] + row[2] + row[3]);
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
        let total = past.rows(&own(Period::Total));
        let total: Vec<f64> = total.first().map_or(vec![0.0; 5], |(_, row)| row[..5].iter().map(|value| value.unwrap()).collect());
        prop_assert_eq!(&sums[..], &total[..]);
        let during = |second: i64, of: &dyn Fn(&Piece) -> bool| {
            let ms = MIDNIGHT + second * 1_000;
            pieces.iter().any(|piece| piece.start_ms <= ms && ms < piece.end_ms && of(piece))
        };
        let routable = |piece: &Piece| piece.what == What::Status(StatusType::Routable);
        let seconds = || from..from + length;
        let contact = seconds().filter(|at| during(*at, &routable) && during(*at, &|piece| piece.is_contact())).count();
        let error = seconds().filter(|at| during(*at, &|piece| piece.is_error())).count();
        prop_assert_eq!((total[1], total[4]), (f64::from(u32::try_from(contact).unwrap()), f64::from(u32::try_from(error).unwrap())));
    }
}
