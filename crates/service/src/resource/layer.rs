//! The layer under every named resource of an instance: create, describe, list, update and delete over one trait, with
//! names, quotas, tags, revisions and links. Each kind adds a file with its [`Resource`] and its own rules.
//!
//! Whatever a resource names is a link: required to exist by the commit that makes it, and checked by the delete of its
//! target. The generic functions work on whole values (a desired state in, the stored state out), so that other entry
//! points can use them too.

use std::borrow::Cow;
use std::collections::BTreeMap;

use engine::arn::{self, IdRef};
use store::{Batch, Conflict, Kind, Link, OnDelete, Owner, PageKey, ResourceRow};
use wire::json::Json;
use wire::shapes::ResourceType;
use wire::{Exception, ExceptionKind, Op, Shape, Timestamp};

use crate::base::commit::{Attempt, commit, until_done};
use crate::base::page::Page;
use crate::base::scope;
use crate::base::tags::{self, Tags};
use crate::resource::kinds::{self, KindFacts};
use crate::resource::mention::{Mention, Mentioned};
use crate::{Cx, Error, Result};

/// Maximum number of resources that a refused delete names (administration 1.3.3).
pub(crate) const NAMED_IN_THE_WAY: usize = 3;

/// Rows read at a time where all are wanted.
const ROWS: usize = 500;

/// A resource as its wire shape, which is also its stored form.
pub(crate) trait Resource: Shape + Clone + Send + Sync {
    /// Facts common to its kind.
    const FACTS: &'static KindFacts;
    /// Members of the stored body that the shape does not have; changes leave them as they are.
    const KEPT: &'static [&'static str] = &[];

    /// Writes its identity and when it was last changed.
    fn stamp(&mut self, stamp: Stamp);

    /// The name, unique among its kind in the instance.
    fn name(&self) -> &str;

    /// What is unique among its kind in the instance: the name, unless names are unique within something smaller.
    fn unique_name(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.name())
    }

    /// The id of a new one where clients choose it; `None` where it is made up.
    fn natural_id(&self) -> Option<&str> {
        None
    }

    /// The subtype, by which lists filter.
    fn subtype(&self) -> &str {
        ""
    }

    /// The resources that its own members name. Relations that are not members are links too, but are made by their
    /// operations.
    fn links(&self) -> Vec<Link> {
        Vec::new()
    }

    /// Sets the tags for an answer.
    fn set_tags(&mut self, tags: Option<Tags>);
}

/// The values that [`Resource::stamp`] writes.
pub(crate) struct Stamp {
    pub(crate) id: String,
    /// Empty for a kind without ARNs.
    pub(crate) arn: String,
    /// Now, as the time of the last change.
    pub(crate) now: Timestamp,
    pub(crate) region: String,
}

impl Stamp {
    fn new(cx: &Cx<'_>, instance: &str, facts: &KindFacts, id: &str) -> Self {
        let arn = facts.arn.map(|kind| cx.home().instance(instance).arn(kind, id)).unwrap_or_default();
        Self { id: id.to_owned(), arn, now: Timestamp(cx.now_ms), region: cx.settings().region.clone() }
    }
}

/// Implements [`Resource`] for a shape whose members are called as usual: facts, then the members of id, ARN and name; more
/// functions of the trait may follow in braces.
macro_rules! resource {
    ($shape:ident, $facts:ident, $id:ident, $arn:ident, $name:ident $(, { $($more:item)* })?) => {
        impl $crate::resource::layer::Resource for $shape {
            const FACTS: &'static $crate::resource::kinds::KindFacts = &$crate::resource::kinds::$facts;

            fn stamp(&mut self, stamp: $crate::resource::layer::Stamp) {
                self.$id = Some(stamp.id);
                self.$arn = Some(stamp.arn);
                self.last_modified_time = Some(stamp.now);
                self.last_modified_region = Some(stamp.region);
            }

            fn name(&self) -> &str {
                self.$name.as_deref().unwrap_or_default()
            }

            fn set_tags(&mut self, tags: Option<$crate::base::tags::Tags>) {
                self.tags = tags;
            }

            $($($more)*)?
        }
    };
}
pub(crate) use resource;

