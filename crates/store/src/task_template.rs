//! Task templates: the current state, every version, the list (task-templates 1.1 to 1.5, 3).
//!
//! The answer of an operation is stored as JSON, built once when the template changes.

use std::sync::Arc;

use crate::batch::Batch;
use crate::cache::Invalidation;
use crate::db::Row;
use crate::sql::{BadColumn, Param, Sql, Value};
use crate::{Conflict, Error, PageKey, Store};

/// The current state of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latest {
    /// Counts 1, 2, 3 … (task-templates 3.2).
    pub version: i64,
    /// The name.
    pub name: String,
    /// `ACTIVE` or `INACTIVE`.
    pub status: String,
    /// When the template was created, epoch milliseconds.
    pub created_ms: i64,
    /// When this version was made, epoch milliseconds.
    pub modified_ms: i64,
    /// JSON object of GetTaskTemplate without `Tags`.
    pub body: String,
    /// JSON object of tags, or empty when there are none.
    pub tags: String,
    /// Counts changes of the tags.
    pub tags_rev: i64,
}

/// One version of a template, with the tags the template has now (task-templates 3.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The content as of this version.
    pub content: Arc<VersionBody>,
    /// JSON object of the current tags, or empty when there are none.
    pub tags: String,
}

/// The content of one version; it never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionBody {
    /// The version's number.
    pub version: i64,
    /// The name at that version.
    pub name: String,
    /// The status at that version.
    pub status: String,
    /// When the version was made, epoch milliseconds.
    pub modified_ms: i64,
    /// JSON object of GetTaskTemplate without `Tags`.
    pub body: String,
}

/// A template to be inserted, as version 1 without tags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewTaskTemplate {
    /// The instance it belongs to.
    pub instance_id: String,
    /// Its id, never used before.
    pub id: String,
    /// Its name, free in the instance.
    pub name: String,
    /// `ACTIVE` or `INACTIVE`.
    pub status: String,
    /// When it is created, epoch milliseconds; also its first modification.
    pub created_ms: i64,
    /// JSON object of the list's entry.
    pub summary: String,
    /// JSON object of GetTaskTemplate without `Tags`.
    pub body: String,
}

/// A new version of a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskTemplateUpdate {
    /// The instance it belongs to.
    pub instance_id: String,
    /// Its id.
    pub id: String,
    /// The version this change was decided on; the new one is the next number.
    pub expected_version: i64,
    /// Its name from now on, free in the instance or its own.
    pub name: String,
    /// `ACTIVE` or `INACTIVE`.
    pub status: String,
    /// When the version is made, epoch milliseconds.
    pub modified_ms: i64,
    /// JSON object of the list's entry.
    pub summary: String,
    /// JSON object of GetTaskTemplate without `Tags`.
    pub body: String,
}

/// The filters of a list; `None` shows all (task-templates 1.3.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskTemplateFilter<'a> {
    /// Only this status.
    pub status: Option<&'a str>,
    /// Only this name, byte for byte.
    pub name: Option<&'a str>,
}

/// A page of the list, ready to be written between brackets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SummaryPage {
    /// The entries' JSON objects, joined by commas.
    pub items: String,
    /// How many entries that is.
    pub count: usize,
    /// The last entry's key when more entries follow, to be given as `after`.
    pub next: Option<PageKey>,
}

static LATEST: Sql = Sql::new(
    "task_template",
    "select version, name, status, created_ms, modified_ms, tags, tags_rev, body from task_template \
     where instance_id = $1 and id = $2 and exists (select 1 from instance i where i.id = $1)",
);

/// The same with the body left out when it is that of a version already known.
static LATEST_UNLESS: Sql = Sql::new(
    "task_template",
    "select version, name, status, created_ms, modified_ms, tags, tags_rev, \
       case when version <> $3 then body end \
     from task_template where instance_id = $1 and id = $2 and exists (select 1 from instance i where i.id = $1)",
);

