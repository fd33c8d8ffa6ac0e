//! The files of a data folder: made for their owner alone, durably, with errors that say what to do.

use std::fs::{self, File, OpenOptions as FileOptions};
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::Error;

/// The database's file in the data folder.
pub(super) const FILE: &str = "taskform.db";

/// Creates the folder, for its owner alone, and its missing parents, durably.
pub(crate) fn make_dir(dir: &Path) -> Result<(), Error> {
    let missing = dir.ancestors().take_while(|dir| !dir.as_os_str().is_empty() && !dir.exists()).count();
    let failed = |error| folder_error("make", dir, error);
    // The parents may be for others too.
    if let Some(parent) = dir.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    let mut builder = fs::DirBuilder::new();
    // A folder that is there already is as good.
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(failed)?;
    for made in dir.ancestors().take(missing) {
        sync_parent(made)?;
    }
    Ok(())
}

/// Makes the entry of `path` in its folder durable.
pub(super) fn sync_parent(path: &Path) -> Result<(), Error> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Only on Unix can a folder be opened as a file.
    if cfg!(unix) {
        File::open(parent).and_then(|folder| folder.sync_all()).map_err(|error| io_error(parent, error))?;
    }
    Ok(())
}

/// Makes the database's file readable by its owner alone; SQLite gives its log the same rights.
pub(super) fn make_file(path: &Path) -> Result<(), Error> {
    private_file().open(path).map(drop).map_err(|error| folder_error("write", path, error))
}

pub(super) fn private_file() -> FileOptions {
    let mut options = FileOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// An error with a file while the store is in use.
pub(super) fn io_error(path: &Path, error: io::Error) -> Error {
    use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem, StorageFull};
    match error.kind() {
        PermissionDenied | ReadOnlyFilesystem => Error::ReadOnly { detail: format!("{}: {error}", path.display()) },
        StorageFull => Error::Full { source: Arc::new(error) },
        _ => Error::Io { source: Arc::new(io::Error::new(error.kind(), format!("{}: {error}", path.display()))) },
    }
}

/// An error with the data folder, or a file in it, when the store is opened: `what` is the failed action.
pub(super) fn folder_error(what: &'static str, path: &Path, error: io::Error) -> Error {
    if error.kind() == io::ErrorKind::StorageFull {
        return Error::Full { source: Arc::new(error) };
    }
    Error::Folder { what, path: path.to_owned(), source: Arc::new(error) }
}
