// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::AgentHierarchyGroup;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct HierarchyGroups {
    pub level1: Option<AgentHierarchyGroup>,
    pub level2: Option<AgentHierarchyGroup>,
    pub level3: Option<AgentHierarchyGroup>,
    pub level4: Option<AgentHierarchyGroup>,
    pub level5: Option<AgentHierarchyGroup>,
}

impl Encode for HierarchyGroups {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Level1", self.level1.as_ref());
        w.optional("Level2", self.level2.as_ref());
        w.optional("Level3", self.level3.as_ref());
        w.optional("Level4", self.level4.as_ref());
        w.optional("Level5", self.level5.as_ref());
        w.end_object();
    }
}

impl Shape for HierarchyGroups {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            level1: cx.optional(members, "Level1", &of::<AgentHierarchyGroup>()),
            level2: cx.optional(members, "Level2", &of::<AgentHierarchyGroup>()),
            level3: cx.optional(members, "Level3", &of::<AgentHierarchyGroup>()),
            level4: cx.optional(members, "Level4", &of::<AgentHierarchyGroup>()),
            level5: cx.optional(members, "Level5", &of::<AgentHierarchyGroup>()),
        }
    }
}
