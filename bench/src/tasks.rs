//! What a run does about tasks, in order: prepare, rounds, memory, timers.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use crate::load::Limit;
use crate::plan::{Scale, say, start_bare};
use crate::report::Measured;
use crate::rounds::{Bare, Rounds, USUAL};
use crate::series::{Ask, Engine, Spread};
use crate::task;
use crate::task_world::TaskWorld;
use crate::template::{Dice, uuid};
use crate::timers;
use crate::world::{self, Ground, Recorded};

/// What a server with stored tasks showed outside the rounds.
#[derive(Clone, Debug)]
pub(crate) struct TaskRest {
    pub engine: Engine,
    pub size: u32,
    pub start_ms: Spread,
    pub idle_kib: u64,
    /// After each task was described once.
    pub after_kib: u64,
    /// On disk, bytes a task.
    pub stored_each: f64,
    /// Tables that a start inserts into.
    pub tables: String,
}

/// Measures one engine.
///
/// # Errors
/// Whatever kept a number from being measured.
pub(crate) fn measure(
    ground: &Ground<'_>,
    engine: Engine,
    scale: Scale,
    measured: &mut Measured,
) -> Result<(), String> {
    let mut worlds = Vec::new();
    for size in scale.sizes {
        // Inserts by hand are compared on the smaller store alone: a copy of the larger would take as long as a round.
        worlds.push(TaskWorld::prepare(ground, engine, *size, worlds.is_empty())?);
    }
    let first = worlds.first().ok_or("there is nothing to measure")?;
    let recorded = record(first, ground.folder)?;
    let (bare_server, ports) = start_bare(ground.cores, &recorded, ground.folder)?;
    let bare = bare(first, &recorded, &ports)?;
    let mut rounds = Rounds {
        cores: ground.cores,
        quiet: &mut measured.quiet,
        series: &mut measured.series,
        dice: Dice::new(17),
        span: scale.span,
    };
    worlds.iter().try_for_each(|world| warm_up(world, &mut rounds))?;
    for round in 1..=scale.rounds {
        say(&format!("{engine}: reads of tasks, round {round} of {}", scale.rounds));
        rounds.task_reads(&worlds, &bare)?;
    }
    for round in 1..=scale.rounds {
        say(&format!("{engine}: starts of tasks, round {round} of {}", scale.rounds));
        rounds.task_writes(&mut worlds, &bare)?;
    }
    bare_server.stop()?;
    for world in &mut worlds {
        let rest = at_rest(world, &mut rounds)?;
        measured.task_rest.push(rest);
    }
    // The larger store's server would only be in the way of the timers.
    while worlds.len() > 1 {
        worlds.pop().map_or(Ok(()), TaskWorld::stop)?;
    }
    for mut world in worlds {
        timers::measure(ground, engine, (scale.timers, scale.timer_runs), &mut rounds, &mut world)?;
        world.stop()?;
    }
    Ok(())
}

/// The answers to one start, description and search.
fn record(world: &TaskWorld, folder: &Path) -> Result<[Recorded; 3], String> {
    let addr = world.server()?.remote.addr;
    let start = world.body.with(&task::name(998, 1), Some(&uuid(998, 1)));
    let stretch = world.stretches.first().ok_or("there are no searches")?;
    Ok([
        world::keep(folder, "start", addr, ("PUT", task::START, ""), start.as_bytes())?,
        world::keep(folder, "describe", addr, ("GET", &task::item(&world.id(0)), ""), b"")?,
        world::keep(folder, "search", addr, ("POST", task::SEARCH, ""), stretch.body().as_bytes())?,
    ])
}

fn bare(world: &TaskWorld, recorded: &[Recorded; 3], ports: &[SocketAddr]) -> Result<Bare, String> {
    let [start, describe, search] = ports else { return Err("the bare server has too few ports".to_owned()) };
    let remote = world.server()?.remote;
    let mut dice = Dice::new(7);
    let describes = remote.describes(5_000, None, || world.id(dice.below(world.size as usize - 1)));
    let searches = task::searches(&mut remote.signer(), &world.stretches, 1_000, || 0);
    let starts = task::starts(&mut remote.signer(), &world.body, 997, 0, 2_000);
    let mut bare = Bare::default();
    bare.add(Ask::Start, *start, starts, recorded[0].1);
    bare.add(Ask::Describe, *describe, describes, recorded[1].1);
    bare.add(Ask::Search, *search, searches, recorded[2].1);
    Ok(bare)
}

/// Unmeasured reads, so that the first round finds what later ones find.
fn warm_up(world: &TaskWorld, rounds: &mut Rounds<'_>) -> Result<(), String> {
    let remote = world.server()?.remote;
    let requests =
        remote.describes(20_000, Some(world.described), || world.id(rounds.dice.below(world.size as usize - 1)));
    rounds.send(remote.addr, &requests, USUAL, Limit::Time(Duration::from_secs(1))).map(|_| ())
}

/// Memory after a fresh start and after each task was described once.
fn at_rest(world: &mut TaskWorld, rounds: &mut Rounds<'_>) -> Result<TaskRest, String> {
    const CHUNK: usize = 50_000;
    say(&format!("{}: describing {} tasks once", world.engine, world.size));
    world.restart()?;
    let (server, all) = (world.server()?, world.size as usize - 1);
    for first in (0..all).step_by(CHUNK) {
        let mut numbers = first..all.min(first + CHUNK);
        let requests =
            server.remote.describes(numbers.len(), Some(world.described), || world.id(numbers.next().unwrap_or(0)));
        rounds.send(server.remote.addr, &requests, USUAL, Limit::OnceWithin(Duration::from_secs(600)))?;
    }
    Ok(TaskRest {
        engine: world.engine,
        size: world.size,
        start_ms: world.start_ms,
        idle_kib: world.idle_kib,
        after_kib: server.resident_kib()?,
        stored_each: world.stored as f64 / f64::from(world.size),
        tables: world.tables.clone(),
    })
}
