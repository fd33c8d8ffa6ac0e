// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

//! Routes of the operations of the service that are out of scope, with their names.

use crate::route::{Method, Pattern as Route, Segment};

/// The routes whose path begins with this segment.
pub(crate) fn under(first: &str) -> &'static [Route<&'static str>] {
    match first {
        "analytics-data" => ANALYTICS_DATA,
        "associate-security-profiles" => ASSOCIATE_SECURITY_PROFILES,
        "attached-files" => ATTACHED_FILES,
        "attached-files-configurations" => ATTACHED_FILES_CONFIGURATIONS,
        "auth" => AUTH,
        "authentication-profiles" => AUTHENTICATION_PROFILES,
        "authentication-profiles-summary" => AUTHENTICATION_PROFILES_SUMMARY,
        "chat-integration-event" => CHAT_INTEGRATION_EVENT,
        "contact" => CONTACT,
        "contact-evaluations" => CONTACT_EVALUATIONS,
        "cross-region-routing" => CROSS_REGION_ROUTING,
        "data-tables" => DATA_TABLES,
        "default-vocabulary" => DEFAULT_VOCABULARY,
        "default-vocabulary-summary" => DEFAULT_VOCABULARY_SUMMARY,
        "disassociate-security-profiles" => DISASSOCIATE_SECURITY_PROFILES,
        "email-addresses" => EMAIL_ADDRESSES,
        "entity-security-profiles-summary" => ENTITY_SECURITY_PROFILES_SUMMARY,
        "evaluation-forms" => EVALUATION_FORMS,
        "extraction-definitions" => EXTRACTION_DEFINITIONS,
        "flow-associations" => FLOW_ASSOCIATIONS,
        "flow-associations-batch" => FLOW_ASSOCIATIONS_BATCH,
        "flow-associations-summary" => FLOW_ASSOCIATIONS_SUMMARY,
        "instance" => INSTANCE,
        "instances" => INSTANCES,
        "metrics" => METRICS,
        "notifications" => NOTIFICATIONS,
        "phone-number" => PHONE_NUMBER,
        "phone-numbers-summary" => PHONE_NUMBERS_SUMMARY,
        "prompts" => PROMPTS,
        "prompts-summary" => PROMPTS_SUMMARY,
        "push-notification" => PUSH_NOTIFICATION,
        "replication-findings" => REPLICATION_FINDINGS,
        "rules" => RULES,
        "search-contact-evaluations" => SEARCH_CONTACT_EVALUATIONS,
        "search-data-tables" => SEARCH_DATA_TABLES,
        "search-email-addresses" => SEARCH_EMAIL_ADDRESSES,
        "search-evaluation-forms" => SEARCH_EVALUATION_FORMS,
        "search-metrics" => SEARCH_METRICS,
        "search-notifications" => SEARCH_NOTIFICATIONS,
        "search-prompts" => SEARCH_PROMPTS,
        "search-rules" => SEARCH_RULES,
        "search-test-cases" => SEARCH_TEST_CASES,
        "search-views" => SEARCH_VIEWS,
        "search-workspace-associations" => SEARCH_WORKSPACE_ASSOCIATIONS,
        "search-workspaces" => SEARCH_WORKSPACES,
        "security-profiles-ai-agents" => SECURITY_PROFILES_AI_AGENTS,
        "security-profiles-applications" => SECURITY_PROFILES_APPLICATIONS,
        "security-profiles-flow-modules" => SECURITY_PROFILES_FLOW_MODULES,
        "test-case-executions" => TEST_CASE_EXECUTIONS,
        "test-cases" => TEST_CASES,
        "test-cases-summary" => TEST_CASES_SUMMARY,
        "traffic-distribution" => TRAFFIC_DISTRIBUTION,
        "traffic-distribution-group" => TRAFFIC_DISTRIBUTION_GROUP,
        "traffic-distribution-groups" => TRAFFIC_DISTRIBUTION_GROUPS,
        "user" => USER,
        "users" => USERS,
        "views" => VIEWS,
        "vocabulary" => VOCABULARY,
        "vocabulary-remove" => VOCABULARY_REMOVE,
        "vocabulary-summary" => VOCABULARY_SUMMARY,
        "workspaces" => WORKSPACES,
        _ => &[],
    }
}

