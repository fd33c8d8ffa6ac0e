//! Tasks whose handling fails or panics, and the progress of the others meanwhile.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use store::{Batch, ContactRow, Location, OpenOptions, Store};

use super::*;
use crate::{Ids, Limits, Partition, Settings};

const NOW: i64 = 1_767_225_600_000;

async fn service() -> (Service, String) {
    let store = Store::open(&Location::Memory, OpenOptions::default()).await.unwrap();
    let settings = Settings {
        partition: Partition::Aws,
        region: "us-east-1".to_owned(),
        account: "123456789012".to_owned(),
        limits: Limits::default(),
        limits_of: Default::default(),
        accept_seconds: 20,
        schedule_ahead_days: 90,
        predefined_attributes: Default::default(),
        sinks: Vec::new(),
        first_steps: false,
    };
    let service = Service::new(store, settings, [7; 32], Ids::random());
    let instance = service.ensure_instance(None, NOW).await.unwrap().id;
    (service, instance)
}

/// A task that is due and cannot be read.
fn unreadable(instance: &str, id: &str) -> ContactRow {
    ContactRow {
        instance_id: instance.to_owned(),
        id: id.to_owned(),
        state: "IN_FLOW".to_owned(),
        chain_id: id.to_owned(),
        association_id: id.to_owned(),
        initiation_method: "API".to_owned(),
        initiated_ms: NOW,
        expires_ms: NOW + 1_000,
        due_ms: Some(NOW),
        body: "nothing to read".to_owned(),
        ..ContactRow::default()
    }
}

async fn insert_unreadable(service: &Service, instance: &str, ids: &[&str]) {
    let mut batch = Batch::new();
    ids.iter().for_each(|id| batch.insert_contact(&unreadable(instance, id)));
    service.store().commit(batch).await.unwrap();
}

fn name(id: &str) -> Name {
    ("i".to_owned(), id.to_owned())
}

/// Begins work under a name as a poll does.
fn begin(under: &mut Under, id: &str, work: impl Future<Output = bool> + Send + 'static) {
    assert!(under.busy.insert(name(id)));
    under.begin(name(id), work);
}

async fn all_end(under: &mut Under) {
    while let Some(done) = under.tasks.join_next_with_id().await {
        under.ended(done);
    }
}

/// 1, 2, 4 … 128 seconds, until it succeeds.
#[tokio::test]
async fn a_task_that_fails_rests_twice_as_long_each_time() {
    let mut under = Under::default();
    for (times, seconds) in (1..).zip([1, 2, 4, 8, 16, 32, 64, 128, 128, 128]) {
        begin(&mut under, "bad", async { false });
        let before = Instant::now();
        all_end(&mut under).await;
        let (failed, until) = under.failed[&name("bad")];
        let rest = Duration::from_secs(seconds);
        assert_eq!(failed, times);
        assert!(until >= before + rest && until <= Instant::now() + rest, "{seconds} s after failure {times}");
        assert!(under.backs_off(&name("bad")) && !under.backs_off(&name("other")));
    }
    under.failed.get_mut(&name("bad")).unwrap().1 = Instant::now();
    assert!(!under.backs_off(&name("bad")), "its rest is over");
    begin(&mut under, "bad", async { true });
    all_end(&mut under).await;
    assert!(under.failed.is_empty(), "what went well begins anew");
}

#[tokio::test]
async fn a_panic_in_one_task_frees_its_place_and_leaves_the_others_theirs() {
    let mut under = Under::default();
    let (release, released) = tokio::sync::oneshot::channel::<()>();
    begin(&mut under, "panics", async { panic!("on purpose") });
    begin(&mut under, "works", async { true });
    begin(&mut under, "waits", async move { released.await.is_ok() });
    for _ in 0..2 {
        let done = under.tasks.join_next_with_id().await.unwrap();
        under.ended(done);
    }
    assert_eq!(under.busy, HashSet::from([name("waits")]), "the others are under way or done, and nobody else");
    assert_eq!(under.names.len(), 1);
    assert!(under.backs_off(&name("panics")) && !under.backs_off(&name("works")));
    release.send(()).unwrap();
    all_end(&mut under).await;
    assert!(under.busy.is_empty() && under.names.is_empty());
    assert_eq!(under.failed.keys().collect::<Vec<_>>(), [&name("panics")]);
}

/// A poll begins due tasks, except those that back off; a row that cannot be read is such a failure.
#[tokio::test]
async fn a_look_passes_over_what_rests() {
    let (service, instance) = service().await;
    insert_unreadable(&service, &instance, &["a", "b"]).await;
    let (worker, mut under) = (service.worker(), Under::default());
    let failures = |under: &Under| {
        let mut times: Vec<u32> = under.failed.values().map(|(times, _)| *times).collect();
        times.sort_unstable();
        times
    };
    worker.poll(&|| NOW, &mut under).await.unwrap();
    all_end(&mut under).await;
    assert_eq!(failures(&under), [1, 1]);
    under.failed.get_mut(&(instance.clone(), "a".to_owned())).unwrap().1 = Instant::now();
    worker.poll(&|| NOW, &mut under).await.unwrap();
    assert_eq!(under.busy, HashSet::from([(instance.clone(), "a".to_owned())]), "the other one rests");
    all_end(&mut under).await;
    assert_eq!(failures(&under), [1, 2]);
}

