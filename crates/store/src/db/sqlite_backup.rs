//! A copy of the database in a folder, while a server is writing to it.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::sqlite::engine_error;
use super::sqlite_files::{FILE, private_file, sync_parent};
use crate::Error;

/// Writes a consistent copy of the database in `dir` to `target`, a file that does not exist yet, readable by its owner
/// alone and synced. Commits acknowledged before the call are in it; a server may go on writing meanwhile.
///
/// # Errors
/// [`Error::Missing`] when there is no database; [`Error::Copy`] when the target exists or cannot be written; trouble
/// with the database. No partial copy remains.
pub(crate) fn backup(dir: &Path, target: &Path) -> Result<(), Error> {
    let source = dir.join(FILE);
    if !source.is_file() {
        return Err(Error::Missing { place: format!("there is no database at {}", source.display()) });
    }
    if super::owns(dir, target) {
        return Err(copy_error(target, "that file belongs to the database: give another name"));
    }
    let made = private_file().create_new(true).open(target);
    let copy = made.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            copy_error(target, "that file exists already, and a copy overwrites nothing: give another name")
        }
        ErrorKind::NotFound => copy_error(target, "its folder does not exist"),
        _ => copy_error(target, &error.to_string()),
    })?;
    copy_into(&source, target, &copy).inspect_err(|_| {
        // The error says what went wrong; a partial file would only block the next try.
        let _ = fs::remove_file(target);
    })
}

fn copy_error(target: &Path, detail: &str) -> Error {
    Error::Copy { path: target.to_owned(), detail: detail.to_owned() }
}

fn copy_into(source: &Path, target: &Path, copy: &File) -> Result<(), Error> {
    let text = target.to_str().ok_or_else(|| copy_error(target, "the path is not UTF-8"))?;
    // Not read-only: a reader of a write-ahead log keeps its marks in a file beside the database.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(source, flags).map_err(engine_error)?;
    connection.execute("vacuum into ?1", [text]).map_err(engine_error)?;
    copy.sync_all().map_err(|error| copy_error(target, &error.to_string()))?;
    sync_parent(target)
}
