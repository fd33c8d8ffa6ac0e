//! Opening the store: master key, recorded identity, and the keys that live in the store.

use std::path::PathBuf;

use service::Partition;
use store::{Batch, CommitError, Location, OpenOptions, Store};
use zeroize::Zeroizing;

use crate::envelope::{
    self, DATA_KEY, KeyError, MASTER_CHECK, MasterKeys, PAGE_TOKEN_KEY, key_path, open_record, seal_record,
};
use crate::settings::{DEV_ACCOUNT, Engine, Identity, Settings, Storage};
use crate::vault::{MasterKey, MasterKeyError, Vault};

/// An open store with what is needed to use its secrets.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// Seals and opens its secrets.
    pub vault: Vault,
    /// Region, account and partition as recorded.
    pub identity: Identity,
    /// Authenticates page tokens: the same for every process on this store.
    pub page_token_key: Zeroizing<[u8; 32]>,
    /// No other process can be serving this store now.
    pub alone: bool,
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
    /// PostgreSQL was given without any word on the master key.
    #[error(
        "with PostgreSQL the master key must be given, because a server that loses it is locked out of the database: set \
         TASKFORM_MASTER_KEY (`openssl rand -hex 32` makes one) or --master-key-file FILE, the same for every process on the \
         database. Or name a lasting folder with --data DIR, where the first start makes master.key"
    )]
    NoMasterKey,
    /// There is a master key of earlier starts, and no database any more.
    #[error("{0}")]
    DatabaseLost(String),
    /// The store belongs to another region, account or partition.
    #[error(
        "this store was set up for {recorded}, but the settings say {given}. ARNs in it hold the former: start with \
         those settings, or use another store{hint}"
    )]
    OtherIdentity {
        /// What the store holds.
        recorded: String,
        /// What the settings say.
        given: String,
        /// What `--dev` has to do with it, if it has.
        hint: &'static str,
    },
    /// The store holds something this program did not write.
    #[error("the store's record `{0}` is broken")]
    Record(&'static str),
    /// A short command was to work on a store that no server has made.
    #[error("no server has ever been started on this data, or it cannot be reached from here: {0}")]
    NoStore(String),
    /// Listening failed.
    #[error("cannot listen on {address}: {source}{}", listen_hint(*address, source))]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The file of events cannot be opened.
    #[error("cannot open events.file {}: {source}", path.display())]
    EventsFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file of events is one that must keep what is in it.
    #[error("events.file {} is {what}: events would destroy it, so give another file", path.display())]
    EventsFileInUse {
        /// The file.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// TLS cannot be set up for requests to others.
    #[error("TLS for webhooks and functions cannot be set up: {0}")]
    Outgoing(#[from] rustls::Error),
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

impl From<KeyError> for StartError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Store(error) => Self::Store(error),
            KeyError::MasterKey(error) => Self::MasterKey(error),
            KeyError::Wrong(text) => Self::WrongMasterKey(text),
            KeyError::Record(name) => Self::Record(name),
        }
    }
}

/// What to do about an address that cannot be listened on.
fn listen_hint(address: std::net::SocketAddr, error: &std::io::Error) -> String {
    use std::io::ErrorKind::{AddrInUse, AddrNotAvailable, PermissionDenied};
    let mut other = address;
    other.set_port(address.port().checked_add(1).unwrap_or(8484));
    match error.kind() {
        AddrInUse => format!(". Another program listens there: stop it, or give another port, as in --listen {other}"),
        AddrNotAvailable => ". It is no address of this machine; 0.0.0.0 and [::] stand for all of them".to_owned(),
        PermissionDenied if address.port() < 1_024 => {
            ". Ports below 1024 need a right that this process does not have: give a higher one".to_owned()
        }
        _ => String::new(),
    }
}

/// Whose settings count when the store recorded others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The server: a difference is refused, and no second server may use the folder.
    Server,
    /// A short command beside a running server: what is recorded counts.
    Helper,
    /// A short command that keeps servers from the folder while it works, unless one is running.
    Alone,
}

const IDENTITY: &str = "identity";

