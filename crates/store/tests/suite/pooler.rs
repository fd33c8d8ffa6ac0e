//! Behind a pooler: in transaction mode only with unnamed statements, which every case of the suite is run with; in session
//! mode as without one.

use store::{Error, Location, OpenOptions, Store};
use testkit::PgBouncer;

use crate::test_database::{TestDatabase, add_instance, commit, template};

#[tokio::test(flavor = "multi_thread")]
async fn a_pooler_in_transaction_mode_is_refused_with_what_to_set() {
    let Some(database) = TestDatabase::pooled().await else { return };
    // With a busy store, so that the pooler has several connections and assigns them in any order.
    let busy = database.open_with_instances().await;
    for _start in 0..5 {
        let mut running = tokio::task::JoinSet::new();
        for n in 0..20 {
            let store = busy.clone();
            running.spawn(async move { (store.instance_exists("i").await, store.meta(&format!("m{n}")).await) });
        }
        let refused = Store::open(&database.location, OpenOptions::default()).await.unwrap_err();
        assert!(matches!(refused, Error::Settings { .. }), "{refused}");
        let text = refused.to_string();
        assert!(text.contains("pooler") && text.contains("storage.prepared_statements = false"), "{text}");
        running.join_all().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pooler_in_session_mode_is_as_good_as_none() {
    let Some(url) = testkit::pg_url_for_tests().await else { return };
    let pooler = PgBouncer::start(&url, "session").await.unwrap();
    let location = Location::Postgres { url: pooler.before(&url) };
    let store = Store::open(&location, OpenOptions::default()).await.unwrap();
    add_instance(&store, "i", 1).await;
    commit(&store, |batch| batch.insert_task_template(&template("t", 1))).await.unwrap();
    assert!(store.task_template("i", "t").await.unwrap().is_some());
    store.close().await.unwrap();
}

/// Unnamed statements also work without a pooler: a wrong setting only costs speed.
#[tokio::test(flavor = "multi_thread")]
async fn unnamed_statements_work_without_a_pooler() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let options = OpenOptions { prepared_statements: false, ..OpenOptions::default() };
    let store = Store::open(&database.location, options).await.unwrap();
    add_instance(&store, "i", 1).await;
    let (first, second) = (template("t", 1), template("u", 2));
    commit(&store, |batch| batch.insert_task_template(&first)).await.unwrap();
    commit(&store, |batch| batch.insert_task_template(&second)).await.unwrap();
    assert!(store.task_template("i", "t").await.unwrap().is_some());
    assert_eq!(store.access_key("nobody\0").await.unwrap(), None);
}
