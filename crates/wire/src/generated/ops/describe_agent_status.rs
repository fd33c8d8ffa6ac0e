// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::AgentStatus;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DescribeAgentStatus",
    method: "GET",
    uri: "/agent-status/{InstanceId}/{AgentStatusId}",
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
pub struct DescribeAgentStatusInput {
    pub instance_id: String,
    pub agent_status_id: String,
}

impl Input for DescribeAgentStatusInput {
    const OP: Op = Op::DescribeAgentStatus;
    const HAS_BODY: bool = false;
    type Output = DescribeAgentStatusOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            agent_status_id: reader.label(1, "AgentStatusId", &Text::ANY),
        }
    }
}

impl Named for DescribeAgentStatusInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.agent_status_id, ResourceKind::AgentStatus, each);
    }
}

impl Encode for DescribeAgentStatusInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("AgentStatusId", &self.agent_status_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeAgentStatusOutput {
    pub agent_status: Option<AgentStatus>,
}

impl Output for DescribeAgentStatusOutput {}

impl Encode for DescribeAgentStatusOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AgentStatus", self.agent_status.as_ref());
        w.end_object();
    }
}

impl Shape for DescribeAgentStatusOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { agent_status: cx.optional(members, "AgentStatus", &of::<AgentStatus>()) }
    }
}
