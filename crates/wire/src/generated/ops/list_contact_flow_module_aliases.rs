// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::ContactFlowModuleAliasSummary;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListContactFlowModuleAliases",
    method: "GET",
    uri: "/contact-flow-modules/{InstanceId}/{ContactFlowModuleId}/aliases",
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
pub struct ListContactFlowModuleAliasesInput {
    pub instance_id: String,
    pub contact_flow_module_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for ListContactFlowModuleAliasesInput {
    const OP: Op = Op::ListContactFlowModuleAliases;
    const HAS_BODY: bool = false;
    type Output = ListContactFlowModuleAliasesOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID_OR_ARN),
            contact_flow_module_id: reader.label(1, "ContactFlowModuleId", &Text::ANY),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT1000),
        }
    }
}

impl Named for ListContactFlowModuleAliasesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.contact_flow_module_id, ResourceKind::FlowModule, each);
    }
}

impl Encode for ListContactFlowModuleAliasesInput {
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
pub struct ListContactFlowModuleAliasesOutput {
    pub contact_flow_module_alias_summary_list: Option<Vec<ContactFlowModuleAliasSummary>>,
    pub next_token: Option<String>,
}

impl Output for ListContactFlowModuleAliasesOutput {}

impl Encode for ListContactFlowModuleAliasesOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactFlowModuleAliasSummaryList", self.contact_flow_module_alias_summary_list.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.end_object();
    }
}

impl Shape for ListContactFlowModuleAliasesOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_flow_module_alias_summary_list: cx.optional(
                members,
                "ContactFlowModuleAliasSummaryList",
                &kinds::CONTACT_FLOW_MODULE_ALIAS_SUMMARY_LIST,
            ),
            next_token: cx.optional(members, "NextToken", &Text::ANY),
        }
    }
}
