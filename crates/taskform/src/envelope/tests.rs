//! Migration and rotation on both engines (B272), with a crash at every step.

use std::path::Path;

use store::{AccessKeyRow, Faults, Location, OpenOptions};

use super::*;
use crate::settings::{Given, Settings, Values};

/// A database of a test: SQLite in a folder, or PostgreSQL.
struct Place {
    folder: tempfile::TempDir,
    url: Option<String>,
}

impl Place {
    /// One on each engine that there is.
    async fn all() -> Vec<Self> {
        let folder = || tempfile::tempdir().unwrap();
        let postgres = testkit::pg_url_for_tests().await;
        let sqlite = Self { folder: folder(), url: None };
        [sqlite].into_iter().chain(postgres.map(|url| Self { folder: folder(), url: Some(url) })).collect()
    }

    fn settings(&self, master_key: Option<&str>) -> Settings {
        let mut given = Given::default();
        given.environment.insert("TASKFORM_DATA".to_owned(), self.folder.path().to_str().unwrap().to_owned());
        given.environment.extend(master_key.map(|key| ("TASKFORM_MASTER_KEY".to_owned(), key.to_owned())));
        given.flags.extend(self.url.clone().map(|url| ("database", url)));
        Settings::build(&Values::gather(&given).unwrap(), &given).unwrap()
    }

