//! Delivery to sinks that fail or hang, and across process crashes.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

use store::{Batch, Location, NewOutboxRow, OpenOptions, Store};

use super::lane::{Round, backoff_ms};
use super::*;
use crate::Ids;

const ALL: &[i64] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// Answers from a script by contact, and `Ok` when it has none; records the deliveries.
#[derive(Default)]
struct Fake {
    name: &'static str,
    script: Mutex<BTreeMap<String, VecDeque<Failure>>>,
    got: Mutex<Vec<(String, i64)>>,
    stands: bool,
}

impl Fake {
    fn named(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    fn fails(self, contact: &str, failures: impl IntoIterator<Item = Failure>) -> Self {
        self.script.lock().unwrap().insert(contact.to_owned(), failures.into_iter().collect());
        self
    }

    fn of(&self, contact: &str) -> Vec<i64> {
        self.got.lock().unwrap().iter().filter(|(c, _)| c == contact).map(|(_, n)| *n).collect()
    }
}

impl Sink for Fake {
    fn name(&self) -> &str {
        self.name
    }

    fn deliver<'a>(&'a self, rows: &'a [OutboxRow]) -> Delivery<'a> {
        Box::pin(async move {
            if self.stands {
                std::future::pending::<()>().await;
            }
            let mut failed = Vec::new();
            let mut answers = Vec::new();
            for row in rows {
                if failed.contains(&&row.contact_id) {
                    answers.push(Err(Failure::NotTried));
                    continue;
                }
                match self.script.lock().unwrap().get_mut(&row.contact_id).and_then(VecDeque::pop_front) {
                    Some(failure) => {
                        failed.push(&row.contact_id);
                        answers.push(Err(failure));
                    }
                    None => {
                        self.got.lock().unwrap().push((row.contact_id.clone(), row.sequence));
                        answers.push(Ok(()));
                    }
                }
            }
            answers
        })
    }
}

fn away() -> Failure {
    Failure::Unavailable("away".to_owned())
}

fn refused() -> Failure {
    Failure::Refused("no".to_owned())
}

async fn service() -> Service {
    let store = Store::open(&Location::Memory, OpenOptions::default()).await.unwrap();
    let settings = crate::Settings {
        partition: crate::Partition::parse("aws").unwrap(),
        region: "us-east-1".to_owned(),
        account: "123456789012".to_owned(),
        limits: crate::Limits::default(),
        limits_of: BTreeMap::new(),
        accept_seconds: 20,
        schedule_ahead_days: 90,
        predefined_attributes: std::collections::BTreeSet::new(),
        sinks: Vec::new(),
        first_steps: false,
    };
    Service::new(store, settings, [0; 32], Ids::seeded(1))
}

async fn put(service: &Service, sink: &str, contact: &str, sequences: impl IntoIterator<Item = i64>) {
    let mut batch = Batch::new();
    for sequence in sequences {
        let row =
            NewOutboxRow { contact_id: contact.to_owned(), sequence, kind: "EVENT".to_owned(), ..Default::default() };
        batch.put_outbox(sink, &row);
    }
    service.store().commit(batch).await.unwrap();
}

fn lane(service: &Service, sink: &Arc<Fake>, tries: i64) -> Lane {
    Lane::new(service.clone(), Arc::clone(sink) as Arc<dyn Sink>, tries, OutboxLimits::default())
}

/// Rounds with a clock that jumps to the next due time, until nothing is left.
async fn drain(lane: &mut Lane, service: &Service, sink: &str) -> i64 {
    let mut now = 0;
    for _ in 0..10_000 {
        match service.store().outbox_next(sink, ALL).await.unwrap() {
            Some(next) => now = now.max(next),
            None => return now,
        }
        lane.round(ALL, || now).await.unwrap();
    }
    panic!("the outbox does not become empty");
}

#[tokio::test]
async fn t4_1_7_order_is_kept_for_each_contact_through_failures() {
    let service = service().await;
    let sink = Arc::new(Fake::named("s").fails("a", [away(), away(), refused()]).fails("b", [away()]));
    for contact in ["a", "b", "c"] {
        put(&service, "s", contact, 1..=5).await;
    }
    let mut lane = lane(&service, &sink, 60);
    assert_eq!(lane.round(ALL, || 0).await.unwrap(), Round::Progress);
    assert_eq!((sink.of("a"), sink.of("c")), (vec![], vec![1, 2, 3, 4, 5]), "c does not wait for a");
    put(&service, "s", "a", [6]).await;
    drain(&mut lane, &service, "s").await;
    assert_eq!((sink.of("a"), sink.of("b")), ((1..=6).collect(), (1..=5).collect::<Vec<_>>()));
    let counts = lane.counts();
    assert_eq!((counts.delivered(), counts.failed(), counts.dead_lettered()), (16, 4, 0));
}

#[tokio::test]
async fn t4_1_7_what_was_delivered_and_not_noted_is_delivered_again() {
    let service = service().await;
    let sink = Arc::new(Fake::named("s"));
    put(&service, "s", "a", 1..=2).await;
    // The process ends between delivery and commit.
    let rows = service.store().outbox_due("s", ALL, 0, 10).await.unwrap();
    assert_eq!(sink.deliver(&rows).await, [Ok(()), Ok(())]);
    put(&service, "s", "a", [3]).await;
    drain(&mut lane(&service, &sink, 60), &service, "s").await;
    assert_eq!(sink.of("a"), [1, 2, 1, 2, 3]);
}

#[tokio::test]
async fn what_is_never_taken_becomes_a_dead_letter_and_holds_up_nothing() {
    let service = service().await;
    let sink = Arc::new(Fake::named("s").fails("a", vec![away(); 5]).fails("b", vec![refused(); 5]));
    put(&service, "s", "a", 1..=3).await;
    put(&service, "s", "b", 1..=2).await;
    let mut of_a = lane(&service, &sink, 5);
    drain(&mut of_a, &service, "s").await;
    assert_eq!((sink.of("a"), of_a.counts().dead_lettered()), (vec![2, 3], 2));
    assert_eq!(sink.of("b"), [2], "a refusal does not get more tries than an outage");
}

#[tokio::test]
async fn a_refusal_gets_fewer_tries_than_an_outage() {
    let service = service().await;
    let sink = Arc::new(Fake::named("s").fails("a", vec![refused(); 8]).fails("b", vec![away(); 59]));
    put(&service, "s", "a", [1]).await;
    put(&service, "s", "b", [1]).await;
    let mut lane = lane(&service, &sink, 60);
    let end = drain(&mut lane, &service, "s").await;
    assert_eq!((sink.of("a"), sink.of("b")), (vec![], vec![1]));
    assert!((3 * 3_600_000..5 * 3_600_000).contains(&end), "sixty tries take about four hours, not {end} ms");
    let dead = service.store().dead_letters(Some("s"), None, 10).await.unwrap().rows;
    assert_eq!((dead.len(), dead[0].attempts, dead[0].last_error.as_deref()), (1, 8, Some("no")));

    let mut batch = Batch::new();
    batch.replay(&dead[0].key());
    service.store().commit(batch).await.unwrap();
    put(&service, "s", "a", [2]).await;
    drain(&mut lane, &service, "s").await;
    assert_eq!(sink.of("a"), [1, 2], "replayed ahead of what came after it");
}

#[tokio::test]
async fn a_sink_that_answers_too_little_gets_its_rows_again() {
    struct Mute;
    impl Sink for Mute {
        fn name(&self) -> &'static str {
            "s"
        }
        fn deliver<'a>(&'a self, _: &'a [OutboxRow]) -> Delivery<'a> {
            Box::pin(async { Vec::new() })
        }
    }
    let service = service().await;
    put(&service, "s", "a", [1]).await;
    let mut lane = Lane::new(service.clone(), Arc::new(Mute), 2, OutboxLimits::default());
    assert_eq!(lane.round(ALL, || 0).await.unwrap(), Round::Stuck);
    assert_eq!(lane.round(ALL, || 1).await.unwrap(), Round::Idle, "it waits");
    assert_eq!(lane.round(ALL, || 10_000).await.unwrap(), Round::Progress, "given up");
    assert_eq!((lane.counts().dead(), lane.counts().dead_lettered()), (0, 1), "gauges are of the first round");
}