const ANALYTICS_DATA: &[Route<&str>] = &[
    Route {
        method: Method::Get,
        segments: &[Segment::Literal("instance"), Segment::Label, Segment::Literal("association")],
        op: "ListAnalyticsDataAssociations",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Literal("instance"), Segment::Label, Segment::Literal("association")],
        op: "DisassociateAnalyticsDataSet",
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Literal("instance"), Segment::Label, Segment::Literal("association")],
        op: "AssociateAnalyticsDataSet",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Literal("instance"), Segment::Label, Segment::Literal("associations")],
        op: "BatchDisassociateAnalyticsDataSet",
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Literal("instance"), Segment::Label, Segment::Literal("associations")],
        op: "BatchAssociateAnalyticsDataSet",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Literal("instance"), Segment::Label, Segment::Literal("datasets")],
        op: "ListAnalyticsDataLakeDataSets",
    },
];

const ASSOCIATE_SECURITY_PROFILES: &[Route<&str>] =
    &[Route { method: Method::Post, segments: &[Segment::Label], op: "AssociateSecurityProfiles" }];

const ATTACHED_FILES: &[Route<&str>] = &[
    Route { method: Method::Post, segments: &[Segment::Label], op: "BatchGetAttachedFileMetadata" },
    Route { method: Method::Put, segments: &[Segment::Label], op: "StartAttachedFileUpload" },
    Route { method: Method::Put, segments: &[Segment::Label, Segment::Literal("files")], op: "CreateAttachedFile" },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: "DeleteAttachedFile" },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "GetAttachedFile" },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: "CompleteAttachedFileUpload" },
];

const ATTACHED_FILES_CONFIGURATIONS: &[Route<&str>] = &[
    Route { method: Method::Get, segments: &[Segment::Label], op: "ListAttachedFilesConfigurations" },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label],
        op: "DescribeAttachedFilesConfiguration",
    },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: "UpdateAttachedFilesConfiguration" },
];

const AUTH: &[Route<&str>] = &[
    Route { method: Method::Post, segments: &[Segment::Literal("code"), Segment::Label], op: "CreateAuthCode" },
    Route {
        method: Method::Post,
        segments: &[Segment::Literal("sessions"), Segment::Literal("delete-all-entity-sessions")],
        op: "DeleteAllEntitySessions",
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Literal("sessions"), Segment::Label, Segment::Label],
        op: "DeleteSession",
    },
];

const AUTHENTICATION_PROFILES: &[Route<&str>] = &[
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "DescribeAuthenticationProfile" },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: "UpdateAuthenticationProfile" },
];

const AUTHENTICATION_PROFILES_SUMMARY: &[Route<&str>] =
    &[Route { method: Method::Get, segments: &[Segment::Label], op: "ListAuthenticationProfiles" }];

const CHAT_INTEGRATION_EVENT: &[Route<&str>] =
    &[Route { method: Method::Post, segments: &[], op: "SendChatIntegrationEvent" }];

