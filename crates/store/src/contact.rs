//! Tasks: one row each, and the queries for those that are due, belong together, or wait in a queue.
//!
//! The row's body is opaque here. The caller decides the values of the columns; searches are in `contact_search`,
//! attributes in `contact_attributes`, events and records in `outbox`.

use crate::batch::{Batch, Place};
use crate::contact_attributes::AttributesRow;
use crate::db::Row;
use crate::shard::{of_each_shard, shard_of, shard_params};
use crate::sql::{BadColumn, Param, Sql, Value};
use crate::{Conflict, Error, Page, PageKey, Store};

/// A task's row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactRow {
    /// The instance it belongs to.
    pub instance_id: String,
    /// Its id.
    pub id: String,
    /// Counts changes.
    pub rev: i64,
    /// Its state.
    pub state: String,
    /// The first contact of its chain, under which attributes are stored.
    pub chain_id: String,
    /// The root of its tree of previous and related contacts; the root's own id in the root.
    pub association_id: String,
    /// The contact before it in its chain.
    pub previous_id: Option<String>,
    /// The template version it pins: id and number (task-templates 3.5).
    pub template: Option<(String, i64)>,
    /// Its name.
    pub name: String,
    /// Its initiation method.
    pub initiation_method: String,
    /// The queue it is in, or was in last.
    pub queue_id: Option<String>,
    /// The queue while it waits there or is offered to an agent.
    pub queued_in: Option<String>,
    /// Its place among those that wait to be offered, exactly while it does.
    pub waiting: Option<Waiting>,
    /// The agent who has or had it.
    pub agent_id: Option<String>,
    /// When it was made, epoch milliseconds.
    pub initiated_ms: i64,
    /// When it is or was to start, epoch milliseconds.
    pub scheduled_ms: Option<i64>,
    /// When an agent was connected, epoch milliseconds.
    pub connected_ms: Option<i64>,
    /// When it ended, epoch milliseconds.
    pub disconnected_ms: Option<i64>,
    /// When it last entered a queue, epoch milliseconds.
    pub enqueued_ms: Option<i64>,
    /// When it expires, epoch milliseconds.
    pub expires_ms: i64,
    /// When the worker must handle it next, epoch milliseconds.
    pub due_ms: Option<i64>,
    /// All of it, a JSON object.
    pub body: String,
}

/// Where a task waits to be offered, and its place in the order there (tasks 3.3.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// The queue.
    pub queue_id: String,
    /// Tasks of one class and queue are for the same agents; empty for the class of what anybody of the queue may take.
    pub class: String,
    /// Its priority; lower is sooner.
    pub priority: i64,
    /// When it entered the queue, less the adjustment of its age, epoch milliseconds; lower is sooner, ties by id.
    pub since_ms: i64,
}

/// A task that is due for the worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueContact {
    /// The instance it belongs to.
    pub instance_id: String,
    /// Its id.
    pub id: String,
    /// Its shard.
    pub shard: i64,
    /// Since when it is due, epoch milliseconds.
    pub due_ms: i64,
}

/// Ids looked up by one statement.
const IDS: usize = 16;

/// The columns of [`read_contact`], of table `c`; the body, or its substitute, comes last.
macro_rules! columns {
    () => {
        "c.instance_id, c.id, c.rev, c.state, c.chain_id, c.association_id, c.previous_id, c.template_id, \
         c.template_version, c.name, c.initiation_method, c.queue_id, c.queued_in, c.agent_id, c.initiated_ms, \
         c.scheduled_ms, c.connected_ms, c.disconnected_ms, c.enqueued_ms, c.expires_ms, c.due_ms, \
         c.wait_queue, c.wait_class, c.wait_priority, c.wait_ms"
    };
}
pub(crate) use columns;

/// How many columns a contact has, body included.
const COLUMNS: usize = 26;

static GET: Sql = Sql::new(
    "contact",
    concat!("select ", columns!(), ", c.body from contact c where c.instance_id = $1 and c.id = $2"),
);

static WITH_ATTRIBUTES: Sql = Sql::new(
    "contact",
    concat!(
        "select ",
        columns!(),
        ", c.body, a.rev, a.body from contact c \
         left join contact_attributes a on a.instance_id = c.instance_id and a.chain_id = c.chain_id \
         where c.instance_id = $1 and c.id = $2"
    ),
);

static SOME: Sql = Sql::new(
    "contact",
    concat!(
        "select ",
        columns!(),
        ", c.body from contact c where c.instance_id = $1 and c.id in \
         ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
    ),
);

