//! Rules of records, rows and pages.

use proptest::prelude::*;

use super::*;
use crate::metrics::fact::{StepEnd, StepFact};

fn facts(facts: Vec<ContactFact>) -> Past {
    Past { facts, until_ms: at("10:00:00"), ..Past::default() }
}

fn by(groupings: &[Key], own: Question) -> Question {
    Question { selection: Selection { filters: own.selection.filters, groupings: groupings.to_vec() }, ..own }
}

fn one(name: &str) -> Question {
    question(vec![wanted(name)], Period::Total, "9:00:00", "10:00:00")
}

fn plain(id: &str) -> ContactFact {
    task(id, "9:00:00", "Q", "9:00:00", "9:01:00", "9:01:00")
}

/// Values that data does not have make no row; an agent queue counts nowhere.
#[test]
fn administration_5_1_1_and_5_1_3_data_without_a_value_is_in_no_row() {
    let never = ContactFact { queue_id: None, enqueued_ms: None, queue_ms: None, ..plain("n") };
    let of_agent = ContactFact { queue_id: None, agent_queue: true, ..plain("a") };
    let past = facts(vec![plain("q"), never, of_agent]);
    let created = one("CONTACTS_CREATED");
    assert_eq!(past.rows(&created), [("#0".to_owned(), vec![Some(2.0)])]);
    assert_eq!(past.rows(&by(&[Key::Queue], created.clone())), [("Q#0".to_owned(), vec![Some(1.0)])]);
    assert_eq!(past.rows(&by(&[Key::Agent], created.clone())), []);
    assert_eq!(past.rows(&by(&[Key::Other], created)), []);
}

/// In the interval that holds DisconnectTimestamp; no data at all, no rows; a group with data has a row for every interval.
#[test]
fn administration_5_3_1_and_5_4_4_intervals_of_records() {
    let late = |id, ended| task(id, "8:00:00", "Q", "8:00:00", ended, ended);
    let past = facts(vec![
        late("1", "8:59:59"),
        late("2", "9:00:00"),
        late("3", "9:29:59"),
        late("4", "9:30:00"),
        late("5", "10:00:00"),
    ]);
    let metrics = || ["CONTACTS_CREATED", "AVG_HANDLE_TIME", "SUM_HOLD_TIME", "AVG_TALK_TIME"].map(wanted).to_vec();
    let quarters = question(metrics(), Period::FifteenMin, "9:00:00", "10:00:00");
    let row = |n: usize, created| (format!("#{n}"), vec![Some(created), None, Some(0.0), None]);
    assert_eq!(past.rows(&quarters), [row(0, 1.0), row(1, 1.0), row(2, 1.0), row(3, 0.0)]);
    assert_eq!(past.rows(&question(metrics(), Period::FifteenMin, "10:15:00", "11:00:00")), []);
}

