//! Settings: one struct per subject, built from flags, environment and file by one precedence.
//!
//! Nothing else in the program reads the environment. A new setting is one line in `spec.rs` and one member here.

mod layers;
mod likeness;
mod outside;
mod proxy;
mod service_link;
mod spec;
#[cfg(test)]
mod tests;
mod value;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use service::Partition;
use zeroize::Zeroizing;

use crate::outgoing::{Guard, Target};

pub(crate) use likeness::word_hint;

pub use layers::{Given, SettingsError, Source, Values};
pub use outside::{Events, SecretText, WebhookSettings};
pub(crate) use proxy::has_port;
pub use proxy::{Networks, PublicUrl};
pub use service_link::strange_variables;
pub use spec::{SPECS, Spec};
pub use value::{Kind, list};

/// All settings of the program.
#[derive(Debug)]
pub struct Settings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// `--dev`.
    pub dev: bool,
    /// `--dev-allow-remote`.
    pub dev_allow_remote: bool,
    /// `--dev-clock`: where the time of tasks starts and stands still, epoch milliseconds.
    pub dev_clock_ms: Option<i64>,
    /// Worker threads; `None` means one per core.
    pub workers: Option<usize>,
    /// Store and master key.
    pub storage: Storage,
    /// Region, account, partition.
    pub identity: Identity,
    /// Certificate and key, if TLS is on.
    pub tls: Option<Tls>,
    /// Limits and paths of the HTTP shell.
    pub http: Http,
    /// Forms of signature.
    pub auth: Auth,
    /// Throttling.
    pub throttle: Throttle,
    /// Quotas of the service.
    pub limits: service::Limits,
    /// Quotas of single instances, by id.
    pub limits_of: BTreeMap<String, service::Limits>,
    /// How far ahead a task may be scheduled, in days.
    pub schedule_ahead_days: u64,
    /// How long an offered task waits to be accepted, seconds; 0 is without limit.
    pub accept_seconds: u64,
    /// Event streams and long polls of agents that are open at once (tasks 6).
    pub agent_streams: usize,
    /// Segment attributes that clients may set.
    pub predefined_attributes: std::collections::BTreeSet<String>,
    /// Where contact events and records go.
    pub events: Events,
    /// Endpoints of the functions that flows call, by ARN.
    pub functions: BTreeMap<String, Target>,
    /// How many of these calls are made at once.
    pub calls: service::CallLimits,
    /// Where webhooks and functions may be although calls to there are refused.
    pub outgoing_allowed: Networks,
    /// How people sign in.
    pub sign_in: service::signin::SignInSettings,
    /// Log.
    pub log: Log,
    /// The flags that name the same store to another command, with a space before each; empty where the defaults do.
    pub store_flags: String,
}

/// The account of `--dev`.
pub const DEV_ACCOUNT: &str = "000000000000";

/// Where data and keys are.
#[derive(Debug)]
pub struct Storage {
    /// Which engine.
    pub engine: Engine,
    /// Data folder.
    pub data: PathBuf,
    /// The master key as text from the environment.
    pub master_key: Option<MasterKeyText>,
    /// File of the master key, if it is not the one in the data folder.
    pub master_key_file: Option<PathBuf>,
    /// Memory for hot templates, bytes.
    pub cache_bytes: u64,
    /// Connections to PostgreSQL.
    pub connections: usize,
    /// Prepare statements of PostgreSQL once per connection.
    pub prepared_statements: bool,
    /// The data folder was named, and is not just the default.
    pub data_named: bool,
}

/// Text of a master key; does not print and is wiped.
#[derive(Clone)]
pub struct MasterKeyText(pub Zeroizing<String>);

impl std::fmt::Debug for MasterKeyText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKeyText(..)")
    }
}

/// The store's engine.
#[derive(Clone, PartialEq, Eq)]
pub enum Engine {
    /// SQLite in the data folder.
    Folder,
    /// SQLite in memory.
    Memory,
    /// PostgreSQL at this URL, which may hold a password.
    Postgres(String),
}

impl Engine {
    /// Name in the log.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Folder => "sqlite",
            Self::Memory => "sqlite in memory",
            Self::Postgres(_) => "postgresql",
        }
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder => f.write_str("Folder"),
            Self::Memory => f.write_str("Memory"),
            Self::Postgres(url) => write!(f, "Postgres({})", Kind::Secret.show(url)),
        }
    }
}

/// Who this server is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// First part of every ARN.
    pub partition: Partition,
    /// Region in ARNs.
    pub region: String,
    /// Account, 12 digits.
    pub account: String,
    /// Regions that signatures may name: `region` and the extra ones.
    pub accepted_regions: Vec<String>,
}

