//! The answers of DescribeContact and ListContactReferences (tasks 2.2, 2.14.4), and the pieces that other answers,
//! events and records share with them.

use std::collections::BTreeMap;

use wire::Timestamp;
use wire::shapes::{
    AgentHierarchyGroup, AgentInfo, AttachmentReference, Channel, ContactDetails, ContactInitiationMethod,
    DateReference, EmailReference, HierarchyGroups, NextContactEntry, NextContactMetadata, NextContactType,
    NumberReference, QueueInfo, QuickConnectContactData, ReferenceStatus, ReferenceSummary, ReferenceType,
    RoutingCriteria, RoutingCriteriaStepStatus, SegmentAttributeValue, StringReference, TaskTemplateInfoV2,
    UrlReference,
};

use crate::arn::{Kind, Scope};
use crate::contact::moment::{iso_ms, seconds};
use crate::contact::{AgentStay, Attributes, Contact, InitiationMethod, Reference, ReferenceKind, State};

/// Segment attribute: what kind of task it is (tasks 2.2.3).
const SUBTYPE: &str = "connect:Subtype";
const CONTACT_EXPIRY: &str = "connect:ContactExpiry";
const CREATED_BY_USER: &str = "connect:CreatedByUser";
const ASSIGNMENT_TYPE: &str = "connect:AssignmentType";
/// The system tag (tasks 2.2.4).
const INSTANCE_TAG: &str = "aws:connect:instanceId";

/// A member that may be absent.
pub(super) fn timestamp(epoch_ms: Option<i64>) -> Option<Timestamp> {
    epoch_ms.map(Timestamp)
}

/// Whole seconds for a member of 32 bits.
pub(super) fn seconds_i32(span_ms: i64) -> i32 {
    i32::try_from(seconds(span_ms)).unwrap_or(i32::MAX)
}

/// Tags with the system tag (tasks 2.2.4).
pub(super) fn system_tags(tags: &BTreeMap<String, String>, scope: Scope<'_>) -> BTreeMap<String, String> {
    let mut all = tags.clone();
    all.insert(INSTANCE_TAG.to_owned(), scope.instance.to_owned());
    all
}

fn value_string(text: impl Into<String>) -> SegmentAttributeValue {
    SegmentAttributeValue { value_string: Some(text.into()), ..Default::default() }
}

impl InitiationMethod {
    pub(super) fn wire(self) -> ContactInitiationMethod {
        match self {
            Self::Api => ContactInitiationMethod::Api,
            Self::Transfer => ContactInitiationMethod::Transfer,
            Self::QueueTransfer => ContactInitiationMethod::QueueTransfer,
            Self::Disconnect => ContactInitiationMethod::Disconnect,
        }
    }
}

