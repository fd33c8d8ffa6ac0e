//! Where writers of one thing take turns after one of them lost an attempt.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{Error, Result};

/// KeyedLocks that writers stand in; two things may share one, which costs waiting and nothing else.
const LOCKS: usize = 64;

/// The lines of one process.
#[derive(Debug)]
pub(crate) struct KeyedLocks([KeyedLock; LOCKS]);

/// A line in which the writers of one thing stand. It guards no data: the conditions of each commit do.
#[derive(Debug)]
pub(crate) struct KeyedLock(Semaphore);

impl KeyedLocks {
    pub(crate) fn new() -> Self {
        Self(std::array::from_fn(|_| KeyedLock(Semaphore::new(1))))
    }

    /// Whether writers of this thing stand in line: one of them lost an attempt.
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
