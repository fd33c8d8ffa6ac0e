//! Agents, tested: the rules one by one, the worked example, and random histories of agents and contacts.

mod day;
mod follow;
mod office;
mod random;
mod rules;
mod screen;
mod slots;

use super::*;

/// 2026-03-02T09:00:00Z.
const T0: i64 = 1_772_442_000_000;
const MINUTE: i64 = 60_000;

fn status(name: &str) -> StatusRef {
    let kind = match name {
        "Available" => StatusType::Routable,
        "Offline" => StatusType::Offline,
        _ => StatusType::Custom,
    };
    StatusRef { id: name.to_owned(), kind }
}

/// An agent in this status since [`T0`], with entries e0, e1 and so on in these states.
fn agent(name: &str, states: &[EntryState]) -> Agent {
    let mut agent = Agent::new("u1".to_owned(), status("Offline"), "profile".to_owned(), T0);
    agent.status.is = status(name);
    for (n, state) in states.iter().enumerate() {
        set(&mut agent, &format!("e{n}"), Some(*state), T0);
    }
    agent
}

fn entry(id: &str, state: EntryState) -> Entry {
    Entry {
        contact_id: id.to_owned(),
        state,
        since_ms: 0,
        began_ms: 0,
        connected_ms: matches!(state, EntryState::Connected | EntryState::Paused | EntryState::Ended).then_some(T0),
        queue: None,
        initiation_method: InitiationMethod::Api,
        channel: task(),
        workload_type: "connect:Task".to_owned(),
        attempt: 1,
        deadline_ms: None,
        until_ms: None,
        booked_ms: 0,
        other: Map::new(),
    }
}

/// A contact says that its entry is now in this state, or gone.
fn set(agent: &mut Agent, id: &str, state: Option<EntryState>, now_ms: i64) -> AgentEffects {
    let change = EntryChange { contact_id: id.to_owned(), entry: state.map(|state| entry(id, state)) };
    does(agent, AgentEvent::Entry(Box::new(change)), now_ms)
}

fn does(agent: &mut Agent, event: AgentEvent, now_ms: i64) -> AgentEffects {
    let mut effects = AgentEffects::default();
    let before = agent.clone();
    let changed = agent.apply(event, &mut effects, now_ms).unwrap();
    assert_eq!(changed, *agent != before);
    assert!(changed || effects == AgentEffects::default());
    effects
}

fn states(agent: &Agent) -> Vec<EntryState> {
    agent.entries.iter().map(|entry| entry.state).collect()
}
