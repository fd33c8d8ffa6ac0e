//! `taskform-simulate`: runs the simulator; `cargo xtask simulate` builds and starts it.

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;

/// Drives the service with a seeded random mix of clients, clock jumps, conflicts, failures and restarts, and checks it
/// after each step.
#[derive(Debug, Parser)]
#[command(name = "taskform-simulate")]
struct Args {
    /// Steps of each seed.
    #[arg(long, default_value_t = 10_000)]
    steps: u64,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many seeds, counted up from the first.
    #[arg(long, default_value_t = 1)]
    seeds: u64,
    /// Prints what was covered, and how often.
    #[arg(long)]
    met: bool,
}

fn main() -> ExitCode {
    let Args { steps, seed, seeds, met } = Args::parse();
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_time().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("the simulator cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    for seed in (0..seeds).map(|n| seed.wrapping_add(n)) {
        let begun = Instant::now();
        match runtime.block_on(taskform_simulate::run(seed, steps)) {
            Ok(report) => {
                let micros = begun.elapsed().as_micros() / u128::from(report.steps.max(1));
                eprintln!(
                    "seed {seed}: {} steps, {} tasks, {} events, {micros} µs a step, hash {:016x}",
                    report.steps, report.tasks, report.events, report.hash
                );
                for (what, times) in report.met.iter().filter(|_| met) {
                    eprintln!("  {times:>8} {what}");
                }
            }
            Err(failure) => {
                eprintln!("{failure}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
