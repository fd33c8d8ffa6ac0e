// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::shape::Cx;
use crate::shapes::{DeviceInfo, ParticipantCapabilities};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Customer {
    pub device_info: Option<DeviceInfo>,
    pub capabilities: Option<ParticipantCapabilities>,
}

impl Encode for Customer {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("DeviceInfo", self.device_info.as_ref());
        w.optional("Capabilities", self.capabilities.as_ref());
        w.end_object();
    }
}

impl Shape for Customer {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            device_info: cx.optional(members, "DeviceInfo", &of::<DeviceInfo>()),
            capabilities: cx.optional(members, "Capabilities", &of::<ParticipantCapabilities>()),
        }
    }
}
