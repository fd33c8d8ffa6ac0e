// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

//! Routes by the first segment of their path; literals stand before labels.

use crate::Op;
use crate::route::{Method, Pattern as Route, Segment};

/// The routes whose path begins with this segment.
pub(crate) fn under(first: &str) -> &'static [Route<Op>] {
    match first {
        "agent-status" => AGENT_STATUS,
        "contact" => CONTACT,
        "contact-flow-modules" => CONTACT_FLOW_MODULES,
        "contact-flow-modules-summary" => CONTACT_FLOW_MODULES_SUMMARY,
        "contact-flows" => CONTACT_FLOWS,
        "contact-flows-summary" => CONTACT_FLOWS_SUMMARY,
        "contacts" => CONTACTS,
        "effective-hours-of-operations" => EFFECTIVE_HOURS_OF_OPERATIONS,
        "hours-of-operations" => HOURS_OF_OPERATIONS,
        "hours-of-operations-summary" => HOURS_OF_OPERATIONS_SUMMARY,
        "instance" => INSTANCE,
        "metrics" => METRICS,
        "predefined-attributes" => PREDEFINED_ATTRIBUTES,
        "queues" => QUEUES,
        "queues-summary" => QUEUES_SUMMARY,
        "quick-connects" => QUICK_CONNECTS,
        "routing-profiles" => ROUTING_PROFILES,
        "routing-profiles-summary" => ROUTING_PROFILES_SUMMARY,
        "search-agent-statuses" => SEARCH_AGENT_STATUSES,
        "search-contact-flow-modules" => SEARCH_CONTACT_FLOW_MODULES,
        "search-contact-flows" => SEARCH_CONTACT_FLOWS,
        "search-contacts" => SEARCH_CONTACTS,
        "search-hours-of-operation-overrides" => SEARCH_HOURS_OF_OPERATION_OVERRIDES,
        "search-hours-of-operations" => SEARCH_HOURS_OF_OPERATIONS,
        "search-predefined-attributes" => SEARCH_PREDEFINED_ATTRIBUTES,
        "search-queues" => SEARCH_QUEUES,
        "search-quick-connects" => SEARCH_QUICK_CONNECTS,
        "search-resource-tags" => SEARCH_RESOURCE_TAGS,
        "search-routing-profiles" => SEARCH_ROUTING_PROFILES,
        "search-security-profiles" => SEARCH_SECURITY_PROFILES,
        "search-user-hierarchy-groups" => SEARCH_USER_HIERARCHY_GROUPS,
        "search-users" => SEARCH_USERS,
        "security-profiles" => SECURITY_PROFILES,
        "security-profiles-permissions" => SECURITY_PROFILES_PERMISSIONS,
        "security-profiles-summary" => SECURITY_PROFILES_SUMMARY,
        "tags" => TAGS,
        "user-hierarchy-groups" => USER_HIERARCHY_GROUPS,
        "user-hierarchy-groups-summary" => USER_HIERARCHY_GROUPS_SUMMARY,
        "user-hierarchy-structure" => USER_HIERARCHY_STRUCTURE,
        "users" => USERS,
        "users-summary" => USERS_SUMMARY,
        _ => &[],
    }
}

const AGENT_STATUS: &[Route<Op>] = &[
    Route { method: Method::Get, segments: &[Segment::Label], op: Op::ListAgentStatuses },
    Route { method: Method::Put, segments: &[Segment::Label], op: Op::CreateAgentStatus },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: Op::DescribeAgentStatus },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: Op::UpdateAgentStatus },
];

