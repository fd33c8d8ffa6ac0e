//! Agents: one row for each user, and where to find those that are due, at work, or idle for longest.
//!
//! The row's body is opaque here. Which columns an agent has is decided by whoever writes it; how agents spent their time is in
//! `agent_interval`.

use crate::batch::{Batch, Place};
use crate::db::Row;
use crate::shard::{of_each_shard, shard_of, shard_params};
use crate::sql::{BadColumn, Param, Sql, Value};
use crate::{Conflict, Error, Page, Store};

/// The most slots that a routing profile gives for tasks (tasks 3.2.2).
pub const SLOTS_MAX: i64 = 10;

/// An agent's row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentRow {
    /// The instance it belongs to.
    pub instance_id: String,
    /// The user's id.
    pub id: String,
    /// Counts changes.
    pub rev: i64,
    /// The user's routing profile.
    pub routing_profile_id: String,
    /// The present status.
    pub status_id: String,
    /// Its type: `ROUTABLE`, `CUSTOM` or `OFFLINE`.
    pub status_type: String,
    /// Slots in use (tasks 3.2.4).
    pub used: i64,
    /// False while offline without entries (administration 4.3.2).
    pub present: bool,
    /// Since when the agent is idle by TIME_SINCE_LAST_ACTIVITY, epoch milliseconds; `None` unless routing may offer something
    /// when a slot is free (tasks 3.3.1).
    pub idle_ms: Option<i64>,
    /// The same by TIME_SINCE_LAST_INBOUND (tasks 3.3.5).
    pub inbound_ms: Option<i64>,
    /// When somebody has to look at it next, epoch milliseconds.
    pub due_ms: Option<i64>,
    /// All of it, a JSON object.
    pub body: String,
}

/// An agent that has to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueAgent {
    /// The instance it belongs to.
    pub instance_id: String,
    /// The user's id.
    pub id: String,
    /// Its shard.
    pub shard: i64,
    /// Since when it is due, epoch milliseconds.
    pub due_ms: i64,
}

/// By which of its two times an agent counts as idle (tasks 3.3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdleTimer {
    /// [`AgentRow::idle_ms`].
    Activity,
    /// [`AgentRow::inbound_ms`].
    Inbound,
}

/// A page of idle agents.
#[derive(Clone, Copy, Debug)]
pub struct IdlePage<'a> {
    /// What the order goes by.
    pub timer: IdleTimer,
    /// Only who uses fewer slots than this; at most [`SLOTS_MAX`].
    pub used_below: i64,
    /// Behind this idle time, epoch milliseconds, and id.
    pub after: Option<(i64, &'a str)>,
    /// No more than this.
    pub limit: usize,
}

impl IdlePage<'_> {
    /// `$1` to `$15` of the statements that read one.
    pub(crate) fn params<'p>(&'p self, instance_id: &'p str, routing_profile_id: &'p str) -> Vec<Param<'p>> {
        let (since_ms, id) = self.after.unwrap_or((i64::MIN, ""));
        let mut params = vec![
            Param::Text(instance_id),
            Param::Text(routing_profile_id),
            Param::Int(since_ms),
            Param::Text(id),
            Page::<()>::limit(self.limit),
        ];
        // Nobody uses fewer than no slots.
        params.extend((0..SLOTS_MAX).map(|used| Param::Int(if used < self.used_below { used } else { -1 })));
        params
    }
}

/// Ids looked up by one statement.
const IDS: usize = 16;

macro_rules! columns {
    () => {
        "instance_id, id, rev, routing_profile_id, status_id, status_type, used, present, idle_ms, inbound_ms, due_ms, body"
    };
}

static GET: Sql = Sql::new("agent", concat!("select ", columns!(), " from agent where instance_id = $1 and id = $2"));

static SOME: Sql = Sql::new(
    "agent",
    concat!(
        "select ",
        columns!(),
        " from agent where instance_id = $1 and id in \
         ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
    ),
);

static PRESENT: Sql = Sql::new(
    "agent",
    concat!(
        "select ",
        columns!(),
        " from agent where instance_id = $1 and id > $2 and present = 1 order by id limit $3"
    ),
);

static OF_PROFILE: Sql = Sql::new(
    "agent",
    concat!(
        "select ",
        columns!(),
        " from agent where instance_id = $1 and routing_profile_id = $2 and id > $3 order by id limit $4"
    ),
);

static PRESENT_OF_PROFILE: Sql = Sql::new(
    "agent",
    concat!(
        "select ",
        columns!(),
        " from agent where instance_id = $1 and routing_profile_id = $2 and present = 1 and id > $3 order by id limit $4"
    ),
);

/// One shard's due agents, `$17` being the time.
macro_rules! due {
    ($shard:literal) => {
        concat!(
            "select instance_id, id, shard, due_ms from agent where shard = ",
            $shard,
            " and due_ms <= $17 and due_ms is not null"
        )
    };
}

