//! The benchmarks: one command, a table of ratios from one run.
//!
//! Everything runs side by side in interleaved rounds: the server on one core, the load on the other. Absolute
//! numbers depend on the machine and the moment; ratios between lines of the same round hold.

mod agent_report;
mod agents;
mod bare;
mod child;
mod client;
mod clock;
mod cores;
mod drive;
mod inside;
mod load;
mod moto;
mod plan;
mod policy;
mod postgres;
mod report;
mod rounds;
mod rows;
mod series;
mod sign;
mod single_postgres;
mod single_sqlite;
mod task;
mod task_report;
mod task_rounds;
mod task_world;
mod taskform;
mod tasks;
mod team;
mod template;
mod timers;
mod world;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};

use crate::series::Engine;

/// Measures the release build of Taskform against a bare server, single synced inserts and moto, prints a Markdown
/// table of ratios and writes it to `bench/RESULTS.md` (with --quick: to `target/bench/RESULTS.md`).
#[derive(Debug, Parser)]
#[command(name = "taskform-bench")]
struct Args {
    /// Ten thousand templates and tasks only, fewer and shorter rounds.
    #[arg(long)]
    quick: bool,
    /// Rounds of each measurement instead of five (with --quick: three).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    rounds: Option<u8>,
    /// Engines to measure.
    #[arg(long, value_enum, default_value_t = Engines::All)]
    engine: Engines,
    /// Parts to measure.
    #[arg(long, value_enum, default_value_t = Parts::All)]
    part: Parts,
    /// The program to measure; built by cargo when not given.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// Where the table goes.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(subcommand)]
    mode: Option<Mode>,
}

#[derive(Debug, Subcommand)]
enum Mode {
    /// The bare server that the others are measured against; started by the benchmark itself.
    #[command(hide = true)]
    Bare {
        /// Recorded answers.
        answers: Vec<PathBuf>,
    },
    /// Sends one kind of request to a server that runs already with `--dev`, for profilers.
    Load {
        /// Where it listens.
        addr: SocketAddr,
        /// What is asked.
        #[arg(value_enum)]
        what: drive::What,
        /// Requests in flight.
        #[arg(long, default_value_t = rounds::USUAL)]
        connections: usize,
        /// How long.
        #[arg(long, default_value_t = 10)]
        seconds: u64,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Engines {
    Sqlite,
    Postgres,
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Parts {
    Templates,
    Tasks,
    /// Its own table: `bench/AGENTS.md`.
    Agents,
    All,
}

impl Engines {
    fn list(self) -> &'static [Engine] {
        match self {
            Self::Sqlite => &[Engine::Sqlite],
            Self::Postgres => &[Engine::Postgres],
            Self::All => &[Engine::Sqlite, Engine::Postgres],
        }
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let result = match &args.mode {
        Some(Mode::Bare { answers }) => bare::serve(answers),
        Some(Mode::Load { addr, what, connections, seconds }) => {
            drive::run(*addr, *what, *connections, Duration::from_secs(*seconds))
        }
        None => plan::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            plan::say(&format!("benchmark failed: {reason}"));
            ExitCode::FAILURE
        }
    }
}
