//! Facts about the store itself: the schema's version, decisions of the first start.

use crate::batch::Batch;
use crate::sql::{Param, Sql, Value};
use crate::{Conflict, Error, Store};

static GET: Sql = Sql::new("meta", "select value from meta where key = $1");

static PUT_NEW: Sql = Sql::new("meta", "insert into meta (key, value) values ($1, $2) on conflict (key) do nothing");

static REPLACE: Sql = Sql::new("meta", "update meta set value = $2 where key = $1 and value = $3");

/// A write that takes as much space as a large request, to check whether writing is possible. A row that is written as it is
/// would take none.
static TRY: Sql = Sql::new(
    "meta",
    "insert into meta (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value",
);

static UNTRY: Sql = Sql::new("meta", "delete from meta where key = $1");

/// The key of the trial, while it lasts.
const TRIAL: &str = "trial";

/// Characters of the trial, none of which the database can save by compression.
const TRIAL_CHARS: usize = 64 * 1024;

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&GET, &PUT_NEW, &REPLACE, &TRY, &UNTRY];

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

    /// Writes a large row, which shows whether the database can be written and has space.
    pub(crate) fn put_trial(&mut self) {
        self.any(&TRY, vec![Value::from(TRIAL), Value::from(noise(TRIAL_CHARS))]);
    }

    /// Removes it.
    pub(crate) fn remove_trial(&mut self) {
        self.any(&UNTRY, vec![Value::from(TRIAL)]);
    }
}

/// Letters and digits without a pattern, always the same.
fn noise(chars: usize) -> String {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let next = |_| {
        // xorshift64
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from_digit((state >> 58) as u32 % 36, 36).unwrap_or('0')
    };
    (0..chars).map(next).collect()
}
