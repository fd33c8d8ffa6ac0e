//! Rules about the flows and the module that a template names (task-templates 2.1.6, 2.1.7, 2.3).

use super::fields::{Index, has_chars};
use super::problem::{Findings, Reason};
use super::{References, TemplateContent};
use crate::arn::{Arn, IdRef, Kind, Qualifier, Scope, flow_id, id_or_arn};
use crate::contact_flow::task_can_start;
use crate::text::{chars, quoted};

const FLOW_CHARS_MAX: usize = 500;
const MODULE_CHARS_MAX: usize = 256;
const WRAP_UP: &str = "ContactHooks.WrapUpFlowId";

/// A flow member that is given; `""` equals absent (2.1.6).
pub(super) fn given(member: Option<&String>) -> Option<&str> {
    member.map(String::as_str).filter(|text| !text.is_empty())
}

/// The wrap-up module, if there is one; `ContactHooks: {}` equals absent (2.1.7).
pub(super) fn wrap_up(content: &TemplateContent) -> Option<&str> {
    content.contact_hooks.as_ref().and_then(|hooks| hooks.wrap_up_flow_id.as_deref())
}

/// What a flow or module member names.
pub(super) enum Named {
    /// This flow or module; a version or alias stays with the id.
    Id(String),
    /// A draft, which cannot be run (flows 1.11).
    Draft,
    /// Nothing that can exist in this instance.
    Foreign,
}

/// Reads the value of a flow or module member. `:$LATEST` says no more than the bare id.
pub(super) fn named(kind: Kind, text: &str, scope: Scope<'_>) -> Named {
    let IdRef::Id(id) = id_or_arn(kind, text, scope) else { return Named::Foreign };
    match flow_id(&id) {
        (bare, Some(Qualifier::Latest)) => Named::Id(bare),
        (_, Some(Qualifier::Saved)) => Named::Draft,
        (bare, _) if bare.is_empty() => Named::Foreign,
        _ => Named::Id(id),
    }
}

/// The bare id, for storing and looking up.
pub(super) fn id(kind: Kind, text: &str, scope: Scope<'_>) -> Option<String> {
    match named(kind, text, scope) {
        Named::Id(id) => Some(id),
        Named::Draft | Named::Foreign => None,
    }
}

pub(super) fn check(
    content: &TemplateContent,
    index: &Index<'_>,
    scope: Scope<'_>,
    references: &References,
    findings: &mut Findings,
) {
    let contact_flow = given(content.contact_flow_id.as_ref());
    if contact_flow.is_none() && index.any && !index.has_quick_connect {
        let message = "a flow is required, unless the template has a field of type QUICK_CONNECT";
        findings.add("ContactFlowId", Reason::RequiredPropertyMissing, message);
    }
    let members = [("ContactFlowId", contact_flow), ("SelfAssignFlowId", given(content.self_assign_flow_id.as_ref()))];
    for (member, text) in members {
        if let Some((reason, message)) = text.and_then(|text| flow_fault(text, scope, references)) {
            findings.add(member, reason, message);
        }
    }
    if let Some((reason, message)) = wrap_up(content).and_then(|text| module_fault(text, scope, references)) {
        findings.add(WRAP_UP, reason, message);
    }
}

/// 2.1.6, 2.3.3–2.3.6
fn flow_fault(text: &str, scope: Scope<'_>, references: &References) -> Option<(Reason, String)> {
    if chars(text) > FLOW_CHARS_MAX {
        let message = format!("the id of a flow must be at most {FLOW_CHARS_MAX} characters, {}", has_chars(text));
        return Some((Reason::InvalidFormat, message));
    }
    let id = match named(Kind::Flow, text, scope) {
        Named::Id(id) => id,
        Named::Draft => {
            return Some((Reason::NotSupported, "a draft ($SAVED) cannot be run, name the flow without it".to_owned()));
        }
        Named::Foreign => return Some((Reason::ReferencedResourceNotFound, foreign(Kind::Flow, text))),
    };
    let Some(flow) = references.flows.get(&id) else {
        return Some((Reason::ReferencedResourceNotFound, format!("no flow {} exists in this instance", quoted(&id))));
    };
    let fault = if flow.archived {
        "is archived".to_owned()
    } else if !flow.published {
        "is not published".to_owned()
    } else if !task_can_start(&flow.flow_type) {
        let possible = "CONTACT_FLOW, AGENT_TRANSFER or QUEUE_TRANSFER";
        format!("has type {}; a task starts in a flow of type {possible}", flow.flow_type.as_str())
    } else {
        return None;
    };
    Some((Reason::NotSupported, format!("flow {} {fault}", quoted(&id))))
}

/// 2.1.7, 2.3.7
fn module_fault(text: &str, scope: Scope<'_>, references: &References) -> Option<(Reason, String)> {
    if text.is_empty() || chars(text) > MODULE_CHARS_MAX {
        let message =
            format!("the id of a flow module must be 1 to {MODULE_CHARS_MAX} characters, {}", has_chars(text));
        return Some((Reason::InvalidFormat, message));
    }
    let message = match named(Kind::FlowModule, text, scope) {
        Named::Id(id) if references.modules.contains(&id) => return None,
        Named::Id(id) => {
            format!("no flow module {} exists in this instance; a flow cannot stand in for a module", quoted(&id))
        }
        Named::Draft => {
            return Some((
                Reason::NotSupported,
                "a draft ($SAVED) cannot be run, name the module without it".to_owned(),
            ));
        }
        Named::Foreign => foreign(Kind::FlowModule, text),
    };
    Some((Reason::ReferencedResourceNotFound, message))
}

/// Why a text names nothing in this instance.
fn foreign(kind: Kind, text: &str) -> String {
    let noun = kind.noun();
    if !text.starts_with("arn:") {
        return format!("{} is not the id of a {noun}", quoted(text));
    }
    match Arn::parse(text) {
        Err(error) => format!("the ARN of a {noun} is needed: {error}"),
        Ok(arn) if arn.kind != kind => {
            format!("the ARN of a {noun} is needed, this one names a resource of kind {}", arn.kind.noun())
        }
        Ok(_) => format!("the {noun} belongs to another instance, account or region"),
    }
}
