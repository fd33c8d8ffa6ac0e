//! Flow modules as resources: what may be published (flows 8.2–8.5; the rules of single actions are in `flow::check`) and the contract
//! that comes with the content.

use wire::json;
use wire::shapes::{InvalidContactFlowModuleException, ProblemDetail};
use wire::{Exception, ExceptionKind};

use crate::flow::ModuleContract;
use crate::flow::check::{PROBLEMS_MAX, check_with};

#[cfg(test)]
mod tests;

/// The problems of a module's content that is to be published, in document order, at most [`PROBLEMS_MAX`]; none if it
/// may be. `contract` is the module's own, `modules` returns the contracts of the modules it calls by the text that
/// names them in the document.
pub fn check(
    content: &str,
    contract: Option<&ModuleContract>,
    modules: &dyn Fn(&str) -> Option<ModuleContract>,
) -> Vec<String> {
    check_with(content, None, contract, modules)
}

/// The block of settings that every module's content has (flows 8.2). Only its presence counts. To be called once
/// [`check`] has found nothing.
///
/// # Errors
/// `InvalidRequestException` that names the missing field.
pub fn check_settings(content: &str) -> Result<(), Exception> {
    missing_settings(content).map_or(Ok(()), |message| Err(refused(&message)))
}

/// The message of [`check_settings`], if there is one.
pub fn missing_settings(content: &str) -> Option<String> {
    let document = json::parse(content.as_bytes()).unwrap_or_default();
    let settings = document.get("Settings").filter(|settings| settings.as_object().is_some());
    let Some(settings) = settings else { return Some(missing("settings")) };
    let absent = ["InputParameters", "OutputParameters", "Transitions"].iter().find(|m| settings.get(m).is_none());
    absent.map(|absent| missing(absent))
}

/// The contract in the request member `Settings`; without one a module declares nothing (flows 8.3).
///
/// # Errors
/// `InvalidRequestException` that names the member of the contract.
pub fn contract(settings: Option<&str>) -> Result<ModuleContract, Exception> {
    settings
        .map_or(Ok(ModuleContract::default()), |text| ModuleContract::parse(text).map_err(|reason| refused(&reason)))
}

/// The exception for content that may not be published (flows 6.1). It has a list and no message.
pub fn exception(problems: Vec<String>) -> Exception {
    let details = problems.into_iter().take(PROBLEMS_MAX).map(|text| ProblemDetail { message: Some(text) });
    Exception::InvalidContactFlowModuleException(InvalidContactFlowModuleException {
        problems: Some(details.collect()),
    })
}

fn missing(field: &str) -> String {
    format!("JSON field is missing or null for field name: {field}")
}

fn refused(message: &str) -> Exception {
    Exception::with_message(ExceptionKind::InvalidRequestException, message)
}
