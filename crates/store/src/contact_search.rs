//! Searches for contacts (tasks 2.15): by a range of one time, with the filters that an engine applies efficiently, in
//! any order.
//!
//! A search may read every contact of an instance. On SQLite, where reads run on the caller's thread, it therefore
//! reads the time's index in slices and yields in between. The caller filters by words, tags and attributes, page by
//! page.
//!
//! Statements are composed of the fixed pieces below, one text for each shape, never of user input.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use crate::contact::{ContactRow, columns, read_contact};
use crate::db::Row;
use crate::sql::{Param, Sql};
use crate::{Error, Page, Store};

/// A time of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeColumn {
    /// When it was made.
    Initiated,
    /// When it is or was to start.
    Scheduled,
    /// When an agent was connected.
    Connected,
    /// When it ended.
    Disconnected,
    /// When it last entered a queue.
    Enqueued,
}

/// What a search is ordered by (tasks 2.15.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortColumn {
    /// When it was made.
    Initiated,
    /// When it is or was to start.
    Scheduled,
    /// When an agent was connected.
    Connected,
    /// When it ended.
    Disconnected,
    /// When it last entered a queue.
    Enqueued,
    /// The initiation method.
    InitiationMethod,
    /// The channel, which is the same for all: by id alone.
    Channel,
    /// When it expires.
    Expiry,
}

impl From<TimeColumn> for SortColumn {
    fn from(time: TimeColumn) -> Self {
        match time {
            TimeColumn::Initiated => Self::Initiated,
            TimeColumn::Scheduled => Self::Scheduled,
            TimeColumn::Connected => Self::Connected,
            TimeColumn::Disconnected => Self::Disconnected,
            TimeColumn::Enqueued => Self::Enqueued,
        }
    }
}

/// The criteria of a search. All of them must hold; empty lists do not filter.
#[derive(Clone, Copy, Debug)]
pub struct ContactSearch<'a> {
    /// The instance.
    pub instance_id: &'a str,
    /// The time whose range is searched.
    pub time: TimeColumn,
    /// Start of the range, included, epoch milliseconds.
    pub from_ms: i64,
    /// End of the range, included, epoch milliseconds.
    pub to_ms: i64,
    /// One of these agents; at most 100.
    pub agent_ids: &'a [&'a str],
    /// One of these queues, as the present or last one; at most 100.
    pub queue_ids: &'a [&'a str],
    /// One of these initiation methods; at most 16.
    pub initiation_methods: &'a [&'a str],
    /// None of these times.
    pub absent: &'a [TimeColumn],
    /// One more time with its range, ends included, epoch milliseconds.
    pub also: Option<(TimeColumn, i64, i64)>,
    /// The order; ties by id.
    pub sort: SortColumn,
    /// In descending order, ids too. Rows without such a time still come last.
    pub descending: bool,
    /// Read bodies as well; without, they are empty.
    pub bodies: bool,
}

impl<'a> ContactSearch<'a> {
    /// A search without filters, in the default order: newest first.
    pub fn new(instance_id: &'a str, time: TimeColumn, from_ms: i64, to_ms: i64) -> Self {
        Self {
            instance_id,
            time,
            from_ms,
            to_ms,
            agent_ids: &[],
            queue_ids: &[],
            initiation_methods: &[],
            absent: &[],
            also: None,
            sort: SortColumn::Initiated,
            descending: true,
            bodies: true,
        }
    }
}

/// Where a page ended: the last row's sort key, if it has one, and id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchPosition {
    /// The sort key as text.
    pub key: Option<String>,
    /// The id.
    pub id: String,
}

/// A page of results.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchPage {
    /// The contacts in order.
    pub rows: Vec<ContactRow>,
    /// Where the page ended, when more rows follow.
    pub next: Option<SearchPosition>,
}

/// Times, in the order in which statements number them from 1.
const TIMES: [TimeColumn; 5] = [
    TimeColumn::Initiated,
    TimeColumn::Scheduled,
    TimeColumn::Connected,
    TimeColumn::Disconnected,
    TimeColumn::Enqueued,
];

/// The most that a list may hold: initiation methods, agents, queues.
const LIST_MAX: [usize; 3] = [16, 100, 100];
/// The parameters before the filters: instance, where to begin (after), where to end (with).
const RANGE_PARAMS: usize = 5;
/// The parameters of range and filters together.
const FILTER_PARAMS: usize = RANGE_PARAMS + TIMES.len() + 3 + 3 + LIST_MAX[0] + LIST_MAX[1] + LIST_MAX[2];

