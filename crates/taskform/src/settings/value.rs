//! What a setting's value looks like, and the check of its text.

use super::likeness::word_hint;
use super::proxy::{PublicUrl, is_base_path, network};

/// The form of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// Text with a password in it: shown redacted.
    Secret,
    /// `true` or `false`.
    Switch,
    /// Socket address; `localhost` is understood.
    Address,
    /// Whole number within bounds.
    Whole {
        /// Smallest.
        min: u64,
        /// Largest.
        max: u64,
    },
    /// Number of at least 0 with an optional fraction.
    Rate,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Texts separated by commas; an array in TOML.
    List,
    /// A list of `NAME=URL`; what follows a `?` is not shown.
    Targets,
    /// A list of `NAME=SECRET`; the secrets are not shown.
    Secrets,
    /// 12 digits.
    Account,
    /// Words of letters and digits, joined by dashes, and a number at the end.
    Region,
    /// Empty, or `/` and segments without a trailing slash.
    BasePath,
    /// Empty, or `http://` or `https://` with a host and perhaps a port and a path.
    PublicUrl,
    /// A list of addresses and networks.
    Networks,
    /// Origins of web pages, `none`, or `*`.
    Origins,
    /// A level of the log, and perhaps others for parts of the program.
    LogLevel,
    /// Empty, or a time of UTC.
    Time,
}

impl Kind {
    /// Checks a text; `Err` says what was expected.
    ///
    /// # Errors
    /// What the value should have been.
    pub fn check(self, text: &str) -> Result<(), String> {
        let fits = match self {
            Self::Text | Self::Secret | Self::List | Self::Targets | Self::Secrets => true,
            Self::Switch => matches!(text, "true" | "false"),
            Self::Address => address(text).is_some(),
            Self::Whole { min, max } => text.parse().is_ok_and(|n: u64| (min..=max).contains(&n)),
            Self::Rate => text.parse().is_ok_and(|n: f64| (0.0..=1e9).contains(&n)),
            Self::Choice(words) => words.contains(&text),
            Self::Account => text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit()),
            Self::Region => is_region(text),
            Self::BasePath => is_base_path(text),
            Self::PublicUrl => text.is_empty() || PublicUrl::parse(text).is_some(),
            Self::Networks => list(text).iter().all(|item| network(item).is_some()),
            Self::Origins => list(text).iter().all(|item| item == "*" || is_origin(item)),
            Self::LogLevel => !text.is_empty() && text.split(',').all(|item| bad_level(item).is_none()),
            Self::Time => text.is_empty() || time(text).is_some(),
        };
        if fits { Ok(()) } else { Err(self.expected()) }
    }

    /// What a value should be, to follow "expected".
    #[must_use]
    pub fn expected(self) -> String {
        match self {
            Self::Switch => "true or false",
            Self::Address => "an address and a port, for example 127.0.0.1:8484",
            Self::Whole { min, max } => return format!("a whole number between {min} and {max}"),
            Self::Rate => "a number between 0 and 1000000000",
            Self::Choice(words) => return format!("one of {}", words.join(", ")),
            Self::Account => "exactly 12 digits",
            Self::Region => {
                "a region such as us-east-1 or local-1: small letters and digits in parts joined by dashes, the last of \
                 them a number"
            }
            Self::BasePath => "a path with a leading and no trailing slash, for example /connect",
            Self::PublicUrl => {
                "the URL that clients have as endpoint, with http:// or https:// and without a query, for example \
                 https://connect.example.com or https://example.com/connect"
            }
            Self::Networks => "IP addresses or networks, for example 10.0.0.0/8, 192.0.2.7 or fd00::/8",
            Self::Origins => "*, none, or origins such as https://console.example.com, without a path",
            Self::LogLevel => {
                return format!(
                    "{}, or levels by part such as info,store=debug",
                    LEVELS.split_last().map_or_else(String::new, |(last, rest)| format!("{} or {last}", rest.join(", ")))
                );
            }
            Self::Time => "a time of UTC from the years 1970 to 9999, as in 2026-03-02T08:50:00Z",
            Self::Text | Self::Secret | Self::List | Self::Targets | Self::Secrets => "a text",
        }
        .to_owned()
    }

    /// What is wrong with a text that does not fit, or what was perhaps meant, beginning with `; `; empty if that is not known.
    #[must_use]
    pub fn hint(self, text: &str) -> String {
        match self {
            Self::Choice(words) => word_hint(text, words),
            Self::Switch => match text.to_lowercase().as_str() {
                "yes" | "on" | "1" | "true" => "; did you mean true?".to_owned(),
                "no" | "off" | "0" | "false" => "; did you mean false?".to_owned(),
                _ => String::new(),
            },
            Self::LogLevel => text.split(',').find_map(bad_level).unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// Whether it is several texts: separated by commas, an array in TOML.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(self, Self::List | Self::Targets | Self::Secrets | Self::Networks | Self::Origins)
    }

    /// The value as `taskform config` shows it: a password becomes `***`.
    #[must_use]
    pub fn show(self, text: &str) -> String {
        match self {
            Self::Secret => redact(text),
            Self::Targets => hide_after(text, '?'),
            Self::Secrets => hide_after(text, '='),
            _ => text.to_owned(),
        }
    }
}

