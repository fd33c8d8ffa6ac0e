//! The worked example of administration 5.3.5, to the digit.

use super::*;

/// What happened on 2026-03-02 from 09:00 to 10:00.
pub(super) fn past() -> Past {
    let mut past = Past { until_ms: at("10:00:00"), ..Past::default() };
    let reason = |own, reason| ContactFact { disconnect_reason: Some(reason), ..own };
    let by_agent = |own| reason(own, DisconnectReason::AgentDisconnect);
    let t1 = task("T1", "9:00:00", "Q", "9:00:10", "9:00:20", "9:10:20");
    let t2 = task("T2", "9:05:00", "Q", "9:05:00", "9:05:15", "9:25:15");
    let t3 = task("T3", "9:12:00", "Q", "9:12:00", "9:12:25", "9:32:25");
    let t4 = task("T4", "9:20:00", "Q2", "9:20:00", "9:50:00", "9:50:00");
    let t5 = task("T5", "9:35:00", "Q", "9:35:00", "9:35:10", "9:40:10");
    let t5 = reason(answered(t5, "C", 0, "9:40:30"), DisconnectReason::Other);
    past.facts = vec![
        by_agent(answered(t1, "A", 0, "9:12:10")),
        by_agent(answered(t2, "B", 300_000, "9:25:45")),
        answered(t3, "A", 0, "9:36:25"),
        t4,
        ContactFact { transferred_ms: Some(at("9:40:10")), has_next: true, ..t5 },
    ];
    let queued = [("T1", "Q", "9:00:10"), ("T2", "Q", "9:05:00"), ("T3", "Q", "9:12:00"), ("T4", "Q2", "9:20:00")];
    let queued = queued.into_iter().chain([("T5", "Q", "9:35:00"), ("T6", "Q2", "9:40:10")]);
    past.contacts = queued.map(|(id, queue, enqueued)| waiting(id, queue, enqueued)).collect();
    let status = |kind| What::Status(kind);
    past.open = vec![
        piece("A", "8:59:00", "10:00:00", status(StatusType::Routable)),
        piece("C", "9:10:00", "10:00:00", status(StatusType::Routable)),
    ];
    let (yes, missed) = (Some(Outcome::Accepted), Some(Outcome::Missed));
    use EntryState::{Connected, Connecting, Ended, Missed, Paused};
    past.pieces = vec![
        piece("B", "9:00:00", "9:30:00", status(StatusType::Routable)),
        piece("B", "9:30:00", "9:45:00", status(StatusType::Custom)),
        piece("A", "9:00:10", "9:00:20", entry("T1", "Q", Connecting, yes)),
        piece("A", "9:00:20", "9:10:20", entry("T1", "Q", Connected, None)),
        piece("A", "9:10:20", "9:12:10", entry("T1", "Q", Ended, None)),
        piece("B", "9:05:00", "9:05:15", entry("T2", "Q", Connecting, yes)),
        piece("B", "9:05:15", "9:15:15", entry("T2", "Q", Connected, None)),
        piece("B", "9:15:15", "9:20:15", entry("T2", "Q", Paused, None)),
        piece("B", "9:20:15", "9:25:15", entry("T2", "Q", Connected, None)),
        piece("B", "9:25:15", "9:25:45", entry("T2", "Q", Ended, None)),
        piece("C", "9:12:00", "9:12:20", entry("T3", "Q", Connecting, missed)),
        piece("C", "9:12:20", "9:15:00", entry("T3", "Q", Missed, None)),
        piece("A", "9:12:20", "9:12:25", entry("T3", "Q", Connecting, yes)),
        piece("A", "9:12:25", "9:32:25", entry("T3", "Q", Connected, None)),
        piece("A", "9:32:25", "9:36:25", entry("T3", "Q", Ended, None)),
        piece("C", "9:35:00", "9:35:10", entry("T5", "Q", Connecting, yes)),
        piece("C", "9:35:10", "9:40:10", entry("T5", "Q", Connected, None)),
        piece("C", "9:40:10", "9:40:30", entry("T5", "Q", Ended, None)),
    ];
    past
}

fn queues() -> Selection {
    Selection { filters: vec![of(Key::Queue, &["Q", "Q2"])], groupings: Vec::new() }
}

