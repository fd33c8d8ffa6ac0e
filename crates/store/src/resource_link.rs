//! Links: which resource names which, in what role, and with what data. They find the resources that name another, keep
//! one from being deleted while it is named, and hold relations that have data of their own (a queue of a routing
//! profile with its priority).
//!
//! On PostgreSQL a create that links locks the target (`for key share`), and the check for links is a statement of its
//! own behind the delete: it sees what was committed while the delete waited for that lock. A sub-select of the delete
//! would not, and no batch with such a check is sent as one statement.

use std::collections::BTreeMap;

use crate::batch::Batch;
use crate::db::Row;
use crate::resource::Kind;
use crate::sql::{BadColumn, Param, Sql, Value};
use crate::{Conflict, Error, Store};

/// What happens to a link when its target is to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDelete {
    /// The target cannot be deleted.
    Refuse,
    /// The link is deleted with the target.
    Drop,
    /// The link stays and dangles.
    Keep,
}

impl OnDelete {
    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refuse => "REFUSE",
            Self::Drop => "DROP",
            Self::Keep => "KEEP",
        }
    }

    fn parse(text: &str) -> Result<Self, BadColumn> {
        let all = [Self::Refuse, Self::Drop, Self::Keep];
        let found = all.into_iter().find(|rule| rule.as_str() == text);
        found.ok_or_else(|| BadColumn(format!("{text:?} is no rule for links")))
    }
}

/// A link of a resource. The caller knows its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What the target is to the owner, for example `HOURS_OF_OPERATION`.
    pub role: String,
    /// Tells links of one role apart; empty where an owner has one only.
    pub slot: String,
    /// Order among the links of one role.
    pub position: i64,
    /// Kind of the target.
    pub to_kind: Kind,
    /// Id of the target.
    pub to_id: String,
    /// What happens when the target is to be deleted.
    pub on_delete: OnDelete,
    /// Data of the relation, a JSON object, or empty when there is none.
    pub body: String,
}

/// A resource that names another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// The role in which it names the other.
    pub role: String,
}

macro_rules! columns {
    () => {
        "role, slot, position, to_kind, to_id, on_delete, body"
    };
}

static OF: Sql = Sql::new(
    "resource_link",
    concat!("select ", columns!(), " from resource_link where instance_id = $1 and kind = $2 and id = $3"),
);

static PAGE: Sql = Sql::new(
    "resource_link",
    concat!(
        "select ",
        columns!(),
        " from resource_link where instance_id = $1 and kind = $2 and id = $3 and role = $4 and position > $5 \
         order by position limit $6"
    ),
);

static OF_KIND: Sql = Sql::new(
    "resource_link",
    concat!(
        "select ",
        columns!(),
        ", id from resource_link where instance_id = $1 and kind = $2 and (id, role, slot) > ($3, $4, $5) \
         order by id, role, slot limit $6"
    ),
);

static OWNERS: Sql = Sql::new(
    "resource_link",
    "select kind, id, role from resource_link where instance_id = $1 and to_kind = $2 and to_id = $3 and on_delete = $4 \
     order by kind, id limit $5",
);

/// How many targets or slots one statement asks for.
const COUNTED: usize = 16;

static COUNTS: Sql = Sql::new(
    "resource_link",
    "select to_id, count(*) from resource_link where instance_id = $1 and to_kind = $2 and on_delete = $3 and kind = $4 \
     and to_id in ($5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) group by to_id",
);

static IN_SLOTS: Sql = Sql::new(
    "resource_link",
    "select kind, id, role, slot from resource_link where instance_id = $1 and to_kind = $2 and to_id = $3 and slot in \
     ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) limit 1",
);

static INSERT: Sql = Sql::new(
    "resource_link",
    "insert into resource_link (instance_id, kind, id, role, slot, position, to_kind, to_id, on_delete, body) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (instance_id, kind, id, role, slot) do nothing",
);

static DELETE: Sql = Sql::new(
    "resource_link",
    "delete from resource_link where instance_id = $1 and kind = $2 and id = $3 and role = $4 and slot = $5",
);

static DELETE_OF: Sql =
    Sql::new("resource_link", "delete from resource_link where instance_id = $1 and kind = $2 and id = $3");

