//! Counters for quotas, changed in the same commit as what they count, so they are always exact (task-templates 2.7.4).
//! Counters over all instances have the empty instance id.

use crate::batch::{Batch, Place};
use crate::sql::{Param, Sql, Value};
use crate::{Conflict, Error, Store};

static GET: Sql = Sql::new("counter", "select n from counter where instance_id = $1 and name = $2");

static ADD: Sql = Sql::new(
    "counter",
    "insert into counter (instance_id, name, n) \
     select cast($1 as text), cast($2 as text), cast($3 as bigint) where cast($3 as bigint) <= $4 \
     on conflict (instance_id, name) do update set n = counter.n + excluded.n where counter.n + excluded.n <= $4",
);

static SUBTRACT: Sql =
    Sql::new("counter", "update counter set n = n - $3 where instance_id = $1 and name = $2 and n >= $3");

/// What the counter of something deleted stands at: above every bound, with room for what is counted without one.
const CLOSED: i64 = 1 << 62;

static CLOSE: Sql = Sql::new(
    "counter",
    "insert into counter (instance_id, name, n) values ($1, $2, $3) \
     on conflict (instance_id, name) do update set n = excluded.n where counter.n = 0",
);

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&GET, &ADD, &SUBTRACT, &CLOSE];

impl Store {
    /// A counter's value; 0 when nothing was ever counted.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn counter(&self, instance_id: &str, name: &str) -> Result<i64, Error> {
        let found = self.db().one(&GET, &[Param::Text(instance_id), Param::Text(name)], |row| row.int(0)).await?;
        Ok(found.unwrap_or(0))
    }
}

impl Batch {
    /// Adds to a counter, if it stays within its bound (`None`: no bound, but still counted). Fails with
    /// [`Conflict::CounterFull`].
    pub fn add_to_counter(&mut self, instance_id: &str, name: &str, n: i64, bound: Option<i64>) {
        let params =
            vec![Value::from(instance_id), Value::from(name), Value::Int(n), Value::Int(bound.unwrap_or(i64::MAX))];
        self.one(&ADD, params, Conflict::CounterFull { name: name.to_owned() }).place(Place::Counter);
    }

    /// Requires that nothing is counted, and lets nothing be counted any more below a bound (at most 2^61): for what is deleted when
    /// it is empty. Fails with [`Conflict::InUse`].
    pub fn close_counter(&mut self, instance_id: &str, name: &str) {
        let params = vec![Value::from(instance_id), Value::from(name), Value::Int(CLOSED)];
        self.one(&CLOSE, params, Conflict::InUse);
    }

    /// Subtracts from a counter. One that holds less was not kept with what it counts: the batch then fails with
    /// [`Error::Broken`] that names the counter.
    pub fn subtract_from_counter(&mut self, instance_id: &str, name: &str, n: i64) {
        let params = vec![Value::from(instance_id), Value::from(name), Value::Int(n)];
        let short = Conflict::CounterShort { id: format!("{instance_id}/{name}") };
        self.one(&SUBTRACT, params, short).place(Place::Counter);
    }
}
