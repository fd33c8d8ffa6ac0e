//! Versions of templates that tasks pin: they outlive the template (task-templates 3.5, 3.6).
//!
//! A deletion notes the template here, and saves its current version among the others. Its purge (see `purge`) spares
//! versions that a stored contact pins.

use std::sync::Arc;

use crate::batch::Batch;
use crate::db::Row;
use crate::sql::{Param, Sql, Value};
use crate::task_template::{Version, VersionBody};
use crate::{Conflict, Error, Store};

static VERSION_OF_DELETED: Sql = Sql::new(
    "task_template_version",
    "select v.version, v.name, v.status, v.modified_ms, v.body \
     from task_template_deleted d join task_template_version v \
       on v.instance_id = d.instance_id and v.created_ms = d.created_ms and v.template_id = d.template_id \
       and v.version = $3 \
     where d.instance_id = $1 and d.template_id = $2 and exists (select 1 from instance i where i.id = $1) \
       and exists (select 1 from contact c where c.instance_id = $1 and c.template_id = $2 \
                   and c.template_version = $3 and c.template_id is not null)",
);

static NOTE_DELETED: Sql = Sql::new(
    "task_template_deleted",
    "insert into task_template_deleted (instance_id, template_id, created_ms) \
     select instance_id, id, created_ms from task_template where instance_id = $1 and id = $2 and version = $3 \
     on conflict (instance_id, template_id) do nothing",
);

static REQUIRE: Sql =
    Sql::locking("task_template", "select 1 from task_template where instance_id = $1 and id = $2", "for key share");

/// Forgets a deleted template of which no version is left.
static FORGET: Sql = Sql::new(
    "task_template_deleted",
    "delete from task_template_deleted where instance_id = $1 and template_id = $2 and not exists \
     (select 1 from task_template_version v where v.instance_id = task_template_deleted.instance_id \
      and v.created_ms = task_template_deleted.created_ms and v.template_id = task_template_deleted.template_id)",
);

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[&VERSION_OF_DELETED, &NOTE_DELETED, &REQUIRE, &FORGET];

impl Store {
    /// A version of a deleted template that a contact pins; its tags were deleted with the template.
    pub(crate) async fn version_of_deleted(
        &self,
        instance_id: &str,
        id: &str,
        version: i64,
    ) -> Result<Option<Version>, Error> {
        let params = [Param::Text(instance_id), Param::Text(id), Param::Int(version)];
        let read = |row: &Row<'_>| {
            let content = VersionBody {
                version: row.int(0)?,
                name: row.text(1)?,
                status: row.text(2)?,
                modified_ms: row.int(3)?,
                body: row.text(4)?,
            };
            Ok(Version { tags: String::new(), content: Arc::new(content) })
        };
        self.db().one(&VERSION_OF_DELETED, &params, read).await
    }
}

impl Batch {
    /// Requires that a template exists, and on PostgreSQL keeps it from being deleted until the batch is committed: for
    /// new contacts that pin a version of it. Fails with [`Conflict::Moved`].
    pub fn require_task_template(&mut self, instance_id: &str, id: &str) {
        self.one(&REQUIRE, vec![Value::from(instance_id), Value::from(id)], Conflict::Moved);
    }

    /// Notes a template that is about to be deleted.
    pub(crate) fn note_deleted_task_template(&mut self, instance_id: &str, id: &str, version: i64) {
        self.any(&NOTE_DELETED, vec![Value::from(instance_id), Value::from(id), Value::Int(version)]);
    }

    /// Forgets a deleted template, if none of its versions is left.
    pub(crate) fn forget_deleted_task_template(&mut self, instance_id: &str, id: &str) {
        self.any(&FORGET, vec![Value::from(instance_id), Value::from(id)]);
    }
}
