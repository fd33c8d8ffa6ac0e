//! Where a case runs, and rows to run it with.

use std::path::PathBuf;

use store::{
    Batch, CommitError, Conflict, ContactRow, InstanceRow, Location, NewTaskTemplate, OpenOptions, Store,
    TaskTemplateUpdate,
};

/// A location for one case, removed with it.
pub(crate) struct TestDatabase {
    pub(crate) location: Location,
    _folder: Option<tempfile::TempDir>,
    pooler: Option<testkit::PgBouncer>,
}

/// Runs each case at every place: one line per case.
macro_rules! everywhere {
    ($($case:ident),* $(,)?) => {$(
        mod $case {
            use crate::test_database::TestDatabase;

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                super::$case(TestDatabase::sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn memory() {
                super::$case(TestDatabase::memory()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                if let Some(database) = TestDatabase::postgres().await {
                    super::$case(database).await;
                }
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres_behind_a_pooler() {
                if let Some(database) = TestDatabase::pooled().await {
                    super::$case(database).await;
                }
            }
        }
    )*};
}
pub(crate) use everywhere;

impl TestDatabase {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { location: Location::Sqlite { dir: folder.path().join("data") }, _folder: Some(folder), pooler: None }
    }

    pub(crate) fn memory() -> Self {
        Self { location: Location::Memory, _folder: None, pooler: None }
    }

    pub(crate) async fn postgres() -> Option<Self> {
        let url = testkit::pg_url_for_tests().await?;
        Some(Self { location: Location::Postgres { url }, _folder: None, pooler: None })
    }

    /// A database behind a pooler that gives each transaction a connection of its choice.
    pub(crate) async fn pooled() -> Option<Self> {
        let url = testkit::pg_url_for_tests().await?;
        let pooler = testkit::PgBouncer::start(&url, "transaction").await.unwrap();
        let url = pooler.before(&url);
        Some(Self { location: Location::Postgres { url }, _folder: None, pooler: Some(pooler) })
    }

    pub(crate) fn is_pooled(&self) -> bool {
        self.pooler.is_some()
    }

    /// How a store is opened there.
    pub(crate) fn options(&self) -> OpenOptions {
        OpenOptions { prepared_statements: self.pooler.is_none(), connections_max: 8, ..OpenOptions::default() }
    }

    pub(crate) fn dir(&self) -> PathBuf {
        match &self.location {
            Location::Sqlite { dir } => dir.clone(),
            other => panic!("{other:?} has no folder"),
        }
    }

    pub(crate) fn forgets(&self) -> bool {
        self.location == Location::Memory
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.location, self.options()).await.unwrap()
    }

    /// A store with the instances "i" and "j".
    pub(crate) async fn open_with_instances(&self) -> Store {
        let store = self.open().await;
        for (n, id) in ["i", "j"].into_iter().enumerate() {
            add_instance(&store, id, 1000 + n as i64).await;
        }
        store
    }

    /// Runs SQL bypassing the store.
    pub(crate) async fn tamper(&self, sql: &str) {
        match &self.location {
            Location::Sqlite { dir } => {
                rusqlite::Connection::open(dir.join("taskform.db")).unwrap().execute_batch(sql).unwrap();
            }
            Location::Postgres { url } => {
                let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
                tokio::spawn(connection);
                client.batch_execute(sql).await.unwrap();
            }
            Location::Memory => panic!("nothing gets past a store in memory"),
        }
    }
}

pub(crate) async fn add_instance(store: &Store, id: &str, created_ms: i64) {
    let mut batch = Batch::new();
    batch.insert_instance(&instance(id, created_ms));
    store.commit(batch).await.unwrap();
}

pub(crate) fn instance(id: &str, created_ms: i64) -> InstanceRow {
    InstanceRow {
        id: id.to_owned(),
        alias: Some(format!("alias of {id}")),
        status: "ACTIVE".to_owned(),
        created_ms,
        body: format!("{{\"Id\":\"{id}\"}}"),
        ..InstanceRow::default()
    }
}

/// Template `id` in instance "i", named after its id.
pub(crate) fn template(id: &str, created_ms: i64) -> NewTaskTemplate {
    NewTaskTemplate {
        instance_id: "i".to_owned(),
        id: id.to_owned(),
        name: format!("name of {id}"),
        status: "ACTIVE".to_owned(),
        created_ms,
        summary: format!("{{\"Id\":\"{id}\"}}"),
        body: format!("{{\"Id\":\"{id}\",\"v\":1}}"),
    }
}

/// The change of template `id` in instance "i" to the version after `version`.
pub(crate) fn update(id: &str, version: i64) -> TaskTemplateUpdate {
    TaskTemplateUpdate {
        instance_id: "i".to_owned(),
        id: id.to_owned(),
        expected_version: version,
        name: format!("name of {id}"),
        status: if version % 2 == 0 { "ACTIVE" } else { "INACTIVE" }.to_owned(),
        modified_ms: 2000 + version,
        summary: format!("{{\"Id\":\"{id}\",\"v\":{}}}", version + 1),
        body: format!("{{\"Id\":\"{id}\",\"v\":{}}}", version + 1),
    }
}

/// Contact `id` in instance "i", a root and alone in its chain.
pub(crate) fn contact(id: &str, initiated_ms: i64) -> ContactRow {
    ContactRow {
        instance_id: "i".to_owned(),
        id: id.to_owned(),
        state: "IN_FLOW".to_owned(),
        chain_id: id.to_owned(),
        association_id: id.to_owned(),
        name: format!("name of {id}"),
        initiation_method: "API".to_owned(),
        initiated_ms,
        expires_ms: initiated_ms + 1000,
        body: format!("{{\"id\":\"{id}\"}}"),
        ..ContactRow::default()
    }
}

/// Makes a batch, commits it.
pub(crate) async fn commit(store: &Store, fill: impl FnOnce(&mut Batch)) -> Result<(), CommitError> {
    let mut batch = Batch::new();
    fill(&mut batch);
    store.commit(batch).await
}

/// The condition that must have failed.
pub(crate) fn conflict(result: Result<(), CommitError>) -> Conflict {
    match result {
        Err(CommitError::Conflict(conflict)) => conflict,
        other => panic!("a conflict was expected: {other:?}"),
    }
}

pub(crate) async fn add_templates(store: &Store, ids: impl IntoIterator<Item = String>, created_ms: i64) {
    for (n, id) in ids.into_iter().enumerate() {
        commit(store, |batch| batch.insert_task_template(&template(&id, created_ms + n as i64))).await.unwrap();
    }
}
