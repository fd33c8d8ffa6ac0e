// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "DeleteSecurityProfile",
    method: "DELETE",
    uri: "/security-profiles/{InstanceId}/{SecurityProfileId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::AccessDeniedException,
        ExceptionKind::ResourceInUseException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct DeleteSecurityProfileInput {
    pub instance_id: String,
    pub security_profile_id: String,
}

impl Input for DeleteSecurityProfileInput {
    const OP: Op = Op::DeleteSecurityProfile;
    const HAS_BODY: bool = false;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            security_profile_id: reader.label(1, "SecurityProfileId", &Text::ANY),
        }
    }
}

impl Named for DeleteSecurityProfileInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
        Ids::each_id(&self.security_profile_id, ResourceKind::SecurityProfile, each);
    }
}

impl Encode for DeleteSecurityProfileInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("InstanceId", &self.instance_id);
        w.member("SecurityProfileId", &self.security_profile_id);
        w.end_object();
    }
}
