//! Patterns of the model.

use std::sync::LazyLock;

use fancy_regex::Regex;

/// A pattern, compiled when it is first needed.
pub(crate) struct Pattern {
    /// As the model writes it; this is what messages show.
    pub(crate) source: &'static str,
    regex: LazyLock<Regex>,
}

impl Pattern {
    /// `compile` makes the regex of `source` in our dialect.
    pub(crate) const fn new(source: &'static str, compile: fn() -> Regex) -> Self {
        Self { source, regex: LazyLock::new(compile) }
    }

    /// Whether the pattern is found somewhere in the text: patterns of the model are not anchored by themselves. A text that
    /// exhausts the matcher's step limit does not match.
    pub(crate) fn found_in(&self, text: &str) -> bool {
        self.regex.is_match(text).unwrap_or(false)
    }
}

/// Compiles a pattern that the generator's test has compiled before.
pub(crate) fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("every pattern of the model compiles, tested")
}

/// A pattern of the model, followed by our spelling of it where the dialects differ.
macro_rules! pattern {
    ($source:literal) => {
        $crate::pattern::pattern!($source, $source)
    };
    ($source:literal, $ours:literal) => {
        $crate::pattern::Pattern::new($source, || $crate::pattern::compiled($ours))
    };
}
pub(crate) use pattern;
