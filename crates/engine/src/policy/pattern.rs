//! Texts of policies: with `*` and `?` where they are patterns, with variables where the document's version has them (protocol
//! 4.2 (6)). A pattern is divided at its `*` when it is read; what is between two of them is looked for once, from left to right, so
//! matching takes at most as many steps as pattern and text are long, multiplied.

use std::borrow::Cow;

use super::context::{Context, Key, Value, Values};

/// Part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// These characters.
    Text(Box<str>),
    /// `?`: any one character.
    One,
    /// `*`: any characters, or none.
    Many,
    /// The value of the variable with this index.
    Variable(usize),
}

/// `${key}` or `${key, 'default'}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variable {
    pub(super) key: Key,
    pub(super) default: Option<Box<str>>,
}

/// How a text of a document is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Syntax {
    /// `*` and `?` are wildcards.
    pub(super) wildcards: bool,
    /// `${…}` is a variable.
    pub(super) variables: bool,
}

/// A text with its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pattern {
    pub(super) parts: Vec<Part>,
    pub(super) variables: Vec<Variable>,
}

/// The values of a pattern's variables in one request.
pub(super) type Filled<'a> = Vec<Cow<'a, str>>;

impl Pattern {
    /// Reads a text.
    ///
    /// # Errors
    /// A variable that is none, with what is wrong about it.
    pub(super) fn parse(text: &str, syntax: Syntax) -> Result<Self, String> {
        let mut pattern = Self::default();
        let mut rest = text;
        while let Some(at) =
            rest.find(|c| (syntax.wildcards && matches!(c, '*' | '?')) || (syntax.variables && c == '$'))
        {
            let (before, found) = rest.split_at(at);
            pattern.push_text(before);
            rest = match found.as_bytes()[0] {
                b'*' => {
                    // Two in a row are one.
                    if pattern.parts.last() != Some(&Part::Many) {
                        pattern.parts.push(Part::Many);
                    }
                    &found[1..]
                }
                b'?' => {
                    pattern.parts.push(Part::One);
                    &found[1..]
                }
                _ => match found.strip_prefix("${") {
                    Some(variable) => pattern.push_variable(variable)?,
                    None => {
                        pattern.push_text("$");
                        &found[1..]
                    }
                },
            };
        }
        pattern.push_text(rest);
        Ok(pattern)
    }

