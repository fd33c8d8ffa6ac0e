// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::EachValue;
use crate::shape::Cx;
use crate::shapes::SearchableRoutingCriteriaStep;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchableRoutingCriteria {
    pub steps: Option<Vec<SearchableRoutingCriteriaStep>>,
}

impl Named for SearchableRoutingCriteria {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Named::each_named(&self.steps, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Named::each_value(&self.steps, each);
    }
}

impl Encode for SearchableRoutingCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Steps", self.steps.as_ref());
        w.end_object();
    }
}

impl Shape for SearchableRoutingCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { steps: cx.optional(members, "Steps", &kinds::SEARCHABLE_ROUTING_CRITERIA_STEP_LIST) }
    }
}
