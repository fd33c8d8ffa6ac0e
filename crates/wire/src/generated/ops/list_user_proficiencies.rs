// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::UserProficiency;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListUserProficiencies",
    method: "GET",
    uri: "/users/{InstanceId}/{UserId}/proficiencies",
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
pub struct ListUserProficienciesInput {
    pub instance_id: String,
    pub user_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for ListUserProficienciesInput {
    const OP: Op = Op::ListUserProficiencies;
    const HAS_BODY: bool = false;
    type Output = ListUserProficienciesOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            user_id: reader.label(1, "UserId", &Text::ANY),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT100),
        }
    }
}

impl Named for ListUserProficienciesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.user_id, ResourceKind::User, each);
    }
}

impl Encode for ListUserProficienciesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("UserId", &self.user_id);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListUserProficienciesOutput {
    pub next_token: Option<String>,
    pub user_proficiency_list: Option<Vec<UserProficiency>>,
    pub last_modified_time: Option<Timestamp>,
    pub last_modified_region: Option<String>,
}

impl Output for ListUserProficienciesOutput {}

impl Encode for ListUserProficienciesOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("UserProficiencyList", self.user_proficiency_list.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.end_object();
    }
}

impl Shape for ListUserProficienciesOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            next_token: cx.optional(members, "NextToken", &Text::ANY),
            user_proficiency_list: cx.optional(members, "UserProficiencyList", &kinds::USER_PROFICIENCY_LIST),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
        }
    }
}
