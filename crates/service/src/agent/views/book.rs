//! Which agents are watched, what was last shown of each, and the last changes of it (tasks 6, 6.3, 6.4).

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use engine::agent::screen::moment;
use engine::merge_patch;
use serde_json::{Map, Value, json};
use store::{Batch, Changed, Kind};
use tokio::sync::{Notify, watch};

use super::known::Facts;

/// Changes of one agent that are remembered, so that a reader can go on after the last it has seen.
const CHANGES_MAX: usize = 64;
/// Bytes of these changes; the oldest are forgotten beyond it.
const CHANGES_BYTES_MAX: usize = 256 * 1024;
/// How long an agent whom nobody watches is remembered, so that a reader who comes back goes on where it was.
const REMEMBERED: Duration = Duration::from_secs(120);
/// Agents who are remembered with nobody watching them; with more, all of those are forgotten.
const UNWATCHED_MAX: usize = 2_000;
/// Instances whose facts are remembered; with more, all are forgotten and read again.
const INSTANCES_MAX: usize = 256;

/// The kinds of resources that facts are read of, as `facts` reads them.
const FACTS: [Kind; 5] =
    [Kind::AgentStatus, Kind::RoutingProfile, Kind::SecurityProfile, Kind::Queue, Kind::QuickConnect];

/// Commits whose tasks are remembered, so that a screen that was being read meanwhile is read again.
const RECENT_MAX: usize = 4_096;

/// Names of the members of a snapshot, in the order of [`View`].
pub(super) const MEMBERS: [&str; 7] = ["User", "Status", "Statuses", "Slots", "Contacts", "QuickConnects", "Templates"];

/// What a screen shows: the members of a snapshot. Those that all agents of an instance or profile have in common are shared.
pub(super) type View = [Arc<Value>; MEMBERS.len()];

/// An instance and a user.
pub(super) type Key = (String, String);

/// What was read of an agent.
#[derive(Debug)]
pub(super) enum Found {
    Here {
        view: View,
        /// When it looks different by itself, epoch milliseconds.
        next_ms: Option<i64>,
        /// The tasks that it shows, and the chains whose attributes it shows.
        shows: Vec<String>,
    },
    /// The user or the instance does not exist.
    Gone,
}

/// A change of what is shown.
#[derive(Clone, Debug)]
pub(super) struct Change {
    from: u64,
    pub(super) version: u64,
    pub(super) patch: Bytes,
}

#[derive(Debug, Default)]
pub(super) struct State {
    /// Which reading this is from: readings that began earlier and end later are of no interest.
    ticket: u64,
    pub(super) version: u64,
    view: Option<View>,
    changes: VecDeque<Change>,
    changes_bytes: usize,
    pub(super) gone: bool,
    next_ms: Option<i64>,
    shows: Vec<String>,
}

/// An agent who is watched, or was a moment ago.
#[derive(Debug)]
pub(super) struct Watched {
    pub(super) key: Key,
    state: Mutex<State>,
    /// The version; changes with it.
    pub(super) changed: watch::Sender<u64>,
    readers: AtomicUsize,
    left: Mutex<Instant>,
}

impl Watched {
    fn new(key: Key) -> Self {
        let state = Mutex::default();
        let left = Mutex::new(Instant::now());
        Self { key, state, changed: watch::Sender::new(0), readers: AtomicUsize::new(0), left }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.state)
    }

    /// One reader more.
    pub(super) fn join(&self) {
        self.readers.fetch_add(1, Ordering::Relaxed);
    }

    /// One reader less.
    pub(super) fn leave(&self) {
        *locked(&self.left) = Instant::now();
        self.readers.fetch_sub(1, Ordering::Relaxed);
    }

    fn is_read(&self) -> bool {
        self.readers.load(Ordering::Relaxed) > 0
    }

    fn is_forgotten(&self) -> bool {
        !self.is_read() && locked(&self.left).elapsed() >= REMEMBERED
    }
}