/// The same, ordered and no more than `$18`: PostgreSQL then merges what it reads, instead of sorting all that is due.
macro_rules! first_due {
    ($shard:literal) => {
        concat!("(", due!($shard), " order by due_ms limit $18)")
    };
}

static DUE: Sql = Sql::per_engine(
    "agent",
    concat!(of_each_shard!(due), " order by due_ms limit $18"),
    concat!(of_each_shard!(first_due), " order by due_ms limit $18"),
);

/// The idle agents with so many slots in use, behind (`$3`, `$4`) in the order of one of the two times.
macro_rules! idle {
    ($column:literal, $used:literal) => {
        concat!(
            "select ",
            columns!(),
            ", ",
            $column,
            " as since_ms from agent where instance_id = $1 and routing_profile_id = $2 and used = ",
            $used,
            " and ",
            $column,
            " is not null and (",
            $column,
            ", id) > ($3, $4)"
        )
    };
}

/// The same, ordered and no more than `$5`.
macro_rules! first_idle {
    ($column:literal, $used:literal) => {
        concat!("(", idle!($column, $used), " order by ", $column, ", id limit $5)")
    };
}

/// Ranges of each number of slots below [`SLOTS_MAX`], `$6` to `$15`, merged as they are read.
macro_rules! merged {
    ($one:ident, $column:literal) => {
        concat!(
            $one!($column, "$6"),
            " union all ",
            $one!($column, "$7"),
            " union all ",
            $one!($column, "$8"),
            " union all ",
            $one!($column, "$9"),
            " union all ",
            $one!($column, "$10"),
            " union all ",
            $one!($column, "$11"),
            " union all ",
            $one!($column, "$12"),
            " union all ",
            $one!($column, "$13"),
            " union all ",
            $one!($column, "$14"),
            " union all ",
            $one!($column, "$15"),
            " order by since_ms, id limit $5"
        )
    };
}

pub(crate) use merged;

static IDLE: Sql = Sql::per_engine("agent", merged!(idle, "idle_ms"), merged!(first_idle, "idle_ms"));
static IDLE_INBOUND: Sql = Sql::per_engine("agent", merged!(idle, "inbound_ms"), merged!(first_idle, "inbound_ms"));

static INSERT: Sql = Sql::new(
    "agent",
    "insert into agent (instance_id, id, shard, rev, routing_profile_id, status_id, status_type, used, present, idle_ms, \
      inbound_ms, due_ms, body) \
     values ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (instance_id, id) do nothing",
);

static UPDATE: Sql = Sql::new(
    "agent",
    "update agent set rev = rev + 1, shard = $4, routing_profile_id = $5, status_id = $6, status_type = $7, used = $8, \
     present = $9, idle_ms = $10, inbound_ms = $11, due_ms = $12, body = $13 \
     where instance_id = $1 and id = $2 and rev = $3",
);

static DELETE: Sql = Sql::new("agent", "delete from agent where instance_id = $1 and id = $2 and rev = $3");

/// What a deleted instance leaves, a chunk; see `purge`.
pub(crate) static OF_INSTANCE: Sql = Sql::new(
    "agent",
    "delete from agent where (instance_id, id) in (select instance_id, id from agent where instance_id = $1 limit $2)",
);

/// Every statement above, for the test that looks at their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[
    &GET,
    &SOME,
    &PRESENT,
    &PRESENT_OF_PROFILE,
    &OF_PROFILE,
    &DUE,
    &IDLE,
    &IDLE_INBOUND,
    &INSERT,
    &UPDATE,
    &DELETE,
    &OF_INSTANCE,
];

impl Store {
    /// An agent. Whether the instance exists is not checked.
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn agent(&self, instance_id: &str, id: &str) -> Result<Option<AgentRow>, Error> {
        self.db().one(&GET, &[Param::Text(instance_id), Param::Text(id)], read).await
    }

    /// Those of several agents that exist, in no particular order.
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn agents(&self, instance_id: &str, ids: &[&str]) -> Result<Vec<AgentRow>, Error> {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let mut found = Vec::new();
        for chunk in ids.chunks(IDS) {
            let mut params = vec![Param::Text(instance_id)];
            params.extend((0..IDS).map(|n| Param::Text(chunk[n.min(chunk.len() - 1)])));
            found.extend(self.db().all(&SOME, &params, read).await?);
        }
        Ok(found)
    }

    /// At most `limit` agents that are not offline or have an entry, by id, behind the id `after` ("" for the first).
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn agents_present(&self, instance_id: &str, after: &str, limit: usize) -> Result<Vec<AgentRow>, Error> {
        let params = [Param::Text(instance_id), Param::Text(after), Page::<()>::limit(limit)];
        self.db().all(&PRESENT, &params, read).await
    }

