use super::*;
use serde_json::{Value, json};

/// A module that calls none and ends as given.
fn module(result: &Value, settings: &Value) -> String {
    json!({"Version": "2019-10-30", "StartAction": "end", "Settings": settings,
           "Actions": [{"Identifier": "end", "Type": "EndFlowModuleExecution", "Parameters": result, "Transitions": {}}]})
    .to_string()
}

fn boilerplate() -> Value {
    json!({"InputParameters": [], "OutputParameters": [], "Transitions": []})
}

#[test]
fn flows_8_2_content_needs_settings() {
    assert_eq!(check_settings(&module(&json!({}), &boilerplate())), Ok(()));
    for (settings, field) in [
        (Value::Null, "settings"),
        (json!([]), "settings"),
        (json!({"OutputParameters": [], "Transitions": []}), "InputParameters"),
        (json!({"InputParameters": [], "Transitions": []}), "OutputParameters"),
        (json!({"InputParameters": [], "OutputParameters": [], "Transitions": null}), "Transitions"),
    ] {
        let refused = check_settings(&module(&json!({}), &settings)).expect_err(field);
        assert_eq!(refused.kind(), ExceptionKind::InvalidRequestException);
        let message = format!("JSON field is missing or null for field name: {field}");
        assert_eq!(refused.message(), Some(message.as_str()));
    }
}

#[test]
fn flows_8_3_contract_is_optional_and_must_be_sound() {
    assert!(contract(None).unwrap().is_empty());
    assert!(contract(Some("{}")).unwrap().is_empty());
    for settings in ["", "[]", "{", "null", r#"{"input":1}"#] {
        let refused = contract(Some(settings)).expect_err(settings);
        assert_eq!(refused.kind(), ExceptionKind::InvalidRequestException);
        assert!(refused.message().is_some_and(|message| message.contains("Settings")));
    }
}

#[test]
fn flows_8_4_results_keep_the_contract() {
    let declared = json!({"resultData": {"schema": {"type": "object", "properties": {
                              "size": {"type": "integer"}, "name": {"type": "string"}}}},
                          "transitions": {"results": [{"name": "big", "description": ""}]}});
    let declared = contract(Some(&declared.to_string())).unwrap();
    let problems =
        |result: &Value, contract: Option<&ModuleContract>| check(&module(result, &boilerplate()), contract, &|_| None);
    for good in [json!({}), json!({"Result": "big"}), json!({"ResultData": {"size": 5, "name": "$.Name"}})] {
        assert_eq!(problems(&good, Some(&declared)), [""; 0], "{good}");
    }
    for (bad, problem) in [
        (json!({"Result": "small"}), "Invalid Action property value. Path: Actions[0].Parameters.Result"),
        (json!({"Result": ""}), "Invalid Action property value. Path: Actions[0].Parameters.Result"),
        (json!({"Result": 5}), "Invalid Action property value. Path: Actions[0].Parameters.Result"),
        (
            json!({"ResultData": {"size": "5"}}),
            "Invalid Action property value. Path: Actions[0].Parameters.ResultData.size",
        ),
        (
            json!({"ResultData": {"size": "$.Name"}}),
            "Invalid Action property value. Path: Actions[0].Parameters.ResultData.size",
        ),
        (
            json!({"ResultData": {"weight": 5}}),
            "Invalid Action property name. Path: Actions[0].Parameters.ResultData.weight",
        ),
        (json!({"ResultData": "x"}), "Invalid Action property value. Path: Actions[0].Parameters.ResultData"),
    ] {
        assert_eq!(problems(&bad, Some(&declared)), [problem], "{bad}");
    }
    // Nothing declared: any result is refused, as something that does not exist (flows 8.4).
    for (undeclared, problem) in [
        (json!({"Result": "big"}), "Invalid Action property name. Path: Actions[0].Parameters.Result"),
        (json!({"ResultData": {"size": 5}}), "Invalid Action property name. Path: Actions[0].Parameters.ResultData"),
    ] {
        assert_eq!(problems(&undeclared, None), [problem]);
        assert_eq!(problems(&undeclared, Some(&ModuleContract::default())), [problem]);
    }
}

#[test]
fn flows_6_2_content_that_is_no_document_lists_problems() {
    let problems = check("[", None, &|_| None);
    assert_eq!(problems.len(), 1);
    let exception = exception(problems);
    assert_eq!((exception.name(), exception.status()), ("InvalidContactFlowModuleException", 400));
}
