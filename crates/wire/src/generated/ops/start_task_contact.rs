// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{Reference, SegmentAttributeValue, TaskAttachment};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "StartTaskContact",
    method: "PUT",
    uri: "/contact/task",
    token: Some("ClientToken"),
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::ServiceQuotaExceededException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct StartTaskContactInput {
    pub instance_id: String,
    pub previous_contact_id: Option<String>,
    pub contact_flow_id: Option<String>,
    pub attributes: Option<BTreeMap<String, String>>,
    pub name: String,
    pub references: Option<BTreeMap<String, Reference>>,
    pub description: Option<String>,
    pub client_token: Option<String>,
    pub scheduled_time: Option<Timestamp>,
    pub task_template_id: Option<String>,
    pub quick_connect_id: Option<String>,
    pub related_contact_id: Option<String>,
    pub segment_attributes: Option<BTreeMap<String, SegmentAttributeValue>>,
    pub attachments: Option<Vec<TaskAttachment>>,
}

impl Input for StartTaskContactInput {
    const OP: Op = Op::StartTaskContact;
    const HAS_BODY: bool = true;
    type Output = StartTaskContactOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.required("InstanceId", &kinds::INSTANCE_ID),
            previous_contact_id: reader.optional("PreviousContactId", &kinds::CONTACT_ID),
            contact_flow_id: reader.optional("ContactFlowId", &kinds::CONTACT_FLOW_ID),
            attributes: reader.optional("Attributes", &kinds::ATTRIBUTES),
            name: reader.required("Name", &kinds::NAME),
            references: reader.optional("References", &kinds::CONTACT_REFERENCES),
            description: reader.optional("Description", &kinds::DESCRIPTION),
            client_token: reader.optional("ClientToken", &kinds::CLIENT_TOKEN),
            scheduled_time: reader.optional("ScheduledTime", &Time),
            task_template_id: reader.optional("TaskTemplateId", &kinds::TASK_TEMPLATE_ID),
            quick_connect_id: reader.optional("QuickConnectId", &Text::ANY),
            related_contact_id: reader.optional("RelatedContactId", &kinds::CONTACT_ID),
            segment_attributes: reader.optional("SegmentAttributes", &kinds::SEGMENT_ATTRIBUTES),
            attachments: reader.optional("Attachments", &kinds::TASK_ATTACHMENTS),
        }
    }

    fn idempotency_token(&self) -> Option<&str> {
        self.client_token.as_deref()
    }
}

impl Named for StartTaskContactInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.previous_contact_id, ResourceKind::Contact, each);
        Ids::each_id(&self.contact_flow_id, ResourceKind::ContactFlow, each);
        Ids::each_id(&self.task_template_id, ResourceKind::TaskTemplate, each);
        Ids::each_id(&self.quick_connect_id, ResourceKind::QuickConnect, each);
        Ids::each_id(&self.related_contact_id, ResourceKind::Contact, each);
    }
}

impl Encode for StartTaskContactInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("PreviousContactId", self.previous_contact_id.as_ref());
        w.optional("ContactFlowId", self.contact_flow_id.as_ref());
        w.optional("Attributes", self.attributes.as_ref());
        w.member("Name", &self.name);
        w.optional("References", self.references.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("ClientToken", self.client_token.as_ref());
        w.optional("ScheduledTime", self.scheduled_time.as_ref());
        w.optional("TaskTemplateId", self.task_template_id.as_ref());
        w.optional("QuickConnectId", self.quick_connect_id.as_ref());
        w.optional("RelatedContactId", self.related_contact_id.as_ref());
        w.optional("SegmentAttributes", self.segment_attributes.as_ref());
        w.optional("Attachments", self.attachments.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct StartTaskContactOutput {
    pub contact_id: Option<String>,
}

impl Output for StartTaskContactOutput {}

impl Encode for StartTaskContactOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactId", self.contact_id.as_ref());
        w.end_object();
    }
}

impl Shape for StartTaskContactOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { contact_id: cx.optional(members, "ContactId", &kinds::CONTACT_ID) }
    }
}
