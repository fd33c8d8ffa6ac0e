// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ResumeContact",
    method: "POST",
    uri: "/contact/resume",
    token: None,
    errors: &[
        ExceptionKind::AccessDeniedException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::ConflictException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ResumeContactInput {
    pub contact_id: String,
    pub instance_id: String,
    pub contact_flow_id: Option<String>,
}

impl Input for ResumeContactInput {
    const OP: Op = Op::ResumeContact;
    const HAS_BODY: bool = true;
    type Output = ResumeContactOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            contact_id: reader.required("ContactId", &kinds::CONTACT_ID),
            instance_id: reader.required("InstanceId", &kinds::INSTANCE_ID),
            contact_flow_id: reader.optional("ContactFlowId", &kinds::CONTACT_FLOW_ID),
        }
    }
}

impl Named for ResumeContactInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_id, ResourceKind::ContactFlow, each);
    }
}

impl Encode for ResumeContactInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("ContactId", &self.contact_id);
        w.member("InstanceId", &self.instance_id);
        w.optional("ContactFlowId", self.contact_flow_id.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ResumeContactOutput {}

impl Output for ResumeContactOutput {}

impl Encode for ResumeContactOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for ResumeContactOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
