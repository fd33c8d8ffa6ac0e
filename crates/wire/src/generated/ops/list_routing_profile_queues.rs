// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::RoutingProfileQueueConfigSummary;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListRoutingProfileQueues",
    method: "GET",
    uri: "/routing-profiles/{InstanceId}/{RoutingProfileId}/queues",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListRoutingProfileQueuesInput {
    pub instance_id: String,
    pub routing_profile_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for ListRoutingProfileQueuesInput {
    const OP: Op = Op::ListRoutingProfileQueues;
    const HAS_BODY: bool = false;
    type Output = ListRoutingProfileQueuesOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            routing_profile_id: reader.label(1, "RoutingProfileId", &Text::ANY),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT100),
        }
    }
}

impl Named for ListRoutingProfileQueuesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.routing_profile_id, ResourceKind::RoutingProfile, each);
    }
}

impl Encode for ListRoutingProfileQueuesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("RoutingProfileId", &self.routing_profile_id);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListRoutingProfileQueuesOutput {
    pub next_token: Option<String>,
    pub routing_profile_queue_config_summary_list: Option<Vec<RoutingProfileQueueConfigSummary>>,
    pub last_modified_time: Option<Timestamp>,
    pub last_modified_region: Option<String>,
}

impl Output for ListRoutingProfileQueuesOutput {}

impl Encode for ListRoutingProfileQueuesOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("RoutingProfileQueueConfigSummaryList", self.routing_profile_queue_config_summary_list.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.end_object();
    }
}

impl Shape for ListRoutingProfileQueuesOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            next_token: cx.optional(members, "NextToken", &Text::ANY),
            routing_profile_queue_config_summary_list: cx.optional(
                members,
                "RoutingProfileQueueConfigSummaryList",
                &kinds::ROUTING_PROFILE_QUEUE_CONFIG_SUMMARY_LIST,
            ),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
        }
    }
}
