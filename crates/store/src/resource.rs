//! Administrative resources of an instance, all in one table: flows (their content is in `flow_content`), flow modules,
//! quick connects, hours, queues, profiles, statuses, users.

use crate::batch::Batch;
use crate::db::Row;
use crate::sql::{BadColumn, Param, Sql, Value};
use crate::{Conflict, Error, Page, PageKey, Store};

/// The list of kinds: name, word in the table, description.
macro_rules! kinds {
    ($($name:ident $word:literal $what:literal),* $(,)?) => {
        /// What a resource is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind {
            $(#[doc = $what] $name),*
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word in the table.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word),*
                }
            }
        }
    };
}

kinds! {
    ContactFlow "CONTACT_FLOW" "A flow.",
    FlowModule "FLOW_MODULE" "A flow module.",
    QuickConnect "QUICK_CONNECT" "A quick connect.",
    HoursOfOperation "HOURS_OF_OPERATION" "Hours of operation.",
    Queue "QUEUE" "A queue made by API.",
    AgentQueue "AGENT_QUEUE" "The queue of one user, under the user's id.",
    RoutingProfile "ROUTING_PROFILE" "A routing profile.",
    SecurityProfile "SECURITY_PROFILE" "A security profile.",
    AgentStatus "AGENT_STATUS" "An agent status.",
    User "USER" "A user.",
    HierarchyGroup "HIERARCHY_GROUP" "A group of the hierarchy of users.",
    HierarchyLevel "HIERARCHY_LEVEL" "A level of that hierarchy, under its number.",
    PredefinedAttribute "PREDEFINED_ATTRIBUTE" "A predefined attribute, under its name.",
    LambdaFunction "LAMBDA_FUNCTION" "A function that is associated with the instance, under its ARN.",
}

impl Kind {
    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }
}

/// A resource. The caller knows its instance and kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceRow {
    /// Its id.
    pub id: String,
    /// Its name, unique among its kind in the instance.
    pub name: String,
    /// The subtype, by which lists filter: a flow's type, a quick connect's type; may be empty.
    pub subtype: String,
    /// Everything else, a JSON object.
    pub body: String,
    /// JSON object of tags, or empty when there are none.
    pub tags: String,
    /// Counts changes of the tags.
    pub tags_rev: i64,
    /// Counts changes of the rest.
    pub rev: i64,
    /// When it was created, epoch milliseconds.
    pub created_ms: i64,
    /// When it was last changed, epoch milliseconds.
    pub modified_ms: i64,
}

/// Ids looked up by one statement.
const IDS: usize = 16;
/// Subtypes a page can be filtered by; no kind has more.
const SUBTYPES_MAX: usize = 24;

macro_rules! columns {
    () => {
        "id, name, subtype, body, tags, tags_rev, rev, created_ms, modified_ms"
    };
}

static GET: Sql = Sql::new(
    "resource",
    concat!("select ", columns!(), " from resource where instance_id = $1 and kind = $2 and id = $3"),
);

static BY_NAME: Sql = Sql::new(
    "resource",
    concat!("select ", columns!(), " from resource where instance_id = $1 and kind = $2 and name = $3"),
);

static SOME: Sql = Sql::new(
    "resource",
    concat!(
        "select ",
        columns!(),
        " from resource where instance_id = $1 and kind = $2 and id in \
         ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
    ),
);

static PAGE: Sql = Sql::new(
    "resource",
    concat!(
        "select ",
        columns!(),
        " from resource where instance_id = $1 and kind = $2 and (created_ms, id) > ($3, $4) \
         order by created_ms, id limit $5"
    ),
);

static PAGE_OF_SUBTYPES: Sql = Sql::new(
    "resource",
    concat!(
        "select ",
        columns!(),
        " from resource where instance_id = $1 and kind = $2 and (created_ms, id) > ($3, $4) and subtype in \
         ($6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, \
         $28, $29) order by created_ms, id limit $5"
    ),
);