const CONTACT: &[Route<Op>] = &[
    Route { method: Method::Post, segments: &[Segment::Literal("attributes")], op: Op::UpdateContactAttributes },
    Route { method: Method::Put, segments: &[Segment::Literal("create-contact")], op: Op::CreateContact },
    Route { method: Method::Post, segments: &[Segment::Literal("pause")], op: Op::PauseContact },
    Route { method: Method::Post, segments: &[Segment::Literal("resume")], op: Op::ResumeContact },
    Route { method: Method::Post, segments: &[Segment::Literal("schedule")], op: Op::UpdateContactSchedule },
    Route { method: Method::Post, segments: &[Segment::Literal("stop")], op: Op::StopContact },
    Route { method: Method::Post, segments: &[Segment::Literal("tags")], op: Op::TagContact },
    Route { method: Method::Put, segments: &[Segment::Literal("task")], op: Op::StartTaskContact },
    Route { method: Method::Post, segments: &[Segment::Literal("task-template")], op: Op::UpdateContactTaskTemplate },
    Route { method: Method::Post, segments: &[Segment::Literal("transfer")], op: Op::TransferContact },
    Route {
        method: Method::Get,
        segments: &[Segment::Literal("associated"), Segment::Label],
        op: Op::ListAssociatedContacts,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Literal("attributes"), Segment::Label, Segment::Label],
        op: Op::GetContactAttributes,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Literal("delete"), Segment::Label, Segment::Label],
        op: Op::DeleteContactData,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Literal("references"), Segment::Label, Segment::Label],
        op: Op::ListContactReferences,
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Literal("tags"), Segment::Label, Segment::Label],
        op: Op::UntagContact,
    },
];

const CONTACT_FLOW_MODULES: &[Route<Op>] = &[
    Route { method: Method::Put, segments: &[Segment::Label], op: Op::CreateContactFlowModule },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: Op::DeleteContactFlowModule },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: Op::DescribeContactFlowModule },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("alias")],
        op: Op::CreateContactFlowModuleAlias,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("aliases")],
        op: Op::ListContactFlowModuleAliases,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("content")],
        op: Op::UpdateContactFlowModuleContent,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("metadata")],
        op: Op::UpdateContactFlowModuleMetadata,
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("version")],
        op: Op::CreateContactFlowModuleVersion,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("versions")],
        op: Op::ListContactFlowModuleVersions,
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("alias"), Segment::Label],
        op: Op::DeleteContactFlowModuleAlias,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("alias"), Segment::Label],
        op: Op::DescribeContactFlowModuleAlias,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("alias"), Segment::Label],
        op: Op::UpdateContactFlowModuleAlias,
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("version"), Segment::Label],
        op: Op::DeleteContactFlowModuleVersion,
    },
];

const CONTACT_FLOW_MODULES_SUMMARY: &[Route<Op>] =
    &[Route { method: Method::Get, segments: &[Segment::Label], op: Op::ListContactFlowModules }];

const CONTACT_FLOWS: &[Route<Op>] = &[
    Route { method: Method::Put, segments: &[Segment::Label], op: Op::CreateContactFlow },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: Op::DeleteContactFlow },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: Op::DescribeContactFlow },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("alias")],
        op: Op::CreateContactFlowAlias,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("aliases")],
        op: Op::ListContactFlowAliases,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("content")],
        op: Op::UpdateContactFlowContent,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("metadata")],
        op: Op::UpdateContactFlowMetadata,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("name")],
        op: Op::UpdateContactFlowName,
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("version")],
        op: Op::CreateContactFlowVersion,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("versions")],
        op: Op::ListContactFlowVersions,
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("alias"), Segment::Label],
        op: Op::DeleteContactFlowAlias,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("alias"), Segment::Label],
        op: Op::DescribeContactFlowAlias,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("alias"), Segment::Label],
        op: Op::UpdateContactFlowAlias,
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("version"), Segment::Label],
        op: Op::DeleteContactFlowVersion,
    },
];

const CONTACT_FLOWS_SUMMARY: &[Route<Op>] =
    &[Route { method: Method::Get, segments: &[Segment::Label], op: Op::ListContactFlows }];

const CONTACTS: &[Route<Op>] = &[
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: Op::DescribeContact },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: Op::UpdateContact },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("associate-user")],
        op: Op::AssociateContactWithUser,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("routing-data")],
        op: Op::UpdateContactRoutingData,
    },
];

const EFFECTIVE_HOURS_OF_OPERATIONS: &[Route<Op>] = &[Route {
    method: Method::Get,
    segments: &[Segment::Label, Segment::Label],
    op: Op::GetEffectiveHoursOfOperations,
}];

