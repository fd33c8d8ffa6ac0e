//! Search operations: one pass over all resources of a kind, of which the best rows of the page are remembered
//! (administration 3). Criteria and filters are `engine::search`'s; which fields a noun has, and its operation, are in one
//! file for each noun.
//!
//! A search reads every row of the kind in the instance, [`ROWS`] at a time; how many there can be is the kind's quota. It keeps
//! two pages of them.

mod agent_status;
mod flow;
mod hierarchy_group;
mod hours_of_operation;
mod overrides;
mod predefined_attribute;
mod queue;
mod quick_connect;
mod resource_tags;
mod routing_profile;
mod security_profile;
mod user;

use engine::arn::Scope;
use engine::page as token;
use engine::search::{Attributes, Criteria, Filter, Tree};
use store::ResourceRow;
use wire::Encode;
use wire::shapes::{ControlPlaneAttributeFilter, ControlPlaneTagFilter};

use crate::base::tags::{self, Tags};
use crate::base::{page, scope};
use crate::resource::layer::{Resource, stored};
use crate::{Cx, Error, Result};

pub(crate) use agent_status::search as agent_statuses;
pub(crate) use flow::{modules as flow_modules, search as flows};
pub(crate) use hierarchy_group::search as hierarchy_groups;
pub(crate) use hours_of_operation::search as hours_of_operations;
pub(crate) use overrides::search as overrides;
pub(crate) use predefined_attribute::search as predefined_attributes;
pub(crate) use queue::search as queues;
pub(crate) use quick_connect::search as quick_connects;
pub(crate) use resource_tags::search as resource_tags;
pub(crate) use routing_profile::search as routing_profiles;
pub(crate) use security_profile::search as security_profiles;
pub(crate) use user::search as users;

/// Rows read at a time.
const ROWS: usize = 500;

/// The request for a page of a search.
pub(crate) struct SearchPage<'a> {
    /// It exists.
    pub(crate) instance: String,
    max_results: Option<i32>,
    next_token: Option<&'a str>,
    /// Criteria and filter as JSON: a token is bound to them.
    context: String,
}

impl<'a> SearchPage<'a> {
    /// Reads what all searches have in common; refuses an unknown instance.
    pub(crate) async fn of(
        cx: &Cx<'_>,
        instance: &str,
        max_results: Option<i32>,
        next_token: Option<&'a str>,
        (criteria, filter): (Option<&impl Encode>, Option<&impl Encode>),
    ) -> Result<Self> {
        let instance = scope::existing(cx, instance).await?;
        let text = |part: Option<String>| part.unwrap_or_default();
        let context = [text(criteria.map(wire::to_stored)), text(filter.map(wire::to_stored))].join("\n");
        Ok(Self { instance, max_results, next_token, context })
    }
}

/// A page of what was found.
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) next_token: Option<String>,
    /// ApproximateTotalCount, which is exact (administration 3.2.3).
    pub(crate) total: Option<i64>,
}

impl<T> Page<T> {
    fn map<A>(self, answer: impl FnMut(T) -> A) -> Page<A> {
        let items = self.items.into_iter().map(answer).collect();
        Page { items, next_token: self.next_token, total: self.total }
    }
}

/// A resource as a search sees it.
#[derive(Debug)]
pub(crate) struct Found<R> {
    /// As it is stored, without tags.
    pub(crate) value: R,
    pub(crate) id: String,
    /// Empty for a kind without ARNs.
    pub(crate) arn: String,
    pub(crate) tags: Option<Tags>,
}

impl<R: Resource> Found<R> {
    pub(crate) fn of(home: Scope<'_>, row: &ResourceRow) -> Result<Self> {
        let arn = R::FACTS.arn.map(|kind| home.arn(kind, &row.id)).unwrap_or_default();
        Ok(Self { value: stored(row)?, id: row.id.clone(), arn, tags: tags::of_answer(&row.tags)? })
    }

    /// What filters look at.
    fn attributes(&self) -> Attributes<'_> {
        Attributes { tags: self.tags.as_ref(), ..Attributes::default() }
    }

    /// As Describe answers it (administration 3.2.4).
    fn answer(self) -> R {
        let mut value = self.value;
        value.set_tags(self.tags);
        value
    }
}

/// TagFilter of a search.
pub(crate) fn tag_filter(cx: &Cx<'_>, filter: Option<&ControlPlaneTagFilter>) -> Result<Filter> {
    checked(cx, filter.map_or(Ok(Filter::default()), |filter| Filter::of_tags(filter, "SearchFilter.TagFilter")))
}

/// AttributeFilter of a search that has nothing but tags to filter by.
pub(crate) fn attribute_filter(cx: &Cx<'_>, filter: Option<&ControlPlaneAttributeFilter>) -> Result<Filter> {
    let filter = filter.map(|filter| Filter::of_attributes(filter, "SearchFilter.AttributeFilter"));
    Ok(checked(cx, filter.transpose())?.unwrap_or_default())
}

/// A broken rule of criteria or filters is InvalidParameterException (administration 3.1.1).
pub(crate) fn checked<T>(cx: &Cx<'_>, result: std::result::Result<T, String>) -> Result<T> {
    result.map_err(|fault| Error::invalid_parameter(cx.op(), fault))
}

