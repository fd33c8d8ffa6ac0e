// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Long, of};
use crate::named::{EachValue, Ids};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{ContactSearchSummary, SearchContactsTimeRange, SearchCriteria, Sort};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "SearchContacts",
    method: "POST",
    uri: "/search-contacts",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ThrottlingException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchContactsInput {
    pub instance_id: String,
    pub time_range: SearchContactsTimeRange,
    pub search_criteria: Option<SearchCriteria>,
    pub max_results: Option<i32>,
    pub next_token: Option<String>,
    pub sort: Option<Sort>,
}

impl Input for SearchContactsInput {
    const OP: Op = Op::SearchContacts;
    const HAS_BODY: bool = true;
    type Output = SearchContactsOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.required("InstanceId", &kinds::INSTANCE_ID),
            time_range: reader.required("TimeRange", &of::<SearchContactsTimeRange>()),
            search_criteria: reader.optional("SearchCriteria", &of::<SearchCriteria>()),
            max_results: reader.optional("MaxResults", &kinds::MAX_RESULT100),
            next_token: reader.optional("NextToken", &kinds::LARGE_NEXT_TOKEN),
            sort: reader.optional("Sort", &of::<Sort>()),
        }
    }
}

impl Named for SearchContactsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Named::each_named(&self.search_criteria, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Named::each_value(&self.search_criteria, each);
    }
}

impl Encode for SearchContactsInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("TimeRange", &self.time_range);
        w.optional("SearchCriteria", self.search_criteria.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("Sort", self.sort.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchContactsOutput {
    pub contacts: Vec<ContactSearchSummary>,
    pub next_token: Option<String>,
    pub total_count: Option<i64>,
}

impl Output for SearchContactsOutput {}

impl Encode for SearchContactsOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Contacts", &self.contacts);
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("TotalCount", self.total_count.as_ref());
        w.end_object();
    }
}

impl Shape for SearchContactsOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            contacts: cx.required(members, "Contacts", &kinds::CONTACTS),
            next_token: cx.optional(members, "NextToken", &kinds::LARGE_NEXT_TOKEN),
            total_count: cx.optional(members, "TotalCount", &Long::ANY),
        }
    }
}
