//! The command line.

mod commands;
mod documents;
mod error;
mod events;
mod flags;
mod flow;
mod keys;
mod policy;
mod simulate;
mod users;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use flags::{AllFlags, StoreFlags};

/// A self-hosted server that speaks Amazon Connect's API for task templates and the tasks made from them.
#[derive(Debug, Parser)]
#[command(name = "taskform", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "Examples:
  taskform serve                     on 127.0.0.1:8484, data in ./taskform-data
  taskform serve --dev --ephemeral   for tests: key test/test, nothing is kept
  taskform keys create               one more key, also while the server runs
  taskform config                    what is in effect, and where it came from")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Starts the server
    #[command(after_help = SERVE_HELP)]
    Serve(Box<AllFlags>),
    /// Makes, lists and revokes access keys and sets their policies, also while the server runs
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Sets passwords of users, invites, locks and signs them out, also while the server runs
    #[command(subcommand)]
    Users(users::Users),
    /// Lists events that could not be delivered, and redelivers them, also while the server runs
    #[command(subcommand)]
    Events(events::Events),
    /// Checks flow documents, without a server
    #[command(subcommand)]
    Flow(flow::Flow),
    /// Checks policies, without a server
    #[command(subcommand)]
    Policy(policy::PolicyCommand),
    /// Copies the embedded database to a new file, also while the server runs
    #[command(after_help = BACKUP_HELP)]
    Backup {
        /// File to write; it must not exist
        file: PathBuf,
        #[command(flatten)]
        flags: Box<StoreFlags>,
    },
    /// Shows the settings in effect as TOML, and where each came from; passwords and secrets are not shown
    #[command(after_help = CONFIG_HELP)]
    Config(Box<AllFlags>),
    /// Lists the API's operations and which of them are implemented
    Operations {
        /// Only the implemented ones
        #[arg(long)]
        implemented: bool,
    },
    /// Prints the version
    Version,
    /// Prints a completion script for a shell
    #[command(after_help = "Example:\n  taskform completions bash > /etc/bash_completion.d/taskform")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

impl Command {
    /// Whether it only prints, so that nothing is lost when the reader has gone.
    fn only_shows(&self) -> bool {
        match self {
            Self::Keys(keys) => keys.only_shows(),
            Self::Users(users) => users.only_shows(),
            Self::Serve(_) | Self::Backup { .. } => false,
            Self::Events(events::Events::Replay(_) | events::Events::Drop(_)) => false,
            _ => true,
        }
    }
}

const BACKUP_HELP: &str = "Example:
  taskform backup --data /var/lib/taskform /backup/taskform-2026-11-22.db

The master key is not in the copy: keep it in another place. To restore, put the copy as taskform.db and the key as \
master.key into an empty folder.";

const SERVE_HELP: &str =
    "Every flag can also be an environment variable or a line in a TOML file; a flag wins over the \
environment, that over the file.

Examples:
  taskform serve --data /var/lib/taskform
  taskform serve --database postgres://taskform@db/taskform \\
    --master-key-file /run/secrets/master.key
  taskform serve --listen 0.0.0.0:8443 --tls-certificate cert.pem \\
    --tls-key key.pem
  taskform serve --events-file /var/log/taskform/events.jsonl
  TASKFORM_LOG_FORMAT=json taskform serve --config /etc/taskform.toml
  taskform serve --dev --ephemeral --listen 127.0.0.1:0";

const CONFIG_HELP: &str = "Example:
  taskform config --listen 0.0.0.0:8484 > taskform.toml";

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let only_shows = cli.command.only_shows();
    let done = commands::run(cli.command);
    crate::log::finish();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error::CommandError::Said(code)) => ExitCode::from(code),
        // The reader, `head` for example, has seen enough.
        Err(error) if only_shows && error.is_closed_output() => ExitCode::SUCCESS,
        Err(error) => {
            // Standard error may be closed; there is nobody else to tell.
            let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("error: {error}\n"));
            ExitCode::from(error.code())
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn command_line_is_sound() {
        super::Cli::command().debug_assert();
    }

    /// Every command's examples fit into 80 columns, and commands that only open the store show few flags of it.
    #[test]
    fn help_is_short_and_examples_are_not_wrapped() {
        fn check(command: &mut clap::Command, path: &str) {
            let help = command.render_long_help().to_string();
            let examples = help.split("Example").nth(1).unwrap_or_default();
            for line in examples.lines().filter(|line| line.starts_with("  ")) {
                assert!(line.chars().count() <= 80, "{path}: {line}");
            }
            let of_servers = ["serve", "config"].iter().any(|name| path.ends_with(name));
            for flag in ["--storage-cache-mib", "--account", "--log-level"] {
                assert_eq!(help.contains(flag), of_servers, "{path} {flag}");
            }
            for inner in command.get_subcommands_mut().filter(|inner| inner.get_name() != "help") {
                let path = format!("{path} {}", inner.get_name());
                check(inner, &path);
            }
        }
        let mut command = super::Cli::command().term_width(100);
        command.build();
        check(&mut command, "taskform");
    }
}