    async fn store(&self, faults: &Faults) -> Store {
        let location = match &self.url {
            None => Location::Sqlite { dir: self.folder.path().to_owned() },
            Some(url) => Location::Postgres { url: url.clone() },
        };
        Store::open(&location, OpenOptions { faults: Some(faults.clone()), ..OpenOptions::default() }).await.unwrap()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

const TOKEN_KEY: [u8; 32] = [9; 32];

fn secret(id: &str) -> String {
    format!("secret of {id}")
}

fn row(vault: &Vault, id: &str, created_ms: i64) -> AccessKeyRow {
    AccessKeyRow {
        access_key_id: id.to_owned(),
        account: "123456789012".to_owned(),
        sealed_secret: vault.seal(id, secret(id).as_bytes()),
        created_ms,
        active: true,
        policies: r#"["administrator"]"#.to_owned(),
        tags: String::new(),
        ..AccessKeyRow::default()
    }
}

/// What a server of the version before has left: everything under the master key itself, and one row that never opened.
async fn before(store: &Store, master: &MasterKey) {
    let vault = Vault::new(master);
    let mut batch = Batch::new();
    batch.put_new_meta(MASTER_CHECK, &seal_record(&vault, MASTER_CHECK, b"taskform"));
    batch.put_new_meta(PAGE_TOKEN_KEY, &seal_record(&vault, PAGE_TOKEN_KEY, &TOKEN_KEY));
    for n in 0..450 {
        batch.insert_access_key(&row(&vault, &format!("AKIA{n}"), n));
    }
    batch.insert_access_key(&AccessKeyRow { sealed_secret: vec![1; 60], ..row(&vault, "BROKEN", 999) });
    store.commit(batch).await.unwrap();
}

/// All secrets open under `vault`, and none of them under `other`.
async fn is_under(store: &Store, vault: &Vault, other: &Vault) {
    let rows = keys::list(store).await.unwrap();
    let rows: Vec<_> = rows.iter().filter(|row| row.access_key_id != "BROKEN").collect();
    assert!(rows.len() >= 450);
    for row in rows {
        let id = &row.access_key_id;
        assert_eq!(vault.open(id, &row.sealed_secret).unwrap().as_slice(), secret(id).as_bytes());
        assert_eq!(other.open(id, &row.sealed_secret), Err(DoesNotOpen));
    }
    let record = store.meta(PAGE_TOKEN_KEY).await.unwrap().unwrap();
    assert_eq!(open_record(vault, PAGE_TOKEN_KEY, &record).unwrap().as_slice(), TOKEN_KEY);
    let record = store.meta(MASTER_CHECK).await.unwrap().unwrap();
    assert!(open_record(vault, MASTER_CHECK, &record).is_ok() && open_record(other, MASTER_CHECK, &record).is_err());
}

/// Opens as a server does, or as a short command.
async fn opened(place: &Place, store: &Store, may_migrate: bool) -> Result<(Vault, Option<String>), KeyError> {
    let storage = place.settings(None).storage;
    open(store, &mut MasterKeys::of(&storage, true)?, &storage, may_migrate).await
}

/// B272
#[tokio::test]
async fn a_store_from_before_is_migrated_in_one_commit_whatever_fails() {
    for place in Place::all().await {
        let faults = Faults::default();
        let store = place.store(&faults).await;
        let master = MasterKey::make(&place.file("master.key")).unwrap();
        before(&store, &master).await;
        let old = Vault::new(&master);
        // A short command beside a server of the version before changes nothing.
        let (vault, record) = opened(&place, &store, false).await.unwrap();
        assert_eq!(record, None);
        is_under(&store, &vault, &Vault::of(&DataKey::random())).await;
        // A crash before the commit: nothing has changed.
        faults.fail_before_commit(1);
        assert!(opened(&place, &store, true).await.is_err());
        assert_eq!(store.meta(DATA_KEY).await.unwrap(), None);
        is_under(&store, &old, &Vault::of(&DataKey::random())).await;
        // A crash after it: everything has.
        faults.fail_after_commit(1);
        assert!(opened(&place, &store, true).await.is_err());
        let (vault, record) = opened(&place, &store, true).await.unwrap();
        is_under(&store, &vault, &old).await;
        // Once.
        let (vault, again) = opened(&place, &store, true).await.unwrap();
        assert_eq!(again, record);
        is_under(&store, &vault, &old).await;
        store.close().await.unwrap();
    }
}

/// B272
#[tokio::test]
async fn several_processes_that_migrate_at_once_agree() {
    for place in Place::all().await {
        let store = place.store(&Faults::default()).await;
        let master = MasterKey::make(&place.file("master.key")).unwrap();
        before(&store, &master).await;
        let open = || opened(&place, &store, true);
        let (a, b, c) = tokio::join!(open(), open(), open());
        for (vault, record) in [a.unwrap(), b.unwrap(), c.unwrap()] {
            assert_eq!(record, store.meta(DATA_KEY).await.unwrap());
            is_under(&store, &vault, &Vault::new(&master)).await;
        }
        store.close().await.unwrap();
    }
}

/// B272
#[tokio::test]
async fn a_store_from_before_under_another_key_is_refused_unchanged() {
    for place in Place::all().await {
        let store = place.store(&Faults::default()).await;
        MasterKey::make(&place.file("master.key")).unwrap();
        before(&store, &MasterKey::random()).await;
        for may_migrate in [false, true] {
            let text = opened(&place, &store, may_migrate).await.unwrap_err().to_string();
            assert!(text.contains("not the master key") && text.contains("--master-key-file"), "{text}");
        }
        assert_eq!(store.meta(DATA_KEY).await.unwrap(), None);
        store.close().await.unwrap();
    }
}

fn id(path: &Path) -> Option<String> {
    MasterKey::read(path).unwrap().map(|key| key.id())
}

/// B272: a crash before the commit, after it, between the two steps with the files, and at the end.
#[tokio::test]
async fn a_rotation_in_the_data_folder_ends_well_wherever_it_stops() {
    for place in Place::all().await {
        let faults = Faults::default();
        let store = place.store(&faults).await;
        let (file, next) = (place.file("master.key"), place.file("master.key.new"));
        let first = MasterKey::make(&file).unwrap();
        before(&store, &first).await;
        let storage = place.settings(None).storage;
        let (vault, _) = opened(&place, &store, true).await.unwrap();
        let old = Vault::new(&first);

        faults.fail_before_commit(1);
        rotate(&store, &storage, None).await.unwrap_err();
        assert_eq!(id(&file), Some(first.id()), "nothing has changed but that there is a next key");
        let second = id(&next).unwrap();
        is_under(&store, &opened(&place, &store, true).await.unwrap().0, &old).await;

        faults.fail_after_commit(1);
        rotate(&store, &storage, None).await.unwrap_err();
        assert_eq!((id(&file), id(&next)), (Some(first.id()), Some(second.clone())), "the next key is the same");
        // Between the two steps with the files.
        std::fs::hard_link(&file, place.file(&format!("master.key.{}", first.id()))).unwrap();
        is_under(&store, &opened(&place, &store, true).await.unwrap().0, &old).await;
        assert_eq!((id(&file), id(&next)), (Some(second.clone()), None), "the next start finishes");
        assert_eq!(id(&place.file(&format!("master.key.{}", first.id()))), Some(first.id()), "back-ups need it");

        let rotated = rotate(&store, &storage, None).await.unwrap();
        assert_eq!((rotated.from, id(&file)), (second.clone(), Some(rotated.to)));
        assert_eq!(rotated.files, Some((file.clone(), place.file(&format!("master.key.{second}")))));
        is_under(&store, &opened(&place, &store, true).await.unwrap().0, &old).await;
        // The secrets themselves were not touched: a server that runs goes on.
        is_under(&store, &vault, &old).await;
        // The former key is refused, and what to do is said.
        std::fs::copy(place.file(&format!("master.key.{second}")), &file).unwrap();
        let text = opened(&place, &store, true).await.unwrap_err().to_string();
        for part in
            [&second, "is not the master key of this store", "rotate-master", "the former one", "--master-key-file"]
        {
            assert!(text.contains(part), "{part} in {text}");
        }
        store.close().await.unwrap();
    }
}

/// B272: a key from outside is for whoever gave it to keep.
#[tokio::test]
async fn a_rotation_of_a_key_that_was_given() {
    for place in Place::all().await {
        let (one, two) = ("01".repeat(32), "02".repeat(32));
        let store = place.store(&Faults::default()).await;
        let storage = place.settings(Some(&one)).storage;
        let parse = |text: &str| MasterKey::parse(text, "x").unwrap();
        before(&store, &parse(&one)).await;
        let text = rotate(&store, &storage, Some(parse(&two))).await.unwrap_err().to_string();
        assert!(text.contains("start a server of this version once"), "{text}");
        open(&store, &mut MasterKeys::of(&storage, true).unwrap(), &storage, true).await.unwrap();
        let text = rotate(&store, &storage, None).await.unwrap_err().to_string();
        assert!(text.contains("TASKFORM_MASTER_KEY") && text.contains("--new-master-key-file"), "{text}");
        let text = rotate(&store, &storage, Some(parse(&one))).await.unwrap_err().to_string();
        assert!(text.contains("the one in use"), "{text}");
        let rotated = rotate(&store, &storage, Some(parse(&two))).await.unwrap();
        assert_eq!((rotated.from, rotated.to, rotated.files), (parse(&one).id(), parse(&two).id(), None));
        assert!(!place.file("master.key").exists() && !place.file("master.key.new").exists());
        let renewed = place.settings(Some(&two)).storage;
        let (vault, _) = open(&store, &mut MasterKeys::of(&renewed, true).unwrap(), &renewed, true).await.unwrap();
        is_under(&store, &vault, &Vault::new(&parse(&one))).await;
        let text = rotate(&store, &storage, Some(parse(&two))).await.unwrap_err().to_string();
        assert!(text.contains(&parse(&two).id()) && text.contains("not the master key"), "{text}");
        store.close().await.unwrap();
    }
}

/// B272: of several rotations at once one wins, and the key that then opens the store is in its place.
#[tokio::test]
async fn rotations_at_once() {
    for place in Place::all().await {
        let store = place.store(&Faults::default()).await;
        let first = MasterKey::make(&place.file("master.key")).unwrap();
        before(&store, &first).await;
        opened(&place, &store, true).await.unwrap();
        let storage = place.settings(None).storage;
        let (a, b) = tokio::join!(rotate(&store, &storage, None), rotate(&store, &storage, None));
        assert!(a.is_ok() || b.is_ok(), "{a:?} {b:?}");
        is_under(&store, &opened(&place, &store, true).await.unwrap().0, &Vault::new(&first)).await;
        store.close().await.unwrap();
    }
}
