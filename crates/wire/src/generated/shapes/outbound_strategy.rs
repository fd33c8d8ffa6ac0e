// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::shape::Cx;
use crate::shapes::{OutboundStrategyConfig, OutboundStrategyType};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct OutboundStrategy {
    pub r#type: OutboundStrategyType,
    pub config: Option<OutboundStrategyConfig>,
}

impl Encode for OutboundStrategy {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Type", &self.r#type);
        w.optional("Config", self.config.as_ref());
        w.end_object();
    }
}

impl Shape for OutboundStrategy {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            r#type: cx.required(members, "Type", &one_of::<OutboundStrategyType>()),
            config: cx.optional(members, "Config", &of::<OutboundStrategyConfig>()),
        }
    }
}