#[test]
fn administration_5_3_5_records_of_the_example() {
    let expected: Vec<(Wanted, f64)> = [
        ("CONTACTS_CREATED", 5.0),
        ("CONTACTS_QUEUED", 5.0),
        ("CONTACTS_QUEUED_BY_ENQUEUE", 6.0),
        ("CONTACTS_HANDLED", 4.0),
        ("CONTACTS_ABANDONED", 1.0),
        ("ABANDONMENT_RATE", 20.0),
        ("AVG_ABANDON_TIME", 1800.0),
        ("AVG_QUEUE_ANSWER_TIME", 15.0),
        ("MAX_QUEUED_TIME", 1800.0),
        ("SERVICE_LEVEL<20", 60.0),
        ("SERVICE_LEVEL<25", 60.0),
        ("SERVICE_LEVEL<=25", 80.0),
        ("AVG_INTERACTION_TIME", 750.0),
        ("SUM_INTERACTION_TIME", 3000.0),
        ("AVG_AFTER_CONTACT_WORK_TIME", 100.0),
        ("AVG_AGENT_PAUSE_TIME", 300.0),
        ("AVG_HANDLE_TIME", 925.0),
        ("SUM_HANDLE_TIME", 3700.0),
        ("AVG_ACTIVE_TIME", 850.0),
        ("AVG_CONTACT_DURATION", 1034.0),
        ("AVG_RESOLUTION_TIME", 1114.0),
        ("CONTACTS_RESOLVED_IN_X<1300", 3.0),
        ("SUM_CONTACT_FLOW_TIME", 10.0),
        ("CONTACTS_TRANSFERRED_OUT", 1.0),
        ("CONTACTS_TRANSFERRED_OUT_BY_AGENT", 1.0),
        ("CONTACTS_TRANSFERRED_OUT_FROM_QUEUE", 0.0),
        ("SUM_CONTACTS_DISCONNECTED", 1.0),
    ]
    .map(|(name, value)| (wanted(name), value))
    .into_iter()
    .chain([(wanted_by("CONTACTS_HANDLED", Key::DisconnectReason, &["API"], false), 1.0)])
    .collect();
    let (metrics, values): (Vec<Wanted>, Vec<f64>) = expected.into_iter().unzip();
    let own = Question { selection: queues(), ..question(metrics, Period::Total, "9:00:00", "10:00:00") };
    let rows = past().rows(&own);
    assert_eq!(rows.len(), 1);
    for ((metric, expected), value) in own.metrics.iter().zip(values).zip(&rows[0].1) {
        assert_eq!(*value, Some(expected), "{}", metric.definition.name);
    }
}

#[test]
fn administration_5_3_5_half_hours_and_queues_of_the_example() {
    let metrics = || ["CONTACTS_HANDLED", "CONTACTS_QUEUED", "AVG_HANDLE_TIME"].map(wanted).to_vec();
    let halves = Question { selection: queues(), ..question(metrics(), Period::ThirtyMin, "9:00:00", "10:00:00") };
    let values: Vec<_> = past().rows(&halves).into_iter().map(|(row, values)| (row, values[..2].to_vec())).collect();
    let row = |name: &str, handled, queued| (name.to_owned(), vec![Some(handled), Some(queued)]);
    assert_eq!(values, [row("#0", 2.0, 2.0), row("#1", 2.0, 3.0)]);
    let by_queue = Selection { groupings: vec![Key::Queue], ..queues() };
    let by_queue = Question { selection: by_queue, ..question(metrics(), Period::Total, "9:00:00", "10:00:00") };
    let q = ("Q#0".to_owned(), vec![Some(4.0), Some(4.0), Some(925.0)]);
    assert_eq!(past().rows(&by_queue), [q, ("Q2#0".to_owned(), vec![Some(0.0), Some(1.0), None])]);
}

#[test]
fn administration_5_3_5_agents_of_the_example() {
    let metrics = [
        "SUM_ONLINE_TIME_AGENT",
        "SUM_CONTACT_TIME_AGENT",
        "SUM_IDLE_TIME_AGENT",
        "SUM_NON_PRODUCTIVE_TIME_AGENT",
        "SUM_ERROR_STATUS_TIME_AGENT",
        "AGENT_OCCUPANCY",
        "AGENT_ANSWER_RATE",
        "AGENT_NON_RESPONSE",
        "SUM_CONNECTING_TIME_AGENT",
    ];
    let profile = vec![of(Key::RoutingProfile, &["P"])];
    for (groupings, expected) in [
        (
            vec![Key::Agent],
            vec![
                ("A#0", [3600.0, 2150.0, 1450.0, 0.0, 0.0, 59.7222, 100.0, 0.0, 15.0]),
                ("B#0", [2700.0, 1230.0, 570.0, 900.0, 0.0, 68.3333, 100.0, 0.0, 15.0]),
                ("C#0", [3000.0, 320.0, 2680.0, 0.0, 160.0, 10.6667, 50.0, 1.0, 30.0]),
            ],
        ),
        (vec![], vec![("#0", [9300.0, 3700.0, 4700.0, 900.0, 160.0, 44.0476, 80.0, 1.0, 60.0])]),
    ] {
        let selection = Selection { filters: profile.clone(), groupings };
        let own = question(metrics.map(wanted).to_vec(), Period::Total, "9:00:00", "10:00:00");
        let rows = past().rows(&Question { selection, ..own });
        assert_eq!(rows.len(), expected.len());
        for ((name, values), (row, expected)) in rows.iter().zip(expected) {
            assert_eq!(name, row);
            let rounded: Vec<f64> = values.iter().map(|value| (value.unwrap() * 10_000.0).round() / 10_000.0).collect();
            assert_eq!(rounded, expected, "{row}");
        }
    }
    let mean = Question {
        selection: Selection { filters: profile, groupings: Vec::new() },
        ..question(vec![wanted("AVG_AGENT_CONNECTING_TIME")], Period::Total, "9:00:00", "10:00:00")
    };
    assert_eq!(past().rows(&mean), [("#0".to_owned(), vec![Some(12.0)])]);
}
