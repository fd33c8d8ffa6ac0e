use super::*;
use serde_json::json;

fn contract() -> ModuleContract {
    ModuleContract::parse(
        &json!({
            "input": {"schema": {"$schema": "http://json-schema.org/draft-04/schema#", "type": "object", "properties": {
                "name": {"type": "string"}, "count": {"type": "integer"}, "rate": {"type": "number"}, "on": {"type": "boolean"},
                "list": {"type": "array", "items": {"type": "string"}}, "any": {},
                "both": {"type": ["string", "null"]}, "deep": {"type": "object", "properties": {"a": {"type": "string"}}}}}},
            "resultData": {"schema": {"type": "object"}},
            "transitions": {"results": [{"name": "b1", "description": ""}, {"name": "b2"}]}})
        .to_string(),
    )
    .unwrap()
}

#[test]
fn flows_8_3_contract_is_read() {
    let contract = contract();
    assert_eq!(contract.results, ["b1", "b2"]);
    assert!(contract.result_data.as_ref().is_some_and(|schema| schema.property("x").is_none()));
    assert!(!contract.is_empty());
    for empty in ["{}", r#"{"input":null,"transitions":{"results":[]}}"#, r#"{"input":{},"other":1}"#] {
        assert!(ModuleContract::parse(empty).unwrap().is_empty(), "{empty}");
    }
}

#[test]
fn flows_8_5_values_fit_declared_types() {
    let input = contract().input.unwrap();
    let fits = |name: &str, value: serde_json::Value| {
        let text = value.to_string();
        input.property(name).unwrap().fits(&parse(text.as_bytes()).unwrap())
    };
    for (name, good, bad) in [
        ("name", json!("$.Name"), json!(1)),
        ("count", json!(3), json!("$.Attributes.count")),
        ("count", json!(3.0), json!(3.5)),
        ("rate", json!(3.5), json!("3.5")),
        ("on", json!(true), json!("true")),
        ("list", json!(["a"]), json!([1])),
        ("both", json!(null), json!(1)),
        ("deep", json!({"a": "x"}), json!({"b": "x"})),
        ("deep", json!({}), json!({"a": 1})),
    ] {
        assert!(fits(name, good.clone()), "{name} {good}");
        assert!(!fits(name, bad.clone()), "{name} {bad}");
    }
    assert!(fits("any", json!({"x": [1]})));
    assert_eq!(input.property("unknown"), None);
}

#[test]
fn flows_8_3_refusals_name_the_member() {
    let nine: Vec<_> = (0..9).map(|n| json!({"name": format!("b{n}")})).collect();
    for (contract, part) in [
        ("".to_owned(), "not valid JSON"),
        ("{".to_owned(), "not valid JSON"),
        ("{\"a\":1,\"a\":2}".to_owned(), "duplicate key"),
        ("[]".to_owned(), "JSON object"),
        ("null".to_owned(), "JSON object"),
        (json!({"input": 5}).to_string(), "Settings.input must"),
        (json!({"input": {"schema": 5}}).to_string(), "Settings.input.schema must"),
        (json!({"input": {"schema": {}}}).to_string(), "Settings.input.schema.type must be object"),
        (json!({"input": {"schema": {"type": "string"}}}).to_string(), "Settings.input.schema.type must be object"),
        (
            json!({"resultData": {"schema": {"type": "text"}}}).to_string(),
            "Settings.resultData.schema.type must be one of",
        ),
        (json!({"input": {"schema": {"type": "object", "properties": []}}}).to_string(), "properties must"),
        (
            json!({"input": {"schema": {"type": "object", "properties": {"a": {"type": 1}}}}}).to_string(),
            "Settings.input.schema.properties.a.type must be one of",
        ),
        (json!({"transitions": []}).to_string(), "Settings.transitions must"),
        (json!({"transitions": {"results": {}}}).to_string(), "results must be a list"),
        (json!({"transitions": {"results": [{}]}}).to_string(), "results[0].name"),
        (json!({"transitions": {"results": [{"name": "a"}, {"name": "a"}]}}).to_string(), "results[1].name"),
        (json!({"transitions": {"results": nine}}).to_string(), "at most 8"),
    ] {
        let reason = ModuleContract::parse(&contract).expect_err(&contract);
        assert!(reason.contains(part), "{contract}: {reason}");
    }
    let eight = json!({"transitions": {"results": nine[..8]}}).to_string();
    assert_eq!(ModuleContract::parse(&eight).unwrap().results.len(), 8);
}
