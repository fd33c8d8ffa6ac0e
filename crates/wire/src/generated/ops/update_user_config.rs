// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::JsonWriter;
use crate::kind::Text;
use crate::named::Ids;
use crate::op::Operation;
use crate::request::Reader;
use crate::shapes::{
    AfterContactWorkConfigPerChannel, AutoAcceptConfig, PersistentConnectionConfig, PhoneNumberConfig,
    VoiceEnhancementConfig,
};
use crate::{Empty, Encode, ExceptionKind, Input, Named, Op, ResourceKind};

pub(crate) const OPERATION: Operation = Operation {
    name: "UpdateUserConfig",
    method: "POST",
    uri: "/users/{InstanceId}/{UserId}/config",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
        ExceptionKind::ConditionalOperationFailedException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UpdateUserConfigInput {
    pub auto_accept_configs: Option<Vec<AutoAcceptConfig>>,
    pub after_contact_work_configs: Option<Vec<AfterContactWorkConfigPerChannel>>,
    pub phone_number_configs: Option<Vec<PhoneNumberConfig>>,
    pub persistent_connection_configs: Option<Vec<PersistentConnectionConfig>>,
    pub voice_enhancement_configs: Option<Vec<VoiceEnhancementConfig>>,
    pub user_id: String,
    pub instance_id: String,
}

impl Input for UpdateUserConfigInput {
    const OP: Op = Op::UpdateUserConfig;
    const HAS_BODY: bool = true;
    type Output = Empty;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            auto_accept_configs: reader.optional("AutoAcceptConfigs", &kinds::AUTO_ACCEPT_CONFIGS),
            after_contact_work_configs: reader.optional("AfterContactWorkConfigs", &kinds::AFTER_CONTACT_WORK_CONFIGS),
            phone_number_configs: reader.optional("PhoneNumberConfigs", &kinds::PHONE_NUMBER_CONFIGS),
            persistent_connection_configs: reader
                .optional("PersistentConnectionConfigs", &kinds::PERSISTENT_CONNECTION_CONFIGS),
            voice_enhancement_configs: reader.optional("VoiceEnhancementConfigs", &kinds::VOICE_ENHANCEMENT_CONFIGS),
            user_id: reader.label(1, "UserId", &Text::ANY),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
        }
    }
}

impl Named for UpdateUserConfigInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.user_id, ResourceKind::User, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }
}

impl Encode for UpdateUserConfigInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("AutoAcceptConfigs", self.auto_accept_configs.as_ref());
        w.optional("AfterContactWorkConfigs", self.after_contact_work_configs.as_ref());
        w.optional("PhoneNumberConfigs", self.phone_number_configs.as_ref());
        w.optional("PersistentConnectionConfigs", self.persistent_connection_configs.as_ref());
        w.optional("VoiceEnhancementConfigs", self.voice_enhancement_configs.as_ref());
        w.member("UserId", &self.user_id);
        w.member("InstanceId", &self.instance_id);
        w.end_object();
    }
}
