//! `taskform events`: lists dead letters, redelivers them, and drops rows that nobody is to receive any more.

use std::io::Write;

use clap::{ArgGroup, Args, Subcommand};
use serde_json::{Value, json};
use store::{Batch, CommitError, Conflict, OutboxKey, OutboxRow, Store};

use super::commands::{with_store, with_store_as};
use super::error::{CommandError, Result};
use super::flags::StoreFlags;
use crate::clock::{Clock, date};
use crate::servers;
use crate::startup::{Opened, Role, StartError};

/// Dead letters read, and redelivered, per batch.
const PAGE: usize = 500;

#[derive(Debug, Subcommand)]
pub(super) enum Events {
    /// Lists the events and records that were given up, oldest first
    #[command(after_help = "Examples:
  taskform events dead
  taskform events dead --sink crm --limit 10
  taskform events dead --format json   one line each, with the event itself")]
    Dead(Dead),
    /// Redelivers dead letters, with all their tries anew; a running server begins within a second
    #[command(after_help = "Examples:
  taskform events replay --all
  taskform events replay --all --sink crm
  taskform events replay crm/0f6d3a52-7c1e-4b57-9d7c-1f5e2f0f7a11/3")]
    Replay(Replay),
    /// Removes what nobody is to receive any more: all of a sink that no server delivers to, or dead letters
    #[command(after_help = "Examples:
  taskform events drop --sink crm          all that a sink has which is gone
  taskform events drop --dead              all dead letters
  taskform events drop --dead --sink crm   the dead letters of any sink")]
    Drop(DropSink),
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).multiple(true).args(["sink", "dead"])))]
pub(super) struct DropSink {
    /// The sink: file, or the name that a webhook has or had
    #[arg(long, value_name = "NAME")]
    sink: Option<String>,
    /// Only dead letters
    #[arg(long)]
    dead: bool,
    /// Also what a running server would still deliver, or the settings name
    #[arg(long, conflicts_with = "dead")]
    force: bool,
    #[command(flatten)]
    flags: Box<StoreFlags>,
}

#[derive(Debug, Args)]
pub(super) struct Dead {
    /// Only those of this sink: file, or the name of a webhook
    #[arg(long, value_name = "NAME")]
    sink: Option<String>,
    /// How many
    #[arg(long, value_name = "N", default_value = "100", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    limit: u32,
    /// How to print them: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json"])]
    format: String,
    #[command(flatten)]
    flags: Box<StoreFlags>,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("which").required(true).args(["all", "ids"])))]
pub(super) struct Replay {
    /// All of them
    #[arg(long)]
    all: bool,
    /// With --all: only those of this sink
    #[arg(long, value_name = "NAME", requires = "all")]
    sink: Option<String>,
    /// Their ids, as `taskform events dead` shows them
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    flags: Box<StoreFlags>,
}

pub(super) fn run(command: Events, out: &mut impl Write) -> Result<()> {
    match command {
        Events::Dead(dead) => with_store(&dead.flags, async |opened, _| list(out, &opened.store, &dead).await),
        Events::Replay(replay) => with_store(&replay.flags, async |opened, _| {
            let done = if replay.all {
                replay_all(&opened.store, replay.sink.as_deref()).await?
            } else {
                replay_each(&opened.store, &replay.ids).await?
            };
            Ok(writeln!(out, "{done} to be delivered again")?)
        }),
        Events::Drop(drop) => with_store_as(Role::Alone, &drop.flags, async |opened, settings| {
            let store = &opened.store;
            let Some(sink) = drop.sink.as_ref().filter(|_| !drop.dead) else {
                let done = counted(drop_dead(store, drop.sink.as_deref()).await?, "dead letter");
                return Ok(writeln!(out, "{done} dropped")?);
            };
            if !drop.force {
                refuse_live(&opened, &settings.events.names(), sink).await?;
            }
            let (waiting, dead) = drop_all(store, sink).await?;
            let (waiting, dead) = (counted(waiting, "waiting event"), counted(dead, "dead letter"));
            Ok(writeln!(out, "{waiting} and {dead} of the sink {sink} dropped")?)
        }),
    }
}