/// TLS files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// Certificate chain, PEM.
    pub certificate: PathBuf,
    /// Private key, PEM.
    pub key: PathBuf,
}

/// The HTTP shell.
#[derive(Clone, Debug)]
pub struct Http {
    /// Path before every route, without trailing slash; empty for none.
    pub base_path: String,
    /// What clients sign for, where it differs from what arrives.
    pub public_url: Option<PublicUrl>,
    /// Peers whose `X-Forwarded-…` headers are trusted.
    pub trusted_proxies: Networks,
    /// Allowed origins.
    pub cors: Cors,
    /// Largest body, bytes.
    pub body_bytes: usize,
    /// Headers and bodies in memory, of all requests together, bytes.
    pub buffered_bytes: usize,
    /// Requests that are read and answered at once.
    pub requests: usize,
    /// Share of both that one peer may take, percent.
    pub peer_percent: usize,
    /// Largest header section, bytes.
    pub header_bytes: usize,
    /// Longest time for one request.
    pub request_time: Duration,
    /// Longest time for reading headers.
    pub header_read_time: Duration,
    /// Idle time of a connection.
    pub idle_time: Duration,
    /// Open connections.
    pub connections: usize,
    /// Time for running requests at shutdown.
    pub shutdown_time: Duration,
}

/// Origins that browsers may call from (W2.2.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cors {
    /// Any.
    Any,
    /// These; none when empty.
    Listed(Vec<String>),
}

/// Forms of signature that are taken.
#[derive(Clone, Copy, Debug)]
pub struct Auth {
    /// Query form (W3.4.3).
    pub presigned: bool,
    /// `UNSIGNED-PAYLOAD` (W3.1.2).
    pub unsigned_payload: bool,
    /// Requests of one address with an unknown key or a wrong signature in a second; 0 is without limit.
    pub refused_per_second: u32,
}

/// Throttling per access key and operation (W5.2).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Throttle {
    /// Use the published numbers (W5.1).
    pub aws: bool,
    /// Requests per second and burst of operations that the preset does not name.
    pub uniform: Option<(f64, u64)>,
}

/// The log on standard error.
#[derive(Clone, Debug)]
pub struct Log {
    /// JSON lines instead of text.
    pub json: bool,
    /// Level, with exceptions by part.
    pub level: String,
    /// Which requests get a line.
    pub requests: LogRequests,
}

/// Which requests get a line in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogRequests {
    /// Status 400 and above.
    Errors,
    /// All.
    All,
    /// None; unexpected errors still get one.
    None,
}

impl Settings {
    /// Builds typed settings from gathered values.
    ///
    /// # Errors
    /// Settings that contradict each other.
    pub fn build(values: &Values, given: &Given) -> Result<Self, SettingsError> {
        let listen = value::address(values.text("listen"))
            .ok_or_else(|| SettingsError::Conflict("listen is no address".to_owned()))?;
        let dev = values.on("dev");
        if dev && !listen.ip().is_loopback() && !values.on("dev_allow_remote") {
            return Err(SettingsError::Conflict(format!(
                "--dev serves the well-known key `test`, so it listens on loopback only, not on {listen}. If that is \
                 really wanted, add --dev-allow-remote"
            )));
        }
        let dev_clock_ms = dev_clock(values, dev)?;
        let outgoing_allowed = networks(values, "outgoing.allowed_networks")?;
        let guard = Guard::new(outgoing_allowed.clone(), listen);
        let workers = usize::try_from(values.whole("workers")).ok().filter(|n| *n > 0);
        Ok(Self {
            listen,
            dev,
            dev_allow_remote: values.on("dev_allow_remote"),
            dev_clock_ms,
            workers,
            storage: storage(values, given)?,
            identity: identity(values)?,
            tls: tls(values)?,
            http: http(values)?,
            auth: Auth {
                presigned: values.on("auth.presigned"),
                unsigned_payload: values.on("auth.unsigned_payload"),
                refused_per_second: u32::try_from(values.whole("auth.refused_per_second")).unwrap_or(u32::MAX),
            },
            throttle: throttle(values)?,
            limits: limits(values),
            limits_of: limits_of(values)?,
            schedule_ahead_days: values.whole("limits.schedule_ahead_days"),
            accept_seconds: values.whole("routing.accept_seconds"),
            agent_streams: size(values, "agent.streams"),
            predefined_attributes: values.list("tasks.predefined_attributes").into_iter().collect(),
            events: outside::events(values, &guard)?,
            functions: outside::functions(values, &guard)?,
            calls: outside::calls(values),
            outgoing_allowed,
            sign_in: sign_in(values),
            log: log(values),
            store_flags: store_flags(values, given),
        })
    }

