//! Measures the store with many contacts:
//! `cargo run --release -p store --example contacts -- [DIR | memory | postgres://…] [ROWS]`.
//!
//! Most contacts are over, some wait in queues, some are due. Bodies are as long as usual.

#![expect(clippy::print_stdout, reason = "a measuring program answers on stdout")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use store::{
    Batch, ContactRow, ContactSearch, InstanceRow, Location, NewOutboxRow, OpenOptions, SHARDS, SortColumn, Store,
    TimeColumn, Waiting,
};

const BODY_BYTES: usize = 1500;
/// How long each line is measured.
const SPELL: Duration = Duration::from_secs(2);
const DAY_MS: i64 = 86_400_000;
/// The first contact's time.
const START_MS: i64 = 1_700_000_000_000;
/// The contacts are spread over so many days.
const DAYS: i64 = 90;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let place = arguments.next();
    let rows: usize = arguments.next().map_or(100_000, |text| text.parse().expect("ROWS is a number"));
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let location = match place.as_deref() {
        Some("memory") => Location::Memory,
        Some(url) if url.starts_with("postgres") => Location::Postgres { url: url.to_owned() },
        Some(dir) => Location::Sqlite { dir: PathBuf::from(dir) },
        None => Location::Sqlite { dir: folder.path().join("data") },
    };
    let store = Store::open(&location, OpenOptions::default()).await.expect("the store opens");
    let instance = format!("instance {}", std::process::id());
    let mut batch = Batch::new();
    batch.insert_instance(&InstanceRow { id: instance.clone(), status: "ACTIVE".to_owned(), ..InstanceRow::default() });
    store.commit(batch).await.expect("the instance is new");
    fill(&store, &instance, rows).await;
    reads(&store, &instance, rows).await;
    searches(&store, &instance).await;
    for concurrency in [1, 64] {
        writes("durable starts", &store, &instance, concurrency, rows, true).await;
        writes("durable updates", &store, &instance, concurrency, rows, false).await;
    }
    println!("{:?}", store.stats().await.expect("the store knows its size"));
    store.close().await.expect("the store closes");
}

