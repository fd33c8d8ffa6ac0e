// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::AgentsCriteria;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct MatchCriteria {
    pub agents_criteria: Option<AgentsCriteria>,
}

impl Named for MatchCriteria {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Named::each_named(&self.agents_criteria, each);
    }
}

impl Encode for MatchCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AgentsCriteria", self.agents_criteria.as_ref());
        w.end_object();
    }
}

impl Shape for MatchCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { agents_criteria: cx.optional(members, "AgentsCriteria", &of::<AgentsCriteria>()) }
    }
}
