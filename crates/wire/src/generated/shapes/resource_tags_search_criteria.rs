// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::TagSearchCondition;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ResourceTagsSearchCriteria {
    pub tag_search_condition: Option<TagSearchCondition>,
}

impl Encode for ResourceTagsSearchCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("TagSearchCondition", self.tag_search_condition.as_ref());
        w.end_object();
    }
}

impl Shape for ResourceTagsSearchCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { tag_search_condition: cx.optional(members, "TagSearchCondition", &of::<TagSearchCondition>()) }
    }
}
