// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shapes::UserProficiency;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "AssociateUserProficiencies",
    method: "POST",
    uri: "/users/{InstanceId}/{UserId}/associate-proficiencies",
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
pub struct AssociateUserProficienciesInput {
    pub instance_id: String,
    pub user_id: String,
    pub user_proficiencies: Vec<UserProficiency>,
}

impl Input for AssociateUserProficienciesInput {
    const OP: Op = Op::AssociateUserProficiencies;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            user_id: reader.label(1, "UserId", &Text::ANY),
            user_proficiencies: reader.required("UserProficiencies", &kinds::USER_PROFICIENCY_LIST),
        }
    }
}

impl Named for AssociateUserProficienciesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.user_id, ResourceKind::User, each);
    }
}

impl Encode for AssociateUserProficienciesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("UserId", &self.user_id);
        w.member("UserProficiencies", &self.user_proficiencies);
        w.end_object();
    }
}