    /// At most `limit` agents with this routing profile who are not offline or have an entry, by id, behind the id `after` ("" for
    /// the first).
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn agents_present_of_profile(
        &self,
        instance_id: &str,
        routing_profile_id: &str,
        after: &str,
        limit: usize,
    ) -> Result<Vec<AgentRow>, Error> {
        let params =
            [Param::Text(instance_id), Param::Text(routing_profile_id), Param::Text(after), Page::<()>::limit(limit)];
        self.db().all(&PRESENT_OF_PROFILE, &params, read).await
    }

    /// At most `limit` agents with this routing profile, by id, behind the id `after` ("" for the first).
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn agents_of_profile(
        &self,
        instance_id: &str,
        routing_profile_id: &str,
        after: &str,
        limit: usize,
    ) -> Result<Vec<AgentRow>, Error> {
        let params =
            [Param::Text(instance_id), Param::Text(routing_profile_id), Param::Text(after), Page::<()>::limit(limit)];
        self.db().all(&OF_PROFILE, &params, read).await
    }

    /// Agents with this routing profile whom routing may offer something: longest idle first, then by id (tasks 3.3.5).
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn idle_agents(
        &self,
        instance_id: &str,
        routing_profile_id: &str,
        page: &IdlePage<'_>,
    ) -> Result<Vec<AgentRow>, Error> {
        let sql = match page.timer {
            IdleTimer::Activity => &IDLE,
            IdleTimer::Inbound => &IDLE_INBOUND,
        };
        self.db().all(sql, &page.params(instance_id, routing_profile_id), read).await
    }

    /// At most `limit` agents of these shards that are due at `now_ms` (epoch milliseconds), the longest due first. Those of a
    /// deleted instance are among them until they are removed.
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn due_agents(&self, shards: &[i64], now_ms: i64, limit: usize) -> Result<Vec<DueAgent>, Error> {
        let mut params = shard_params(shards);
        params.extend([Param::Int(now_ms), Page::<()>::limit(limit)]);
        let read = |row: &Row<'_>| {
            Ok(DueAgent { instance_id: row.text(0)?, id: row.text(1)?, shard: row.int(2)?, due_ms: row.int(3)? })
        };
        self.db().all(&DUE, &params, read).await
    }

    /// When the next agent of these shards is due, epoch milliseconds; `None` when none ever will be.
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn next_agent_due(&self, shards: &[i64]) -> Result<Option<i64>, Error> {
        Ok(self.due_agents(shards, i64::MAX, 1).await?.first().map(|due| due.due_ms))
    }
}

impl Batch {
    /// Inserts an agent; `rev` starts at 0. Fails with [`Conflict::InstanceGone`] or [`Conflict::Exists`].
    pub fn insert_agent(&mut self, row: &AgentRow) {
        self.require_instance(&row.instance_id);
        let mut params = vec![Value::from(&row.instance_id), Value::from(&row.id)];
        params.extend(changing(row));
        self.one(&INSERT, params, Conflict::Exists).place(Place::Agent);
    }

    /// Replaces all of the agent that is still at `row.rev`. Fails with [`Conflict::AgentMoved`].
    pub fn update_agent(&mut self, row: &AgentRow) {
        let mut params = vec![Value::from(&row.instance_id), Value::from(&row.id), Value::Int(row.rev)];
        params.extend(changing(row));
        self.one(&UPDATE, params, Conflict::AgentMoved).place(Place::Agent);
    }

    /// Deletes the agent that is still at `expected_rev`: it goes with its user. Fails with [`Conflict::AgentMoved`].
    pub fn delete_agent(&mut self, instance_id: &str, id: &str, expected_rev: i64) {
        let params = vec![Value::from(instance_id), Value::from(id), Value::Int(expected_rev)];
        self.one(&DELETE, params, Conflict::AgentMoved).place(Place::Agent);
        self.delete_agent_proficiencies(instance_id, id);
    }
}

/// The columns that a change writes, in the order of both statements.
fn changing(row: &AgentRow) -> [Value; 10] {
    [
        Value::Int(shard_of(&row.id)),
        Value::from(&row.routing_profile_id),
        Value::from(&row.status_id),
        Value::from(&row.status_type),
        Value::Int(row.used),
        Value::Int(row.present.into()),
        Value::from(row.idle_ms),
        Value::from(row.inbound_ms),
        Value::from(row.due_ms),
        Value::from(&row.body),
    ]
}

pub(crate) fn read(row: &Row<'_>) -> Result<AgentRow, BadColumn> {
    Ok(AgentRow {
        instance_id: row.text(0)?,
        id: row.text(1)?,
        rev: row.int(2)?,
        routing_profile_id: row.text(3)?,
        status_id: row.text(4)?,
        status_type: row.text(5)?,
        used: row.int(6)?,
        present: row.int(7)? == 1,
        idle_ms: row.opt_int(8)?,
        inbound_ms: row.opt_int(9)?,
        due_ms: row.opt_int(10)?,
        body: row.text(11)?,
    })
}
