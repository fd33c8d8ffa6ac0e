// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::ConversationalAnalytics;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ContactLens {
    pub conversational_analytics: Option<ConversationalAnalytics>,
}

impl Encode for ContactLens {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ConversationalAnalytics", self.conversational_analytics.as_ref());
        w.end_object();
    }
}

impl Shape for ContactLens {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            conversational_analytics: cx.optional(members, "ConversationalAnalytics", &of::<ConversationalAnalytics>()),
        }
    }
}
