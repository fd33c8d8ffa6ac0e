//! A throwaway PostgreSQL, on the load's core.

use std::path::Path;

/// A running cluster.
pub(crate) struct Cluster;

impl Cluster {
    pub(crate) fn start(_folder: &Path) -> Result<Self, String> {
        Err("no PostgreSQL yet".to_owned())
    }

    pub(crate) fn create(&self, _name: &str) -> Result<String, String> {
        Err("no PostgreSQL yet".to_owned())
    }

    pub(crate) fn copy(&self, _from: &str, _to: &str) -> Result<String, String> {
        Err("no PostgreSQL yet".to_owned())
    }

    pub(crate) fn stop(self) -> Result<(), String> {
        Ok(())
    }
}
