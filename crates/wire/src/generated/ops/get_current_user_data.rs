// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Long, Text, of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{UserData, UserDataFilters};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "GetCurrentUserData",
    method: "POST",
    uri: "/metrics/userdata/{InstanceId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::ResourceNotFoundException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct GetCurrentUserDataInput {
    pub instance_id: String,
    pub filters: UserDataFilters,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for GetCurrentUserDataInput {
    const OP: Op = Op::GetCurrentUserData;
    const HAS_BODY: bool = true;
    type Output = GetCurrentUserDataOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            filters: reader.required("Filters", &of::<UserDataFilters>()),
            next_token: reader.optional("NextToken", &Text::ANY),
            max_results: reader.optional("MaxResults", &kinds::MAX_RESULT100),
        }
    }
}

impl Named for GetCurrentUserDataInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Named::each_named(&self.filters, each);
    }
}

impl Encode for GetCurrentUserDataInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("Filters", &self.filters);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct GetCurrentUserDataOutput {
    pub next_token: Option<String>,
    pub user_data_list: Option<Vec<UserData>>,
    pub approximate_total_count: Option<i64>,
}

impl Output for GetCurrentUserDataOutput {}

impl Encode for GetCurrentUserDataOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("UserDataList", self.user_data_list.as_ref());
        w.optional("ApproximateTotalCount", self.approximate_total_count.as_ref());
        w.end_object();
    }
}

impl Shape for GetCurrentUserDataOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            next_token: cx.optional(members, "NextToken", &Text::ANY),
            user_data_list: cx.optional(members, "UserDataList", &kinds::USER_DATA_LIST),
            approximate_total_count: cx.optional(members, "ApproximateTotalCount", &Long::ANY),
        }
    }
}
