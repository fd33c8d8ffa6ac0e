// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{AgentStatusSummary, AgentStatusType};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListAgentStatuses",
    method: "GET",
    uri: "/agent-status/{InstanceId}",
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
pub struct ListAgentStatusesInput {
    pub instance_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
    pub agent_status_types: Option<Vec<AgentStatusType>>,
}

impl Input for ListAgentStatusesInput {
    const OP: Op = Op::ListAgentStatuses;
    const HAS_BODY: bool = false;
    type Output = ListAgentStatusesOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT1000),
            agent_status_types: reader.query_list("AgentStatusTypes", "AgentStatusTypes", &kinds::AGENT_STATUS_TYPES),
        }
    }
}

impl Named for ListAgentStatusesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for ListAgentStatusesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.optional("AgentStatusTypes", self.agent_status_types.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListAgentStatusesOutput {
    pub next_token: Option<String>,
    pub agent_status_summary_list: Option<Vec<AgentStatusSummary>>,
}

impl Output for ListAgentStatusesOutput {}

impl Encode for ListAgentStatusesOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("AgentStatusSummaryList", self.agent_status_summary_list.as_ref());
        w.end_object();
    }
}

impl Shape for ListAgentStatusesOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            next_token: cx.optional(members, "NextToken", &Text::ANY),
            agent_status_summary_list: cx.optional(
                members,
                "AgentStatusSummaryList",
                &kinds::AGENT_STATUS_SUMMARY_LIST,
            ),
        }
    }
}
