//! Opening the store: master key, recorded identity, and the keys that live in the store.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand::RngCore;
use service::Partition;
use store::{Batch, Clash, CommitError, Location, OpenOptions, Store};
use zeroize::Zeroizing;

use crate::settings::{Engine, Identity, Settings, Storage};
use crate::vault::{DoesNotOpen, MasterKey, MasterKeyError, Vault};

/// An open store with what is needed to use its secrets.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// Seals and opens its secrets.
    pub vault: Vault,
    /// Region, account and partition as recorded.
    pub identity: Identity,
}

/// Why the program cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store cannot be opened or used.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The master key cannot be read or made.
    #[error(transparent)]
    MasterKey(#[from] MasterKeyError),
    /// The store was used under another master key, or the one used is missing.
    #[error("{0}")]
    WrongMasterKey(String),
    /// The store belongs to another region, account or partition.
    #[error(
        "this store was set up for {recorded}, but the settings say {given}. ARNs in it hold the former: start with \
         those settings, or use another store"
    )]
    OtherIdentity {
        /// What the store holds.
        recorded: String,
        /// What the settings say.
        given: String,
    },
    /// The store holds something this program did not write.
    #[error("the store's record `{0}` is broken")]
    Record(&'static str),
    /// The data folder cannot be made.
    #[error("cannot make the data folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Listening failed.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// TLS cannot be set up.
    #[error(transparent)]
    Tls(#[from] crate::listen::TlsError),
    /// The instance of the first start could not be made.
    #[error("cannot make the first instance: {0}")]
    Instance(service::Error),
    /// Standard output is closed, or signals cannot be received.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Whose settings count when the store recorded others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The server: a difference is refused, and no second server may use the folder.
    Server,
    /// A short command beside a running server: what is recorded counts.
    Helper,
}

const IDENTITY: &str = "identity";
const MASTER_CHECK: &str = "master_check";
const PAGE_TOKEN_KEY: &str = "page_token_key";

/// Opens the store that the settings name, with its master key and identity.
///
/// # Errors
/// Everything that keeps the program from starting, each with what to do about it.
pub async fn open(settings: &Settings, role: Role) -> Result<Opened, StartError> {
    let storage = &settings.storage;
    let location = match &storage.engine {
        Engine::Folder => Location::Sqlite { dir: storage.data.clone() },
        Engine::Memory => Location::Memory,
        Engine::Postgres(url) => Location::Postgres { url: url.clone() },
    };
    let options = OpenOptions {
        exclusive: role == Role::Server,
        cache_bytes_max: usize::try_from(storage.cache_bytes).unwrap_or(usize::MAX),
        connections_max: storage.connections,
        ..OpenOptions::default()
    };
    let store = Store::open(&location, options).await?;
    let check = store.meta(MASTER_CHECK).await?;
    let key = master_key(storage, check.is_some())?;
    let vault = Vault::new(&key);
    check_master_key(&store, &vault, check, storage).await?;
    let identity = identity(&store, &settings.identity, role).await?;
    Ok(Opened { store, vault, identity })
}

impl Opened {
    /// The key that authenticates page tokens, the same for every process on this store.
    ///
    /// # Errors
    /// Trouble with the store, or a record that does not open.
    pub async fn page_token_key(&self) -> Result<[u8; 32], StartError> {
        let record = remember(&self.store, PAGE_TOKEN_KEY, || {
            let mut key = Zeroizing::new([0; 32]);
            rand::rng().fill_bytes(key.as_mut_slice());
            STANDARD.encode(self.vault.seal(PAGE_TOKEN_KEY, key.as_slice()))
        })
        .await?;
        let key = open_record(&self.vault, PAGE_TOKEN_KEY, &record).map_err(|_| StartError::Record(PAGE_TOKEN_KEY))?;
        key.as_slice().try_into().map_err(|_| StartError::Record(PAGE_TOKEN_KEY))
    }
}

fn master_key(storage: &Storage, store_has_secrets: bool) -> Result<MasterKey, StartError> {
    if let Some(text) = &storage.master_key {
        return Ok(MasterKey::parse(&text.0, "TASKFORM_MASTER_KEY")?);
    }
    if let Some(path) = &storage.master_key_file {
        let missing = || StartError::WrongMasterKey(format!("there is no master key file {}", path.display()));
        return MasterKey::read(path)?.ok_or_else(missing);
    }
    if storage.engine == Engine::Memory {
        return Ok(MasterKey::random());
    }
    let path = storage.data.join("master.key");
    match MasterKey::read(&path)? {
        Some(key) => Ok(key),
        None if store_has_secrets => Err(StartError::WrongMasterKey(format!(
            "the secrets in this store were sealed under a master key, and there is none in {}. {}",
            path.display(),
            where_to_get_it(storage)
        ))),
        None => {
            make_folder(&storage.data)?;
            Ok(MasterKey::make(&path)?)
        }
    }
}

/// The data folder holds the key even when the data is in PostgreSQL.
fn make_folder(path: &Path) -> Result<(), StartError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| StartError::Folder { path: path.to_owned(), source })
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

/// A value sealed under the master key shows whether the right one was given.
async fn check_master_key(
    store: &Store,
    vault: &Vault,
    check: Option<String>,
    storage: &Storage,
) -> Result<(), StartError> {
    let record = match check {
        Some(record) => record,
        None => remember(store, MASTER_CHECK, || STANDARD.encode(vault.seal(MASTER_CHECK, b"taskform"))).await?,
    };
    open_record(vault, MASTER_CHECK, &record).map(drop).map_err(|_| {
        StartError::WrongMasterKey(format!(
            "this is not the master key that the secrets in this store were sealed under. {}",
            where_to_get_it(storage)
        ))
    })
}

fn open_record(vault: &Vault, name: &str, record: &str) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
    vault.open(name, &STANDARD.decode(record).map_err(|_| DoesNotOpen)?)
}

async fn identity(store: &Store, given: &Identity, role: Role) -> Result<Identity, StartError> {
    let text = |i: &Identity| format!("{} {} {}", i.partition.as_str(), i.region, i.account);
    let record = remember(store, IDENTITY, || text(given)).await?;
    if record == text(given) {
        return Ok(given.clone());
    }
    let parts: Vec<&str> = record.split(' ').collect();
    let [partition, region, account] = parts[..] else { return Err(StartError::Record(IDENTITY)) };
    let shown = |p: &str, r: &str, a: &str| format!("region {r}, account {a}, partition {p}");
    if role == Role::Server {
        return Err(StartError::OtherIdentity {
            recorded: shown(partition, region, account),
            given: shown(given.partition.as_str(), &given.region, &given.account),
        });
    }
    Ok(Identity {
        partition: Partition::parse(partition).ok_or(StartError::Record(IDENTITY))?,
        region: region.to_owned(),
        account: account.to_owned(),
        accepted_regions: vec![region.to_owned()],
    })
}

/// Reads a record, or makes it; of several processes that do, one wins and all see its value.
pub(crate) async fn remember(
    store: &Store,
    key: &'static str,
    make: impl FnOnce() -> String,
) -> Result<String, StartError> {
    if let Some(value) = store.meta(key).await? {
        return Ok(value);
    }
    let value = make();
    let mut batch = Batch::new();
    batch.put_new_meta(key, &value);
    match store.commit(batch).await {
        Ok(()) => Ok(value),
        Err(CommitError::Conflict(Clash::MetaTaken { .. })) => store.meta(key).await?.ok_or(StartError::Record(key)),
        Err(CommitError::Conflict(_)) => Err(StartError::Record(key)),
        Err(CommitError::Store(error)) => Err(error.into()),
    }
}
