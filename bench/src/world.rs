//! One server with its store, filled and measured while idle, ready for rounds.

use std::fs::{self, File};
use std::io::Read as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::client;
use crate::cores::{Cores, Side};
use crate::load::Outcome;
use crate::plan::say;
use crate::policy::PolicyKey;
use crate::postgres::Cluster;
use crate::rows::{Names, Sample};
use crate::series::{Engine, Spread};
use crate::sign::push_hex;
use crate::single_postgres::block_on;
use crate::taskform::{Launch, Storage, Taskform, Walk};
use crate::template::{self, Body, uuid};
use crate::{clock, single_postgres, single_sqlite};

/// Starts that are timed.
const STARTS: usize = 7;
/// How long a server is idle before its idle memory is read.
pub(crate) const REST: Duration = Duration::from_secs(2);

/// What all worlds of a run share.
pub(crate) struct Ground<'a> {
    pub cores: Cores,
    pub program: &'a Path,
    /// Scratch folder.
    pub folder: &'a Path,
    pub cluster: Option<&'a Cluster>,
}

/// A database for hand-made inserts: as the server's was when the rounds began.
pub(crate) enum Copy {
    File(PathBuf),
    Url(String),
}

/// See the module's head.
pub(crate) struct World {
    pub engine: Engine,
    pub size: u32,
    server: Option<Taskform>,
    pub body: Body,
    pub walk: Walk,
    /// Start to first answer, in milliseconds.
    pub start_ms: Spread,
    /// Start to first answer on an empty store, in milliseconds.
    pub empty_start_ms: Spread,
    /// Resident while idle, KiB.
    pub idle_kib: u64,
    pub tables: String,
    /// A key whose policy asks for tags.
    pub policy_key: PolicyKey,
    launch: Launch,
    cores: Cores,
    sample: Sample,
    copy: Copy,
    creates: u32,
}

impl World {
    /// Makes a store of `size` templates and starts a server on it.
    ///
    /// # Errors
    /// Whatever goes wrong on the way.
    pub(crate) fn prepare(ground: &Ground<'_>, engine: Engine, size: u32) -> Result<Self, String> {
        let tag = format!("{}_{size}", engine.to_string().to_lowercase());
        let launch = launch(ground, engine, &tag)?;
        let empty_start_ms = empty_starts(ground, engine)?;
        say(&format!("{engine}: filling {size} templates"));
        let server = Taskform::start(&launch, None)?;
        let names = create_sample(&server)?;
        server.stop()?;
        let sample = sample(&launch.storage, names)?;
        let server = Taskform::start(&launch, None)?;
        server.remote.fill(u64::from(size) - 1)?;
        server.stop()?;
        let copy = copy(ground, &launch.storage, &tag)?;
        let (server, start_ms) = starts(&launch, ground.cores)?;
        thread::sleep(REST);
        let idle_kib = server.resident_kib()?;
        let walk = server.remote.walk()?;
        if walk.templates.len() != size as usize {
            return Err(format!("{} templates were listed, {size} created", walk.templates.len()));
        }
        Ok(Self {
            engine,
            size,
            body: server.remote.body()?,
            server: Some(server),
            walk,
            start_ms,
            empty_start_ms,
            idle_kib,
            tables: sample.tables(),
            policy_key: PolicyKey::make(&launch)?,
            launch,
            cores: ground.cores,
            sample,
            copy,
            creates: 0,
        })
    }

    /// A number that no earlier batch of creates here had.
    pub(crate) fn next_series(&mut self) -> u32 {
        self.creates += 1;
        self.creates
    }

    /// Hand-made inserts at one concurrency, on the server's core.
    ///
    /// # Errors
    /// An insert that fails.
    pub(crate) fn single(&mut self, writers: usize, span: Duration) -> Result<Outcome, String> {
        let series = self.next_series();
        let now = clock::now_ms();
        let name = move |number: u64| Names {
            id: uuid(u64::from(series), number),
            name: template::name(series, number),
            token: kept_token(&uuid(u64::from(series), number)),
            created_ms: now + i64::try_from(number).unwrap_or(0),
        };
        by_hand(self.cores, &self.copy, &self.sample, writers, span, &name)
    }

