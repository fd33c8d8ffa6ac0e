//! Start, schedule, data, template, tags, routing data, attributes (tasks 2.2, 2.4, 2.6, 2.13, 2.14).

use super::*;
use crate::contact::start::schedule_fault;

const DAY: i64 = 1440 * MINUTE;

fn update(change: impl FnOnce(&mut Update)) -> Event {
    let mut update = Update::default();
    change(&mut update);
    Event::Update(Box::new(update))
}

/// The properties that the last event names.
fn updated(life: &Life) -> Vec<String> {
    let detail: serde_json::Value = serde_json::from_str(&life.effects.events.last().unwrap().detail).unwrap();
    assert_eq!(detail["eventType"], "CONTACT_DATA_UPDATED");
    serde_json::from_value(detail["updatedProperties"].clone()).unwrap()
}

/// tasks 2.6.4: at its time a scheduled task starts, at once when late; before, nothing of it runs.
#[test]
fn t2_6_4_start() {
    let life = Life::scheduled();
    let start_ms = T0 + 60 * MINUTE;
    assert_eq!(life.contact.ready_run(start_ms), None);
    assert_eq!(life.contact.due_ms(), Some(start_ms));
    assert_eq!(life.contact.due_event(start_ms - 1), None);
    for now_ms in [start_ms, start_ms + DAY] {
        assert_eq!(life.contact.due_event(now_ms), Some(Event::Start));
        let started = life.clone().after(now_ms - T0).then(Event::Start);
        assert_eq!(started.contact.ready_run(now_ms), Some(RunKind::Main));
    }
}

/// tasks 2.2, 4.1.6: the first flow to run connects the contact to the system; the scheduled one not at its creation.
#[test]
fn t2_2_connected_to_system() {
    let life = Life::scheduled().after(60 * MINUTE).then(Event::Start);
    assert_eq!(life.contact.times.connected_to_system_ms, None);
    let life = life.after(310).then(Event::FlowBegan);
    let began_ms = T0 + 60 * MINUTE + 310;
    assert_eq!(life.contact.times.connected_to_system_ms, Some(began_ms));
    assert_eq!(life.events(), ["INITIATED", "CONNECTED_TO_SYSTEM"]);
    let again = life.clone().after(5).then(Event::FlowBegan);
    assert_eq!((again.contact, again.effects), (life.contact, life.effects));
}

/// tasks 2.6.1, 2.6.3, 2.3.13: a new start time within its bounds moves the expiry too.
#[test]
fn t2_6_1_reschedule() {
    let reschedule = |to_ms| Event::Reschedule { to_ms, limit_ms: 90 * DAY };
    for (to_ms, good) in
        [(T0 - 1, false), (T0, true), (T0 + DAY, true), (T0 + 90 * DAY, true), (T0 + 90 * DAY + 1, false)]
    {
        let mut life = Life::scheduled();
        let result = life.apply(reschedule(to_ms));
        if good {
            assert_eq!(result, Ok(()));
            assert_eq!(life.contact.times.scheduled_ms, Some(to_ms));
            assert_eq!(life.contact.expiry.at_ms, to_ms + 7 * DAY);
            assert_eq!(updated(&life), ["ScheduledTimestamp"]);
        } else {
            assert_eq!(result, Err(ExceptionKind::InvalidParameterException), "{to_ms}");
        }
    }
}

/// tasks 2.3.13: the refusal of a time names the server's, which `--dev` may have moved.
#[test]
fn t2_3_13_a_refused_time_names_the_server_s() {
    const NOW: i64 = 1_772_442_904_310;
    for (to_ms, fault) in [
        (NOW - 1, Some("the time is in the past; the server's time is 2026-03-02T09:15:04Z")),
        (NOW, None),
        (NOW + 2 * DAY, None),
        (NOW + 2 * DAY + 1, Some("the time is more than 2 days ahead; the server's time is 2026-03-02T09:15:04Z")),
    ] {
        assert_eq!(schedule_fault(to_ms, NOW, 2 * DAY).as_deref(), fault);
    }
}

