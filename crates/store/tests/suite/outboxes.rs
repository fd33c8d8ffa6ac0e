//! The outbox: in order for each contact, nothing lost, nothing blocked by dead letters (tasks 4.1.7).

use std::collections::BTreeMap;

use store::{Conflict, NewOutboxRow, OutboxKey, OutboxNumbers, SHARDS, Store, shard_of};
use tokio::task::JoinSet;

use crate::test_database::{TestDatabase, commit, conflict, everywhere};

everywhere!(
    rows_come_in_order_and_go_when_delivered,
    a_row_that_waits_holds_up_its_contact_only,
    rows_behind_one_that_waits_are_parked_and_woken,
    what_is_left_parked_is_found,
    what_was_given_up_holds_up_nothing_and_can_come_back,
    sinks_and_shards_are_apart,
    sinks_that_have_something_waiting_are_known,
    dead_letters_are_listed_in_pages,
    whatever_fails_the_order_is_kept,
);

fn told(contact_id: &str, sequence: i64, created_ms: i64) -> NewOutboxRow {
    NewOutboxRow {
        contact_id: contact_id.to_owned(),
        sequence,
        instance_id: "i".to_owned(),
        kind: if sequence % 2 == 0 { "RECORD" } else { "EVENT" }.to_owned(),
        body: format!("{contact_id} {sequence}"),
        created_ms,
    }
}

fn key(contact_id: &str, sequence: i64) -> OutboxKey {
    OutboxKey { sink: "s".to_owned(), contact_id: contact_id.to_owned(), sequence }
}

fn all() -> Vec<i64> {
    (0..SHARDS).collect()
}

async fn put(store: &Store, contact_id: &str, sequence: i64, created_ms: i64) {
    commit(store, |batch| batch.put_outbox("s", &told(contact_id, sequence, created_ms))).await.unwrap();
}

/// The bodies of the due rows for sink "s".
async fn due(store: &Store, now_ms: i64) -> Vec<String> {
    let rows = store.outbox_due("s", &all(), now_ms, 100).await.unwrap();
    rows.into_iter().map(|row| row.body).collect()
}

async fn rows_come_in_order_and_go_when_delivered(database: TestDatabase) {
    let store = database.open().await;
    assert_eq!(store.outbox_next("s", &all()).await.unwrap(), None);
    for (contact, sequence, ms) in [("a", 1, 10), ("b", 1, 11), ("a", 2, 12), ("b", 2, 13), ("a", 3, 9)] {
        put(&store, contact, sequence, ms).await;
    }
    // The last was made under a clock that went back: it does not overtake.
    assert_eq!(due(&store, 100).await, ["a 1", "b 1", "a 2", "a 3", "b 2"]);
    assert_eq!(due(&store, 11).await, ["a 1", "b 1"]);
    assert_eq!(store.outbox_next("s", &all()).await.unwrap(), Some(10));
    let first = store.outbox_due("s", &all(), 100, 1).await.unwrap().remove(0);
    assert_eq!((first.key(), first.kind.as_str(), first.instance_id.as_str()), (key("a", 1), "EVENT", "i"));
    assert_eq!((first.created_ms, first.attempts, first.last_error), (10, 0, None));
    let again = commit(&store, |batch| batch.put_outbox("s", &told("a", 1, 50))).await;
    assert_eq!(conflict(again), Conflict::Exists);
    commit(&store, |batch| {
        batch.delivered(&key("a", 1));
        batch.delivered(&key("a", 2));
        batch.delivered(&key("a", 2));
    })
    .await
    .unwrap();
    assert_eq!(due(&store, 100).await, ["b 1", "a 3", "b 2"]);
}

