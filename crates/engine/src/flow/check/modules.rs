//! Modules in documents: which a document calls, whether a call fits the contract of the module (flows 6.5, 8.5), and whether a module
//! keeps its own (flows 8.4).

use wire::json::{Json, Object, parse};

use super::reference::has_reference;
use super::{ACTIONS_MAX, Problems, Subject, World, shown};
use crate::flow::contract::{ModuleContract, Schema};
use crate::flow::document::ActionType;

/// The texts that name modules in a document's calls, each once: ids or ARNs, with qualifier if they have one. Calls by reference are
/// left out, as the module is not known before the run. Content that is no document calls none.
pub fn referenced_modules(content: &str) -> Vec<String> {
    let document = parse(content.as_bytes()).unwrap_or_default();
    let actions = document.get("Actions").and_then(Json::as_array).unwrap_or_default();
    let mut found: Vec<String> = Vec::new();
    for action in actions.iter().take(ACTIONS_MAX) {
        let calls = action.get("Type").and_then(Json::as_str) == Some(ActionType::InvokeFlowModule.as_str());
        let module = action.get("Parameters").and_then(Json::as_object).and_then(named).filter(|_| calls);
        if let Some(module) = module.filter(|module| !found.iter().any(|known| known == module)) {
            found.push(module.to_owned());
        }
    }
    found
}

/// The module that a call names statically.
fn named<'a>(parameters: &'a Object<'_>) -> Option<&'a str> {
    parameters.get("FlowModuleId")?.as_str().filter(|id| !id.is_empty() && !has_reference(id))
}

/// The contract of the called module, if it exists and has one.
pub(super) fn called(subject: &Subject<'_>, world: &World<'_>) -> Option<ModuleContract> {
    (world.modules)(named(subject.parameters)?).filter(|contract| !contract.is_empty())
}

/// Input of a call: declared names, declared types (flows 8.5).
pub(super) fn check_input(subject: &Subject<'_>, path: &str, world: &World<'_>, problems: &mut Problems) {
    // An empty text is a problem already (flows 2.11).
    let Some(input) = subject.parameters.get("Input").filter(|input| input.as_str() != Some("")) else { return };
    let path = format!("{path}.Input");
    let Json::Object(input) = input else { return problems.bad_value(&path) };
    if let Some(contract) = called(subject, world) {
        check_data(input, contract.input.as_ref(), &path, problems);
    }
}

/// What a module returns: a declared branch, declared data (flows 8.4). What a contract says nothing of is no property at all.
pub(super) fn check_result(subject: &Subject<'_>, path: &str, world: &World<'_>, problems: &mut Problems) {
    let declared: &[String] = world.contract.map_or(&[], |contract| &contract.results);
    // An empty text is a problem already (flows 2.11).
    if let Some(result) = subject.parameters.get("Result").filter(|result| result.as_str() != Some("")) {
        let path = format!("{path}.Result");
        if declared.is_empty() {
            problems.bad_name(&path);
        } else if !result.as_str().is_some_and(|result| declared.iter().any(|known| known == result)) {
            problems.bad_value(&path);
        }
    }
    let Some(data) = subject.parameters.get("ResultData").filter(|data| data.as_str() != Some("")) else { return };
    let path = format!("{path}.ResultData");
    match (data, world.contract.and_then(|contract| contract.result_data.as_ref())) {
        (_, None) => problems.bad_name(&path),
        (Json::Object(data), Some(schema)) => check_data(data, Some(schema), &path, problems),
        _ => problems.bad_value(&path),
    }
}

fn check_data(data: &Object<'_>, schema: Option<&Schema>, path: &str, problems: &mut Problems) {
    for (name, value) in data.iter() {
        let path = format!("{path}.{}", shown(name));
        match schema.and_then(|schema| schema.property(name)) {
            None => problems.bad_name(&path),
            Some(schema) if schema.fits(value) => {}
            Some(_) => problems.bad_value(&path),
        }
    }
}
