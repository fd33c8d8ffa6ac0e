// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time, one_of};
use crate::shape::Cx;
use crate::shapes::{AgentStatusState, AgentStatusType};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AgentStatus {
    pub agent_status_arn: Option<String>,
    pub agent_status_id: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub r#type: Option<AgentStatusType>,
    pub display_order: Option<i32>,
    pub state: Option<AgentStatusState>,
    pub tags: Option<BTreeMap<String, String>>,
    pub last_modified_time: Option<Timestamp>,
    pub last_modified_region: Option<String>,
}

impl Encode for AgentStatus {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AgentStatusARN", self.agent_status_arn.as_ref());
        w.optional("AgentStatusId", self.agent_status_id.as_ref());
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("Type", self.r#type.as_ref());
        w.optional("DisplayOrder", self.display_order.as_ref());
        w.optional("State", self.state.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.end_object();
    }
}

impl Shape for AgentStatus {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            agent_status_arn: cx.optional(members, "AgentStatusARN", &Text::ANY),
            agent_status_id: cx.optional(members, "AgentStatusId", &Text::ANY),
            name: cx.optional(members, "Name", &kinds::AGENT_STATUS_NAME),
            description: cx.optional(members, "Description", &kinds::AGENT_STATUS_DESCRIPTION),
            r#type: cx.optional(members, "Type", &one_of::<AgentStatusType>()),
            display_order: cx.optional(members, "DisplayOrder", &kinds::AGENT_STATUS_ORDER_NUMBER),
            state: cx.optional(members, "State", &one_of::<AgentStatusState>()),
            tags: cx.optional(members, "Tags", &kinds::TAG_MAP),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
        }
    }
}
