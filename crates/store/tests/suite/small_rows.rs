//! Access keys, client tokens, counters, facts about the store.

use store::{AccessKeyRow, Batch, CommitError, Conflict, Error, TokenClaim};

use crate::test_database::{TestDatabase, commit, conflict, everywhere};

everywhere!(
    an_access_key_reads_back,
    access_keys_are_revoked_for_good,
    policies_of_access_keys_are_replaced_until_they_are_revoked,
    access_keys_come_in_pages,
    a_broken_row_is_named,
    r1_1_5_a_token_is_bound_until_it_expires,
    expired_tokens_are_removed_in_chunks,
    r2_7_4_a_counter_stops_at_its_bound,
    a_counter_that_holds_too_little_is_broken,
    a_closed_counter_admits_nothing_below_a_bound,
    closed_counters_are_forgotten_by_age,
    meta_is_put_once,
    the_store_knows_itself,
);

fn key(id: &str, created_ms: i64) -> AccessKeyRow {
    AccessKeyRow {
        access_key_id: id.to_owned(),
        account: "000000000000".to_owned(),
        sealed_secret: vec![0, 1, 2, 255],
        token_sha256: None,
        expires_ms: None,
        created_ms,
        active: true,
        description: "d".to_owned(),
        policies: r#"["administrator"]"#.to_owned(),
        tags: String::new(),
        owner: None,
    }
}

