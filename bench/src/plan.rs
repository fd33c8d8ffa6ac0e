//! What a run does, in order: build, prepare, rounds, memory, table. Tasks have a plan of their own in `tasks.rs`.

use std::env;
use std::fs;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::child::{self, Running};
use crate::cores::{Cores, Side};
use crate::load::Limit;
use crate::moto::Moto;
use crate::postgres::Cluster;
use crate::report::{self, Measured, Rest};
use crate::rounds::{Bare, HOT, Rounds, USUAL};
use crate::series::{Engine, Series, Subject};
use crate::template::Dice;
use crate::world::{self, Ground, Recorded, World};
use crate::{Args, Parts, agent_report, agents, tasks};

/// Templates, tasks and timers.
const TEN_THOUSAND: u32 = 10_000;
const HUNDRED_THOUSAND: u32 = 100_000;
const MILLION: u32 = 1_000_000;
/// Memory for hot templates that holds a million of them, with room.
const ALL_HOT_MIB: u32 = 8 * 1024;

/// How much a run does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    /// Templates and tasks in the stores.
    pub sizes: &'static [u32],
    pub rounds: usize,
    pub span: Duration,
    /// Timers that are due at once, and how often.
    pub timers: u32,
    pub timer_runs: usize,
}

impl Scale {
    fn of(quick: bool) -> Self {
        if quick {
            let sizes = &[TEN_THOUSAND];
            return Self { sizes, rounds: 3, span: Duration::from_secs(1), timers: TEN_THOUSAND, timer_runs: 2 };
        }
        let sizes = &[TEN_THOUSAND, MILLION];
        Self { sizes, rounds: 5, span: Duration::from_secs(2), timers: HUNDRED_THOUSAND, timer_runs: 3 }
    }
}

/// Reports progress on the terminal.
pub(crate) fn say(text: &str) {
    // A closed terminal is no reason to stop.
    let _unheard = writeln!(std::io::stderr(), "{text}");
}

/// Measures and reports.
///
/// # Errors
/// Whatever kept a number from being measured.
pub(crate) fn run(args: &Args) -> Result<(), String> {
    child::end_with_us()?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the benchmark lies in the workspace")?;
    let folder = root.join("target/bench");
    let scratch = folder.join("scratch");
    let program = match &args.program {
        Some(program) => fs::canonicalize(program).map_err(|e| format!("{}: {e}", program.display()))?,
        None => build(root)?,
    };
    let usual = Scale::of(args.quick);
    let scale = Scale { rounds: args.rounds.map_or(usual.rounds, usize::from), ..usual };
    let size = fs::metadata(&program).map_err(|e| format!("{}: {e}", program.display()))?.len();
    let mut measured = Measured::new(size, scale);
    for engine in args.engine.list() {
        if matches!(args.part, Parts::Templates | Parts::All) {
            let part = |ground: &Ground<'_>| measure(ground, *engine, scale, &folder, &mut measured);
            on_ground(*engine, &program, &scratch, part)?;
        }
        if matches!(args.part, Parts::Tasks | Parts::All) {
            let part = |ground: &Ground<'_>| tasks::measure(ground, *engine, scale, &mut measured);
            on_ground(*engine, &program, &scratch, part)?;
        }
        if matches!(args.part, Parts::Agents | Parts::All) {
            let part = |ground: &Ground<'_>| agents::measure(ground, *engine, args.quick, &mut measured);
            on_ground(*engine, &program, &scratch, part)?;
        }
    }
    let home = if args.quick { folder } else { root.join("bench") };
    if !measured.agents.is_empty() {
        write(&agent_report::table(&measured), &home.join("AGENTS.md"))?;
    }
    if args.part == Parts::Agents {
        return Ok(());
    }
    write(&report::table(&measured), &args.out.clone().unwrap_or_else(|| home.join("RESULTS.md")))
}

/// Prints a table and keeps it.
fn write(table: &str, file: &Path) -> Result<(), String> {
    writeln!(std::io::stdout(), "{table}").map_err(|e| format!("cannot print: {e}"))?;
    fs::write(file, table).map_err(|e| format!("{}: {e}", file.display()))
}

/// One part of a run, in a scratch folder and with a PostgreSQL of its own: what it stored is gone afterwards.
fn on_ground(
    engine: Engine,
    program: &Path,
    scratch: &Path,
    part: impl FnOnce(&Ground<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let _nothing_there_yet = fs::remove_dir_all(scratch);
    fs::create_dir_all(scratch).map_err(|e| format!("{}: {e}", scratch.display()))?;
    let cores = Cores::choose()?;
    let cluster = match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some(cores.on(Side::Load, Cluster::start)?),
    };
    part(&Ground { cores, program, folder: scratch, cluster: cluster.as_ref() })?;
    fs::remove_dir_all(scratch).map_err(|e| format!("{}: {e}", scratch.display()))
}

fn build(root: &Path) -> Result<PathBuf, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(root).args(["build", "--release", "--quiet", "-p", "taskform"]);
    let status = command.status().map_err(|e| format!("cannot run cargo: {e}"))?;
    if status.success() { Ok(root.join("target/release/taskform")) } else { Err(format!("cargo build: {status}")) }
}

