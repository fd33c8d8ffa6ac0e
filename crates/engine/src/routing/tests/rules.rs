//! The rules of routing, as tables.

use serde_json::json;

use super::world::{NOW, World, agent, give, profile, task, with_step};
use crate::agent::{AvailabilityTimer, ChannelSlots, Concurrency, EntryState, TASK, WorkloadBehavior, WorkloadSlots};
use crate::contact::Waiting;
use crate::criteria::Proficiency;
use crate::routing::{Candidate, Known, WaitList, decide, ripens_ms};

/// Who gets what in one pass, as `task>agent`, whatever the size of a page.
#[track_caller]
fn told(world: &World) -> String {
    let (_, expected) = world.clone().reference();
    for page in [1, 2, 100] {
        let (_, offers) = world.clone().pass(page);
        assert_eq!(offers, expected, "pages of {page}");
    }
    let all: Vec<_> = expected.iter().map(|own| format!("{}>{}", own.contact_id, own.user_id)).collect();
    all.join(" ")
}

fn priority(task: Waiting, priority: i64) -> Waiting {
    Waiting { priority, ..task }
}

fn adjusted(task: Waiting, seconds: i64) -> Waiting {
    Waiting { wait_ms: task.wait_ms - seconds * 1000, ..task }
}

/// tasks 3.3.3: the order of tasks for one agent.
#[test]
fn t3_3_3_the_order_of_tasks() {
    let one = |tasks: Vec<Waiting>| {
        let slots = i64::try_from(tasks.len()).unwrap();
        let profiles = vec![profile("p", slots, &[("q1", 1, 0), ("q1b", 1, 0), ("q2", 2, 0)])];
        World::new(profiles, vec![agent("u", "p", 10)], tasks)
    };
    for (tasks, order) in [
        // The agent's own queue, then the profile's priority, then the task's, then age, then id.
        (vec![task("a", "q2", 900), task("b", "q1", 5), task("c", "u", 1)], "c>u b>u a>u"),
        (vec![priority(task("a", "q1", 900), 6), priority(task("b", "q1", 1), 4), task("c", "q1", 9)], "b>u c>u a>u"),
        (vec![task("a", "q1", 5), task("b", "q1b", 7), task("c", "q1", 6)], "b>u c>u a>u"),
        (vec![priority(task("a", "q1", 900), 6), priority(task("b", "q1b", 1), 5)], "b>u a>u"),
        (vec![priority(task("a", "q2", 900), 1), priority(task("b", "q1", 1), 99)], "b>u a>u"),
        (
            vec![adjusted(task("a", "q1", 5), 100), task("b", "q1", 50), adjusted(task("c", "q1", 200), -180)],
            "a>u b>u c>u",
        ),
        (vec![task("b", "q1", 5), task("c", "q1b", 5), task("a", "q1", 5)], "a>u b>u c>u"),
        (vec![priority(task("a", "u", 9), 9), task("b", "u", 1), task("c", "q1", 99)], "b>u a>u c>u"),
        // Queues of others and of no profile are nothing for this one (tasks 3.1.1).
        (vec![task("a", "somebody", 9), task("b", "elsewhere", 9)], ""),
    ] {
        assert_eq!(told(&one(tasks)), order);
    }
}

/// tasks 3.3.2, 3.3.4: delays hold a task back from a profile's agents; priority counts among what is ripe; the own queue has none.
#[test]
fn t3_3_2_and_t3_3_4_delays() {
    let world = |tasks: Vec<Waiting>| {
        let profiles = vec![profile("p", 9, &[("q1", 1, 30), ("q2", 2, 0)]), profile("late", 9, &[("q1", 1, 60)])];
        World::new(profiles, vec![agent("u", "p", 10), agent("v", "late", 20)], tasks)
    };
    for (tasks, order, next_s) in [
        (vec![task("a", "q1", 29)], "", Some(1)),
        (vec![task("a", "q1", 30)], "a>u", Some(30)),
        (vec![task("a", "q1", 60)], "a>v", None),
        (vec![task("a", "q1", 29), task("b", "q2", 0)], "b>u", Some(1)),
        (vec![task("a", "q1", 31), task("b", "q2", 900)], "a>u b>u", None),
        // One that is sooner in the order, and not ripe, stands not before one that is.
        (vec![priority(task("a", "q1", 10), 1), task("b", "q1", 40), task("c", "q1", 35)], "b>u c>u", Some(20)),
        (vec![task("a", "u", 0)], "a>u", None),
    ] {
        let world = world(tasks);
        assert_eq!(told(&world), order);
        let next_ms = world.decide_all().next_ms;
        let rest = world.clone().reference().0;
        let later = rest.decide_all().next_ms.map(|ms| (ms - NOW) / 1000);
        assert!(next_ms.is_none_or(|ms| ms > NOW));
        if order.is_empty() || next_s.is_none() || rest.tasks.iter().any(|own| own.contact_id == "a") {
            assert_eq!(later, next_s, "{order}");
        }
    }
}

