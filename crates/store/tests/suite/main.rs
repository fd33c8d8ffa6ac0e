//! One suite for the store: every case runs on SQLite in a folder, SQLite in memory, and PostgreSQL.
//!
//! PostgreSQL is the one `TASKFORM_TEST_POSTGRES` names; see `testkit`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod cache_truth;
mod conditions;
mod flows;
mod instances;
mod lifecycle;
mod outage;
mod paging;
mod past_releases;
mod place;
mod purges;
mod races;
mod resources;
mod small_rows;
mod templates;
mod trouble;
