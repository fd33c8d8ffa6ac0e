// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::HoursOfOperation;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DescribeHoursOfOperation",
    method: "GET",
    uri: "/hours-of-operations/{InstanceId}/{HoursOfOperationId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeHoursOfOperationInput {
    pub instance_id: String,
    pub hours_of_operation_id: String,
}

impl Input for DescribeHoursOfOperationInput {
    const OP: Op = Op::DescribeHoursOfOperation;
    const HAS_BODY: bool = false;
    type Output = DescribeHoursOfOperationOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            hours_of_operation_id: reader.label(1, "HoursOfOperationId", &Text::ANY),
        }
    }
}

impl Named for DescribeHoursOfOperationInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.hours_of_operation_id, ResourceKind::HoursOfOperation, each);
    }
}

impl Encode for DescribeHoursOfOperationInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("HoursOfOperationId", &self.hours_of_operation_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeHoursOfOperationOutput {
    pub hours_of_operation: Option<HoursOfOperation>,
}

impl Output for DescribeHoursOfOperationOutput {}

impl Encode for DescribeHoursOfOperationOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("HoursOfOperation", self.hours_of_operation.as_ref());
        w.end_object();
    }
}

impl Shape for DescribeHoursOfOperationOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { hours_of_operation: cx.optional(members, "HoursOfOperation", &of::<HoursOfOperation>()) }
    }
}
