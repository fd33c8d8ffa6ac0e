//! How agents count in the numbers that flows ask for (flows 7.3.4).

use crate::agent::{Agent, ChannelSlots, EntryState, StatusType, TASK};

/// Agents who are not offline.
pub const ONLINE: usize = 0;
/// Agents whom routing may offer something now (tasks 3.3.1).
pub const AVAILABLE: usize = 1;
/// Agents available, busy or in after-contact work, unless they are offline.
pub const STAFFED: usize = 2;
/// Agents with a task in after-contact work.
pub const AFTER_CONTACT_WORK: usize = 3;
/// Agents with a task that is offered, in work or paused.
pub const BUSY: usize = 4;
/// Agents with an error entry.
pub const MISSED: usize = 5;
/// Agents in a status of type CUSTOM.
pub const NON_PRODUCTIVE: usize = 6;

/// In which of the numbers an agent counts, by index (B146). `channels` are the slots of the routing profile, `basic_access` says
/// whether a security profile of the user gives BasicAgentAccess.
pub fn counts(agent: &Agent, channels: &[ChannelSlots], basic_access: bool) -> [bool; 7] {
    let has = |which: fn(EntryState) -> bool| agent.entries.iter().any(|entry| which(entry.state));
    let online = agent.status.is.kind != StatusType::Offline;
    let available = basic_access && may_be_available(agent, channels);
    let after_contact = has(|state| state == EntryState::Ended);
    let busy = has(|state| matches!(state, EntryState::Connecting | EntryState::Connected | EntryState::Paused));
    let mut counts = [false; 7];
    counts[ONLINE] = online;
    counts[AVAILABLE] = available;
    counts[STAFFED] = online && (available || busy || after_contact);
    counts[AFTER_CONTACT_WORK] = after_contact;
    counts[BUSY] = busy;
    counts[MISSED] = has(EntryState::is_error);
    counts[NON_PRODUCTIVE] = agent.status.is.kind == StatusType::Custom;
    counts
}

/// Whether the agent is available if the user has BasicAgentAccess: takes offers and has a free slot for tasks (tasks 3.3.1).
pub fn may_be_available(agent: &Agent, channels: &[ChannelSlots]) -> bool {
    let free = |slots: &crate::agent::SlotCounts| slots.channel == TASK && slots.available > 0;
    agent.takes_offers() && agent.slots(channels).iter().any(free)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::agent::Concurrency;

    /// B146, flows 7.3.4: an agent by status and entries. The routing profile has one slot.
    #[test]
    fn b146_and_f7_3_4_in_which_numbers_an_agent_counts() {
        let channels =
            [ChannelSlots { channel: TASK.to_owned(), concurrency: Concurrency::Total(1), any_channel: false }];
        let names = ["online", "available", "staffed", "acw", "busy", "missed", "non-productive"];
        for (status, next, entries, basic_access, expected) in [
            ("ROUTABLE", false, &[][..], true, "online available staffed"),
            ("ROUTABLE", false, &[], false, "online"),
            ("ROUTABLE", true, &["CONNECTED"], true, "online staffed busy"),
            ("ROUTABLE", false, &["CONNECTING"], true, "online staffed busy"),
            ("ROUTABLE", false, &["PAUSED"], true, "online available staffed busy"),
            ("ROUTABLE", false, &["ENDED"], true, "online staffed acw"),
            ("ROUTABLE", false, &["CONNECTED", "ENDED"], true, "online staffed acw busy"),
            ("ROUTABLE", false, &["MISSED"], true, "online missed"),
            ("ROUTABLE", false, &["REJECTED"], true, "online missed"),
            ("CUSTOM", false, &[], true, "online non-productive"),
            ("CUSTOM", false, &["PAUSED"], true, "online staffed busy non-productive"),
            ("OFFLINE", false, &[], true, ""),
            ("OFFLINE", false, &["PAUSED"], true, "busy"),
        ] {
            let entry = |state: &&str| json!({"contact_id": state, "state": state, "initiation_method": "API"});
            let mut body = json!({
                "user_id": "u", "status": {"id": "s", "type": status, "since_ms": 0},
                "entries": entries.iter().map(entry).collect::<Vec<_>>(),
            });
            if next {
                body["next_status"] = json!({"id": "t", "type": "CUSTOM"});
            }
            let agent: Agent = serde_json::from_value(body).unwrap();
            let found = counts(&agent, &channels, basic_access);
            let found: Vec<&str> = names.into_iter().zip(found).filter(|(_, is)| *is).map(|(name, _)| name).collect();
            assert_eq!(found.join(" "), expected, "{status} {entries:?}");
        }
    }
}
