//! Many at once: conditions hold, batches of a group are isolated, no caller waits for ever.

use std::time::Duration;

use store::{Batch, CommitError, Conflict, Store, TokenClaim};
use tokio::task::JoinSet;

use crate::test_database::{TestDatabase, add_templates, commit, conflict, everywhere, instance, template, update};

everywhere!(
    r2_7_4_concurrent_creates_do_not_overshoot,
    r2_1_3_of_one_name_exactly_one_is_made,
    r1_1_5_of_one_token_exactly_one_call_counts,
    of_one_version_exactly_one_update_follows,
    a_failing_batch_harms_no_other_of_its_group,
    batches_in_any_order_all_come_through,
    instances_are_not_deleted_under_a_create,
    a_caller_that_stops_waiting_leaves_whole_batches,
    what_was_acknowledged_is_seen,
);

/// Runs `n` batches at once.
async fn race(store: &Store, n: usize, fill: impl Fn(usize, &mut Batch)) -> Vec<Result<(), CommitError>> {
    let mut running = JoinSet::new();
    for index in 0..n {
        let mut batch = Batch::new();
        fill(index, &mut batch);
        let store = store.clone();
        running.spawn(async move { store.commit(batch).await });
    }
    running.join_all().await
}

async fn r2_7_4_concurrent_creates_do_not_overshoot(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let mut running = JoinSet::new();
    for task in 0..8 {
        let store = store.clone();
        running.spawn(async move {
            let mut made = 0;
            for n in 0..50 {
                let result = commit(&store, |batch| {
                    batch.insert_task_template(&template(&format!("t{task}-{n}"), n));
                    batch.add_to_counter("i", "task-templates", 1, Some(123));
                });
                match result.await {
                    Ok(()) => made += 1,
                    Err(CommitError::Conflict(Conflict::CounterFull { .. })) => {}
                    Err(other) => panic!("{other}"),
                }
            }
            made
        });
    }
    let made: i64 = running.join_all().await.into_iter().sum();
    assert_eq!(made, 123);
    assert_eq!(store.counter("i", "task-templates").await.unwrap(), 123);
    let page = store.task_template_page("i", store::TaskTemplateFilter::default(), None, 1000).await.unwrap();
    assert_eq!(page.count, 123);
}

async fn r2_1_3_of_one_name_exactly_one_is_made(database: TestDatabase) {
    let store = database.open_with_instances().await;
    for round in 0..10 {
        let results = race(&store, 16, |n, batch| {
            let mut new = template(&format!("t{round}-{n}"), 5);
            new.name = format!("the name {round}");
            batch.insert_task_template(&new);
        });
        let (won, lost): (Vec<_>, Vec<_>) = results.await.into_iter().partition(Result::is_ok);
        assert_eq!(won.len(), 1);
        assert!(lost.into_iter().all(|result| conflict(result) == Conflict::NameTaken));
    }
}

async fn r1_1_5_of_one_token_exactly_one_call_counts(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let results = race(&store, 16, |n, batch| {
        batch.insert_task_template(&template(&format!("t{n}"), 5));
        let claim = TokenClaim {
            scope: "s".to_owned(),
            token: "t".to_owned(),
            request_hash: vec![1],
            answer: n.to_string(),
            expires_ms: 100,
        };
        batch.claim_client_token(&claim, 0);
    });
    let (won, lost): (Vec<_>, Vec<_>) = results.await.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1);
    assert!(lost.into_iter().all(|result| conflict(result) == Conflict::TokenTaken));
    let answer = store.client_token("s", "t", 0).await.unwrap().unwrap().answer;
    assert!(store.task_template("i", &format!("t{answer}")).await.unwrap().is_some());
}

async fn of_one_version_exactly_one_update_follows(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, ["t".to_owned()], 5).await;
    for version in 1..20 {
        let results = race(&store, 8, |_n, batch| batch.update_task_template(&update("t", version))).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        assert_eq!(store.task_template("i", "t").await.unwrap().unwrap().version, version + 1);
    }
}

