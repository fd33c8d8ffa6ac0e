//! What the kinds of stored resources have in common: where they are kept, how they are found and inserted.

use std::collections::BTreeMap;

use engine::arn::{self, IdRef};
use store::{Batch, Clash, Kind, ResourceRow};
use wire::Op;

use crate::base::commit::{Attempt, commit};
use crate::base::page::Page;
use crate::base::quota::Quota;
use crate::{Cx, Error, Result};

/// Where the resources of an ARN's kind are kept; `None` for kinds with a place of their own and those not kept at all.
pub(crate) fn stored_kind(kind: arn::Kind) -> Option<Kind> {
    Some(match kind {
        arn::Kind::Flow => Kind::ContactFlow,
        arn::Kind::FlowModule => Kind::FlowModule,
        arn::Kind::QuickConnect => Kind::QuickConnect,
        arn::Kind::Queue => Kind::Queue,
        arn::Kind::User => Kind::User,
        arn::Kind::AgentStatus => Kind::AgentStatus,
        arn::Kind::RoutingProfile => Kind::RoutingProfile,
        arn::Kind::HoursOfOperation => Kind::HoursOfOperation,
        arn::Kind::SecurityProfile => Kind::SecurityProfile,
        arn::Kind::Instance
        | arn::Kind::TaskTemplate
        | arn::Kind::AgentQueue
        | arn::Kind::HierarchyGroup
        | arn::Kind::Prompt
        | arn::Kind::Contact
        | arn::Kind::PhoneNumber => return None,
    })
}

/// A stored resource named by id or ARN, in an instance that exists.
pub(crate) async fn existing(cx: &Cx<'_>, instance: &str, kind: arn::Kind, text: &str) -> Result<ResourceRow> {
    let unknown = || Error::not_found(format!("{} {text} not found", capital(kind.noun())));
    let IdRef::Id(id) = arn::id_or_arn(kind, text, cx.home().instance(instance)) else { return Err(unknown()) };
    let stored = stored_kind(kind).ok_or_else(|| Error::internal(format!("{} is not a stored kind", kind.noun())))?;
    cx.store().resource(instance, stored, &id).await?.ok_or_else(unknown)
}

/// A resource that a member of a request names.
pub(crate) struct Mention<'a> {
    /// Path of the member, for messages (administration 1.1.2).
    pub(crate) path: String,
    pub(crate) kind: arn::Kind,
    /// Id or ARN as given.
    pub(crate) text: &'a str,
}

impl<'a> Mention<'a> {
    pub(crate) fn new(path: impl Into<String>, kind: arn::Kind, text: &'a str) -> Self {
        Self { path: path.into(), kind, text }
    }
}

/// What a request names, all of it there when it was read: to be required by the commit that refers to it.
#[derive(Debug, Default)]
pub(crate) struct Mentioned(Vec<(Kind, ResourceRow)>);

