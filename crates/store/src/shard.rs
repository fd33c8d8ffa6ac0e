//! Shards: the parts that contacts are divided into by their ids, and which process works on which part.
//!
//! A lease keeps two processes from doing the same work at the same time, it does not guarantee that work happens once:
//! the conditions of each commit do. There are leases only where several processes share a database.

use crate::batch::Batch;
use crate::db::{Db, Row};
use crate::sql::{Param, Sql, Value};
use crate::{Conflict, Error, Store};

/// The number of shards, fixed for ever: it is stored with every contact.
pub const SHARDS: i64 = 16;

/// Which process works on a shard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShardLease {
    /// The shard.
    pub shard: i64,
    /// The process, by the id it gave itself.
    pub owner: String,
    /// Until when, epoch milliseconds.
    pub until_ms: i64,
}

/// The shard of a contact, 0 to [`SHARDS`] - 1. Must never change: it is stored with every contact.
pub fn shard_of(contact_id: &str) -> i64 {
    // FNV-1a, and once more multiplied so that the upper bits depend on all of the text.
    let hash = contact_id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 60) as i64
}

/// One statement per shard, joined: `$1` to `$16` are the shards.
macro_rules! of_each_shard {
    ($one:ident) => {
        concat!(
            $one!("$1"),
            " union all ",
            $one!("$2"),
            " union all ",
            $one!("$3"),
            " union all ",
            $one!("$4"),
            " union all ",
            $one!("$5"),
            " union all ",
            $one!("$6"),
            " union all ",
            $one!("$7"),
            " union all ",
            $one!("$8"),
            " union all ",
            $one!("$9"),
            " union all ",
            $one!("$10"),
            " union all ",
            $one!("$11"),
            " union all ",
            $one!("$12"),
            " union all ",
            $one!("$13"),
            " union all ",
            $one!("$14"),
            " union all ",
            $one!("$15"),
            " union all ",
            $one!("$16")
        )
    };
}
pub(crate) use of_each_shard;

/// The parameters `$1` to `$16` of such a statement; where fewer shards are requested, the rest is a shard that is
/// always empty.
pub(crate) fn shard_params<'a>(shards: &[i64]) -> Vec<Param<'a>> {
    (0..SHARDS).map(|shard| Param::Int(if shards.contains(&shard) { shard } else { -1 })).collect()
}

static LEASES: Sql =
    Sql::new("shard_lease", "select shard, owner, until_ms from shard_lease where shard >= 0 order by shard");

static CLAIM: Sql = Sql::new(
    "shard_lease",
    "insert into shard_lease (shard, owner, until_ms) values ($1, $2, $3) \
     on conflict (shard) do update set owner = excluded.owner, until_ms = excluded.until_ms \
     where shard_lease.owner = excluded.owner or shard_lease.until_ms <= $4",
);

static RELEASE: Sql = Sql::new("shard_lease", "delete from shard_lease where shard = $1 and owner = $2");

static PROCESSES: Sql = Sql::new("process", "select id from process where id > '' and seen_ms >= $1 order by id");

static SEEN: Sql = Sql::new(
    "process",
    "insert into process (id, seen_ms) values ($1, $2) on conflict (id) do update set seen_ms = excluded.seen_ms",
);

static FORGET: Sql = Sql::new("process", "delete from process where id = $1");

static FORGET_OLD: Sql = Sql::new("process", "delete from process where id > '' and seen_ms < $1");

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&LEASES, &CLAIM, &RELEASE, &PROCESSES, &SEEN, &FORGET, &FORGET_OLD];

impl Store {
    /// True when other processes may work on the same database. Otherwise all shards are this process's, without leases.
    pub fn is_shared(&self) -> bool {
        matches!(self.db(), Db::Postgres(_))
    }

    /// The leases of all shards that were ever claimed, also those that have run out, by shard.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn shards(&self) -> Result<Vec<ShardLease>, Error> {
        let read = |row: &Row<'_>| Ok(ShardLease { shard: row.int(0)?, owner: row.text(1)?, until_ms: row.int(2)? });
        self.db().all(&LEASES, &[], read).await
    }

    /// The processes that were seen at or after `since_ms` (epoch milliseconds), by id.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn processes(&self, since_ms: i64) -> Result<Vec<String>, Error> {
        self.db().all(&PROCESSES, &[Param::Int(since_ms)], |row| row.text(0)).await
    }
}

impl Batch {
    /// Takes a shard, or keeps it, until `until_ms`: one that is free, whose lease has run out at `now_ms`, or that is
    /// `owner`'s already (times in epoch milliseconds). Fails with [`Conflict::Moved`] when another process holds it.
    pub fn claim_shard(&mut self, shard: i64, owner: &str, now_ms: i64, until_ms: i64) {
        let params = vec![Value::Int(shard), Value::from(owner), Value::Int(until_ms), Value::Int(now_ms)];
        self.one(&CLAIM, params, Conflict::Moved);
    }

    /// Gives a shard back, if it is `owner`'s.
    pub fn release_shard(&mut self, shard: i64, owner: &str) {
        self.any(&RELEASE, vec![Value::Int(shard), Value::from(owner)]);
    }

    /// Notes that a process is alive at `now_ms` (epoch milliseconds).
    pub fn process_seen(&mut self, id: &str, now_ms: i64) {
        self.any(&SEEN, vec![Value::from(id), Value::Int(now_ms)]);
    }

    /// Forgets a process that ends.
    pub fn forget_process(&mut self, id: &str) {
        self.any(&FORGET, vec![Value::from(id)]);
    }

    /// Forgets the processes that were last seen before `before_ms` (epoch milliseconds).
    pub fn forget_processes(&mut self, before_ms: i64) {
        self.any(&FORGET_OLD, vec![Value::Int(before_ms)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_never_changes_its_shard() {
        // These values are in databases.
        assert_eq!(shard_of(""), 15);
        assert_eq!(shard_of("00000000-0000-0000-0000-000000000000"), 11);
        assert_eq!(shard_of("7d4b9c1e-52f0-4a7b-8f1a-0d9e3c6b2a11"), 2);
    }

    #[test]
    fn contacts_are_spread_evenly() {
        let mut counts = [0; SHARDS as usize];
        for n in 0..16_000_u64 {
            let id = format!("{:08x}-0000-4000-8000-{n:012x}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32);
            counts[usize::try_from(shard_of(&id)).expect("shards are counted from 0")] += 1;
        }
        assert!(counts.iter().all(|count| (800..1200).contains(count)), "{counts:?}");
    }
}