async fn a_failing_batch_harms_no_other_of_its_group(database: TestDatabase) {
    let store = database.open_with_instances().await;
    add_templates(&store, ["old".to_owned()], 1).await;
    let results = race(&store, 300, |n, batch| {
        batch.insert_task_template(&template(&format!("t{n:03}"), 5));
        batch.add_to_counter("i", "made", 1, None);
        match n % 3 {
            0 => batch.update_task_template(&update("old", 99)),
            1 => batch.add_to_counter("i", "full", 1, Some(0)),
            _ => {}
        }
    });
    assert_eq!(results.await.iter().filter(|result| result.is_ok()).count(), 100);
    assert_eq!(store.counter("i", "made").await.unwrap(), 100);
    for n in 0..300 {
        let found = store.task_template("i", &format!("t{n:03}")).await.unwrap();
        assert_eq!(found.is_some(), n % 3 == 2, "t{n:03}");
        assert_eq!(store.task_template_version("i", &format!("t{n:03}"), 1).await.unwrap().is_some(), n % 3 == 2);
    }
}

async fn batches_in_any_order_all_come_through(database: TestDatabase) {
    let store = database.open_with_instances().await;
    // Each lane key takes the same counters in another order: on PostgreSQL, deadlocked batches are retried.
    let results = race(&store, 120, |n, batch| {
        batch.add_to_counter(&format!("own {n}"), "n", 1, None);
        for step in 0..4 {
            let counter = if n % 2 == 0 { step } else { 3 - step };
            batch.add_to_counter("shared", &format!("c{counter}"), 1, None);
        }
    });
    for result in results.await {
        result.unwrap();
    }
    for counter in 0..4 {
        assert_eq!(store.counter("shared", &format!("c{counter}")).await.unwrap(), 120);
    }
}

async fn instances_are_not_deleted_under_a_create(database: TestDatabase) {
    let store = database.open().await;
    for round in 0..10 {
        let id = format!("i{round}");
        commit(&store, |batch| batch.insert_instance(&instance(&id, 1))).await.unwrap();
        let results = race(&store, 12, |n, batch| {
            if n == 6 {
                batch.delete_instance(&id);
            } else {
                let mut new = template(&format!("t{n}"), 5);
                new.instance_id.clone_from(&id);
                batch.insert_task_template(&new);
            }
        });
        for result in results.await {
            assert!(matches!(result, Ok(()) | Err(CommitError::Conflict(Conflict::InstanceGone))), "{result:?}");
        }
        // The purge begins after the deletion, so nothing can be left behind it.
        while !store.purge_step(&id, 100).await.unwrap().done {}
        let page = store.task_template_page(&id, store::TaskTemplateFilter::default(), None, 100).await.unwrap();
        assert_eq!(page.count, 0);
    }
}

async fn a_caller_that_stops_waiting_leaves_whole_batches(database: TestDatabase) {
    let store = database.open_with_instances().await;
    for n in 0..100 {
        let mut batch = Batch::new();
        batch.insert_task_template(&template(&format!("t{n:03}"), n));
        batch.add_to_counter("i", "made", 1, None);
        let patience = Duration::from_micros(n as u64 * 20);
        let _waited_or_not = tokio::time::timeout(patience, store.commit(batch)).await;
    }
    // One more through the same queue: what was sent before it is done.
    store.close().await.unwrap();
    if database.forgets() {
        return;
    }
    let store = database.open().await;
    let page = store.task_template_page("i", store::TaskTemplateFilter::default(), None, 1000).await.unwrap();
    assert_eq!(store.counter("i", "made").await.unwrap(), page.count as i64);
    for n in 0..100 {
        let id = format!("t{n:03}");
        let pointer = store.task_template_named("i", &format!("name of {id}")).await.unwrap();
        assert_eq!(store.task_template_version("i", &id, 1).await.unwrap().is_some(), pointer.is_some());
    }
}

async fn what_was_acknowledged_is_seen(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let mut running = JoinSet::new();
    for task in 0..8 {
        let store = store.clone();
        running.spawn(async move {
            for n in 0..20 {
                let id = format!("t{task}-{n}");
                assert!(store.task_template("i", &id).await.unwrap().is_none());
                commit(&store, |batch| batch.insert_task_template(&template(&id, n))).await.unwrap();
                assert!(store.task_template("i", &id).await.unwrap().is_some());
                commit(&store, |batch| batch.delete_task_template("i", &id, 1)).await.unwrap();
                assert!(store.task_template("i", &id).await.unwrap().is_none());
            }
        });
    }
    running.join_all().await;
}
