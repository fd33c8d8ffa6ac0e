//! PostgreSQL goes away and comes back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use store::{Batch, CommitError, Error, Location, OpenOptions, Store};
use testkit::PgCluster;

use crate::test_database::{add_instance, commit, instance, template};

/// A cluster for this test only, where PostgreSQL is enabled for tests at all.
async fn cluster() -> Option<PgCluster> {
    testkit::pg_url_for_tests().await?;
    Some(PgCluster::start().await.unwrap())
}

async fn open(cluster: &PgCluster) -> Store {
    open_with(cluster, OpenOptions::default()).await
}

async fn open_with(cluster: &PgCluster, options: OpenOptions) -> Store {
    let url = cluster.new_database().await.unwrap().url;
    let store = Store::open(&Location::Postgres { url }, options).await.unwrap();
    add_instance(&store, "i", 1).await;
    store
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_database_loses_nothing_acknowledged_and_the_store_recovers() {
    let Some(mut cluster) = cluster().await else { return };
    let store = open(&cluster).await;
    for round in 0..3 {
        let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let mut writers = tokio::task::JoinSet::new();
        for writer in 0..6 {
            let prefix = format!("r{round}w{writer}");
            writers.spawn(write_until(store.clone(), prefix, Arc::clone(&stop), Arc::clone(&done)));
        }
        // However slow the machine is.
        while done.load(Ordering::SeqCst) <= 6 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
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
async fn write_until(store: Store, prefix: String, stop: Arc<AtomicBool>, done: Arc<AtomicUsize>) -> Vec<String> {
    let mut acknowledged = Vec::new();
    let mut n = 0;
    while !stop.load(Ordering::SeqCst) {
        n += 1;
        let id = format!("{prefix}-{n}");
        match commit(&store, |batch| batch.insert_task_template(&template(&id, n))).await {
            Ok(()) => {
                acknowledged.push(id);
                done.fetch_add(1, Ordering::SeqCst);
            }
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
    // New sessions start read-only; the old ones are ended, which the store tolerates.
    client.batch_execute(&format!("alter database {name} set default_transaction_read_only = on")).await.unwrap();
    let end_others = "select pg_terminate_backend(pid) from pg_stat_activity \
                      where datname = current_database() and pid <> pg_backend_pid()";
    client.batch_execute(end_others).await.unwrap();
    let mut batch = Batch::new();
    batch.insert_task_template(&template("t", 1));
    let error = store.commit(batch).await.unwrap_err();
    assert!(matches!(error, CommitError::Store(Error::ReadOnly { .. })), "{error:?}");
    assert!(store.instance_exists("i").await.unwrap());
    assert!(matches!(store.ready().await, Err(Error::ReadOnly { .. })), "it answers, and cannot be written");
    store.ping().await.unwrap();
    let read_only = Store::open(&location, OpenOptions::default()).await.unwrap_err();
    assert!(read_only.to_string().contains("default_transaction_read_only is on"), "{read_only}");
    let reset =
        format!("set default_transaction_read_only = off; alter database {name} reset default_transaction_read_only");
    client.batch_execute(&reset).await.unwrap();
    // Sessions opened meanwhile are not ended by the server: the store must end them.
    store.ready().await.unwrap();
    for lane in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        commit(&store, |batch| batch.insert_instance(&instance(lane, 1))).await.unwrap();
    }
    commit(&store, |batch| batch.insert_task_template(&template("t", 1))).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standby_is_refused_at_the_start() {
    let Some(mut cluster) = cluster().await else { return };
    let url = cluster.new_database().await.unwrap().url;
    Store::open(&Location::Postgres { url: url.clone() }, OpenOptions::default()).await.unwrap().close().await.unwrap();
    cluster.restart_as_standby().await.unwrap();
    let error = Store::open(&Location::Postgres { url }, OpenOptions::default()).await.unwrap_err();
    assert!(matches!(error, Error::ReadOnly { .. }), "{error}");
    let text = error.to_string();
    assert!(text.contains("standby") && text.contains("target_session_attrs=read-write"), "{text}");
}

/// Commits many batches at once that share a lane; returns the outcome of each.
async fn many(store: &Store, prefix: &str, count: usize) -> Vec<Result<(), CommitError>> {
    let mut writers = tokio::task::JoinSet::new();
    for n in 0..count {
        let (store, id) = (store.clone(), format!("{prefix}{n}"));
        writers.spawn(async move { commit(&store, |batch| batch.insert_task_template(&template(&id, 5))).await });
    }
    writers.join_all().await
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_silent_database_is_down_in_time_and_the_store_recovers() {
    let Some(cluster) = cluster().await else { return };
    let patience = OpenOptions { statement_max: Duration::from_secs(3), ..OpenOptions::default() };
    let store = open_with(&cluster, patience).await;
    for result in many(&store, "before", 40).await {
        result.unwrap();
    }
    cluster.pause().unwrap();
    let began = Instant::now();
    let (read, ping, written) =
        tokio::join!(store.task_template("i", "before1"), store.ping(), many(&store, "lost", 100));
    assert!(matches!(read, Err(Error::Down { .. })), "{read:?}");
    assert!(matches!(ping, Err(Error::Down { .. })), "{ping:?}");
    for result in written {
        assert!(matches!(result, Err(CommitError::Store(Error::Down { .. }))), "{result:?}");
    }
    // One timeout for the first batch and one for all behind it, on an old connection or a new one.
    assert!(began.elapsed() < Duration::from_secs(40), "{:?}", began.elapsed());
    cluster.resume().unwrap();
    store.ping().await.unwrap();
    for result in many(&store, "after", 40).await {
        result.unwrap();
    }
    assert!(store.task_template("i", "before1").await.unwrap().is_some());
    assert!(store.task_template("i", "lost1").await.unwrap().is_none(), "it was said to have failed");
    store.close().await.unwrap();
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_waits_for_is_not_done_later_and_closing_ends() {
    let Some(cluster) = cluster().await else { return };
    let store = open(&cluster).await;
    commit(&store, |batch| batch.insert_task_template(&template("before", 5))).await.unwrap();
    cluster.pause().unwrap();
    // The first is under way when the server falls silent; the others wait in the queue behind it.
    let first = tokio::spawn({
        let store = store.clone();
        async move { commit(&store, |batch| batch.insert_task_template(&template("first", 5))).await }
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    tokio::time::timeout(Duration::from_millis(300), many(&store, "ghost", 50)).await.unwrap_err();
    // A reader that stops waiting does not leave its query to the next one.
    tokio::time::timeout(Duration::from_millis(300), store.ping()).await.unwrap_err();
    cluster.resume().unwrap();
    first.await.unwrap().unwrap();
    store.ping().await.unwrap();
    commit(&store, |batch| batch.insert_task_template(&template("after", 5))).await.unwrap();
    for n in 0..50 {
        assert_eq!(store.task_template("i", &format!("ghost{n}")).await.unwrap(), None);
    }
    cluster.pause().unwrap();
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { commit(&store, |batch| batch.insert_task_template(&template("last", 5))).await }
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    let began = Instant::now();
    assert!(matches!(store.close().await, Err(Error::Busy { .. })));
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    let last = waiting.await.unwrap();
    assert!(matches!(last, Err(CommitError::Store(Error::Uncertain { .. }))), "{last:?}");
    cluster.resume().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_do_not_keep_commits_from_a_connection() {
    let Some(url) = testkit::pg_url_for_tests().await else { return };
    let options = OpenOptions { connections_max: 5, ..OpenOptions::default() };
    let store = Store::open(&Location::Postgres { url: url.clone() }, options).await.unwrap();
    add_instance(&store, "i", 1).await;
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    // Readers of this table wait, on the only connection for reads.
    client.batch_execute("begin; lock table access_key in access exclusive mode").await.unwrap();
    let blocked = tokio::spawn({
        let store = store.clone();
        async move { store.access_key("AK").await }
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    let began = Instant::now();
    for result in many(&store, "t", 40).await {
        result.unwrap();
    }
    assert!(began.elapsed() < Duration::from_secs(5) && !blocked.is_finished());
    client.batch_execute("commit").await.unwrap();
    assert_eq!(blocked.await.unwrap().unwrap(), None);
}
