// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::Time;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateContactSchedule",
    method: "POST",
    uri: "/contact/schedule",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::LimitExceededException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactScheduleInput {
    pub instance_id: String,
    pub contact_id: String,
    pub scheduled_time: Timestamp,
}

impl Input for UpdateContactScheduleInput {
    const OP: Op = Op::UpdateContactSchedule;
    const HAS_BODY: bool = true;
    type Output = UpdateContactScheduleOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.required("InstanceId", &kinds::INSTANCE_ID),
            contact_id: reader.required("ContactId", &kinds::CONTACT_ID),
            scheduled_time: reader.required("ScheduledTime", &Time),
        }
    }
}

impl Named for UpdateContactScheduleInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
    }
}

impl Encode for UpdateContactScheduleInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactId", &self.contact_id);
        w.member("ScheduledTime", &self.scheduled_time);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactScheduleOutput {}

impl Output for UpdateContactScheduleOutput {}

impl Encode for UpdateContactScheduleOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for UpdateContactScheduleOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
