//! The log on standard error: text or JSON lines, written by a thread of its own, so that a reader that stops reading stops the
//! log and nothing else.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};

use tracing::{Level, Metadata};
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{FilterExt, Targets, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::settings::{Kind, Log, SettingsError};

/// Lines that wait for a slow reader; further ones are dropped.
const WAITING_LINES_MAX: usize = 8_192;

/// Ends the writing thread when it is dropped, after what waits has been written.
static WRITER: Mutex<Option<WorkerGuard>> = Mutex::new(None);

/// Writes what waits, within a second, and ends the log.
pub fn finish() {
    drop(WRITER.lock().unwrap_or_else(PoisonError::into_inner).take());
}

/// Whether a line is one of a library that shows what must not be in a log: the driver of PostgreSQL writes the parameters of each
/// statement, which are all that is stored (B275).
fn shows_values(line: &Metadata<'_>) -> bool {
    line.target().starts_with("tokio_postgres") && *line.level() > Level::INFO
}

/// Starts logging, and sends panics to the log.
///
/// # Errors
/// The level means nothing.
pub fn init(log: &Log) -> Result<(), SettingsError> {
    let filter: Targets = log.level.parse().map_err(|_| SettingsError::Bad {
        place: "log.level".to_owned(),
        expected: Kind::LogLevel.expected(),
        got: format!(", got `{}`", log.level),
    })?;
    let lines = NonBlockingBuilder::default().lossy(true).buffered_lines_limit(WAITING_LINES_MAX);
    let (lines, writer) = lines.thread_name("taskform-log").finish(std::io::stderr());
    let layer = tracing_subscriber::fmt::layer().with_writer(lines);
    let layer = if log.json {
        layer.json().flatten_event(true).with_current_span(false).with_span_list(false).boxed()
    } else {
        layer.with_ansi(std::io::stderr().is_terminal()).boxed()
    };
    let filter = filter.and(filter_fn(|line| !shows_values(line)));
    // A second call, as in tests, keeps the first log.
    if tracing_subscriber::registry().with(layer.with_filter(filter)).try_init().is_ok() {
        *WRITER.lock().unwrap_or_else(PoisonError::into_inner) = Some(writer);
    }
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let text = info.payload_as_str().unwrap_or("no text");
        tracing::error!(place, text, "panic");
    }));
    Ok(())
}
