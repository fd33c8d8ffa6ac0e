//! The project's own tools, run as `cargo xtask <command>`. Each command is one module with one `run`; what a user of Taskform runs
//! belongs in the program instead.

mod bench;
mod check;
mod codegen;
mod dependencies;
mod fuzz;
mod install;
mod rules;
mod serve;
mod shell;
mod simulate;
mod test;
mod tidy;

use std::error::Error;
use std::process::ExitCode;

/// How a command ends: an error is shown as it is and makes the exit status 1.
type Outcome = Result<(), Box<dyn Error>>;

/// One command.
struct Command {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Outcome,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "serve",
        about: "build and start Taskform (--release: optimized); data in ./taskform-data; other arguments go to `taskform serve`",
        run: |args| Ok(serve::serve(args)?),
    },
    Command {
        name: "test",
        about: "run every suite, or those named, with what they need; words after one suite go to it",
        run: |args| Ok(test::test(args)?),
    },
    Command {
        name: "quick",
        about: "what a change should pass first: format, lints, tests that need no server",
        run: |args| Ok(check::quick(args)?),
    },
    Command { name: "check", about: "format, lints, dependencies, generated code", run: |_| Ok(check::check()?) },
    Command {
        name: "postgres",
        about: "a throwaway PostgreSQL for tests, until it is stopped; prints what to export",
        run: |_| Ok(test::postgres()?),
    },
    Command {
        name: "advisories",
        about: "known vulnerabilities of dependencies; needs the advisory database",
        run: |_| Ok(check::advisories()?),
    },
    Command {
        name: "bench",
        about: "the benchmarks: a table of ratios, written to bench/RESULTS.md",
        run: |args| Ok(bench::bench(args)?),
    },
    Command {
        name: "simulate",
        about: "the simulator of tasks: --steps of each seed, the first --seed, how many --seeds",
        run: |args| Ok(simulate::simulate(args)?),
    },
    Command {
        name: "codegen",
        about: "write crates/wire/src/generated from codegen/model.json; --check only compares",
        run: |args| Ok(codegen::codegen("codegen", args)?),
    },
    Command {
        name: "model",
        about: "take codegen/model.json from a release of botocore (by default the recorded one) and generate",
        run: |args| Ok(codegen::codegen("model", args)?),
    },
    Command {
        name: "drift",
        about: "what a release of botocore (by default the newest) changes for our operations",
        run: |args| Ok(codegen::codegen("drift", args)?),
    },
    Command { name: "tidy", about: "house rules that a script can check", run: |_| Ok(tidy::tidy()?) },
];

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let name = args.next().unwrap_or_default();
    let args: Vec<String> = args.collect();
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        eprint!("{}", usage());
        return ExitCode::from(2);
    };
    match (command.run)(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {name}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> String {
    let line = |command: &Command| format!("  {:<10} {}\n", command.name, command.about);
    format!("usage: cargo xtask <command>\n\n{}", COMMANDS.iter().map(line).collect::<String>())
}
