// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::named::{EachValue, Ids, Texts};
use crate::op::Operation;
use crate::request::Reader;
use crate::shape::Cx;
use crate::shapes::{
    AfterContactWorkConfigPerChannel, AutoAcceptConfig, PersistentConnectionConfig, PhoneNumberConfig,
    UserIdentityInfo, UserPhoneConfig, VoiceEnhancementConfig,
};
use crate::{Encode, ExceptionKind, Input, Named, Op, Output, ResourceKind, Shape};

pub(crate) const OPERATION: Operation = Operation {
    name: "CreateUser",
    method: "PUT",
    uri: "/users/{InstanceId}",
    token: None,
    errors: &[
        ExceptionKind::InvalidRequestException,
        ExceptionKind::InvalidParameterException,
        ExceptionKind::LimitExceededException,
        ExceptionKind::DuplicateResourceException,
        ExceptionKind::ResourceNotFoundException,
        ExceptionKind::ThrottlingException,
        ExceptionKind::InternalServiceException,
    ],
};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateUserInput {
    pub username: String,
    pub password: Option<String>,
    pub identity_info: Option<UserIdentityInfo>,
    pub phone_config: Option<UserPhoneConfig>,
    pub directory_user_id: Option<String>,
    pub security_profile_ids: Vec<String>,
    pub routing_profile_id: String,
    pub hierarchy_group_id: Option<String>,
    pub instance_id: String,
    pub auto_accept_configs: Option<Vec<AutoAcceptConfig>>,
    pub after_contact_work_configs: Option<Vec<AfterContactWorkConfigPerChannel>>,
    pub phone_number_configs: Option<Vec<PhoneNumberConfig>>,
    pub persistent_connection_configs: Option<Vec<PersistentConnectionConfig>>,
    pub voice_enhancement_configs: Option<Vec<VoiceEnhancementConfig>>,
    pub tags: Option<BTreeMap<String, String>>,
}

impl Input for CreateUserInput {
    const OP: Op = Op::CreateUser;
    const HAS_BODY: bool = true;
    type Output = CreateUserOutput;

    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            username: reader.required("Username", &kinds::AGENT_USERNAME),
            password: reader.optional("Password", &kinds::PASSWORD),
            identity_info: reader.optional("IdentityInfo", &of::<UserIdentityInfo>()),
            phone_config: reader.optional("PhoneConfig", &of::<UserPhoneConfig>()),
            directory_user_id: reader.optional("DirectoryUserId", &Text::ANY),
            security_profile_ids: reader.required("SecurityProfileIds", &kinds::SECURITY_PROFILE_IDS),
            routing_profile_id: reader.required("RoutingProfileId", &Text::ANY),
            hierarchy_group_id: reader.optional("HierarchyGroupId", &Text::ANY),
            instance_id: reader.label(0, "InstanceId", &kinds::INSTANCE_ID),
            auto_accept_configs: reader.optional("AutoAcceptConfigs", &kinds::AUTO_ACCEPT_CONFIGS),
            after_contact_work_configs: reader.optional("AfterContactWorkConfigs", &kinds::AFTER_CONTACT_WORK_CONFIGS),
            phone_number_configs: reader.optional("PhoneNumberConfigs", &kinds::PHONE_NUMBER_CONFIGS),
            persistent_connection_configs: reader
                .optional("PersistentConnectionConfigs", &kinds::PERSISTENT_CONNECTION_CONFIGS),
            voice_enhancement_configs: reader.optional("VoiceEnhancementConfigs", &kinds::VOICE_ENHANCEMENT_CONFIGS),
            tags: reader.optional("Tags", &kinds::TAG_MAP),
        }
    }
}

impl Named for CreateUserInput {
    fn each_named<'s>(&'s self, each: &mut dyn FnMut(ResourceKind, &'s str)) {
        Ids::each_id(&self.security_profile_ids, ResourceKind::SecurityProfile, each);
        Ids::each_id(&self.routing_profile_id, ResourceKind::RoutingProfile, each);
        Ids::each_id(&self.hierarchy_group_id, ResourceKind::HierarchyGroup, each);
        Ids::each_id(&self.instance_id, ResourceKind::Instance, each);
    }

    fn each_value<'s>(&'s self, each: &mut EachValue<'_, 's>) {
        Texts::each_text(&self.tags, "aws:RequestTag/", each);
    }
}

impl Encode for CreateUserInput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.member("Username", &self.username);
        w.optional("Password", self.password.as_ref());
        w.optional("IdentityInfo", self.identity_info.as_ref());
        w.optional("PhoneConfig", self.phone_config.as_ref());
        w.optional("DirectoryUserId", self.directory_user_id.as_ref());
        w.member("SecurityProfileIds", &self.security_profile_ids);
        w.member("RoutingProfileId", &self.routing_profile_id);
        w.optional("HierarchyGroupId", self.hierarchy_group_id.as_ref());
        w.member("InstanceId", &self.instance_id);
        w.optional("AutoAcceptConfigs", self.auto_accept_configs.as_ref());
        w.optional("AfterContactWorkConfigs", self.after_contact_work_configs.as_ref());
        w.optional("PhoneNumberConfigs", self.phone_number_configs.as_ref());
        w.optional("PersistentConnectionConfigs", self.persistent_connection_configs.as_ref());
        w.optional("VoiceEnhancementConfigs", self.voice_enhancement_configs.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.end_object();
    }
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateUserOutput {
    pub user_id: Option<String>,
    pub user_arn: Option<String>,
}

impl Output for CreateUserOutput {}

impl Encode for CreateUserOutput {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("UserId", self.user_id.as_ref());
        w.optional("UserArn", self.user_arn.as_ref());
        w.end_object();
    }
}

impl Shape for CreateUserOutput {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            user_id: cx.optional(members, "UserId", &Text::ANY),
            user_arn: cx.optional(members, "UserArn", &Text::ANY),
        }
    }
}
