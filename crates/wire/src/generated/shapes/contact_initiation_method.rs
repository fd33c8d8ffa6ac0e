// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    ContactInitiationMethod {
        Inbound = "INBOUND",
        Outbound = "OUTBOUND",
        Transfer = "TRANSFER",
        QueueTransfer = "QUEUE_TRANSFER",
        Callback = "CALLBACK",
        Api = "API",
        Disconnect = "DISCONNECT",
        Monitor = "MONITOR",
        ExternalOutbound = "EXTERNAL_OUTBOUND",
        WebrtcApi = "WEBRTC_API",
        AgentReply = "AGENT_REPLY",
        Flow = "FLOW",
    }
}
