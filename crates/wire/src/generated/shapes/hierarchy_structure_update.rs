// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::HierarchyLevelUpdate;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct HierarchyStructureUpdate {
    pub level_one: Option<HierarchyLevelUpdate>,
    pub level_two: Option<HierarchyLevelUpdate>,
    pub level_three: Option<HierarchyLevelUpdate>,
    pub level_four: Option<HierarchyLevelUpdate>,
    pub level_five: Option<HierarchyLevelUpdate>,
}

impl Encode for HierarchyStructureUpdate {
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

impl Shape for HierarchyStructureUpdate {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            level_one: cx.optional(members, "LevelOne", &of::<HierarchyLevelUpdate>()),
            level_two: cx.optional(members, "LevelTwo", &of::<HierarchyLevelUpdate>()),
            level_three: cx.optional(members, "LevelThree", &of::<HierarchyLevelUpdate>()),
            level_four: cx.optional(members, "LevelFour", &of::<HierarchyLevelUpdate>()),
            level_five: cx.optional(members, "LevelFive", &of::<HierarchyLevelUpdate>()),
        }
    }
}