    fn push_text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(Part::Text(last)) = self.parts.last_mut() {
            *last = format!("{last}{text}").into();
        } else {
            self.parts.push(Part::Text(text.into()));
        }
    }

    /// Reads what follows `${`, and answers what follows the variable.
    fn push_variable<'t>(&mut self, text: &'t str) -> Result<&'t str, String> {
        for literal in ["*", "?", "$"] {
            if let Some(rest) = text.strip_prefix(literal).and_then(|rest| rest.strip_prefix('}')) {
                self.push_text(literal);
                return Ok(rest);
            }
        }
        let (name, default, rest) = variable(text).ok_or_else(|| {
            let shown = crate::text::quoted(&format!("${{{text}"));
            format!(
                "{shown} begins no variable: write ${{key}}, ${{key, 'default'}}, or ${{*}}, ${{?}}, ${{$}} for the character itself"
            )
        })?;
        let key = Key::parse(name).ok_or_else(|| {
            format!(
                "{} is no key, so it is no variable: write ${{aws:username}}, for example",
                crate::text::quoted(name)
            )
        })?;
        self.parts.push(Part::Variable(self.variables.len()));
        self.variables.push(Variable { key, default: default.map(Into::into) });
        Ok(rest)
    }

    /// The variables' values; `None` if one has neither value nor default. A list of values is no value of a variable.
    pub(super) fn fill<'c>(&'c self, context: &'c dyn Context) -> Option<Filled<'c>> {
        fill(&self.variables, context)
    }

    /// Whether `text` as a whole is what the pattern stands for.
    pub(super) fn matches(&self, filled: &[Cow<'_, str>], text: &str) -> bool {
        matches(&self.parts, filled, text)
    }

    /// The same without regard to case, for a pattern without wildcards.
    pub(super) fn equals_ignoring_case(&self, filled: &[Cow<'_, str>], text: &str) -> bool {
        let own = self.parts.iter().filter_map(|part| literal(part, filled));
        let own = own.flat_map(str::chars).flat_map(char::to_lowercase);
        own.eq(text.chars().flat_map(char::to_lowercase))
    }
}

/// Name, default and what follows the closing brace.
fn variable(text: &str) -> Option<(&str, Option<&str>, &str)> {
    let end = text.find(['}', ','])?;
    let (name, rest) = text.split_at(end);
    let name = name.trim();
    if let Some(rest) = rest.strip_prefix('}') {
        return Some((name, None, rest));
    }
    let rest = rest.strip_prefix(',')?.trim_start().strip_prefix('\'')?;
    let (default, rest) = rest.split_once('\'')?;
    Some((name, Some(default), rest.trim_start().strip_prefix('}')?))
}

/// The values of variables; `None` if one has neither value nor default.
pub(super) fn fill<'c>(variables: &'c [Variable], context: &'c dyn Context) -> Option<Filled<'c>> {
    let value = |variable: &'c Variable| match context.values(&variable.key) {
        Some(Values::One(Value::Text(text))) => Some(text),
        Some(Values::One(value)) => Some(Cow::Owned(value.text().into_owned())),
        Some(Values::Many(_)) | None => variable.default.as_deref().map(Cow::Borrowed),
    };
    variables.iter().map(value).collect()
}

/// What a part that is no wildcard stands for.
fn literal<'a>(part: &'a Part, filled: &'a [Cow<'_, str>]) -> Option<&'a str> {
    match part {
        Part::Text(text) => Some(text),
        Part::Variable(index) => filled.get(*index).map(AsRef::as_ref),
        Part::One | Part::Many => None,
    }
}

/// Whether the parts stand for `text` as a whole.
pub(super) fn matches(parts: &[Part], filled: &[Cow<'_, str>], text: &str) -> bool {
    let mut runs = parts.split(|part| *part == Part::Many);
    let first = runs.next().unwrap_or_default();
    let Some(mut rest) = strip_front(first, filled, text) else { return false };
    let Some(last) = runs.next_back() else { return rest.is_empty() };
    for run in runs {
        let Some(after) = skip_past(run, filled, rest) else { return false };
        rest = after;
    }
    ends_with(last, filled, rest)
}

/// `text` without what the run stands for at its beginning.
fn strip_front<'t>(run: &[Part], filled: &[Cow<'_, str>], text: &'t str) -> Option<&'t str> {
    run.iter().try_fold(text, |rest, part| match literal(part, filled) {
        Some(own) => rest.strip_prefix(own),
        None => {
            let mut chars = rest.chars();
            chars.next().map(|_| chars.as_str())
        }
    })
}

fn ends_with(run: &[Part], filled: &[Cow<'_, str>], text: &str) -> bool {
    let stripped = run.iter().rev().try_fold(text, |rest, part| match literal(part, filled) {
        Some(own) => rest.strip_suffix(own),
        None => {
            let mut chars = rest.chars();
            chars.next_back().map(|_| chars.as_str())
        }
    });
    stripped.is_some()
}

/// `text` after the first place where the run stands in it. As a run has one length in characters, the first place leaves the most.
fn skip_past<'t>(run: &[Part], filled: &[Cow<'_, str>], text: &'t str) -> Option<&'t str> {
    if let [part] = run
        && let Some(own) = literal(part, filled)
    {
        return text.find(own).and_then(|at| text.get(at + own.len()..));
    }
    let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    starts.into_iter().find_map(|at| strip_front(run, filled, text.get(at..)?))
}
