//! Suites beside each other: each is a process of its own, whose lines are printed under its name.
//!
//! What the suites need is installed and built before, because neither the package manager nor cargo does two things at once.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use crate::shell::Result;

/// Suites at once: most keep one core busy, half of it with clients, and half with the server under test.
const AT_ONCE: usize = 2;

/// Runs each named suite as `xtask test NAME` in this environment, in order as places get free; the names of those that failed.
///
/// # Errors
/// This program cannot be found or started.
pub(crate) fn run(names: &[&'static str], environment: &[(&str, String)]) -> Result<Vec<&'static str>> {
    let program = std::env::current_exe().map_err(|e| format!("cannot find this program: {e}"))?;
    let waiting = Mutex::new(names.iter().copied().collect::<VecDeque<_>>());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let lane = || -> Result<Vec<&'static str>> {
        let mut failed = Vec::new();
        while let Some(name) = next() {
            let mut suite = Command::new(&program);
            suite.args(["test", name]).envs(environment.iter().map(|(name, value)| (name, value)));
            if !passes(name, &mut suite)? {
                failed.push(name);
            }
        }
        Ok(failed)
    };
    let ended = thread::scope(|scope| {
        let lanes: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(lane)).collect();
        lanes
            .into_iter()
            .map(|lane| lane.join().unwrap_or_else(|_| Err("a lane of suites panicked".to_owned())))
            .collect::<Result<Vec<_>>>()
    })?;
    let failed: Vec<_> = ended.into_iter().flatten().collect();
    Ok(names.iter().copied().filter(|name| failed.contains(name)).collect())
}

/// Runs a suite to its end, each of its lines after its name.
fn passes(name: &str, suite: &mut Command) -> Result<bool> {
    eprintln!("\n== {name}");
    let began = Instant::now();
    let mut suite = suite
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("cannot start the suite {name}: {e}"))?;
    let (out, err) = (suite.stdout.take(), suite.stderr.take());
    thread::scope(|scope| {
        scope.spawn(|| out.map(|out| say(name, out)));
        scope.spawn(|| err.map(|err| say(name, err)));
    });
    let status = suite.wait().map_err(|e| format!("the suite {name} cannot be waited for: {e}"))?;
    let outcome = if status.success() { "passed" } else { "failed" };
    eprintln!("{name} | {outcome} after {:.0} s", began.elapsed().as_secs_f64());
    Ok(status.success())
}

/// Prints lines as they come. One that is not UTF-8 is printed with replacement characters; a broken pipe ends them.
fn say(name: &str, from: impl Read) {
    for line in BufReader::new(from).split(b'\n') {
        let Ok(line) = line else { return };
        eprintln!("{name} | {}", String::from_utf8_lossy(&line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suite_passes_or_fails_by_its_status() {
        let shell = |script: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            command
        };
        assert!(passes("good", &mut shell("echo one; printf '\\377\\ntwo' >&2")).unwrap());
        assert!(!passes("bad", &mut shell("echo one; exit 3")).unwrap());
        assert!(passes("none", &mut Command::new("/no/such/program")).unwrap_err().contains("the suite none"));
    }
}
