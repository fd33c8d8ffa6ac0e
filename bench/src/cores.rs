//! Which core does what, and whether the machine is otherwise quiet.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// Share of all cores that others may use before a round waits.
const QUIET: f64 = 0.08;
/// How long one measurement waits for quiet before it begins all the same, and how long all of them together.
const PATIENCE: Duration = Duration::from_secs(10);
const PATIENCE_IN_ALL: Duration = Duration::from_secs(120);

/// The two sides of every measurement.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Side {
    /// The measured server, or what it is compared with.
    Server,
    /// The load, and a database that a server talks to.
    Load,
}

/// Cores this process may use.
pub(crate) fn count() -> usize {
    usable().len()
}

fn usable() -> Vec<usize> {
    let set = sched_getaffinity(None).unwrap_or_else(|_| CpuSet::new());
    (0..CpuSet::MAX_CPU).filter(|core| set.is_set(*core)).collect()
}

/// The machine's layout: the core of each side, fixed at the start.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cores {
    server: usize,
    load: usize,
}

impl Cores {
    /// The first core for the server, the last for the load.
    ///
    /// # Errors
    /// When there is one core only: nothing measured on it would mean anything.
    pub(crate) fn choose() -> Result<Self, String> {
        let usable = usable();
        match (usable.first(), usable.last()) {
            (Some(server), Some(load)) if server != load => Ok(Self { server: *server, load: *load }),
            _ => Err("the benchmark needs two cores, one for the server and one for the load".to_owned()),
        }
    }

    /// Runs `work` with this thread on one side's core; threads and processes begun inside stay there.
    ///
    /// # Errors
    /// When the system refuses, or what `work` answers.
    pub(crate) fn on<T>(self, side: Side, work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
        let before = sched_getaffinity(None).map_err(|e| format!("cannot read this thread's cores: {e}"))?;
        let mut set = CpuSet::new();
        set.set(match side {
            Side::Server => self.server,
            Side::Load => self.load,
        });
        sched_setaffinity(None, &set).map_err(|e| format!("cannot pin this thread to a core: {e}"))?;
        let result = work();
        sched_setaffinity(None, &before).map_err(|e| format!("cannot unpin this thread: {e}"))?;
        result
    }
}

/// Counts rounds that began while others used the machine.
#[derive(Debug, Default)]
pub(crate) struct Quiet {
    waited: Duration,
    rounds: u32,
    disturbed: u32,
}

impl Quiet {
    /// Waits, for a bounded time, until nobody else uses the cores.
    pub(crate) fn wait(&mut self) {
        self.rounds += 1;
        let started = Instant::now();
        while busy(Duration::from_millis(150)) > QUIET {
            if started.elapsed() > PATIENCE || self.waited + started.elapsed() > PATIENCE_IN_ALL {
                self.disturbed += 1;
                break;
            }
            thread::sleep(Duration::from_millis(500));
        }
        self.waited += started.elapsed();
    }

    /// Measurements begun, and how many of them on a machine that was not quiet.
    pub(crate) fn counts(&self) -> (u32, u32) {
        (self.rounds, self.disturbed)
    }
}

/// Share of all cores in use over `span`, this process asleep.
fn busy(span: Duration) -> f64 {
    let before = ticks();
    thread::sleep(span);
    let after = ticks();
    let (idle, all) = (after.0.saturating_sub(before.0), after.1.saturating_sub(before.1));
    if all == 0 { 0.0 } else { 1.0 - idle as f64 / all as f64 }
}

/// Idle and total ticks of all cores since boot.
fn ticks() -> (u64, u64) {
    let text = fs::read_to_string("/proc/stat").unwrap_or_default();
    let numbers: Vec<u64> =
        text.lines().next().unwrap_or_default().split_whitespace().skip(1).filter_map(|n| n.parse().ok()).collect();
    (numbers.get(3).copied().unwrap_or(0) + numbers.get(4).copied().unwrap_or(0), numbers.iter().take(8).sum())
}

/// Memory of the machine in GiB, rounded.
pub(crate) fn memory_gib() -> u64 {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib =
        text.lines().find_map(|line| line.strip_prefix("MemTotal:")).and_then(|rest| rest.split_whitespace().next());
    (kib.and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) + 512 * 1024) / (1024 * 1024)
}
