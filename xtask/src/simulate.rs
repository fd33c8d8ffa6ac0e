//! `cargo xtask simulate`: builds the simulator of tasks and runs it.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::shell::{Optimized, Result, built, cargo, command, run};

/// Seeds that every run of the suite simulates, and how many steps.
const SEEDS: u64 = 5;
const STEPS: u64 = 2_000;

/// Runs the simulator; the arguments are its own.
pub(crate) fn simulate(arguments: &[String]) -> Result {
    run(cargo().args(["run", "--quiet", "--release", "--package", "taskform-simulate", "--"]).args(arguments))
}

/// The program as the suite runs it.
pub(crate) fn simulator() -> Result<PathBuf> {
    built("taskform-simulate", Optimized::No)
}

/// The suite: the same few seeds each time, and a random one; with words, what they say. Its own tests are among those
/// of Rust. It uses what the other suites have built, which is slower and ready.
pub(crate) fn suite(words: &[String]) -> Result {
    let simulator = simulator()?;
    if !words.is_empty() {
        return run(command(simulator).args(words));
    }
    let drawn = drawn_seed();
    eprintln!("simulate: seeds 1 to {SEEDS}, and {drawn} drawn from the clock");
    for (first, seeds) in [(1, SEEDS), (drawn, 1)] {
        let (first, seeds, steps) = (first.to_string(), seeds.to_string(), STEPS.to_string());
        run(command(&simulator).args(["--seed", &first, "--seeds", &seeds, "--steps", &steps]))?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a seed that nobody chose; it is printed")]
fn drawn_seed() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    now.as_secs() % 1_000_000_000 + 1_000
}
