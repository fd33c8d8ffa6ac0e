//! A batch: changes with their conditions, committed all or nothing.
//!
//! Each resource file adds its typed methods to [`Batch`]. A change is one statement, the number of rows it must
//! affect, and the [`Conflict`] that any other number, or a unique violation, means. Statements run in the order they
//! were added.
//!
//! Frequent conflicts (a name in use) are caught by `on conflict do nothing`, so that a PostgreSQL server's log is not
//! filled with errors; a unique violation that almost never happens (an id in use) may be an error of the engine.
//!
//! Several batches may run at once on PostgreSQL. Two that lock the same rows in different orders can deadlock (one is
//! then repeated), so add changes in this order: the instance, what it contains, the client token, counters last,
//! because many batches change the same counter and a lock is held until the end of the batch.

use crate::Conflict;
use crate::cache::Invalidation;
use crate::sql::{Sql, Value};

/// Changes that are committed together or not at all. See the module's head for the order to add them in.
#[derive(Debug, Default)]
pub struct Batch {
    pub(crate) steps: Vec<ConditionalStatement>,
    pub(crate) invalidations: Vec<Invalidation>,
    /// Batches with the same key tend to need the same locks, so they are committed by the same lane.
    pub(crate) lane_key: Option<String>,
    /// See [`Batch::expect_success`].
    pub(crate) expects_success: bool,
}

/// One statement and how its outcome is judged.
#[derive(Debug)]
pub(crate) struct ConditionalStatement {
    pub(crate) sql: &'static Sql,
    pub(crate) params: Vec<Value>,
    pub(crate) expect: Expect,
    /// The conflict that a violated unique index means.
    pub(crate) taken: Option<Conflict>,
}

/// How many rows a statement must affect.
#[derive(Debug)]
pub(crate) enum Expect {
    Any,
    /// Exactly one, otherwise this conflict.
    One(Conflict),
    /// None, otherwise this conflict.
    None(Conflict),
}

impl std::fmt::Debug for Sql {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.for_postgres())
    }
}

impl Batch {
    /// An empty batch; committing it does nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// True when there is nothing to commit.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Declares that every condition will hold except in rare cases. PostgreSQL then commits the batch in one round
    /// trip, if it is alone; a failed condition costs more than otherwise, and leaves a line in the server's log.
    pub fn expect_success(&mut self) {
        self.expects_success = true;
    }

    /// Adds the changes of `other` behind those already here.
    pub fn append(&mut self, other: Self) {
        self.steps.extend(other.steps);
        self.invalidations.extend(other.invalidations);
        if self.lane_key.is_none() {
            self.lane_key = other.lane_key;
        }
    }

    /// A change that must affect exactly one row.
    pub(crate) fn one(
        &mut self,
        sql: &'static Sql,
        params: Vec<Value>,
        otherwise: Conflict,
    ) -> &mut ConditionalStatement {
        self.push(sql, params, Expect::One(otherwise))
    }

    /// A query that must find nothing.
    pub(crate) fn none(&mut self, sql: &'static Sql, params: Vec<Value>, otherwise: Conflict) {
        self.push(sql, params, Expect::None(otherwise));
    }

    /// A change that may affect any number of rows.
    pub(crate) fn any(&mut self, sql: &'static Sql, params: Vec<Value>) -> &mut ConditionalStatement {
        self.push(sql, params, Expect::Any)
    }

    fn push(&mut self, sql: &'static Sql, params: Vec<Value>, expect: Expect) -> &mut ConditionalStatement {
        if self.lane_key.is_none()
            && let Some(Value::Text(key)) = params.first()
        {
            self.lane_key = Some(key.clone());
        }
        self.steps.push(ConditionalStatement { sql, params, expect, taken: None });
        self.steps.last_mut().expect("a step was just pushed")
    }

    /// Adds a cache invalidation for when the batch is committed.
    pub(crate) fn invalidate(&mut self, invalidation: Invalidation) {
        self.invalidations.push(invalidation);
    }
}

impl ConditionalStatement {
    /// Sets the conflict that a violated unique index means.
    pub(crate) fn taken(&mut self, conflict: Conflict) {
        self.taken = Some(conflict);
    }

    /// Judges the number of rows the statement affected.
    pub(crate) fn judge(&self, rows: u64) -> Result<u64, Conflict> {
        match &self.expect {
            Expect::One(conflict) if rows != 1 => Err(conflict.clone()),
            Expect::None(conflict) if rows != 0 => Err(conflict.clone()),
            Expect::One(_) | Expect::None(_) | Expect::Any => Ok(rows),
        }
    }
}