impl State {
    /// Takes over what was read under this ticket; true when it shows something new. Versions grow with every change, and are
    /// times where the clock allows it, so that they grow over restarts too (B155).
    fn take(&mut self, ticket: u64, found: Found, now_ms: i64) -> bool {
        if ticket <= self.ticket {
            return false;
        }
        self.ticket = ticket;
        let (view, next_ms, shows) = match found {
            Found::Here { view, next_ms, shows } => (view, next_ms, shows),
            Found::Gone => {
                let news = !self.gone;
                *self = Self { ticket, gone: true, version: self.version + 1, ..Self::default() };
                return news;
            }
        };
        self.gone = false;
        (self.next_ms, self.shows) = (next_ms, shows);
        let stamp = u64::try_from(now_ms).unwrap_or(0).max(self.version + 1);
        let Some(old) = &mut self.view else {
            (self.view, self.version) = (Some(view), stamp);
            return true;
        };
        let mut patch = Map::new();
        for ((name, old), new) in MEMBERS.iter().zip(old.iter_mut()).zip(view) {
            // What is the same stays shared.
            if Arc::ptr_eq(old, &new) {
                continue;
            }
            if let Some(changed) = merge_patch::diff(old, &new) {
                patch.insert((*name).to_owned(), changed);
                *old = new;
            }
        }
        if patch.is_empty() {
            return false;
        }
        patch.insert("Version".to_owned(), stamp.into());
        patch.insert("Now".to_owned(), moment(now_ms).into());
        self.remember(Change { from: self.version, version: stamp, patch: Value::Object(patch).to_string().into() });
        self.version = stamp;
        true
    }

    fn remember(&mut self, change: Change) {
        self.changes_bytes += change.patch.len();
        self.changes.push_back(change);
        while self.changes.len() > CHANGES_MAX || self.changes_bytes > CHANGES_BYTES_MAX {
            let Some(oldest) = self.changes.pop_front() else { break };
            self.changes_bytes -= oldest.patch.len();
        }
    }

    /// The change that follows the version `seen`; `None` when it is not remembered.
    pub(super) fn after(&self, seen: u64) -> Option<&Change> {
        let at = self.changes.binary_search_by_key(&seen, |change| change.from).ok()?;
        self.changes.get(at)
    }

    /// The snapshot as JSON text; `None` when there is no such agent.
    pub(super) fn snapshot(&self, now_ms: i64) -> Option<Bytes> {
        let view = self.view.as_ref()?;
        let mut text = json!({"Version": self.version, "Now": moment(now_ms)}).to_string();
        text.pop();
        for (name, value) in MEMBERS.iter().zip(view) {
            text.push_str(",\"");
            text.push_str(name);
            text.push_str("\":");
            text.push_str(&value.to_string());
        }
        text.push('}');
        Some(text.into())
    }

    /// A member of the snapshot; null when there is none.
    pub(super) fn member(&self, name: &str) -> Value {
        let at = MEMBERS.iter().position(|own| *own == name);
        let view = self.view.as_ref();
        at.and_then(|at| view.map(|view| (*view[at]).clone())).unwrap_or(Value::Null)
    }

    /// The entry of a task as it is shown; null when there is none.
    pub(super) fn entry(&self, contact_id: &str) -> Value {
        self.member("Contacts").get(contact_id).cloned().unwrap_or(Value::Null)
    }
}

/// The watched agents of one process.
#[derive(Debug, Default)]
pub(crate) struct Book {
    inner: Mutex<Pages>,
    /// How many agents are in it; commits look at nothing else while there are none.
    size: AtomicUsize,
    /// How many were ever put into it: a commit that overlaps with it may have been missed.
    entered: AtomicU64,
    tickets: AtomicU64,
    pub(super) notify: Notify,
}

#[derive(Debug, Default)]
struct Pages {
    agents: HashMap<Key, Arc<Watched>>,
    /// Users whose screens show a task, or attributes of a chain.
    shown: HashMap<(String, String), HashSet<String>>,
    /// Users whose screens may have to change.
    dirty: HashSet<Key>,
    /// Tasks and chains that were changed last, each with the number that readings are compared with.
    recent: VecDeque<(u64, Key)>,
    /// The number of the last that is no longer remembered.
    forgotten: u64,
    facts: HashMap<String, Arc<Facts>>,
    /// Counts changes of facts: what was read before one is not remembered after it.
    facts_changes: u64,
    /// Where the sweep over agents of other processes goes on.
    swept: Option<Key>,
}

/// What a commit changes of screens.
#[derive(Debug)]
pub(crate) enum Touched {
    /// Nobody watches; what was ever put into the book.
    Nobody(u64),
    /// These rows.
    Rows(Vec<Row>),
}

/// A row that a commit changes, as far as screens show it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Row {
    User(Key),
    /// A task, or the attributes of a chain.
    Contact(Key),
    /// Facts of an instance.
    Facts(String),
}

