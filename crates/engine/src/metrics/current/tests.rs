//! Rows of current metrics, tested as tables.

use serde_json::json;

use super::*;
use crate::agent::{ChannelSlots, Concurrency, StatusRef};

const NOW: i64 = 1_772_442_000_000;

/// An agent of a routing profile in a status, with entries in these states.
fn agent(id: &str, profile: &str, status: &str, states: &[&str]) -> AgentNow {
    let kind = match status {
        "Available" => StatusType::Routable,
        "Offline" => StatusType::Offline,
        _ => StatusType::Custom,
    };
    let status = StatusRef { id: status.to_owned(), kind };
    let mut agent = Agent::new(id.to_owned(), status, profile.to_owned(), NOW);
    let entry = |(n, state): (usize, &&str)| {
        let body = json!({"contact_id": format!("{id}{n}"), "state": state, "initiation_method": "API"});
        serde_json::from_value(body).expect("an entry")
    };
    agent.entries = states.iter().enumerate().map(entry).collect();
    let channel = |name: &str, slots| ChannelSlots {
        channel: name.to_owned(),
        concurrency: Concurrency::Total(slots),
        any_channel: true,
    };
    let slots = agent.slots(&[channel("VOICE", 1), channel("TASK", 2)]);
    AgentNow { agent, slots }
}

fn set(texts: &[&str]) -> Option<BTreeSet<String>> {
    Some(texts.iter().map(|text| (*text).to_owned()).collect())
}

fn pile(queue: &str, contacts: i64, age_ms: i64) -> Pile {
    Pile { queue_id: queue.to_owned(), contacts, oldest_ms: Some(NOW - age_ms), ..Pile::default() }
}

/// Profile p has q1 and q2 for TASK and q1 for VOICE; profile r has q2 for TASK.
fn snapshot() -> Snapshot {
    let pairs = |list: &[(&str, &str)]| list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    Snapshot {
        now_ms: NOW,
        pairs: BTreeMap::from([
            ("p".to_owned(), pairs(&[("q1", "TASK"), ("q2", "TASK"), ("q1", "VOICE")])),
            ("r".to_owned(), pairs(&[("q2", "TASK")])),
        ]),
        agents: vec![
            agent("a", "p", "Available", &[]),
            agent("b", "p", "Available", &["CONNECTED", "ENDED"]),
            agent("c", "p", "Lunch", &["MISSED"]),
            agent("d", "r", "Available", &["ENDED", "PAUSED"]),
            agent("e", "r", "Offline", &["PAUSED"]),
        ],
        waiting: vec![pile("q1", 2, 61_500), pile("q2", 3, 1_999), pile("q3", 7, 5)],
        handled_s: BTreeMap::from([("q1".to_owned(), vec![900, 950])]),
    }
}

fn one(scope: &Scope, now: &Snapshot, group: &Group) -> Row {
    rows(scope, now).remove(group).unwrap_or_else(|| panic!("{group:?} in {:?}", rows(scope, now)))
}

/// administration 5.2.3: every metric of q1 and of both queues together; each agent once.
#[test]
fn administration_5_2_3_values() {
    let now = snapshot();
    let q1 = Scope { queues: set(&["q1"]), ..Scope::default() };
    let both = Scope { queues: set(&["q1", "q2"]), ..Scope::default() };
    for (metric, in_q1, in_both) in [
        (Metric::AgentsOnline, 3, 4),
        (Metric::AgentsStaffed, 2, 3),
        (Metric::AgentsNonProductive, 1, 1),
        (Metric::AgentsAvailable, 1, 1),
        (Metric::AgentsOnContact, 1, 3),
        (Metric::AgentsOnCall, 1, 3),
        (Metric::AgentsAfterContactWork, 1, 2),
        (Metric::AgentsError, 1, 1),
        (Metric::SlotsActive, 2, 5),
        // a: 2 of TASK, not 3; b: 1 of VOICE; d: 1 of each.
        (Metric::SlotsAvailable, 3, 4),
        (Metric::ContactsInQueue, 2, 5),
        (Metric::ContactsScheduled, 0, 0),
        (Metric::OldestContactAge, 61_500, 61_500),
    ] {
        for (scope, expected) in [(&q1, in_q1), (&both, in_both)] {
            let row = one(scope, &now, &Group::default());
            assert_eq!(row.value(&metric, &now, None, false), Some(expected), "{metric:?} {:?}", scope.queues);
        }
    }
    let row = one(&q1, &now, &Group::default());
    assert_eq!(row.value(&Metric::OldestContactAge, &now, None, true), Some(61), "seconds with groupings");
}

