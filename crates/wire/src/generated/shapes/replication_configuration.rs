// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::shape::Cx;
use crate::shapes::ReplicationStatusSummary;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ReplicationConfiguration {
    pub replication_status_summary_list: Option<Vec<ReplicationStatusSummary>>,
    pub source_region: Option<String>,
    pub global_sign_in_endpoint: Option<String>,
}

impl Encode for ReplicationConfiguration {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("ReplicationStatusSummaryList", self.replication_status_summary_list.as_ref());
        w.optional("SourceRegion", self.source_region.as_ref());
        w.optional("GlobalSignInEndpoint", self.global_sign_in_endpoint.as_ref());
        w.end_object();
    }
}

impl Shape for ReplicationConfiguration {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            replication_status_summary_list: cx.optional(
                members,
                "ReplicationStatusSummaryList",
                &kinds::REPLICATION_STATUS_SUMMARY_LIST,
            ),
            source_region: cx.optional(members, "SourceRegion", &kinds::AWS_REGION),
            global_sign_in_endpoint: cx.optional(members, "GlobalSignInEndpoint", &kinds::GLOBAL_SIGN_IN_ENDPOINT),
        }
    }
}
