//! How commands fail, and with which exit code.

use std::io;

use store::CommitError;

use crate::settings::SettingsError;
use crate::startup::StartError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum CommandError {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The store or the server cannot start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The store did not take the change.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// What was asked for cannot be done.
    #[error("{0}")]
    Refused(String),
    /// The command line combines what does not go together.
    #[error("{0}")]
    Usage(String),
    /// Everything there is to say has been printed; only the exit code remains.
    #[error("exit code {0}")]
    Said(u8),
}

impl CommandError {
    /// Exit code: 2 for settings and the command line, 1 for the rest.
    pub(super) fn code(&self) -> u8 {
        match self {
            Self::Settings(_) | Self::Usage(_) => 2,
            Self::Said(code) => *code,
            _ => 1,
        }
    }

    /// Whether standard output was closed by its reader.
    pub(super) fn is_closed_output(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

pub(super) type Result<T> = std::result::Result<T, CommandError>;
