// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    ChannelWorkloadBehaviorType {
        RouteCurrentChannelCurrentWorkloadtypeOnly = "ROUTE_CURRENT_CHANNEL_CURRENT_WORKLOADTYPE_ONLY",
        RouteCurrentChannelAnyWorkloadtypeOnly = "ROUTE_CURRENT_CHANNEL_ANY_WORKLOADTYPE_ONLY",
        RouteAnyChannelAnyWorkloadType = "ROUTE_ANY_CHANNEL_ANY_WORKLOAD_TYPE",
    }
}
