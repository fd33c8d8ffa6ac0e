// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UntagResource",
    method: "DELETE",
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
pub struct UntagResourceInput {
    pub resource_arn: String,
    pub tag_keys: Vec<String>,
}

impl Input for UntagResourceInput {
    const OP: Op = Op::UntagResource;
    const HAS_BODY: bool = false;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            resource_arn: reader.label(0, "resourceArn", &Text::ANY),
            tag_keys: reader.required_query_list("tagKeys", "tagKeys", &kinds::TAG_KEY_LIST),
        }
    }
}

impl Named for UntagResourceInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.resource_arn, ResourceKind::Any, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.tag_keys, "aws:TagKeys", each);
    }
}

impl Encode for UntagResourceInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("resourceArn", &self.resource_arn);
        w.member("tagKeys", &self.tag_keys);
        w.end_object();
    }
}