#[tokio::test]
async fn only_the_shards_of_this_process_are_delivered() {
    let service = service().await;
    let sink = Arc::new(Fake::named("s"));
    put(&service, "s", "a", [1]).await;
    let mut lane = lane(&service, &sink, 60);
    let own = store::shard_of("a");
    let others: Vec<i64> = ALL.iter().copied().filter(|s| *s != own).collect();
    assert_eq!(lane.round(&others, || 0).await.unwrap(), Round::Idle);
    assert_eq!(lane.round(&[], || 0).await.unwrap(), Round::Idle);
    assert_eq!(lane.round(&[own], || 0).await.unwrap(), Round::Progress);
}

#[tokio::test]
async fn a_sink_that_stands_still_holds_up_no_other_and_not_the_end() {
    let service = service().await;
    let (quick, slow) = (Arc::new(Fake::named("quick")), Arc::new(Fake { stands: true, ..Fake::named("slow") }));
    for sink in ["quick", "slow"] {
        put(&service, sink, "a", 1..=3).await;
    }
    let dispatcher = service.dispatcher(vec![slow, Arc::clone(&quick) as Arc<dyn Sink>], 60, OutboxLimits::default());
    let counts = dispatcher.counts();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(dispatcher.run(|| 5, async {
        let _ = stopped.await;
    }));
    wait(|| counts[1].delivered() == 3).await;
    put(&service, "quick", "b", [1]).await;
    service.inner.notifier.after_commit(false, true);
    wait(|| counts[1].delivered() == 4).await;
    drop(stop);
    tokio::time::timeout(Duration::from_secs(20), running).await.unwrap().unwrap();
    assert_eq!((quick.of("a"), quick.of("b"), counts[0].delivered()), (vec![1, 2, 3], vec![1], 0));
}

