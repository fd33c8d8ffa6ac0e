// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::{Text, of, one_of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shapes::{HoursOfOperationOverrideConfig, OverrideType, RecurrenceConfig};
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateHoursOfOperationOverride",
    method: "POST",
    uri: "/hours-of-operations/{InstanceId}/{HoursOfOperationId}/overrides/{HoursOfOperationOverrideId}",
    token: None,
    errors: &[
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ConditionalOperationFailedException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateHoursOfOperationOverrideInput {
    pub instance_id: String,
    pub hours_of_operation_id: String,
    pub hours_of_operation_override_id: String,
    pub name: Option<String>,
    pub description: Option<String>,
    pub config: Option<Vec<HoursOfOperationOverrideConfig>>,
    pub effective_from: Option<String>,
    pub effective_till: Option<String>,
    pub recurrence_config: Option<RecurrenceConfig>,
    pub override_type: Option<OverrideType>,
}

impl Input for UpdateHoursOfOperationOverrideInput {
    const OP: Op = Op::UpdateHoursOfOperationOverride;
    const HAS_BODY: bool = true;
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
            name: reader.optional("Name", &kinds::COMMON_HUMAN_READABLE_NAME),
            description: reader.optional("Description", &kinds::COMMON_HUMAN_READABLE_DESCRIPTION.or_empty()),
            config: reader.optional("Config", &kinds::HOURS_OF_OPERATION_OVERRIDE_CONFIG_LIST),
            effective_from: reader
                .optional("EffectiveFrom", &kinds::HOURS_OF_OPERATION_OVERRIDE_YEAR_MONTH_DAY_DATE_FORMAT),
            effective_till: reader
                .optional("EffectiveTill", &kinds::HOURS_OF_OPERATION_OVERRIDE_YEAR_MONTH_DAY_DATE_FORMAT),
            recurrence_config: reader.optional("RecurrenceConfig", &of::<RecurrenceConfig>()),
            override_type: reader.optional("OverrideType", &one_of::<OverrideType>()),
        }
    }
}

impl Named for UpdateHoursOfOperationOverrideInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.hours_of_operation_id, ResourceKind::HoursOfOperation, each);
    }
}

impl Encode for UpdateHoursOfOperationOverrideInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("HoursOfOperationId", &self.hours_of_operation_id);
        w.member("HoursOfOperationOverrideId", &self.hours_of_operation_override_id);
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("Config", self.config.as_ref());
        w.optional("EffectiveFrom", self.effective_from.as_ref());
        w.optional("EffectiveTill", self.effective_till.as_ref());
        w.optional("RecurrenceConfig", self.recurrence_config.as_ref());
        w.optional("OverrideType", self.override_type.as_ref());
        w.end_object();
    }
}
