//! Timers that are all due when a server starts: tasks in the wait of a flow that goes on into a queue.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client;
use crate::clock;
use crate::inside::Inside;
use crate::load::Outcome;
use crate::plan::say;
use crate::rounds::Rounds;
use crate::rows::Names;
use crate::series::{Ask, Engine, Key, Subject};
use crate::task;
use crate::task_world::{TaskWorld, seed, until};
use crate::taskform::{Launch, Remote, Storage, Taskform};
use crate::template::{INSTANCE, uuid};
use crate::world::{self, Copy, Ground};

/// How long the flow waits, seconds, and how long before the run the tasks were started: at least this.
const WAIT_S: i64 = 3_600;
const AGO_S: i64 = 2 * WAIT_S;
/// Over which the starts were spread, seconds: less than the wait, so that all are due.
const SPREAD_S: u64 = 3_000;
/// Batch of the tasks.
const WAITING: u32 = 901;
/// Writers by hand that timers are compared with.
pub(crate) const WRITERS: usize = 64;

/// Fills a store with `count` tasks whose waits are over, and measures `runs` times how long a server needs for them, from
/// its start until the last is in its queue. `hand`: where inserts by hand are made in between.
///
/// # Errors
/// Whatever goes wrong on the way.
pub(crate) fn measure(
    ground: &Ground<'_>,
    engine: Engine,
    (count, runs): (u32, usize),
    rounds: &mut Rounds<'_>,
    hand: &mut TaskWorld,
) -> Result<(), String> {
    let tag = format!("timers_{}", engine.to_string().to_lowercase());
    let launch = world::launch(ground, engine, &tag)?;
    say(&format!("{engine}: filling {count} tasks that wait"));
    let seed = seed(&launch, waiting_flow)?;
    let made_ms = seed.sample.names.created_ms;
    let inside = Inside::open(&launch.storage)?;
    inside.fill(&seed.sample.without_token(), u64::from(count), &seed.counted, &|n| Names {
        id: uuid(u64::from(WAITING), n),
        name: task::name(WAITING, n),
        token: String::new(),
        created_ms: made_ms - 1000 * (AGO_S + i64::try_from(n % SPREAD_S).unwrap_or(0)),
    })?;
    drop(inside);
    let full = world::copy(ground, &launch.storage, &tag)?;
    for run in 1..=runs {
        say(&format!("{engine}: timers, run {run} of {runs}"));
        let launch = restored(ground, &launch, &full, &format!("{tag}_{run}"))?;
        rounds.quiet.wait();
        let outcome = fire(ground, &launch, count)?;
        let key = |subject, connections| Key { subject, ask: Ask::Fire, connections };
        rounds.series.add(key(Subject::Taskform(engine, count), WRITERS), outcome);
        rounds.by_hand(hand, Subject::Single(engine, count), Ask::Fire, WRITERS)?;
    }
    Ok(())
}

fn fire(ground: &Ground<'_>, launch: &Launch, count: u32) -> Result<Outcome, String> {
    let inside = Inside::open(&launch.storage)?;
    let due = inside.due(clock::now_ms())?;
    if due != i64::from(count) {
        return Err(format!("{due} timers are due, {count} were set"));
    }
    let queued = inside.queued()?;
    let began = Instant::now();
    let server = Taskform::start(launch, Some(ground.cores))?;
    until(due, || Ok(inside.queued()? - queued))?;
    let elapsed = began.elapsed();
    drop(inside);
    server.stop()?;
    Ok(Outcome { answers: u64::from(count), elapsed, p50: Duration::ZERO, p99: Duration::ZERO })
}

/// The store as it was filled.
fn restored(ground: &Ground<'_>, launch: &Launch, full: &Copy, tag: &str) -> Result<Launch, String> {
    let storage = match (full, &launch.storage, ground.cluster) {
        (Copy::File(file), Storage::Folder(folder), _) => {
            let database = world::database_file(folder)?;
            let name = database.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for beside in ["-wal", "-shm"] {
                let _not_there = fs::remove_file(folder.join(format!("{name}{beside}")));
            }
            fs::copy(file, &database).map_err(|e| format!("cannot copy {}: {e}", file.display()))?;
            Storage::Folder(folder.clone())
        }
        (Copy::Url(url), _, Some(cluster)) => {
            let from = url.rsplit_once('/').map_or("", |(_, rest)| rest).split('?').next().unwrap_or_default();
            Storage::Postgres(cluster.copy(from, tag)?)
        }
        _ => return Err("there is no store to restore".to_owned()),
    };
    Ok(Launch { storage, ..launch.clone() })
}

/// Makes a flow that waits, then does what the flow of a new instance does; its id.
fn waiting_flow(remote: Remote) -> Result<String, String> {
    let path = format!("/contact-flows/{INSTANCE}");
    let sample = client::signed(remote.addr, "GET", &format!("{path}/{}", remote.sample_flow()?), "", b"")?.json()?;
    let content = sample["ContactFlow"]["Content"].as_str().ok_or_else(|| format!("no content: {sample}"))?;
    let mut content: Value = serde_json::from_str(content).map_err(|e| format!("no content: {e}: {sample}"))?;
    let then = content["StartAction"].take();
    let over = json!([{"NextAction": then, "Condition": {"Operator": "Equals", "Operands": ["WaitCompleted"]}}]);
    let wait = json!({
        "Identifier": "first wait",
        "Type": "Wait",
        "Parameters": {"TimeLimitSeconds": WAIT_S.to_string()},
        "Transitions": {
            "NextAction": then,
            "Conditions": over,
            "Errors": [{"ErrorType": "NoMatchingError", "NextAction": then}],
        },
    });
    content["StartAction"] = json!("first wait");
    content["Actions"].as_array_mut().ok_or("a flow has actions")?.push(wait);
    let body = json!({"Name": "Wait first", "Type": "CONTACT_FLOW", "Content": content.to_string()}).to_string();
    let made = client::signed(remote.addr, "PUT", &path, "", body.as_bytes())?.json()?;
    made["ContactFlowId"].as_str().map(str::to_owned).ok_or_else(|| format!("no id: {made}"))
}
