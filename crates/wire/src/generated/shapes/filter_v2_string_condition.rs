// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::FilterV2StringConditionComparisonOperator;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct FilterV2StringCondition {
    pub comparison: Option<FilterV2StringConditionComparisonOperator>,
}

impl Encode for FilterV2StringCondition {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Comparison", self.comparison.as_ref());
        w.end_object();
    }
}

impl Shape for FilterV2StringCondition {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { comparison: cx.optional(members, "Comparison", &one_of::<FilterV2StringConditionComparisonOperator>()) }
    }
}
