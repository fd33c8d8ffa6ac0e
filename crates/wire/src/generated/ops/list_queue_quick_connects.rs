// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::QuickConnectSummary;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListQueueQuickConnects",
    method: "GET",
    uri: "/queues/{InstanceId}/{QueueId}/quick-connects",
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
pub struct ListQueueQuickConnectsInput {
    pub instance_id: String,
    pub queue_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for ListQueueQuickConnectsInput {
    const OP: Op = Op::ListQueueQuickConnects;
    const HAS_BODY: bool = false;
    type Output = ListQueueQuickConnectsOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            queue_id: reader.label(1, "QueueId", &Text::ANY),
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT100),
        }
    }
}

impl Named for ListQueueQuickConnectsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.queue_id, ResourceKind::Queue, each);
    }
}

impl Encode for ListQueueQuickConnectsInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("QueueId", &self.queue_id);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListQueueQuickConnectsOutput {
    pub next_token: Option<String>,
    pub quick_connect_summary_list: Option<Vec<QuickConnectSummary>>,
    pub last_modified_time: Option<Timestamp>,
    pub last_modified_region: Option<String>,
}

impl Output for ListQueueQuickConnectsOutput {}

impl Encode for ListQueueQuickConnectsOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("QuickConnectSummaryList", self.quick_connect_summary_list.as_ref());
        w.optional("LastModifiedTime", self.last_modified_time.as_ref());
        w.optional("LastModifiedRegion", self.last_modified_region.as_ref());
        w.end_object();
    }
}

impl Shape for ListQueueQuickConnectsOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            next_token: cx.optional(members, "NextToken", &Text::ANY),
            quick_connect_summary_list: cx.optional(
                members,
                "QuickConnectSummaryList",
                &kinds::QUICK_CONNECT_SUMMARY_LIST,
            ),
            last_modified_time: cx.optional(members, "LastModifiedTime", &Time),
            last_modified_region: cx.optional(members, "LastModifiedRegion", &kinds::REGION_NAME),
        }
    }
}
