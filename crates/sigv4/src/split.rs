//! Cutting text at an ASCII byte.

/// What stands before and after the first `at`.
pub(crate) fn once(text: &str, at: u8) -> Option<(&str, &str)> {
    debug_assert!(at.is_ascii(), "only an ASCII byte is a character of its own");
    let end = memchr::memchr(at, text.as_bytes())?;
    Some((&text[..end], &text[end + 1..]))
}

/// The parts between each `at`, empty ones too.
pub(crate) fn parts(text: &str, at: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (part, after) = once(text, at).map_or((text, None), |(part, after)| (part, Some(after)));
        rest = after;
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cuts_as_the_standard_library_does(text in "[;é=a]{0,12}") {
            prop_assert_eq!(once(&text, b'='), text.split_once('='));
            prop_assert_eq!(parts(&text, b';').collect::<Vec<_>>(), text.split(';').collect::<Vec<_>>());
        }
    }
}
