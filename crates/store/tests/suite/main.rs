//! One suite for the store: every case runs on SQLite in a folder, SQLite in memory, PostgreSQL, and PostgreSQL behind a
//! pooler in transaction mode (PgBouncer).
//!
//! PostgreSQL is the one `TASKFORM_TEST_POSTGRES` names; see `testkit`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

mod agents;
mod cache_truth;
mod conditions;
mod contact_facts;
mod contact_searches;
mod contacts;
mod flows;
mod groups;
mod instances;
mod lifecycle;
mod outage;
mod outboxes;
mod paging;
mod past_releases;
mod pooler;
mod purges;
mod races;
mod resource_links;
mod resources;
mod shards;
mod sign_ins;
mod small_rows;
mod template_pins;
mod templates;
mod test_database;
mod trouble;
mod waiting;
