// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::HoursOfOperationsIdentifier;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListChildHoursOfOperations",
    method: "GET",
    uri: "/hours-of-operations/{InstanceId}/{HoursOfOperationId}/hours",
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
pub struct ListChildHoursOfOperationsInput {
    pub instance_id: String,
    pub hours_of_operation_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for ListChildHoursOfOperationsInput {
    const OP: Op = Op::ListChildHoursOfOperations;
    const HAS_BODY: bool = false;
    type Output = ListChildHoursOfOperationsOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            hours_of_operation_id: reader.label(1, "HoursOfOperationId", &Text::ANY),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT100),
        }
    }
}

impl Named for ListChildHoursOfOperationsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.hours_of_operation_id, ResourceKind::HoursOfOperation, each);
    }
}

impl Encode for ListChildHoursOfOperationsInput {
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
pub struct ListChildHoursOfOperationsOutput {
    pub next_token: Option<String>,
    pub child_hours_of_operations_summary_list: Option<Vec<HoursOfOperationsIdentifier>>,
    pub last_modified_time: Option<Timestamp>,
    pub last_modified_region: Option<String>,
}

impl Output for ListChildHoursOfOperationsOutput {}

impl Encode for ListChildHoursOfOperationsOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("ChildHoursOfOperationsSummaryList", self.child_hours_of_operations_summary_list.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.end_object();
    }
}

impl Shape for ListChildHoursOfOperationsOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            next_token: cx.optional(members, "NextToken", &Text::ANY),
            child_hours_of_operations_summary_list: cx.optional(
                members,
                "ChildHoursOfOperationsSummaryList",
                &kinds::CHILD_HOURS_OF_OPERATIONS_LIST,
            ),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
        }
    }
}
