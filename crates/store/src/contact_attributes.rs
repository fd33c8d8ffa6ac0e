//! Attributes of chains of contacts, with a revision of their own (tasks 2.4.1). A chain without any has no row.

use crate::batch::Batch;
use crate::db::Row;
use crate::sql::{Param, Sql, Value};
use crate::{Conflict, Error, Store};

/// The attributes of a chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributesRow {
    /// Counts changes.
    pub rev: i64,
    /// A JSON object.
    pub body: String,
}

/// Chains looked up by one statement: more than a batch of a search has.
const CHAINS_MAX: usize = 256;

static GET: Sql =
    Sql::new("contact_attributes", "select rev, body from contact_attributes where instance_id = $1 and chain_id = $2");

static SOME: Sql = Sql::per_engine(
    "contact_attributes",
    "select chain_id, rev, body from contact_attributes where instance_id = $1 and chain_id in \
     (select value from json_each($2))",
    // An array is looked up in the index; of a set of rows, PostgreSQL would only guess the number.
    "select chain_id, rev, body from contact_attributes where instance_id = $1 and chain_id = any \
     (array(select jsonb_array_elements_text(cast(cast($2 as text) as jsonb))))",
);

static INSERT: Sql = Sql::new(
    "contact_attributes",
    "insert into contact_attributes (instance_id, chain_id, rev, body) values ($1, $2, 0, $3) \
     on conflict (instance_id, chain_id) do nothing",
);

static UPDATE: Sql = Sql::new(
    "contact_attributes",
    "update contact_attributes set rev = rev + 1, body = $4 where instance_id = $1 and chain_id = $2 and rev = $3",
);

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&GET, &SOME, &INSERT, &UPDATE];

impl Store {
    /// The attributes of a chain; `None` when it never had any.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn contact_attributes(&self, instance_id: &str, chain_id: &str) -> Result<Option<AttributesRow>, Error> {
        let read = |row: &Row<'_>| Ok(AttributesRow { rev: row.int(0)?, body: row.text(1)? });
        self.db().one(&GET, &[Param::Text(instance_id), Param::Text(chain_id)], read).await
    }

    /// The attributes of several chains, each with its chain's id, in no particular order; chains without any are left out.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn attributes_of_chains(
        &self,
        instance_id: &str,
        chain_ids: &[&str],
    ) -> Result<Vec<(String, AttributesRow)>, Error> {
        let mut ids = chain_ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let read = |row: &Row<'_>| Ok((row.text(0)?, AttributesRow { rev: row.int(1)?, body: row.text(2)? }));
        let mut found = Vec::new();
        for chunk in ids.chunks(CHAINS_MAX) {
            let listed = serde_json::Value::from(chunk.to_vec()).to_string();
            found.extend(self.db().all(&SOME, &[Param::Text(instance_id), Param::Text(&listed)], read).await?);
        }
        Ok(found)
    }
}

impl Batch {
    /// Gives a chain its first attributes, at `rev` 0; the contact that brings them is in the same batch, before.
    /// Fails with [`Conflict::AttributesMoved`].
    pub fn insert_contact_attributes(&mut self, instance_id: &str, chain_id: &str, body: &str) {
        let params = vec![Value::from(instance_id), Value::from(chain_id), Value::from(body)];
        self.one(&INSERT, params, Conflict::AttributesMoved);
    }

    /// Replaces the attributes of a chain that are still at `expected_rev`. Fails with [`Conflict::AttributesMoved`].
    pub fn update_contact_attributes(&mut self, instance_id: &str, chain_id: &str, expected_rev: i64, body: &str) {
        let params = vec![Value::from(instance_id), Value::from(chain_id), Value::Int(expected_rev), Value::from(body)];
        self.one(&UPDATE, params, Conflict::AttributesMoved);
    }
}