impl Row {
    fn of(changed: Changed<'_>) -> Option<Self> {
        let key = |id: &str| (changed.instance_id.to_owned(), id.to_owned());
        match changed.table {
            "agent" => Some(Self::User(key(changed.key))),
            "contact" | "contact_attributes" => Some(Self::Contact(key(changed.key))),
            "resource" if changed.key == Kind::User.as_str() => Some(Self::User(key(changed.sub_key))),
            "resource" | "resource_link" if !FACTS.iter().any(|kind| kind.as_str() == changed.key) => None,
            "resource" | "resource_link" | "task_template" | "instance" => {
                Some(Self::Facts(changed.instance_id.to_owned()))
            }
            _ => None,
        }
    }
}

impl Book {
    /// What a batch that is about to be committed changes.
    pub(crate) fn touched(&self, batch: &Batch) -> Touched {
        let entered = self.entered.load(Ordering::SeqCst);
        if self.size.load(Ordering::SeqCst) == 0 {
            return Touched::Nobody(entered);
        }
        let mut rows: Vec<Row> = batch.changes().filter_map(Row::of).collect();
        rows.dedup();
        Touched::Rows(rows)
    }

    /// The batch was committed: whoever shows what it changed is read again.
    pub(crate) fn changed(&self, touched: Touched) {
        let rows = match touched {
            Touched::Nobody(entered) if entered == self.entered.load(Ordering::SeqCst) => return,
            Touched::Nobody(_) => {
                // Somebody began to watch meanwhile, and may have read what was there before.
                self.everything_changed();
                return;
            }
            Touched::Rows(rows) => rows,
        };
        let mut inner = self.pages();
        let before = inner.dirty.len();
        for row in rows {
            match row {
                Row::User(key) => {
                    if inner.agents.contains_key(&key) {
                        inner.dirty.insert(key);
                    }
                }
                Row::Contact(key) => {
                    inner.remember(self.ticket(), key.clone());
                    let users: Vec<String> = inner.shown.get(&key).into_iter().flatten().cloned().collect();
                    inner.dirty.extend(users.into_iter().map(|user| (key.0.clone(), user)));
                }
                Row::Facts(instance) => inner.facts_changed(&instance),
            }
        }
        let news = inner.dirty.len() > before;
        drop(inner);
        if news {
            self.notify.notify_one();
        }
    }

    fn everything_changed(&self) {
        let mut inner = self.pages();
        inner.facts.clear();
        inner.facts_changes += 1;
        let all: Vec<Key> = inner.agents.keys().cloned().collect();
        inner.dirty.extend(all);
        drop(inner);
        self.notify.notify_one();
    }

    /// The entry of an agent who exists as far as is known here, with one reader more.
    pub(super) fn enter_known(&self, key: &Key) -> Option<Arc<Watched>> {
        let inner = self.pages();
        let known = inner.agents.get(key).filter(|watched| !watched.state().gone)?;
        known.join();
        Some(Arc::clone(known))
    }

    /// The entry of an agent, which is made when there is none, with one reader more.
    pub(super) fn enter(&self, key: Key) -> Arc<Watched> {
        let mut inner = self.pages();
        if let Some(known) = inner.agents.get(&key) {
            known.join();
            return Arc::clone(known);
        }
        let watched = Arc::new(Watched::new(key.clone()));
        watched.join();
        inner.agents.insert(key, Arc::clone(&watched));
        self.size.store(inner.agents.len(), Ordering::SeqCst);
        self.entered.fetch_add(1, Ordering::SeqCst);
        watched
    }

