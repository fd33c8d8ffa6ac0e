// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    ResourceType {
        Contact = "CONTACT",
        ContactFlow = "CONTACT_FLOW",
        Instance = "INSTANCE",
        Participant = "PARTICIPANT",
        HierarchyLevel = "HIERARCHY_LEVEL",
        HierarchyGroup = "HIERARCHY_GROUP",
        User = "USER",
        PhoneNumber = "PHONE_NUMBER",
    }
}