static DELETE_TO: Sql = Sql::new(
    "resource_link",
    "delete from resource_link where instance_id = $1 and to_kind = $2 and to_id = $3 and on_delete = 'DROP'",
);

static REFUSING: Sql = Sql::new(
    "resource_link",
    "select 1 from resource_link where instance_id = $1 and to_kind = $2 and to_id = $3 and on_delete = 'REFUSE' limit 1",
);

/// Every statement above, for the test that checks their plans.
#[cfg(test)]
pub(crate) static STATEMENTS: &[&Sql] =
    &[&OF, &OF_KIND, &PAGE, &OWNERS, &COUNTS, &IN_SLOTS, &INSERT, &DELETE, &DELETE_OF, &DELETE_TO, &REFUSING];

impl Store {
    /// Every link of a resource, by role and position. There are as many as the resource's rules let it have.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn links_of(&self, instance_id: &str, kind: Kind, id: &str) -> Result<Vec<Link>, Error> {
        let params = [Param::Text(instance_id), Param::Text(kind.as_str()), Param::Text(id)];
        let mut links = self.db().all(&OF, &params, read).await?;
        links.sort_by(|a, b| (&a.role, a.position, &a.slot).cmp(&(&b.role, b.position, &b.slot)));
        Ok(links)
    }

    /// At most `limit` links of all owners of a kind, with the owner's id, behind owner, role and slot `after`.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn links_of_kind(
        &self,
        instance_id: &str,
        kind: Kind,
        after: Option<(&str, &str, &str)>,
        limit: usize,
    ) -> Result<Vec<(String, Link)>, Error> {
        let (id, role, slot) = after.unwrap_or_default();
        let params = [
            Param::Text(instance_id),
            Param::Text(kind.as_str()),
            Param::Text(id),
            Param::Text(role),
            Param::Text(slot),
            Param::Int(i64::try_from(limit).unwrap_or(i64::MAX)),
        ];
        self.db().all(&OF_KIND, &params, |row| Ok((row.text(7)?, read(row)?))).await
    }

    /// At most `limit` links of one role behind the position `after`, in order.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn link_page(
        &self,
        instance_id: &str,
        kind: Kind,
        id: &str,
        role: &str,
        after: Option<i64>,
        limit: usize,
    ) -> Result<Vec<Link>, Error> {
        let params = [
            Param::Text(instance_id),
            Param::Text(kind.as_str()),
            Param::Text(id),
            Param::Text(role),
            Param::Int(after.unwrap_or(i64::MIN)),
            Param::Int(i64::try_from(limit).unwrap_or(i64::MAX)),
        ];
        self.db().all(&PAGE, &params, read).await
    }

    /// At most `limit` resources whose links to this one have that rule, by kind and id.
    ///
    /// # Errors
    /// Failures of the engine.
    pub async fn link_owners(
        &self,
        instance_id: &str,
        to_kind: Kind,
        to_id: &str,
        on_delete: OnDelete,
        limit: usize,
    ) -> Result<Vec<Owner>, Error> {
        let params = [
            Param::Text(instance_id),
            Param::Text(to_kind.as_str()),
            Param::Text(to_id),
            Param::Text(on_delete.as_str()),
            Param::Int(i64::try_from(limit).unwrap_or(i64::MAX)),
        ];
        let read = |row: &Row<'_>| Ok(Owner { kind: kind_of(&row.text(0)?)?, id: row.text(1)?, role: row.text(2)? });
        self.db().all(&OWNERS, &params, read).await
    }
}

