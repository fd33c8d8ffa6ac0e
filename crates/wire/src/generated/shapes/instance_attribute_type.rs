// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    InstanceAttributeType {
        InboundCalls = "INBOUND_CALLS",
        OutboundCalls = "OUTBOUND_CALLS",
        ContactflowLogs = "CONTACTFLOW_LOGS",
        ContactLens = "CONTACT_LENS",
        AutoResolveBestVoices = "AUTO_RESOLVE_BEST_VOICES",
        UseCustomTtsVoices = "USE_CUSTOM_TTS_VOICES",
        EarlyMedia = "EARLY_MEDIA",
        MultiPartyConference = "MULTI_PARTY_CONFERENCE",
        AutoMuteAgentOnHold = "AUTO_MUTE_AGENT_ON_HOLD",
        HighVolumeOutbound = "HIGH_VOLUME_OUTBOUND",
        EnhancedContactMonitoring = "ENHANCED_CONTACT_MONITORING",
        EnhancedChatMonitoring = "ENHANCED_CHAT_MONITORING",
        MultiPartyChatConference = "MULTI_PARTY_CHAT_CONFERENCE",
        MessageStreaming = "MESSAGE_STREAMING",
    }
}
