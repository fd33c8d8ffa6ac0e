// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::EachValue;
use crate::shape::Cx;
use crate::shapes::TagCondition;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CommonAttributeAndCondition {
    pub tag_conditions: Option<Vec<TagCondition>>,
}

impl Named for CommonAttributeAndCondition {
    fn each_named<'s>(&'s self, _each: &mut dyn FnMut(ResourceKind, &'s str)) {}

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Named::each_value(&self.tag_conditions, each);
    }
}

impl Encode for CommonAttributeAndCondition {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("TagConditions", self.tag_conditions.as_ref());
        w.end_object();
    }
}

impl Shape for CommonAttributeAndCondition {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { tag_conditions: cx.optional(members, "TagConditions", &kinds::TAG_AND_CONDITION_LIST) }
    }
}
