//! Errors of the store: [`Error`] for failures of the engine, [`Conflict`] for a condition that did not hold.

use std::path::PathBuf;
use std::sync::Arc;

/// A cause kept for the log.
pub type Cause = Arc<dyn std::error::Error + Send + Sync + 'static>;

/// A failure of the engine. None of these depends on what the caller asked for; an absent row is an `Option`, a failed
/// condition a [`Conflict`].
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The database cannot be reached, or the connection was lost before anything was committed.
    #[error("the database cannot be reached: {source}")]
    Down {
        /// What the driver said.
        source: Cause,
    },
    /// The connection was lost, or the disk failed, while the commit was under way: it may or may not have happened.
    /// Repeat the call with the same client token to find out.
    #[error("it is not known whether the commit happened: {source}")]
    Uncertain {
        /// What the driver said.
        source: Cause,
    },
    /// Overload: a lock, a connection or a slot in the queue was not free in time.
    #[error("the database is busy: {detail}")]
    Busy {
        /// What was waited for.
        detail: String,
    },
    /// No space is left for the database. Nothing was changed.
    #[error("no space is left for the database: {source}")]
    Full {
        /// What the driver said.
        source: Cause,
    },
    /// The database or its folder cannot be written. Nothing was changed.
    #[error("the database cannot be written: {detail}")]
    ReadOnly {
        /// The path, or what the engine said.
        detail: String,
    },
    /// Reading or writing the database's files failed.
    #[error("reading or writing the database failed: {source}")]
    Io {
        /// What the system or driver said.
        source: Cause,
    },
    /// A row, or the file itself, is not as this program wrote it. Trying again does not help.
    #[error("{}", broken(table, id, detail))]
    Broken {
        /// The table, or "database".
        table: &'static str,
        /// The key the row was read by, parts joined by `/`.
        id: String,
        /// What is wrong.
        detail: String,
    },
    /// A newer release made this database.
    #[error("the database has schema version {found}, this release knows versions up to {known}: use a newer release")]
    NewerVersion {
        /// The version in the database.
        found: i64,
        /// The newest version this release knows.
        known: i64,
    },
    /// Another process already serves this folder.
    #[error(
        "another process is using {} ({}): stop it first, or take another folder", path.display(),
        holder.as_deref().unwrap_or("it does not say which")
    )]
    Locked {
        /// The lock file, or the database when the lock file was removed.
        path: PathBuf,
        /// The holder, as far as known.
        holder: Option<String>,
    },
    /// The data folder or a file in it cannot be used.
    #[error(
        "cannot {what} {}: {source}. The data folder has to be one that the user of this process may write", path.display()
    )]
    Folder {
        /// What was to be done.
        what: &'static str,
        /// The folder or file.
        path: PathBuf,
        /// Why.
        source: Arc<std::io::Error>,
    },
    /// There is no database, and none was to be created.
    #[error("{place}")]
    Missing {
        /// Where it was looked for, as a sentence.
        place: String,
    },
    /// A copy of the database could not be written. The database is as it was.
    #[error("no copy was written to {}: {detail}", path.display())]
    Copy {
        /// Where it was to be written.
        path: PathBuf,
        /// Why.
        detail: String,
    },
    /// The PostgreSQL server is older than the oldest supported release.
    #[error("the PostgreSQL server is version {found}, at least {needed} is needed")]
    OldServer {
        /// What the server calls itself.
        found: String,
        /// The oldest supported major version.
        needed: u32,
    },
    /// The location or the options cannot be used: a bad address, a file that cannot be read.
    #[error("the database settings cannot be used: {detail}")]
    Settings {
        /// What is wrong; never holds a password.
        detail: String,
    },
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// The engine refused a statement for a reason nothing above covers: a defect here, or a foreign change to the schema.
    #[error("the database refused a statement: {source}")]
    Failed {
        /// What the driver said.
        source: Cause,
    },
}

fn broken(table: &str, id: &str, detail: &str) -> String {
    if table == "database" {
        return format!(
            "the database is damaged: {detail}. Look for faults of the disk, stop the server and restore a back-up; \
             PRAGMA integrity_check (SQLite) or pg_amcheck (PostgreSQL) shows how far the damage goes"
        );
    }
    format!("{table} [{id}] is broken: {detail}")
}

impl Error {
    /// True for failures of the engine that are likely to affect the next commit too; not for causes specific to one
    /// commit.
    pub(crate) fn is_of_engine(&self) -> bool {
        !matches!(self, Self::Busy { .. } | Self::Closed)
    }

    /// The message for a caller when nothing was changed and a retry may well succeed later; `None` for errors that a
    /// retry does not fix, and for [`Error::Uncertain`].
    pub fn passing(&self) -> Option<&'static str> {
        match self {
            Self::Down { .. } => Some("The store cannot be reached. Try again."),
            Self::Busy { .. } => Some("The store is busy. Try again."),
            Self::Full { .. } => Some("The store has no space left. Try again."),
            Self::ReadOnly { .. } => Some("The store cannot be written. Try again."),
            Self::Closed => Some("The server is shutting down. Try again."),
            Self::Uncertain { .. }
            | Self::Io { .. }
            | Self::Broken { .. }
            | Self::NewerVersion { .. }
            | Self::Locked { .. }
            | Self::Folder { .. }
            | Self::Missing { .. }
            | Self::Copy { .. }
            | Self::OldServer { .. }
            | Self::Settings { .. }
            | Self::Failed { .. } => None,
        }
    }
}

/// Why a commit did not happen.
#[derive(Clone, Debug, thiserror::Error)]
pub enum CommitError {
    /// A condition of the batch did not hold; nothing was changed.
    #[error("a condition did not hold: {0:?}")]
    Conflict(Conflict),
    /// The engine failed; nothing was changed, except that [`Error::Uncertain`] does not know.
    #[error(transparent)]
    Store(#[from] Error),
}

impl CommitError {
    /// The failed condition, if that is why.
    pub fn conflict(&self) -> Option<&Conflict> {
        match self {
            Self::Conflict(conflict) => Some(conflict),
            Self::Store(_) => None,
        }
    }
}

/// The condition of a batch that did not hold. When several fail, that of the change which runs first is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Conflict {
    /// The name (or alias) is in use.
    NameTaken,
    /// The id is in use.
    Exists,
    /// The instance does not exist (any more).
    InstanceGone,
    /// The row to change does not exist, or is no longer at the expected version or revision. Read again and decide.
    Moved,
    /// The agent does not exist, or is no longer at the expected revision. Read again and decide.
    AgentMoved,
    /// The tags are no longer at the expected revision, or the row is gone. Read again and decide.
    TagsMoved,
    /// The resource cannot be deleted, because another one names it.
    InUse,
    /// The slot of the link's role is in use.
    LinkTaken,
    /// The attributes of the chain are no longer at the expected revision. Read again and decide.
    AttributesMoved,
    /// The counter would pass its bound.
    CounterFull {
        /// The counter's name.
        name: String,
    },
    /// The counter holds less than is taken from it. Not visible to callers: a commit reports it as [`Error::Broken`].
    #[doc(hidden)]
    CounterShort {
        /// The counter's key.
        id: String,
    },
    /// The client token is bound to an earlier call that has not expired.
    TokenTaken,
    /// The key of the `meta` table already has a value.
    MetaTaken {
        /// The key.
        key: String,
    },
}
