//! Groups of batches that share a commit on PostgreSQL.

use std::time::Duration;

use store::{AgentRow, Batch, CommitError, Conflict, ContactRow, Faults, OpenOptions, Store};
use tokio::task::JoinHandle;
use tokio_postgres::{Client, NoTls};

use crate::test_database::{TestDatabase, add_instance, commit, conflict, contact};

/// A session beside the store's.
async fn session(database: &TestDatabase) -> Client {
    let store::Location::Postgres { url } = &database.location else { panic!("these are tests of PostgreSQL") };
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// A store with an instance, and the switchboard that counts its commits.
async fn open(database: &TestDatabase) -> (Store, Faults) {
    let faults = Faults::default();
    let options = OpenOptions { faults: Some(faults.clone()), ..database.options() };
    let store = Store::open(&database.location, options).await.unwrap();
    add_instance(&store, "i", 1).await;
    (store, faults)
}

/// Commits these as one group: while the lane waits for a lock, they queue up behind it.
async fn as_a_group(
    database: &TestDatabase,
    store: &Store,
    batches: Vec<Batch>,
) -> Vec<JoinHandle<Result<(), CommitError>>> {
    let other = session(database).await;
    other.batch_execute("begin; select 1 from instance where id = 'i' for update").await.unwrap();
    let first = {
        let store = store.clone();
        tokio::spawn(async move { commit(&store, |batch| batch.require_instance("i")).await })
    };
    until(async || blocked(database).await == 1).await;
    let wanted = batches.len();
    let spawn = |batch| {
        let store = store.clone();
        tokio::spawn(async move { store.commit(batch).await })
    };
    let mut running = Vec::new();
    for (n, batch) in batches.into_iter().enumerate() {
        running.push(spawn(batch));
        until(async || store.stats().await.unwrap().queued == n + 1).await;
    }
    assert_eq!(running.len(), wanted);
    other.batch_execute("commit").await.unwrap();
    first.await.unwrap().unwrap();
    running
}

/// How many sessions of the database wait for a lock.
async fn blocked(database: &TestDatabase) -> i64 {
    let text = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    session(database).await.query_one(text, &[]).await.unwrap().get(0)
}

/// Waits for it; a test that waits for what never comes must end all the same.
async fn until(holds: impl AsyncFn() -> bool) {
    for _ in 0..6_000 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it never came to that");
}

fn agent(rev: i64) -> AgentRow {
    AgentRow { instance_id: "i".to_owned(), id: "a".to_owned(), rev, ..AgentRow::default() }
}

async fn conflicting_batches_do_not_break_up_their_group(database: TestDatabase) {
    let (store, faults) = open(&database).await;
    commit(&store, |batch| {
        (0..40).for_each(|n| batch.insert_contact(&contact(&format!("c{n:02}"), n)));
        batch.insert_agent(&agent(0));
    })
    .await
    .unwrap();
    let batches = (0..40).map(|n| {
        let mut batch = Batch::new();
        let rev = if n % 10 == 3 { 7 } else { 0 };
        batch.update_contact(&ContactRow { rev, ..contact(&format!("c{n:02}"), n) });
        // Two want the agent as it is now: the first of them does not come to be, so the second must.
        if n == 3 || n == 20 {
            batch.update_agent(&agent(0));
        }
        batch.add_to_counter("i", &format!("n{}", n % 3), 1, None);
        batch
    });
    let before = faults.commits();
    let running = as_a_group(&database, &store, batches.collect()).await;
    for (n, result) in running.into_iter().enumerate() {
        let result = result.await.unwrap();
        match n % 10 == 3 {
            true => assert_eq!(conflict(result), Conflict::Moved, "{n}"),
            false => result.unwrap(),
        }
    }
    // The one that the group queued up behind, the group, and the one that a batch without effect was in the way of.
    assert_eq!(faults.commits() - before, 3);
    assert_eq!(store.agent("i", "a").await.unwrap().unwrap().rev, 1);
    let counters = ["n0", "n1", "n2"].map(|name| store.counter("i", name));
    let mut sum = 0;
    for counter in counters {
        sum += counter.await.unwrap();
    }
    assert_eq!(sum, 36);
}

/// A statement that fails keeps from being looked at what follows it, which is not to blame for that.
async fn a_failing_statement_does_not_break_up_its_group(database: TestDatabase) {
    let (store, faults) = open(&database).await;
    let session = session(&database).await;
    session.batch_execute("alter table contact add check (name <> 'forbidden')").await.unwrap();
    let batches = (0..20).map(|n| {
        let mut batch = Batch::new();
        let name = if n == 4 { "forbidden" } else { "fine" }.to_owned();
        batch.insert_contact(&ContactRow { name, ..contact(&format!("c{n:02}"), n) });
        batch
    });
    let before = faults.commits();
    let running = as_a_group(&database, &store, batches.collect()).await;
    for (n, result) in running.into_iter().enumerate() {
        assert_eq!(result.await.unwrap().is_err(), n == 4, "{n}");
    }
    assert_eq!(faults.commits() - before, 2);
}

/// While a group waits for the row of one of its batches, it has not locked the counter of another.
async fn a_group_that_waits_holds_no_counter(database: TestDatabase) {
    let (store, _faults) = open(&database).await;
    commit(&store, |batch| {
        batch.insert_contact(&contact("c1", 1));
        batch.insert_contact(&contact("c2", 1));
        batch.add_to_counter("i", "n", 1, None);
    })
    .await
    .unwrap();
    let other = session(&database).await;
    other.batch_execute("begin; select 1 from contact where id = 'c2' for update").await.unwrap();
    let batches = ["c1", "c2"].map(|id| {
        let mut batch = Batch::new();
        batch.add_to_counter("i", "n", 1, None);
        batch.update_contact(&contact(id, 1));
        batch
    });
    let running = as_a_group(&database, &store, batches.into()).await;
    until(async || blocked(&database).await == 1).await;
    let free = "select 1 from counter where instance_id = 'i' and name = 'n' for update nowait; commit";
    other.batch_execute(free).await.expect("nobody holds the counter");
    for result in running {
        result.await.unwrap().unwrap();
    }
    assert_eq!(store.counter("i", "n").await.unwrap(), 3);
}

macro_rules! on_postgres {
    ($($case:ident at $($place:ident)+),* $(,)?) => {$(
        mod $case {
            use crate::test_database::TestDatabase;

            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $place() {
                if let Some(database) = TestDatabase::$place().await {
                    super::$case(database).await;
                }
            })+
        }
    )*};
}

// A pooler has no connection left when two sessions beside the store hold theirs.
on_postgres!(
    conflicting_batches_do_not_break_up_their_group at postgres pooled,
    a_failing_statement_does_not_break_up_its_group at postgres pooled,
    a_group_that_waits_holds_no_counter at postgres,
);
