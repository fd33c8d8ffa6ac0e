// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::HierarchyGroupSummary;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct HierarchyPath {
    pub level_one: Option<HierarchyGroupSummary>,
    pub level_two: Option<HierarchyGroupSummary>,
    pub level_three: Option<HierarchyGroupSummary>,
    pub level_four: Option<HierarchyGroupSummary>,
    pub level_five: Option<HierarchyGroupSummary>,
}

impl Encode for HierarchyPath {
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

impl Shape for HierarchyPath {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            level_one: cx.optional(members, "LevelOne", &of::<HierarchyGroupSummary>()),
            level_two: cx.optional(members, "LevelTwo", &of::<HierarchyGroupSummary>()),
            level_three: cx.optional(members, "LevelThree", &of::<HierarchyGroupSummary>()),
            level_four: cx.optional(members, "LevelFour", &of::<HierarchyGroupSummary>()),
            level_five: cx.optional(members, "LevelFive", &of::<HierarchyGroupSummary>()),
        }
    }
}
