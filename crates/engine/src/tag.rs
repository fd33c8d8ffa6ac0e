//! Tags of resources: what keys and values may look like, how sets of tags are merged and reduced (task-templates 4.1–4.4).
//! Which resource may carry tags is decided in `arn`.

use crate::text::{chars, quoted};
use std::collections::BTreeMap;
use std::fmt;

/// Most tags a resource may carry (4.1).
pub const TAGS_MAX: usize = 50;
const KEY_CHARS_MAX: usize = 128;
const VALUE_CHARS_MAX: usize = 256;
/// Keys that begin so are reserved (4.1). Other spellings, such as `AWS:`, are not.
const RESERVED_PREFIX: &str = "aws:";

/// A set of tags: keys and values are case-sensitive.
pub type Tags = BTreeMap<String, String>;

/// A tag or key that is refused with InvalidParameterException (4.2, 4.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagError {
    /// No tags, or no keys, in the request.
    None,
    /// More than [`TAGS_MAX`] in one request.
    TooMany,
    /// A key that is empty or longer than 128 characters.
    KeyLength(String),
    /// A key of the reserved kind.
    KeyReserved(String),
    /// A key with a character outside letters, digits, separators and `_.:/=+-@`.
    KeyCharacter(String),
    /// The value of this key is longer than 256 characters.
    ValueLength(String),
    /// The value of this key holds a control character.
    ValueCharacter(String),
}

impl fmt::Display for TagError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("at least one tag is required"),
            Self::TooMany => write!(f, "at most {TAGS_MAX} tags can be given at once"),
            Self::KeyLength(key) => write!(f, "Tag key {} must be 1 to {KEY_CHARS_MAX} characters", quoted(key)),
            Self::KeyReserved(key) => {
                write!(f, "Tag key {} is invalid: keys beginning with {RESERVED_PREFIX} are reserved", quoted(key))
            }
            Self::KeyCharacter(key) => {
                write!(
                    f,
                    "Tag key {} is invalid: only letters, digits, spaces and _ . : / = + - @ are allowed",
                    quoted(key)
                )
            }
            Self::ValueLength(key) => {
                write!(f, "The value of tag {} must be at most {VALUE_CHARS_MAX} characters", quoted(key))
            }
            Self::ValueCharacter(key) => write!(f, "The value of tag {} must not hold control characters", quoted(key)),
        }
    }
}

impl std::error::Error for TagError {}

/// The tags of one TagResource call (4.1, 4.2).
pub fn check(tags: &Tags) -> Result<(), TagError> {
    check_count(tags.len())?;
    for (key, value) in tags {
        check_key(key)?;
        if chars(value) > VALUE_CHARS_MAX {
            return Err(TagError::ValueLength(key.clone()));
        }
        if value.chars().any(char::is_control) {
            return Err(TagError::ValueCharacter(key.clone()));
        }
    }
    Ok(())
}

/// The keys of one UntagResource call (4.4).
pub fn check_keys(keys: &[String]) -> Result<(), TagError> {
    check_count(keys.len())?;
    keys.iter().try_for_each(|key| check_key(key))
}

fn check_count(count: usize) -> Result<(), TagError> {
    match count {
        0 => Err(TagError::None),
        1..=TAGS_MAX => Ok(()),
        _ => Err(TagError::TooMany),
    }
}

fn check_key(key: &str) -> Result<(), TagError> {
    if key.is_empty() || chars(key) > KEY_CHARS_MAX {
        return Err(TagError::KeyLength(key.to_owned()));
    }
    if key.starts_with(RESERVED_PREFIX) {
        return Err(TagError::KeyReserved(key.to_owned()));
    }
    if !key.chars().all(is_key_char) {
        return Err(TagError::KeyCharacter(key.to_owned()));
    }
    Ok(())
}

/// A superset of the pattern of 4.1, which the wire layer checks exactly: here signs that are used like letters pass too.
fn is_key_char(c: char) -> bool {
    c.is_alphanumeric() || (c.is_whitespace() && !c.is_control()) || "_.:/=+-@".contains(c)
}

/// A resource would carry more than [`TAGS_MAX`] tags: InvalidRequestException (4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyTags {
    /// How many it would carry.
    pub would_be: usize,
}

impl fmt::Display for TooManyTags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The resource would have {} tags; at most {TAGS_MAX} are allowed", self.would_be)
    }
}

impl std::error::Error for TooManyTags {}

/// `existing` with `new` added, new values replacing old ones (4.3). Reserved keys do not count (4.1).
pub fn merge(existing: &Tags, new: &Tags) -> Result<Tags, TooManyTags> {
    let mut merged = existing.clone();
    merged.extend(new.iter().map(|(key, value)| (key.clone(), value.clone())));
    let would_be = merged.keys().filter(|key| !key.starts_with(RESERVED_PREFIX)).count();
    if would_be > TAGS_MAX { Err(TooManyTags { would_be }) } else { Ok(merged) }
}