/// A link that a member makes; the target's id may be absent or empty. A member with one target has an empty `slot`.
pub(crate) fn link(role: &str, to_kind: Kind, to_id: Option<&str>, on_delete: OnDelete) -> Option<Link> {
    let to_id = to_id.filter(|id| !id.is_empty())?;
    let (role, slot, body) = (role.to_owned(), String::new(), String::new());
    Some(Link { role, slot, position: 0, to_kind, to_id: to_id.to_owned(), on_delete, body })
}

/// Links of one role to several targets, each once, in their order.
pub(crate) fn links(role: &str, to_kind: Kind, ids: &[String], on_delete: OnDelete) -> Vec<Link> {
    let links = ids.iter().enumerate().filter(|(n, id)| !ids[..*n].contains(id)).filter_map(|(n, id)| {
        let link = link(role, to_kind, Some(id), on_delete)?;
        Some(Link { slot: id.clone(), position: i64::try_from(n).unwrap_or(i64::MAX), ..link })
    });
    links.collect()
}

/// A stored resource, named by id or ARN.
pub(crate) async fn existing(cx: &Cx<'_>, instance: &str, kind: arn::Kind, text: &str) -> Result<ResourceRow> {
    let facts = kinds::of_arn(kind).ok_or_else(|| Error::internal(format!("{} is not a stored kind", kind.noun())))?;
    let unknown = || Error::not_found(format!("{} {text} not found", facts.title()));
    let IdRef::Id(id) = arn::id_or_arn(kind, text, cx.home().instance(instance)) else { return Err(unknown()) };
    cx.store().resource(instance, facts.stored, &id).await?.ok_or_else(unknown)
}

/// A stored resource of a type named as its kind is named: by id or ARN, or by what clients call it.
pub(crate) async fn existing_of<R: Resource>(cx: &Cx<'_>, instance: &str, text: &str) -> Result<ResourceRow> {
    let facts = R::FACTS;
    if let Some(kind) = facts.arn {
        return existing(cx, instance, kind, text).await;
    }
    let unknown = || Error::not_found(format!("{} {text} not found", facts.title()));
    cx.store().resource(instance, facts.stored, text).await?.ok_or_else(unknown)
}

/// A resource as stored, without tags.
pub(crate) fn stored<R: Shape>(row: &ResourceRow) -> Result<R> {
    wire::from_stored(row.body.as_bytes()).map_err(Error::internal)
}

/// A resource to be created.
pub(crate) struct New<R> {
    /// Everything except the values that [`Resource::stamp`] writes.
    pub(crate) value: R,
    /// Tags as they are stored.
    pub(crate) tags: String,
    /// Links that are not members of the value.
    pub(crate) relations: Vec<Link>,
}

/// Creates a resource: `make` reads and checks its parts in each attempt, `with` adds what is created with it under its
/// id, `answer` gets id and ARN.
pub(crate) async fn create<R, T, F>(
    cx: &Cx<'_>,
    instance: &str,
    name: &str,
    make: impl Fn() -> F,
    with: impl Fn(&str, &mut Batch),
    answer: impl Fn(String, String) -> T,
) -> Result<T>
where
    R: Resource,
    F: Future<Output = Result<New<R>>>,
{
    until_done(cx, name, || async { insert(cx, instance, make().await?, &with, &answer).await }).await
}