/// Entries of the time's index scanned by the first read of a search.
const SLICE_MIN: i64 = 2_000;
/// And by each of the later ones, at most.
const SLICE_MAX: i64 = 8_000;
/// An id behind all others.
const LAST_ID: &str = "\u{10FFFF}";

/// Statements that differ in more than their parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Shape {
    /// The entry of the index that many positions ahead.
    Edge {
        time: TimeColumn,
        descending: bool,
    },
    Count {
        time: TimeColumn,
        filtered: bool,
    },
    Page {
        time: TimeColumn,
        sort: SortColumn,
        descending: bool,
        bodies: bool,
        filtered: bool,
    },
}

/// A position in a time's index.
type Edge = (i64, String);

impl Store {
    /// A page of at most `limit` contacts after `after`. In the order of the searched time it takes one pass over a
    /// range of an index; in another order each page scans the whole range.
    ///
    /// # Errors
    /// Failures of the engine; [`Error::Settings`] for too long a list, or a position of another order.
    pub async fn search_contacts(
        &self,
        search: &ContactSearch<'_>,
        after: Option<&SearchPosition>,
        limit: usize,
    ) -> Result<SearchPage, Error> {
        search.check_lists()?;
        let position = after.map(|after| Position::parse(search.sort, after)).transpose()?;
        let in_order = search.is_in_time_order();
        let mut slices = Slices::new(search, in_order && search.descending);
        if let (true, Some(Position { key: Key::Int(ms), id })) = (in_order, &position) {
            slices.skip_to((*ms, (*id).to_owned()));
        }
        // Without filters the index gives no more than the page takes. An engine that must estimate the selectivity of
        // filters may sort a whole range instead of following the index, so it is not given a range that takes long.
        slices.whole = if in_order { !search.is_filtered() } else { self.is_shared() };
        let wanted = limit.saturating_add(1);
        let mut rows: Vec<ContactRow> = Vec::new();
        while let Some((from, to)) = slices.next(self).await? {
            let room = if in_order { wanted - rows.len() } else { wanted };
            rows.extend(self.search_slice(search, (&from, &to), position.as_ref(), room).await?);
            if in_order && rows.len() >= wanted {
                break;
            }
            if !in_order {
                rows.sort_by(|left, right| search.compare(left, right));
                rows.truncate(wanted);
            }
        }
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_last| more).map(|last| search.position(last));
        Ok(SearchPage { rows, next })
    }

    /// How many contacts a search finds, exactly.
    ///
    /// # Errors
    /// As [`Store::search_contacts`].
    pub async fn count_contacts(&self, search: &ContactSearch<'_>) -> Result<u64, Error> {
        search.check_lists()?;
        let mut slices = Slices::new(search, false);
        slices.whole = self.is_shared();
        let filtered = search.is_filtered();
        let sql = statement(Shape::Count { time: search.time, filtered });
        let mut count = 0;
        while let Some((from, to)) = slices.next(self).await? {
            let found = self.db().one(sql, &search.params((&from, &to)), |row| row.int(0)).await?;
            count += u64::try_from(found.unwrap_or_default()).unwrap_or_default();
        }
        Ok(count)
    }

    async fn search_slice(
        &self,
        search: &ContactSearch<'_>,
        slice: (&Edge, &Edge),
        after: Option<&Position<'_>>,
        limit: usize,
    ) -> Result<Vec<ContactRow>, Error> {
        let ContactSearch { time, sort, descending, bodies, .. } = *search;
        let mut params = search.params(slice);
        params.push(Page::<()>::limit(limit));
        if !search.is_in_time_order() {
            params.extend(Position::params(after));
        }
        let filtered = search.is_filtered();
        let sql = statement(Shape::Page { time, sort, descending, bodies, filtered });
        self.db().all(sql, &params, read_contact).await
    }
}