impl Contact {
    /// The answer of DescribeContact (tasks 2.2). What has no value is left out.
    pub fn describe(&self, attributes: &Attributes, scope: Scope<'_>) -> wire::shapes::Contact {
        let times = &self.times;
        wire::shapes::Contact {
            arn: Some(scope.arn(Kind::Contact, &self.id)),
            id: Some(self.id.clone()),
            initial_contact_id: self.initial_contact_id.clone(),
            previous_contact_id: self.previous_contact_id.clone(),
            related_contact_id: self.related_contact_id.clone(),
            contact_association_id: Some(self.association_id.clone()),
            initiation_method: Some(self.initiation_method.wire()),
            name: Some(self.name.clone()),
            description: self.description.clone(),
            channel: Some(Channel::Task),
            queue_info: self.queue.as_ref().map(|stay| QueueInfo {
                id: Some(stay.queue.id.clone()),
                enqueue_timestamp: Some(Timestamp(stay.enqueued_ms)),
            }),
            agent_info: self.agent_info_shape(scope),
            initiation_timestamp: Some(Timestamp(times.initiated_ms)),
            scheduled_timestamp: timestamp(times.scheduled_ms),
            connected_to_system_timestamp: timestamp(times.connected_to_system_ms),
            disconnect_timestamp: timestamp(times.disconnected_ms),
            last_update_timestamp: Some(Timestamp(times.updated_ms)),
            last_paused_timestamp: timestamp(times.paused_ms),
            last_resumed_timestamp: timestamp(times.resumed_ms),
            total_pause_count: i32::try_from(self.pause_count).ok(),
            total_pause_duration_in_seconds: (self.state == State::Completed)
                .then(|| seconds_i32(times.pause_total_ms)),
            customer_id: self.customer_id.clone(),
            queue_time_adjustment_seconds: Some(self.routing.age_adjustment_s),
            queue_priority: Some(self.routing.priority),
            tags: Some(system_tags(&self.tags, scope)),
            routing_criteria: self.routing_criteria(),
            segment_attributes: Some(self.segment_values()),
            disconnect_reason: self.disconnect_reason.map(|reason| reason.as_str().to_owned()),
            task_template_info: self.template.as_ref().map(|template| TaskTemplateInfoV2 {
                arn: Some(scope.arn(Kind::TaskTemplate, &template.id)),
                name: Some(template.name.clone()),
            }),
            contact_details: Some(ContactDetails {
                name: Some(self.name.clone()),
                description: self.description.clone(),
            }),
            attributes: (!attributes.is_empty()).then(|| attributes.clone()),
            next_contacts: self.next_contacts(),
            ..Default::default()
        }
    }

    /// The answer of ListContactReferences, by name (tasks 2.14.4).
    pub fn references_list(&self, types: &[ReferenceType]) -> Vec<ReferenceSummary> {
        let wanted = |reference: &Reference| types.iter().any(|kind| kind.as_str() == reference.kind.as_str());
        let wanted = self.references.iter().filter(|(_, reference)| wanted(reference));
        wanted.map(|(name, reference)| summary(name, reference)).collect()
    }

    /// Segment attributes, those of the service included (tasks 2.2.3).
    pub(super) fn segment_values(&self) -> BTreeMap<String, SegmentAttributeValue> {
        let duration = SegmentAttributeValue {
            value_integer: Some(i32::try_from(self.expiry.minutes).unwrap_or(i32::MAX)),
            ..Default::default()
        };
        let expiry = BTreeMap::from([
            ("ExpiryDuration".to_owned(), duration),
            ("ExpiryTimeStamp".to_owned(), value_string(iso_ms(self.expiry.at_ms))),
        ]);
        let mut all: BTreeMap<_, _> =
            self.segment_attributes.iter().map(|(key, value)| (key.clone(), value_string(value))).collect();
        all.insert(SUBTYPE.to_owned(), value_string(self.subtype()));
        all.insert(CONTACT_EXPIRY.to_owned(), SegmentAttributeValue { value_map: Some(expiry), ..Default::default() });
        if let Some(user) = &self.created_by_user {
            all.insert(CREATED_BY_USER.to_owned(), value_string(user));
        }
        if self.self_assigned {
            all.insert(ASSIGNMENT_TYPE.to_owned(), value_string("SELF"));
        }
        all
    }

