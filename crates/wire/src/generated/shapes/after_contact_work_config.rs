// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AfterContactWorkConfig {
    pub after_contact_work_time_limit: Option<i32>,
}

impl Encode for AfterContactWorkConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AfterContactWorkTimeLimit", self.after_contact_work_time_limit.as_ref());
        w.end_object();
    }
}

impl Shape for AfterContactWorkConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            after_contact_work_time_limit: cx.optional(
                members,
                "AfterContactWorkTimeLimit",
                &kinds::AFTER_CONTACT_WORK_TIME_LIMIT,
            ),
        }
    }
}
