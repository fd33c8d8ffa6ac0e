//! External services for tests: a throwaway PostgreSQL cluster, fresh databases. For development only.

mod database;
mod pg_bouncer;
mod pg_cluster;

pub use self::database::{PgDatabase, pg_database_for_tests, pg_url_for_tests};
pub use self::pg_bouncer::PgBouncer;
pub use self::pg_cluster::PgCluster;
