use super::*;

fn key(user: &str) -> Key {
    ("i".to_owned(), user.to_owned())
}

fn view(slots: i64) -> View {
    let none = || Arc::new(Value::Null);
    let mut view = [none(), none(), none(), none(), none(), none(), none()];
    view[3] = Arc::new(slots.into());
    view
}

fn here(slots: i64, shows: &[&str]) -> Found {
    Found::Here { view: view(slots), next_ms: None, shows: shows.iter().map(|id| (*id).to_owned()).collect() }
}

fn json_of(bytes: &Bytes) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

#[test]
fn tasks_6_versions_grow_with_every_change_and_only_then() {
    let book = Book::default();
    let watched = book.enter(key("u"));
    let show = |slots, now_ms| {
        book.publish(&watched, book.ticket(), here(slots, &[]), now_ms);
        watched.state().version
    };
    assert_eq!(show(1, 5_000), 5_000, "b155: a time, so that it grows over restarts");
    assert_eq!(show(1, 6_000), 5_000, "nothing changed");
    assert_eq!(show(2, 5_000), 5_001, "two changes in one millisecond");
    assert_eq!(show(3, 4_000), 5_002, "a clock that goes back");
    assert_eq!(show(4, 9_000), 9_000);
    let state = watched.state();
    let first = state.after(5_000).unwrap();
    assert_eq!((first.version, json_of(&first.patch)["Slots"].clone()), (5_001, json!(2)));
    assert_eq!(state.after(5_001).unwrap().version, 5_002);
    assert_eq!(state.after(5_002).unwrap().version, 9_000);
    assert!(state.after(9_000).is_none() && state.after(4_999).is_none(), "the present one; one that never was");
    let snapshot = json_of(&state.snapshot(9_500).unwrap());
    assert_eq!((&snapshot["Version"], &snapshot["Slots"]), (&json!(9_000), &json!(4)));
}

#[test]
fn a_reading_that_a_later_one_overtook_changes_nothing() {
    let book = Book::default();
    let watched = book.enter(key("u"));
    let (early, late) = (book.ticket(), book.ticket());
    book.publish(&watched, late, here(2, &[]), 1);
    book.publish(&watched, early, here(1, &[]), 2);
    assert_eq!(watched.state().member("Slots"), json!(2));
}

/// tasks 6.4
#[test]
fn remembered_changes_are_bounded_in_number_and_in_bytes() {
    let book = Book::default();
    let watched = book.enter(key("u"));
    for n in 0..200 {
        book.publish(&watched, book.ticket(), here(n, &[]), n);
    }
    assert_eq!(watched.state().changes.len(), CHANGES_MAX);
    for n in 0..200 {
        let mut view = view(n);
        view[4] = Arc::new(json!({"c": "x".repeat(10_000) + &n.to_string()}));
        book.publish(&watched, book.ticket(), Found::Here { view, next_ms: None, shows: Vec::new() }, 200 + n);
    }
    let state = watched.state();
    assert!(state.changes_bytes <= CHANGES_BYTES_MAX && state.changes.len() < CHANGES_MAX, "{}", state.changes.len());
    assert_eq!(state.changes_bytes, state.changes.iter().map(|change| change.patch.len()).sum::<usize>());
}

fn row(table: &'static str, key: &str, sub_key: &str) -> Option<Row> {
    Row::of(Changed { table, instance_id: "i", key, sub_key })
}

#[test]
fn commits_mark_those_whose_screens_show_what_changed() {
    let facts = || Some(Row::Facts("i".to_owned()));
    assert_eq!(row("agent", "u", ""), Some(Row::User(key("u"))));
    assert_eq!(row("contact", "c", ""), Some(Row::Contact(key("c"))));
    assert_eq!(row("contact_attributes", "c", ""), Some(Row::Contact(key("c"))));
    assert_eq!(row("resource", "USER", "u"), Some(Row::User(key("u"))));
    assert_eq!((row("resource", "AGENT_QUEUE", "u"), row("resource_link", "USER", "u")), (None, None));
    assert_eq!((row("resource", "QUEUE", "q"), row("resource_link", "QUEUE", "q")), (facts(), facts()));
    assert_eq!((row("resource", "CONTACT_FLOW", "f"), row("resource", "HOURS_OF_OPERATION", "h")), (None, None));
    assert_eq!((row("task_template", "t", ""), row("outbox", "", "")), (facts(), None));
    let book = Book::default();
    let (a, b, c) = (book.enter(key("a")), book.enter(key("b")), book.enter(key("c")));
    book.publish(&a, book.ticket(), here(1, &["one", "chain"]), 1);
    book.publish(&b, book.ticket(), here(1, &["two", "chain"]), 1);
    book.publish(&c, book.ticket(), here(1, &[]), 1);
    let marks = |rows: Vec<Row>| {
        book.changed(Touched::Rows(rows));
        book.take_dirty().iter().map(|one| one.key.1.clone()).collect::<Vec<_>>()
    };
    assert_eq!(marks(vec![Row::Contact(key("one"))]), ["a"]);
    assert_eq!(marks(vec![Row::Contact(key("chain"))]), ["a", "b"]);
    assert_eq!(marks(vec![Row::User(key("c")), Row::User(key("nobody"))]), ["c"]);
    assert_eq!(marks(vec![Row::Facts("i".to_owned())]), ["a", "b", "c"]);
    assert_eq!(marks(vec![Row::Facts("other".to_owned())]), [] as [&str; 0]);
    book.publish(&a, book.ticket(), here(1, &[]), 1);
    assert_eq!(marks_of(&book, "one"), [] as [&str; 0], "it is no longer shown");
    book.publish(&b, book.ticket(), Found::Gone, 1);
    assert!(b.state().gone && marks_of(&book, "chain").is_empty());
}

