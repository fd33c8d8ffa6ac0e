// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Campaign {
    pub campaign_id: Option<String>,
}

impl Encode for Campaign {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("CampaignId", self.campaign_id.as_ref());
        w.end_object();
    }
}

impl Shape for Campaign {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { campaign_id: cx.optional(members, "CampaignId", &kinds::CAMPAIGN_ID) }
    }
}
