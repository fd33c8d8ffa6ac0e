// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::HierarchyGroup;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DescribeUserHierarchyGroup",
    method: "GET",
    uri: "/user-hierarchy-groups/{InstanceId}/{HierarchyGroupId}",
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
pub struct DescribeUserHierarchyGroupInput {
    pub hierarchy_group_id: String,
    pub instance_id: String,
}

impl Input for DescribeUserHierarchyGroupInput {
    const OP: Op = Op::DescribeUserHierarchyGroup;
    const HAS_BODY: bool = false;
    type Output = DescribeUserHierarchyGroupOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            hierarchy_group_id: reader.label(1, "HierarchyGroupId", &Text::ANY),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
        }
    }
}

impl Named for DescribeUserHierarchyGroupInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.hierarchy_group_id, ResourceKind::HierarchyGroup, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for DescribeUserHierarchyGroupInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("HierarchyGroupId", &self.hierarchy_group_id);
        w.member("InstanceId", &self.instance_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeUserHierarchyGroupOutput {
    pub hierarchy_group: Option<HierarchyGroup>,
}

impl Output for DescribeUserHierarchyGroupOutput {}

impl Encode for DescribeUserHierarchyGroupOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("HierarchyGroup", self.hierarchy_group.as_ref());
        w.end_object();
    }
}

impl Shape for DescribeUserHierarchyGroupOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { hierarchy_group: cx.optional(members, "HierarchyGroup", &of::<HierarchyGroup>()) }
    }
}
