// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "UntagContact",
    method: "DELETE",
    uri: "/contact/tags/{InstanceId}/{ContactId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InvalidActiveRegionException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UntagContactInput {
    pub contact_id: String,
    pub instance_id: String,
    pub tag_keys: Vec<String>,
}

impl Input for UntagContactInput {
    const OP: Op = Op::UntagContact;
    const HAS_BODY: bool = false;
    type Output = UntagContactOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            contact_id: reader.label(1, "ContactId", &kinds::CONTACT_ID),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            tag_keys: reader.required_query_list("TagKeys", "TagKeys", &kinds::CONTACT_TAG_KEYS),
        }
    }
}

impl Named for UntagContactInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.tag_keys, "aws:TagKeys", each);
    }
}

impl Encode for UntagContactInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("ContactId", &self.contact_id);
        w.member("InstanceId", &self.instance_id);
        w.member("TagKeys", &self.tag_keys);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UntagContactOutput {}

impl Output for UntagContactOutput {}

impl Encode for UntagContactOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for UntagContactOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
