// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{ResourceTagsSearchCriteria, TagSet};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "SearchResourceTags",
    method: "POST",
    uri: "/search-resource-tags",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::MaximumResultReturnedException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchResourceTagsInput {
    pub instance_id: String,
    pub resource_types: Option<Vec<String>>,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
    pub search_criteria: Option<ResourceTagsSearchCriteria>,
}

impl Input for SearchResourceTagsInput {
    const OP: Op = Op::SearchResourceTags;
    const HAS_BODY: bool = true;
    type Output = SearchResourceTagsOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.required("InstanceId", &kinds::INSTANCE_ID_OR_ARN),
            resource_types: reader.optional("ResourceTypes", &kinds::RESOURCE_TYPE_LIST),
            next_token: reader.optional("NextToken", &kinds::NEXT_TOKEN2500),
            max_results: reader.optional("MaxResults", &kinds::MAX_RESULT100),
            search_criteria: reader.optional("SearchCriteria", &of::<ResourceTagsSearchCriteria>()),
        }
    }
}

impl Named for SearchResourceTagsInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for SearchResourceTagsInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.optional("ResourceTypes", self.resource_types.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.optional("MaxResults", self.max_results.as_ref());
        w.optional("SearchCriteria", self.search_criteria.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchResourceTagsOutput {
    pub tags: Option<Vec<TagSet>>,
    pub next_token: Option<String>,
}

impl Output for SearchResourceTagsOutput {}

impl Encode for SearchResourceTagsOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Tags", self.tags.as_ref());
        w.optional("NextToken", self.next_token.as_ref());
        w.end_object();
    }
}

impl Shape for SearchResourceTagsOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            tags: cx.optional(members, "Tags", &kinds::TAGS_LIST),
            next_token: cx.optional(members, "NextToken", &kinds::NEXT_TOKEN2500),
        }
    }
}
