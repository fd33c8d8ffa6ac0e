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

/// What the counter of something deleted stands at, plus the time of that in epoch milliseconds: above every bound, with room for
/// what is counted without one.
const CLOSED: i64 = 1 << 62;

static CLOSE: Sql = Sql::new(
    "counter",
    "insert into counter (instance_id, name, n) values ($1, $2, $3) \
     on conflict (instance_id, name) do update set n = excluded.n where counter.n = 0",
);

static FORGET_CLOSED: Sql = Sql::new(
    "counter",
    "delete from counter where instance_id = $1 and name >= $2 and name < $3 and n >= $4 and n < $5",
);

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&GET, &ADD, &SUBTRACT, &CLOSE, &FORGET_CLOSED];

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
    /// it is empty, at the time `now_ms` (epoch ms). Fails with [`Conflict::InUse`].
    pub fn close_counter(&mut self, instance_id: &str, name: &str, now_ms: i64) {
        let params = vec![Value::from(instance_id), Value::from(name), Value::Int(CLOSED.saturating_add(now_ms))];
        self.one(&CLOSE, params, Conflict::InUse);
    }

    /// Removes the counters of an instance that were closed before `before_ms` (epoch ms) and whose names begin with `prefix`, which
    /// ends in `/`.
    pub fn forget_closed_counters(&mut self, instance_id: &str, prefix: &str, before_ms: i64) {
        let end = prefix.strip_suffix('/').map_or_else(|| prefix.to_owned(), |stem| format!("{stem}0"));
        let params = vec![
            Value::from(instance_id),
            Value::from(prefix),
            Value::from(end.as_str()),
            Value::Int(CLOSED),
            Value::Int(CLOSED.saturating_add(before_ms)),
        ];
        self.any(&FORGET_CLOSED, params);
    }

    /// Subtracts from a counter. One that holds less was not kept with what it counts: the batch then fails with
    /// [`Error::Broken`] that names the counter.
    pub fn subtract_from_counter(&mut self, instance_id: &str, name: &str, n: i64) {
        let params = vec![Value::from(instance_id), Value::from(name), Value::Int(n)];
        let short = Conflict::CounterShort { id: format!("{instance_id}/{name}") };
        self.one(&SUBTRACT, params, short).place(Place::Counter);
    }
}
