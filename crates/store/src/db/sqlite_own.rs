//! Whether a path leads to a file of a data folder: nothing else may write there.

use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use super::sqlite_files::FILE;
use super::sqlite_lock::LOCK_FILE;

/// The suffixes that the engine appends to the database's name, for its log, its shared memory and the journal of
/// another mode.
const BESIDE: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// How many links are followed, one after another.
const LINKS_MAX: usize = 40;

/// Whether `path` is the database in `dir`, a file that the engine keeps beside it, or the lock file; by any name, through
/// links and folders, and also when the file is not there yet.
pub(crate) fn owns(dir: &Path, path: &Path) -> bool {
    let own = BESIDE.iter().map(|end| format!("{FILE}{end}")).chain([LOCK_FILE.to_owned()]);
    own.map(|name| dir.join(name)).any(|own| is_same_file(&own, path))
}

/// Whether two paths lead to the same file, existing or still to be created.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => is_same_inode(&one, &other),
        _ => place(one).is_some_and(|one| place(other) == Some(one)),
    }
}

#[cfg(unix)]
fn is_same_inode(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Elsewhere a file's inode number is not available: files with the same times and size are taken for the same.
#[cfg(not(unix))]
fn is_same_inode(one: &Metadata, other: &Metadata) -> bool {
    let facts = |found: &Metadata| (found.len(), found.created().ok(), found.modified().ok());
    facts(one) == facts(other)
}

/// The folder and name under which a file is or would be made, links followed; `None` when there is no such folder.
fn place(path: &Path) -> Option<(PathBuf, OsString)> {
    let mut path = path.to_owned();
    for _link in 0..LINKS_MAX {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
        match fs::read_link(&path) {
            Ok(target) => path = folder.join(target),
            Err(_no_link) => return Some((fs::canonicalize(folder).ok()?, path.file_name()?.to_owned())),
        }
    }
    None
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn files_of_a_folder_are_known_by_any_name() {
        let folder = tempfile::tempdir().unwrap();
        let (data, other) = (folder.path().join("data"), folder.path().join("other"));
        fs::create_dir(&data).unwrap();
        fs::create_dir(&other).unwrap();
        fs::write(data.join(FILE), "x").unwrap();
        symlink(data.join(FILE), other.join("link")).unwrap();
        fs::hard_link(data.join(FILE), other.join("hard")).unwrap();
        symlink("../data/taskform.db-wal", other.join("dangling")).unwrap();
        symlink(&data, other.join("folder")).unwrap();
        symlink("loop", other.join("loop")).unwrap();
        for own in [
            "data/taskform.db",
            "data/taskform.db-wal",
            "data/taskform.db-shm",
            "data/taskform.db-journal",
            "data/taskform.lock",
            "other/../data/./taskform.db",
            "other/link",
            "other/hard",
            "other/dangling",
            "other/folder/taskform.db-shm",
        ] {
            assert!(owns(&data, &folder.path().join(own)), "{own}");
        }
        for free in ["data/events.jsonl", "other/taskform.db", "other/loop", "none/taskform.db", "data/taskform.db.1"] {
            assert!(!owns(&data, &folder.path().join(free)), "{free}");
        }
    }
}