async fn a_row_that_waits_holds_up_its_contact_only(database: TestDatabase) {
    let store = database.open().await;
    for (contact, sequence, ms) in [("a", 1, 10), ("b", 1, 11), ("a", 2, 12), ("b", 2, 13)] {
        put(&store, contact, sequence, ms).await;
    }
    commit(&store, |batch| batch.retry(&key("a", 1), 500, "no\0answer")).await.unwrap();
    assert_eq!(due(&store, 499).await, ["b 1", "b 2"]);
    // Later rows wait as well.
    put(&store, "a", 3, 20).await;
    assert_eq!(due(&store, 499).await, ["b 1", "b 2"]);
    // The row that waited is retried alone; those behind it follow once it is delivered.
    let rows = store.outbox_due("s", &all(), 500, 100).await.unwrap();
    let found: Vec<_> = rows.iter().map(|row| (row.body.as_str(), row.attempts, row.last_error.as_deref())).collect();
    assert_eq!(found, [("b 1", 0, None), ("b 2", 0, None), ("a 1", 1, Some("no answer"))]);
    // A limit cuts off the end, never the beginning.
    assert_eq!(store.outbox_due("s", &all(), 500, 2).await.unwrap(), rows[..2]);
    commit(&store, |batch| batch.delivered(&key("a", 1))).await.unwrap();
    assert_eq!(due(&store, 499).await, ["b 1", "a 2", "b 2", "a 3"]);
    commit(&store, |batch| batch.retry(&key("a", 2), 900, "again")).await.unwrap();
    commit(&store, |batch| batch.retry(&key("x", 2), 900, "nothing there")).await.unwrap();
    assert_eq!(due(&store, 899).await, ["b 1", "b 2"]);
    let numbers = OutboxNumbers { waiting: 4, dead: 0, due_since_ms: Some(11) };
    assert_eq!(store.outbox_numbers("s").await.unwrap(), numbers);
}

/// A retry updates one row however many are behind, parked rows are not scanned, and no row is left behind.
async fn rows_behind_one_that_waits_are_parked_and_woken(database: TestDatabase) {
    let store = database.open().await;
    let last = 700;
    for sequence in 1..=last {
        put(&store, "a", sequence, sequence).await;
    }
    put(&store, "b", 1, 1).await;
    let numbers = |waiting| OutboxNumbers { waiting, dead: 0, due_since_ms: Some(1) };
    commit(&store, |batch| batch.retry(&key("a", 1), 5_000, "no")).await.unwrap();
    // A step parks no more than its limit, and reports that there are more.
    assert_eq!(store.park_outbox(&[key("a", 1)], 300).await.unwrap(), [key("a", 1)]);
    assert_eq!(store.park_outbox(&[key("a", 1), key("b", 1)], 400).await.unwrap(), [key("a", 1)]);
    assert_eq!(store.park_outbox(&[key("a", 1)], 300).await.unwrap(), []);
    assert_eq!(store.park_outbox(&[key("a", 1)], 300).await.unwrap(), []);
    // A later row is written as due, still waits, and is parked with the next try.
    put(&store, "a", last + 1, 20).await;
    assert_eq!(store.outbox_numbers("s").await.unwrap(), numbers(702));
    assert_eq!(due(&store, 4_999).await, ["b 1"]);
    commit(&store, |batch| batch.delivered(&key("b", 1))).await.unwrap();
    assert_eq!(store.wake_stranded_outbox("s", &all()).await.unwrap(), 0);
    assert_eq!(store.outbox_due("s", &all(), 5_000, 100).await.unwrap().remove(0).key(), key("a", 1));
    let mut found = Vec::new();
    let mut now_ms = 5_000;
    while found.len() <= 700 {
        let rows = store.outbox_due("s", &all(), now_ms, 100).await.unwrap();
        assert!(!rows.is_empty(), "stranded after {found:?}");
        commit(&store, |batch| {
            rows.iter().for_each(|row| batch.delivered(&row.key()));
            if rows.iter().any(store::OutboxRow::may_have_parked) {
                batch.wake_outbox("s", "a");
            }
        })
        .await
        .unwrap();
        found.extend(rows.iter().map(|row| row.sequence));
        now_ms += 1;
    }
    assert!(found.iter().copied().eq(1..=last + 1), "{found:?}");
    assert_eq!(store.outbox_numbers("s").await.unwrap(), OutboxNumbers::default());
}

