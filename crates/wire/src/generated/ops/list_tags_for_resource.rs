// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "ListTagsForResource",
    method: "GET",
    uri: "/tags/{resourceArn}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListTagsForResourceInput {
    pub resource_arn: String,
}

impl Input for ListTagsForResourceInput {
    const OP: Op = Op::ListTagsForResource;
    const HAS_BODY: bool = false;
    type Output = ListTagsForResourceOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self { resource_arn: reader.label(0, "resourceArn", &Text::ANY) }
    }
}

impl Named for ListTagsForResourceInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.resource_arn, ResourceKind::Any, each);
    }
}

impl Encode for ListTagsForResourceInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("resourceArn", &self.resource_arn);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct ListTagsForResourceOutput {
    pub tags: Option<BTreeMap<String, String>>,
}

impl Output for ListTagsForResourceOutput {}

impl Encode for ListTagsForResourceOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("tags", self.tags.as_ref());
        w.end_object();
    }
}

impl Shape for ListTagsForResourceOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { tags: cx.optional(members, "tags", &kinds::TAG_MAP) }
    }
}
