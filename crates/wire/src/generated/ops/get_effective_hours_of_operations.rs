// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{EffectiveHoursOfOperations, EffectiveOverrideHours};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "GetEffectiveHoursOfOperations",
    method: "GET",
    uri: "/effective-hours-of-operations/{InstanceId}/{HoursOfOperationId}",
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
pub struct GetEffectiveHoursOfOperationsInput {
    pub instance_id: String,
    pub hours_of_operation_id: String,
    pub from_date: String,
    pub to_date: String,
}

impl Input for GetEffectiveHoursOfOperationsInput {
    const OP: Op = Op::GetEffectiveHoursOfOperations;
    const HAS_BODY: bool = false;
    type Output = GetEffectiveHoursOfOperationsOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            hours_of_operation_id: reader.label(1, "HoursOfOperationId", &Text::ANY),
            from_date: reader.required_query(
                "fromDate",
                "FromDate",
                &kinds::HOURS_OF_OPERATION_OVERRIDE_YEAR_MONTH_DAY_DATE_FORMAT,
            ),
            to_date: reader.required_query(
                "toDate",
                "ToDate",
                &kinds::HOURS_OF_OPERATION_OVERRIDE_YEAR_MONTH_DAY_DATE_FORMAT,
            ),
        }
    }
}

impl Named for GetEffectiveHoursOfOperationsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.hours_of_operation_id, ResourceKind::HoursOfOperation, each);
    }
}

impl Encode for GetEffectiveHoursOfOperationsInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("HoursOfOperationId", &self.hours_of_operation_id);
        w.member("FromDate", &self.from_date);
        w.member("ToDate", &self.to_date);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct GetEffectiveHoursOfOperationsOutput {
    pub effective_hours_of_operation_list: Option<Vec<EffectiveHoursOfOperations>>,
    pub effective_override_hours_list: Option<Vec<EffectiveOverrideHours>>,
    pub time_zone: Option<String>,
}

impl Output for GetEffectiveHoursOfOperationsOutput {}

impl Encode for GetEffectiveHoursOfOperationsOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("EffectiveHoursOfOperationList", self.effective_hours_of_operation_list.as_ref());
        w.optional("EffectiveOverrideHoursList", self.effective_override_hours_list.as_ref());
        w.optional("TimeZone", self.time_zone.as_ref());
        w.end_object();
    }
}

impl Shape for GetEffectiveHoursOfOperationsOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            effective_hours_of_operation_list: cx.optional(
                members,
                "EffectiveHoursOfOperationList",
                &kinds::EFFECTIVE_HOURS_OF_OPERATION_LIST,
            ),
            effective_override_hours_list: cx.optional(
                members,
                "EffectiveOverrideHoursList",
                &kinds::EFFECTIVE_OVERRIDE_HOURS_LIST,
            ),
            time_zone: cx.optional(members, "TimeZone", &Text::ANY),
        }
    }
}
