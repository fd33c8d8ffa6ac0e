// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    CurrentMetricName {
        AgentsOnline = "AGENTS_ONLINE",
        AgentsAvailable = "AGENTS_AVAILABLE",
        AgentsOnCall = "AGENTS_ON_CALL",
        AgentsNonProductive = "AGENTS_NON_PRODUCTIVE",
        AgentsAfterContactWork = "AGENTS_AFTER_CONTACT_WORK",
        AgentsError = "AGENTS_ERROR",
        AgentsStaffed = "AGENTS_STAFFED",
        ContactsInQueue = "CONTACTS_IN_QUEUE",
        OldestContactAge = "OLDEST_CONTACT_AGE",
        ContactsScheduled = "CONTACTS_SCHEDULED",
        AgentsOnContact = "AGENTS_ON_CONTACT",
        SlotsActive = "SLOTS_ACTIVE",
        SlotsAvailable = "SLOTS_AVAILABLE",
        EstimatedWaitTime = "ESTIMATED_WAIT_TIME",
    }
}
