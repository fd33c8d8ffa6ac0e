// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time, of};
use crate::shape::Cx;
use crate::shapes::QuickConnectConfig;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct QuickConnect {
    pub quick_connect_arn: Option<String>,
    pub quick_connect_id: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub quick_connect_config: Option<QuickConnectConfig>,
    pub tags: Option<BTreeMap<String, String>>,
    pub last_modified_time: Option<Timestamp>,
    pub last_modified_region: Option<String>,
}

impl Encode for QuickConnect {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("QuickConnectARN", self.quick_connect_arn.as_ref());
        w.optional("QuickConnectId", self.quick_connect_id.as_ref());
        w.optional("Name", self.name.as_ref());
        w.optional("Description", self.description.as_ref());
        w.optional("QuickConnectConfig", self.quick_connect_config.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.end_object();
    }
}

impl Shape for QuickConnect {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            quick_connect_arn: cx.optional(members, "QuickConnectARN", &Text::ANY),
            quick_connect_id: cx.optional(members, "QuickConnectId", &Text::ANY),
            name: cx.optional(members, "Name", &kinds::QUICK_CONNECT_NAME),
            description: cx.optional(members, "Description", &kinds::QUICK_CONNECT_DESCRIPTION),
            quick_connect_config: cx.optional(members, "QuickConnectConfig", &of::<QuickConnectConfig>()),
            tags: cx.optional(members, "Tags", &kinds::TAG_MAP),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
        }
    }
}
