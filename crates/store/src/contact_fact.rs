//! What metrics ask of contacts that have ended, a narrow row each, in the order of their ends (administration 5.3.1). The body is
//! opaque here.

use crate::batch::{Batch, Place};
use crate::db::Row;
use crate::sql::{BadColumn, Param, Sql, Value};
use crate::{Conflict, Error, Page, Store};

/// What metrics ask of one contact that has ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactFactRow {
    /// The instance it belongs to.
    pub instance_id: String,
    /// When the contact ended, epoch milliseconds. It never changes.
    pub ended_ms: i64,
    /// The contact.
    pub contact_id: String,
    /// All of it, a JSON object.
    pub body: String,
}

/// Where a page of facts ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactKey {
    /// When the last contact of the page ended, epoch milliseconds.
    pub ended_ms: i64,
    /// Its id.
    pub contact_id: String,
}

static RANGE: Sql = Sql::new(
    "contact_fact",
    "select ended_ms, contact_id, body from contact_fact \
     where instance_id = $1 and (ended_ms, contact_id) > ($2, $3) and ended_ms < $4 \
     order by ended_ms, contact_id limit $5",
);

/// The key's first two texts come first, by which changes are ordered.
static PUT: Sql = Sql::new(
    "contact_fact",
    "insert into contact_fact (instance_id, contact_id, ended_ms, body) values ($1, $2, $3, $4) \
     on conflict (instance_id, ended_ms, contact_id) do update set body = excluded.body",
);

/// The place of an old fact, so many behind the oldest.
static OLD: Sql = Sql::new(
    "contact_fact",
    "select ended_ms, contact_id from contact_fact where instance_id = $1 and ended_ms < $2 \
     order by ended_ms, contact_id limit 1 offset $3",
);

static DELETE_OLD: Sql =
    Sql::new("contact_fact", "delete from contact_fact where instance_id = $1 and (ended_ms, contact_id) < ($2, $3)");

/// What a deleted instance leaves, a chunk; see `purge`.
pub(crate) static OF_INSTANCE: Sql = Sql::new(
    "contact_fact",
    "delete from contact_fact where (instance_id, ended_ms, contact_id) in \
     (select instance_id, ended_ms, contact_id from contact_fact where instance_id = $1 limit $2)",
);

/// Every statement above, for the test that looks at their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&RANGE, &PUT, &OLD, &DELETE_OLD, &OF_INSTANCE];

impl Store {
    /// At most `limit` facts of contacts that ended at `start_ms` or later and before `end_ms` (epoch milliseconds), by end and
    /// contact, behind `after`. A page that is not full is the last.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn contact_facts(
        &self,
        instance_id: &str,
        start_ms: i64,
        end_ms: i64,
        after: Option<&FactKey>,
        limit: usize,
    ) -> Result<Vec<ContactFactRow>, Error> {
        let (ended_ms, contact_id) = after.map_or((start_ms, ""), |after| (after.ended_ms, after.contact_id.as_str()));
        let params = [
            Param::Text(instance_id),
            Param::Int(ended_ms),
            Param::Text(contact_id),
            Param::Int(end_ms),
            Page::<()>::limit(limit),
        ];
        let read = |row: &Row<'_>| read(instance_id, row);
        self.db().all(&RANGE, &params, read).await
    }

    /// Removes at most `rows_max` facts of an instance whose contacts ended before `before_ms` (epoch milliseconds), the oldest
    /// first. Returns how many.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn delete_contact_facts(&self, instance_id: &str, before_ms: i64, rows_max: usize) -> Result<u64, Error> {
        let old = async |offset: usize| {
            let params = [Param::Text(instance_id), Param::Int(before_ms), Page::<()>::limit(offset)];
            self.db().one(&OLD, &params, |row| Ok((row.int(0)?, row.text(1)?))).await
        };
        // Most often there is nothing to do, and a read costs no commit.
        if old(0).await?.is_none() {
            return Ok(0);
        }
        let (ended_ms, contact_id) = old(rows_max).await?.unwrap_or((before_ms, String::new()));
        let mut batch = Batch::new();
        batch.any(&DELETE_OLD, vec![Value::from(instance_id), Value::Int(ended_ms), Value::from(contact_id)]);
        Ok(self.commit_unconditional(batch).await?.iter().sum())
    }
}

impl Batch {
    /// Writes what metrics ask of a contact that has ended, in the place of what was written of it before.
    pub fn put_contact_fact(&mut self, row: &ContactFactRow) {
        let params = vec![
            Value::from(&row.instance_id),
            Value::from(&row.contact_id),
            Value::Int(row.ended_ms),
            Value::from(&row.body),
        ];
        self.one(&PUT, params, Conflict::Moved).place(Place::Ledger);
    }
}

fn read(instance_id: &str, row: &Row<'_>) -> Result<ContactFactRow, BadColumn> {
    Ok(ContactFactRow {
        instance_id: instance_id.to_owned(),
        ended_ms: row.int(0)?,
        contact_id: row.text(1)?,
        body: row.text(2)?,
    })
}
