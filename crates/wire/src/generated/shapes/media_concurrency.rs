// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::shape::Cx;
use crate::shapes::{Channel, CrossChannelBehavior, WorkloadTypeConcurrency};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct MediaConcurrency {
    pub channel: Channel,
    pub concurrency: Option<i32>,
    pub cross_channel_behavior: Option<CrossChannelBehavior>,
    pub workload_type_concurrencies: Option<Vec<WorkloadTypeConcurrency>>,
}

impl Encode for MediaConcurrency {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Channel", &self.channel);
        w.optional("Concurrency", self.concurrency.as_ref());
        w.optional("CrossChannelBehavior", self.cross_channel_behavior.as_ref());
        w.optional("WorkloadTypeConcurrencies", self.workload_type_concurrencies.as_ref());
        w.end_object();
    }
}

impl Shape for MediaConcurrency {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            channel: cx.required(members, "Channel", &one_of::<Channel>()),
            concurrency: cx.optional(members, "Concurrency", &kinds::CONCURRENCY),
            cross_channel_behavior: cx.optional(members, "CrossChannelBehavior", &of::<CrossChannelBehavior>()),
            workload_type_concurrencies: cx.optional(
                members,
                "WorkloadTypeConcurrencies",
                &kinds::WORKLOAD_TYPE_CONCURRENCIES,
            ),
        }
    }
}
