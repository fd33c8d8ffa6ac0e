// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct HierarchyLevelUpdate {
    pub name: String,
}

impl Encode for HierarchyLevelUpdate {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Name", &self.name);
        w.end_object();
    }
}

impl Shape for HierarchyLevelUpdate {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { name: cx.required(members, "Name", &Text::ANY) }
    }
}