/// The data in PostgreSQL outlives this machine or container, a key created beside it unasked may not (B68): whoever
/// wants one made says where.
fn refuse_key_in_passing(storage: &Storage, role: Role) -> Result<(), StartError> {
    let given = storage.master_key.is_some() || storage.master_key_file.is_some();
    let remote = matches!(storage.engine, Engine::Postgres(_));
    if role != Role::Server || !remote || given || storage.data_named || key_path(storage).exists() {
        return Ok(());
    }
    Err(StartError::NoMasterKey)
}

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
        exclusive: role != Role::Helper,
        create: role == Role::Server && !key_waits_in_folder(storage),
        prepared_statements: storage.prepared_statements,
        cache_bytes_max: usize::try_from(storage.cache_bytes).unwrap_or(usize::MAX),
        connections_max: storage.connections,
        ..OpenOptions::default()
    };
    refuse_to_invent(storage, role)?;
    refuse_key_in_passing(storage, role)?;
    let mut alone = options.exclusive && storage.engine == Engine::Folder;
    let mut opened = Store::open(&location, options.clone()).await;
    if role == Role::Alone && matches!(opened, Err(store::Error::Locked { .. })) {
        alone = false;
        opened = Store::open(&location, OpenOptions { exclusive: false, ..options }).await;
    }
    let store = opened.map_err(|error| match (error, role) {
        (store::Error::Missing { place }, Role::Server) => StartError::DatabaseLost(lost_database(storage, &place)),
        (store::Error::Missing { place }, Role::Helper | Role::Alone) => StartError::NoStore(place),
        (error, _) => error.into(),
    })?;
    let used_before = store.meta(MASTER_CHECK).await?.is_some();
    if role != Role::Server && !used_before {
        return Err(StartError::NoStore("this database holds no secrets of a server".to_owned()));
    }
    let mut keys = MasterKeys::of(storage, used_before)?;
    let (vault, record) = envelope::open(&store, &mut keys, storage, role == Role::Server).await?;
    let (seal_check, seal_token_key) = (
        || seal_record(&vault, MASTER_CHECK, b"taskform"),
        || seal_record(&vault, PAGE_TOKEN_KEY, MasterKey::random().bytes()),
    );
    let own = || identity_record(&settings.identity);
    let records: [Record<'_>; 3] = [(MASTER_CHECK, &seal_check), (IDENTITY, &own), (PAGE_TOKEN_KEY, &seal_token_key)];
    let mut is_own = true;
    let [check, identity, token_key] = match &record {
        None => remember(&store, records).await?,
        Some(record) => {
            let [a, b, c] = records;
            let [made, others @ ..] = remember(&store, [(DATA_KEY, &|| record.clone()), a, b, c]).await?;
            is_own = made == *record;
            others
        }
    };
    // At the first start of several processes, another one's data key is the store's.
    let vault = if is_own { vault } else { envelope::open(&store, &mut keys, storage, false).await?.0 };
    open_record(&vault, MASTER_CHECK, &check).map_err(|_| StartError::Record(MASTER_CHECK))?;
    let identity = recorded_identity(&identity, settings, role)?;
    let broken = || StartError::Record(PAGE_TOKEN_KEY);
    let token_key = open_record(&vault, PAGE_TOKEN_KEY, &token_key).map_err(|_| broken())?;
    let page_token_key = Zeroizing::new(token_key.as_slice().try_into().map_err(|_| broken())?);
    Ok(Opened { store, vault, identity, page_token_key, alone })
}

/// A command beside a server works on what a server made, which an ephemeral one keeps to itself.
fn refuse_to_invent(storage: &Storage, role: Role) -> Result<(), StartError> {
    if role != Role::Server && storage.engine == Engine::Memory {
        return Err(StartError::NoStore("an --ephemeral server keeps everything in its own memory".to_owned()));
    }
    Ok(())
}

/// Whether the data folder holds a master key that is to be used: a sign that a server has run on it before.
fn key_waits_in_folder(storage: &Storage) -> bool {
    let given = storage.master_key.is_some() || storage.master_key_file.is_some();
    storage.engine != Engine::Memory && !given && key_path(storage).exists()
}

