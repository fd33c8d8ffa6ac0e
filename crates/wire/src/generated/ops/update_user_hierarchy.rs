// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateUserHierarchy",
    method: "POST",
    uri: "/users/{InstanceId}/{UserId}/hierarchy",
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
pub struct UpdateUserHierarchyInput {
    pub hierarchy_group_id: Option<String>,
    pub user_id: String,
    pub instance_id: String,
}

impl Input for UpdateUserHierarchyInput {
    const OP: Op = Op::UpdateUserHierarchy;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            hierarchy_group_id: reader.optional("HierarchyGroupId", &Text::ANY),
            user_id: reader.label(1, "UserId", &Text::ANY),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
        }
    }
}

impl Named for UpdateUserHierarchyInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.hierarchy_group_id, ResourceKind::HierarchyGroup, each);
        Ids::each_id(&self.user_id, ResourceKind::User, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for UpdateUserHierarchyInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("HierarchyGroupId", self.hierarchy_group_id.as_ref());
        w.member("UserId", &self.user_id);
        w.member("InstanceId", &self.instance_id);
        w.end_object();
    }
}
