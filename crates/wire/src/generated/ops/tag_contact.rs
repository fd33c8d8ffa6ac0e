// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "TagContact",
    method: "POST",
    uri: "/contact/tags",
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
pub struct TagContactInput {
    pub contact_id: String,
    pub instance_id: String,
    pub tags: BTreeMap<String, String>,
}

impl Input for TagContactInput {
    const OP: Op = Op::TagContact;
    const HAS_BODY: bool = true;
    type Output = TagContactOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            contact_id: reader.required("ContactId", &kinds::CONTACT_ID),
            instance_id: reader.required("InstanceId", &kinds::INSTANCE_ID),
            tags: reader.required("Tags", &kinds::CONTACT_TAG_MAP),
        }
    }
}

impl Named for TagContactInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.contact_id, ResourceKind::Contact, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.tags, "aws:RequestTag/", each);
    }
}

impl Encode for TagContactInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("ContactId", &self.contact_id);
        w.member("InstanceId", &self.instance_id);
        w.member("Tags", &self.tags);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct TagContactOutput {}

impl Output for TagContactOutput {}

impl Encode for TagContactOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.end_object();
    }
}

impl Shape for TagContactOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        cx.object(json);
        Self {}
    }
}