impl Mentioned {
    /// Reads what a request names, one read for each kind. What does not exist is reported in one message (administration
    /// 1.1.1).
    pub(crate) async fn read(cx: &Cx<'_>, instance: &str, mentions: &[Mention<'_>]) -> Result<Self> {
        let mut wanted: BTreeMap<&'static str, (Kind, Vec<String>)> = BTreeMap::new();
        let mut ids = Vec::with_capacity(mentions.len());
        for mention in mentions {
            let kind = stored_kind(mention.kind)
                .ok_or_else(|| Error::internal(format!("{} is not a stored kind", mention.kind.noun())))?;
            let id = arn::id_or_arn(mention.kind, mention.text, cx.home().instance(instance)).id();
            if let Some(id) = &id {
                wanted.entry(kind.as_str()).or_insert_with(|| (kind, Vec::new())).1.push(id.clone());
            }
            ids.push((kind, id));
        }
        let mut found: BTreeMap<(&'static str, String), ResourceRow> = BTreeMap::new();
        for (name, (kind, ids)) in wanted {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let rows = cx.store().resources(instance, kind, &ids).await?;
            found.extend(rows.into_iter().map(|row| ((name, row.id.clone()), row)));
        }
        let (mut rows, mut unknown) = (Vec::with_capacity(mentions.len()), Vec::new());
        for (mention, (kind, id)) in mentions.iter().zip(ids) {
            match id.and_then(|id| found.get(&(kind.as_str(), id))) {
                Some(row) => rows.push((kind, row.clone())),
                None => unknown.push(format!("{}: {} {} not found", mention.path, mention.kind.noun(), mention.text)),
            }
        }
        if unknown.is_empty() { Ok(Self(rows)) } else { Err(Error::not_found(unknown.join("; "))) }
    }

    /// The rows of one kind, in the order of the mentions.
    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = &ResourceRow> {
        self.0.iter().filter(move |(found, _)| *found == kind).map(|(_, row)| row)
    }

    /// The bare ids of one kind, in the order of the mentions, each once.
    pub(crate) fn ids(&self, kind: Kind) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for row in self.of(kind) {
            if !ids.contains(&row.id) {
                ids.push(row.id.clone());
            }
        }
        ids
    }

    /// Makes the batch fail unless all of it is still there, so that nothing is created that names what was deleted
    /// meanwhile. In one order for all batches, as each of these rows is locked until the commit.
    pub(crate) fn require(&self, batch: &mut Batch, instance: &str) {
        let mut rows: Vec<(&str, &str, Kind)> =
            self.0.iter().map(|(kind, row)| (kind.as_str(), row.id.as_str(), *kind)).collect();
        rows.sort_unstable_by_key(|(kind, id, _)| (*kind, *id));
        rows.dedup_by_key(|(kind, id, _)| (*kind, *id));
        for (_, id, kind) in rows {
            batch.require_resource(instance, kind, id);
        }
    }
}

/// The row of a resource to be inserted now.
pub(crate) fn new_row(cx: &Cx<'_>, id: &str, name: &str, subtype: &str, body: String, tags: &str) -> ResourceRow {
    ResourceRow {
        id: id.to_owned(),
        name: name.to_owned(),
        subtype: subtype.to_owned(),
        body,
        tags: tags.to_owned(),
        created_ms: cx.now_ms,
        modified_ms: cx.now_ms,
        ..ResourceRow::default()
    }
}

/// What a list is asked for.
pub(crate) struct ListPage<'a> {
    pub(crate) op: Op,
    pub(crate) max_results: Option<i32>,
    pub(crate) next_token: Option<&'a str>,
}

impl ListPage<'_> {
    /// The rows of a page, oldest first, and the token of the next; only of the given subtypes unless none is given.
    pub(crate) async fn read(
        &self,
        cx: &Cx<'_>,
        instance: &str,
        kind: Kind,
        subtypes: &[&str],
    ) -> Result<(Vec<ResourceRow>, Option<String>)> {
        let filter = subtypes.join(",");
        let page = Page::of(cx, self.op, &[instance, &filter], self.max_results, self.next_token)?;
        let rows = cx.store().resource_page(instance, kind, subtypes, page.after.as_ref(), page.size).await?;
        let token = page.token(cx, rows.next.as_ref());
        Ok((rows.items, token))
    }

    /// The same over several kinds together; `filter` is what the request chose them by.
    pub(crate) async fn read_kinds(
        &self,
        cx: &Cx<'_>,
        instance: &str,
        kinds: &[Kind],
        filter: &[&str],
    ) -> Result<(Vec<ResourceRow>, Option<String>)> {
        let filter = filter.join(",");
        let page = Page::of(cx, self.op, &[instance, &filter], self.max_results, self.next_token)?;
        let rows = cx.store().resource_page_of_kinds(instance, kinds, page.after.as_ref(), page.size).await?;
        let token = page.token(cx, rows.next.as_ref());
        Ok((rows.items.into_iter().map(|(_, row)| row).collect(), token))
    }
}

/// Commits a batch that inserts one named resource, with the answers for a name in use and for a quota used up.
pub(crate) async fn commit_new<T>(
    cx: &Cx<'_>,
    op: Op,
    name: &str,
    quota: &Quota,
    batch: Batch,
    answer: T,
) -> Result<Attempt<T>> {
    let noun = quota.noun;
    match commit(cx, batch, answer).await? {
        Attempt::Again(Clash::NameTaken) => Err(Error::duplicate(format!("A {noun} named {name:?} already exists"))),
        Attempt::Again(Clash::CounterFull { .. }) => {
            Err(Error::quota(op, format!("An instance may have at most {} {noun}s", quota.limit)))
        }
        other => Ok(other),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
