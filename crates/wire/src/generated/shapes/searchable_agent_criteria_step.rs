// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::named::{EachValue, Ids, Texts};
use crate::shape::Cx;
use crate::shapes::SearchContactsMatchType;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchableAgentCriteriaStep {
    pub agent_ids: Option<Vec<String>>,
    pub match_type: Option<SearchContactsMatchType>,
}

impl Named for SearchableAgentCriteriaStep {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.agent_ids, ResourceKind::User, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.agent_ids, "connect:PreferredUserArn", each);
    }
}

impl Encode for SearchableAgentCriteriaStep {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AgentIds", self.agent_ids.as_ref());
        w.optional("MatchType", self.match_type.as_ref());
        w.end_object();
    }
}

impl Shape for SearchableAgentCriteriaStep {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            agent_ids: cx.optional(members, "AgentIds", &kinds::AGENT_RESOURCE_ID_LIST),
            match_type: cx.optional(members, "MatchType", &one_of::<SearchContactsMatchType>()),
        }
    }
}
