//! The project's own tools, run as `cargo xtask <command>`. Each command is one module with one `run`; what a user of Taskform runs
//! belongs in the program instead.

mod bench;
mod check;
mod codegen;
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
        about: "build and start Taskform; data in ./taskform-data; more arguments go to `taskform serve`",
        run: |args| Ok(serve::serve(args)?),
    },
    Command {
        name: "test",
        about: "install what the tests need and run every suite, or those named",
        run: |args| Ok(test::test(args)?),
    },
    Command { name: "check", about: "format, lints, dependencies, generated code", run: |_| Ok(check::check()?) },
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
        run: codegen::run,
    },
    Command {
        name: "model",
        about: "take codegen/model.json from a release of botocore (by default the recorded one) and generate",
        run: codegen::model,
    },
    Command {
        name: "drift",
        about: "what a release of botocore (by default the newest) changes for our operations",
        run: codegen::drift,
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
