// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::SecurityProfileSummary;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListSecurityProfiles",
    method: "GET",
    uri: "/security-profiles-summary/{InstanceId}",
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
pub struct ListSecurityProfilesInput {
    pub instance_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for ListSecurityProfilesInput {
    const OP: Op = Op::ListSecurityProfiles;
    const HAS_BODY: bool = false;
    type Output = ListSecurityProfilesOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT1000),
        }
    }
}

impl Named for ListSecurityProfilesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for ListSecurityProfilesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListSecurityProfilesOutput {
    pub security_profile_summary_list: Option<Vec<SecurityProfileSummary>>,
    pub next_token: Option<String>,
}

impl Output for ListSecurityProfilesOutput {}

impl Encode for ListSecurityProfilesOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("SecurityProfileSummaryList", self.security_profile_summary_list.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.end_object();
    }
}

impl Shape for ListSecurityProfilesOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            security_profile_summary_list: cx.optional(
                members,
                "SecurityProfileSummaryList",
                &kinds::SECURITY_PROFILE_SUMMARY_LIST,
            ),
            next_token: cx.optional(members, "NextToken", &Text::ANY),
        }
    }
}
