// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::{SearchContactsTimeRangeConditionType, SearchContactsTimeRangeType};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchContactsTimestampCondition {
    pub r#type: SearchContactsTimeRangeType,
    pub condition_type: SearchContactsTimeRangeConditionType,
}

impl Encode for SearchContactsTimestampCondition {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Type", &self.r#type);
        w.member("ConditionType", &self.condition_type);
        w.end_object();
    }
}

impl Shape for SearchContactsTimestampCondition {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            r#type: cx.required(members, "Type", &one_of::<SearchContactsTimeRangeType>()),
            condition_type: cx.required(members, "ConditionType", &one_of::<SearchContactsTimeRangeConditionType>()),
        }
    }
}