impl ContactSearch<'_> {
    fn lists(&self) -> [&[&str]; 3] {
        [self.initiation_methods, self.agent_ids, self.queue_ids]
    }

    fn check_lists(&self) -> Result<(), Error> {
        if self.lists().iter().zip(LIST_MAX).any(|(list, max)| list.len() > max) {
            return Err(Error::Settings { detail: format!("a search takes at most {LIST_MAX:?} of each list") });
        }
        Ok(())
    }

    fn is_filtered(&self) -> bool {
        self.also.is_some() || !self.absent.is_empty() || self.lists().iter().any(|list| !list.is_empty())
    }

    fn is_in_time_order(&self) -> bool {
        self.sort == SortColumn::from(self.time)
    }

    fn params<'p>(&'p self, (from, to): (&'p Edge, &'p Edge)) -> Vec<Param<'p>> {
        let mut params = vec![
            Param::Text(self.instance_id),
            Param::Int(from.0),
            Param::Text(&from.1),
            Param::Int(to.0),
            Param::Text(&to.1),
        ];
        if !self.is_filtered() {
            return params;
        }
        params.extend(TIMES.iter().map(|time| Param::Int(i64::from(self.absent.contains(time)))));
        let (also, from_ms, to_ms) = self.also.map_or((0, 0, 0), |(time, from, to)| (number(time), from, to));
        params.extend([also, from_ms, to_ms].map(Param::Int));
        for (list, max) in self.lists().into_iter().zip(LIST_MAX) {
            params.push(Param::Int(i64::from(!list.is_empty())));
            let last = list.last().copied().unwrap_or_default();
            params.extend((0..max).map(|n| Param::Text(list.get(n).copied().unwrap_or(last))));
        }
        params
    }

    fn compare(&self, left: &ContactRow, right: &ContactRow) -> Ordering {
        let (left_key, right_key) = (key_of(self.sort, left), key_of(self.sort, right));
        let nulls = (left_key == Key::Null).cmp(&(right_key == Key::Null));
        let keys = left_key.cmp(&right_key).then_with(|| left.id.cmp(&right.id));
        nulls.then(if self.descending { keys.reverse() } else { keys })
    }

    fn position(&self, row: &ContactRow) -> SearchPosition {
        let key = match key_of(self.sort, row) {
            Key::Null => None,
            Key::Int(n) => Some(n.to_string()),
            Key::Text(text) => Some(text.to_owned()),
        };
        SearchPosition { key, id: row.id.clone() }
    }
}

/// The sort key of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Null,
    Int(i64),
    Text(&'a str),
}

fn key_of(sort: SortColumn, row: &ContactRow) -> Key<'_> {
    let time = match sort {
        SortColumn::Channel => None,
        SortColumn::InitiationMethod => return Key::Text(&row.initiation_method),
        SortColumn::Initiated => Some(row.initiated_ms),
        SortColumn::Expiry => Some(row.expires_ms),
        SortColumn::Scheduled => row.scheduled_ms,
        SortColumn::Connected => row.connected_ms,
        SortColumn::Disconnected => row.disconnected_ms,
        SortColumn::Enqueued => row.enqueued_ms,
    };
    time.map_or(Key::Null, Key::Int)
}

/// A row that the next page comes after.
#[derive(Debug)]
struct Position<'a> {
    key: Key<'a>,
    id: &'a str,
}

impl<'a> Position<'a> {
    fn parse(sort: SortColumn, position: &'a SearchPosition) -> Result<Self, Error> {
        let key = match (position.key.as_deref(), sort) {
            (None, _) => Key::Null,
            (Some(text), SortColumn::InitiationMethod) => Key::Text(text),
            (Some(text), _) => Key::Int(text.parse().map_err(|_not_a_number| Error::Settings {
                detail: format!("{text:?} is no position in this order"),
            })?),
        };
        Ok(Self { key, id: &position.id })
    }

    fn params(position: Option<&Self>) -> [Param<'a>; 3] {
        match position.map(|Position { key, id }| (*key, *id)) {
            None => [Param::Int(0), Param::Null, Param::Text("")],
            Some((Key::Null, id)) => [Param::Int(2), Param::Null, Param::Text(id)],
            Some((Key::Int(n), id)) => [Param::Int(1), Param::Int(n), Param::Text(id)],
            Some((Key::Text(text), id)) => [Param::Int(1), Param::Text(text), Param::Text(id)],
        }
    }
}

/// The searched range, cut into pieces that one read can scan.
struct Slices<'a> {
    search: &'a ContactSearch<'a>,
    /// Against the order of the index.
    backward: bool,
    /// After this position the next slice begins; `None` when there is none.
    from: Option<Edge>,
    /// With this position the last slice ends.
    end: Edge,
    size: i64,
    /// In one piece.
    whole: bool,
}

impl<'a> Slices<'a> {
    fn new(search: &'a ContactSearch<'a>, backward: bool) -> Self {
        let (first, last) = ((search.from_ms, String::new()), (search.to_ms, LAST_ID.to_owned()));
        let (from, end) = if backward { (last, first) } else { (first, last) };
        Self { search, backward, from: Some(from), end, size: SLICE_MIN, whole: false }
    }

