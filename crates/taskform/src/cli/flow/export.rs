//! What a file with a flow holds: the document itself, as consoles export it, or what the API answered or would be sent.

use serde_json::Value;
use wire::shapes::ContactFlowType;

use super::MODULE;

/// A document, and what came with it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Export {
    /// The content that would be published.
    pub(super) content: String,
    /// A type of flow, or MODULE; empty if the file does not say.
    pub(super) flow_type: String,
    /// The contract of a module, as the API has it: JSON text.
    pub(super) contract: Option<String>,
    /// Id and ARN, where they are known: what callers may name it by.
    pub(super) names: Vec<String>,
}

impl Export {
    /// Splits a file. What is no export is a document, even what is no JSON: its check reports what is wrong with it.
    ///
    /// # Errors
    /// An export without content, or of a type that does not exist.
    pub(super) fn read(text: String) -> Result<Self, String> {
        let json: Value = serde_json::from_str(&text).unwrap_or_default();
        let wrapped =
            [("ContactFlow", ""), ("ContactFlowModule", MODULE)].into_iter().find_map(|(member, flow_type)| {
                json.get(member).filter(|inner| inner.is_object()).map(|inner| (inner, flow_type))
            });
        match wrapped {
            Some((inner, flow_type)) => Self::of_resource(inner, flow_type),
            // One of them by itself, or the request that would make it.
            None if json.get("Content").is_some() && json.get("Actions").is_none() => Self::of_resource(&json, ""),
            None => Ok(Self { flow_type: type_of_document(&json), content: text, ..Self::default() }),
        }
    }

    fn of_resource(resource: &Value, flow_type: &str) -> Result<Self, String> {
        let text = |member: &str| resource.get(member).and_then(Value::as_str).map(str::to_owned);
        let content = match resource.get("Content") {
            Some(Value::String(content)) => content.clone(),
            Some(content @ Value::Object(_)) => content.to_string(),
            _ => {
                return Err(
                    "the export has no Content; ask for one that has been published, or for its draft".to_owned()
                );
            }
        };
        let told = text("Type");
        let is_module = resource.get("ContactFlowModuleId").is_some() || resource.get("Settings").is_some();
        let flow_type = match told {
            _ if flow_type == MODULE => MODULE.to_owned(),
            Some(told) if ContactFlowType::ALL_VALUES.contains(&told.as_str()) => told,
            Some(told) => return Err(format!("there is no type of flow {told:?}; tell the right one with --type")),
            None if is_module => MODULE.to_owned(),
            None => type_of_document(&serde_json::from_str(&content).unwrap_or_default()),
        };
        let names = ["Id", "Arn", "ContactFlowModuleId"].into_iter().filter_map(text).collect();
        Ok(Self { content, flow_type, contract: text("Settings"), names })
    }
}

/// The type that a bare document implies: modules have a block of settings (flows 8.2), and consoles write the type of
/// a flow into its metadata, as `contactFlow`. Empty if it implies none.
fn type_of_document(document: &Value) -> String {
    if document.get("Settings").is_some_and(Value::is_object) {
        return MODULE.to_owned();
    }
    let written = document.pointer("/Metadata/type").and_then(Value::as_str).unwrap_or_default();
    let known = ContactFlowType::ALL_VALUES.iter().find(|name| name.replace('_', "").eq_ignore_ascii_case(written));
    known.copied().unwrap_or_default().to_owned()
}

/// Whether a document is the contract of a module (flows 8.3), and no flow.
pub(super) fn is_contract(document: &Value) -> bool {
    let has = |member: &str| document.get(member).is_some_and(Value::is_object);
    document.get("Actions").is_none() && (has("input") || has("resultData") || has("transitions"))
}

/// Identifier and type of each action of a content, as far as they can be read.
pub(super) fn actions(content: &str) -> Vec<(String, String)> {
    let document: Value = serde_json::from_str(content).unwrap_or_default();
    let text = |action: &Value, member: &str| action.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
    let actions = document.get("Actions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    actions.iter().map(|action| (text(action, "Identifier"), text(action, "Type"))).collect()
}
