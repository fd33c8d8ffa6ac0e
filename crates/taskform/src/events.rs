//! Where contact events and records go: the sinks that settings name.

mod file;
mod webhook;

use std::sync::Arc;

use service::Sink;

use crate::outgoing::Outgoing;
use crate::settings::{Events, Identity};
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
            tracing::warn!(webhook = webhook.name, "its events are not signed: it has no secret");
        }
        sinks.push(Arc::new(Webhook::new(webhook, settings.webhook_time, identity, client.clone())));
    }
    Ok(sinks)
}
