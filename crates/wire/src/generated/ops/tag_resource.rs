// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "TagResource",
    method: "POST",
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
pub struct TagResourceInput {
    pub resource_arn: String,
    pub tags: BTreeMap<String, String>,
}

impl Input for TagResourceInput {
    const OP: Op = Op::TagResource;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            resource_arn: reader.label(0, "resourceArn", &Text::ANY),
            tags: reader.required("tags", &kinds::TAG_MAP),
        }
    }
}

impl Named for TagResourceInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.resource_arn, ResourceKind::Any, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.tags, "aws:RequestTag/", each);
    }
}

impl Encode for TagResourceInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("resourceArn", &self.resource_arn);
        w.member("tags", &self.tags);
        w.end_object();
    }
}
