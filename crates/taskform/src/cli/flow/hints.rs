//! What would mend a problem, where its text, which is the service's own, does not say: the value that stands there, and what was
//! perhaps meant.

use engine::flow::check::{Expected, LANGUAGE_VERSION, expected};
use engine::flow::{ActionType, Operator};
use serde_json::Value;

use crate::settings::word_hint;

/// Longest value that is repeated, in characters.
const VALUE_CHARS_MAX: usize = 80;

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
    let action = action_of(content, path);
    let kind = action.and_then(|action| action.get("Type")).and_then(Value::as_str);
    let expected = action.and_then(|action| expected(&action.to_string())).unwrap_or_default();
    if let Some(given) = what.strip_prefix("Invalid Action error. Error: ") {
        let given = given.trim_end_matches([',', ' ']);
        let meant = word_hint(given, &expected.errors);
        return Some(format!("its errors are {}, each once{meant}", listed(&expected.errors)));
    }
    if let Some(error) = what.strip_prefix("Action is missing required error. Error: ") {
        let error = error.trim_end_matches([',', ' ']);
        return Some(format!("Transitions.Errors needs {{\"ErrorType\": {error:?}, \"NextAction\": …}}"));
    }
    if what.contains("property name") {
        let name = path.split_once(".Parameters.")?.1;
        let top = !name.contains(['.', '[']) && !expected.parameters.is_empty();
        let meant = word_hint(name, &expected.parameters);
        return top.then(|| format!("its parameters are {}{meant}", listed(&expected.parameters)));
    }
    let value = resolve(content, path)?;
    let last = path.rsplit('.').next().unwrap_or(path);
    if path == "Version" {
        return Some(format!("expected {LANGUAGE_VERSION:?}, got {}", shown(value)));
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
    let more = match (kind, last) {
        (Some("Wait"), "TimeLimitSeconds") => "; expected seconds, 1 to 604800, or a path".to_owned(),
        (Some("CreateTask"), "DelaySeconds") => "; expected seconds, 1 to 518400, or a path".to_owned(),
        (Some("Loop"), "LoopCount") => "; expected 0 to 100, or a path".to_owned(),
        (Some("InvokeLambdaFunction"), "InvocationTimeLimitSeconds") => "; expected seconds, 1 to 8".to_owned(),
        (_, "Conditions") => return Some(conditions(value, &expected)),
        (_, "Type") if what.starts_with("Invalid Action type") => {
            let types: Vec<&str> = ActionType::ALL.iter().map(|kind| kind.as_str()).collect();
            word_hint(value.as_str()?, &types)
        }
        // What is wrong with an action as a whole, the message says.
        _ if last.starts_with("Actions[") => return None,
        _ => String::new(),
    };
    Some(format!("the value is {}{more}", shown(value)))
}

/// What an action's conditions have to be; the first operator that is none is named.
fn conditions(given: &Value, expected: &Expected) -> String {
    let operators: Vec<&str> = Operator::ALL.iter().map(|operator| operator.as_str()).collect();
    for (n, entry) in given.as_array().into_iter().flatten().enumerate() {
        let operator = entry.pointer("/Condition/Operator").unwrap_or(&Value::Null);
        let word = operator.as_str().unwrap_or_default();
        if !operators.contains(&word) {
            let meant = word_hint(word, &operators);
            return format!(
                "the Operator of Conditions[{n}] is {}, and may be {}{meant}",
                shown(operator),
                listed(&operators)
            );
        }
    }
    let expected = expected.conditions.as_ref().map_or_else(String::new, |text| format!("; {text}"));
    format!("the value is {}{expected}", shown(given))
}

fn listed(words: &[&str]) -> String {
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
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

    fn content() -> Value {
        json!({"Version": "1", "StartAction": "teir", "Actions": [
            {"Identifier": "tier", "Type": "Wait", "Parameters": {"TimeLimitSeconds": "1 hour"},
             "Transitions": {"NextAction": "tier2", "Conditions": []}},
            {"Identifier": "tier", "Type": "Compare", "Parameters": {"ComparisonValue": "$.Attributs.tier"},
             "Transitions": {"Conditions": [{"Condition": {"Operator": "equals"}}]}},
            {"Identifier": "loop", "Type": "Loop", "Parameters": {"LoopCount": "3"},
             "Transitions": {"Conditions": [{"Condition": {"Operator": "Equals", "Operands": ["Continue"]}}]}},
            {"Identifier": "typo", "Type": "loop"},
        ]})
    }

    #[track_caller]
    fn hints(expected: &[(&str, Option<&str>)]) {
        let content = content();
        for (message, expected) in expected {
            assert_eq!(hint(message, &content).as_deref(), *expected, "{message}");
        }
    }

    #[test]
    fn hints_name_the_value_and_what_was_meant() {
        hints(&[
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
            ("Action does not support conditions. Path: Actions[1]", None),
            ("Invalid Action property value. Path: Actions[7].Type", None),
            ("Something else", None),
        ]);
        assert_eq!(warnings(&content()), ["`$.Attributs` leads to nothing; did you mean Attributes?"]);
    }

    /// B150: conditions, errors, types and names of parameters are those of the action.
    #[test]
    fn b150_hints_say_what_the_action_takes() {
        hints(&[
            (
                "Invalid Action property value. Path: Actions[1].Transitions.Conditions",
                Some(
                    "the Operator of Conditions[0] is \"equals\", and may be Equals, TextStartsWith, TextEndsWith, \
                     TextContains, NumberGreaterThan, NumberGreaterOrEqualTo, NumberLessThan, NumberLessOrEqualTo, \
                     KeyExists; did you mean Equals?",
                ),
            ),
            (
                "Invalid Action property value. Path: Actions[0].Transitions.Conditions",
                Some(
                    "the value is []; Wait needs a condition with Operator Equals and Operand WaitCompleted, and one for \
                     each of its Events",
                ),
            ),
            (
                "Invalid Action property value. Path: Actions[2].Transitions.Conditions",
                Some(
                    "the value is [{\"Condition\":{\"Operator\":\"Equals\",\"Operands\":[\"Continue\"]}}]; Loop needs a condition \
                     with Operator Equals for each of the Operands ContinueLooping, DoneLooping",
                ),
            ),
            (
                "Invalid Action type. Type: loop, Path: Actions[3].Type",
                Some("the value is \"loop\"; did you mean Loop?"),
            ),
            (
                "Invalid Action property name. Path: Actions[2].Parameters.Count",
                Some("its parameters are LoopCount, LoopName"),
            ),
            (
                "Invalid Action property name. Path: Actions[2].Parameters.LoopCounts",
                Some("its parameters are LoopCount, LoopName; did you mean LoopCount?"),
            ),
            (
                "Invalid Action error. Error: NoMatch, Path: Actions[1]",
                Some("its errors are NoMatchingCondition, each once; did you mean NoMatchingCondition?"),
            ),
            (
                "Action is missing required error. Error: NoMatchingCondition, Path: Actions[1]",
                Some("Transitions.Errors needs {\"ErrorType\": \"NoMatchingCondition\", \"NextAction\": …}"),
            ),
        ]);
    }
}
