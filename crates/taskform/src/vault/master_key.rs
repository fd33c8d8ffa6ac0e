//! The master key: 32 bytes, given from outside or made once in the data folder.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use rand::Rng as _;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::secret_file::{self, SecretFileError};

/// The key that the data key of the store is sealed under; wiped when dropped.
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

/// Why there is no usable master key. Never holds key material.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// The text is no key.
    #[error("{0} does not hold a master key: expected 64 hex digits or 44 characters of base64 (32 bytes)")]
    Form(String),
    /// The file cannot be opened, or others may read it.
    #[error("master key: {0}")]
    File(#[from] SecretFileError),
    /// The file could not be read, made or replaced.
    #[error("cannot {what} the master key {}: {source}", path.display())]
    Io {
        /// `read`, `make` or `replace`.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl MasterKey {
    /// A new key.
    #[must_use]
    pub fn random() -> Self {
        let mut key = Zeroizing::new([0; 32]);
        rand::rng().fill_bytes(key.as_mut_slice());
        Self(key)
    }

    /// Reads 64 hex digits or base64; `place` names where the text came from.
    ///
    /// # Errors
    /// The text is no key; the text itself is not repeated.
    pub fn parse(text: &str, place: &str) -> Result<Self, MasterKeyError> {
        let text = text.trim();
        let bytes = match text.len() {
            64 => base16ct::mixed::decode_vec(text).ok(),
            _ => base64::engine::general_purpose::STANDARD.decode(text).ok(),
        };
        let bytes = Zeroizing::new(bytes.unwrap_or_default());
        let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| MasterKeyError::Form(place.to_owned()))?;
        Ok(Self(Zeroizing::new(key)))
    }

    /// Reads a key file; `None` when there is none.
    ///
    /// # Errors
    /// The file cannot be read, others may read it, or it holds no key.
    pub fn read(path: &Path) -> Result<Option<Self>, MasterKeyError> {
        let failed = |source| MasterKeyError::Io { what: "read", path: path.to_owned(), source };
        let file = match secret_file::open(path) {
            Err(error) if error.is_missing() => return Ok(None),
            file => file?,
        };
        let text = Zeroizing::new(io::read_to_string(file).map_err(failed)?);
        Self::parse(&text, &path.display().to_string()).map(Some)
    }

    /// Makes the key file of a data folder, readable by its owner alone and synced; if another process was quicker, its
    /// key is the one.
    ///
    /// # Errors
    /// The file cannot be written, or the one found is no key.
    pub fn make(path: &Path) -> Result<Self, MasterKeyError> {
        Self::make_as(path, None)
    }

    /// The same with a key that is given.
    ///
    /// # Errors
    /// As [`MasterKey::make`].
    pub fn make_as(path: &Path, key: Option<&Self>) -> Result<Self, MasterKeyError> {
        let failed = |source| MasterKeyError::Io { what: "make", path: path.to_owned(), source };
        let key = key.map_or_else(Self::random, |key| Self(key.0.clone()));
        let beside = path.with_extension(format!("key.{:016x}", rand::rng().next_u64()));
        let made = key.write_new(&beside).and_then(|()| std::fs::hard_link(&beside, path));
        let tidied = std::fs::remove_file(&beside);
        match made {
            Ok(()) => {
                tidied.map_err(failed)?;
                sync_folder(path).map_err(failed)?;
                Ok(key)
            }
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Self::read(path)?.ok_or_else(|| failed(e)),
            Err(e) => Err(failed(e)),
        }
    }

    /// What names this key without telling it: 8 hex digits of a digest.
    #[must_use]
    pub fn id(&self) -> String {
        let digest = Sha256::new().chain_update(b"taskform master key\n").chain_update(self.0.as_slice()).finalize();
        base16ct::lower::encode_string(&digest[..4])
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn write_new(&self, path: &Path) -> io::Result<()> {
        let mut text = Zeroizing::new([b'\n'; 65]);
        base16ct::lower::encode(&self.0[..], &mut text[..64]).expect("32 bytes are 64 digits");
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.write_all(&text[..])?;
        file.sync_all()
    }
}

/// Puts the key file `next` into the place of `file`, which stays as `former`. Each step is atomic, and to do them again does no
/// harm.
///
/// # Errors
/// A file cannot be renamed, or the folder not be synced.
pub(crate) fn replace_file(file: &Path, next: &Path, former: &Path) -> Result<(), MasterKeyError> {
    let failed = |source| MasterKeyError::Io { what: "replace", path: file.to_owned(), source };
    match std::fs::hard_link(file, former) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(failed(error)),
        _ => {}
    }
    match std::fs::rename(next, file) {
        // Another process was quicker.
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    sync_folder(file).map_err(failed)
}

/// A new name in a folder survives power loss only once the folder is synced.
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_once_for_the_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        assert!(MasterKey::read(&path).unwrap().is_none());
        let made = MasterKey::make(&path).unwrap();
        assert_eq!(MasterKey::read(&path).unwrap().unwrap().bytes(), made.bytes());
        assert_eq!(MasterKey::make(&path).unwrap().bytes(), made.bytes());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
            let text = MasterKey::read(&path).unwrap_err().to_string();
            assert!(
                text.starts_with("master key: ") && text.contains("chmod 600") && text.contains("mode 0644"),
                "{text}"
            );
            // How Kubernetes gives it to a process that is not root.
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o440)).unwrap();
            assert_eq!(MasterKey::read(&path).unwrap().unwrap().bytes(), made.bytes());
        }
    }

    /// B272
    #[test]
    fn a_key_takes_the_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (file, next, former) = (at("master.key"), at("master.key.new"), at("master.key.old"));
        let (one, two) = (MasterKey::make(&file).unwrap(), MasterKey::random());
        assert_eq!(MasterKey::make_as(&next, Some(&two)).unwrap().id(), two.id());
        assert_eq!(MasterKey::make(&next).unwrap().id(), two.id(), "one that is there stays");
        // Again after each step, as after a crash, and once more when all is done.
        std::fs::hard_link(&file, &former).unwrap();
        for _ in 0..2 {
            replace_file(&file, &next, &former).unwrap();
            assert_eq!(MasterKey::read(&file).unwrap().unwrap().id(), two.id());
            assert_eq!(MasterKey::read(&former).unwrap().unwrap().id(), one.id());
            assert!(!next.exists());
        }
    }

    #[test]
    fn an_id_names_a_key_without_telling_it() {
        let key = MasterKey::parse(&"07".repeat(32), "x").unwrap();
        // From Python: hashlib.sha256(b"taskform master key\n" + b"\x07" * 32).hexdigest()[:8]
        assert_eq!(key.id(), "2d3183c0");
        assert_ne!(MasterKey::random().id(), MasterKey::random().id());
    }

    #[test]
    fn forms_of_a_key() {
        let hex = MasterKey::parse(&"0A".repeat(32), "x").unwrap();
        assert_eq!(hex.bytes(), &[10; 32]);
        let base64 = MasterKey::parse(" CgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgo= \n", "x").unwrap();
        assert_eq!(base64.bytes(), &[10; 32]);
        for bad in ["", "secret-that-is-no-key", &"zz".repeat(32), &"ab".repeat(31), &"+a".repeat(32)] {
            let text = MasterKey::parse(bad, "TASKFORM_MASTER_KEY").unwrap_err().to_string();
            assert!(text.starts_with("TASKFORM_MASTER_KEY does not hold"), "{text}");
            assert!(bad.is_empty() || !text.contains(bad));
        }
    }
}
