//! Which shards of the tasks this process works on. Alone on its store it works on all. Where several processes share a
//! PostgreSQL database, each announces itself every second and holds leases; the list of live processes determines who
//! should hold a shard, so that shards are evenly distributed and a dead process's shards move within a few seconds.
//!
//! Leases avoid duplicate work; the conditions of each commit guarantee that nothing happens twice. Times here are
//! those of the real clock.

use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use store::{Batch, CommitError, Error, SHARDS, Store};
use tokio::sync::watch;

/// How long a lease holds without being renewed, milliseconds.
const LEASE_MS: i64 = 3_000;

/// The same.
const LEASE: Duration = Duration::from_millis(LEASE_MS.unsigned_abs());

/// Pause between two renewals.
const RENEW: Duration = Duration::from_secs(1);

/// Processes not seen for so long are forgotten, milliseconds.
const FORGET_MS: i64 = 60_000;

/// The shards of one process.
#[derive(Debug)]
pub(crate) struct Shards {
    held: watch::Sender<Vec<i64>>,
    /// When the leases end unless renewed; `None` where there are none. A process that was frozen checks it before it
    /// does work that now belongs to another.
    until: Mutex<Option<Instant>>,
}

impl Shards {
    /// All of them where no other process uses the store, otherwise none until leases are acquired.
    pub(crate) fn new(store: &Store) -> Self {
        let all = if store.is_shared() { Vec::new() } else { (0..SHARDS).collect() };
        Self { held: watch::Sender::new(all), until: Mutex::new(None) }
    }

    /// Those held now.
    pub(crate) fn held(&self) -> Vec<i64> {
        let until = *self.until.lock().unwrap_or_else(PoisonError::into_inner);
        if until.is_some_and(|until| until <= Instant::now()) { Vec::new() } else { self.held.borrow().clone() }
    }

    /// Lets the leases end unnoticed, as for a process that was frozen.
    #[cfg(test)]
    pub(crate) fn end_leases(&self) {
        *self.until.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// A receiver of changes.
    pub(crate) fn watch(&self) -> watch::Receiver<Vec<i64>> {
        self.held.subscribe()
    }

    /// Holds leases until `stop` is ready, then gives them back. Returns at once where the store is not shared.
    pub(crate) async fn keep(
        &self,
        store: &Store,
        owner: &str,
        real_ms: impl Fn() -> i64,
        stop: impl Future<Output = ()>,
    ) {
        if !store.is_shared() {
            return;
        }
        let mut stop = std::pin::pin!(stop);
        let mut until = 0;
        loop {
            let (now, began) = (real_ms(), Instant::now());
            match round(store, owner, now, &self.held()).await {
                Ok(held) => {
                    until = now + LEASE_MS;
                    *self.until.lock().unwrap_or_else(PoisonError::into_inner) = Some(began + LEASE);
                    self.held.send_if_modified(|old| std::mem::replace(old, held.clone()) != held);
                }
                Err(error) => {
                    tracing::warn!(%error, "leases could not be renewed, trying again");
                    if real_ms() >= until {
                        self.held.send_replace(Vec::new());
                    }
                }
            }
            tokio::select! {
                biased;
                () = &mut stop => break,
                () = tokio::time::sleep(RENEW) => {}
            }
        }
        let mut batch = Batch::new();
        for shard in self.held() {
            batch.release_shard(shard, owner);
        }
        batch.forget_process(owner);
        self.held.send_replace(Vec::new());
        if let Err(error) = store.commit(batch).await {
            tracing::warn!(%error, "leases could not be given back; they end by themselves");
        }
    }
}

/// One round: announce, renew leases that should be ours, release those that should not, take free ones. Returns the
/// shards held afterwards.
async fn round(store: &Store, owner: &str, now_ms: i64, held: &[i64]) -> Result<Vec<i64>, Error> {
    let mut batch = Batch::new();
    batch.process_seen(owner, now_ms);
    batch.forget_processes(now_ms - FORGET_MS);
    commit(store, batch).await?;
    let alive = store.processes(now_ms - LEASE_MS).await?;
    let mine = |shard: i64| rightful(&alive, shard) == Some(owner);
    let mut batch = Batch::new();
    for shard in held.iter().copied().filter(|shard| !mine(*shard)) {
        batch.release_shard(shard, owner);
    }
    commit(store, batch).await?;
    let taken: Vec<i64> = store
        .shards()
        .await?
        .into_iter()
        .filter(|lease| lease.owner != owner && lease.until_ms > now_ms)
        .map(|lease| lease.shard)
        .collect();
    let wanted: Vec<i64> = (0..SHARDS).filter(|shard| mine(*shard) && !taken.contains(shard)).collect();
    let claim = |shards: &[i64]| {
        let mut batch = Batch::new();
        for shard in shards {
            batch.claim_shard(*shard, owner, now_ms, now_ms + LEASE_MS);
        }
        batch
    };
    if commit(store, claim(&wanted)).await? {
        return Ok(wanted);
    }
    // Another process was quicker with one of them, so take them one by one.
    let mut got = Vec::new();
    for shard in wanted {
        if commit(store, claim(&[shard])).await? {
            got.push(shard);
        }
    }
    Ok(got)
}

/// Whether the batch was committed; a failed condition is not an error here.
async fn commit(store: &Store, batch: Batch) -> Result<bool, Error> {
    match store.commit(batch).await {
        Ok(()) => Ok(true),
        Err(CommitError::Conflict(_)) => Ok(false),
        Err(CommitError::Store(error)) => Err(error),
    }
}

/// Which live process should hold a shard: each process computes the same result, and when one joins or leaves only its
/// shards move.
fn rightful(alive: &[String], shard: i64) -> Option<&str> {
    let weight = |id: &String| weight(id, shard);
    alive.iter().max_by_key(|id| weight(id)).map(String::as_str)
}

/// Weight of a process for a shard (rendezvous hashing). It must be the same in every release, because processes of two
/// releases share a store during an upgrade: FNV-1a, its bits mixed at the end.
fn weight(id: &str, shard: i64) -> u64 {
    let bytes = id.bytes().chain(shard.to_le_bytes());
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let mixed = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_complete_and_move_only_where_they_must() {
        let processes: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
        let before: Vec<_> = (0..SHARDS).map(|shard| rightful(&processes, shard).expect("somebody")).collect();
        for process in &processes {
            assert!(before.contains(&process.as_str()), "{process} has a share");
        }
        for shard in 0..SHARDS {
            let after = rightful(&processes[..2], shard).expect("somebody");
            let was = before[usize::try_from(shard).expect("small")];
            assert!(was == "c" || was == after, "a shard of a live process does not move");
        }
        assert_eq!(rightful(&[], 0), None);
    }
}
