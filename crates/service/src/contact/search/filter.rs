//! The criteria of a search that need the content of a task: words of its name, tags, attributes, combined times,
//! routing (tasks 2.15.2).

use std::collections::{BTreeSet, HashMap, HashSet};

use engine::contact::{Attributes, Contact};
use serde_json::Value;
use store::{ContactRow, TimeColumn};
use wire::shapes::{
    ControlPlaneTagFilter, NameCriteria, SearchContactsAdditionalTimeRange, SearchContactsAdditionalTimeRangeCriteria,
    SearchContactsMatchType, SearchCriteria, SearchableContactAttributesCriteria, SearchableRoutingCriteria,
    SearchableSegmentAttributesCriteria, TagCondition,
};

use super::time;
use crate::unit::readable;
use crate::{Cx, Error, Result};

/// The criteria that the store cannot apply.
pub(super) struct Filter<'a> {
    name: Option<Words<'a>>,
    tags: Option<&'a ControlPlaneTagFilter>,
    attributes: Option<(Keys<'a>, Match)>,
    segment: Option<(Keys<'a>, Match)>,
    times: Option<&'a SearchContactsAdditionalTimeRange>,
    routing: Option<&'a SearchableRoutingCriteria>,
}

/// The words that a name must have; read once, not for each task.
struct Words<'a> {
    how: &'a SearchContactsMatchType,
    /// In their order.
    all: Vec<String>,
    distinct: HashSet<String>,
}

impl<'a> Words<'a> {
    fn of(criteria: &'a NameCriteria) -> Self {
        let all: Vec<String> = criteria.search_text.iter().flat_map(|text| words(text)).collect();
        Self { how: &criteria.match_type, distinct: all.iter().cloned().collect(), all }
    }

    /// Looks at no more words than the name has, and one.
    fn fit(&self, name: &str) -> bool {
        let mut has = words(name);
        match self.how {
            SearchContactsMatchType::MatchExact => has.eq(self.all.iter().cloned()),
            SearchContactsMatchType::MatchAny => has.any(|word| self.distinct.contains(&word)),
            SearchContactsMatchType::MatchNone => !has.any(|word| self.distinct.contains(&word)),
            _ => {
                let has: HashSet<String> = has.collect();
                self.distinct.iter().all(|word| has.contains(word))
            }
        }
    }
}

/// Keys with the values that each may have.
type Keys<'a> = Vec<(&'a str, &'a [String])>;

/// Whether all, any or none of several conditions must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match {
    All,
    Any,
    None,
}

impl Match {
    /// MATCH_ALL by default; for conditions MATCH_EXACT means all of them.
    fn of(given: Option<&SearchContactsMatchType>) -> Self {
        match given {
            Some(SearchContactsMatchType::MatchAny) => Self::Any,
            Some(SearchContactsMatchType::MatchNone) => Self::None,
            _ => Self::All,
        }
    }

    fn holds(self, mut conditions: impl Iterator<Item = bool>) -> bool {
        match self {
            Self::All => conditions.all(|holds| holds),
            Self::Any => conditions.any(|holds| holds),
            Self::None => !conditions.any(|holds| holds),
        }
    }
}

impl<'a> Filter<'a> {
    /// `None` when the store applies all criteria. `times_in_store`: the store applies the additional time range.
    pub(super) fn of(criteria: &'a SearchCriteria, times_in_store: bool) -> Option<Self> {
        let contact = |entry: &'a SearchableContactAttributesCriteria| (entry.key.as_str(), entry.values.as_slice());
        let segment = |entry: &'a SearchableSegmentAttributesCriteria| (entry.key.as_str(), entry.values.as_slice());
        let filter = Self {
            name: criteria.name.as_ref().map(Words::of),
            tags: criteria.contact_tags.as_ref(),
            attributes: criteria
                .searchable_contact_attributes
                .as_ref()
                .map(|given| (given.criteria.iter().map(contact).collect(), Match::of(given.match_type.as_ref()))),
            segment: criteria
                .searchable_segment_attributes
                .as_ref()
                .map(|given| (given.criteria.iter().map(segment).collect(), Match::of(given.match_type.as_ref()))),
            times: criteria.additional_time_range.as_ref().filter(|_| !times_in_store),
            routing: criteria.routing_criteria.as_ref(),
        };
        let empty = filter.name.is_none()
            && filter.tags.is_none()
            && filter.attributes.is_none()
            && filter.segment.is_none()
            && filter.times.is_none()
            && filter.routing.is_none();
        (!empty).then_some(filter)
    }