/// The current version, or one before it.
static VERSION: Sql = Sql::new(
    "task_template_version",
    "select tags, version, name, status, modified_ms, body from task_template \
     where instance_id = $1 and id = $2 and version = $3 and exists (select 1 from instance i where i.id = $1) \
     union all \
     select t.tags, v.version, v.name, v.status, v.modified_ms, v.body \
     from task_template t join task_template_version v \
       on v.instance_id = t.instance_id and v.created_ms = t.created_ms and v.template_id = t.id and v.version = $3 \
     where t.instance_id = $1 and t.id = $2 and exists (select 1 from instance i where i.id = $1)",
);

static TAGGED: Sql = Sql::new(
    "task_template",
    "select id, tags from task_template where instance_id = $1 and id > $2 and tags <> '' order by id limit $3",
);

static NAME_EXISTS: Sql =
    Sql::new("task_template", "select id from task_template where instance_id = $1 and name = $2");

static PAGE: Sql = Sql::new(
    "task_template_entry",
    "select created_ms, id, summary from task_template_entry \
     where instance_id = $1 and (created_ms, id) > ($2, $3) order by created_ms, id limit $4",
);

static PAGE_BY_STATUS: Sql = Sql::new(
    "task_template_entry",
    "select created_ms, id, summary from task_template_entry \
     where instance_id = $1 and status = $5 and (created_ms, id) > ($2, $3) order by created_ms, id limit $4",
);

/// At most one row: names are unique.
static PAGE_BY_NAME: Sql = Sql::new(
    "task_template",
    "select e.created_ms, e.id, e.summary, e.status \
     from task_template t join task_template_entry e \
       on e.instance_id = t.instance_id and e.created_ms = t.created_ms and e.id = t.id \
     where t.instance_id = $1 and t.name = $2 and (t.created_ms, t.id) > ($3, $4)",
);

static ACTIVE: Sql = Sql::new(
    "task_template",
    "select id, name, version from task_template where instance_id = $1 and id > $2 and status = 'ACTIVE' \
     order by id limit $3",
);

static INSERT: Sql = Sql::new(
    "task_template",
    "insert into task_template \
     (instance_id, id, name, status, version, created_ms, modified_ms, tags, tags_rev, body) \
     values ($1, $2, $3, $4, 1, $5, $5, '', 0, $6) on conflict (instance_id, name) do nothing",
);

static INSERT_ENTRY: Sql = Sql::new(
    "task_template_entry",
    "insert into task_template_entry (instance_id, created_ms, id, status, summary) values ($1, $2, $3, $4, $5)",
);

/// Saves the template's row as a version before it changes. Two concurrent changes of the same version conflict here.
static KEEP_VERSION: Sql = Sql::new(
    "task_template_version",
    "insert into task_template_version \
     (instance_id, created_ms, template_id, version, name, status, modified_ms, body) \
     select instance_id, created_ms, id, version, name, status, modified_ms, body \
     from task_template where instance_id = $1 and id = $2 and version = $3 \
     on conflict do nothing",
);

static UPDATE_ENTRY: Sql = Sql::new(
    "task_template_entry",
    "update task_template_entry set status = $3, summary = $4 where instance_id = $1 and id = $2 \
     and created_ms = (select t.created_ms from task_template t where t.instance_id = $1 and t.id = $2)",
);

static UPDATE: Sql = Sql::new(
    "task_template",
    "update task_template set name = $4, status = $5, modified_ms = $6, body = $7, version = version + 1 \
     where instance_id = $1 and id = $2 and version = $3",
);

static DELETE_ENTRY: Sql = Sql::new(
    "task_template_entry",
    "delete from task_template_entry where instance_id = $1 and id = $2 \
     and created_ms = (select t.created_ms from task_template t where t.instance_id = $1 and t.id = $2)",
);

static DELETE: Sql =
    Sql::new("task_template", "delete from task_template where instance_id = $1 and id = $2 and version = $3");

static SET_TAGS: Sql = Sql::new(
    "task_template",
    "update task_template set tags = $4, tags_rev = tags_rev + 1 where instance_id = $1 and id = $2 and tags_rev = $3",
);

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[
    &LATEST,
    &LATEST_UNLESS,
    &VERSION,
    &ACTIVE,
    &NAME_EXISTS,
    &TAGGED,
    &PAGE,
    &PAGE_BY_STATUS,
    &PAGE_BY_NAME,
    &INSERT,
    &INSERT_ENTRY,
    &KEEP_VERSION,
    &UPDATE_ENTRY,
    &UPDATE,
    &DELETE_ENTRY,
    &DELETE,
    &SET_TAGS,
];

