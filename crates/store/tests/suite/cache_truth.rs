//! Cached rows are never stale: a reader sees at least every acknowledged version, and at least any version read
//! before.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use proptest::prelude::{ProptestConfig, any, prop, prop_oneof};
use proptest::strategy::{Just, Strategy as _};
use proptest::test_runner::TestRunner;
use store::{OpenOptions, Store, TaskTemplateFilter};
use tokio::task::JoinSet;

use crate::test_database::{TestDatabase, add_templates, commit, everywhere, template, update};

everywhere!(readers_never_see_time_run_backwards, random_histories_read_as_a_plain_map_would);

const TEMPLATES: usize = 3;

/// The highest version that was acknowledged, or read by any task, per template.
type Floor = Arc<[AtomicI64; TEMPLATES]>;

async fn readers_never_see_time_run_backwards(database: TestDatabase) {
    // A small cache evicts all the time, the default one never here.
    for cache_bytes_max in [64 << 20, 40_000] {
        let options = OpenOptions { cache_bytes_max, ..database.options() };
        let store = Store::open(&database.location, options).await.unwrap();
        if !store.instance_exists("i").await.unwrap() {
            crate::test_database::add_instance(&store, "i", 1).await;
        }
        let prefix = format!("c{cache_bytes_max}-");
        add_templates(&store, (0..TEMPLATES).map(|n| format!("{prefix}{n}")), 5).await;
        let floor: Floor = Arc::new([const { AtomicI64::new(1) }; TEMPLATES]);
        let stop = Arc::new(AtomicBool::new(false));
        let mut readers = JoinSet::new();
        for _reader in 0..4 {
            readers.spawn(read_on(store.clone(), prefix.clone(), Arc::clone(&floor), Arc::clone(&stop)));
        }
        let mut writers = JoinSet::new();
        for n in 0..TEMPLATES {
            writers.spawn(write_on(store.clone(), format!("{prefix}{n}"), n, Arc::clone(&floor)));
        }
        writers.join_all().await;
        stop.store(true, Ordering::SeqCst);
        let reads: u64 = readers.join_all().await.into_iter().sum();
        assert!(reads > 100, "{reads}");
        store.close().await.unwrap();
    }
}

async fn write_on(store: Store, id: String, n: usize, floor: Floor) {
    for version in 1..150 {
        commit(&store, |batch| batch.update_task_template(&update(&id, version))).await.unwrap();
        floor[n].fetch_max(version + 1, Ordering::SeqCst);
    }
}

async fn read_on(store: Store, prefix: String, floor: Floor, stop: Arc<AtomicBool>) -> u64 {
    let mut reads = 0;
    while !stop.load(Ordering::SeqCst) {
        for n in 0..TEMPLATES {
            let id = format!("{prefix}{n}");
            let at_least = floor[n].load(Ordering::SeqCst);
            let latest = store.task_template("i", &id).await.unwrap().unwrap();
            assert!(latest.version >= at_least, "{} after {at_least}", latest.version);
            assert_eq!(latest.body, format!("{{\"Id\":\"{id}\",\"v\":{}}}", latest.version));
            floor[n].fetch_max(latest.version, Ordering::SeqCst);
            let at_least = floor[n].load(Ordering::SeqCst);
            let page = store.task_template_page("i", TaskTemplateFilter::default(), None, 100).await.unwrap();
            let shown = page.items.split(&format!("\"{id}\",\"v\":")).nth(1).and_then(|rest| rest.split('}').next());
            let shown: i64 = shown.map_or(1, |text| text.parse().unwrap());
            assert!(shown >= at_least, "page shows {shown} after {at_least}");
            floor[n].fetch_max(shown, Ordering::SeqCst);
            reads += 1;
        }
        tokio::task::yield_now().await;
    }
    reads
}

#[derive(Clone, Copy, Debug)]
enum CacheStep {
    Insert(u8),
    Update(u8),
    Delete(u8),
    Tag(u8),
    Read(u8),
    List,
}

async fn random_histories_read_as_a_plain_map_would(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let step = prop_oneof![
        (0..6u8).prop_map(CacheStep::Insert),
        (0..6u8).prop_map(CacheStep::Update),
        (0..6u8).prop_map(CacheStep::Delete),
        (0..6u8).prop_map(CacheStep::Tag),
        (0..6u8).prop_map(CacheStep::Read),
        Just(CacheStep::List),
    ];
    let runtime = tokio::runtime::Handle::current();
    let histories = (any::<u64>(), prop::collection::vec(step, 1..40));
    tokio::task::spawn_blocking(move || {
        let mut runner =
            TestRunner::new(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() });
        runner.run(&histories, |(run, steps)| {
            runtime.block_on(play(&store, run, &steps));
            Ok(())
        })
    })
    .await
    .unwrap()
    .unwrap();
}

/// Plays a history against the store and against a map; empties the instance at the end.
async fn play(store: &Store, run: u64, steps: &[CacheStep]) {
    let mut model: [Option<(i64, i64)>; 6] = [None; 6];
    // An id is not used again after a deletion.
    let mut ids = [0, 1, 2, 3, 4, 5].map(|n| format!("{run}-{n}"));
    for step in steps {
        match *step {
            CacheStep::Insert(n) => {
                if model[n as usize].is_none() {
                    ids[n as usize].push('+');
                }
                let result =
                    commit(store, |batch| batch.insert_task_template(&template(&ids[n as usize], i64::from(n)))).await;
                assert_eq!(result.is_ok(), model[n as usize].is_none());
                model[n as usize].get_or_insert((1, 0));
            }
            CacheStep::Update(n) => {
                let version = model[n as usize].map_or(1, |(version, _)| version);
                let result =
                    commit(store, |batch| batch.update_task_template(&update(&ids[n as usize], version))).await;
                assert_eq!(result.is_ok(), model[n as usize].is_some());
                model[n as usize] = model[n as usize].map(|(version, tags)| (version + 1, tags));
            }
            CacheStep::Delete(n) => {
                let version = model[n as usize].map_or(1, |(version, _)| version);
                let result = commit(store, |batch| batch.delete_task_template("i", &ids[n as usize], version)).await;
                assert_eq!(result.is_ok(), model[n as usize].is_some());
                model[n as usize] = None;
            }
            CacheStep::Tag(n) => {
                let rev = model[n as usize].map_or(0, |(_, rev)| rev);
                let result =
                    commit(store, |batch| batch.set_task_template_tags("i", &ids[n as usize], rev, "{}")).await;
                assert_eq!(result.is_ok(), model[n as usize].is_some());
                model[n as usize] = model[n as usize].map(|(version, rev)| (version, rev + 1));
            }
            CacheStep::Read(n) => {
                let found = store.task_template("i", &ids[n as usize]).await.unwrap();
                assert_eq!(found.map(|latest| (latest.version, latest.tags_rev)), model[n as usize]);
            }
            CacheStep::List => {
                let page = store.task_template_page("i", TaskTemplateFilter::default(), None, 100).await.unwrap();
                assert_eq!(page.count, model.iter().flatten().count());
            }
        }
    }
    for n in 0..6u8 {
        if let Some((version, _)) = model[n as usize] {
            commit(store, |batch| batch.delete_task_template("i", &ids[n as usize], version)).await.unwrap();
        }
    }
}