    /// A command for the same store, to be shown to a person: `taskform keys list --data DIR`.
    #[must_use]
    pub fn command(&self, words: &str) -> String {
        format!("taskform {words}{}", self.store_flags)
    }
}

/// Where the test clock starts; there is one with `--dev` only.
fn dev_clock(values: &Values, dev: bool) -> Result<Option<i64>, SettingsError> {
    let text = values.text("dev_clock");
    if text.is_empty() || dev {
        return Ok(value::time(text));
    }
    let given = match values.source("dev_clock") {
        Source::Variable => format!("TASKFORM_DEV_CLOCK={text}"),
        Source::File(file) => format!("{file}: dev_clock = {text}"),
        Source::Flag | Source::Dev | Source::Default => format!("--dev-clock {text}"),
    };
    Err(SettingsError::Conflict(format!(
        "{given} moves the time of tasks, which only a server for tests may do: add --dev, or leave it out"
    )))
}

fn store_flags(values: &Values, given: &Given) -> String {
    let named = given.environment.get("TASKFORM_CONFIG").filter(|file| !file.is_empty());
    let file = given.file.as_ref().map(|file| file.display().to_string()).or_else(|| named.cloned());
    let store = ["data", "database", "master_key_file"].into_iter().filter_map(|key| {
        let spec = SPECS.iter().find(|spec| spec.key == key)?;
        let given = matches!(values.source(key), Source::Flag | Source::Variable) && !values.text(key).is_empty();
        given.then(|| (spec.flag(), spec.kind.show(values.text(key))))
    });
    let file = file.into_iter().map(|file| ("config".to_owned(), file));
    file.chain(store).map(|(flag, text)| format!(" --{flag} {}", shell_word(&text))).collect()
}

/// A text as one word of a shell's command.
fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+=,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// The process's environment; variables that are no UTF-8 are left out unless they are ours.
#[must_use]
pub fn process_environment() -> BTreeMap<String, String> {
    std::env::vars_os().map(|(k, v)| (k.to_string_lossy().into_owned(), v.to_string_lossy().into_owned())).collect()
}

fn storage(values: &Values, given: &Given) -> Result<Storage, SettingsError> {
    let conflict = |text: &str| Err(SettingsError::Conflict(text.to_owned()));
    let url = values.text("database");
    let engine = match (url, values.on("ephemeral")) {
        ("", true) if values.source("data") == &Source::Flag => {
            return conflict("--ephemeral keeps everything in memory: it cannot be combined with --data");
        }
        ("", true) => Engine::Memory,
        ("", false) => Engine::Folder,
        (_, true) => return conflict("--ephemeral keeps everything in memory: it cannot be combined with --database"),
        (url, false) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
            Engine::Postgres(url.to_owned())
        }
        _ => return conflict("--database: expected a URL that starts with postgres://"),
    };
    let master_key = given.environment.get("TASKFORM_MASTER_KEY").filter(|v| !v.is_empty());
    let master_key_file = Some(values.text("master_key_file")).filter(|v| !v.is_empty()).map(PathBuf::from);
    if master_key.is_some() && master_key_file.is_some() {
        return conflict("give the master key once: TASKFORM_MASTER_KEY or master_key_file, not both");
    }
    Ok(Storage {
        engine,
        data: PathBuf::from(values.text("data")),
        master_key: master_key.map(|v| MasterKeyText(Zeroizing::new(v.clone()))),
        master_key_file,
        cache_bytes: values.whole("storage.cache_mib") * 1024 * 1024,
        connections: size(values, "storage.connections"),
        prepared_statements: values.on("storage.prepared_statements"),
        data_named: values.source("data") != &Source::Default,
    })
}

fn identity(values: &Values) -> Result<Identity, SettingsError> {
    let region = values.text("region").to_owned();
    let partition = Partition::parse(values.text("partition")).unwrap_or_else(|| Partition::for_region(&region));
    let mut accepted_regions = vec![region.clone()];
    for extra in values.list("accepted_regions") {
        if let Err(expected) = Kind::Region.check(&extra) {
            return Err(SettingsError::Bad {
                place: "accepted_regions".to_owned(),
                expected,
                got: format!(", got `{extra}`"),
            });
        }
        if !accepted_regions.contains(&extra) {
            accepted_regions.push(extra);
        }
    }
    Ok(Identity { partition, region, account: values.text("account").to_owned(), accepted_regions })
}

fn tls(values: &Values) -> Result<Option<Tls>, SettingsError> {
    match (values.text("tls.certificate"), values.text("tls.key")) {
        ("", "") => Ok(None),
        ("", _) => Err(SettingsError::Conflict("tls.key is set but tls.certificate is not".to_owned())),
        (_, "") => Err(SettingsError::Conflict("tls.certificate is set but tls.key is not".to_owned())),
        (certificate, key) => Ok(Some(Tls { certificate: certificate.into(), key: key.into() })),
    }
}

