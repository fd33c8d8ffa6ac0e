//! Names of the model as names of Rust.

/// Words Rust keeps for itself, among those a member might be called.
const KEYWORDS: &[&str] = &[
    "as", "async", "await", "box", "break", "const", "continue", "dyn", "else", "enum", "extern", "false", "final",
    "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield",
];

/// `QuickConnectARN` as `quick_connect_arn`. A digit belongs to the word before it.
pub(crate) fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, char) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1);
        let word_ends = before.is_some_and(|before| before.is_ascii_lowercase() || before.is_ascii_digit());
        let acronym_ends = before.is_some_and(|before| before.is_ascii_uppercase())
            && after.is_some_and(|after| after.is_ascii_lowercase());
        if char.is_ascii_uppercase() && (word_ends || acronym_ends) {
            out.push('_');
        }
        out.push(char.to_ascii_lowercase());
    }
    out
}

/// `TagKey` as `TAG_KEY`.
pub(crate) fn screaming(name: &str) -> String {
    snake(name).to_ascii_uppercase()
}

/// The field of a member.
pub(crate) fn field(member: &str) -> String {
    let name = snake(member);
    if KEYWORDS.contains(&name.as_str()) { format!("r#{name}") } else { name }
}

/// The variant of an enumeration's value: `SINGLE_SELECT` as `SingleSelect`, `RealTime` as it is.
pub(crate) fn variant(value: &str) -> String {
    let words = value.split(|char: char| !char.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = String::new();
    for word in words {
        let (head, tail) = word.split_at(1);
        let mixed = word.chars().any(|char| char.is_ascii_lowercase());
        name.push_str(&head.to_ascii_uppercase());
        name.push_str(&if mixed { tail.to_owned() } else { tail.to_ascii_lowercase() });
    }
    if name.starts_with(|char: char| char.is_ascii_digit()) { format!("V{name}") } else { name }
}

/// A Rust string literal that needs no escapes.
pub(crate) fn raw_literal(text: &str) -> String {
    let fence =
        (0..).map(|count| "#".repeat(count)).find(|fence| !text.contains(&format!("\"{fence}"))).expect("unbounded");
    format!("r{fence}\"{text}\"{fence}")
}

/// A pattern of the model in the dialect of our matcher: there `\d` means every decimal digit of Unicode, here ASCII only.
pub(crate) fn dialect(pattern: &str) -> String {
    let mut out = String::new();
    let mut in_class = false;
    let mut chars = pattern.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => match chars.next() {
                Some('d') => out.push_str(if in_class { "0-9" } else { "[0-9]" }),
                Some(escaped) => out.extend(['\\', escaped]),
                None => out.push('\\'),
            },
            _ => {
                in_class = match char {
                    '[' => true,
                    ']' => false,
                    _ => in_class,
                };
                out.push(char);
            }
        }
    }
    out
}
