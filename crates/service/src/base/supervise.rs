//! Supervision of background work: a part that panics is counted, logged, and started again after a backoff. Readiness
//! and metrics show which parts do not run.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Backoff after the first panic; it doubles with each further one.
const BACKOFF: Duration = Duration::from_secs(1);

/// The longest backoff.
const BACKOFF_MAX: Duration = Duration::from_secs(60);

/// A part that ran for so long begins again with the shortest backoff.
const STEADY: Duration = Duration::from_secs(60);

/// Whether a server is ready while a part does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// It is not: tasks would stand still.
    Required,
    /// It is: others would not be helped by a server less.
    Optional,
}

/// A part of the background work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name in logs, metrics and answers.
    pub name: String,
    /// Whether a server without it is ready.
    pub readiness: Readiness,
    /// It has panicked and waits for its next start.
    pub failing: bool,
    /// How often it panicked since the start of the process.
    pub panics: u64,
}

/// The parts that were started, by name.
#[derive(Debug, Default)]
pub(crate) struct Parts(Mutex<BTreeMap<String, Part>>);

impl Parts {
    fn begins(&self, name: &str, readiness: Readiness) {
        let new = || Part { name: name.to_owned(), readiness, failing: false, panics: 0 };
        self.lock().entry(name.to_owned()).or_insert_with(new).failing = false;
    }

    fn panicked(&self, name: &str) {
        if let Some(part) = self.lock().get_mut(name) {
            part.failing = true;
            part.panics += 1;
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Part>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Parts {
    /// Runs what `make` returns until it ends by itself. After a panic it is made and run again, after a backoff of 1 s,
    /// doubling up to 60 s, unless `stop` shows `true` meanwhile.
    pub(crate) async fn supervise<F>(
        &self,
        name: &str,
        readiness: Readiness,
        mut stop: watch::Receiver<bool>,
        mut make: impl FnMut() -> F,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        let mut panics = 0_u32;
        loop {
            self.begins(name, readiness);
            let began = Instant::now();
            // A set, so that the work ends when this future is dropped.
            let mut running = JoinSet::new();
            running.spawn(make());
            let error = match running.join_next().await {
                Some(Err(error)) if error.is_panic() => error,
                _ => return,
            };
            panics = if began.elapsed() < STEADY { panics.saturating_add(1) } else { 1 };
            let backoff = backoff(panics);
            self.panicked(name);
            tracing::error!(part = name, %error, ?backoff, "background work panicked and is started again");
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return,
                () = tokio::time::sleep(backoff) => {}
            }
        }
    }

    /// Those that were started.
    pub(crate) fn list(&self) -> Vec<Part> {
        self.lock().values().cloned().collect()
    }
}

/// The backoff after this many panics in a row, at least one.
fn backoff(panics: u32) -> Duration {
    BACKOFF.saturating_mul(1 << panics.saturating_sub(1).min(16)).min(BACKOFF_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backoff_doubles_up_to_a_minute() {
        let seconds: Vec<u64> = [1, 2, 3, 6, 7, 8, u32::MAX].map(|panics| backoff(panics).as_secs()).into();
        assert_eq!(seconds, [1, 2, 4, 32, 60, 60, 60]);
    }
}