impl Store {
    /// How many links of that rule each of several resources has from resources of the kind `from`; who has none is left out.
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn link_counts(
        &self,
        instance_id: &str,
        from: Kind,
        to_kind: Kind,
        to_ids: &[&str],
        on_delete: OnDelete,
    ) -> Result<BTreeMap<String, i64>, Error> {
        let mut counts = BTreeMap::new();
        for chunk in to_ids.chunks(COUNTED) {
            let mut params = vec![Param::Text(instance_id), Param::Text(to_kind.as_str())];
            params.extend([Param::Text(on_delete.as_str()), Param::Text(from.as_str())]);
            params.extend((0..COUNTED).map(|n| Param::Text(chunk[n.min(chunk.len() - 1)])));
            counts.extend(self.db().all(&COUNTS, &params, |row: &Row<'_>| Ok((row.text(0)?, row.int(1)?))).await?);
        }
        Ok(counts)
    }
}

impl Store {
    /// A link to a resource in one of these slots, and the slot.
    ///
    /// # Errors
    /// Trouble with the engine.
    pub async fn link_in_slots(
        &self,
        instance_id: &str,
        to_kind: Kind,
        to_id: &str,
        slots: &[String],
    ) -> Result<Option<(Owner, String)>, Error> {
        let read = |row: &Row<'_>| {
            let owner = Owner { kind: kind_of(&row.text(0)?)?, id: row.text(1)?, role: row.text(2)? };
            Ok((owner, row.text(3)?))
        };
        for chunk in slots.chunks(COUNTED) {
            let mut params = vec![Param::Text(instance_id), Param::Text(to_kind.as_str()), Param::Text(to_id)];
            params.extend((0..COUNTED).map(|n| Param::Text(&chunk[n.min(chunk.len() - 1)])));
            if let Some(found) = self.db().one(&IN_SLOTS, &params, read).await? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}

impl Batch {
    /// Requires that no link to a resource is in one of these slots. Add it behind the change of the resource, so that links
    /// made meanwhile are seen. Fails with [`Conflict::InUse`].
    pub fn forbid_links_in_slots(&mut self, instance_id: &str, to_kind: Kind, to_id: &str, slots: &[String]) {
        for chunk in slots.chunks(COUNTED) {
            let mut params: Vec<Value> = [instance_id, to_kind.as_str(), to_id].map(Value::from).into();
            params.extend((0..COUNTED).map(|n| Value::from(&chunk[n.min(chunk.len() - 1)])));
            self.none(&IN_SLOTS, params, Conflict::InUse);
        }
    }

    /// Adds a link of a resource. Add it behind the target's [`Batch::require_resource`], which keeps the target from being
    /// deleted meanwhile. Fails with [`Conflict::LinkTaken`] when the role's slot is in use.
    pub fn insert_link(&mut self, instance_id: &str, kind: Kind, id: &str, link: &Link) {
        let params = vec![
            Value::from(instance_id),
            Value::from(kind.as_str()),
            Value::from(id),
            Value::from(&link.role),
            Value::from(&link.slot),
            Value::Int(link.position),
            Value::from(link.to_kind.as_str()),
            Value::from(&link.to_id),
            Value::from(link.on_delete.as_str()),
            Value::from(&link.body),
        ];
        self.one(&INSERT, params, Conflict::LinkTaken);
    }

    /// Removes a link if it is there.
    pub fn delete_link(&mut self, instance_id: &str, kind: Kind, id: &str, role: &str, slot: &str) {
        let params = [instance_id, kind.as_str(), id, role, slot].map(Value::from);
        self.any(&DELETE, params.into());
    }

    /// Cleans up after a resource that the batch has just deleted: fails with [`Conflict::InUse`] when a link forbids
    /// it, and removes links to it and its own. Links that are made at the same time wait for the delete, or it waits
    /// for them.
    pub(crate) fn delete_links(&mut self, instance_id: &str, kind: Kind, id: &str) {
        let resource = || [instance_id, kind.as_str(), id].map(Value::from).into();
        self.none(&REFUSING, resource(), Conflict::InUse);
        self.any(&DELETE_TO, resource());
        self.any(&DELETE_OF, resource());
    }
}

fn read(row: &Row<'_>) -> Result<Link, BadColumn> {
    Ok(Link {
        role: row.text(0)?,
        slot: row.text(1)?,
        position: row.int(2)?,
        to_kind: kind_of(&row.text(3)?)?,
        to_id: row.text(4)?,
        on_delete: OnDelete::parse(&row.text(5)?)?,
        body: row.text(6)?,
    })
}

fn kind_of(text: &str) -> Result<Kind, BadColumn> {
    Kind::parse(text).ok_or_else(|| BadColumn(format!("{text:?} is no kind of resource")))
}
