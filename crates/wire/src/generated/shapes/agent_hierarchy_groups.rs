// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::Ids;
use crate::shape::Cx;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AgentHierarchyGroups {
    pub l1_ids: Option<Vec<String>>,
    pub l2_ids: Option<Vec<String>>,
    pub l3_ids: Option<Vec<String>>,
    pub l4_ids: Option<Vec<String>>,
    pub l5_ids: Option<Vec<String>>,
}

impl Named for AgentHierarchyGroups {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.l1_ids, ResourceKind::HierarchyGroup, each);
        Ids::each_id(&self.l2_ids, ResourceKind::HierarchyGroup, each);
        Ids::each_id(&self.l3_ids, ResourceKind::HierarchyGroup, each);
        Ids::each_id(&self.l4_ids, ResourceKind::HierarchyGroup, each);
        Ids::each_id(&self.l5_ids, ResourceKind::HierarchyGroup, each);
    }
}

impl Encode for AgentHierarchyGroups {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("L1Ids", self.l1_ids.as_ref());
        w.optional("L2Ids", self.l2_ids.as_ref());
        w.optional("L3Ids", self.l3_ids.as_ref());
        w.optional("L4Ids", self.l4_ids.as_ref());
        w.optional("L5Ids", self.l5_ids.as_ref());
        w.end_object();
    }
}

impl Shape for AgentHierarchyGroups {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            l1_ids: cx.optional(members, "L1Ids", &kinds::HIERARCHY_GROUP_ID_LIST),
            l2_ids: cx.optional(members, "L2Ids", &kinds::HIERARCHY_GROUP_ID_LIST),
            l3_ids: cx.optional(members, "L3Ids", &kinds::HIERARCHY_GROUP_ID_LIST),
            l4_ids: cx.optional(members, "L4Ids", &kinds::HIERARCHY_GROUP_ID_LIST),
            l5_ids: cx.optional(members, "L5Ids", &kinds::HIERARCHY_GROUP_ID_LIST),
        }
    }
}
