// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    Grouping {
        Queue = "QUEUE",
        Channel = "CHANNEL",
        RoutingProfile = "ROUTING_PROFILE",
        RoutingStepExpression = "ROUTING_STEP_EXPRESSION",
        AgentStatus = "AGENT_STATUS",
        Subtype = "SUBTYPE",
        ValidationTestType = "VALIDATION_TEST_TYPE",
    }
}
