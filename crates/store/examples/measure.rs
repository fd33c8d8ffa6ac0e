//! Measures the throughput of the store:
//! `cargo run --release -p store --example measure -- [DIR | memory | postgres://…] [ROWS]`.
//!
//! Point reads, pages of 100, durable creates at several concurrencies. Body and summary are as long as usual. The CPU
//! time of this process is reported as well: it hardly depends on other load on the machine.

#![expect(clippy::print_stdout, reason = "a measuring program answers on stdout")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use store::{Batch, InstanceRow, Location, NewTaskTemplate, OpenOptions, PageKey, Store, TaskTemplateFilter};

const BODY_BYTES: usize = 2000;
const SUMMARY_BYTES: usize = 300;
/// How long each line is measured.
const SPELL: Duration = Duration::from_secs(3);

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let place = arguments.next();
    let rows: usize = arguments.next().map_or(10_000, |text| text.parse().expect("ROWS is a number"));
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let location = match place.as_deref() {
        Some("memory") => Location::Memory,
        Some(url) if url.starts_with("postgres") => Location::Postgres { url: url.to_owned() },
        Some(dir) => Location::Sqlite { dir: PathBuf::from(dir) },
        None => Location::Sqlite { dir: folder.path().join("data") },
    };
    let store = Store::open(&location, OpenOptions::default()).await.expect("the store opens");
    let instance = format!("{:032x}", Instant::now().elapsed().as_nanos() + u128::from(std::process::id()) * 1_000_000);
    let mut batch = Batch::new();
    batch.insert_instance(&InstanceRow { id: instance.clone(), status: "ACTIVE".to_owned(), ..InstanceRow::default() });
    store.commit(batch).await.expect("the instance is new");
    fill(&store, &instance, rows).await;
    let cold = Store::open(&location, OpenOptions { exclusive: false, cache_bytes_max: 0, ..OpenOptions::default() });
    let cold = if location == Location::Memory { store.clone() } else { cold.await.expect("the store opens twice") };

    reads("get, hot rows kept", &store, &instance, rows).await;
    reads("get, none kept", &cold, &instance, rows).await;
    pages("page of 100, the same again", &store, &instance, 1).await;
    pages("page of 100, one after another", &store, &instance, rows / 100).await;
    pages("page of 100, one after another, none kept", &cold, &instance, rows / 100).await;
    drop(cold);
    for concurrency in [1, 16, 64, 256] {
        creates(&store, &instance, concurrency).await;
    }
    println!("{:?}", store.stats().await.expect("the store knows its size"));
    store.close().await.expect("the store closes");
}

fn id(n: usize) -> String {
    // Spread like random ids, but found again.
    format!("{:016x}-{n:019}", (n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

fn template(instance: &str, n: usize) -> NewTaskTemplate {
    NewTaskTemplate {
        instance_id: instance.to_owned(),
        id: id(n),
        name: format!("template {n}"),
        status: "ACTIVE".to_owned(),
        created_ms: 1_700_000_000_000 + n as i64,
        summary: format!("{{\"Id\":\"{}\"}}", "s".repeat(SUMMARY_BYTES)),
        body: format!("{{\"Id\":\"{}\"}}", "b".repeat(BODY_BYTES)),
    }
}

fn create(instance: &str, n: usize) -> Batch {
    let mut batch = Batch::new();
    batch.insert_task_template(&template(instance, n));
    batch.add_to_counter(instance, "task-templates", 1, None);
    batch
}

async fn fill(store: &Store, instance: &str, rows: usize) {
    let start = Began::now();
    for from in (0..rows).step_by(1000) {
        let mut batch = Batch::new();
        (from..rows.min(from + 1000)).for_each(|n| batch.append(create(instance, n)));
        store.commit(batch).await.expect("new rows conflict with nothing");
    }
    start.report(&format!("fill with {rows} rows, 1000 a commit"), rows);
}

/// When something began, on the clock and in this process's computing time.
struct Began {
    at: Instant,
    computing_ms: u64,
}

impl Began {
    fn now() -> Self {
        Self { at: Instant::now(), computing_ms: computing_ms() }
    }

    fn report(&self, what: &str, done: usize) {
        let seconds = self.at.elapsed().as_secs_f64();
        let computing = (computing_ms() - self.computing_ms) as f64 * 1e3 / done as f64;
        let rate = done as f64 / seconds;
        println!("{what:45} {rate:>10.0} /s {:>9.1} µs each, {computing:>7.1} µs computing", 1e6 / rate);
    }
}

/// Hundredths of a second are counted by the kernel, in user and system time of all threads.
fn computing_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = |n: usize| after_name.split_whitespace().nth(n).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    (ticks(11) + ticks(12)) * 10
}

async fn reads(what: &str, store: &Store, instance: &str, rows: usize) {
    let start = Began::now();
    let mut done = 0;
    let mut n = 0;
    while start.at.elapsed() < SPELL {
        for _some in 0..50 {
            n = (n + 7919) % rows;
            let found = store.task_template(instance, &id(n)).await.expect("the read succeeds");
            assert!(found.is_some_and(|latest| latest.body.len() > BODY_BYTES));
            done += 1;
        }
    }
    start.report(what, done);
}

async fn pages(what: &str, store: &Store, instance: &str, pages: usize) {
    let start = Began::now();
    let mut done = 0;
    while start.at.elapsed() < SPELL {
        let mut after: Option<PageKey> = None;
        for _page in 0..pages {
            let filter = TaskTemplateFilter::default();
            let page =
                store.task_template_page(instance, filter, after.as_ref(), 100).await.expect("the read succeeds");
            assert_eq!(page.count, 100);
            done += 1;
            after.clone_from(&page.next);
        }
    }
    start.report(what, done);
}

async fn creates(store: &Store, instance: &str, concurrency: usize) {
    let start = Began::now();
    let mut running = tokio::task::JoinSet::new();
    for task in 0..concurrency {
        let (store, instance, at) = (store.clone(), instance.to_owned(), start.at);
        running.spawn(async move {
            let mut done = 0;
            while at.elapsed() < SPELL {
                let n = 1_000_000_000 * concurrency + 1_000_000 * task + done;
                store.commit(create(&instance, n)).await.expect("a new row conflicts with nothing");
                done += 1;
            }
            done
        });
    }
    let done: usize = running.join_all().await.into_iter().sum();
    start.report(&format!("durable creates at {concurrency}"), done);
}
