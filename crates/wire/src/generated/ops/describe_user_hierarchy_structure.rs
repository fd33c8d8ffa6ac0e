// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::of;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::HierarchyStructure;
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "DescribeUserHierarchyStructure",
    method: "GET",
    uri: "/user-hierarchy-structure/{InstanceId}",
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
pub struct DescribeUserHierarchyStructureInput {
    pub instance_id: String,
}

impl Input for DescribeUserHierarchyStructureInput {
    const OP: Op = Op::DescribeUserHierarchyStructure;
    const HAS_BODY: bool = false;
    type Output = DescribeUserHierarchyStructureOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self { instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID) }
    }
}

impl Named for DescribeUserHierarchyStructureInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for DescribeUserHierarchyStructureInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DescribeUserHierarchyStructureOutput {
    pub hierarchy_structure: Option<HierarchyStructure>,
}

impl Output for DescribeUserHierarchyStructureOutput {}

impl Encode for DescribeUserHierarchyStructureOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("HierarchyStructure", self.hierarchy_structure.as_ref());
        w.end_object();
    }
}

impl Shape for DescribeUserHierarchyStructureOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self { hierarchy_structure: cx.optional(members, "HierarchyStructure", &of::<HierarchyStructure>()) }
    }
}
