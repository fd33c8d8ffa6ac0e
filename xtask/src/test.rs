//! `cargo xtask test`: installs what the tests need, then runs every suite on both engines.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::fuzz;
use crate::install;
use crate::shell::{Result, cargo, command, root, run};
use crate::simulate;
use crate::tidy;

/// What the suites share: the program under test and an administrator's URL of a throwaway PostgreSQL cluster.
struct Bench {
    program: PathBuf,
    postgres: String,
}

/// One suite: its name on the command line and how it runs.
type Suite = (&'static str, fn(&Bench) -> Result);

const SUITES: &[Suite] = &[
    ("tidy", |_| tidy::tidy()),
    ("rust", rust),
    ("simulate", |_| simulate::suite()),
    ("python", python),
    ("model", model),
    ("js", javascript),
    ("sdk", rust_sdk),
    ("crash", crash),
    ("fuzz", |_| fuzz::fuzz()),
];

#[expect(clippy::print_stdout, reason = "the closing line is the recipe's answer")]
/// Runs the named suites, or all of them, and ends with a line that counts them.
pub(crate) fn test(names: &[String]) -> Result {
    if let Some(unknown) = names.iter().find(|name| SUITES.iter().all(|(suite, _)| suite != name)) {
        let known: Vec<&str> = SUITES.iter().map(|(name, _)| *name).collect();
        return Err(format!("no suite `{unknown}`; there are: {}", known.join(", ")));
    }
    install::postgres()?;
    run(cargo().args(["build", "--package", "taskform"]))?;
    let cluster = Cluster::start()?;
    let bench = Bench { program: root().join("target/debug/taskform"), postgres: cluster.url.clone() };
    let (mut passed, mut failed) = (0, Vec::new());
    for (name, suite) in SUITES.iter().filter(|(name, _)| names.is_empty() || names.iter().any(|n| n == name)) {
        eprintln!("\n== {name}");
        match suite(&bench) {
            Ok(()) => passed += 1,
            Err(why) => {
                eprintln!("{name}: {why}");
                failed.push(*name);
            }
        }
    }
    drop(cluster);
    println!("\nsuites: {passed} passed, {} failed", failed.len());
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
}

/// A throwaway PostgreSQL cluster; it stops when its standard input is closed.
struct Cluster {
    process: Child,
    url: String,
}

impl Cluster {
    fn start() -> Result<Self> {
        run(cargo().args(["build", "--package", "testkit"]))?;
        let mut process = command(root().join("target/debug/throwaway-postgres"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("cannot start PostgreSQL for the tests: {e}"))?;
        let mut url = String::new();
        let stdout = process.stdout.take().expect("its stdout is piped");
        BufReader::new(stdout).read_line(&mut url).map_err(|e| e.to_string())?;
        match url.trim() {
            "" => Err("PostgreSQL for the tests did not start".to_owned()),
            url => Ok(Self { process, url: url.to_owned() }),
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        if let Err(error) = self.process.wait() {
            eprintln!("PostgreSQL for the tests did not stop: {error}");
        }
    }
}

impl Bench {
    fn prepare<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("TASKFORM_BIN", &self.program)
            .env("TASKFORM_TEST_POSTGRES", &self.postgres)
            .env("TASKFORM_REQUIRE_POSTGRES", "1")
    }

    fn run(&self, command: &mut Command) -> Result {
        run(self.prepare(command))
    }
}

fn rust(bench: &Bench) -> Result {
    bench.run(cargo().args(["test", "--quiet"]))
}

fn clients() -> Result<PathBuf> {
    install::python("venv", Path::new("e2e/python/requirements.txt"))
}

fn python(bench: &Bench) -> Result {
    install::nginx()?;
    let python = clients()?;
    let cli = install::python("venv-cli", Path::new("e2e/python/requirements-cli.txt"))?;
    bench.run(
        command(python).args(["-m", "pytest", "-q", "e2e/python"]).env("TASKFORM_AWS_CLI", cli.with_file_name("aws")),
    )
}

fn model(bench: &Bench) -> Result {
    bench.run(command(clients()?).args(["-m", "pytest", "-q", "e2e/model"]))
}

fn crash(bench: &Bench) -> Result {
    bench.run(command(clients()?).args(["e2e/crash/crash.py", "--rounds", "20"]))
}

fn javascript(bench: &Bench) -> Result {
    install::npm(&root().join("e2e/js"))?;
    bench.run(command("npm").args(["test", "--silent"]).current_dir(root().join("e2e/js")))
}

fn rust_sdk(bench: &Bench) -> Result {
    bench.run(
        cargo()
            .args(["test", "--quiet", "--locked", "--manifest-path", "e2e/rust/Cargo.toml"])
            .env("CARGO_TARGET_DIR", root().join("target/e2e-rust")),
    )
}