/// administration 5.2.2, 5.2.4, 5.2.5, 5.1.5: which rows there are.
#[test]
fn administration_5_2_5_rows() {
    let now = snapshot();
    let names = |scope: &Scope| -> Vec<String> {
        let texts = rows(scope, &now).into_keys().map(|group| {
            let all = [group.queue, group.channel, group.profile, group.status];
            all.into_iter().flatten().collect::<Vec<_>>().join(" ")
        });
        texts.collect()
    };
    let split = |queue, channel, profile, status| Split { queue, channel, profile, status, ..Split::default() };
    let of = |queues: &[&str], split| Scope { queues: set(queues), split, ..Scope::default() };
    let profiles = |split| Scope { profiles: set(&["p", "r"]), split, ..Scope::default() };
    for (scope, expected) in [
        (of(&["q1", "q3"], split(true, false, false, false)), &["q1", "q3"][..]),
        (of(&["q1"], split(true, true, false, false)), &["q1 TASK", "q1 VOICE"]),
        (of(&["q2"], split(false, false, true, false)), &["p", "r"]),
        (of(&["q1"], split(true, false, false, true)), &["q1 Available", "q1 Lunch"]),
        (of(&["q2"], split(true, false, false, true)), &["q2 Available", "q2 Lunch"]),
        (profiles(split(true, false, false, false)), &["q1", "q2"]),
        (profiles(split(false, true, true, false)), &["TASK p", "TASK r", "VOICE p", "VOICE r"]),
        (Scope { channels: set(&["CHAT"]), ..of(&["q1"], Split::default()) }, &[]),
        (Scope { statuses: set(&["Lunch"]), channels: set(&["VOICE"]), ..of(&["q1"], Split::default()) }, &[""]),
        (of(&["nothing"], Split::default()), &[]),
        (of(&["q1"], Split { queue: true, test_type: true, ..Split::default() }), &[]),
    ] {
        assert_eq!(names(&scope), expected, "{scope:?}");
    }
    let split = split(false, false, true, false);
    let group = |profile: &str| Group { profile: Some(profile.to_owned()), ..Group::default() };
    for (profile, contacts) in [("p", 5), ("r", 3)] {
        let row = one(&profiles(split), &now, &group(profile));
        assert_eq!(row.value(&Metric::ContactsInQueue, &now, None, true), Some(contacts), "5.2.4: {profile}");
    }
}

/// administration 5.2.2, 5.2.4: steps and subtypes split tasks; those without criteria are in no row of a step.
#[test]
fn administration_5_2_4_steps_and_subtypes() {
    let mut now = snapshot();
    let part = |step: Option<&str>, subtype: &str, contacts| Pile {
        step: step.map(str::to_owned),
        subtype: subtype.to_owned(),
        ..pile("q1", contacts, 1_000)
    };
    now.waiting = vec![part(None, "T", 1), part(Some("s"), "T", 2), part(Some("t"), "X", 4), part(Some("s"), "X", 8)];
    let counts = |scope: &Scope| -> Vec<(String, i64)> {
        let of = |(group, row): (Group, Row)| (group.step.or(group.subtype).unwrap_or_default(), row.contacts);
        rows(scope, &now).into_iter().map(of).collect()
    };
    let base = || Scope { queues: set(&["q1"]), ..Scope::default() };
    let steps = Split { step: true, ..Split::default() };
    let subtypes = Split { queue: true, subtype: true, ..Split::default() };
    let row = |name: &str, n| (name.to_owned(), n);
    assert_eq!(counts(&Scope { split: steps, ..base() }), [row("s", 10), row("t", 4)]);
    assert_eq!(counts(&Scope { split: steps, steps: set(&["t"]), ..base() }), [row("t", 4)]);
    assert_eq!(counts(&Scope { split: subtypes, ..base() }), [row("T", 3), row("X", 12)]);
    assert_eq!(counts(&Scope { split: subtypes, subtypes: set(&["X"]), ..base() }), [row("X", 12)]);
    assert_eq!(counts(&Scope { no_contacts: true, ..base() }), [row("", 0)]);
    let of_steps = rows(&Scope { split: steps, ..base() }, &now);
    assert!(of_steps.into_values().all(|row| row.online == 3), "agents of the queue are in each row");
}

/// administration 5.5.3: a task that comes now is behind those that wait.
#[test]
fn administration_5_5_3_a_new_task_is_the_last() {
    let now = snapshot();
    let split = Split { queue: true, channel: true, ..Split::default() };
    let scope = Scope { queues: set(&["q1"]), split, ..Scope::default() };
    let group =
        |channel: &str| Group { queue: Some("q1".to_owned()), channel: Some(channel.to_owned()), ..Group::default() };
    let row = one(&scope, &now, &group("TASK"));
    assert_eq!(row.capacity, Capacity { free: 2, all: 4 });
    assert!(row.waits());
    // 3 - 2 in front, 925 on the mean, four slots.
    assert_eq!(row.value(&Metric::EstimatedWaitTime, &now, Some("q1"), true), Some(232));
    let voice = one(&scope, &now, &group("VOICE"));
    assert_eq!(voice.value(&Metric::EstimatedWaitTime, &now, Some("q1"), true), None, "5.1.2");
}