async fn an_access_key_reads_back(database: TestDatabase) {
    let store = database.open().await;
    let plain = key("AK1", 5);
    let (policies, tags) = (r#"["read-only",{"Name":"é"}]"#.to_owned(), r#"{"team":"A B"}"#.to_owned());
    let temporary =
        AccessKeyRow { token_sha256: Some(vec![9; 32]), expires_ms: Some(77), policies, tags, ..key("AK2", 6) };
    for row in [&plain, &temporary] {
        commit(&store, |batch| batch.insert_access_key(row)).await.unwrap();
        assert_eq!(store.access_key(&row.access_key_id).await.unwrap().as_ref(), Some(row));
    }
    assert_eq!(conflict(commit(&store, |batch| batch.insert_access_key(&plain)).await), Conflict::Exists);
    assert_eq!(store.access_key("AK3").await.unwrap(), None);
    assert_eq!(store.access_key("AK1\0").await.unwrap(), None);
}

async fn access_keys_are_revoked_for_good(database: TestDatabase) {
    let store = database.open().await;
    commit(&store, |batch| batch.insert_access_key(&key("AK1", 5))).await.unwrap();
    commit(&store, |batch| batch.revoke_access_key("AK1")).await.unwrap();
    assert!(!store.access_key("AK1").await.unwrap().unwrap().active);
    assert_eq!(conflict(commit(&store, |batch| batch.revoke_access_key("AK1")).await), Conflict::Moved);
    assert_eq!(conflict(commit(&store, |batch| batch.revoke_access_key("AK2")).await), Conflict::Moved);
}

async fn policies_of_access_keys_are_replaced_until_they_are_revoked(database: TestDatabase) {
    let store = database.open().await;
    commit(&store, |batch| batch.insert_access_key(&key("AK1", 5))).await.unwrap();
    commit(&store, |batch| batch.set_access_key_policies("AK1", "[]")).await.unwrap();
    assert_eq!(
        store.access_key("AK1").await.unwrap().unwrap(),
        AccessKeyRow { policies: "[]".to_owned(), ..key("AK1", 5) }
    );
    assert_eq!(conflict(commit(&store, |batch| batch.set_access_key_policies("AK2", "[]")).await), Conflict::Moved);
    commit(&store, |batch| batch.revoke_access_key("AK1")).await.unwrap();
    assert_eq!(conflict(commit(&store, |batch| batch.set_access_key_policies("AK1", "[1]")).await), Conflict::Moved);
}

async fn access_keys_come_in_pages(database: TestDatabase) {
    let store = database.open().await;
    let mut batch = Batch::new();
    (0..5).for_each(|n| batch.insert_access_key(&key(&format!("AK{n}"), n / 2)));
    store.commit(batch).await.unwrap();
    let first = store.access_key_page(None, 3).await.unwrap();
    let second = store.access_key_page(first.next.as_ref(), 3).await.unwrap();
    let ids: Vec<String> = first.items.into_iter().chain(second.items).map(|row| row.access_key_id).collect();
    assert_eq!(ids, ["AK0", "AK1", "AK2", "AK3", "AK4"]);
    assert_eq!(second.next, None);
}

async fn a_broken_row_is_named(database: TestDatabase) {
    if database.forgets() {
        return;
    }
    let store = database.open().await;
    commit(&store, |batch| batch.insert_access_key(&key("AK1", 5))).await.unwrap();
    database.tamper("update access_key set status = 'WHAT'").await;
    match store.access_key("AK1").await.unwrap_err() {
        Error::Broken { table, id, detail } => {
            assert_eq!((table, id.as_str()), ("access_key", "AK1"));
            assert!(detail.contains("WHAT"), "{detail}");
        }
        other => panic!("{other}"),
    }
}

fn claim(token: &str, hash: u8, expires_ms: i64) -> TokenClaim {
    TokenClaim {
        scope: "a/i/CreateTaskTemplate".to_owned(),
        token: token.to_owned(),
        request_hash: vec![hash],
        answer: format!("answer {hash}"),
        expires_ms,
    }
}

async fn r1_1_5_a_token_is_bound_until_it_expires(database: TestDatabase) {
    let store = database.open().await;
    let long = "x\0🦀".repeat(300);
    for token in ["t", long.as_str()] {
        let first = claim(token, 1, 100);
        assert_eq!(store.client_token(&first.scope, token, 50).await.unwrap(), None);
        commit(&store, |batch| batch.claim_client_token(&first, 50)).await.unwrap();
        let found = store.client_token(&first.scope, token, 99).await.unwrap().unwrap();
        assert_eq!(
            (found.request_hash.as_slice(), found.answer.as_str(), found.expires_ms),
            (&[1][..], "answer 1", 100)
        );
        let second = claim(token, 2, 200);
        assert_eq!(conflict(commit(&store, |batch| batch.claim_client_token(&second, 99)).await), Conflict::TokenTaken);
        assert_eq!(store.client_token(&first.scope, token, 100).await.unwrap(), None);
        commit(&store, |batch| batch.claim_client_token(&second, 100)).await.unwrap();
        assert_eq!(store.client_token(&first.scope, token, 100).await.unwrap().unwrap().answer, "answer 2");
        assert_eq!(store.client_token("elsewhere", token, 100).await.unwrap(), None);
    }
    // A call that fails binds nothing.
    let failed = commit(&store, |batch| {
        batch.claim_client_token(&claim("u", 1, 100), 50);
        batch.add_to_counter("", "n", 1, Some(0));
    });
    assert_eq!(conflict(failed.await), Conflict::CounterFull { name: "n".to_owned() });
    assert_eq!(store.client_token("a/i/CreateTaskTemplate", "u", 50).await.unwrap(), None);
}

async fn expired_tokens_are_removed_in_chunks(database: TestDatabase) {
    let store = database.open().await;
    let mut batch = Batch::new();
    (0..30).for_each(|n| batch.claim_client_token(&claim(&format!("t{n}"), 1, 100 + n), 0));
    store.commit(batch).await.unwrap();
    assert_eq!(store.delete_expired_client_tokens(99, 10).await.unwrap(), 0);
    assert_eq!(store.delete_expired_client_tokens(119, 15).await.unwrap(), 15);
    assert_eq!(store.delete_expired_client_tokens(119, 15).await.unwrap(), 5);
    assert_eq!(store.delete_expired_client_tokens(119, 15).await.unwrap(), 0);
    assert!(store.client_token("a/i/CreateTaskTemplate", "t20", 119).await.unwrap().is_some());
}

async fn r2_7_4_a_counter_stops_at_its_bound(database: TestDatabase) {
    let store = database.open().await;
    let add = async |n, bound| commit(&store, |batch| batch.add_to_counter("i", "n", n, bound)).await;
    assert_eq!(store.counter("i", "n").await.unwrap(), 0);
    assert_eq!(conflict(add(1, Some(0)).await), Conflict::CounterFull { name: "n".to_owned() });
    assert_eq!(conflict(add(3, Some(2)).await), Conflict::CounterFull { name: "n".to_owned() });
    add(2, Some(2)).await.unwrap();
    assert_eq!(conflict(add(1, Some(2)).await), Conflict::CounterFull { name: "n".to_owned() });
    add(5, None).await.unwrap();
    assert_eq!(store.counter("i", "n").await.unwrap(), 7);
    assert_eq!(store.counter("j", "n").await.unwrap(), 0);
    commit(&store, |batch| batch.subtract_from_counter("i", "n", 3)).await.unwrap();
    assert_eq!(store.counter("i", "n").await.unwrap(), 4);
}

/// administration 1.3.4: what is deleted when it is empty stays so.
async fn a_closed_counter_admits_nothing_below_a_bound(database: TestDatabase) {
    let store = database.open().await;
    let add = async |name: &str, bound| commit(&store, |batch| batch.add_to_counter("i", name, 1, bound)).await;
    let close = async |name: &str| commit(&store, |batch| batch.close_counter("i", name, 1_000)).await;
    add("used", None).await.unwrap();
    assert_eq!(conflict(close("used").await), Conflict::InUse);
    assert_eq!(store.counter("i", "used").await.unwrap(), 1);
    commit(&store, |batch| batch.subtract_from_counter("i", "used", 1)).await.unwrap();
    for name in ["used", "new"] {
        close(name).await.unwrap();
        assert_eq!(conflict(add(name, Some(1 << 61)).await), Conflict::CounterFull { name: name.to_owned() });
        assert_eq!(conflict(close(name).await), Conflict::InUse, "once");
        // What returns there regardless is counted, and leaves again.
        add(name, None).await.unwrap();
        commit(&store, |batch| batch.subtract_from_counter("i", name, 1)).await.unwrap();
    }
    assert_eq!(store.counter("j", "new").await.unwrap(), 0);
}

/// What is closed is needed only while a commit may be under way that was decided before.
async fn closed_counters_are_forgotten_by_age(database: TestDatabase) {
    let store = database.open().await;
    for (name, closed_ms) in [("queue/old", 999), ("queue/late", 1_000), ("queues", 5), ("other/old", 5)] {
        commit(&store, |batch| batch.close_counter("i", name, closed_ms)).await.unwrap();
    }
    commit(&store, |batch| batch.close_counter("j", "queue/old", 5)).await.unwrap();
    commit(&store, |batch| batch.add_to_counter("i", "queue/used", 3, None)).await.unwrap();
    commit(&store, |batch| batch.forget_closed_counters("i", "queue/", 1_000)).await.unwrap();
    assert_eq!(store.counter("i", "queue/old").await.unwrap(), 0);
    for (instance, name) in [("i", "queue/late"), ("i", "queues"), ("i", "other/old"), ("j", "queue/old")] {
        assert!(store.counter(instance, name).await.unwrap() > 1 << 61, "{name}");
    }
    assert_eq!(store.counter("i", "queue/used").await.unwrap(), 3);
}

async fn a_counter_that_holds_too_little_is_broken(database: TestDatabase) {
    let store = database.open().await;
    commit(&store, |batch| batch.add_to_counter("i", "n", 4, None)).await.unwrap();
    for (name, id) in [("n", "i/n"), ("never", "i/never")] {
        let error = commit(&store, |batch| {
            batch.put_new_meta("k", "v");
            batch.subtract_from_counter("i", name, 5);
        });
        match error.await {
            Err(CommitError::Store(Error::Broken { table: "counter", id: found, .. })) => assert_eq!(found, id),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(store.counter("i", "n").await.unwrap(), 4);
    assert_eq!(store.meta("k").await.unwrap(), None);
    commit(&store, |batch| batch.subtract_from_counter("i", "n", 4)).await.unwrap();
    assert_eq!(store.counter("i", "n").await.unwrap(), 0);
}

async fn meta_is_put_once(database: TestDatabase) {
    let store = database.open().await;
    commit(&store, |batch| batch.put_new_meta("k", "v")).await.unwrap();
    let late = commit(&store, |batch| batch.replace_meta("k", "u", "w")).await;
    assert_eq!(conflict(late), Conflict::Moved, "the value is another");
    commit(&store, |batch| batch.replace_meta("k", "v", "w")).await.unwrap();
    assert_eq!(store.meta("k").await.unwrap().as_deref(), Some("w"));
    commit(&store, |batch| batch.replace_meta("k", "w", "v")).await.unwrap();
    let again = commit(&store, |batch| batch.put_new_meta("k", "w")).await;
    assert_eq!(conflict(again), Conflict::MetaTaken { key: "k".to_owned() });
    assert_eq!(store.meta("k").await.unwrap().as_deref(), Some("v"));
    assert!(store.meta("schema_version").await.unwrap().is_some());
}

async fn the_store_knows_itself(database: TestDatabase) {
    let store = database.open_with_instances().await;
    store.ping().await.unwrap();
    store.instance("i").await.unwrap().unwrap();
    let stats = store.stats().await.unwrap();
    assert!(["sqlite", "memory", "postgres"].contains(&stats.engine));
    assert_eq!(stats.database_bytes == 0, database.forgets());
    assert_eq!(stats.cache_bytes > 0, stats.engine != "postgres");
    assert_eq!(stats.queued, 0);
}
