// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::{Bool, one_of};
use crate::shape::Cx;
use crate::shapes::Channel;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct PersistentConnectionConfig {
    pub channel: Channel,
    pub persistent_connection: bool,
}

impl Encode for PersistentConnectionConfig {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Channel", &self.channel);
        w.member("PersistentConnection", &self.persistent_connection);
        w.end_object();
    }
}

impl Shape for PersistentConnectionConfig {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            channel: cx.required(members, "Channel", &one_of::<Channel>()),
            persistent_connection: cx.required(members, "PersistentConnection", &Bool),
        }
    }
}