async fn wait(done: impl Fn() -> bool) {
    while !done() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// Any mixture of outages, refusals, lost answers and new rows: rows are delivered in order, and each row is finally
/// delivered or a dead letter.
#[tokio::test]
async fn t4_1_7_order_and_completeness_hold_whatever_happens() {
    use rand::rngs::StdRng;
    use rand::{RngExt as _, SeedableRng};
    for seed in 0..40 {
        let mut rng = StdRng::seed_from_u64(seed);
        let service = service().await;
        let mut sink = Fake::named("s");
        for contact in ["a", "b", "c"] {
            let some = rng.random_range(0..12);
            sink = sink.fails(contact, (0..some).map(|_| if rng.random_bool(0.5) { away() } else { refused() }));
        }
        let sink = Arc::new(sink);
        let mut lane = lane(&service, &sink, 4);
        let (mut last, mut now) = (BTreeMap::from([("a", 0), ("b", 0), ("c", 0)]), 0);
        for _ in 0..60 {
            let contact = ["a", "b", "c"][rng.random_range(0..3)];
            match rng.random_range(0..4) {
                0 => {
                    let from = last[contact] + 1;
                    let to = from + rng.random_range(0..3);
                    put(&service, "s", contact, from..=to).await;
                    last.insert(contact, to);
                }
                // The sink has accepted it, and the process crashes.
                1 => {
                    let rows = service.store().outbox_due("s", ALL, now, rng.random_range(1..5)).await.unwrap();
                    sink.deliver(&rows).await;
                }
                _ => drop(lane.round(ALL, || now).await.unwrap()),
            }
            now += rng.random_range(0..2_000);
        }
        drain(&mut lane, &service, "s").await;
        let dead = service.store().dead_letters(Some("s"), None, 1_000).await.unwrap().rows;
        for (contact, last) in last {
            let got = sink.of(contact);
            let mut seen = Vec::new();
            for sequence in got {
                if !seen.contains(&sequence) {
                    assert!(seen.last().is_none_or(|s| *s < sequence), "seed {seed}: {sequence} after {seen:?}");
                    seen.push(sequence);
                }
            }
            seen.extend(dead.iter().filter(|row| row.contact_id == contact).map(|row| row.sequence));
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen, (1..=last).collect::<Vec<_>>(), "seed {seed}, {contact}");
        }
    }
}

#[test]
fn waits_double_up_to_five_minutes_and_differ() {
    let wait = |contact: &str, attempts| {
        backoff_ms(&OutboxRow { contact_id: contact.to_owned(), attempts, ..OutboxRow::default() })
    };
    for attempts in 0..70 {
        let plain = 1_000 * (1_i64 << attempts.min(20)).min(300);
        let waits: std::collections::BTreeSet<_> = ["a", "b", "c", "d"].map(|c| wait(c, attempts)).into();
        assert!(waits.iter().all(|w| (plain * 4 / 5..=plain * 6 / 5).contains(w)), "{attempts}: {waits:?}");
    }
    assert_ne!(wait("a", 3), wait("b", 3));
    assert_eq!(wait("a", 3), wait("a", 3));
}

/// B84: beyond their limit the oldest pending rows are given up, and the oldest dead letters are removed.
#[tokio::test]
async fn test_b84_the_outbox_of_a_sink_is_bounded() {
    let service = service().await;
    let sink = Arc::new(Fake::named("s").fails("a", vec![away(); 50]).fails("b", vec![away(); 50]));
    put(&service, "s", "a", 1..=20).await;
    put(&service, "s", "b", 1..=5).await;
    let limits = OutboxLimits { waiting_max: 10, dead_max: 8 };
    let mut lane = Lane::new(service.clone(), Arc::clone(&sink) as Arc<dyn Sink>, 60, limits);
    lane.round(ALL, || 0).await.unwrap();
    let numbers = service.store().outbox_numbers("s").await.unwrap();
    assert_eq!((numbers.waiting, numbers.dead), (10, 8));
    let counts = lane.counts();
    assert_eq!((counts.dead_lettered(), counts.dropped(), counts.waiting(), counts.dead()), (15, 7, 10, 8));
    let dead = service.store().dead_letters(Some("s"), None, 100).await.unwrap().rows;
    assert!(dead.iter().all(|row| row.last_error.as_deref() == Some("given up because more than 10 waited")));
    // The remaining rows are delivered in order once the sink answers.
    sink.script.lock().unwrap().clear();
    drain(&mut lane, &service, "s").await;
    let (a, b) = (sink.of("a"), sink.of("b"));
    assert_eq!(a.len() + b.len(), 10);
    assert!(a.is_sorted() && b.is_sorted() && a.last() == Some(&20) && b.iter().all(|n| *n <= 5), "{a:?} {b:?}");

    let none = OutboxLimits { waiting_max: 0, dead_max: 0 };
    let mut lane = Lane::new(service.clone(), Arc::new(Fake::named("t").fails("a", [away()])), 60, none);
    put(&service, "t", "a", 1..=30).await;
    lane.round(ALL, || 0).await.unwrap();
    assert_eq!((lane.counts().waiting(), lane.counts().dead_lettered()), (30, 0), "0 lifts a limit");
}

