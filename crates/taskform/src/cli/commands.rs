//! What each command does.

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::Path;

use serde_json::json;
use tokio::runtime::Builder;
use wire::Op;

use super::error::{CommandError, Result};
use super::flags::{AllFlags, StoreFlags};
use super::{Cli, Command};
use crate::settings::{self, Engine, Kind, Settings};
use crate::startup::{self, Opened, Role, StartError};
use crate::{log, serve};

pub(super) fn run(command: Command) -> Result<()> {
    let out = &mut io::stdout();
    match command {
        Command::Serve(flags) => run_server(&flags, out),
        Command::Keys(command) => super::keys::run(command, out),
        Command::Users(command) => super::users::run(command, out),
        Command::Flow(command) => super::flow::run(command, out),
        Command::Policy(command) => super::policy::run(command, out),
        Command::Events(command) => super::events::run(command, out),
        Command::Backup { file, flags } => backup(&file, &flags, out),
        Command::Config(flags) => config(&flags, out),
        Command::Operations { implemented } => Ok(operations(out, implemented)?),
        Command::Version => Ok(writeln!(out, "taskform {}", env!("CARGO_PKG_VERSION"))?),
        Command::Completions { shell } => {
            let mut command = <Cli as clap::CommandFactory>::command();
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut command, "taskform", &mut script);
            Ok(out.write_all(&script)?)
        }
    }
}

fn run_server(flags: &AllFlags, out: &mut impl Write) -> Result<()> {
    let (_, settings) = flags.settings()?;
    log::init(&settings.log)?;
    for name in settings::strange_variables(&settings::process_environment()) {
        tracing::warn!(
            name,
            "ignored: the name is one that Kubernetes gives for a service, but not the value; the address to listen on is \
             set by TASKFORM_LISTEN"
        );
    }
    if settings.storage.engine == Engine::Memory && settings.storage.data_named {
        let data = settings.storage.data.display();
        tracing::warn!(%data, "the data folder of the settings is not used: --ephemeral keeps everything in memory");
    }
    raise_file_limit(settings.http.connections.saturating_add(settings.agent_streams));
    let cores = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let workers = settings.workers.unwrap_or_else(cores);
    // A single thread needs no work stealing and no wake-ups of other threads.
    let mut builder = if workers == 1 { Builder::new_current_thread() } else { Builder::new_multi_thread() };
    if workers > 1 {
        builder.worker_threads(workers);
    }
    let runtime = builder.enable_all().thread_name("taskform").build()?;
    let result = runtime.block_on(serve::serve(settings, out));
    // Work of the store that did not end in time must not be waited for here.
    runtime.shutdown_background();
    Ok(result?)
}

/// Each connection is an open file, and the store and its readers need some: takes as many as the system lets, and says so
/// when the connections of the settings cannot all be had.
fn raise_file_limit(connections: usize) {
    const OTHER_FILES: u64 = 128;
    let wanted = u64::try_from(connections).unwrap_or(u64::MAX).saturating_add(OTHER_FILES);
    match rlimit::increase_nofile_limit(wanted) {
        Ok(limit) if limit < wanted => {
            tracing::warn!(limit, wanted, "the limit of open files is too low for http.connections and agent.streams");
        }
        Ok(_) => {}
        Err(error) => tracing::warn!(%error, "the limit of open files could not be read"),
    }
}

/// Opens the store beside a server that may be running, and closes it again.
pub(super) fn with_store<T>(flags: &StoreFlags, work: impl AsyncFnOnce(Opened, &Settings) -> Result<T>) -> Result<T> {
    with_store_as(Role::Helper, flags, work)
}

/// Opens the store in this role, and closes it again.
pub(super) fn with_store_as<T>(
    role: Role,
    flags: &StoreFlags,
    work: impl AsyncFnOnce(Opened, &Settings) -> Result<T>,
) -> Result<T> {
    let (_, settings) = flags.settings()?;
    log::init(&settings.log)?;
    Builder::new_current_thread().enable_all().build()?.block_on(async {
        let opened = startup::open(&settings, role).await?;
        let store = opened.store.clone();
        let done = work(opened, &settings).await;
        store.close().await.map_err(StartError::from)?;
        done
    })
}

/// Copies the embedded database; no key is needed, as secrets stay sealed in the copy.
fn backup(file: &Path, flags: &StoreFlags, out: &mut impl Write) -> Result<()> {
    let (_, settings) = flags.settings()?;
    if settings.storage.engine != Engine::Folder {
        let text = "backup copies the embedded database; PostgreSQL is backed up with its own tools";
        return Err(CommandError::Refused(text.to_owned()));
    }
    store::Store::backup(&settings.storage.data, file).map_err(StartError::from)?;
    Ok(writeln!(out, "wrote {}", file.display())?)
}

fn config(flags: &AllFlags, out: &mut impl Write) -> Result<()> {
    let (values, settings) = flags.settings()?;
    for (spec, value, source) in values.shown() {
        let value = match spec.kind {
            Kind::Switch | Kind::Whole { .. } | Kind::Rate => value,
            kind if kind.is_list() => json!(settings::list(&value)).to_string(),
            _ => toml::Value::from(value).to_string(),
        };
        writeln!(out, "{:<60} # {source}", format!("{} = {value}", spec.key))?;
    }
    let storage = &settings.storage;
    let master = match (&storage.master_key, &storage.master_key_file) {
        (Some(_), _) => "from TASKFORM_MASTER_KEY".to_owned(),
        (None, Some(path)) => format!("from {}", path.display()),
        (None, None) if storage.engine == Engine::Memory => "made at each start".to_owned(),
        (None, None) => format!("from {}", storage.data.join("master.key").display()),
    };
    Ok(writeln!(out, "# master key: {master}")?)
}

fn operations(out: &mut impl Write, only: bool) -> io::Result<()> {
    let mut ops = Op::ALL.to_vec();
    ops.sort_by_key(|op| op.name());
    writeln!(out, "{:<44}{:<13}{:<7}PATH", "OPERATION", "STATE", "METHOD")?;
    let mut done = 0;
    for op in &ops {
        let implemented = service::IMPLEMENTED.contains(op);
        done += usize::from(implemented);
        if implemented || !only {
            let state = if implemented { "implemented" } else { "not yet" };
            writeln!(out, "{:<44}{:<13}{:<7}{}", op.name(), state, op.method(), op.uri())?;
        }
    }
    writeln!(out, "{done} of {} operations are implemented", Op::ALL.len())
}
