// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Bool, one_of};
use crate::shape::Cx;
use crate::shapes::AiUseCase;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactSearchSummaryAiAgentInfo {
    pub ai_agent_version_id: Option<String>,
    pub ai_agent_escalated: Option<bool>,
    pub ai_use_case: Option<AiUseCase>,
}

impl Encode for ContactSearchSummaryAiAgentInfo {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AiAgentVersionId", self.ai_agent_version_id.as_ref());
        w.optional("AiAgentEscalated", self.ai_agent_escalated.as_ref());
        w.optional("AiUseCase", self.ai_use_case.as_ref());
        w.end_object();
    }
}

impl Shape for ContactSearchSummaryAiAgentInfo {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            ai_agent_version_id: cx.optional(members, "AiAgentVersionId", &kinds::AI_AGENT_VERSION_ID),
            ai_agent_escalated: cx.optional(members, "AiAgentEscalated", &Bool),
            ai_use_case: cx.optional(members, "AiUseCase", &one_of::<AiUseCase>()),
        }
    }
}
