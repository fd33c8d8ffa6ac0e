//! What running servers record in the store for commands that work beside them: the sinks they deliver to, and the endpoint of
//! their clients.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use store::{Batch, CommitError, Store};

use crate::startup::StartError;

/// The record's key in the store: a JSON object, by process id.
const RECORD: &str = "servers";

/// A process that shares the store counts as running while it was last seen less than this ago, milliseconds.
const SEEN_MS: i64 = 10_000;

/// Entries of processes that were not seen for so long are removed by the next start, milliseconds.
const FORGET_MS: i64 = 60_000;

/// Tries to add an entry while other processes start at the same moment.
const ATTEMPTS: usize = 16;

/// One server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// When it was started, epoch milliseconds.
    pub started_ms: i64,
    /// The sinks that it delivers to.
    pub sinks: Vec<String>,
    /// The endpoint URL of its clients.
    pub endpoint: String,
}

/// Adds the entry of a server that starts; `process_id` is the id under which it holds leases.
///
/// # Errors
/// The store fails.
pub async fn record(store: &Store, process_id: &str, server: &Server) -> Result<(), StartError> {
    for _ in 0..ATTEMPTS {
        let old = store.meta(RECORD).await?;
        let mut entries = if store.is_shared() { parse(old.as_deref())? } else { BTreeMap::new() };
        let alive = store.processes(server.started_ms - FORGET_MS).await?;
        entries.retain(|id, other| alive.contains(id) || other.started_ms > server.started_ms - FORGET_MS);
        entries.insert(process_id.to_owned(), server.clone());
        let new = text(&entries);
        let mut batch = Batch::new();
        match &old {
            Some(old) => batch.replace_meta(RECORD, old, &new),
            None => batch.put_new_meta(RECORD, &new),
        }
        match store.commit(batch).await {
            Ok(()) => return Ok(()),
            // Another process added its own.
            Err(CommitError::Conflict(_)) => {}
            Err(CommitError::Store(error)) => return Err(error.into()),
        }
    }
    Err(StartError::Record(RECORD))
}

/// The servers that run on this store, the latest start first. Where the store is not shared it is the last one that was started,
/// and whoever holds the store alone knows that it has ended.
///
/// # Errors
/// The store fails, or holds no such record.
pub async fn running(store: &Store, now_ms: i64) -> Result<Vec<Server>, StartError> {
    let mut entries = parse(store.meta(RECORD).await?.as_deref())?;
    if store.is_shared() {
        let alive = store.processes(now_ms - SEEN_MS).await?;
        entries.retain(|id, server| alive.contains(id) || server.started_ms > now_ms - SEEN_MS);
    }
    let mut servers: Vec<Server> = entries.into_values().collect();
    servers.sort_by_key(|server| std::cmp::Reverse(server.started_ms));
    Ok(servers)
}

fn text(entries: &BTreeMap<String, Server>) -> String {
    let entry = |server: &Server| json!({ "started_ms": server.started_ms, "sinks": server.sinks, "endpoint": server.endpoint });
    let entries: serde_json::Map<_, _> = entries.iter().map(|(id, server)| (id.clone(), entry(server))).collect();
    Value::Object(entries).to_string()
}

fn parse(text: Option<&str>) -> Result<BTreeMap<String, Server>, StartError> {
    let Some(text) = text else { return Ok(BTreeMap::new()) };
    let broken = || StartError::Record(RECORD);
    let entries: serde_json::Map<String, Value> = serde_json::from_str(text).map_err(|_| broken())?;
    let server = |entry: &Value| {
        let sinks = entry.get("sinks")?.as_array()?.iter();
        Some(Server {
            started_ms: entry.get("started_ms")?.as_i64()?,
            sinks: sinks.map(|sink| sink.as_str().map(str::to_owned)).collect::<Option<_>>()?,
            endpoint: entry.get("endpoint")?.as_str()?.to_owned(),
        })
    };
    entries.iter().map(|(id, entry)| Ok((id.clone(), server(entry).ok_or_else(broken)?))).collect()
}

#[cfg(test)]
mod tests {
    use store::{Location, OpenOptions};

    use super::*;

    fn server(started_ms: i64, sinks: &[&str]) -> Server {
        let sinks = sinks.iter().map(|sink| (*sink).to_owned()).collect();
        Server { started_ms, sinks, endpoint: format!("http://h:{started_ms}") }
    }

    #[tokio::test]
    async fn a_store_of_one_server_has_the_entry_of_the_last() {
        let store = Store::open(&Location::Memory, OpenOptions::default()).await.unwrap();
        assert_eq!(running(&store, 5).await.unwrap(), []);
        for (id, server) in [("a", server(1, &["crm", "file"])), ("b", server(2, &[]))] {
            record(&store, id, &server).await.unwrap();
            assert_eq!(running(&store, 1_000_000).await.unwrap(), [server]);
        }
    }

    #[test]
    fn entries_can_be_read_back() {
        let entries: BTreeMap<String, Server> =
            [("a", server(1, &["crm"])), ("b", server(2, &[]))].map(|(id, server)| (id.to_owned(), server)).into();
        assert_eq!(parse(Some(&text(&entries))).unwrap(), entries);
        for bad in ["", "[]", "{\"a\":1}", "{\"a\":{\"started_ms\":1,\"sinks\":[1],\"endpoint\":\"\"}}"] {
            assert!(parse(Some(bad)).is_err(), "{bad}");
        }
    }
}
