// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "DisassociateHoursOfOperations",
    method: "POST",
    uri: "/hours-of-operations/{InstanceId}/{HoursOfOperationId}/disassociate-hours",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ConditionalOperationFailedException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DisassociateHoursOfOperationsInput {
    pub instance_id: String,
    pub hours_of_operation_id: String,
    pub parent_hours_of_operation_ids: Vec<String>,
}

impl Input for DisassociateHoursOfOperationsInput {
    const OP: Op = Op::DisassociateHoursOfOperations;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            hours_of_operation_id: reader.label(1, "HoursOfOperationId", &Text::ANY),
            parent_hours_of_operation_ids: reader
                .required("ParentHoursOfOperationIds", &kinds::PARENT_HOURS_OF_OPERATION_ID_LIST),
        }
    }
}

impl Named for DisassociateHoursOfOperationsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.hours_of_operation_id, ResourceKind::HoursOfOperation, each);
        Ids::each_id(&self.parent_hours_of_operation_ids, ResourceKind::HoursOfOperation, each);
    }
}

impl Encode for DisassociateHoursOfOperationsInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("HoursOfOperationId", &self.hours_of_operation_id);
        w.member("ParentHoursOfOperationIds", &self.parent_hours_of_operation_ids);
        w.end_object();
    }
}
