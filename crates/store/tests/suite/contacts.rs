//! Contacts: their rows, due contacts, associations, attributes.

use store::{
    AttributesRow, Batch, CommitError, Conflict, ContactRow, Faults, OpenOptions, PageKey, SHARDS, Store, Waiting,
    shard_of,
};
use tokio::task::JoinSet;

use crate::test_database::{TestDatabase, add_instance, commit, conflict, contact, everywhere};

everywhere!(
    contacts_are_kept_with_every_column,
    an_insert_has_its_conditions,
    of_one_revision_exactly_one_update_follows,
    what_never_changes_is_not_changed,
    what_is_due_comes_the_longest_due_first,
    t2_14_8_an_association_is_listed_from_its_root,
    attributes_have_a_revision_of_their_own,
    attributes_of_many_chains_take_one_statement,
    a_bound_holds_while_contacts_are_started_at_once,
    a_deleted_instance_takes_its_contacts_along,
);

fn full(id: &str) -> ContactRow {
    ContactRow {
        previous_id: Some("p".to_owned()),
        template: Some(("t".to_owned(), 3)),
        queue_id: Some("q".to_owned()),
        queued_in: Some("q".to_owned()),
        waiting: Some(Waiting { queue_id: "w".to_owned(), class: "c".to_owned(), priority: 2, since_ms: -3 }),
        agent_id: Some("a".to_owned()),
        scheduled_ms: Some(1),
        connected_ms: Some(2),
        disconnected_ms: Some(3),
        enqueued_ms: Some(4),
        due_ms: Some(5),
        ..contact(id, 7)
    }
}

async fn insert(store: &Store, row: &ContactRow) {
    commit(store, |batch| batch.insert_contact(row)).await.unwrap();
}