/// `existing` without `keys`; keys that are not there are no error (4.4).
pub fn remove(existing: &Tags, keys: &[String]) -> Tags {
    let mut left = existing.clone();
    for key in keys {
        left.remove(key);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tags(pairs: &[(&str, &str)]) -> Tags {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn numbered(range: std::ops::Range<usize>) -> Tags {
        range.map(|n| (format!("k{n}"), String::new())).collect()
    }

    #[test]
    fn r4_1_good_tags() {
        for (key, value) in [
            ("team", "claims"),
            ("cost-centre", "4711"),
            ("empty", ""),
            ("a b.c:/=+-@_", "x"),
            ("Größe", "ß"),
            ("日本", "語"),
            ("AWS:upper", "not reserved"),
            ("xaws:", ""),
            ("٣", "a digit"),
        ] {
            assert_eq!(check(&tags(&[(key, value)])), Ok(()), "{key}");
        }
        assert_eq!(check(&tags(&[(&"k".repeat(128), &"v".repeat(256))])), Ok(()));
        assert_eq!(check(&tags(&[("a", "1"), ("A", "2")])), Ok(()));
        assert_eq!(check(&numbered(0..50)), Ok(()));
    }

    #[test]
    fn r4_2_bad_tags() {
        let long_key = "k".repeat(129);
        for (key, value, error) in [
            ("aws:x", "", TagError::KeyReserved("aws:x".to_owned())),
            ("aws:", "", TagError::KeyReserved("aws:".to_owned())),
            ("a*b", "", TagError::KeyCharacter("a*b".to_owned())),
            ("a\tb", "", TagError::KeyCharacter("a\tb".to_owned())),
            ("", "", TagError::KeyLength(String::new())),
            (long_key.as_str(), "", TagError::KeyLength(long_key.clone())),
            ("k", &"v".repeat(257), TagError::ValueLength("k".to_owned())),
            ("k", "a\u{0}b", TagError::ValueCharacter("k".to_owned())),
            ("k", "a\nb", TagError::ValueCharacter("k".to_owned())),
        ] {
            assert_eq!(check(&tags(&[(key, value)])), Err(error.clone()), "{key:?}");
            assert!(!error.to_string().is_empty());
        }
        assert_eq!(check(&Tags::new()), Err(TagError::None));
        assert_eq!(check(&numbered(0..51)), Err(TagError::TooMany));
    }

    #[test]
    fn r4_3_merging() {
        let merged = merge(&tags(&[("a", "1"), ("b", "2")]), &tags(&[("b", "3"), ("c", "4")]));
        assert_eq!(merged, Ok(tags(&[("a", "1"), ("b", "3"), ("c", "4")])));
        assert_eq!(merge(&numbered(0..50), &numbered(0..50)).map(|t| t.len()), Ok(50));
        assert_eq!(merge(&numbered(0..50), &numbered(50..51)), Err(TooManyTags { would_be: 51 }));
        assert_eq!(merge(&tags(&[("aws:stack", "x")]), &numbered(0..50)).map(|t| t.len()), Ok(51));
    }

    #[test]
    fn case_67_tags_that_are_refused() {
        let (key, value) = ("k".repeat(129), "v".repeat(257));
        for pair in [("aws:x", ""), ("a*b", ""), (key.as_str(), ""), ("k", value.as_str())] {
            assert!(check(&tags(&[pair])).is_err(), "{pair:?}");
        }
    }

    #[test]
    fn case_68_one_tag_too_many() {
        let existing = numbered(0..50);
        let error = merge(&existing, &numbered(50..51)).unwrap_err();
        assert_eq!(error.to_string(), "The resource would have 51 tags; at most 50 are allowed");
    }

    #[test]
    fn r4_4_removing() {
        let left = remove(&tags(&[("a", "1"), ("b", "2")]), &["a".to_owned(), "zzz".to_owned(), "B".to_owned()]);
        assert_eq!(left, tags(&[("b", "2")]));
        assert_eq!(check_keys(&[]), Err(TagError::None));
        assert!(check_keys(&["aws:x".to_owned()]).is_err());
        assert!(check_keys(&["ok".to_owned(), "a*b".to_owned()]).is_err());
        assert_eq!(check_keys(&["ok".to_owned(), "ok".to_owned()]), Ok(()));
        assert_eq!(check_keys(&vec!["k".to_owned(); 51]), Err(TagError::TooMany));
    }

    proptest! {
        #[test]
        fn merging_keeps_every_new_value(
            old in proptest::collection::btree_map("[a-f]{1,2}", ".{0,3}", 0..20),
            new in proptest::collection::btree_map("[a-f]{1,2}", ".{0,3}", 0..20),
        ) {
            let merged = merge(&old, &new).unwrap();
            for (key, value) in &new {
                prop_assert_eq!(merged.get(key), Some(value));
            }
            let keys: Vec<String> = new.keys().cloned().collect();
            let left = remove(&merged, &keys);
            prop_assert!(left.keys().all(|key| old.contains_key(key) && !new.contains_key(key)));
        }
    }
}
