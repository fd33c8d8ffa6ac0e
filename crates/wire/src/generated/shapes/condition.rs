// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::{NumberCondition, StringCondition};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Condition {
    pub string_condition: Option<StringCondition>,
    pub number_condition: Option<NumberCondition>,
}

impl Encode for Condition {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("StringCondition", self.string_condition.as_ref());
        w.optional("NumberCondition", self.number_condition.as_ref());
        w.end_object();
    }
}

impl Shape for Condition {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            string_condition: cx.optional(members, "StringCondition", &of::<StringCondition>()),
            number_condition: cx.optional(members, "NumberCondition", &of::<NumberCondition>()),
        }
    }
}
