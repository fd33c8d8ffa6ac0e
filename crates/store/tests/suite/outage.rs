//! PostgreSQL goes away and comes back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use store::{Batch, CommitError, Error, Location, OpenOptions, Store};
use testkit::PgCluster;

use crate::place::{add_instance, commit, template};

/// A cluster of the test's own, where the engine is asked for at all.
async fn cluster() -> Option<PgCluster> {
    testkit::pg_url_for_tests().await?;
    Some(PgCluster::start().await.unwrap())
}

async fn open(cluster: &PgCluster) -> Store {
    let url = cluster.new_database().await.unwrap().url;
    let store = Store::open(&Location::Postgres { url }, OpenOptions::default()).await.unwrap();
    add_instance(&store, "i", 1).await;
    store
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_database_loses_nothing_acknowledged_and_the_store_recovers() {
    let Some(mut cluster) = cluster().await else { return };
    let store = open(&cluster).await;
    for round in 0..3 {
        let stop = Arc::new(AtomicBool::new(false));
        let mut writers = tokio::task::JoinSet::new();
        for writer in 0..6 {
            writers.spawn(write_until(store.clone(), format!("r{round}w{writer}"), Arc::clone(&stop)));
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        cluster.kill9().unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.store(true, Ordering::SeqCst);
        let acknowledged: Vec<String> = writers.join_all().await.into_iter().flatten().collect();
        assert!(acknowledged.len() > 6, "{}", acknowledged.len());
        assert!(matches!(store.ping().await, Err(Error::Down { .. })), "{:?}", store.ping().await);
        cluster.restart().await.unwrap();
        store.ping().await.unwrap();
        for id in &acknowledged {
            let latest = store.task_template("i", id).await.unwrap();
            assert!(latest.is_some(), "{id} was acknowledged and is gone");
            assert!(store.task_template_version("i", id, 1).await.unwrap().is_some());
        }
        commit(&store, |batch| batch.insert_task_template(&template(&format!("after {round}"), 1))).await.unwrap();
    }
}

/// Inserts templates; answers those that were acknowledged.
async fn write_until(store: Store, prefix: String, stop: Arc<AtomicBool>) -> Vec<String> {
    let mut acknowledged = Vec::new();
    let mut n = 0;
    while !stop.load(Ordering::SeqCst) {
        n += 1;
        let id = format!("{prefix}-{n}");
        match commit(&store, |batch| batch.insert_task_template(&template(&id, n))).await {
            Ok(()) => acknowledged.push(id),
            Err(CommitError::Store(Error::Down { .. } | Error::Uncertain { .. })) => {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    acknowledged
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_between_two_calls_goes_unnoticed() {
    let Some(mut cluster) = cluster().await else { return };
    let store = open(&cluster).await;
    let mut reads = Vec::new();
    for _connection in 0..6 {
        reads.push(store.ping());
    }
    for read in reads {
        read.await.unwrap();
    }
    cluster.restart().await.unwrap();
    commit(&store, |batch| batch.insert_task_template(&template("t", 1))).await.unwrap();
    cluster.restart().await.unwrap();
    assert!(store.task_template("i", "t").await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_is_down() {
    let url = "postgres://nobody:secret@127.0.0.1:1/nothing".to_owned();
    let error = Store::open(&Location::Postgres { url }, OpenOptions::default()).await.unwrap_err();
    assert!(matches!(error, Error::Down { .. }), "{error}");
    assert!(!error.to_string().contains("secret"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_turns_read_only_says_so_and_recovers() {
    let Some(url) = testkit::pg_url_for_tests().await else { return };
    let name = url.rsplit('/').next().unwrap().split('?').next().unwrap().to_owned();
    let location = Location::Postgres { url: url.clone() };
    let store = Store::open(&location, OpenOptions::default()).await.unwrap();
    add_instance(&store, "i", 1).await;
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    // New sessions start read-only; the old ones are ended, which the store does not mind.
    client.batch_execute(&format!("alter database {name} set default_transaction_read_only = on")).await.unwrap();
    let end_others = "select pg_terminate_backend(pid) from pg_stat_activity \
                      where datname = current_database() and pid <> pg_backend_pid()";
    client.batch_execute(end_others).await.unwrap();
    let mut batch = Batch::new();
    batch.insert_task_template(&template("t", 1));
    let error = store.commit(batch).await.unwrap_err();
    assert!(matches!(error, CommitError::Store(Error::ReadOnly { .. })), "{error:?}");
    assert!(store.instance_exists("i").await.unwrap());
    let reset =
        format!("set default_transaction_read_only = off; alter database {name} reset default_transaction_read_only");
    client.batch_execute(&reset).await.unwrap();
    client.batch_execute(end_others).await.unwrap();
    commit(&store, |batch| batch.insert_task_template(&template("t", 1))).await.unwrap();
}
