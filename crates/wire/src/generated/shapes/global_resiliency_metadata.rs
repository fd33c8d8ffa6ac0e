// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct GlobalResiliencyMetadata {
    pub active_region: Option<String>,
    pub origin_region: Option<String>,
    pub traffic_distribution_group_id: Option<String>,
}

impl Encode for GlobalResiliencyMetadata {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ActiveRegion", self.active_region.as_ref());
        w.optional("OriginRegion", self.origin_region.as_ref());
        w.optional("TrafficDistributionGroupId", self.traffic_distribution_group_id.as_ref());
        w.end_object();
    }
}

impl Shape for GlobalResiliencyMetadata {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            active_region: cx.optional(members, "ActiveRegion", &kinds::ACTIVE_REGION),
            origin_region: cx.optional(members, "OriginRegion", &kinds::ORIGIN_REGION),
            traffic_distribution_group_id: cx.optional(
                members,
                "TrafficDistributionGroupId",
                &kinds::TRAFFIC_DISTRIBUTION_GROUP_ID,
            ),
        }
    }
}