/// One attempt of [`create`], for operations that have client tokens.
pub(crate) async fn insert<R: Resource, T>(
    cx: &Cx<'_>,
    instance: &str,
    new: New<R>,
    with: impl Fn(&str, &mut Batch),
    answer: impl Fn(String, String) -> T,
) -> Result<Attempt<T>> {
    let (facts, mut value) = (R::FACTS, new.value);
    refuse_blank(cx.op(), facts, value.name())?;
    let id = value.natural_id().map_or_else(|| cx.new_id(), str::to_owned);
    let stamp = Stamp::new(cx, instance, facts, &id);
    let arn = stamp.arn.clone();
    value.stamp(stamp);
    let row = new_row(cx, &id, &value.unique_name(), value.subtype(), wire::to_stored(&value), &new.tags);
    let mut batch = Batch::new();
    batch.insert_resource(instance, facts.stored, &row);
    let links: Vec<Link> = value.links().into_iter().chain(new.relations).collect();
    add_links(&mut batch, instance, facts.stored, &id, &links);
    with(&id, &mut batch);
    facts.count_one(cx, instance, &mut batch);
    let answer = answer(id, arn);
    match commit(cx, batch, answer).await? {
        Attempt::Again(Conflict::NameTaken) => Err(name_taken(cx.op(), facts, value.name())),
        Attempt::Again(Conflict::Exists) if value.natural_id().is_some() => {
            Err(name_taken(cx.op(), facts, value.name()))
        }
        Attempt::Again(Conflict::CounterFull { .. }) => Err(facts.full(cx, instance)),
        other => Ok(facts.noticed(cx, instance, other)),
    }
}

/// The answer of Describe, with tags.
pub(crate) async fn describe<R: Resource>(cx: &Cx<'_>, instance: &str, text: &str) -> Result<R> {
    let instance = scope::existing(cx, instance).await?;
    let row = existing_of::<R>(cx, &instance, text).await?;
    let mut value: R = stored(&row)?;
    value.set_tags(tags::of_answer(&row.tags)?);
    Ok(value)
}

/// A page of the resources of an instance, oldest first, and the token of the next; only of the given subtypes unless none is
/// given.
pub(crate) async fn list<R: Resource, S>(
    cx: &Cx<'_>,
    instance: &str,
    page: &ListPage<'_>,
    subtypes: &[&str],
    summary: impl Fn(R) -> S,
) -> Result<(Option<Vec<S>>, Option<String>)> {
    let instance = scope::existing(cx, instance).await?;
    let filter = subtypes.join(",");
    let part = Page::of(cx, page.op, &[&instance, &filter], page.max_results, page.next_token)?;
    let rows = cx.store().resource_page(&instance, R::FACTS.stored, subtypes, part.after.as_ref(), part.size).await?;
    let summaries = rows.items.iter().map(|row| Ok(summary(stored(row)?))).collect::<Result<Vec<S>>>()?;
    Ok((Some(summaries), part.token(cx, rows.next.as_ref())))
}

/// Every resource of a kind: as many as its quota allows.
pub(crate) async fn all(cx: &Cx<'_>, instance: &str, kind: Kind) -> Result<Vec<ResourceRow>> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = cx.store().resource_page(instance, kind, &[], after.as_ref(), ROWS).await?;
        all.extend(page.items);
        after = page.next;
        if after.is_none() {
            return Ok(all);
        }
    }
}

/// The links of every resource of a kind, each with its owner: as many as the quotas allow.
pub(crate) async fn all_links(cx: &Cx<'_>, instance: &str, kind: Kind) -> Result<Vec<(String, Link)>> {
    let mut all = Vec::new();
    each_link(cx, instance, kind, |owner, link| {
        all.push((owner, link));
        Ok(())
    })
    .await?;
    Ok(all)
}

/// Passes on the links of every resource of a kind, each with its owner, [`ROWS`] at a time.
pub(crate) async fn each_link(
    cx: &Cx<'_>,
    instance: &str,
    kind: Kind,
    mut each: impl FnMut(String, Link) -> Result<()>,
) -> Result<()> {
    let mut after: Option<(String, String, String)> = None;
    loop {
        let behind = after.as_ref().map(|(owner, role, slot)| (owner.as_str(), role.as_str(), slot.as_str()));
        let some = cx.store().links_of_kind(instance, kind, behind, ROWS).await?;
        let next = some.get(ROWS - 1).map(|(owner, link)| (owner.clone(), link.role.clone(), link.slot.clone()));
        for (owner, link) in some {
            each(owner, link)?;
        }
        match next {
            Some(next) => after = Some(next),
            None => return Ok(()),
        }
    }
}

