//! Instances.

use std::sync::Arc;

use crate::batch::Batch;
use crate::cache::Invalidation;
use crate::db::Row;
use crate::sql::{BadColumn, Param, Sql, Value};
use crate::{Conflict, Error, Page, PageKey, Store};

/// An instance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstanceRow {
    /// Its id.
    pub id: String,
    /// Its alias, unique when given.
    pub alias: Option<String>,
    /// `ACTIVE`, or another status of the API.
    pub status: String,
    /// When it was created, epoch milliseconds.
    pub created_ms: i64,
    /// Everything else, a JSON object.
    pub body: String,
    /// JSON object of tags, or empty when there are none.
    pub tags: String,
    /// Counts changes of the tags.
    pub tags_rev: i64,
    /// Counts changes of the rest.
    pub rev: i64,
}

macro_rules! columns {
    () => {
        "id, alias, status, created_ms, body, tags, tags_rev, rev"
    };
}

static GET: Sql = Sql::new("instance", concat!("select ", columns!(), " from instance where id = $1"));

static BY_ALIAS: Sql = Sql::new("instance", concat!("select ", columns!(), " from instance where alias = $1"));

static PAGE: Sql = Sql::new(
    "instance",
    concat!("select ", columns!(), " from instance where (created_ms, id) > ($1, $2) order by created_ms, id limit $3"),
);

static REQUIRE: Sql = Sql::locking("instance", "select 1 from instance where id = $1", "for key share");

static INSERT: Sql = Sql::new(
    "instance",
    "insert into instance (id, alias, status, created_ms, body, tags, tags_rev, rev) \
     values ($1, $2, $3, $4, $5, $6, 0, 0) on conflict (alias) do nothing",
);

static SET_TAGS: Sql =
    Sql::new("instance", "update instance set tags = $3, tags_rev = tags_rev + 1 where id = $1 and tags_rev = $2");

static UPDATE: Sql = Sql::new(
    "instance",
    "update instance set alias = $3, status = $4, body = $5, rev = rev + 1 where id = $1 and rev = $2",
);

static DELETE: Sql = Sql::new("instance", "delete from instance where id = $1");

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&GET, &BY_ALIAS, &PAGE, &REQUIRE, &INSERT, &SET_TAGS, &UPDATE, &DELETE];

impl Store {
    /// An instance.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn instance(&self, id: &str) -> Result<Option<Arc<InstanceRow>>, Error> {
        let cache = &self.caches().instances;
        let ticket = match cache.get("", id) {
            Ok(row) => return Ok(Some(row)),
            Err(ticket) => ticket,
        };
        let found = self.db().one(&GET, &[Param::Text(id)], read).await?.map(Arc::new);
        if let Some(row) = &found {
            cache.fill(ticket, "", id, row, row.bytes());
        }
        Ok(found)
    }

    /// True when the instance exists.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn instance_exists(&self, id: &str) -> Result<bool, Error> {
        Ok(self.instance(id).await?.is_some())
    }

    /// The instance with this alias.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn instance_by_alias(&self, alias: &str) -> Result<Option<InstanceRow>, Error> {
        self.db().one(&BY_ALIAS, &[Param::Text(alias)], read).await
    }

    /// A page of at most `limit` instances by creation time, then id, after `after`.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn instance_page(&self, after: Option<&PageKey>, limit: usize) -> Result<Page<InstanceRow>, Error> {
        let (ms, id) = PageKey::start_of(after);
        let rows = self.db().all(&PAGE, &[Param::Int(ms), Param::Text(id), Page::<()>::one_more(limit)], read).await?;
        Ok(Page::cut(rows, limit, |row| PageKey { created_ms: row.created_ms, id: row.id.clone() }))
    }
}

impl Batch {
    /// Requires that the instance exists, and on PostgreSQL keeps it from being deleted until the batch is committed.
    /// Inserting a task template or a resource does this by itself. Fails with [`Conflict::InstanceGone`].
    pub fn require_instance(&mut self, id: &str) {
        self.one(&REQUIRE, vec![Value::from(id)], Conflict::InstanceGone);
    }

    /// Inserts an instance; `tags_rev` and `rev` start at 0. Add its contents to the same batch.
    /// Fails with [`Conflict::NameTaken`] or [`Conflict::Exists`] (when id and alias are both taken, with either).
    pub fn insert_instance(&mut self, row: &InstanceRow) {
        self.one(
            &INSERT,
            vec![
                Value::from(&row.id),
                Value::from(row.alias.as_ref()),
                Value::from(&row.status),
                Value::Int(row.created_ms),
                Value::from(&row.body),
                Value::from(&row.tags),
            ],
            Conflict::NameTaken,
        )
        .taken(Conflict::Exists);
    }

    /// Replaces alias, status and body of the instance that is still at `row.rev`; tags and times stay.
    /// Fails with [`Conflict::Moved`] or [`Conflict::NameTaken`].
    pub fn update_instance(&mut self, row: &InstanceRow) {
        self.one(
            &UPDATE,
            vec![
                Value::from(&row.id),
                Value::Int(row.rev),
                Value::from(row.alias.as_ref()),
                Value::from(&row.status),
                Value::from(&row.body),
            ],
            Conflict::Moved,
        )
        .taken(Conflict::NameTaken);
        self.invalidate(Invalidation::Instance { id: row.id.clone() });
    }

    /// Replaces the tags (a JSON object, or empty for none). Fails with [`Conflict::TagsMoved`].
    pub fn set_instance_tags(&mut self, id: &str, expected_rev: i64, tags: &str) {
        let params = vec![Value::from(id), Value::Int(expected_rev), Value::from(tags)];
        self.one(&SET_TAGS, params, Conflict::TagsMoved);
        self.invalidate(Invalidation::Instance { id: id.to_owned() });
    }

    /// Deletes an instance; everything in it is inaccessible at once, and removed by [`Store::purge_step`]. Fails with
    /// [`Conflict::InstanceGone`].
    pub fn delete_instance(&mut self, id: &str) {
        self.one(&DELETE, vec![Value::from(id)], Conflict::InstanceGone);
        self.purge_instance(id);
        self.invalidate(Invalidation::InstanceGone { id: id.to_owned() });
    }
}

impl InstanceRow {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.body.len() + self.tags.len() + self.alias.as_ref().map_or(0, String::len) + 64
    }
}

fn read(row: &Row<'_>) -> Result<InstanceRow, BadColumn> {
    Ok(InstanceRow {
        id: row.text(0)?,
        alias: row.opt_text(1)?,
        status: row.text(2)?,
        created_ms: row.int(3)?,
        body: row.text(4)?,
        tags: row.text(5)?,
        tags_rev: row.int(6)?,
        rev: row.int(7)?,
    })
}
