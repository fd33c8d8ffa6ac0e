//! The measured server: started on its own core, filled through its own API.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::child::Running;
use crate::client;
use crate::cores::{Cores, Side};
use crate::load::{self, Limit, Requests};
use crate::sign::{DEV, Key, Signer};
use crate::template::{self, Body, Listed};

/// Creates signed at once while filling.
const CHUNK: u64 = 10_000;
/// Connections while filling: as many as group commit makes good use of.
const FILL_CONNECTIONS: usize = 128;

/// Where the measured server keeps its data.
#[derive(Clone, Debug)]
pub(crate) enum Storage {
    Folder(PathBuf),
    Postgres(String),
}

/// How to start it.
#[derive(Clone, Debug)]
pub(crate) struct Launch {
    pub program: PathBuf,
    pub storage: Storage,
    pub log: PathBuf,
    /// Memory for hot templates, when not the default.
    pub cache_mib: Option<u32>,
}

/// A server started with `--dev` that somebody runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Remote {
    pub addr: SocketAddr,
}

/// A server that runs here.
pub(crate) struct Taskform {
    running: Running,
    pub remote: Remote,
    /// From the start of the program to its first answered request.
    pub started_in: Duration,
}

impl Taskform {
    /// Starts it and waits for the answer to a first signed request. `core`: keep it on the server's core.
    ///
    /// # Errors
    /// A server that does not become ready or refuses the request.
    pub(crate) fn start(launch: &Launch, core: Option<Cores>) -> Result<Self, String> {
        let mut command = Command::new(&launch.program);
        command.args(["serve", "--dev", "--listen", "127.0.0.1:0"]);
        // A measurement needs more templates, tasks and users than the service being imitated allows.
        command.args(["--limits-task-templates-per-instance", "0", "--limits-open-tasks-per-instance", "0"]);
        command.args(["--limits-users-per-instance", "0"]);
        if let Some(mib) = launch.cache_mib {
            command.args(["--storage-cache-mib", &mib.to_string()]);
        }
        match &launch.storage {
            Storage::Folder(folder) => command.arg("--data").arg(folder),
            Storage::Postgres(url) => command.arg("--database").arg(url),
        };
        let began = Instant::now();
        let mut start = || Running::start(&mut command, "taskform ready on http://", &launch.log);
        let (running, line) = match core {
            Some(cores) => cores.on(Side::Server, start)?,
            None => start()?,
        };
        let words = line.trim_start_matches("taskform ready on http://");
        let addr = words.split([' ', '/']).next().unwrap_or_default();
        let addr = addr.parse().map_err(|e| format!("no address in `{line}`: {e}"))?;
        client::signed(addr, "GET", &template::collection(), "maxResults=1", b"")?.json()?;
        Ok(Self { running, remote: Remote { addr }, started_in: began.elapsed() })
    }

    /// Resident memory in KiB.
    ///
    /// # Errors
    /// When it has ended.
    pub(crate) fn resident_kib(&self) -> Result<u64, String> {
        self.running.resident_kib()
    }

    /// Ends it in good order.
    ///
    /// # Errors
    /// As [`Running::stop`].
    pub(crate) fn stop(self) -> Result<(), String> {
        self.running.stop()
    }
}

impl Remote {
    /// Signs for this server, as of now.
    pub(crate) fn signer(&self) -> Signer {
        Signer::now(DEV, &self.addr.to_string())
    }

    /// Bodies of creates that this server accepts: they name a published flow of its instance.
    ///
    /// # Errors
    /// A server without the flow that `--dev` promises.
    pub(crate) fn body(&self) -> Result<Body, String> {
        Ok(Body::new(&self.sample_flow()?))
    }

