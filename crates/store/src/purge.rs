//! Removes the remains of a deleted instance or task template, in small commits that no request waits for.
//!
//! A deletion removes the row through which everything else is reached and notes the rest here, in the same commit. A
//! process may stop work on the list at any point, and two may work on it at once. A removal that fails is moved behind
//! all others.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::batch::Batch;
use crate::sql::{Param, Sql, Value};
use crate::{
    CommitError, Conflict, Error, Page, Store, access_key, agent, agent_interval, agent_proficiency, contact,
    contact_fact, flow, user_credential, user_session,
};

/// Progress of the removal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PurgeStep {
    /// Rows removed by this step.
    pub removed: u64,
    /// Nothing was left to remove.
    pub done: bool,
}

/// At most this many failed removals are remembered.
const FAILED_MAX: usize = 1000;

/// The removals that failed last time, by their names.
#[derive(Default)]
pub(crate) struct Failed(Mutex<BTreeSet<String>>);

static INSERT_INSTANCE: Sql = Sql::new(
    "purge",
    "insert into purge (instance_id, template_id, created_ms) values ($1, '', 0) \
     on conflict (instance_id, template_id) do nothing",
);

/// Notes the template that is about to be deleted.
static INSERT_TASK_TEMPLATE: Sql = Sql::new(
    "purge",
    "insert into purge (instance_id, template_id, created_ms) \
     select instance_id, id, created_ms from task_template where instance_id = $1 and id = $2 and version = $3 \
     on conflict (instance_id, template_id) do nothing",
);

static LIST: Sql =
    Sql::new("purge", "select instance_id, template_id from purge order by instance_id, template_id limit $1");

static DELETE: Sql = Sql::new("purge", "delete from purge where instance_id = $1 and template_id = ''");

static INSTANCE_EXISTS: Sql = Sql::new("instance", "select id from instance where id = $1");

/// Versions of one deleted template, a chunk; not those that contacts keep (task-templates 3.6).
static VERSIONS: Sql = Sql::new(
    "task_template_version",
    "delete from task_template_version where (instance_id, created_ms, template_id, version) in \
     (select v.instance_id, v.created_ms, v.template_id, v.version \
      from purge p join task_template_version v \
        on v.instance_id = p.instance_id and v.created_ms = p.created_ms and v.template_id = p.template_id \
      where p.instance_id = $1 and p.template_id = $2 \
        and not exists (select 1 from contact c where c.instance_id = v.instance_id and c.template_id = v.template_id \
                        and c.template_version = v.version and c.template_id is not null) limit $3)",
);

static DELETE_EMPTIED: Sql = Sql::new(
    "purge",
    "delete from purge where instance_id = $1 and template_id = $2 and not exists \
     (select 1 from task_template_version v where v.instance_id = purge.instance_id \
      and v.created_ms = purge.created_ms and v.template_id = purge.template_id \
      and not exists (select 1 from contact c where c.instance_id = v.instance_id and c.template_id = v.template_id \
                      and c.template_version = v.version and c.template_id is not null))",
);

/// Everything that belongs to an instance, a chunk each.
static OF_INSTANCE: [Sql; 8] = [
    Sql::new(
        "purge",
        "delete from purge where (instance_id, template_id) in \
         (select instance_id, template_id from purge where instance_id = $1 and template_id > '' limit $2)",
    ),
    Sql::new(
        "task_template_version",
        "delete from task_template_version where (instance_id, created_ms, template_id, version) in \
         (select instance_id, created_ms, template_id, version from task_template_version where instance_id = $1 limit $2)",
    ),
    Sql::new(
        "task_template",
        "delete from task_template where (instance_id, id) in \
         (select instance_id, id from task_template where instance_id = $1 limit $2)",
    ),
    Sql::new(
        "task_template_entry",
        "delete from task_template_entry where (instance_id, created_ms, id) in \
         (select instance_id, created_ms, id from task_template_entry where instance_id = $1 limit $2)",
    ),
    Sql::new(
        "flow_content",
        "delete from flow_content where (instance_id, flow_id, slot) in \
         (select instance_id, flow_id, slot from flow_content where instance_id = $1 limit $2)",
    ),
    Sql::new(
        "resource",
        "delete from resource where (instance_id, kind, id) in \
         (select instance_id, kind, id from resource where instance_id = $1 limit $2)",
    ),
    Sql::new(
        "resource_link",
        "delete from resource_link where (instance_id, kind, id, role, slot) in \
         (select instance_id, kind, id, role, slot from resource_link where instance_id = $1 limit $2)",
    ),
    Sql::new(
        "counter",
        "delete from counter where (instance_id, name) in \
         (select instance_id, name from counter where instance_id = $1 limit $2)",
    ),
];

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[
    &INSERT_INSTANCE,
    &INSERT_TASK_TEMPLATE,
    &LIST,
    &DELETE,
    &INSTANCE_EXISTS,
    &VERSIONS,
    &DELETE_EMPTIED,
    &OF_INSTANCE[0],
    &OF_INSTANCE[1],
    &OF_INSTANCE[2],
    &OF_INSTANCE[3],
    &OF_INSTANCE[4],
    &OF_INSTANCE[5],
    &OF_INSTANCE[6],
    &OF_INSTANCE[7],
];

