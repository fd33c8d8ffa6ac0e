//! A copy of the database in a folder, while a server is writing to it.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, OpenFlags};

use super::sqlite::{FILE, engine_error, io_error, private_file, sync_parent};
use crate::Error;

/// Writes a consistent copy of the database in `dir` to `target`, a file that does not exist yet, readable by its owner
/// alone and synced. What was acknowledged before the call is in it; a server may go on writing meanwhile.
///
/// # Errors
/// [`Error::Settings`] when there is no database or the target exists; trouble with either file. No half copy stays.
pub(crate) fn backup(dir: &Path, target: &Path) -> Result<(), Error> {
    let source = dir.join(FILE);
    if !source.is_file() {
        return Err(Error::Settings { detail: format!("there is no database at {}", source.display()) });
    }
    let made = private_file().create_new(true).open(target);
    let copy = made.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Error::Settings { detail: format!("{} exists already and is not overwritten", target.display()) }
        }
        _ => io_error(target, error),
    })?;
    copy_into(&source, target, &copy).inspect_err(|_| {
        // The error says what went wrong; a left-over would only be in the way of the next try.
        let _ = fs::remove_file(target);
    })
}

fn copy_into(source: &Path, target: &Path, copy: &File) -> Result<(), Error> {
    let text =
        target.to_str().ok_or_else(|| Error::Settings { detail: "the target's path is not UTF-8".to_owned() })?;
    // Not read-only: a reader of a write-ahead log keeps its marks in a file beside the database.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(source, flags).map_err(engine_error)?;
    connection.execute("vacuum into ?1", [text]).map_err(engine_error)?;
    copy.sync_all().map_err(|error| Error::Io { source: Arc::new(error) })?;
    sync_parent(target)
}
