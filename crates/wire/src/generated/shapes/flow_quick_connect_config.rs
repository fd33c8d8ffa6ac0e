// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct FlowQuickConnectConfig {
    pub contact_flow_id: String,
}

impl Encode for FlowQuickConnectConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("ContactFlowId", &self.contact_flow_id);
        w.end_object();
    }
}

impl Shape for FlowQuickConnectConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { contact_flow_id: cx.required(members, "ContactFlowId", &kinds::CONTACT_FLOW_ID) }
    }
}
