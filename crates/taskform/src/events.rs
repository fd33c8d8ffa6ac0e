//! Where contact events and records go: the sinks that settings name.

mod file;
mod webhook;

use std::sync::Arc;

use service::Sink;
use store::{OutboxNumbers, Store};

use crate::outgoing::Outgoing;
use crate::settings::{Events, Identity, Settings};
use crate::startup::StartError;

pub use file::FileSink;
pub(crate) use file::NAME as FILE;
pub use webhook::{SIGNATURE, Webhook, sign};

/// The sinks of the settings, ready to be written to.
///
/// # Errors
/// The file cannot be opened.
pub fn sinks(settings: &Events, identity: &Identity, client: &Outgoing) -> Result<Vec<Arc<dyn Sink>>, StartError> {
    let mut sinks: Vec<Arc<dyn Sink>> = Vec::new();
    if let Some(path) = &settings.file {
        let sink = FileSink::open(path).map_err(|source| StartError::EventsFile { path: path.clone(), source })?;
        sinks.push(Arc::new(sink));
    }
    for webhook in &settings.webhooks {
        if webhook.secrets.is_empty() {
            let name = &webhook.name;
            tracing::warn!(
                "the webhook {name} has no secret in events.webhook_secrets: what is sent to it is not signed"
            );
        }
        sinks.push(Arc::new(Webhook::new(webhook, settings.webhook_time, identity, client.clone())));
    }
    Ok(sinks)
}

/// Most sinks that are checked for waiting events when the server starts.
const STRAYS_MAX: usize = 1_000;

/// Sinks that settings do not name (any more) and for which events wait all the same, with how many. They are kept
/// until they are delivered to a sink of that name or dropped by hand: a name may be missing by mistake, or in one of
/// several processes.
///
/// # Errors
/// The store fails.
pub async fn strays(store: &Store, settings: &Events) -> Result<Vec<(String, OutboxNumbers)>, store::Error> {
    let named = settings.names();
    let mut strays = Vec::new();
    for sink in store.outbox_sinks(STRAYS_MAX).await? {
        if !named.contains(&sink) {
            let numbers = store.outbox_numbers(&sink).await?;
            strays.push((sink, numbers));
        }
    }
    Ok(strays)
}

/// Logs them.
///
/// # Errors
/// The store fails.
pub async fn report_strays(store: &Store, settings: &Settings) -> Result<(), store::Error> {
    for (sink, OutboxNumbers { waiting, dead, .. }) in strays(store, &settings.events).await? {
        let command = settings.command(&format!("events drop --sink {sink}"));
        tracing::warn!(
            sink,
            waiting,
            dead,
            "events wait for a sink that the settings do not name; `{command}` removes them"
        );
    }
    Ok(())
}