/// administration 5.3.3: each value that the worked example does not tell apart.
#[test]
fn administration_5_3_3_values_of_records() {
    let base = || plain("c");
    let agent = |own| answered(own, "A", 10_000, "9:02:00");
    let moved = |own| ContactFact { transferred_ms: Some(at("9:01:00")), has_next: true, ..own };
    let worked = || agent(task("c", "9:00:00", "Q", "9:00:00", "9:00:20", "9:01:00"));
    for (name, fact, expected) in [
        ("CONTACTS_ABANDONED", moved(base()), Some(0.0)),
        ("CONTACTS_ABANDONED", worked(), Some(0.0)),
        ("ABANDONMENT_RATE", worked(), Some(0.0)),
        ("ABANDONMENT_RATE", ContactFact { enqueued_ms: None, ..base() }, None),
        ("AVG_ABANDON_TIME", worked(), None),
        ("MAX_QUEUED_TIME", worked(), Some(20.0)),
        ("SUM_CONTACTS_ANSWERED_IN_X<21", worked(), Some(1.0)),
        ("SUM_CONTACTS_ANSWERED_IN_X<20", worked(), Some(0.0)),
        ("SUM_CONTACTS_ANSWERED_IN_X<=20", worked(), Some(1.0)),
        ("SUM_CONTACTS_ABANDONED_IN_X<=60", base(), Some(1.0)),
        ("SUM_CONTACTS_ABANDONED_IN_X<60", base(), Some(0.0)),
        ("CONTACTS_REMOVED_FROM_QUEUE_IN_X<61", moved(base()), Some(1.0)),
        ("SUM_INTERACTION_AND_HOLD_TIME", worked(), Some(30.0)),
        ("AVG_INTERACTION_AND_HOLD_TIME", base(), None),
        ("SUM_AFTER_CONTACT_WORK_TIME", worked(), Some(60.0)),
        ("SUM_HANDLE_TIME", worked(), Some(100.0)),
        ("AVG_ACTIVE_TIME", worked(), Some(90.0)),
        ("AVG_AGENT_PAUSE_TIME", answered(base(), "A", 0, "9:02:00"), None),
        ("AVG_RESOLUTION_TIME", worked(), Some(120.0)),
        ("AVG_RESOLUTION_TIME", base(), Some(60.0)),
        ("CONTACTS_RESOLVED_IN_X<=120", worked(), Some(1.0)),
        ("CONTACTS_RESOLVED_IN_X<120", worked(), Some(0.0)),
        ("SUM_CONTACT_FLOW_TIME", ContactFact { enqueued_ms: None, ..base() }, Some(60.0)),
        (
            "SUM_CONTACT_FLOW_TIME",
            ContactFact { enqueued_ms: None, transferred_ms: Some(at("9:00:30")), ..base() },
            Some(30.0),
        ),
        ("SUM_CONTACT_FLOW_TIME", ContactFact { connected_to_system_ms: None, ..base() }, Some(0.0)),
        ("SUM_CONTACT_FLOW_TIME", ContactFact { connected_to_system_ms: Some(at("9:00:10")), ..base() }, Some(0.0)),
        (
            "SUM_CONTACT_FLOW_TIME",
            ContactFact { enqueued_ms: None, initiation_method: InitiationMethod::Disconnect, ..base() },
            Some(0.0),
        ),
        ("CONTACTS_TRANSFERRED_OUT_INTERNAL", moved(worked()), Some(1.0)),
        ("CONTACTS_TRANSFERRED_OUT_INTERNAL", moved(base()), Some(0.0)),
        ("CONTACTS_TRANSFERRED_OUT_EXTERNAL", moved(worked()), Some(0.0)),
        ("CONTACTS_TRANSFERRED_OUT_FROM_QUEUE", moved(base()), Some(1.0)),
        ("CONTACTS_TRANSFERRED_OUT_FROM_QUEUE", moved(worked()), Some(0.0)),
        ("SUM_CONTACTS_DISCONNECTED", moved(base()), Some(0.0)),
        ("SUM_CONTACTS_DISCONNECTED", worked(), Some(0.0)),
        ("AVG_HOLD_TIME", base(), Some(0.0)),
        ("AGENT_SCHEDULED_TIME", base(), None),
    ] {
        let rows = facts(vec![fact]).rows(&one(name));
        assert_eq!(rows, [("#0".to_owned(), vec![expected])], "{name}");
    }
    let running = AgentFact { acw_end_ms: None, acw_ms: 0, ..worked().agent.unwrap() };
    let running = facts(vec![ContactFact { agent: Some(running), ..worked() }]);
    assert_eq!(running.rows(&one("AVG_RESOLUTION_TIME"))[0].1, [Some(60.0)]);
    assert_eq!(running.rows(&one("AVG_AFTER_CONTACT_WORK_TIME"))[0].1, [Some(0.0)]);
}

/// B174: metrics of other features have the rows of records, and no value in them.
#[test]
fn b174_rows_of_metrics_of_other_features() {
    let own = one("CASES_CREATED");
    assert!(own.needs_records() && !own.needs_pieces());
    let past = facts(vec![plain("a")]);
    assert_eq!(past.rows(&by(&[Key::Queue], own.clone())), [("Q#0".to_owned(), vec![None])]);
    assert_eq!(facts(Vec::new()).rows(&own), []);
}

