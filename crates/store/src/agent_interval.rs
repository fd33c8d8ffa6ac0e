//! The ledger of agents: how each spent the time, in pieces that are over (administration 5.3.1). What is not over is in the
//! agent's row. No piece crosses a midnight of UTC, so that those of a range end within a day of it.

use crate::batch::{Batch, Place};
use crate::db::Row;
use crate::sql::{BadColumn, Param, Sql, Value};
use crate::{Conflict, Error, Page, Store};

/// The longest piece, milliseconds: a day.
pub const INTERVAL_MS_MAX: i64 = 86_400_000;

/// A piece of an agent's time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentInterval {
    /// The instance it belongs to.
    pub instance_id: String,
    /// The user.
    pub user_id: String,
    /// Counts the pieces of one user.
    pub n: i64,
    /// When it began, epoch milliseconds.
    pub start_ms: i64,
    /// When it ended, epoch milliseconds, at most [`INTERVAL_MS_MAX`] later.
    pub end_ms: i64,
    /// `STATUS` or `ENTRY`.
    pub kind: String,
    /// The status's type or the entry's state.
    pub state: String,
    /// The status, of a STATUS.
    pub status_id: Option<String>,
    /// The routing profile that the user had.
    pub routing_profile_id: String,
    /// The user's place in the hierarchy; empty without one.
    pub hierarchy_path: String,
    /// The task, of an ENTRY.
    pub contact_id: Option<String>,
    /// The queue that the task came from.
    pub queue_id: Option<String>,
    /// How an offer ended, in the piece that ends it.
    pub outcome: Option<String>,
}

/// Where a page of pieces ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntervalKey {
    /// The last piece's end, epoch milliseconds.
    pub end_ms: i64,
    /// Its user.
    pub user_id: String,
    /// Its number.
    pub n: i64,
}

static RANGE: Sql = Sql::new(
    "agent_interval",
    "select user_id, n, start_ms, end_ms, kind, state, status_id, routing_profile_id, hierarchy_path, contact_id, \
       queue_id, outcome \
     from agent_interval where instance_id = $1 and (end_ms, user_id, n) > ($2, $3, $4) and end_ms <= $5 \
       and start_ms < $6 \
     order by end_ms, user_id, n limit $7",
);

static INSERT: Sql = Sql::new(
    "agent_interval",
    "insert into agent_interval (instance_id, end_ms, user_id, n, start_ms, kind, state, status_id, routing_profile_id, \
       hierarchy_path, contact_id, queue_id, outcome) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
     on conflict (instance_id, end_ms, user_id, n) do nothing",
);

/// The place of an old piece, so many behind the oldest.
static OLD: Sql = Sql::new(
    "agent_interval",
    "select end_ms, user_id, n from agent_interval where instance_id = $1 and end_ms < $2 \
     order by end_ms, user_id, n limit 1 offset $3",
);

static DELETE_OLD: Sql = Sql::new(
    "agent_interval",
    "delete from agent_interval where instance_id = $1 and (end_ms, user_id, n) < ($2, $3, $4)",
);

/// What a deleted instance leaves, a chunk; see `purge`.
pub(crate) static OF_INSTANCE: Sql = Sql::new(
    "agent_interval",
    "delete from agent_interval where (instance_id, end_ms, user_id, n) in \
     (select instance_id, end_ms, user_id, n from agent_interval where instance_id = $1 limit $2)",
);

/// Every statement above, for the test that looks at their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&RANGE, &INSERT, &OLD, &DELETE_OLD, &OF_INSTANCE];

impl Store {
    /// At most `limit` pieces that end at `start_ms` or later and begin before `end_ms` (epoch milliseconds), by end, user and
    /// number, behind `after`. A page that is not full is the last. One that ends at `start_ms` shares no time with the range,
    /// but may be the end of an offer, which counts from that moment on.
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn agent_intervals(
        &self,
        instance_id: &str,
        start_ms: i64,
        end_ms: i64,
        after: Option<&IntervalKey>,
        limit: usize,
    ) -> Result<Vec<AgentInterval>, Error> {
        let first = IntervalKey { end_ms: start_ms, user_id: String::new(), n: i64::MIN };
        let after = after.unwrap_or(&first);
        let params = [
            Param::Text(instance_id),
            Param::Int(after.end_ms),
            Param::Text(&after.user_id),
            Param::Int(after.n),
            Param::Int(end_ms.saturating_add(INTERVAL_MS_MAX)),
            Param::Int(end_ms),
            Page::<()>::limit(limit),
        ];
        let read = |row: &Row<'_>| read(instance_id, row);
        self.db().all(&RANGE, &params, read).await
    }

    /// Removes at most `rows_max` pieces of an instance that ended before `before_ms` (epoch milliseconds), the oldest first.
    /// Returns how many.
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn delete_agent_intervals(
        &self,
        instance_id: &str,
        before_ms: i64,
        rows_max: usize,
    ) -> Result<u64, Error> {
        let old = async |offset: usize| {
            let params = [Param::Text(instance_id), Param::Int(before_ms), Page::<()>::limit(offset)];
            self.db().one(&OLD, &params, |row| Ok((row.int(0)?, row.text(1)?, row.int(2)?))).await
        };
        // Most often there is nothing to do, and a read costs no commit.
        if old(0).await?.is_none() {
            return Ok(0);
        }
        let (end_ms, user_id, n) = old(rows_max).await?.unwrap_or((before_ms, String::new(), i64::MIN));
        let mut batch = Batch::new();
        let key = [Value::Int(end_ms), Value::from(user_id), Value::Int(n)];
        batch.any(&DELETE_OLD, [Value::from(instance_id)].into_iter().chain(key).collect());
        Ok(self.commit_unconditional(batch).await?.iter().sum())
    }
}

impl Batch {
    /// Writes a piece of an agent's time. Fails with [`Conflict::AgentMoved`] when the agent has one of that number.
    pub fn insert_agent_interval(&mut self, row: &AgentInterval) {
        let params = vec![
            Value::from(&row.instance_id),
            Value::Int(row.end_ms),
            Value::from(&row.user_id),
            Value::Int(row.n),
            Value::Int(row.start_ms),
            Value::from(&row.kind),
            Value::from(&row.state),
            Value::from(row.status_id.as_ref()),
            Value::from(&row.routing_profile_id),
            Value::from(&row.hierarchy_path),
            Value::from(row.contact_id.as_ref()),
            Value::from(row.queue_id.as_ref()),
            Value::from(row.outcome.as_ref()),
        ];
        self.one(&INSERT, params, Conflict::AgentMoved).place(Place::Ledger);
    }
}

fn read(instance_id: &str, row: &Row<'_>) -> Result<AgentInterval, BadColumn> {
    Ok(AgentInterval {
        instance_id: instance_id.to_owned(),
        user_id: row.text(0)?,
        n: row.int(1)?,
        start_ms: row.int(2)?,
        end_ms: row.int(3)?,
        kind: row.text(4)?,
        state: row.text(5)?,
        status_id: row.opt_text(6)?,
        routing_profile_id: row.text(7)?,
        hierarchy_path: row.text(8)?,
        contact_id: row.opt_text(9)?,
        queue_id: row.opt_text(10)?,
        outcome: row.opt_text(11)?,
    })
}
