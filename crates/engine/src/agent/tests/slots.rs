//! Slots and slot maps.

use super::EntryState::{Connected, Connecting, Ended, Error, Missed, Paused, Rejected};
use super::*;

fn total(channel: &str, slots: i64, any_channel: bool) -> ChannelSlots {
    ChannelSlots { channel: channel.to_owned(), concurrency: Concurrency::Total(slots), any_channel }
}

fn by_workload(types: &[(&str, i64, WorkloadBehavior)]) -> ChannelSlots {
    let types = types.iter().map(|(name, slots, behavior)| WorkloadSlots {
        workload_type: (*name).to_owned(),
        slots: *slots,
        behavior: *behavior,
    });
    ChannelSlots { channel: TASK.to_owned(), concurrency: Concurrency::ByWorkload(types.collect()), any_channel: false }
}

/// An available agent with entries of these workload types.
fn holding(entries: &[(&str, EntryState)]) -> Agent {
    let mut agent = agent("Available", &[]);
    for (n, (workload_type, state)) in entries.iter().enumerate() {
        let mut own = entry(&format!("e{n}"), *state);
        own.workload_type = (*workload_type).to_owned();
        does(
            &mut agent,
            AgentEvent::Entry(Box::new(EntryChange { contact_id: own.contact_id.clone(), entry: Some(own) })),
            T0,
        );
    }
    agent
}

/// tasks 3.2.4: every entry takes a slot but a paused one; tasks 3.2.2, 3.2.5: what has no slot gets nothing, and fewer slots than
/// entries are no fault.
#[test]
fn t3_2_4_and_t3_2_2_and_t3_2_5_used_slots() {
    for state in [Connecting, Connected, Paused, Ended, Missed, Rejected, Error] {
        let agent = agent("Available", &[state, Connected]);
        assert_eq!(agent.used(), if state == Paused { 1 } else { 2 }, "{state:?}");
    }
    let agent = agent("Available", &[Connected, Connected]);
    for (slots, free) in [(0, false), (1, false), (2, false), (3, true)] {
        assert_eq!(agent.may_be_offered(&[total(TASK, slots, false)], "any"), free, "{slots}");
    }
    assert!(!agent.may_be_offered(&[total("CHAT", 5, true)], "any"), "a channel that is left out has no slot");
}

/// tasks 3.3.1: who may be offered something.
#[test]
fn t3_3_1_who_may_be_offered_a_task() {
    let slots = [total(TASK, 3, false)];
    for (name, entries, may) in [
        ("Available", &[][..], true),
        ("Break", &[], false),
        ("Offline", &[], false),
        ("Available", &[Connected, Connecting], true),
        ("Available", &[Connected, Connecting, Ended], false),
        ("Available", &[Connected, Connecting, Paused], true),
        ("Available", &[Missed], false),
        ("Available", &[Rejected], false),
        ("Available", &[Error], false),
    ] {
        assert_eq!(agent(name, entries).may_be_offered(&slots, "connect:Task"), may, "{name} {entries:?}");
    }
    let mut agent = agent("Available", &[Connected]);
    does(&mut agent, AgentEvent::PutStatus(status("Break")), T0 + 1);
    assert!(!agent.may_be_offered(&slots, "connect:Task"), "a next status is set");
}

/// administration 2.6.4 and B115: slots by workload type, and what stands beside what.
#[test]
fn b115_and_administration_2_6_4_workload_types() {
    use WorkloadBehavior::{AnyChannel, CurrentChannelOnly, CurrentTypeOnly};
    let profile = [by_workload(&[("A", 2, CurrentTypeOnly), ("B", 1, CurrentChannelOnly), ("C", 3, AnyChannel)])];
    for (entries, may) in [
        // In hand, then whether A, B, C and a type without entry may come.
        (&[][..], [true, true, true, false]),
        (&[("A", Connected)], [true, false, false, false]),
        (&[("A", Connected), ("A", Ended)], [false, false, false, false]),
        (&[("A", Paused)], [true, true, true, false]),
        (&[("B", Connected)], [true, false, true, false]),
        (&[("C", Connecting)], [true, true, true, false]),
        (&[("B", Connected), ("C", Connected)], [true, false, true, false]),
        (&[("C", Connected), ("C", Ended), ("C", Connecting)], [true, true, false, false]),
        (&[("X", Connected)], [true, true, true, false]),
        (&[("A", Connected), ("C", Connected)], [true, false, false, false]),
    ] {
        let agent = holding(entries);
        let told = ["A", "B", "C", "X"].map(|kind| agent.may_be_offered(&profile, kind));
        assert_eq!(told, may, "{entries:?}");
    }
}

/// administration 4.3.4: the slot maps; tasks 3.2.3: other channels feel what is open.
#[test]
fn administration_4_3_4_and_t3_2_3_slot_maps() {
    let maps = |agent: &Agent, channels: &[ChannelSlots]| -> Vec<(String, i64, i64, i64)> {
        let counts = agent.slots(channels).into_iter();
        counts.map(|own| (own.channel, own.max, own.active, own.available)).collect()
    };
    let row = |channel: &str, max, active, available| (channel.to_owned(), max, active, available);
    let profile = [total(TASK, 4, false), total("CHAT", 2, false), total("VOICE", 0, false)];
    let free = agent("Available", &[]);
    assert_eq!(maps(&free, &profile), [row(TASK, 4, 0, 4), row("CHAT", 2, 0, 2)], "no key without slots");
    let busy = agent("Available", &[Connected, Paused, Ended, Connecting]);
    assert_eq!(maps(&busy, &profile), [row(TASK, 4, 3, 1), row("CHAT", 2, 0, 0)]);
    let over = agent("Available", &[Connected, Connected, Connected, Connected, Connected]);
    assert_eq!(maps(&over, &profile)[0], row(TASK, 4, 5, 0), "never below 0");
    assert_eq!(maps(&agent("Break", &[Paused]), &profile), [row(TASK, 4, 1, 0), row("CHAT", 2, 0, 0)]);
    let mut next = agent("Available", &[Connected]);
    does(&mut next, AgentEvent::PutStatus(status("Break")), T0 + 1);
    assert_eq!(maps(&next, &profile)[0], row(TASK, 4, 1, 0), "a next status is set");
    let open = [total(TASK, 4, true), total("CHAT", 2, false)];
    assert_eq!(maps(&busy, &open)[1], row("CHAT", 2, 0, 2), "ROUTE_ANY_CHANNEL");

    use WorkloadBehavior::{AnyChannel, CurrentChannelOnly};
    let typed = [by_workload(&[("A", 2, CurrentChannelOnly), ("B", 3, AnyChannel)]), total("CHAT", 1, false)];
    let agent = holding(&[("B", Connected), ("B", Paused)]);
    assert_eq!(maps(&agent, &typed), [row(TASK, 5, 2, 4), row("CHAT", 1, 0, 1)], "MaxSlots is the sum of the types");
    assert_eq!(agent.slots(&typed)[0].workload_types["B"], (3, 2));
    assert_eq!(agent.slots(&typed)[0].workload_types["A"], (2, 0));
    assert_eq!(maps(&holding(&[("A", Connected)]), &typed)[1], row("CHAT", 1, 0, 0));
}