const HOURS_OF_OPERATIONS: &[Route<Op>] = &[
    Route { method: Method::Put, segments: &[Segment::Label], op: Op::CreateHoursOfOperation },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: Op::DeleteHoursOfOperation },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: Op::DescribeHoursOfOperation },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: Op::UpdateHoursOfOperation },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("associate-hours")],
        op: Op::AssociateHoursOfOperations,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("disassociate-hours")],
        op: Op::DisassociateHoursOfOperations,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("hours")],
        op: Op::ListChildHoursOfOperations,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("overrides")],
        op: Op::ListHoursOfOperationOverrides,
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("overrides")],
        op: Op::CreateHoursOfOperationOverride,
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("overrides"), Segment::Label],
        op: Op::DeleteHoursOfOperationOverride,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("overrides"), Segment::Label],
        op: Op::DescribeHoursOfOperationOverride,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("overrides"), Segment::Label],
        op: Op::UpdateHoursOfOperationOverride,
    },
];

const HOURS_OF_OPERATIONS_SUMMARY: &[Route<Op>] =
    &[Route { method: Method::Get, segments: &[Segment::Label], op: Op::ListHoursOfOperations }];

const INSTANCE: &[Route<Op>] = &[
    Route { method: Method::Get, segments: &[], op: Op::ListInstances },
    Route { method: Method::Put, segments: &[], op: Op::CreateInstance },
    Route { method: Method::Delete, segments: &[Segment::Label], op: Op::DeleteInstance },
    Route { method: Method::Get, segments: &[Segment::Label], op: Op::DescribeInstance },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Literal("attributes")],
        op: Op::ListInstanceAttributes,
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Literal("lambda-function")],
        op: Op::DisassociateLambdaFunction,
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Literal("lambda-function")],
        op: Op::AssociateLambdaFunction,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Literal("lambda-functions")],
        op: Op::ListLambdaFunctions,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Literal("attribute"), Segment::Label],
        op: Op::DescribeInstanceAttribute,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Literal("attribute"), Segment::Label],
        op: Op::UpdateInstanceAttribute,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Literal("task"), Segment::Literal("template")],
        op: Op::ListTaskTemplates,
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Literal("task"), Segment::Literal("template")],
        op: Op::CreateTaskTemplate,
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Literal("task"), Segment::Literal("template"), Segment::Label],
        op: Op::DeleteTaskTemplate,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Literal("task"), Segment::Literal("template"), Segment::Label],
        op: Op::GetTaskTemplate,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Literal("task"), Segment::Literal("template"), Segment::Label],
        op: Op::UpdateTaskTemplate,
    },
];

const METRICS: &[Route<Op>] = &[
    Route { method: Method::Post, segments: &[Segment::Literal("contact")], op: Op::GetContactMetrics },
    Route { method: Method::Post, segments: &[Segment::Literal("data")], op: Op::GetMetricDataV2 },
    Route {
        method: Method::Post,
        segments: &[Segment::Literal("current"), Segment::Label],
        op: Op::GetCurrentMetricData,
    },
    Route { method: Method::Post, segments: &[Segment::Literal("historical"), Segment::Label], op: Op::GetMetricData },
    Route {
        method: Method::Post,
        segments: &[Segment::Literal("userdata"), Segment::Label],
        op: Op::GetCurrentUserData,
    },
];

const PREDEFINED_ATTRIBUTES: &[Route<Op>] = &[
    Route { method: Method::Get, segments: &[Segment::Label], op: Op::ListPredefinedAttributes },
    Route { method: Method::Put, segments: &[Segment::Label], op: Op::CreatePredefinedAttribute },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: Op::DeletePredefinedAttribute },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: Op::DescribePredefinedAttribute },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: Op::UpdatePredefinedAttribute },
];