/// A page of the relations of a resource in one role, in the order in which they were made (administration 1.2.5), and the
/// token of the next.
pub(crate) async fn relation_page(
    cx: &Cx<'_>,
    instance: &str,
    owner: (Kind, &str),
    role: &str,
    page: &ListPage<'_>,
) -> Result<(Vec<Link>, Option<String>)> {
    let (kind, id) = owner;
    let part = Page::of(cx, page.op, &[instance, id], page.max_results, page.next_token)?;
    let after = part.after.as_ref().map(|after| after.created_ms);
    let mut links = cx.store().link_page(instance, kind, id, role, after, part.size.saturating_add(1)).await?;
    let more = links.len() > part.size;
    links.truncate(part.size);
    let next = links.last().filter(|_| more).map(|link| PageKey { created_ms: link.position, id: String::new() });
    Ok((links, part.token(cx, next.as_ref())))
}

/// Changes a resource that is still as it was read; an unchanged one is not written (administration 1.2.3).
pub(crate) async fn update<R: Resource>(
    cx: &Cx<'_>,
    instance: &str,
    text: &str,
    change: impl Fn(&mut R) -> Result<()>,
) -> Result<()> {
    let instance = scope::existing(cx, instance).await?;
    until_done(cx, text, || async {
        let row = existing_of::<R>(cx, &instance, text).await?;
        let old: R = stored(&row)?;
        let mut new = old.clone();
        change(&mut new)?;
        replace_if_changed(cx, &instance, row, &old, Change::of(new)).await
    })
    .await
}

/// What a change makes of a resource.
pub(crate) struct Change<R> {
    /// The value that replaces the old one.
    pub(crate) value: R,
    /// Links that are no members of the value, to be removed.
    pub(crate) removed: Vec<Link>,
    /// Links that are no members of the value, to be added behind the removed ones: an equal role and slot in both changes
    /// the data of a relation.
    pub(crate) added: Vec<Link>,
    /// What else belongs to the change.
    pub(crate) also: Batch,
}

impl<R> Change<R> {
    /// A change of members only.
    pub(crate) fn of(value: R) -> Self {
        Self { value, removed: Vec::new(), added: Vec::new(), also: Batch::new() }
    }
}

/// Changes a resource whose request names others, or whose relations change: `decide` gets the row, its value and what else
/// the request names, all of it read in each attempt. Whatever of it is unknown is reported in one message (administration
/// 1.1.1). `instance` exists.
pub(crate) async fn change<R: Resource, F>(
    cx: &Cx<'_>,
    instance: &str,
    target: Mention<'_>,
    others: Vec<Mention<'_>>,
    decide: impl Fn(ResourceRow, R, Mentioned) -> F,
) -> Result<()>
where
    F: Future<Output = Result<Change<R>>>,
{
    let thing = target.text;
    let mentions: Vec<Mention<'_>> = std::iter::once(target).chain(others).collect();
    until_done(cx, thing, || async {
        let (row, named) = Mentioned::read(cx, instance, &mentions).await?.split_first()?;
        let old: R = stored(&row)?;
        let change = decide(row.clone(), old.clone(), named).await?;
        replace_if_changed(cx, instance, row, &old, change).await
    })
    .await
}

/// Commits a change of `old`, the value of `row`, unless it changes nothing (administration 1.2.3).
pub(crate) async fn replace_if_changed<R: Resource>(
    cx: &Cx<'_>,
    instance: &str,
    row: ResourceRow,
    old: &R,
    change: Change<R>,
) -> Result<Attempt<()>> {
    let same = wire::to_stored(&change.value) == wire::to_stored(old);
    if same && change.removed.is_empty() && change.added.is_empty() && change.also.is_empty() {
        return Ok(Attempt::Done(()));
    }
    replace(cx, instance, row, old, change, ()).await
}

