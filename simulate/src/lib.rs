//! A deterministic simulator of tasks: it drives the whole service over a store in memory with a seeded random mix of clients,
//! clock jumps, commit conflicts, failures before and after a commit, and restarts, and checks after each step that nothing
//! is lost, doubled or out of step (CONTRIBUTING.md).
//!
//! A seed runs in episodes (`Episode`) of a few thousand steps, each over a store of its own with a seed of its own, so
//! that a failure is replayed from the beginning of its episode in seconds.

mod acts;
mod agents;
mod check;
mod episode;
mod events;
mod expect;
mod flows;
mod judge;
mod ledger;
mod model;
mod random;
mod routing;
mod setup;
mod shape;
mod sweep;
mod world;

use std::collections::BTreeMap;
use std::fmt;

pub use episode::Episode;

/// Steps of one episode at most.
pub const LIFE_STEPS: u64 = 5_000;

/// What was simulated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Steps.
    pub steps: u64,
    /// Tasks that were created.
    pub tasks: u64,
    /// Events and records that were checked.
    pub events: u64,
    /// Everything that happened, in one number: the same for the same seed and program.
    pub hash: u64,
    /// Coverage: answers of operations, states, ways to begin and to end, running flows, and how often each occurred.
    pub met: BTreeMap<String, u64>,
}

impl Report {
    fn meet(&mut self, what: &str) {
        match self.met.get_mut(what) {
            Some(times) => *times += 1,
            None => drop(self.met.insert(what.to_owned(), 1)),
        }
    }
}

/// Why a simulation ended early.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The seed of the episode that failed.
    pub seed: u64,
    /// The step in it, from 1.
    pub step: u64,
    /// What was wrong.
    pub what: String,
    /// What happened last, oldest first.
    pub trace: Vec<String>,
}

impl Failure {
    /// A failure before the first step.
    fn of(what: impl fmt::Display) -> Self {
        Self { seed: 0, step: 0, what: what.to_string(), trace: Vec::new() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, step, what, trace } = self;
        writeln!(f, "seed {seed}, step {step}: {what}")?;
        writeln!(f, "the last {} operations:", trace.len())?;
        for line in trace {
            writeln!(f, "  {line}")?;
        }
        write!(f, "replay: cargo xtask simulate --seed {seed} --steps {step}")
    }
}

impl std::error::Error for Failure {}

/// Simulates `steps` steps of a seed, episode by episode.
///
/// # Errors
/// The first thing that was wrong.
pub async fn run(seed: u64, steps: u64) -> Result<Report, Failure> {
    let mut total = Report::default();
    let mut random = random::Random::new(seed);
    let mut episode_seed = seed;
    while total.steps < steps {
        let part = LIFE_STEPS.min(steps - total.steps);
        let report = Box::pin(Episode::begin(episode_seed).await?.live(part)).await?;
        total.steps += part;
        total.tasks += report.tasks;
        total.events += report.events;
        for (what, times) in report.met {
            *total.met.entry(what).or_default() += times;
        }
        total.hash = total.hash.rotate_left(7) ^ report.hash;
        episode_seed = random.next();
    }
    Ok(total)
}
