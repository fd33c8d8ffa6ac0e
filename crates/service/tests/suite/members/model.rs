//! The members of each operation's input, extracted from the generated sources: exactly what the server decodes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Structures by name, and the named kinds of values.
pub(super) struct Model {
    folder: PathBuf,
    kinds: BTreeMap<String, String>,
    shapes: BTreeMap<String, String>,
}

impl Model {
    pub(super) fn read() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../wire/src/generated");
        let text = fs::read_to_string(folder.join("kinds.rs")).expect("the kinds of values");
        let kinds = text.split("pub(crate) const ").skip(1).map(|entry| {
            let (head, value) = entry.split_once('=').expect("a value");
            let (name, _) = head.split_once(':').expect("a type");
            (name.to_owned(), value.split(';').next().unwrap_or_default().trim().to_owned())
        });
        let kinds = kinds.collect();
        let mut shapes = BTreeMap::new();
        for entry in fs::read_dir(folder.join("shapes")).expect("the shapes") {
            let text = fs::read_to_string(entry.expect("a file").path()).expect("a text");
            for part in text.split("impl Shape for ").skip(1) {
                let (name, body) = part.split_once(' ').expect("a name");
                shapes.insert(name.to_owned(), body.split("\n}\n").next().unwrap_or_default().to_owned());
            }
        }
        Self { folder, kinds, shapes }
    }

    /// The paths of an operation's input down to values: `[]` stands for the entries of a list, `{}` for those of a map. A
    /// structure inside itself is not entered again.
    pub(super) fn members(&self, operation: &str) -> Vec<String> {
        let file = self.folder.join("ops").join(format!("{}.rs", snake(operation)));
        let text = fs::read_to_string(&file).expect("the operation's file");
        let body = text.split("fn read(").nth(1).and_then(|rest| rest.split("\n    }\n").next());
        let mut paths = Vec::new();
        self.walk(body.expect("how the input is read"), "", &mut Vec::new(), &mut paths);
        paths
    }

    fn walk(&self, body: &str, prefix: &str, inside: &mut Vec<String>, paths: &mut Vec<String>) {
        // On one line: long calls are broken before the dot.
        let body: String = body.lines().map(str::trim).collect();
        for (name, kind) in calls(&body) {
            let (entries, shape) = self.resolve(kind);
            let path = format!("{prefix}{name}{entries}");
            let shape = shape.filter(|shape| !inside.contains(shape));
            match shape.as_ref().and_then(|shape| self.shapes.get(shape)) {
                Some(body) if !calls(body).is_empty() => {
                    inside.extend(shape.clone());
                    self.walk(body, &format!("{path}."), inside, paths);
                    inside.pop();
                }
                _ => paths.push(path),
            }
        }
    }

    /// The type of a value: the marks of lists and maps, and the structure within.
    fn resolve(&self, kind: &str) -> (String, Option<String>) {
        let mut kind = kind.trim().trim_start_matches('&').trim_start_matches("kinds::").to_owned();
        let mut marks = String::new();
        loop {
            let constant = kind.split('.').next().unwrap_or_default();
            if let Some(value) = self.kinds.get(constant) {
                kind = value.clone();
            } else if let Some(inner) = kind.strip_prefix("List::new(") {
                marks.push_str("[]");
                kind = arguments(inner).first().expect("the kind of entries").trim().to_owned();
            } else if let Some(inner) = kind.strip_prefix("Map::new(") {
                marks.push_str("{}");
                kind = arguments(inner).get(1).expect("the kind of entries").trim().to_owned();
            } else {
                let shape = kind.strip_prefix("of::<").and_then(|rest| rest.split('>').next());
                return (marks, shape.map(str::to_owned));
            }
        }
    }
}

/// Calls that read a member: its name, the last text among the arguments, and its kind, the last argument.
fn calls(body: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for receiver in ["reader.", "cx."] {
        for (at, _) in body.match_indices(receiver) {
            if body[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let Some((_, rest)) = body[at..].split_once('(') else { continue };
            let arguments = arguments(rest);
            let name = arguments.iter().rev().find_map(|text| text.trim().strip_prefix('"')?.strip_suffix('"'));
            let kind = arguments.last().copied().unwrap_or_default();
            if let Some(name) = name.filter(|_| kind.trim().starts_with('&')) {
                found.push((name, kind));
            }
        }
    }
    found
}

/// The arguments before the closing bracket of a call.
fn arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' if depth == 0 => {
                found.push(&text[start..at]);
                break;
            }
            ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.retain(|argument| !argument.trim().is_empty());
    found
}

/// `CreateQueue` as `create_queue`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for (at, c) in name.char_indices() {
        if c.is_ascii_uppercase() && at > 0 {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
