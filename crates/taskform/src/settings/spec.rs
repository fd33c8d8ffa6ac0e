//! The list of settings: one entry gives the TOML key, the flag, the environment variable, the default and the help.

use service::Limits;

use super::value::Kind;

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Dotted TOML key, for example `log.format`.
    pub key: &'static str,
    /// Flag without dashes, when it is not the key with dashes.
    flag: Option<&'static str>,
    /// What a value looks like.
    pub kind: Kind,
    /// Default, written as on the command line.
    pub default: &'static str,
    /// Name of the value in help texts.
    pub value_name: &'static str,
    /// Group in help texts.
    pub heading: &'static str,
    /// One or two lines of help.
    pub help: &'static str,
    /// Whether commands that only open the store take it too.
    pub for_store: bool,
}

impl Spec {
    /// The flag, without leading dashes.
    #[must_use]
    pub fn flag(&self) -> String {
        self.flag.map_or_else(|| self.key.replace(['.', '_'], "-"), str::to_owned)
    }

    /// The environment variable.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("TASKFORM_{}", self.flag().replace('-', "_").to_uppercase())
    }

    const fn flag_is(mut self, flag: &'static str) -> Self {
        self.flag = Some(flag);
        self
    }

    const fn store(mut self) -> Self {
        self.for_store = true;
        self
    }
}

const fn spec(
    heading: &'static str,
    key: &'static str,
    kind: Kind,
    default: &'static str,
    value_name: &'static str,
    help: &'static str,
) -> Spec {
    Spec { key, flag: None, kind, default, value_name, heading, help, for_store: false }
}

const SERVER: &str = "Server";
const STORAGE: &str = "Storage";
const IDENTITY: &str = "Identity (recorded at the first start)";
const HTTP: &str = "HTTP";
const AUTH: &str = "Signatures";
const THROTTLE: &str = "Throttling";
const LIMITS: &str = "Quotas (0 lifts one)";
const TASKS: &str = "Tasks";
const EVENTS: &str = "Contact events and records";
const FUNCTIONS: &str = "Functions of flows";
const OUTGOING: &str = "Outgoing calls";
const SIGN_IN: &str = "Sign-in of users";
const LOG: &str = "Log";

const fn whole(min: u64, max: u64) -> Kind {
    Kind::Whole { min, max }
}

/// The largest quota: what fits the store's integers with room to add.
const QUOTA: Kind = whole(0, 1_000_000_000_000);

/// Every setting, in the order of help texts and of `taskform config`.
pub static SPECS: &[Spec] = &ALL;

/// The place of the quotas, which the service lists.
const QUOTAS: Spec = spec(LIMITS, "", QUOTA, "", "", "");

static ALL: [Spec; LISTED.len() - 1 + Limits::TABLE.len()] = {
    let mut all = [QUOTAS; LISTED.len() - 1 + Limits::TABLE.len()];
    let (mut at, mut listed, mut quota) = (0, 0, 0);
    while at < all.len() {
        if LISTED[listed].key.is_empty() && quota < Limits::TABLE.len() {
            let facts = &Limits::TABLE[quota];
            all[at] = spec(LIMITS, facts.key, QUOTA, facts.default, facts.unit, facts.help);
            quota += 1;
            at += 1;
        } else {
            if !LISTED[listed].key.is_empty() {
                all[at] = LISTED[listed];
                at += 1;
            }
            listed += 1;
        }
    }
    all
};

