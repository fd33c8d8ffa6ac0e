//! SearchResourceTags: the tags that are in use (administration 3.3).

use std::collections::BTreeSet;

use engine::page as token;
use engine::search::TagPairs;
use store::Kind;
use wire::ops::{SearchResourceTagsInput, SearchResourceTagsOutput};
use wire::shapes::TagSet;
use wire::{Exception, ExceptionKind};

use super::{ROWS, checked, refused_token};
use crate::base::{page, scope, tags};
use crate::{Cx, Error, Result};

/// Most distinct tags over all pages (administration 3.3.2).
const TAGS_MAX: usize = 1_000;

/// Where the resources of a type are stored.
#[derive(Clone, Copy, Debug)]
enum Place {
    Resource(Kind),
    TaskTemplate,
    /// A type of which there are none here.
    Nowhere,
}

/// The types that a search may name (administration 3.3.1).
const TYPES: &[(&str, Place)] = &[
    ("agent", Place::Resource(Kind::User)),
    ("agent-state", Place::Resource(Kind::AgentStatus)),
    ("routing-profile", Place::Resource(Kind::RoutingProfile)),
    ("standard-queue", Place::Resource(Kind::Queue)),
    ("security-profile", Place::Resource(Kind::SecurityProfile)),
    ("operating-hours", Place::Resource(Kind::HoursOfOperation)),
    ("prompt", Place::Nowhere),
    ("contact-flow", Place::Resource(Kind::ContactFlow)),
    ("flow-module", Place::Resource(Kind::FlowModule)),
    ("transfer-destination", Place::Resource(Kind::QuickConnect)),
    ("metric", Place::Nowhere),
    ("task-template", Place::TaskTemplate),
    ("agent-group", Place::Resource(Kind::HierarchyGroup)),
];

/// SearchResourceTags: distinct pairs in use, by key, then value (administration 3.3.1).
pub(crate) async fn search(cx: &Cx<'_>, input: SearchResourceTagsInput) -> Result<SearchResourceTagsOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let types = types(cx, input.resource_types.as_deref().unwrap_or_default())?;
    let condition = input.search_criteria.as_ref().and_then(|criteria| criteria.tag_search_condition.as_ref());
    let pairs = checked(cx, TagPairs::of(condition, "SearchCriteria.TagSearchCondition"))?;
    let named = input.resource_types.as_deref().unwrap_or_default().join(",");
    let filter = [named, input.search_criteria.as_ref().map(wire::to_stored).unwrap_or_default()].join("\n");
    let context = [cx.op().name(), cx.settings().account.as_str(), &instance, &filter];
    let start = input.next_token.as_deref().filter(|token| !token.is_empty());
    let start = start.map(|token| position(cx, &context, token)).transpose()?;
    let mut found = BTreeSet::new();
    for place in types {
        let mut after = String::new();
        loop {
            let rows = match place {
                Place::Nowhere => break,
                Place::Resource(kind) => cx.store().tagged_resources(&instance, kind, &after, ROWS).await?,
                Place::TaskTemplate => cx.store().tagged_task_templates(&instance, &after, ROWS).await?,
            };
            for (_, text) in &rows {
                found.extend(tags::from_text(text)?.into_iter().filter(|(key, value)| pairs.holds(key, value)));
            }
            if found.len() > TAGS_MAX {
                return Err(too_many());
            }
            match rows.into_iter().nth(ROWS - 1) {
                Some((last, _)) => after = last,
                None => break,
            }
        }
    }
    let mut rest = found.into_iter().filter(|pair| start.as_ref().is_none_or(|start| pair > start)).peekable();
    let page: Vec<(String, String)> = rest.by_ref().take(page::size(input.max_results)).collect();
    let more = rest.peek().is_some();
    let next_token = page.last().filter(|_| more).map(|(key, value)| {
        let expires_ms = cx.now_ms.saturating_add(page::TOKEN_LIFE_MS);
        token::encode(cx.token_key(), &context, &[key, "\n", value].concat(), expires_ms)
    });
    let tags = page.into_iter().map(|(key, value)| TagSet { key: Some(key), value: Some(value) }).collect();
    Ok(SearchResourceTagsOutput { tags: Some(tags), next_token })
}

/// The types that a request names, all of them when it names none.
fn types(cx: &Cx<'_>, names: &[String]) -> Result<Vec<Place>> {
    if names.is_empty() {
        return Ok(TYPES.iter().map(|(_, place)| *place).collect());
    }
    let named = names.iter().enumerate().map(|(n, name)| {
        TYPES.iter().find(|(known, _)| known == name).map(|(_, place)| *place).ok_or_else(|| {
            let known: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
            let message = format!("ResourceTypes[{n}]: {name:?} is none of {}", known.join(", "));
            Error::invalid_parameter(cx.op(), message)
        })
    });
    named.collect()
}

fn too_many() -> Error {
    let message = format!(
        "More than {TAGS_MAX} different tags are found; name fewer types in ResourceTypes, or a condition in \
         SearchCriteria.TagSearchCondition"
    );
    Exception::with_message(ExceptionKind::MaximumResultReturnedException, message).into()
}

/// A tag cannot hold a line break, so it parts key and value.
fn position(cx: &Cx<'_>, context: &[&str], text: &str) -> Result<(String, String)> {
    let text = token::decode(cx.token_key(), context, text, cx.now_ms).map_err(|_| refused_token(cx))?;
    let (key, value) = text.split_once('\n').ok_or_else(|| refused_token(cx))?;
    Ok((key.to_owned(), value.to_owned()))
}
