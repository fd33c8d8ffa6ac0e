//! Tasks whose handling fails or panics, and the progress of the others meanwhile.

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
    };
    let service = Service::new(store, settings, [7; 32], Ids::random());
    let instance = service.ensure_instance(None, NOW).await.unwrap().id;
    (service, instance)
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
    let row = |id: &str| ContactRow {
        instance_id: instance.clone(),
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
    };
    let mut batch = Batch::new();
    for id in ["a", "b"] {
        batch.insert_contact(&row(id));
    }
    service.store().commit(batch).await.unwrap();
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