/// In the order of the list, each looked up among the links: there are as many as the quota lets there be.
static PAGE_THAT_NAMES: Sql = Sql::new(
    "resource",
    concat!(
        "select ",
        columns!(),
        " from resource where instance_id = $1 and kind = $2 and (created_ms, id) > ($3, $4) and exists \
         (select 1 from resource_link l where l.instance_id = $1 and l.kind = $2 and l.id = resource.id \
         and l.role = $6 and l.to_kind = $2 and l.to_id = $7) order by created_ms, id limit $5"
    ),
);

static TAGGED: Sql = Sql::new(
    "resource",
    "select id, tags from resource where instance_id = $1 and kind = $2 and id > $3 and tags <> '' order by id limit $4",
);

static INSERT: Sql = Sql::new(
    "resource",
    "insert into resource \
     (instance_id, kind, id, name, subtype, body, tags, tags_rev, rev, created_ms, modified_ms) \
     values ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8, $9) on conflict (instance_id, kind, name) do nothing",
);

static UPDATE: Sql = Sql::new(
    "resource",
    "update resource set name = $5, subtype = $6, body = $7, modified_ms = $8, rev = rev + 1 \
     where instance_id = $1 and kind = $2 and id = $3 and rev = $4",
);

static DELETE: Sql =
    Sql::new("resource", "delete from resource where instance_id = $1 and kind = $2 and id = $3 and rev = $4");

static SET_TAGS: Sql = Sql::new(
    "resource",
    "update resource set tags = $5, tags_rev = tags_rev + 1 \
     where instance_id = $1 and kind = $2 and id = $3 and tags_rev = $4",
);

static REQUIRE: Sql = Sql::locking(
    "resource",
    "select 1 from resource where instance_id = $1 and kind = $2 and id = $3",
    "for key share",
);

static REQUIRE_AT: Sql = Sql::new(
    "resource",
    "select 1 from resource where instance_id = $1 and kind = $2 and id = $3 and rev = $4 and created_ms = $5",
);

static REQUIRE_UNCHANGED: Sql = Sql::locking(
    "resource",
    "select 1 from resource where instance_id = $1 and kind = $2 and id = $3 and rev = $4",
    "for share",
);

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] = &[
    &GET,
    &BY_NAME,
    &SOME,
    &PAGE,
    &PAGE_OF_SUBTYPES,
    &PAGE_THAT_NAMES,
    &TAGGED,
    &INSERT,
    &UPDATE,
    &DELETE,
    &SET_TAGS,
    &REQUIRE,
    &REQUIRE_AT,
    &REQUIRE_UNCHANGED,
];

