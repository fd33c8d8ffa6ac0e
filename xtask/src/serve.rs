//! `cargo xtask serve` and `cargo xtask taskform`: builds Taskform, showing progress, and becomes it; data in `taskform-data`.

use std::process::{Command, Stdio};

use crate::shell::{Optimized, Result, built, command};

/// Builds the program (with `--release` the optimized one) and replaces this process by `taskform serve` with the other arguments.
/// On Unix, who stops this process stops the server.
pub(crate) fn serve(arguments: &[String]) -> Result {
    let (optimized, arguments): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|word| *word == "--release");
    let optimized = if optimized.is_empty() { Optimized::No } else { Optimized::Yes };
    let program = built("taskform", optimized)?;
    eprintln!(
        "What follows is `taskform serve`. Other commands, such as `taskform keys create`: cargo xtask taskform keys create"
    );
    eprintln!("(or {} keys create)", program.display());
    become_it(command(&program).arg("serve").args(arguments).stdin(Stdio::null()))
        .map_err(|error| format!("cannot start {}: {error}", program.display()))
}

/// Builds the program (with `--release` as the first word the optimized one) and replaces this process by it, with the other words
/// and this process's standard input.
pub(crate) fn taskform(words: &[String]) -> Result {
    let (optimized, words) = match words {
        [first, rest @ ..] if first == "--release" => (Optimized::Yes, rest),
        _ => (Optimized::No, words),
    };
    let program = built("taskform", optimized)?;
    become_it(command(&program).args(words)).map_err(|error| format!("cannot start {}: {error}", program.display()))
}

#[cfg(unix)]
fn become_it(command: &mut Command) -> std::io::Result<()> {
    use std::os::unix::process::CommandExt as _;
    // It returns only when it failed.
    Err(command.exec())
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> std::io::Result<()> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(std::io::Error::other(status.to_string())) }
}
