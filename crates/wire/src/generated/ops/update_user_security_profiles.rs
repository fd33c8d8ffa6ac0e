// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateUserSecurityProfiles",
    method: "POST",
    uri: "/users/{InstanceId}/{UserId}/security-profiles",
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
pub struct UpdateUserSecurityProfilesInput {
    pub security_profile_ids: Vec<String>,
    pub user_id: String,
    pub instance_id: String,
}

impl Input for UpdateUserSecurityProfilesInput {
    const OP: Op = Op::UpdateUserSecurityProfiles;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            security_profile_ids: reader.required("SecurityProfileIds", &kinds::SECURITY_PROFILE_IDS),
            user_id: reader.label(1, "UserId", &Text::ANY),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
        }
    }
}

impl Named for UpdateUserSecurityProfilesInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.security_profile_ids, ResourceKind::SecurityProfile, each);
        Ids::each_id(&self.user_id, ResourceKind::User, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for UpdateUserSecurityProfilesInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("SecurityProfileIds", &self.security_profile_ids);
        w.member("UserId", &self.user_id);
        w.member("InstanceId", &self.instance_id);
        w.end_object();
    }
}
