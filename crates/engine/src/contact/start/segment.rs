//! Segment attributes of a request: expiry, creator, self-assignment, and the users' own (tasks 2.3.14 to 2.3.17,
//! task-templates 5.4).

use std::collections::BTreeMap;

use wire::shapes::{SegmentAttributeValue, TaskTemplateFieldType as FieldType};

use super::{EXPIRY_MINUTES_MAX, Facts, Problems, StartRequest};
use crate::arn::{Arn, Kind, Scope, id_or_arn};
use crate::contact::AgentRef;
use crate::contact::predefined::one_member;

const EXPIRY: &str = "connect:ContactExpiry";
const CREATED_BY: &str = "connect:CreatedByUser";
const ASSIGNMENT: &str = "connect:AssignmentType";
/// The one value of `connect:AssignmentType`.
const SELF: &str = "SELF";

/// What the segment attributes say.
#[derive(Clone, Debug, Default)]
pub(super) struct Segment {
    pub(super) expiry_minutes: Option<i64>,
    pub(super) created_by_user: Option<String>,
    pub(super) agent: Option<AgentRef>,
    pub(super) self_assigned: bool,
    pub(super) own: BTreeMap<String, String>,
}

/// The path of a segment attribute in messages.
fn path(key: &str) -> String {
    format!("SegmentAttributes[{key:?}]")
}

/// Does the request ask for self-assignment?
pub(super) fn is_self_assigned(request: &StartRequest) -> bool {
    let value = request.segment_attributes.get(ASSIGNMENT);
    value.and_then(|value| value.value_string.as_deref()) == Some(SELF)
}

/// The id of the user named as creator, if it can be one.
pub(super) fn created_by(request: &StartRequest, scope: Scope<'_>) -> Option<String> {
    user_of(request.segment_attributes.get(CREATED_BY)?, scope)
}

/// Only an ARN will do (task-templates 5.4.4).
fn user_of(value: &SegmentAttributeValue, scope: Scope<'_>) -> Option<String> {
    let text = value.value_string.as_deref().filter(|text| text.starts_with("arn:"))?;
    id_or_arn(Kind::User, text, scope).id()
}

pub(super) fn check(request: &StartRequest, facts: &Facts, scope: Scope<'_>, problems: &mut Problems) -> Segment {
    let mut segment = Segment::default();
    for (key, value) in &request.segment_attributes {
        if matches!(key.as_str(), CREATED_BY | ASSIGNMENT)
            && let Err(why) = one_member(value)
        {
            problems.rule(&path(key), why);
            continue;
        }
        match key.as_str() {
            EXPIRY => match expiry_minutes(value) {
                Ok(minutes) => segment.expiry_minutes = Some(minutes),
                Err(why) => problems.parameter(&path(key), why),
            },
            CREATED_BY => check_creator(request, value, facts, scope, &mut segment, problems),
            ASSIGNMENT => match value.value_string.as_deref() {
                Some(SELF) => segment.self_assigned = true,
                _ => problems.parameter(&path(key), "the assignment type must be the ValueString SELF"),
            },
            _ => match facts.predefined.text(key, value) {
                Ok(text) => drop(segment.own.insert(key.clone(), text)),
                Err(refused) => problems.refused(&path(key), refused),
            },
        }
    }
    if segment.self_assigned {
        check_self_assignment(request, facts, problems);
    }
    segment
}

/// Minutes of `connect:ContactExpiry` (tasks 2.3.14, task-templates 5.4.2).
pub(in crate::contact) fn expiry_minutes(value: &SegmentAttributeValue) -> Result<i64, String> {
    one_member(value)?;
    let minutes = value.value_map.as_ref().and_then(|map| map.get("ExpiryDuration")?.value_integer);
    let good = minutes.map(i64::from).filter(|minutes| (1..=EXPIRY_MINUTES_MAX).contains(minutes));
    good.ok_or_else(|| {
        format!("ValueMap.ExpiryDuration.ValueInteger must be a whole number of minutes, 1 to {EXPIRY_MINUTES_MAX}")
    })
}

/// tasks 2.3.15, task-templates 5.4.3, 5.4.4
fn check_creator(
    request: &StartRequest,
    value: &SegmentAttributeValue,
    facts: &Facts,
    scope: Scope<'_>,
    segment: &mut Segment,
    problems: &mut Problems,
) {
    let text = value.value_string.as_deref().unwrap_or_default();
    let is_user = Arn::parse(text).is_ok_and(|arn| arn.kind == Kind::User);
    match (&facts.user, user_of(value, scope)) {
        (Some(user), Some(_)) => {
            segment.created_by_user = Some(scope.arn(Kind::User, &user.id));
            segment.agent = Some(user.clone());
        }
        _ if !is_user => problems.rule(&path(CREATED_BY), "the ValueString must be the ARN of an agent"),
        _ if is_self_assigned(request) => problems.rule(&path(CREATED_BY), format!("user {text} not found")),
        _ => problems.unknown(&path(CREATED_BY), &format!("user {text} not found")),
    }
}

/// tasks 2.3.16, task-templates 5.4.3
fn check_self_assignment(request: &StartRequest, facts: &Facts, problems: &mut Problems) {
    let path = path(ASSIGNMENT);
    if !request.segment_attributes.contains_key(CREATED_BY) {
        problems.rule(&path, format!("SELF needs {CREATED_BY}"));
    }
    match &facts.template {
        None if request.task_template_id.is_none() => problems.rule(&path, "SELF needs TaskTemplateId"),
        None => {}
        Some(fact) if !fact.template.fields.iter().any(|field| field.r#type == Some(FieldType::SelfAssign)) => {
            problems.rule(&path, "the task template has no SELF_ASSIGN field");
        }
        Some(_) => {}
    }
}