/// A task that enters a queue ripens once for each delay of the profiles that serve it.
#[test]
fn when_a_task_ripens() {
    let profiles = [
        profile("a", 1, &[("q", 1, 0), ("other", 1, 5)]),
        profile("b", 1, &[("q", 1, 60)]),
        profile("c", 1, &[("q", 2, 30)]),
    ];
    let next = |after_s: i64| ripens_ms(&profiles, "q", NOW, NOW + after_s * 1000).map(|ms| (ms - NOW) / 1000);
    for (after_s, expected) in [(0, Some(30)), (29, Some(30)), (30, Some(60)), (59, Some(60)), (60, None)] {
        assert_eq!(next(after_s), expected, "{after_s}");
    }
    assert_eq!(ripens_ms(&profiles, "nowhere", NOW, NOW), None);
}

/// tasks 3.3.5: the order of agents.
#[test]
fn t3_3_5_the_order_of_agents() {
    let tasks = |count: usize| (0..count).map(|n| task(&format!("t{n}"), "q", 100 - i64::try_from(n).unwrap()));
    let world = |agents: Vec<Candidate>, count: usize| {
        let mut inbound = profile("inbound", 2, &[("q", 1, 0)]);
        inbound.timer = AvailabilityTimer::LastInbound;
        World::new(vec![profile("p", 2, &[("q", 1, 0)]), inbound], agents, tasks(count).collect())
    };
    // The longest idle first; ties by user id; everybody one before anybody a second.
    let three = || vec![agent("a", "p", 10), agent("b", "p", 30), agent("c", "p", 10)];
    assert_eq!(told(&world(three(), 2)), "t0>b t1>a");
    assert_eq!(told(&world(three(), 6)), "t0>b t1>a t2>c t3>a t4>b t5>c");
    // Who holds tasks is idle since the last entry began.
    let mut agents = three();
    give(&mut agents[1].agent, "x", "connect:Task", EntryState::Connected, NOW - 5000);
    assert_eq!(told(&world(agents, 3)), "t0>a t1>c t2>b");
    // Each by the timer of the own profile: b missed an offer 5 seconds ago and had nothing else for 30.
    for (profile, order) in [("p", "t0>a t1>b"), ("inbound", "t0>b t1>a")] {
        let mut agents = vec![agent("a", "p", 10), agent("b", profile, 30)];
        agents[1].agent.last_ended_ms = NOW - 5000;
        assert_eq!(told(&world(agents, 2)), order, "{profile}");
    }
}

/// tasks 3.3.1, administration 2.6.4: who is not eligible gets nothing.
#[test]
fn t3_3_1_and_administration_2_6_4_who_gets_nothing() {
    let world = |own: Candidate| World::new(vec![profile("p", 1, &[("q", 1, 0)])], vec![own], vec![task("t", "q", 5)]);
    let free = || agent("u", "p", 10);
    assert_eq!(told(&world(free())), "t>u");
    assert_eq!(told(&world(Candidate { basic_access: false, ..free() })), "", "BasicAgentAccess");
    assert_eq!(told(&world(agent("u", "gone", 10))), "", "a profile that is not known");
    for (state, order) in [
        (EntryState::Connected, ""),
        (EntryState::Ended, ""),
        (EntryState::Missed, ""),
        (EntryState::Rejected, ""),
        (EntryState::Paused, "t>u"),
    ] {
        let mut own = free();
        give(&mut own.agent, "x", "connect:Task", state, NOW - 1000);
        assert_eq!(told(&world(own)), order, "{state:?}");
    }
    // By workload type: the agent has one slot for A, two for B, and A stands against B.
    let types = [("A", 1, WorkloadBehavior::CurrentTypeOnly), ("B", 2, WorkloadBehavior::CurrentChannelOnly)];
    let slots = types.map(|(name, slots, behavior)| WorkloadSlots { workload_type: name.to_owned(), slots, behavior });
    let mut typed = profile("p", 0, &[("q", 1, 0)]);
    let concurrency = Concurrency::ByWorkload(slots.to_vec());
    typed.channels = vec![ChannelSlots { channel: TASK.to_owned(), concurrency, any_channel: false }];
    let of = |id: &str, kind: &str, waited_s| Waiting {
        class: kind.to_owned(),
        workload_type: kind.to_owned(),
        ..task(id, "q", waited_s)
    };
    let run = |tasks: Vec<Waiting>| told(&World::new(vec![typed.clone()], vec![free()], tasks));
    assert_eq!(run(vec![of("a", "A", 9), of("b", "B", 8)]), "a>u");
    assert_eq!(run(vec![of("a", "A", 8), of("b", "B", 9), of("c", "B", 7)]), "b>u a>u");
    assert_eq!(run(vec![of("x", "connect:Task", 9), of("b", "B", 8), of("c", "B", 7), of("d", "B", 6)]), "b>u c>u");
}