/// Refuses a file of events that holds something else: the database, or a key, by whatever name.
///
/// # Errors
/// [`StartError::EventsFileInUse`].
pub fn check_events_file(settings: &Settings) -> Result<(), StartError> {
    let (Some(path), storage) = (&settings.events.file, &settings.storage) else { return Ok(()) };
    let tls = settings.tls.as_ref();
    let same = |other: Option<&PathBuf>| other.is_some_and(|other| store::is_same_file(other, path));
    let what = if Store::owns_file(&storage.data, path) {
        "the database, or belongs to it"
    } else if same(Some(&key_path(storage))) || same(storage.master_key_file.as_ref()) {
        "the master key"
    } else if same(tls.map(|tls| &tls.key)) || same(tls.map(|tls| &tls.certificate)) {
        "the certificate of TLS or its key"
    } else {
        return Ok(());
    };
    Err(StartError::EventsFileInUse { path: path.clone(), what })
}

fn lost_database(storage: &Storage, place: &str) -> String {
    let (key, folder) = (key_path(storage), storage.data.display());
    let restore = match storage.engine {
        Engine::Postgres(_) => "restore the database, or correct its address".to_owned(),
        Engine::Folder | Engine::Memory => format!("put a back-up into {folder} as taskform.db, or correct --data"),
    };
    let key = key.display();
    format!(
        "{place}, but there is {key}: a server has run here before, and its data is gone. If that is a mistake, \
         {restore}. To start anew with an empty database, move {key} away; to start anew under that key, name it with \
         --master-key-file"
    )
}

fn identity_record(identity: &Identity) -> String {
    format!("{} {} {}", identity.partition.as_str(), identity.region, identity.account)
}

fn recorded_identity(record: &str, settings: &Settings, role: Role) -> Result<Identity, StartError> {
    let given = &settings.identity;
    if record == identity_record(given) {
        return Ok(given.clone());
    }
    let parts: Vec<&str> = record.split(' ').collect();
    let [partition, region, account] = parts[..] else { return Err(StartError::Record(IDENTITY)) };
    let shown = |p: &str, r: &str, a: &str| format!("region {r}, account {a}, partition {p}");
    if role == Role::Server {
        return Err(StartError::OtherIdentity {
            recorded: shown(partition, region, account),
            given: shown(given.partition.as_str(), &given.region, &given.account),
            hint: dev_hint(settings.dev, account),
        });
    }
    Ok(Identity {
        partition: Partition::parse(partition).ok_or(StartError::Record(IDENTITY))?,
        region: region.to_owned(),
        account: account.to_owned(),
        accepted_regions: vec![region.to_owned()],
    })
}

/// What `--dev` has to do with another account.
fn dev_hint(dev: bool, recorded_account: &str) -> &'static str {
    if dev {
        " (--dev means account 000000000000 and region us-east-1 unless others are given: add --ephemeral, or name another \
         folder with --data)"
    } else if recorded_account == DEV_ACCOUNT {
        " (account 000000000000 is that of --dev: start with --dev, or name another folder with --data)"
    } else {
        ""
    }
}

/// A record's key, and how its value is made when it has none.
type Record<'a> = (&'static str, &'a (dyn Fn() -> String + Sync));

/// Reads records, and makes those that are missing in one commit; of several processes that do, one wins and all see its
/// values.
async fn remember<const N: usize>(store: &Store, records: [Record<'_>; N]) -> Result<[String; N], StartError> {
    /// Once to read, once more after another process was quicker, and some for a process that died in between.
    const ATTEMPTS: usize = 8;
    for _ in 0..ATTEMPTS {
        let mut values = [const { String::new() }; N];
        let mut batch = Batch::new();
        for (value, (key, make)) in values.iter_mut().zip(records) {
            *value = match store.meta(key).await? {
                Some(value) => value,
                None => {
                    let made = make();
                    batch.put_new_meta(key, &made);
                    made
                }
            };
        }
        match store.commit(batch).await {
            Ok(()) => return Ok(values),
            Err(CommitError::Conflict(_)) => {}
            Err(CommitError::Store(error)) => return Err(error.into()),
        }
    }
    Err(StartError::Record(MASTER_CHECK))
}
