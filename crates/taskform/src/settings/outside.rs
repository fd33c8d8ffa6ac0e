//! Settings of external systems: where events go, where functions are.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use zeroize::Zeroizing;

use super::layers::{SettingsError, Values};
use super::value::HIDDEN;
use crate::outgoing::{self, Guard, Target};

/// Where contact events and records go.
#[derive(Clone, Debug, Default)]
pub struct Events {
    /// A file of JSON lines.
    pub file: Option<PathBuf>,
    /// Receivers on the web.
    pub webhooks: Vec<WebhookSettings>,
    /// Time for one answer of a webhook.
    pub webhook_time: Duration,
    /// Tries before an event is given up.
    pub tries: u32,
    /// How much may wait in the outbox for each sink.
    pub limits: service::OutboxLimits,
}

impl Events {
    /// The names of all sinks.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let file = self.file.is_some().then(|| crate::events::FILE.to_owned());
        file.into_iter().chain(self.webhooks.iter().map(|w| w.name.clone())).collect()
    }
}

/// One receiver on the web.
#[derive(Clone, Debug)]
pub struct WebhookSettings {
    /// Its name in the outbox, in metrics and on the command line.
    pub name: String,
    /// Where it is.
    pub target: Target,
    /// Each signs; none leaves what is sent unsigned.
    pub secrets: Vec<SecretText>,
}

/// A secret; does not print and is wiped.
#[derive(Clone)]
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// Hides a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SecretText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretText(..)")
    }
}

pub(super) fn events(values: &Values, guard: &Guard) -> Result<Events, SettingsError> {
    const KEY: &str = "events.webhooks";
    const SECRETS: &str = "events.webhook_secrets";
    let mut webhooks: Vec<WebhookSettings> = Vec::new();
    for (name, text) in pairs(values, KEY, "NAME=URL")? {
        if name == crate::events::FILE || !is_name(&name) {
            let expected = "names of up to 32 small letters, digits, - and _, other than `file`, before each =";
            return Err(bad(KEY, expected, &name));
        }
        if webhooks.iter().any(|w| w.name == name) {
            return Err(SettingsError::Conflict(format!("{KEY}: the name `{name}` is given twice")));
        }
        webhooks.push(WebhookSettings { target: target(KEY, &name, &text, guard)?, name, secrets: Vec::new() });
    }
    for (name, secret) in pairs(values, SECRETS, "NAME=SECRET").map_err(without_value)? {
        let Some(webhook) = webhooks.iter_mut().find(|w| w.name == name) else {
            return Err(SettingsError::Conflict(format!("{SECRETS} names `{name}`, and {KEY} does not")));
        };
        if secret == HIDDEN {
            return Err(hidden(SECRETS, &name));
        }
        webhook.secrets.push(SecretText::new(&secret));
    }
    Ok(Events {
        file: Some(values.text("events.file")).filter(|v| !v.is_empty()).map(PathBuf::from),
        webhooks,
        webhook_time: Duration::from_secs(values.whole("events.webhook_seconds")),
        tries: u32::try_from(values.whole("events.tries")).unwrap_or(u32::MAX),
        limits: service::OutboxLimits {
            waiting_max: i64::try_from(values.whole("events.waiting_max")).unwrap_or(i64::MAX),
            dead_max: i64::try_from(values.whole("events.dead_max")).unwrap_or(i64::MAX),
        },
    })
}

/// Endpoints of functions by their ARNs.
pub(super) fn functions(values: &Values, guard: &Guard) -> Result<BTreeMap<String, Target>, SettingsError> {
    const KEY: &str = "functions.endpoints";
    let mut all = BTreeMap::new();
    for (arn, text) in pairs(values, KEY, "ARN=URL")? {
        let uri = target(KEY, &arn, &text, guard)?;
        if all.insert(arn.clone(), uri).is_some() {
            return Err(SettingsError::Conflict(format!("{KEY}: `{arn}` is given twice")));
        }
    }
    Ok(all)
}

/// How many functions are called at once.
pub(super) fn calls(values: &Values) -> service::CallLimits {
    let limit = |key| usize::try_from(values.whole(key)).unwrap_or(usize::MAX);
    service::CallLimits { all: limit("functions.calls_max"), each: limit("functions.calls_per_function_max") }
}

/// Entries `NAME=TEXT`, neither of them empty.
fn pairs(values: &Values, key: &str, form: &str) -> Result<Vec<(String, String)>, SettingsError> {
    let pair = |entry: String| {
        let parts = entry.split_once('=').map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned()));
        parts.filter(|(a, b)| !a.is_empty() && !b.is_empty()).ok_or_else(|| bad(key, form, &entry))
    };
    values.list(key).into_iter().map(pair).collect()
}

fn target(key: &str, name: &str, text: &str, guard: &Guard) -> Result<Target, SettingsError> {
    if text.ends_with(&format!("?{HIDDEN}")) {
        return Err(hidden(key, name));
    }
    // The text may hold a secret in its query: it is not repeated.
    let uri = outgoing::target(text).map_err(|expected| SettingsError::Bad {
        place: format!("{key}: {name}"),
        expected: expected.to_owned(),
        got: String::new(),
    })?;
    outgoing::check(&uri, guard).map_err(|error| SettingsError::Conflict(format!("{key}: {name}: {error}")))?;
    Ok(uri)
}

fn is_name(name: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
    (1..=32).contains(&name.len()) && name.bytes().all(fits)
}

fn bad(place: &str, expected: &str, got: &str) -> SettingsError {
    SettingsError::Bad { place: place.to_owned(), expected: expected.to_owned(), got: format!(", got `{got}`") }
}

/// An entry of secrets that has no name may be one itself.
fn without_value(error: SettingsError) -> SettingsError {
    match error {
        SettingsError::Bad { place, expected, .. } => SettingsError::Bad { place, expected, got: String::new() },
        other => other,
    }
}

fn hidden(key: &str, name: &str) -> SettingsError {
    SettingsError::Conflict(format!(
        "{key}: `{name}` has {HIDDEN} where `taskform config` hides what it does not show; put the real text there"
    ))
}
