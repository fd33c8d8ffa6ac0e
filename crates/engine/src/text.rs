//! Small helpers for texts that people read: quoting, listing.

use std::fmt::Write as _;

/// Longest part of a caller's value that is shown in a message, in characters.
const SHOWN_CHARS_MAX: usize = 60;

/// `text` in double quotes, escaped, cut after [`SHOWN_CHARS_MAX`] characters.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for (n, c) in text.chars().enumerate() {
        if n == SHOWN_CHARS_MAX {
            out.push('…');
            break;
        }
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => write!(out, "\\u{:04x}", u32::from(c)).expect("writing to a String cannot fail"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The first `shown` of `items`, quoted and separated by commas, with the number of the rest.
pub(crate) fn listed<S: AsRef<str>>(items: &[S], shown: usize) -> String {
    let mut out = items.iter().take(shown).map(|item| quoted(item.as_ref())).collect::<Vec<_>>().join(", ");
    if items.len() > shown {
        write!(out, " and {} more", items.len() - shown).expect("writing to a String cannot fail");
    }
    out
}

/// Length in Unicode scalar values (task-templates 0.11).
pub(crate) fn chars(text: &str) -> usize {
    text.chars().count()
}

/// Is there nothing but white space in `text`?
pub(crate) fn blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// A telephone number in E.164 form: a plus sign and 2 to 15 digits, the first not 0.
pub(crate) fn is_e164(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (2..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoting_escapes_and_cuts() {
        assert_eq!(quoted("a\"b\\c\n\u{1}"), "\"a\\\"b\\\\c\\n\\u0001\"");
        assert_eq!(chars(&quoted(&"x".repeat(100))), 63);
    }

    #[test]
    fn lists_say_how_many_are_left() {
        assert_eq!(listed(&["a", "b", "c"], 2), "\"a\", \"b\" and 1 more");
        assert_eq!(listed(&["a"], 2), "\"a\"");
    }
}
