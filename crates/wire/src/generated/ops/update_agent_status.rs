// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::{Bool, Text, one_of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shapes::AgentStatusState;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateAgentStatus",
    method: "POST",
    uri: "/agent-status/{InstanceId}/{AgentStatusId}",
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
pub struct UpdateAgentStatusInput {
    pub instance_id: String,
    pub agent_status_id: String,
    pub name: Option<String>,
    pub description: Option<String>,
    pub state: Option<AgentStatusState>,
    pub display_order: Option<i32>,
    pub reset_order_number: Option<bool>,
}

impl Input for UpdateAgentStatusInput {
    const OP: Op = Op::UpdateAgentStatus;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            agent_status_id: reader.label(1, "AgentStatusId", &Text::ANY),
            name: reader.optional("Name", &kinds::AGENT_STATUS_NAME),
            description: reader.optional("Description", &kinds::UPDATE_AGENT_STATUS_DESCRIPTION),
            state: reader.optional("State", &one_of::<AgentStatusState>()),
            display_order: reader.optional("DisplayOrder", &kinds::AGENT_STATUS_ORDER_NUMBER),
            reset_order_number: reader.optional("ResetOrderNumber", &Bool),
        }
    }
}

impl Named for UpdateAgentStatusInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.agent_status_id, ResourceKind::AgentStatus, each);
    }
}

impl Encode for UpdateAgentStatusInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("AgentStatusId", &self.agent_status_id);
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("State", self.state.as_ref());
        w.optional("DisplayOrder", self.display_order.as_ref());
        w.optional("ResetOrderNumber", self.reset_order_number.as_ref());
        w.end_object();
    }
}
