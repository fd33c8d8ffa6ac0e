// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{
    Endpoint, NullableAdditionalRecipients, QueueInfoInput, Reference, SegmentAttributeValue, UserInfo,
};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateContact",
    method: "POST",
    uri: "/contacts/{InstanceId}/{ContactId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::AccessDeniedException,
        ExceptionKind::ConflictException,
        ExceptionKind::InvalidActiveRegionException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactInput {
    pub instance_id: String,
    pub contact_id: String,
    pub name: Option<String>,
    pub description: Option<String>,
    pub references: Option<BTreeMap<String, Reference>>,
    pub segment_attributes: Option<BTreeMap<String, SegmentAttributeValue>>,
    pub queue_info: Option<QueueInfoInput>,
    pub user_info: Option<UserInfo>,
    pub customer_endpoint: Option<Endpoint>,
    pub system_endpoint: Option<Endpoint>,
    pub additional_recipients: Option<NullableAdditionalRecipients>,
}

impl Input for UpdateContactInput {
    const OP: Op = Op::UpdateContact;
    const HAS_BODY: bool = true;
    type Output = UpdateContactOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_id: reader.label(1, "ContactId", &kinds::CONTACT_ID),
            name: reader.optional("Name", &kinds::NAME),
            description: reader.optional("Description", &kinds::DESCRIPTION),
            references: reader.optional("References", &kinds::CONTACT_REFERENCES),
            segment_attributes: reader.optional("SegmentAttributes", &kinds::SEGMENT_ATTRIBUTES),
            queue_info: reader.optional("QueueInfo", &of::<QueueInfoInput>()),
            user_info: reader.optional("UserInfo", &of::<UserInfo>()),
            customer_endpoint: reader.optional("CustomerEndpoint", &of::<Endpoint>()),
            system_endpoint: reader.optional("SystemEndpoint", &of::<Endpoint>()),
            additional_recipients: reader.optional("AdditionalRecipients", &of::<NullableAdditionalRecipients>()),
        }
    }
}

impl Named for UpdateContactInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
        Named::each_named(&self.queue_info, each);
        Named::each_named(&self.user_info, each);
    }
}

impl Encode for UpdateContactInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactId", &self.contact_id);
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("References", self.references.as_ref());
        w.optional("SegmentAttributes", self.segment_attributes.as_ref());
        w.optional("QueueInfo", self.queue_info.as_ref());
        w.optional("UserInfo", self.user_info.as_ref());
        w.optional("CustomerEndpoint", self.customer_endpoint.as_ref());
        w.optional("SystemEndpoint", self.system_endpoint.as_ref());
        w.optional("AdditionalRecipients", self.additional_recipients.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactOutput {}

impl Output for UpdateContactOutput {}

impl Encode for UpdateContactOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for UpdateContactOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
