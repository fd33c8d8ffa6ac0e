// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::shape::Cx;
use crate::shapes::AiAgentInfo;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct WisdomInfo {
    pub session_arn: Option<String>,
    pub ai_agents: Option<Vec<AiAgentInfo>>,
}

impl Encode for WisdomInfo {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("SessionArn", self.session_arn.as_ref());
        w.optional("AiAgents", self.ai_agents.as_ref());
        w.end_object();
    }
}

impl Shape for WisdomInfo {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            session_arn: cx.optional(members, "SessionArn", &Text::ANY),
            ai_agents: cx.optional(members, "AiAgents", &kinds::AI_AGENTS),
        }
    }
}
