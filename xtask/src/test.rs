//! `cargo xtask test`: each suite installs and starts what it needs, and no more; the store's tests run on both engines.
//!
//! Words after the names of suites go to the suite: `cargo xtask test rust quota`, `cargo xtask test python -k schedule`.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::fuzz;
use crate::install;
use crate::lanes;
use crate::nearest;
use crate::shell::{Optimized, Result, built, cargo, command, output, root, run, target};
use crate::simulate;
use crate::tidy;

/// What suites share, made when the first one asks: the program under test and a throwaway PostgreSQL cluster.
#[derive(Default)]
struct Bench {
    program: Option<PathBuf>,
    cluster: Option<Cluster>,
}

/// One suite.
#[derive(Clone, Copy)]
struct Suite {
    /// Its name on the command line.
    name: &'static str,
    /// Runs it, with the words meant for it.
    run: fn(&mut Bench, &[String]) -> Result,
    /// Whether it leaves a core to another suite.
    beside: bool,
}

/// What `cargo xtask test --help` says.
pub(crate) const HELP: &str = "\
Suites: tidy, rust, python, model, fuzz, crash, simulate, sdk, go, js. Without one all of them run, those that leave a
core free two at a time: on two cores about 25 minutes the first time. Words after one suite go to it:
`test rust quota`, `test python -k schedule`, `test fuzz arn`. The first run of a suite
installs and builds what it needs, however few tests the words choose.

What a suite needs and the machine lacks is installed: Debian packages (postgresql, pgbouncer, nginx-light, nodejs, npm,
python3, python3-venv, awscli, golang-go, golang-github-aws-aws-sdk-go-v2-dev, g++; apt-get needs root), and under
target/e2e and e2e/js/node_modules the clients that the tests use (boto3, the AWS CLI 1, the AWS SDK for JavaScript).
Servers listen on loopback.";

const fn alone(name: &'static str, run: fn(&mut Bench, &[String]) -> Result) -> Suite {
    Suite { name, run, beside: false }
}

const fn beside(name: &'static str, run: fn(&mut Bench, &[String]) -> Result) -> Suite {
    Suite { name, run, beside: true }
}

/// Those that run beside others come last, the longest of them first.
const SUITES: &[Suite] = &[
    alone("tidy", |_, _| tidy::tidy()),
    alone("rust", rust),
    beside("python", python),
    beside("model", model),
    beside("fuzz", |_, words| fuzz::fuzz(words)),
    beside("crash", crash),
    beside("simulate", |_, words| simulate::suite(words)),
    beside("sdk", rust_sdk),
    beside("go", go),
    beside("js", javascript),
];

#[expect(clippy::print_stdout, reason = "the closing line is the recipe's answer")]
/// Runs the named suites, or all of them, and ends with a line that counts them. With several, those that leave a core free run
/// two at a time.
pub(crate) fn test(words: &[String]) -> Result {
    let (suites, words) = chosen(words)?;
    let mut bench = Bench::default();
    let mut failed = Vec::new();
    let (later, first): (Vec<Suite>, Vec<Suite>) = suites.iter().partition(|suite| suite.beside && suites.len() > 1);
    for suite in first {
        eprintln!("\n== {}", suite.name);
        if let Err(why) = (suite.run)(&mut bench, words) {
            eprintln!("{}: {why}", suite.name);
            failed.push(suite.name);
        }
    }
    if !later.is_empty() {
        let names: Vec<&str> = later.iter().map(|suite| suite.name).collect();
        failed.extend(lanes::run(&names, &bench.prepared(&names)?)?);
    }
    drop(bench);
    let passed = suites.len() - failed.len();
    println!("\nsuites: {passed} passed, {} failed", failed.len());
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
}

/// The names of all suites, in the order in which they run.
pub(crate) fn names() -> Vec<&'static str> {
    SUITES.iter().map(|suite| suite.name).collect()
}

/// The suites that the first words name, all when there are no words, and the words after them.
fn chosen(words: &[String]) -> Result<(Vec<Suite>, &[String])> {
    let suite = |word: &String| SUITES.iter().find(|suite| suite.name == word).copied();
    let suites: Vec<Suite> = words.iter().map_while(suite).collect();
    let rest = &words[suites.len()..];
    match (suites.len(), rest.first()) {
        (0, None) => Ok((SUITES.to_vec(), rest)),
        (0, Some(word)) if word.starts_with('-') => {
            let line = rest.join(" ");
            Err(format!(
                "`{word}` comes after the name of a suite: `cargo xtask test python {line}`; suites: {}",
                names().join(", ")
            ))
        }
        (0, Some(unknown)) => {
            let (names, rest) = (names(), rest.join(" "));
            Err(format!(
                "no suite `{unknown}`; there are: {}{}; words that choose tests come after a suite: `cargo xtask test rust {rest}`",
                names.join(", "),
                nearest::hint(unknown, &names),
            ))
        }
        (1, _) | (_, None) => Ok((suites, rest)),
        (_, Some(word)) => Err(format!("`{word}` could be meant for any of these suites: name one")),
    }
}

