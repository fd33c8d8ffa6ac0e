// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::shape::Cx;
use crate::shapes::{
    FlowQuickConnectConfig, PhoneNumberQuickConnectConfig, QueueQuickConnectConfig, QuickConnectType,
    UserQuickConnectConfig,
};
use crate::{Encode, Named, ResourceKind, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct QuickConnectConfig {
    pub quick_connect_type: QuickConnectType,
    pub user_config: Option<UserQuickConnectConfig>,
    pub queue_config: Option<QueueQuickConnectConfig>,
    pub phone_config: Option<PhoneNumberQuickConnectConfig>,
    pub flow_config: Option<FlowQuickConnectConfig>,
}

impl Named for QuickConnectConfig {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Named::each_named(&self.user_config, each);
        Named::each_named(&self.queue_config, each);
        Named::each_named(&self.flow_config, each);
    }
}

impl Encode for QuickConnectConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("QuickConnectType", &self.quick_connect_type);
        w.optional("UserConfig", self.user_config.as_ref());
        w.optional("QueueConfig", self.queue_config.as_ref());
        w.optional("PhoneConfig", self.phone_config.as_ref());
        w.optional("FlowConfig", self.flow_config.as_ref());
        w.end_object();
    }
}

impl Shape for QuickConnectConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            quick_connect_type: cx.required(members, "QuickConnectType", &one_of::<QuickConnectType>()),
            user_config: cx.optional(members, "UserConfig", &of::<UserQuickConnectConfig>()),
            queue_config: cx.optional(members, "QueueConfig", &of::<QueueQuickConnectConfig>()),
            phone_config: cx.optional(members, "PhoneConfig", &of::<PhoneNumberQuickConnectConfig>()),
            flow_config: cx.optional(members, "FlowConfig", &of::<FlowQuickConnectConfig>()),
        }
    }
}
