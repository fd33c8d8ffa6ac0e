// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    HistoricalMetricName {
        ContactsQueued = "CONTACTS_QUEUED",
        ContactsHandled = "CONTACTS_HANDLED",
        ContactsAbandoned = "CONTACTS_ABANDONED",
        ContactsConsulted = "CONTACTS_CONSULTED",
        ContactsAgentHungUpFirst = "CONTACTS_AGENT_HUNG_UP_FIRST",
        ContactsHandledIncoming = "CONTACTS_HANDLED_INCOMING",
        ContactsHandledOutbound = "CONTACTS_HANDLED_OUTBOUND",
        ContactsHoldAbandons = "CONTACTS_HOLD_ABANDONS",
        ContactsTransferredIn = "CONTACTS_TRANSFERRED_IN",
        ContactsTransferredOut = "CONTACTS_TRANSFERRED_OUT",
        ContactsTransferredInFromQueue = "CONTACTS_TRANSFERRED_IN_FROM_QUEUE",
        ContactsTransferredOutFromQueue = "CONTACTS_TRANSFERRED_OUT_FROM_QUEUE",
        ContactsMissed = "CONTACTS_MISSED",
        CallbackContactsHandled = "CALLBACK_CONTACTS_HANDLED",
        ApiContactsHandled = "API_CONTACTS_HANDLED",
        Occupancy = "OCCUPANCY",
        HandleTime = "HANDLE_TIME",
        AfterContactWorkTime = "AFTER_CONTACT_WORK_TIME",
        QueuedTime = "QUEUED_TIME",
        AbandonTime = "ABANDON_TIME",
        QueueAnswerTime = "QUEUE_ANSWER_TIME",
        HoldTime = "HOLD_TIME",
        InteractionTime = "INTERACTION_TIME",
        InteractionAndHoldTime = "INTERACTION_AND_HOLD_TIME",
        ServiceLevel = "SERVICE_LEVEL",
    }
}
