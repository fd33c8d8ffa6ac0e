//! Who may do what: policies are evaluated on every call between decoding and behaviour (protocol 4).
//!
//! Administrators pass without any of this. For others the action alone is judged before the request is decoded; then every resource
//! that it names, with the values of condition keys. Tags and other facts of stored resources are read only when a statement about the
//! action asks for them. What only the operation can look up is judged by it, through [`judge`].

pub(crate) mod catalog;
mod context;
pub(crate) mod door;
mod facts;

use std::any::Any;
use std::pin::Pin;

use engine::access::{Asked, Subject};
use engine::arn::{self, Kind};
use engine::policy::{Decision, Request};
use wire::ops::{GetMetricDataV2Input, StartTaskContactInput};
use wire::{Checked, Input, ResourceKind};

use crate::base::access::Access;
use crate::base::denial::Denial;
use crate::{Cx, Result};

use context::RequestContext;
use facts::Facts;

/// Judges what a request names.
///
/// # Errors
/// The refusal; the store's failures.
pub(crate) async fn judge_asked(cx: &Cx<'_>, access: &Access<'_>, asked: Asked) -> Result<()> {
    let asked = access.asked.get_or_init(|| asked);
    judge(cx, access, &asked.subjects).await
}

/// Judges these resources. On what is required the action must be allowed, on the rest it must not be denied.
///
/// # Errors
/// The refusal, about the first resource that is refused; the store's failures.
pub(crate) async fn judge(cx: &Cx<'_>, access: &Access<'_>, subjects: &[Subject]) -> Result<()> {
    let facts = Facts::read(access, cx, subjects).await?;
    for subject in subjects {
        judge_one(cx, access, subject, &facts)?;
    }
    Ok(())
}

fn judge_one(cx: &Cx<'_>, access: &Access<'_>, subject: &Subject, facts: &Facts) -> std::result::Result<(), Denial> {
    let context = RequestContext { access, home: cx.home(), subject, facts };
    let request = Request { action: &access.action, resource: &subject.arn, context: &context };
    match access.policies.decide(&request) {
        Decision::Allowed { statement } => {
            access.allowed_by.get_or_init(|| statement.to_string());
            Ok(())
        }
        Decision::Denied { statement: None } if !subject.required => Ok(()),
        Decision::Denied { statement } => {
            let statement = statement.map(|name| name.to_string());
            Err(Denial::of(access.caller, access.action.clone(), subject.arn.clone(), statement))
        }
    }
}

/// Judges the flows that will run for a request that starts a task, by id or ARN; without any, all flows of the instance, as what
/// it names does not exist.
///
/// # Errors
/// The refusal; the store's failures.
pub(crate) async fn judge_flows(cx: &Cx<'_>, access: &Access<'_>, instance: &str, flows: &[String]) -> Result<()> {
    let scope = cx.home().instance(instance);
    let of = |id: &str| {
        let (id, _) = arn::flow_id(id);
        let arn = if id.starts_with("arn:") { id.clone() } else { scope.arn(Kind::Flow, &id) };
        let target = engine::access::target(cx.home(), &arn).filter(|_| id != "*");
        Subject { arn, required: true, target, tags: true }
    };
    let subjects: Vec<Subject> = if flows.is_empty() { vec![of("*")] } else { flows.iter().map(|id| of(id)).collect() };
    judge(cx, access, &subjects).await
}

/// Judges a decoded call. Boxed, so that calls of administrators have no place for it.
pub(crate) fn authorize<'a, I: Input + 'static>(
    cx: &'a Cx<'a>,
    access: &'a Access<'a>,
    checked: &Checked<I>,
) -> Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>> {
    let asked = asked(cx, &checked.input);
    let start = (&checked.input as &dyn Any).downcast_ref::<StartTaskContactInput>();
    // The operation never looks the flow up when the request breaks a constraint; what is wrong is for those who may start tasks.
    let flow = start.filter(|_| !checked.violations.is_empty()).map(|start| start.contact_flow_id.clone());
    Box::pin(async move {
        let instance = asked.instance.clone().unwrap_or_default();
        judge_asked(cx, access, asked).await?;
        match flow {
            Some(flow) => judge_flows(cx, access, &instance, flow.as_slice()).await,
            None => Ok(()),
        }
    })
}

/// What is judged of an input, with what members say in a way of their own.
fn asked<I: Input + 'static>(cx: &Cx<'_>, input: &I) -> Asked {
    let input_any: &dyn Any = input;
    let more = input_any.downcast_ref::<GetMetricDataV2Input>().map(filtered).unwrap_or_default();
    let mut asked = engine::access::asked(I::OP, cx.home(), input, &more);
    if let Some(start) = input_any.downcast_ref::<StartTaskContactInput>() {
        let kind = start.segment_attributes.as_ref().and_then(|all| all.get("connect:AssignmentType"));
        let kind = kind.and_then(|value| value.value_string.clone());
        asked.values.extend(kind.map(|kind| ("connect:AssignmentType", None, kind)));
    }
    asked
}

/// The resources that filters of GetMetricDataV2 name, each of the kind that its key says.
fn filtered(input: &GetMetricDataV2Input) -> Vec<(ResourceKind, &str)> {
    let mut named = Vec::new();
    for filter in &input.filters {
        let kind = match filter.filter_key.as_deref().unwrap_or_default() {
            "QUEUE" => ResourceKind::Queue,
            "ROUTING_PROFILE" => ResourceKind::RoutingProfile,
            "AGENT" => ResourceKind::User,
            key if key.starts_with("AGENT_HIERARCHY_LEVEL_") => ResourceKind::HierarchyGroup,
            _ => continue,
        };
        named.extend(filter.filter_values.iter().flatten().map(|text| (kind, text.as_str())));
    }
    named
}
