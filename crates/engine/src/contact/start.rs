//! How a task begins: what StartTaskContact, CreateContact and the flow action CreateTask ask for, what has to be looked up
//! for it, and the contact that comes of it, or every reason why none does (task-templates 5, tasks 2.3 to 2.5).
//!
//! What belongs here: rules about requests that make a contact. What happens to it later is in the files beside this one.

mod create;
mod flow;
mod problems;
pub(super) mod segment;
pub(super) mod values;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use wire::ExceptionKind;
use wire::ops::StartTaskContactInput;
use wire::shapes::SegmentAttributeValue;

use super::moment::server_time;
use super::{
    AgentRef, Attributes, Contact, Counted, Cx, Effects, Expiry, InitiationMethod, PinnedTemplate, Predefined,
    QueueRef, Refusal, Routing, State, Times, merge_attributes,
};
use crate::arn::{IdRef, Kind, Scope, id_or_arn};
use crate::quick_connect::Target;
use crate::run::RunKind;
use crate::task_template::{FlowFact, Template};

pub use create::{CreateRequest, InitiateAs, create};
pub use problems::Problems;
pub use values::{reference_kind, retemplate};

/// Default lifetime of a task, minutes: 7 days (tasks 2.3.14).
pub const DEFAULT_EXPIRY_MINUTES: i64 = 10_080;
/// Longest lifetime of a task, minutes: 90 days (tasks 2.3.14).
pub const EXPIRY_MINUTES_MAX: i64 = 129_600;

/// A reference as a request gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenReference {
    /// Its type as written.
    pub kind: String,
    /// Its value; an absent one is empty.
    pub value: String,
}

/// What is asked for. Ids are as given: bare or ARNs; `None` and empty are the same.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the members are those of the request")]
pub struct StartRequest {
    pub name: String,
    pub description: Option<String>,
    pub references: BTreeMap<String, GivenReference>,
    pub attributes: Attributes,
    pub scheduled_ms: Option<i64>,
    pub contact_flow_id: Option<String>,
    pub quick_connect_id: Option<String>,
    pub task_template_id: Option<String>,
    pub previous_contact_id: Option<String>,
    pub related_contact_id: Option<String>,
    pub segment_attributes: BTreeMap<String, SegmentAttributeValue>,
    pub attachments: usize,
    pub initiation_method: InitiationMethod,
    /// For a flow's request, from which task it comes.
    pub descent: Descent,
}

/// From which task of a client a task comes, where flows made it; the default is a client's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Descent {
    /// 0 for a client's request; for a flow's, one more than that of the task whose flow it is (B82).
    pub generation: u32,
    /// The last task before it that a client made (B139).
    pub root: Option<String>,
}

impl Contact {
    /// Of the tasks that its flows make.
    pub fn descent_of_children(&self) -> Descent {
        Descent { generation: self.generation.saturating_add(1), root: Some(self.root_id().to_owned()) }
    }

    /// The last task that a client made, which may be itself.
    pub(super) fn root_id(&self) -> &str {
        self.root.as_deref().unwrap_or(&self.id)
    }
}

impl From<&StartTaskContactInput> for StartRequest {
    fn from(input: &StartTaskContactInput) -> Self {
        Self {
            name: input.name.clone(),
            description: input.description.clone().filter(|text| !text.is_empty()),
            references: given_references(input.references.as_ref()),
            attributes: input.attributes.clone().unwrap_or_default(),
            scheduled_ms: input.scheduled_time.map(|time| time.0),
            contact_flow_id: given(input.contact_flow_id.as_ref()),
            quick_connect_id: given(input.quick_connect_id.as_ref()),
            task_template_id: given(input.task_template_id.as_ref()),
            previous_contact_id: given(input.previous_contact_id.as_ref()),
            related_contact_id: given(input.related_contact_id.as_ref()),
            segment_attributes: input.segment_attributes.clone().unwrap_or_default(),
            attachments: input.attachments.as_ref().map_or(0, Vec::len),
            initiation_method: InitiationMethod::Api,
            descent: Descent::default(),
        }
    }
}