const CONTACT: &[Route<&str>] = &[
    Route { method: Method::Put, segments: &[Segment::Literal("assistant")], op: "StartAssistantContact" },
    Route { method: Method::Put, segments: &[Segment::Literal("chat")], op: "StartChatContact" },
    Route { method: Method::Post, segments: &[Segment::Literal("create-participant")], op: "CreateParticipant" },
    Route { method: Method::Put, segments: &[Segment::Literal("email")], op: "StartEmailContact" },
    Route { method: Method::Post, segments: &[Segment::Literal("monitor")], op: "MonitorContact" },
    Route { method: Method::Put, segments: &[Segment::Literal("outbound-chat")], op: "StartOutboundChatContact" },
    Route { method: Method::Put, segments: &[Segment::Literal("outbound-email")], op: "StartOutboundEmailContact" },
    Route { method: Method::Put, segments: &[Segment::Literal("outbound-voice")], op: "StartOutboundVoiceContact" },
    Route { method: Method::Post, segments: &[Segment::Literal("resume-recording")], op: "ResumeContactRecording" },
    Route { method: Method::Put, segments: &[Segment::Literal("screen-sharing")], op: "StartScreenSharing" },
    Route {
        method: Method::Post,
        segments: &[Segment::Literal("start-contact-media-processing")],
        op: "StartContactMediaProcessing",
    },
    Route { method: Method::Post, segments: &[Segment::Literal("start-recording")], op: "StartContactRecording" },
    Route { method: Method::Post, segments: &[Segment::Literal("start-streaming")], op: "StartContactStreaming" },
    Route {
        method: Method::Post,
        segments: &[Segment::Literal("stop-contact-media-processing")],
        op: "StopContactMediaProcessing",
    },
    Route { method: Method::Post, segments: &[Segment::Literal("stop-recording")], op: "StopContactRecording" },
    Route { method: Method::Post, segments: &[Segment::Literal("stop-streaming")], op: "StopContactStreaming" },
    Route { method: Method::Post, segments: &[Segment::Literal("suspend-recording")], op: "SuspendContactRecording" },
    Route {
        method: Method::Post,
        segments: &[Segment::Literal("update-participant-authentication")],
        op: "UpdateParticipantAuthentication",
    },
    Route { method: Method::Put, segments: &[Segment::Literal("webrtc")], op: "StartWebRTCContact" },
    Route { method: Method::Put, segments: &[Segment::Literal("batch"), Segment::Label], op: "BatchPutContact" },
    Route {
        method: Method::Post,
        segments: &[Segment::Literal("list-real-time-analysis-segments-v2"), Segment::Label, Segment::Label],
        op: "ListRealtimeContactAnalysisSegmentsV2",
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Literal("participant-role-config"), Segment::Label, Segment::Label],
        op: "UpdateParticipantRoleConfig",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Literal("persistent-contact-association"), Segment::Label, Segment::Label],
        op: "CreatePersistentContactAssociation",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Literal("start-conversational-analytics-job"), Segment::Label, Segment::Label],
        op: "StartContactConversationalAnalyticsJob",
    },
];

const CONTACT_EVALUATIONS: &[Route<&str>] = &[
    Route { method: Method::Get, segments: &[Segment::Label], op: "ListContactEvaluations" },
    Route { method: Method::Put, segments: &[Segment::Label], op: "StartContactEvaluation" },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: "DeleteContactEvaluation" },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "DescribeContactEvaluation" },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: "UpdateContactEvaluation" },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("submit")],
        op: "SubmitContactEvaluation",
    },
];

const CROSS_REGION_ROUTING: &[Route<&str>] = &[
    Route { method: Method::Get, segments: &[Segment::Label], op: "GetCrossRegionRouting" },
    Route { method: Method::Put, segments: &[Segment::Label], op: "UpdateCrossRegionRouting" },
];

const DATA_TABLES: &[Route<&str>] = &[
    Route { method: Method::Get, segments: &[Segment::Label], op: "ListDataTables" },
    Route { method: Method::Put, segments: &[Segment::Label], op: "CreateDataTable" },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: "DeleteDataTable" },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "DescribeDataTable" },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: "UpdateDataTableMetadata" },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("attributes")],
        op: "ListDataTableAttributes",
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("attributes")],
        op: "CreateDataTableAttribute",
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("attributes"), Segment::Label],
        op: "DeleteDataTableAttribute",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("attributes"), Segment::Label],
        op: "DescribeDataTableAttribute",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("attributes"), Segment::Label],
        op: "UpdateDataTableAttribute",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("values"), Segment::Literal("create")],
        op: "BatchCreateDataTableValue",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("values"), Segment::Literal("delete")],
        op: "BatchDeleteDataTableValue",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("values"), Segment::Literal("describe")],
        op: "BatchDescribeDataTableValue",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("values"), Segment::Literal("evaluate")],
        op: "EvaluateDataTableValues",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("values"), Segment::Literal("list")],
        op: "ListDataTableValues",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("values"), Segment::Literal("list-primary")],
        op: "ListDataTablePrimaryValues",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("values"), Segment::Literal("update")],
        op: "BatchUpdateDataTableValue",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("values"), Segment::Literal("update-primary")],
        op: "UpdateDataTablePrimaryValues",
    },
];

const DEFAULT_VOCABULARY: &[Route<&str>] =
    &[Route { method: Method::Put, segments: &[Segment::Label, Segment::Label], op: "AssociateDefaultVocabulary" }];

const DEFAULT_VOCABULARY_SUMMARY: &[Route<&str>] =
    &[Route { method: Method::Post, segments: &[Segment::Label], op: "ListDefaultVocabularies" }];

