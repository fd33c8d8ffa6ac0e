//! What there is, counted for gauges: tasks by state, agents by status. Read from indexes alone, shard by shard, so that no
//! read takes long; what is over is not looked at.

use std::collections::BTreeMap;

use crate::db::Row;
use crate::shard::SHARDS;
use crate::sql::{Param, Sql};
use crate::{Error, Store};

/// The tasks of the store that are not over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactCounts {
    /// How many there are of each state. A state without any is left out.
    pub by_state: BTreeMap<String, i64>,
    /// How many should have been looked at before the moment that was asked for.
    pub overdue: i64,
}

/// The states that a task with a time to be looked at can have, in the order of the columns below.
const STATES: [&str; 8] = ["SCHEDULED", "IN_FLOW", "QUEUED", "OFFERED", "CONNECTED", "PAUSED", "WRAP_UP", "ACW"];

macro_rules! count_of {
    ($column:literal: $($word:literal)*) => {
        concat!($("count(case when ", $column, " = '", $word, "' then 1 end), "),*)
    };
}

static DUE: Sql = Sql::new(
    "contact",
    concat!(
        "select ",
        count_of!("state": "SCHEDULED" "IN_FLOW" "QUEUED" "OFFERED" "CONNECTED" "PAUSED" "WRAP_UP" "ACW"),
        "count(case when due_ms < $2 then 1 end) from contact where shard = $1 and due_ms is not null"
    ),
);

/// What nobody has to look at: after-contact work without limit.
static UNDUE: Sql = Sql::new(
    "contact",
    "select state, count(*) from contact where shard = $1 and due_ms is null and state <> 'COMPLETED' group by state",
);

/// The types of a status, in the order of the columns below.
const STATUS_TYPES: [&str; 3] = ["ROUTABLE", "CUSTOM", "OFFLINE"];

static AGENTS: Sql = Sql::new(
    "agent",
    concat!(
        "select ",
        count_of!("status_type": "ROUTABLE" "CUSTOM" "OFFLINE"),
        "count(*) from agent where present = 1"
    ),
);

/// Every statement above, for the test that looks at their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&DUE, &UNDUE, &AGENTS];

impl Store {
    /// The tasks that are not over, and how many of them were due before `late_ms` (epoch milliseconds), over all instances. The
    /// cost grows with their number, so this is for now and then.
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn contact_counts(&self, late_ms: i64) -> Result<ContactCounts, Error> {
        let mut counts = ContactCounts::default();
        for shard in 0..SHARDS {
            let read = |row: &Row<'_>| (0..=STATES.len()).map(|column| row.int(column)).collect();
            let due: Option<Vec<i64>> = self.db().one(&DUE, &[Param::Int(shard), Param::Int(late_ms)], read).await?;
            let due = due.unwrap_or_default();
            let undue = self.db().all(&UNDUE, &[Param::Int(shard)], |row| Ok((row.text(0)?, row.int(1)?))).await?;
            counts.overdue += due.get(STATES.len()).copied().unwrap_or(0);
            let due = STATES.iter().map(|state| (*state).to_owned()).zip(due);
            for (state, n) in due.chain(undue).filter(|(_, n)| *n > 0) {
                *counts.by_state.entry(state).or_default() += n;
            }
            // SQLite is read on the caller's thread, which others want too.
            tokio::task::yield_now().await;
        }
        Ok(counts)
    }

    /// How many agents there are of each type of status, over all instances: those who are not offline, and those who are but
    /// have an entry.
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn agent_counts(&self) -> Result<BTreeMap<&'static str, i64>, Error> {
        let read = |row: &Row<'_>| (0..STATUS_TYPES.len()).map(|column| row.int(column)).collect();
        let counts: Option<Vec<i64>> = self.db().one(&AGENTS, &[], read).await?;
        Ok(STATUS_TYPES.into_iter().zip(counts.unwrap_or_default()).filter(|(_, n)| *n > 0).collect())
    }
}
