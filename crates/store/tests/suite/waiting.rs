//! Tasks that wait to be offered, in their order; counts of what there is.

use std::collections::BTreeMap;

use store::{Batch, CLASSES_MAX, ContactRow, QueueNumbers, Store, Waiting, WaitingContact};

use crate::test_database::{TestDatabase, commit, contact, everywhere};

everywhere!(
    queues_in_which_something_waits_are_found,
    each_class_has_its_head_and_its_order,
    a_queue_of_many_classes_is_read_in_several_reads,
    the_place_in_the_queue,
    what_is_offered_has_left_the_count,
    tasks_are_counted_by_state,
);

const QUEUES: [&str; 3] = ["q1", "q2", "q3"];
const CLASSES: [&str; 4] = ["", "Claims", "Claims/2f", "connect:ExternalTask"];

/// A task that waits; each number has a place of its own.
fn waits(n: i64) -> ContactRow {
    let pick = |of: usize, by: i64| usize::try_from(n * by).unwrap() % of;
    let queue = QUEUES[pick(3, 5)].to_owned();
    let waiting = Waiting {
        queue_id: queue.clone(),
        class: CLASSES[pick(4, 7)].to_owned(),
        priority: 1 + n * 11 % 3,
        since_ms: 500 - n * 17 % 50,
    };
    ContactRow {
        state: "QUEUED".to_owned(),
        queue_id: Some(queue.clone()),
        queued_in: Some(queue),
        enqueued_ms: Some(1000 + n * 23 % 100),
        waiting: Some(waiting),
        ..contact(&format!("c{n:04}"), n)
    }
}

async fn insert_all(store: &Store, rows: impl IntoIterator<Item = ContactRow>) {
    let mut batch = Batch::new();
    rows.into_iter().for_each(|row| batch.insert_contact(&row));
    store.commit(batch).await.unwrap();
}

/// The order within a queue, whatever the class.
fn order(row: &ContactRow) -> (i64, i64, String) {
    let waiting = row.waiting.as_ref().unwrap();
    (waiting.priority, waiting.since_ms, row.id.clone())
}

fn place(row: &ContactRow) -> WaitingContact {
    let (priority, since_ms, id) = order(row);
    WaitingContact { id, priority, since_ms, enqueued_ms: row.enqueued_ms.unwrap() }
}

async fn queues_in_which_something_waits_are_found(database: TestDatabase) {
    let store = database.open_with_instances().await;
    assert!(store.waiting_queues("i", "", 9).await.unwrap().is_empty());
    assert!(store.waiting_instances("", 9).await.unwrap().is_empty());
    insert_all(&store, (0..40).map(waits)).await;
    insert_all(&store, (0..40).map(|n| contact(&format!("d{n}"), n))).await;
    assert_eq!(store.waiting_queues("i", "", 9).await.unwrap(), QUEUES);
    assert_eq!(store.waiting_queues("i", "", 2).await.unwrap(), ["q1", "q2"]);
    assert_eq!(store.waiting_queues("i", "q2", 9).await.unwrap(), ["q3"]);
    assert!(store.waiting_queues("i", "q3", 9).await.unwrap().is_empty());
    assert_eq!(store.waiting_instances("", 9).await.unwrap(), ["i"]);
    insert_all(&store, [ContactRow { instance_id: "j".to_owned(), ..waits(1) }]).await;
    assert_eq!(store.waiting_instances("", 9).await.unwrap(), ["i", "j"]);
    assert_eq!(store.waiting_instances("i", 9).await.unwrap(), ["j"]);
    // What was offered, or has left, is no longer there.
    for n in (0..40).filter(|n| waits(*n).queue_id.as_deref() == Some("q2")) {
        commit(&store, |batch| batch.update_contact(&ContactRow { waiting: None, ..waits(n) })).await.unwrap();
    }
    assert_eq!(store.waiting_queues("i", "", 9).await.unwrap(), ["q1", "q3"]);
}

async fn each_class_has_its_head_and_its_order(database: TestDatabase) {
    let store = database.open_with_instances().await;
    insert_all(&store, (0..1_500).map(waits)).await;
    for queue in QUEUES {
        let mut classes: BTreeMap<String, Vec<ContactRow>> = BTreeMap::new();
        for row in (0..1_500).map(waits).filter(|row| row.queue_id.as_deref() == Some(queue)) {
            classes.entry(row.waiting.as_ref().unwrap().class.clone()).or_default().push(row);
        }
        classes.values_mut().for_each(|rows| rows.sort_by_key(order));
        assert_eq!(classes.len(), 4);
        let heads = store.waiting_heads("i", queue, None).await.unwrap();
        assert_eq!(heads, classes.values().map(|rows| rows[0].clone()).collect::<Vec<_>>());
        assert_eq!(store.waiting_heads("i", queue, Some("Claims")).await.unwrap(), heads[2..]);
        for (class, rows) in &classes {
            // None of a queue have waited so long; few; more than are put in order after the read; all are asked for.
            for ripe_ms in [999, 1040, 1080, i64::MAX] {
                let ripe = rows.iter().map(place).filter(|row| row.enqueued_ms <= ripe_ms);
                let mut found: Vec<WaitingContact> = Vec::new();
                loop {
                    let page = store.waiting("i", queue, class, ripe_ms, found.last(), 20).await.unwrap();
                    let last = page.len() < 20;
                    found.extend(page);
                    if last {
                        break;
                    }
                }
                assert_eq!(found, ripe.collect::<Vec<_>>(), "{queue} {class} {ripe_ms}");
            }
        }
    }
    assert!(store.waiting_heads("j", "q1", None).await.unwrap().is_empty());
    assert!(store.waiting_heads("i", "q4", None).await.unwrap().is_empty());
}