const DISASSOCIATE_SECURITY_PROFILES: &[Route<&str>] =
    &[Route { method: Method::Post, segments: &[Segment::Label], op: "DisassociateSecurityProfiles" }];

const EMAIL_ADDRESSES: &[Route<&str>] = &[
    Route { method: Method::Put, segments: &[Segment::Label], op: "CreateEmailAddress" },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: "DeleteEmailAddress" },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "DescribeEmailAddress" },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: "UpdateEmailAddressMetadata" },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("associate-alias")],
        op: "AssociateEmailAddressAlias",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("disassociate-alias")],
        op: "DisassociateEmailAddressAlias",
    },
];

const ENTITY_SECURITY_PROFILES_SUMMARY: &[Route<&str>] =
    &[Route { method: Method::Post, segments: &[Segment::Label], op: "ListEntitySecurityProfiles" }];

const EVALUATION_FORMS: &[Route<&str>] = &[
    Route { method: Method::Get, segments: &[Segment::Label], op: "ListEvaluationForms" },
    Route { method: Method::Put, segments: &[Segment::Label], op: "CreateEvaluationForm" },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: "DeleteEvaluationForm" },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "DescribeEvaluationForm" },
    Route { method: Method::Put, segments: &[Segment::Label, Segment::Label], op: "UpdateEvaluationForm" },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("activate")],
        op: "ActivateEvaluationForm",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("deactivate")],
        op: "DeactivateEvaluationForm",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("validate")],
        op: "StartEvaluationFormValidation",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("validation-results")],
        op: "GetEvaluationFormValidation",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("versions")],
        op: "ListEvaluationFormVersions",
    },
];

const EXTRACTION_DEFINITIONS: &[Route<&str>] = &[
    Route { method: Method::Get, segments: &[Segment::Label], op: "ListExtractionDefinitions" },
    Route { method: Method::Post, segments: &[Segment::Label], op: "CreateExtractionDefinition" },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: "DeleteExtractionDefinition" },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "DescribeExtractionDefinition" },
    Route { method: Method::Put, segments: &[Segment::Label, Segment::Label], op: "UpdateExtractionDefinition" },
];

const FLOW_ASSOCIATIONS: &[Route<&str>] = &[
    Route { method: Method::Put, segments: &[Segment::Label], op: "AssociateFlow" },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Label, Segment::Label],
        op: "DisassociateFlow",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Label],
        op: "GetFlowAssociation",
    },
];

const FLOW_ASSOCIATIONS_BATCH: &[Route<&str>] =
    &[Route { method: Method::Post, segments: &[Segment::Label], op: "BatchGetFlowAssociation" }];

const FLOW_ASSOCIATIONS_SUMMARY: &[Route<&str>] =
    &[Route { method: Method::Get, segments: &[Segment::Label], op: "ListFlowAssociations" }];

const INSTANCE: &[Route<&str>] = &[
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Literal("approved-origin")],
        op: "DisassociateApprovedOrigin",
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Literal("approved-origin")],
        op: "AssociateApprovedOrigin",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Literal("approved-origins")],
        op: "ListApprovedOrigins",
    },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Literal("bot")], op: "DisassociateBot" },
    Route { method: Method::Put, segments: &[Segment::Label, Segment::Literal("bot")], op: "AssociateBot" },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Literal("bots")], op: "ListBots" },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Literal("integration-associations")],
        op: "ListIntegrationAssociations",
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Literal("integration-associations")],
        op: "CreateIntegrationAssociation",
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Literal("lex-bot")],
        op: "DisassociateLexBot",
    },
    Route { method: Method::Put, segments: &[Segment::Label, Segment::Literal("lex-bot")], op: "AssociateLexBot" },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Literal("lex-bots")], op: "ListLexBots" },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Literal("outbound-email")],
        op: "SendOutboundEmail",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Literal("outbound-web-notification")],
        op: "SendOutboundWebNotification",
    },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Literal("replicate")], op: "ReplicateInstance" },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Literal("security-key")],
        op: "AssociateSecurityKey",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Literal("security-keys")],
        op: "ListSecurityKeys",
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Literal("storage-config")],
        op: "AssociateInstanceStorageConfig",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Literal("storage-configs")],
        op: "ListInstanceStorageConfigs",
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Literal("integration-associations"), Segment::Label],
        op: "DeleteIntegrationAssociation",
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Literal("security-key"), Segment::Label],
        op: "DisassociateSecurityKey",
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Literal("storage-config"), Segment::Label],
        op: "DisassociateInstanceStorageConfig",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Literal("storage-config"), Segment::Label],
        op: "DescribeInstanceStorageConfig",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Literal("storage-config"), Segment::Label],
        op: "UpdateInstanceStorageConfig",
    },
    Route {
        method: Method::Get,
        segments: &[
            Segment::Label,
            Segment::Literal("integration-associations"),
            Segment::Label,
            Segment::Literal("use-cases"),
        ],
        op: "ListUseCases",
    },
    Route {
        method: Method::Put,
        segments: &[
            Segment::Label,
            Segment::Literal("integration-associations"),
            Segment::Label,
            Segment::Literal("use-cases"),
        ],
        op: "CreateUseCase",
    },
    Route {
        method: Method::Delete,
        segments: &[
            Segment::Label,
            Segment::Literal("integration-associations"),
            Segment::Label,
            Segment::Literal("use-cases"),
            Segment::Label,
        ],
        op: "DeleteUseCase",
    },
];