impl Store {
    /// The current state of a template; `None` when it, or its instance, does not exist.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn task_template(&self, instance_id: &str, id: &str) -> Result<Option<Arc<Latest>>, Error> {
        let cache = &self.caches().latest;
        if !self.caches().rows {
            return self.latest_with_known_body(instance_id, id).await;
        }
        let ticket = match cache.get(instance_id, id) {
            Ok(latest) => return Ok(Some(latest)),
            Err(ticket) => ticket,
        };
        let params = [Param::Text(instance_id), Param::Text(id)];
        let found = self.db().one(&LATEST, &params, |row| read_latest(row, None)).await?;
        let found = found.map(Arc::new);
        if let Some(latest) = &found {
            cache.fill(ticket, instance_id, id, latest, latest.bytes());
        }
        Ok(found)
    }

    /// Other processes may change the template, but never one of its versions: reads the pointer, and the body only
    /// when it is not the one kept from last time.
    async fn latest_with_known_body(&self, instance_id: &str, id: &str) -> Result<Option<Arc<Latest>>, Error> {
        let cache = &self.caches().versions;
        let known = cache.get(instance_id, id);
        let (version, body) = match &known {
            Ok(known) => (known.version, Some(known.body.as_str())),
            Err(_) => (0, None),
        };
        let params = [Param::Text(instance_id), Param::Text(id), Param::Int(version)];
        let found = self.db().one(&LATEST_UNLESS, &params, |row| read_latest(row, body)).await?;
        let Some(latest) = found else { return Ok(None) };
        if latest.version != version {
            let keep = Arc::new(VersionBody {
                version: latest.version,
                name: latest.name.clone(),
                status: latest.status.clone(),
                modified_ms: latest.modified_ms,
                body: latest.body.clone(),
            });
            cache.replace(instance_id, id, &keep, keep.bytes());
        }
        Ok(Some(Arc::new(latest)))
    }

    /// One version of a template, with its current tags; `None` when that version, the template or its instance does
    /// not exist (task-templates 3.3, 3.4). Of a deleted template there are the versions that contacts keep, without tags
    /// (task-templates 3.6).
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn task_template_version(
        &self,
        instance_id: &str,
        id: &str,
        version: i64,
    ) -> Result<Option<Version>, Error> {
        let params = [Param::Text(instance_id), Param::Text(id), Param::Int(version)];
        let read = |row: &Row<'_>| {
            let content = VersionBody {
                version: row.int(1)?,
                name: row.text(2)?,
                status: row.text(3)?,
                modified_ms: row.int(4)?,
                body: row.text(5)?,
            };
            Ok(Version { tags: row.text(0)?, content: Arc::new(content) })
        };
        let found = self.db().one(&VERSION, &params, read).await?;
        if found.is_some() { Ok(found) } else { self.version_of_deleted(instance_id, id, version).await }
    }

    /// The id of the template with this name, byte for byte. To answer early; the commit is authoritative.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn task_template_named(&self, instance_id: &str, name: &str) -> Result<Option<String>, Error> {
        self.db().one(&NAME_EXISTS, &[Param::Text(instance_id), Param::Text(name)], |row| row.text(0)).await
    }

    /// Id and tags of at most `limit` templates that have tags, by id, behind the id `after` ("" for the first).
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn tagged_task_templates(
        &self,
        instance_id: &str,
        after: &str,
        limit: usize,
    ) -> Result<Vec<(String, String)>, Error> {
        let params = [Param::Text(instance_id), Param::Text(after), crate::Page::<()>::limit(limit)];
        self.db().all(&TAGGED, &params, |row| Ok((row.text(0)?, row.text(1)?))).await
    }

    /// Id, name and version of at most `limit` ACTIVE templates, by id, behind the id `after` ("" for the first).
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn active_task_templates(
        &self,
        instance_id: &str,
        after: &str,
        limit: usize,
    ) -> Result<Vec<(String, String, i64)>, Error> {
        let params = [Param::Text(instance_id), Param::Text(after), crate::Page::<()>::limit(limit)];
        self.db().all(&ACTIVE, &params, |row| Ok((row.text(0)?, row.text(1)?, row.int(2)?))).await
    }

    /// A page of the list by creation time, then id (task-templates 1.3.3), of at most `limit` entries after `after`.
    /// Whether the instance exists is not checked.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn task_template_page(
        &self,
        instance_id: &str,
        filter: TaskTemplateFilter<'_>,
        after: Option<&PageKey>,
        limit: usize,
    ) -> Result<Arc<SummaryPage>, Error> {
        let (ms, id) = PageKey::start_of(after);
        if !self.caches().rows || filter.name.is_some() {
            return self.read_page(instance_id, filter, (ms, id), limit).await.map(Arc::new);
        }
        let key = format!("{}|{limit}|{ms}|{id}", filter.status.unwrap_or_default());
        let cache = &self.caches().pages;
        let ticket = match cache.get_grouped(instance_id, &key) {
            Ok(page) => return Ok(page),
            Err(ticket) => ticket,
        };
        let page = Arc::new(self.read_page(instance_id, filter, (ms, id), limit).await?);
        cache.fill_grouped(ticket, instance_id, &key, &page, page.items.len() + size_of::<SummaryPage>() + 36);
        Ok(page)
    }

    async fn read_page(
        &self,
        instance_id: &str,
        filter: TaskTemplateFilter<'_>,
        (ms, id): (i64, &str),
        limit: usize,
    ) -> Result<SummaryPage, Error> {
        let (instance_id, ms, id) = (Param::Text(instance_id), Param::Int(ms), Param::Text(id));
        // One more than requested shows whether there is a next page.
        let more = Param::Int(i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX));
        let page = std::sync::Mutex::new(PageBuilder::new(limit));
        let add = |row: &Row<'_>| page.lock().unwrap_or_else(std::sync::PoisonError::into_inner).add(row);
        let db = self.db();
        match (filter.name, filter.status) {
            (Some(name), status) => {
                let add = |row: &Row<'_>| {
                    if status.is_none_or(|status| row.str(3).is_ok_and(|found| found == status)) {
                        add(row)
                    } else {
                        Ok(())
                    }
                };
                db.all(&PAGE_BY_NAME, &[instance_id, Param::Text(name), ms, id], add).await?;
            }
            (None, Some(status)) => {
                db.all(&PAGE_BY_STATUS, &[instance_id, ms, id, more, Param::Text(status)], add).await?;
            }
            (None, None) => {
                db.all(&PAGE, &[instance_id, ms, id, more], add).await?;
            }
        }
        Ok(page.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner).page)
    }
}

