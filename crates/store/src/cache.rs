//! Hot rows kept in memory, bounded in bytes and never stale.
//!
//! Consistency depends on one rule: a row about to change is invalidated *before* the commit, and nothing may be filled
//! in for it until the commit is over; a fill that began before a change is dropped. So a reader of a cached row sees
//! the state after the last finished commit, and reads are monotonic. This needs every change to pass through this
//! process, which holds for SQLite (other processes on the file only touch access keys). On PostgreSQL only rows that
//! never change are kept.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::instance::InstanceRow;
use crate::task_template::{Latest, SummaryPage, VersionBody};

/// Locks are taken for nanoseconds; with this many, two cores rarely contend.
const SHARDS: usize = 32;
/// Keys share this many change counters; two keys on one counter only cost a needless miss.
const SLOTS: usize = 2048;
/// Overhead of an entry besides its text: map, ring, counters.
const ENTRY_OVERHEAD_BYTES: usize = 160;

/// A cache invalidation by a committed batch.
#[derive(Clone, Debug)]
pub(crate) enum Invalidation {
    TaskTemplate {
        instance_id: String,
        id: String,
    },
    TaskTemplateList {
        instance_id: String,
    },
    Instance {
        id: String,
    },
    /// With everything in it.
    InstanceGone {
        id: String,
    },
}

/// All caches of a store.
pub(crate) struct Caches {
    /// Off on PostgreSQL, where other processes change rows.
    pub(crate) rows: bool,
    pub(crate) latest: Cache<Latest>,
    pub(crate) instances: Cache<InstanceRow>,
    pub(crate) pages: Cache<SummaryPage>,
    pub(crate) versions: Cache<VersionBody>,
}

impl Caches {
    pub(crate) fn new(rows: bool, bytes_max: usize) -> Self {
        let (latest, pages, versions) = if rows { (bytes_max / 16 * 13, bytes_max / 8, 0) } else { (0, 0, bytes_max) };
        Self {
            rows,
            latest: Cache::choosy(latest),
            instances: Cache::new(if rows { bytes_max / 16 } else { 0 }),
            pages: Cache::new(pages),
            versions: Cache::choosy(versions),
        }
    }

    /// Called by the writer before it commits.
    pub(crate) fn begin(&self, invalidations: &[Invalidation]) {
        if !self.rows {
            return;
        }
        for invalidation in invalidations {
            match invalidation {
                Invalidation::TaskTemplate { instance_id, id } => self.latest.begin(instance_id, id),
                Invalidation::TaskTemplateList { instance_id } => self.pages.begin_group(instance_id),
                Invalidation::Instance { id } => self.instances.begin("", id),
                Invalidation::InstanceGone { id } => {
                    self.instances.begin("", id);
                    self.pages.begin_group(id);
                    self.latest.begin_all();
                }
            }
        }
    }

    /// Called by the writer after the commit, whatever came of it, and before it answers.
    pub(crate) fn end(&self, invalidations: &[Invalidation]) {
        if !self.rows {
            return;
        }
        for invalidation in invalidations {
            match invalidation {
                Invalidation::TaskTemplate { instance_id, id } => self.latest.end(instance_id, id),
                Invalidation::TaskTemplateList { instance_id } => self.pages.end_group(instance_id),
                Invalidation::Instance { id } => self.instances.end("", id),
                Invalidation::InstanceGone { id } => {
                    self.instances.end("", id);
                    self.pages.end_group(id);
                    self.latest.end_all();
                }
            }
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.latest.bytes() + self.instances.bytes() + self.pages.bytes() + self.versions.bytes()
    }
}

/// A bounded map from a pair of texts to a shared value; the least recently used are evicted first (second chance).
pub(crate) struct Cache<V> {
    shards: Box<[Mutex<Shard<V>>]>,
    changes: Box<[ChangeCount]>,
    all: ChangeCount,
    hasher: RandomState,
    shard_bytes_max: usize,
    choosy: bool,
}

/// Low half: changes under way. High half: changes ever begun or ended.
#[derive(Default)]
struct ChangeCount(AtomicU64);

impl ChangeCount {
    const BEGUN: u64 = (1 << 32) + 1;
    const ENDED: u64 = (1 << 32) - 1;

    fn begin(&self) {
        self.0.fetch_add(Self::BEGUN, Ordering::SeqCst);
    }

    fn end(&self) {
        self.0.fetch_add(Self::ENDED, Ordering::SeqCst);
    }

