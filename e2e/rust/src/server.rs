//! Starts the server under test: the program named by TASKFORM_BIN, else target/debug/taskform of this tree.

use std::path::PathBuf;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const READY: &str = "taskform ready on ";

/// A running server; it ends when this is dropped.
pub struct Server {
    /// Its address.
    pub url: String,
    _process: Child,
}

/// The environment without settings of the person who runs the tests.
pub fn scrubbed_environment() -> Vec<(String, String)> {
    std::env::vars().filter(|(name, _)| !name.starts_with("AWS_") && !name.starts_with("TASKFORM_")).collect()
}

fn binary() -> PathBuf {
    let built = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/debug/taskform");
    std::env::var_os("TASKFORM_BIN").map_or(built, PathBuf::from)
}

impl Server {
    /// Starts a server on a free port, with TASKFORM_… settings given without that prefix.
    pub async fn start(settings: &[(&str, &str)]) -> Self {
        let mut process = Command::new(binary())
            .args(["serve", "--dev", "--ephemeral", "--listen", "127.0.0.1:0"])
            .env_clear()
            .envs(scrubbed_environment())
            .env("TASKFORM_LIMITS_INSTANCES", "0")
            .envs(settings.iter().map(|(name, value)| (format!("TASKFORM_{name}"), *value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the server's program can be started");
        let mut lines = BufReader::new(process.stdout.take().expect("stdout is piped")).lines();
        let url = loop {
            let line = lines.next_line().await.expect("stdout is text");
            let line = line.expect("the server ended before it was ready; its log is above");
            if let Some(rest) = line.strip_prefix(READY) {
                break rest.split(' ').next().unwrap_or_default().trim_end_matches('/').to_owned();
            }
        };
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { url, _process: process }
    }
}
