//! SearchContacts (tasks 2.15): the store applies the filters that it can; the others are applied here, over a bounded
//! number of bounded batches.

mod filter;

use std::cmp::Ordering;

use engine::arn;
use engine::page;
use store::{ContactRow, ContactSearch, SearchPosition, SortColumn, TimeColumn};
use wire::Op;
use wire::ops::{SearchContactsInput, SearchContactsOutput};
use wire::shapes::{
    SearchContactsMatchType, SearchContactsTimeRange, SearchContactsTimeRangeType, SearchCriteria,
    SearchableRoutingCriteriaStep, SortOrder, SortableFieldName, TagCondition,
};

use crate::base::scope;
use crate::unit::readable;
use crate::{Cx, Error, Result};
use filter::Filter;

/// Rows of a batch when the store cannot apply all filters. The task yields between two batches, so that others run and
/// the deadline of the request can fire.
const BATCH: usize = 250;
/// After the first page is full, counting goes on until this many tasks were examined: below that its TotalCount is
/// exact (B61).
const COUNTED_MIN: usize = 5_000;
/// Contacts of a page when the caller names no number (tasks 2.15.3).
const DEFAULT_SIZE: usize = 100;
/// How long a token can be used, in milliseconds: two days.
const TOKEN_LIFE_MS: i64 = 48 * 60 * 60 * 1000;

