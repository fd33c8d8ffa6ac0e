// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Bool, Integer, one_of};
use crate::shape::Cx;
use crate::shapes::AiUseCase;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AiAgentSearchCriteria {
    pub id: Option<String>,
    pub version_number: Option<i32>,
    pub ai_agent_escalated: Option<bool>,
    pub ai_use_case: Option<AiUseCase>,
}

impl Encode for AiAgentSearchCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Id", self.id.as_ref());
        w.optional("VersionNumber", self.version_number.as_ref());
        w.optional("AiAgentEscalated", self.ai_agent_escalated.as_ref());
        w.optional("AiUseCase", self.ai_use_case.as_ref());
        w.end_object();
    }
}

impl Shape for AiAgentSearchCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            id: cx.optional(members, "Id", &kinds::AI_AGENT_ID),
            version_number: cx.optional(members, "VersionNumber", &Integer::ANY),
            ai_agent_escalated: cx.optional(members, "AiAgentEscalated", &Bool),
            ai_use_case: cx.optional(members, "AiUseCase", &one_of::<AiUseCase>()),
        }
    }
}
