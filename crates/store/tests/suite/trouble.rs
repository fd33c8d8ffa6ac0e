//! Disk failures: precise errors, nothing lost, and full recovery afterwards.

use std::path::Path;
use std::process::Command;

use store::{Batch, CommitError, Conflict, Error, Faults, Location, OpenOptions, Slot, Store};

use crate::test_database::{TestDatabase, add_instance, add_templates, commit, everywhere, template, update};

everywhere!(
    a_failure_before_the_commit_changes_nothing,
    a_failure_after_the_commit_is_uncertain_and_nothing_is_lost,
    a_conflict_on_demand_changes_nothing,
    a_held_commit_is_overtaken,
    a_writer_that_died_closes_the_store,
);

async fn open(database: &TestDatabase, faults: &Faults) -> Store {
    let options = OpenOptions { faults: Some(faults.clone()), ..database.options() };
    let store = Store::open(&database.location, options).await.unwrap();
    add_instance(&store, "i", 1).await;
    add_templates(&store, ["t".to_owned()], 5).await;
    store
}

fn error(result: Result<(), CommitError>) -> Error {
    match result {
        Err(CommitError::Store(error)) => error,
        other => panic!("an error of the store was expected: {other:?}"),
    }
}

async fn a_failure_before_the_commit_changes_nothing(database: TestDatabase) {
    let faults = Faults::default();
    let store = open(&database, &faults).await;
    faults.fail_before_commit(1);
    let failed = error(commit(&store, |batch| batch.update_task_template(&update("t", 1))).await);
    assert!(matches!(failed, Error::Down { .. }), "{failed}");
    assert_eq!(store.task_template("i", "t").await.unwrap().unwrap().version, 1);
    commit(&store, |batch| batch.update_task_template(&update("t", 1))).await.unwrap();
    assert_eq!(store.task_template("i", "t").await.unwrap().unwrap().version, 2);
}

async fn a_failure_after_the_commit_is_uncertain_and_nothing_is_lost(database: TestDatabase) {
    let faults = Faults::default();
    let store = open(&database, &faults).await;
    assert_eq!(store.task_template("i", "t").await.unwrap().unwrap().version, 1);
    faults.fail_after_commit(1);
    let failed = error(commit(&store, |batch| batch.update_task_template(&update("t", 1))).await);
    assert!(matches!(failed, Error::Uncertain { .. }), "{failed}");
    assert_eq!(store.task_template("i", "t").await.unwrap().unwrap().version, 2);
}

async fn a_conflict_on_demand_changes_nothing(database: TestDatabase) {
    let faults = Faults::default();
    let store = open(&database, &faults).await;
    faults.fail_with_conflict(1);
    let conflict = commit(&store, |batch| batch.update_task_template(&update("t", 1))).await.unwrap_err();
    assert_eq!(conflict.conflict(), Some(&Conflict::Moved));
    assert_eq!(store.task_template("i", "t").await.unwrap().unwrap().version, 1);
    for demand in [Faults::fail_with_conflict, Faults::fail_before_commit, Faults::fail_after_commit] {
        demand(&faults, 1);
        faults.clear();
    }
    commit(&store, |batch| batch.update_task_template(&update("t", 1))).await.unwrap();
}

async fn a_held_commit_is_overtaken(database: TestDatabase) {
    let faults = Faults::default();
    let store = open(&database, &faults).await;
    let held = faults.hold_next_commit();
    let late = tokio::spawn({
        let store = store.clone();
        async move { commit(&store, |batch| batch.update_task_template(&update("t", 1))).await }
    });
    held.reached().await;
    commit(&store, |batch| batch.update_task_template(&update("t", 1))).await.unwrap();
    held.release();
    assert_eq!(late.await.unwrap().unwrap_err().conflict(), Some(&Conflict::Moved));
    faults.hold_next_commit().release();
    commit(&store, |batch| batch.update_task_template(&update("t", 2))).await.unwrap();
}