    /// Starts the server afresh, so that its memory shows what comes next. `cache_mib`: memory for hot templates,
    /// when not the default.
    ///
    /// # Errors
    /// A server that does not end or start.
    pub(crate) fn restart(&mut self, cache_mib: Option<u32>) -> Result<(), String> {
        self.launch.cache_mib = cache_mib;
        // The old server must let go of its folder first.
        if let Some(server) = self.server.take() {
            server.stop()?;
        }
        self.server = Some(Taskform::start(&self.launch, Some(self.cores))?);
        Ok(())
    }

    /// The running server.
    ///
    /// # Errors
    /// When a restart failed.
    pub(crate) fn server(&self) -> Result<&Taskform, String> {
        self.server.as_ref().ok_or_else(|| "the server is not running".to_owned())
    }

    /// Ends the server.
    ///
    /// # Errors
    /// As [`Taskform::stop`].
    pub(crate) fn stop(mut self) -> Result<(), String> {
        self.server.take().map_or(Ok(()), Taskform::stop)
    }
}

/// How to start a server on a store of its own.
///
/// # Errors
/// A database that cannot be made.
pub(crate) fn launch(ground: &Ground<'_>, engine: Engine, tag: &str) -> Result<Launch, String> {
    let storage = match (engine, ground.cluster) {
        (Engine::Sqlite, _) => Storage::Folder(ground.folder.join(tag)),
        (Engine::Postgres, Some(cluster)) => Storage::Postgres(cluster.create(tag)?),
        (Engine::Postgres, None) => return Err("there is no PostgreSQL".to_owned()),
    };
    Ok(Launch {
        program: ground.program.to_owned(),
        storage,
        log: ground.folder.join(format!("{tag}.log")),
        cache_mib: None,
    })
}

/// Times starts on stores that nobody has used before.
fn empty_starts(ground: &Ground<'_>, engine: Engine) -> Result<Spread, String> {
    let mut millis = Vec::new();
    for turn in 0..STARTS {
        let tag = format!("{}_empty_{turn}_{}", engine.to_string().to_lowercase(), clock::now_ms());
        let server = Taskform::start(&launch(ground, engine, &tag)?, Some(ground.cores))?;
        millis.push(server.started_in.as_secs_f64() * 1000.0);
        server.stop()?;
    }
    Spread::of(millis).ok_or_else(|| "nothing was started".to_owned())
}

/// Times starts on a full store; the last server stays.
///
/// # Errors
/// A server that does not start.
pub(crate) fn starts(launch: &Launch, cores: Cores) -> Result<(Taskform, Spread), String> {
    let mut millis = Vec::new();
    for _ in 1..STARTS {
        let server = Taskform::start(launch, Some(cores))?;
        millis.push(server.started_in.as_secs_f64() * 1000.0);
        server.stop()?;
    }
    let server = Taskform::start(launch, Some(cores))?;
    millis.push(server.started_in.as_secs_f64() * 1000.0);
    let spread = Spread::of(millis).ok_or_else(|| "nothing was started".to_owned())?;
    Ok((server, spread))
}

/// One template whose rows are known by its names.
fn create_sample(server: &Taskform) -> Result<Names, String> {
    let (name, token) = (template::name(999, 999_999_999), uuid(999, 999));
    let body = server.remote.body()?.with(&name, Some(&token));
    let made = client::signed(server.remote.addr, "PUT", &template::collection(), "", body.as_bytes())?.json()?;
    let id = made["Id"].as_str().ok_or_else(|| format!("no id: {made}"))?.to_owned();
    let got = client::signed(server.remote.addr, "GET", &template::item(&id), "", b"")?.json()?;
    let seconds = got["CreatedTime"].as_f64().ok_or_else(|| format!("no time: {got}"))?;
    let token = kept_token(&token);
    Ok(Names { id, name, token, created_ms: (seconds * 1000.0).round() as i64 })
}

/// A client token as the store keeps it.
pub(crate) fn kept_token(token: &str) -> String {
    let mut hex = String::new();
    push_hex(&mut hex, &Sha256::digest(token));
    hex
}