const QUEUES: &[Route<Op>] = &[
    Route { method: Method::Put, segments: &[Segment::Label], op: Op::CreateQueue },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: Op::DeleteQueue },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: Op::DescribeQueue },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("associate-email-addresses")],
        op: Op::AssociateQueueEmailAddresses,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("associate-quick-connects")],
        op: Op::AssociateQueueQuickConnects,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("disassociate-email-addresses")],
        op: Op::DisassociateQueueEmailAddresses,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("disassociate-quick-connects")],
        op: Op::DisassociateQueueQuickConnects,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("email-addresses")],
        op: Op::ListQueueEmailAddresses,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("hours-of-operation")],
        op: Op::UpdateQueueHoursOfOperation,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("max-contacts")],
        op: Op::UpdateQueueMaxContacts,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("name")],
        op: Op::UpdateQueueName,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("outbound-caller-config")],
        op: Op::UpdateQueueOutboundCallerConfig,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("outbound-email-config")],
        op: Op::UpdateQueueOutboundEmailConfig,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("quick-connects")],
        op: Op::ListQueueQuickConnects,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("status")],
        op: Op::UpdateQueueStatus,
    },
];

const QUEUES_SUMMARY: &[Route<Op>] = &[Route { method: Method::Get, segments: &[Segment::Label], op: Op::ListQueues }];

const QUICK_CONNECTS: &[Route<Op>] = &[
    Route { method: Method::Get, segments: &[Segment::Label], op: Op::ListQuickConnects },
    Route { method: Method::Put, segments: &[Segment::Label], op: Op::CreateQuickConnect },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: Op::DeleteQuickConnect },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: Op::DescribeQuickConnect },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("config")],
        op: Op::UpdateQuickConnectConfig,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("name")],
        op: Op::UpdateQuickConnectName,
    },
];

const ROUTING_PROFILES: &[Route<Op>] = &[
    Route { method: Method::Put, segments: &[Segment::Label], op: Op::CreateRoutingProfile },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: Op::DeleteRoutingProfile },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: Op::DescribeRoutingProfile },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("agent-availability-timer")],
        op: Op::UpdateRoutingProfileAgentAvailabilityTimer,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("associate-queues")],
        op: Op::AssociateRoutingProfileQueues,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("concurrency")],
        op: Op::UpdateRoutingProfileConcurrency,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("default-outbound-queue")],
        op: Op::UpdateRoutingProfileDefaultOutboundQueue,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("disassociate-queues")],
        op: Op::DisassociateRoutingProfileQueues,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("manual-assignment-queues")],
        op: Op::ListRoutingProfileManualAssignmentQueues,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("name")],
        op: Op::UpdateRoutingProfileName,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("queues")],
        op: Op::ListRoutingProfileQueues,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("queues")],
        op: Op::UpdateRoutingProfileQueues,
    },
];

const ROUTING_PROFILES_SUMMARY: &[Route<Op>] =
    &[Route { method: Method::Get, segments: &[Segment::Label], op: Op::ListRoutingProfiles }];

const SEARCH_AGENT_STATUSES: &[Route<Op>] =
    &[Route { method: Method::Post, segments: &[], op: Op::SearchAgentStatuses }];

const SEARCH_CONTACT_FLOW_MODULES: &[Route<Op>] =
    &[Route { method: Method::Post, segments: &[], op: Op::SearchContactFlowModules }];

const SEARCH_CONTACT_FLOWS: &[Route<Op>] = &[Route { method: Method::Post, segments: &[], op: Op::SearchContactFlows }];

const SEARCH_CONTACTS: &[Route<Op>] = &[Route { method: Method::Post, segments: &[], op: Op::SearchContacts }];

const SEARCH_HOURS_OF_OPERATION_OVERRIDES: &[Route<Op>] =
    &[Route { method: Method::Post, segments: &[], op: Op::SearchHoursOfOperationOverrides }];

const SEARCH_HOURS_OF_OPERATIONS: &[Route<Op>] =
    &[Route { method: Method::Post, segments: &[], op: Op::SearchHoursOfOperations }];

const SEARCH_PREDEFINED_ATTRIBUTES: &[Route<Op>] =
    &[Route { method: Method::Post, segments: &[], op: Op::SearchPredefinedAttributes }];

const SEARCH_QUEUES: &[Route<Op>] = &[Route { method: Method::Post, segments: &[], op: Op::SearchQueues }];