const INSTANCES: &[Route<&str>] = &[
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Literal("evaluation-form-ai-versions")],
        op: "ListEvaluationFormAIVersions",
    },
    Route {
        method: Method::Put,
        segments: &[
            Segment::Label,
            Segment::Literal("contacts"),
            Segment::Label,
            Segment::Literal("outbound-email-message"),
        ],
        op: "UpdateOutboundEmailContactMessage",
    },
];

const METRICS: &[Route<&str>] = &[
    Route { method: Method::Get, segments: &[Segment::Literal("definitions"), Segment::Label], op: "ListMetrics" },
    Route { method: Method::Put, segments: &[Segment::Literal("definitions"), Segment::Label], op: "CreateMetric" },
    Route {
        method: Method::Delete,
        segments: &[Segment::Literal("definitions"), Segment::Label, Segment::Label],
        op: "DeleteMetric",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Literal("definitions"), Segment::Label, Segment::Label],
        op: "DescribeMetric",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Literal("definitions"), Segment::Label, Segment::Label, Segment::Literal("content")],
        op: "UpdateMetricContent",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Literal("definitions"), Segment::Label, Segment::Label, Segment::Literal("metadata")],
        op: "UpdateMetricMetadata",
    },
];

const NOTIFICATIONS: &[Route<&str>] = &[
    Route { method: Method::Get, segments: &[Segment::Label], op: "ListNotifications" },
    Route { method: Method::Put, segments: &[Segment::Label], op: "CreateNotification" },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: "DeleteNotification" },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "DescribeNotification" },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: "UpdateNotificationContent" },
];

const PHONE_NUMBER: &[Route<&str>] = &[
    Route { method: Method::Post, segments: &[Segment::Literal("claim")], op: "ClaimPhoneNumber" },
    Route { method: Method::Post, segments: &[Segment::Literal("import")], op: "ImportPhoneNumber" },
    Route { method: Method::Post, segments: &[Segment::Literal("list")], op: "ListPhoneNumbersV2" },
    Route {
        method: Method::Post,
        segments: &[Segment::Literal("search-available")],
        op: "SearchAvailablePhoneNumbers",
    },
    Route { method: Method::Delete, segments: &[Segment::Label], op: "ReleasePhoneNumber" },
    Route { method: Method::Get, segments: &[Segment::Label], op: "DescribePhoneNumber" },
    Route { method: Method::Put, segments: &[Segment::Label], op: "UpdatePhoneNumber" },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Literal("contact-flow")],
        op: "DisassociatePhoneNumberContactFlow",
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Literal("contact-flow")],
        op: "AssociatePhoneNumberContactFlow",
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Literal("metadata")],
        op: "UpdatePhoneNumberMetadata",
    },
];

const PHONE_NUMBERS_SUMMARY: &[Route<&str>] =
    &[Route { method: Method::Get, segments: &[Segment::Label], op: "ListPhoneNumbers" }];

