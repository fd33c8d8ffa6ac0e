//! The keys of a store: the master key from outside, and under it the data key that secrets are sealed under (B272).
//!
//! Secrets of stores from before there was a data key are sealed under the master key itself; the first start seals them anew, in
//! one commit. A rotation of the master key seals the data key anew and touches no secret, so that servers go on meanwhile.

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use store::{Batch, CommitError, Store};
use zeroize::Zeroizing;

use crate::clock::{Clock, date};
use crate::keys;
use crate::settings::{Engine, Storage};
use crate::vault::{DataKey, DoesNotOpen, MasterKey, MasterKeyError, NoDataKey, Vault};

/// The record of the data key.
pub(crate) const DATA_KEY: &str = "data_key";
/// A record that says that the store has secrets.
pub(crate) const MASTER_CHECK: &str = "master_check";
/// The record of the key that authenticates page tokens.
pub(crate) const PAGE_TOKEN_KEY: &str = "page_token_key";

/// Tries to commit beside other processes that change the same records.
const ATTEMPTS: usize = 8;

/// Why the keys of a store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The master key cannot be read, made or replaced.
    #[error(transparent)]
    MasterKey(#[from] MasterKeyError),
    /// The store was used under another master key, or the one used is missing.
    #[error("{0}")]
    Wrong(String),
    /// The store holds something this program did not write.
    #[error("the store's record `{0}` is broken")]
    Record(&'static str),
}

/// The master keys that may be the store's.
#[derive(Debug)]
pub(crate) struct MasterKeys {
    /// The one in use, and where it is from.
    current: (MasterKey, String),
    /// The file of the data folder with `current`, if it is from there.
    file: Option<PathBuf>,
    /// The next one, that a rotation has written beside `file`.
    next: Option<MasterKey>,
}

/// The file of the master key in a data folder.
pub(crate) fn key_path(storage: &Storage) -> PathBuf {
    storage.data.join("master.key")
}

/// The file beside it of a rotation that is under way.
pub(crate) fn next_path(file: &Path) -> PathBuf {
    file.with_extension("key.new")
}

/// The file beside it of a key that was in use before.
fn former_path(file: &Path, former: &MasterKey) -> PathBuf {
    file.with_extension(format!("key.{}", former.id()))
}

impl MasterKeys {
    /// The master key that the settings name, or that of the data folder, made if the store has no secrets yet.
    ///
    /// # Errors
    /// There is none, or it cannot be read or made.
    pub(crate) fn of(storage: &Storage, store_has_secrets: bool) -> Result<Self, KeyError> {
        let given = |key: MasterKey, place: String| Self { current: (key, place), file: None, next: None };
        if let Some(text) = &storage.master_key {
            let place = "TASKFORM_MASTER_KEY";
            return Ok(given(MasterKey::parse(&text.0, place)?, place.to_owned()));
        }
        if let Some(path) = &storage.master_key_file {
            let missing = || KeyError::Wrong(format!("there is no master key file {}", path.display()));
            return Ok(given(MasterKey::read(path)?.ok_or_else(missing)?, path.display().to_string()));
        }
        if storage.engine == Engine::Memory {
            return Ok(given(MasterKey::random(), "this process".to_owned()));
        }
        let file = key_path(storage);
        let next = MasterKey::read(&next_path(&file))?;
        let current = match MasterKey::read(&file)? {
            Some(key) => key,
            None if store_has_secrets => {
                return Err(KeyError::Wrong(format!(
                    "the secrets in this store were sealed under a master key, and there is none in {}. {}",
                    file.display(),
                    where_to_get_it(storage)
                )));
            }
            None => make(storage, &file)?,
        };
        Ok(Self { current: (current, file.display().to_string()), file: Some(file), next })
    }

    /// The data key of a record. Where a rotation ended between its commit and putting the new key into its place, that is done
    /// now.
    fn unwrap(&mut self, record: &str, storage: &Storage) -> Result<DataKey, KeyError> {
        let refused = match DataKey::unwrap(record, &self.current.0) {
            Ok(key) => return Ok(key),
            Err(refused) => refused,
        };
        if let Some(next) = self.next.take()
            && let Ok(key) = DataKey::unwrap(record, &next)
        {
            if let Err(error) = self.install(next) {
                // The key opens the record all the same.
                tracing::warn!(%error, "a rotation of the master key was not finished, and cannot be now");
            } else {
                tracing::warn!("a rotation of the master key was not finished: the new key is in its place now");
            }
            return Ok(key);
        }
        Err(match refused {
            NoDataKey::Broken => KeyError::Record(DATA_KEY),
            NoDataKey::Other { master, since_ms } => KeyError::Wrong(format!(
                "the key from {} (id {}) is not the master key of this store, which is the one with the id {master} since {}. After \
                 `taskform keys rotate-master` the new key counts; a back-up that was made before needs the former one. {}",
                self.current.1,
                self.current.0.id(),
                date(since_ms),
                where_to_get_it(storage)
            )),
        })
    }

    /// Puts the next key, which is in its file, into the place of the current one, whose file is left beside it.
    fn install(&mut self, next: MasterKey) -> Result<Option<PathBuf>, KeyError> {
        let Some(file) = &self.file else { return Ok(None) };
        let former = former_path(file, &self.current.0);
        crate::vault::replace_file(file, &next_path(file), &former)?;
        self.current.0 = next;
        Ok(Some(former))
    }
}

fn make(storage: &Storage, file: &Path) -> Result<MasterKey, KeyError> {
    // The data folder holds the key even when the data is in PostgreSQL.
    Store::make_folder(&storage.data)?;
    let key = MasterKey::make(file)?;
    if matches!(storage.engine, Engine::Postgres(_)) {
        let path = file.display();
        tracing::warn!(
            %path,
            "made the master key of this database. Without it the stored secrets are lost: keep the file where it outlives \
             this machine or container, and give it to every other process on the database"
        );
    }
    Ok(key)
}

fn where_to_get_it(storage: &Storage) -> &'static str {
    match storage.engine {
        Engine::Postgres(_) => {
            "Every process on one PostgreSQL database needs the same master key: give the first one's master.key to the \
             others, by --master-key-file or by TASKFORM_MASTER_KEY"
        }
        _ => "Put the master.key of this data folder back, or give the key by --master-key-file or TASKFORM_MASTER_KEY",
    }
}

