//! What metrics ask of contacts that have ended; how long that and the ledger of agents is kept.

use store::{AgentInterval, ContactFactRow, FactKey, Store};

use crate::test_database::{TestDatabase, commit, everywhere};

everywhere!(
    facts_are_read_by_their_ends_in_pages,
    a_fact_takes_the_place_of_the_one_before,
    what_is_old_goes_in_chunks,
    a_deleted_instance_takes_its_facts_along,
);

fn fact(contact_id: &str, ended_ms: i64) -> ContactFactRow {
    ContactFactRow {
        instance_id: "i".to_owned(),
        ended_ms,
        contact_id: contact_id.to_owned(),
        body: format!("{{\"contact_id\":\"{contact_id}\"}}"),
    }
}

async fn put(store: &Store, rows: &[ContactFactRow]) {
    commit(store, |batch| rows.iter().for_each(|row| batch.put_contact_fact(row))).await.unwrap();
}

async fn all(store: &Store, instance_id: &str) -> Vec<ContactFactRow> {
    store.contact_facts(instance_id, i64::MIN, i64::MAX, None, 10_000).await.unwrap()
}

async fn facts_are_read_by_their_ends_in_pages(database: TestDatabase) {
    let store = database.open_with_instances().await;
    // Several end at each moment, written in another order.
    let mut rows: Vec<_> = (0..300).map(|n| fact(&format!("c{n:03}"), 1_000 + n * 7 % 50)).collect();
    put(&store, &rows).await;
    put(&store, &[ContactFactRow { instance_id: "j".to_owned(), ..fact("other", 1_010) }]).await;
    rows.sort_by(|a, b| (a.ended_ms, &a.contact_id).cmp(&(b.ended_ms, &b.contact_id)));
    assert_eq!(all(&store, "i").await, rows);
    for (start_ms, end_ms) in
        [(0, 9_000), (1_000, 1_050), (1_010, 1_011), (1_003, 1_040), (1_049, 1_049), (1_050, 9_000)]
    {
        let wanted: Vec<_> = rows.iter().filter(|row| (start_ms..end_ms).contains(&row.ended_ms)).cloned().collect();
        let mut found: Vec<ContactFactRow> = Vec::new();
        loop {
            let after = found.last().map(|row| FactKey { ended_ms: row.ended_ms, contact_id: row.contact_id.clone() });
            let page = store.contact_facts("i", start_ms, end_ms, after.as_ref(), 13).await.unwrap();
            let last = page.len() < 13;
            found.extend(page);
            if last {
                break;
            }
        }
        assert_eq!(found, wanted, "{start_ms} {end_ms}");
    }
}

async fn a_fact_takes_the_place_of_the_one_before(database: TestDatabase) {
    let store = database.open_with_instances().await;
    put(&store, &[fact("a", 5), fact("b", 5)]).await;
    let changed = ContactFactRow { body: "{\"é\":1}".to_owned(), ..fact("a", 5) };
    put(&store, std::slice::from_ref(&changed)).await;
    assert_eq!(all(&store, "i").await, [changed, fact("b", 5)]);
    assert!(all(&store, "j").await.is_empty());
}

fn interval(user_id: &str, n: i64, end_ms: i64) -> AgentInterval {
    AgentInterval {
        instance_id: "i".to_owned(),
        user_id: user_id.to_owned(),
        n,
        start_ms: end_ms - 1,
        end_ms,
        kind: "STATUS".to_owned(),
        state: "ROUTABLE".to_owned(),
        ..AgentInterval::default()
    }
}

/// What ends at the border stays; many that end at one moment go in chunks too.
async fn what_is_old_goes_in_chunks(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let rows: Vec<_> = (0..50).map(|n| fact(&format!("c{n:02}"), if n < 40 { 100 } else { 81 + n })).collect();
    let pieces: Vec<_> =
        (0..50).map(|n| interval(&format!("u{}", n % 3), n, if n < 40 { 100 } else { 81 + n })).collect();
    put(&store, &rows).await;
    put(&store, &[ContactFactRow { instance_id: "j".to_owned(), ..fact("other", 1) }]).await;
    commit(&store, |batch| {
        pieces.iter().for_each(|piece| batch.insert_agent_interval(piece));
        batch.insert_agent_interval(&AgentInterval { instance_id: "j".to_owned(), ..interval("u", 1, 1) });
    })
    .await
    .unwrap();
    assert_eq!(store.delete_contact_facts("i", 100, 15).await.unwrap(), 0);
    assert_eq!(store.delete_agent_intervals("i", 100, 15).await.unwrap(), 0);
    for removed in [15, 15, 13, 0] {
        assert_eq!(store.delete_contact_facts("i", 124, 15).await.unwrap(), removed);
        assert_eq!(store.delete_agent_intervals("i", 124, 15).await.unwrap(), removed);
    }
    let ends: Vec<i64> = all(&store, "i").await.iter().map(|row| row.ended_ms).collect();
    assert_eq!(ends, (124..=130).collect::<Vec<_>>());
    let left = store.agent_intervals("i", 0, 1_000, None, 100).await.unwrap();
    assert_eq!(left.iter().map(|piece| piece.end_ms).collect::<Vec<_>>(), ends);
    assert_eq!(all(&store, "j").await.len(), 1, "another instance is left alone");
    assert_eq!(store.agent_intervals("j", 0, 1_000, None, 100).await.unwrap().len(), 1);
}

async fn a_deleted_instance_takes_its_facts_along(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let rows: Vec<_> = (0..25).map(|n| fact(&format!("c{n}"), n)).collect();
    put(&store, &rows).await;
    put(&store, &[ContactFactRow { instance_id: "j".to_owned(), ..fact("c", 1) }]).await;
    commit(&store, |batch| batch.delete_instance("i")).await.unwrap();
    let mut removed = 0;
    loop {
        let step = store.purge_step("i", 10).await.unwrap();
        assert!(step.removed <= 10);
        removed += step.removed;
        if step.done {
            break;
        }
    }
    assert_eq!((removed, all(&store, "i").await.len(), all(&store, "j").await.len()), (25, 0, 1));
}