/// SearchContacts.
pub(crate) async fn search(cx: &Cx<'_>, input: SearchContactsInput) -> Result<SearchContactsOutput> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let range = &input.time_range;
    if range.start_time.0 > range.end_time.0 {
        return Err(invalid("TimeRange: StartTime must not be after EndTime"));
    }
    let criteria = input.search_criteria.clone().unwrap_or_default();
    check(&criteria)?;
    let bound_to = bound_to(cx, &instance, &input);
    let context: Vec<&str> = bound_to.iter().map(String::as_str).collect();
    let token = input.next_token.as_deref().filter(|token| !token.is_empty());
    let start = token.map(|token| PageStart::read(cx, &context, token)).transpose()?;
    let size = input.max_results.and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 0).unwrap_or(DEFAULT_SIZE);
    let wanted = Wanted::of(cx, &instance, &criteria);
    let nothing = || SearchContactsOutput { contacts: Vec::new(), next_token: None, total_count: Some(0) };
    let Some(wanted) = wanted else { return Ok(nothing()) };
    let (sort, descending) = order(&input);
    let lists = wanted.lists();
    let search = ContactSearch {
        agent_ids: &lists[0],
        queue_ids: &lists[1],
        initiation_methods: &lists[2],
        absent: &wanted.absent,
        also: wanted.also,
        sort,
        descending,
        ..ContactSearch::new(&instance, time(&range.r#type), range.start_time.0, range.end_time.0)
    };
    let page = match Filter::of(&criteria, wanted.in_store) {
        None => by_store(cx, &search, start.as_ref(), size).await?,
        Some(filter) => filtered(cx, &search, &filter, start.as_ref(), size).await?,
    };
    let scope = cx.home().instance(&instance);
    let contacts = page.rows.iter().filter_map(readable).map(|contact| contact.search_summary(scope)).collect();
    let total_count = page.total.exact().and_then(|total| i64::try_from(total).ok());
    let next_token = page.next.map(|at| PageStart { total: page.total, at }.token(cx, &context));
    Ok(SearchContactsOutput { contacts, next_token, total_count })
}

fn invalid(message: impl Into<String>) -> Error {
    Error::invalid_parameter(Op::SearchContacts, message)
}

/// Most entries of a list of criteria for which the model has no limit, as many as it allows in others (B141).
const CRITERIA_MAX: usize = 100;

/// Lists that are too long to be compared with every task (B141); ranges that end before they begin (tasks 2.15.1).
fn check(criteria: &SearchCriteria) -> Result<()> {
    for (list, len) in lengths(criteria) {
        if len > CRITERIA_MAX {
            let text = format!("SearchCriteria.{list}: there may be at most {CRITERIA_MAX} entries; there are {len}");
            return Err(invalid(text));
        }
    }
    for entry in criteria.additional_time_range.iter().flat_map(|range| &range.criteria) {
        if let Some(range) = &entry.time_range
            && range.start_time.0 > range.end_time.0
        {
            return Err(invalid("SearchCriteria.AdditionalTimeRange: StartTime must not be after EndTime"));
        }
        if entry.time_range.is_some() == entry.timestamp_condition.is_some() {
            let message = "SearchCriteria.AdditionalTimeRange: each criterion needs TimeRange or TimestampCondition";
            return Err(invalid(message));
        }
    }
    Ok(())
}

/// The lists that each task is compared with, nested ones together, and how long they are.
fn lengths(criteria: &SearchCriteria) -> [(&'static str, usize); 6] {
    let tags = criteria.contact_tags.as_ref();
    let (or, and) =
        (tags.and_then(|tags| tags.or_conditions.as_ref()), tags.and_then(|tags| tags.and_conditions.as_ref()));
    let alternative = |all: &Vec<TagCondition>| all.len().max(1);
    let (contact, segment) = (&criteria.searchable_contact_attributes, &criteria.searchable_segment_attributes);
    let step = |step: &SearchableRoutingCriteriaStep| {
        step.agent_criteria.as_ref().and_then(|agents| agents.agent_ids.as_ref()).map_or(1, |ids| ids.len().max(1))
    };
    let steps = criteria.routing_criteria.as_ref().and_then(|routing| routing.steps.as_ref());
    [
        ("ContactTags.OrConditions", or.map_or(0, |or| or.iter().map(alternative).sum())),
        ("ContactTags.AndConditions", and.map_or(0, Vec::len)),
        (
            "AdditionalTimeRange.Criteria",
            criteria.additional_time_range.as_ref().map_or(0, |range| range.criteria.len()),
        ),
        ("SearchableContactAttributes.Criteria", contact.as_ref().map_or(0, |given| given.criteria.len())),
        ("SearchableSegmentAttributes.Criteria", segment.as_ref().map_or(0, |given| given.criteria.len())),
        ("RoutingCriteria.Steps", steps.map_or(0, |steps| steps.iter().map(step).sum())),
    ]
}

/// What a page token is bound to: everything in the request except the page itself (tasks 1.1.12).
fn bound_to(cx: &Cx<'_>, instance: &str, input: &SearchContactsInput) -> Vec<String> {
    vec![
        Op::SearchContacts.name().to_owned(),
        cx.settings().account.clone(),
        instance.to_owned(),
        wire::to_stored(&input.time_range),
        input.search_criteria.as_ref().map(wire::to_stored).unwrap_or_default(),
        input.sort.as_ref().map(wire::to_stored).unwrap_or_default(),
    ]
}

/// How many contacts a search finds. The answer is exact (tasks 2.15.3) or absent.
#[derive(Clone, Copy, Debug)]
enum Total {
    Exact(u64),
    /// The count so far; a limit stopped the count.
    SoFar(u64),
}

impl Total {
    fn exact(self) -> Option<u64> {
        match self {
            Self::Exact(total) => Some(total),
            Self::SoFar(_) => None,
        }
    }
}

/// Where a page begins, and how many contacts the whole search finds.
struct PageStart {
    total: Total,
    at: SearchPosition,
}

impl PageStart {
    fn read(cx: &Cx<'_>, context: &[&str], token: &str) -> Result<Self> {
        let refused = || invalid("NextToken is not a token of this search with these criteria, or it has expired");
        let text = page::decode(cx.token_key(), context, token, cx.now_ms).map_err(|_| refused())?;
        let mut parts = text.splitn(3, '/');
        let mut part = || parts.next().ok_or_else(refused);
        let total = part()?;
        let number = |text: &str| text.parse().map_err(|_| refused());
        let total = match total.strip_suffix('+') {
            Some(so_far) => Total::SoFar(number(so_far)?),
            None => Total::Exact(number(total)?),
        };
        let id = part()?.to_owned();
        let key = part()?;
        let key = key.strip_prefix('=').map(str::to_owned);
        Ok(Self { total, at: SearchPosition { key, id } })
    }

    fn token(&self, cx: &Cx<'_>, context: &[&str]) -> String {
        let key = self.at.key.as_ref().map_or_else(|| "-".to_owned(), |key| format!("={key}"));
        let total = match self.total {
            Total::Exact(total) => total.to_string(),
            Total::SoFar(so_far) => format!("{so_far}+"),
        };
        let position = format!("{total}/{}/{key}", self.at.id);
        page::encode(cx.token_key(), context, &position, cx.now_ms.saturating_add(TOKEN_LIFE_MS))
    }
}

/// A page and the number of all contacts found.
struct Found {
    rows: Vec<ContactRow>,
    next: Option<SearchPosition>,
    total: Total,
}

/// A search whose filters the store can all apply. The number is counted for the first page and travels with the token.
async fn by_store(cx: &Cx<'_>, search: &ContactSearch<'_>, start: Option<&PageStart>, size: usize) -> Result<Found> {
    let after = start.map(|start| &start.at);
    let page = cx.store().search_contacts(search, after, size).await?;
    let total = match (start, &page.next) {
        (Some(start), _) => start.total,
        (None, None) => Total::Exact(page.rows.len() as u64),
        (None, Some(_)) => Total::Exact(cx.store().count_contacts(search).await?),
    };
    Ok(Found { rows: page.rows, next: page.next, total })
}

/// A search with filters applied here: one pass in time order, which keeps only the first rows of the page.
///
/// In time order a page ends when it is full, though the first goes on counting for a while. At most the limit of rows
/// is examined: in time order the page then ends there, short or empty, and the next continues behind it (B61); any
/// other order needs all rows, so a search over more of them is refused.
async fn filtered(
    cx: &Cx<'_>,
    search: &ContactSearch<'_>,
    filter: &Filter<'_>,
    start: Option<&PageStart>,
    size: usize,
) -> Result<Found> {
    let by_time = search.sort == SortColumn::from(search.time);
    let pass = ContactSearch { sort: SortColumn::from(search.time), ..*search };
    let limit = cx.limits(search.instance_id).tasks_per_search;
    let mut room = usize::try_from(limit).ok().filter(|limit| *limit > 0).unwrap_or(usize::MAX);
    let order = |a: &ContactRow, b: &ContactRow| compare(search, &position(search.sort, a), &position(search.sort, b));
    let mut best: Vec<ContactRow> = Vec::new();
    let (mut found, mut looked_at) = (0, 0);
    let mut after = start.filter(|_| by_time).map(|start| start.at.clone());
    loop {
        let batch = cx.store().search_contacts(&pass, after.as_ref(), BATCH.min(room)).await?;
        room -= batch.rows.len();
        looked_at += batch.rows.len();
        let rows = filter.of_batch(cx, search.instance_id, batch.rows).await?;
        found += rows.len() as u64;
        let ahead = |row: &ContactRow| match start {
            Some(start) => compare(search, &position(search.sort, row), &start.at).is_gt(),
            None => true,
        };
        best.extend(rows.into_iter().filter(ahead));
        best.sort_by(order);
        best.truncate(size + 1);
        after = batch.next;
        let counts_on = start.is_none() && looked_at < COUNTED_MIN;
        if after.is_none() || room == 0 || (by_time && !counts_on && best.len() > size) {
            break;
        }
        tokio::task::yield_now().await;
    }
    if after.is_some() && !by_time {
        return Err(too_much(limit, search.time));
    }
    let more = best.len() > size;
    best.truncate(size);
    let so_far = best.len() as u64;
    let total = match (start.map(|start| start.total), &after) {
        (Some(Total::Exact(total)), _) => Total::Exact(total),
        (None, None) => Total::Exact(found),
        (None, Some(_)) => Total::SoFar(so_far),
        (Some(Total::SoFar(before)), None) => Total::Exact(before + found),
        (Some(Total::SoFar(before)), Some(_)) => Total::SoFar(before + so_far),
    };
    let next = if more { best.last().map(|row| position(search.sort, row)) } else { after };
    Ok(Found { rows: best, next, total })
}

fn too_much(limit: u64, time: TimeColumn) -> Error {
    // There is no sort by the time of entering a queue.
    let or = if time == TimeColumn::Enqueued { "" } else { ", or sort by its Type" };
    Error::invalid_request(format!(
        "A search by name, tags, attributes or routing in an order other than that of its TimeRange looks at no more than \
         {limit} tasks, and there are more: shorten the TimeRange{or}"
    ))
}

/// The position of a row in the order.
fn position(sort: SortColumn, row: &ContactRow) -> SearchPosition {
    let number = |ms: Option<i64>| ms.map(|ms| ms.to_string());
    let key = match sort {
        SortColumn::Initiated => number(Some(row.initiated_ms)),
        SortColumn::Scheduled => number(row.scheduled_ms),
        SortColumn::Connected => number(row.connected_ms),
        SortColumn::Disconnected => number(row.disconnected_ms),
        SortColumn::Enqueued => number(row.enqueued_ms),
        SortColumn::InitiationMethod => Some(row.initiation_method.clone()),
        SortColumn::Channel => None,
        SortColumn::Expiry => number(Some(row.expires_ms)),
    };
    SearchPosition { key, id: row.id.clone() }
}

/// The order of the store: rows without a key come last in either direction, ties by id in the direction of the sort.
fn compare(search: &ContactSearch<'_>, a: &SearchPosition, b: &SearchPosition) -> Ordering {
    let number = |text: &str| text.parse::<i64>().unwrap_or_default();
    let turn = |order: Ordering| if search.descending { order.reverse() } else { order };
    let by_key = match (&a.key, &b.key) {
        (Some(a), Some(b)) if search.sort == SortColumn::InitiationMethod => turn(a.cmp(b)),
        (Some(a), Some(b)) => turn(number(a).cmp(&number(b))),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    by_key.then_with(|| turn(a.id.cmp(&b.id)))
}

/// The criteria that the store filters by.
struct Wanted {
    agents: Vec<String>,
    queues: Vec<String>,
    methods: Vec<String>,
    absent: Vec<TimeColumn>,
    also: Option<(TimeColumn, i64, i64)>,
    /// Whether the additional time range is among them.
    in_store: bool,
}

impl Wanted {
    /// `None` when nothing can be found: criteria that no task meets (tasks 2.15.4), or lists that name nothing here.
    fn of(cx: &Cx<'_>, instance: &str, criteria: &SearchCriteria) -> Option<Self> {
        let foreign = criteria.contact_analysis.is_some()
            || criteria.ai_agents.is_some()
            || criteria.agent_hierarchy_groups.is_some();
        let elsewhere = |list: &Option<Vec<String>>, here: &str| {
            list.as_ref().is_some_and(|list| !list.is_empty() && !list.iter().any(|entry| entry == here))
        };
        let channels = criteria.channels.as_ref().map(|list| list.iter().map(|c| c.as_str().to_owned()).collect());
        if foreign || elsewhere(&channels, "TASK") || elsewhere(&criteria.active_regions, &cx.settings().region) {
            return None;
        }
        let scope = cx.home().instance(instance);
        // An empty list is no filter; a list in which no id can exist finds nothing.
        let ids = |list: &Option<Vec<String>>, kinds: &[arn::Kind]| -> Option<Vec<String>> {
            let given = list.as_deref().unwrap_or_default();
            let id = |text: &String| kinds.iter().find_map(|kind| arn::id_or_arn(*kind, text, scope).id());
            let known: Vec<String> = given.iter().filter_map(id).collect();
            (known.is_empty() == given.is_empty()).then_some(known)
        };
        let methods = criteria.initiation_methods.iter().flatten().map(|method| method.as_str().to_owned());
        let mut wanted = Self {
            agents: ids(&criteria.agent_ids, &[arn::Kind::User])?,
            queues: ids(&criteria.queue_ids, &[arn::Kind::Queue, arn::Kind::AgentQueue])?,
            methods: methods.collect(),
            absent: Vec::new(),
            also: None,
            in_store: false,
        };
        wanted.methods.sort_unstable();
        wanted.methods.dedup();
        wanted.take_times(criteria);
        Some(wanted)
    }

    /// The additional time range, if the store can filter by it: all conditions must hold, and at most one of them is a
    /// range.
    fn take_times(&mut self, criteria: &SearchCriteria) {
        let Some(range) = &criteria.additional_time_range else { return };
        let ranges: Vec<&SearchContactsTimeRange> =
            range.criteria.iter().filter_map(|entry| entry.time_range.as_ref()).collect();
        if range.match_type != SearchContactsMatchType::MatchAll || ranges.len() > 1 {
            return;
        }
        self.in_store = true;
        self.also = ranges.first().map(|range| (time(&range.r#type), range.start_time.0, range.end_time.0));
        let conditions = range.criteria.iter().filter_map(|entry| entry.timestamp_condition.as_ref());
        self.absent = conditions.map(|condition| time(&condition.r#type)).collect();
    }

    fn lists(&self) -> [Vec<&str>; 3] {
        [&self.agents, &self.queues, &self.methods].map(|list| list.iter().map(String::as_str).collect())
    }
}

fn time(range: &SearchContactsTimeRangeType) -> TimeColumn {
    match range {
        SearchContactsTimeRangeType::ScheduledTimestamp => TimeColumn::Scheduled,
        SearchContactsTimeRangeType::ConnectedToAgentTimestamp => TimeColumn::Connected,
        SearchContactsTimeRangeType::DisconnectTimestamp => TimeColumn::Disconnected,
        SearchContactsTimeRangeType::EnqueueTimestamp => TimeColumn::Enqueued,
        // Values outside the model were refused before.
        SearchContactsTimeRangeType::InitiationTimestamp | SearchContactsTimeRangeType::Unknown(_) => {
            TimeColumn::Initiated
        }
    }
}

/// The order asked for; newest first without one (tasks 2.15.3).
fn order(input: &SearchContactsInput) -> (SortColumn, bool) {
    let Some(sort) = &input.sort else { return (SortColumn::Initiated, true) };
    let column = match sort.field_name {
        SortableFieldName::ScheduledTimestamp => SortColumn::Scheduled,
        SortableFieldName::ConnectedToAgentTimestamp => SortColumn::Connected,
        SortableFieldName::DisconnectTimestamp => SortColumn::Disconnected,
        SortableFieldName::InitiationMethod => SortColumn::InitiationMethod,
        SortableFieldName::Channel => SortColumn::Channel,
        SortableFieldName::ExpiryTimestamp => SortColumn::Expiry,
        SortableFieldName::InitiationTimestamp | SortableFieldName::Unknown(_) => SortColumn::Initiated,
    };
    (column, sort.order == SortOrder::Descending)
}