/// The vault of a store, and the record of its data key. For a store without secrets both are new, and the record is still to be
/// stored; one from before is migrated (see the head of this module) if it `may_migrate`, and has no record otherwise.
///
/// # Errors
/// The master key is another one, or the store fails.
pub(crate) async fn open(
    store: &Store,
    keys: &mut MasterKeys,
    storage: &Storage,
    may_migrate: bool,
) -> Result<(Vault, Option<String>), KeyError> {
    let now_ms = Clock::system().now_ms();
    for _ in 0..ATTEMPTS {
        if let Some(record) = store.meta(DATA_KEY).await? {
            return Ok((Vault::of(&keys.unwrap(&record, storage)?), Some(record)));
        }
        let (master, key) = (&keys.current.0, DataKey::random());
        let record = key.wrap(master, now_ms);
        let Some(check) = store.meta(MASTER_CHECK).await? else { return Ok((Vault::of(&key), Some(record))) };
        let before = Vault::new(master);
        if open_record(&before, MASTER_CHECK, &check).is_err() {
            // Another process may have migrated it between the two reads.
            if store.meta(DATA_KEY).await?.is_some() {
                continue;
            }
            return Err(KeyError::Wrong(format!(
                "this is not the master key that the secrets in this store were sealed under. {}",
                where_to_get_it(storage)
            )));
        }
        // A server of the version before may be running beside a short command.
        if !may_migrate {
            return Ok((before, None));
        }
        let after = Vault::of(&key);
        match migrate(store, (&before, &after), &record, &check).await {
            Ok(secrets) => {
                tracing::info!(
                    secrets,
                    "the secrets of this store are under a data key now, and that under the master key"
                );
                return Ok((after, Some(record)));
            }
            // Another process was quicker, or changed an access key.
            Err(Migration::Conflict) => {}
            Err(Migration::Failed(error)) => return Err(error),
        }
    }
    Err(KeyError::Record(DATA_KEY))
}

/// Why a store was not migrated.
enum Migration {
    Conflict,
    Failed(KeyError),
}

impl From<KeyError> for Migration {
    fn from(error: KeyError) -> Self {
        Self::Failed(error)
    }
}

