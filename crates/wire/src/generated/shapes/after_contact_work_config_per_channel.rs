// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::shape::Cx;
use crate::shapes::{AfterContactWorkConfig, Channel};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct AfterContactWorkConfigPerChannel {
    pub channel: Channel,
    pub after_contact_work_config: AfterContactWorkConfig,
    pub agent_first_callback_after_contact_work_config: Option<AfterContactWorkConfig>,
}

impl Encode for AfterContactWorkConfigPerChannel {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Channel", &self.channel);
        w.member("AfterContactWorkConfig", &self.after_contact_work_config);
        w.optional(
            "AgentFirstCallbackAfterContactWorkConfig",
            self.agent_first_callback_after_contact_work_config.as_ref(),
        );
        w.end_object();
    }
}

impl Shape for AfterContactWorkConfigPerChannel {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            channel: cx.required(members, "Channel", &one_of::<Channel>()),
            after_contact_work_config: cx.required(members, "AfterContactWorkConfig", &of::<AfterContactWorkConfig>()),
            agent_first_callback_after_contact_work_config: cx.optional(
                members,
                "AgentFirstCallbackAfterContactWorkConfig",
                &of::<AfterContactWorkConfig>(),
            ),
        }
    }
}