/// Commits a change of `old`, the value of `row`.
pub(crate) async fn replace<R: Resource, T>(
    cx: &Cx<'_>,
    instance: &str,
    mut row: ResourceRow,
    old: &R,
    change: Change<R>,
    answer: T,
) -> Result<Attempt<T>> {
    let (facts, mut new) = (R::FACTS, change.value);
    if new.name() != old.name() {
        refuse_blank(cx.op(), facts, new.name())?;
    }
    new.stamp(Stamp::new(cx, instance, facts, &row.id));
    row.name = new.unique_name().into_owned();
    new.subtype().clone_into(&mut row.subtype);
    row.modified_ms = cx.now_ms;
    row.body = with_kept(wire::to_stored(&new), &row.body, R::KEPT)?;
    let mut batch = Batch::new();
    batch.update_resource(instance, facts.stored, &row);
    let (was, is) = (old.links(), new.links());
    for gone in was.iter().filter(|link| !is.contains(link)).chain(&change.removed) {
        batch.delete_link(instance, facts.stored, &row.id, &gone.role, &gone.slot);
    }
    let mut added: Vec<Link> = is.into_iter().filter(|link| !was.contains(link)).collect();
    added.extend(change.added);
    add_links(&mut batch, instance, facts.stored, &row.id, &added);
    batch.append(change.also);
    match commit(cx, batch, answer).await? {
        Attempt::Again(Conflict::NameTaken) => Err(name_taken(cx.op(), facts, new.name())),
        Attempt::Again(Conflict::Moved) => {
            refuse_missing(cx, instance, &added).await?;
            Ok(Attempt::Again(Conflict::Moved))
        }
        other => Ok(facts.noticed(cx, instance, other)),
    }
}

/// Refuses links to missing resources, so that no change is retried for them.
async fn refuse_missing(cx: &Cx<'_>, instance: &str, links: &[Link]) -> Result<()> {
    for link in links {
        if cx.store().resource(instance, link.to_kind, &link.to_id).await?.is_none() {
            let title = kinds::of_stored(link.to_kind).map_or_else(String::new, KindFacts::title);
            return Err(Error::not_found(format!("{title} {} not found", link.to_id)));
        }
    }
    Ok(())
}

/// Deletes a resource unless it is named by others that require it (administration 1.3.3). `also` reads what is deleted
/// with it.
pub(crate) async fn delete<R: Resource, F>(
    cx: &Cx<'_>,
    instance: &str,
    text: &str,
    also: impl Fn(ResourceRow) -> F,
) -> Result<()>
where
    F: Future<Output = Result<Batch>>,
{
    let (facts, instance) = (R::FACTS, scope::existing(cx, instance).await?);
    until_done(cx, text, || async {
        let row = existing_of::<R>(cx, &instance, text).await?;
        refuse_named(cx, &instance, facts, &row).await?;
        let mut batch = Batch::new();
        batch.delete_resource(&instance, facts.stored, &row.id, row.rev);
        batch.append(also(row).await?);
        facts.count_off(&instance, &mut batch);
        // A link made meanwhile fails the commit, and is found by the next attempt.
        Ok(facts.noticed(cx, &instance, commit(cx, batch, ()).await?))
    })
    .await
}

/// Refuses to delete a resource named by others that require it.
async fn refuse_named(cx: &Cx<'_>, instance: &str, facts: &KindFacts, row: &ResourceRow) -> Result<()> {
    let owners = cx.store().link_owners(instance, facts.stored, &row.id, OnDelete::Refuse, NAMED_IN_THE_WAY).await?;
    if owners.is_empty() { Ok(()) } else { Err(in_the_way(cx.op(), facts, &row.id, &owners)) }
}

/// The refusal to delete a resource because of the ones that name it (administration 1.3.3).
pub(crate) fn in_the_way(op: Op, facts: &KindFacts, id: &str, owners: &[Owner]) -> Error {
    let noun = |kind: Kind| kinds::of_stored(kind).map_or("resource", |facts| facts.noun());
    let mut named: Vec<String> = owners.iter().map(|owner| format!("{} {}", noun(owner.kind), owner.id)).collect();
    named.dedup();
    let message = format!("{} {} cannot be deleted: {} name it", facts.title(), id, named.join(", "));
    let first = owners.first().map(|first| (ResourceType::parse(first.kind.as_str()), first.id.as_str()));
    in_use(op, message, first)
}

