//! The form of references (flows 3.1–3.4, 3.7): is a text one path, does it hold one, does a path end in a leaf. The
//! run resolves paths; it shares the parser with this file, so that both agree on what a reference is.

use std::cell::Cell;

use serde_json::Value;

use crate::flow::value::{self, Path, Source};

/// Names whose value is a map of values, never one value: alone they are no leaf (flows 3.7).
const CONTAINERS: &[&str] = &[
    "Agent",
    "Attributes",
    "CustomerEndpoint",
    "External",
    "FlowAttributes",
    "LambdaInvocation",
    "Lex",
    "Loop",
    "Media",
    "Metrics",
    "Modules",
    "Queue",
    "References",
    "SegmentAttributes",
    "SystemEndpoint",
    "Task",
    "Views",
];

/// Is the whole text one path (flows 3.1, 3.3)?
pub(super) fn is_path(text: &str) -> bool {
    Path::parse(text).is_some()
}

/// Is the whole text one path to a value (flows 3.7)?
pub(super) fn is_leaf(text: &str) -> bool {
    Path::parse(text).is_some_and(|path| match path.segments() {
        [only] => !CONTAINERS.contains(&only.as_str()),
        _ => true,
    })
}

/// Is there a reference anywhere in the text (flows 3.4)?
pub(super) fn has_reference(text: &str) -> bool {
    let probe = Probe(Cell::new(false));
    value::text(text, &probe);
    probe.0.get()
}

/// Resolves nothing, and records that it was called.
struct Probe(Cell<bool>);

impl Source for Probe {
    fn find(&self, _path: &[String]) -> Option<Value> {
        self.0.set(true);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flows_3_3_forms_of_a_path() {
        for path in [
            "$.Attributes.tier",
            "$.Attributes['user name']",
            "$.Attributes.['user name']",
            "$['Attributes']['user name']",
            "$.SegmentAttributes['connect:Subtype']",
            "$.External.list[0].name",
            "$.External.list.0",
            "$.Attributes.ключ",
            "$.a_b-c",
        ] {
            assert!(is_path(path) && is_leaf(path) && has_reference(path), "{path}");
            assert!(has_reference(&format!("Case {path}, please")), "{path}");
        }
        for text in
            ["", "$", "$.", "$..a", "$.a b", "$.a.", "a", " $.a", "$.a[", "$.a['']", "$.a[x]", "$.a['b'", "`$.a`"]
        {
            assert!(!is_path(text), "{text}");
        }
    }

    /// A dollar sign alone is text (flows 3.4).
    #[test]
    fn flows_3_4_text_without_reference() {
        for text in ["costs $5", "$", "a$.", "$. x", "US$ .a", "$[", "$LATEST"] {
            assert!(!has_reference(text), "{text}");
        }
        for text in ["$.a.", "`$.a`", "x$.a", "$$.a", "$['a b']"] {
            assert!(has_reference(text), "{text}");
        }
    }

    #[test]
    fn flows_3_7_leaves() {
        for container in CONTAINERS {
            assert!(!is_leaf(&format!("$.{container}")) && !is_leaf(&format!("$['{container}']")));
            assert!(is_leaf(&format!("$.{container}.x")));
        }
        for leaf in ["$.Channel", "$.Name", "$.Tags", "$.StoredCustomerInput"] {
            assert!(is_leaf(leaf), "{leaf}");
        }
    }
}