/// References of a request in our form.
pub fn given_references(
    references: Option<&BTreeMap<String, wire::shapes::Reference>>,
) -> BTreeMap<String, GivenReference> {
    let given = |reference: &wire::shapes::Reference| GivenReference {
        kind: reference.r#type.as_str().to_owned(),
        value: reference.value.clone().unwrap_or_default(),
    };
    references.into_iter().flatten().map(|(key, reference)| (key.clone(), given(reference))).collect()
}

fn given(id: Option<&String>) -> Option<String> {
    id.filter(|text| !text.is_empty()).cloned()
}

/// The latest version of the template that was asked for (task-templates 5.2.3).
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateFact {
    /// Its id.
    pub id: String,
    /// The version.
    pub version: i64,
    /// Its content.
    pub template: Template,
}

impl TemplateFact {
    /// Why a template that is not ACTIVE is refused, behind the words "task template" (task-templates 5.2.2).
    pub fn refusal(&self) -> String {
        let (id, status) = (&self.id, self.template.status_str());
        format!("{id} is {status}; UpdateTaskTemplate with Status ACTIVE activates it")
    }
}

/// What must be looked up besides the template. Ids are bare; a flow's qualifier stays with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Flows.
    pub flows: BTreeSet<String>,
    /// The quick connect, with the flow, user and queue it names.
    pub quick_connect: Option<String>,
    /// The user in `connect:CreatedByUser`.
    pub user: Option<String>,
    /// PreviousContactId.
    pub previous: Option<String>,
    /// RelatedContactId.
    pub related: Option<String>,
}

/// A quick connect and what it names, as far as that exists.
#[derive(Clone, Debug, PartialEq)]
pub struct QuickConnectFact {
    /// Where it leads.
    pub target: Target,
    /// Its flow.
    pub flow: Option<FlowFact>,
    /// Its user.
    pub agent: Option<AgentRef>,
    /// Its queue.
    pub queue: Option<QueueRef>,
}

/// What was found. What is not in here does not exist.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The template.
    pub template: Option<TemplateFact>,
    /// Flows by id as wanted.
    pub flows: BTreeMap<String, FlowFact>,
    /// The quick connect.
    pub quick_connect: Option<QuickConnectFact>,
    /// The user.
    pub user: Option<AgentRef>,
    /// The previous contact.
    pub previous: Option<Contact>,
    /// The related contact.
    pub related: Option<Contact>,
    /// Attributes of the previous contact's chain, or of the related contact's.
    pub attributes: Attributes,
    /// Segment attributes that users may set (tasks 2.3.17).
    pub predefined: Predefined,
    /// How far ahead a task may be scheduled, milliseconds (tasks 2.3.13).
    pub schedule_ahead_ms: i64,
}

/// A contact that may begin.
#[derive(Clone, Debug)]
pub struct Started {
    /// The contact.
    pub contact: Contact,
    /// The attributes of its chain, when they are to be written.
    pub attributes: Option<Attributes>,
    /// What goes with it into the same commit.
    pub effects: Effects,
    /// Warnings about likely mistakes in the request, returned to the client beside the answer (B81).
    pub warnings: Vec<String>,
}

/// The bare id of the template asked for; `None` without one. An id that cannot exist is answered like an unknown one.
pub fn template_id(request: &StartRequest, scope: Scope<'_>) -> Option<IdRef> {
    request.task_template_id.as_deref().map(|text| id_or_arn(Kind::TaskTemplate, text, scope))
}

/// What to look up for a request, once its template was. Safe for any request, good or bad.
pub fn wanted(request: &StartRequest, template: Option<&TemplateFact>, scope: Scope<'_>) -> Wanted {
    let contact = |text: Option<&String>| id_or_arn(Kind::Contact, text?, scope).id();
    let choice = flow::Choice::of(request, template, scope);
    Wanted {
        flows: choice.flow_ids().map(str::to_owned).collect(),
        quick_connect: choice.quick_connect().map(str::to_owned),
        user: segment::created_by(request, scope),
        previous: contact(request.previous_contact_id.as_ref()),
        related: contact(request.related_contact_id.as_ref()),
    }
}