impl From<store::Error> for Migration {
    fn from(error: store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Seals all secrets of a store from before under a data key, in one commit with its record; answers how many.
async fn migrate(
    store: &Store,
    (before, after): (&Vault, &Vault),
    record: &str,
    check: &str,
) -> Result<usize, Migration> {
    let mut batch = Batch::new();
    batch.put_new_meta(DATA_KEY, record);
    batch.replace_meta(MASTER_CHECK, check, &seal_record(after, MASTER_CHECK, b"taskform"));
    if let Some(old) = store.meta(PAGE_TOKEN_KEY).await? {
        let opened = open_record(before, PAGE_TOKEN_KEY, &old).map_err(|_| KeyError::Record(PAGE_TOKEN_KEY))?;
        batch.replace_meta(PAGE_TOKEN_KEY, &old, &seal_record(after, PAGE_TOKEN_KEY, &opened));
    }
    let mut resealed = 0;
    for row in keys::list(store).await? {
        let id = &row.access_key_id;
        match before.open(id, &row.sealed_secret) {
            Ok(secret) => {
                batch.reseal_access_key(id, &row.sealed_secret, &after.seal(id, &secret));
                resealed += 1;
            }
            // It has not opened before either.
            Err(DoesNotOpen) => tracing::warn!(access_key_id = id, "the secret of this access key does not open"),
        }
    }
    match store.commit(batch).await {
        Ok(()) => Ok(resealed),
        Err(CommitError::Conflict(_)) => Err(Migration::Conflict),
        Err(CommitError::Store(error)) => Err(Migration::Failed(error.into())),
    }
}

/// What a rotation has done.
#[derive(Debug)]
pub(crate) struct Rotated {
    /// [Id](MasterKey::id) of the former key.
    pub(crate) from: String,
    /// Id of the new one.
    pub(crate) to: String,
    /// Where the key of the data folder is, and where the former one was put; `None` if the key is from elsewhere.
    pub(crate) files: Option<(PathBuf, PathBuf)>,
}

/// Why a master key was not rotated.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RotationError {
    /// There is nothing to rotate to, or something in the way.
    #[error("{0}")]
    Refused(String),
    /// The store or a file fails.
    #[error(transparent)]
    Failed(#[from] KeyError),
}

/// Seals the data key under another master key, while servers go on with the data key in their memory.
///
/// In the data folder: the new key is written beside the file and synced, then the record is replaced, then the file. A crash in
/// between leaves both keys; the next start takes the one that opens the record, and finishes.
///
/// # Errors
/// [`RotationError`].
pub(crate) async fn rotate(
    store: &Store,
    storage: &Storage,
    given: Option<MasterKey>,
) -> Result<Rotated, RotationError> {
    let mut keys = MasterKeys::of(storage, true)?;
    let (from, next) = (keys.current.0.id(), prepare(&keys, given)?);
    if from == next.id() {
        return Err(RotationError::Refused("the new master key is the one in use: give another".to_owned()));
    }
    commit(store, &mut keys, storage, &next).await?;
    let to = next.id();
    let files = keys.file.clone().zip(keys.install(next)?);
    Ok(Rotated { from, to, files })
}

/// The next key; in the data folder written beside the current one.
fn prepare(keys: &MasterKeys, given: Option<MasterKey>) -> Result<MasterKey, RotationError> {
    let Some(file) = &keys.file else {
        return given.ok_or_else(|| {
            let place = &keys.current.1;
            RotationError::Refused(format!(
                "the master key is from {place}, which this command cannot change: give the new one with --new-master-key-file FILE \
                 (`openssl rand -hex 32` makes one), and start servers with it from then on"
            ))
        });
    };
    let path = next_path(file);
    let next = MasterKey::make_as(&path, given.as_ref()).map_err(KeyError::from)?;
    match given {
        Some(given) if given.id() != next.id() => Err(RotationError::Refused(format!(
            "{} holds the key of a rotation that was not finished: rotate to it by giving no other key, or remove the file",
            path.display()
        ))),
        _ => Ok(next),
    }
}

/// Replaces the record.
async fn commit(
    store: &Store,
    keys: &mut MasterKeys,
    storage: &Storage,
    next: &MasterKey,
) -> Result<(), RotationError> {
    let record = store.meta(DATA_KEY).await.map_err(KeyError::from)?;
    let record = record.ok_or_else(|| {
        let text =
            "the secrets of this store are from a version before: start a server of this version once, then rotate";
        RotationError::Refused(text.to_owned())
    })?;
    keys.next = None;
    let key = keys.unwrap(&record, storage)?;
    let mut batch = Batch::new();
    batch.replace_meta(DATA_KEY, &record, &key.wrap(next, Clock::system().now_ms()));
    store.commit(batch).await.map_err(|error| match error {
        CommitError::Conflict(_) => RotationError::Refused(
            "the master key was rotated by somebody else at the same moment; try again".to_owned(),
        ),
        CommitError::Store(error) => KeyError::from(error).into(),
    })
}

/// A value of a record.
pub(crate) fn seal_record(vault: &Vault, name: &str, plain: &[u8]) -> String {
    STANDARD.encode(vault.seal(name, plain))
}

/// The value of a record in clear.
///
/// # Errors
/// It does not open.
pub(crate) fn open_record(vault: &Vault, name: &str, record: &str) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
    vault.open(name, &STANDARD.decode(record).map_err(|_| DoesNotOpen)?)
}
