//! Proficiencies of agents: a row for each, which finds those who have one by how long they are idle.
//!
//! What a user has is said by the user's links; these rows repeat it beside the agent's own columns, and change with the agent's
//! row.

use crate::agent::{AgentRow, IdlePage, IdleTimer, merged, read};
use crate::batch::{Batch, Place};
use crate::sql::{Param, Sql, Value};
use crate::{Conflict, Error, Store};

/// What an agent is proficient in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentProficiency {
    /// Attribute and value, as in the slot of the user's link.
    pub slot: String,
    /// The level, 1 to 5.
    pub level: i64,
}

/// Which agents with a proficiency are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proficient<'a> {
    /// Attribute and value.
    pub slot: &'a str,
    /// The least level, included.
    pub min: i64,
    /// The greatest level, included.
    pub max: i64,
}

/// The idle agents who have a proficiency and so many slots in use, behind (`$3`, `$4`) in the order of one of the two times.
macro_rules! idle {
    ($column:literal, $used:literal) => {
        concat!(
            "select p.instance_id, p.user_id as id, a.rev, a.routing_profile_id, a.status_id, a.status_type, a.used, a.present, \
             a.idle_ms, a.inbound_ms, a.due_ms, a.body, p.",
            $column,
            " as since_ms from agent_proficiency p join agent a on a.instance_id = p.instance_id and a.id = p.user_id \
             where p.instance_id = $1 and p.routing_profile_id = $2 and p.slot = $16 and p.level between $17 and $18 and p.used = ",
            $used,
            " and p.",
            $column,
            " is not null and (p.",
            $column,
            ", p.user_id) > ($3, $4)"
        )
    };
}

/// The same, ordered and no more than `$5`.
macro_rules! first_idle {
    ($column:literal, $used:literal) => {
        concat!("(", idle!($column, $used), " order by p.", $column, ", p.user_id limit $5)")
    };
}

static IDLE: Sql = Sql::per_engine("agent_proficiency", merged!(idle, "idle_ms"), merged!(first_idle, "idle_ms"));
static IDLE_INBOUND: Sql =
    Sql::per_engine("agent_proficiency", merged!(idle, "inbound_ms"), merged!(first_idle, "inbound_ms"));

static INSERT: Sql = Sql::new(
    "agent_proficiency",
    "insert into agent_proficiency (instance_id, user_id, slot, level, routing_profile_id, used, idle_ms, inbound_ms) \
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (instance_id, user_id, slot) do nothing",
);

static MOVE: Sql = Sql::new(
    "agent_proficiency",
    "update agent_proficiency set routing_profile_id = $3, used = $4, idle_ms = $5, inbound_ms = $6 \
     where instance_id = $1 and user_id = $2",
);

static DELETE: Sql =
    Sql::new("agent_proficiency", "delete from agent_proficiency where instance_id = $1 and user_id = $2");

/// What a deleted instance leaves, a chunk; see `purge`.
pub(crate) static OF_INSTANCE: Sql = Sql::new(
    "agent_proficiency",
    "delete from agent_proficiency where (instance_id, user_id, slot) in \
     (select instance_id, user_id, slot from agent_proficiency where instance_id = $1 limit $2)",
);

/// Every statement above, for the test that looks at their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&IDLE, &IDLE_INBOUND, &INSERT, &MOVE, &DELETE, &OF_INSTANCE];

impl Store {
    /// The agents of [`Store::idle_agents`] who have a proficiency.
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn idle_proficient_agents(
        &self,
        instance_id: &str,
        routing_profile_id: &str,
        wanted: Proficient<'_>,
        page: &IdlePage<'_>,
    ) -> Result<Vec<AgentRow>, Error> {
        let sql = match page.timer {
            IdleTimer::Activity => &IDLE,
            IdleTimer::Inbound => &IDLE_INBOUND,
        };
        let mut params = page.params(instance_id, routing_profile_id);
        params.extend([Param::Text(wanted.slot), Param::Int(wanted.min), Param::Int(wanted.max)]);
        self.db().all(sql, &params, read).await
    }
}

impl Batch {
    /// Replaces the proficiencies of an agent, whose row the batch inserts or updates before.
    pub fn set_agent_proficiencies(&mut self, row: &AgentRow, proficiencies: &[AgentProficiency]) {
        self.delete_agent_proficiencies(&row.instance_id, &row.id);
        for own in proficiencies {
            let mut params = vec![Value::from(&row.instance_id), Value::from(&row.id), Value::from(&own.slot)];
            params.push(Value::Int(own.level));
            params.extend(of_agent(row));
            self.one(&INSERT, params, Conflict::AgentMoved).place(Place::Agent);
        }
    }

    /// Changes what the proficiencies of an agent repeat of its row, which the batch updates before.
    pub fn move_agent_proficiencies(&mut self, row: &AgentRow) {
        let mut params = vec![Value::from(&row.instance_id), Value::from(&row.id)];
        params.extend(of_agent(row));
        self.any(&MOVE, params).place(Place::Agent);
    }

    /// Removes the proficiencies of an agent.
    pub fn delete_agent_proficiencies(&mut self, instance_id: &str, id: &str) {
        self.any(&DELETE, vec![Value::from(instance_id), Value::from(id)]).place(Place::Agent);
    }
}

fn of_agent(row: &AgentRow) -> [Value; 4] {
    [Value::from(&row.routing_profile_id), Value::Int(row.used), Value::from(row.idle_ms), Value::from(row.inbound_ms)]
}
