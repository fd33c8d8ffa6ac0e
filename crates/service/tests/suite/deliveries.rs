//! Delivery of events that operations write, with processes that crash in between (tasks 4.1.6, 4.1.7).

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use service::{Delivery, Limits, OutboxLimits, Service, Sink};
use store::{OutboxRow, SHARDS};

use crate::bench::{NOW, on_each_engine};

/// Records the deliveries by task; never answers while it hangs.
#[derive(Default)]
struct Memory {
    hangs: AtomicBool,
    got: Mutex<BTreeMap<String, Vec<String>>>,
}

impl Memory {
    fn len(&self) -> usize {
        self.got.lock().expect("no panic").values().map(Vec::len).sum()
    }
}

impl Sink for Memory {
    fn name(&self) -> &'static str {
        "test"
    }

    fn deliver<'a>(&'a self, rows: &'a [OutboxRow]) -> Delivery<'a> {
        Box::pin(async move {
            for row in rows {
                let body: Value = serde_json::from_str(&row.body).expect("JSON");
                let kind = body["detail"]["eventType"].as_str().map_or_else(|| row.kind.clone(), str::to_owned);
                self.got.lock().expect("no panic").entry(row.contact_id.clone()).or_default().push(kind);
            }
            if self.hangs.load(Ordering::Relaxed) {
                std::future::pending::<()>().await;
            }
            vec![Ok(()); rows.len()]
        })
    }
}

/// A process: its leases and its dispatcher. Aborting it is a crash.
fn process(service: &Service, sink: &Arc<Memory>, begun: Instant) -> [tokio::task::JoinHandle<()>; 2] {
    let (sharing, dispatcher) =
        (service.clone(), service.dispatcher(vec![Arc::clone(sink) as Arc<dyn Sink>], 60, OutboxLimits::default()));
    // Leases of a crashed process expire.
    let real_ms = move || NOW + i64::try_from(begun.elapsed().as_millis()).unwrap_or(0);
    let leases = async move { sharing.keep_shards(real_ms, std::future::pending()).await };
    let delivery = async move { dispatcher.run(|| NOW + 60_000, std::future::pending()).await };
    [tokio::spawn(leases), tokio::spawn(delivery)]
}

async fn until(what: impl AsyncFn() -> bool) {
    while !what().await {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn tasks_4_1_7_what_operations_tell_arrives_in_order_through_a_crash() {
    on_each_engine(Limits::default(), async |mut bench| {
        let sink = Arc::new(Memory { hangs: AtomicBool::new(true), ..Memory::default() });
        let begun = Instant::now();
        let first = bench.started(json!({})).await;
        let dying = process(&bench.service, &sink, begun);
        until(async || sink.len() > 0).await;
        for task in dying {
            task.abort();
        }
        let before = sink.len();
        sink.hangs.store(false, Ordering::Relaxed);
        let _alive = process(&bench.service, &sink, begun);
        let mut ids = vec![first.clone()];
        for _ in 0..5 {
            ids.push(bench.started(json!({})).await);
            bench.now += 1_000;
        }
        for id in &ids {
            bench.stop(id).await.ok();
        }
        let shards: Vec<i64> = (0..SHARDS).collect();
        until(async || bench.service.store().outbox_next("test", &shards).await.expect("a read").is_none()).await;
        let got = sink.got.lock().expect("no panic").clone();
        let all = ["INITIATED", "DISCONNECTED", "COMPLETED", "RECORD"];
        for id in &ids {
            let again = if *id == first { before } else { 0 };
            assert_eq!(got[id][..again], all[..again], "before the crash");
            assert_eq!(got[id][again..], all, "everything, in order");
        }
        assert_eq!(before, 1, "delivered, not recorded, and delivered again");
    })
    .await;
}