const PROMPTS: &[Route<&str>] = &[
    Route { method: Method::Put, segments: &[Segment::Label], op: "CreatePrompt" },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: "DeletePrompt" },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "DescribePrompt" },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: "UpdatePrompt" },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("file")],
        op: "GetPromptFile",
    },
];

const PROMPTS_SUMMARY: &[Route<&str>] =
    &[Route { method: Method::Get, segments: &[Segment::Label], op: "ListPrompts" }];

const PUSH_NOTIFICATION: &[Route<&str>] = &[
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Literal("registrations")],
        op: "CreatePushNotificationRegistration",
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Literal("registrations"), Segment::Label],
        op: "DeletePushNotificationRegistration",
    },
];

const REPLICATION_FINDINGS: &[Route<&str>] =
    &[Route { method: Method::Get, segments: &[Segment::Label], op: "ListReplicationFindings" }];

const RULES: &[Route<&str>] = &[
    Route { method: Method::Get, segments: &[Segment::Label], op: "ListRules" },
    Route { method: Method::Post, segments: &[Segment::Label], op: "CreateRule" },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: "DeleteRule" },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "DescribeRule" },
    Route { method: Method::Put, segments: &[Segment::Label, Segment::Label], op: "UpdateRule" },
];

const SEARCH_CONTACT_EVALUATIONS: &[Route<&str>] =
    &[Route { method: Method::Post, segments: &[], op: "SearchContactEvaluations" }];

const SEARCH_DATA_TABLES: &[Route<&str>] = &[Route { method: Method::Post, segments: &[], op: "SearchDataTables" }];

const SEARCH_EMAIL_ADDRESSES: &[Route<&str>] =
    &[Route { method: Method::Post, segments: &[], op: "SearchEmailAddresses" }];

const SEARCH_EVALUATION_FORMS: &[Route<&str>] =
    &[Route { method: Method::Post, segments: &[], op: "SearchEvaluationForms" }];

const SEARCH_METRICS: &[Route<&str>] = &[Route { method: Method::Post, segments: &[], op: "SearchMetrics" }];

const SEARCH_NOTIFICATIONS: &[Route<&str>] =
    &[Route { method: Method::Post, segments: &[], op: "SearchNotifications" }];

const SEARCH_PROMPTS: &[Route<&str>] = &[Route { method: Method::Post, segments: &[], op: "SearchPrompts" }];

const SEARCH_RULES: &[Route<&str>] = &[Route { method: Method::Post, segments: &[], op: "SearchRules" }];

const SEARCH_TEST_CASES: &[Route<&str>] = &[Route { method: Method::Post, segments: &[], op: "SearchTestCases" }];

const SEARCH_VIEWS: &[Route<&str>] = &[Route { method: Method::Post, segments: &[], op: "SearchViews" }];

const SEARCH_WORKSPACE_ASSOCIATIONS: &[Route<&str>] =
    &[Route { method: Method::Post, segments: &[], op: "SearchWorkspaceAssociations" }];

const SEARCH_WORKSPACES: &[Route<&str>] = &[Route { method: Method::Post, segments: &[], op: "SearchWorkspaces" }];

const SECURITY_PROFILES_AI_AGENTS: &[Route<&str>] =
    &[Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "ListSecurityProfileAIAgents" }];

const SECURITY_PROFILES_APPLICATIONS: &[Route<&str>] = &[Route {
    method: Method::Get,
    segments: &[Segment::Label, Segment::Label],
    op: "ListSecurityProfileApplications",
}];

const SECURITY_PROFILES_FLOW_MODULES: &[Route<&str>] =
    &[Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "ListSecurityProfileFlowModules" }];

const TEST_CASE_EXECUTIONS: &[Route<&str>] =
    &[Route { method: Method::Get, segments: &[Segment::Label], op: "ListTestCaseExecutions" }];

const TEST_CASES: &[Route<&str>] = &[
    Route { method: Method::Put, segments: &[Segment::Label], op: "CreateTestCase" },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: "DeleteTestCase" },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "DescribeTestCase" },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: "UpdateTestCase" },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("start-execution")],
        op: "StartTestCaseExecution",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Label, Segment::Literal("records")],
        op: "ListTestCaseExecutionRecords",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Label, Segment::Literal("stop-execution")],
        op: "StopTestCaseExecution",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Label, Segment::Literal("summary")],
        op: "GetTestCaseExecutionSummary",
    },
];

