//! Versions of flows and flow modules: numbered, never changed, each with its document (flows 1.9). An owner is a flow
//! or a module; its row's revision is the condition of every change here, so that changes of versions and aliases of
//! one flow are serialized.

use crate::batch::Batch;
use crate::flow::{FlowVersionRow, hex, unhex};
use crate::sql::{Param, Sql, Value};
use crate::{Conflict, Error, Page, PageKey, Store};

macro_rules! columns {
    () => {
        "number, description, contract, sha256, created_ms"
    };
}

static GET: Sql = Sql::new(
    "flow_version",
    concat!("select ", columns!(), " from flow_version where instance_id = $1 and owner_id = $2 and number = $3"),
);

static PAGE: Sql = Sql::new(
    "flow_version",
    concat!(
        "select ",
        columns!(),
        " from flow_version where instance_id = $1 and owner_id = $2 and number > $3 order by number limit $4"
    ),
);

static INSERT: Sql = Sql::new(
    "flow_version",
    "insert into flow_version (instance_id, owner_id, number, description, contract, sha256, created_ms) \
     values ($1, $2, $3, $4, $5, $6, $7)",
);

static DELETE: Sql =
    Sql::new("flow_version", "delete from flow_version where instance_id = $1 and owner_id = $2 and number = $3");

static DELETE_ALL: Sql = Sql::new("flow_version", "delete from flow_version where instance_id = $1 and owner_id = $2");

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&GET, &PAGE, &INSERT, &DELETE, &DELETE_ALL];

impl Store {
    /// A version of a flow or module.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn flow_version(
        &self,
        instance_id: &str,
        owner_id: &str,
        number: i64,
    ) -> Result<Option<FlowVersionRow>, Error> {
        let params = [Param::Text(instance_id), Param::Text(owner_id), Param::Int(number)];
        self.db().one(&GET, &params, read).await
    }

    /// A page of at most `limit` versions, the lowest number first, after `after`: its `created_ms` holds the number.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn flow_version_page(
        &self,
        instance_id: &str,
        owner_id: &str,
        after: Option<&PageKey>,
        limit: usize,
    ) -> Result<Page<FlowVersionRow>, Error> {
        let (number, _) = PageKey::start_of(after);
        let params = [Param::Text(instance_id), Param::Text(owner_id), Param::Int(number), Page::<()>::one_more(limit)];
        let rows = self.db().all(&PAGE, &params, read).await?;
        Ok(Page::cut(rows, limit, |row| PageKey { created_ms: row.number, id: String::new() }))
    }
}

impl Batch {
    /// Inserts a version of a document that was published, see [`Store::flow_document`]. Conditions belong to the owner's
    /// row. Fails with [`Conflict::Exists`], also for a hash that is none.
    pub fn insert_flow_version(&mut self, instance_id: &str, owner_id: &str, version: &FlowVersionRow) {
        let mut params = key(instance_id, owner_id, version.number);
        params.extend([
            Value::from(version.description.as_ref()),
            Value::from(&version.contract),
            unhex(&version.sha256_hex).map_or(Value::Null, |hash| Value::from(&hash[..])),
            Value::Int(version.created_ms),
        ]);
        self.one(&INSERT, params, Conflict::Exists).taken(Conflict::Exists);
    }

    /// Deletes a version; its document stays. Fails with [`Conflict::Moved`] when it is not there.
    pub fn delete_flow_version(&mut self, instance_id: &str, owner_id: &str, number: i64) {
        self.one(&DELETE, key(instance_id, owner_id, number), Conflict::Moved);
    }

    /// Deletes all versions of a flow or module.
    pub fn delete_flow_versions(&mut self, instance_id: &str, owner_id: &str) {
        self.any(&DELETE_ALL, vec![Value::from(instance_id), Value::from(owner_id)]);
    }
}

fn key(instance_id: &str, owner_id: &str, number: i64) -> Vec<Value> {
    vec![Value::from(instance_id), Value::from(owner_id), Value::Int(number)]
}

fn read(row: &crate::db::Row<'_>) -> Result<FlowVersionRow, crate::sql::BadColumn> {
    Ok(FlowVersionRow {
        number: row.int(0)?,
        description: row.opt_text(1)?,
        contract: row.text(2)?,
        sha256_hex: hex(&row.blob(3)?),
        created_ms: row.int(4)?,
    })
}
