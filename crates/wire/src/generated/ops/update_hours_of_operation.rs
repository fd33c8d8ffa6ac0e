// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shapes::HoursOfOperationConfig;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateHoursOfOperation",
    method: "POST",
    uri: "/hours-of-operations/{InstanceId}/{HoursOfOperationId}",
    token: None,
    errors: &[
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateHoursOfOperationInput {
    pub instance_id: String,
    pub hours_of_operation_id: String,
    pub name: Option<String>,
    pub description: Option<String>,
    pub time_zone: Option<String>,
    pub config: Option<Vec<HoursOfOperationConfig>>,
}

impl Input for UpdateHoursOfOperationInput {
    const OP: Op = Op::UpdateHoursOfOperation;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            hours_of_operation_id: reader.label(1, "HoursOfOperationId", &Text::ANY),
            name: reader.optional("Name", &kinds::COMMON_NAME_LENGTH127),
            description: reader.optional("Description", &kinds::UPDATE_HOURS_OF_OPERATION_DESCRIPTION),
            time_zone: reader.optional("TimeZone", &Text::ANY),
            config: reader.optional("Config", &kinds::HOURS_OF_OPERATION_CONFIG_LIST),
        }
    }
}

impl Named for UpdateHoursOfOperationInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.hours_of_operation_id, ResourceKind::HoursOfOperation, each);
    }
}

impl Encode for UpdateHoursOfOperationInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("HoursOfOperationId", &self.hours_of_operation_id);
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("TimeZone", self.time_zone.as_ref());
        w.optional("Config", self.config.as_ref());
        w.end_object();
    }
}