async fn list(out: &mut impl Write, store: &Store, dead: &Dead) -> Result<()> {
    let text = dead.format == "text";
    if text {
        writeln!(out, "{:<22}{:<8}{:<7}{:<58} ERROR", "TIME", "KIND", "TRIES", "ID")?;
    }
    let (mut left, mut after) = (usize::try_from(dead.limit).unwrap_or(usize::MAX), None);
    while left > 0 {
        let page = store.dead_letters(dead.sink.as_deref(), after.as_ref(), left.min(PAGE)).await;
        let page = page.map_err(StartError::from)?;
        left -= page.rows.len();
        for row in &page.rows {
            if text {
                let (kind, time) = (row.kind.to_lowercase(), date(row.created_ms));
                let error = row.last_error.as_deref().unwrap_or("-").replace(char::is_control, " ");
                writeln!(out, "{time:<22}{kind:<8}{:<7}{:<58} {error}", row.attempts, id(row))?;
            } else {
                writeln!(out, "{}", line(row))?;
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
    if text && after.is_some() {
        writeln!(out, "There are more: see --limit.")?;
    }
    Ok(())
}

fn id(row: &OutboxRow) -> String {
    format!("{}/{}/{}", row.sink, row.contact_id, row.sequence)
}

fn line(row: &OutboxRow) -> Value {
    let body: Value = serde_json::from_str(&row.body).unwrap_or_else(|_| Value::from(row.body.as_str()));
    json!({
        "id": id(row), "sink": row.sink, "kind": row.kind, "instanceId": row.instance_id, "contactId": row.contact_id,
        "sequence": row.sequence, "time": date(row.created_ms), "tries": row.attempts, "error": row.last_error, "data": body,
    })
}

async fn replay_all(store: &Store, sink: Option<&str>) -> Result<usize> {
    let (mut done, mut after) = (0, None);
    loop {
        let page = store.dead_letters(sink, after.as_ref(), PAGE).await.map_err(StartError::from)?;
        let keys: Vec<OutboxKey> = page.rows.iter().map(OutboxRow::key).collect();
        if replay(store, &keys).await? {
            done += keys.len();
        } else {
            // Another command redelivers as well: those that are left are taken one by one.
            for key in keys {
                done += usize::from(replay(store, &[key]).await?);
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok(done);
        }
    }
}

/// A number and what it counts: `1 event`, `2 events`.
fn counted(number: impl Into<u64>, noun: &str) -> String {
    match number.into() {
        1 => format!("1 {noun}"),
        number => format!("{number} {noun}s"),
    }
}

/// A sink that the settings name, or that a running server delivers to, which may have settings that this command does not see.
async fn refuse_live(opened: &Opened, named: &[String], sink: &str) -> Result<()> {
    let is_sink = |name: &String| name == sink;
    let servers =
        if opened.alone { Vec::new() } else { servers::running(&opened.store, Clock::system().now_ms()).await? };
    let who = if servers.iter().any(|server| server.sinks.iter().any(is_sink)) {
        "a running server delivers to"
    } else if named.iter().any(is_sink) {
        "the settings name"
    } else {
        return Ok(());
    };
    let numbers = opened.store.outbox_numbers(sink).await.map_err(StartError::from)?;
    let number = |number: i64| u64::try_from(number).unwrap_or_default();
    let (waiting, dead) =
        (counted(number(numbers.waiting), "waiting event"), counted(number(numbers.dead), "dead letter"));
    Err(CommandError::Refused(format!(
        "{who} the sink `{sink}`, which has {waiting} and {dead}: take it out of the server's settings first and restart the \
         server, or give --force to drop them all the same"
    )))
}

/// Everything of a sink: what waits, then the dead letters. Returns how many of each there were.
async fn drop_all(store: &Store, sink: &str) -> Result<(u64, u64)> {
    let shards: Vec<i64> = (0..store::SHARDS).collect();
    let (mut waiting, mut dead) = (0, 0);
    loop {
        let mut rows = store.outbox_due(sink, &shards, i64::MAX, PAGE).await.map_err(StartError::from)?;
        let count = if rows.is_empty() {
            rows = store.dead_letters(Some(sink), None, PAGE).await.map_err(StartError::from)?.rows;
            &mut dead
        } else {
            &mut waiting
        };
        if rows.is_empty() {
            return Ok((waiting, dead));
        }
        let mut batch = Batch::new();
        for row in &rows {
            batch.delivered(&row.key());
        }
        store.commit(batch).await?;
        *count += rows.len() as u64;
    }
}

/// Dead letters of one sink, or of all; those that are added meanwhile are left.
async fn drop_dead(store: &Store, sink: Option<&str>) -> Result<u64> {
    let (mut done, mut after) = (0, None);
    loop {
        let page = store.dead_letters(sink, after.as_ref(), PAGE).await.map_err(StartError::from)?;
        let mut batch = Batch::new();
        for row in &page.rows {
            batch.delivered(&row.key());
        }
        store.commit(batch).await?;
        done += page.rows.len() as u64;
        after = page.next;
        if after.is_none() {
            return Ok(done);
        }
    }
}

async fn replay_each(store: &Store, ids: &[String]) -> Result<usize> {
    let mut keys = Vec::new();
    for text in ids {
        let mut parts = text.rsplitn(3, '/');
        let (sequence, contact_id, sink) = (parts.next(), parts.next(), parts.next());
        let sequence = sequence.and_then(|text| text.parse().ok());
        match (sink, contact_id, sequence) {
            (Some(sink), Some(contact_id), Some(sequence)) => {
                keys.push(OutboxKey { sink: sink.to_owned(), contact_id: contact_id.to_owned(), sequence });
            }
            _ => return Err(CommandError::Refused(format!("`{text}` is no id: expected SINK/CONTACT/NUMBER"))),
        }
    }
    for (key, text) in keys.iter().zip(ids) {
        if !replay(store, std::slice::from_ref(key)).await? {
            return Err(CommandError::Refused(format!("there is no dead letter {text}")));
        }
    }
    Ok(keys.len())
}

/// False when one of them is no dead letter (any more); then nothing was changed.
async fn replay(store: &Store, keys: &[OutboxKey]) -> Result<bool> {
    let mut batch = Batch::new();
    for key in keys {
        batch.replay(key);
    }
    match store.commit(batch).await {
        Ok(()) => Ok(true),
        Err(CommitError::Conflict(Conflict::Moved)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use store::{Location, NewOutboxRow, OpenOptions};

    use super::*;

    #[tokio::test]
    async fn dead_letters_are_listed_and_replayed() {
        let store = Store::open(&Location::Memory, OpenOptions::default()).await.unwrap();
        let mut batch = Batch::new();
        for (sink, sequence) in [("crm", 1), ("crm", 2), ("file", 1)] {
            let row = NewOutboxRow {
                contact_id: "c".to_owned(),
                sequence,
                kind: "EVENT".to_owned(),
                body: "{\"a\":1}".to_owned(),
                ..Default::default()
            };
            batch.put_outbox(sink, &row);
            let key = OutboxKey { sink: sink.to_owned(), contact_id: "c".to_owned(), sequence };
            batch.dead_letter(&key, "status 404\nnot\there");
        }
        store.commit(batch).await.unwrap();
        let shown = async |sink: Option<&str>, limit, format: &str| {
            let dead = Dead { sink: sink.map(str::to_owned), limit, format: format.to_owned(), flags: Box::default() };
            let mut out = Vec::new();
            list(&mut out, &store, &dead).await.unwrap();
            String::from_utf8(out).unwrap()
        };
        let text = shown(None, 2, "text").await;
        assert!(text.contains("crm/c/2") && !text.contains("file/c/1") && text.contains("--limit"), "{text}");
        assert!(text.contains("status 404 not here"), "{text}");
        let json = shown(Some("file"), 100, "json").await;
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap()["data"]["a"], 1);

        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        assert_eq!(replay_each(&store, &ids(&["crm/c/1"])).await.unwrap(), 1);
        for (bad, part) in
            [("crm/c/1", "no dead letter crm/c/1"), ("crm/c", "SINK/CONTACT/NUMBER"), ("crm/c/x", "no id")]
        {
            let error = replay_each(&store, &ids(&[bad])).await.unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
        assert_eq!(drop_dead(&store, Some("none")).await.unwrap(), 0);
        assert_eq!(replay_all(&store, Some("file")).await.unwrap(), 1);
        assert_eq!(replay_all(&store, None).await.unwrap(), 1);
        assert_eq!(store.outbox_numbers("crm").await.unwrap().waiting, 2);

        let mut batch = Batch::new();
        for (sink, sequence) in [("crm", 1), ("crm", 2), ("file", 1)] {
            batch.dead_letter(&OutboxKey { sink: sink.to_owned(), contact_id: "c".to_owned(), sequence }, "no");
        }
        store.commit(batch).await.unwrap();
        assert_eq!(drop_dead(&store, Some("crm")).await.unwrap(), 2);
        assert!(shown(None, 10, "json").await.contains("file/c/1"), "others keep theirs");
        assert_eq!(drop_dead(&store, None).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn what_waits_for_a_sink_without_setting_is_told_and_can_be_dropped() {
        let store = Store::open(&Location::Memory, OpenOptions::default()).await.unwrap();
        let mut batch = Batch::new();
        for sequence in 0..1_203 {
            for sink in ["old", "file"] {
                let row = NewOutboxRow { contact_id: "c".to_owned(), sequence, ..Default::default() };
                batch.put_outbox(sink, &row);
            }
        }
        batch.dead_letter(&OutboxKey { sink: "old".to_owned(), contact_id: "c".to_owned(), sequence: 7 }, "no");
        store.commit(batch).await.unwrap();
        let settings = crate::settings::Events { file: Some("e.jsonl".into()), ..Default::default() };
        let told = crate::events::strays(&store, &settings).await.unwrap();
        let told: Vec<_> = told.iter().map(|(sink, numbers)| (sink.as_str(), numbers.waiting, numbers.dead)).collect();
        assert_eq!(told, [("old", 1_202, 1)]);

        assert_eq!(drop_all(&store, "old").await.unwrap(), (1_202, 1));
        assert!(crate::events::strays(&store, &settings).await.unwrap().is_empty());
        assert!(store.dead_letters(None, None, 10).await.unwrap().rows.is_empty());
        assert_eq!(store.outbox_numbers("file").await.unwrap().waiting, 1_203, "others keep theirs");
    }
}
