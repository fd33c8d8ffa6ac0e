// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of, one_of};
use crate::shape::Cx;
use crate::shapes::{HoursOfOperationOverrideConfig, OverrideType, RecurrenceConfig};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct HoursOfOperationOverride {
    pub hours_of_operation_override_id: Option<String>,
    pub hours_of_operation_id: Option<String>,
    pub hours_of_operation_arn: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub config: Option<Vec<HoursOfOperationOverrideConfig>>,
    pub effective_from: Option<String>,
    pub effective_till: Option<String>,
    pub recurrence_config: Option<RecurrenceConfig>,
    pub override_type: Option<OverrideType>,
}

impl Encode for HoursOfOperationOverride {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("HoursOfOperationOverrideId", self.hours_of_operation_override_id.as_ref());
        w.optional("HoursOfOperationId", self.hours_of_operation_id.as_ref());
        w.optional("HoursOfOperationArn", self.hours_of_operation_arn.as_ref());
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

impl Shape for HoursOfOperationOverride {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            hours_of_operation_override_id: cx.optional(
                members,
                "HoursOfOperationOverrideId",
                &kinds::HOURS_OF_OPERATION_OVERRIDE_ID,
            ),
            hours_of_operation_id: cx.optional(members, "HoursOfOperationId", &Text::ANY),
            hours_of_operation_arn: cx.optional(members, "HoursOfOperationArn", &Text::ANY),
            name: cx.optional(members, "Name", &kinds::COMMON_HUMAN_READABLE_NAME),
            description: cx.optional(members, "Description", &kinds::COMMON_HUMAN_READABLE_DESCRIPTION),
            config: cx.optional(members, "Config", &kinds::HOURS_OF_OPERATION_OVERRIDE_CONFIG_LIST),
            effective_from: cx.optional(
                members,
                "EffectiveFrom",
                &kinds::HOURS_OF_OPERATION_OVERRIDE_YEAR_MONTH_DAY_DATE_FORMAT,
            ),
            effective_till: cx.optional(
                members,
                "EffectiveTill",
                &kinds::HOURS_OF_OPERATION_OVERRIDE_YEAR_MONTH_DAY_DATE_FORMAT,
            ),
            recurrence_config: cx.optional(members, "RecurrenceConfig", &of::<RecurrenceConfig>()),
            override_type: cx.optional(members, "OverrideType", &one_of::<OverrideType>()),
        }
    }
}
