//! CreateContact: a task of another system, without a flow (tasks 2.5).

use wire::ops::CreateContactInput;
use wire::shapes::{Channel, ContactInitiationMethod};

use super::segment::expiry_minutes;
use super::{
    DEFAULT_EXPIRY_MINUTES, EXPIRY_MINUTES_MAX, GivenReference, Problems, Started, expiry, fresh, given_references,
    values,
};
use crate::arn::{Kind, Scope, id_or_arn};
use crate::contact::{
    AgentRef, Attributes, Contact, Cx, Effects, Event, InitiationMethod, Predefined, Reference, ReferenceKind, Refusal,
    merge_attributes,
};

const EXPIRY: &str = "connect:ContactExpiry";
const EXPIRY_MEMBER: &str = "ExpiryDurationInMinutes";

/// What a contact that CreateContact makes is at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitiateAs {
    /// Without a flow, to be transferred or ended by others (tasks 2.5.5).
    Plain,
    /// Already over (tasks 2.5.3).
    Completed,
    /// With the user (tasks 2.5.4).
    ConnectedToUser,
}

/// A request of CreateContact, with what was found for it.
#[derive(Clone, Copy, Debug)]
pub struct CreateRequest<'a> {
    /// The request.
    pub input: &'a CreateContactInput,
    /// The related contact with the attributes of its chain, if it exists.
    pub related: Option<(&'a Contact, &'a Attributes)>,
    /// The user, if it exists.
    pub user: Option<&'a AgentRef>,
    /// Segment attributes that users may set (tasks 2.3.17).
    pub predefined: &'a Predefined,
}

impl CreateRequest<'_> {
    /// The bare id of the related contact, to be looked up.
    pub fn related_id(input: &CreateContactInput, scope: Scope<'_>) -> Option<String> {
        id_or_arn(Kind::Contact, input.related_contact_id.as_deref()?, scope).id()
    }

    /// The bare id of the user, to be looked up.
    pub fn user_id(input: &CreateContactInput, scope: Scope<'_>) -> Option<String> {
        id_or_arn(Kind::User, input.user_info.as_ref()?.user_id.as_deref()?, scope).id()
    }
}

/// Decides about CreateContact (tasks 2.5).
///
/// # Errors
/// Every violation, each named by its member.
pub fn create(request: CreateRequest<'_>, cx: &mut Cx<'_>) -> Result<Started, Refusal> {
    let input = request.input;
    let mut problems = Problems::default();
    let initiate_as = check_form(input, &mut problems);
    check_known(request, initiate_as, &mut problems);
    let minutes = check_expiry(input, &mut problems);
    let references = check_references(input, &mut problems);
    let mut segment_attributes = std::collections::BTreeMap::new();
    for (key, value) in input.segment_attributes.iter().flatten().filter(|(key, _)| *key != EXPIRY) {
        match request.predefined.text(key, value) {
            Ok(text) => drop(segment_attributes.insert(key.clone(), text)),
            Err(refused) => problems.refused(&format!("SegmentAttributes[{key:?}]"), refused),
        }
    }
    let none = Attributes::new();
    let copied = request.related.map_or(&none, |(_, attributes)| attributes);
    let attributes = match merge_attributes(copied, input.attributes.as_ref().unwrap_or(&none), false) {
        Ok(merged) => merged,
        Err(refusal) => {
            problems.add(refusal.kind, "Attributes", refusal.message);
            Attributes::new()
        }
    };
    if !problems.is_empty() {
        return Err(problems.refusal());
    }
    let mut contact = fresh((cx.ids)(), InitiationMethod::Api, cx.at.now_ms);
    contact.external = true;
    contact.name = input.name.clone().unwrap_or_default();
    contact.description = input.description.clone().filter(|text| !text.is_empty());
    contact.references = references;
    contact.segment_attributes = segment_attributes;
    contact.expiry = expiry(minutes, cx.at.now_ms);
    if let Some((related, _)) = request.related {
        contact.related_contact_id = Some(related.id.clone());
        contact.association_id.clone_from(&related.association_id);
    }
    let mut effects = Effects::default();
    contact.initiated(&mut effects, cx);
    match (initiate_as, request.user) {
        (InitiateAs::Completed, _) => contact.apply(Event::CompleteAtOnce, &mut effects, cx)?,
        (InitiateAs::ConnectedToUser, Some(agent)) => {
            contact.apply(Event::ConnectUser { agent: agent.clone() }, &mut effects, cx)?;
        }
        _ => {}
    }
    let write = !attributes.is_empty();
    Ok(Started { contact, attributes: write.then_some(attributes), effects, warnings: Vec::new() })
}