/// All of an association except its root.
static ASSOCIATED: Sql = Sql::new(
    "contact",
    concat!(
        "select ",
        columns!(),
        ", c.body from contact c where c.instance_id = $1 and c.association_id = $2 and c.association_id <> c.id \
         and (c.initiated_ms, c.id) > ($3, $4) order by c.initiated_ms, c.id limit $5"
    ),
);

/// One shard's due contacts, `$17` being the time.
macro_rules! due {
    ($shard:literal) => {
        concat!(
            "select instance_id, id, shard, due_ms from contact where shard = ",
            $shard,
            " and due_ms <= $17 and due_ms is not null"
        )
    };
}

/// The same, ordered and no more than `$18`: PostgreSQL then merges what it reads, instead of sorting all that is due.
macro_rules! first_due {
    ($shard:literal) => {
        concat!("(", due!($shard), " order by due_ms limit $18)")
    };
}

/// Sixteen ordered ranges, merged as they are read.
static DUE: Sql = Sql::per_engine(
    "contact",
    concat!(of_each_shard!(due), " order by due_ms limit $18"),
    concat!(of_each_shard!(first_due), " order by due_ms limit $18"),
);

/// One shard's due times after `$17`.
macro_rules! due_after {
    ($shard:literal) => {
        concat!("select due_ms from contact where shard = ", $shard, " and due_ms > $17 and due_ms is not null")
    };
}

/// The same, the first of each shard.
macro_rules! first_due_after {
    ($shard:literal) => {
        concat!("(", due_after!($shard), " order by due_ms limit 1)")
    };
}

/// The first of sixteen ordered ranges, as in [`DUE`].
static NEXT_DUE: Sql = Sql::per_engine(
    "contact",
    concat!(of_each_shard!(due_after), " order by due_ms limit 1"),
    concat!(of_each_shard!(first_due_after), " order by due_ms limit 1"),
);

/// Only the due time: the row may be one that cannot be read.
static POSTPONE: Sql =
    Sql::new("contact", "update contact set due_ms = $4 where instance_id = $1 and id = $2 and due_ms <= $3");

static INSERT: Sql = Sql::new(
    "contact",
    "insert into contact \
     (instance_id, id, shard, rev, state, chain_id, association_id, previous_id, template_id, template_version, name, \
      initiation_method, queue_id, queued_in, agent_id, initiated_ms, scheduled_ms, connected_ms, disconnected_ms, \
      enqueued_ms, expires_ms, due_ms, body, wait_queue, wait_class, wait_priority, wait_ms) \
     values ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, \
      $23, $24, $25, $26) \
     on conflict (instance_id, id) do nothing",
);

static UPDATE: Sql = Sql::new(
    "contact",
    "update contact set rev = rev + 1, state = $4, template_id = $5, template_version = $6, name = $7, queue_id = $8, \
     queued_in = $9, agent_id = $10, scheduled_ms = $11, connected_ms = $12, disconnected_ms = $13, enqueued_ms = $14, \
     expires_ms = $15, due_ms = $16, body = $17, wait_queue = $18, wait_class = $19, wait_priority = $20, wait_ms = $21 \
     where instance_id = $1 and id = $2 and rev = $3",
);

/// The remains of a deleted instance, a chunk each; see `purge`. The outbox is purged before the contacts by which it
/// is found.
pub(crate) static OF_INSTANCE: [Sql; 4] = [
    Sql::new(
        "outbox",
        "delete from outbox where contact_id in \
         (select id from contact where instance_id = $1 order by id limit $2)",
    ),
    Sql::new(
        "contact",
        "delete from contact where instance_id = $1 and id in \
         (select id from contact where instance_id = $1 order by id limit $2)",
    ),
    Sql::new(
        "contact_attributes",
        "delete from contact_attributes where (instance_id, chain_id) in \
         (select instance_id, chain_id from contact_attributes where instance_id = $1 limit $2)",
    ),
    Sql::new(
        "task_template_deleted",
        "delete from task_template_deleted where (instance_id, template_id) in \
         (select instance_id, template_id from task_template_deleted where instance_id = $1 limit $2)",
    ),
];

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[
    &GET,
    &WITH_ATTRIBUTES,
    &SOME,
    &ASSOCIATED,
    &DUE,
    &NEXT_DUE,
    &POSTPONE,
    &INSERT,
    &UPDATE,
    &OF_INSTANCE[0],
    &OF_INSTANCE[1],
    &OF_INSTANCE[2],
    &OF_INSTANCE[3],
];

