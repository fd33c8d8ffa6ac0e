// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    ContactFlowType {
        ContactFlow = "CONTACT_FLOW",
        CustomerQueue = "CUSTOMER_QUEUE",
        CustomerHold = "CUSTOMER_HOLD",
        CustomerWhisper = "CUSTOMER_WHISPER",
        AgentHold = "AGENT_HOLD",
        AgentWhisper = "AGENT_WHISPER",
        OutboundWhisper = "OUTBOUND_WHISPER",
        AgentTransfer = "AGENT_TRANSFER",
        QueueTransfer = "QUEUE_TRANSFER",
        Campaign = "CAMPAIGN",
    }
}
