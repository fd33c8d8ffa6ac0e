//! Pages: always by creation time, then id, so that rows made or deleted between two pages never repeat or hide others.

use crate::sql::Param;

/// Where a page ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageKey {
    /// The last row's creation time, epoch milliseconds.
    pub created_ms: i64,
    /// The last row's id.
    pub id: String,
}

impl PageKey {
    /// What to compare with; without a key, a time before all times.
    pub(crate) fn start_of(after: Option<&Self>) -> (i64, &str) {
        after.map_or((i64::MIN, ""), |key| (key.created_ms, key.id.as_str()))
    }
}

/// A page of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The last row's key when more rows follow, to be given as `after`.
    pub next: Option<PageKey>,
}

impl<T> Page<T> {
    /// One row more than requested shows whether there is a next page.
    pub(crate) fn one_more(limit: usize) -> Param<'static> {
        Self::limit(limit.saturating_add(1))
    }

    pub(crate) fn limit(limit: usize) -> Param<'static> {
        Param::Int(i64::try_from(limit).unwrap_or(i64::MAX))
    }

    pub(crate) fn cut(mut items: Vec<T>, limit: usize, key: impl Fn(&T) -> PageKey) -> Self {
        let more = items.len() > limit;
        items.truncate(limit);
        let next = if more { items.last().map(key) } else { None };
        Self { items, next }
    }
}
