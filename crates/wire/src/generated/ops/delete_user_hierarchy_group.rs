// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "DeleteUserHierarchyGroup",
    method: "DELETE",
    uri: "/user-hierarchy-groups/{InstanceId}/{HierarchyGroupId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ResourceInUseException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DeleteUserHierarchyGroupInput {
    pub hierarchy_group_id: String,
    pub instance_id: String,
}

impl Input for DeleteUserHierarchyGroupInput {
    const OP: Op = Op::DeleteUserHierarchyGroup;
    const HAS_BODY: bool = false;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            hierarchy_group_id: reader.label(1, "HierarchyGroupId", &Text::ANY),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
        }
    }
}

impl Named for DeleteUserHierarchyGroupInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.hierarchy_group_id, ResourceKind::HierarchyGroup, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for DeleteUserHierarchyGroupInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("HierarchyGroupId", &self.hierarchy_group_id);
        w.member("InstanceId", &self.instance_id);
        w.end_object();
    }
}
