// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::HierarchyGroupSummaryReference;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct HierarchyPathReference {
    pub level_one: Option<HierarchyGroupSummaryReference>,
    pub level_two: Option<HierarchyGroupSummaryReference>,
    pub level_three: Option<HierarchyGroupSummaryReference>,
    pub level_four: Option<HierarchyGroupSummaryReference>,
    pub level_five: Option<HierarchyGroupSummaryReference>,
}

impl Encode for HierarchyPathReference {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("LevelOne", self.level_one.as_ref());
        w.optional("LevelTwo", self.level_two.as_ref());
        w.optional("LevelThree", self.level_three.as_ref());
        w.optional("LevelFour", self.level_four.as_ref());
        w.optional("LevelFive", self.level_five.as_ref());
        w.end_object();
    }
}

impl Shape for HierarchyPathReference {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            level_one: cx.optional(members, "LevelOne", &of::<HierarchyGroupSummaryReference>()),
            level_two: cx.optional(members, "LevelTwo", &of::<HierarchyGroupSummaryReference>()),
            level_three: cx.optional(members, "LevelThree", &of::<HierarchyGroupSummaryReference>()),
            level_four: cx.optional(members, "LevelFour", &of::<HierarchyGroupSummaryReference>()),
            level_five: cx.optional(members, "LevelFive", &of::<HierarchyGroupSummaryReference>()),
        }
    }
}