impl Store {
    /// A resource. Whether the instance exists is not checked.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn resource(&self, instance_id: &str, kind: Kind, id: &str) -> Result<Option<ResourceRow>, Error> {
        self.db().one(&GET, &[Param::Text(instance_id), Param::Text(kind.as_str()), Param::Text(id)], read).await
    }

    /// The resource with this name, byte for byte.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn resource_named(
        &self,
        instance_id: &str,
        kind: Kind,
        name: &str,
    ) -> Result<Option<ResourceRow>, Error> {
        self.db().one(&BY_NAME, &[Param::Text(instance_id), Param::Text(kind.as_str()), Param::Text(name)], read).await
    }

    /// Those of several resources that exist, in no particular order.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn resources(&self, instance_id: &str, kind: Kind, ids: &[&str]) -> Result<Vec<ResourceRow>, Error> {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let mut found = Vec::new();
        for chunk in ids.chunks(IDS) {
            let mut params = vec![Param::Text(instance_id), Param::Text(kind.as_str())];
            params.extend((0..IDS).map(|n| Param::Text(chunk[n.min(chunk.len() - 1)])));
            found.extend(self.db().all(&SOME, &params, read).await?);
        }
        Ok(found)
    }

    /// Id and tags of at most `limit` resources that have tags, by id, behind the id `after` ("" for the first).
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn tagged_resources(
        &self,
        instance_id: &str,
        kind: Kind,
        after: &str,
        limit: usize,
    ) -> Result<Vec<(String, String)>, Error> {
        let params =
            [Param::Text(instance_id), Param::Text(kind.as_str()), Param::Text(after), Page::<()>::limit(limit)];
        self.db().all(&TAGGED, &params, |row| Ok((row.text(0)?, row.text(1)?))).await
    }

    /// A page of at most `limit` resources by creation time, then id, after `after`; only of the given subtypes unless
    /// none is given. Whether the instance exists is not checked.
    ///
    /// # Errors
    /// Failures of the engine; [`Error::Settings`] for more subtypes than any kind has.
    pub async fn resource_page(
        &self,
        instance_id: &str,
        kind: Kind,
        subtypes: &[&str],
        after: Option<&PageKey>,
        limit: usize,
    ) -> Result<Page<ResourceRow>, Error> {
        let (ms, id) = PageKey::start_of(after);
        let mut params = vec![Param::Text(instance_id), Param::Text(kind.as_str()), Param::Int(ms), Param::Text(id)];
        params.push(Page::<()>::one_more(limit));
        let mut subtypes = subtypes.to_vec();
        subtypes.sort_unstable();
        subtypes.dedup();
        let rows = match subtypes.last() {
            None => self.db().all(&PAGE, &params, read).await?,
            Some(_) if subtypes.len() > SUBTYPES_MAX => {
                return Err(Error::Settings { detail: format!("more than {SUBTYPES_MAX} subtypes in a filter") });
            }
            Some(last) => {
                params.extend((0..SUBTYPES_MAX).map(|n| Param::Text(subtypes.get(n).unwrap_or(last))));
                self.db().all(&PAGE_OF_SUBTYPES, &params, read).await?
            }
        };
        Ok(Page::cut(rows, limit, key_of))
    }

    /// A page of those that name another of their kind in this role, by creation time, then id. Looks at every resource of the
    /// kind: for kinds of which an instance has few.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn resources_that_name(
        &self,
        instance_id: &str,
        kind: Kind,
        role: &str,
        to_id: &str,
        after: Option<&PageKey>,
        limit: usize,
    ) -> Result<Page<ResourceRow>, Error> {
        let (ms, id) = PageKey::start_of(after);
        let mut params = vec![Param::Text(instance_id), Param::Text(kind.as_str()), Param::Int(ms), Param::Text(id)];
        params.push(Page::<()>::one_more(limit));
        params.extend([Param::Text(role), Param::Text(to_id)]);
        Ok(Page::cut(self.db().all(&PAGE_THAT_NAMES, &params, read).await?, limit, key_of))
    }

    /// The same over several kinds together, whatever their subtypes.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn resource_page_of_kinds(
        &self,
        instance_id: &str,
        kinds: &[Kind],
        after: Option<&PageKey>,
        limit: usize,
    ) -> Result<Page<(Kind, ResourceRow)>, Error> {
        let mut rows = Vec::new();
        for kind in kinds {
            let page = self.resource_page(instance_id, *kind, &[], after, limit.saturating_add(1)).await?;
            rows.extend(page.items.into_iter().map(|row| (*kind, row)));
        }
        rows.sort_by(|(_, a), (_, b)| (a.created_ms, &a.id).cmp(&(b.created_ms, &b.id)));
        Ok(Page::cut(rows, limit, |(_, row)| key_of(row)))
    }
}

fn key_of(row: &ResourceRow) -> PageKey {
    PageKey { created_ms: row.created_ms, id: row.id.clone() }
}

impl Batch {
    /// Inserts a resource; `tags_rev` and `rev` start at 0.
    /// Fails with [`Conflict::InstanceGone`], [`Conflict::NameTaken`], [`Conflict::Exists`] (when id and name are both taken, with
    /// either).
    pub fn insert_resource(&mut self, instance_id: &str, kind: Kind, row: &ResourceRow) {
        self.require_instance(instance_id);
        let mut params = key(instance_id, kind, &row.id);
        params.extend([
            Value::from(&row.name),
            Value::from(&row.subtype),
            Value::from(&row.body),
            Value::from(&row.tags),
            Value::Int(row.created_ms),
            Value::Int(row.modified_ms),
        ]);
        self.one(&INSERT, params, Conflict::NameTaken).taken(Conflict::Exists);
    }

