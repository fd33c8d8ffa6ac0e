//! Attributes of an instance: texts that are kept, and of which no one changes what the service does (administration 2.10,
//! B48). Those that were never set have the values of a new instance.

use engine::instance as rules;
use serde_json::{Map, Value};
use store::{Batch, InstanceRow, PageKey};
use wire::ops::{
    DescribeInstanceAttributeInput, DescribeInstanceAttributeOutput, ListInstanceAttributesInput,
    ListInstanceAttributesOutput, UpdateInstanceAttributeInput,
};
use wire::shapes::{Attribute, Instance, InstanceAttributeType};
use wire::{Empty, Op};

use crate::base::client_token::{self, Presented};
use crate::base::commit::{Attempt, commit};
use crate::base::page::Page;
use crate::base::scope;
use crate::{Cx, Error, Result};

/// Attributes on a page when the caller names no number (administration 1.2.5).
const PAGE: i32 = 7;

/// The member of an instance's body with the attributes that were set, by type.
const MEMBER: &str = "Attributes";

/// Every attribute of an instance, in the order of the model.
fn all(row: &InstanceRow) -> Result<Vec<(&'static str, String)>> {
    let instance: Instance = wire::from_stored(row.body.as_bytes()).map_err(Error::internal)?;
    let body = body(row)?;
    let set = |name: &str| Some(body.get(MEMBER)?.get(name)?.as_str()?.to_owned());
    let (inbound, outbound) = (instance.inbound_calls_enabled, instance.outbound_calls_enabled);
    let attributes = rules::attributes(inbound.unwrap_or(false), outbound.unwrap_or(false));
    Ok(attributes.into_iter().map(|(name, value)| (name, set(name).unwrap_or_else(|| value.to_owned()))).collect())
}

fn body(row: &InstanceRow) -> Result<Map<String, Value>> {
    serde_json::from_str(&row.body).map_err(Error::internal)
}

fn shape((name, value): (&str, String)) -> Attribute {
    Attribute { attribute_type: Some(InstanceAttributeType::parse(name)), value: Some(value) }
}

async fn row(cx: &Cx<'_>, text: &str) -> Result<std::sync::Arc<InstanceRow>> {
    let id = scope::id(cx, text)?;
    cx.store().instance(&id).await?.ok_or_else(|| scope::not_found(text))
}

/// DescribeInstanceAttribute.
pub(crate) async fn describe(
    cx: &Cx<'_>,
    input: DescribeInstanceAttributeInput,
) -> Result<DescribeInstanceAttributeOutput> {
    let wanted = input.attribute_type.as_str();
    let row = row(cx, &input.instance_id).await?;
    let found = all(&row)?.into_iter().find(|(name, _)| *name == wanted);
    Ok(DescribeInstanceAttributeOutput { attribute: found.map(shape) })
}

/// ListInstanceAttributes, in the order of the model (administration 2.10.1).
pub(crate) async fn list(cx: &Cx<'_>, input: ListInstanceAttributesInput) -> Result<ListInstanceAttributesOutput> {
    let row = row(cx, &input.instance_id).await?;
    let size = input.max_results.or(Some(PAGE));
    let page = Page::of(cx, Op::ListInstanceAttributes, &[&row.id], size, input.next_token.as_deref())?;
    let start = page.after.as_ref().map_or(0, |after| usize::try_from(after.created_ms).unwrap_or(usize::MAX));
    let attributes = all(&row)?;
    let end = start.saturating_add(page.size);
    let next = (end < attributes.len())
        .then(|| PageKey { created_ms: i64::try_from(end).unwrap_or(i64::MAX), id: String::new() });
    let next_token = page.token(cx, next.as_ref());
    let part = attributes.into_iter().skip(start).take(page.size).map(shape).collect();
    Ok(ListInstanceAttributesOutput { attributes: Some(part), next_token })
}

/// UpdateInstanceAttribute: `true` or `false` in any case. Calls in and out show in DescribeInstance too (administration
/// 2.10.2).
pub(crate) async fn update(cx: &Cx<'_>, input: UpdateInstanceAttributeInput, token: Presented<'_>) -> Result<Empty> {
    let instance = scope::existing(cx, &input.instance_id).await?;
    let value = match input.value.to_ascii_lowercase().as_str() {
        "true" => true,
        "false" => false,
        _ => {
            let message = format!("Value {:?} must be true or false", input.value);
            return Err(Error::invalid_parameter(Op::UpdateInstanceAttribute, message));
        }
    };
    let token = token.within(cx, &instance);
    let attempt = || async {
        let row = row(cx, &instance).await?;
        let mut batch = Batch::new();
        if let Some(changed) = changed(&row, input.attribute_type.as_str(), value)? {
            batch.update_instance(&changed);
        }
        if let Some(token) = &token {
            token.claim(&mut batch, "", cx.now_ms);
        }
        if batch.is_empty() {
            return Ok(Attempt::Done(Empty));
        }
        commit(cx, batch, Empty).await
    };
    client_token::once(cx, &instance, token.as_ref(), |_| Empty, attempt).await
}

/// The instance with an attribute of this value; `None` when it has it already.
fn changed(row: &InstanceRow, name: &str, value: bool) -> Result<Option<InstanceRow>> {
    if all(row)?.iter().any(|(set, text)| *set == name && *text == value.to_string()) {
        return Ok(None);
    }
    let mut body = body(row)?;
    let attributes = body.entry(MEMBER).or_insert_with(|| Value::Object(Map::new()));
    let broken = || Error::internal(format!("the attributes of instance {} are no object", row.id));
    attributes.as_object_mut().ok_or_else(broken)?.insert(name.to_owned(), Value::String(value.to_string()));
    let shown = match name {
        "INBOUND_CALLS" => Some("InboundCallsEnabled"),
        "OUTBOUND_CALLS" => Some("OutboundCallsEnabled"),
        _ => None,
    };
    if let Some(member) = shown {
        body.insert(member.to_owned(), Value::Bool(value));
    }
    let body = serde_json::to_string(&body).map_err(Error::internal)?;
    Ok(Some(InstanceRow { body, ..row.clone() }))
}
