// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::shape::Cx;
use crate::shapes::DateComparisonType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DateCondition {
    pub field_name: Option<String>,
    pub value: Option<String>,
    pub comparison_type: Option<DateComparisonType>,
}

impl Encode for DateCondition {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("FieldName", self.field_name.as_ref());
        w.optional("Value", self.value.as_ref());
        w.optional("ComparisonType", self.comparison_type.as_ref());
        w.end_object();
    }
}

impl Shape for DateCondition {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            field_name: cx.optional(members, "FieldName", &Text::ANY),
            value: cx.optional(members, "Value", &kinds::DATE_YEAR_MONTH_DAY_FORMAT),
            comparison_type: cx.optional(members, "ComparisonType", &one_of::<DateComparisonType>()),
        }
    }
}