const TEST_CASES_SUMMARY: &[Route<&str>] =
    &[Route { method: Method::Get, segments: &[Segment::Label], op: "ListTestCases" }];

const TRAFFIC_DISTRIBUTION: &[Route<&str>] = &[
    Route { method: Method::Get, segments: &[Segment::Label], op: "GetTrafficDistribution" },
    Route { method: Method::Put, segments: &[Segment::Label], op: "UpdateTrafficDistribution" },
];

const TRAFFIC_DISTRIBUTION_GROUP: &[Route<&str>] = &[
    Route { method: Method::Put, segments: &[], op: "CreateTrafficDistributionGroup" },
    Route { method: Method::Delete, segments: &[Segment::Label], op: "DeleteTrafficDistributionGroup" },
    Route { method: Method::Get, segments: &[Segment::Label], op: "DescribeTrafficDistributionGroup" },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Literal("user")],
        op: "DisassociateTrafficDistributionGroupUser",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Literal("user")],
        op: "ListTrafficDistributionGroupUsers",
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Literal("user")],
        op: "AssociateTrafficDistributionGroupUser",
    },
];

const TRAFFIC_DISTRIBUTION_GROUPS: &[Route<&str>] =
    &[Route { method: Method::Get, segments: &[], op: "ListTrafficDistributionGroups" }];

const USER: &[Route<&str>] = &[Route {
    method: Method::Get,
    segments: &[Segment::Literal("federate"), Segment::Label],
    op: "GetFederationToken",
}];

const USERS: &[Route<&str>] = &[
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("notifications")],
        op: "ListUserNotifications",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("notifications"), Segment::Label],
        op: "UpdateUserNotificationStatus",
    },
];

const VIEWS: &[Route<&str>] = &[
    Route { method: Method::Get, segments: &[Segment::Label], op: "ListViews" },
    Route { method: Method::Put, segments: &[Segment::Label], op: "CreateView" },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: "DeleteView" },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "DescribeView" },
    Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: "UpdateViewContent" },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("metadata")],
        op: "UpdateViewMetadata",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("versions")],
        op: "ListViewVersions",
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("versions")],
        op: "CreateViewVersion",
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("versions"), Segment::Label],
        op: "DeleteViewVersion",
    },
];

const VOCABULARY: &[Route<&str>] = &[
    Route { method: Method::Post, segments: &[Segment::Label], op: "CreateVocabulary" },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "DescribeVocabulary" },
];

const VOCABULARY_REMOVE: &[Route<&str>] =
    &[Route { method: Method::Post, segments: &[Segment::Label, Segment::Label], op: "DeleteVocabulary" }];

const VOCABULARY_SUMMARY: &[Route<&str>] =
    &[Route { method: Method::Post, segments: &[Segment::Label], op: "SearchVocabularies" }];

const WORKSPACES: &[Route<&str>] = &[
    Route { method: Method::Get, segments: &[Segment::Label], op: "ListWorkspaces" },
    Route { method: Method::Put, segments: &[Segment::Label], op: "CreateWorkspace" },
    Route { method: Method::Delete, segments: &[Segment::Label, Segment::Label], op: "DeleteWorkspace" },
    Route { method: Method::Get, segments: &[Segment::Label, Segment::Label], op: "DescribeWorkspace" },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("associate")],
        op: "AssociateWorkspace",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("disassociate")],
        op: "DisassociateWorkspace",
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("media")],
        op: "DeleteWorkspaceMedia",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("media")],
        op: "ListWorkspaceMedia",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("media")],
        op: "ImportWorkspaceMedia",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("metadata")],
        op: "UpdateWorkspaceMetadata",
    },
    Route {
        method: Method::Get,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("pages")],
        op: "ListWorkspacePages",
    },
    Route {
        method: Method::Put,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("pages")],
        op: "CreateWorkspacePage",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("theme")],
        op: "UpdateWorkspaceTheme",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("visibility")],
        op: "UpdateWorkspaceVisibility",
    },
    Route {
        method: Method::Delete,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("pages"), Segment::Label],
        op: "DeleteWorkspacePage",
    },
    Route {
        method: Method::Post,
        segments: &[Segment::Label, Segment::Label, Segment::Literal("pages"), Segment::Label],
        op: "UpdateWorkspacePage",
    },
];