impl Store {
    /// The names of at most `limit` removals to be worked on with [`Store::purge_step`]: a deleted instance's is its id, a
    /// deleted template's `instance/template`. Those that failed last time come last.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn purges(&self, limit: usize) -> Result<Vec<String>, Error> {
        let failed = self.failed_purges().set().clone();
        let more = limit.saturating_add(failed.len());
        let name = |row: &crate::db::Row<'_>| {
            let (instance_id, template_id) = (row.str(0)?, row.str(1)?);
            Ok(if template_id.is_empty() { instance_id.to_owned() } else { format!("{instance_id}/{template_id}") })
        };
        let mut names = self.db().all(&LIST, &[Page::<()>::limit(more)], name).await?;
        names.sort_by_key(|name| failed.contains(name));
        names.truncate(limit);
        Ok(names)
    }

    /// Does part of one removal in one commit: at most `rows_max` rows of each kind. To be repeated until it is done;
    /// two workers may do it at once. Does nothing to what was not deleted.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn purge_step(&self, name: &str, rows_max: usize) -> Result<PurgeStep, Error> {
        let rows_max = Value::Int(i64::try_from(rows_max).unwrap_or(i64::MAX));
        let result = match name.split_once('/') {
            Some((instance_id, template_id)) => self.purge_task_template(instance_id, template_id, rows_max).await,
            None => self.purge_instance(name, rows_max).await,
        };
        let mut failed = self.failed_purges().set();
        if result.is_ok() {
            failed.remove(name);
        } else if failed.len() < FAILED_MAX {
            failed.insert(name.to_owned());
        }
        drop(failed);
        result.map(|removed| PurgeStep { removed, done: removed == 0 })
    }

    async fn purge_instance(&self, id: &str, rows_max: Value) -> Result<u64, Error> {
        if self.db().one(&INSTANCE_EXISTS, &[Param::Text(id)], |row| row.text(0)).await?.is_some() {
            return self.forget_purge_of_existing(id).await;
        }
        let mut batch = Batch::new();
        let agents = [&agent::OF_INSTANCE, &agent_interval::OF_INSTANCE, &agent_proficiency::OF_INSTANCE];
        let metrics = [&contact_fact::OF_INSTANCE];
        let sign_ins = [&user_credential::OF_INSTANCE, &user_session::OF_INSTANCE, &access_key::OF_INSTANCE];
        let agents = agents.into_iter().chain(metrics).chain(sign_ins);
        for sql in OF_INSTANCE.iter().chain(&flow::OF_INSTANCE).chain(&contact::OF_INSTANCE).chain(agents) {
            batch.any(sql, vec![Value::from(id), rows_max.clone()]);
        }
        let removed = self.commit_unconditional(batch).await?.iter().sum();
        if removed == 0 {
            let mut batch = Batch::new();
            batch.any(&DELETE, vec![Value::from(id)]);
            self.commit_unconditional(batch).await?;
        }
        Ok(removed)
    }

    /// Ids are not used twice, so this is for a database that was put together by hand: the note must not stay for ever.
    async fn forget_purge_of_existing(&self, id: &str) -> Result<u64, Error> {
        let mut batch = Batch::new();
        batch.require_instance(id);
        batch.any(&DELETE, vec![Value::from(id)]);
        match self.commit(batch).await {
            // Deleted meanwhile: the note is right after all.
            Ok(()) | Err(CommitError::Conflict(Conflict::InstanceGone)) => Ok(0),
            Err(CommitError::Store(error)) => Err(error),
            Err(CommitError::Conflict(conflict)) => Err(unexpected(&conflict)),
        }
    }

    async fn purge_task_template(&self, instance_id: &str, id: &str, rows_max: Value) -> Result<u64, Error> {
        let key = || vec![Value::from(instance_id), Value::from(id)];
        let mut batch = Batch::new();
        let mut chunk = key();
        chunk.push(rows_max);
        batch.any(&VERSIONS, chunk);
        batch.any(&DELETE_EMPTIED, key());
        batch.forget_deleted_task_template(instance_id, id);
        let counts = self.commit_unconditional(batch).await?;
        Ok(counts.first().copied().unwrap_or(0))
    }

    /// Commits changes without conditions; returns how many rows each affected.
    pub(crate) async fn commit_unconditional(&self, batch: Batch) -> Result<Vec<u64>, Error> {
        self.commit_counting(batch).await.map_err(|error| match error {
            CommitError::Store(error) => error,
            CommitError::Conflict(conflict) => unexpected(&conflict),
        })
    }
}

fn unexpected(conflict: &Conflict) -> Error {
    let text = format!("a change without a condition clashed: {conflict:?}");
    Error::Failed { source: Arc::new(std::io::Error::other(text)) }
}

impl Batch {
    /// Notes everything in a deleted instance for removal.
    pub(crate) fn purge_instance(&mut self, id: &str) {
        self.any(&INSERT_INSTANCE, vec![Value::from(id)]);
    }

    /// Notes the versions of a template for removal; to be added before its row is deleted.
    pub(crate) fn purge_task_template(&mut self, instance_id: &str, id: &str, version: i64) {
        let params = vec![Value::from(instance_id), Value::from(id), Value::Int(version)];
        self.any(&INSERT_TASK_TEMPLATE, params);
    }
}

impl Failed {
    fn set(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