    /// Skips everything before `place`.
    fn skip_to(&mut self, place: Edge) {
        let later = |from: &Edge| if self.backward { *from > place } else { *from < place };
        if self.from.as_ref().is_some_and(later) {
            self.from = Some(place);
        }
    }

    async fn next(&mut self, store: &Store) -> Result<Option<(Edge, Edge)>, Error> {
        let Some(from) = self.from.take() else { return Ok(None) };
        if self.whole {
            return Ok(Some((from, self.end.clone())));
        }
        if self.size > SLICE_MIN {
            tokio::task::yield_now().await;
        }
        let sql = statement(Shape::Edge { time: self.search.time, descending: self.backward });
        let params = [
            Param::Text(self.search.instance_id),
            Param::Int(from.0),
            Param::Text(&from.1),
            Param::Int(self.end.0),
            Param::Text(&self.end.1),
            Param::Int(self.size - 1),
        ];
        let edge = store.db().one(sql, &params, |row: &Row<'_>| Ok((row.int(0)?, row.text(1)?))).await?;
        self.size = (self.size * 4).min(SLICE_MAX);
        self.from.clone_from(&edge);
        Ok(Some((from, edge.unwrap_or_else(|| self.end.clone()))))
    }
}

fn number(time: TimeColumn) -> i64 {
    TIMES.iter().zip(1..).find(|(each, _n)| **each == time).map_or(0, |(_each, n)| n)
}

fn time_column(time: TimeColumn) -> &'static str {
    match time {
        TimeColumn::Initiated => "c.initiated_ms",
        TimeColumn::Scheduled => "c.scheduled_ms",
        TimeColumn::Connected => "c.connected_ms",
        TimeColumn::Disconnected => "c.disconnected_ms",
        TimeColumn::Enqueued => "c.enqueued_ms",
    }
}

/// `None` where all rows are alike.
fn sort_column(sort: SortColumn) -> Option<&'static str> {
    match sort {
        SortColumn::Channel => None,
        SortColumn::InitiationMethod => Some("c.initiation_method"),
        SortColumn::Expiry => Some("c.expires_ms"),
        SortColumn::Initiated => Some(time_column(TimeColumn::Initiated)),
        SortColumn::Scheduled => Some(time_column(TimeColumn::Scheduled)),
        SortColumn::Connected => Some(time_column(TimeColumn::Connected)),
        SortColumn::Disconnected => Some(time_column(TimeColumn::Disconnected)),
        SortColumn::Enqueued => Some(time_column(TimeColumn::Enqueued)),
    }
}

/// The statement of a shape. There are some hundred shapes at most; each is made once and kept.
fn statement(shape: Shape) -> &'static Sql {
    static MADE: Mutex<Option<HashMap<Shape, &'static Sql>>> = Mutex::new(None);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.get_or_insert_default()
        .entry(shape)
        .or_insert_with(|| Box::leak(Box::new(Sql::new("contact", Box::leak(text(shape).into_boxed_str())))))
}

fn text(shape: Shape) -> String {
    match shape {
        Shape::Edge { time, descending } => {
            let (column, range, way) = (time_column(time), range(time, descending), way(descending));
            format!(
                "select {column}, c.id from contact c where {range} order by {column}{way}, c.id{way} limit 1 offset $6"
            )
        }
        Shape::Count { time, filtered } => {
            format!("select count(*) from contact c where {}{}", range(time, false), filters(filtered))
        }
        Shape::Page { time, sort, descending, bodies, filtered } => {
            let filters = filters(filtered);
            let limit = 1 + if filtered { FILTER_PARAMS } else { RANGE_PARAMS };
            page_text(time, (sort, descending), bodies, &filters, limit)
        }
    }
}

fn page_text(
    time: TimeColumn,
    (sort, descending): (SortColumn, bool),
    bodies: bool,
    filters: &str,
    limit: usize,
) -> String {
    let columns = concat!("select ", columns!());
    let body = if bodies { "c.body" } else { "''" };
    let way = way(descending);
    let backward = descending && sort == SortColumn::from(time);
    let range = range(time, backward);
    let order = match sort_column(sort) {
        None => format!("c.id{way}"),
        Some(column) if sort == SortColumn::from(time) => {
            return format!(
                "{columns}, {body} from contact c where {range}{filters} order by {column}{way}, c.id{way} limit ${limit}"
            );
        }
        Some(column) => format!("{column} is null, {column}{way}, c.id{way}"),
    };
    // What has to be sorted are ids, not whole rows; the rows come in any order.
    let after = after(sort, descending, limit);
    format!(
        "{columns}, {body} from contact c where c.instance_id = $1 and c.id in \
         (select c.id from contact c where {range}{filters}{after} order by {order} limit ${limit})"
    )
}

