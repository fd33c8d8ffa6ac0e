// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::shape::Cx;
use crate::shapes::CrossChannelWorkloadBehavior;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct WorkloadTypeConcurrency {
    pub workload_type: String,
    pub concurrency: i32,
    pub cross_channel_workload_behavior: Option<CrossChannelWorkloadBehavior>,
}

impl Encode for WorkloadTypeConcurrency {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("WorkloadType", &self.workload_type);
        w.member("Concurrency", &self.concurrency);
        w.optional("CrossChannelWorkloadBehavior", self.cross_channel_workload_behavior.as_ref());
        w.end_object();
    }
}

impl Shape for WorkloadTypeConcurrency {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            workload_type: cx.required(members, "WorkloadType", &Text::ANY),
            concurrency: cx.required(members, "Concurrency", &kinds::WORKLOAD_TYPE_CONCURRENCY_TYPE),
            cross_channel_workload_behavior: cx.optional(
                members,
                "CrossChannelWorkloadBehavior",
                &of::<CrossChannelWorkloadBehavior>(),
            ),
        }
    }
}
