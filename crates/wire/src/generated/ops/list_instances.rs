// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::InstanceSummary;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListInstances",
    method: "GET",
    uri: "/instance",
    token: None,
    errors: &[ExceptionKind::InvalidRequestException, ExceptionKind::InternalServiceException],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListInstancesInput {
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

impl Input for ListInstancesInput {
    const OP: Op = Op::ListInstances;
    const HAS_BODY: bool = false;
    type Output = ListInstancesOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            next_token: reader.query("nextToken", "NextToken", &Text::ANY),
            max_results: reader.query("maxResults", "MaxResults", &kinds::MAX_RESULT10),
        }
    }
}

impl Named for ListInstancesInput {
    fn each_named<'s>(&'s self, _each: &mut dyn FnMut(ResourceKind, &'s str)) {}
}

impl Encode for ListInstancesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListInstancesOutput {
    pub instance_summary_list: Option<Vec<InstanceSummary>>,
    pub next_token: Option<String>,
}

impl Output for ListInstancesOutput {}

impl Encode for ListInstancesOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("InstanceSummaryList", self.instance_summary_list.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.end_object();
    }
}

impl Shape for ListInstancesOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            instance_summary_list: cx.optional(members, "InstanceSummaryList", &kinds::INSTANCE_SUMMARY_LIST),
            next_token: cx.optional(members, "NextToken", &Text::ANY),
        }
    }
}