/// Failed tasks whose backoff cannot be remembered become due later, so that they are not read before healthy ones.
#[tokio::test]
async fn failed_tasks_beyond_what_is_remembered_are_postponed() {
    let (service, instance) = service().await;
    insert_unreadable(&service, &instance, &["a", "b"]).await;
    let (worker, mut under) = (service.worker(), Under::default());
    let until = Instant::now() + Duration::from_secs(3_600);
    under.failed = (0..FAILED_MAX).map(|n| (name(&n.to_string()), (1, until))).collect();
    worker.poll(&|| NOW, &mut under).await.unwrap();
    all_end(&mut under).await;
    assert_eq!((under.postponed.len(), under.failed.len()), (2, FAILED_MAX));
    worker.poll(&|| NOW, &mut under).await.unwrap();
    assert!(under.busy.is_empty(), "they are not tried again at once");
    let shards: Vec<i64> = (0..store::SHARDS).collect();
    assert_eq!(service.store().next_due(&shards).await.unwrap(), Some(NOW + POSTPONED_MS));
    worker.poll(&|| NOW + POSTPONED_MS, &mut under).await.unwrap();
    assert_eq!(under.busy.len(), 2, "but later");
}

/// The pause until the next poll is that until the next due task, also while an overdue one backs off.
#[tokio::test]
async fn an_overdue_task_that_backs_off_hides_no_later_one() {
    let (service, instance) = service().await;
    insert_unreadable(&service, &instance, &["bad"]).await;
    let (worker, mut under) = (service.worker(), Under::default());
    worker.poll(&|| NOW, &mut under).await.unwrap();
    all_end(&mut under).await;
    let mut batch = Batch::new();
    let next = ContactRow { due_ms: Some(NOW + 40), ..unreadable(&instance, "next") };
    batch.insert_contact(&next);
    service.store().commit(batch).await.unwrap();
    assert_eq!(worker.poll(&|| NOW, &mut under).await.unwrap(), Duration::from_millis(40));
}

/// Tasks of a deleted instance take no permit that flows need.
#[tokio::test]
async fn tasks_of_a_deleted_instance_wait_for_no_flow() {
    let (service, instance) = service().await;
    insert_unreadable(&service, &instance, &["a", "b"]).await;
    let mut batch = Batch::new();
    batch.delete_instance(&instance);
    service.store().commit(batch).await.unwrap();
    let permits = service.inner.flow_turns.available_permits();
    let _all = service.inner.flow_turns.acquire_many(u32::try_from(permits).unwrap()).await.unwrap();
    let purging = service.inner.purge_turns.acquire().await.unwrap();
    let (worker, mut under) = (service.worker(), Under::default());
    worker.poll(&|| NOW, &mut under).await.unwrap();
    all_end(&mut under).await;
    assert_eq!(under.failed.len(), 2, "another task purges: they back off");
    drop(purging);
    assert_eq!(worker.step(NOW, 1).await.unwrap(), 1);
    let shards: Vec<i64> = (0..store::SHARDS).collect();
    assert_eq!(service.store().next_due(&shards).await.unwrap(), None);
}

/// `settle` gives up when nothing makes progress, and not when there is much to do at one moment.
#[tokio::test]
async fn the_clock_waits_as_long_as_there_is_progress() {
    let (service, instance) = service().await;
    insert_unreadable(&service, &instance, &["a", "b", "c"]).await;
    let polls = Arc::new(AtomicUsize::new(0));
    let turns = Arc::new(tokio::sync::Semaphore::new(0));
    // Every hundred polls one task is handled: rows of a deleted instance, as those need no flow.
    let handled = {
        let (service, turns) = (service.clone(), Arc::clone(&turns));
        tokio::spawn(async move {
            for id in ["a", "b", "c"] {
                turns.acquire().await.unwrap().forget();
                let mut batch = Batch::new();
                batch.postpone_contact(&instance, id, NOW, NOW + 1_000_000);
                service.store().commit(batch).await.unwrap();
                service.inner.handled.fetch_add(1, Ordering::Relaxed);
            }
        })
    };
    let now_ms = || {
        if polls.fetch_add(1, Ordering::Relaxed) % 100 == 99 {
            turns.add_permits(1);
        }
        NOW
    };
    service.settle_within(200, NOW, &now_ms, &|_| {}).await.unwrap();
    handled.await.unwrap();
    assert!(polls.load(Ordering::Relaxed) > 200, "more polls than are made without progress");
    let mut batch = Batch::new();
    batch.insert_contact(&unreadable(&service.ensure_instance(None, NOW).await.unwrap().id, "d"));
    service.store().commit(batch).await.unwrap();
    let stuck = service.settle_within(20, NOW, &|| NOW, &|_| {}).await;
    assert!(stuck.unwrap_err().to_string().contains("not handled in time"));
}
