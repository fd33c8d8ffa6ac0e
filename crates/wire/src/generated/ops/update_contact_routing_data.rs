// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Integer, of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::RoutingCriteriaInput;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateContactRoutingData",
    method: "POST",
    uri: "/contacts/{InstanceId}/{ContactId}/routing-data",
    token: None,
    errors: &[
        ExceptionKind::ResourceConflictException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::AccessDeniedException,
        ExceptionKind::InvalidActiveRegionException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactRoutingDataInput {
    pub instance_id: String,
    pub contact_id: String,
    pub queue_time_adjustment_seconds: Option<i32>,
    pub queue_priority: Option<i64>,
    pub routing_criteria: Option<RoutingCriteriaInput>,
}

impl Input for UpdateContactRoutingDataInput {
    const OP: Op = Op::UpdateContactRoutingData;
    const HAS_BODY: bool = true;
    type Output = UpdateContactRoutingDataOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_id: reader.label(1, "ContactId", &kinds::CONTACT_ID),
            queue_time_adjustment_seconds: reader.optional("QueueTimeAdjustmentSeconds", &Integer::ANY),
            queue_priority: reader.optional("QueuePriority", &kinds::QUEUE_PRIORITY),
            routing_criteria: reader.optional("RoutingCriteria", &of::<RoutingCriteriaInput>()),
        }
    }
}

impl Named for UpdateContactRoutingDataInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
        Named::each_named(&self.routing_criteria, each);
    }
}

impl Encode for UpdateContactRoutingDataInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactId", &self.contact_id);
        w.optional("QueueTimeAdjustmentSeconds", self.queue_time_adjustment_seconds.as_ref());
        w.optional("QueuePriority", self.queue_priority.as_ref());
        w.optional("RoutingCriteria", self.routing_criteria.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateContactRoutingDataOutput {}

impl Output for UpdateContactRoutingDataOutput {}

impl Encode for UpdateContactRoutingDataOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for UpdateContactRoutingDataOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