    /// The id of the flow that sends a task to a queue.
    ///
    /// # Errors
    /// A server without the flow that `--dev` promises.
    pub(crate) fn sample_flow(&self) -> Result<String, String> {
        let path = format!("/contact-flows-summary/{}", template::INSTANCE);
        let list = client::signed(self.addr, "GET", &path, "", b"")?.json()?;
        let flows = list["ContactFlowSummaryList"].as_array().ok_or_else(|| format!("no flows: {list}"))?;
        let sample = flows.iter().find(|flow| flow["Name"] == "Sample task flow");
        let id = sample.and_then(|flow| flow["Id"].as_str()).ok_or_else(|| format!("no sample flow: {list}"))?;
        Ok(id.to_owned())
    }

    /// Creates `count` templates as fast as the server takes them.
    ///
    /// # Errors
    /// A create that is refused.
    pub(crate) fn fill(&self, count: u64) -> Result<(), String> {
        let body = self.body()?;
        let mut first = 0;
        while first < count {
            let chunk = CHUNK.min(count - first);
            let requests = template::creates(&mut self.signer(), &body, 0, first, chunk, false);
            load::run(self.addr, &requests, FILL_CONNECTIONS, Limit::OnceWithin(Duration::from_secs(600)))?;
            first += chunk;
        }
        Ok(())
    }

    /// Walks all pages of 100: every template, and the queries of all pages but the last with their answers' lengths.
    ///
    /// # Errors
    /// A page that is refused or holds nothing.
    pub(crate) fn walk(&self) -> Result<Walk, String> {
        let path = template::collection();
        let mut walk = Walk::default();
        let mut query = "maxResults=100".to_owned();
        loop {
            let answer = client::signed(self.addr, "GET", &path, &query, b"")?;
            let page = answer.json()?;
            let summaries = page["TaskTemplates"].as_array().ok_or_else(|| format!("no templates: {page}"))?;
            for summary in summaries {
                walk.templates.push(template::listed(summary)?);
            }
            let Some(token) = page["NextToken"].as_str() else { return Ok(walk) };
            walk.pages.push((query, answer.body.len()));
            query = format!("maxResults=100&nextToken={}", encoded(token));
        }
    }

    /// Signed gets of the templates that `pick` chooses, `count` of them.
    ///
    /// # Errors
    /// A first get that is refused.
    pub(crate) fn gets(
        &self,
        templates: &[Listed],
        count: usize,
        pick: impl FnMut() -> usize,
    ) -> Result<Requests, String> {
        self.gets_as(DEV, templates, count, pick)
    }

    /// The same, signed by a key.
    ///
    /// # Errors
    /// A first get that is refused.
    pub(crate) fn gets_as(
        &self,
        key: Key<'_>,
        templates: &[Listed],
        count: usize,
        mut pick: impl FnMut() -> usize,
    ) -> Result<Requests, String> {
        let sample = templates.first().ok_or("there are no templates")?;
        let answer = client::signed(self.addr, "GET", &template::item(sample.id()), "", b"")?;
        answer.json()?;
        let fixed = answer.body.len() - usize::from(sample.time_digits);
        let mut signer = Signer::now(key, &self.addr.to_string());
        let mut requests = Requests::default();
        for _ in 0..count {
            let one = &templates[pick()];
            let length = fixed + usize::from(one.time_digits);
            requests.push(Some(length), |out| signer.request(out, "GET", &template::item(one.id()), "", b""));
        }
        Ok(requests)
    }

    /// Signed lists of the pages that `pick` chooses.
    pub(crate) fn lists(&self, walk: &Walk, count: usize, mut pick: impl FnMut() -> usize) -> Requests {
        let mut signer = self.signer();
        let mut requests = Requests::default();
        for _ in 0..count {
            let (query, length) = &walk.pages[pick()];
            requests.push(Some(*length), |out| signer.request(out, "GET", &template::collection(), query, b""));
        }
        requests
    }
}

/// What a walk through all pages found.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    pub templates: Vec<Listed>,
    /// Query and length of the answer, of each page but the last.
    pub pages: Vec<(String, usize)>,
}

/// Percent-encodes all but the unreserved characters.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}
