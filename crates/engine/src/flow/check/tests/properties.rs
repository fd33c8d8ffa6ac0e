//! No input makes the check or the reader panic, and the reader reads whatever passes the check.

use super::*;
use proptest::prelude::*;
use proptest::sample::{Index, select};

fn any_json() -> impl Strategy<Value = Value> {
    let texts = select(vec!["", "a", "$.a", "$.Attributes['x']", "5", "Wait", "Equals", "NoMatchingError", "ü$.", "$"]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        texts.prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    let names =
        select(vec!["NextAction", "Errors", "Conditions", "Condition", "Operands", "ErrorType", "Steps", "x", ""]);
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((names.clone(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())),
        ]
    })
}

/// Every position in the document in turn.
fn places(json: &Value, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    match json {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, item)| places(item, &format!("{path}/{n}"), found));
        }
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| places(value, &format!("{path}/{name}"), found));
        }
        _ => {}
    }
}

fn judge(content: &str) -> Result<(), TestCaseError> {
    for flow_type in [None, Some(ContactFlowType::ContactFlow), Some(ContactFlowType::CustomerQueue)] {
        let problems = check(content, flow_type.as_ref(), &|_| None);
        prop_assert!(problems.len() <= PROBLEMS_MAX);
        let read = Document::parse(content);
        prop_assert!(!problems.is_empty() || read.is_ok(), "{content}: {read:?}");
    }
    referenced_modules(content);
    Ok(())
}

proptest! {
    #[test]
    fn any_content_is_judged(json in any_json(), text in ".{0,60}") {
        judge(&json.to_string())?;
        judge(&text)?;
    }

    /// A valid document with one position replaced.
    #[test]
    fn spoilt_documents_are_judged(example in 0..EXAMPLES.len(), place in any::<Index>(), with in any_json()) {
        let mut document: Value = serde_json::from_str(EXAMPLES[example].0).unwrap();
        let mut found = Vec::new();
        places(&document, "", &mut found);
        *document.pointer_mut(&found[place.index(found.len())]).unwrap() = with;
        judge(&document.to_string())?;
    }

    /// The smallest action of any type with one position replaced.
    #[test]
    fn spoilt_actions_are_judged(kind in select(ActionType::ALL), place in any::<Index>(), with in any_json()) {
        let mut document = Smallest::of(kind).document();
        let mut found = Vec::new();
        places(&document["Actions"], "/Actions", &mut found);
        *document.pointer_mut(&found[place.index(found.len())]).unwrap() = with;
        judge(&document.to_string())?;
    }

    /// Contracts are client input too (flows 8.3).
    #[test]
    fn any_contract_is_read_or_refused(json in any_json(), text in ".{0,60}") {
        for text in [json.to_string(), text, json!({"input": {"schema": json}}).to_string()] {
            if let Ok(contract) = ModuleContract::parse(&text) {
                prop_assert!(contract.results.len() <= crate::flow::contract::BRANCHES_MAX);
            }
        }
    }
}
