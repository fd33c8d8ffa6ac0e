//! Facts about the store itself: the schema's version, decisions of the first start.

use crate::batch::Batch;
use crate::sql::{Param, Sql, Value};
use crate::{Conflict, Error, Store};

static GET: Sql = Sql::new("meta", "select value from meta where key = $1");

static PUT_NEW: Sql = Sql::new("meta", "insert into meta (key, value) values ($1, $2) on conflict (key) do nothing");

static REPLACE: Sql = Sql::new("meta", "update meta set value = $2 where key = $1 and value = $3");

/// A write that changes nothing, to check whether writing is possible.
static TOUCH: Sql = Sql::new("meta", "update meta set value = value where key = $1");

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&GET, &PUT_NEW, &REPLACE, &TOUCH];

impl Store {
    /// The value of a key.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn meta(&self, key: &str) -> Result<Option<String>, Error> {
        self.db().one(&GET, &[Param::Text(key)], |row| row.text(0)).await
    }
}

impl Batch {
    /// Sets a key that has no value yet: of several processes at their first start, one wins.
    /// Fails with [`Conflict::MetaTaken`].
    pub fn put_new_meta(&mut self, key: &str, value: &str) {
        self.one(&PUT_NEW, vec![Value::from(key), Value::from(value)], Conflict::MetaTaken { key: key.to_owned() });
    }

    /// Replaces the value of a key, which must be `old`. Fails with [`Conflict::Moved`] when it is not.
    pub fn replace_meta(&mut self, key: &str, old: &str, new: &str) {
        self.one(&REPLACE, vec![Value::from(key), Value::from(new), Value::from(old)], Conflict::Moved);
    }

    /// Writes a row as it is, which shows whether the database can be written.
    pub(crate) fn touch_meta(&mut self) {
        self.any(&TOUCH, vec![Value::from("schema_version")]);
    }
}
