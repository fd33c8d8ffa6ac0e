//! What an agent's screen shows (tasks 6).

use serde_json::json;

use super::*;
use crate::agent::screen::{self, EXPIRES_SOON_MS, Shown};
use crate::contact::start::fresh;
use crate::contact::{Contact, Offer, State};

fn channels(slots: i64) -> Vec<ChannelSlots> {
    vec![ChannelSlots { channel: task(), concurrency: Concurrency::Total(slots), any_channel: false }]
}

fn contact(state: State) -> Contact {
    let mut contact = fresh("e0".to_owned(), InitiationMethod::Api, T0);
    contact.state = state;
    contact.expiry.at_ms = T0 + 10 * EXPIRES_SOON_MS;
    contact
}

#[test]
fn tasks_6_commands_are_those_that_may_be_called_now() {
    let table: [(EntryState, State, &[&str]); 8] = [
        (EntryState::Connecting, State::Offered, &["accept", "reject"]),
        (EntryState::Connected, State::Connected, &["complete", "pause", "transfer", "update"]),
        (EntryState::Connected, State::WrapUp, &["update"]),
        (EntryState::Paused, State::Paused, &["complete", "resume", "transfer"]), // tasks 2.7.11
        (EntryState::Ended, State::Acw, &["close", "update"]),
        (EntryState::Missed, State::Queued, &["close"]),
        (EntryState::Rejected, State::Queued, &["close"]),
        (EntryState::Error, State::Queued, &["close"]),
    ];
    for (state, of_contact, expected) in table {
        let agent = agent("Available", &[state]);
        let contact = contact(of_contact);
        let commands = screen::commands(&agent, &agent.entries[0], Some(&contact), &channels(5));
        assert_eq!(commands, expected, "{state:?}");
    }
}

#[test]
fn tasks_6_commands_follow_the_limits() {
    let agent = agent("Available", &[EntryState::Connected, EntryState::Paused]);
    let of = |contact: &Contact, slots| screen::commands(&agent, &agent.entries[0], Some(contact), &channels(slots));
    let mut contact = contact(State::Connected);
    assert!(!of(&contact, 1).contains(&"pause"), "tasks 2.7.4");
    assert!(of(&contact, 2).contains(&"pause"));
    contact.pause_count = 10;
    assert!(!of(&contact, 2).contains(&"pause"), "tasks 2.7.6");
    contact.transfers = 11;
    assert!(!of(&contact, 2).contains(&"transfer"), "tasks 2.8.4");
    let offered = super::agent("Available", &[EntryState::Connecting]);
    let by = office::person("u1");
    contact.offer = Some(Offer { agent: by, offered_ms: T0, until_ms: None, accepted: true });
    let whispering = screen::commands(&offered, &offered.entries[0], Some(&contact), &channels(5));
    assert!(whispering.is_empty(), "tasks 3.4.2: the whisper flow runs");
}

#[test]
fn tasks_2_11_4_a_task_expires_soon_two_hours_before_its_end() {
    let agent = agent("Available", &[EntryState::Connected]);
    let mut contact = contact(State::Connected);
    contact.expiry.at_ms = T0 + EXPIRES_SOON_MS + 1;
    let show = |contact: &Contact, now_ms| {
        let shown = Shown { contact: Some(contact), ..Shown::default() };
        let (value, next_ms) = screen::entry(&agent, &agent.entries[0], shown, &channels(5), now_ms);
        (value["ExpiresSoon"].clone(), next_ms)
    };
    assert_eq!(show(&contact, T0), (json!(false), Some(T0 + 1)));
    assert_eq!(show(&contact, T0 + 1), (json!(true), None));
    contact.state = State::Acw;
    assert_eq!(show(&contact, T0 + 1), (json!(false), None), "what is over does not expire");
}

#[test]
fn tasks_6_an_entry_has_all_that_a_screen_shows_and_nothing_without_a_value() {
    let agent = agent("Available", &[EntryState::Connected]);
    let mut contact = contact(State::WrapUp);
    contact.name = "Refund".to_owned();
    let shown = Shown { contact: Some(&contact), ..Shown::default() };
    let (value, _) = screen::entry(&agent, &agent.entries[0], shown, &channels(5), T0);
    assert_eq!(
        (&value["State"], &value["Name"], &value["Paused"]),
        (&json!("WRAP_UP"), &json!("Refund"), &json!(false))
    );
    assert_eq!(value["Since"], "2026-03-02T09:00:00.000Z");
    assert!(value.as_object().unwrap().values().all(|value| !value.is_null()), "{value}");
    assert!(value.get("Deadline").is_none() && value.get("Queue").is_none() && value.get("Description").is_none());
    let without = screen::entry(&agent, &agent.entries[0], Shown::default(), &channels(5), T0);
    assert_eq!((&without.0["State"], without.1), (&json!("CONNECTED"), None), "its data was deleted");
    let slots = screen::slots(&agent, &channels(5));
    assert_eq!(slots, json!({"TASK": {"Max": 5, "Active": 1, "Available": 4}}));
    let status = screen::status(&agent, |id| Some(id.to_uppercase()));
    assert_eq!((&status["Name"], &status["Type"]), (&json!("AVAILABLE"), &json!("ROUTABLE")));
    assert!(status.get("Next").is_none());
}