const LISTED: &[Spec] = &[
    spec(SERVER, "listen", Kind::Address, "127.0.0.1:8484", "ADDR:PORT", "Address to listen on; port 0 takes a free one"),
    spec(SERVER, "dev", Kind::Switch, "false", "BOOL", "For tests and CI: access key `test` with secret `test`, account 000000000000, region us-east-1 and instance 11111111-1111-4111-8111-111111111111"),
    spec(SERVER, "dev_allow_remote", Kind::Switch, "false", "BOOL", "Lets --dev listen beyond loopback and answer to any Host, test clock included: whoever reaches it can use the key `test`"),
    spec(SERVER, "dev_clock", Kind::Time, "", "TIME", "With --dev: the time of tasks starts here, as in 2026-03-02T08:50:00Z, and stands still between steps of the test clock, /_taskform/clock; signatures keep to the real time"),
    spec(SERVER, "workers", whole(0, 1024), "0", "N", "Threads that answer requests; 0 means one per core"),
    spec(STORAGE, "data", Kind::Text, "./taskform-data", "DIR", "Folder of the embedded database and of the master key").store(),
    spec(STORAGE, "database", Kind::Secret, "", "URL", "PostgreSQL instead of the embedded database: postgres://user:password@host/name").store(),
    spec(STORAGE, "ephemeral", Kind::Switch, "false", "BOOL", "Keeps everything in memory; nothing is written and nothing survives"),
    spec(STORAGE, "master_key_file", Kind::Text, "", "FILE", "File with the master key, 64 hex digits; the environment variable TASKFORM_MASTER_KEY gives the key itself; default: master.key in the data folder, made at the first start").store(),
    spec(STORAGE, "storage.cache_mib", whole(0, 1_048_576), "64", "MIB", "Memory for hot templates, in MiB").store(),
    spec(STORAGE, "storage.connections", whole(1, 1024), "8", "N", "Connections to PostgreSQL, 4 of them for commits").store(),
    spec(STORAGE, "storage.prepared_statements", Kind::Switch, "true", "BOOL", "Prepares statements of PostgreSQL once per connection; false behind a pooler in transaction mode, such as PgBouncer with pool_mode = transaction").store(),
    spec(IDENTITY, "region", Kind::Region, "us-east-1", "REGION", "Region of this server, in ARNs and in signatures").store(),
    spec(IDENTITY, "account", Kind::Account, "123456789012", "DIGITS", "Account of this server, 12 digits").store(),
    spec(IDENTITY, "partition", Kind::Choice(&["auto", "aws", "aws-cn", "aws-us-gov"]), "auto", "NAME", "Partition in ARNs; auto follows the region").store(),
    spec(IDENTITY, "accepted_regions", Kind::List, "", "REGION,…", "More regions that clients may sign for, for example local-1"),
    spec(HTTP, "tls.certificate", Kind::Text, "", "FILE", "Certificate chain in PEM; turns TLS on"),
    spec(HTTP, "tls.key", Kind::Text, "", "FILE", "Private key in PEM"),
    spec(HTTP, "http.base_path", Kind::BasePath, "", "PATH", "Path before every route, as in the endpoint URL http://host:port/PATH"),
    spec(HTTP, "http.public_url", Kind::PublicUrl, "", "URL", "Endpoint URL of the clients where it is not what arrives here, because a proxy changes Host or takes a path off: signatures are verified for its host and path"),
    spec(HTTP, "http.trusted_proxies", Kind::Networks, "", "CIDR,…", "Proxies whose X-Forwarded-Host, -Port, -Proto, -Prefix and -For are believed, as addresses or networks"),
    spec(HTTP, "http.cors_origins", Kind::Origins, "none", "ORIGIN,…", "Origins of web pages that may call this server: none, a list, or * for any"),
    spec(HTTP, "http.body_bytes", whole(1_024, 1_073_741_824), "10485760", "BYTES", "Largest request body"),
    spec(HTTP, "http.buffered_bytes", whole(1_048_576, 1_099_511_627_776), "268435456", "BYTES", "Headers, bodies and answers that were not taken yet, of all requests together; what comes beyond is answered with 503"),
    spec(HTTP, "http.requests", whole(1, 1_000_000), "4096", "N", "Requests that are read and answered at once; what comes beyond is answered with 503"),
    spec(HTTP, "http.peer_percent", whole(1, 100), "50", "PERCENT", "Share of http.buffered_bytes and http.requests that one address may take (of IPv6 one network of 64 bits); 100 where all clients come through one proxy"),
    spec(HTTP, "http.header_bytes", whole(1_024, 1_048_576), "65536", "BYTES", "Largest header section"),
    spec(HTTP, "http.request_seconds", whole(1, 3_600), "30", "SECONDS", "Longest time for reading and answering one request"),
    spec(HTTP, "http.header_read_seconds", whole(1, 3_600), "10", "SECONDS", "Longest time from the first byte of a request to the end of its headers, and until a new connection sends its first byte"),
    spec(HTTP, "http.idle_seconds", whole(60, 86_400), "75", "SECONDS", "Time after which an unused connection is closed; clients expect at least 60"),
    spec(HTTP, "http.connections", whole(1, 1_000_000), "1000", "N", "Open connections; for one more the longest idle one is closed"),
    spec(HTTP, "http.shutdown_seconds", whole(0, 3_600), "20", "SECONDS", "Time that running requests get when the server stops"),
    spec(AUTH, "auth.presigned", Kind::Switch, "true", "BOOL", "Takes signatures in the query of a GET"),
    spec(AUTH, "auth.unsigned_payload", Kind::Switch, "false", "BOOL", "Takes UNSIGNED-PAYLOAD without TLS too"),
    spec(AUTH, "auth.refused_per_second", whole(0, 1_000_000), "100", "N", "Requests of one address (of IPv6 one network of 64 bits) in a second whose access key is unknown or whose signature does not fit; beyond it, keys not in use are answered with 429 and not looked up; 0 lifts the limit"),
    spec(THROTTLE, "throttle.preset", Kind::Choice(&["off", "aws"]), "off", "PRESET", "Requests per access key and operation: off, or aws for the published numbers of the real service").flag_is("throttle"),
    spec(THROTTLE, "throttle.rate", Kind::Rate, "0", "PER_SECOND", "Requests per second of every operation that the preset does not name; 0 leaves it to the preset"),
    spec(THROTTLE, "throttle.burst", whole(0, 1_000_000), "0", "N", "Requests at once for throttle.rate; 0 means the rate, rounded up"),
    QUOTAS,
    spec(LIMITS, "limits.schedule_ahead_days", whole(1, 3_650), "90", "DAYS", "How far ahead a task may be scheduled"),
    spec(LIMITS, "limits.of_instances", Kind::List, "", "ID:NAME=N,…", "Quotas of single instances in place of the above, for example 1111…:task_templates_per_instance=200"),
    spec(TASKS, "tasks.predefined_attributes", Kind::List, "", "NAME,…", "Segment attributes that clients may set on tasks in all instances, beside the predefined attributes of each"),
    spec(TASKS, "routing.accept_seconds", whole(0, 86_400), "20", "SECONDS", "How long an offered task waits to be accepted before it counts as missed; 0 is without limit"),
    spec(TASKS, "agent.streams", whole(1, 1_000_000), "10000", "N", "Event streams and long polls of the agent API that are open at once, beside http.connections; what comes beyond is answered with 503"),
    spec(EVENTS, "events.file", Kind::Text, "", "FILE", "Appends events and records as JSON lines to this file"),
    spec(EVENTS, "events.webhooks", Kind::Targets, "", "NAME=URL,…", "Posts events and records as CloudEvents to these addresses"),
    spec(EVENTS, "events.webhook_secrets", Kind::Secrets, "", "NAME=SECRET,…", "Secrets that sign what a webhook gets; better given in the environment or file, as a command line is seen by others"),
    spec(EVENTS, "events.webhook_seconds", whole(1, 300), "10", "SECONDS", "Longest time for the answer of a webhook"),
    spec(EVENTS, "events.tries", whole(1, 10_000), "60", "N", "Tries before an event is given up and becomes a dead letter; 60 take about four hours"),
    spec(EVENTS, "events.waiting_max", QUOTA, "1000000", "N", "Events and records that may wait for each sink; what is beyond is given up, oldest first; 0 lifts the limit"),
    spec(EVENTS, "events.dead_max", QUOTA, "100000", "N", "Dead letters kept for each sink; what is beyond is removed, oldest first; 0 lifts the limit"),
    spec(FUNCTIONS, "functions.endpoints", Kind::Targets, "", "ARN=URL,…", "Where the functions are that flows invoke by ARN"),
    spec(FUNCTIONS, "functions.calls_max", whole(1, 100_000), "256", "N", "Calls of all functions that this process makes at once; as many again wait for their turn, and further ones are tried again later"),
    spec(FUNCTIONS, "functions.calls_per_function_max", whole(1, 100_000), "64", "N", "The same for each function, so that a slow one does not take the place of all"),
    spec(OUTGOING, "outgoing.allowed_networks", Kind::Networks, "", "CIDR,…", "Addresses or networks that webhooks and functions may be at although calls to them are refused: link-local ones, metadata services of clouds, and the address of this server itself"),
    spec(SIGN_IN, "signin.session_minutes", whole(1, 720), "720", "MINUTES", "How long a user stays signed in at most; the credentials of a session last an hour and are renewed"),
    spec(SIGN_IN, "signin.hashes", whole(1, 1_024), "2", "N", "Passwords that are hashed at once, each with signin.hash_kib of memory"),
    spec(SIGN_IN, "signin.hashes_waiting", whole(1, 100_000), "64", "N", "Passwords that wait to be hashed; what comes beyond is answered with 503"),
    spec(SIGN_IN, "signin.hash_kib", whole(8_192, 4_194_304), "19456", "KIB", "Memory that hashing a password takes (argon2id); a stored hash is made again with new numbers when its user signs in").store(),
    spec(SIGN_IN, "signin.hash_passes", whole(1, 100), "2", "N", "Passes over that memory").store(),
    spec(LOG, "log.format", Kind::Choice(&["text", "json"]), "text", "FORMAT", "Form of the log on standard error: text or json").store(),
    spec(LOG, "log.level", Kind::LogLevel, "info", "LEVEL", "off, error, warn, info, debug or trace; also per part, as in info,store=debug").store(),
    spec(LOG, "log.requests", Kind::Choice(&["errors", "all", "none"]), "errors", "WHICH", "Which requests get a line: errors (status 400 and above), all or none"),
];

/// The setting of that key.
pub(super) fn by_key(key: &str) -> Option<&'static Spec> {
    SPECS.iter().find(|s| s.key == key)
}
