// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time, of, one_of};
use crate::shape::Cx;
use crate::shapes::{OutboundCallerConfig, OutboundEmailConfig, QueueStatus};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Queue {
    pub name: Option<String>,
    pub queue_arn: Option<String>,
    pub queue_id: Option<String>,
    pub description: Option<String>,
    pub outbound_caller_config: Option<OutboundCallerConfig>,
    pub outbound_email_config: Option<OutboundEmailConfig>,
    pub hours_of_operation_id: Option<String>,
    pub max_contacts: Option<i32>,
    pub status: Option<QueueStatus>,
    pub tags: Option<BTreeMap<String, String>>,
    pub last_modified_time: Option<Timestamp>,
    pub last_modified_region: Option<String>,
}

impl Encode for Queue {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Name", self.name.as_ref());
        w.optional("QueueArn", self.queue_arn.as_ref());
        w.optional("QueueId", self.queue_id.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("OutboundCallerConfig", self.outbound_caller_config.as_ref());
        w.optional("OutboundEmailConfig", self.outbound_email_config.as_ref());
        w.optional("HoursOfOperationId", self.hours_of_operation_id.as_ref());
        w.optional("MaxContacts", self.max_contacts.as_ref());
        w.optional("Status", self.status.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.end_object();
    }
}

impl Shape for Queue {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            name: cx.optional(members, "Name", &kinds::COMMON_NAME_LENGTH127),
            queue_arn: cx.optional(members, "QueueArn", &Text::ANY),
            queue_id: cx.optional(members, "QueueId", &Text::ANY),
            description: cx.optional(members, "Description", &kinds::QUEUE_DESCRIPTION),
            outbound_caller_config: cx.optional(members, "OutboundCallerConfig", &of::<OutboundCallerConfig>()),
            outbound_email_config: cx.optional(members, "OutboundEmailConfig", &of::<OutboundEmailConfig>()),
            hours_of_operation_id: cx.optional(members, "HoursOfOperationId", &Text::ANY),
            max_contacts: cx.optional(members, "MaxContacts", &kinds::QUEUE_MAX_CONTACTS),
            status: cx.optional(members, "Status", &one_of::<QueueStatus>()),
            tags: cx.optional(members, "Tags", &kinds::TAG_MAP),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
        }
    }
}