    fn now(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// The change counts at the time of a miss; a fill is only accepted if nothing changed since.
#[derive(Clone, Copy)]
pub(crate) struct Ticket {
    hash: u64,
    change: u64,
    all: u64,
}

impl Ticket {
    fn is_quiet(self) -> bool {
        self.change as u32 == 0 && self.all as u32 == 0
    }
}

struct Shard<V> {
    by_hash: HashMap<u64, usize, BuildHasherDefault<AsItIs>>,
    ring: Vec<Option<Entry<V>>>,
    free: Vec<usize>,
    hand: usize,
    bytes: usize,
    /// Recently rejected hashes, each in its own slot until another replaces it. Empty until the shard is full.
    turned_away: Vec<u32>,
}

struct Entry<V> {
    hash: u64,
    key: Key,
    value: Arc<V>,
    bytes: usize,
    used: bool,
}

/// Both texts of a key, concatenated: a single memory access, which is rarely in the CPU cache.
struct Key {
    text: Box<str>,
    left_len: usize,
}

impl Key {
    fn new(left: &str, right: &str) -> Self {
        Self { text: [left, right].concat().into(), left_len: left.len() }
    }

    fn is(&self, left: &str, right: &str) -> bool {
        let (ours_left, ours_right) = self.text.as_bytes().split_at(self.left_len);
        ours_left == left.as_bytes() && ours_right == right.as_bytes()
    }
}

/// Uses a number that is already a keyed hash as its hash.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        // Only numbers are keys; anything else is still hashed.
        bytes.iter().for_each(|b| self.0 = self.0.rotate_left(8) ^ u64::from(*b));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl<V> Cache<V> {
    fn new(bytes_max: usize) -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::new(Shard::new())).collect(),
            changes: (0..SLOTS).map(|_| ChangeCount::default()).collect(),
            all: ChangeCount::default(),
            hasher: RandomState::new(),
            shard_bytes_max: bytes_max / SHARDS,
            choosy: false,
        }
    }

    /// Once it is full, this one accepts a value only after two misses within a short time, so that scattered reads
    /// over a large table do not evict an entry on each miss.
    fn choosy(bytes_max: usize) -> Self {
        Self { choosy: true, ..Self::new(bytes_max) }
    }

    /// The cached value, or a ticket for [`Cache::fill`].
    pub(crate) fn get(&self, left: &str, right: &str) -> Result<Arc<V>, Ticket> {
        let hash = self.hash(left, right);
        if let Some(value) = self.shard(hash).get(hash, left, right) {
            return Ok(value);
        }
        Err(Ticket { hash, change: self.change(hash).now(), all: self.all.now() })
    }

    /// Like [`Cache::get`] for values that are invalidated together by their left key.
    pub(crate) fn get_grouped(&self, left: &str, right: &str) -> Result<Arc<V>, Ticket> {
        let change = self.group(left).now();
        let hash = self.hash(left, right) ^ change;
        if change as u32 == 0
            && let Some(value) = self.shard(hash).get(hash, left, right)
        {
            return Ok(value);
        }
        Err(Ticket { hash, change, all: self.all.now() })
    }

    /// Caches a value read after the ticket was made, unless its row changed or is changing.
    pub(crate) fn fill(&self, ticket: Ticket, left: &str, right: &str, value: &Arc<V>, value_bytes: usize) {
        self.fill_if(ticket, self.change(ticket.hash), left, right, value, value_bytes);
    }

    /// Like [`Cache::fill`] for values that are invalidated together by their left key.
    pub(crate) fn fill_grouped(&self, ticket: Ticket, left: &str, right: &str, value: &Arc<V>, value_bytes: usize) {
        self.fill_if(ticket, self.group(left), left, right, value, value_bytes);
    }

    fn fill_if(&self, ticket: Ticket, change: &ChangeCount, left: &str, right: &str, value: &Arc<V>, bytes: usize) {
        let bytes = bytes + left.len() + right.len() + ENTRY_OVERHEAD_BYTES;
        if bytes > self.shard_bytes_max || !ticket.is_quiet() {
            return;
        }
        let mut shard = self.shard(ticket.hash);
        // Under the lock: a change that begins after this check removes the entry when it gets the lock.
        if change.now() == ticket.change
            && self.all.now() == ticket.all
            && (!self.choosy || shard.welcomes(ticket.hash, bytes, self.shard_bytes_max))
        {
            let (key, value) = (Key::new(left, right), Arc::clone(value));
            shard.insert(Entry { hash: ticket.hash, key, value, bytes, used: false }, self.shard_bytes_max);
        }
    }

