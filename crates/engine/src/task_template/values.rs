//! The value syntax of the fourteen field types (task-templates 2.4), the same for defaults and for the values of tasks.

use crate::text::{blank, chars, listed};
use std::fmt;
use wire::shapes::TaskTemplateFieldType as FieldType;

/// Minutes an EXPIRY_DURATION may hold (90 days).
pub const EXPIRY_MINUTES_MAX: u32 = 129_600;
/// Options that a message shows before it says how many more there are.
const OPTIONS_SHOWN: usize = 10;

/// Why a text is no value of its field's type. `Display` is the message for people; it never repeats the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueProblem {
    /// Empty, where the type needs something.
    Empty {
        /// What the type wants.
        wanted: &'static str,
    },
    /// Nothing but white space in a NAME.
    Blank,
    /// More characters than the type takes.
    TooLong {
        /// Most characters allowed.
        max: usize,
        /// Characters given.
        len: usize,
    },
    /// A control character other than TAB, LF and CR (2.1.8).
    ControlCharacter,
    /// Not of the form that the type has.
    Form {
        /// What the type wants.
        wanted: &'static str,
        /// What was probably meant, if that can be told.
        hint: Option<&'static str>,
    },
    /// Not one of the options of a SINGLE_SELECT.
    NotAnOption {
        /// The options, as a message shows them.
        options: String,
        /// Does the value differ from an option in case or outer white space only?
        close: bool,
    },
}

impl fmt::Display for ValueProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty { wanted } => write!(f, "must not be empty: {wanted} is expected"),
            Self::Blank => f.write_str("must hold more than white space"),
            Self::TooLong { max, len } => write!(f, "must be at most {max} characters, it has {len}"),
            Self::ControlCharacter => f.write_str("must not hold control characters other than tab and line breaks"),
            Self::Form { wanted, hint: None } => write!(f, "must be {wanted}"),
            Self::Form { wanted, hint: Some(hint) } => write!(f, "must be {wanted}; {hint}"),
            Self::NotAnOption { options, close } => {
                let hint = if *close { " exactly as written (upper and lower case differ)" } else { "" };
                write!(f, "must be one of the field's options{hint}: {options}")
            }
        }
    }
}

impl std::error::Error for ValueProblem {}

const QUICK_CONNECT: &str = "the id or ARN of a quick connect";
const EPOCH_SECONDS: &str = "a time in whole epoch seconds, such as 1767225600";
const SCHEDULE: &str = "a time in epoch seconds, such as 1767225600";
const BOOLEAN: &str = "\"true\" or \"false\" in lower case";
const MINUTES: &str = "a whole number of minutes, 1–129600";
const NUMBER: &str = "a number, such as 12.50 or -3";
const URL: &str = "an absolute http or https URL with a host and without spaces";
const EMAIL: &str = "an e-mail address, such as name@example.com";

const MILLISECONDS: &str = "this looks like milliseconds, divide by 1000";
const ISO_8601: &str = "this looks like an ISO 8601 date, give epoch seconds instead";

/// Most characters a value of this type may have (2.4).
pub fn max_chars(field_type: &FieldType) -> usize {
    match field_type {
        FieldType::Name => 1024,
        FieldType::Text => 511,
        FieldType::TextArea => 4095,
        FieldType::Number | FieldType::SingleSelect => 100,
        FieldType::Email => 255,
        FieldType::QuickConnect => 500,
        _ => 4096,
    }
}

/// May a default of this type be `""` (2.5.7)?
pub fn may_be_empty(field_type: &FieldType) -> bool {
    matches!(field_type, FieldType::Text | FieldType::TextArea | FieldType::Description)
}