/// Searches resources whose values say all that criteria and filters look at.
pub(crate) async fn search<C, R>(
    cx: &Cx<'_>,
    page: &SearchPage<'_>,
    criteria: Option<&C::Node>,
    filter: &Filter,
) -> Result<Page<R>>
where
    C: Criteria<Target = Found<R>>,
    R: Resource + std::fmt::Debug + 'static,
{
    let tree = checked(cx, Tree::<C>::of(criteria))?;
    let keeps = |found: &Found<R>| filter.passes(found.attributes()) && tree.holds(found);
    let load = |home: Scope<'_>, row: &ResourceRow| Ok(vec![(Key::of(row), Found::of(home, row)?)]);
    pass::<R, _>(cx, page, load, keeps).await.map(|found| found.map(Found::answer))
}

/// One pass over the rows of a kind: `load` makes what is searched of a row, `keeps` chooses among that.
pub(crate) async fn pass<R: Resource, T>(
    cx: &Cx<'_>,
    page: &SearchPage<'_>,
    load: impl Fn(Scope<'_>, &ResourceRow) -> Result<Vec<(Key, T)>>,
    keeps: impl Fn(&T) -> bool,
) -> Result<Page<T>> {
    let context = [cx.op().name(), cx.settings().account.as_str(), &page.instance, &page.context];
    let start = page.next_token.filter(|token| !token.is_empty());
    let start = start.map(|token| position(cx, &context, token)).transpose()?;
    let size = page::size(page.max_results);
    let (mut best, mut total, mut after) = (Vec::new(), 0, None);
    loop {
        let rows = cx.store().resource_page(&page.instance, R::FACTS.stored, &[], after.as_ref(), ROWS).await?;
        for row in &rows.items {
            for (key, target) in
                load(cx.home().instance(&page.instance), row)?.into_iter().filter(|(_, target)| keeps(target))
            {
                total += 1;
                if start.as_ref().is_none_or(|start| key > *start) {
                    best.push((key, target));
                }
            }
            if best.len() > 2 * size {
                shorten(&mut best, size + 1);
            }
        }
        after = rows.next;
        if after.is_none() {
            break;
        }
    }
    shorten(&mut best, size + 1);
    let more = best.len() > size;
    best.truncate(size);
    let next_token = best.last().filter(|_| more).map(|(key, _)| key.token(cx, &context));
    let items = best.into_iter().map(|(_, target)| target).collect();
    Ok(Page { items, next_token, total: Some(total) })
}

fn shorten<T>(best: &mut Vec<(Key, T)>, to: usize) {
    best.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    best.truncate(to);
}

/// The order of answers: by name without case, then id (administration 3.2.3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    name: String,
    id: String,
}

impl Key {
    pub(crate) fn of(row: &ResourceRow) -> Self {
        Self::named(&row.name, &row.id)
    }

    pub(crate) fn named(name: &str, id: &str) -> Self {
        Self { name: name.to_lowercase(), id: id.to_owned() }
    }

    fn token(&self, cx: &Cx<'_>, context: &[&str]) -> String {
        let expires_ms = cx.now_ms.saturating_add(page::TOKEN_LIFE_MS);
        token::encode(cx.token_key(), context, &[&self.id, "/", &self.name].concat(), expires_ms)
    }
}

fn position(cx: &Cx<'_>, context: &[&str], text: &str) -> Result<Key> {
    let text = token::decode(cx.token_key(), context, text, cx.now_ms).map_err(|_| refused_token(cx))?;
    let (id, name) = text.split_once('/').ok_or_else(|| refused_token(cx))?;
    Ok(Key { name: name.to_owned(), id: id.to_owned() })
}

fn refused_token(cx: &Cx<'_>) -> Error {
    let message = "NextToken is not a token of this search with these criteria, or it has expired";
    Error::invalid_parameter(cx.op(), message)
}

/// A field of a resource's shape: a text, which may be absent.
macro_rules! field {
    ($name:literal, $case:ident, $member:ident) => {
        engine::search::Field {
            name: $name,
            case: engine::search::Case::$case,
            values: |found, each| {
                if let Some(value) = found.value.$member.as_deref() {
                    each(value);
                }
            },
        }
    };
    ($name:literal, $case:ident, $member:ident of $part:ident) => {
        engine::search::Field {
            name: $name,
            case: engine::search::Case::$case,
            values: |found, each| {
                if let Some(value) = found.$part.value.$member.as_deref() {
                    each(value);
                }
            },
        }
    };
    ($name:literal, $case:ident, $member:ident as_str) => {
        engine::search::Field {
            name: $name,
            case: engine::search::Case::$case,
            values: |found, each| {
                if let Some(value) = &found.value.$member {
                    each(value.as_str());
                }
            },
        }
    };
}

/// The field `resourceID`: id and ARN.
macro_rules! resource_id {
    (of $part:ident) => {
        engine::search::Field {
            name: "resourceID",
            case: engine::search::Case::Id,
            values: |found, each| {
                each(&found.$part.id);
                each(&found.$part.arn);
            },
        }
    };
    () => {
        engine::search::Field {
            name: "resourceID",
            case: engine::search::Case::Id,
            values: |found, each| {
                each(&found.id);
                each(&found.arn);
            },
        }
    };
}
use {field, resource_id};