async fn a_queue_of_many_classes_is_read_in_several_reads(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let many = i64::try_from(CLASSES_MAX).unwrap() + 50;
    let of_class = |n: i64| {
        let mut row = waits(n);
        row.waiting.as_mut().unwrap().queue_id = "q1".to_owned();
        row.waiting.as_mut().unwrap().class = if n == 0 { String::new() } else { format!("{n:04}") };
        row
    };
    insert_all(&store, (0..many).map(of_class)).await;
    let first = store.waiting_heads("i", "q1", None).await.unwrap();
    assert_eq!(first.len(), CLASSES_MAX);
    let last = first.last().unwrap().waiting.clone().unwrap().class;
    let rest = store.waiting_heads("i", "q1", Some(&last)).await.unwrap();
    let ids: Vec<String> = first.into_iter().chain(rest).map(|row| row.id).collect();
    assert_eq!(ids, (0..many).map(|n| of_class(n).id).collect::<Vec<_>>());
    let behind = ContactRow { waiting: of_class(7).waiting, ..of_class(7) };
    let before = (0..many).filter(|n| order(&of_class(*n)) < order(&behind)).count();
    assert_eq!(store.position_in_queue(&behind, None).await.unwrap(), i64::try_from(before + 1).ok());
}

async fn the_place_in_the_queue(database: TestDatabase) {
    let store = database.open_with_instances().await;
    insert_all(&store, (0..120).map(waits)).await;
    for n in [0, 1, 17, 119] {
        let row = waits(n);
        let others =
            || (0..120).map(waits).filter(|other| other.queue_id == row.queue_id && order(other) < order(&row));
        let class = |row: &ContactRow| row.waiting.as_ref().unwrap().class.clone();
        let all = i64::try_from(others().count()).unwrap() + 1;
        let same = i64::try_from(others().filter(|other| class(other).ends_with(&class(&row))).count()).unwrap() + 1;
        assert_eq!(store.position_in_queue(&row, None).await.unwrap(), Some(all), "{n}");
        assert_eq!(store.position_in_queue(&row, Some(&class(&row))).await.unwrap(), Some(same), "{n}");
    }
    assert_eq!(store.position_in_queue(&contact("c", 1), None).await.unwrap(), None);
}

async fn what_is_offered_has_left_the_count(database: TestDatabase) {
    let store = database.open_with_instances().await;
    assert_eq!(store.queue_numbers("i", "q1", "in q1").await.unwrap(), QueueNumbers::default());
    let rows: Vec<ContactRow> = (0..60).map(waits).filter(|row| row.queue_id.as_deref() == Some("q1")).collect();
    for row in &rows {
        commit(&store, |batch| {
            batch.insert_contact(row);
            batch.add_to_counter("i", "in q1", 1, None);
        })
        .await
        .unwrap();
    }
    insert_all(&store, [waits(1)]).await;
    let numbers = store.queue_numbers("i", "q1", "in q1").await.unwrap();
    let oldest_ms = rows.iter().filter_map(|row| row.enqueued_ms).min();
    assert_eq!(numbers, QueueNumbers { contacts: 20, oldest_ms });
    let oldest = rows.iter().min_by_key(|row| row.enqueued_ms).unwrap();
    let offered = ContactRow { state: "OFFERED".to_owned(), waiting: None, ..oldest.clone() };
    commit(&store, |batch| batch.update_contact(&offered)).await.unwrap();
    let rest = rows.iter().filter(|row| row.id != oldest.id).filter_map(|row| row.enqueued_ms).min();
    let numbers = store.queue_numbers("i", "q1", "in q1").await.unwrap();
    assert_eq!(numbers, QueueNumbers { contacts: 19, oldest_ms: rest });
    let inside = store.contacts_inside("i", "q1", 99).await.unwrap();
    assert!(inside.len() == 20 && inside.contains(&offered.id), "what is offered is still inside");
    assert_eq!(store.contacts_inside("i", "q1", 3).await.unwrap().len(), 3);
    let accepted = ContactRow { rev: 1, queued_in: None, ..offered };
    commit(&store, |batch| {
        batch.update_contact(&accepted);
        batch.subtract_from_counter("i", "in q1", 1);
    })
    .await
    .unwrap();
    assert_eq!(store.queue_numbers("i", "q1", "in q1").await.unwrap().contacts, 19);
    assert_eq!(store.contacts_inside("i", "q1", 99).await.unwrap().len(), 19);
}

async fn tasks_are_counted_by_state(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let states = ["SCHEDULED", "IN_FLOW", "QUEUED", "OFFERED", "CONNECTED", "PAUSED", "WRAP_UP", "ACW", "COMPLETED"];
    let mut expected = BTreeMap::new();
    let mut batch = Batch::new();
    let mut overdue = 0;
    for n in 0..200_i64 {
        let state = states[usize::try_from(n % 9).unwrap()];
        // After-contact work may be without limit; what is over is never due.
        let due_ms = if state == "COMPLETED" || state == "ACW" && n % 2 == 0 { None } else { Some(n) };
        let instance_id = if n % 4 == 0 { "j" } else { "i" }.to_owned();
        batch.insert_contact(&ContactRow {
            instance_id,
            state: state.to_owned(),
            due_ms,
            ..contact(&format!("c{n}"), n)
        });
        overdue += i64::from(due_ms.is_some_and(|due_ms| due_ms < 50));
        if state != "COMPLETED" {
            *expected.entry(state.to_owned()).or_insert(0) += 1;
        }
    }
    store.commit(batch).await.unwrap();
    let counts = store.contact_counts(50).await.unwrap();
    assert_eq!((counts.by_state, counts.overdue), (expected, overdue));
}
