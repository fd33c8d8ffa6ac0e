//! Keyed locks: writers of one key take turns after one of them had a conflict.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{Error, Result};

/// Number of locks. Two keys may share one, which costs only waiting.
const LOCKS: usize = 64;

/// The keyed locks of one process.
#[derive(Debug)]
pub(crate) struct KeyedLocks([KeyedLock; LOCKS]);

/// The lock of one key. It guards no data: the conditions of each commit do.
#[derive(Debug)]
pub(crate) struct KeyedLock(Semaphore);

impl KeyedLocks {
    pub(crate) fn new() -> Self {
        Self(std::array::from_fn(|_| KeyedLock(Semaphore::new(1))))
    }

    /// Whether writers of this key take turns: one of them had a conflict.
    pub(crate) fn are_busy(&self, thing: &str) -> bool {
        self.of(thing).is_busy()
    }

    pub(crate) fn of(&self, thing: &str) -> &KeyedLock {
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(thing);
        &self.0[usize::try_from(hash % LOCKS as u64).expect("a remainder is small")]
    }
}

impl KeyedLock {
    pub(crate) fn is_busy(&self) -> bool {
        self.0.available_permits() == 0
    }

    pub(crate) async fn turn(&self) -> Result<SemaphorePermit<'_>> {
        self.0.acquire().await.map_err(Error::internal)
    }
}