/// tasks 2.6.2: the 21st time is one too many.
#[test]
fn t2_6_2_twenty_reschedules() {
    let reschedule = || Event::Reschedule { to_ms: T0 + DAY, limit_ms: 90 * DAY };
    let mut life = Life::scheduled();
    for _ in 0..20 {
        life = life.then(reschedule());
    }
    assert_eq!(life.apply(reschedule()), Err(ExceptionKind::LimitExceededException));
}

/// tasks 2.13.1: nothing to update is refused; completed contacts can be updated, and their record is written anew (4.2.1).
#[test]
fn t2_13_1_update() {
    for state in State::ALL {
        let mut life = Life::in_state(state);
        life.effects = Effects::default();
        assert_eq!(life.apply(update(|_| {})), Err(ExceptionKind::InvalidRequestException), "{state:?}");
        let life = life.then(update(|update| update.name = Some("New".to_owned())));
        assert_eq!(life.contact.name, "New");
        assert_eq!(life.effects.record, state == State::Completed, "{state:?}");
    }
}

/// tasks 2.13.2, flows 7.2.3: given members replace, given references are added or replaced, the others stay.
#[test]
fn t2_13_2_members() {
    let reference = |value: &str| Reference { kind: ReferenceKind::String, value: value.to_owned() };
    let mut life = Life::new();
    life.contact.description = Some("old".to_owned());
    life.contact.references = BTreeMap::from([("a".to_owned(), reference("1")), ("b".to_owned(), reference("2"))]);
    let life = life.then(update(|update| {
        update.references = BTreeMap::from([("b".to_owned(), reference("3")), ("c".to_owned(), reference("4"))]);
        update.language_code = Some("de-DE".to_owned());
    }));
    assert_eq!((life.contact.name.as_str(), life.contact.description.as_deref()), ("Call back", Some("old")));
    let values: Vec<_> = life.contact.references.values().map(|reference| reference.value.as_str()).collect();
    assert_eq!(values, ["1", "3", "4"]);
    assert_eq!(life.contact.language_code.as_deref(), Some("de-DE"));
    assert_eq!(life.events(), ["INITIATED"], "4.1.4 knows no such property");
    let life = life.then(update(|update| {
        update.description = Some(String::new());
        update.customer_id = Some("7".to_owned());
    }));
    assert_eq!(life.contact.description, None, "empty is no value");
    assert_eq!(life.contact.customer_id.as_deref(), Some("7"));
}

/// tasks 2.13.4, 2.11.1: a new expiry counts from where the old one did, also for transferred and scheduled tasks.
#[test]
fn t2_13_4_expiry() {
    let expiry = |minutes| update(|update| update.expiry_minutes = Some(minutes));
    let life = Life::new().after(30 * MINUTE);
    for (minutes, good) in [(30, false), (31, true), (129_600, true), (129_601, false), (0, false), (-1, false)] {
        let mut life = life.clone();
        let result = life.apply(expiry(minutes));
        if good {
            assert_eq!(result, Ok(()), "{minutes}");
            assert_eq!(life.contact.expiry, Expiry { minutes, at_ms: T0 + minutes * MINUTE });
            assert_eq!(updated(&life), ["SegmentAttributes"]);
        } else {
            assert_eq!(result, Err(ExceptionKind::InvalidRequestException), "{minutes}");
        }
    }
    let moved = life.then(transfer()).successor().then(expiry(60));
    assert_eq!(moved.contact.expiry.at_ms, T0 + 60 * MINUTE, "from the first contact's initiation");
    let scheduled = Life::scheduled().then(expiry(60));
    assert_eq!(scheduled.contact.expiry.at_ms, T0 + 120 * MINUTE, "from the start (tasks 2.3.13)");
    for state in [State::Acw, State::Completed] {
        assert_eq!(Life::in_state(state).apply(expiry(60)), Err(ExceptionKind::InvalidRequestException));
    }
}

