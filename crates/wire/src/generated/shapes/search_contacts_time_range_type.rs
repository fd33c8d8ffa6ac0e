// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    SearchContactsTimeRangeType {
        InitiationTimestamp = "INITIATION_TIMESTAMP",
        ScheduledTimestamp = "SCHEDULED_TIMESTAMP",
        ConnectedToAgentTimestamp = "CONNECTED_TO_AGENT_TIMESTAMP",
        DisconnectTimestamp = "DISCONNECT_TIMESTAMP",
        EnqueueTimestamp = "ENQUEUE_TIMESTAMP",
    }
}