/// A process that was frozen longer than its leases last delivers nothing under them.
#[tokio::test]
async fn nothing_is_delivered_when_the_leases_have_ended() {
    for (ended, wanted) in [(false, vec![1, 2]), (true, vec![])] {
        let service = service().await;
        let sink = Arc::new(Fake::named("s"));
        put(&service, "s", "a", 1..=2).await;
        if ended {
            service.inner.shards.end_leases();
        }
        let dispatcher = service.dispatcher(vec![Arc::clone(&sink) as Arc<dyn Sink>], 60, OutboxLimits::default());
        // A lane that must stop at once still makes one round.
        dispatcher.run(|| 0, std::future::ready(())).await;
        assert_eq!(sink.of("a"), wanted);
    }
}

/// Two processes with half of the shards each, which both counted before either gave anything up: what is beyond the
/// limits is given up once (B84).
#[tokio::test]
async fn test_b84_several_processes_give_up_no_more_than_what_is_beyond_the_limits() {
    let service = service().await;
    let sink = Arc::new(Fake::named("s"));
    let contacts: Vec<String> = (0..30).map(|n| format!("contact {n}")).collect();
    for contact in &contacts {
        put(&service, "s", contact, [1]).await;
    }
    let halves: [Vec<i64>; 2] = [0, 1].map(|n| ALL.iter().copied().filter(|shard| shard % 2 == n).collect());
    for half in &halves {
        let own = contacts.iter().filter(|contact| half.contains(&store::shard_of(contact))).count();
        assert!((1..30).contains(&own), "each process has some of them");
    }
    let limits = OutboxLimits { waiting_max: 10, dead_max: 15 };
    let mut lanes = [0, 1].map(|_| Lane::new(service.clone(), Arc::clone(&sink) as Arc<dyn Sink>, 60, limits));
    let counted = service.store().outbox_numbers("s").await.unwrap();
    for (lane, half) in lanes.iter_mut().zip(&halves) {
        lane.keep_to_limits(counted, half).await.unwrap();
    }
    let counted = service.store().outbox_numbers("s").await.unwrap();
    assert_eq!((counted.waiting, counted.dead), (10, 15), "twenty are given up, and five of them removed");
    let counts = lanes.map(|lane| (lane.counts().dead_lettered(), lane.counts().dropped()));
    assert_eq!(counts, [(20, 5), (0, 0)], "by the process that has the first shard");
}

/// Panics at its first delivery.
struct Fragile(Fake, std::sync::atomic::AtomicBool);

impl Sink for Fragile {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn deliver<'a>(&'a self, rows: &'a [OutboxRow]) -> Delivery<'a> {
        assert!(self.1.swap(true, Ordering::Relaxed), "on purpose");
        self.0.deliver(rows)
    }
}

/// A sink that panics is started again, and what it did not take is delivered then (B127).
#[tokio::test]
async fn a_sink_that_panics_delivers_afterwards() {
    let service = service().await;
    let sink = Arc::new(Fragile(Fake::named("s"), Default::default()));
    put(&service, "s", "a", 1..=3).await;
    let dispatcher = service.dispatcher(vec![Arc::clone(&sink) as Arc<dyn Sink>], 60, OutboxLimits::default());
    let counts = dispatcher.counts();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(dispatcher.run(|| 5, async {
        let _ = stopped.await;
    }));
    wait(|| service.parts().iter().any(|part| part.failing)).await;
    wait(|| counts[0].delivered() == 3).await;
    let part = crate::Part { name: "events/s".to_owned(), readiness: Readiness::Optional, failing: false, panics: 1 };
    assert_eq!((service.parts(), sink.0.of("a")), (vec![part], vec![1, 2, 3]));
    drop(stop);
    running.await.unwrap();
}