impl Store {
    /// A contact. Whether the instance exists is not checked.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn contact(&self, instance_id: &str, id: &str) -> Result<Option<ContactRow>, Error> {
        self.db().one(&GET, &[Param::Text(instance_id), Param::Text(id)], read_contact).await
    }

    /// A contact and the attributes of its chain, in one snapshot.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn contact_with_attributes(
        &self,
        instance_id: &str,
        id: &str,
    ) -> Result<Option<(ContactRow, Option<AttributesRow>)>, Error> {
        let read = |row: &Row<'_>| {
            let attributes = match (row.opt_int(COLUMNS)?, row.opt_text(COLUMNS + 1)?) {
                (Some(rev), Some(body)) => Some(AttributesRow { rev, body }),
                _ => None,
            };
            Ok((read_contact(row)?, attributes))
        };
        self.db().one(&WITH_ATTRIBUTES, &[Param::Text(instance_id), Param::Text(id)], read).await
    }

    /// Those of several contacts that exist, in no particular order.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn contacts(&self, instance_id: &str, ids: &[&str]) -> Result<Vec<ContactRow>, Error> {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let mut found = Vec::new();
        for chunk in ids.chunks(IDS) {
            let mut params = vec![Param::Text(instance_id)];
            params.extend((0..IDS).map(|n| Param::Text(chunk[n.min(chunk.len() - 1)])));
            found.extend(self.db().all(&SOME, &params, read_contact).await?);
        }
        Ok(found)
    }

    /// A page of at most `limit` contacts of one association, its root included, by initiation, then id (tasks 2.14.8).
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn associated(
        &self,
        instance_id: &str,
        association_id: &str,
        after: Option<&PageKey>,
        limit: usize,
    ) -> Result<Page<ContactRow>, Error> {
        let (ms, id) = PageKey::start_of(after);
        let (instance, association) = (Param::Text(instance_id), Param::Text(association_id));
        let root = self.db().one(&GET, &[instance, association], read_contact).await?;
        let params = [instance, association, Param::Int(ms), Param::Text(id), Page::<()>::one_more(limit)];
        let mut rows = self.db().all(&ASSOCIATED, &params, read_contact).await?;
        if let Some(root) = root
            && root.association_id == root.id
            && (root.initiated_ms, root.id.as_str()) > (ms, id)
        {
            let place = rows.partition_point(|row| (row.initiated_ms, &row.id) < (root.initiated_ms, &root.id));
            rows.insert(place, root);
        }
        Ok(Page::cut(rows, limit, |row| PageKey { created_ms: row.initiated_ms, id: row.id.clone() }))
    }

    /// At most `limit` contacts of these shards that are due at `now_ms` (epoch milliseconds), the longest due first. Those
    /// of a deleted instance are among them until they are removed.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn due_contacts(&self, shards: &[i64], now_ms: i64, limit: usize) -> Result<Vec<DueContact>, Error> {
        let mut params = shard_params(shards);
        params.extend([Param::Int(now_ms), Page::<()>::limit(limit)]);
        let read = |row: &Row<'_>| {
            Ok(DueContact { instance_id: row.text(0)?, id: row.text(1)?, shard: row.int(2)?, due_ms: row.int(3)? })
        };
        self.db().all(&DUE, &params, read).await
    }

    /// When the next contact of these shards is due, epoch milliseconds; `None` when none ever will be.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn next_due(&self, shards: &[i64]) -> Result<Option<i64>, Error> {
        Ok(self.due_contacts(shards, i64::MAX, 1).await?.first().map(|due| due.due_ms))
    }

    /// The first time after `after_ms` at which a contact of these shards is due, epoch milliseconds.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn next_due_after(&self, shards: &[i64], after_ms: i64) -> Result<Option<i64>, Error> {
        let mut params = shard_params(shards);
        params.push(Param::Int(after_ms));
        self.db().one(&NEXT_DUE, &params, |row| row.int(0)).await
    }
}