fn measure(
    ground: &Ground<'_>,
    engine: Engine,
    scale: Scale,
    folder: &Path,
    measured: &mut Measured,
) -> Result<(), String> {
    let cores = ground.cores;
    let mut worlds = Vec::new();
    for size in scale.sizes {
        worlds.push(World::prepare(ground, engine, *size)?);
    }
    let first = worlds.first().ok_or("there is nothing to measure")?;
    let recorded = world::record(first, ground.folder)?;
    let (bare_server, ports) = start_bare(cores, &recorded, ground.folder)?;
    let ports = ports.try_into().map_err(|_| "the bare server has other ports than answers")?;
    let bare = Bare::of(first, &recorded, ports)?;
    let moto = match engine {
        Engine::Sqlite => Some(Moto::start(cores, folder)?),
        Engine::Postgres => None,
    };
    let mut rounds = Rounds {
        cores,
        quiet: &mut measured.quiet,
        series: &mut measured.series,
        dice: Dice::new(11),
        span: scale.span,
    };
    warm_up(&mut rounds, &worlds)?;
    for round in 1..=scale.rounds {
        say(&format!("{engine}: reads, round {round} of {}", scale.rounds));
        rounds.reads(&worlds, &bare, moto.as_ref())?;
    }
    for round in 1..=scale.rounds {
        say(&format!("{engine}: writes, round {round} of {}", scale.rounds));
        rounds.writes(&mut worlds, &bare)?;
    }
    bare_server.stop()?;
    moto.map_or(Ok(()), Moto::stop)?;
    for world in &mut worlds {
        let rest = at_rest(world, &mut rounds)?;
        measured.rest.push(rest);
    }
    if engine == Engine::Sqlite {
        all_hot(&mut rounds, &mut worlds, scale, &mut measured.rest)?;
    }
    worlds.into_iter().try_for_each(World::stop)
}

/// Starts the bare server with these answers; its ports are in their order.
///
/// # Errors
/// As [`Running::start`].
pub(crate) fn start_bare(
    cores: Cores,
    recorded: &[Recorded],
    scratch: &Path,
) -> Result<(Running, Vec<SocketAddr>), String> {
    let own = env::current_exe().map_err(|e| format!("cannot find this program: {e}"))?;
    let mut command = Command::new(own);
    command.arg("bare").args(recorded.iter().map(|(file, _)| file));
    let log = scratch.join("bare.log");
    let (running, line) = cores.on(Side::Server, || Running::start(&mut command, "ready", &log))?;
    let ports = line.split(' ').skip(1).filter_map(|port| port.parse().ok());
    Ok((running, ports.map(|port: u16| SocketAddr::from(([127, 0, 0, 1], port))).collect()))
}

/// Unmeasured reads, so that the first round finds what later ones find.
fn warm_up(rounds: &mut Rounds<'_>, worlds: &[World]) -> Result<(), String> {
    let mut aside = Series::default();
    for world in worlds {
        let mut warm = Rounds {
            cores: rounds.cores,
            quiet: rounds.quiet,
            series: &mut aside,
            dice: Dice::new(13),
            span: Duration::from_secs(1),
        };
        warm.get(world, Subject::Taskform(world.engine, world.size), USUAL, HOT)?;
    }
    Ok(())
}

/// Memory after a fresh start and after each template was read once.
fn at_rest(world: &mut World, rounds: &mut Rounds<'_>) -> Result<Rest, String> {
    say(&format!("{}: reading {} templates once", world.engine, world.size));
    world.restart(None)?;
    let after_kib = read_all(world, rounds)?;
    Ok(Rest {
        engine: world.engine,
        size: world.size,
        start_ms: world.start_ms,
        empty_start_ms: world.empty_start_ms,
        idle_kib: world.idle_kib,
        after_kib,
        all_hot_kib: None,
        tables: world.tables.clone(),
    })
}

fn read_all(world: &World, rounds: &mut Rounds<'_>) -> Result<u64, String> {
    let server = world.server()?;
    for chunk in world.walk.templates.chunks(50_000) {
        let mut next = 0..chunk.len();
        let requests = server.remote.gets(chunk, chunk.len(), || next.next().unwrap_or(0))?;
        rounds.send(server.remote.addr, &requests, USUAL, Limit::OnceWithin(Duration::from_secs(600)))?;
    }
    server.resident_kib()
}

/// The largest world once more, with memory for all its templates, against the smallest.
fn all_hot(rounds: &mut Rounds<'_>, worlds: &mut [World], scale: Scale, rest: &mut [Rest]) -> Result<(), String> {
    let [small, large] = worlds else { return Ok(()) };
    say("reads with memory for a million templates");
    large.restart(Some(ALL_HOT_MIB))?;
    let kib = read_all(large, rounds)?;
    if let Some(rest) = rest.iter_mut().find(|rest| rest.size == large.size) {
        rest.all_hot_kib = Some(kib);
    }
    for _ in 0..scale.rounds {
        rounds.get(small, Subject::Beside(small.engine, small.size), USUAL, small.walk.templates.len())?;
        rounds.get(large, Subject::AllHot(large.engine, large.size), USUAL, large.walk.templates.len())?;
    }
    Ok(())
}
