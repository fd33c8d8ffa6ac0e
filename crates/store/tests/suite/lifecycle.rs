//! Opening, closing, opening again; who may open what.

use store::{Batch, Error, Location, OpenOptions, Store};

use crate::test_database::{TestDatabase, add_templates, commit, everywhere, instance, template};

everywhere!(
    what_was_written_is_there_after_reopening,
    a_dropped_store_loses_nothing,
    a_newer_database_is_refused,
    several_starts_at_once_make_one_schema,
    a_closed_store_says_so,
);

async fn what_was_written_is_there_after_reopening(database: TestDatabase) {
    if database.forgets() {
        return;
    }
    let store = database.open_with_instances().await;
    add_templates(&store, (0..10).map(|n| format!("t{n}")), 5).await;
    store.close().await.unwrap();
    let store = database.open().await;
    for n in 0..10 {
        assert!(store.task_template("i", &format!("t{n}")).await.unwrap().is_some());
    }
}

async fn a_dropped_store_loses_nothing(database: TestDatabase) {
    if database.forgets() {
        return;
    }
    let store = database.open_with_instances().await;
    add_templates(&store, ["t".to_owned()], 5).await;
    drop(store);
    let store = database.open().await;
    assert!(store.task_template("i", "t").await.unwrap().is_some());
}

async fn a_newer_database_is_refused(database: TestDatabase) {
    if database.forgets() {
        return;
    }
    database.open().await.close().await.unwrap();
    database.tamper("update meta set value = '999' where key = 'schema_version'").await;
    let error = Store::open(&database.location, database.options()).await.unwrap_err();
    assert!(matches!(error, Error::NewerVersion { found: 999, known: 1.. }), "{error}");
    assert!(error.to_string().contains("999") && error.to_string().contains("use a newer release"), "{error}");
    database.tamper("update meta set value = 'x' where key = 'schema_version'").await;
    let error = Store::open(&database.location, database.options()).await.unwrap_err();
    assert!(matches!(error, Error::Broken { table: "meta", .. }), "{error}");
}

async fn several_starts_at_once_make_one_schema(database: TestDatabase) {
    let mut starting = tokio::task::JoinSet::new();
    for _process in 0..6 {
        let location = database.location.clone();
        let options = OpenOptions { exclusive: false, connections_max: 5, ..database.options() };
        starting.spawn(async move { Store::open(&location, options).await });
    }
    for opened in starting.join_all().await {
        match opened {
            Ok(store) => assert!(store.meta("schema_version").await.unwrap().is_some()),
            // On one folder, a process that opens it while another creates the schema gets that error; or, when the
            // disk is very slow, the error that it waited too long for others.
            Err(Error::Locked { .. } | Error::Busy { .. }) => {
                assert!(matches!(database.location, Location::Sqlite { .. }));
            }
            Err(other) => panic!("{other}"),
        }
    }
    database.open().await.close().await.unwrap();
}

async fn a_closed_store_says_so(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let other = store.clone();
    store.close().await.unwrap();
    store.close().await.unwrap();
    assert!(matches!(other.task_template("i", "t").await, Err(Error::Closed)));
    let mut batch = Batch::new();
    batch.insert_task_template(&template("t", 5));
    let error = other.commit(batch).await.unwrap_err();
    assert!(matches!(error, store::CommitError::Store(Error::Closed)), "{error}");
}

#[tokio::test]
async fn a_second_server_on_a_folder_is_refused_and_a_helper_is_not() {
    let database = TestDatabase::sqlite();
    let server = database.open_with_instances().await;
    let error = Store::open(&database.location, OpenOptions::default()).await.unwrap_err();
    assert!(matches!(&error, Error::Locked { path, .. } if path.starts_with(database.dir())), "{error}");

    let helper = OpenOptions { exclusive: false, ..OpenOptions::default() };
    let helper = Store::open(&database.location, helper).await.unwrap();
    let key = store::AccessKeyRow { access_key_id: "AK".to_owned(), active: true, ..store::AccessKeyRow::default() };
    commit(&helper, |batch| batch.insert_access_key(&key)).await.unwrap();
    // The running server sees it without a notification, and both can write.
    assert_eq!(server.access_key("AK").await.unwrap(), Some(key));
    commit(&server, |batch| batch.insert_instance(&instance("k", 1))).await.unwrap();
    commit(&helper, |batch| batch.revoke_access_key("AK")).await.unwrap();
    assert!(!server.access_key("AK").await.unwrap().unwrap().active);

    // A helper leaves the log alone: a checkpoint would make the server wait.
    assert!(server.stats().await.unwrap().log_bytes > 0);
    helper.close().await.unwrap();
    assert!(server.stats().await.unwrap().log_bytes > 0);
    server.close().await.unwrap();
    database.open().await.close().await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn the_data_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let database = TestDatabase::sqlite();
    let store = database.open_with_instances().await;
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&database.dir()), 0o700);
    let mut files = 0;
    for file in std::fs::read_dir(database.dir()).unwrap() {
        let path = file.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        files += 1;
    }
    assert!(files >= 3, "database, log and lock");
    drop(store);
}

#[test]
fn a_location_does_not_tell_its_password() {
    let location = Location::Postgres { url: "postgres://u:secret@h/d".to_owned() };
    assert_eq!(format!("{location:?}"), "Postgres { .. }");
}