/// A throwaway PostgreSQL cluster; it stops when its standard input is closed.
struct Cluster {
    process: Child,
    url: String,
}

impl Cluster {
    fn start() -> Result<Self> {
        install::postgres()?;
        let mut program = command(built("throwaway-postgres", Optimized::No)?);
        // Ctrl-C reaches this process and not the cluster, which ends in order when its standard input does.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut program, 0);
        let mut process = program
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
    /// Installs and builds what these suites need, one thing after the other, and starts the cluster that they share; the
    /// environment that tells them of it.
    fn prepared(&mut self, names: &[&str]) -> Result<Vec<(&'static str, String)>> {
        let any = |of: &[&str]| names.iter().any(|name| of.contains(name));
        if any(&["python", "crash"]) {
            install::postgres()?;
        }
        if any(&["python", "model", "crash"]) {
            clients()?;
        }
        if any(&["python"]) {
            command_lines()?;
            install::nginx()?;
        }
        if any(&["js"]) {
            install::npm(&root().join(JAVASCRIPT))?;
        }
        if any(&["go"]) {
            install::go()?;
        }
        if any(&["fuzz"]) {
            install::cpp()?;
        }
        if any(&["simulate"]) {
            simulate::simulator()?;
        }
        self.with_program(&mut cargo())?;
        let mut environment = Vec::new();
        if any(&["python"]) && std::env::var_os(POSTGRES).is_none() {
            self.with_postgres(&mut cargo())?;
            environment.extend(self.cluster.iter().map(|cluster| (POSTGRES, cluster.url.clone())));
        }
        Ok(environment)
    }

    /// Names the program under test to the suite.
    fn with_program<'a>(&mut self, command: &'a mut Command) -> Result<&'a mut Command> {
        if self.program.is_none() {
            self.program = Some(built("taskform", Optimized::No)?);
        }
        Ok(command.envs(self.program.iter().map(|program| ("TASKFORM_BIN", program))))
    }

    /// Names a PostgreSQL to the suite: the one that `TASKFORM_TEST_POSTGRES` names already, else a throwaway cluster.
    fn with_postgres<'a>(&mut self, command: &'a mut Command) -> Result<&'a mut Command> {
        command.env("TASKFORM_REQUIRE_POSTGRES", "1");
        if std::env::var_os(POSTGRES).is_some() {
            return Ok(command);
        }
        if self.cluster.is_none() {
            self.cluster = Some(Cluster::start()?);
        }
        Ok(command.envs(self.cluster.iter().map(|cluster| (POSTGRES, &cluster.url))))
    }
}

/// Names an administrator's address of a PostgreSQL for tests.
const POSTGRES: &str = "TASKFORM_TEST_POSTGRES";

/// `cargo xtask postgres`: a throwaway cluster for tests that are run by hand, until this process is stopped.
#[expect(clippy::print_stdout, reason = "the line to paste is the answer")]
pub(crate) fn postgres() -> Result {
    let cluster = Cluster::start()?;
    println!("export {POSTGRES}='{}'", cluster.url);
    eprintln!("it is stopped and removed with this process (Ctrl-C)");
    loop {
        std::thread::park();
    }
}

fn rust(bench: &mut Bench, words: &[String]) -> Result {
    install::pgbouncer()?;
    // Compiling takes minutes and shows its progress; the tests themselves say only what fails.
    run(cargo().args(["test", "--no-run"]).args(words))?;
    run(bench.with_postgres(cargo().args(["test", "--quiet", "--no-fail-fast"]).args(words))?)
}

fn clients() -> Result<PathBuf> {
    install::python("venv", Path::new("e2e/python/requirements.txt"))
}

/// Versions 1 and 2 of the AWS CLI.
fn command_lines() -> Result<(PathBuf, PathBuf)> {
    let one = install::python("venv-cli", Path::new("e2e/python/requirements-cli.txt"))?;
    Ok((one.with_file_name("aws"), install::aws_cli_2()?))
}

/// pytest over a folder. A first word that is no option and no file is an expression for `-k`.
fn pytest(folder: &str, words: &[String]) -> Result<Command> {
    let mut pytest = command(clients()?);
    pytest.args(["-m", "pytest", "-q"]).args(arguments(folder, words));
    Ok(pytest)
}

fn arguments(folder: &str, words: &[String]) -> Vec<String> {
    let before: &[&str] = match words.first() {
        Some(word) if word.contains(".py") => &[],
        Some(word) if !word.starts_with('-') => &[folder, "-k"],
        _ => &[folder],
    };
    before.iter().map(|word| (*word).to_owned()).chain(words.iter().cloned()).collect()
}

