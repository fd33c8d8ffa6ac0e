//! The project's own tools, run as `cargo xtask <command>`. Each command is one module with one `run`; what a user of Taskform runs
//! belongs in the program instead.

mod codegen;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How a command ends: an error is shown as it is and makes the exit status 1.
type Outcome = Result<(), Box<dyn Error>>;

/// One command.
struct Command {
    name: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Outcome,
}

const COMMANDS: &[Command] = &[Command {
    name: "codegen",
    about: "write crates/wire/src/generated from the published service model; --check only compares",
    run: codegen::run,
}];

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

/// The root of the project.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the project").to_owned()
}