/// The answer when a resource cannot be deleted because of others, of which it names the first by type and id
/// (administration 1.3.3).
pub(crate) fn in_use(op: Op, message: String, first: Option<(ResourceType, &str)>) -> Error {
    if !op.declares(ExceptionKind::ResourceInUseException) {
        return Error::invalid_request(message);
    }
    let mut exception = Exception::with_message(ExceptionKind::ResourceInUseException, message);
    if let Exception::ResourceInUseException(shape) = &mut exception {
        (shape.resource_type, shape.resource_id) = first.map(|(kind, id)| (kind, id.to_owned())).unzip();
    }
    exception.into()
}

/// Adds links of a resource, each to a target that must exist. The order is the same for all batches, as each target is
/// locked until the commit.
fn add_links(batch: &mut Batch, instance: &str, kind: Kind, id: &str, links: &[Link]) {
    let targets: BTreeMap<(&str, &str), Kind> =
        links.iter().map(|link| ((link.to_kind.as_str(), link.to_id.as_str()), link.to_kind)).collect();
    for ((_, to_id), to_kind) in targets {
        batch.require_resource(instance, to_kind, to_id);
    }
    for link in links {
        batch.insert_link(instance, kind, id, link);
    }
}

/// Refuses a name of nothing but white space (administration 1.2.2).
fn refuse_blank(op: Op, facts: &KindFacts, name: &str) -> Result<()> {
    if name.is_empty() || !name.chars().all(char::is_whitespace) {
        return Ok(());
    }
    Err(Error::invalid_parameter(
        op,
        format!("Name {name:?}: a {} needs a name of more than white space", facts.noun()),
    ))
}

/// Sets the members of an update of name and description: what is absent stays, an empty description clears it
/// (administration 1.1.4 to 1.1.6). Neither of them is refused.
pub(crate) fn rename(
    (name, description): (&mut Option<String>, &mut Option<String>),
    given: (Option<&String>, Option<&String>),
) -> Result<()> {
    if given == (None, None) {
        return Err(Error::invalid_request("Name, Description: at least one of them is required"));
    }
    if let Some(given) = given.0 {
        *name = Some(given.clone());
    }
    redescribe(description, given.1);
    Ok(())
}

/// Sets the description of an update: absent leaves it, an empty one clears it (administration 1.1.5).
pub(crate) fn redescribe(description: &mut Option<String>, given: Option<&String>) {
    if let Some(given) = given {
        *description = Some(given.clone()).filter(|text| !text.is_empty());
    }
}

/// A name in use (administration 1.2.2).
fn name_taken(op: Op, facts: &KindFacts, name: &str) -> Error {
    let message = format!("Name: a {} named {name:?} already exists", facts.noun());
    if op.declares(ExceptionKind::DuplicateResourceException) {
        Error::duplicate(message)
    } else {
        Error::invalid_request(message)
    }
}

/// A JSON object, which has members already, with one more, as JSON.
pub(crate) fn with_member(object: &str, name: &str, json: &str) -> Result<String> {
    let open = object.strip_suffix('}').ok_or_else(|| Error::internal("a stored body is no JSON object"))?;
    Ok(format!("{open},\"{name}\":{json}}}"))
}

/// A body with those members of the old one that its shape does not have.
fn with_kept(body: String, old: &str, names: &[&str]) -> Result<String> {
    if names.is_empty() {
        return Ok(body);
    }
    let old = wire::json::parse(old.as_bytes()).map_err(Error::internal)?;
    let member = |name: &&str| Some(format!("\"{name}\":{}", text_of(old.get(name)?)));
    let members: Vec<String> = names.iter().filter_map(member).collect();
    match body.strip_suffix('}') {
        Some(open) if !members.is_empty() => Ok(format!("{open},{}}}", members.join(","))),
        _ => Ok(body),
    }
}

fn text_of(json: &Json<'_>) -> String {
    wire::to_stored(json)
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

/// The request for a list.
pub(crate) struct ListPage<'a> {
    pub(crate) op: Op,
    pub(crate) max_results: Option<i32>,
    pub(crate) next_token: Option<&'a str>,
}
