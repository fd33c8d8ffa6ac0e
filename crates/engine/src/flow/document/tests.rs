use super::*;
use serde_json::json;

fn read(json: &Value) -> Result<Document, String> {
    Document::parse(&json.to_string()).map_err(|error| error.to_string())
}

/// flows 2.2, 2.5–2.9: what stands in the document, with targets as indexes.
#[test]
fn targets_become_indexes() {
    let document = read(&json!({"Version": "2019-10-30", "StartAction": "b", "Actions": [
        {"Identifier": "a", "Type": "DisconnectParticipant", "Transitions": {}},
        {"Identifier": "b", "Type": "Compare", "Parameters": {"ComparisonValue": "$.Name"},
         "Transitions": {"NextAction": "a",
            "Conditions": [{"NextAction": "b", "Condition": {"Operator": "NumberLessThan", "Operands": [5]}},
                           {"NextAction": "b", "Condition": {"Operator": "Not", "Operands": ["x"]}}],
            "Errors": [{"ErrorType": "NoMatchingCondition", "NextAction": "a"},
                       {"ErrorType": "Rain", "NextAction": "a"}]}}]}))
    .unwrap();
    assert_eq!((document.start, document.index_of("b"), document.index_of("c")), (1, Some(1), None));
    let compare = &document.actions[1];
    assert_eq!((compare.kind, compare.next), (ActionType::Compare, Some(0)));
    assert_eq!(compare.parameter("ComparisonValue"), Some(&json!("$.Name")));
    assert_eq!(compare.errors, [(ErrorType::NoMatchingCondition, 0)]);
    assert_eq!(compare.target_of(ErrorType::NoMatchingCondition), Some(0));
    assert_eq!(compare.target_of(ErrorType::NoMatchingError), None);
    let branch = Condition { operator: Operator::NumberLessThan, operand: "5".to_owned(), next: 1 };
    assert_eq!(compare.conditions, [branch]);
    assert_eq!((document.actions[0].next, document.actions[0].parameters.len()), (None, 0));
}

#[test]
fn unusable_content_says_where() {
    let action = |kind: &str, transitions: Value| json!({"StartAction": "a", "Actions": [{"Identifier": "a", "Type": kind, "Transitions": transitions}]});
    for (json, reason) in [
        (json!([]), "Actions: no list"),
        (json!({"StartAction": "a", "Actions": []}), "StartAction: no action has this identifier"),
        (json!({"Actions": [{"Identifier": "a"}]}), "StartAction: missing"),
        (json!({"StartAction": "a", "Actions": [5]}), "Actions[0].Identifier: no text"),
        (action("PlayPrompt", json!({})), "Actions[0].Type: unknown"),
        (
            action("Loop", json!({"NextAction": "b"})),
            "Actions[0].Transitions.NextAction: no action has this identifier",
        ),
        (
            action("Loop", json!({"Errors": [{"ErrorType": "NoMatchingError"}]})),
            "Actions[0].Transitions.Errors[0].NextAction: missing",
        ),
    ] {
        assert_eq!(read(&json), Err(reason.to_owned()), "{json}");
    }
    assert!(Document::parse("{").unwrap_err().to_string().starts_with("no JSON"));
}

/// flows section 7: words are spelled as on the wire, and only so.
#[test]
fn words() {
    for kind in ActionType::ALL {
        assert_eq!(ActionType::parse(kind.as_str()), Some(*kind));
        assert_eq!(ActionType::parse(&kind.as_str().to_lowercase()), None);
    }
    for refused in
        ["TransferToAgent", "CheckStaffing", "CheckQueueStatus", "SetLoggingBehavior", "PlayPrompt", "StoreUserInput"]
    {
        assert_eq!(ActionType::parse(refused), None);
    }
    assert_eq!(Operator::ALL.len(), 9);
    assert_eq!(ErrorType::parse("NoMatchingError"), Some(ErrorType::NoMatchingError));
}
