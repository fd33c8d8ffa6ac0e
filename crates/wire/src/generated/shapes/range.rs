// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Range {
    pub min_proficiency_level: Option<f64>,
    pub max_proficiency_level: Option<f64>,
}

impl Encode for Range {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("MinProficiencyLevel", self.min_proficiency_level.as_ref());
        w.optional("MaxProficiencyLevel", self.max_proficiency_level.as_ref());
        w.end_object();
    }
}

impl Shape for Range {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            min_proficiency_level: cx.optional(members, "MinProficiencyLevel", &kinds::NULLABLE_PROFICIENCY_LEVEL),
            max_proficiency_level: cx.optional(members, "MaxProficiencyLevel", &kinds::NULLABLE_PROFICIENCY_LEVEL),
        }
    }
}