/// tasks 3.3.6, flows 7.1.13: only agents who fit the active step.
#[test]
fn t3_3_6_and_f7_1_13_criteria_choose_the_agents() {
    let mut fluent = agent("b", "p", 20);
    fluent.agent.proficiencies =
        vec![Proficiency { name: "Language".to_owned(), value: "French".to_owned(), level: 4 }];
    let agents = vec![agent("a", "p", 30), fluent, agent("c", "p", 10)];
    let named = |ids: &[&str]| json!({"AttributeCondition": {"MatchCriteria": {"AgentsCriteria": {"AgentIds": ids}}}});
    let french = |level: i64| {
        json!({"AttributeCondition": {"Name": "Language", "Value": "French", "ProficiencyLevel": level,
            "ComparisonOperator": "NumberGreaterOrEqualTo"}})
    };
    let run = |tasks: Vec<Waiting>| told(&World::new(vec![profile("p", 1, &[("q", 1, 0)])], agents.clone(), tasks));
    assert_eq!(run(vec![with_step(task("t", "q", 9), &named(&["c"]))]), "t>c");
    assert_eq!(run(vec![with_step(task("t", "q", 9), &named(&["c", "b"]))]), "t>b");
    assert_eq!(run(vec![with_step(task("t", "q", 9), &named(&["z"]))]), "");
    assert_eq!(run(vec![with_step(task("t", "q", 9), &french(4))]), "t>b");
    assert_eq!(run(vec![with_step(task("t", "q", 9), &french(5))]), "");
    // What nobody fits holds up nobody else.
    let tasks =
        vec![with_step(task("s", "q", 9), &french(5)), with_step(task("t", "q", 8), &french(3)), task("u", "q", 1)];
    assert_eq!(run(tasks), "u>a t>b");
}

/// tasks 3.4.4: while its REJECTED entry stands, a task goes to another agent, and to the same one again when there is no other.
#[test]
fn t3_4_4_a_rejected_task_goes_to_another_agent_first() {
    for (others, order) in [(vec![agent("b", "p", 5)], "t>b"), (vec![], "")] {
        let mut first = agent("a", "p", 30);
        give(&mut first.agent, "t", "connect:Task", EntryState::Rejected, NOW - 1000);
        let agents = std::iter::once(first.clone()).chain(others).collect();
        assert_eq!(told(&World::new(vec![profile("p", 2, &[("q", 1, 0)])], agents, vec![task("t", "q", 60)])), order);
        let cleared = first.agent.due_ms().unwrap();
        first
            .agent
            .apply(crate::agent::AgentEvent::Timer, &mut crate::agent::AgentEffects::default(), cleared)
            .unwrap();
        let world = World::new(vec![profile("p", 2, &[("q", 1, 0)])], vec![first], vec![task("t", "q", 60)]);
        assert_eq!(told(&world), "t>a");
    }
}

/// What cannot matter is not asked for: with one free slot the first task of each list is enough, however many wait.
#[test]
fn a_decision_looks_no_further_than_it_must() {
    let world = World::new(vec![profile("p", 1, &[("q", 1, 0), ("r", 2, 0)])], vec![agent("u", "p", 10)], Vec::new());
    let list = |queue: &str, id: &str| WaitList {
        queue_id: queue.to_owned(),
        class: String::new(),
        delay_s: 0,
        waiting: vec![task(id, queue, 9)],
        complete: false,
    };
    let waiting = [list("q", "a"), list("r", "b")];
    let agents = [crate::routing::AgentList {
        profile_id: "p".to_owned(),
        skill: None,
        agents: world.agents.clone(),
        complete: true,
    }];
    let known = Known { now_ms: NOW, profiles: &world.profiles, waiting: &waiting, agents: &agents, named: &[] };
    let decision = decide(&known);
    assert_eq!((decision.offers.len(), decision.want), (1, None));
    let none =
        [crate::routing::AgentList { profile_id: "p".to_owned(), skill: None, agents: Vec::new(), complete: true }];
    let decision = decide(&Known { agents: &none, ..known });
    assert_eq!((decision.offers.len(), decision.want, decision.next_ms), (0, None, None));
}