async fn contacts_are_kept_with_every_column(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let rows = [full("c1"), contact("c2", 8)];
    for row in &rows {
        insert(&store, row).await;
        assert_eq!(store.contact("i", &row.id).await.unwrap().as_ref(), Some(row));
    }
    assert_eq!(store.contact("j", "c1").await.unwrap(), None);
    assert_eq!(store.contact("i", "c3").await.unwrap(), None);
    let many: Vec<String> = (0..40).map(|n| format!("c{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).chain(["c1"]).collect();
    let mut found = store.contacts("i", &many).await.unwrap();
    found.sort_by(|left, right| left.id.cmp(&right.id));
    assert_eq!(found, rows);
    assert!(store.contacts("i", &[]).await.unwrap().is_empty());

    let changed = ContactRow { name: "another".to_owned(), ..full("c2") };
    let changed = ContactRow { previous_id: None, initiated_ms: 8, expires_ms: 99, body: "{}".to_owned(), ..changed };
    commit(&store, |batch| batch.update_contact(&changed)).await.unwrap();
    assert_eq!(store.contact("i", "c2").await.unwrap(), Some(ContactRow { rev: 1, ..changed.clone() }));
    // And everything that can be cleared is cleared.
    let emptied = ContactRow { rev: 1, ..contact("c2", 8) };
    commit(&store, |batch| batch.update_contact(&emptied)).await.unwrap();
    assert_eq!(store.contact("i", "c2").await.unwrap(), Some(ContactRow { rev: 2, ..emptied }));
}

async fn an_insert_has_its_conditions(database: TestDatabase) {
    let store = database.open_with_instances().await;
    insert(&store, &contact("c", 1)).await;
    let again = commit(&store, |batch| batch.insert_contact(&contact("c", 2))).await;
    assert_eq!(conflict(again), Conflict::Exists);
    let nowhere = ContactRow { instance_id: "k".to_owned(), ..contact("c", 2) };
    assert_eq!(conflict(commit(&store, |batch| batch.insert_contact(&nowhere)).await), Conflict::InstanceGone);
    assert_eq!(conflict(commit(&store, |batch| batch.update_contact(&nowhere)).await), Conflict::Moved);
    assert_eq!(conflict(commit(&store, |batch| batch.update_contact(&contact("d", 2))).await), Conflict::Moved);
}

async fn of_one_revision_exactly_one_update_follows(database: TestDatabase) {
    let store = database.open_with_instances().await;
    insert(&store, &contact("c", 1)).await;
    for rev in 0..20 {
        let mut running = JoinSet::new();
        for n in 0..8 {
            let row = ContactRow { rev, name: format!("{rev} {n}"), ..contact("c", 1) };
            let store = store.clone();
            running.spawn(async move {
                commit(&store, |batch| {
                    batch.update_contact(&row);
                    batch.add_to_counter("i", "changes", 1, None);
                })
                .await
            });
        }
        let (won, lost): (Vec<_>, Vec<_>) = running.join_all().await.into_iter().partition(Result::is_ok);
        assert_eq!(won.len(), 1);
        assert!(lost.into_iter().all(|result| conflict(result) == Conflict::Moved));
        assert_eq!(store.contact("i", "c").await.unwrap().unwrap().rev, rev + 1);
    }
    assert_eq!(store.counter("i", "changes").await.unwrap(), 20);
}

async fn what_never_changes_is_not_changed(database: TestDatabase) {
    let store = database.open_with_instances().await;
    insert(&store, &contact("c", 1)).await;
    let mut other = contact("c", 77);
    other.chain_id = "x".to_owned();
    other.association_id = "x".to_owned();
    other.initiation_method = "TRANSFER".to_owned();
    other.previous_id = Some("x".to_owned());
    other.expires_ms = 1001;
    commit(&store, |batch| batch.update_contact(&other)).await.unwrap();
    assert_eq!(store.contact("i", "c").await.unwrap(), Some(ContactRow { rev: 1, ..contact("c", 1) }));
}

async fn what_is_due_comes_the_longest_due_first(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let all: Vec<i64> = (0..SHARDS).collect();
    assert_eq!(store.next_due(&all).await.unwrap(), None);
    let mut wanted = Vec::new();
    for n in 0..200_i64 {
        let mut row = contact(&format!("c{n}"), n);
        // Some in another instance, some never due, in no order.
        if n % 7 == 0 {
            row.instance_id = "j".to_owned();
        }
        row.due_ms = if n % 5 == 0 { None } else { Some(1000 + n * 37 % 200) };
        insert(&store, &row).await;
        wanted.extend(row.due_ms.map(|due_ms| (due_ms, row.id.clone(), row.instance_id.clone())));
    }
    wanted.sort();
    let due = store.due_contacts(&all, 1150, 1000).await.unwrap();
    let expected = wanted.iter().filter(|(due_ms, ..)| *due_ms <= 1150);
    assert!(expected.clone().count() > 100);
    assert!(due.iter().map(|due| (due.due_ms, &due.id, &due.instance_id)).eq(expected.map(|(ms, id, i)| (*ms, id, i))));
    assert!(due.iter().all(|due| due.shard == shard_of(&due.id)));
    let first = store.due_contacts(&all, 1150, 10).await.unwrap();
    assert_eq!(first, due[..10]);
    assert_eq!(store.next_due(&all).await.unwrap(), Some(wanted[0].0));
    let after = |ms: i64| wanted.iter().map(|(due_ms, ..)| *due_ms).find(|due_ms| *due_ms > ms);
    for ms in [0, wanted[0].0, 1150] {
        assert_eq!(store.next_due_after(&all, ms).await.unwrap(), after(ms), "after {ms}");
    }
    assert_eq!(store.next_due_after(&all, i64::MAX).await.unwrap(), None);
    // Of some shards only.
    let mine = [3, 7];
    let some = store.due_contacts(&mine, 1150, 1000).await.unwrap();
    let expected: Vec<_> = due.iter().filter(|due| mine.contains(&due.shard)).cloned().collect();
    assert!(!expected.is_empty());
    assert_eq!(some, expected);
    assert_eq!(store.next_due(&mine).await.unwrap(), Some(expected[0].due_ms));
    assert!(store.due_contacts(&[], 1150, 1000).await.unwrap().is_empty());
    // A handled contact is due later, or never.
    let done = ContactRow { due_ms: None, ..store.contact(&due[0].instance_id, &due[0].id).await.unwrap().unwrap() };
    commit(&store, |batch| batch.update_contact(&done)).await.unwrap();
    assert_eq!(store.due_contacts(&all, 1150, 1).await.unwrap(), due[1..2]);
    // One that cannot be handled is postponed, if it is still due, and nothing else of it changes.
    let (next, before) = (&due[1], store.contact(&due[1].instance_id, &due[1].id).await.unwrap().unwrap());
    for (now_ms, due_ms) in [(next.due_ms - 1, 7_000), (next.due_ms, 9_000)] {
        commit(&store, |batch| batch.postpone_contact(&next.instance_id, &next.id, now_ms, due_ms)).await.unwrap();
    }
    let after = store.contact(&next.instance_id, &next.id).await.unwrap().unwrap();
    assert_eq!(after, ContactRow { due_ms: Some(9_000), ..before });
}

async fn t2_14_8_an_association_is_listed_from_its_root(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let member = |id: &str, ms| ContactRow { association_id: "m".to_owned(), ..contact(id, ms) };
    // One successor was made in the same millisecond as the root, with a lesser id.
    let rows = [member("a", 5), contact("m", 5), member("z", 5), member("b", 6), member("c", 9)];
    for row in rows.iter().rev() {
        insert(&store, row).await;
    }
    insert(&store, &contact("other", 5)).await;
    for limit in 1..7 {
        let (mut found, mut after) = (Vec::new(), None::<PageKey>);
        loop {
            let page = store.associated("i", "m", after.as_ref(), limit).await.unwrap();
            assert!(page.items.len() <= limit);
            found.extend(page.items);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(found, rows, "{limit}");
    }
    assert!(store.associated("j", "m", None, 9).await.unwrap().items.is_empty());
    assert!(store.associated("i", "a", None, 9).await.unwrap().items.is_empty(), "a is no root");
}

async fn attributes_have_a_revision_of_their_own(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let second = ContactRow { chain_id: "c".to_owned(), ..contact("d", 2) };
    commit(&store, |batch| {
        batch.insert_contact(&contact("c", 1));
        batch.insert_contact(&second);
    })
    .await
    .unwrap();
    assert_eq!(store.contact_attributes("i", "c").await.unwrap(), None);
    assert_eq!(store.contact_with_attributes("i", "d").await.unwrap(), Some((second.clone(), None)));
    commit(&store, |batch| batch.insert_contact_attributes("i", "c", "{\"a\":\"é\"}")).await.unwrap();
    let again = commit(&store, |batch| batch.insert_contact_attributes("i", "c", "{}")).await;
    assert_eq!(conflict(again), Conflict::AttributesMoved);
    let first = AttributesRow { rev: 0, body: "{\"a\":\"é\"}".to_owned() };
    assert_eq!(store.contact_attributes("i", "c").await.unwrap(), Some(first.clone()));
    assert_eq!(store.contact_with_attributes("i", "d").await.unwrap(), Some((second, Some(first.clone()))));
    assert_eq!(store.contact_with_attributes("i", "x").await.unwrap(), None);
    let chains = store.attributes_of_chains("i", &["x", "c", "d", "c"]).await.unwrap();
    assert_eq!(chains, [("c".to_owned(), first)]);

    for rev in 0..10 {
        let mut running = JoinSet::new();
        for n in 0..6 {
            let store = store.clone();
            running.spawn(async move {
                commit(&store, |batch| batch.update_contact_attributes("i", "c", rev, &n.to_string())).await
            });
        }
        let (won, lost): (Vec<_>, Vec<_>) = running.join_all().await.into_iter().partition(Result::is_ok);
        assert_eq!(won.len(), 1);
        assert!(lost.into_iter().all(|result| conflict(result) == Conflict::AttributesMoved));
    }
    assert_eq!(store.contact_attributes("i", "c").await.unwrap().unwrap().rev, 10);
    let gone = commit(&store, |batch| batch.update_contact_attributes("i", "x", 0, "{}")).await;
    assert_eq!(conflict(gone), Conflict::AttributesMoved);
}

/// tasks 2.15.2: of a batch of a search, the attributes are read by one statement; ids are values in it, whatever they hold.
async fn attributes_of_many_chains_take_one_statement(database: TestDatabase) {
    let faults = Faults::default();
    let options = OpenOptions { faults: Some(faults.clone()), ..database.options() };
    let store = Store::open(&database.location, options).await.unwrap();
    add_instance(&store, "i", 1).await;
    let ids: Vec<String> = (0..300).map(|n| format!("c{n}\"',\\")).collect();
    commit(&store, |batch| {
        for id in ids.iter().step_by(2) {
            batch.insert_contact(&contact(id, 1));
            batch.insert_contact_attributes("i", id, "{}");
        }
    })
    .await
    .unwrap();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    for (chains, statements) in [(0, 0), (1, 1), (250, 1), (256, 1), (300, 2)] {
        let before = faults.requests();
        let mut found = store.attributes_of_chains("i", &ids[..chains]).await.unwrap();
        assert_eq!(faults.requests() - before, statements, "{chains}");
        found.sort_by(|left, right| left.0.cmp(&right.0));
        let mut expected: Vec<&str> = ids[..chains].iter().step_by(2).copied().collect();
        expected.sort_unstable();
        assert_eq!(found.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), expected);
    }
}

async fn a_bound_holds_while_contacts_are_started_at_once(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let mut running = JoinSet::new();
    for n in 0..120 {
        let store = store.clone();
        running.spawn(async move {
            let mut batch = Batch::new();
            batch.insert_contact(&contact(&format!("c{n}"), n));
            batch.insert_contact_attributes("i", &format!("c{n}"), "{}");
            batch.add_to_counter("i", "contacts/open", 1, Some(50));
            store.commit(batch).await
        });
    }
    let (made, refused): (Vec<_>, Vec<_>) = running.join_all().await.into_iter().partition(Result::is_ok);
    assert_eq!(made.len(), 50);
    assert!(
        refused.into_iter().all(|result| matches!(result, Err(CommitError::Conflict(Conflict::CounterFull { .. }))))
    );
    let ids: Vec<String> = (0..120).map(|n| format!("c{n}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    assert_eq!(store.contacts("i", &ids).await.unwrap().len(), 50);
    assert_eq!(store.attributes_of_chains("i", &ids).await.unwrap().len(), 50);
}

async fn a_deleted_instance_takes_its_contacts_along(database: TestDatabase) {
    let store = database.open_with_instances().await;
    for n in 0..25 {
        let row = ContactRow { due_ms: Some(n), ..contact(&format!("c{n}"), n) };
        let told = |sequence| store::NewOutboxRow {
            contact_id: row.id.clone(),
            sequence,
            instance_id: "i".to_owned(),
            kind: "EVENT".to_owned(),
            ..store::NewOutboxRow::default()
        };
        commit(&store, |batch| {
            batch.insert_contact(&row);
            batch.insert_contact_attributes("i", &row.id, "{}");
            batch.put_outbox("s", &told(1));
            batch.put_outbox("s", &told(2));
        })
        .await
        .unwrap();
    }
    let other = ContactRow { instance_id: "j".to_owned(), due_ms: Some(1), ..contact("c0", 1) };
    insert(&store, &other).await;
    commit(&store, |batch| batch.delete_instance("i")).await.unwrap();
    let result = commit(&store, |batch| batch.insert_contact(&contact("new", 1))).await;
    assert_eq!(conflict(result), Conflict::InstanceGone);
    let mut removed = 0;
    loop {
        let step = store.purge_step("i", 10).await.unwrap();
        removed += step.removed;
        if step.done {
            break;
        }
    }
    assert_eq!(removed, 100);
    let all: Vec<i64> = (0..SHARDS).collect();
    assert!(store.outbox_due("s", &all, i64::MAX, 10).await.unwrap().is_empty());
    let due = store.due_contacts(&all, i64::MAX, 10).await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!(store.contact("j", "c0").await.unwrap(), Some(other));
}