    /// Routing criteria with the status of their steps and the moments at which they end or ended (tasks 3.3.6).
    pub(super) fn routing_criteria(&self) -> Option<RoutingCriteria> {
        use RoutingCriteriaStepStatus::{Active, Expired, Inactive, Joined};
        let mut criteria: RoutingCriteria = wire::from_stored(self.routing.criteria.as_ref()?.as_bytes()).ok()?;
        let (active_ms, ended_ms) = (self.routing.criteria_active_ms, &self.routing.criteria_ended_ms);
        let present = active_ms.map(|_| ended_ms.len());
        let waits = matches!(self.state, State::Queued | State::Offered);
        for (index, step) in criteria.steps.iter_mut().flatten().enumerate() {
            let (status, until_ms) = match ended_ms.get(index) {
                Some(ended_ms) => (Expired, Some(*ended_ms)),
                None if present == Some(index) && self.routing.criteria_joined => (Joined, None),
                None if present == Some(index) && waits => {
                    let seconds = step.expiry.as_ref().and_then(|expiry| expiry.duration_in_seconds);
                    (Active, self.step_began_ms().zip(seconds).map(|(ms, s)| ms.saturating_add(i64::from(s) * 1000)))
                }
                None => (Inactive, None),
            };
            step.status = Some(status);
            if let Some(expiry) = &mut step.expiry {
                expiry.expiry_timestamp = timestamp(until_ms);
            }
        }
        criteria.activation_timestamp = timestamp(active_ms);
        let last = criteria.steps.as_ref().map_or(0, Vec::len).saturating_sub(1);
        criteria.index = present.and_then(|index| i32::try_from(index.min(last)).ok());
        Some(criteria)
    }

    fn agent_info_shape(&self, scope: Scope<'_>) -> Option<AgentInfo> {
        let stay = self.agent.as_ref()?;
        let acw = stay.acw_start_ms.zip(stay.acw_end_ms);
        Some(AgentInfo {
            id: Some(stay.agent.id.clone()),
            connected_to_agent_timestamp: Some(Timestamp(stay.connected_ms)),
            agent_pause_duration_in_seconds: Some(seconds_i32(stay.pause_ms)),
            after_contact_work_start_timestamp: timestamp(stay.acw_start_ms),
            after_contact_work_end_timestamp: timestamp(stay.acw_end_ms),
            after_contact_work_duration: acw.map(|(start, end)| seconds_i32(end - start)),
            hierarchy_groups: hierarchy_groups(stay, scope),
            ..Default::default()
        })
    }

    /// The target of a transfer. The only type the API has is the quick connect, so disconnect flows are not listed
    /// here.
    fn next_contacts(&self) -> Option<Vec<NextContactEntry>> {
        let transferred_ms = self.times.transferred_ms?;
        let entry = |id: &String| NextContactEntry {
            r#type: Some(NextContactType::QuickConnect),
            next_contact_metadata: Some(NextContactMetadata::QuickConnectContactData(QuickConnectContactData {
                contact_id: Some(id.clone()),
                initiation_timestamp: Some(Timestamp(transferred_ms)),
                ..Default::default()
            })),
        };
        Some(self.next_contact_ids.iter().map(entry).collect())
    }
}

/// The agent's hierarchy groups at the connection (administration 6.3.3).
fn hierarchy_groups(stay: &AgentStay, scope: Scope<'_>) -> Option<HierarchyGroups> {
    let group = |(id, _): &(String, String)| AgentHierarchyGroup { arn: Some(scope.arn(Kind::HierarchyGroup, id)) };
    let mut groups = stay.agent.hierarchy.iter().map(group);
    let level1 = Some(groups.next()?);
    Some(HierarchyGroups {
        level1,
        level2: groups.next(),
        level3: groups.next(),
        level4: groups.next(),
        level5: groups.next(),
    })
}

fn summary(name: &str, reference: &Reference) -> ReferenceSummary {
    let (name, value) = (Some(name.to_owned()), Some(reference.value.clone()));
    match reference.kind {
        ReferenceKind::Url => ReferenceSummary::Url(UrlReference { name, value }),
        ReferenceKind::Number => ReferenceSummary::Number(NumberReference { name, value }),
        ReferenceKind::String => ReferenceSummary::String(StringReference { name, value }),
        ReferenceKind::Date => ReferenceSummary::Date(DateReference { name, value }),
        ReferenceKind::Email => ReferenceSummary::Email(EmailReference { name, value }),
        ReferenceKind::Attachment => ReferenceSummary::Attachment(AttachmentReference {
            name,
            value,
            status: Some(ReferenceStatus::Available),
            arn: None,
        }),
    }
}