/// The levels of the log, least first.
pub(super) const LEVELS: &[&str] = &["off", "error", "warn", "info", "debug", "trace"];

/// The parts that write to the log: those of this program (`flow` is what flows log), then the libraries that do.
const PARTS: &[&str] = &[
    "taskform",
    "service",
    "engine",
    "store",
    "wire",
    "sigv4",
    "flow",
    "h2",
    "hyper",
    "hyper_util",
    "hyper_rustls",
    "rustls",
    "tokio_rustls",
    "tokio_postgres",
    "tower",
];

/// What is wrong with an item `LEVEL` or `PART=LEVEL` of the log's level, for [`Kind::hint`]. A part may be a module
/// (`store::db=debug`).
fn bad_level(item: &str) -> Option<String> {
    let (part, level) = match item.split_once('=') {
        Some((part, level)) => (Some(part), level),
        None => (None, item),
    };
    let known = |part: &str| PARTS.contains(&part.split("::").next().unwrap_or(part));
    match part {
        Some(part) if !known(part) => {
            let hint = word_hint(part, PARTS);
            let hint = if hint.is_empty() { format!("; the parts are {}", PARTS.join(", ")) } else { hint };
            Some(format!("; there is no part `{part}`{hint}"))
        }
        _ if LEVELS.contains(&level.to_ascii_lowercase().as_str()) => None,
        None if known(item) => Some(format!("; `{item}` is a part and needs a level, as in {item}=debug")),
        _ => Some(word_hint(level, LEVELS)),
    }
}

/// The items of a list's text.
#[must_use]
pub fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|v| !v.is_empty() && *v != "none").map(str::to_owned).collect()
}

/// The form of every published region, and of names such as `local-1`.
fn is_region(text: &str) -> bool {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let starts = text.starts_with(|c: char| c.is_ascii_lowercase());
    starts
        && text.len() <= 64
        && text.split('-').all(word)
        && text.rsplit_once('-').is_some_and(|(_, last)| number(last))
}

/// Scheme, host and perhaps a port, as browsers send it.
fn is_origin(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, host)| {
        !scheme.is_empty() && !host.is_empty() && !host.contains(|c: char| "/?#@*".contains(c) || c.is_whitespace())
    })
}

/// Reads `host:port`, where host is an IP address or `localhost`.
pub(super) fn address(text: &str) -> Option<std::net::SocketAddr> {
    match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}").parse().ok(),
        None => text.parse().ok(),
    }
}

