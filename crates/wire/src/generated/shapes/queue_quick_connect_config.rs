// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::shape::Cx;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct QueueQuickConnectConfig {
    pub queue_id: String,
    pub contact_flow_id: String,
}

impl Named for QueueQuickConnectConfig {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.queue_id, ResourceKind::Queue, each);
        Ids::each_id(&self.contact_flow_id, ResourceKind::ContactFlow, each);
    }
}

impl Encode for QueueQuickConnectConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("QueueId", &self.queue_id);
        w.member("ContactFlowId", &self.contact_flow_id);
        w.end_object();
    }
}

impl Shape for QueueQuickConnectConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            queue_id: cx.required(members, "QueueId", &Text::ANY),
            contact_flow_id: cx.required(members, "ContactFlowId", &kinds::CONTACT_FLOW_ID),
        }
    }
}
