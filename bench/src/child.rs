//! Programs that a measurement starts: always stopped, by their own id.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tokio::signal::unix::{SignalKind, signal};

/// How long a program may take to end by itself when asked to.
const GRACE: Duration = Duration::from_secs(30);

/// From now on an interrupted benchmark ends what it started before it ends itself.
///
/// # Errors
/// When the system lets nobody listen for signals.
pub(crate) fn end_with_us() -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|e| format!("no runtime: {e}"))?;
    let (mut interrupt, mut terminate) = runtime
        .block_on(async { Ok((signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?)) })
        .map_err(|e: std::io::Error| format!("cannot listen for signals: {e}"))?;
    thread::spawn(move || {
        runtime.block_on(async {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        });
        for pid in children() {
            let _gone_already = kill_process(pid, Signal::TERM);
        }
        std::process::exit(130);
    });
    Ok(())
}

/// Processes whose parent is this one.
fn children() -> Vec<Pid> {
    let own = std::process::id();
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_string_lossy().parse::<i32>().ok());
    let ours = ids.filter(|id| {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        // The name, in brackets, may hold spaces; state and parent follow it.
        let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        rest.split_whitespace().nth(1).and_then(|parent| parent.parse().ok()) == Some(own)
    });
    ours.filter_map(Pid::from_raw).collect()
}

/// A running program.
pub(crate) struct Running {
    child: Child,
    name: String,
}

impl Running {
    /// Starts `command` and reads its stdout up to the line that begins with `ready`; that line is handed back. What
    /// it writes to stderr goes to `log`.
    ///
    /// # Errors
    /// A program that cannot start or ends before it is ready; the error holds the end of its log.
    pub(crate) fn start(command: &mut Command, ready: &str, log: &Path) -> Result<(Self, String), String> {
        let name = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = File::create(log).map_err(|e| format!("{}: {e}", log.display()))?;
        let mut running = Self::launch(command.stdout(Stdio::piped()).stderr(file), name)?;
        let stdout = running.child.stdout.take().expect("stdout was asked for");
        let mut reader = BufReader::new(stdout);
        let mut seen = String::new();
        loop {
            let mut line = String::new();
            match reader.read_line(&mut line) {
                Ok(0) | Err(_) => {
                    let said = fs::read_to_string(log).unwrap_or_default();
                    let tail = said.get(said.len().saturating_sub(2000)..).unwrap_or(&said);
                    return Err(format!("{} ended before it was ready:\n{seen}{tail}", running.name));
                }
                Ok(_) if line.starts_with(ready) => {
                    discard(reader);
                    return Ok((running, line.trim_end().to_owned()));
                }
                Ok(_) => seen += &line,
            }
        }
    }

    /// Starts a program that says nothing on stdout when it is ready.
    ///
    /// # Errors
    /// A program that cannot start.
    pub(crate) fn spawn(command: &mut Command, log: &Path) -> Result<Self, String> {
        let name = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = File::create(log).map_err(|e| format!("{}: {e}", log.display()))?;
        Self::launch(command.stdout(Stdio::null()).stderr(file), name)
    }

    fn launch(command: &mut Command, name: String) -> Result<Self, String> {
        let child = command.stdin(Stdio::null()).spawn().map_err(|e| format!("cannot start {name}: {e}"))?;
        Ok(Self { child, name })
    }

    /// Resident memory in KiB.
    ///
    /// # Errors
    /// When the program has ended.
    pub(crate) fn resident_kib(&self) -> Result<u64, String> {
        let place = format!("/proc/{}/status", self.child.id());
        let text = fs::read_to_string(&place).map_err(|e| format!("{} has ended: {e}", self.name))?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|rest| rest.split_whitespace().next())
            .and_then(|number| number.parse().ok())
            .ok_or_else(|| format!("{place} shows no resident memory"))
    }

    /// Asks the program to end, waits, and ends it by force when it does not.
    ///
    /// # Errors
    /// A program that failed or had to be forced.
    pub(crate) fn stop(mut self) -> Result<(), String> {
        if let Some(pid) = Pid::from_raw(self.child.id().cast_signed()) {
            kill_process(pid, Signal::TERM).map_err(|e| format!("cannot stop {}: {e}", self.name))?;
        }
        let asked = Instant::now();
        while asked.elapsed() < GRACE {
            if let Ok(Some(_)) = self.child.try_wait() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(10));
        }
        Err(format!("{} did not end within {} s", self.name, GRACE.as_secs()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            let _gone_already = self.child.kill();
            let _reaped = self.child.wait();
        }
    }
}

/// Keeps a program's stdout from filling up.
fn discard(mut reader: BufReader<ChildStdout>) {
    thread::spawn(move || std::io::copy(&mut reader, &mut std::io::sink()));
}
