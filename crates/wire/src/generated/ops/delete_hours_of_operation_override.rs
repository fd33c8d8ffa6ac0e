// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "DeleteHoursOfOperationOverride",
    method: "DELETE",
    uri: "/hours-of-operations/{InstanceId}/{HoursOfOperationId}/overrides/{HoursOfOperationOverrideId}",
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
pub struct DeleteHoursOfOperationOverrideInput {
    pub instance_id: String,
    pub hours_of_operation_id: String,
    pub hours_of_operation_override_id: String,
}

impl Input for DeleteHoursOfOperationOverrideInput {
    const OP: Op = Op::DeleteHoursOfOperationOverride;
    const HAS_BODY: bool = false;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            hours_of_operation_id: reader.label(1, "HoursOfOperationId", &Text::ANY),
            hours_of_operation_override_id: reader.label(
                2,
                "HoursOfOperationOverrideId",
                &kinds::HOURS_OF_OPERATION_OVERRIDE_ID,
            ),
        }
    }
}

impl Named for DeleteHoursOfOperationOverrideInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.hours_of_operation_id, ResourceKind::HoursOfOperation, each);
    }
}

impl Encode for DeleteHoursOfOperationOverrideInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("HoursOfOperationId", &self.hours_of_operation_id);
        w.member("HoursOfOperationOverrideId", &self.hours_of_operation_override_id);
        w.end_object();
    }
}
