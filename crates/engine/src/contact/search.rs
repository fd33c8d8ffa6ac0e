//! How a task appears in SearchContacts and ListAssociatedContacts (tasks 2.15, 2.14.8).

use wire::Timestamp;
use wire::shapes::{
    AssociatedContactSummary, Channel, ContactSearchSummary, ContactSearchSummaryAgentInfo,
    ContactSearchSummaryQueueInfo, ContactSearchSummarySegmentAttributeValue,
};

use crate::arn::{Kind, Scope};
use crate::contact::Contact;
use crate::contact::describe::{system_tags, timestamp};

impl Contact {
    /// Its entry in the answer of SearchContacts.
    pub fn search_summary(&self, scope: Scope<'_>) -> ContactSearchSummary {
        let segment = self.segment_values().into_iter().map(|(key, value)| {
            let (value_string, value_map) = (value.value_string, value.value_map);
            (key, ContactSearchSummarySegmentAttributeValue { value_string, value_map })
        });
        ContactSearchSummary {
            arn: Some(scope.arn(Kind::Contact, &self.id)),
            id: Some(self.id.clone()),
            initial_contact_id: self.initial_contact_id.clone(),
            previous_contact_id: self.previous_contact_id.clone(),
            initiation_method: Some(self.initiation_method.wire()),
            channel: Some(Channel::Task),
            queue_info: self.queue.as_ref().map(|stay| ContactSearchSummaryQueueInfo {
                id: Some(stay.queue.id.clone()),
                enqueue_timestamp: Some(Timestamp(stay.enqueued_ms)),
            }),
            agent_info: self.agent.as_ref().map(|stay| ContactSearchSummaryAgentInfo {
                id: Some(stay.agent.id.clone()),
                connected_to_agent_timestamp: Some(Timestamp(stay.connected_ms)),
            }),
            initiation_timestamp: Some(Timestamp(self.times.initiated_ms)),
            disconnect_timestamp: timestamp(self.times.disconnected_ms),
            scheduled_timestamp: timestamp(self.times.scheduled_ms),
            segment_attributes: Some(segment.collect()),
            name: Some(self.name.clone()),
            routing_criteria: self.routing_criteria(),
            tags: Some(system_tags(&self.tags, scope)),
            ..Default::default()
        }
    }

    /// Its entry in the answer of ListAssociatedContacts.
    pub fn associated_summary(&self, scope: Scope<'_>) -> AssociatedContactSummary {
        AssociatedContactSummary {
            contact_id: Some(self.id.clone()),
            contact_arn: Some(scope.arn(Kind::Contact, &self.id)),
            initiation_timestamp: Some(Timestamp(self.times.initiated_ms)),
            disconnect_timestamp: timestamp(self.times.disconnected_ms),
            initial_contact_id: self.initial_contact_id.clone(),
            previous_contact_id: self.previous_contact_id.clone(),
            related_contact_id: self.related_contact_id.clone(),
            initiation_method: Some(self.initiation_method.wire()),
            channel: Some(Channel::Task),
        }
    }
}
