// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::named::EachValue;
use crate::shape::Cx;
use crate::shapes::SearchableAgentCriteriaStep;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchableRoutingCriteriaStep {
    pub agent_criteria: Option<SearchableAgentCriteriaStep>,
}

impl Named for SearchableRoutingCriteriaStep {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Named::each_named(&self.agent_criteria, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Named::each_value(&self.agent_criteria, each);
    }
}

impl Encode for SearchableRoutingCriteriaStep {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AgentCriteria", self.agent_criteria.as_ref());
        w.end_object();
    }
}

impl Shape for SearchableRoutingCriteriaStep {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { agent_criteria: cx.optional(members, "AgentCriteria", &of::<SearchableAgentCriteriaStep>()) }
    }
}
