// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::Text;
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "CreateUserHierarchyGroup",
    method: "PUT",
    uri: "/user-hierarchy-groups/{InstanceId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::LimitExceededException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateUserHierarchyGroupInput {
    pub name: String,
    pub parent_group_id: Option<String>,
    pub instance_id: String,
    pub tags: Option<BTreeMap<String, String>>,
}

impl Input for CreateUserHierarchyGroupInput {
    const OP: Op = Op::CreateUserHierarchyGroup;
    const HAS_BODY: bool = true;
    type Output = CreateUserHierarchyGroupOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            name: reader.required("Name", &Text::ANY),
            parent_group_id: reader.optional("ParentGroupId", &Text::ANY),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            tags: reader.optional("Tags", &kinds::TAG_MAP),
        }
    }
}

impl Named for CreateUserHierarchyGroupInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.parent_group_id, ResourceKind::HierarchyGroup, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.tags, "aws:RequestTag/", each);
    }
}

impl Encode for CreateUserHierarchyGroupInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Name", &self.name);
        w.optional("ParentGroupId", self.parent_group_id.as_ref());
        w.member("InstanceId", &self.instance_id);
        w.optional("Tags", self.tags.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateUserHierarchyGroupOutput {
    pub hierarchy_group_id: Option<String>,
    pub hierarchy_group_arn: Option<String>,
}

impl Output for CreateUserHierarchyGroupOutput {}

impl Encode for CreateUserHierarchyGroupOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("HierarchyGroupId", self.hierarchy_group_id.as_ref());
        w.optional("HierarchyGroupArn", self.hierarchy_group_arn.as_ref());
        w.end_object();
    }
}

impl Shape for CreateUserHierarchyGroupOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            hierarchy_group_id: cx.optional(members, "HierarchyGroupId", &Text::ANY),
            hierarchy_group_arn: cx.optional(members, "HierarchyGroupArn", &Text::ANY),
        }
    }
}
