// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of, one_of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{HoursOfOperationOverrideConfig, OverrideType, RecurrenceConfig};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "CreateHoursOfOperationOverride",
    method: "PUT",
    uri: "/hours-of-operations/{InstanceId}/{HoursOfOperationId}/overrides",
    token: None,
    errors: &[
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::LimitExceededException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateHoursOfOperationOverrideInput {
    pub instance_id: String,
    pub hours_of_operation_id: String,
    pub name: String,
    pub description: Option<String>,
    pub config: Vec<HoursOfOperationOverrideConfig>,
    pub effective_from: String,
    pub effective_till: String,
    pub recurrence_config: Option<RecurrenceConfig>,
    pub override_type: Option<OverrideType>,
}

impl Input for CreateHoursOfOperationOverrideInput {
    const OP: Op = Op::CreateHoursOfOperationOverride;
    const HAS_BODY: bool = true;
    type Output = CreateHoursOfOperationOverrideOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            hours_of_operation_id: reader.label(1, "HoursOfOperationId", &Text::ANY),
            name: reader.required("Name", &kinds::COMMON_HUMAN_READABLE_NAME),
            description: reader.optional("Description", &kinds::COMMON_HUMAN_READABLE_DESCRIPTION),
            config: reader.required("Config", &kinds::HOURS_OF_OPERATION_OVERRIDE_CONFIG_LIST),
            effective_from: reader
                .required("EffectiveFrom", &kinds::HOURS_OF_OPERATION_OVERRIDE_YEAR_MONTH_DAY_DATE_FORMAT),
            effective_till: reader
                .required("EffectiveTill", &kinds::HOURS_OF_OPERATION_OVERRIDE_YEAR_MONTH_DAY_DATE_FORMAT),
            recurrence_config: reader.optional("RecurrenceConfig", &of::<RecurrenceConfig>()),
            override_type: reader.optional("OverrideType", &one_of::<OverrideType>()),
        }
    }
}

impl Named for CreateHoursOfOperationOverrideInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.hours_of_operation_id, ResourceKind::HoursOfOperation, each);
    }
}

impl Encode for CreateHoursOfOperationOverrideInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("HoursOfOperationId", &self.hours_of_operation_id);
        w.member("Name", &self.name);
        w.optional("Description", self.description.as_ref());
        w.member("Config", &self.config);
        w.member("EffectiveFrom", &self.effective_from);
        w.member("EffectiveTill", &self.effective_till);
        w.optional("RecurrenceConfig", self.recurrence_config.as_ref());
        w.optional("OverrideType", self.override_type.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateHoursOfOperationOverrideOutput {
    pub hours_of_operation_override_id: Option<String>,
}

impl Output for CreateHoursOfOperationOverrideOutput {}

impl Encode for CreateHoursOfOperationOverrideOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("HoursOfOperationOverrideId", self.hours_of_operation_override_id.as_ref());
        w.end_object();
    }
}

impl Shape for CreateHoursOfOperationOverrideOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            hours_of_operation_override_id: cx.optional(
                members,
                "HoursOfOperationOverrideId",
                &kinds::HOURS_OF_OPERATION_OVERRIDE_ID,
            ),
        }
    }
}
