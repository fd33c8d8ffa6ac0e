// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::named::Ids;
use crate::shape::Cx;
use crate::shapes::Channel;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct RoutingProfileQueueReference {
    pub queue_id: String,
    pub channel: Channel,
}

impl Named for RoutingProfileQueueReference {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.queue_id, ResourceKind::Queue, each);
    }
}

impl Encode for RoutingProfileQueueReference {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("QueueId", &self.queue_id);
        w.member("Channel", &self.channel);
        w.end_object();
    }
}

impl Shape for RoutingProfileQueueReference {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            queue_id: cx.required(members, "QueueId", &Text::ANY),
            channel: cx.required(members, "Channel", &one_of::<Channel>()),
        }
    }
}