    /// The rows of a batch that match.
    pub(super) async fn of_batch(&self, cx: &Cx<'_>, instance: &str, rows: Vec<ContactRow>) -> Result<Vec<ContactRow>> {
        let mut fitting = Vec::new();
        for row in rows {
            if self.name.as_ref().is_none_or(|name| name.fit(&row.name))
                && self.times_fit(&row)
                && self.inside_fits(&row)
            {
                fitting.push(row);
            }
        }
        let Some((wanted, how)) = &self.attributes else { return Ok(fitting) };
        let chains: BTreeSet<&str> = fitting.iter().map(|row| row.chain_id.as_str()).collect();
        let chains: Vec<&str> = chains.into_iter().collect();
        let mut of_chain = HashMap::new();
        for (chain, row) in cx.store().attributes_of_chains(instance, &chains).await? {
            let attributes: Attributes = serde_json::from_str(&row.body).map_err(Error::internal)?;
            of_chain.insert(chain, attributes);
        }
        let none = Attributes::new();
        fitting.retain(|row| keys_fit(wanted, *how, of_chain.get(&row.chain_id).unwrap_or(&none)));
        Ok(fitting)
    }

    fn times_fit(&self, row: &ContactRow) -> bool {
        let Some(range) = self.times else { return true };
        let fits =
            |entry: &SearchContactsAdditionalTimeRangeCriteria| match (&entry.time_range, &entry.timestamp_condition) {
                (Some(range), _) => moment(row, time(&range.r#type))
                    .is_some_and(|ms| (range.start_time.0..=range.end_time.0).contains(&ms)),
                (None, Some(condition)) => moment(row, time(&condition.r#type)).is_none(),
                (None, None) => true,
            };
        Match::of(Some(&range.match_type)).holds(range.criteria.iter().map(fits))
    }

    /// Criteria on the body.
    fn inside_fits(&self, row: &ContactRow) -> bool {
        if self.tags.is_none() && self.segment.is_none() && self.routing.is_none() {
            return true;
        }
        let Some(contact) = readable(row) else { return false };
        let segment = self.segment.as_ref().is_none_or(|(keys, how)| keys_fit(keys, *how, &contact.segment_attributes));
        let tags = self.tags.is_none_or(|filter| tags_fit(filter, &contact));
        segment && tags && self.routing.is_none_or(|routing| routing_fits(routing, &contact))
    }
}

/// Words in lower case, separated by white space and punctuation.
fn words(text: &str) -> impl Iterator<Item = String> {
    let lower = text.to_lowercase();
    let words: Vec<String> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.into_iter()
}

fn moment(row: &ContactRow, column: TimeColumn) -> Option<i64> {
    match column {
        TimeColumn::Initiated => Some(row.initiated_ms),
        TimeColumn::Scheduled => row.scheduled_ms,
        TimeColumn::Connected => row.connected_ms,
        TimeColumn::Disconnected => row.disconnected_ms,
        TimeColumn::Enqueued => row.enqueued_ms,
    }
}

/// Each key has one of its values.
fn keys_fit(wanted: &[(&str, &[String])], how: Match, has: &Attributes) -> bool {
    how.holds(wanted.iter().map(|(key, values)| has.get(*key).is_some_and(|value| values.contains(value))))
}

/// Every given member must hold: any of the alternatives, all of the conditions, the single one. A condition with a
/// value and no key asks for a tag with that value (B80).
fn tags_fit(filter: &ControlPlaneTagFilter, contact: &Contact) -> bool {
    let fits = |condition: &TagCondition| {
        let value_fits = |value: &String| condition.tag_value.as_ref().is_none_or(|wanted| wanted == value);
        match &condition.tag_key {
            Some(key) => contact.tags.get(key).is_some_and(value_fits),
            None => condition.tag_value.is_none() || contact.tags.values().any(value_fits),
        }
    };
    let alternatives = filter.or_conditions.as_deref().unwrap_or_default();
    (alternatives.is_empty() || alternatives.iter().any(|all| all.iter().all(fits)))
        && filter.and_conditions.iter().flatten().all(fits)
        && filter.tag_condition.as_ref().is_none_or(fits)
}

/// Agents named in the routing criteria of the task.
fn routing_fits(routing: &SearchableRoutingCriteria, contact: &Contact) -> bool {
    let criteria = contact.routing.criteria.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let mut named = BTreeSet::new();
    agents(&criteria.unwrap_or(Value::Null), &mut named);
    routing.steps.iter().flatten().filter_map(|step| step.agent_criteria.as_ref()).all(|wanted| {
        let ids = wanted.agent_ids.as_deref().unwrap_or_default();
        let all = || ids.iter().map(|id| named.contains(id));
        match wanted.match_type {
            Some(SearchContactsMatchType::MatchExact) => all().all(|is| is) && named.len() == ids.len(),
            Some(SearchContactsMatchType::MatchAny) => all().any(|is| is),
            Some(SearchContactsMatchType::MatchNone) => !all().any(|is| is),
            _ => all().all(|is| is),
        }
    })
}

/// Every id below a member AgentIds.
fn agents(value: &Value, named: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::Array(ids) if name == "AgentIds" => {
                        named.extend(ids.iter().filter_map(|id| id.as_str().map(str::to_owned)));
                    }
                    other => agents(other, named),
                }
            }
        }
        Value::Array(entries) => entries.iter().for_each(|entry| agents(entry, named)),
        _ => {}
    }
}
