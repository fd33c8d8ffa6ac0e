// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use std::collections::BTreeMap;

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{Text, of};
use crate::shape::Cx;
use crate::shapes::{
    AfterContactWorkConfigPerChannel, AutoAcceptConfig, PersistentConnectionConfig, PhoneNumberConfig,
    UserIdentityInfoLite, UserPhoneConfig, VoiceEnhancementConfig,
};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct UserSearchSummary {
    pub arn: Option<String>,
    pub directory_user_id: Option<String>,
    pub hierarchy_group_id: Option<String>,
    pub id: Option<String>,
    pub identity_info: Option<UserIdentityInfoLite>,
    pub phone_config: Option<UserPhoneConfig>,
    pub routing_profile_id: Option<String>,
    pub security_profile_ids: Option<Vec<String>>,
    pub tags: Option<BTreeMap<String, String>>,
    pub username: Option<String>,
    pub auto_accept_configs: Option<Vec<AutoAcceptConfig>>,
    pub after_contact_work_configs: Option<Vec<AfterContactWorkConfigPerChannel>>,
    pub phone_number_configs: Option<Vec<PhoneNumberConfig>>,
    pub persistent_connection_configs: Option<Vec<PersistentConnectionConfig>>,
    pub voice_enhancement_configs: Option<Vec<VoiceEnhancementConfig>>,
}

impl Encode for UserSearchSummary {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("Arn", self.arn.as_ref());
        w.optional("DirectoryUserId", self.directory_user_id.as_ref());
        w.optional("HierarchyGroupId", self.hierarchy_group_id.as_ref());
        w.optional("Id", self.id.as_ref());
        w.optional("IdentityInfo", self.identity_info.as_ref());
        w.optional("PhoneConfig", self.phone_config.as_ref());
        w.optional("RoutingProfileId", self.routing_profile_id.as_ref());
        w.optional("SecurityProfileIds", self.security_profile_ids.as_ref());
        w.optional("Tags", self.tags.as_ref());
        w.optional("Username", self.username.as_ref());
        w.optional("AutoAcceptConfigs", self.auto_accept_configs.as_ref());
        w.optional("AfterContactWorkConfigs", self.after_contact_work_configs.as_ref());
        w.optional("PhoneNumberConfigs", self.phone_number_configs.as_ref());
        w.optional("PersistentConnectionConfigs", self.persistent_connection_configs.as_ref());
        w.optional("VoiceEnhancementConfigs", self.voice_enhancement_configs.as_ref());
        w.end_object();
    }
}

impl Shape for UserSearchSummary {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            arn: cx.optional(members, "Arn", &Text::ANY),
            directory_user_id: cx.optional(members, "DirectoryUserId", &Text::ANY),
            hierarchy_group_id: cx.optional(members, "HierarchyGroupId", &Text::ANY),
            id: cx.optional(members, "Id", &Text::ANY),
            identity_info: cx.optional(members, "IdentityInfo", &of::<UserIdentityInfoLite>()),
            phone_config: cx.optional(members, "PhoneConfig", &of::<UserPhoneConfig>()),
            routing_profile_id: cx.optional(members, "RoutingProfileId", &Text::ANY),
            security_profile_ids: cx.optional(members, "SecurityProfileIds", &kinds::SECURITY_PROFILE_IDS),
            tags: cx.optional(members, "Tags", &kinds::TAG_MAP),
            username: cx.optional(members, "Username", &kinds::AGENT_USERNAME),
            auto_accept_configs: cx.optional(members, "AutoAcceptConfigs", &kinds::AUTO_ACCEPT_CONFIGS),
            after_contact_work_configs: cx.optional(
                members,
                "AfterContactWorkConfigs",
                &kinds::AFTER_CONTACT_WORK_CONFIGS,
            ),
            phone_number_configs: cx.optional(members, "PhoneNumberConfigs", &kinds::PHONE_NUMBER_CONFIGS),
            persistent_connection_configs: cx.optional(
                members,
                "PersistentConnectionConfigs",
                &kinds::PERSISTENT_CONNECTION_CONFIGS,
            ),
            voice_enhancement_configs: cx.optional(
                members,
                "VoiceEnhancementConfigs",
                &kinds::VOICE_ENHANCEMENT_CONFIGS,
            ),
        }
    }
}