fn python(bench: &mut Bench, words: &[String]) -> Result {
    install::nginx()?;
    let (one, two) = command_lines()?;
    let mut pytest = pytest("e2e/python", words)?;
    pytest.env("TASKFORM_AWS_CLI", one).env("TASKFORM_AWS_CLI_2", two);
    bench.with_program(&mut pytest)?;
    run(bench.with_postgres(&mut pytest)?)
}

fn model(bench: &mut Bench, words: &[String]) -> Result {
    run(bench.with_program(&mut pytest("e2e/model", words)?)?)
}

fn crash(bench: &mut Bench, words: &[String]) -> Result {
    install::postgres()?;
    let program = |script: &[&str]| -> Result<Command> {
        let mut python = command(clients()?);
        python.args(script);
        Ok(python)
    };
    run(bench.with_program(program(&["e2e/crash/crash.py", "--rounds", "20"])?.args(words))?)?;
    // Words are options of the first one.
    if words.is_empty() { run(bench.with_program(&mut program(&["e2e/crash/processes.py"])?)?) } else { Ok(()) }
}

/// The folder of the JavaScript client.
const JAVASCRIPT: &str = "e2e/js";

fn javascript(bench: &mut Bench, words: &[String]) -> Result {
    let folder = root().join(JAVASCRIPT);
    install::npm(&folder)?;
    let pattern =
        if words.first().is_some_and(|word| !word.starts_with('-')) { &["--test-name-pattern"][..] } else { &[] };
    run(bench.with_program(command("node").arg("--test").args(pattern).args(words).current_dir(folder))?)
}

fn rust_sdk(bench: &mut Bench, words: &[String]) -> Result {
    let folder = target()?.join("e2e-rust");
    let test = |options: &[&str]| {
        let mut test = cargo();
        test.args(["test", "--locked", "--manifest-path", "e2e/rust/Cargo.toml"]).args(options);
        test.env("CARGO_TARGET_DIR", &folder);
        test
    };
    run(test(&["--no-run"]).args(words))?;
    run(bench.with_program(test(&["--quiet"]).args(words))?)
}

/// A first word that is no option is an expression for `-run`.
fn go(bench: &mut Bench, words: &[String]) -> Result {
    let pattern = if words.first().is_some_and(|word| !word.starts_with('-')) { &["-run"][..] } else { &[] };
    let folder = root().join("e2e/go");
    let installed = install::go()?;
    let unformatted = output(command("gofmt").args(["-l", "."]).current_dir(&folder))?;
    if !unformatted.is_empty() {
        return Err(format!("not as gofmt writes it, in e2e/go: {}", unformatted.trim().replace('\n', ", ")));
    }
    // Nothing is taken from the cache: the program under test is no file of the package.
    let mut go = installed.command(&folder);
    run(bench.with_program(go.args(["test", "-count", "1"]).args(pattern).args(words))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Result<(Vec<&'static str>, String)> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let (suites, rest) = chosen(&words)?;
        Ok((suites.iter().map(|suite| suite.name).collect(), rest.join(" ")))
    }

    #[test]
    fn words_choose_suites_and_go_to_one() {
        assert_eq!(of("").unwrap().0.len(), SUITES.len());
        assert_eq!(of("rust").unwrap(), (vec!["rust"], String::new()));
        assert_eq!(of("js crash").unwrap(), (vec!["js", "crash"], String::new()));
        assert_eq!(of("rust quota").unwrap(), (vec!["rust"], "quota".to_owned()));
        assert_eq!(of("python -k a --lf").unwrap(), (vec!["python"], "-k a --lf".to_owned()));
        assert!(of("nonsense").unwrap_err().contains("there are: tidy, rust"));
        assert!(of("quota").unwrap_err().ends_with("come after a suite: `cargo xtask test rust quota`"));
        assert!(of("pyhton -k a").unwrap_err().contains("; did you mean `python`?"));
        assert!(
            of("-k x").unwrap_err().starts_with("`-k` comes after the name of a suite: `cargo xtask test python -k x`")
        );
        assert!(of("js crash -k a").unwrap_err().contains("name one"));
    }

    #[test]
    fn words_for_pytest() {
        let line = |words: &[&str]| -> Vec<String> {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            arguments("e2e/python", &words)
        };
        assert_eq!(line(&[]), ["e2e/python"]);
        assert_eq!(line(&["quota and not cli"]), ["e2e/python", "-k", "quota and not cli"]);
        assert_eq!(line(&["--lf", "-x"]), ["e2e/python", "--lf", "-x"]);
        assert_eq!(line(&["e2e/python/test_tags.py::test_case_04"]), ["e2e/python/test_tags.py::test_case_04"]);
    }
}