const SEARCH_QUICK_CONNECTS: &[Route<Op>] =
    &[Route { method: Method::Post, segments: &[], op: Op::SearchQuickConnects }];

const SEARCH_RESOURCE_TAGS: &[Route<Op>] = &[Route { method: Method::Post, segments: &[], op: Op::SearchResourceTags }];

const SEARCH_ROUTING_PROFILES: &[Route<Op>] =
    &[Route { method: Method::Post, segments: &[], op: Op::SearchRoutingProfiles }];

const SEARCH_SECURITY_PROFILES: &[Route<Op>] =
    &[Route { method: Method::Post, segments: &[], op: Op::SearchSecurityProfiles }];

const SEARCH_USER_HIERARCHY_GROUPS: &[Route<Op>] =
    &[Route { method: Method::Post, segments: &[], op: Op::SearchUserHierarchyGroups }];

const SEARCH_USERS: &[Route<Op>] = &[Route { method: Method::Post, segments: &[], op: Op::SearchUsers }];

const SECURITY_PROFILES: &[Route<Op>] = &[
    Route { method: Method::Put, segments: &[Segment::Label], op: Op::CreateSecurityProfile },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: Op::DeleteSecurityProfile },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: Op::DescribeSecurityProfile },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: Op::UpdateSecurityProfile },
];

const SECURITY_PROFILES_PERMISSIONS: &[Route<Op>] = &[Route {
    method: Method::Get,
    segments: &[Segment::Label, Segment::Label],
    op: Op::ListSecurityProfilePermissions,
}];

const SECURITY_PROFILES_SUMMARY: &[Route<Op>] =
    &[Route { method: Method::Get, segments: &[Segment::Label], op: Op::ListSecurityProfiles }];

const TAGS: &[Route<Op>] = &[
    Route { method: Method::Delete, segments: &[Segment::Rest], op: Op::UntagResource },
    Route { method: Method::Get, segments: &[Segment::Rest], op: Op::ListTagsForResource },
    Route { method: Method::Post, segments: &[Segment::Rest], op: Op::TagResource },
];

const USER_HIERARCHY_GROUPS: &[Route<Op>] = &[
    Route { method: Method::Put, segments: &[Segment::Label], op: Op::CreateUserHierarchyGroup },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: Op::DeleteUserHierarchyGroup },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: Op::DescribeUserHierarchyGroup },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("name")],
        op: Op::UpdateUserHierarchyGroupName,
    },
];

const USER_HIERARCHY_GROUPS_SUMMARY: &[Route<Op>] =
    &[Route { method: Method::Get, segments: &[Segment::Label], op: Op::ListUserHierarchyGroups }];

const USER_HIERARCHY_STRUCTURE: &[Route<Op>] = &[
    Route { method: Method::Get, segments: &[Segment::Label], op: Op::DescribeUserHierarchyStructure },
    Route { method: Method::Post, segments: &[Segment::Label], op: Op::UpdateUserHierarchyStructure },
];

const USERS: &[Route<Op>] = &[
    Route { method: Method::Put, segments: &[Segment::Label], op: Op::CreateUser },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: Op::DeleteUser },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: Op::DescribeUser },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("associate-proficiencies")],
        op: Op::AssociateUserProficiencies,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("config")],
        op: Op::UpdateUserConfig,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("contact")],
        op: Op::DismissUserContact,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("disassociate-proficiencies")],
        op: Op::DisassociateUserProficiencies,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("hierarchy")],
        op: Op::UpdateUserHierarchy,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("identity-info")],
        op: Op::UpdateUserIdentityInfo,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("phone-config")],
        op: Op::UpdateUserPhoneConfig,
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("proficiencies")],
        op: Op::ListUserProficiencies,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("proficiencies")],
        op: Op::UpdateUserProficiencies,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("routing-profile")],
        op: Op::UpdateUserRoutingProfile,
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("security-profiles")],
        op: Op::UpdateUserSecurityProfiles,
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("status")],
        op: Op::PutUserStatus,
    },
];

const USERS_SUMMARY: &[Route<Op>] = &[Route { method: Method::Get, segments: &[Segment::Label], op: Op::ListUsers }];