/// tasks 2.13.4, 4.1.4: several changes of one call are one event.
#[test]
fn t2_13_4_segment_attributes() {
    let life = Life::new().then(update(|update| {
        update.segment_attributes = BTreeMap::from([("own".to_owned(), "1".to_owned())]);
        update.expiry_minutes = Some(60);
    }));
    assert_eq!(life.contact.segment_attributes["own"], "1");
    assert_eq!(life.events(), ["INITIATED", "CONTACT_DATA_UPDATED"]);
}

/// tasks 2.13.5, 2.13.8, task-templates 5.8.1: not with an agent, paused ones included; not the template in use.
#[test]
fn t2_13_5_retemplate() {
    let retemplate = |id: &str| Event::Retemplate { template: template(id, Some("wrap")) };
    let mut held = Life::in_state(State::Connected).then(PAUSE);
    assert_eq!(held.apply(retemplate("t2")), Err(ExceptionKind::InvalidRequestException));
    let mut life = Life::in_state(State::Queued).then(retemplate("t2"));
    assert_eq!(life.apply(retemplate("t2")), Err(ExceptionKind::InvalidRequestException));
    assert_eq!(life.contact.template, Some(template("t2", Some("wrap"))));
    assert_eq!(life.runs(), [RunKind::CustomerQueue], "the flow is not restarted");
    assert_eq!(life.then(end(DisconnectReason::Api)).contact.state, State::WrapUp, "the new wrap-up module");
}

/// tasks 2.13.7: the sixth update is one too many; refused ones do not count.
#[test]
fn t2_13_7_five_templates() {
    let retemplate = |n: u32| Event::Retemplate { template: template(&format!("t{n}"), None) };
    let mut life = Life::new();
    for n in 0..5 {
        life = life.then(retemplate(n));
        assert!(life.apply(retemplate(n)).is_err());
    }
    assert_eq!(life.apply(retemplate(5)), Err(ExceptionKind::ServiceQuotaExceededException));
    assert_eq!(life.apply(retemplate(4)), Err(ExceptionKind::InvalidRequestException), "the state comes first");
}

/// tasks 2.14.7, 2.2.4, flows 7.2.6: six user tags in all, all or nothing, none of the service's own.
#[test]
fn t2_14_7_tags() {
    let tags = |keys: &[&str]| keys.iter().map(|key| ((*key).to_owned(), "v".to_owned())).collect::<BTreeMap<_, _>>();
    let tag = |keys: &[&str]| Event::Tag { tags: tags(keys) };
    let untag = |keys: &[&str]| Event::Untag { keys: keys.iter().map(|key| (*key).to_owned()).collect() };
    let mut life = Life::in_state(State::Completed).then(tag(&["a", "b", "c", "d", "e"])).then(tag(&["a", "f"]));
    assert_eq!(updated(&life), ["Tags"]);
    assert_eq!(life.apply(tag(&["a", "g"])), Err(ExceptionKind::InvalidRequestException));
    assert_eq!(life.apply(tag(&["aws:connect:instanceId"])), Err(ExceptionKind::InvalidRequestException));
    assert_eq!(life.apply(untag(&["aws:connect:instanceId"])), Err(ExceptionKind::InvalidRequestException));
    let life = life.then(untag(&["a", "b", "unknown"])).then(tag(&["g"]));
    assert_eq!(life.contact.tags, tags(&["c", "d", "e", "f", "g"]));
    let same = life.clone().after(5).then(tag(&["c"])).then(untag(&["unknown"]));
    assert_eq!((same.contact, same.effects), (life.contact, life.effects), "nothing has changed");
}

