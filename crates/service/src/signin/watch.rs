//! Whoever goes on answering to a session, with a stream of events for one, hears when it has ended, in whichever process.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use store::Store;
use tokio::sync::watch;

/// Sessions that are watched in this process, by id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watched(Arc<Mutex<Sessions>>);

/// How many watch a session, and how they hear.
type Sessions = HashMap<String, (usize, watch::Sender<bool>)>;

/// Hears when a session has ended.
#[derive(Debug)]
pub struct SessionWatch {
    id: String,
    all: Watched,
    ended: watch::Receiver<bool>,
}

impl Watched {
    fn all(&self) -> MutexGuard<'_, Sessions> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn watch(&self, id: &str) -> SessionWatch {
        let mut all = self.all();
        let (count, sender) = all.entry(id.to_owned()).or_insert_with(|| (0, watch::Sender::new(false)));
        *count += 1;
        SessionWatch { id: id.to_owned(), all: self.clone(), ended: sender.subscribe() }
    }

    /// Tells those whose session is not in the store any more, or has expired at `now_ms` (epoch milliseconds).
    pub(super) async fn look(&self, store: &Store, now_ms: i64) -> Result<(), store::Error> {
        let ids: Vec<String> = self.all().keys().cloned().collect();
        if ids.is_empty() {
            return Ok(());
        }
        let living = store.living_sessions(&ids.iter().map(String::as_str).collect::<Vec<_>>(), now_ms).await?;
        let living: HashSet<&str> = living.iter().map(String::as_str).collect();
        let all = self.all();
        for id in ids.iter().filter(|id| !living.contains(id.as_str())) {
            if let Some((_, sender)) = all.get(id) {
                sender.send_replace(true);
            }
        }
        Ok(())
    }
}

impl SessionWatch {
    /// Ready when the session has ended. An error means that nobody is left who would tell: the same.
    pub async fn ended(&mut self) {
        let _ = self.ended.wait_for(|ended| *ended).await;
    }
}

impl Drop for SessionWatch {
    fn drop(&mut self) {
        let mut all = self.all.all();
        if let Some((count, _)) = all.get_mut(&self.id) {
            *count -= 1;
            if *count == 0 {
                all.remove(&self.id);
            }
        }
    }
}
