// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::shapes::AiAgentSearchCriteria;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AiAgentsCriteria {
    pub criteria: Option<Vec<AiAgentSearchCriteria>>,
}

impl Encode for AiAgentsCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Criteria", self.criteria.as_ref());
        w.end_object();
    }
}

impl Shape for AiAgentsCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { criteria: cx.optional(members, "Criteria", &kinds::AI_AGENT_SEARCH_CRITERIA_LIST) }
    }
}
