// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    ContactState {
        Incoming = "INCOMING",
        Pending = "PENDING",
        Connecting = "CONNECTING",
        Connected = "CONNECTED",
        ConnectedOnhold = "CONNECTED_ONHOLD",
        Missed = "MISSED",
        Error = "ERROR",
        Ended = "ENDED",
        Rejected = "REJECTED",
    }
}
