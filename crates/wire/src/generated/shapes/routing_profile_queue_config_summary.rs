// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, one_of};
use crate::shape::Cx;
use crate::shapes::Channel;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct RoutingProfileQueueConfigSummary {
    pub queue_id: String,
    pub queue_arn: String,
    pub queue_name: String,
    pub priority: i32,
    pub delay: i32,
    pub channel: Channel,
}

impl Encode for RoutingProfileQueueConfigSummary {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("QueueId", &self.queue_id);
        w.member("QueueArn", &self.queue_arn);
        w.member("QueueName", &self.queue_name);
        w.member("Priority", &self.priority);
        w.member("Delay", &self.delay);
        w.member("Channel", &self.channel);
        w.end_object();
    }
}

impl Shape for RoutingProfileQueueConfigSummary {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            queue_id: cx.required(members, "QueueId", &Text::ANY),
            queue_arn: cx.required(members, "QueueArn", &Text::ANY),
            queue_name: cx.required(members, "QueueName", &kinds::QUEUE_NAME),
            priority: cx.required(members, "Priority", &kinds::PRIORITY),
            delay: cx.required(members, "Delay", &kinds::DELAY),
            channel: cx.required(members, "Channel", &one_of::<Channel>()),
        }
    }
}
