// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    ReferenceStatus {
        Available = "AVAILABLE",
        Deleted = "DELETED",
        Approved = "APPROVED",
        Rejected = "REJECTED",
        Processing = "PROCESSING",
        Failed = "FAILED",
        Drafting = "DRAFTING",
    }
}