fn http(values: &Values) -> Result<Http, SettingsError> {
    let origins = values.list("http.cors_origins");
    let seconds = |key| Duration::from_secs(values.whole(key));
    let (body_bytes, buffered_bytes) = (size(values, "http.body_bytes"), size(values, "http.buffered_bytes"));
    if buffered_bytes < body_bytes {
        return Err(SettingsError::Conflict(format!(
            "http.buffered_bytes ({buffered_bytes}) is less than http.body_bytes ({body_bytes}): the largest body would \
             never be taken"
        )));
    }
    Ok(Http {
        base_path: values.text("http.base_path").to_owned(),
        // Its form was checked while gathering.
        public_url: PublicUrl::parse(values.text("http.public_url")),
        trusted_proxies: networks(values, "http.trusted_proxies")?,
        cors: if origins.iter().any(|o| o == "*") { Cors::Any } else { Cors::Listed(origins) },
        body_bytes,
        buffered_bytes,
        requests: size(values, "http.requests"),
        peer_percent: size(values, "http.peer_percent"),
        header_bytes: size(values, "http.header_bytes"),
        request_time: seconds("http.request_seconds"),
        header_read_time: seconds("http.header_read_seconds"),
        idle_time: seconds("http.idle_seconds"),
        connections: size(values, "http.connections"),
        shutdown_time: seconds("http.shutdown_seconds"),
    })
}

fn networks(values: &Values, key: &str) -> Result<Networks, SettingsError> {
    Networks::parse(&values.list(key)).map_err(|item| SettingsError::Bad {
        place: key.to_owned(),
        expected: Kind::Networks.expected(),
        got: format!(", got `{item}`"),
    })
}

fn throttle(values: &Values) -> Result<Throttle, SettingsError> {
    let rate: f64 = values.text("throttle.rate").parse().unwrap_or_default();
    let burst = values.whole("throttle.burst");
    if rate == 0.0 && burst > 0 {
        return Err(SettingsError::Conflict("throttle.burst needs throttle.rate".to_owned()));
    }
    let rounded_up = format!("{:.0}", rate.ceil()).parse().unwrap_or(1);
    let burst = if burst == 0 { rounded_up } else { burst };
    Ok(Throttle { aws: values.text("throttle.preset") == "aws", uniform: (rate > 0.0).then_some((rate, burst)) })
}

fn limits(values: &Values) -> service::Limits {
    let mut limits = service::Limits::default();
    for quota in service::Limits::TABLE {
        *(quota.of)(&mut limits) = values.whole(quota.key);
    }
    limits
}

/// Quotas of single instances (task-templates 2.7.4): entries `ID:NAME=N` over the quotas of all.
fn limits_of(values: &Values) -> Result<BTreeMap<String, service::Limits>, SettingsError> {
    let mut all = BTreeMap::new();
    for entry in values.list("limits.of_instances") {
        let bad = || SettingsError::Bad {
            place: "limits.of_instances".to_owned(),
            expected: "INSTANCE-ID:QUOTA=NUMBER, with the name of a quota of instances".to_owned(),
            got: format!(", got `{entry}`"),
        };
        let (id, quota) = entry.split_once(':').ok_or_else(bad)?;
        let (name, number) = quota.split_once('=').ok_or_else(bad)?;
        let limits: &mut service::Limits = all.entry(id.trim().to_owned()).or_insert_with(|| limits(values));
        *limits.of_instance(name.trim()).ok_or_else(bad)? = number.trim().parse().map_err(|_| bad())?;
    }
    Ok(all)
}

fn sign_in(values: &Values) -> service::signin::SignInSettings {
    let whole = |key| u32::try_from(values.whole(key)).unwrap_or(u32::MAX);
    service::signin::SignInSettings {
        hashes: service::signin::HashSettings {
            memory_kib: whole("signin.hash_kib"),
            passes: whole("signin.hash_passes"),
            at_once: size(values, "signin.hashes"),
            waiting: size(values, "signin.hashes_waiting"),
        },
        session_ms: i64::from(whole("signin.session_minutes")) * 60_000,
    }
}

fn log(values: &Values) -> Log {
    Log {
        json: values.text("log.format") == "json",
        level: values.text("log.level").to_owned(),
        requests: match values.text("log.requests") {
            "all" => LogRequests::All,
            "none" => LogRequests::None,
            _ => LogRequests::Errors,
        },
    }
}

fn size(values: &Values, key: &str) -> usize {
    usize::try_from(values.whole(key)).unwrap_or(usize::MAX)
}