    /// Caches a value that never changes, replacing another one of the same key.
    pub(crate) fn replace(&self, left: &str, right: &str, value: &Arc<V>, value_bytes: usize) {
        let hash = self.hash(left, right);
        let ticket = Ticket { hash, change: self.change(hash).now(), all: self.all.now() };
        self.fill(ticket, left, right, value, value_bytes);
    }

    pub(crate) fn begin(&self, left: &str, right: &str) {
        let hash = self.hash(left, right);
        self.change(hash).begin();
        self.shard(hash).remove(hash);
    }

    pub(crate) fn end(&self, left: &str, right: &str) {
        self.change(self.hash(left, right)).end();
    }

    /// Entries of a group are not looked for: their hash holds the change count, so they are never found again.
    pub(crate) fn begin_group(&self, left: &str) {
        self.group(left).begin();
    }

    pub(crate) fn end_group(&self, left: &str) {
        self.group(left).end();
    }

    pub(crate) fn begin_all(&self) {
        self.all.begin();
        for shard in &self.shards {
            // The contents are freed after the lock is released.
            let old = std::mem::replace(&mut *lock(shard), Shard::new());
            drop(old);
        }
    }

    pub(crate) fn end_all(&self) {
        self.all.end();
    }

    pub(crate) fn bytes(&self) -> usize {
        self.shards.iter().map(|shard| lock(shard).bytes).sum()
    }

    fn hash(&self, left: &str, right: &str) -> u64 {
        self.hasher.hash_one((left, right))
    }

    fn shard(&self, hash: u64) -> MutexGuard<'_, Shard<V>> {
        lock(&self.shards[(hash >> 32) as usize % SHARDS])
    }

    fn change(&self, hash: u64) -> &ChangeCount {
        &self.changes[hash as usize % SLOTS]
    }

    fn group(&self, left: &str) -> &ChangeCount {
        &self.changes[self.hasher.hash_one(left) as usize % SLOTS]
    }
}

