//! Aliases of flows and flow modules: names for versions (flows 1.10). An owner is a flow or a module; its row's revision is
//! the condition of every change here, see `flow_version`.

use crate::batch::Batch;
use crate::db::Row;
use crate::sql::{BadColumn, Param, Sql, Value};
use crate::{Conflict, Error, Page, PageKey, Store};

/// An alias. The caller knows its owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlowAliasRow {
    /// Its id.
    pub id: String,
    /// Its name, unique within its owner.
    pub name: String,
    /// The caller's description.
    pub description: Option<String>,
    /// The version it points to.
    pub version: i64,
    /// When it was created, epoch milliseconds.
    pub created_ms: i64,
    /// When it was last changed, epoch milliseconds.
    pub modified_ms: i64,
}

macro_rules! columns {
    () => {
        "id, name, description, version, created_ms, modified_ms"
    };
}

static GET: Sql = Sql::new(
    "flow_alias",
    concat!("select ", columns!(), " from flow_alias where instance_id = $1 and owner_id = $2 and id = $3"),
);

static PAGE: Sql = Sql::new(
    "flow_alias",
    concat!(
        "select ",
        columns!(),
        " from flow_alias where instance_id = $1 and owner_id = $2 and (created_ms, id) > ($3, $4) \
         order by created_ms, id limit $5"
    ),
);

static OF_VERSION: Sql = Sql::new(
    "flow_alias",
    concat!(
        "select ",
        columns!(),
        " from flow_alias where instance_id = $1 and owner_id = $2 and version = $3 limit 1"
    ),
);

static INSERT: Sql = Sql::new(
    "flow_alias",
    "insert into flow_alias (instance_id, owner_id, id, name, description, version, created_ms, modified_ms) \
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (instance_id, owner_id, name) do nothing",
);

static UPDATE: Sql = Sql::new(
    "flow_alias",
    "update flow_alias set name = $4, description = $5, version = $6, modified_ms = $7 \
     where instance_id = $1 and owner_id = $2 and id = $3",
);

static DELETE: Sql =
    Sql::new("flow_alias", "delete from flow_alias where instance_id = $1 and owner_id = $2 and id = $3");

static DELETE_ALL: Sql = Sql::new("flow_alias", "delete from flow_alias where instance_id = $1 and owner_id = $2");

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&GET, &PAGE, &OF_VERSION, &INSERT, &UPDATE, &DELETE, &DELETE_ALL];

impl Store {
    /// An alias of a flow or module.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn flow_alias(&self, instance_id: &str, owner_id: &str, id: &str) -> Result<Option<FlowAliasRow>, Error> {
        self.db().one(&GET, &[Param::Text(instance_id), Param::Text(owner_id), Param::Text(id)], read).await
    }

    /// One of the aliases that point to a version, if there is any.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn flow_alias_of_version(
        &self,
        instance_id: &str,
        owner_id: &str,
        version: i64,
    ) -> Result<Option<FlowAliasRow>, Error> {
        self.db().one(&OF_VERSION, &[Param::Text(instance_id), Param::Text(owner_id), Param::Int(version)], read).await
    }

    /// A page of at most `limit` aliases by creation time, then id, after `after`.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn flow_alias_page(
        &self,
        instance_id: &str,
        owner_id: &str,
        after: Option<&PageKey>,
        limit: usize,
    ) -> Result<Page<FlowAliasRow>, Error> {
        let (ms, id) = PageKey::start_of(after);
        let owner = (Param::Text(instance_id), Param::Text(owner_id));
        let params = [owner.0, owner.1, Param::Int(ms), Param::Text(id), Page::<()>::one_more(limit)];
        let rows = self.db().all(&PAGE, &params, read).await?;
        Ok(Page::cut(rows, limit, |row| PageKey { created_ms: row.created_ms, id: row.id.clone() }))
    }
}

impl Batch {
    /// Inserts an alias. That its version exists is a condition of the owner's row.
    /// Fails with [`Conflict::NameTaken`] or [`Conflict::Exists`].
    pub fn insert_flow_alias(&mut self, instance_id: &str, owner_id: &str, alias: &FlowAliasRow) {
        let mut params = key(instance_id, owner_id, &alias.id);
        params.extend([
            Value::from(&alias.name),
            Value::from(alias.description.as_ref()),
            Value::Int(alias.version),
            Value::Int(alias.created_ms),
            Value::Int(alias.modified_ms),
        ]);
        self.one(&INSERT, params, Conflict::NameTaken).taken(Conflict::Exists);
    }

    /// Replaces name, description, version and modification time of an alias.
    /// Fails with [`Conflict::Moved`] when it is not there, and with [`Conflict::NameTaken`].
    pub fn update_flow_alias(&mut self, instance_id: &str, owner_id: &str, alias: &FlowAliasRow) {
        let mut params = key(instance_id, owner_id, &alias.id);
        params.extend([
            Value::from(&alias.name),
            Value::from(alias.description.as_ref()),
            Value::Int(alias.version),
            Value::Int(alias.modified_ms),
        ]);
        self.one(&UPDATE, params, Conflict::Moved).taken(Conflict::NameTaken);
    }

    /// Deletes an alias; its version stays. Fails with [`Conflict::Moved`] when it is not there.
    pub fn delete_flow_alias(&mut self, instance_id: &str, owner_id: &str, id: &str) {
        self.one(&DELETE, key(instance_id, owner_id, id), Conflict::Moved);
    }

    /// Deletes all aliases of a flow or module.
    pub fn delete_flow_aliases(&mut self, instance_id: &str, owner_id: &str) {
        self.any(&DELETE_ALL, vec![Value::from(instance_id), Value::from(owner_id)]);
    }
}

fn key(instance_id: &str, owner_id: &str, id: &str) -> Vec<Value> {
    vec![Value::from(instance_id), Value::from(owner_id), Value::from(id)]
}

fn read(row: &Row<'_>) -> Result<FlowAliasRow, BadColumn> {
    Ok(FlowAliasRow {
        id: row.text(0)?,
        name: row.text(1)?,
        description: row.opt_text(2)?,
        version: row.int(3)?,
        created_ms: row.int(4)?,
        modified_ms: row.int(5)?,
    })
}