    /// Replaces name, subtype, body and modification time of the resource that is still at `row.rev`.
    /// Fails with [`Conflict::Moved`] or [`Conflict::NameTaken`].
    pub fn update_resource(&mut self, instance_id: &str, kind: Kind, row: &ResourceRow) {
        let mut params = key(instance_id, kind, &row.id);
        params.extend([
            Value::Int(row.rev),
            Value::from(&row.name),
            Value::from(&row.subtype),
            Value::from(&row.body),
            Value::Int(row.modified_ms),
        ]);
        self.one(&UPDATE, params, Conflict::Moved).taken(Conflict::NameTaken);
    }

    /// Deletes a resource that is still at `expected_rev`, with its links. Fails with [`Conflict::Moved`], and with
    /// [`Conflict::InUse`] when another resource names it in a role that keeps it from being deleted.
    pub fn delete_resource(&mut self, instance_id: &str, kind: Kind, id: &str, expected_rev: i64) {
        let mut params = key(instance_id, kind, id);
        params.push(Value::Int(expected_rev));
        self.one(&DELETE, params, Conflict::Moved);
        self.delete_links(instance_id, kind, id);
    }

    /// Replaces the tags (a JSON object, or empty for none). Fails with [`Conflict::TagsMoved`].
    pub fn set_resource_tags(&mut self, instance_id: &str, kind: Kind, id: &str, expected_rev: i64, tags: &str) {
        let mut params = key(instance_id, kind, id);
        params.extend([Value::Int(expected_rev), Value::from(tags)]);
        self.one(&SET_TAGS, params, Conflict::TagsMoved);
    }

    /// Requires that a resource exists, and on PostgreSQL keeps it from being deleted until the batch is committed: for
    /// changes that refer to it. Fails with [`Conflict::Moved`].
    pub fn require_resource(&mut self, instance_id: &str, kind: Kind, id: &str) {
        self.one(&REQUIRE, key(instance_id, kind, id), Conflict::Moved);
    }

    /// Requires that a resource still is what it was at `rev`; `created_ms` tells it from a later one of the same id. It is
    /// not kept from being changed by the time the batch is committed. Fails with [`Conflict::Moved`].
    pub fn require_resource_at(&mut self, instance_id: &str, kind: Kind, id: &str, rev: i64, created_ms: i64) {
        let mut params = key(instance_id, kind, id);
        params.extend([Value::Int(rev), Value::Int(created_ms)]);
        self.one(&REQUIRE_AT, params, Conflict::Moved);
    }
}

impl Batch {
    /// Requires that a resource is still at `rev`, and on PostgreSQL keeps it from being changed until the batch is committed:
    /// for what depends on its members. Fails with [`Conflict::Moved`].
    pub fn require_resource_unchanged(&mut self, instance_id: &str, kind: Kind, id: &str, rev: i64) {
        let mut params = key(instance_id, kind, id);
        params.push(Value::Int(rev));
        self.one(&REQUIRE_UNCHANGED, params, Conflict::Moved);
    }
}

fn key(instance_id: &str, kind: Kind, id: &str) -> Vec<Value> {
    vec![Value::from(instance_id), Value::from(kind.as_str()), Value::from(id)]
}

fn read(row: &Row<'_>) -> Result<ResourceRow, BadColumn> {
    Ok(ResourceRow {
        id: row.text(0)?,
        name: row.text(1)?,
        subtype: row.text(2)?,
        body: row.text(3)?,
        tags: row.text(4)?,
        tags_rev: row.int(5)?,
        rev: row.int(6)?,
        created_ms: row.int(7)?,
        modified_ms: row.int(8)?,
    })
}
