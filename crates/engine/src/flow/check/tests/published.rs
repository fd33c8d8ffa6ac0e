//! Small documents whose verdict by the real service is known, checked by the functions that publishing calls.
//! `published.json` holds for each its type (MODULE for a module, with the contract if it has one), its problems, and
//! how they are to be compared: as texts, by how they begin, or only that there are some, where the text is our own.

use super::*;
use crate::{contact_flow, contact_flow_module};

const DOCUMENTS: &str = include_str!("published.json");

/// How a message begins: what stands before its path.
fn beginning(message: &str) -> &str {
    message.split_once(" Path: ").map_or(message, |(beginning, _)| beginning)
}

#[test]
fn flows_6_documents_with_known_verdicts() {
    let cases: Vec<Value> = serde_json::from_str(DOCUMENTS).unwrap();
    assert_eq!(cases.len(), 104);
    let mut wrong = Vec::new();
    for case in &cases {
        let content = case["document"].to_string();
        let found = match case["type"].as_str().unwrap() {
            "MODULE" => {
                let contract = case.get("contract").map(ToString::to_string);
                let contract = contact_flow_module::contract(contract.as_deref()).unwrap();
                let found = contact_flow_module::check(&content, Some(&contract), &|_| None);
                contact_flow_module::check_settings(&content).unwrap();
                found
            }
            name => contact_flow::check(&content, &ContactFlowType::parse(name), &|_| None),
        };
        let wanted: Vec<&str> =
            case["problems"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
        let same = match case.get("compare").and_then(Value::as_str) {
            None | Some("texts") => found == wanted,
            Some("beginnings") => {
                found.iter().map(|text| beginning(text)).eq(wanted.iter().map(|text| beginning(text)))
            }
            Some("refusal") => !found.is_empty(),
            Some(other) => panic!("{other}"),
        };
        if !same {
            wrong.push(format!("flows {}, {}: {found:?} instead of {wanted:?}", case["rule"], case["name"]));
        }
        assert!(!found.is_empty() || Document::parse(&content).is_ok(), "{}", case["name"]);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