async fn a_writer_that_died_closes_the_store(database: TestDatabase) {
    let faults = Faults::default();
    let store = open(&database, &faults).await;
    store.ping().await.unwrap();
    faults.panic_in_commit();
    let failed = error(commit(&store, |batch| batch.update_task_template(&update("t", 1))).await);
    assert!(matches!(failed, Error::Uncertain { .. }), "{failed}");
    // One thread sends the answer and records the panic, the answer first.
    for _look in 0..100 {
        if store.ping().await.is_err() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert!(matches!(store.ping().await, Err(Error::Closed)));
    for instance in ["i", "j", "k", "l", "m", "n"] {
        let failed = error(commit(&store, |batch| batch.set_instance_tags(instance, 0, "")).await);
        assert!(matches!(failed, Error::Closed), "{failed}");
    }
    if let Location::Sqlite { .. } = &database.location {
        // Its caches would be stale if another server wrote to the folder.
        let second = Store::open(&database.location, OpenOptions::default()).await;
        assert!(matches!(second, Err(Error::Locked { .. })), "{second:?}");
    }
    store.close().await.unwrap_err();
    if !database.forgets() {
        let store = database.open().await;
        assert_eq!(store.task_template("i", "t").await.unwrap().unwrap().version, 1);
    }
}

/// A batch with a megabyte in it.
fn large(n: usize) -> Batch {
    let mut batch = Batch::new();
    batch.put_flow_content("i", &format!("f{n}"), Slot::Latest, &"x".repeat(1 << 20));
    batch
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_may_not_grow_says_full_and_recovers() {
    for database in [TestDatabase::sqlite(), TestDatabase::memory()] {
        let faults = Faults::default();
        let store = open(&database, &faults).await;
        faults.set_full(true);
        for n in 0..3 {
            let failed = error(store.commit(large(n)).await);
            assert!(matches!(failed, Error::Full { .. }), "{failed}");
        }
        // Batches that need no space still work, even in a group with one that does.
        let (small, refused) =
            tokio::join!(commit(&store, |batch| batch.update_task_template(&update("t", 1))), store.commit(large(0)));
        small.unwrap();
        assert!(matches!(error(refused), Error::Full { .. }));
        commit(&store, |batch| batch.update_task_template(&update("t", 2))).await.unwrap();
        assert!(matches!(store.ready().await, Err(Error::Full { .. })), "though what is small was written");
        store.ping().await.unwrap();
        assert_eq!(store.task_template("i", "t").await.unwrap().unwrap().version, 3);
        faults.set_full(false);
        store.ready().await.unwrap();
        assert_eq!(store.meta("trial").await.unwrap(), None, "nothing is left of the trial");
        store.commit(large(0)).await.unwrap();
        assert_eq!(store.flow_content("i", "f0", Slot::Latest).await.unwrap().unwrap().content.len(), 1 << 20);
        assert_eq!(store.flow_content("i", "f1", Slot::Latest).await.unwrap(), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_may_not_be_written_says_so_and_recovers() {
    for database in [TestDatabase::sqlite(), TestDatabase::memory()] {
        let faults = Faults::default();
        let store = open(&database, &faults).await;
        faults.set_read_only(true);
        let failed = error(commit(&store, |batch| batch.update_task_template(&update("t", 1))).await);
        assert!(matches!(failed, Error::ReadOnly { .. }), "{failed}");
        assert_eq!(store.task_template("i", "t").await.unwrap().unwrap().version, 1);
        assert!(matches!(store.ready().await, Err(Error::ReadOnly { .. })), "it answers, and cannot be written");
        store.ping().await.unwrap();
        faults.set_read_only(false);
        store.ready().await.unwrap();
        commit(&store, |batch| batch.update_task_template(&update("t", 1))).await.unwrap();
    }
}

/// Nobody can create a folder there, not even root.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named_with_what_to_do() {
    let location = Location::Sqlite { dir: "/sys/kernel/taskform".into() };
    let failed = Store::open(&location, OpenOptions::default()).await.unwrap_err();
    assert!(matches!(failed, Error::Folder { .. }), "{failed}");
    let text = failed.to_string();
    assert!(text.starts_with("cannot make /sys/kernel/taskform: ") && text.contains("may write"), "{text}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_broken() {
    let database = TestDatabase::sqlite();
    std::fs::create_dir_all(database.dir()).unwrap();
    std::fs::write(
        database.dir().join("taskform.db"),
        "this is no database, but long enough to be looked at ".repeat(99),
    )
    .unwrap();
    let failed = Store::open(&database.location, OpenOptions::default()).await.unwrap_err();
    assert!(matches!(failed, Error::Broken { table: "database", .. }), "{failed}");
}

/// A small mounted disk; `None` where mounting is not allowed (only the cases above run then).
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        if run("mount", &["-t", "tmpfs", "-o", "size=4m", "tmpfs"], folder.path()) {
            return Some(Self(folder));
        }
        eprintln!("skipped the real disk: mounting is not allowed here");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        run("umount", &["-l"], self.0.path());
    }
}

fn run(program: &str, arguments: &[&str], path: &Path) -> bool {
    Command::new(program).args(arguments).arg(path).output().is_ok_and(|output| output.status.success())
}

/// Writes this file until there is no more space on its disk.
#[cfg(target_os = "linux")]
fn fill(path: &Path) {
    use std::io::Write as _;
    let mut file = std::fs::File::create(path).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_really_full_disk_loses_nothing() {
    let Some(disk) = SmallDisk::mount() else { return };
    let location = Location::Sqlite { dir: disk.0.path().join("data") };
    let store = Store::open(&location, OpenOptions::default()).await.unwrap();
    add_instance(&store, "i", 1).await;
    let filler = disk.0.path().join("filler");
    std::fs::write(&filler, vec![0u8; 1 << 20]).unwrap();
    let mut made = Vec::new();
    let failed = loop {
        let n = made.len();
        match commit(&store, |batch| batch.insert_task_template(&template(&format!("t{n:04}"), n as i64))).await {
            Ok(()) => made.push(n),
            Err(failed) => break error(Err(failed)),
        }
        if made.len() > 10 && made.len() % 50 == 0 {
            // The log grows with every commit; this fills the rest quickly.
            let filled = store.commit(large(made.len())).await;
            if let Err(failed) = filled {
                break error(Err(failed));
            }
        }
    };
    assert!(matches!(failed, Error::Full { .. }), "{failed}");
    assert!(!made.is_empty());
    fill(&disk.0.path().join("rest"));
    // What the last one had added to the log before it failed is space that those after it may use.
    loop {
        let n = made.len();
        match commit(&store, |batch| batch.insert_task_template(&template(&format!("t{n:04}"), n as i64))).await {
            Ok(()) => made.push(n),
            Err(failed) => break assert!(matches!(error(Err(failed)), Error::Full { .. })),
        }
    }
    for _ in 0..3 {
        assert!(matches!(store.ready().await, Err(Error::Full { .. })), "as long as the disk is full");
    }
    for file in [filler, disk.0.path().join("rest")] {
        std::fs::remove_file(file).unwrap();
    }
    store.ready().await.unwrap();
    for n in &made {
        assert!(store.task_template("i", &format!("t{n:04}")).await.unwrap().is_some());
    }
    commit(&store, |batch| batch.insert_task_template(&template("after", 5))).await.unwrap();
    store.close().await.unwrap();
    let store = Store::open(&location, OpenOptions::default()).await.unwrap();
    for n in &made {
        assert!(store.task_template("i", &format!("t{n:04}")).await.unwrap().is_some());
    }
    assert!(store.task_template("i", "after").await.unwrap().is_some());
    drop(store);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_really_read_only_disk_is_refused_at_the_start() {
    let Some(disk) = SmallDisk::mount() else { return };
    let location = Location::Sqlite { dir: disk.0.path().join("data") };
    let store = Store::open(&location, OpenOptions::default()).await.unwrap();
    add_instance(&store, "i", 1).await;
    store.close().await.unwrap();
    drop(store);
    assert!(run("mount", &["-o", "remount,ro"], disk.0.path()));
    let failed = Store::open(&location, OpenOptions::default()).await.unwrap_err();
    assert!(matches!(failed, Error::Folder { .. }), "{failed}");
    assert!(run("mount", &["-o", "remount,rw"], disk.0.path()));
    let store = Store::open(&location, OpenOptions::default()).await.unwrap();
    assert!(store.instance_exists("i").await.unwrap());
}