impl Batch {
    /// Inserts a template as version 1.
    /// Fails with [`Conflict::InstanceGone`], [`Conflict::NameTaken`], [`Conflict::Exists`] (when id and name are both taken, with
    /// either).
    pub fn insert_task_template(&mut self, new: &NewTaskTemplate) {
        self.require_instance(&new.instance_id);
        self.one(
            &INSERT,
            vec![
                Value::from(&new.instance_id),
                Value::from(&new.id),
                Value::from(&new.name),
                Value::from(&new.status),
                Value::Int(new.created_ms),
                Value::from(&new.body),
            ],
            Conflict::NameTaken,
        )
        .taken(Conflict::Exists);
        self.one(
            &INSERT_ENTRY,
            vec![
                Value::from(&new.instance_id),
                Value::Int(new.created_ms),
                Value::from(&new.id),
                Value::from(&new.status),
                Value::from(&new.summary),
            ],
            Conflict::Exists,
        )
        .taken(Conflict::Exists);
        self.invalidate(Invalidation::TaskTemplateList { instance_id: new.instance_id.clone() });
    }

    /// Makes a new version. The tags stay. Fails with [`Conflict::Moved`] or [`Conflict::NameTaken`].
    pub fn update_task_template(&mut self, update: &TaskTemplateUpdate) {
        let key = || vec![Value::from(&update.instance_id), Value::from(&update.id)];
        let mut kept = key();
        kept.push(Value::Int(update.expected_version));
        self.one(&KEEP_VERSION, kept, Conflict::Moved);
        let mut entry = key();
        entry.extend([Value::from(&update.status), Value::from(&update.summary)]);
        self.one(&UPDATE_ENTRY, entry, Conflict::Moved);
        let mut row = key();
        row.extend([
            Value::Int(update.expected_version),
            Value::from(&update.name),
            Value::from(&update.status),
            Value::Int(update.modified_ms),
            Value::from(&update.body),
        ]);
        self.one(&UPDATE, row, Conflict::Moved).taken(Conflict::NameTaken);
        self.touch_task_template(&update.instance_id, &update.id);
    }

