//! The form of references (flows 3.1–3.4, 3.7): is a text one path, does it hold one, does a path end in a leaf. What a path finds is
//! for the run to say.

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
    segments(text).is_some_and(|(_, rest)| rest.is_empty())
}

/// Is the whole text one path to a value (flows 3.7)?
pub(super) fn is_leaf(text: &str) -> bool {
    segments(text).is_some_and(|(names, rest)| {
        rest.is_empty() && !matches!(names.as_slice(), [only] if CONTAINERS.contains(only))
    })
}

/// Does a reference begin anywhere in the text (flows 3.4)?
pub(super) fn has_reference(text: &str) -> bool {
    text.match_indices('$').any(|(at, _)| segments(&text[at..]).is_some())
}

/// The names of the path at the start of the text and what follows it; a dot that ends the path is text (flows 3.4).
fn segments(text: &str) -> Option<(Vec<&str>, &str)> {
    let mut rest = text.strip_prefix('$')?;
    let mut names = Vec::new();
    while let Some((name, after)) = segment(rest) {
        names.push(name);
        rest = after;
    }
    (!names.is_empty()).then_some((names, rest))
}

/// One step: `.name`, `['a name']`, `.['a name']`, `[0]`.
fn segment(text: &str) -> Option<(&str, &str)> {
    let plain = text.strip_prefix('.');
    if let Some(group) = plain.unwrap_or(text).strip_prefix('[') {
        return bracketed(group);
    }
    let name = plain?;
    let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(name.len());
    (end > 0).then(|| name.split_at(end))
}

/// What stands behind an opening bracket: a quoted name or an index, and the closing bracket.
fn bracketed(group: &str) -> Option<(&str, &str)> {
    for quote in ['\'', '"'] {
        if let Some(name) = group.strip_prefix(quote) {
            let end = name.find(quote).filter(|end| *end > 0)?;
            return Some((&name[..end], name[end + 1..].strip_prefix(']')?));
        }
    }
    let end = group.find(']').filter(|end| *end > 0)?;
    group[..end].bytes().all(|byte| byte.is_ascii_digit()).then(|| (&group[..end], &group[end + 1..]))
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
