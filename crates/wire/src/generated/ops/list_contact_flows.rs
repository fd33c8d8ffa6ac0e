// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{ContactFlowSummary, ContactFlowType};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListContactFlows",
    method: "GET",
    uri: "/contact-flows-summary/{InstanceId}",
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
pub struct ListContactFlowsInput {
    pub instance_id: String,
    pub contact_flow_types: Option<Vec<ContactFlowType>>,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for ListContactFlowsInput {
    const OP: Op = Op::ListContactFlows;
    const HAS_BODY: bool = false;
    type Output = ListContactFlowsOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_flow_types: reader.query_list("contactFlowTypes", "ContactFlowTypes", &kinds::CONTACT_FLOW_TYPES),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT1000),
        }
    }
}

impl Named for ListContactFlowsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for ListContactFlowsInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("ContactFlowTypes", self.contact_flow_types.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListContactFlowsOutput {
    pub contact_flow_summary_list: Option<Vec<ContactFlowSummary>>,
    pub next_token: Option<String>,
}

impl Output for ListContactFlowsOutput {}

impl Encode for ListContactFlowsOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactFlowSummaryList", self.contact_flow_summary_list.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.end_object();
    }
}

impl Shape for ListContactFlowsOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_flow_summary_list: cx.optional(
                members,
                "ContactFlowSummaryList",
                &kinds::CONTACT_FLOW_SUMMARY_LIST,
            ),
            next_token: cx.optional(members, "NextToken", &Text::ANY),
        }
    }
}
