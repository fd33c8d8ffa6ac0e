// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Long, of};
use crate::named::{EachValue, Ids};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{QuickConnect, QuickConnectSearchCriteria, QuickConnectSearchFilter};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "SearchQuickConnects",
    method: "POST",
    uri: "/search-quick-connects",
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
pub struct SearchQuickConnectsInput {
    pub instance_id: String,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
    pub search_filter: Option<QuickConnectSearchFilter>,
    pub search_criteria: Option<QuickConnectSearchCriteria>,
}

impl Input for SearchQuickConnectsInput {
    const OP: Op = Op::SearchQuickConnects;
    const HAS_BODY: bool = true;
    type Output = SearchQuickConnectsOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.required("InstanceId", &kinds::INSTANCE_ID),
            next_token: reader.optional("NextToken", &kinds::NEXT_TOKEN2500),
            max_results: reader.optional("MaxResults", &kinds::MAX_RESULT100),
            search_filter: reader.optional("SearchFilter", &of::<QuickConnectSearchFilter>()),
            search_criteria: reader.optional("SearchCriteria", &of::<QuickConnectSearchCriteria>()),
        }
    }
}

impl Named for SearchQuickConnectsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Named::each_value(&self.search_filter, each);
    }
}

impl Encode for SearchQuickConnectsInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.optional("SearchFilter", self.search_filter.as_ref());
        w.optional("SearchCriteria", self.search_criteria.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchQuickConnectsOutput {
    pub quick_connects: Option<Vec<QuickConnect>>,
    pub next_token: Option<String>,
    pub approximate_total_count: Option<i64>,
}

impl Output for SearchQuickConnectsOutput {}

impl Encode for SearchQuickConnectsOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("QuickConnects", self.quick_connects.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("ApproximateTotalCount", self.approximate_total_count.as_ref());
        w.end_object();
    }
}

impl Shape for SearchQuickConnectsOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            quick_connects: cx.optional(members, "QuickConnects", &kinds::QUICK_CONNECT_SEARCH_SUMMARY_LIST),
            next_token: cx.optional(members, "NextToken", &kinds::NEXT_TOKEN2500),
            approximate_total_count: cx.optional(members, "ApproximateTotalCount", &Long::ANY),
        }
    }
}
