// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DeviceInfo {
    pub platform_name: Option<String>,
    pub platform_version: Option<String>,
    pub operating_system: Option<String>,
}

impl Encode for DeviceInfo {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("PlatformName", self.platform_name.as_ref());
        w.optional("PlatformVersion", self.platform_version.as_ref());
        w.optional("OperatingSystem", self.operating_system.as_ref());
        w.end_object();
    }
}

impl Shape for DeviceInfo {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            platform_name: cx.optional(members, "PlatformName", &kinds::PLATFORM_NAME),
            platform_version: cx.optional(members, "PlatformVersion", &kinds::PLATFORM_VERSION),
            operating_system: cx.optional(members, "OperatingSystem", &kinds::OPERATING_SYSTEM),
        }
    }
}