/// tasks 2.14.5, flows 7.1.10: one of the two, or criteria; the one that is not given stays.
#[test]
fn t2_14_5_routing() {
    let route = |priority, age_adjustment_s| Event::Route { priority, age_adjustment_s, criteria: None };
    let mut life = Life::in_state(State::Queued);
    assert_eq!(life.apply(route(Some(1), Some(1))), Err(ExceptionKind::InvalidParameterException));
    assert_eq!(life.apply(route(None, None)), Err(ExceptionKind::InvalidParameterException));
    let life = life.then(route(Some(1), None)).then(route(None, Some(-600)));
    assert_eq!((life.contact.routing.priority, life.contact.routing.age_adjustment_s), (1, -600));
    let mut over = Life::in_state(State::Completed);
    assert_eq!(over.apply(route(Some(1), Some(1))), Err(ExceptionKind::InvalidParameterException));
}

/// tasks 2.14.1, 4.2.1: written attributes are an event, and a new record for what is completed.
#[test]
fn t2_14_1_attributes() {
    for state in State::ALL {
        let mut life = Life::in_state(state);
        life.effects = Effects::default();
        let life = life.then(Event::AttributesWritten);
        assert_eq!(updated(&life), ["UserDefinedAttributes"]);
        assert_eq!(life.effects.record, state == State::Completed);
    }
}

/// tasks 2.3.12, 2.4.3, flows 3.9: which keys attributes may have.
#[test]
fn t2_3_12_attribute_keys() {
    for (key, api, flow) in [
        ("tier", true, true),
        ("a_B-9", true, true),
        ("two words", false, true),
        ("größe", false, true),
        ("a.b", false, false),
        ("$a", false, false),
        ("", false, false),
    ] {
        let new = Attributes::from([(key.to_owned(), "v".to_owned())]);
        for (from_flow, good) in [(false, api), (true, flow)] {
            let merged = merge_attributes(&Attributes::new(), &new, from_flow);
            let kind = merged.map_err(|refusal| refusal.kind);
            let expected = if good { Ok(new.clone()) } else { Err(ExceptionKind::InvalidParameterException) };
            assert_eq!(kind, expected, "{key:?} from_flow {from_flow}");
        }
    }
}

/// tasks 2.3.12, 2.4.3, 2.14.1, 2.14.2: 32,768 bytes of keys and values in the result; an empty value frees space.
#[test]
fn t2_14_2_attribute_bytes() {
    let one = |key: &str, value: String| Attributes::from([(key.to_owned(), value)]);
    let full = one("a", "x".repeat(32_767));
    assert_eq!(merge_attributes(&Attributes::new(), &full, false), Ok(full.clone()));
    let more = merge_attributes(&full, &one("b", String::new()), false);
    assert_eq!(more.map_err(|refusal| refusal.kind), Err(ExceptionKind::InvalidParameterException));
    let freed = merge_attributes(&full, &one("a", String::new()), false).unwrap();
    assert_eq!(freed, one("a", String::new()), "kept, and empty");
    let umlauts = one("a", "ä".repeat(16_384));
    assert!(merge_attributes(&Attributes::new(), &umlauts, true).is_err(), "bytes, not characters");
    let both = merge_attributes(&one("old", "1".to_owned()), &one("new", "2".to_owned()), false).unwrap();
    assert_eq!(both.len(), 2, "the others stay");
}

#[test]
fn b83_the_times_of_a_task_never_run_backwards() {
    let mut life = Life::new();
    let tags = |key: &str| Event::Tag { tags: [(key.to_owned(), "x".to_owned())].into() };
    life.now_ms = T0 + 5_000;
    life.apply(tags("a")).expect("a tag");
    life.now_ms = T0 + 1_000;
    life.apply(tags("b")).expect("another tag, at an earlier time");
    life.apply(Event::End { reason: DisconnectReason::Api }).expect("the end");
    assert_eq!((life.contact.times.updated_ms, life.contact.times.disconnected_ms), (T0 + 5_000, Some(T0 + 5_000)));
    assert!(life.effects.events.iter().skip(1).all(|event| event.time_ms == T0 + 5_000), "{:?}", life.effects.events);
}
