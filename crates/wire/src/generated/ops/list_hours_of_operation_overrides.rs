// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::HoursOfOperationOverride;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListHoursOfOperationOverrides",
    method: "GET",
    uri: "/hours-of-operations/{InstanceId}/{HoursOfOperationId}/overrides",
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
pub struct ListHoursOfOperationOverridesInput {
    pub instance_id: String,
    pub hours_of_operation_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for ListHoursOfOperationOverridesInput {
    const OP: Op = Op::ListHoursOfOperationOverrides;
    const HAS_BODY: bool = false;
    type Output = ListHoursOfOperationOverridesOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            hours_of_operation_id: reader.label(1, "HoursOfOperationId", &Text::ANY),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT100),
        }
    }
}

impl Named for ListHoursOfOperationOverridesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.hours_of_operation_id, ResourceKind::HoursOfOperation, each);
    }
}

impl Encode for ListHoursOfOperationOverridesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("HoursOfOperationId", &self.hours_of_operation_id);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListHoursOfOperationOverridesOutput {
    pub next_token: Option<String>,
    pub hours_of_operation_override_list: Option<Vec<HoursOfOperationOverride>>,
    pub last_modified_region: Option<String>,
    pub last_modified_time: Option<Timestamp>,
}

impl Output for ListHoursOfOperationOverridesOutput {}

impl Encode for ListHoursOfOperationOverridesOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("HoursOfOperationOverrideList", self.hours_of_operation_override_list.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.end_object();
    }
}

impl Shape for ListHoursOfOperationOverridesOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            next_token: cx.optional(members, "NextToken", &Text::ANY),
            hours_of_operation_override_list: cx.optional(
                members,
                "HoursOfOperationOverrideList",
                &kinds::HOURS_OF_OPERATION_OVERRIDE_LIST,
            ),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
        }
    }
}