/// Decides: the contact with its effects, or all that is wrong in one refusal (task-templates 5, tasks 2.3).
///
/// # Errors
/// Every violation, each named by its member.
pub fn decide(request: &StartRequest, facts: &Facts, cx: &mut Cx<'_>) -> Result<Started, Refusal> {
    let scope = cx.at.scope;
    let mut problems = Problems::default();
    check_template(request, facts, &mut problems);
    check_chain(request, facts, &mut problems);
    let template = facts.template.as_ref();
    let segment = segment::check(request, facts, scope, &mut problems);
    let choice = flow::Choice::of(request, template, scope);
    let way = flow::check(request, &choice, facts, &segment, &mut problems);
    let values = values::fill(request, template, &segment, &mut problems);
    let scheduled_ms = check_schedule(request, &values, facts, cx.at.now_ms, &mut problems);
    if request.attachments > 0 {
        let message = "files cannot be attached: this instance has no attachment storage";
        problems.add(ExceptionKind::InvalidRequestException, "Attachments", message);
    }
    let attributes = match merge_attributes(&facts.attributes, &request.attributes, false) {
        Ok(merged) => merged,
        Err(refusal) => {
            problems.add(refusal.kind, "Attributes", refusal.message);
            Attributes::new()
        }
    };
    let (Some(way), true) = (way, problems.is_empty()) else { return Err(problems.refusal()) };
    let mut contact = fresh((cx.ids)(), request.initiation_method, cx.at.now_ms);
    contact.name = values.name;
    contact.description = values.description;
    contact.references = values.references;
    contact.expiry = expiry(values.expiry_minutes, scheduled_ms.unwrap_or(cx.at.now_ms));
    contact.segment_attributes = segment.own;
    contact.created_by_user = segment.created_by_user;
    contact.self_assigned = segment.self_assigned;
    contact.times.scheduled_ms = scheduled_ms;
    contact.target_queue = way.queue;
    contact.target_agent = way.agent;
    contact.template = template.map(pinned);
    contact.generation = request.descent.generation;
    contact.root.clone_from(&request.descent.root);
    link(&mut contact, facts);
    if scheduled_ms.is_some() {
        contact.state = State::Scheduled;
    }
    contact.start_run(RunKind::Main, way.flow_id);
    let mut effects = Effects::default();
    contact.initiated(&mut effects, cx);
    if let Some(id) = &contact.root {
        effects.count(Counted::Descendants { id: id.clone() }, 1);
    }
    let write = !request.attributes.is_empty() || (facts.related.is_some() && !attributes.is_empty());
    Ok(Started { contact, attributes: write.then_some(attributes), effects, warnings: values.warnings })
}

/// A contact of its own chain, in a flow that has yet to begin.
pub(crate) fn fresh(id: String, method: InitiationMethod, now_ms: i64) -> Contact {
    Contact {
        association_id: id.clone(),
        id,
        initial_contact_id: None,
        previous_contact_id: None,
        related_contact_id: None,
        next_contact_ids: Vec::new(),
        initiation_method: method,
        external: false,
        name: String::new(),
        description: None,
        references: BTreeMap::new(),
        segment_attributes: BTreeMap::new(),
        created_by_user: None,
        self_assigned: false,
        tags: BTreeMap::new(),
        template: None,
        retemplated: 0,
        state: State::InFlow,
        paused_from: None,
        ending: None,
        wrapped_up: false,
        times: Times { initiated_ms: now_ms, updated_ms: now_ms, ..Times::default() },
        expiry: expiry(DEFAULT_EXPIRY_MINUTES, now_ms),
        disconnect_reason: None,
        pause_count: 0,
        reschedules: 0,
        transfers: 0,
        quick_moves: 0,
        target_queue: None,
        queue: None,
        target_agent: None,
        agent: None,
        connection_attempts: 0,
        offer: None,
        offer_end: None,
        routing: Routing::default(),
        hooks: BTreeMap::new(),
        disabled_hooks: BTreeSet::new(),
        flow_logging: false,
        language_code: None,
        customer_id: None,
        runs: Vec::new(),
        generation: 0,
        root: None,
        flow_entries: 0,
        sequence: 0,
    }
}

