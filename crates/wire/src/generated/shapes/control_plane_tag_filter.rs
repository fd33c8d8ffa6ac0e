// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::named::EachValue;
use crate::shape::Cx;
use crate::shapes::TagCondition;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ControlPlaneTagFilter {
    pub or_conditions: Option<Vec<Vec<TagCondition>>>,
    pub and_conditions: Option<Vec<TagCondition>>,
    pub tag_condition: Option<TagCondition>,
}

impl Named for ControlPlaneTagFilter {
    fn each_named<'s>(&'s self, _each: &mut dyn FnMut(ResourceKind, &'s str)) {}

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Named::each_value(&self.or_conditions, each);
        Named::each_value(&self.and_conditions, each);
        Named::each_value(&self.tag_condition, each);
    }
}

impl Encode for ControlPlaneTagFilter {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("OrConditions", self.or_conditions.as_ref());
        w.optional("AndConditions", self.and_conditions.as_ref());
        w.optional("TagCondition", self.tag_condition.as_ref());
        w.end_object();
    }
}

impl Shape for ControlPlaneTagFilter {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            or_conditions: cx.optional(members, "OrConditions", &kinds::TAG_OR_CONDITION_LIST),
            and_conditions: cx.optional(members, "AndConditions", &kinds::TAG_AND_CONDITION_LIST),
            tag_condition: cx.optional(members, "TagCondition", &of::<TagCondition>()),
        }
    }
}