/// B168: the metrics of steps count in the row of each step, all others in that of the last step.
#[test]
fn b168_and_administration_5_3_3_routing_steps() {
    let step = |name: &str, end| StepFact { expression: name.to_owned(), end };
    let joined = vec![step("one", Some(StepEnd::Expired)), step("two", Some(StepEnd::Joined))];
    let left = vec![step("one", None)];
    let worked = answered(ContactFact { steps: joined, ..plain("a") }, "A", 0, "9:02:00");
    let past = facts(vec![worked, ContactFact { steps: left, ..plain("b") }, plain("c")]);
    let names =
        ["STEP_CONTACTS_QUEUED", "PERCENT_CONTACTS_STEP_JOINED", "PERCENT_CONTACTS_STEP_EXPIRED", "CONTACTS_CREATED"];
    let own = question(names.map(wanted).to_vec(), Period::Total, "9:00:00", "10:00:00");
    let third = 100.0 / 3.0;
    assert_eq!(past.rows(&own), [("#0".to_owned(), vec![Some(3.0), Some(third), Some(third), Some(3.0)])]);
    let one = ("one#0".to_owned(), vec![Some(2.0), Some(0.0), Some(50.0), Some(1.0)]);
    let two = ("two#0".to_owned(), vec![Some(1.0), Some(100.0), Some(0.0), Some(1.0)]);
    assert_eq!(past.rows(&by(&[Key::StepExpression], own.clone())), [one.clone(), two]);
    let filters = vec![of(Key::StepExpression, &["one"])];
    let only = Question { selection: Selection { filters, groupings: vec![Key::StepExpression] }, ..own };
    assert_eq!(past.rows(&only), [one]);
}

#[test]
fn administration_5_4_9_metric_filters() {
    let by_transfer = ContactFact { initiation_method: InitiationMethod::Transfer, ..plain("b") };
    let expired = ContactFact { disconnect_reason: Some(DisconnectReason::Expired), ..plain("c") };
    let unknown = ContactFact { disconnect_reason: None, ..plain("d") };
    let past = facts(vec![plain("a"), by_transfer, expired, unknown]);
    let created = |key, values: &[&str], negate| wanted_by("CONTACTS_CREATED", key, values, negate);
    let mut both = created(Key::InitiationMethod, &["API"], false);
    both.filters.push(MetricFilter { key: Key::DisconnectReason, values: vec!["EXPIRED".to_owned()], negate: true });
    for (metric, expected) in [
        (created(Key::InitiationMethod, &["API"], false), 3.0),
        (created(Key::InitiationMethod, &["API"], true), 1.0),
        (created(Key::InitiationMethod, &["API", "TRANSFER"], false), 4.0),
        (created(Key::DisconnectReason, &["API"], false), 2.0),
        (created(Key::DisconnectReason, &["API"], true), 2.0),
        (created(Key::DisconnectReason, &["x"], false), 0.0),
        (both, 2.0),
    ] {
        let own = question(vec![metric], Period::Total, "9:00:00", "10:00:00");
        assert_eq!(past.rows(&own), [("#0".to_owned(), vec![Some(expected)])], "{:?}", own.metrics[0].filters);
    }
}

/// Contacts that have not ended count when they were enqueued and connected; filters look at what they are now.
#[test]
fn administration_5_3_3_counts_by_enqueue_and_connection() {
    let mut connected = waiting("c", "Q", "9:05:00");
    let agent = crate::contact::AgentRef {
        id: "A".to_owned(),
        user_name: "a".to_owned(),
        first_name: String::new(),
        last_name: String::new(),
        routing_profile: ("P".to_owned(), "p".to_owned()),
        acw_limit_s: 0,
        auto_accept: false,
        hierarchy: vec![("north".to_owned(), "North".to_owned())],
    };
    let stay = crate::contact::AgentStay {
        agent,
        connected_ms: at("9:40:00"),
        pause_ms: 0,
        acw_start_ms: None,
        acw_end_ms: None,
    };
    connected.agent = Some(stay);
    let mut of_agent = waiting("u", "A", "9:05:00");
    of_agent.queue.as_mut().unwrap().queue.agent = true;
    let contacts = vec![connected, waiting("w", "Q2", "9:35:00"), of_agent, waiting("later", "Q", "10:00:00")];
    let past = Past { contacts, ..facts(Vec::new()) };
    let metrics = vec![
        wanted("CONTACTS_QUEUED_BY_ENQUEUE"),
        wanted("CONTACTS_HANDLED_BY_CONNECTED_TO_AGENT"),
        wanted_by("CONTACTS_HANDLED_BY_CONNECTED_TO_AGENT", Key::InitiationMethod, &["API"], false),
        wanted("CONTACTS_CREATED"),
    ];
    let halves = question(metrics, Period::ThirtyMin, "9:00:00", "10:00:00");
    let row = |name: &str, values: [f64; 4]| (name.to_owned(), values.map(Some).to_vec());
    assert_eq!(past.rows(&halves), [row("#0", [1.0, 0.0, 0.0, 0.0]), row("#1", [1.0, 1.0, 0.0, 0.0])]);
    let by_group = by(&[Key::Hierarchy(0)], halves);
    assert_eq!(past.rows(&by_group), [row("north#0", [1.0, 0.0, 0.0, 0.0]), row("north#1", [0.0, 1.0, 0.0, 0.0])]);
}