    /// A number for a reading that begins now.
    pub(super) fn ticket(&self) -> u64 {
        self.tickets.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// What was read under this ticket is shown from now on, unless a later reading was faster.
    pub(super) fn publish(&self, watched: &Watched, ticket: u64, found: Found, now_ms: i64) {
        let mut pages = self.pages();
        let mut state = watched.state();
        let before = state.shows.clone();
        let news = state.take(ticket, found, now_ms);
        if before != state.shows {
            let (instance, user) = &watched.key;
            let key = |id: &String| (instance.clone(), id.clone());
            before.iter().for_each(|id| pages.shown_no_more(&key(id), user));
            for id in &state.shows {
                pages.shown.entry(key(id)).or_default().insert(user.clone());
            }
            // While it was read nobody knew that the screen shows these.
            let mut new = state.shows.iter().filter(|id| !before.contains(id));
            if new.any(|id| pages.changed_after(ticket, &key(id))) {
                pages.dirty.insert(watched.key.clone());
                self.notify.notify_one();
            }
        }
        let version = state.version;
        drop((state, pages));
        if news {
            watched.changed.send_replace(version);
        }
    }

    /// Agents with readers whose screens may have to change, by instance; nobody is dirty afterwards. One without is read when
    /// the next reader comes.
    pub(super) fn take_dirty(&self) -> Vec<Arc<Watched>> {
        let mut inner = self.pages();
        let keys: BTreeSet<Key> = std::mem::take(&mut inner.dirty).into_iter().collect();
        keys.iter().filter_map(|key| inner.agents.get(key)).filter(|watched| watched.is_read()).cloned().collect()
    }

    /// Agents who could not be read are dirty still.
    pub(super) fn still_dirty(&self, watched: &[Arc<Watched>]) {
        self.pages().dirty.extend(watched.iter().map(|watched| watched.key.clone()));
    }

    /// Marks those whose screens change by themselves at this time, and at most `others` more, one after the other, whom another
    /// process may have changed; forgets those whom nobody has watched for a while.
    pub(super) fn sweep(&self, now_ms: i64, others: usize) {
        let mut inner = self.pages();
        let unwatched = inner.agents.values().filter(|watched| !watched.is_read()).count();
        let forget = |watched: &Watched| watched.is_forgotten() || (unwatched > UNWATCHED_MAX && !watched.is_read());
        let forgotten: Vec<Arc<Watched>> = inner.agents.values().filter(|one| forget(one)).cloned().collect();
        for watched in forgotten {
            inner.agents.remove(&watched.key);
            let (instance, user) = &watched.key;
            for id in std::mem::take(&mut watched.state().shows) {
                inner.shown_no_more(&(instance.clone(), id), user);
            }
        }
        self.size.store(inner.agents.len(), Ordering::SeqCst);
        if inner.agents.is_empty() {
            // From now on commits do not say what they change.
            inner.facts.clear();
            inner.facts_changes += 1;
        }
        let due = |watched: &&Arc<Watched>| watched.state().next_ms.is_some_and(|ms| ms <= now_ms);
        let due: Vec<Key> = inner.agents.values().filter(due).map(|watched| watched.key.clone()).collect();
        inner.dirty.extend(due);
        if others > 0 {
            let read = inner.agents.values().filter(|watched| watched.is_read());
            let mut keys: Vec<Key> = read.map(|watched| watched.key.clone()).collect();
            keys.sort_unstable();
            let from = inner.swept.as_ref().map_or(0, |last| keys.partition_point(|key| key <= last));
            let from = if from < keys.len() { from } else { 0 };
            keys.rotate_left(from);
            keys.truncate(others);
            inner.swept = keys.last().cloned();
            inner.dirty.extend(keys);
        }
    }

    /// What is remembered of an instance and was read at `since` or later, or else the number of changes so far, which
    /// [`Book::remember`] wants.
    pub(super) fn facts(&self, instance: &str, since: Option<Instant>) -> Result<Arc<Facts>, u64> {
        let inner = self.pages();
        let known = inner.facts.get(instance).filter(|facts| since.is_none_or(|since| facts.read_at >= since));
        known.map(Arc::clone).ok_or(inner.facts_changes)
    }

    /// Remembers what was read of an instance, unless something changed since the reading began.
    pub(super) fn remember(&self, instance: &str, facts: &Arc<Facts>, changes: u64) {
        let mut inner = self.pages();
        // While nobody is in the book, commits do not say what they change.
        if inner.facts_changes != changes || inner.agents.is_empty() {
            return;
        }
        if inner.facts.len() >= INSTANCES_MAX {
            inner.facts.clear();
        }
        inner.facts.insert(instance.to_owned(), Arc::clone(facts));
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        locked(&self.inner)
    }
}

impl Pages {
    fn remember(&mut self, number: u64, key: Key) {
        self.recent.push_back((number, key));
        if self.recent.len() > RECENT_MAX {
            self.forgotten = self.recent.pop_front().map_or(self.forgotten, |(number, _)| number);
        }
    }

    /// Whether this task or chain may have been changed after a reading began.
    fn changed_after(&self, ticket: u64, key: &Key) -> bool {
        let since = self.recent.iter().rev().take_while(|(number, _)| *number > ticket);
        self.forgotten > ticket || since.into_iter().any(|(_, own)| own == key)
    }

    fn facts_changed(&mut self, instance: &str) {
        self.facts.remove(instance);
        self.facts_changes += 1;
        let of_instance = self.agents.keys().filter(|(own, _)| own == instance).cloned().collect::<Vec<_>>();
        self.dirty.extend(of_instance);
    }

    fn shown_no_more(&mut self, key: &Key, user: &str) {
        if let Some(users) = self.shown.get_mut(key) {
            users.remove(user);
            if users.is_empty() {
                self.shown.remove(key);
            }
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
