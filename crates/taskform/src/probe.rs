//! The store's answer to readiness probes, shared: whoever asks, the store is asked seldom, and by one at a time.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

/// For how long an answer is good, unless said otherwise.
const FRESH: Duration = Duration::from_millis(100);

/// Whether the store was usable, or why not.
type Verdict = Result<(), &'static str>;

/// The last answer of the store. Probes that come while it is asked wait for the same answer.
#[derive(Debug)]
pub struct Probe {
    fresh: Duration,
    last: Mutex<Option<(Instant, Verdict)>>,
}

impl Default for Probe {
    fn default() -> Self {
        Self::lasting(FRESH)
    }
}

impl Probe {
    /// One whose answers are good for so long.
    fn lasting(fresh: Duration) -> Self {
        Self { fresh, last: Mutex::default() }
    }

    /// The last answer if it is fresh; otherwise that of `ask`, which must have a time limit.
    ///
    /// # Errors
    /// Why the store cannot be used.
    pub async fn verdict(&self, ask: impl AsyncFnOnce() -> Verdict) -> Verdict {
        // Taking turns is the purpose: one asks, and those behind it take its answer.
        let mut last = self.last.lock().await;
        if let Some((when, verdict)) = *last
            && when.elapsed() < self.fresh
        {
            return verdict;
        }
        let verdict = ask().await;
        *last = Some((Instant::now(), verdict));
        verdict
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// How often the store is asked by fifty probes that come while it is asked for the first of them.
    async fn asked(fresh: Duration) -> usize {
        let (probe, asked) = (Arc::new(Probe::lasting(fresh)), Arc::new(AtomicUsize::new(0)));
        let answers = tokio::sync::watch::Sender::new(false);
        let probes: Vec<_> = (0..50)
            .map(|_| {
                let (probe, asked, mut answers) = (Arc::clone(&probe), Arc::clone(&asked), answers.subscribe());
                tokio::spawn(async move {
                    let ask = async || {
                        asked.fetch_add(1, Ordering::Relaxed);
                        answers.wait_for(|answers| *answers).await.expect("it answers");
                        Err("away")
                    };
                    probe.verdict(ask).await
                })
            })
            .collect();
        tokio::task::yield_now().await;
        answers.send_replace(true);
        for probe in probes {
            assert_eq!(probe.await.expect("no panic"), Err("away"));
        }
        asked.load(Ordering::Relaxed)
    }

    #[tokio::test]
    async fn probes_share_an_answer_while_it_is_fresh() {
        assert_eq!(asked(Duration::from_secs(3_600)).await, 1);
        assert_eq!(asked(Duration::ZERO).await, 50, "an old answer is not given again");
    }
}
