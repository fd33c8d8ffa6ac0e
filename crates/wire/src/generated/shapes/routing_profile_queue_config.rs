// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::RoutingProfileQueueReference;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct RoutingProfileQueueConfig {
    pub queue_reference: RoutingProfileQueueReference,
    pub priority: i32,
    pub delay: i32,
}

impl Named for RoutingProfileQueueConfig {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Named::each_named(&self.queue_reference, each);
    }
}

impl Encode for RoutingProfileQueueConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("QueueReference", &self.queue_reference);
        w.member("Priority", &self.priority);
        w.member("Delay", &self.delay);
        w.end_object();
    }
}

impl Shape for RoutingProfileQueueConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            queue_reference: cx.required(members, "QueueReference", &of::<RoutingProfileQueueReference>()),
            priority: cx.required(members, "Priority", &kinds::PRIORITY),
            delay: cx.required(members, "Delay", &kinds::DELAY),
        }
    }
}