impl Batch {
    /// Inserts a contact; `rev` starts at 0. Fails with [`Conflict::InstanceGone`] or [`Conflict::Exists`].
    pub fn insert_contact(&mut self, row: &ContactRow) {
        self.require_instance(&row.instance_id);
        let mut params = vec![
            Value::from(&row.instance_id),
            Value::from(&row.id),
            Value::Int(shard_of(&row.id)),
            Value::from(&row.state),
            Value::from(&row.chain_id),
            Value::from(&row.association_id),
            Value::from(row.previous_id.as_ref()),
            Value::from(row.template.as_ref().map(|(id, _version)| id)),
            Value::from(row.template.as_ref().map(|(_id, version)| *version)),
            Value::from(&row.name),
            Value::from(&row.initiation_method),
            Value::from(row.queue_id.as_ref()),
            Value::from(row.queued_in.as_ref()),
            Value::from(row.agent_id.as_ref()),
            Value::Int(row.initiated_ms),
            Value::from(row.scheduled_ms),
            Value::from(row.connected_ms),
            Value::from(row.disconnected_ms),
            Value::from(row.enqueued_ms),
            Value::Int(row.expires_ms),
            Value::from(row.due_ms),
            Value::from(&row.body),
        ];
        params.extend(place(row.waiting.as_ref()));
        self.one(&INSERT, params, Conflict::Exists).place(Place::Contact);
    }

    /// Replaces the mutable columns of the contact that is still at `row.rev`; chain, association, previous contact,
    /// initiation method and time stay as they are. Fails with [`Conflict::Moved`].
    pub fn update_contact(&mut self, row: &ContactRow) {
        let mut params = vec![
            Value::from(&row.instance_id),
            Value::from(&row.id),
            Value::Int(row.rev),
            Value::from(&row.state),
            Value::from(row.template.as_ref().map(|(id, _version)| id)),
            Value::from(row.template.as_ref().map(|(_id, version)| *version)),
            Value::from(&row.name),
            Value::from(row.queue_id.as_ref()),
            Value::from(row.queued_in.as_ref()),
            Value::from(row.agent_id.as_ref()),
            Value::from(row.scheduled_ms),
            Value::from(row.connected_ms),
            Value::from(row.disconnected_ms),
            Value::from(row.enqueued_ms),
            Value::Int(row.expires_ms),
            Value::from(row.due_ms),
            Value::from(&row.body),
        ];
        params.extend(place(row.waiting.as_ref()));
        self.one(&UPDATE, params, Conflict::Moved).place(Place::Contact);
    }
}

/// The last columns of both statements.
fn place(waiting: Option<&Waiting>) -> [Value; 4] {
    [
        Value::from(waiting.map(|waiting| &waiting.queue_id)),
        Value::from(waiting.map(|waiting| &waiting.class)),
        Value::from(waiting.map(|waiting| waiting.priority)),
        Value::from(waiting.map(|waiting| waiting.since_ms)),
    ]
}

impl Batch {
    /// Makes a contact that is due by `now_ms` due at `due_ms` instead, both epoch milliseconds; nothing else of it
    /// changes. Without effect when it is not due.
    pub fn postpone_contact(&mut self, instance_id: &str, id: &str, now_ms: i64, due_ms: i64) {
        let params = vec![Value::from(instance_id), Value::from(id), Value::Int(now_ms), Value::Int(due_ms)];
        self.any(&POSTPONE, params);
    }
}

/// Reads the columns of `columns!` and the body after them.
pub(crate) fn read_contact(row: &Row<'_>) -> Result<ContactRow, BadColumn> {
    Ok(ContactRow {
        instance_id: row.text(0)?,
        id: row.text(1)?,
        rev: row.int(2)?,
        state: row.text(3)?,
        chain_id: row.text(4)?,
        association_id: row.text(5)?,
        previous_id: row.opt_text(6)?,
        template: row.opt_text(7)?.zip(row.opt_int(8)?),
        name: row.text(9)?,
        initiation_method: row.text(10)?,
        queue_id: row.opt_text(11)?,
        queued_in: row.opt_text(12)?,
        agent_id: row.opt_text(13)?,
        initiated_ms: row.int(14)?,
        scheduled_ms: row.opt_int(15)?,
        connected_ms: row.opt_int(16)?,
        disconnected_ms: row.opt_int(17)?,
        enqueued_ms: row.opt_int(18)?,
        expires_ms: row.int(19)?,
        due_ms: row.opt_int(20)?,
        waiting: read_waiting(row)?,
        body: row.text(25)?,
    })
}

fn read_waiting(row: &Row<'_>) -> Result<Option<Waiting>, BadColumn> {
    let Some(queue_id) = row.opt_text(21)? else { return Ok(None) };
    Ok(Some(Waiting { queue_id, class: row.text(22)?, priority: row.int(23)?, since_ms: row.int(24)? }))
}
