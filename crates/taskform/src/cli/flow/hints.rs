//! What would mend a problem, where its text, which is the service's own, does not say: the value that stands there, and what was
//! perhaps meant.

use serde_json::Value;

use crate::settings::word_hint;

/// Longest value that is repeated, in characters.
const VALUE_CHARS_MAX: usize = 80;

/// The version of the language (flows 2.1).
const VERSION: &str = "2019-10-30";

/// First words of paths that a flow can read (flows 3.7).
const SOURCES: &[&str] = &[
    "Agent",
    "Attributes",
    "AwsRegion",
    "Campaign",
    "Channel",
    "ContactId",
    "CustomerEndpoint",
    "CustomerId",
    "Description",
    "Email",
    "External",
    "FlowAttributes",
    "InitialContactId",
    "InitiationMethod",
    "InstanceARN",
    "LambdaInvocation",
    "LanguageCode",
    "Lex",
    "Loop",
    "Media",
    "Metrics",
    "Modules",
    "Name",
    "PreviousContactId",
    "Queue",
    "References",
    "RelatedContactId",
    "SegmentAttributes",
    "StoredCustomerInput",
    "SystemEndpoint",
    "Tags",
    "Task",
    "Views",
    "Wisdom",
];

/// A hint for a problem of this content, if there is one.
pub(super) fn hint(message: &str, content: &Value) -> Option<String> {
    let (what, path) = message.rsplit_once("Path: ")?;
    if what.contains("property name") {
        return None;
    }
    let value = resolve(content, path)?;
    let last = path.rsplit('.').next().unwrap_or(path);
    let action = action_of(content, path).and_then(|action| action.get("Type")).and_then(Value::as_str);
    if path == "Version" {
        return Some(format!("expected {VERSION:?}, got {}", shown(value)));
    }
    if path == "StartAction" || last.starts_with("NextAction") {
        return Some(no_such_action(value.as_str()?, content));
    }
    if last == "Identifier" {
        let same = |other: &&str| Some(*other) == value.as_str();
        let count = identifiers(content).iter().filter(|other| same(other)).count();
        let also = if count > 1 { format!(", which {count} actions are called") } else { String::new() };
        return Some(format!("the identifier is {}{also}", shown(value)));
    }
    let expected = match (action, last) {
        (Some("Wait"), "TimeLimitSeconds") => "; expected seconds, 1 to 604800, or a path",
        (Some("CreateTask"), "DelaySeconds") => "; expected seconds, 1 to 518400, or a path",
        (Some("Loop"), "LoopCount") => "; expected 0 to 100, or a path",
        (Some("InvokeLambdaFunction"), "InvocationTimeLimitSeconds") => "; expected seconds, 1 to 8",
        (Some("Wait"), "Conditions") => "; Wait needs a condition with Operator Equals and Operand WaitCompleted",
        _ => "",
    };
    Some(format!("the value is {}{expected}", shown(value)))
}

/// Paths whose first word no flow can read and resembles one that flows can. One for each word.
pub(super) fn warnings(content: &Value) -> Vec<String> {
    let mut found = Vec::new();
    look(content.get("Actions").unwrap_or(&Value::Null), &mut found);
    found
}

fn look(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let word = text.strip_prefix("$.").map(|rest| rest.split(['.', '[']).next().unwrap_or(rest));
            let Some(word) = word.filter(|word| !word.is_empty() && word.chars().all(char::is_alphanumeric)) else {
                return;
            };
            // Actions of other channels have names of their own: only what resembles a known one is doubted.
            let meant = word_hint(word, SOURCES);
            let warning = format!("`$.{word}` leads to nothing{meant}");
            if !meant.is_empty() && !SOURCES.contains(&word) && !found.contains(&warning) {
                found.push(warning);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| look(item, found)),
        Value::Object(members) => members.values().for_each(|member| look(member, found)),
        _ => {}
    }
}

fn no_such_action(name: &str, content: &Value) -> String {
    format!("no action is called {}{}", shown(&Value::from(name)), word_hint(name, &identifiers(content)))
}

fn identifiers(content: &Value) -> Vec<&str> {
    let actions = content.get("Actions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    actions.iter().filter_map(|action| action.get("Identifier")?.as_str()).collect()
}

fn action_of<'a>(content: &'a Value, path: &str) -> Option<&'a Value> {
    let (index, _) = path.strip_prefix("Actions[")?.split_once(']')?;
    content.get("Actions")?.get(index.parse::<usize>().ok()?)
}

/// The value at a path such as `Actions[0].Parameters.Text`. `None` where there is none, or a name holds a dot.
fn resolve<'a>(content: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(content, |value, step| {
        let (name, indices) = step.split_once('[').map_or((step, ""), |(name, rest)| (name, rest));
        let value = if name.is_empty() { value } else { value.get(name)? };
        indices
            .split('[')
            .filter(|index| !index.is_empty())
            .try_fold(value, |value, index| value.get(index.strip_suffix(']')?.parse::<usize>().ok()?))
    })
}

fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(VALUE_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn hints_name_the_value_and_what_was_meant() {
        let content = json!({"Version": "1", "StartAction": "teir", "Actions": [
            {"Identifier": "tier", "Type": "Wait", "Parameters": {"TimeLimitSeconds": "1 hour"},
             "Transitions": {"NextAction": "tier2", "Conditions": []}},
            {"Identifier": "tier", "Type": "Compare", "Parameters": {"ComparisonValue": "$.Attributs.tier"},
             "Transitions": {"Conditions": [{"Condition": {"Operator": "equals"}}]}},
        ]});
        for (message, expected) in [
            ("Invalid property value. Path: Version", Some("expected \"2019-10-30\", got \"1\"")),
            ("Invalid property value. Path: StartAction", Some("no action is called \"teir\"; did you mean tier?")),
            (
                "Invalid Action property value. Path: Actions[0].Transitions.NextAction",
                Some("no action is called \"tier2\"; did you mean tier?"),
            ),
            (
                "Invalid Action property value. Path: Actions[0].Parameters.TimeLimitSeconds",
                Some("the value is \"1 hour\"; expected seconds, 1 to 604800, or a path"),
            ),
            (
                "Invalid property value. Path: Actions[1].Identifier",
                Some("the identifier is \"tier\", which 2 actions are called"),
            ),
            (
                "Invalid Action property value. Path: Actions[1].Transitions.Conditions[0].Condition.Operator",
                Some("the value is \"equals\""),
            ),
            ("Invalid Action property name. Path: Actions[0].Parameters.TimeLimitSeconds", None),
            ("Invalid Action property value. Path: Actions[7].Type", None),
            ("Something else", None),
        ] {
            assert_eq!(hint(message, &content).as_deref(), expected, "{message}");
        }
        assert_eq!(warnings(&content), ["`$.Attributs` leads to nothing; did you mean Attributes?"]);
    }
}
