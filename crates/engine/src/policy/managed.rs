//! Policies that every server knows by name. They are documents as any other, read by the same parser.

/// Names and texts of the managed policies.
pub const MANAGED: &[(&str, &str)] = &[
    ("administrator", include_str!("managed/administrator.json")),
    ("read-only", include_str!("managed/read-only.json")),
    ("task-producer", include_str!("managed/task-producer.json")),
    ("template-editor", include_str!("managed/template-editor.json")),
    ("agent", include_str!("managed/agent.json")),
];

/// The text of the managed policy of that name.
pub fn managed(name: &str) -> Option<&'static str> {
    MANAGED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