/// Checks `text` as a value of a field of this type (2.4, 2.5.6, 2.5.7). `options` are those of a SINGLE_SELECT. Whether a
/// quick connect exists or a time is past is checked elsewhere. A type unknown here takes any text.
pub fn check_value(field_type: &FieldType, options: &[String], text: &str) -> Result<(), ValueProblem> {
    if text.is_empty() {
        return if may_be_empty(field_type) { Ok(()) } else { Err(ValueProblem::Empty { wanted: wanted(field_type) }) };
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
        return Err(ValueProblem::ControlCharacter);
    }
    if matches!(field_type, FieldType::SingleSelect) {
        return check_option(options, text);
    }
    let (len, max) = (chars(text), max_chars(field_type));
    if len > max {
        return Err(ValueProblem::TooLong { max, len });
    }
    let good = match field_type {
        FieldType::Name if blank(text) => return Err(ValueProblem::Blank),
        FieldType::QuickConnect => !text.contains(char::is_whitespace),
        FieldType::ScheduledTime => is_schedule(text),
        FieldType::SelfAssign | FieldType::Boolean => matches!(text, "true" | "false"),
        FieldType::ExpiryDuration => is_minutes(text),
        FieldType::Number => is_number(text),
        FieldType::DateTime => is_epoch_seconds(text),
        FieldType::Url => is_url(text),
        FieldType::Email => is_email(text),
        _ => true,
    };
    if good { Ok(()) } else { Err(ValueProblem::Form { wanted: wanted(field_type), hint: hint(field_type, text) }) }
}

fn wanted(field_type: &FieldType) -> &'static str {
    match field_type {
        FieldType::QuickConnect => QUICK_CONNECT,
        FieldType::ScheduledTime => SCHEDULE,
        FieldType::SelfAssign | FieldType::Boolean => BOOLEAN,
        FieldType::ExpiryDuration => MINUTES,
        FieldType::Number => NUMBER,
        FieldType::DateTime => EPOCH_SECONDS,
        FieldType::Url => URL,
        FieldType::Email => EMAIL,
        FieldType::SingleSelect => "one of the field's options",
        _ => "a text",
    }
}

/// What the writer of a malformed value probably had in mind (7.11 and the like).
fn hint(field_type: &FieldType, text: &str) -> Option<&'static str> {
    match field_type {
        FieldType::DateTime | FieldType::ScheduledTime => {
            let unsigned = text.strip_prefix('-').unwrap_or(text);
            if unsigned.len() >= 12 && digits(unsigned, 1, 16) {
                Some(MILLISECONDS)
            } else if text.len() >= 8
                && text.is_char_boundary(4)
                && digits(&text[..4], 4, 4)
                && text[4..].starts_with('-')
            {
                Some(ISO_8601)
            } else {
                None
            }
        }
        FieldType::ExpiryDuration if is_number(text) => Some("the unit is minutes, 129600 minutes are 90 days"),
        FieldType::Number if text.contains(',') => Some("write the decimal point as \".\" and no thousands separator"),
        FieldType::Number if text.starts_with('+') => Some("leave the plus sign out"),
        _ => None,
    }
}

fn check_option(options: &[String], text: &str) -> Result<(), ValueProblem> {
    if options.iter().any(|option| option == text) {
        return Ok(());
    }
    let folded = |text: &str| text.trim().to_lowercase();
    let close = options.iter().any(|option| folded(option) == folded(text));
    Err(ValueProblem::NotAnOption { options: listed(options, OPTIONS_SHOWN), close })
}

/// Between `min` and `max` ASCII digits and nothing else?
fn digits(text: &str, min: usize, max: usize) -> bool {
    (min..=max).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    digits(whole, 1, usize::MAX) && digits(fraction, 1, usize::MAX)
}

fn is_schedule(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    digits(whole, 1, 11) && digits(fraction, 1, 9)
}

fn is_epoch_seconds(text: &str) -> bool {
    digits(text.strip_prefix('-').unwrap_or(text), 1, 11)
}

fn is_minutes(text: &str) -> bool {
    digits(text, 1, 6) && text.parse::<u32>().is_ok_and(|minutes| (1..=EXPIRY_MINUTES_MAX).contains(&minutes))
}

fn is_url(text: &str) -> bool {
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return false;
    }
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return false;
    }
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    match place.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => address.parse::<std::net::Ipv6Addr>().is_ok() && is_port(port),
        None => {
            let (host, port) = place.find(':').map_or((place, ""), |at| place.split_at(at));
            !host.is_empty() && !host.contains(['[', ']']) && is_port(port)
        }
    }
}

/// Nothing, or a colon and a port number. A colon alone is legal in a URL.
fn is_port(text: &str) -> bool {
    match text.strip_prefix(':') {
        None => text.is_empty(),
        Some(port) => port.is_empty() || (digits(port, 1, 5) && port.parse::<u16>().is_ok()),
    }
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let dot_inside = domain.char_indices().any(|(at, c)| c == '.' && at > 0 && at + 1 < domain.len());
    !local.is_empty() && !domain.contains('@') && !text.contains(char::is_whitespace) && dot_inside
}
