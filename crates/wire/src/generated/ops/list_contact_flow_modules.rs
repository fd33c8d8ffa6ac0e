// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{ContactFlowModuleState, ContactFlowModuleSummary};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListContactFlowModules",
    method: "GET",
    uri: "/contact-flow-modules-summary/{InstanceId}",
    token: None,
    errors: &[
        ExceptionKind::AccessDeniedException,
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListContactFlowModulesInput {
    pub instance_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
    pub contact_flow_module_state: Option<ContactFlowModuleState>,
}

impl Input for ListContactFlowModulesInput {
    const OP: Op = Op::ListContactFlowModules;
    const HAS_BODY: bool = false;
    type Output = ListContactFlowModulesOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT1000),
            contact_flow_module_state: reader.query(
                "state",
                "ContactFlowModuleState",
                &one_of::<ContactFlowModuleState>(),
            ),
        }
    }
}

impl Named for ListContactFlowModulesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for ListContactFlowModulesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.optional("ContactFlowModuleState", self.contact_flow_module_state.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListContactFlowModulesOutput {
    pub contact_flow_modules_summary_list: Option<Vec<ContactFlowModuleSummary>>,
    pub next_token: Option<String>,
}

impl Output for ListContactFlowModulesOutput {}

impl Encode for ListContactFlowModulesOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ContactFlowModulesSummaryList", self.contact_flow_modules_summary_list.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.end_object();
    }
}

impl Shape for ListContactFlowModulesOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contact_flow_modules_summary_list: cx.optional(
                members,
                "ContactFlowModulesSummaryList",
                &kinds::CONTACT_FLOW_MODULES_SUMMARY_LIST,
            ),
            next_token: cx.optional(members, "NextToken", &Text::ANY),
        }
    }
}
