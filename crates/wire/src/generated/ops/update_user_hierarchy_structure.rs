// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::of;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shapes::HierarchyStructureUpdate;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateUserHierarchyStructure",
    method: "POST",
    uri: "/user-hierarchy-structure/{InstanceId}",
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
pub struct UpdateUserHierarchyStructureInput {
    pub hierarchy_structure: HierarchyStructureUpdate,
    pub instance_id: String,
}

impl Input for UpdateUserHierarchyStructureInput {
    const OP: Op = Op::UpdateUserHierarchyStructure;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            hierarchy_structure: reader.required("HierarchyStructure", &of::<HierarchyStructureUpdate>()),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
        }
    }
}

impl Named for UpdateUserHierarchyStructureInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for UpdateUserHierarchyStructureInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("HierarchyStructure", &self.hierarchy_structure);
        w.member("InstanceId", &self.instance_id);
        w.end_object();
    }
}