/// The one SQLite database in a data folder.
///
/// # Errors
/// A folder without one.
pub(crate) fn database_file(folder: &Path) -> Result<PathBuf, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let files = entries.filter_map(Result::ok).map(|entry| entry.path());
    let mut found = files.filter(|path| {
        let mut start = [0; 16];
        File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == *b"SQLite format 3\0"
    });
    found.next().ok_or_else(|| format!("{}: no SQLite database", folder.display()))
}

/// Reads the rows of a sample out of a store that no server runs on.
///
/// # Errors
/// A store that cannot be read, or holds no such row.
pub(crate) fn sample(storage: &Storage, names: Names) -> Result<Sample, String> {
    match storage {
        Storage::Folder(folder) => single_sqlite::sample(&database_file(folder)?, names),
        Storage::Postgres(url) => block_on(single_postgres::sample(url, names)),
    }
}

/// Inserts copies of a sample by hand, on the server's core.
///
/// # Errors
/// An insert that fails.
pub(crate) fn by_hand(
    cores: Cores,
    copy: &Copy,
    sample: &Sample,
    writers: usize,
    span: Duration,
    name: &(dyn Fn(u64) -> Names + Sync),
) -> Result<Outcome, String> {
    cores.on(Side::Server, || match copy {
        Copy::File(file) => single_sqlite::run(file, sample, writers, span, name),
        Copy::Url(url) => block_on(single_postgres::run(url, sample, writers, span, name)),
    })
}

/// Copies a store that no server runs on.
///
/// # Errors
/// Files or a database that cannot be copied.
pub(crate) fn copy(ground: &Ground<'_>, storage: &Storage, tag: &str) -> Result<Copy, String> {
    match (storage, ground.cluster) {
        (Storage::Folder(folder), _) => {
            let (from, to) = (database_file(folder)?, ground.folder.join(format!("{tag}_single.db")));
            fs::copy(&from, &to).map_err(|e| format!("cannot copy {}: {e}", from.display()))?;
            let log = from.with_file_name(format!("{}-wal", from.file_name().unwrap_or_default().to_string_lossy()));
            if log.is_file() {
                let to = ground.folder.join(format!("{tag}_single.db-wal"));
                fs::copy(&log, to).map_err(|e| format!("cannot copy {}: {e}", log.display()))?;
            }
            Ok(Copy::File(to))
        }
        (Storage::Postgres(_), Some(cluster)) => Ok(Copy::Url(cluster.copy(tag, &format!("{tag}_single"))?)),
        (Storage::Postgres(_), None) => Err("there is no PostgreSQL".to_owned()),
    }
}

/// An answer that the bare server is to give: where it is kept, and the length of its body.
pub(crate) type Recorded = (PathBuf, usize);

/// Asks a server and keeps its answer for the bare server.
///
/// # Errors
/// A refused request.
pub(crate) fn keep(
    folder: &Path,
    name: &str,
    addr: SocketAddr,
    (method, path, query): (&str, &str, &str),
    body: &[u8],
) -> Result<Recorded, String> {
    let answer = client::signed(addr, method, path, query, body)?;
    let _checked: Value = answer.json()?;
    let file = folder.join(format!("{name}.http"));
    let bytes = [answer.head.as_bytes(), b"\r\n\r\n", &answer.body].concat();
    fs::write(&file, bytes).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok((file, answer.body.len()))
}

/// The answers to one Get, List and Create.
///
/// # Errors
/// A refused request.
pub(crate) fn record(world: &World, folder: &Path) -> Result<[Recorded; 3], String> {
    let addr = world.server()?.remote.addr;
    let one = world.walk.templates.first().ok_or("there are no templates")?;
    let body = world.body.with(&template::name(998, 1), Some(&uuid(998, 1)));
    let collection = template::collection();
    Ok([
        keep(folder, "get", addr, ("GET", &template::item(one.id()), ""), b"")?,
        keep(folder, "list", addr, ("GET", &collection, "maxResults=100"), b"")?,
        keep(folder, "create", addr, ("PUT", &collection, ""), body.as_bytes())?,
    ])
}