/// Another process delivered the row in front without knowing that those behind it were parked.
async fn what_is_left_parked_is_found(database: TestDatabase) {
    let store = database.open().await;
    for contact in ["a", "b"] {
        for sequence in 1..=3 {
            put(&store, contact, sequence, sequence).await;
        }
        commit(&store, |batch| batch.retry(&key(contact, 1), 50, "no")).await.unwrap();
        store.park_outbox(&[key(contact, 1)], 100).await.unwrap();
    }
    commit(&store, |batch| batch.delivered(&key("a", 1))).await.unwrap();
    assert_eq!(due(&store, 40).await, Vec::<String>::new());
    let (of_a, of_b) = (shard_of("a"), shard_of("b"));
    assert_ne!(of_a, of_b);
    assert_eq!(store.wake_stranded_outbox("s", &[of_b]).await.unwrap(), 0);
    assert_eq!(store.wake_stranded_outbox("s", &[of_a, of_b]).await.unwrap(), 1);
    assert_eq!(due(&store, 40).await, ["a 2", "a 3"]);
    // A replayed dead letter goes ahead of parked rows.
    commit(&store, |batch| {
        batch.dead_letter(&key("b", 1), "no");
        batch.wake_outbox("s", "b");
    })
    .await
    .unwrap();
    commit(&store, |batch| batch.replay(&key("b", 1))).await.unwrap();
    assert_eq!(due(&store, 60).await, ["b 1", "a 2", "b 2", "a 3", "b 3"]);
}

async fn what_was_given_up_holds_up_nothing_and_can_come_back(database: TestDatabase) {
    let store = database.open().await;
    for sequence in 1..5 {
        put(&store, "a", sequence, 10 + sequence).await;
    }
    commit(&store, |batch| batch.retry(&key("a", 1), 50, "once")).await.unwrap();
    commit(&store, |batch| batch.dead_letter(&key("a", 1), "twice")).await.unwrap();
    assert_eq!(due(&store, 100).await, ["a 2", "a 3", "a 4"]);
    let dead = store.dead_letters(Some("s"), None, 10).await.unwrap();
    assert_eq!((dead.rows.len(), dead.next), (1, None));
    assert_eq!((dead.rows[0].attempts, dead.rows[0].last_error.as_deref()), (2, Some("twice")));
    let numbers = OutboxNumbers { waiting: 3, dead: 1, due_since_ms: Some(12) };
    assert_eq!(store.outbox_numbers("s").await.unwrap(), numbers);
    // Retrying waiting rows does not revive dead letters.
    commit(&store, |batch| batch.retry(&key("a", 2), 200, "no")).await.unwrap();
    commit(&store, |batch| batch.replay(&key("a", 1))).await.unwrap();
    assert_eq!(due(&store, 100).await, ["a 1"]);
    assert_eq!(due(&store, 200).await, ["a 1", "a 2"]);
    assert_eq!(store.outbox_due("s", &all(), 100, 1).await.unwrap()[0].attempts, 0);
    assert!(store.dead_letters(None, None, 10).await.unwrap().rows.is_empty());
    assert_eq!(conflict(commit(&store, |batch| batch.replay(&key("a", 1))).await), Conflict::Moved);
    assert_eq!(conflict(commit(&store, |batch| batch.replay(&key("z", 1))).await), Conflict::Moved);
}

async fn sinks_and_shards_are_apart(database: TestDatabase) {
    let store = database.open().await;
    let contacts: Vec<String> = (0..40).map(|n| format!("c{n}")).collect();
    for contact in &contacts {
        commit(&store, |batch| {
            batch.put_outbox("s", &told(contact, 1, 10));
            batch.put_outbox("other", &told(contact, 1, 10));
        })
        .await
        .unwrap();
    }
    commit(&store, |batch| batch.retry(&key("c0", 1), 500, "no")).await.unwrap();
    assert_eq!(store.outbox_due("other", &all(), 10, 100).await.unwrap().len(), 40);
    assert_eq!(store.outbox_due("s", &all(), 10, 100).await.unwrap().len(), 39);
    let some = store.outbox_due("other", &[2, 9], 10, 100).await.unwrap();
    let wanted = contacts.iter().filter(|contact| [2, 9].contains(&shard_of(contact))).count();
    assert!(wanted > 0 && some.len() == wanted);
    assert!(some.iter().all(|row| [2, 9].contains(&shard_of(&row.contact_id)) && row.sink == "other"));
    assert!(store.outbox_due("none", &all(), 10, 100).await.unwrap().is_empty());
}

