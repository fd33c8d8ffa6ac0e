//! The content of a flow module: a flow document with a block of settings (flows 8.2, 8.3). What its actions do, and whether
//! they fit the contract, is the flow engine's to say.

use wire::json::{self, Json};
use wire::shapes::{InvalidContactFlowModuleException, ProblemDetail};
use wire::{Exception, ExceptionKind};

use crate::contact_flow;

/// Checks a module's content, and the contract that comes with it as a JSON text.
///
/// # Errors
/// `InvalidRequestException` for content without settings and for a contract that is no JSON object,
/// `InvalidContactFlowModuleException` with every problem of the document.
pub fn check(content: &str, contract: Option<&str>) -> Result<(), Exception> {
    let problems = contact_flow::check(content);
    if !problems.is_empty() {
        return Err(exception(problems));
    }
    let document = json::parse(content.as_bytes()).map_err(|error| exception(vec![error.to_string()]))?;
    let settings = document.get("Settings").filter(|settings| settings.as_object().is_some());
    let Some(settings) = settings else { return Err(missing("settings")) };
    if let Some(absent) =
        ["InputParameters", "OutputParameters", "Transitions"].iter().find(|m| settings.get(m).is_none())
    {
        return Err(missing(absent));
    }
    if contract.is_some_and(|text| !is_object(text)) {
        return Err(refused("Settings must be the text of a JSON object"));
    }
    Ok(())
}

fn is_object(text: &str) -> bool {
    json::parse(text.as_bytes()).is_ok_and(|json| matches!(json, Json::Object(_)))
}

fn missing(field: &str) -> Exception {
    refused(&format!("JSON field is missing or null for field name: {field}"))
}

fn refused(message: &str) -> Exception {
    Exception::with_message(ExceptionKind::InvalidRequestException, message)
}

fn exception(problems: Vec<String>) -> Exception {
    let problems = problems.into_iter().map(|message| ProblemDetail { message: Some(message) }).collect();
    Exception::InvalidContactFlowModuleException(InvalidContactFlowModuleException { problems: Some(problems) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: &str = r#""Version":"2019-10-30","StartAction":"end","Actions":[{"Identifier":"end","Type":"EndFlowModuleExecution","Parameters":{},"Transitions":{}}]"#;
    const SETTINGS: &str = r#""Settings":{"InputParameters":[],"OutputParameters":[],"Transitions":[]}"#;

    #[test]
    fn flows_8_2_content_needs_settings() {
        assert_eq!(check(&format!("{{{END},{SETTINGS}}}"), None), Ok(()));
        for (content, names) in [
            (format!("{{{END}}}"), "settings"),
            (format!("{{{END},\"Settings\":null}}"), "settings"),
            (format!("{{{END},\"Settings\":{{\"InputParameters\":[],\"Transitions\":[]}}}}"), "OutputParameters"),
        ] {
            let refused = check(&content, None).expect_err("settings are missing");
            assert_eq!(refused.kind(), ExceptionKind::InvalidRequestException);
            assert!(refused.message().is_some_and(|m| m.ends_with(names)), "{refused:?}");
        }
    }

    #[test]
    fn flows_8_3_contract_is_a_json_object() {
        let content = format!("{{{END},{SETTINGS}}}");
        assert_eq!(check(&content, Some("{}")), Ok(()));
        for contract in ["", "[]", "{", "null"] {
            let refused = check(&content, Some(contract)).expect_err(contract);
            assert_eq!(refused.kind(), ExceptionKind::InvalidRequestException);
        }
    }

    #[test]
    fn flows_6_2_content_that_is_no_document_lists_problems() {
        let refused = check("[", None).expect_err("no document");
        assert_eq!(refused.kind(), ExceptionKind::InvalidContactFlowModuleException);
    }
}