/// tasks 2.5.1, 2.5.3, 2.5.4, 2.5.6
fn check_form(input: &CreateContactInput, problems: &mut Problems) -> InitiateAs {
    if input.channel != Channel::Task {
        problems.rule("Channel", format!("{} contacts cannot be created here, only TASK", input.channel.as_str()));
    }
    if input.initiation_method != ContactInitiationMethod::Api {
        problems.rule("InitiationMethod", "the initiation method of a task must be API");
    }
    if input.previous_contact_id.as_deref().is_some_and(|id| !id.is_empty()) {
        problems.rule("PreviousContactId", "a task cannot be created after another contact; use RelatedContactId");
    }
    match input.initiate_as.as_ref().map(wire::shapes::InitiateAs::as_str) {
        None => InitiateAs::Plain,
        Some("COMPLETED") => InitiateAs::Completed,
        Some("CONNECTED_TO_USER") => InitiateAs::ConnectedToUser,
        Some(other) => {
            problems.parameter("InitiateAs", format!("{other} is neither COMPLETED nor CONNECTED_TO_USER"));
            InitiateAs::Plain
        }
    }
}

fn check_known(request: CreateRequest<'_>, initiate_as: InitiateAs, problems: &mut Problems) {
    let input = request.input;
    if let Some(id) = input.related_contact_id.as_deref().filter(|id| !id.is_empty() && request.related.is_none()) {
        problems.unknown("RelatedContactId", &format!("contact {id} not found"));
    }
    let user = input.user_info.as_ref().and_then(|info| info.user_id.as_deref()).filter(|id| !id.is_empty());
    match user {
        Some(id) if request.user.is_none() => problems.unknown("UserInfo.UserId", &format!("user {id} not found")),
        Some(_) if initiate_as != InitiateAs::ConnectedToUser => {
            problems.rule("UserInfo.UserId", "a user is taken only with InitiateAs CONNECTED_TO_USER");
        }
        None if initiate_as == InitiateAs::ConnectedToUser => {
            problems.rule("UserInfo.UserId", "CONNECTED_TO_USER needs a user");
        }
        _ => {}
    }
}

/// Minutes to live, from either of two members (tasks 2.5.6).
fn check_expiry(input: &CreateContactInput, problems: &mut Problems) -> i64 {
    let by_member = input.expiry_duration_in_minutes.map(i64::from);
    if by_member.is_some_and(|minutes| !(1..=EXPIRY_MINUTES_MAX).contains(&minutes)) {
        problems.parameter(EXPIRY_MEMBER, format!("the expiry must be 1 to {EXPIRY_MINUTES_MAX} minutes"));
    }
    let by_segment = input.segment_attributes.as_ref().and_then(|map| map.get(EXPIRY)).map(expiry_minutes);
    let by_segment = match by_segment.transpose() {
        Ok(minutes) => minutes,
        Err(why) => {
            problems.parameter(&format!("SegmentAttributes[{EXPIRY:?}]"), why);
            return DEFAULT_EXPIRY_MINUTES;
        }
    };
    if let (Some(a), Some(b)) = (by_member, by_segment)
        && a != b
    {
        problems.rule(EXPIRY_MEMBER, format!("{a} minutes here and {b} in {EXPIRY}"));
    }
    by_member.or(by_segment).unwrap_or(DEFAULT_EXPIRY_MINUTES)
}

fn check_references(
    input: &CreateContactInput,
    problems: &mut Problems,
) -> std::collections::BTreeMap<String, Reference> {
    let mut kept = std::collections::BTreeMap::new();
    for (key, given) in given_references(input.references.as_ref()) {
        let GivenReference { kind, value } = &given;
        if kind == ReferenceKind::Attachment.as_str() {
            kept.insert(key, Reference { kind: ReferenceKind::Attachment, value: value.clone() });
            continue;
        }
        match values::reference(&key, &given) {
            Ok(reference) => drop(kept.insert(key, reference)),
            Err((false, path, why)) => problems.rule(&path, why),
            Err((true, path, why)) => problems.parameter(&path, why),
        }
    }
    kept
}
