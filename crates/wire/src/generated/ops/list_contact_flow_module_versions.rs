// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::ContactFlowModuleVersionSummary;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListContactFlowModuleVersions",
    method: "GET",
    uri: "/contact-flow-modules/{InstanceId}/{ContactFlowModuleId}/versions",
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
pub struct ListContactFlowModuleVersionsInput {
    pub instance_id: String,
    pub contact_flow_module_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for ListContactFlowModuleVersionsInput {
    const OP: Op = Op::ListContactFlowModuleVersions;
    const HAS_BODY: bool = false;
    type Output = ListContactFlowModuleVersionsOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            contact_flow_module_id: reader.label(1, "ContactFlowModuleId", &Text::ANY),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT1000),
        }
    }
}

impl Named for ListContactFlowModuleVersionsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_module_id, ResourceKind::FlowModule, each);
    }
}

impl Encode for ListContactFlowModuleVersionsInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("ContactFlowModuleId", &self.contact_flow_module_id);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListContactFlowModuleVersionsOutput {
    pub contact_flow_module_version_summary_list: Option<Vec<ContactFlowModuleVersionSummary>>,
    pub next_token: Option<String>,
}

impl Output for ListContactFlowModuleVersionsOutput {}

impl Encode for ListContactFlowModuleVersionsOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactFlowModuleVersionSummaryList", self.contact_flow_module_version_summary_list.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.end_object();
    }
}

impl Shape for ListContactFlowModuleVersionsOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_flow_module_version_summary_list: cx.optional(
                members,
                "ContactFlowModuleVersionSummaryList",
                &kinds::CONTACT_FLOW_MODULE_VERSION_SUMMARY_LIST,
            ),
            next_token: cx.optional(members, "NextToken", &Text::ANY),
        }
    }
}
