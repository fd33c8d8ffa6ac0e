// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::RoutingProfileQueueReference;
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct RoutingProfileManualAssignmentQueueConfig {
    pub queue_reference: RoutingProfileQueueReference,
}

impl Named for RoutingProfileManualAssignmentQueueConfig {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Named::each_named(&self.queue_reference, each);
    }
}

impl Encode for RoutingProfileManualAssignmentQueueConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("QueueReference", &self.queue_reference);
        w.end_object();
    }
}

impl Shape for RoutingProfileManualAssignmentQueueConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { queue_reference: cx.required(members, "QueueReference", &of::<RoutingProfileQueueReference>()) }
    }
}
