// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time};
use crate::shape::Cx;
use crate::shapes::{HoursOfOperationConfig, HoursOfOperationsIdentifier};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct HoursOfOperation {
    pub hours_of_operation_id: Option<String>,
    pub hours_of_operation_arn: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub time_zone: Option<String>,
    pub config: Option<Vec<HoursOfOperationConfig>>,
    pub parent_hours_of_operations: Option<Vec<HoursOfOperationsIdentifier>>,
    pub tags: Option<BTreeMap<String, String>>,
    pub last_modified_time: Option<Timestamp>,
    pub last_modified_region: Option<String>,
}

impl Encode for HoursOfOperation {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("HoursOfOperationId", self.hours_of_operation_id.as_ref());
        w.optional("HoursOfOperationArn", self.hours_of_operation_arn.as_ref());
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("TimeZone", self.time_zone.as_ref());
        w.optional("Config", self.config.as_ref());
        w.optional("ParentHoursOfOperations", self.parent_hours_of_operations.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.end_object();
    }
}

impl Shape for HoursOfOperation {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            hours_of_operation_id: cx.optional(members, "HoursOfOperationId", &Text::ANY),
            hours_of_operation_arn: cx.optional(members, "HoursOfOperationArn", &Text::ANY),
            name: cx.optional(members, "Name", &kinds::COMMON_NAME_LENGTH127),
            description: cx.optional(members, "Description", &kinds::HOURS_OF_OPERATION_DESCRIPTION),
            time_zone: cx.optional(members, "TimeZone", &Text::ANY),
            config: cx.optional(members, "Config", &kinds::HOURS_OF_OPERATION_CONFIG_LIST),
            parent_hours_of_operations: cx.optional(
                members,
                "ParentHoursOfOperations",
                &kinds::PARENT_HOURS_OF_OPERATIONS_LIST,
            ),
            tags: cx.optional(members, "Tags", &kinds::TAG_MAP),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
        }
    }
}
