// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::Ids;
use crate::shape::Cx;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AgentsCriteria {
    pub agent_ids: Option<Vec<String>>,
}

impl Named for AgentsCriteria {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.agent_ids, ResourceKind::User, each);
    }
}

impl Encode for AgentsCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AgentIds", self.agent_ids.as_ref());
        w.end_object();
    }
}

impl Shape for AgentsCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { agent_ids: cx.optional(members, "AgentIds", &kinds::AGENT_IDS) }
    }
}