/// A panic cannot happen between two dependent steps here, so the data under a poisoned lock is still consistent.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<V> Shard<V> {
    fn new() -> Self {
        Self {
            by_hash: HashMap::default(),
            ring: Vec::new(),
            free: Vec::new(),
            hand: 0,
            bytes: 0,
            turned_away: Vec::new(),
        }
    }

    fn get(&mut self, hash: u64, left: &str, right: &str) -> Option<Arc<V>> {
        let entry = self.ring[*self.by_hash.get(&hash)?].as_mut()?;
        // Two keys with one hash evict each other; they are never confused.
        if !entry.key.is(left, right) {
            return None;
        }
        entry.used = true;
        Some(Arc::clone(&entry.value))
    }

    /// True when there is space, when it would replace an older value of the same key, or when it was recently
    /// rejected.
    fn welcomes(&mut self, hash: u64, bytes: usize, bytes_max: usize) -> bool {
        if self.bytes + bytes <= bytes_max || self.by_hash.contains_key(&hash) {
            return true;
        }
        if self.turned_away.is_empty() {
            self.turned_away.resize(self.ring.len().next_power_of_two(), 0);
        }
        let place = hash as usize & (self.turned_away.len() - 1);
        let name = (hash >> 32) as u32;
        std::mem::replace(&mut self.turned_away[place], name) == name
    }

    fn insert(&mut self, entry: Entry<V>, bytes_max: usize) {
        self.remove(entry.hash);
        while self.bytes + entry.bytes > bytes_max && self.bytes > 0 {
            self.evict();
        }
        let place = self.free.pop().unwrap_or_else(|| {
            self.ring.push(None);
            self.ring.len() - 1
        });
        self.bytes += entry.bytes;
        self.by_hash.insert(entry.hash, place);
        self.ring[place] = Some(entry);
    }

    fn remove(&mut self, hash: u64) {
        if let Some(place) = self.by_hash.remove(&hash)
            && let Some(entry) = self.ring[place].take()
        {
            self.bytes -= entry.bytes;
            self.free.push(place);
        }
    }

    /// Advances the hand to the next entry that was not used since it last passed, and drops it. Ends after two turns.
    fn evict(&mut self) {
        loop {
            let place = self.hand % self.ring.len();
            self.hand = place + 1;
            match &mut self.ring[place] {
                Some(entry) if entry.used => entry.used = false,
                Some(entry) => {
                    let hash = entry.hash;
                    return self.remove(hash);
                }
                None => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(cache: &Cache<u32>, right: &str, value: u32) {
        if let Err(ticket) = cache.get("i", right) {
            cache.fill(ticket, "i", right, &Arc::new(value), 4);
        }
    }

    #[test]
    fn two_keys_with_the_same_letters_are_two() {
        let key = Key::new("ab", "c");
        assert!(key.is("ab", "c"));
        for (left, right) in [("a", "bc"), ("abc", ""), ("", "abc"), ("ab", "d"), ("ab", "cc"), ("ab", "")] {
            assert!(!key.is(left, right), "{left} {right}");
        }
    }

    #[test]
    fn a_fill_that_began_before_a_change_is_dropped() {
        let cache = Cache::<u32>::new(1 << 20);
        let ticket = cache.get("i", "a").expect_err("nothing is cached yet");
        cache.begin("i", "a");
        cache.end("i", "a");
        cache.fill(ticket, "i", "a", &Arc::new(1), 4);
        assert!(cache.get("i", "a").is_err());
    }

    #[test]
    fn nothing_is_filled_while_a_change_is_under_way() {
        let cache = Cache::<u32>::new(1 << 20);
        keep(&cache, "a", 1);
        cache.begin("i", "a");
        assert!(cache.get("i", "a").is_err(), "a change takes the row out before it commits");
        keep(&cache, "a", 1);
        assert!(cache.get("i", "a").is_err());
        cache.end("i", "a");
        keep(&cache, "a", 2);
        assert_eq!(cache.get("i", "a").ok().as_deref(), Some(&2));
    }

    #[test]
    fn clearing_all_forgets_and_refuses_older_fills() {
        let cache = Cache::<u32>::new(1 << 20);
        keep(&cache, "a", 1);
        let ticket = cache.get("i", "b").expect_err("b is not cached");
        cache.begin_all();
        cache.end_all();
        cache.fill(ticket, "i", "b", &Arc::new(1), 4);
        assert!(cache.get("i", "a").is_err() && cache.get("i", "b").is_err());
        assert_eq!(cache.bytes(), 0);
    }

    #[test]
    fn groups_are_forgotten_together() {
        let cache = Cache::<u32>::new(1 << 20);
        for right in ["p1", "p2"] {
            let ticket = cache.get_grouped("i", right).expect_err("nothing is cached yet");
            cache.fill_grouped(ticket, "i", right, &Arc::new(1), 4);
            assert!(cache.get_grouped("i", right).is_ok());
        }
        cache.begin_group("i");
        assert!(cache.get_grouped("i", "p1").is_err());
        cache.end_group("i");
        assert!(cache.get_grouped("i", "p1").is_err() && cache.get_grouped("i", "p2").is_err());
    }

    #[test]
    fn bytes_stay_below_the_bound_and_used_entries_stay() {
        let cache = Cache::<u32>::new(SHARDS * 2048);
        for n in 0..10_000 {
            keep(&cache, "hot", 7);
            let _hit = cache.get("i", "hot");
            keep(&cache, &format!("cold {n}"), n);
        }
        assert!(cache.bytes() <= SHARDS * 2048, "{}", cache.bytes());
        assert!(cache.bytes() > SHARDS * 1024, "{}", cache.bytes());
        assert!(cache.get("i", "hot").is_ok());
    }

    #[test]
    fn a_full_choosy_cache_takes_what_is_missed_twice() {
        let cache = Cache::<u32>::choosy(SHARDS * 2048);
        (0..10_000).for_each(|n| keep(&cache, &format!("cold {n}"), 1));
        assert!(cache.bytes() > SHARDS * 1024, "{}", cache.bytes());
        keep(&cache, "new", 2);
        assert!(cache.get("i", "new").is_err());
        keep(&cache, "new", 3);
        assert_eq!(cache.get("i", "new").ok().as_deref(), Some(&3));
        // A newer value of the same key is accepted at once.
        cache.replace("i", "new", &Arc::new(4), 4);
        assert_eq!(cache.get("i", "new").ok().as_deref(), Some(&4));
        assert!(cache.bytes() <= SHARDS * 2048, "{}", cache.bytes());
    }

    #[test]
    fn what_is_larger_than_a_shard_is_not_kept() {
        let cache = Cache::<u32>::new(SHARDS * 2048);
        let ticket = cache.get("i", "a").expect_err("nothing is cached yet");
        cache.fill(ticket, "i", "a", &Arc::new(1), 4096);
        assert!(cache.get("i", "a").is_err());
        let off = Cache::<u32>::new(0);
        keep(&off, "a", 1);
        assert!(off.get("i", "a").is_err());
    }
}