/// Reads a date and time of UTC such as `2026-03-02T08:50:00Z`, with a fraction of the second or without: epoch milliseconds.
/// The years before 1970 and after 9999 are none.
pub(super) fn time(text: &str) -> Option<i64> {
    let text = text.strip_suffix(['Z', 'z'])?;
    let (date, clock) = text.split_once(['T', 't'])?;
    // Seconds are given, and no offset that would contradict the Z.
    let plain = |part: &str, allowed: &str| part.chars().all(|c| c.is_ascii_digit() || allowed.contains(c));
    if !plain(date, "-") || !plain(clock, ":.") || clock.matches(':').count() != 2 {
        return None;
    }
    let read = wire::json::Timestamp::from_json(&wire::json::Json::String(text.into()))?;
    (read.0 >= 0).then_some(read.0)
}

/// The replacement for a secret.
pub(super) const HIDDEN: &str = "***";

/// Replaces what follows the first `mark` in each item of a list; of secrets, also an item that has none.
fn hide_after(list: &str, mark: char) -> String {
    let hide = |item: &str| match item.split_once(mark) {
        Some((shown, _)) => format!("{shown}{mark}{HIDDEN}"),
        None if mark == '=' && !item.trim().is_empty() => HIDDEN.to_owned(),
        None => item.to_owned(),
    };
    list.split(',').map(hide).collect::<Vec<_>>().join(",")
}

