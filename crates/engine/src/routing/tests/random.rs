//! Random worlds: a pass in pages of any size gives what the reference gives, and leaves no pair that could be made.

use proptest::prelude::*;
use serde_json::json;

use super::world::{NOW, World, agent, give, profile, task, with_step};
use crate::agent::{
    AvailabilityTimer, Concurrency, EntryState, StatusRef, StatusType, WorkloadBehavior, WorkloadSlots,
};
use crate::contact::Waiting;
use crate::criteria::Proficiency;
use crate::routing::{Candidate, ProfileFacts};

const QUEUES: [&str; 3] = ["q0", "q1", "q2"];
const USERS: [&str; 6] = ["u0", "u1", "u2", "u3", "u4", "u5"];
const TYPES: [&str; 3] = ["connect:Task", "A", "B"];

/// Priority and delay of each queue, slots, slots by workload type, the timer.
type ProfileParts = (Vec<Option<(i64, i64)>>, i64, Option<Vec<(i64, WorkloadBehavior)>>, bool);
/// Profile, seconds since the last entry, entries, skills, what else is odd.
type AgentParts = (usize, i64, Vec<(EntryState, &'static str, i64)>, Vec<(u8, u8)>, u8);
/// Queue, workload type, step, priority, seconds waited, seconds of adjustment.
type TaskParts = (&'static str, &'static str, Option<serde_json::Value>, i64, i64, i64);

fn profiles() -> impl Strategy<Value = Vec<ProfileFacts>> {
    let queue = || (1..3_i64, prop_oneof![Just(0_i64), Just(20), Just(60)]);
    let behavior = || {
        prop_oneof![
            Just(WorkloadBehavior::CurrentTypeOnly),
            Just(WorkloadBehavior::CurrentChannelOnly),
            Just(WorkloadBehavior::AnyChannel),
        ]
    };
    let workload = prop::collection::vec((0..3_i64, behavior()), 3);
    let one = (
        prop::collection::vec(prop::option::of(queue()), 3),
        0..4_i64,
        prop::option::weighted(0.3, workload),
        any::<bool>(),
    );
    prop::collection::vec(one, 3).prop_map(|all| {
        let of = |(n, (queues, slots, workload, inbound)): (usize, ProfileParts)| {
            let own =
                QUEUES.iter().zip(queues).filter_map(|(id, own)| own.map(|(priority, delay)| (*id, priority, delay)));
            let mut profile = profile(&format!("p{n}"), slots, &own.collect::<Vec<_>>());
            if inbound {
                profile.timer = AvailabilityTimer::LastInbound;
            }
            if let Some(types) = workload {
                let types = TYPES.iter().zip(types).map(|(name, (slots, behavior))| WorkloadSlots {
                    workload_type: (*name).to_owned(),
                    slots,
                    behavior,
                });
                profile.channels[0].concurrency = Concurrency::ByWorkload(types.collect());
            }
            profile
        };
        all.into_iter().enumerate().map(of).collect()
    })
}

fn agents() -> impl Strategy<Value = Vec<Candidate>> {
    let states = prop_oneof![
        8 => Just(EntryState::Connected),
        2 => Just(EntryState::Paused),
        2 => Just(EntryState::Ended),
        1 => Just(EntryState::Missed),
    ];
    let entries = prop::collection::vec((states, prop::sample::select(&TYPES[..]), 1..40_i64), 0..3);
    let skills = prop::collection::vec((0..2_u8, 1..6_u8), 0..2);
    let one = (0..3_usize, 1..60_i64, entries, skills, 0..20_u8);
    prop::collection::vec(one, 0..USERS.len()).prop_map(|all| {
        let of = |(id, (profile, idle_s, entries, skills, odd)): (&&str, AgentParts)| {
            let mut own = agent(id, &format!("p{profile}"), idle_s + 60);
            let mut entries = entries;
            entries.sort_by_key(|(_, _, ago_s)| -ago_s);
            for (n, (state, kind, ago_s)) in entries.into_iter().enumerate() {
                give(&mut own.agent, &format!("{id}-{n}"), kind, state, NOW - ago_s * 1000);
            }
            own.agent.last_ended_ms = NOW - idle_s * 1000;
            own.agent.proficiencies = skills
                .into_iter()
                .map(|(skill, level)| Proficiency {
                    name: "Skill".to_owned(),
                    value: format!("s{skill}"),
                    level: i64::from(level),
                })
                .collect();
            match odd {
                0 => own.basic_access = false,
                1 => own.agent.status.is.kind = StatusType::Custom,
                2 => own.agent.next_status = Some(StatusRef { id: "Break".to_owned(), kind: StatusType::Custom }),
                _ => {}
            }
            own
        };
        USERS.iter().zip(all).map(of).collect()
    })
}

fn tasks() -> impl Strategy<Value = Vec<Waiting>> {
    let queues = prop_oneof![6 => prop::sample::select(&QUEUES[..]), 1 => prop::sample::select(&USERS[..])];
    let kinds = prop_oneof![4 => Just("connect:Task"), 1 => Just("A"), 1 => Just("B")];
    let steps = prop_oneof![
        5 => Just(None),
        1 => (0..2_u8, 1..6_u8).prop_map(|(skill, level)| Some(json!({"AttributeCondition":
            {"Name": "Skill", "Value": format!("s{skill}"), "ProficiencyLevel": level}}))),
        1 => prop::sample::subsequence(&USERS[..], 1..3).prop_map(|ids| Some(json!({"AttributeCondition":
            {"MatchCriteria": {"AgentsCriteria": {"AgentIds": ids}}}}))),
        1 => prop::sample::subsequence(&USERS[..], 1..3).prop_map(|ids| Some(json!({"OrExpression": [
            {"AttributeCondition": {"Name": "Skill", "Value": "s1", "ProficiencyLevel": 2}},
            {"AttributeCondition": {"MatchCriteria": {"AgentsCriteria": {"AgentIds": ids}}}}]}))),
        1 => Just(Some(json!({"NotAttributeCondition": {"Name": "Skill", "Value": "s0", "ProficiencyLevel": 1}}))),
    ];
    let one = (
        queues,
        kinds,
        steps,
        prop_oneof![3 => Just(5_i64), 1 => 1..9_i64],
        0..90_i64,
        prop_oneof![3 => Just(0_i64), 1 => -90..90_i64],
    );
    prop::collection::vec(one, 0..14).prop_map(|all| {
        let of = |(n, (queue, kind, step, priority, waited_s, adjusted_s)): (usize, TaskParts)| {
            let mut task = task(&format!("t{n}"), queue, waited_s);
            task.workload_type = kind.to_owned();
            task.class = if kind == "connect:Task" { String::new() } else { kind.to_owned() };
            task.priority = priority;
            task.wait_ms -= adjusted_s * 1000;
            // The criteria never are active in an agent queue.
            match step.filter(|_| !queue.starts_with('u')) {
                Some(step) => with_step(task, &step),
                None => task,
            }
        };
        all.into_iter().enumerate().map(of).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    /// tasks 3.3.1 to 3.3.6
    #[test]
    fn passes(profiles in profiles(), agents in agents(), tasks in tasks(), page in 1..5_usize,
        skill_lists in 0..4_usize) {
        let world = World { skill_lists, ..World::new(profiles, agents, tasks) };
        let (rest, expected) = world.clone().reference();
        prop_assert_eq!(rest.eligible_pairs(), 0);
        let (rest, offers) = world.clone().pass(page);
        prop_assert_eq!(&offers, &expected);
        prop_assert_eq!(rest.eligible_pairs(), 0);
        prop_assert!(rest.slots_hold(&world));
        prop_assert_eq!(world.decide_all().offers, expected);
        let next_ms = rest.decide_all().next_ms;
        prop_assert!(next_ms.is_none_or(|ms| ms > NOW));
    }
}
