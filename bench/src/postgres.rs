//! A throwaway PostgreSQL with the settings of a durable one, and databases in it.

use testkit::PgCluster;

use crate::single_postgres::{block_on, connect};

/// A running cluster; it ends when dropped.
pub(crate) struct Cluster(PgCluster);

impl Cluster {
    /// Starts it on this thread's core.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start.
    pub(crate) fn start() -> Result<Self, String> {
        let start = async { PgCluster::start().await.map_err(|e| format!("no PostgreSQL: {e}")) };
        block_on(start).map(Self)
    }

    /// Makes an empty database and answers its URL.
    ///
    /// # Errors
    /// When the cluster refuses.
    pub(crate) fn create(&self, name: &str) -> Result<String, String> {
        self.run(&format!("create database {name}"))?;
        Ok(self.url(name))
    }

    /// Makes a copy of a database that nobody is connected to and answers its URL.
    ///
    /// # Errors
    /// When the cluster refuses.
    pub(crate) fn copy(&self, from: &str, to: &str) -> Result<String, String> {
        self.run(&format!("create database {to} template {from}"))?;
        Ok(self.url(to))
    }

    fn url(&self, name: &str) -> String {
        self.0.url().replace("/postgres?", &format!("/{name}?"))
    }

    fn run(&self, sql: &str) -> Result<(), String> {
        let url = self.0.url();
        block_on(async { connect(&url).await?.batch_execute(sql).await.map_err(|e| format!("{sql}: {e}")) })
    }
}