/// tasks 6.4: an agent whom nobody reads costs nothing; who comes back reads, and gets all that changed meanwhile as one change.
#[test]
fn agents_without_readers_are_read_when_one_comes() {
    let book = Book::default();
    let a = book.enter(key("a"));
    book.publish(&a, book.ticket(), here(1, &["one"]), 1_000);
    a.leave();
    assert_eq!(marks_of(&book, "one"), [] as [&str; 0]);
    book.sweep(0, 10);
    assert!(book.take_dirty().is_empty());
    assert!(book.enter_known(&key("b")).is_none(), "nobody knows whether there is such an agent");
    let again = book.enter_known(&key("a")).unwrap();
    assert_eq!(marks_of(&book, "one"), ["a"]);
    book.publish(&again, book.ticket(), here(3, &["one"]), 2_000);
    assert_eq!(again.state().after(1_000).unwrap().version, 2_000);
    book.publish(&again, book.ticket(), Found::Gone, 3_000);
    assert!(book.enter_known(&key("a")).is_none());
}

/// tasks 6.3: what is committed between the reading of a screen and its showing is not lost.
#[test]
fn a_change_of_a_task_that_is_shown_for_the_first_time_is_not_missed() {
    let book = Book::default();
    let a = book.enter(key("a"));
    let ticket = book.ticket();
    assert_eq!(marks_of(&book, "other"), [] as [&str; 0]);
    assert_eq!(marks_of(&book, "one"), [] as [&str; 0], "it is not known that it will be shown");
    book.publish(&a, ticket, here(1, &["one"]), 1);
    assert_eq!(book.take_dirty().len(), 1, "it is read again");
    book.publish(&a, book.ticket(), here(2, &["one", "other"]), 2);
    assert!(book.take_dirty().is_empty(), "nothing was changed since this reading began");
    let early = book.ticket();
    for n in 0..=RECENT_MAX {
        marks_of(&book, &n.to_string());
    }
    book.publish(&a, early, here(3, &["third"]), 3);
    assert_eq!(book.take_dirty().len(), 1, "more was changed than is remembered");
    assert_eq!(book.pages().recent.len(), RECENT_MAX);
}

fn marks_of(book: &Book, contact: &str) -> Vec<String> {
    book.changed(Touched::Rows(vec![Row::Contact(key(contact))]));
    book.take_dirty().iter().map(|one| one.key.1.clone()).collect()
}

#[test]
fn a_commit_that_overlaps_with_the_first_reader_marks_everybody() {
    let book = Book::default();
    let touched = book.touched(&Batch::new());
    assert!(matches!(touched, Touched::Nobody(_)));
    let _watched = book.enter(key("a"));
    book.changed(touched);
    assert_eq!(book.take_dirty().len(), 1);
}

#[test]
fn the_sweep_takes_turns_and_finds_what_changes_by_itself() {
    let book = Book::default();
    let all: Vec<_> = ["a", "b", "c"].iter().map(|user| book.enter(key(user))).collect();
    let dirty = || book.take_dirty().iter().map(|one| one.key.1.clone()).collect::<Vec<_>>();
    let mut seen = Vec::new();
    for _ in 0..3 {
        book.sweep(0, 2);
        seen.push(dirty());
    }
    assert_eq!(seen, [vec!["a", "b"], vec!["a", "c"], vec!["b", "c"]], "each has its turn");
    let soon = Found::Here { view: view(1), next_ms: Some(1_000), shows: Vec::new() };
    book.publish(&all[1], book.ticket(), soon, 0);
    book.sweep(999, 0);
    assert_eq!(dirty(), [] as [&str; 0]);
    book.sweep(1_000, 0);
    assert_eq!(dirty(), ["b"]);
}
