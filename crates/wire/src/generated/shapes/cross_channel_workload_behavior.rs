// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::ChannelWorkloadBehaviorType;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CrossChannelWorkloadBehavior {
    pub channel_workload_behavior_type: Option<ChannelWorkloadBehaviorType>,
}

impl Encode for CrossChannelWorkloadBehavior {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ChannelWorkloadBehaviorType", self.channel_workload_behavior_type.as_ref());
        w.end_object();
    }
}

impl Shape for CrossChannelWorkloadBehavior {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            channel_workload_behavior_type: cx.optional(
                members,
                "ChannelWorkloadBehaviorType",
                &one_of::<ChannelWorkloadBehaviorType>(),
            ),
        }
    }
}