/// administration 5.4.6: by dimensions, then time. A window holds the groups that are first of those that are wanted, whatever order
/// facts come in, and says whether more follow.
#[test]
fn administration_5_4_6_rows_in_order_page_by_page() {
    let queues = ["d", "a", "e", "c", "b", "a"];
    let fact =
        |(n, queue): (usize, &&str)| ContactFact { queue_id: Some((*queue).to_owned()), ..plain(&n.to_string()) };
    let past = facts(queues.iter().enumerate().map(fact).collect());
    let own = by(&[Key::Queue], question(vec![wanted("CONTACTS_CREATED")], Period::ThirtyMin, "9:00:00", "10:00:00"));
    let page = |from: Option<&str>, groups_max| {
        let window = Window { from: from.map(|from| vec![from.to_owned()]), groups_max };
        let (rows, more) = past.tally(&own, window);
        let text = |row: &Answer| format!("{}{}={}", row.group[0], row.interval, row.values[0].unwrap());
        (rows.iter().map(text).collect::<Vec<_>>().join(" "), more)
    };
    assert_eq!(page(None, 2), ("a0=2 a1=0 b0=1 b1=0".to_owned(), true));
    assert_eq!(page(Some("b"), 3), ("b0=1 b1=0 c0=1 c1=0 d0=1 d1=0".to_owned(), true));
    assert_eq!(page(Some("d"), 2), ("d0=1 d1=0 e0=1 e1=0".to_owned(), false));
    assert_eq!(page(Some("x"), 2), (String::new(), false));
}

fn some_fact() -> impl Strategy<Value = ContactFact> {
    let times = (0_i64..86_400, 0_i64..3_000, 0_i64..3_000, 0_i64..3_000, 0_i64..600);
    (times, 0..4_usize, any::<bool>(), any::<bool>()).prop_map(|(times, queue, queued, taken)| {
        let initiated_ms = MIDNIGHT + times.0 * 1_000;
        let enqueued_ms = initiated_ms + times.1;
        let left_ms = enqueued_ms + times.2 * 1_000;
        let own = ContactFact {
            queue_id: queued.then(|| format!("q{queue}")),
            enqueued_ms: Some(enqueued_ms).filter(|_| queued),
            queue_ms: Some(left_ms - enqueued_ms).filter(|_| queued),
            initiated_ms,
            disconnected_ms: left_ms,
            ..plain("x")
        };
        let agent = AgentFact {
            interaction_ms: times.3 * 1_000,
            acw_ms: times.4 * 1_000,
            connected_ms: left_ms,
            ..answered(plain("x"), "A", 0, "9:02:00").agent.unwrap()
        };
        ContactFact { agent: Some(agent).filter(|_| taken && queued), ..own }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What adds up over the intervals, and over the groups, is the total.
    #[test]
    fn administration_5_4_4_sums_over_intervals_are_the_total(
        list in prop::collection::vec(some_fact(), 1..40),
        period in prop::sample::select(vec![Period::FifteenMin, Period::ThirtyMin, Period::Hour, Period::Day]),
    ) {
        let past = Past { until_ms: i64::MAX, ..facts(list) };
        let names = ["CONTACTS_CREATED", "CONTACTS_QUEUED", "CONTACTS_HANDLED", "CONTACTS_ABANDONED", "SUM_HANDLE_TIME", "SUM_CONTACTS_ANSWERED_IN_X<600"];
        let own = |period| question(names.map(wanted).to_vec(), period, "7:10:00", "22:20:00");
        let sum = |rows: Vec<(String, Vec<Option<f64>>)>| {
            let mut all = vec![0.0; names.len()];
            rows.into_iter().for_each(|(_, row)| all.iter_mut().zip(row).for_each(|(sum, value)| *sum += value.unwrap()));
            all
        };
        let total = sum(past.rows(&own(Period::Total)));
        prop_assert_eq!(&sum(past.rows(&own(period))), &total);
        let by_queue = sum(past.rows(&by(&[Key::Queue], own(period))));
        prop_assert_eq!(by_queue[1..].to_vec(), total[1..].to_vec());
    }
}
