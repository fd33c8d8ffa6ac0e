// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::one_of;
use crate::shape::Cx;
use crate::shapes::InstanceReplicationStatus;
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ReplicationStatusSummary {
    pub region: Option<String>,
    pub replication_status: Option<InstanceReplicationStatus>,
    pub replication_status_reason: Option<String>,
}

impl Encode for ReplicationStatusSummary {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Region", self.region.as_ref());
        w.optional("ReplicationStatus", self.replication_status.as_ref());
        w.optional("ReplicationStatusReason", self.replication_status_reason.as_ref());
        w.end_object();
    }
}

impl Shape for ReplicationStatusSummary {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            region: cx.optional(members, "Region", &kinds::AWS_REGION),
            replication_status: cx.optional(members, "ReplicationStatus", &one_of::<InstanceReplicationStatus>()),
            replication_status_reason: cx.optional(
                members,
                "ReplicationStatusReason",
                &kinds::REPLICATION_STATUS_REASON,
            ),
        }
    }
}
