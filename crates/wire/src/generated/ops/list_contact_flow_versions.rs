// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::ContactFlowVersionSummary;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListContactFlowVersions",
    method: "GET",
    uri: "/contact-flows/{InstanceId}/{ContactFlowId}/versions",
    token: None,
    errors: &[
        ExceptionKind::AccessDeniedException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::ThrottlingException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListContactFlowVersionsInput {
    pub instance_id: String,
    pub contact_flow_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for ListContactFlowVersionsInput {
    const OP: Op = Op::ListContactFlowVersions;
    const HAS_BODY: bool = false;
    type Output = ListContactFlowVersionsOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_flow_id: reader.label(1, "ContactFlowId", &Text::ANY),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT1000),
        }
    }
}

impl Named for ListContactFlowVersionsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_id, ResourceKind::ContactFlow, each);
    }
}

impl Encode for ListContactFlowVersionsInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactFlowId", &self.contact_flow_id);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListContactFlowVersionsOutput {
    pub contact_flow_version_summary_list: Option<Vec<ContactFlowVersionSummary>>,
    pub next_token: Option<String>,
}

impl Output for ListContactFlowVersionsOutput {}

impl Encode for ListContactFlowVersionsOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactFlowVersionSummaryList", self.contact_flow_version_summary_list.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.end_object();
    }
}

impl Shape for ListContactFlowVersionsOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_flow_version_summary_list: cx.optional(
                members,
                "ContactFlowVersionSummaryList",
                &kinds::CONTACT_FLOW_VERSION_SUMMARY_LIST,
            ),
            next_token: cx.optional(members, "NextToken", &Text::ANY),
        }
    }
}
