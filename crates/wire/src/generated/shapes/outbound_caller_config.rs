// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::shape::Cx;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct OutboundCallerConfig {
    pub outbound_caller_id_name: Option<String>,
    pub outbound_caller_id_number_id: Option<String>,
    pub outbound_flow_id: Option<String>,
}

impl Named for OutboundCallerConfig {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.outbound_caller_id_number_id, ResourceKind::PhoneNumber, each);
        Ids::each_id(&self.outbound_flow_id, ResourceKind::ContactFlow, each);
    }
}

impl Encode for OutboundCallerConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("OutboundCallerIdName", self.outbound_caller_id_name.as_ref());
        w.optional("OutboundCallerIdNumberId", self.outbound_caller_id_number_id.as_ref());
        w.optional("OutboundFlowId", self.outbound_flow_id.as_ref());
        w.end_object();
    }
}

impl Shape for OutboundCallerConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            outbound_caller_id_name: cx.optional(members, "OutboundCallerIdName", &kinds::OUTBOUND_CALLER_ID_NAME),
            outbound_caller_id_number_id: cx.optional(members, "OutboundCallerIdNumberId", &Text::ANY),
            outbound_flow_id: cx.optional(members, "OutboundFlowId", &kinds::CONTACT_FLOW_ID),
        }
    }
}