fn id(n: usize) -> String {
    // Spread like random ids, but found again.
    let spread = (n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    format!("{:08x}-{:04x}-4000-8000-{n:012x}", spread >> 32, spread & 0xffff)
}

fn contact(instance: &str, n: usize, initiated_ms: i64) -> ContactRow {
    let id = id(n);
    ContactRow {
        instance_id: instance.to_owned(),
        state: "IN_FLOW".to_owned(),
        chain_id: id.clone(),
        association_id: id.clone(),
        template: Some((format!("template {}", n % 20), 3)),
        name: format!("Task {n}"),
        initiation_method: "API".to_owned(),
        initiated_ms,
        expires_ms: initiated_ms + 7 * DAY_MS + (n % 1000) as i64,
        due_ms: Some(initiated_ms),
        body: format!("{{\"id\":\"{}\"}}", "b".repeat(BODY_BYTES)),
        id,
        ..ContactRow::default()
    }
}

/// One in a hundred waits in a queue and will expire, the others are over.
fn old_contact(instance: &str, n: usize, rows: usize) -> ContactRow {
    let row = contact(instance, n, START_MS + DAYS * DAY_MS * n as i64 / rows as i64);
    let queue = format!("queue {}", n % 50);
    let enqueued_ms = Some(row.initiated_ms + 10);
    let row = ContactRow { queue_id: Some(queue.clone()), enqueued_ms, ..row };
    if n.is_multiple_of(100) {
        let due_ms = Some(row.expires_ms);
        let waiting = Waiting { queue_id: queue.clone(), since_ms: row.initiated_ms + 10, ..Waiting::default() };
        let row = ContactRow { state: "QUEUED".to_owned(), queued_in: Some(queue), due_ms, ..row };
        return ContactRow { waiting: Some(waiting), ..row };
    }
    let connected_ms = Some(row.initiated_ms + 60_000);
    let disconnected_ms = Some(row.initiated_ms + 600_000);
    let agent_id = Some(format!("agent {}", n % 500));
    ContactRow { state: "COMPLETED".to_owned(), agent_id, connected_ms, disconnected_ms, due_ms: None, ..row }
}

async fn fill(store: &Store, instance: &str, rows: usize) {
    let start = Instant::now();
    for from in (0..rows).step_by(1000) {
        let mut batch = Batch::new();
        (from..rows.min(from + 1000)).for_each(|n| batch.insert_contact(&old_contact(instance, n, rows)));
        store.commit(batch).await.expect("new rows conflict with nothing");
    }
    report(&format!("fill with {rows} rows, 1000 a commit"), start, rows);
}

fn report(what: &str, start: Instant, done: usize) {
    let each = start.elapsed().as_secs_f64() / done as f64;
    println!("{what:50} {:>10.0} /s {:>11.1} µs each", 1.0 / each, each * 1e6);
}

/// Repeats it for a while.
async fn repeat<T>(what: &str, mut read: impl AsyncFnMut(usize) -> T) {
    let start = Instant::now();
    let mut done = 0;
    while start.elapsed() < SPELL {
        read(done).await;
        done += 1;
    }
    report(what, start, done);
}

async fn reads(store: &Store, instance: &str, rows: usize) {
    let shards: Vec<i64> = (0..SHARDS).collect();
    let end_ms = START_MS + 2 * DAYS * DAY_MS;
    repeat("contact with its attributes", async |n| {
        let found = store.contact_with_attributes(instance, &id(n * 7919 % rows)).await;
        assert!(found.expect("the read succeeds").is_some());
    })
    .await;
    repeat("100 due contacts", async |_n| {
        assert!(!store.due_contacts(&shards, end_ms, 100).await.expect("the read succeeds").is_empty());
    })
    .await;
    repeat("nothing due", async |_n| {
        assert!(store.due_contacts(&shards, START_MS, 100).await.expect("the read succeeds").is_empty());
    })
    .await;
    repeat("when something is due", async |_n| store.next_due(&shards).await.expect("the read succeeds")).await;
    repeat("numbers of a queue", async |n| {
        store.queue_numbers(instance, &format!("queue {}", n % 50), "none").await.expect("the read succeeds")
    })
    .await;
    repeat("association of one", async |n| {
        let page = store.associated(instance, &id(n * 7919 % rows), None, 100).await.expect("the read succeeds");
        assert_eq!(page.items.len(), 1);
    })
    .await;
}

async fn searches(store: &Store, instance: &str) {
    let end_ms = START_MS + DAYS * DAY_MS;
    let day = ContactSearch::new(instance, TimeColumn::Initiated, end_ms - 10 * DAY_MS, end_ms - 9 * DAY_MS);
    let all = ContactSearch { from_ms: START_MS, to_ms: end_ms, ..day };
    let agent = ["agent 77"];
    for (range, search) in [("a day", day), ("all", all)] {
        let searches = [
            ("", search),
            (", of an agent", ContactSearch { agent_ids: &agent, ..search }),
            (", of nobody", ContactSearch { agent_ids: &["nobody"], ..search }),
            (", by expiry", ContactSearch { sort: SortColumn::Expiry, ..search }),
        ];
        for (what, search) in searches {
            repeat(&format!("page of 100 from {range}{what}"), async |_n| {
                store.search_contacts(&search, None, 100).await.expect("the read succeeds")
            })
            .await;
            repeat(&format!("count of {range}{what}"), async |_n| {
                store.count_contacts(&search).await.expect("the read succeeds")
            })
            .await;
        }
    }
}

/// Starts new contacts, or changes those of the filling, each task its own.
async fn writes(what: &str, store: &Store, instance: &str, concurrency: usize, rows: usize, starts: bool) {
    let start = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for task in 0..concurrency {
        let (store, instance) = (store.clone(), instance.to_owned());
        running.spawn(async move {
            let mut done = 0;
            while start.elapsed() < SPELL {
                let mut batch = Batch::new();
                if starts {
                    let n = rows + 100_000_000 * concurrency + 1_000_000 * task + done;
                    let row = contact(&instance, n, START_MS + DAYS * DAY_MS + done as i64);
                    batch.insert_contact(&row);
                    batch.put_outbox("sink", &told(&row));
                    batch.add_to_counter(&instance, "contacts/open", 1, None);
                } else {
                    let share = rows / concurrency;
                    let row = old(&store, &instance, task * share + done % share).await;
                    batch.update_contact(&ContactRow { due_ms: Some(row.initiated_ms + 1), ..row });
                }
                store.commit(batch).await.expect("nothing else changes these");
                done += 1;
            }
            done
        });
    }
    let done: usize = running.join_all().await.into_iter().sum();
    report(&format!("{what} at {concurrency}"), start, done);
}

/// A read followed by a change, as when a task is worked on.
async fn old(store: &Store, instance: &str, n: usize) -> ContactRow {
    store.contact(instance, &id(n)).await.expect("the read succeeds").expect("it was filled in")
}

fn told(row: &ContactRow) -> NewOutboxRow {
    NewOutboxRow {
        contact_id: row.id.clone(),
        sequence: 1,
        instance_id: row.instance_id.clone(),
        kind: "EVENT".to_owned(),
        body: "e".repeat(BODY_BYTES),
        created_ms: row.initiated_ms,
    }
}