fn way(descending: bool) -> &'static str {
    if descending { " desc" } else { "" }
}

/// A range of the time's index: after one position, up to and including another. The condition that the time is not
/// null is for the engines, whose indexes hold no other rows.
fn range(time: TimeColumn, backward: bool) -> String {
    let column = time_column(time);
    let (after, until) = if backward { ("<", ">=") } else { (">", "<=") };
    format!(
        "c.instance_id = $1 and {column} is not null and ({column}, c.id) {after} ($2, $3) \
         and ({column}, c.id) {until} ($4, $5)"
    )
}

/// Conditions that a parameter switches on; as they only sort out what a range holds, they need no texts of their own.
fn filters(filtered: bool) -> String {
    let mut text = String::new();
    if !filtered {
        return text;
    }
    let mut next = RANGE_PARAMS;
    let mut take = || {
        next += 1;
        next
    };
    let mut add = |piece: std::fmt::Arguments<'_>| text.write_fmt(piece).expect("writing to a string cannot fail");
    for time in TIMES {
        add(format_args!(" and (cast(${} as bigint) = 0 or {} is null)", take(), time_column(time)));
    }
    let (which, from, to) = (take(), take(), take());
    add(format_args!(" and (cast(${which} as bigint) = 0 or case cast(${which} as bigint)"));
    for time in TIMES {
        add(format_args!(" when {} then {}", number(time), time_column(time)));
    }
    add(format_args!(" end between ${from} and ${to})"));
    for (column, max) in ["c.initiation_method", "c.agent_id", "c.queue_id"].into_iter().zip(LIST_MAX) {
        add(format_args!(" and (cast(${} as bigint) = 0 or {column} in (", take()));
        for n in 0..max {
            add(format_args!("{}${}", if n == 0 { "" } else { ", " }, take()));
        }
        add(format_args!("))"));
    }
    text
}

/// The condition for rows after a given one in an order that is not the index's.
fn after(sort: SortColumn, descending: bool, params: usize) -> String {
    let (mode, key, id) = (params + 1, params + 2, params + 3);
    let beyond = if descending { "<" } else { ">" };
    let mode = format!("cast(${mode} as bigint)");
    match sort_column(sort) {
        None => format!(" and ({mode} = 0 or (cast(${key} as text) is null and c.id {beyond} ${id}))"),
        Some(column) => format!(
            " and ({mode} = 0 \
             or ({mode} = 1 and ({column} {beyond} ${key} or ({column} = ${key} and c.id {beyond} ${id}) or {column} is null)) \
             or ({mode} = 2 and {column} is null and c.id {beyond} ${id}))"
        ),
    }
}

/// The texts of all shapes, for the test that checks their plans, each with whether it has to sort what it finds.
#[cfg(test)]
pub(crate) fn statements() -> Vec<(&'static Sql, bool)> {
    const SORTS: [SortColumn; 8] = [
        SortColumn::Initiated,
        SortColumn::Scheduled,
        SortColumn::Connected,
        SortColumn::Disconnected,
        SortColumn::Enqueued,
        SortColumn::InitiationMethod,
        SortColumn::Channel,
        SortColumn::Expiry,
    ];
    let mut shapes = Vec::new();
    for time in TIMES {
        for filtered in [false, true] {
            shapes.push((Shape::Count { time, filtered }, false));
        }
        for descending in [false, true] {
            shapes.push((Shape::Edge { time, descending }, false));
            for sort in SORTS {
                let sorts = sort != SortColumn::from(time);
                for filtered in [false, true] {
                    shapes.push((Shape::Page { time, sort, descending, bodies: descending, filtered }, sorts));
                }
            }
        }
    }
    shapes.into_iter().map(|(shape, sorts)| (statement(shape), sorts)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_have_as_many_parameters_as_are_given() {
        let search = ContactSearch { agent_ids: &["a"], ..ContactSearch::new("i", TimeColumn::Enqueued, 1, 2) };
        let (from, to) = ((1, String::new()), (2, String::new()));
        let given = search.params((&from, &to)).len();
        assert_eq!(given, FILTER_PARAMS);
        let text = text(Shape::Count { time: TimeColumn::Enqueued, filtered: true });
        assert!(text.contains(&format!("${given})")) && !text.contains(&format!("${}", given + 1)), "{text}");
    }
}