    /// Deletes a template; its name is free at once, and its versions are inaccessible except those that contacts pin.
    /// The others, of which there may be any number, are removed by [`Store::purge_step`]. Fails with
    /// [`Conflict::Moved`].
    pub fn delete_task_template(&mut self, instance_id: &str, id: &str, expected_version: i64) {
        let key = || vec![Value::from(instance_id), Value::from(id), Value::Int(expected_version)];
        self.purge_task_template(instance_id, id, expected_version);
        self.note_deleted_task_template(instance_id, id, expected_version);
        // A contact may pin the current version until the row is deleted.
        self.one(&KEEP_VERSION, key(), Conflict::Moved);
        self.one(&DELETE_ENTRY, vec![Value::from(instance_id), Value::from(id)], Conflict::Moved);
        self.one(&DELETE, key(), Conflict::Moved);
        self.touch_task_template(instance_id, id);
    }

    /// Replaces the tags (a JSON object, or empty for none); version and time stay (task-templates 4.8).
    /// Fails with [`Conflict::TagsMoved`].
    pub fn set_task_template_tags(&mut self, instance_id: &str, id: &str, expected_rev: i64, tags: &str) {
        let params = vec![Value::from(instance_id), Value::from(id), Value::Int(expected_rev), Value::from(tags)];
        self.one(&SET_TAGS, params, Conflict::TagsMoved);
        self.invalidate(Invalidation::TaskTemplate { instance_id: instance_id.to_owned(), id: id.to_owned() });
    }

    fn touch_task_template(&mut self, instance_id: &str, id: &str) {
        self.invalidate(Invalidation::TaskTemplate { instance_id: instance_id.to_owned(), id: id.to_owned() });
        self.invalidate(Invalidation::TaskTemplateList { instance_id: instance_id.to_owned() });
    }
}

impl Latest {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.name.len() + self.status.len() + self.body.len() + self.tags.len()
    }
}

impl VersionBody {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.name.len() + self.status.len() + self.body.len()
    }
}

fn read_latest(row: &Row<'_>, known_body: Option<&str>) -> Result<Latest, BadColumn> {
    let body = match row.opt_text(7)? {
        Some(body) => body,
        None => known_body.map(str::to_owned).ok_or_else(|| BadColumn("the current version has no row".to_owned()))?,
    };
    Ok(Latest {
        version: row.int(0)?,
        name: row.text(1)?,
        status: row.text(2)?,
        created_ms: row.int(3)?,
        modified_ms: row.int(4)?,
        tags: row.text(5)?,
        tags_rev: row.int(6)?,
        body,
    })
}

/// Joins the rows of a page as they arrive, without a separate text for each.
struct PageBuilder {
    page: SummaryPage,
    limit: usize,
    last: PageKey,
}

impl PageBuilder {
    fn new(limit: usize) -> Self {
        Self { page: SummaryPage::default(), limit, last: PageKey { created_ms: 0, id: String::new() } }
    }

    fn add(&mut self, row: &Row<'_>) -> Result<(), BadColumn> {
        if self.page.count == self.limit {
            self.page.next = Some(std::mem::replace(&mut self.last, PageKey { created_ms: 0, id: String::new() }));
            return Ok(());
        }
        if self.page.count > 0 {
            self.page.items.push(',');
        }
        self.page.items.push_str(row.str(2)?);
        self.page.count += 1;
        if self.page.count == self.limit {
            self.last = PageKey { created_ms: row.int(0)?, id: row.text(1)? };
        }
        Ok(())
    }
}
