// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::AgentStatusState;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "CreateAgentStatus",
    method: "PUT",
    uri: "/agent-status/{InstanceId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::LimitExceededException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateAgentStatusInput {
    pub instance_id: String,
    pub name: String,
    pub description: Option<String>,
    pub state: AgentStatusState,
    pub display_order: Option<i32>,
    pub tags: Option<BTreeMap<String, String>>,
}

impl Input for CreateAgentStatusInput {
    const OP: Op = Op::CreateAgentStatus;
    const HAS_BODY: bool = true;
    type Output = CreateAgentStatusOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            name: reader.required("Name", &kinds::AGENT_STATUS_NAME),
            description: reader.optional("Description", &kinds::AGENT_STATUS_DESCRIPTION),
            state: reader.required("State", &one_of::<AgentStatusState>()),
            display_order: reader.optional("DisplayOrder", &kinds::AGENT_STATUS_ORDER_NUMBER),
            tags: reader.optional("Tags", &kinds::TAG_MAP),
        }
    }
}

impl Named for CreateAgentStatusInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.tags, "aws:RequestTag/", each);
    }
}

impl Encode for CreateAgentStatusInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("Name", &self.name);
        w.optional("Description", self.description.as_ref());
        w.member("State", &self.state);
        w.optional("DisplayOrder", self.display_order.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateAgentStatusOutput {
    pub agent_status_arn: Option<String>,
    pub agent_status_id: Option<String>,
}

impl Output for CreateAgentStatusOutput {}

impl Encode for CreateAgentStatusOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AgentStatusARN", self.agent_status_arn.as_ref());
        w.optional("AgentStatusId", self.agent_status_id.as_ref());
        w.end_object();
    }
}

impl Shape for CreateAgentStatusOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            agent_status_arn: cx.optional(members, "AgentStatusARN", &Text::ANY),
            agent_status_id: cx.optional(members, "AgentStatusId", &Text::ANY),
        }
    }
}
