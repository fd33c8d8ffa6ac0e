//! The log on standard error: text or JSON lines.

use std::io::IsTerminal;

use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::settings::{Log, SettingsError};

/// Starts logging, and sends panics to the log.
///
/// # Errors
/// The level means nothing.
pub fn init(log: &Log) -> Result<(), SettingsError> {
    let filter: Targets = log.level.parse().map_err(|_| SettingsError::Bad {
        place: "log.level".to_owned(),
        expected: "a level such as info, or levels by part such as info,store=debug".to_owned(),
        got: format!(", got `{}`", log.level),
    })?;
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let layer = if log.json {
        layer.json().flatten_event(true).with_current_span(false).with_span_list(false).boxed()
    } else {
        layer.with_ansi(std::io::stderr().is_terminal()).boxed()
    };
    // A second call, as in tests, keeps the first log.
    let _ = tracing_subscriber::registry().with(layer.with_filter(filter)).try_init();
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let text = info.payload_as_str().unwrap_or("no text");
        tracing::error!(place, text, "panic");
    }));
    Ok(())
}
