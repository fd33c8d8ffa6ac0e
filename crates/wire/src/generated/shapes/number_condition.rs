// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{Integer, Text, one_of};
use crate::shape::Cx;
use crate::shapes::NumberComparisonType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct NumberCondition {
    pub field_name: Option<String>,
    pub min_value: Option<i32>,
    pub max_value: Option<i32>,
    pub comparison_type: Option<NumberComparisonType>,
}

impl Encode for NumberCondition {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("FieldName", self.field_name.as_ref());
        w.optional("MinValue", self.min_value.as_ref());
        w.optional("MaxValue", self.max_value.as_ref());
        w.optional("ComparisonType", self.comparison_type.as_ref());
        w.end_object();
    }
}

impl Shape for NumberCondition {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            field_name: cx.optional(members, "FieldName", &Text::ANY),
            min_value: cx.optional(members, "MinValue", &Integer::ANY),
            max_value: cx.optional(members, "MaxValue", &Integer::ANY),
            comparison_type: cx.optional(members, "ComparisonType", &one_of::<NumberComparisonType>()),
        }
    }
}