/// Replaces the password of a URL, and the value of a `password` parameter.
fn redact(url: &str) -> String {
    let mut shown = url.to_owned();
    if let Some((scheme, rest)) = url.split_once("://")
        && let Some((user, host)) = rest.rsplit_once('@')
        && let Some((name, _)) = user.split_once(':')
    {
        shown = format!("{scheme}://{name}:***@{host}");
    }
    if let Some((start, _)) = shown.split_once("password=") {
        shown = format!("{start}password=***");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        for (url, shown) in [
            ("", ""),
            ("postgres://host/db", "postgres://host/db"),
            ("postgres://u@host/db", "postgres://u@host/db"),
            ("postgres://u:p@w@host/db", "postgres://u:***@host/db"),
            ("postgres://host/db?user=u&password=p&x=1", "postgres://host/db?user=u&password=***"),
            ("host=h password=p", "host=h password=***"),
        ] {
            assert_eq!(Kind::Secret.show(url), shown);
        }
    }

    #[test]
    fn secrets_of_lists_are_not_shown() {
        for (kind, text, shown) in [
            (Kind::Secrets, "", ""),
            (Kind::Secrets, "a=x=y, b=z", "a=***, b=***"),
            (Kind::Secrets, "forgotten", "***"),
            (Kind::Targets, "a=http://h/p,b=https://h/?key=1", "a=http://h/p,b=https://h/?***"),
        ] {
            assert_eq!(kind.show(text), shown);
        }
    }

    /// Whatever takes one of several words says which was perhaps meant.
    #[test]
    fn a_wrong_word_is_answered_with_the_right_one() {
        let format = Kind::Choice(&["text", "json"]);
        for (kind, text, hint) in [
            (Kind::LogLevel, "warning", "; did you mean warn?"),
            (Kind::LogLevel, "err", "; did you mean error?"),
            (Kind::LogLevel, "debgu", "; did you mean debug?"),
            (Kind::LogLevel, "verbose", ""),
            (Kind::LogLevel, "info,stor=debug", "; there is no part `stor`; did you mean store?"),
            (Kind::LogLevel, "store", "; `store` is a part and needs a level, as in store=debug"),
            (format, "jsno", "; did you mean json?"),
            (format, "xml", ""),
            (Kind::Switch, "yes", "; did you mean true?"),
            (Kind::Switch, "Off", "; did you mean false?"),
        ] {
            assert!(kind.check(text).is_err(), "{kind:?} {text}");
            assert_eq!(kind.hint(text), hint, "{kind:?} {text}");
        }
        assert!(Kind::LogLevel.hint("info,nonsense=debug").contains("no part `nonsense`; the parts are taskform, "));
    }

    /// Whatever name a line of the log is written under can be given a level.
    #[test]
    fn every_part_that_logs_is_known() {
        fn look(folder: &std::path::Path, found: &mut usize) {
            for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if entry.is_dir() {
                    look(&entry, found);
                } else if entry.extension().is_some_and(|extension| extension == "rs") {
                    let text = std::fs::read_to_string(&entry).unwrap();
                    for part in text.split("target: \"").skip(1).filter_map(|rest| rest.split('"').next()) {
                        if part.chars().all(|c| c.is_ascii_alphabetic()) && !part.is_empty() {
                            assert!(PARTS.contains(&part), "{part} of {}", entry.display());
                            *found += 1;
                        }
                    }
                }
            }
        }
        let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut found = 0;
        for entry in std::fs::read_dir(crates).unwrap().map(|entry| entry.unwrap()) {
            let name = entry.file_name().into_string().unwrap();
            assert!(PARTS.contains(&name.as_str()) || name == "testkit", "{name}");
            look(&entry.path().join("src"), &mut found);
        }
        assert!(found > 0, "flows log under a name of their own");
    }

    #[test]
    fn values_are_checked() {
        for (kind, good, bad) in [
            (Kind::Switch, &["true", "false"][..], &["yes", "", "True"][..]),
            (Kind::Address, &["127.0.0.1:0", "[::1]:80", "localhost:8484"], &["8484", "host:1", "127.0.0.1"]),
            (Kind::Whole { min: 1, max: 3 }, &["1", "3"], &["0", "4", "-1", "1.0", ""]),
            (Kind::Rate, &["0", "0.5", "10"], &["-1", "NaN", "inf", "x"]),
            (Kind::Account, &["000000000000"], &["12345678901", "12345678901x"]),
            (
                Kind::Region,
                &["us-east-1", "us-gov-west-1", "us-isob-east-1", "mx-central-1", "local-1"],
                &["", "mars", "US", "a b", "a/b", "us-east", "us-east-1a", "us--1", "-1", "1-1", "us-east-1-"],
            ),
            (Kind::PublicUrl, &["", "https://h", "http://h:1/a"], &["h", "https://h/a?b"]),
            (Kind::Networks, &["", "none", "10.0.0.0/8, ::1"], &["proxy", "10.0.0.0/8,x"]),
            (
                Kind::Origins,
                &["", "none", "*", "https://a.example,http://b:1"],
                &["a.example", "https://a.example/", "true"],
            ),
            (
                Kind::LogLevel,
                &["info", "WARN", "off", "info,store=debug", "store::db=trace,error", "hyper=info"],
                &["", "warning", "verbose", "info,nonsense=debug", "store", "info,", "store=loud", "store=debug=info"],
            ),
            (
                Kind::Time,
                &[
                    "",
                    "2026-03-02T08:50:00Z",
                    "2026-03-02t08:50:00.250z",
                    "1970-01-01T00:00:00Z",
                    "9999-12-31T23:59:59Z",
                ],
                &[
                    "2026-03-02",
                    "2026-03-02T08:50:00",
                    "2026-03-02T08:50Z",
                    "2026-03-02 08:50:00Z",
                    "2026-02-30T08:50:00Z",
                    "2026-03-02T08:50:00+01:00",
                    "2026-03-02T08:50:00-01:00Z",
                    "2026-03-02T24:00:00Z",
                    "1969-12-31T23:59:59Z",
                    "1772441400",
                    " 2026-03-02T08:50:00Z",
                    "now",
                ],
            ),
            (Kind::BasePath, &["", "/a", "/a/b"], &["a", "/", "/a/", "/a//b", "/../a"]),
            (Kind::Choice(&["a", "b"]), &["a"], &["c", ""]),
        ] {
            for text in good {
                assert_eq!(kind.check(text), Ok(()), "{kind:?} {text}");
            }
            for text in bad {
                assert!(kind.check(text).is_err(), "{kind:?} {text}");
            }
        }
    }
}
