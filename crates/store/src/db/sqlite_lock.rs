//! Keeps a second server from a folder: a lock on the file `taskform.lock`, which also says who holds it, and one on
//! the database's own file, which stays when somebody removes the former.
//!
//! The engine locks bytes of the database's file for the whole process, and the system drops such locks when the process
//! closes any handle of that file. So ours is of another kind (of the open file, not of the process), lies on a byte that
//! the engine never uses, and its handle stays open for as long as the engine's own.

use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use super::sqlite_files::{FILE, folder_error, private_file};
use crate::Error;

/// The lock a server holds while it runs.
pub(super) const LOCK_FILE: &str = "taskform.lock";

/// How much of the lock file is read, bytes.
const HOLDER_BYTES_MAX: u64 = 200;

/// The locks of one folder, taken or not.
#[derive(Debug)]
pub(super) struct FolderLock {
    path: PathBuf,
    file: Option<File>,
    database: File,
}

impl FolderLock {
    /// Opens the database's file, which is there already, and takes nothing yet. Must be opened before the engine opens
    /// the file, and closed after the engine.
    pub(super) fn open(database: &Path) -> Result<Self, Error> {
        let file = private_file().open(database).map_err(|error| folder_error("open", database, error))?;
        Ok(Self { path: database.with_file_name(LOCK_FILE), file: None, database: file })
    }

    /// Takes both locks, and writes their holder to the lock file.
    ///
    /// # Errors
    /// [`Error::Locked`] when another process holds one of them; errors with a file.
    pub(super) fn take(&mut self) -> Result<(), Error> {
        let failed = |error| folder_error("lock", &self.path, error);
        let mut file = private_file().open(&self.path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::Locked { path: self.path.clone(), holder: holder(&mut file) });
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        if !bytes::lock(&self.database).map_err(failed)? {
            let holder = "its lock file was removed, so it is not known which; on Linux, `fuser` shows it".to_owned();
            return Err(Error::Locked { path: self.path.with_file_name(FILE), holder: Some(holder) });
        }
        // A full disk must not keep a server from its data; only a message is less clear then.
        let _unnoted = file.set_len(0).and_then(|()| file.write_all(own_name().as_bytes()));
        self.file = Some(file);
        Ok(())
    }

    /// Gives both back; the handle of the database's file stays open.
    pub(super) fn release(&mut self) {
        if let Some(file) = self.file.take() {
            // A later reader must not take it for a running server. If that fails, the free lock shows that none runs.
            let _stays = file.set_len(0);
            // Closing is not enough while a child process is being started: until it runs its program, it has the file open too.
            let _kept = file.unlock();
        }
        // One that cannot be released ends with the process.
        let _kept = bytes::unlock(&self.database);
    }
}

/// How this process identifies itself in the lock file.
fn own_name() -> String {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    match host.trim() {
        "" => format!("process {}\n", std::process::id()),
        host => format!("process {} on host {host}\n", std::process::id()),
    }
}

/// What the holder of a lock file wrote into it; older releases wrote nothing.
fn holder(file: &mut File) -> Option<String> {
    let mut text = String::new();
    // It only makes a message clearer.
    file.rewind().ok()?;
    file.take(HOLDER_BYTES_MAX).read_to_string(&mut text).ok()?;
    let line = text.lines().next()?.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

/// A lock of one byte that belongs to the open file.
#[cfg(target_os = "linux")]
mod bytes {
    use nix::errno::Errno;
    use nix::fcntl::{FcntlArg, fcntl};
    use nix::libc;

    use super::{File, io};

    /// Far behind the bytes that the engine locks (510 from 2^30 + 2 on), and before what a file system with 32 bits ends at.
    const BYTE: libc::off_t = 0x7fff_ff00;

    fn range(kind: i32) -> libc::flock {
        let small = |n: i32| libc::c_short::try_from(n).expect("the system's constants fit");
        libc::flock { l_type: small(kind), l_whence: small(libc::SEEK_SET), l_start: BYTE, l_len: 1, l_pid: 0 }
    }

    /// Takes the lock; false when another process has it. On a file system without such locks only the lock file
    /// protects.
    pub(super) fn lock(file: &File) -> io::Result<bool> {
        match fcntl(file, FcntlArg::F_OFD_SETLK(&range(libc::F_WRLCK))) {
            Ok(_) | Err(Errno::EINVAL | Errno::ENOLCK | Errno::ENOSYS | Errno::EOPNOTSUPP) => Ok(true),
            Err(Errno::EAGAIN | Errno::EACCES) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn unlock(file: &File) -> io::Result<()> {
        fcntl(file, FcntlArg::F_OFD_SETLK(&range(libc::F_UNLCK))).map(drop).map_err(Into::into)
    }
}

/// Elsewhere there are no such locks, or they would interfere with the engine's: only the lock file protects.
#[cfg(not(target_os = "linux"))]
mod bytes {
    use super::{File, io};

    pub(super) fn lock(_: &File) -> io::Result<bool> {
        Ok(true)
    }

    pub(super) fn unlock(_: &File) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_is_first_and_a_removed_lock_file_lets_nobody_in() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("taskform.db");
        let lock_file = folder.path().join(LOCK_FILE);
        let (mut first, mut second) = (FolderLock::open(&database).unwrap(), FolderLock::open(&database).unwrap());
        first.take().unwrap();
        let text = second.take().unwrap_err().to_string();
        assert!(text.contains(&format!("process {}", std::process::id())), "{text}");
        std::fs::remove_file(&lock_file).unwrap();
        if cfg!(target_os = "linux") {
            let text = second.take().unwrap_err().to_string();
            assert!(text.contains("taskform.db") && text.contains("lock file was removed"), "{text}");
        }
        first.release();
        second.take().unwrap();
        assert!(first.take().is_err());
        drop(second);
        first.take().unwrap();
    }
}
