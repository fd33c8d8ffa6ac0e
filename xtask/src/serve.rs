//! `cargo xtask serve`: builds and starts Taskform with the embedded database in `taskform-data`.

use std::process::Stdio;

use crate::shell::{Result, cargo, command, root, run};

/// Builds the release program and runs `taskform serve` with the rest of the command line, until it is stopped.
pub(crate) fn serve(arguments: &[String]) -> Result {
    run(cargo().args(["build", "--quiet", "--release", "--package", "taskform"]))?;
    let program = root().join("target/release/taskform");
    let status = command(&program)
        .arg("serve")
        .args(arguments)
        .stdin(Stdio::null())
        .status()
        .map_err(|e| format!("cannot start {}: {e}", program.display()))?;
    if status.success() { Ok(()) } else { Err(format!("taskform ended with {status}")) }
}