impl AgentRef {
    /// The queue that serves only this user (tasks 3.1.1); it goes by the user's id and name.
    pub fn queue(&self) -> QueueRef {
        QueueRef { id: self.id.clone(), name: self.user_name.clone(), agent: true }
    }
}

/// A lifetime of so many minutes from a moment on.
pub(super) fn expiry(minutes: i64, from_ms: i64) -> Expiry {
    Expiry { minutes, at_ms: from_ms.saturating_add(minutes.saturating_mul(60_000)) }
}

/// The version of a template that a task is pinned to (task-templates 3.5).
pub fn pinned(fact: &TemplateFact) -> PinnedTemplate {
    PinnedTemplate {
        id: fact.id.clone(),
        version: fact.version,
        name: fact.template.name.clone(),
        wrap_up_flow_id: fact.template.wrap_up_flow_id.clone(),
    }
}

/// Chains and trees (tasks 2.4.1, 2.4.2, 2.4.5).
fn link(contact: &mut Contact, facts: &Facts) {
    if let Some(previous) = &facts.previous {
        contact.initial_contact_id = Some(previous.chain_id().to_owned());
        contact.previous_contact_id = Some(previous.id.clone());
        contact.association_id.clone_from(&previous.association_id);
    } else if let Some(related) = &facts.related {
        contact.related_contact_id = Some(related.id.clone());
        contact.association_id.clone_from(&related.association_id);
    }
}

/// task-templates 5.2.1, 5.2.2
fn check_template(request: &StartRequest, facts: &Facts, problems: &mut Problems) {
    let Some(id) = &request.task_template_id else { return };
    match &facts.template {
        None => problems.unknown("TaskTemplateId", &format!("task template {id} not found")),
        Some(fact) if fact.template.status_str() != "ACTIVE" => {
            problems.rule("TaskTemplateId", format!("task template {}", fact.refusal()));
        }
        Some(_) => {}
    }
}

/// tasks 2.3.9
fn check_chain(request: &StartRequest, facts: &Facts, problems: &mut Problems) {
    let (previous, related) = (&request.previous_contact_id, &request.related_contact_id);
    if previous.is_some() && related.is_some() {
        problems.rule("RelatedContactId", "PreviousContactId and RelatedContactId cannot be given together");
    }
    let found = [("PreviousContactId", previous, &facts.previous), ("RelatedContactId", related, &facts.related)];
    for (member, id, _) in found.iter().filter(|(_, id, contact)| id.is_some() && contact.is_none()) {
        problems.unknown(member, &format!("contact {} not found", id.as_deref().unwrap_or_default()));
    }
}

/// The start time, from the request or the template's default, within its limits (tasks 2.3.13, task-templates 5.4.1).
fn check_schedule(
    request: &StartRequest,
    values: &values::Values,
    facts: &Facts,
    now_ms: i64,
    problems: &mut Problems,
) -> Option<i64> {
    let time = request.scheduled_ms.or(values.scheduled_default_ms)?;
    let Some(fault) = schedule_fault(time, now_ms, facts.schedule_ahead_ms) else { return Some(time) };
    let (kind, whose) = match request.scheduled_ms {
        Some(_) => (ExceptionKind::InvalidParameterException, ""),
        None => (ExceptionKind::InvalidRequestException, "the template's default "),
    };
    problems.add(kind, "ScheduledTime", format!("{whose}{fault}"));
    Some(time)
}

/// What is wrong with a start time (tasks 2.3.13).
pub fn schedule_fault(time_ms: i64, now_ms: i64, ahead_ms: i64) -> Option<String> {
    const DAY_MS: i64 = 86_400_000;
    if time_ms < now_ms {
        return Some(format!("the time is in the past; {}", server_time(now_ms)));
    }
    let days = ahead_ms / DAY_MS;
    let too_far = || format!("the time is more than {days} days ahead; {}", server_time(now_ms));
    (time_ms > now_ms.saturating_add(ahead_ms)).then(too_far)
}
