//! Files that hold a secret, such as the master key and the private key of TLS, and who else may read one.
//!
//! A file that belongs to this process's user, or to one of its groups, and that nobody else may read is accepted: the
//! second is how Kubernetes gives a secret to a process that is not root (mode 0440, or 0660 on a volume with `fsGroup`).

use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use crate::small_file;

/// Why a file of a secret is not used. Never holds what is in it.
#[derive(Debug, thiserror::Error)]
pub enum SecretFileError {
    /// The file could not be opened.
    #[error("cannot read {}: {source}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Every user of the machine may read or change it.
    #[error(
        "every user may use {} (mode {mode:04o}), and it holds a secret: run `chmod 600 {}`; in Kubernetes, set \
         `defaultMode: 0440` and `fsGroup`", path.display(), path.display()
    )]
    OpenToAll {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// A group may read or change it to which this process does not belong.
    #[error(
        "the group {group}, to which this process does not belong, may use {} (mode {mode:04o}), and it holds a secret: \
         run `chmod 600 {}`, or give it to a group of this process", path.display(), path.display()
    )]
    OpenToGroup {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
        /// The number of its group.
        group: u32,
    },
}

impl SecretFileError {
    /// Whether there is no such file.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Open { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}

/// Opens a file that holds a secret for reading, after checking who else may read it.
///
/// # Errors
/// It cannot be opened; it is no small regular file; it is open to all users, or to a group that is none of this process's.
pub fn open(path: &Path) -> Result<File, SecretFileError> {
    let failed = |source| SecretFileError::Open { path: path.to_owned(), source };
    let file = small_file::open(path).map_err(failed)?;
    // Of the open file, so that it cannot be swapped between check and reading.
    let metadata = file.metadata().map_err(failed)?;
    check(path, &metadata, &own_groups().map_err(failed)?)?;
    Ok(file)
}

#[cfg(unix)]
fn check(path: &Path, metadata: &Metadata, own_groups: &[u32]) -> Result<(), SecretFileError> {
    use std::os::unix::fs::MetadataExt;
    let (mode, group) = (metadata.mode() & 0o777, metadata.gid());
    if mode & 0o007 != 0 {
        return Err(SecretFileError::OpenToAll { path: path.to_owned(), mode });
    }
    if mode & 0o070 != 0 && !own_groups.contains(&group) {
        return Err(SecretFileError::OpenToGroup { path: path.to_owned(), mode, group });
    }
    Ok(())
}

#[cfg(not(unix))]
fn check(_: &Path, _: &Metadata, _: &[u32]) -> Result<(), SecretFileError> {
    Ok(())
}

/// The group of this process and its supplementary groups.
#[cfg(unix)]
fn own_groups() -> io::Result<Vec<u32>> {
    use rustix::process::{getegid, getgroups};
    let mut groups: Vec<u32> = getgroups()?.into_iter().map(|group| group.as_raw()).collect();
    groups.push(getegid().as_raw());
    Ok(groups)
}

#[cfg(not(unix))]
fn own_groups() -> io::Result<Vec<u32>> {
    Ok(Vec::new())
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::{Permissions, metadata, set_permissions, write};
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    use super::*;

    #[test]
    fn a_secret_may_be_open_to_a_group_of_this_process_and_to_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        write(&path, "secret").unwrap();
        let own = metadata(&path).unwrap().gid();
        assert!(own_groups().unwrap().contains(&own));
        for (mode, for_own, for_other) in [
            (0o600, true, true),
            (0o400, true, true),
            (0o440, true, false),
            (0o640, true, false),
            (0o660, true, false),
            (0o620, true, false),
            (0o604, false, false),
            (0o444, false, false),
            (0o644, false, false),
            (0o602, false, false),
            (0o601, false, false),
        ] {
            set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            let found = metadata(&path).unwrap();
            assert_eq!(open(&path).is_ok(), for_own, "{mode:o}");
            assert_eq!(check(&path, &found, &[own]).is_ok(), for_own, "{mode:o}, own group");
            assert_eq!(check(&path, &found, &[own + 1]).is_ok(), for_other, "{mode:o}, another group");
        }
        let text = open(&path).unwrap_err().to_string();
        assert!(text.contains("chmod 600") && text.contains("mode 0601"), "{text}");
    }

    #[test]
    fn a_missing_file_can_be_told_from_one_that_cannot_be_used() {
        let folder = tempfile::tempdir().unwrap();
        assert!(open(&folder.path().join("none")).unwrap_err().is_missing());
    }
}
