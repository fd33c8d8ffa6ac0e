// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::DisconnectReason;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "StopContact",
    method: "POST",
    uri: "/contact/stop",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::ContactNotFoundException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::InvalidActiveRegionException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct StopContactInput {
    pub contact_id: String,
    pub instance_id: String,
    pub disconnect_reason: Option<DisconnectReason>,
}

impl Input for StopContactInput {
    const OP: Op = Op::StopContact;
    const HAS_BODY: bool = true;
    type Output = StopContactOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            contact_id: reader.required("ContactId", &kinds::CONTACT_ID),
            instance_id: reader.required("InstanceId", &kinds::INSTANCE_ID),
            disconnect_reason: reader.optional("DisconnectReason", &of::<DisconnectReason>()),
        }
    }
}

impl Named for StopContactInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for StopContactInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("ContactId", &self.contact_id);
        w.member("InstanceId", &self.instance_id);
        w.optional("DisconnectReason", self.disconnect_reason.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct StopContactOutput {}

impl Output for StopContactOutput {}

impl Encode for StopContactOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for StopContactOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
