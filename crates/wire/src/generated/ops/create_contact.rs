// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Integer, Text, of, one_of};
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{Channel, ContactInitiationMethod, InitiateAs, Reference, SegmentAttributeValue, UserInfo};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "CreateContact",
    method: "PUT",
    uri: "/contact/create-contact",
    token: Some("ClientToken"),
    errors: &[
        ExceptionKind::AccessDeniedException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::IdempotencyException,
        ExceptionKind::ConflictException,
        ExceptionKind::ServiceQuotaExceededException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateContactInput {
    pub instance_id: String,
    pub client_token: Option<String>,
    pub related_contact_id: Option<String>,
    pub attributes: Option<BTreeMap<String, String>>,
    pub references: Option<BTreeMap<String, Reference>>,
    pub channel: Channel,
    pub initiation_method: ContactInitiationMethod,
    pub expiry_duration_in_minutes: Option<i32>,
    pub user_info: Option<UserInfo>,
    pub initiate_as: Option<InitiateAs>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub segment_attributes: Option<BTreeMap<String, SegmentAttributeValue>>,
    pub previous_contact_id: Option<String>,
}

impl Input for CreateContactInput {
    const OP: Op = Op::CreateContact;
    const HAS_BODY: bool = true;
    type Output = CreateContactOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.required("InstanceId", &kinds::INSTANCE_ID),
            client_token: reader.optional("ClientToken", &kinds::CLIENT_TOKEN),
            related_contact_id: reader.optional("RelatedContactId", &kinds::CONTACT_ID),
            attributes: reader.optional("Attributes", &kinds::ATTRIBUTES),
            references: reader.optional("References", &kinds::CONTACT_REFERENCES),
            channel: reader.required("Channel", &one_of::<Channel>()),
            initiation_method: reader.required("InitiationMethod", &one_of::<ContactInitiationMethod>()),
            expiry_duration_in_minutes: reader.optional("ExpiryDurationInMinutes", &Integer::ANY),
            user_info: reader.optional("UserInfo", &of::<UserInfo>()),
            initiate_as: reader.optional("InitiateAs", &one_of::<InitiateAs>()),
            name: reader.optional("Name", &kinds::NAME),
            description: reader.optional("Description", &kinds::DESCRIPTION),
            segment_attributes: reader.optional("SegmentAttributes", &kinds::SEGMENT_ATTRIBUTES),
            previous_contact_id: reader.optional("PreviousContactId", &kinds::CONTACT_ID),
        }
    }

    fn idempotency_token(&self) -> Option<&str> {
        self.client_token.as_deref()
    }
}

impl Named for CreateContactInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.related_contact_id, ResourceKind::Contact, each);
        Named::each_named(&self.user_info, each);
        Ids::each_id(&self.previous_contact_id, ResourceKind::Contact, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.initiation_method, "connect:ContactInitiationMethod", each);
    }
}

impl Encode for CreateContactInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("ClientToken", self.client_token.as_ref());
        w.optional("RelatedContactId", self.related_contact_id.as_ref());
        w.optional("Attributes", self.attributes.as_ref());
        w.optional("References", self.references.as_ref());
        w.member("Channel", &self.channel);
        w.member("InitiationMethod", &self.initiation_method);
        w.optional("ExpiryDurationInMinutes", self.expiry_duration_in_minutes.as_ref());
        w.optional("UserInfo", self.user_info.as_ref());
        w.optional("InitiateAs", self.initiate_as.as_ref());
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("SegmentAttributes", self.segment_attributes.as_ref());
        w.optional("PreviousContactId", self.previous_contact_id.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateContactOutput {
    pub contact_id: Option<String>,
    pub contact_arn: Option<String>,
}

impl Output for CreateContactOutput {}

impl Encode for CreateContactOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactId", self.contact_id.as_ref());
        w.optional("ContactArn", self.contact_arn.as_ref());
        w.end_object();
    }
}

impl Shape for CreateContactOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_id: cx.optional(members, "ContactId", &kinds::CONTACT_ID),
            contact_arn: cx.optional(members, "ContactArn", &Text::ANY),
        }
    }
}