async fn dead_letters_are_listed_in_pages(database: TestDatabase) {
    let store = database.open().await;
    for n in 0..20 {
        let sink = if n % 3 == 0 { "s" } else { "t" };
        let row = told(&format!("c{}", n % 4), n, 100 - n / 2);
        commit(&store, |batch| batch.put_outbox(sink, &row)).await.unwrap();
        let key = OutboxKey { sink: sink.to_owned(), contact_id: row.contact_id, sequence: n };
        commit(&store, |batch| batch.dead_letter(&key, "no")).await.unwrap();
    }
    for (sink, wanted) in [(None, 20), (Some("s"), 7), (Some("t"), 13), (Some("u"), 0)] {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = store.dead_letters(sink, after.as_ref(), 3).await.unwrap();
            assert!(page.rows.len() <= 3);
            found.extend(page.rows);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(found.len(), wanted);
        assert!(found.iter().all(|row| sink.is_none_or(|sink| row.sink == sink)));
        let places: Vec<_> =
            found.iter().map(|row| (row.created_ms, &row.sink, &row.contact_id, row.sequence)).collect();
        assert!(places.is_sorted());
    }
}

/// Several put rows in while one delivers, and every third try fails.
async fn whatever_fails_the_order_is_kept(database: TestDatabase) {
    let store = database.open().await;
    let (contacts, each) = (6, 15);
    let mut running = JoinSet::new();
    for contact in 0..contacts {
        let store = store.clone();
        running.spawn(async move {
            for sequence in 1..=each {
                put(&store, &format!("c{contact}"), sequence, sequence).await;
            }
        });
    }
    let mut done: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    let (mut now_ms, mut tries) = (0, 0);
    while done.values().map(Vec::len).sum::<usize>() < contacts * each as usize {
        now_ms += 3;
        for row in store.outbox_due("s", &all(), now_ms, 7).await.unwrap() {
            tries += 1;
            let fails = tries % 3 == 0;
            let next_ms = now_ms + tries % 11;
            commit(
                &store,
                |batch| if fails { batch.retry(&row.key(), next_ms, "no") } else { batch.delivered(&row.key()) },
            )
            .await
            .unwrap();
            if fails {
                // Rows read behind it must be read again.
                break;
            }
            done.entry(row.contact_id).or_default().push(row.sequence);
        }
        tokio::task::yield_now().await;
    }
    running.join_all().await;
    assert!(due(&store, i64::MAX).await.is_empty());
    assert!(done.values().all(|sequences| sequences.iter().copied().eq(1..=each)), "{done:?}");
}

async fn sinks_that_have_something_waiting_are_known(database: TestDatabase) {
    let store = database.open().await;
    assert!(store.outbox_sinks(10).await.unwrap().is_empty());
    for (sink, contact) in [("crm", "a"), ("Zoo", "a"), ("audit", "a"), ("crm", "b"), ("gone", "c")] {
        commit(&store, |batch| batch.put_outbox(sink, &told(contact, 1, 10))).await.unwrap();
    }
    let gone = OutboxKey { sink: "gone".to_owned(), contact_id: "c".to_owned(), sequence: 1 };
    commit(&store, |batch| batch.dead_letter(&gone, "no")).await.unwrap();
    assert_eq!(store.outbox_sinks(10).await.unwrap(), ["Zoo", "audit", "crm"]);
    assert_eq!(store.outbox_sinks(2).await.unwrap(), ["Zoo", "audit"]);
}
